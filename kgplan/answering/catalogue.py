"""What a corpus names: its agencies, documents, places, people and sections, read once from the graph.

Questions are linked against the catalogue, so it works for any store that answers SPARQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kgplan.rdf.store import QueryStore

_AGENCIES = """
SELECT ?iri ?vi ?en ?alias ?unspecified ?kind ?broader ?role WHERE {
  ?iri a org:Organization .
  OPTIONAL { ?iri skos:prefLabel ?vi FILTER(LANG(?vi) = "vi") }
  OPTIONAL { ?iri skos:prefLabel ?en FILTER(LANG(?en) = "en") }
  OPTIONAL { ?iri skos:altLabel ?alias }
  OPTIONAL { ?iri kgp:unspecified ?unspecified }
  OPTIONAL { ?iri org:classification ?kind }
  OPTIONAL { ?iri skos:broader ?broader }
  BIND(EXISTS { ?iri kgp:involvedIn ?any } AS ?role)
} ORDER BY ?iri ?alias
"""
_ASSIGNERS = "SELECT DISTINCT ?iri WHERE { ?responsibility kgp:assignedBy ?iri }"
_DOCUMENTS = """
SELECT ?iri ?number ?title ?type ?code ?issuer ?date WHERE {
  ?iri a kgp:Document .
  OPTIONAL { ?iri kgp:number ?number }
  OPTIONAL { ?iri dcterms:title ?title }
  OPTIONAL { ?iri kgp:typeLabel ?type }
  OPTIONAL { ?iri kgp:typeCode ?code }
  OPTIONAL { ?iri kgp:issuer ?issuer }
  OPTIONAL { ?iri eli:date_document ?date }
} ORDER BY ?iri
"""
_PLACES = "SELECT DISTINCT ?iri ?name ?kind WHERE { ?s kgp:mentionsPlace ?iri . ?iri skos:prefLabel ?name . \
OPTIONAL { ?iri kgp:placeKind ?kind } } ORDER BY ?iri"
_PEOPLE = "SELECT DISTINCT ?iri ?name ?office WHERE { ?iri a foaf:Person ; foaf:name ?name . \
OPTIONAL { ?iri kgp:office ?office } } ORDER BY ?iri"
_SECTIONS = "SELECT DISTINCT ?iri ?address ?title WHERE { ?iri kgp:address ?address . \
OPTIONAL { ?iri dcterms:title ?title } } ORDER BY ?iri"
_TOPICS = "SELECT DISTINCT ?topic WHERE { ?statement kgp:inPlan ?plan ; dcterms:subject ?topic }"
_PLANS = "SELECT ?iri ?title ?year WHERE { ?iri a kgp:Plan ; dcterms:title ?title . OPTIONAL { ?iri kgp:year ?year } } \
ORDER BY ?iri"


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """An agency of the graph. ``holds_role`` is False for one that is only named (an issuer, an assigner)."""

    iri: str
    name: str
    name_en: str | None
    aliases: tuple[str, ...]
    kind: str | None
    unspecified: bool
    broader: tuple[str, ...]
    holds_role: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, the Vietnamese one first."""
        return (self.name, *((self.name_en,) if self.name_en else ()), *self.aliases)


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A cited document of the graph."""

    iri: str
    number: str | None
    title: str | None
    type: str | None
    code: str | None
    issuer: str | None
    date: str | None

    @property
    def label(self) -> str:
        """How it is shown: type and number, or its title (which begins with the type)."""
        if self.number:
            return f"{self.type or ''} số {self.number}".strip()
        return self.title or self.iri


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """A place, a person or a plan: its name, and its kind, office or year."""

    iri: str
    name: str
    detail: str | None = None


class Catalogue:
    """The names of a corpus, loaded on first use and kept."""

    def __init__(self, store: QueryStore, plan: str | None = None) -> None:
        """``store`` answers the queries; ``plan`` (an IRI) keeps to that plan's graph."""
        self._store = store
        self._graphs = None if plan is None else [plan]

    def _rows(self, query: str) -> list[dict[str, str]]:
        found = self._store.query(query, default_graphs=self._graphs)
        return [{name: term.value for name, term in row.items()} for row in found.rows]

    @cached_property
    def agencies(self) -> dict[str, AgencyEntry]:
        """Agencies by IRI."""
        rows: dict[str, list[dict[str, str]]] = {}
        for row in self._rows(_AGENCIES):
            rows.setdefault(row["iri"], []).append(row)
        entries = {}
        for iri, group in rows.items():
            first = group[0]
            entries[iri] = AgencyEntry(
                iri=iri,
                name=first.get("vi") or first.get("en") or iri,
                name_en=first.get("en"),
                aliases=tuple(dict.fromkeys(r["alias"] for r in group if "alias" in r)),
                kind=first.get("kind"),
                unspecified=first.get("unspecified") == "true",
                broader=tuple(dict.fromkeys(r["broader"] for r in group if "broader" in r)),
                holds_role=first.get("role") == "true",
            )
        return entries

    @cached_property
    def assigners(self) -> frozenset[str]:
        """The agencies (IRIs) that give others something to do."""
        return frozenset(row["iri"] for row in self._rows(_ASSIGNERS))

    @cached_property
    def documents(self) -> dict[str, DocumentEntry]:
        """Cited documents by IRI."""
        entries: dict[str, DocumentEntry] = {}
        for row in self._rows(_DOCUMENTS):
            entries.setdefault(
                row["iri"],
                DocumentEntry(row["iri"], *(row.get(k) for k in ("number", "title", "type", "code", "issuer", "date"))),
            )
        return entries

    @cached_property
    def places(self) -> dict[str, NamedEntry]:
        """Places named in a statement, by IRI."""
        return {r["iri"]: NamedEntry(r["iri"], r["name"], r.get("kind")) for r in self._rows(_PLACES)}

    @cached_property
    def people(self) -> dict[str, NamedEntry]:
        """People by IRI."""
        return {r["iri"]: NamedEntry(r["iri"], r["name"], r.get("office")) for r in self._rows(_PEOPLE)}

    @cached_property
    def topics(self) -> frozenset[str]:
        """The slugs of the topics that statements are on."""
        return frozenset(r["topic"].rsplit("/", 1)[1] for r in self._rows(_TOPICS))

    @cached_property
    def addresses(self) -> dict[str, str | None]:
        """Every address of a section or statement, with the section's title."""
        return {r["address"]: r.get("title") for r in self._rows(_SECTIONS)}

    @cached_property
    def plans(self) -> dict[str, NamedEntry]:
        """Plans by IRI."""
        return {r["iri"]: NamedEntry(r["iri"], r["title"], r.get("year")) for r in self._rows(_PLANS)}
