"""Points and spans of time as Vietnamese administrative text writes them, without saying what they are for.

Days (13/11/2021, 10 tháng 3 năm 2010, 30-6), months (tháng 10/2025), quarters (quý I/2023, quí 2), half years
(6 tháng đầu năm 2023) and years (năm 2010), each as the first and last day that it covers.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Grain = Literal["day", "month", "quarter", "half", "year"]

_DAY = r"""
    (?:
        (?P<d1>\d{1,2})\s?(?P<mark>[/.\-–])\s?(?P<m1>\d{1,2})\s?(?P=mark)\s?(?P<y1>\d{4})(?![\d/])
      | (?P<d2>\d{1,2})\s*,?\s+tháng\s+(?P<m2>\d{1,2})(?!\d)
        (?:\s*,?\s*năm\s+(?P<y2>\d{4})(?!\d)|\s?[/\-]\s?(?P<y3>\d{4})(?!\d))?
      | (?P<d3>\d{1,2})\s?[/\-–]\s?(?P<m3>\d{1,2})(?!\s?[/\-–.,]?\d)(?!\s?%)(?:\s+năm\s+(?P<y4>\d{4})(?!\d))?
    )
"""
_LEAD = r"(?:(?:ngày|mồng|mùng)\s*){0,2}"
_DATE = re.compile(rf"(?<![\d/.,\-–]){_LEAD}{_DAY}", re.VERBOSE | re.IGNORECASE)

_YEAR_TAIL = r"(?:\s?[/\-.]\s?(?P<{0}>\d{{4}})(?!\d)|\s+(?:năm\s+)?(?P<{0}b>(?:19|20)\d{{2}})(?!\d))?"
_QUARTER_NUMBER = r"(?:IV|I{1,3}|[1-4])"
_SPAN = re.compile(
    rf"""
      (?P<quarter> qu[ýí]\s+(?P<q1>{_QUARTER_NUMBER})(?!\w)
          (?:\s?(?:,|-|–|và|đến)\s?(?:qu[ýí]\s+)?(?P<q2>{_QUARTER_NUMBER})(?!\w))? {_YEAR_TAIL.format("qy")} )
    | (?P<half> (?:6|06|sáu)\s+tháng\s+(?P<h>đầu|cuối)\s+năm (?:\s+(?P<hy>\d{{4}})(?!\d))? )
    | (?P<month> tháng\s+(?P<m1>\d{{1,2}})(?!\d)
          (?:\s?(?:,|-|–|và|đến)\s?(?:tháng\s+)?(?P<m2>\d{{1,2}})(?!\d)(?=\s?/\s?\d{{4}}|\s+năm\s+\d{{4}}))?
          {_YEAR_TAIL.format("my")} )
    | (?P<year> năm\s+(?P<y>(?:19|20)\d{{2}})(?![\d/])(?!\s?[-–]\s?\d) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ANY = re.compile(
    r"(?:(?<![\d/.,\-–])(?:(?:ngày|mồng|mùng)\s+)?\d{1,2}\s*(?:[/.\-–]|,?\s*tháng\b))"
    r"|(?:(?<!\w)(?:(?:0?6|sáu)\s+tháng\s+(?:đầu|cuối)\s|(?:qu[ýí]|tháng|năm)\s+[\dIV]))",
    re.IGNORECASE,
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A day and a month at ``start:end``; ``year`` is None where the text gives none."""

    day: int
    month: int
    year: int | None
    start: int
    end: int

    def iso(self, year: int | None = None) -> str | None:
        """ISO 8601 date, with ``year`` where the text gives none; None without any year or for a day that is none."""
        own = self.year if self.year is not None else year
        return iso_date(own, self.month, self.day) if own is not None else None


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """A day, month, quarter, half year or year at ``start:end``.

    ``first`` and ``last`` are (month, day); ``year`` is None where the text gives none.
    """

    grain: Grain
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None
    start: int
    end: int

    def begin(self, year: int | None) -> str | None:
        """The first day in ISO 8601, with ``year`` where the text gives none."""
        return self._iso(self.first, year)

    def finish(self, year: int | None) -> str | None:
        """The last day in ISO 8601, with ``year`` where the text gives none."""
        own = self.year or year
        month, day = self.last
        if own is not None and self.grain != "day":
            day = month_end(own, month)
        return self._iso((month, day), year)

    def _iso(self, month_day: tuple[int, int], year: int | None) -> str | None:
        own = self.year or year
        return iso_date(own, *month_day) if own is not None else None


def match_date(text: str, position: int, end: int) -> DateMatch | None:
    """The day that begins at ``position`` ("ngày" may stand before it), or None."""
    found = _DATE.match(text, position, end)
    if not found:
        return None
    groups = found.groupdict()
    day, month = (
        int(next(value for name, value in groups.items() if name[0] == part and name[1:].isdigit() and value))
        for part in "dm"
    )
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = next((int(value) for name, value in groups.items() if name[0] == "y" and value), None)
    return DateMatch(day, month, year, found.start(), found.end())


def find_times(text: str, start: int, end: int) -> list[TimeMatch]:
    """Every day, month, quarter, half year and year in ``text[start:end]``, in order, none inside another."""
    times: list[TimeMatch] = []
    position = start
    while (found := _ANY.search(text, position, end)) is not None:
        time = _day(text, found.start(), end) or _span(text, found.start(), end)
        if time:
            times.append(time)
        position = time.end if time else found.start() + 1
    return times


def _day(text: str, position: int, end: int) -> TimeMatch | None:
    found = match_date(text, position, end)
    if not found:
        return None
    point = (found.month, found.day)
    return TimeMatch("day", point, point, found.year, found.start, found.end)


def _span(text: str, position: int, end: int) -> TimeMatch | None:
    found = _SPAN.match(text, position, end)
    if not found:
        return None
    year = next((int(value) for name in ("qy", "qyb", "hy", "my", "myb", "y") if (value := found[name])), None)
    if found["quarter"]:
        first = _QUARTERS[found["q1"].upper()]
        last = _QUARTERS[(found["q2"] or found["q1"]).upper()]
        return TimeMatch("quarter", (3 * first - 2, 1), (3 * last, 28), year, found.start(), found.end())
    if found["half"]:
        begin = 1 if found["h"].lower() == "đầu" else 7
        return TimeMatch("half", (begin, 1), (begin + 5, 28), year, found.start(), found.end())
    if found["month"]:
        first, last = int(found["m1"]), int(found["m2"] or found["m1"])
        if not (1 <= first <= last <= 12):
            return None
        return TimeMatch("month", (first, 1), (last, 28), year, found.start(), found.end())
    return TimeMatch("year", (1, 1), (12, 31), year, found.start(), found.end())


def iso_date(year: int, month: int, day: int) -> str | None:
    """``year-month-day`` in ISO 8601, or None when there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_end(year: int, month: int) -> int:
    """The last day of a month."""
    return calendar.monthrange(year, month)[1]
