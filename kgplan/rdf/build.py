"""Plans as RDF: one named graph a plan, the same triples from the same plans.

Every node has an IRI; there are no blank nodes, no clock and no randomness, so two builds write the same
bytes. rdflib is imported when a dataset is built, not with this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from kgplan.model import Agency, Document, Place, Plan, Section, Statement
from kgplan.parsing.changes import Changes
from kgplan.rdf import vocabulary as v
from kgplan.rdf.changes import write_changes
from kgplan.rdf.terms import from_rdflib
from kgplan.reading.syllables import language_of_name
from kgplan.text import decimal

if TYPE_CHECKING:
    import rdflib

    from kgplan.rdf.thesaurus import Concepts


def build_dataset(
    plans: Iterable[Plan], *, base: str = v.DEFAULT_BASE, changes: Changes | None = None
) -> rdflib.Dataset:
    """The dataset of ``plans``: one named graph each, named by the plan's IRI.

    ``changes`` tells what became of agencies since (by default what travels with kgplan).

    ``base`` is the base of all data IRIs and must end in ``/`` or ``#``. The labels of the concepts that a
    plan uses (topics and what is broader, roles, kinds of agencies) stand in the plan's graph, so that
    each graph can be read alone. The dataset's own default graph stays empty. Raises ValueError on a base
    that is no absolute IRI or on two plans with one id.
    """
    import rdflib

    from kgplan.rdf.thesaurus import Concepts

    check_base(base)
    dataset = rdflib.Dataset()
    for prefix, namespace in v.PREFIXES.items():
        dataset.bind(prefix, namespace, override=True, replace=True)
    concepts = Concepts(base)
    seen: set[str] = set()
    for plan in plans:
        if plan.id in seen:
            raise ValueError(f"two plans have the id {plan.id!r}; give one of them another id")
        seen.add(plan.id)
        graph = dataset.graph(rdflib.URIRef(v.plan_iri(plan.id, base)))
        _PlanWriter(plan, graph, base, concepts).write()
        write_changes(graph, *(changes or Changes.load()).of(plan.agencies), base)
    return dataset


def to_nquads(dataset: rdflib.Dataset) -> bytes:
    """The dataset as N-Quads in UTF-8, one sorted line a quad: the same bytes for the same quads."""
    lines: set[str] = set()
    for graph in dataset.graphs():
        name = "" if graph.identifier == _DEFAULT_GRAPH else f" <{graph.identifier}>"
        lines.update(f"{' '.join(from_rdflib(term).n3 for term in triple)}{name} .\n" for triple in graph)
    return "".join(sorted(lines)).encode("utf-8")


_DEFAULT_GRAPH: Final = "urn:x-rdflib:default"


def check_base(base: str) -> None:
    """Raise ValueError unless ``base`` can be the base of data IRIs."""
    scheme, colon, rest = base.partition(":")
    if not (scheme.isalpha() and colon and rest) or base[-1] not in "/#" or any(c in base for c in '<>"{}|^`\\ \n\t'):
        raise ValueError(f"{base!r} is no base for IRIs: an absolute IRI that ends in / or # is needed")


class _PlanWriter:
    """Writes one plan into one graph."""

    def __init__(self, plan: Plan, graph: rdflib.Graph, base: str, concepts: Concepts) -> None:
        import rdflib

        self.plan, self.graph, self.base, self.concepts = plan, graph, base, concepts
        self.iri = v.plan_iri(plan.id, base)
        self.text = v.text_iri(plan.id, base)
        self._uri, self._literal = rdflib.URIRef, rdflib.Literal
        self._agencies_by_name = {agency.name.casefold(): agency.id for agency in plan.agencies}

    # -- writing single triples ------------------------------------------------------------------

    def link(self, subject: str, predicate: str, *objects: str) -> None:
        for target in objects:
            self.graph.add((self._uri(subject), self._uri(v.expand(predicate)), self._uri(target)))

    def type(self, subject: str, *classes: str) -> None:
        self.link(subject, "rdf:type", *(v.expand(name) for name in classes))

    def say(self, subject: str, predicate: str, value: str | int | bool | None, datatype: str | None = None) -> None:
        """Add a literal; None adds nothing. Booleans and integers get their XSD datatype."""
        if value is not None:
            typed = self._uri(v.expand(datatype)) if datatype else None
            self.graph.add(
                (self._uri(subject), self._uri(v.expand(predicate)), self._literal(value, datatype=typed)),
            )

    def tell(self, subject: str, predicate: str, text: str | None, language: str | None = None) -> None:
        """Add a text in ``language`` (the plan's own by default); None and "" add nothing."""
        if text:
            literal = self._literal(text, lang=language or self.plan.language)
            self.graph.add((self._uri(subject), self._uri(v.expand(predicate)), literal))

    def span(self, subject: str, start: int, end: int) -> None:
        self.say(subject, "kgp:start", start)
        self.say(subject, "kgp:end", end)

    # -- the parts of a plan ---------------------------------------------------------------------

    def write(self) -> None:
        self._write_plan()
        sections = {section.address: section for section in self.plan.sections}
        for section in self.plan.sections:
            self._write_section(section)
        for agency in self.plan.agencies:
            self._write_agency(agency)
        for document in self.plan.documents:
            self._write_document(document)
        for place in self.plan.places:
            self._write_place(place)
        ordered = sorted((*self.plan.statements, *self.plan.context), key=lambda s: (s.start, s.end, s.address))
        for order, statement in enumerate(ordered, start=1):
            self._write_statement(statement, order, _enclosing(statement.section, sections))
        for number, note in enumerate(self.plan.notes, start=1):
            iri = v.note_iri(self.plan.id, number, self.base)
            self.type(iri, "kgp:Note", *(("kgp:Unparsed",) if note.code == "unparsed" else ()))
            self.link(iri, "kgp:inPlan", self.iri)
            self.say(iri, "kgp:code", note.code)
            self.say(iri, "kgp:message", note.message)
            self.tell(iri, "kgp:words", self.plan.text[note.start : note.end])
            self.span(iri, note.start, note.end)
            if note.address is not None:
                known = note.address in {statement.address for statement in ordered}
                mint = v.statement_iri if known else v.section_iri
                if known or note.address in sections:
                    self.link(iri, "kgp:noteOn", mint(self.plan.id, note.address, self.base))
        self._write_concepts()

    def _write_plan(self) -> None:
        plan = self.plan
        self.type(self.iri, "kgp:Plan", "p-plan:Plan", "prov:Plan", "prov:Entity")
        self.tell(self.iri, "dcterms:title", plan.title)
        self.say(self.iri, "dcterms:language", plan.language)
        self.say(self.iri, "dcterms:identifier", plan.id)
        self.say(self.iri, "kgp:jurisdiction", plan.jurisdiction)
        self.say(self.iri, "kgp:year", plan.year)
        self.say(self.iri, "kgp:number", plan.number)
        self.tell(self.iri, "kgp:typeLabel", plan.type)
        self._write_issuer(self.iri, plan.issuer, "dcterms:publisher")
        self.say(self.iri, "dcterms:issued", plan.date, "xsd:date")
        self.link(self.iri, "prov:wasDerivedFrom", self.text)
        self.type(self.text, "kgp:SourceText", "prov:Entity")
        self.tell(self.text, "kgp:text", plan.text)
        self.say(self.text, "kgp:sourceName", plan.source_name)
        self.say(self.text, "kgp:sourceSha256", plan.source_sha256)

    def _write_section(self, section: Section) -> None:
        iri = v.section_iri(self.plan.id, section.address, self.base)
        self.type(iri, "kgp:Section")
        self.say(iri, "kgp:address", section.address)
        self.say(iri, "skos:notation", section.label)
        self.tell(iri, "dcterms:title", section.title)
        self.span(iri, section.start, section.end)
        self.link(iri, "kgp:inPlan", self.iri)
        parent = v.section_iri(self.plan.id, section.parent, self.base) if section.parent else self.iri
        self.link(iri, "dcterms:isPartOf", parent)

    def _write_agency(self, agency: Agency) -> None:
        iri = v.agency_iri(agency.id, self.base)
        own = "kgp:CollectiveAgency" if agency.collective else "cv:PublicOrganisation"
        self.type(iri, "org:Organization", "foaf:Organization", "prov:Agent", own)
        self.tell(iri, "skos:prefLabel", agency.name, "vi")
        self.tell(iri, "skos:prefLabel", agency.name_en, "en")
        for alias in agency.aliases:
            self.tell(iri, "skos:altLabel", alias, language_of_name(alias))
        kind = v.kind_iri(agency.kind)
        self.link(iri, "org:classification", kind)
        self.concepts.use(kind)
        self.say(iri, "dcterms:identifier", agency.id)
        if not agency.in_registry:
            self.say(iri, "kgp:inRegistry", False)
        if agency.unspecified:
            self.say(iri, "kgp:unspecified", True)
        if agency.parent:
            self.link(iri, "org:subOrganizationOf", v.agency_iri(agency.parent, self.base))
        if agency.broader:
            self.link(iri, "skos:broader", v.agency_iri(agency.broader, self.base))

    def _write_document(self, document: Document) -> None:
        iri = v.document_iri(document.id, self.base)
        self.type(iri, "kgp:Document", "eli:Work", "prov:Entity")
        self.say(iri, "dcterms:identifier", document.id)
        if document.number:
            self.type(iri, "eli:LegalResource")
            self.say(iri, "kgp:number", document.number)
            self.say(iri, "eli:number", document.sequence or document.number)
            self.say(iri, "eli:id_local", document.number)
        self.say(iri, "kgp:sequence", document.sequence)
        self.say(iri, "kgp:numberYear", document.year)
        self.say(iri, "kgp:symbol", document.symbol)
        self.say(iri, "kgp:issuerCode", document.issuer_code)
        self.tell(iri, "dcterms:title", document.title)
        self.tell(iri, "kgp:typeLabel", document.type)
        self.say(iri, "kgp:typeCode", document.type_code)
        self._write_issuer(iri, document.issuer, "eli:passed_by")
        self.say(iri, "eli:date_document", document.date, "xsd:date")
        self.say(iri, "kgp:validFrom", document.valid_from)
        self.say(iri, "kgp:validTo", document.valid_to)

    def _write_issuer(self, iri: str, issuer: str | None, predicate: str) -> None:
        """The issuer's name, and the link to the agency when the plan names it as one."""
        self.tell(iri, "kgp:issuer", issuer)
        agency = self._agencies_by_name.get((issuer or "").casefold())
        if agency is not None:
            self.link(iri, predicate, v.agency_iri(agency, self.base))

    def _write_place(self, place: Place) -> None:
        iri = v.place_iri(place.id, self.base)
        self.type(iri, "dcterms:Location")
        self.tell(iri, "skos:prefLabel", place.name)
        self.say(iri, "kgp:placeKind", place.kind)

    def _write_statement(self, statement: Statement, order: int, enclosing: Sequence[str]) -> None:
        iri = v.statement_iri(self.plan.id, statement.address, self.base)
        self.type(iri, "kgp:Statement", f"kgp:{v.STATEMENT_CLASSES[statement.kind]}", "prov:Entity")
        if statement.kind in ("directive", "task", "assignment"):
            self.type(iri, "p-plan:Step")
            self.link(iri, "p-plan:isStepOfPlan", self.iri)
        self.say(iri, "kgp:address", statement.address)
        self.say(iri, "kgp:order", order)
        self.tell(iri, "kgp:text", statement.text)
        self.tell(iri, "kgp:product", statement.product)
        self.span(iri, statement.start, statement.end)
        self.link(iri, "kgp:inPlan", self.iri)
        self.link(iri, "prov:wasQuotedFrom", self.text)
        for depth, address in enumerate(enclosing):
            section = v.section_iri(self.plan.id, address, self.base)
            self.link(iri, "kgp:underSection", section)
            if depth == 0:
                self.link(iri, "kgp:inSection", section)
        self._write_selector(iri, statement)
        self._write_responsibilities(iri, statement)
        self._write_citations(iri, statement)
        self._write_quantities(iri, statement)
        self._write_times(iri, statement)
        self._write_mentions(iri, statement)

    def _write_selector(self, iri: str, statement: Statement) -> None:
        """Where the statement stands, as the Web Annotation model says it."""
        source, position, quote = f"{iri}#source", f"{iri}#position", f"{iri}#quote"
        text = self.plan.text
        self.type(source, "oa:SpecificResource")
        self.link(iri, "dcterms:source", source)
        self.link(source, "oa:hasSource", self.text)
        self.link(source, "oa:hasSelector", position, quote)
        self.type(position, "oa:TextPositionSelector")
        self.say(position, "oa:start", statement.start)
        self.say(position, "oa:end", statement.end)
        self.type(quote, "oa:TextQuoteSelector")
        self.say(quote, "oa:exact", statement.text)
        self.say(quote, "oa:prefix", text[max(0, statement.start - 32) : statement.start])
        self.say(quote, "oa:suffix", text[statement.end : statement.end + 32])

    def _write_responsibilities(self, iri: str, statement: Statement) -> None:
        for number, responsibility in enumerate(statement.responsibilities, start=1):
            node = v.part_iri(iri, "r", number)
            agency = v.agency_iri(responsibility.agency, self.base)
            role = v.kgp(v.ROLE_INDIVIDUALS[responsibility.role])
            self.type(node, "kgp:Responsibility", "kgp:Mention", "prov:Attribution")
            self.link(iri, "prov:qualifiedAttribution", node)
            self.link(iri, "prov:wasAttributedTo", agency)
            self.link(node, "prov:agent", agency)
            self.link(node, "prov:hadRole", role)
            self.concepts.use(role)
            self.say(node, "kgp:words", responsibility.words)
            self.span(node, responsibility.start, responsibility.end)
            self.tell(node, "kgp:office", responsibility.office)
            if responsibility.assigned_by:
                self.link(node, "kgp:assignedBy", v.agency_iri(responsibility.assigned_by, self.base))
            if responsibility.inherited:
                self.link(node, "kgp:inheritedFrom", v.section_iri(self.plan.id, responsibility.inherited, self.base))
            self.link(agency, f"kgp:{responsibility.role}", iri)
            self.link(agency, "kgp:involvedIn", iri)

    def _write_citations(self, iri: str, statement: Statement) -> None:
        for number, citation in enumerate(statement.citations, start=1):
            node = v.part_iri(iri, "c", number)
            document = v.document_iri(citation.document, self.base)
            self.link(iri, "kgp:cites", document)
            self.link(iri, f"kgp:{v.CITATION_PROPERTIES[citation.relation]}", document)
            self.link(iri, "dcterms:references", document)
            self.type(node, "kgp:Citation", "kgp:Mention")
            self.link(iri, "kgp:hasCitation", node)
            self.link(node, "kgp:document", document)
            self.say(node, "kgp:relation", citation.relation)
            self.tell(node, "kgp:provision", citation.provision)
            self.span(node, citation.start, citation.end)

    def _write_quantities(self, iri: str, statement: Statement) -> None:
        for number, indicator in enumerate(statement.indicators, start=1):
            node = v.part_iri(iri, "i", number)
            self.type(node, "kgp:Target", "kgp:Mention")
            self.link(iri, "kgp:hasTarget", node)
            self.tell(node, "skos:prefLabel", indicator.name)
            self.say(node, "qudt:numericValue", decimal(indicator.value), "xsd:decimal")
            if indicator.value_max is not None:
                self.say(node, "kgp:maximumValue", decimal(indicator.value_max), "xsd:decimal")
            self.say(node, "kgp:unit", indicator.unit)
            if indicator.unit in v.UNITS:
                self.link(node, "qudt:hasUnit", v.PREFIXES["unit"] + v.UNITS[indicator.unit])
            self.say(node, "kgp:comparator", indicator.comparator)
            self.tell(node, "kgp:field", indicator.field)
            self.tell(node, "kgp:periodLabel", indicator.period)
            self.span(node, indicator.start, indicator.end)

    def _write_times(self, iri: str, statement: Statement) -> None:
        for number, deadline in enumerate(statement.deadlines, start=1):
            node = v.part_iri(iri, "d", number)
            self.type(node, "kgp:Deadline", "kgp:Mention")
            self.link(iri, "kgp:hasDeadline", node)
            if deadline.date:
                self.type(node, "time:Instant")
                self.say(node, "kgp:date", deadline.date, "xsd:date")
                self.say(node, "time:inXSDDate", deadline.date, "xsd:date")
                self.say(iri, "kgp:deadline", deadline.date, "xsd:date")
            self.say(node, "kgp:inclusive", deadline.inclusive)
            self.say(node, "kgp:beginDate", deadline.begin, "xsd:date")
            self.tell(node, "kgp:recurrence", deadline.recurrence)
            if deadline.duration:
                self.say(node, "kgp:duration", deadline.duration, "xsd:duration")
                self.say(node, "kgp:workingDays", deadline.working_days)
                self.tell(node, "kgp:event", deadline.event)
            self.tell(node, "kgp:words", deadline.text)
            self.span(node, deadline.start, deadline.end)
        for number, period in enumerate(statement.periods, start=1):
            node = v.part_iri(iri, "p", number)
            self.type(node, "kgp:Period", "kgp:Mention", "time:ProperInterval")
            self.link(iri, "kgp:hasPeriod", node)
            self.say(node, "kgp:beginYear", period.begin)
            self.say(node, "kgp:endYear", period.end_year)
            self.tell(node, "kgp:words", period.text)
            self.span(node, period.start, period.end)

    def _write_mentions(self, iri: str, statement: Statement) -> None:
        numbered: list[tuple[str, int, int]] = []
        for place in statement.places:
            target = v.place_iri(place.place, self.base)
            self.link(iri, "kgp:mentionsPlace", target)
            numbered.append((target, place.start, place.end))
        for person in statement.persons:
            target = v.person_iri(self.plan.id, person.name, self.base)
            self.link(iri, "kgp:mentionsPerson", target)
            self.type(target, "foaf:Person", "prov:Agent")
            self.say(target, "foaf:name", person.name)
            self.tell(target, "kgp:office", person.office)
            if person.agency:
                self.link(target, "org:memberOf", v.agency_iri(person.agency, self.base))
            numbered.append((target, person.start, person.end))
        for number, (target, start, end) in enumerate(numbered, start=1):
            node = v.part_iri(iri, "m", number)
            self.type(node, "kgp:Mention")
            self.link(iri, "kgp:hasMention", node)
            self.link(node, "kgp:mentions", target)
            self.span(node, start, end)
        for number, topic in enumerate(statement.topics, start=1):
            node = v.part_iri(iri, "t", number)
            concept = v.topic_iri(topic.topic, self.base)
            self.link(iri, "dcterms:subject", concept)
            self.concepts.use(concept)
            self.type(node, "kgp:TopicLink", "kgp:Mention")
            self.link(iri, "kgp:hasTopicLink", node)
            self.link(node, "kgp:topic", concept)
            self.tell(node, "kgp:words", topic.words)
            self.span(node, topic.start, topic.end)

    def _write_concepts(self) -> None:
        for triple in self.concepts.take():
            self.graph.add(triple)


def _enclosing(address: str | None, sections: dict[str, Section]) -> list[str]:
    """Addresses of the sections around a statement, nearest first."""
    path: list[str] = []
    while address is not None and address in sections and address not in path:
        path.append(address)
        address = sections[address].parent
    return path
