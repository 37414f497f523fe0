"""Deadlines and periods of a statement.

A date is a deadline only when words say so ("trước ngày", "chậm nhất", "trong quý I/2023") or when it stands
alone on its line or in its cell. Dates of acts, dates of what has happened, and spans of years are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kgplan.model import Deadline, Period
from kgplan.parsing.date_expressions import TimeMatch, find_times
from kgplan.parsing.time_limits import find_time_limits
from kgplan.parsing.word_lists import inside_pattern, load, phrase_pattern

WINDOW = 80
"""How far before a date the words are looked for that make it a deadline, in characters."""

_LINE_BEFORE = re.compile(r"(?:\A|[\n|\t])[\s\-+•*–]*\Z")
_LABEL_BEFORE = re.compile(r":\s*\Z")
_EDGE_AFTER = re.compile(r"[\s.;,)]*(?:\Z|[\n|\t])")
_CLAUSE_AFTER = re.compile(r"\s*(?:[.;,)\n|]|\Z|(?:để|nhằm|và|theo)\s)")
_CLOCK = r"(?:\d{1,2}\s?(?:giờ|h|g)\s?(?:\d{1,2}\s?(?:phút|')?)?)"
_LINK = re.compile(r"\s?(?:,|;|và|hoặc)\s+(?:trước\s+)?", re.IGNORECASE)
_CLAUSE_START = re.compile(r"[.;\n](?:\s|\Z)")
_FROM = re.compile(r"(?<!\w)từ\s+\Z", re.IGNORECASE)
_UP_TO = re.compile(r"(?<!\w)(?:đến|tới)\s+\Z", re.IGNORECASE)
_TO = re.compile(r"\s?(?:đến|tới|[-–])\s?(?:hết\s+)?", re.IGNORECASE)
_YEARS = re.compile(
    r"""
      (?:(?:giai\s+đoạn|nhiệm\s+kỳ|thời\s+kỳ|niên\s+khóa)\s+)?
      (?<![\d/\-–.,])(?:từ\s+)?(?:năm\s+)?(?P<first>(?:19|20)\d{2})
      \s?(?:[-–]|\s(?:đến|tới)\s(?:hết\s)?(?:năm\s)?)\s?
      (?P<last>(?:19|20)\d{2})(?![\d/])
    | (?: (?:định\s+hướng|tầm\s+nhìn)\s+(?:phát\s+triển\s+)?(?:(?:đến|tới)\s+)?(?:năm\s+)?
        | (?<!\w)(?:đến|tới)\s+(?:hết\s+)?năm\s+ )
      (?P<until>(?:19|20)\d{2})(?![\d/])(?!\s?[-–]\s?\d)
    | từ\s+(?:sau\s+)?năm\s+(?P<since>(?:19|20)\d{2})\s+trở\s+đi
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DONE = re.compile(r"\s*,?\s*(?:toàn\s+\w+\s+)?đã\s", re.IGNORECASE)
"""Behind a day, what was done by it ("đến hết tháng 7 đã di chuyển được …")."""
_SCHOOL_YEAR = re.compile(r"năm\s+học\s+\Z", re.IGNORECASE)
_PARTS = {"đầu": 10, "giữa": 20, "cuối": None}
"""The day by which the first or the middle part of a month is over."""


@dataclass(frozen=True, slots=True)
class _Words:
    cue: re.Pattern[str]
    recurring: re.Pattern[str]
    periodic: re.Pattern[str]
    standing: re.Pattern[str]
    day_recurring: re.Pattern[str]
    day_alone: re.Pattern[str]
    not_before: re.Pattern[str]
    noun_before: re.Pattern[str]
    past: re.Pattern[str]
    duties: re.Pattern[str]
    duty_words: re.Pattern[str]
    reporting: re.Pattern[str]
    nouns_of_month: re.Pattern[str]
    until_duties: re.Pattern[str]
    yearly: re.Pattern[str]
    by_report: re.Pattern[str]
    verb: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Cue:
    """The words before a date: where they begin, whether they exclude the day, whether they suffice."""

    start: int
    exclusive: bool
    strong: bool
    part: str | None = None


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = load("deadlines")

    def body(name: str) -> str:
        return phrase_pattern(raw[name]).pattern

    def before(name: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){body(name)}\s+\Z", re.IGNORECASE)

    not_after = "".join(rf"(?<!\b{word}\s)" for word in raw["period_nouns"])
    after_report = rf"(?:{'|'.join(rf'(?<=báo cáo {word} )' for word in raw['period_nouns'])})(?=\w+\s+\Z)"
    cue = (
        rf"(?<!\w)(?:(?:{not_after}|{after_report}){body('exclusive')}(?P<exclusive>(?:\s*(?:{body('fillers_exclusive')}|{_CLOCK}))*)"
        rf"|(?:(?P<strong>{body('strong')})|{body('weak')})(?P<fill>(?:\s*:?\s*(?:{body('fillers')}|{_CLOCK}))*))\s*:?\s*\Z"
    )
    lead = r"(?:trước|chậm\s+nhất|muộn\s+nhất|vào)\s+(?:là\s+|vào\s+|trước\s+)?"
    return _Words(
        cue=re.compile(cue, re.IGNORECASE),
        recurring=phrase_pattern(raw["recurring"]),
        periodic=inside_pattern(raw["periodic"]),
        standing=phrase_pattern(raw["standing"]),
        day_recurring=re.compile(
            rf"(?<!\w)(?:{lead}|đến\s+)?(?:ngày\s+(?:mùng\s+)?\d{{1,2}}\s+{body('recurring')}"
            rf"|(?:{_CLOCK}\s?)?(?:các\s+)?(?:ngày\s+)?{body('weekdays')}\s+{body('weekly')}|{_CLOCK}\s?{body('daily')})",
            re.IGNORECASE,
        ),
        day_alone=re.compile(
            rf"(?<!\w){lead}(?:ngày\s+(?:mùng\s+)?\d{{1,2}}(?![\w%])(?!\s?[/.,–-]\s?\d)(?!\s*,?\s*tháng\s+\d)"
            rf"|{_CLOCK}\s?(?:các\s+)?(?:ngày\s+)?{body('weekdays')})",
            re.IGNORECASE,
        ),
        not_before=re.compile(
            "".join(rf"(?<!\b{word}\s)" for word in raw["not_before_except"]) + before("not_before").pattern,
            re.IGNORECASE,
        ),
        noun_before=before("noun_before"),
        past=inside_pattern(raw["past"]),
        duties=inside_pattern(raw["duties"]),
        duty_words=inside_pattern(raw["duty_words"]),
        nouns_of_month=before("nouns_of_month"),
        until_duties=re.compile(rf"\s*,?\s*{body('until_duties')}", re.IGNORECASE),
        verb=phrase_pattern(raw["done"]),
        yearly=inside_pattern(raw["yearly"]),
        by_report=re.compile(
            rf"{inside_pattern(raw['by_report']).pattern}(?=\s*:?\s*(?:\w+\s+){{0,3}}\Z)", re.IGNORECASE
        ),
        reporting=re.compile(rf"[\s,(]*(?:\w+[\s,]+){{0,5}}?{body('reporting')}", re.IGNORECASE),
    )


def find_deadlines(text: str, start: int, end: int, *, year: int | None) -> tuple[Deadline, ...]:
    """The deadlines in ``text[start:end]``, in order; ``year`` is the plan's, for dates that give none."""
    found: list[Deadline] = []
    previous: tuple[TimeMatch, _Cue] | None = None
    times = find_times(text, start, end)
    for position, time in enumerate(times):
        cue = (
            _cue_before(text, start, time)
            or _standing_alone(text, start, end, time)
            or _until(text, start, end, time)
            or _month_of_duty(text, start, end, time)
        )
        linked = previous is not None and _LINK.fullmatch(text, previous[0].end, time.start) is not None
        if cue is None and previous and linked:
            cue = _Cue(time.start, previous[1].exclusive, True)
        if cue is None:
            span = _span(text, start, end, times[max(0, position - 1) : position + 1], year)
            found.extend([span] if span else [])
        elif _is_due(text, start, end, time, cue, year):
            deadline = _deadline(text, start, end, time, cue, year)
            deadline = _since(text, start, deadline, times[max(0, position - 1) : position + 1], year)
            if linked and deadline.recurrence and found and previous and previous[0].year is None:
                found[-1] = _again(found[-1], deadline.recurrence)
            found.append(deadline)
            previous = (time, cue)
    found.extend(_recurrences(text, start, end, found))
    found.extend(find_time_limits(text, start, end, found))
    return tuple(sorted(found, key=lambda deadline: deadline.start))


def find_periods(text: str, start: int, end: int) -> tuple[Period, ...]:
    """The spans of years in ``text[start:end]``, in order, each span once."""
    periods: dict[tuple[int | None, int | None], Period] = {}
    for found in _YEARS.finditer(text, start, end):
        begin = int(found["first"] or found["since"] or 0) or None
        last = int(found["last"] or found["until"] or 0) or None
        if begin and last and not begin <= last <= begin + 100:
            continue
        if begin and last and _SCHOOL_YEAR.search(text, max(start, found.start() - 12), found.start()):
            continue
        periods.setdefault((begin, last), Period(begin, last, found.group(), found.start(), found.end()))
    return tuple(periods.values())


def _cue_before(text: str, start: int, time: TimeMatch) -> _Cue | None:
    """The words before a date that make it a deadline, or None."""
    begin = max(start, time.start - WINDOW)
    found = _words().cue.search(text, begin, time.start)
    if not found:
        return None
    fill = (found["exclusive"] or found["fill"] or "").lower().split()
    clock = any(word[0].isdigit() for word in fill)
    exclusive = (found["exclusive"] is not None or "trước" in fill) and not clock
    part = next((word for word in fill if word in _PARTS), None)
    begin = found.start()
    if found["strong"] and fill and _words().verb.fullmatch(found["strong"]):
        begin = found.end("fill") - len(found["fill"].lstrip(" :\t\n"))
    return _Cue(begin, exclusive, found["exclusive"] is not None or found["strong"] is not None, part)


def _standing_alone(text: str, start: int, end: int, time: TimeMatch) -> _Cue | None:
    """A day, month or quarter that fills its line or cell, or what stands behind a label, is a deadline as it is."""
    before = text[max(start, time.start - WINDOW) : time.start]
    if not _EDGE_AFTER.match(text, time.end, end):
        return None
    return _Cue(time.start, False, True) if _LINE_BEFORE.search(before) or _LABEL_BEFORE.search(before) else None


def _until(text: str, start: int, end: int, time: TimeMatch) -> _Cue | None:
    """A date behind "đến" is a deadline when a duty follows ("đến ngày 30/6 phải hoàn thành"); a year is a period."""
    if time.grain == "year" or not _words().until_duties.match(text, time.end, end):
        return None
    opening = _UP_TO.search(text, max(start, time.start - 12), time.start)
    return _Cue(opening.start(), False, True) if opening else None


def _month_of_duty(text: str, start: int, end: int, time: TimeMatch) -> _Cue | None:
    """A month or quarter that ends a clause with a duty is when it is due ("trình Chính phủ tháng 10/2025")."""
    if time.grain not in ("month", "quarter") or time.year is None or not _CLAUSE_AFTER.match(text, time.end, end):
        return None
    words = _words()
    clause = _clause_before(text, start, time.start)
    named = words.noun_before.search(clause) or words.nouns_of_month.search(clause)
    if named or not clause.endswith(" ") or not words.duty_words.search(clause):
        return None
    return _Cue(time.start, False, False)


def _clause_before(text: str, start: int, position: int) -> str:
    begin = max(start, position - WINDOW)
    for found in _CLAUSE_START.finditer(text, begin, position):
        begin = found.end()
    return text[begin:position]


def _is_past(time: TimeMatch, year: int | None) -> bool:
    """Whether a date lies before what a plan of ``year`` can ask for: plans come out in the last quarter before."""
    if time.year is None or year is None:
        return False
    late = time.last[0] >= 10 and time.grain != "year"
    return time.year < year - 1 or (time.year == year - 1 and not late)


def _is_due(text: str, start: int, end: int, time: TimeMatch, cue: _Cue, year: int | None) -> bool:
    """Whether the date is of something to come: not of an act, not past, not a mere description."""
    words = _words()
    clause = _clause_before(text, start, cue.start)
    if (
        _is_past(time, year)
        or words.not_before.search(clause)
        or (time.grain == "year" and cue.part in ("đầu", "giữa"))
    ):
        return False
    if cue.strong:
        told = words.past.search(clause) is not None and words.duty_words.search(clause) is None
        return not told and _DONE.match(text, time.end, end) is None
    if words.past.search(clause) or words.noun_before.search(clause) or words.past.match(text, time.end + 1, end):
        return False
    if time.grain == "day":
        return words.duty_words.search(clause) is not None
    if time.grain == "month" and time.year is None:
        closed = _CLAUSE_AFTER.match(text, time.end, end) is not None and words.duties.search(clause) is not None
        told = words.until_duties.match(text, time.end, end) is not None
        return closed or told or words.duty_words.search(clause) is not None
    if time.grain == "year":
        return _CLAUSE_AFTER.match(text, time.end, end) is not None and words.duties.search(clause) is not None
    return time.year is not None or time.grain != "half"


def _interval(text: str, start: int, times: list[TimeMatch]) -> re.Match[str] | None:
    """The "từ" before the first of ``times`` when they are the ends of an interval; one range of months is, too."""
    first, last = times[0], times[-1]
    if first is last:
        joined = last.grain == "month" and last.first != (last.last[0], 1)
    else:
        joined = first.grain == last.grain and _TO.fullmatch(text, first.end, last.start) is not None
    return _FROM.search(text, max(start, first.start - 8), first.start) if joined else None


def _begin(times: list[TimeMatch], year: int | None) -> str | None:
    """The first day of an interval; its year may be printed once, at the end."""
    first, last = times[0], times[-1]
    return first.begin(last.year if first.year is None else year)


def _span(text: str, start: int, end: int, times: list[TimeMatch], year: int | None) -> Deadline | None:
    """The days of something to be done, "từ ngày … đến ngày …" or "từ tháng 3 đến tháng 5/2022"; None for others."""
    first, last = times[0], times[-1]
    opening = _interval(text, start, times)
    if opening is None or last.grain not in ("day", "month") or last.year is None or _is_past(last, year):
        return None
    words = _words()
    clause = _clause_before(text, start, opening.start())
    due = words.duties.search(clause) or words.duties.search(text, last.end, min(end, last.end + WINDOW // 2))
    if due is None or words.past.search(clause) or words.not_before.search(clause):
        return None
    begin = _begin(times, year)
    return Deadline(last.finish(year), True, text[first.start : last.end], first.start, last.end, begin=begin)


def _since(text: str, start: int, deadline: Deadline, times: list[TimeMatch], year: int | None) -> Deadline:
    """A deadline with the day on which its interval begins, if that is told: "từ ngày 1/3 đến hết ngày 15/3"."""
    first = times[0]
    if first is times[-1] or _interval(text, start, times) is None or deadline.date is None:
        return deadline
    return replace(deadline, begin=_begin(times, year), text=text[first.start : deadline.end], start=first.start)


def _deadline(text: str, start: int, end: int, time: TimeMatch, cue: _Cue, year: int | None) -> Deadline:
    begin, stop = cue.start, time.end
    if time.year is None:
        again = _words().recurring.match(text, stop + 1, end) if text[stop : stop + 1] == " " else None
        stop = again.end() if again else stop
        rule = _words().yearly.search(_clause_before(text, start, begin)) if again is None else None
        if again or rule:
            words = f"{rule.group()} {text[begin:stop]}" if rule else text[begin:stop]
            return Deadline(None, not cue.exclusive, text[begin:stop], begin, stop, recurrence=" ".join(words.split()))
    if cue.exclusive and cue.part != "cuối":
        return Deadline(time.begin(year), False, text[begin:stop], begin, stop)
    date, opening = time.finish(year), time.begin(year) if time.grain != "day" else None
    if cue.part and _PARTS[cue.part] and time.grain == "month" and date:
        date = f"{date[:8]}{_PARTS[cue.part]:02d}"
    return Deadline(date, not cue.exclusive, text[begin:stop], begin, stop, begin=opening)


def _again(deadline: Deadline, rule: str) -> Deadline:
    """A date of a list whose last member recurs ("trước ngày 15/6 và 15/12 hằng năm") recurs too."""
    often = _words().recurring.search(rule)
    words = f"{deadline.text} {often.group()}" if often else deadline.text
    return replace(deadline, date=None, begin=None, recurrence=" ".join(words.split()))


def _recurrences(text: str, start: int, end: int, found: list[Deadline]) -> list[Deadline]:
    """Days of every month, periodic reports, and a line or cell that says only "thường xuyên"."""
    words = _words()
    spans = [(deadline.start, deadline.end) for deadline in found]
    extra: list[Deadline] = []

    def add(match: re.Match[str], often: str = "") -> None:
        if not any(first < match.end() and match.start() < last for first, last in spans):
            rule = " ".join(f"{often} {match.group()}".split())
            clock = re.search(_CLOCK, match.group(), re.IGNORECASE)
            inclusive = clock is not None or "trước" not in match.group().lower()
            extra.append(Deadline(None, inclusive, match.group(), match.start(), match.end(), recurrence=rule))
            spans.append((match.start(), match.end()))

    for match in words.day_recurring.finditer(text, start, end):
        add(match)
    for match in words.day_alone.finditer(text, start, end):
        clause = _clause_before(text, start, match.start())
        often = words.yearly.search(clause)
        if often is None and (report := words.by_report.search(clause)):
            add(match, report.group())
        elif often is not None:
            add(match, often.group())
            begin = match.start() - len(clause) + often.start()
            spans.append((begin, begin + len(often.group())))
    for match in words.periodic.finditer(text, start, end):
        if words.reporting.match(text, match.end(), end):
            add(match)
    alone = words.standing.match(text, start, end)
    if alone and _EDGE_AFTER.match(text, alone.end(), end):
        rule = " ".join(alone.group().lower().split())
        extra.append(Deadline(None, True, alone.group(), alone.start(), alone.end(), recurrence=rule))
    return extra
