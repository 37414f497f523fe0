"""From clean text to a Plan: outline, roles, citations, targets, dates, places, persons and topics put together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgplan.errors import NotAPlanError
from kgplan.model import Document, Note, Place, Plan, Section, Statement
from kgplan.parsing.agencies import AgencyReader
from kgplan.parsing.agency_memory import Mention
from kgplan.parsing.checks import check
from kgplan.parsing.citations import CitationReader
from kgplan.parsing.dates import find_deadlines, find_periods
from kgplan.parsing.indicators import find_indicators
from kgplan.parsing.kinds import is_basis, kind_of
from kgplan.parsing.labels import heading_words
from kgplan.parsing.layout import Heading, Item, Layout, lay_out
from kgplan.parsing.level import level
from kgplan.parsing.metadata import Metadata, infer_jurisdiction, read_metadata
from kgplan.parsing.metadata import plan_id as make_id
from kgplan.parsing.notes import not_understood, unread
from kgplan.parsing.outline import read_outline
from kgplan.parsing.persons import find_persons, in_office
from kgplan.parsing.places import find_places
from kgplan.parsing.plan_agencies import agencies_of
from kgplan.parsing.role_values import groups
from kgplan.parsing.role_words import BRACKET, any_of
from kgplan.parsing.roles import read_roles
from kgplan.parsing.statement_roles import StatementRoles
from kgplan.parsing.tables import TableRow, read_table
from kgplan.parsing.topics import find_topics
from kgplan.reading.syllables import share_of_syllables
from kgplan.reading.text import Text
from kgplan.text import has_diacritics

Span = tuple[int, int]
_BASES = ("căn cứ ", "theo đề nghị ", "xét đề nghị ", "xét tờ trình ")
"""How a bullet begins that names what an act rests on, before its first article."""
_BAR = re.compile(r"\|")
"""What stands between the cells of a row in clean text."""
_LEAST_VIETNAMESE = 0.45  # share of the words that are syllables of Vietnamese, with or without its diacritics
_MANY_WORDS = 20  # fewer may be a few foreign names in a short text


def parse(
    text: str | Text, *, plan_id: str | None = None, jurisdiction: str | None = None, source_name: str | None = None
) -> Plan:
    """The plan that ``text`` holds: a string, clean and in NFC, or what :func:`kgplan.reading.read` gives.

    ``plan_id`` defaults to the slug of ``source_name``, else of the title; ``jurisdiction`` (a province's id such as
    "nghe-an", or "vn") to the province that the text names most. Raises NotAPlanError when the text holds no
    sentence of Vietnamese, or is in another language.
    """
    if isinstance(text, str):
        return _Assembly(text, plan_id, jurisdiction, source_name).plan()
    plan = _Assembly(text.text, plan_id, jurisdiction, source_name or text.name or None, text.strong).plan()
    return replace(plan, source_sha256=text.sha256)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A statement in the making."""

    address: str
    start: int
    end: int
    heading: Heading | None
    row: TableRow | None = None


class _Assembly:
    def __init__(
        self,
        text: str,
        plan_id: str | None,
        jurisdiction: str | None,
        source_name: str | None,
        strong: Sequence[Span] = (),
    ) -> None:
        self.text = text
        self.low = level(text)
        self.source_name = source_name
        tree = read_outline(text, strong)
        body = min((c.start for c in tree.root.children), default=0)
        self.meta: Metadata = read_metadata(text, sorted([*tree.root.paragraphs, *tree.formal]), body)
        self.id = plan_id or make_id(source_name, self.meta.title)
        self.jurisdiction = jurisdiction or infer_jurisdiction(text, self.meta.title, self.meta.issuer)
        self.reader = AgencyReader(self.jurisdiction)
        self.mentions = self.reader.find(text, self.low, 0, len(text))
        self._starts = [m.start for m in self.mentions]
        tree = read_outline(text, strong, self._is_actor)
        self.formal = list(tree.formal)
        self.layout: Layout = lay_out(text, tree, is_actor=self._is_actor, acts=self._acts, is_caption=self._is_caption)
        self.notes: list[Note] = []
        self.bases: set[str] = set()

    # -- spans ------------------------------------------------------------------------------------------------

    def _named(self, start: int, end: int) -> list[Mention]:
        first = bisect_left(self._starts, start)
        found = []
        for mention in self.mentions[first:]:
            if mention.start >= end:
                break
            if mention.end <= end:
                found.append(mention)
        return found

    def _is_actor(self, start: int, end: int) -> bool:
        listed = groups(self.low, self._named(start, end))
        if len(listed) != 1 or listed[0].start != start:
            return False
        return not BRACKET.sub("", self.low[listed[0].end : end]).strip(" .:;,")

    def _acts(self, start: int, end: int) -> bool:
        """Whether the span opens with an agency, or with what this acts by, and tells it to do something."""
        named = self._named(start, end)
        by = any_of("openers").match(self.low, start, end) is not None
        if not named or (named[0].start != start and not by):
            return False
        reading = read_roles(self.text, self.low, start, end, named, heading=True)
        return any(by or start in (a.group.start, a.by.start if a.by else -1) for a in reading.actors)

    def _is_caption(self, start: int, end: int) -> bool:
        """A caption or byline between statements: a set phrase, or a sentence whose subject is a named person."""
        low = self.low[start:end]
        if low.startswith(tuple(heading_words()["captions"])):
            return True
        persons = find_persons(self.text, start, end, jurisdiction=self.jurisdiction)
        if not persons:
            return False
        first = persons[0]
        if (first.start, first.end) == (start, end):
            return True
        office = self.low[start : first.start].strip()
        return bool(office) and "," not in office and len(office) < 80 and self.text[start].isupper()

    # -- the parts --------------------------------------------------------------------------------------------

    def plan(self) -> Plan:
        units, headings, context = self._units()
        if not units and not (has_diacritics(self.text) and context):
            raise NotAPlanError("the text holds no heading, item or sentence of a Vietnamese plan; check the file")
        words, share = share_of_syllables(self.text)
        if share < _LEAST_VIETNAMESE and (words >= _MANY_WORDS or not has_diacritics(self.text)):
            raise NotAPlanError(
                f"the text is not in Vietnamese: of its words, {share:.0%} are Vietnamese syllables; "
                "give the plan in Vietnamese"
            )
        statements, contexts, cited, places = self._statements(units, context, headings)
        used = {r.agency for s in statements for r in s.responsibilities}
        used |= {r.assigned_by for s in statements for r in s.responsibilities if r.assigned_by}
        used |= {p.agency for s in (*statements, *contexts) for p in s.persons if p.agency}
        agencies = agencies_of(used, self.reader, self.mentions, self.text)
        under = self.bases | {s.section for s in statements} | {h.parent.address for h in headings if h.parent}
        self.notes += unread(
            self.text, [(h.start, h.end) for h in headings if h.address not in under and h.end > h.start]
        )
        plan = Plan(
            id=self.id,
            title=self.meta.title,
            text=self.text,
            year=self.meta.year,
            jurisdiction=self.jurisdiction,
            type=self.meta.type,
            number=self.meta.number,
            issuer=self.meta.issuer,
            date=self.meta.date,
            source_name=self.source_name,
            sections=tuple(self._section(h) for h in headings),
            statements=tuple(statements),
            context=tuple(contexts),
            agencies=tuple(agencies),
            documents=cited,
            places=tuple(places),
        )
        notes = (*self.notes, *not_understood(plan), *check(plan))
        return replace(plan, notes=tuple(sorted(notes, key=lambda n: (n.start, n.end, n.code))))

    def _section(self, heading: Heading) -> Section:
        return Section(
            address=heading.address,
            label=heading.label,
            title=self.text[heading.start : heading.end],
            start=heading.start,
            end=heading.end,
            parent=heading.parent.address if heading.parent and heading.parent.address else None,
        )

    def _units(self) -> tuple[list[_Unit], list[Heading], list[Span]]:
        """Statements in text order, headings, and the spans that are context."""
        headings = list(self.layout.headings)
        units: list[_Unit] = []
        context = list(self.formal)
        tables: dict[int, list[Item]] = {}
        for item in self.layout.items:
            if item.row is None and self._is_basis(item):
                context.append((item.start, item.end))
            elif item.row is None:
                units.append(_Unit(item.address, item.start, item.end, item.heading))
            else:
                tables.setdefault(item.table, []).append(item)
        for items in tables.values():
            table = read_table(self.text, items)
            headings += table.headings
            context += table.heads
            units += [_Unit(r.address, r.start, r.end, r.heading, r) for r in table.rows]
        lone = not units
        number = 0
        for start, end in self.layout.preamble:
            if (start, end) in self.meta.title_spans:
                context.append((start, end))
                continue
            if self._states(start, end, lone):
                number += 1
                units.append(_Unit(f"p{number}", start, end, None))
            else:
                context.append((start, end))
        for start, end in self.layout.closings:
            if read_roles(self.text, self.low, start, end, self._named(start, end)).actors:
                number += 1
                units.append(_Unit(f"p{number}", start, end, None))
            else:
                context.append((start, end))
        units.sort(key=lambda u: (u.start, u.end))
        headings.sort(key=lambda h: h.start)
        return _distinct(units), headings, sorted(context)

    def _is_basis(self, item: Item) -> bool:
        """Whether the item stands in a section of legal bases, or is one before the outline, and tells nobody to do
        something."""
        if item.heading is None:
            if not item.address.startswith("b") or not self.low.startswith(_BASES, item.start):
                return False
        elif is_basis(self.text[item.heading.start : item.heading.end]):
            self.bases.add(item.heading.address)
        else:
            return False
        return not read_roles(self.text, self.low, item.start, item.end, self._named(item.start, item.end)).actors

    def _states(self, start: int, end: int, lone: bool) -> bool:
        """Whether an unlabelled paragraph outside the outline is a statement: it tells somebody to do something."""
        if self._is_caption(start, end):
            return False
        if self.low.startswith(tuple(heading_words()["legal_bases"]), start) and not lone:
            return False
        if lone and self.text[end - 1] != ":":
            return self.text[end - 1] in ".;"
        reading = read_roles(self.text, self.low, start, end, self._named(start, end))
        return any(a.by is not None or a.words for a in reading.actors)

    # -- statements -------------------------------------------------------------------------------------------

    def _statements(
        self, units: Sequence[_Unit], context: Sequence[Span], headings: Sequence[Heading]
    ) -> tuple[list[Statement], list[Statement], tuple[Document, ...], list[Place]]:
        citations = CitationReader(self.jurisdiction, self.meta.number, self.meta.type)
        places: dict[str, Place] = {}
        statements: list[Statement] = []
        contexts: list[Statement] = []
        roles = StatementRoles(self.text, self.low, self.layout.items, self._named)
        spans: list[tuple[int, int, _Unit | None]] = [(u.start, u.end, u) for u in units]
        spans += [(a, b, None) for a, b in context]
        titled = _titles(headings, [(a, b) for a, b, _ in spans])
        spans += [(a, b, None) for a, b in titled]
        for start, end, unit in sorted(spans, key=lambda s: (s[0], s[1])):
            mentions = self._named(start, end)
            cited = [c for cell in self._cells(start, end, unit) for c in citations.read(self.text, *cell)]
            if unit is None and not cited and ((start, end) in titled or (start, end) in self.meta.title_spans):
                continue
            found = find_places(self.text, start, end, exclude=[(m.start, m.end) for m in mentions])
            places.update({place.id: place for place, _ in found})
            base = Statement(
                address="",
                kind="context",
                text=self.text[start:end],
                start=start,
                end=end,
                citations=tuple(c.citation for c in cited),
                places=tuple(mention for _, mention in found),
                persons=find_persons(self.text, start, end, jurisdiction=self.jurisdiction),
            )
            if unit is None:
                contexts.append(base)
            else:
                statements.append(self._statement(base, unit, mentions, roles))
        contexts = _telling(contexts, titled, statements, citations.documents)
        placed = in_office([*statements, *contexts])
        statements, contexts = placed[: len(statements)], placed[len(statements) :]
        used = {c.document for s in (*statements, *contexts) for c in s.citations}
        seen = {m.place for s in (*statements, *contexts) for m in s.places}
        return (
            statements,
            [replace(c, address=f"ctx.{number}") for number, c in enumerate(contexts, start=1)],
            tuple(d for d in citations.documents if d.id in used),
            sorted((p for p in places.values() if p.id in seen), key=lambda p: p.id),
        )

    def _cells(self, start: int, end: int, unit: _Unit | None) -> list[Span]:
        """The cells of a table's row, in which no act's title runs over into the next; else the whole span."""
        if unit is None or unit.row is None:
            return [(start, end)]
        bars = [m.start() for m in _BAR.finditer(self.text, start, end)]
        return [(a, b) for a, b in zip([start, *(bar + 1 for bar in bars)], [*bars, end], strict=True) if b > a]

    def _statement(self, base: Statement, unit: _Unit, mentions: list[Mention], roles: StatementRoles) -> Statement:
        chain = _chain(unit.heading)
        titled = [h for h in chain if h.end > h.start]
        titles = tuple(" ".join(self.text[h.start : h.end].split()) for h in titled)
        year = self.meta.year
        start, end = base.start, base.end
        if unit.row is None:
            responsibilities = roles.of_sentence(start, end, chain, [(c.start, c.end) for c in base.citations])
        else:
            responsibilities = roles.of_row(unit.row, chain)
        deadlines = find_deadlines(self.text, start, end, year=year)
        product = None
        if unit.row is not None:
            when = unit.row.columns.get("deadline")
            deadlines = find_deadlines(self.text, *(when or unit.row.columns["task"]), year=year)
            made = unit.row.columns.get("product")
            product = self.text[made[0] : made[1]] if made else None
        return replace(
            base,
            address=unit.address,
            kind=kind_of(titles, self.meta.type),
            heading_path=titles,
            section=unit.heading.address if unit.heading and unit.heading.address else None,
            responsibilities=responsibilities,
            indicators=find_indicators(self.text, start, end, year=year),
            deadlines=deadlines,
            periods=find_periods(self.text, start, end),
            topics=find_topics(
                self.text, start, end, [(h.start, h.end) for h in titled], ignore=[(m.start, m.end) for m in mentions]
            ),
            product=product,
        )


def _titles(headings: Sequence[Heading], others: Sequence[Span]) -> set[Span]:
    """The spans of headings that no statement or context holds."""
    taken = sorted(others)
    starts = [a for a, _ in taken]
    found = set()
    for heading in headings:
        index = bisect_left(starts, heading.end) - 1
        free = index < 0 or taken[index][1] <= heading.start
        if heading.end > heading.start and free:
            found.add((heading.start, heading.end))
    return found


def _telling(
    contexts: Sequence[Statement], titles: set[Span], statements: Sequence[Statement], documents: Sequence[Document]
) -> list[Statement]:
    """The contexts without the headings that cite nothing of their own: no numbered act, no act cited only there."""
    numbered = {d.id for d in documents if d.number}
    elsewhere = {c.document for s in statements for c in s.citations}
    elsewhere |= {c.document for s in contexts if (s.start, s.end) not in titles for c in s.citations}
    return [
        s
        for s in contexts
        if (s.start, s.end) not in titles
        or any(c.document in numbered or c.document not in elsewhere for c in s.citations)
    ]


def _chain(heading: Heading | None) -> list[Heading]:
    chain: list[Heading] = []
    while heading is not None:
        chain.insert(0, heading)
        heading = heading.parent
    return chain


def _distinct(units: list[_Unit]) -> list[_Unit]:
    """The units with addresses made unique."""
    seen: dict[str, int] = {}
    distinct = []
    for unit in units:
        address = unit.address
        while address in seen:
            seen[unit.address] += 1
            address = f"{unit.address}_{seen[unit.address]}"
        seen[address] = 1
        distinct.append(replace(unit, address=address))
    return distinct
