"""Quantities that a plan says consist of others: do the parts add up?

Those of "25 chỉ tiêu, gồm: 12 chỉ tiêu kinh tế, 9 chỉ tiêu xã hội và 4 về môi trường" do. What follows "trong đó" may
be a part only, and is wrong just when it is more than the whole. A quantity that is about so much is not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kgplan.parsing.indicators import parse_number
from kgplan.parsing.level import level
from kgplan.parsing.word_lists import load, phrase_pattern

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_BRACKETS = re.compile(r"\([^()]*\)")
_SLACK = 1e-6  # binary fractions
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})[.!?](?=\s)")
_SEPARATED = re.compile(r"(?:^|[,;:(]|\bvà|\bcó|\blà|-)\s*\Z")


@dataclass(frozen=True, slots=True)
class WrongSum:
    """A quantity at ``start:end`` of the text, and what the parts that follow it add up to."""

    start: int
    end: int
    value: float
    unit: str
    parts: tuple[float, ...]

    @property
    def summed(self) -> float:
        """What the parts add up to."""
        return round(sum(self.parts), 6)


@dataclass(frozen=True, slots=True)
class _Quantity:
    start: int
    end: int
    value: float
    decimals: int
    unit: str
    exact: bool


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that announce parts: all of them, or some."""

    start: int
    end: int
    whole: bool


@dataclass(frozen=True, slots=True)
class _Words:
    quantity: re.Pattern[str]
    whole: re.Pattern[str]
    some: re.Pattern[str]
    about: re.Pattern[str]
    counted: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    units, raw = load("units"), load("consistency")
    counted = phrase_pattern(raw["counted"]).pattern
    named = phrase_pattern([*units["measures"], *units["counts"]]).pattern
    negated = "".join(rf"(?<!(?<!\w){re.escape(word)} )" for word in raw["negated"])
    return _Words(
        quantity=re.compile(
            rf"(?<![\w/.,\-])(?P<value>{_NUMBER})(?![\w/]|[.,]\d)"
            rf"(?:\s*(?P<unit>%|{named}|(?!{counted})[^\W\d_]+\s+[^\W\d_]+))?(?P<behind>\s*[-/]\s*\w)?"
        ),
        whole=re.compile(rf"(?<!\w){negated}{phrase_pattern(raw['whole']).pattern}"),
        some=re.compile(rf"(?<!\w){phrase_pattern(raw['some']).pattern}"),
        about=re.compile(rf"(?<!\w){phrase_pattern(raw['about']).pattern}\s*\Z"),
        counted=re.compile(rf"\s+{counted}"),
    )


def wrong_sums(text: str) -> Iterator[WrongSum]:
    """The sums in ``text`` that do not come out, sentence by sentence, with offsets in ``text``.

    >>> [(s.value, s.summed) for s in wrong_sums("Giao 25 chỉ tiêu, gồm 12 chỉ tiêu kinh tế và 9 chỉ tiêu xã hội.")]
    [(25.0, 21.0)]
    """
    low, start = _plain(text), 0
    for stop in [*(found.end() for found in _SENTENCE.finditer(low)), len(low)]:
        cues = list(_cues(low, start, stop))
        quantities = list(_quantities(low, start, stop))
        for number, cue in enumerate(cues):
            end = cues[number + 1].start if number + 1 < len(cues) else stop
            totals = [q for q in quantities if q.end <= cue.start and q.unit]
            behind = [q for q in quantities if cue.end <= q.start < end]
            for total in reversed(totals):
                parts = _parts(low, cue.end, total, behind)
                if len(parts) > 1:
                    yield from _compare(total, parts, whole=cue.whole)
                    break
        start = stop


def wrong_list_sum(head: str, items: Sequence[str]) -> WrongSum | None:
    """The sum of the first quantities of ``items``, if ``head`` announces them and it does not come out.

    Offsets are in ``head``.

    >>> wrong_list_sum("Giao 25 chỉ tiêu, gồm:", ["12 chỉ tiêu kinh tế;", "9 chỉ tiêu xã hội."]).summed
    21.0
    """
    low = _plain(head)
    cues = list(_cues(low, 0, len(low)))
    if not cues or re.search(r"\d", low[cues[-1].end :]):
        return None
    totals = [q for q in _quantities(low, 0, cues[-1].start) if q.unit]
    firsts = [next(iter(_quantities(item, 0, len(item))), None) for item in map(_plain, items)]
    parts = [q for q in firsts if q is not None and totals and q.unit == totals[-1].unit]
    if len(parts) < 2 or len(parts) < len(items):
        return None
    return next(_compare(totals[-1], parts, whole=cues[-1].whole), None)


def _plain(text: str) -> str:
    """The text levelled, what stands in brackets blanked out, all in its place."""
    return _BRACKETS.sub(lambda found: " " * len(found.group()), level(text))


def _cues(low: str, start: int, end: int) -> Iterator[_Cue]:
    words = _words()
    found = [(m, True) for m in words.whole.finditer(low, start, end)]
    found += [(m, False) for m in words.some.finditer(low, start, end)]
    for match, whole in sorted(found, key=lambda pair: pair[0].start()):
        yield _Cue(match.start(), match.end(), whole)


def _quantities(low: str, start: int, end: int) -> Iterator[_Quantity]:
    words = _words()
    for found in words.quantity.finditer(low, start, end):
        before = low[max(start, found.start() - 30) : found.start()]
        value = found["value"]
        yield _Quantity(
            found.start(),
            found.end("unit") if found["unit"] else found.end("value"),
            parse_number(value),
            len(value.partition(",")[2]),
            " ".join((found["unit"] or "").split()),
            words.about.search(before) is None and found["behind"] is None,
        )


def _parts(low: str, begin: int, total: _Quantity, behind: list[_Quantity]) -> list[_Quantity]:
    """Those of the quantities ``behind`` the cue that ends at ``begin`` that count in the unit of ``total``.

    The unit may be left out before words such as "về".
    """
    parts: list[_Quantity] = []
    for quantity in behind:
        before = low[max(begin, quantity.start - 8) : quantity.start]
        bare = not quantity.unit and _words().counted.match(low, quantity.end) and _SEPARATED.search(before)
        if quantity.unit == total.unit or bare:
            parts.append(quantity)
    return parts


def _compare(total: _Quantity, parts: Sequence[_Quantity], *, whole: bool) -> Iterator[WrongSum]:
    if not all(quantity.exact for quantity in (total, *parts)):
        return
    finest = max(total.decimals, *(part.decimals for part in parts))
    allowed = 0.5 * 10.0**-finest * len(parts) if finest else 0.0  # the parts may have been rounded
    excess = sum(part.value for part in parts) - total.value
    if excess > allowed + _SLACK or (whole and excess < -allowed - _SLACK):
        yield WrongSum(total.start, total.end, total.value, total.unit, tuple(part.value for part in parts))
