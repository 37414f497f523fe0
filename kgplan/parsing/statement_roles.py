"""Who has a duty by a statement: by its own words, by the headings above it, or by the columns of a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from kgplan.model import Responsibility
from kgplan.parsing.agency_memory import Mention
from kgplan.parsing.clauses import Span
from kgplan.parsing.kinds import is_report, is_scope, is_structure
from kgplan.parsing.layout import Heading, Item
from kgplan.parsing.responsibilities import (
    assign,
    is_body,
    label_title,
    names_member,
    names_seat,
    only_names,
    own_duties,
    read_heading,
)
from kgplan.parsing.role_values import Actor, Group, Reading, bracketed
from kgplan.parsing.roles import read_roles
from kgplan.parsing.tables import TableRow


class StatementRoles:
    """The responsibilities of the statements of one text; ``named`` gives the agencies named in a span."""

    def __init__(self, text: str, low: str, items: Sequence[Item], named: Callable[[int, int], list[Mention]]) -> None:
        self.text, self.low = text, low
        self._items = items
        self._named = named
        self._headings: dict[int, tuple[Actor, ...]] = {}

    def of_sentence(
        self, start: int, end: int, chain: Sequence[Heading], titles_of_acts: Sequence[Span]
    ) -> tuple[Responsibility, ...]:
        """Those of ``text[start:end]`` under the headings ``chain``, outermost first."""
        mentions = self._named(start, end)
        heading = chain[-1] if chain else None
        labelled = (
            heading is not None
            and not self.low[heading.end : start].strip(" .:\n")
            and label_title(self.low, heading.start, heading.end)
        )
        seat = heading is not None and names_seat(self.low, heading.start, heading.end, start)
        titles = [self.text[h.start : h.end] for h in chain]
        if seat or names_member(self.low, start, end) or any(is_scope(t) or is_report(t) for t in titles):
            return ()
        if not labelled and only_names(self.text, self.low, start, end, mentions):
            return ()
        first = heading.start if heading is not None and labelled else start
        told = [m for m in mentions if not _inside(m, titles_of_acts, start)]
        return assign(read_roles(self.text, self.low, first, end, told), self._inherited(chain))

    def of_row(self, row: TableRow, chain: Sequence[Heading]) -> tuple[Responsibility, ...]:
        """Those of a table's row: what its columns name; its task is read when no column does."""
        if names_member(self.low, row.start, row.end):
            return ()
        return assign(self._row_reading(row), self._inherited(chain))

    def _inherited(self, chain: Sequence[Heading]) -> tuple[Actor, ...]:
        """The actors of the innermost heading that names any; partners named below it join them."""
        if any(is_structure(self.text[h.start : h.end]) for h in chain):
            return ()
        partners: tuple[Actor, ...] = ()
        for heading in reversed(chain):
            actors = self._of_heading(heading)
            if any(actor.stance != "coordinates" for actor in actors):
                return actors + partners
            partners = actors + partners
            if own_duties(self.low, heading.start, heading.end) and self._subject is not None:
                return (Actor(Group((self._subject,)), "plain", inherited=heading.address), *partners)
        return partners

    def _of_heading(self, heading: Heading) -> tuple[Actor, ...]:
        key = id(heading)
        if key not in self._headings:
            spans = [(heading.start, heading.end)] if heading.end > heading.start else []
            spans += heading.leads_in
            named = [self._named(*span) for span in spans]
            self._headings[key] = read_heading(self.text, self.low, spans, named, heading.address)
        return self._headings[key]

    @cached_property
    def _subject(self) -> Mention | None:
        """The body whose duties the document lays down, defined by one of its statements."""
        found = (is_body(self.low, i.start, i.end, self._named(i.start, i.end)) for i in self._items)
        return next((mention for mention in found if mention is not None), None)

    def _row_reading(self, row: TableRow) -> Reading:
        leads, partners = row.columns.get("leads") or row.columns.get("performs"), row.columns.get("coordinates")
        actors: list[Actor] = []
        others: list[Actor] = []
        both = row.columns.get("both")
        if both is not None:
            return read_roles(self.text, self.low, *both, self._named(*both)) or self._listed(both)
        if leads is not None:
            told = self._listed(leads)
            led = "leads" in row.columns
            actors = [replace(a, stance="leads") if led and a.stance == "plain" else a for a in told.actors]
            others = list(told.partners)
        if partners is not None:
            others += [replace(a, stance="coordinates") for a in self._listed(partners).actors]
        if not actors and not others:
            return read_roles(self.text, self.low, *row.columns["task"], self._named(*row.columns["task"]))
        return Reading(tuple(actors), tuple(others))

    def _listed(self, cell: Span) -> Reading:
        """All agencies of a cell as one list."""
        named = tuple(self._named(*cell))
        if not named:
            return Reading()
        told = bracketed(self.low, Group(named))
        partners = tuple(actor for actor in told if actor.stance == "coordinates")
        actors = tuple(actor for actor in told if actor.stance != "coordinates")
        return Reading(actors or (() if partners else (Actor(Group(named), "plain"),)), partners)


def _inside(mention: Mention, spans: Sequence[Span], start: int) -> bool:
    """Whether the mention stands in the name of a cited act, so that it is told nothing."""
    return mention.start > start and any(a < mention.start and mention.end <= b for a, b in spans)
