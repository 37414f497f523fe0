"""Deadlines and periods of a statement.

A date is a deadline only when words say so ("trước ngày", "chậm nhất", "trong quý I/2023") or when it stands
alone on its line or in its cell. Dates of acts, dates of what has happened, and spans of years are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kgplan.model import Deadline, Period
from kgplan.parsing.date_expressions import TimeMatch, find_times
from kgplan.parsing.word_lists import inside_pattern, load, phrase_pattern

WINDOW = 80
"""How far before a date the words are looked for that make it a deadline, in characters."""

_EDGE_BEFORE = re.compile(r"(?:^|[\n|\t:(])[\s\-+•*–]*$")
_EDGE_AFTER = re.compile(r"[\s.;,)]*(?:$|[\n|\t])")
_AFTER_END = re.compile(r"\s*(?:[.;,)\n|]|$)")
_CLOCK = r"(?:\d{1,2}\s?(?:giờ|h|g)\s?(?:\d{1,2}\s?(?:phút|')?)?)"
_LINK = re.compile(r"\s?(?:,|;|và|hoặc)\s+(?:trước\s+)?$", re.IGNORECASE)
_CLAUSE_START = re.compile(r"[.;\n](?:\s|$)")
_YEARS = re.compile(
    r"""
      (?P<label>(?:giai\s+đoạn|nhiệm\s+kỳ|thời\s+kỳ|niên\s+khóa|kế\s+hoạch)\s+)?
      (?<![\d/\-–.,])(?:từ\s+)?(?:năm\s+)?(?P<b1>(?:19|20)\d{2})\s?(?:[-–]|\s(?:đến|tới)\s(?:hết\s)?(?:năm\s)?)\s?(?P<e1>(?:19|20)\d{2})(?![\d/])
    | (?:(?:định\s+hướng|tầm\s+nhìn)\s+(?:phát\s+triển\s+)?(?:(?:đến|tới)\s+)?(?:năm\s+)?|(?<!\w)(?:đến|tới)\s+(?:hết\s+)?năm\s+)(?P<e2>(?:19|20)\d{2})(?![\d/])(?!\s?[-–]\s?\d)
    | từ\s+(?:sau\s+)?năm\s+(?P<b3>(?:19|20)\d{2})\s+trở\s+đi
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SCHOOL_YEAR = re.compile(r"năm\s+học\s+$", re.IGNORECASE)
_PART_OF = {"đầu": 10, "giữa": 20}


@dataclass(frozen=True, slots=True)
class _Words:
    cue: re.Pattern[str]
    recurring: re.Pattern[str]
    periodic: re.Pattern[str]
    standing: re.Pattern[str]
    day_recurring: re.Pattern[str]
    not_before: re.Pattern[str]
    noun_before: re.Pattern[str]
    past: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Cue:
    """The words before a date: where they begin, whether they exclude the day, whether they suffice."""

    start: int
    exclusive: bool
    strong: bool
    part: int | None = None


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = load("deadlines")

    def body(name: str) -> str:
        return phrase_pattern(raw[name]).pattern

    cue = (
        rf"(?<!\w)(?:(?P<exclusive>{body('exclusive')})|(?P<strong>{body('strong')})|(?P<weak>{body('weak')}))"
        rf"(?P<fill>(?:\s*:?\s*(?:{body('fillers')}|{_CLOCK}))*)\s*:?\s*$"
    )
    day = rf"(?:(?P<lead>trước|chậm\s+nhất|vào|đến)\s+(?:là\s+|vào\s+|trước\s+)?)?ngày\s+(?:mùng\s+)?\d{{1,2}}\s+{body('recurring')}"
    return _Words(
        cue=re.compile(cue, re.IGNORECASE),
        recurring=phrase_pattern(raw["recurring"]),
        periodic=inside_pattern(raw["periodic"]),
        standing=phrase_pattern(raw["standing"]),
        day_recurring=re.compile(rf"(?<!\w){day}", re.IGNORECASE),
        not_before=re.compile(rf"(?<!\w){body('not_before')}\s+$", re.IGNORECASE),
        noun_before=re.compile(rf"(?<!\w){body('noun_before')}\s+$", re.IGNORECASE),
        past=inside_pattern(raw["past"]),
    )


def find_deadlines(text: str, start: int, end: int, *, year: int | None) -> tuple[Deadline, ...]:
    """The deadlines in ``text[start:end]``, in order; ``year`` is the plan's, for dates that give none."""
    found: list[Deadline] = []
    previous: tuple[TimeMatch, _Cue] | None = None
    for time in find_times(text, start, end):
        cue = _cue_before(text, start, time) or _standing_alone(text, start, end, time)
        if cue is None and previous and _LINK.fullmatch(text[previous[0].end : time.start]):
            cue = _Cue(time.start, previous[1].exclusive, True)
        if cue is None or not _is_due(text, start, end, time, cue, year):
            continue
        previous = (time, cue)
        found.append(_deadline(text, end, time, cue, year))
    found.extend(_recurrences(text, start, end, found))
    return tuple(sorted(found, key=lambda deadline: deadline.start))


def find_periods(text: str, start: int, end: int) -> tuple[Period, ...]:
    """The spans of years in ``text[start:end]``, in order, each span once."""
    periods: dict[tuple[int | None, int | None], Period] = {}
    for found in _YEARS.finditer(text, start, end):
        begin = int(found["b1"] or found["b3"] or 0) or None
        last = int(found["e1"] or found["e2"] or 0) or None
        if begin and last and not begin <= last <= begin + 100:
            continue
        if begin and last and _SCHOOL_YEAR.search(text, max(start, found.start() - 12), found.start()):
            continue
        periods.setdefault((begin, last), Period(begin, last, found.group(), found.start(), found.end()))
    return tuple(periods.values())


def _cue_before(text: str, start: int, time: TimeMatch) -> _Cue | None:
    window = text[max(start, time.start - WINDOW) : time.start]
    found = _words().cue.search(window)
    if not found:
        return None
    fill = found["fill"].lower().split()
    clock = any(word[0].isdigit() for word in fill)
    exclusive = (found["exclusive"] is not None or "trước" in fill) and not clock
    part = next((_PART_OF[word] for word in fill if word in _PART_OF), None)
    return _Cue(time.start - len(window) + found.start(), exclusive, found["weak"] is None, part)


def _standing_alone(text: str, start: int, end: int, time: TimeMatch) -> _Cue | None:
    """A date that fills its line or cell is a deadline without more words; so is a month or quarter at the end."""
    before = text[max(start, time.start - WINDOW) : time.start]
    whole_line = _EDGE_BEFORE.search(before) and _EDGE_AFTER.match(text, time.end, end)
    if (
        whole_line
        and (time.start > start or time.end < end or time.grain != "year")
        and not before.rstrip().endswith("(")
    ):
        return _Cue(time.start, False, True)
    return None


def _is_due(text: str, start: int, end: int, time: TimeMatch, cue: _Cue, year: int | None) -> bool:
    """Whether the date is of something to come: not of an act, not past, not a mere description."""
    own = time.year
    if own is not None and year is not None and (own < year - 1 or (own == year - 1 and time.last[0] < 10)):
        return False
    before = text[max(start, cue.start - WINDOW) : cue.start]
    clause = before[_last_end(_CLAUSE_START, before) :]
    words = _words()
    if words.not_before.search(before):
        return False
    if cue.strong:
        return not (cue.exclusive and time.grain == "year" and words.past.search(clause))
    if words.past.search(clause) or words.noun_before.search(before):
        return False
    if own is None and time.grain in ("month", "day", "half"):
        return False
    return words.past.search(text, time.end, min(end, time.end + 12)) is None


def _last_end(pattern: re.Pattern[str], words: str) -> int:
    last = 0
    for found in pattern.finditer(words):
        last = found.end()
    return last


def _deadline(text: str, end: int, time: TimeMatch, cue: _Cue, year: int | None) -> Deadline:
    again = _words().recurring.match(text, time.end + 1, end) if text[time.end : time.end + 1] == " " else None
    if again and time.year is None:
        words = text[cue.start : again.end()]
        return Deadline(None, not cue.exclusive, words, cue.start, again.end(), recurrence=" ".join(words.split()))
    if cue.exclusive:
        date, begin = time.begin(year), None
    else:
        date, begin = time.finish(year), time.begin(year) if time.grain != "day" else None
        if cue.part and time.grain == "month" and date:
            date = f"{date[:8]}{cue.part:02d}"
    return Deadline(date, not cue.exclusive, text[cue.start : time.end], cue.start, time.end, begin=begin)


def _recurrences(text: str, start: int, end: int, found: list[Deadline]) -> list[Deadline]:
    """Days of every month, periodic duties, and a line or cell that says only "thường xuyên"."""
    words = _words()
    taken = [(deadline.start, deadline.end) for deadline in found]
    extra: list[Deadline] = []
    for pattern in (words.day_recurring, words.periodic):
        for match in pattern.finditer(text, start, end):
            if any(first < match.end() and match.start() < last for first, last in taken):
                continue
            rule = " ".join(match.group().split())
            inclusive = not rule.lower().startswith("trước")
            extra.append(Deadline(None, inclusive, match.group(), match.start(), match.end(), recurrence=rule))
    alone = words.standing.match(text, start, end)
    if alone and _EDGE_AFTER.match(text, alone.end(), end):
        rule = " ".join(alone.group().lower().split())
        extra.append(Deadline(None, True, alone.group(), alone.start(), alone.end(), recurrence=rule))
    return extra
