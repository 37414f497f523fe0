"""The competency questions of ``ontology/queries``: queries one can run, with the question they answer.

A file ``NAME.rq`` opens with comment lines ``# vi: …`` and ``# en: …``, the question in both languages, and may
hold ``# data: FILE``, a TriG file beside it that the query is about instead of the corpus.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kgplan import resources
from kgplan.errors import QueryError


@dataclass(frozen=True, slots=True)
class Example:
    """A query with its name ("cq-01"), the question in both languages, and the data file it needs, if any."""

    name: str
    query: str
    question_vi: str
    question_en: str
    data: Path | None = None


@cache
def examples() -> tuple[Example, ...]:
    """All examples, by name."""
    return tuple(_read(path) for path in sorted((resources.ONTOLOGY / "queries").glob("*.rq")))


def example(name: str) -> Example:
    """The example of that name. Raises QueryError naming those there are."""
    for candidate in examples():
        if candidate.name == name:
            return candidate
    raise QueryError(f"no example {name!r}; there are {', '.join(e.name for e in examples())}")


def _read(path: Path) -> Example:
    text = path.read_text(encoding="utf-8")
    header = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        key, _, value = line.lstrip("# ").partition(":")
        header[key.strip()] = value.strip()
    data = path.parent / header["data"] if "data" in header else None
    return Example(path.stem, text, header["vi"], header["en"], data)
