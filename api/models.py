"""The JSON of plans, statements, agencies and documents, as pydantic models. It may grow further keys; these stay."""

from __future__ import annotations

from pydantic import BaseModel, Field

from kgplan.model import Role


class PlanSummary(BaseModel):
    """A plan's facts and how much it holds."""

    id: str
    iri: str
    title: str
    year: int | None
    jurisdiction: str
    language: str
    type: str | None
    number: str | None
    issuer: str | None
    date: str | None
    statements: int
    sections: int
    agencies: int
    documents: int


class SectionOut(BaseModel):
    """A heading; ``start`` and ``end`` are those of its title."""

    address: str
    label: str
    title: str
    start: int
    end: int
    parent: str | None


class ResponsibilityOut(BaseModel):
    """An agency in a role, with the place of its name in the text and the words that give the role."""

    agency: str
    iri: str
    name: str
    name_en: str | None
    role: Role
    words: str
    start: int
    end: int
    inherited: str | None
    office: str | None


class CitationOut(BaseModel):
    """A document where the statement cites it."""

    document: str
    iri: str
    label: str
    relation: str
    start: int
    end: int


class DeadlineOut(BaseModel):
    """A date by which something is due; ``inclusive`` is false for "trước ngày …"."""

    date: str | None
    inclusive: bool
    text: str
    start: int
    end: int


class TargetOut(BaseModel):
    """A quantity that the plan sets."""

    name: str
    value: float
    value_max: float | None
    unit: str
    comparator: str
    start: int
    end: int


class StatementOut(BaseModel):
    """One addressed statement with everything it says."""

    plan: str
    address: str
    iri: str
    kind: str
    text: str
    start: int
    end: int
    section: str | None
    heading_path: list[str]
    responsibilities: list[ResponsibilityOut]
    citations: list[CitationOut]
    targets: list[TargetOut]
    deadlines: list[DeadlineOut]
    places: list[str]
    persons: list[str]
    topics: list[str]


class PlanOut(PlanSummary):
    """A plan with its headings and statements, in the order of the text."""

    headings: list[SectionOut]
    items: list[StatementOut]


class StatementRef(BaseModel):
    """A statement that an agency or a document is tied to; ``tie`` is the role or the relation."""

    plan: str
    address: str
    iri: str
    kind: str
    text: str
    tie: str


class DocumentSummary(BaseModel):
    """A cited document and how many statements cite it."""

    id: str
    iri: str
    label: str
    type: str
    number: str | None
    title: str | None
    issuer: str | None
    date: str | None
    citations: int


class DocumentOut(DocumentSummary):
    """A cited document with the statements that cite it."""

    statements: list[StatementRef]


class AgencySummary(BaseModel):
    """An agency and the number of statements in each role."""

    id: str
    iri: str
    name: str
    name_en: str | None
    kind: str
    jurisdiction: str
    collective: bool
    unspecified: bool
    leads: int
    coordinates: int
    shares: int


class Partner(BaseModel):
    """An agency worked with, and in how many statements."""

    id: str
    name: str
    name_en: str | None
    statements: int


class AgencyOut(AgencySummary):
    """An agency with its statements, partners and the documents it works under."""

    aliases: list[str]
    other_names: dict[str, list[str]] = Field(description="The aliases by language: vi, en.")
    statements: list[StatementRef]
    partners: list[Partner]
    documents: list[DocumentSummary]


class Page(BaseModel):
    """A part of a list; ``next`` and ``previous`` are the addresses of the parts beside it on this host."""

    total: int
    offset: int
    next: str | None = None
    previous: str | None = None


class PlanList(Page):
    """A page of plans."""

    items: list[PlanSummary]


class StatementList(Page):
    """A page of statements."""

    items: list[StatementOut]


class AgencyList(Page):
    """A page of agencies."""

    items: list[AgencySummary]


class DocumentList(Page):
    """A page of documents."""

    items: list[DocumentSummary]
