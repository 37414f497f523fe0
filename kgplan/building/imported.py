"""Plans out of RDF that was exported from a corpus, in place of the documents that they were read from."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Final

from kgplan.errors import CorpusError, NotAPlanError, ReadError
from kgplan.model import Plan

ENDINGS: Final = {
    ".ttl": "ttl",
    ".nt": "nt",
    ".trig": "trig",
    ".nq": "nq",
    ".rdf": "rdfxml",
    ".rdfxml": "rdfxml",
    ".jsonld": "jsonld",
}
"""The names of the formats by what a file's name ends in. Such a file is read only when it is named itself."""

_FILE_NAME: Final = re.compile(r"\w[\w.-]*")


def is_rdf(path: Path) -> bool:
    """Whether the file is RDF by its name."""
    return path.suffix.lower() in ENDINGS


def imported(path: Path) -> list[Plan]:
    """The plans of an exported file: one for each named graph, or the one of a format without named graphs.

    Raises ReadError when the file is no RDF of the format that its name says, NotAPlanError when it holds no plan, a
    part of one, one whose places do not match its text, or several in one graph.
    """
    import pyoxigraph as ox

    from kgplan.rdf.formats import GRAPH_FORMATS, by_name
    from kgplan.rdf.read import read_plan
    from kgplan.rdf.terms import from_oxigraph
    from kgplan.rdf.vocabulary import expand
    from kgplan.reading.sources import load

    chosen = by_name(ENDINGS[path.suffix.lower()], GRAPH_FORMATS)
    try:
        quads = list(ox.parse(load(path), format=chosen.oxigraph))
    except (SyntaxError, ValueError) as error:
        raise ReadError(f"{path}: is no {chosen.media_type}: {str(error).partition(chr(10))[0]}") from error
    quads.sort(key=lambda quad: str(quad.graph_name))
    plans = []
    for _, graph in groupby(quads, key=lambda quad: quad.graph_name):
        triples = {(from_oxigraph(q.subject), from_oxigraph(q.predicate), from_oxigraph(q.object)) for q in graph}
        if sum((p.value, o.value) == (expand("rdf:type"), expand("kgp:Plan")) for _, p, o in triples) > 1:
            raise NotAPlanError(f"{path}: holds several plans in one graph; export them as trig, nq or jsonld")
        try:
            plans.append(read_plan(triples))
        except CorpusError as error:
            raise NotAPlanError(f"{path}: {error}; give what `kgplan export` wrote") from error
        if not _FILE_NAME.fullmatch(plans[-1].id):
            raise NotAPlanError(f"{path}: the plan's id {plans[-1].id[:100]!r} has characters that no id has")
    if not plans:
        raise NotAPlanError(f"{path}: holds no triples; give what `kgplan export` wrote")
    return plans
