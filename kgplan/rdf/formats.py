"""The formats of query results and graphs: short names, media types, file endings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kgplan.errors import QueryError


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the name used on the command line, its media types (the first is sent), its file ending."""

    name: str
    media_types: tuple[str, ...]
    extension: str
    oxigraph: ox.RdfFormat | None = None

    @property
    def media_type(self) -> str:
        """The media type that is sent."""
        return self.media_types[0]

    @property
    def content_type(self) -> str:
        """The value of a Content-Type header."""
        return f"{self.media_type}; charset=utf-8"


RESULT_FORMATS: Final = (
    Format("json", ("application/sparql-results+json", "application/json"), ".srj"),
    Format("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), ".srx"),
    Format("csv", ("text/csv",), ".csv"),
    Format("tsv", ("text/tab-separated-values",), ".tsv"),
)
"""Formats of SELECT and ASK results; the first is the default."""

GRAPH_FORMATS: Final = (
    Format("ttl", ("text/turtle", "application/x-turtle"), ".ttl", ox.RdfFormat.TURTLE),
    Format("nt", ("application/n-triples", "text/plain"), ".nt", ox.RdfFormat.N_TRIPLES),
    Format("trig", ("application/trig", "application/x-trig"), ".trig", ox.RdfFormat.TRIG),
    Format("nq", ("application/n-quads", "text/x-nquads"), ".nq", ox.RdfFormat.N_QUADS),
    Format("rdfxml", ("application/rdf+xml", "application/xml"), ".rdf", ox.RdfFormat.RDF_XML),
    Format("jsonld", ("application/ld+json", "application/json"), ".jsonld", ox.RdfFormat.JSON_LD),
)
"""Formats of CONSTRUCT and DESCRIBE results; the first is the default."""


def by_name(name: str, formats: tuple[Format, ...]) -> Format:
    """The format of that name; raises QueryError naming the choices."""
    for candidate in formats:
        if candidate.name == name:
            return candidate
    raise QueryError(f"unknown format {name!r} for this kind of result; choose {', '.join(f.name for f in formats)}")
