"""The JSON of questions, answers and search, as pydantic models. Answers may grow further keys; these stay."""

from __future__ import annotations

import json
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


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
