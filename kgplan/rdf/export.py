"""Plans in the formats that other programs read: RDF, CSV tables. StratML is in :mod:`kgplan.rdf.stratml`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from kgplan.model import Plan
from kgplan.rdf import vocabulary as v
from kgplan.rdf.formats import GRAPH_FORMATS, by_name
from kgplan.text import decimal, inert

QUAD_FORMATS: Final = ("trig", "nq", "jsonld")
"""Formats that keep the named graphs; the others hold the union of all."""


def export_graph(nquads: bytes, form: str) -> bytes:
    """The graph in the format of that name (ttl, nt, trig, nq, rdfxml, jsonld), in a fixed order.

    Reading it back gives the same triples, in the quad formats the same quads. Raises QueryError on an
    unknown format.
    """
    chosen = by_name(form, GRAPH_FORMATS)
    quads = sorted(ox.parse(nquads, format=ox.RdfFormat.N_QUADS), key=_order)
    items: Iterable[ox.Quad] | Iterable[ox.Triple] = quads
    if form not in QUAD_FORMATS:
        items = dict.fromkeys(quad.triple for quad in sorted(quads, key=lambda quad: _order(quad)[1:]))
    used = {term.value for quad in quads for term in quad if isinstance(term, ox.NamedNode)}
    prefixes = {p: n for p, n in sorted(v.PREFIXES.items()) if any(iri.startswith(n) for iri in used)}
    written = ox.serialize(items, format=chosen.oxigraph, prefixes=prefixes) or b""
    return written.rstrip(b"\n") + b"\n"


def export_tables(plans: Sequence[Plan], *, base: str = v.DEFAULT_BASE) -> dict[str, str]:
    """The plans as CSV tables (RFC 4180, UTF-8), by file name. Each first row names the columns.

    Rows of a table are tied to statements by the columns ``plan`` and ``address``, to agencies and documents
    by their IRIs.
    """
    return {name: _csv(header, rows(plans, base)) for name, (header, rows) in _TABLES.items()}


_Rows = Iterable[Sequence[object]]


def _statements(plans: Sequence[Plan], base: str) -> _Rows:
    for plan in plans:
        for s in (*plan.statements, *plan.context):
            heading = " › ".join(s.heading_path)
            iri = v.statement_iri(plan.id, s.address, base)
            yield plan.id, s.address, iri, s.kind, s.start, s.end, heading, s.text


def _responsibilities(plans: Sequence[Plan], base: str) -> _Rows:
    for plan in plans:
        for s in plan.statements:
            for r in s.responsibilities:
                name, iri = plan.agency(r.agency).name, v.agency_iri(r.agency, base)
                yield plan.id, s.address, r.role, iri, name, r.words, r.start, r.end, r.office, r.inherited


def _agencies(plans: Sequence[Plan], base: str) -> _Rows:
    seen = {agency.id: agency for plan in plans for agency in plan.agencies}
    for a in (seen[key] for key in sorted(seen)):
        yield v.agency_iri(a.id, base), a.name, a.name_en, a.kind, a.collective, a.unspecified, " | ".join(a.aliases)


def _documents(plans: Sequence[Plan], base: str) -> _Rows:
    seen = {document.id: document for plan in plans for document in plan.documents}
    for d in (seen[key] for key in sorted(seen)):
        yield v.document_iri(d.id, base), d.type, d.number, d.title, d.issuer, d.date


def _citations(plans: Sequence[Plan], base: str) -> _Rows:
    for plan in plans:
        for s in plan.statements:
            for c in s.citations:
                yield plan.id, s.address, v.document_iri(c.document, base), c.relation, c.provision, c.start, c.end


def _targets(plans: Sequence[Plan], _: str) -> _Rows:
    for plan in plans:
        for s in plan.statements:
            for i in s.indicators:
                yield plan.id, s.address, i.name, i.comparator, i.value, i.value_max, i.unit, i.field, i.start, i.end


def _deadlines(plans: Sequence[Plan], _: str) -> _Rows:
    for plan in plans:
        for s in plan.statements:
            for d in s.deadlines:
                yield (
                    plan.id,
                    s.address,
                    d.date,
                    d.inclusive,
                    d.begin,
                    d.recurrence,
                    d.text,
                    d.start,
                    d.end,
                    d.duration,
                    d.working_days,
                    d.event,
                )


_TABLES: Final = {
    "statements.csv": (("plan", "address", "iri", "kind", "start", "end", "heading", "text"), _statements),
    "responsibilities.csv": (
        ("plan", "address", "role", "agency", "name", "words", "start", "end", "office", "inherited_from"),
        _responsibilities,
    ),
    "agencies.csv": (("iri", "name", "name_en", "kind", "collective", "unspecified", "aliases"), _agencies),
    "documents.csv": (("iri", "type", "number", "title", "issuer", "date"), _documents),
    "citations.csv": (("plan", "address", "document", "relation", "provision", "start", "end"), _citations),
    "targets.csv": (
        ("plan", "address", "name", "comparator", "value", "maximum", "unit", "field", "start", "end"),
        _targets,
    ),
    "deadlines.csv": (
        (
            "plan",
            "address",
            "date",
            "inclusive",
            "begin",
            "recurrence",
            "words",
            "start",
            "end",
            "duration",
            "working_days",
            "event",
        ),
        _deadlines,
    ),
}


def _csv(header: Sequence[str], rows: _Rows) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return decimal(value)
    return inert(value) if isinstance(value, str) else str(value)


def _order(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    """By graph, subject, rdf:type first, predicate, object."""
    predicate = quad.predicate.value
    return str(quad.graph_name), str(quad.subject), predicate != v.expand("rdf:type"), predicate, str(quad.object)
