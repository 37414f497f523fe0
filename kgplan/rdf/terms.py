"""RDF terms as query results show them, with their Python values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final, Literal

import pyoxigraph as ox

from kgplan.rdf.vocabulary import PREFIXES

if TYPE_CHECKING:
    import rdflib

_XSD: Final = PREFIXES["xsd"]
_STRING: Final = _XSD + "string"

_PYTHON: Final[dict[str, Callable[[str], Any]]] = {
    **dict.fromkeys(
        (_XSD + n for n in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger", "gYear")), int
    ),
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}[text],
    _XSD + "date": date.fromisoformat,
    _XSD + "dateTime": datetime.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Term:
    """One RDF term of a result. ``str(term)`` is its IRI or text.

    ``datatype`` is None for IRIs, blank nodes, plain strings and texts with a language. ``parts`` holds
    subject, predicate and object of a triple term, whose ``value`` is its N-Triples form.
    """

    kind: Literal["uri", "literal", "bnode", "triple"]
    value: str
    datatype: str | None = None
    language: str | None = None
    parts: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return self.value

    @property
    def python(self) -> Any:
        """The value as int, Decimal, float, bool, date or datetime where the datatype says so, else as str.

        An ill-typed literal ("abc"^^xsd:integer) comes back as its text.
        """
        convert = _PYTHON.get(self.datatype or "")
        if convert is None:
            return self.value
        try:
            return convert(self.value)
        except (ValueError, KeyError, InvalidOperation):
            return self.value

    @property
    def n3(self) -> str:
        """The term in N-Triples syntax (for a triple term, ``<<( s p o )>>``)."""
        if self.kind == "uri":
            return f"<{self.value}>"
        if self.kind == "bnode":
            return f"_:{self.value}"
        if self.kind == "triple":
            return self.value
        text = self.value.translate(_ESCAPES)
        if self.language:
            return f'"{text}"@{self.language}'
        return f'"{text}"^^<{self.datatype}>' if self.datatype else f'"{text}"'


_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def from_oxigraph(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    """The term of an oxigraph result as a :class:`Term`."""
    if isinstance(term, ox.NamedNode):
        return Term("uri", term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Term("literal", term.value, language=term.language)
        datatype = term.datatype.value
        return Term("literal", term.value, None if datatype == _STRING else datatype)
    if isinstance(term, ox.BlankNode):
        return Term("bnode", term.value)
    parts = tuple(from_oxigraph(part) for part in (term.subject, term.predicate, term.object))
    return Term("triple", f"<<( {' '.join(part.n3 for part in parts)} )>>", parts=parts)


def from_rdflib(term: rdflib.term.Node) -> Term:
    """A term of rdflib as a :class:`Term`. Raises TypeError for what is no RDF term (a variable, a graph)."""
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return Term("uri", str(term))
    if isinstance(term, rdflib.BNode):
        return Term("bnode", str(term))
    if isinstance(term, rdflib.Literal):
        if term.language:
            return Term("literal", str(term), language=term.language)
        datatype = None if term.datatype is None or str(term.datatype) == _STRING else str(term.datatype)
        return Term("literal", str(term), datatype)
    raise TypeError(f"{term!r} is no RDF term")


def to_oxigraph(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    """The inverse of :func:`from_oxigraph`."""
    if term.kind == "uri":
        return ox.NamedNode(term.value)
    if term.kind == "bnode":
        return ox.BlankNode(term.value)
    if term.kind == "triple":
        return triple_to_oxigraph(term.parts)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype)) if term.datatype else ox.Literal(term.value)


def triple_to_oxigraph(parts: tuple[Term, ...]) -> ox.Triple:
    """Subject, predicate and object as an oxigraph triple. Raises TypeError when they cannot stand there."""
    subject, predicate, value = (to_oxigraph(part) for part in parts)
    if not isinstance(subject, ox.NamedNode | ox.BlankNode) or not isinstance(predicate, ox.NamedNode):
        raise TypeError(f"{parts[0].n3} {parts[1].n3} … is no RDF triple")
    return ox.Triple(subject, predicate, value)
