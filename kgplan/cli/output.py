"""What the command writes: JSON for programs, and the rules that both ways of writing share."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MAX_ERROR = 500
"""Characters of an error line; longer ones are cut, since a message may quote what it was given."""


class UsageError(Exception):
    """The command was called wrongly: exit code 2."""


def prepare_streams() -> None:
    """Write UTF-8 whatever the locale says, and never fail on a character (a lone surrogate is escaped)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def for_people(arguments: argparse.Namespace) -> bool:
    """True when a terminal reads the output and JSON was not asked for."""
    return not arguments.json and sys.stdout.isatty()


def write_json(value: Any) -> None:
    """One indented JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def write_json_line(value: Mapping[str, Any]) -> None:
    """One JSON object on one line, flushed, so that a program reading a batch need not wait."""
    print(json.dumps(value, ensure_ascii=False), flush=True)


def write_text(text: str, path: Path | None) -> None:
    """To standard output, or whole or not at all to ``path``."""
    if path is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    write_bytes(text.encode("utf-8"), path)


def write_bytes(data: bytes, path: Path) -> None:
    """Whole or not at all to ``path``."""
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(partial).chmod(0o644)
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def one_line(error: object) -> str:
    """The error's text with its line breaks folded, cut to :data:`MAX_ERROR` characters."""
    text = " ".join(str(error).split())
    return text if len(text) <= MAX_ERROR else text[: MAX_ERROR - 1] + "…"
