"""Every term of the namespace ``kgp:`` as one graph: its classes, properties, roles, kinds, the topic scheme."""

from __future__ import annotations

from functools import cache
from typing import Final

import pyoxigraph as ox

from kgplan import resources
from kgplan.rdf import vocabulary as v

CONCEPTS: Final = ("concepts.ttl", "topics.ttl")
"""Files of ``ontology/`` that describe terms of the namespace among others: topics are data, with IRIs of their own."""


@cache
def nquads() -> bytes:
    """The triples about the ontology and its terms, in N-Quads."""
    quads = list(ox.parse(path=str(resources.ONTOLOGY / "kgplan.ttl"), format=ox.RdfFormat.TURTLE))
    for name in CONCEPTS:
        for quad in ox.parse(path=str(resources.ONTOLOGY / name), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(v.KGP):
                quads.append(quad)
    return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""


@cache
def version() -> str:
    """The version of the ontology, the tail of its version IRI."""
    ontology, number = ox.NamedNode(v.KGP.rstrip("#")), ox.NamedNode(v.expand("owl:versionInfo"))
    return next(
        quad.object.value
        for quad in ox.parse(nquads(), format=ox.RdfFormat.N_QUADS)
        if quad.subject == ontology and quad.predicate == number and isinstance(quad.object, ox.Literal)
    )
