"""The answer to a question: results, the statements that prove them, and the SPARQL that gives them again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from kgplan.answering.interpretation import Alternative, Interpretation, Reason
from kgplan.frames import frame

if TYPE_CHECKING:
    import pandas

COLUMNS = ("type", "label_vi", "label_en", "role", "roles", "value", "unit", "addresses", "iri")
"""Of the table of an answer's results."""

Status = Literal["answered", "abstained"]
Writer = Literal["kgplan", "model"]


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was asked for. ``addresses`` are the statements that say it, in the order of the text.

    ``type`` is agency, task (or another kind of statement), document, indicator, deadline, place, person or
    value. ``roles`` are an agency's roles in those statements, the weightiest first. ``details`` holds what
    the type has besides: a document's number and title, a deadline's words.
    """

    type: str
    label_vi: str | None
    addresses: tuple[str, ...]
    iri: str | None = None
    label_en: str | None = None
    roles: tuple[str, ...] = ()
    value: float | int | bool | str | None = None
    unit: str | None = None
    details: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The result of the JSON contract."""
        data: dict[str, Any] = {
            "iri": self.iri,
            "type": self.type,
            "label_vi": self.label_vi,
            "label_en": self.label_en,
        }
        if self.roles:
            data |= {"role": self.roles[0], "roles": list(self.roles)}
        if self.value is not None:
            data["value"] = self.value
        if self.unit is not None:
            data["unit"] = self.unit
        return data | self.details | {"addresses": list(self.addresses)}


@dataclass(frozen=True, slots=True)
class Mark:
    """The words of a statement that carry a result: ``start:end`` in the plan's text, and the result's IRI."""

    start: int
    end: int
    iri: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement, verbatim: ``text`` is ``plan.text[start:end]``. ``score`` (0 to 1) is its closeness to the topic."""

    plan: str
    address: str
    iri: str
    text: str
    start: int
    end: int
    score: float
    heading: str | None = None
    marks: tuple[Mark, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The evidence of the JSON contract."""
        return asdict(self) | {"marks": [asdict(mark) for mark in self.marks]}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question gets, and the readings of it that are close.

    An abstained one has no results, a ``reason``, and the nearest statements as evidence. ``parts`` are the answers to
    the parts of a question that asks several things, in their order. With a language model
    (:mod:`kgplan.language_model`) ``text_by`` and ``interpretation_by`` say what is the model's, and
    ``model_refused`` why what it wrote was not used.
    """

    question: str
    status: Status
    interpretation: Interpretation
    results: tuple[Result, ...]
    evidence: tuple[Evidence, ...]
    sparql: str
    text: str
    reason: Reason | None = None
    alternatives: tuple[Alternative, ...] = ()
    text_by: Writer = "kgplan"
    interpretation_by: Writer = "kgplan"
    model_refused: str | None = None
    parts: tuple[Answer, ...] = ()

    @property
    def language(self) -> str:
        """The question's language, "vi" or "en"."""
        return self.interpretation.language

    def to_dict(self) -> dict[str, Any]:
        """The answer of the JSON contract."""
        data: dict[str, Any] = {
            "question": self.question,
            "language": self.language,
            "status": self.status,
            "interpretation": self.interpretation.to_dict(),
            "results": [result.to_dict() for result in self.results],
            "evidence": [item.to_dict() for item in self.evidence],
            "sparql": self.sparql,
            "text": self.text,
            "alternatives": [other.to_dict() for other in self.alternatives],
        }
        if self.reason is not None:
            data["reason"] = self.reason
        if self.text_by == "model":
            data["text_by"] = "model"
        if self.interpretation_by == "model":
            data["interpretation_by"] = "model"
        if self.model_refused is not None:
            data["model_refused"] = self.model_refused
        if self.parts:
            data["parts"] = [part.to_dict() for part in self.parts]
        return data

    def to_pandas(self) -> pandas.DataFrame:
        """One row a result, with the fields of the JSON contract: :data:`COLUMNS`, then those its type has besides.

        "roles" and "addresses" are lists. An abstained answer has no rows. Raises KgplanError when pandas is not
        installed.
        """
        rows = [result.to_dict() for result in self.results]
        return frame(rows, tuple(dict.fromkeys((*COLUMNS, *(name for row in rows for name in row)))))

    def _repr_html_(self) -> str:
        from kgplan.display import answer_html

        return answer_html(self)

    def __repr__(self) -> str:
        addresses = ", ".join(item.address for item in self.evidence[:5]) + (", …" if len(self.evidence) > 5 else "")
        return f"<Answer {self.status}: {self.text} ({len(self.results)} results; evidence: {addresses or 'none'})>"

    def __str__(self) -> str:
        return self.text
