"""The values every room speaks in: frozen dataclasses, no behaviour beyond their own invariants.

Offsets are 0-based, end-exclusive, counted in Unicode code points of the plan's clean text, which is
NFC. ``plan.text[statement.start:statement.end]`` is the statement, verbatim.

This module imports nothing else of kgplan, except to show a value in a notebook.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

Role = Literal["leads", "coordinates", "shares"]
ROLES: tuple[Role, ...] = get_args(Role)

Kind = Literal["theme", "motto", "goal", "directive", "task", "assignment", "arrangement", "context"]
KINDS: tuple[Kind, ...] = get_args(Kind)

ANNEX = "PL"
"""How the first label of an address in an annex begins; a number follows where there are several ("PL2")."""

Comparator = Literal["=", ">=", ">", "<=", "<", "range", "increase", "decrease"]

Relation = Literal["cites", "basedOn", "implements", "amends", "replaces", "repeals", "promulgates"]


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that can hold a role.

    ``id`` is ``{jurisdiction}/{slug}`` (lower-case ASCII), the tail of its IRI. ``kind`` is a key of
    ``data/agency_kinds``; ``collective`` marks actors such as "các cấp, các ngành"; ``unspecified`` marks
    the vague ones ("các đơn vị liên quan"). ``in_registry`` is False for a name that only the grammar
    recognised. ``parent`` is the id of the body it belongs to; ``broader`` the id of a collective that
    includes it.
    """

    id: str
    name: str
    kind: str
    jurisdiction: str
    name_en: str | None = None
    aliases: tuple[str, ...] = ()
    collective: bool = False
    unspecified: bool = False
    in_registry: bool = True
    parent: str | None = None
    broader: str | None = None

    def _repr_html_(self) -> str:
        from kgplan.display import agency_html

        return agency_html(self)


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One agency in one role for one statement, with the words that say so.

    ``start:end`` is the agency's mention in the plan's text (in a heading when ``inherited`` names that
    heading's address). ``words`` are the words that give the role ("chủ trì", "phối hợp chặt chẽ với"),
    empty when the role follows from the agency standing alone as the actor. ``office`` is the person's
    office through which the agency is named ("Giám đốc").
    """

    agency: str
    role: Role
    words: str
    start: int
    end: int
    inherited: str | None = None
    office: str | None = None
    assigned_by: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A cited act, plan, scheme or programme. ``id`` is the slug of its IRI; ``date`` is ISO 8601.

    ``sequence``, ``year``, ``symbol`` are the number's parts: 37/2021/QH15 → "37", 2021, "QH15"; ``issuer_code``
    is the issuer's abbreviation in the symbol: QĐ-UBND → "UBND".
    ``type`` is the Vietnamese label ("Nghị quyết"), ``type_code`` its official abbreviation ("NQ").
    Either ``number`` or ``title`` is present.
    """

    id: str
    type: str
    type_code: str | None = None
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    date: str | None = None
    sequence: str | None = None
    year: int | None = None
    symbol: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None
    issuer_code: str | None = None


ChangeKind = Literal["merger", "rename", "split", "transfer", "end"]


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """What became of agencies on a day (ISO 8601): those of the ids ``originals`` gave way to ``resulting`` (empty: to
    none), by the act ``basis``; ``founding`` when these came into being by it. ``id`` is the tail of its IRI."""

    id: str
    kind: ChangeKind
    date: str
    originals: tuple[str, ...]
    resulting: tuple[str, ...]
    basis: Document
    founding: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of a document in a statement; ``provision`` is the part cited ("Điều 5")."""

    document: str
    relation: Relation
    start: int
    end: int
    provision: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A quantity the plan sets. ``value_max`` closes a range; ``field`` groups ("kinh tế")."""

    name: str
    value: float
    unit: str
    comparator: Comparator
    start: int
    end: int
    value_max: float | None = None
    field: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date by which something is due. ``date`` is ISO; ``inclusive`` False for "trước ngày …".

    ``begin`` opens the interval ("trong quý I/2023" is 2023-01-01 … 2023-03-31). ``recurrence`` holds
    the rule of a repeating date ("ngày 22 hằng tháng") or "thường xuyên"; such a deadline may have no date.
    ``duration`` (xsd:duration) is of a time limit that no calendar fixes, which has neither date nor interval: so much
    time from the ``event`` that the text names, if it names one; negative when it is counted back from it.
    ``working_days`` says that only working days, or working hours, are counted.
    """

    date: str | None
    inclusive: bool
    text: str
    start: int
    end: int
    begin: str | None = None
    recurrence: str | None = None
    duration: str | None = None
    working_days: bool = False
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A span of years ("giai đoạn 2021 - 2025"), both ends included; an open end is None."""

    begin: int | None
    end_year: int | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """A named place or infrastructure. ``id`` is the slug of its IRI."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Where a statement names a place."""

    place: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """A person named with an office; ``agency`` is the id of the body the office belongs to."""

    name: str
    office: str | None
    agency: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A topic of the thesaurus that a statement is on; ``words`` is the evidence at ``start:end``."""

    topic: str
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something the parser could not read, or that does not add up, with the words it stands at.

    ``code`` is stable ("unparsed", "no_agency", "unknown_agency", "sum_mismatch", "two_leads",
    "deadline_before_plan" …); ``message`` is for people.
    """

    code: str
    message: str
    start: int
    end: int
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading. ``address`` joins the printed labels by dots; ``parent`` is the enclosing address.

    ``start:end`` is the heading's title (without label) in the plan's text.
    """

    address: str
    label: str
    title: str
    start: int
    end: int
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """The smallest item that says one thing, at its address."""

    address: str
    kind: Kind
    text: str
    start: int
    end: int
    heading_path: tuple[str, ...] = ()
    section: str | None = None
    responsibilities: tuple[Responsibility, ...] = ()
    citations: tuple[Citation, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    periods: tuple[Period, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    persons: tuple[Person, ...] = ()
    topics: tuple[TopicLink, ...] = ()
    product: str | None = None

    def agencies(self, role: Role) -> tuple[str, ...]:
        """Agency ids in ``role``, in the order of the text, without repetition."""
        return tuple(dict.fromkeys(r.agency for r in self.responsibilities if r.role == role))

    def _repr_html_(self) -> str:
        from kgplan.display import statement_html

        return statement_html(self)


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan, read and parsed. ``statements`` and ``context`` are in the order of the text.

    ``context`` holds captions, the author line, letterhead, legal bases, addressees and signature:
    text that is kept and searchable but states nothing of the plan. Its addresses are ``ctx.1`` ….
    """

    id: str
    title: str
    text: str
    year: int | None
    jurisdiction: str
    language: str = "vi"
    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    source_name: str | None = None
    source_sha256: str | None = None
    sections: tuple[Section, ...] = ()
    statements: tuple[Statement, ...] = ()
    context: tuple[Statement, ...] = ()
    agencies: tuple[Agency, ...] = ()
    documents: tuple[Document, ...] = ()
    places: tuple[Place, ...] = ()
    notes: tuple[Note, ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse a plan whose statements are not verbatim or whose addresses repeat."""
        seen: set[str] = set()
        for statement in (*self.statements, *self.context):
            if self.text[statement.start : statement.end] != statement.text:
                raise ValueError(f"statement {statement.address}: text is not text[{statement.start}:{statement.end}]")
            if statement.address in seen:
                raise ValueError(f"statement address {statement.address} occurs twice")
            seen.add(statement.address)

    def statement(self, address: str) -> Statement:
        """The statement (or context) at ``address``; KeyError when there is none."""
        for candidate in (*self.statements, *self.context):
            if candidate.address == address:
                return candidate
        raise KeyError(address)

    def agency(self, agency_id: str) -> Agency:
        """The agency with that id; KeyError when the plan names none."""
        for candidate in self.agencies:
            if candidate.id == agency_id:
                return candidate
        raise KeyError(agency_id)

    def document(self, document_id: str) -> Document:
        """The cited document with that id; KeyError when the plan cites none."""
        for candidate in self.documents:
            if candidate.id == document_id:
                return candidate
        raise KeyError(document_id)

    def __repr__(self) -> str:
        held = {"statements": self.statements, "agencies": self.agencies, "documents": self.documents}
        return f"<Plan {self.id}: {', '.join(f'{len(items)} {name}' for name, items in held.items())}>"

    def _repr_html_(self) -> str:
        from kgplan.display import plan_html

        return plan_html(self)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary; :meth:`from_dict` is its inverse."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Plan:
        """The plan that :meth:`to_dict` wrote. Raises TypeError or KeyError on another shape."""
        parts: dict[str, Any] = dict(data)
        parts["sections"] = tuple(Section(**s) for s in data["sections"])
        parts["statements"] = tuple(_statement(s) for s in data["statements"])
        parts["context"] = tuple(_statement(s) for s in data["context"])
        parts["agencies"] = tuple(Agency(**{**a, "aliases": tuple(a["aliases"])}) for a in data["agencies"])
        parts["documents"] = tuple(Document(**d) for d in data["documents"])
        parts["places"] = tuple(Place(**p) for p in data["places"])
        parts["notes"] = tuple(Note(**n) for n in data["notes"])
        return cls(**parts)


_STATEMENT_PARTS: dict[str, type[Any]] = {
    "responsibilities": Responsibility,
    "citations": Citation,
    "indicators": Indicator,
    "deadlines": Deadline,
    "periods": Period,
    "places": PlaceMention,
    "persons": Person,
    "topics": TopicLink,
}


def _statement(data: dict[str, Any]) -> Statement:
    parts: dict[str, Any] = dict(data)
    parts["heading_path"] = tuple(data["heading_path"])
    for name, kind in _STATEMENT_PARTS.items():
        parts[name] = tuple(kind(**item) for item in data[name])
    return Statement(**parts)
