"""Statements chosen by what they say, and counts of them by two of their sides. Pure functions over parsed plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel

from kgplan.model import ROLES, Kind, Plan, Role, Statement
from kgplan.networks.graphs import statements_of
from kgplan.parsing.topics import load_thesaurus

from . import models, views

Dimension = Literal["agency", "topic", "field", "document", "kind", "plan"]
Roles = tuple[Role, ...]


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


@dataclass(frozen=True, slots=True)
class Choice:
    """What a statement must be or say; None asks for nothing. ``role`` is the agency's, if one is given."""

    plan: str | None = None
    agency: str | None = None
    role: Role | None = None
    topic: str | None = None
    document: str | None = None
    kind: Kind | None = None
    section: str | None = None
    before: date | None = None
    after: date | None = None

    def takes(self, plan: Plan, statement: Statement) -> bool:
        """Whether the statement is one of those wanted."""
        roles: tuple[Role, ...] = (self.role,) if self.role else ROLES
        held = [agency for role in roles for agency in statement.agencies(role)]
        return (
            self.plan in (None, plan.id)
            and self.kind in (None, statement.kind)
            and (self.agency is None or self.agency in held)
            and (self.role is None or bool(held))
            and (self.topic is None or self.topic in _topics(statement))
            and (self.document is None or any(c.document == self.document for c in statement.citations))
            and (self.section is None or self.section in _sections(plan, statement))
            and ((self.before is None and self.after is None) or self._due(statement))
        )

    def _due(self, statement: Statement) -> bool:
        dates = [date.fromisoformat(due.date) for due in statement.deadlines if due.date]
        return any((not self.before or day <= self.before) and (not self.after or day >= self.after) for day in dates)


def chosen(plans: Iterable[Plan], choice: Choice) -> list[models.StatementOut]:
    """The statements that ``choice`` takes, in the order of the texts."""
    return [views.statement_out(plan, one) for plan, one in statements_of(plans) if choice.takes(plan, one)]


COLUMNS = ("plan", "address", "iri", "kind", "section", "text", *ROLES, "documents", "deadlines", "topics")
"""Of the table of statements."""


def statement_row(one: models.StatementOut) -> dict[str, object]:
    """A statement as a row of a table; several values of a cell are joined by semicolons."""

    def names(role: str) -> str:
        return "; ".join(dict.fromkeys(held.name for held in one.responsibilities if held.role == role))

    return {
        "plan": one.plan,
        "address": one.address,
        "iri": one.iri,
        "kind": one.kind,
        "section": one.section,
        "text": one.text,
        **{role: names(role) for role in ROLES},
        "documents": "; ".join(dict.fromkeys(citation.label for citation in one.citations)),
        "deadlines": "; ".join(due.date for due in one.deadlines if due.date),
        "topics": "; ".join(one.topics),
    }


def matrix(plans: Iterable[Plan], rows: Dimension, columns: Dimension, role: Role | None = None) -> MatrixOut:
    """How many statements there are for each value of ``rows`` with each of ``columns``; the fullest come first.

    With ``role``, agencies count in that role only, and statements in which none has it do not count.
    """
    counts: Counter[tuple[str, str]] = Counter()
    totals: dict[str, Counter[str]] = {"rows": Counter(), "columns": Counter()}
    labels: dict[str, dict[str, MatrixLabel]] = {"rows": {}, "columns": {}}
    for plan, statement in statements_of(plans):
        roles = (role,) if role else ROLES
        if role and not statement.agencies(role):
            continue
        across = {label.id: label for label in _SIDES[rows](plan, statement, roles)}
        down = {label.id: label for label in _SIDES[columns](plan, statement, roles)}
        if not across or not down:
            continue
        for side, found in (("rows", across), ("columns", down)):
            totals[side].update(found.keys())
            labels[side] = found | labels[side]
        counts.update((row, column) for row in across for column in down)

    def ordered(side: str) -> list[MatrixLabel]:
        return [labels[side][key] for key, _ in sorted(totals[side].items(), key=lambda one: (-one[1], one[0]))]

    cells = [MatrixCell(row=row, column=column, statements=count) for (row, column), count in counts.items()]
    return MatrixOut(rows=ordered("rows"), columns=ordered("columns"), cells=cells)


def _topics(statement: Statement) -> set[str]:
    """The statement's topics with all that are broader."""
    thesaurus = load_thesaurus()
    own = {link.topic for link in statement.topics}
    return own.union(*(thesaurus.ancestors(topic) for topic in own if topic in thesaurus.concepts))


def _sections(plan: Plan, statement: Statement) -> set[str]:
    """The addresses of the sections around the statement."""
    parents = {section.address: section.parent for section in plan.sections}
    found: set[str] = set()
    at = statement.section
    while at is not None and at not in found:
        found.add(at)
        at = parents.get(at)
    return found


def _agency_labels(plan: Plan, statement: Statement, roles: Roles) -> Iterator[MatrixLabel]:
    for role in roles:
        for agency_id in statement.agencies(role):
            agency = plan.agency(agency_id)
            yield MatrixLabel(id=agency_id, label_vi=agency.name, label_en=agency.name_en)


def _topic_labels(_: Plan, statement: Statement, __: Roles) -> Iterator[MatrixLabel]:
    for topic in sorted({link.topic for link in statement.topics}):
        yield _topic_label(topic)


def _field_labels(_: Plan, statement: Statement, __: Roles) -> Iterator[MatrixLabel]:
    concepts = load_thesaurus().concepts
    for topic in sorted(_topics(statement)):
        if topic in concepts and not concepts[topic].broader:
            yield _topic_label(topic)


def _topic_label(topic: str) -> MatrixLabel:
    concept = load_thesaurus().concepts.get(topic)
    names = concept.preferred if concept else {}
    return MatrixLabel(id=topic, label_vi=names.get("vi", topic), label_en=names.get("en"))


def _document_labels(plan: Plan, statement: Statement, _: Roles) -> Iterator[MatrixLabel]:
    for citation in statement.citations:
        label = views.document_label(plan.document(citation.document))
        yield MatrixLabel(id=citation.document, label_vi=label, label_en=None)


def _kind_labels(_: Plan, statement: Statement, __: Roles) -> Iterator[MatrixLabel]:
    yield MatrixLabel(id=statement.kind, label_vi=statement.kind, label_en=statement.kind)


def _plan_labels(plan: Plan, _: Statement, __: Roles) -> Iterator[MatrixLabel]:
    yield MatrixLabel(id=plan.id, label_vi=plan.title, label_en=None)


_SIDES: dict[Dimension, Callable[[Plan, Statement, Roles], Iterator[MatrixLabel]]] = {
    "agency": _agency_labels,
    "topic": _topic_labels,
    "field": _field_labels,
    "document": _document_labels,
    "kind": _kind_labels,
    "plan": _plan_labels,
}
