"""Labels of topics in a stretch of text, and what stands around them there, in time linear in its length."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate

from kgplan.parsing.word_lists import load
from kgplan.parsing.words import full, is_compound, words

STATED, PASSING = 10, 6
"""What a label is worth, in tenths, by what stands before it."""

_CLAUSE_END = re.compile(r"[.;:!?]")
_PART_END = re.compile(r"[.;:!?,]")
_GAP = re.compile(r"[\s,\-–“”\"'’()]*")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A label found: words ``first:last`` (``last`` excluded), and the topics whose label it is."""

    first: int
    last: int
    topics: tuple[str, ...]


class LabelIndex:
    """Phrases by their words, found longest first."""

    def __init__(self, phrases: Iterable[tuple[Phrase, str]]) -> None:
        """``phrases`` pairs the words of a phrase with the topic it stands for."""
        topics: defaultdict[Phrase, list[str]] = defaultdict(list)
        for phrase, topic in phrases:
            if phrase and topic not in topics[phrase]:
                topics[phrase].append(topic)
        self.longest_phrase = max(map(len, topics), default=0)
        self._by_first: defaultdict[str, list[tuple[Phrase, tuple[str, ...]]]] = defaultdict(list)
        for phrase in sorted(topics, key=lambda phrase: (-len(phrase), phrase)):
            self._by_first[phrase[0]].append((phrase, tuple(topics[phrase])))

    def longest(self, forms: Sequence[str], first: int) -> Match | None:
        """The longest phrase that begins at ``first``; None when there is none."""
        for phrase, topics in self._by_first.get(forms[first], ()):
            last = first + len(phrase)
            if tuple(forms[first:last]) == phrase:
                return Match(first, last, topics)
        return None


class Line:
    """The words of the stretch ``text[start:end]``."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self.tokens = [word for word in words(text[start:end]) if not is_compound(word)]
        self._forms = [word.full for word in self.tokens]

    def span(self, match: Match) -> tuple[int, int]:
        """Offsets of the label in the text."""
        return self._start + self.tokens[match.first].start, self._start + self.tokens[match.last - 1].end

    def matches(self, index: LabelIndex) -> dict[int, Match]:
        """By its first word, the longest phrase of ``index`` there that no full stop, colon or semicolon parts."""
        found = (index.longest(self._forms, first) for first in range(len(self.tokens)))
        return {
            match.first: match
            for match in found
            if match is not None and all(_GAP.fullmatch(self._gap(at)) for at in range(match.first + 1, match.last))
        }

    def weight(self, first: int) -> int:
        """How much a label at ``first`` counts by what stands before it in its clause; 0 where it is excepted."""
        if self._excluding[first] >= self._clauses[first]:
            return 0
        part = self._parts[first]
        passing = self._purposes[first] >= part or self._comes_after(_cues().circumstance, first, part)
        return PASSING if passing else STATED

    def names_agency(self, first: int, named: int) -> bool:
        """Whether the capitalised label at ``first`` is in an agency's name ("Sở Văn hóa, Thể thao và Du lịch").

        ``named`` is where the last such label ended, 0 when there was none.
        """
        if not self._capital(first):
            return False
        if self._comes_after(_cues().agency_heads, first, 0):
            return True
        return named > 0 and self._strangers[first] < named and self._clauses[first] < named

    def _comes_after(self, phrases: Iterable[Phrase], first: int, begin: int) -> bool:
        """Whether one of ``phrases`` ends right before ``first`` and does not begin before ``begin``."""
        return any(
            first - len(phrase) >= begin and tuple(self._forms[first - len(phrase) : first]) == phrase
            for phrase in phrases
        )

    def _capital(self, at: int) -> bool:
        return self._text[self._start + self.tokens[at].start].isupper()

    def _gap(self, at: int) -> str:
        return self._text[self._start + self.tokens[at - 1].end : self._start + self.tokens[at].start]

    @cached_property
    def _clauses(self) -> list[int]:
        """For each word, the first of its clause."""
        return self._firsts(_CLAUSE_END)

    @cached_property
    def _parts(self) -> list[int]:
        """For each word, the first of its part of the clause."""
        return self._firsts(_PART_END)

    def _firsts(self, stop: re.Pattern[str]) -> list[int]:
        return list(accumulate((at if at and stop.search(self._gap(at)) else 0 for at in range(len(self.tokens))), max))

    @cached_property
    def _excluding(self) -> list[int]:
        return self._last_before(_cues().excluded)

    @cached_property
    def _purposes(self) -> list[int]:
        return self._last_before(_cues().purpose)

    def _last_before(self, phrases: Iterable[Phrase]) -> list[int]:
        """For each word, where the last of ``phrases`` that ends before it begins; -1 where there is none."""
        begins = [-1] * (len(self.tokens) + 1)
        for phrase in phrases:
            for first, form in enumerate(self._forms):
                last = first + len(phrase)
                if form == phrase[0] and tuple(self._forms[first:last]) == phrase:
                    begins[last] = max(begins[last], first)
        return list(accumulate(begins, max))

    @cached_property
    def _strangers(self) -> list[int]:
        """For each word, the last before it that is neither capitalised nor a joint of a name; -1 if there is none."""
        joints = _cues().joints
        strange = (
            at if at >= 0 and not self._capital(at) and self._forms[at] not in joints else -1
            for at in range(-1, len(self.tokens) - 1)
        )
        return list(accumulate(strange, max))


class Cover:
    """Spans, asked whether one of them covers another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def covers(self, start: int, end: int) -> bool:
        """Whether ``start:end`` lies within one of the spans."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end


@dataclass(frozen=True, slots=True)
class _Cues:
    agency_heads: tuple[Phrase, ...]
    purpose: tuple[Phrase, ...]
    circumstance: tuple[Phrase, ...]
    excluded: tuple[Phrase, ...]
    joints: frozenset[str]


@cache
def _cues() -> _Cues:
    data = load("topic_cues")

    def phrases(name: str) -> tuple[Phrase, ...]:
        return tuple(tuple(full(word) for word in phrase.split()) for phrase in data[name])

    return _Cues(
        phrases("agency_heads"),
        phrases("purpose"),
        phrases("circumstance"),
        phrases("excluded"),
        frozenset(data["joints"]),
    )
