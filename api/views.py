"""From the model's values to the JSON of the API. Pure functions over parsed plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kgplan.model import ROLES, Agency, Document, Plan, Section, Statement
from kgplan.networks.graphs import statements_of
from kgplan.rdf.vocabulary import agency_iri, document_iri, plan_iri, statement_iri
from kgplan.reading.syllables import language_of_name

from . import models


def plan_summary(plan: Plan) -> models.PlanSummary:
    """A plan's facts and counts."""
    return models.PlanSummary(
        id=plan.id,
        iri=plan_iri(plan.id),
        title=plan.title,
        year=plan.year,
        jurisdiction=plan.jurisdiction,
        language=plan.language,
        type=plan.type,
        number=plan.number,
        issuer=plan.issuer,
        date=plan.date,
        statements=len(plan.statements),
        sections=len(plan.sections),
        agencies=len(plan.agencies),
        documents=len(plan.documents),
    )


def plan_out(plan: Plan) -> models.PlanOut:
    """A plan with headings and statements."""
    return models.PlanOut(
        **plan_summary(plan).model_dump(),
        headings=[_section(section) for section in plan.sections],
        items=[statement_out(plan, statement) for statement in plan.statements],
    )


def statement_out(plan: Plan, statement: Statement) -> models.StatementOut:
    """A statement with everything it says."""
    places = {place.id: place.name for place in plan.places}
    return models.StatementOut(
        plan=plan.id,
        address=statement.address,
        iri=statement_iri(plan.id, statement.address),
        kind=statement.kind,
        text=statement.text,
        start=statement.start,
        end=statement.end,
        section=statement.section,
        heading_path=list(statement.heading_path),
        responsibilities=[
            models.ResponsibilityOut(
                agency=held.agency,
                iri=agency_iri(held.agency),
                name=plan.agency(held.agency).name,
                name_en=plan.agency(held.agency).name_en,
                role=held.role,
                words=held.words,
                start=held.start,
                end=held.end,
                inherited=held.inherited,
                office=held.office,
            )
            for held in statement.responsibilities
        ],
        citations=[
            models.CitationOut(
                document=citation.document,
                iri=document_iri(citation.document),
                label=document_label(plan.document(citation.document)),
                relation=citation.relation,
                start=citation.start,
                end=citation.end,
            )
            for citation in statement.citations
        ],
        targets=[
            models.TargetOut(
                name=target.name,
                value=target.value,
                value_max=target.value_max,
                unit=target.unit,
                comparator=target.comparator,
                start=target.start,
                end=target.end,
            )
            for target in statement.indicators
        ],
        deadlines=[
            models.DeadlineOut(date=due.date, inclusive=due.inclusive, text=due.text, start=due.start, end=due.end)
            for due in statement.deadlines
        ],
        places=list(dict.fromkeys(places[mention.place] for mention in statement.places)),
        persons=list(dict.fromkeys(person.name for person in statement.persons)),
        topics=list(dict.fromkeys(link.topic for link in statement.topics)),
    )


def document_label(document: Document) -> str:
    """The document's type and number, or its title."""
    return f"{document.type} {document.number}" if document.number else document.title or document.id


def agencies(plans: Iterable[Plan]) -> list[models.AgencySummary]:
    """Every agency that holds a role, the busiest first."""
    roles: dict[str, Counter[str]] = {}
    values: dict[str, Agency] = {}
    for plan in plans:
        for statement in plan.statements:
            for role in ROLES:
                for agency_id in statement.agencies(role):
                    values.setdefault(agency_id, plan.agency(agency_id))
                    roles.setdefault(agency_id, Counter())[role] += 1
    found = [_agency_summary(values[key], held) for key, held in roles.items()]
    return sorted(found, key=lambda a: (-(a.leads + a.shares + a.coordinates), a.name))


def agency_out(plans: Iterable[Plan], agency_id: str) -> models.AgencyOut | None:
    """One agency with its statements, partners and documents; None when no plan gives it a role."""
    agency: Agency | None = None
    held: Counter[str] = Counter()
    refs: list[models.StatementRef] = []
    partners: Counter[str] = Counter()
    known: dict[str, Agency] = {}
    documents: Counter[str] = Counter()
    cited: dict[str, Document] = {}
    for plan, statement in statements_of(plans):
        roles = [role for role in ROLES if agency_id in statement.agencies(role)]
        if not roles:
            continue
        agency = agency or plan.agency(agency_id)
        held.update(roles)
        refs.extend(_ref(plan, statement, role) for role in roles)
        for other in {held.agency for held in statement.responsibilities} - {agency_id}:
            partners[other] += 1
            known.setdefault(other, plan.agency(other))
        for key in {citation.document for citation in statement.citations}:
            documents[key] += 1
            cited.setdefault(key, plan.document(key))
    if agency is None:
        return None
    return models.AgencyOut(
        **_agency_summary(agency, held).model_dump(),
        aliases=list(agency.aliases),
        other_names=_by_language(agency.aliases),
        statements=refs,
        partners=[
            models.Partner(id=key, name=known[key].name, name_en=known[key].name_en, statements=count)
            for key, count in sorted(partners.items(), key=lambda item: (-item[1], known[item[0]].name))
        ],
        documents=[
            _document_summary(cited[key], count)
            for key, count in sorted(documents.items(), key=lambda item: (-item[1], item[0]))
        ],
    )


def documents(plans: Iterable[Plan]) -> list[models.DocumentSummary]:
    """Every cited document, the most cited first."""
    counts: Counter[str] = Counter()
    values: dict[str, Document] = {}
    for plan, statement in statements_of(plans):
        for key in {citation.document for citation in statement.citations}:
            counts[key] += 1
            values.setdefault(key, plan.document(key))
    found = [_document_summary(values[key], count) for key, count in counts.items()]
    return sorted(found, key=lambda d: (-d.citations, d.id))


def document_out(plans: Iterable[Plan], document_id: str) -> models.DocumentOut | None:
    """One document with the statements that cite it; None when none does."""
    document: Document | None = None
    refs: list[models.StatementRef] = []
    for plan, statement in statements_of(plans):
        relations = dict.fromkeys(c.relation for c in statement.citations if c.document == document_id)
        if relations:
            document = document or plan.document(document_id)
            refs.extend(_ref(plan, statement, relation) for relation in relations)
    if document is None:
        return None
    count = len({(ref.plan, ref.address) for ref in refs})
    return models.DocumentOut(**_document_summary(document, count).model_dump(), statements=refs)


def _section(section: Section) -> models.SectionOut:
    return models.SectionOut(
        address=section.address,
        label=section.label,
        title=section.title,
        start=section.start,
        end=section.end,
        parent=section.parent,
    )


def _ref(plan: Plan, statement: Statement, tie: str) -> models.StatementRef:
    return models.StatementRef(
        plan=plan.id,
        address=statement.address,
        iri=statement_iri(plan.id, statement.address),
        kind=statement.kind,
        text=statement.text,
        tie=tie,
    )


def _by_language(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(language_of_name(name), []).append(name)
    return found


def _agency_summary(agency: Agency, held: Counter[str]) -> models.AgencySummary:
    return models.AgencySummary(
        id=agency.id,
        iri=agency_iri(agency.id),
        name=agency.name,
        name_en=agency.name_en,
        kind=agency.kind,
        jurisdiction=agency.jurisdiction,
        collective=agency.collective,
        unspecified=agency.unspecified,
        leads=held["leads"],
        coordinates=held["coordinates"],
        shares=held["shares"],
    )


def _document_summary(document: Document, citations: int) -> models.DocumentSummary:
    return models.DocumentSummary(
        id=document.id,
        iri=document_iri(document.id),
        label=document_label(document),
        type=document.type,
        number=document.number,
        title=document.title,
        issuer=document.issuer,
        date=document.date,
        citations=citations,
    )
