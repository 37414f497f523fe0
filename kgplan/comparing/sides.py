"""One plan as a comparison sees it: its tasks and their vectors; its agencies, acts and targets by what they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from kgplan.comparing.result import Aspect, Cited, Place, Target
from kgplan.model import ROLES, Agency, Deadline, Document, Plan, Role, Statement
from kgplan.parsing.registry import CENTRAL
from kgplan.retrieval.passages import Passage, passages
from kgplan.retrieval.vectors import PassageVectors
from kgplan.text import decimal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

TASKS = ("directive", "task", "assignment", "arrangement")
"""The kinds of statements that tell somebody to do something."""

_ALONE = 1
"""Which of a passage's vectors is that of the passage alone."""


class Compared:
    """A plan, and what of it is compared."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tasks: list[Statement] = [s for s in plan.statements if s.kind in TASKS]
        self._agency_of = {agency.id: agency for agency in plan.agencies}
        self._document_of = {document.id: document for document in plan.documents}

    @cached_property
    def _passages(self) -> dict[str, list[Passage]]:
        """The sentences of each task."""
        wanted = {task.address for task in self.tasks}
        found: dict[str, list[Passage]] = {address: [] for address in wanted}
        for passage in passages(self.plan):
            if passage.address in wanted:
                found[passage.address].append(passage)
        return found

    @cached_property
    def task_texts(self) -> list[str]:
        """What each task says is to be done, without the agencies that open it."""
        return [" ".join(passage.alone for passage in self._passages[task.address]) for task in self.tasks]

    def encode(self, vectors: PassageVectors, progress: Callable[[int], None]) -> Floats:
        """A unit vector a task, the mean of its sentences by their length: float32 ``[tasks, dimension]``.

        Vectors that are not known are made of the sentences alone, since their context is not compared; ``progress``
        is told how many tasks are done.
        """
        import numpy as np

        rows = np.zeros((len(self.tasks), vectors.encoder.dimension), dtype=np.float32)
        for row, task in enumerate(self.tasks):
            found = self._passages[task.address]
            if vectors.missing(found):
                made = vectors.encoder.encode_passages([passage.alone for passage in found])
                progress(row + 1)
            else:
                made = vectors.encode(found)[:, _ALONE]
            lengths = np.array([[max(1, len(passage.alone))] for passage in found], dtype=np.float32)
            total = (made * lengths).sum(axis=0)
            rows[row] = total / max(1e-12, float(np.linalg.norm(total)))
        return rows

    def place(self, statement: Statement) -> Place:
        """Where ``statement`` stands."""
        return Place(self.plan.id, statement.address, statement.text, statement.start, statement.end)

    def agency_key(self, agency: str) -> str:
        """What an agency is: its id, with no jurisdiction when that is the province whose plan it is."""
        jurisdiction, _, slug = agency.partition("/")
        return slug if jurisdiction == self.plan.jurisdiction != CENTRAL else agency

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        """The agencies by what they are."""
        return {self.agency_key(agency.id): agency for agency in self.plan.agencies}

    @cached_property
    def held(self) -> dict[str, dict[Role, int]]:
        """In how many statements each agency has each role."""
        counts: dict[str, dict[Role, int]] = {}
        for statement in self.plan.statements:
            for role in ROLES:
                for agency in statement.agencies(role):
                    roles = counts.setdefault(self.agency_key(agency), {})
                    roles[role] = roles.get(role, 0) + 1
        return counts

    @cached_property
    def facts(self) -> list[dict[Aspect, dict[str, str]]]:
        """What each task has of each aspect: labels by what tells them apart."""
        return [self._facts(task) for task in self.tasks]

    def _facts(self, task: Statement) -> dict[Aspect, dict[str, str]]:
        def agencies(role: Role) -> dict[str, str]:
            return {self.agency_key(agency): self._agency_of[agency].name for agency in task.agencies(role)}

        return {
            "leads": agencies("leads"),
            "coordinates": agencies("coordinates"),
            "shares": agencies("shares"),
            "documents": {c.document: label(self._document_of[c.document]) for c in task.citations},
            "targets": {
                f"{i.name} {i.comparator} {decimal(i.value)} {i.value_max} {i.unit}": self.plan.text[i.start : i.end]
                for i in task.indicators
            },
            "deadlines": {_due(d): d.text for d in task.deadlines},
        }

    @cached_property
    def targets(self) -> list[Target]:
        """The quantities that the statements set, in the order of the text."""
        return [
            Target(
                i.name,
                i.value,
                i.value_max,
                i.unit,
                i.comparator,
                i.period,
                self.place(statement),
                self.plan.text[i.start : i.end],
            )
            for statement in self.plan.statements
            for i in statement.indicators
        ]

    @cached_property
    def cited(self) -> dict[str, Cited]:
        """The acts cited, by id, in the order of their first mention; the legal bases count."""
        relations: dict[str, set[str]] = {}
        addresses: dict[str, list[str]] = {}
        for statement in sorted((*self.plan.statements, *self.plan.context), key=lambda s: s.start):
            for citation in statement.citations:
                relations.setdefault(citation.document, set()).add(citation.relation)
                addresses.setdefault(citation.document, []).append(statement.address)
        return {
            key: Cited(key, label(self._document_of[key]), tuple(sorted(found)), tuple(dict.fromkeys(addresses[key])))
            for key, found in relations.items()
        }


def label(document: Document) -> str:
    """What people call an act: its type with its number, else its title."""
    if document.number:
        return f"{document.type} {document.number}"
    return document.title or document.id


def _due(deadline: Deadline) -> str:
    """What tells a deadline from others, however it is worded: its day, its recurrence, or how long after what."""
    limit = f"{deadline.duration} {deadline.working_days} {deadline.event or ''}" if deadline.duration else None
    return deadline.date or deadline.recurrence or limit or deadline.text
