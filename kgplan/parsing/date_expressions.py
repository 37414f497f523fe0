"""Calendar dates as Vietnamese administrative text writes them: 13/11/2021, 10 tháng 3 năm 2010, 30-6."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

DATE_PATTERN = r"""
    (?:(?:ngày|mồng|mùng)\s+)*
    (?:
        (?P<d1>\d{1,2})\s?[/.\-–]\s?(?P<m1>\d{1,2})\s?[/.\-–]\s?(?P<y1>\d{4})(?!\d)
      | (?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})(?!\d)(?:\s*,?\s*năm\s+(?P<y2>\d{4})(?!\d)|\s?/\s?(?P<y3>\d{4})(?!\d))?
      | (?P<d3>\d{1,2})\s?[/\-–]\s?(?P<m3>\d{1,2})(?![/.\-–]?\d)(?:\s+năm\s+(?P<y4>\d{4})(?!\d))?
    )
"""
"""A day and a month, mostly with a year, as a verbose, case-insensitive pattern without capturing surprises."""

_DATE = re.compile(DATE_PATTERN, re.VERBOSE | re.IGNORECASE)


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


def match_date(text: str, position: int, end: int) -> DateMatch | None:
    """The date that begins at ``position`` ("ngày" may stand before it), or None."""
    found = _DATE.match(text, position, end)
    return _date_of(found) if found else None


def find_dates(text: str, start: int, end: int) -> list[DateMatch]:
    """Every date in ``text[start:end]``, in order; days and months out of range are none."""
    return [date_ for found in _DATE.finditer(text, start, end) if (date_ := _date_of(found))]


def _date_of(found: re.Match[str]) -> DateMatch | None:
    groups = found.groupdict()
    day, month = (int(next(v for k, v in groups.items() if k[0] == part and v)) for part in "dm")
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = next((int(v) for k, v in groups.items() if k[0] == "y" and v), None)
    return DateMatch(day, month, year, found.start(), found.end())


def iso_date(year: int, month: int, day: int) -> str | None:
    """``year-month-day`` in ISO 8601, or None when there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_end(year: int, month: int) -> int:
    """The last day of a month."""
    return calendar.monthrange(year, month)[1]
