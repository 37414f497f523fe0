"""The JSON of the API, as pydantic models. Answers may grow further keys; these stay."""

from __future__ import annotations

import json
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Role = Literal["leads", "coordinates", "shares"]


class _Open(BaseModel):
    """A model that passes further keys through."""

    model_config = ConfigDict(extra="allow")


class AskRequest(BaseModel):
    """A question in Vietnamese, with or without diacritics, or English."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"question": "which units coordinate on investment promotion"}]}
    )

    question: str = Field(description="The question.")
    plan: str | None = Field(default=None, description="Ask about this plan only.")
    interpretation: dict[str, Any] | None = Field(
        default=None,
        description="What the question is to be understood to ask: fields as an answer's interpretation shows them.",
        examples=[{"role": "coordinates"}],
    )

    @model_validator(mode="after")
    def _whole_characters(self) -> Self:
        try:
            json.dumps(self.model_dump(), ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:
            raise ValueError("half a character (a lone surrogate); send whole ones") from None
        return self


class Interpretation(_Open):
    """How the question was understood."""

    intent: str
    role: str | None = None
    agency: str | None = None
    document: str | None = None
    topic: str | None = None


class Result(_Open):
    """One thing that was asked for, and the statements that say it."""

    iri: str | None = None
    type: str
    label_vi: str | None = None
    label_en: str | None = None
    role: str | None = None
    value: Any = None
    unit: str | None = None
    score: float | None = None
    addresses: list[str] = []


class Evidence(_Open):
    """A statement, verbatim. Offsets are 0-based, end-exclusive, in Unicode code points of the plan's text."""

    plan: str
    address: str
    iri: str
    text: str
    start: int
    end: int
    score: float | None = None


class Alternative(BaseModel):
    """Another reading of the question: give its ``interpretation`` back with the question to get its answer."""

    interpretation: dict[str, Any]
    label_vi: str
    label_en: str


class Answer(_Open):
    """The answer, with the evidence and the SPARQL that returns the same results."""

    question: str
    language: Literal["vi", "en"]
    status: Literal["answered", "abstained"]
    reason: str | None = None
    interpretation: Interpretation
    results: list[Result]
    evidence: list[Evidence]
    sparql: str | None = None
    text: str
    alternatives: list[Alternative] = []
    parts: list[Answer] = Field(default=[], description="The answers to the parts of a question that asks several.")


class Hit(_Open):
    """A statement found by search."""

    plan: str
    address: str
    iri: str
    kind: str
    text: str
    score: float


class SearchResult(BaseModel):
    """Hits, best first."""

    query: str
    hits: list[Hit]


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


class StatementRef(BaseModel):
    """A statement that an agency or a document is tied to; ``tie`` is the role or the relation."""

    plan: str
    address: str
    iri: str
    kind: str
    text: str
    tie: str


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


class Page(BaseModel):
    """A part of a list; ``next`` and ``previous`` are the addresses of the parts beside it on this host."""

    total: int
    offset: int
    next: str | None = None
    previous: str | None = None


class AgencyList(Page):
    """A page of agencies."""

    items: list[AgencySummary]


class DocumentList(Page):
    """A page of documents."""

    items: list[DocumentSummary]


class PlanList(Page):
    """A page of plans."""

    items: list[PlanSummary]


class StatementList(Page):
    """A page of statements."""

    items: list[StatementOut]


class MatrixLabel(BaseModel):
    """A row or a column."""

    id: str
    label_vi: str
    label_en: str | None


class MatrixCell(BaseModel):
    """How many statements are in both the row and the column, by their ids."""

    row: str
    column: str
    statements: int


class MatrixOut(BaseModel):
    """A table of counts; what is not among ``cells`` is 0."""

    rows: list[MatrixLabel]
    columns: list[MatrixLabel]
    cells: list[MatrixCell]


class NetworkOut(BaseModel):
    """A network: nodes with ``id``, edges with ``source`` and ``target``, and their attributes."""

    kind: str
    directed: bool
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    measures: list[dict[str, Any]] | None = None
    explanations: dict[str, str] | None = None
    explanations_vi: dict[str, str] | None = None
    findings: list[dict[str, Any]] | None = None


class Health(BaseModel):
    """The service is up and its corpus is open."""

    status: Literal["ok"]
    version: str
    plans: list[str]


AgencyOut.model_rebuild()


class QueryOut(BaseModel):
    """A worked SPARQL query and the question it answers."""

    name: str
    question_vi: str
    question_en: str
    query: str


class QueryList(BaseModel):
    """The competency queries that the corpus can answer, and the prefixes that need no declaration."""

    items: list[QueryOut]
    prefixes: dict[str, str]


class Term(_Open):
    """An IRI, a literal or a blank node, with ``datatype`` or ``xml:lang``."""

    type: str
    value: str


class Bindings(BaseModel):
    """The rows, each from variables to terms; a variable without a value is left out."""

    bindings: list[dict[str, Term]]


class QueryResult(_Open):
    """SELECT gives ``head`` and ``results``, ASK ``boolean``, as SPARQL's JSON has them; other queries ``turtle``."""

    head: dict[str, Any] | None = None
    results: Bindings | None = None
    boolean: bool | None = None
    turtle: str | None = Field(default=None, description="The triples of CONSTRUCT and DESCRIBE.")
