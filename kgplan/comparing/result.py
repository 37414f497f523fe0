"""What a comparison of two plans gives."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Aspect = Literal["leads", "coordinates", "shares", "documents", "targets", "deadlines"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two plans."""

    id: str
    title: str
    year: int | None
    jurisdiction: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a plan says something: a statement, ``text`` at ``start:end`` of the plan's text."""

    plan: str
    address: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """What of one ``aspect`` only the first plan's task has (``lost``) and only the second's (``gained``), by name."""

    aspect: Aspect
    lost: tuple[str, ...]
    gained: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskMatch:
    """A task that both plans have. ``score`` is how surely it is one (0 to 1); no ``changes`` when all is the same."""

    a: Place
    b: Place
    score: float
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class AgencyShare:
    """How many statements an agency leads, coordinates and shares in the first plan, and in the second."""

    name: str
    name_en: str | None
    leads: tuple[int, int]
    coordinates: tuple[int, int]
    shares: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity that a plan sets; ``words`` stand at ``start:end`` of the plan's text. ``value_max`` ends a range."""

    name: str
    value: float
    value_max: float | None
    unit: str
    comparator: str
    period: str | None
    place: Place
    words: str


@dataclass(frozen=True, slots=True)
class TargetChange:
    """One indicator with another value; ``score`` is how surely it is one."""

    a: Target
    b: Target
    score: float


@dataclass(frozen=True, slots=True)
class Cited:
    """An act that a plan cites, in which ways (implements, amends, …), and at which addresses."""

    id: str
    label: str
    relations: tuple[str, ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitationChange:
    """An act that both plans cite in different ways."""

    a: Cited
    b: Cited


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What the plans say differently of one thing: who leads a task, an indicator's value, a task's deadline.

    ``same_period`` tells whether both say it of one time, so that both cannot hold; plans of different years may.
    """

    kind: Literal["lead", "target", "deadline"]
    about: str
    a: Place
    a_says: tuple[str, ...]
    b: Place
    b_says: tuple[str, ...]
    same_period: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """The second plan ``b`` as seen from the first, ``a``: what was lost, gained and changed, and what contradicts."""

    a: Side
    b: Side
    tasks: tuple[TaskMatch, ...]
    tasks_lost: tuple[Place, ...]
    tasks_gained: tuple[Place, ...]
    agencies_lost: tuple[AgencyShare, ...]
    agencies_gained: tuple[AgencyShare, ...]
    agencies_changed: tuple[AgencyShare, ...]
    targets_lost: tuple[Target, ...]
    targets_gained: tuple[Target, ...]
    targets_changed: tuple[TargetChange, ...]
    citations_lost: tuple[Cited, ...]
    citations_gained: tuple[Cited, ...]
    citations_changed: tuple[CitationChange, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def leads_changed(self) -> tuple[TaskMatch, ...]:
        """The tasks of both plans that other agencies lead in the second."""
        return tuple(m for m in self.tasks if any(change.aspect == "leads" for change in m.changes))

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary, one key a kind of thing with what was lost, gained and changed of it."""
        every = asdict(self)
        return {
            "a": every["a"],
            "b": every["b"],
            "tasks": {
                "matched": every["tasks"],
                "lost": every["tasks_lost"],
                "gained": every["tasks_gained"],
            },
            "leads": {"changed": [asdict(match) for match in self.leads_changed]},
            **{
                name: {how: every[f"{name}_{how}"] for how in ("lost", "gained", "changed")}
                for name in ("agencies", "targets", "citations")
            },
            "contradictions": every["contradictions"],
        }
