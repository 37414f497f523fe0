"""The clauses of a sentence and what stands around the agencies in them: who is told something, and who only named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kgplan.parsing.agency_memory import Mention
from kgplan.parsing.role_values import Group
from kgplan.parsing.role_words import (
    ABOUT,
    ASIDE,
    BELONGS_TO,
    BRACKET,
    CLAUSE,
    FIGURE_OF,
    GIVEN,
    LIGHT,
    ONLY_NAMED,
    OPENING,
    PERSON,
    TIME_BEFORE,
    TOLD_OF_THOSE,
    TOLD_WHEN,
    WHERE,
    WORDS,
    any_of,
    regex,
    right_before,
    verbs,
    without_office,
)

Span = tuple[int, int]
REACH = 600
"""How far, in characters, the words of one clause are taken to bear on one another."""


class Clauses:
    """``text[start:end]`` with the lists of agencies named in it; ``low`` is the levelled text.

    In a ``heading``, an agency followed by no verb is only named.
    """

    def __init__(self, text: str, low: str, start: int, end: int, listed: list[Group], heading: bool) -> None:
        self.text, self.low, self.start, self.end = text, low, start, end
        self.groups = listed
        self.heading = heading
        self._starts = [group.start for group in listed]

    def clauses(self) -> Iterator[Span]:
        """The clauses, in order, with no list of agencies cut in two."""
        at = self.start
        for mark in CLAUSE.finditer(self.low, self.start, self.end):
            near = self.before(mark.start())
            if near is not None and (near.end > mark.start() or (mark.group() == ":" and near.end == mark.start())):
                continue
            if mark.group() == ";" and self._lists_bases(at, mark.start()):
                continue
            if mark.end() > at:
                yield at, mark.start()
                at = mark.end()
        if at < self.end:
            yield at, self.end

    def _lists_bases(self, start: int, end: int) -> bool:
        """Whether a semicolon at ``end`` only parts the bases on which somebody acts: "Căn cứ A; B, X …"."""
        if not self.low.startswith("căn cứ", start) or end - start > REACH:
            return False
        return not any(self.low[start : group.start].rstrip().endswith(",") for group in self.within(start, end))

    def before(self, at: int) -> Group | None:
        """The last list that begins before ``at``."""
        index = bisect_left(self._starts, at)
        return self.groups[index - 1] if index else None

    def within(self, start: int, end: int) -> list[Group]:
        """The lists that begin in ``start:end``."""
        return self.groups[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def noun(self, at: int, name: str) -> bool:
        """Whether a word of the list ``name`` of roles.json right before ``at`` makes what stands there a noun.

        The last word of a body's name does not ("Cục Thi hành án dân sự chủ trì").
        """
        near = self.before(at)
        if near is not None and near.end <= at and not self.low[near.end : at].strip():
            last = near.mentions[-1]
            if not (last.agency.collective or last.bare):
                return False
        return right_before(name).search(self.low, max(self.start, at - 30), at) is not None

    def touches(self, end: int, start: int) -> bool:
        """Whether nothing but modals and adverbs stands between ``end`` and ``start``."""
        return end <= start <= end + 100 and not LIGHT.sub("", self.low[end:start] + " ").strip(" ,")

    def governed(self, mention: Mention, start: int) -> bool:
        """Whether a word right before the mention governs it ("trình UBND tỉnh giao")."""
        before = self.low[max(start, mention.start - REACH) : mention.start]
        return (
            bool(before.strip(" \"'(")) and before.rstrip()[-1:] not in ",;:" and not self.opens(start, mention.start)
        )

    def opens(self, start: int, at: int) -> bool:
        """Whether only an opening adverbial, or nothing, stands in the clause before ``at``."""
        if at - start > REACH:
            return False
        before = self.low[start:at]
        opening = OPENING.match(before)
        rest = before[opening.end() :] if opening else before
        if not rest.strip(" ,\"'("):
            return True
        rest = PERSON.sub("", without_office(rest))
        if not rest.strip(" ,"):
            return True
        if any_of("openers").match(rest) is None:
            return False
        return rest.rstrip().endswith((",", ")", " thì")) or TIME_BEFORE.search(rest) is not None

    def behind_semicolon(self, group: Group, end: int) -> Group | None:
        """What stands behind the last semicolon of a list that is told nothing, when that much is: "gửi Sở A; Sở B và
        Sở C có trách nhiệm …"."""
        for index in range(len(group.mentions) - 1, 0, -1):
            if ";" in self.low[group.mentions[index - 1].end : group.mentions[index].start]:
                rest = Group(group.mentions[index:])
                told = self.strong(rest, end) or (self.tells(rest, end) and self.verb_follows(rest, end))
                return rest if told else None
        return None

    def is_subject(self, group: Group, start: int, end: int) -> bool:
        """Whether the list is what the clause ``start:end`` tells to do something."""
        low = self.low
        after = low[group.end : min(end, group.end + 100)]
        opens = self.opens(start, group.start)
        strong = self.strong(group, end)
        about = not opens and ABOUT.fullmatch(low[start : group.start].lstrip()) is not None
        if about and (TOLD_WHEN.match(low, group.end, end) or self._lists_duties(group.end, end)):
            return True
        if not opens:
            before = low[max(start, group.start - 20) : group.start].rstrip()
            connected = before.endswith((",", ";", "và", "(", "-", "còn", "thì", "do đó", "vì vậy", "trong đó"))
            if not (strong and connected):
                return False
        if not after.strip(" .;:,)"):
            return False
        if strong:
            return True
        if not self.tells(group, end) or self._enumerates(start):
            return False
        if ONLY_NAMED.fullmatch(low, group.end, end) or FIGURE_OF.match(low, group.end, self.end):
            return False
        if self.verb_follows(group, end):
            return True
        if GIVEN.match(low, group.end, end):
            return False
        opening = OPENING.match(low, start, group.start)
        first = opens and not low[opening.end() if opening else start : group.start].strip(" \"'(,")
        return first and not self.heading and len(WORDS.findall(low, group.end, min(end, group.end + 100))) > 2

    def _lists_duties(self, at: int, end: int) -> bool:
        """Whether a verb stands behind a colon at ``at``."""
        colon = re.compile(r"\s*:\s*").match(self.low, at, end)
        return colon is not None and verbs().match(self.low, colon.end(), end) is not None

    def _enumerates(self, start: int) -> bool:
        """Whether the clause at ``start`` stands behind "gồm:" and only lists."""
        return re.search(r"(?:gồm|bao gồm|gồm có)\s*:\s*$", self.low[max(self.start, start - 20) : start]) is not None

    def verb_follows(self, group: Group, end: int) -> bool:
        """Whether a verb or the like stands right behind the list (and an aside)."""
        at = self.skip_aside(group.end, end)
        return verbs().match(self.low, at, end) is not None

    def tells(self, group: Group, end: int) -> bool:
        """Whether what follows the list tells it to do something."""
        at = self.skip_aside(group.end, end)
        if at >= end:
            return True
        if self.low[at] in ")/-" or (self.text[at].isupper() and "," in self.low[group.end : at]):
            return False
        owned = BELONGS_TO.match(self.low, at, end)
        refused = regex("no_duty_re").match(self.low, owned.end() if owned else at, end)
        if refused is None:
            return True
        later = self.low[at : min(end, at + REACH)]
        return re.search(r",\s*(?:có|chịu)\s+trách\s+nhiệm", later) is not None

    def skip_aside(self, at: int, end: int) -> int:
        """The place behind a bracket and an adverbial ("theo chức năng, nhiệm vụ, …") at ``at``."""
        bracket = BRACKET.match(self.low, at, end)
        at = bracket.end() if bracket else at
        where = WHERE.match(self.low, at, end)
        if where is not None:
            return where.end()
        aside = ASIDE.match(self.low, at, end)
        return aside.end() if aside else at

    def strong(self, group: Group, end: int) -> bool:
        """Whether words that give a role or a duty stand right behind the list."""
        at = self.skip_light(group.end, end)
        low = self.low
        return (
            any_of("lead").match(low, at, end) is not None
            or any_of("duties").match(low, at, end) is not None
            or any_of("duties").match(low, self.skip_aside(group.end, end), end) is not None
            or regex("coordinate_re").match(low, at, end) is not None
            or TOLD_OF_THOSE.match(low, group.end, end) is not None
        )

    def skip_light(self, at: int, end: int) -> int:
        """The place behind an aside, modals and adverbs at ``at``."""
        at = self.skip_aside(at, end)
        light = LIGHT.match(self.low, at, end)
        return light.end() if light else at
