"""Questions and batches as the command line gives them: from an argument, standard input or a file of JSON lines."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from kgplan.cli.output import UsageError, one_line, write_json_line
from kgplan.errors import KgplanError, QuestionError, ReadError

TEXT_KEYS = ("question", "query")


def single_text(text: str | None, *, what: str) -> str:
    """The argument, or all of standard input when it is ``-``. Raises UsageError when there is nothing in it."""
    if text is None:
        raise UsageError(f"give a {what}, or - to read it from standard input")
    if text == "-":
        try:
            text = sys.stdin.buffer.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UsageError(f"the {what} on standard input is not UTF-8 (byte {error.start})") from None
    if not text.strip():
        raise UsageError(f"the {what} is empty")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise UsageError(f"the {what} is not valid UTF-8 text")
    return text


def correction(given: list[str] | None) -> dict[str, Any]:
    """What ``--as`` says of the interpretation: JSON objects and ``field=value`` pairs, a later one over an earlier.

    A value that is JSON (``null``, ``true``, ``5``, a list) is that, any other a text. Raises UsageError.
    """
    fields: dict[str, Any] = {}
    for part in given or ():
        if part.lstrip().startswith("{"):
            try:
                fields |= json.loads(part)
            except ValueError as error:
                raise UsageError(f"--as {part!r} is no JSON object: {error}") from None
            continue
        name, equals, value = part.partition("=")
        if not equals or not name.strip():
            raise UsageError(f'--as {part!r}: give field=value, such as role=coordinates, or JSON: {{"role": "leads"}}')
        try:
            fields[name.strip()] = json.loads(value)
        except ValueError:
            fields[name.strip()] = value.strip()
    return fields


def file_text(path: Path) -> str:
    """The text of a UTF-8 file. Raises ReadError when it is missing, unreadable or in another encoding."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ReadError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8") from None


def run_batch(arguments: argparse.Namespace, answer: Callable[[str], dict[str, Any]]) -> int:
    """Answer each line of the batch with one line, in order, ``id`` kept; a line that fails says why in ``error``.

    Returns 0, or 1 when any line failed; the count then stands on standard error.
    """
    failed = total = 0
    for number, raw in _lines(arguments.batch):
        total += 1
        record_id: Any = None
        try:
            record = _record(raw, number)
            record_id = record.get("id")
            result = answer(_text(record, number))
        except KgplanError as error:
            failed += 1
            result = {"error": one_line(error)}
        write_json_line({"id": record_id, **result})
    if failed:
        print(f"kgplan: {failed} of {total} lines of {arguments.batch} failed; their output says why", file=sys.stderr)
    return 1 if failed else 0


def _lines(name: str) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that are not blank. A missing file is an OSError, which the caller reports."""
    with ExitStack() as stack:
        file: BinaryIO = sys.stdin.buffer if name == "-" else stack.enter_context(Path(name).open("rb"))
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, line


def _record(raw: bytes, number: int) -> dict[str, Any]:
    try:
        record = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise QuestionError(f'line {number} is not a JSON object in UTF-8, such as {{"id": 1, "question": "…"}}')
    return record


def _text(record: dict[str, Any], number: int) -> str:
    for key in TEXT_KEYS:
        if isinstance(record.get(key), str):
            return str(record[key])
    raise QuestionError(f'line {number} has no text under "question"')
