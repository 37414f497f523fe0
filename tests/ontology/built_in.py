"""The built-in plan and its graph, for the tests of what is written about it."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
import rdflib

from kgplan import resources
from kgplan.model import Plan
from kgplan.parsing import parse
from kgplan.rdf.build import build_dataset, to_nquads
from kgplan.reading import read


@cache
def plan() -> Plan:
    return parse(read(resources.DATA / "plans" / "thanh-hoa-2023.vi.txt"), plan_id="thanh-hoa-2023")


@cache
def nquads() -> bytes:
    return to_nquads(build_dataset([plan()]))


def union(quads: bytes) -> rdflib.Graph:
    """All triples in one rdflib graph."""
    lines = {f"{q.subject} {q.predicate} {q.object} ." for q in ox.parse(quads, format=ox.RdfFormat.N_QUADS)}
    return rdflib.Graph().parse(data="\n".join(lines), format="nt")
