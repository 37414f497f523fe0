"""From what the caller names to the two plans: ids of plans in a corpus, files, or corpora of one plan."""

from __future__ import annotations

from pathlib import Path

from kgplan import manifest as manifests
from kgplan.building.earlier import Earlier
from kgplan.corpus import Corpus
from kgplan.errors import CorpusError, UnknownPlanError
from kgplan.model import Plan
from kgplan.retrieval.vectors import PassageVectors


def find_plan(named: str | Path | Plan, corpus: Corpus) -> Plan:
    """The plan of that id in ``corpus``, else the plan of that file, else the only plan of that corpus directory.

    Raises ReadError or NotAPlanError on a file that cannot be used, CorpusError on a directory that holds no corpus
    or several plans, UnknownPlanError when ``named`` is nothing at all.
    """
    if isinstance(named, Plan):
        return named
    ids = [plan.id for plan in corpus.plans]
    if str(named) in ids:
        return corpus.plan(str(named))
    path = Path(named)
    if path.is_dir():
        held = Corpus([path]).plans
        if len(held) > 1:
            raise CorpusError(
                f"{path} holds {len(held)} plans; give it as the corpus and name two of its plans by their ids"
            )
        return held[0]
    if path.exists():
        from kgplan.building import parse_source

        return parse_source(path)
    raise UnknownPlanError(
        f"no plan {str(named)!r} in this corpus, and no such file or folder; it holds: {', '.join(ids)}"
    )


def known_vectors(vectors: PassageVectors, *directories: Path) -> PassageVectors:
    """``vectors``, knowing those of the corpora in ``directories``."""
    for directory in directories:
        earlier = Earlier.find(directory) if (directory / manifests.MANIFEST).is_file() else None
        if earlier is not None:
            earlier.give_vectors(vectors)
    return vectors
