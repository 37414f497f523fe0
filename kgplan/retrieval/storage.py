"""The files of an index: what is stored beside the vectors and postings, the manifest, and a whole or no folder."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from kgplan.errors import CorpusError

FORMAT = 5
STATEMENTS, DENSE, LEXICAL, SYLLABLES = "statements.json", "dense.faiss", "lexical.npz", "syllables.json"
TOPICS = "topics.npz"
_FILES = (STATEMENTS, DENSE, LEXICAL, SYLLABLES, TOPICS)
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Stored:
    """What an index keeps of a statement.

    ``holds`` names what it states beside its words ("agency", "deadline" …), ``agencies`` those with a role in it.
    """

    plan: str
    address: str
    kind: str
    text: str
    start: int
    end: int
    holds: tuple[str, ...]
    agencies: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Statements, their sentences (number of the statement, start, end), and other names of agencies."""

    statements: list[Stored]
    sentences: list[tuple[int, int, int]]
    names: dict[str, str]

    @classmethod
    def merge(cls, parts: Iterable[Contents]) -> Contents:
        """The contents of ``parts``, one after the other."""
        merged = cls([], [], {})
        for part in parts:
            before = len(merged.statements)
            merged.sentences.extend((number + before, start, end) for number, start, end in part.sentences)
            merged.statements.extend(part.statements)
            merged.names.update(part.names)
        return merged


def write(folder: Path, fill: Callable[[Path], None], contents: Contents, described: dict[str, Any]) -> None:
    """Make ``folder`` anew: ``fill`` writes the binary files into it, ``described`` goes into its manifest.

    Raises:
        CorpusError: it cannot be written; what was there stays.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as name:
            fresh = Path(name) / "new"
            fresh.mkdir()
            fill(fresh)
            stored = {
                "names": contents.names,
                "statements": [astuple(statement) for statement in contents.statements],
                "sentences": contents.sentences,
            }
            text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
            (fresh / STATEMENTS).write_text(text + "\n", encoding="utf-8")
            files = {name: _sha256(fresh / name) for name in _FILES}
            manifest = json.dumps({"format": FORMAT, **described, "files": files}, indent=1)
            (fresh / _MANIFEST).write_text(manifest + "\n", encoding="utf-8")
            if folder.exists():
                folder.rename(Path(name) / "old")
            fresh.rename(folder)
    except OSError as error:
        raise CorpusError(f"The index cannot be written to {folder}: {error}; choose a folder you may write") from error


def read(folder: Path) -> tuple[Contents, dict[str, Any]]:
    """The contents and the manifest of the index in ``folder``, whose files are checked.

    Raises:
        CorpusError: a file is missing, broken or of another format.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise CorpusError(
                f"The index in {folder} has format {manifest['format']}, this kgplan reads {FORMAT}: rebuild the corpus"
            )
        broken = [name for name in _FILES if _sha256(folder / name) != manifest["files"][name]]
        if broken:
            raise CorpusError(
                f"The index in {folder} is broken: {', '.join(broken)} changed since it was built; rebuild the corpus"
            )
        stored = json.loads((folder / STATEMENTS).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"There is no whole index in {folder} ({error}): rebuild the corpus") from error
    statements = [
        Stored(plan, address, kind, text, start, end, tuple(holds), tuple(agencies), tuple(topics))
        for plan, address, kind, text, start, end, holds, agencies, topics in stored["statements"]
    ]
    sentences = [(number, start, end) for number, start, end in stored["sentences"]]
    return Contents(statements, sentences, stored["names"]), manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
