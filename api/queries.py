"""The JSON of queries, as pydantic models: the worked ones, and results as SPARQL's JSON has them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


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


class Term(BaseModel):
    """An IRI, a literal or a blank node, with ``datatype`` or ``xml:lang``."""

    model_config = ConfigDict(extra="allow")

    type: str
    value: str


class Bindings(BaseModel):
    """The rows, each from variables to terms; a variable without a value is left out."""

    bindings: list[dict[str, Term]]


class QueryResult(BaseModel):
    """SELECT gives ``head`` and ``results``, ASK ``boolean``, as SPARQL's JSON has them; other queries ``turtle``."""

    model_config = ConfigDict(extra="allow")

    head: dict[str, Any] | None = None
    results: Bindings | None = None
    boolean: bool | None = None
    turtle: str | None = Field(default=None, description="The triples of CONSTRUCT and DESCRIBE.")
