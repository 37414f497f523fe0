"""The JSON of a comparison: :meth:`kgplan.comparing.Comparison.to_dict`, as pydantic models."""

from __future__ import annotations

from pydantic import BaseModel

from kgplan.comparing.result import (
    AgencyShare,
    CitationChange,
    Cited,
    Contradiction,
    Place,
    Side,
    Target,
    TargetChange,
    TaskMatch,
)


class TasksOut(BaseModel):
    """The tasks that both plans have, by meaning, with what changed in them; those of one plan alone."""

    matched: list[TaskMatch]
    lost: list[Place]
    gained: list[Place]


class LeadsOut(BaseModel):
    """The tasks of both plans that other agencies lead in the second."""

    changed: list[TaskMatch]


class AgenciesOut(BaseModel):
    """The agencies of one plan alone, and those with another number of statements in a role."""

    lost: list[AgencyShare]
    gained: list[AgencyShare]
    changed: list[AgencyShare]


class TargetsOut(BaseModel):
    """The targets of one plan alone, and those of both with another value."""

    lost: list[Target]
    gained: list[Target]
    changed: list[TargetChange]


class CitationsOut(BaseModel):
    """The documents that one plan alone cites, and those that both cite in different ways."""

    lost: list[Cited]
    gained: list[Cited]
    changed: list[CitationChange]


class ComparisonOut(BaseModel):
    """Plan ``b`` as seen from plan ``a``: what was lost, gained and changed, and what contradicts."""

    a: Side
    b: Side
    tasks: TasksOut
    leads: LeadsOut
    agencies: AgenciesOut
    targets: TargetsOut
    citations: CitationsOut
    contradictions: list[Contradiction]
