"""Building a corpus: read, parse, graph, index, manifest; whole or not at all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kgplan import manifest as manifests
from kgplan.errors import CorpusError, NotAPlanError
from kgplan.model import Plan
from kgplan.version import __version__

if TYPE_CHECKING:
    from kgplan.corpus import Progress


def parse_source(path: Path) -> Plan:
    """Read and parse one plan file. Raises ReadError or NotAPlanError."""
    from kgplan.parsing import parse
    from kgplan.reading import read

    try:
        return parse(read(path), source_name=path.name)
    except NotAPlanError as error:
        raise NotAPlanError(f"{path}: {error}") from error


def build(
    sources: Sequence[Path],
    out: Path,
    *,
    model: str | None = None,
    base: str | None = None,
    progress: Progress | None = None,
) -> None:
    """Build the corpus of ``sources`` into ``out``, replacing a corpus that is there.

    All is written to a folder beside ``out`` that is then renamed, so that a crash leaves the old corpus.
    """
    report = progress or (lambda _stage, _done, _total: None)
    _check_target(sources, out)
    plans = []
    for done, source in enumerate(sources):
        report("parse", done, len(sources))
        plans.append(parse_source(source))
    report("parse", len(sources), len(sources))
    _check_ids(plans, sources)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as folder:
            ready = Path(folder) / "new"
            ready.mkdir()
            _write(plans, ready, model=model, base=base, report=report)
            if out.exists():
                out.rename(Path(folder) / "old")
            ready.rename(out)
    except OSError as error:
        raise CorpusError(
            f"{out} cannot be written: {error.strerror or error}; choose another folder with -o"
        ) from error


def _write(plans: Sequence[Plan], folder: Path, *, model: str | None, base: str | None, report: Progress) -> None:
    from kgplan.rdf.build import build_dataset, to_nquads
    from kgplan.rdf.vocabulary import DEFAULT_BASE
    from kgplan.retrieval.encoders import get_encoder
    from kgplan.retrieval.hybrid import HybridIndex

    (folder / manifests.PLANS).mkdir()
    for plan in plans:
        text = json.dumps(plan.to_dict(), ensure_ascii=False, indent=1)
        (folder / manifests.PLANS / f"{plan.id}.json").write_text(text + "\n", "utf-8")
    report("graph", 0, 1)
    base = base or DEFAULT_BASE
    (folder / manifests.GRAPH).write_bytes(to_nquads(build_dataset(plans, base=base)))
    report("graph", 1, 1)
    encoder = get_encoder(model)
    index = HybridIndex.build(plans, encoder, progress=lambda done, total: report("index", done, total))
    index.save(folder / manifests.RETRIEVAL)
    described = manifests.describe(
        folder,
        version=__version__,
        base=base,
        encoder={"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": encoder.dimension},
        plans=[
            {"id": p.id, "title": p.title, "year": p.year, "source": p.source_name, "sha256": p.source_sha256}
            for p in sorted(plans, key=lambda p: p.id)
        ],
    )
    (folder / manifests.MANIFEST).write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _check_target(sources: Sequence[Path], out: Path) -> None:
    if not sources:
        raise CorpusError("no plan file given; name at least one")
    if out.is_file():
        raise CorpusError(f"{out} is a file; choose a folder with -o")
    if out.is_dir() and any(out.iterdir()) and not (out / manifests.MANIFEST).is_file():
        raise CorpusError(f"{out} holds other files and no corpus; choose an empty or a new folder with -o")


def _check_ids(plans: Sequence[Plan], sources: Sequence[Path]) -> None:
    seen: dict[str, Path] = {}
    for plan, source in zip(plans, sources, strict=True):
        if plan.id in seen:
            raise CorpusError(f"{seen[plan.id]} and {source} give one plan id, {plan.id}; rename one of the files")
        seen[plan.id] = source
