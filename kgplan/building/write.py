"""Writing a corpus's files."""

from __future__ import annotations

import contextlib
import heapq
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kgplan import manifest as manifests
from kgplan.building.names import one_name
from kgplan.building.parts import Make, plan_bytes
from kgplan.model import Plan
from kgplan.version import __version__

if TYPE_CHECKING:
    from kgplan.building.earlier import Earlier
    from kgplan.building.steps import Progress
    from kgplan.building.workplace import Workplace
    from kgplan.retrieval.vectors import PassageVectors

_OPEN_AT_ONCE = 100
"""Files merged in one pass; systems allow a process some hundreds of open files."""


@dataclass(frozen=True, slots=True)
class Content:
    """What goes into a corpus.

    ``plans`` are in the order of their ids. The quads of some are in ``parts``, those of the ids in ``taken`` in the
    graph of ``earlier``, a corpus that is not broken.
    """

    plans: Sequence[Plan]
    parts: Sequence[Path]
    earlier: Earlier | None
    taken: Sequence[str]
    imported: frozenset[str] = frozenset()


def write_corpus(content: Content, place: Workplace, make: Make, vectors: PassageVectors, report: Progress) -> None:
    """Write the corpus to ``place.ready``. Raises OSError when it cannot be written."""
    from kgplan.rdf.disk import place as place_graph
    from kgplan.retrieval.hybrid import HybridIndex
    from kgplan.retrieval.passages import passages
    from kgplan.retrieval.vectors import write_keys

    ready, plans, encoder = place.ready, content.plans, vectors.encoder
    (ready / manifests.PLANS).mkdir(parents=True)
    for plan in plans:
        (ready / manifests.PLANS / f"{plan.id}.json").write_bytes(plan_bytes(plan))
    taken = content.earlier.quads(content.taken) if content.earlier else ()
    merge_lines(content.parts, taken, ready / manifests.GRAPH, place.folder)
    place_graph([ready / manifests.GRAPH], [manifests.file_hash(ready / manifests.GRAPH)])
    index = HybridIndex.build(
        plans,
        encoder,
        progress=lambda done, total: report("topics", done, total),
        vectors=vectors,
        earlier=content.earlier.directory / manifests.RETRIEVAL if content.earlier else None,
    )
    index.save(ready / manifests.RETRIEVAL)
    (ready / manifests.PASSAGES).write_bytes(b"".join(map(write_keys, map(passages, plans))))
    if make.changes:
        (ready / manifests.CHANGES).write_text(make.changes, "utf-8")
    described = manifests.describe(
        ready,
        version=__version__,
        base=make.base,
        make=make.digest,
        encoder={"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": encoder.dimension},
        plans=[
            {"id": p.id, "title": p.title, "year": p.year, "source": p.source_name, "sha256": p.source_sha256}
            | ({"imported": True} if p.id in content.imported else {})
            for p in plans
        ],
    )
    (ready / manifests.MANIFEST).write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8")


def merge_lines(files: Sequence[Path], more: Iterable[bytes], out: Path, spare: Path) -> None:
    """Write the lines of the sorted ``files``, and the sorted lines ``more``, to ``out``, sorted, agencies by one name.

    Only a line of each, and what is said of one agency, is in memory. Many files are merged by way of files in the
    folder ``spare``.
    """
    files = list(files)
    for number in itertools.count():
        if len(files) <= _OPEN_AT_ONCE:
            break
        merged = spare / f"merged-{number}.nq"
        merge_lines(files[:_OPEN_AT_ONCE], (), merged, spare)
        files = [*files[_OPEN_AT_ONCE:], merged]
    with contextlib.ExitStack() as stack:
        streams = [stack.enter_context(file.open("rb")) for file in files]
        with out.open("wb") as target:
            target.writelines(one_name(heapq.merge(*streams, more)))
