"""The concepts that plans point at: topics, roles, kinds of agencies, with their labels.

They are read from ``ontology/topics.ttl`` and ``ontology/concepts.ttl``. Topics are data: their IRIs follow
the base of the build, while roles and kinds belong to the vocabulary and keep theirs.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kgplan import resources
from kgplan.rdf import vocabulary as v

if TYPE_CHECKING:
    import rdflib

    Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]

FILES = ("topics.ttl", "concepts.ttl")
_COPIED = (
    "rdf:type",
    "skos:prefLabel",
    "skos:altLabel",
    "skos:notation",
    "skos:broader",
    "skos:inScheme",
    "skos:topConceptOf",
)


class Concepts:
    """Collects the concepts that one plan uses and hands out their triples."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._used: set[str] = set()

    def use(self, iri: str) -> None:
        """Note that the plan points at the concept ``iri``."""
        self._used.add(iri)

    def take(self) -> list[Triple]:
        """The triples of the used concepts and of all that is broader; forgets them afterwards."""
        import rdflib

        copied = {rdflib.URIRef(v.expand(name)) for name in _COPIED}
        broader, rdf_type = rdflib.SKOS.broader, rdflib.RDF.type
        source = _thesaurus()
        triples: list[Triple] = []
        done: set[str] = set()
        while self._used:
            iri = self._used.pop()
            done.add(iri)
            subject = rdflib.URIRef(iri)
            triples.append((subject, rdf_type, rdflib.SKOS.Concept))
            for predicate, value in source.predicate_objects(rdflib.URIRef(self._original(iri))):
                if predicate not in copied:
                    continue
                target = rdflib.URIRef(self._rebased(str(value))) if isinstance(value, rdflib.URIRef) else value
                triples.append((subject, predicate, target))
                if predicate == broader and str(target) not in done:
                    self._used.add(str(target))
        return triples

    def _original(self, iri: str) -> str:
        return v.DEFAULT_BASE + iri[len(self._base) :] if iri.startswith(self._base) else iri

    def _rebased(self, iri: str) -> str:
        return self._base + iri[len(v.DEFAULT_BASE) :] if iri.startswith(v.DEFAULT_BASE) else iri


def _thesaurus() -> rdflib.Graph:
    paths = [resources.ONTOLOGY / name for name in FILES]
    return _parse(tuple((path, path.stat().st_mtime_ns) for path in paths if path.is_file()))


@cache
def _parse(files: tuple[tuple[Path, int], ...]) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    for path, _ in files:
        graph.parse(path, format="turtle")
    return graph
