"""Plans out of their graphs: the inverse of :mod:`kgplan.rdf.build`.

A graph that was built here, exported, loaded into another store or served by an endpoint gives the same plans
again. What a graph does not order (agencies, documents, places, aliases) comes back in the order of its ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

from kgplan.errors import CorpusError
from kgplan.model import (
    Agency,
    Citation,
    Comparator,
    Deadline,
    Document,
    Indicator,
    Kind,
    Note,
    Period,
    Person,
    Place,
    PlaceMention,
    Plan,
    Relation,
    Responsibility,
    Role,
    Section,
    Statement,
    TopicLink,
)
from kgplan.rdf import vocabulary as v
from kgplan.rdf.results import Triple
from kgplan.rdf.terms import Term

_KINDS = {v.kgp(name): kind for kind, name in v.STATEMENT_CLASSES.items()}
_ROLES = {v.kgp(name): role for role, name in v.ROLE_INDIVIDUALS.items()}
_NUMBER = re.compile(r"(\d+)$")


def read_plan(triples: Iterable[Triple]) -> Plan:
    """The plan of one named graph. Raises CorpusError when the triples are not those of one whole plan."""
    graph = _Graph(triples)
    plans = graph.subjects_of_type("kgp:Plan")
    if len(plans) != 1:
        raise CorpusError(f"the graph holds {len(plans)} plans; a plan's graph holds one")
    try:
        return _PlanReader(graph, plans[0]).plan()
    except (KeyError, ValueError, TypeError) as error:
        raise CorpusError(f"the graph of {plans[0]} is no whole plan: {error}") from error


class _Graph:
    """Triples by subject and predicate."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._by_subject: dict[str, dict[str, list[Term]]] = {}
        for subject, predicate, value in triples:
            self._by_subject.setdefault(subject.value, {}).setdefault(predicate.value, []).append(value)

    def subjects_of_type(self, curie: str) -> list[str]:
        cls = v.expand(curie)
        found = (s for s, about in self._by_subject.items() if any(t.value == cls for t in about.get(_TYPE, ())))
        return sorted(found)

    def all(self, subject: str, curie: str) -> list[Term]:
        return self._by_subject.get(subject, {}).get(v.expand(curie), [])

    def links(self, subject: str, curie: str) -> list[str]:
        """IRIs that ``subject`` points to, in the order of the number each ends in (``#r2`` before ``#r10``)."""
        return sorted((term.value for term in self.all(subject, curie)), key=_number)

    def link(self, subject: str, curie: str) -> str:
        """The first IRI that ``subject`` points to. Raises ValueError when there is none."""
        found = self.links(subject, curie)
        if not found:
            raise ValueError(f"{subject} has no {curie}")
        return found[0]

    def one(self, subject: str, curie: str, language: str | None = None) -> Any:
        """The Python value of the only object (in a language), None when there is none."""
        found = [t for t in self.all(subject, curie) if language is None or t.language == language]
        return found[0].python if found else None

    def text(self, subject: str, curie: str, language: str | None = None) -> str | None:
        """The text of the only object as it is written, None when there is none."""
        found = [t for t in self.all(subject, curie) if language is None or t.language == language]
        return found[0].value if found else None

    def need(self, subject: str, curie: str, language: str | None = None) -> Any:
        value = self.one(subject, curie, language)
        if value is None:
            raise ValueError(f"{subject} has no {curie}")
        return value


_TYPE = v.expand("rdf:type")


class _PlanReader:
    """Reads one plan out of its graph."""

    def __init__(self, graph: _Graph, iri: str) -> None:
        self.g, self.iri = graph, iri
        self.base = iri[: iri.rindex("plan/")]
        self.id = self._id(iri)

    def plan(self) -> Plan:
        g, iri = self.g, self.iri
        text = g.link(iri, "prov:wasDerivedFrom")
        sections = sorted(
            (self._section(s) for s in g.subjects_of_type("kgp:Section")), key=lambda s: (s.start, s.address)
        )
        titles = {section.address: section for section in sections}
        statements = sorted(g.subjects_of_type("kgp:Statement"), key=lambda s: int(g.need(s, "kgp:order")))
        read = [self._statement(statement, titles) for statement in statements]
        return Plan(
            id=self.id,
            title=g.need(iri, "dcterms:title"),
            text=g.text(text, "kgp:text") or "",
            year=g.one(iri, "kgp:year"),
            jurisdiction=g.need(iri, "kgp:jurisdiction"),
            language=g.need(iri, "dcterms:language"),
            type=g.text(iri, "kgp:typeLabel"),
            number=g.text(iri, "kgp:number"),
            issuer=g.text(iri, "kgp:issuer"),
            date=g.text(iri, "dcterms:issued"),
            source_name=g.text(text, "kgp:sourceName"),
            source_sha256=g.text(text, "kgp:sourceSha256"),
            sections=tuple(sections),
            statements=tuple(s for s in read if s.kind != "context"),
            context=tuple(s for s in read if s.kind == "context"),
            agencies=tuple(self._agency(a) for a in g.subjects_of_type("org:Organization")),
            documents=tuple(self._document(d) for d in g.subjects_of_type("kgp:Document")),
            places=tuple(self._place(p) for p in g.subjects_of_type("dcterms:Location")),
            notes=tuple(self._note(n) for n in sorted(g.subjects_of_type("kgp:Note"), key=_number)),
        )

    def _id(self, iri: str) -> str:
        found = v.local_id(iri, self.base)
        if found is None:
            raise ValueError(f"{iri} is not below {self.base}")
        return found

    def _address(self, iri: str | None) -> str | None:
        return None if iri is None else str(self.g.need(iri, "kgp:address"))

    def _span(self, node: str) -> tuple[int, int]:
        return self.g.need(node, "kgp:start"), self.g.need(node, "kgp:end")

    def _section(self, iri: str) -> Section:
        parent = self.g.link(iri, "dcterms:isPartOf")
        return Section(
            self.g.need(iri, "kgp:address"),
            self.g.text(iri, "skos:notation") or "",
            self.g.text(iri, "dcterms:title") or "",
            *self._span(iri),
            parent=None if parent == self.iri else self._address(parent),
        )

    def _agency(self, iri: str) -> Agency:
        g, agency_id = self.g, self._id(iri)
        parents, broader = g.links(iri, "org:subOrganizationOf"), g.links(iri, "skos:broader")
        return Agency(
            id=agency_id,
            name=g.text(iri, "rdfs:label", "vi") or g.need(iri, "skos:prefLabel", "vi"),
            kind=v.kind_of(g.link(iri, "org:classification")),
            jurisdiction=agency_id.partition("/")[0],
            name_en=g.text(iri, "skos:prefLabel", "en"),
            aliases=tuple(sorted(term.value for term in g.all(iri, "skos:altLabel"))),
            collective=iri in g.subjects_of_type("kgp:CollectiveAgency"),
            unspecified=bool(g.one(iri, "kgp:unspecified")),
            in_registry=g.one(iri, "kgp:inRegistry") is not False,
            parent=self._id(parents[0]) if parents else None,
            broader=self._id(broader[0]) if broader else None,
        )

    def _document(self, iri: str) -> Document:
        g = self.g
        return Document(
            id=self._id(iri),
            type=g.need(iri, "kgp:typeLabel"),
            type_code=g.text(iri, "kgp:typeCode"),
            number=g.text(iri, "kgp:number"),
            title=g.text(iri, "dcterms:title"),
            issuer=g.text(iri, "kgp:issuer"),
            date=g.text(iri, "eli:date_document"),
            sequence=g.text(iri, "kgp:sequence"),
            year=g.one(iri, "kgp:numberYear"),
            symbol=g.text(iri, "kgp:symbol"),
            issuer_code=g.text(iri, "kgp:issuerCode"),
            valid_from=g.one(iri, "kgp:validFrom"),
            valid_to=g.one(iri, "kgp:validTo"),
        )

    def _place(self, iri: str) -> Place:
        return Place(self._id(iri), self.g.need(iri, "skos:prefLabel"), self.g.need(iri, "kgp:placeKind"))

    def _note(self, iri: str) -> Note:
        on = self.g.links(iri, "kgp:noteOn")
        address = self._address(on[0] if on else None)
        return Note(self.g.need(iri, "kgp:code"), self.g.need(iri, "kgp:message"), *self._span(iri), address=address)

    def _statement(self, iri: str, sections: dict[str, Section]) -> Statement:
        g = self.g
        kinds = [_KINDS[term.value] for term in g.all(iri, "rdf:type") if term.value in _KINDS]
        if not kinds:
            raise ValueError(f"{iri} is of no kind of statement")
        around = g.links(iri, "kgp:inSection")
        section = self._address(around[0] if around else None)
        places, persons = self._mentions(iri)
        return Statement(
            address=g.need(iri, "kgp:address"),
            kind=cast("Kind", kinds[0]),
            text=g.need(iri, "kgp:text"),
            start=self._span(iri)[0],
            end=self._span(iri)[1],
            heading_path=_titles(section, sections),
            section=section,
            responsibilities=tuple(self._responsibility(r) for r in g.links(iri, "prov:qualifiedAttribution")),
            citations=tuple(self._citation(c) for c in g.links(iri, "kgp:hasCitation")),
            indicators=tuple(self._indicator(i) for i in g.links(iri, "kgp:hasTarget")),
            deadlines=tuple(self._deadline(d) for d in g.links(iri, "kgp:hasDeadline")),
            periods=tuple(self._period(p) for p in g.links(iri, "kgp:hasPeriod")),
            places=places,
            persons=persons,
            topics=tuple(self._topic(t) for t in g.links(iri, "kgp:hasTopicLink")),
            product=g.text(iri, "kgp:product"),
        )

    def _responsibility(self, iri: str) -> Responsibility:
        g = self.g
        inherited, assigned = g.links(iri, "kgp:inheritedFrom"), g.links(iri, "kgp:assignedBy")
        return Responsibility(
            agency=self._id(g.link(iri, "prov:agent")),
            role=cast("Role", _ROLES[g.link(iri, "prov:hadRole")]),
            words=g.text(iri, "kgp:words") or "",
            start=self._span(iri)[0],
            end=self._span(iri)[1],
            inherited=self._address(inherited[0]) if inherited else None,
            office=g.text(iri, "kgp:office"),
            assigned_by=self._id(assigned[0]) if assigned else None,
        )

    def _citation(self, iri: str) -> Citation:
        document = self._id(self.g.link(iri, "kgp:document"))
        relation = cast("Relation", self.g.need(iri, "kgp:relation"))
        return Citation(document, relation, *self._span(iri), provision=self.g.text(iri, "kgp:provision"))

    def _indicator(self, iri: str) -> Indicator:
        g, most = self.g, self.g.one(iri, "kgp:maximumValue")
        return Indicator(
            g.need(iri, "skos:prefLabel"),
            float(g.need(iri, "qudt:numericValue")),
            g.need(iri, "kgp:unit"),
            cast("Comparator", g.need(iri, "kgp:comparator")),
            *self._span(iri),
            value_max=None if most is None else float(most),
            field=g.text(iri, "kgp:field"),
            period=g.text(iri, "kgp:periodLabel"),
        )

    def _deadline(self, iri: str) -> Deadline:
        g = self.g
        return Deadline(
            g.text(iri, "kgp:date"),
            g.need(iri, "kgp:inclusive"),
            g.text(iri, "kgp:words") or "",
            *self._span(iri),
            begin=g.text(iri, "kgp:beginDate"),
            recurrence=g.text(iri, "kgp:recurrence"),
            duration=g.text(iri, "kgp:duration"),
            working_days=bool(g.one(iri, "kgp:workingDays")),
            event=g.text(iri, "kgp:event"),
        )

    def _period(self, iri: str) -> Period:
        g = self.g
        words = g.text(iri, "kgp:words") or ""
        return Period(g.one(iri, "kgp:beginYear"), g.one(iri, "kgp:endYear"), words, *self._span(iri))

    def _topic(self, iri: str) -> TopicLink:
        topic = self._id(self.g.link(iri, "kgp:topic"))
        return TopicLink(topic, self.g.text(iri, "kgp:words") or "", *self._span(iri))

    def _mentions(self, iri: str) -> tuple[tuple[PlaceMention, ...], tuple[Person, ...]]:
        g = self.g
        places, persons = [], []
        for mention in g.links(iri, "kgp:hasMention"):
            target = g.link(mention, "kgp:mentions")
            name = g.text(target, "foaf:name")
            if name is None:
                places.append(PlaceMention(self._id(target), *self._span(mention)))
            else:
                bodies = g.links(target, "org:memberOf")
                body = self._id(bodies[0]) if bodies else None
                persons.append(Person(name, g.text(target, "kgp:office"), body, *self._span(mention)))
        return tuple(places), tuple(persons)


def _titles(section: str | None, sections: dict[str, Section]) -> tuple[str, ...]:
    """The titles of the headings around a statement, outermost first."""
    path: list[str] = []
    while section is not None:
        path.append(" ".join(sections[section].title.split()))
        section = sections[section].parent
    return tuple(title for title in reversed(path) if title)


def _number(iri: str) -> tuple[int, str]:
    match = _NUMBER.search(iri)
    return (int(match[1]) if match else 0), iri
