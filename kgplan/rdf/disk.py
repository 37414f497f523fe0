"""Where the graph of a corpus is held for queries: in memory while it fits, else in a store on disk.

A graph takes some five times the size of its N-Quads in memory. On disk it is read by as many processes as like;
the store lies in the (first) corpus directory, under a name that changes with the graphs.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from kgplan.errors import CorpusError
from kgplan.rdf.store import Store

SETTING: Final = "KGPLAN_MEMORY_GRAPH_MEGABYTES"
DEFAULT_MEGABYTES: Final = 256
"""Megabytes of N-Quads that are held in memory: some 160 plans as the built-in one, or 1.3 GB."""


def memory_bytes(environment: Mapping[str, str] = os.environ) -> int:
    """How large the N-Quads of a graph in memory may be. Raises CorpusError when the setting is no whole number."""
    text = environment.get(SETTING, str(DEFAULT_MEGABYTES))
    if not (text.isascii() and text.isdigit()):
        raise CorpusError(f"{SETTING}={text!r} is no whole number of megabytes; 0 means always on disk")
    return int(text) * 1024**2


def place(graphs: Sequence[Path], hashes: Sequence[str]) -> tuple[Path, ...]:
    """What :meth:`kgplan.rdf.store.Store.open` opens for these N-Quads files, whose SHA-256 are ``hashes``.

    The files themselves when they are together no larger than what is held in memory, else the folder of a store on
    disk, which is written first when it is not there. Raises CorpusError when it cannot be written.
    """
    limit = memory_bytes()
    try:
        size = sum(graph.stat().st_size for graph in graphs)
    except OSError as error:
        raise CorpusError(f"{error.filename} cannot be read: {error.strerror}") from error
    if size <= limit:
        return tuple(graphs)
    name = hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:16]
    folder = graphs[0].parent / f"store-{name}"
    if not folder.is_dir():
        try:
            Store.write_disk(graphs, folder)
        except CorpusError as error:
            raise CorpusError(
                f"the graph has {size / 1024**2:.1f} MB and more than {limit // 1024**2} go on disk, but {error}; "
                f"make room there, or let more stay in memory with {SETTING}"
            ) from error
    return (folder,)
