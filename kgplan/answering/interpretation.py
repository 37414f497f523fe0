"""What a question was understood to ask: one small value that SPARQL is composed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from kgplan.model import Role

Intent = Literal[
    "agencies",
    "tasks",
    "documents",
    "indicators",
    "deadlines",
    "count",
    "network",
    "statements",
    "people",
    "places",
]
INTENTS: tuple[Intent, ...] = get_args(Intent)

RoleAsked = Literal["leads", "coordinates", "shares", "responsible", "any"]
"""A role, or ``responsible`` (leads or shares), or ``any``."""

ROLES_MEANT: dict[RoleAsked, tuple[Role, ...]] = {
    "leads": ("leads",),
    "coordinates": ("coordinates",),
    "shares": ("shares",),
    "responsible": ("leads", "shares"),
    "any": ("leads", "coordinates", "shares"),
}

DateTest = Literal["before", "after", "on", "since"]

HavingTest = Literal["exactly", "at_least", "more_than", "at_most", "fewer_than"]

Measured = Literal["agencies", "documents", "indicators", "statements"]
"""What the things asked for are counted by."""

ANY_TYPE = "*"
"""Among types of cited documents: any."""

Reason = Literal[
    "unknown_agency",
    "unknown_document",
    "topic_not_in_plan",
    "nothing_matches",
    "unsupported_question",
    "empty_question",
]


@dataclass(frozen=True, slots=True)
class AgencyCondition:
    """The statement must (or, ``negated``, must not) hold one of ``agencies`` (IRIs) in ``role``."""

    agencies: tuple[str, ...]
    role: RoleAsked = "any"
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Having:
    """How many of what it is measured by a thing asked for must have."""

    test: HavingTest
    number: int


@dataclass(frozen=True, slots=True)
class Due:
    """A date ``test`` a day, month or year (ISO 8601, shortened).

    Deadlines "before" and "after" may be on the day itself; dates of issue are not, but for "since".
    """

    test: DateTest
    date: str


@dataclass(frozen=True, slots=True)
class Inner:
    """Agencies described by what they do: those in ``role`` (None: any) for statements on ``topic``."""

    role: RoleAsked | None
    topic: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something the question names that the corpus does not: ``reason`` and its ``words``."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A question as conditions on statements and a thing to return of them.

    ``intent`` is what is returned; for ``count`` and for yes/no questions ``counted`` is what is counted
    or claimed. ``role`` is the role in which agencies are asked for, or, with
    ``asked_negated``, never are; of tasks without ``agencies`` it is one that somebody must hold. ``agencies`` are
    conditions on the statement; those agencies, and the ``excluded`` ones, are left out of the agencies returned.
    ``documents`` and ``people`` hold IRIs,
    ``dated`` the latest or earliest of those asked for, ``excluded_documents`` those left out,
    ``document_types`` codes and ``document_words`` the question's words for them,
    ``issuer`` the name of the issuing body, ``assigner`` (an IRI) the agency that gave the tasks. ``topic`` is the
    question's own words for the subject matter, announced by "about" or the like when
    ``topic_marked``. ``inner`` describes agencies by
    another topic, and ``others`` leaves out the statements on that. ``agencies_among`` limits the agencies
    returned, ``cited_types`` are types of document that the statements must cite. With ``today`` the agencies returned
    are those that stand now for those the plan names, or, when given, for the ``formers`` (IRIs). ``asks_issuer`` asks
    for the bodies that issued the documents. ``not_topic`` leaves out the statements on another topic,
    ``cites_nothing`` those that cite a document; ``due`` is when they must be done, ``issued`` when the documents
    asked for were issued. A superlative or
    ``having`` counts what is ``measured`` (None: statements); ``only`` keeps agencies that hold no other role anywhere.
    A question in several ``parts`` shows the fields of the first one; with ``all_of`` the agencies returned are those
    that every part returns, apart from the ``barred`` ones, whose agencies are left out.
    """

    language: Literal["vi", "en"]
    intent: Intent
    role: RoleAsked | None = None
    counted: Intent | None = None
    agencies: tuple[AgencyCondition, ...] = ()
    agencies_among: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    agency_kind: str | None = None
    document_types: tuple[str, ...] = ()
    document_words: str | None = None
    document_date: str | None = None
    cited_types: tuple[str, ...] = ()
    dated: Literal["latest", "earliest"] | None = None
    excluded_documents: tuple[str, ...] = ()
    issuer: str | None = None
    issuer_negated: bool = False
    assigner: str | None = None
    people: tuple[str, ...] = ()
    in_office: bool = False
    topic: str | None = None
    topic_marked: bool = False
    inner: Inner | None = None
    others: bool = False
    unit: str | None = None
    section: str | None = None
    kinds: tuple[str, ...] = ()
    place_kinds: tuple[str, ...] = ()
    no_lead: bool = False
    alone: bool = False
    superlative: Literal["most", "least"] | None = None
    having: Having | None = None
    measured: Measured | None = None
    only: bool = False
    asked_negated: bool = False
    yes_no: bool = False
    number: float | None = None
    date: str | None = None
    plan: str | None = None
    today: bool = False
    formers: tuple[str, ...] = ()
    asks_issuer: bool = False
    not_topic: str | None = None
    cites_nothing: bool = False
    due: Due | None = None
    issued: Due | None = None
    parts: tuple[Interpretation, ...] = ()
    all_of: bool = False
    barred: bool = False
    unknown: tuple[Unknown, ...] = ()

    @property
    def returned(self) -> Intent:
        """What the conditions are put on: ``counted`` where something is counted or claimed, else the intent."""
        return self.counted or self.intent

    @property
    def ranked(self) -> bool:
        """Whether what is asked for is counted and chosen by its number."""
        return self.superlative is not None or self.having is not None

    def to_dict(self) -> dict[str, Any]:
        """The ``interpretation`` of the JSON contract; fields that say nothing are left out, the fixed ones kept."""
        fixed: dict[str, Any] = {
            "intent": self.intent,
            "role": None if self.role is None else ("any" if self.role == "responsible" else self.role),
            "agency": self.agencies[0].agencies[0] if self.agencies else None,
            "document": self.documents[0] if self.documents else None,
            "topic": self.topic,
        }
        if self.role == "responsible":
            fixed["role"] = "leads"
        more: dict[str, Any] = {
            "counted": self.counted,
            "agencies": [
                {"agencies": list(c.agencies), "role": c.role, **({"negated": True} if c.negated else {})}
                for c in self.agencies
            ],
            "agencies_among": list(self.agencies_among),
            "excluded": list(self.excluded),
            "inner": None if self.inner is None else {"role": self.inner.role, "topic": self.inner.topic},
            "others": self.others,
            "cited_types": list(self.cited_types),
            "documents": list(self.documents),
            "agency_kind": self.agency_kind,
            "document_types": list(self.document_types),
            "document_date": self.document_date,
            "dated": self.dated,
            "excluded_documents": list(self.excluded_documents),
            "issuer": self.issuer,
            "issuer_negated": self.issuer_negated,
            "assigner": self.assigner,
            "unit": self.unit,
            "section": self.section,
            "kinds": list(self.kinds),
            "place_kinds": list(self.place_kinds),
            "no_lead": self.no_lead,
            "alone": self.alone,
            "people": list(self.people),
            "in_office": self.in_office,
            "asked_negated": self.asked_negated,
            "superlative": self.superlative,
            "having": None if self.having is None else {"test": self.having.test, "number": self.having.number},
            "measured": self.measured,
            "only": self.only,
            "yes_no": self.yes_no,
            "number": self.number,
            "date": self.date,
            "plan": self.plan,
            "today": self.today,
            "formers": list(self.formers),
            "asks_issuer": self.asks_issuer,
            "not_topic": self.not_topic,
            "cites_nothing": self.cites_nothing,
            "due": None if self.due is None else {"test": self.due.test, "date": self.due.date},
            "issued": None if self.issued is None else {"test": self.issued.test, "date": self.issued.date},
            "parts": [part.to_dict() for part in self.parts],
            "all_of": self.all_of,
            "barred": self.barred,
        }
        return fixed | {name: value for name, value in more.items() if value}


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading: ``change`` is what to give back as ``interpretation``, the labels say what it means."""

    change: dict[str, Any]
    label_vi: str
    label_en: str

    def to_dict(self) -> dict[str, Any]:
        """The alternative of the JSON contract."""
        return {"interpretation": self.change, "label_vi": self.label_vi, "label_en": self.label_en}
