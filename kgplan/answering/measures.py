"""Superlatives and counts that a question puts on what it asks for: "nhiều nhiệm vụ nhất", "at least two partners"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from kgplan.answering.interpretation import Having, HavingTest, Intent, Measured
from kgplan.answering.lexicon import Lexicon
from kgplan.answering.spans import Span
from kgplan.answering.state import State

_MEASURABLE: tuple[Intent, ...] = ("agencies", "documents", "places", "tasks", "statements")
_COUNTED: dict[str, Measured] = {
    "noun_agency": "agencies",
    "lead_noun": "agencies",
    "noun_document": "documents",
    "document_type": "documents",
    "noun_indicator": "indicators",
    "noun_task": "statements",
    "noun_statement": "statements",
}
_TESTS: tuple[HavingTest, ...] = get_args(HavingTest)
_REACH = 3
"""How many spans may stand between a superlative or number and what it counts."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Which of the things asked for are meant: those with the most or fewest, or with so many, ``measured``."""

    superlative: Literal["most", "least"] | None = None
    having: Having | None = None
    measured: Measured | None = None

    def __bool__(self) -> bool:
        return self.superlative is not None or self.having is not None


def quantity(state: State, returned: Intent, named: int) -> Measure:
    """The measure that the question puts on what it asks for.

    ``named`` is how many agencies it names: between two of them "more tasks" means the most.
    """
    if returned not in _MEASURABLE:
        return Measure()
    return (
        _having(state, returned, several=False)
        or _superlative(state, returned, named)
        or _having(state, returned, several=True)
    )


def _superlative(state: State, returned: Intent, named: int) -> Measure:
    names: tuple[Literal["most", "least"], ...] = ("most", "least")
    for name, vietnamese in zip(names, ("nhieu", "it"), strict=True):
        around = _around(state, vietnamese, "nhat") or (_around(state, vietnamese, "hon") if named >= 2 else None)
        said = next((i for i, s in enumerate(state.spans) if s.has(name)), None)
        if said is None and around is None and named >= 2 and not _around(state, "it", "hon"):
            said = next((i for i, s in enumerate(state.spans) if s.has(f"{name}_of_two")), None)
        if said is None and around is None:
            continue
        near = state.spans[said + 1 : said + 1 + _REACH] if said is not None else around or ()
        measured = _measured(near, returned)
        if returned in ("tasks", "statements") and measured is None:
            continue
        if said is not None:
            state.spans[said].used = True
        for span in around or ():
            span.used = True
        for span in state.spans:
            span.used = span.used or span.has("noun_task") or (span in near and span.has(*_COUNTED))
        return Measure(name, None, measured)
    return Measure()


def _having(state: State, returned: Intent, *, several: bool) -> Measure:
    for index, span in enumerate(state.spans):
        value = _number(state, span)
        if value is None or span.entity or span.has("several") != several:
            continue
        before = state.spans[max(0, index - 2) : index]
        after = state.spans[index + 1 : index + 1 + _REACH]
        counted = next((s for s in after[:2] if s.has(*_COUNTED) or (s.has("leads") and returned == "tasks")), None)
        if counted is None:
            continue
        measured = _measured([counted], returned) or ("agencies" if returned == "tasks" else None)
        if returned in ("tasks", "statements") and measured is None:
            continue
        limits = [s for s in (*before, *after) if s.has(*_TESTS)]
        test = next((t for s in limits for t in _TESTS if s.has(t)), None)
        if span.has("several"):
            test = "at_least"
        elif test is None and (value == 1 or not _bare(state, index, counted)):
            continue
        nouns = [s for s in after[1:2] if counted.has("leads") and s.has("noun_agency")]
        for used in (span, counted, *limits, *nouns):
            used.used = True
        return Measure(None, Having(test or "exactly", value), measured)
    return Measure()


def _bare(state: State, index: int, counted: Span) -> bool:
    """Whether a number with no limit counts what a verb governs: "agencies that lead two tasks"."""
    before = state.spans[max(0, index - 2) : index]
    return any(s.has("leads", "coordinates", "shares", "carries_out", "assigned", "has") for s in before) and bool(
        counted
    )


def _number(state: State, span: Span) -> int | None:
    if span.has("several"):
        return 2
    word = state.folded(span)
    if word.isdigit() and len(word) < 3:
        return int(word)
    number: int | None = Lexicon.load().table("numbers").get(word)
    return number


def _measured(near: Sequence[Span], returned: Intent) -> Measured | None:
    """What is counted, None where it is the statements behind what is asked for."""
    for span in near:
        name = next((n for n in _COUNTED if span.has(n)), None)
        if name is not None:
            measured = _COUNTED[name]
            return None if measured in ("statements", returned) else measured
    return None


def _around(state: State, opening: str, closing: str) -> list[Span] | None:
    """The spans of "nhiều … nhất", which have up to four words between them; None when it does not stand there."""
    folded = [t.fold for t in state.tokens]
    for first, word in enumerate(folded):
        if word == opening and closing in folded[first + 1 : first + 6]:
            last = folded.index(closing, first + 1)
            return [s for s in state.spans if first <= s.first <= last]
    return None
