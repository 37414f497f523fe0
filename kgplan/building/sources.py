"""From what the caller names to the files to read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kgplan.errors import CorpusError

SUFFIXES = (".txt", ".html", ".htm", ".docx", ".doc", ".pdf", ".mht", ".mhtml")
"""What a file is called that a folder is searched for. A file named by itself may be called anything."""


def files_in(sources: Iterable[Path], *, without: Path) -> list[Path]:
    """The files that ``sources`` name, each once: files as given, folders searched through, in the order of names.

    Hidden files and folders, and the folder ``without``, are left out. Raises CorpusError when nothing is named, or
    when a folder holds no file of a readable format.
    """
    found: dict[Path, Path] = {}
    for source in sources:
        paths = list(_walk(source, without.resolve())) if source.is_dir() else [source]
        if not paths:
            raise CorpusError(f"{source} holds no plan file ({', '.join(SUFFIXES)}); name another folder, or the files")
        for path in paths:
            found.setdefault(path.resolve(), path)
    if not found:
        raise CorpusError("no plan file given; name at least one")
    return list(found.values())


def _walk(folder: Path, without: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        here = Path(where)
        folders[:] = sorted(n for n in folders if not n.startswith(".") and (here / n).resolve() != without)
        yield from (here / n for n in sorted(names) if not n.startswith(".") and n.lower().endswith(SUFFIXES))
