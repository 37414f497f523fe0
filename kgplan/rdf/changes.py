"""What became of the agencies a plan names, beside the plan's own facts: events, their acts, the agencies of today."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kgplan.model import Agency, ChangeEvent
from kgplan.rdf import vocabulary as v

if TYPE_CHECKING:
    import rdflib

_LABELS = {
    "merger": ("Sáp nhập, hợp nhất", "Merger"),
    "rename": ("Đổi tên, tổ chức lại", "Renaming"),
    "split": ("Chia, tách", "Split"),
    "transfer": ("Chuyển giao nhiệm vụ", "Transfer"),
    "end": ("Kết thúc hoạt động", "End"),
}


def write_changes(
    graph: rdflib.Graph, events: Iterable[ChangeEvent], later: Iterable[Agency], base: str = v.DEFAULT_BASE
) -> None:
    """Add ``events`` and the agencies ``later`` that they brought about to ``graph``.

    A later agency is a ``kgp:LaterAgency``, not an ``org:Organization`` of the plan; the act is an
    ``eli:LegalResource``, not a document that the plan cites.
    """
    import rdflib

    def add(subject: str, predicate: str, value: rdflib.term.Node) -> None:
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(v.expand(predicate)), value))

    def link(subject: str, predicate: str, target: str) -> None:
        add(subject, predicate, rdflib.URIRef(target))

    def say(
        subject: str, predicate: str, text: str | None, *, language: str | None = None, kind: str | None = None
    ) -> None:
        if text:
            typed = rdflib.URIRef(v.expand(kind)) if kind else None
            add(subject, predicate, rdflib.Literal(text, lang=language, datatype=typed))

    for agency in later:
        iri = v.agency_iri(agency.id, base)
        for name in ("kgp:LaterAgency", "org:FormalOrganization", "prov:Agent"):
            link(iri, "rdf:type", v.expand(name))
        say(iri, "skos:prefLabel", agency.name, language="vi")
        say(iri, "skos:prefLabel", agency.name_en, language="en")
        say(iri, "dcterms:identifier", agency.id)
    for event in events:
        iri = v.change_iri(event.id, base)
        for name in ("org:ChangeEvent", "prov:Activity"):
            link(iri, "rdf:type", v.expand(name))
        vietnamese, english = _LABELS[event.kind]
        say(iri, "skos:prefLabel", vietnamese, language="vi")
        say(iri, "skos:prefLabel", english, language="en")
        say(iri, "kgp:changeKind", event.kind)
        say(iri, "dcterms:date", event.date, kind="xsd:date")
        say(iri, "prov:startedAtTime", f"{event.date}T00:00:00+07:00", kind="xsd:dateTime")
        for original in event.originals:
            agency_iri = v.agency_iri(original, base)
            link(iri, "org:originalOrganization", agency_iri)
            link(agency_iri, "org:changedBy", iri)
            say(agency_iri, "kgp:existsUntil", event.date, kind="xsd:date")
        for resulting in event.resulting:
            agency_iri = v.agency_iri(resulting, base)
            link(iri, "org:resultingOrganization", agency_iri)
            link(agency_iri, "org:resultedFrom", iri)
            if event.founding:
                say(agency_iri, "kgp:existsFrom", event.date, kind="xsd:date")
        act = v.document_iri(event.basis.id, base)
        link(iri, "dcterms:references", act)
        link(act, "rdf:type", v.expand("eli:LegalResource"))
        say(act, "kgp:number", event.basis.number)
        say(act, "kgp:typeLabel", event.basis.type, language="vi")
        say(act, "dcterms:title", event.basis.title, language="vi")
        say(act, "kgp:issuer", event.basis.issuer, language="vi")
        say(act, "eli:date_document", event.basis.date, kind="xsd:date")
