"""Titles of acts and plans in running text: where they begin, and where they end and the sentence goes on.

Vietnamese prints a title without marks, so its end is read from what follows: a full stop or semicolon, the
next act, the words of a purpose ("nhằm"), or the period that closes most titles ("giai đoạn 2021 - 2025").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kgplan.parsing.document_types import type_table
from kgplan.parsing.issuers import match_issuer
from kgplan.parsing.word_lists import inside_pattern, load, phrase_pattern

MAX_TITLE = 600
"""No title is read further than this many characters."""

OPENING_QUOTES = '“"«„'
CLOSING_QUOTES = '”"»“'

_YEARS = r"(?:19|20)\d{2}\s?[-–]\s?(?:19|20)\d{2}"
_PERIOD = re.compile(
    rf"""
    (?: (?:(?:5\s+năm\s+)?(?:giai\s+đoạn|nhiệm\s+kỳ|thời\s+kỳ|các\s+năm|năm)\s+)?(?:từ\s+)?{_YEARS}
      | (?:đến|tới)\s+(?:hết\s+)?năm\s+(?:19|20)\d{{2}}
      | giai\s+đoạn\s+(?:19|20)\d{{2}}\s+đến\s+(?:19|20)\d{{2}}
    )(?![\d/])
    (?:\s?,?\s+(?:và\s+)?(?:định\s+hướng|tầm\s+nhìn)\s+(?:phát\s+triển\s+)?(?:đến|tới)?\s?(?:năm\s+)?(?:19|20)\d{{2}}(?!\d))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SINGLE_YEAR = re.compile(r"năm\s+(?:19|20)\d{2}(?!\d)", re.IGNORECASE)
_BREAK = re.compile(r"[;:“”\"«»()\n,.]|\s+(?=và\s)")
_COMMA_PERIOD = re.compile(rf"\s*(?:{_PERIOD.pattern})", re.VERBOSE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Words:
    openers: re.Pattern[str]
    about: re.Pattern[str]
    strong: re.Pattern[str]
    clauses: re.Pattern[str]
    maybe_clauses: re.Pattern[str]
    period_follows: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = load("titles")
    return _Words(
        openers=phrase_pattern(raw["openers"]),
        about=phrase_pattern(raw["about"]),
        strong=inside_pattern(raw["strong_stops"]),
        clauses=phrase_pattern(raw["clause_starts"]),
        maybe_clauses=phrase_pattern(raw["maybe_clause_starts"]),
        period_follows=phrase_pattern(raw["period_follows"]),
    )


def about_end(text: str, position: int, end: int) -> int | None:
    """Where "về" or "về việc" at ``position`` ends (white space behind it included), or None."""
    found = _words().about.match(text, position, end)
    if not found:
        return None
    stop = found.end()
    while stop < end and text[stop].isspace():
        stop += 1
    return stop


def opens_title(text: str, position: int, end: int) -> bool:
    """Whether a running title begins at ``position``, behind an act's number, date and issuer."""
    return _words().openers.match(text, position, end) is not None


def quoted_end(text: str, position: int, end: int) -> int | None:
    """The position of the mark that closes the quotation opened at ``position``; None when it stays open."""
    opening = text[position]
    closing = {"“": "”", "«": "»", "„": "“"}.get(opening, '"')
    stop = text.find(closing, position + 1, min(end, position + MAX_TITLE))
    return stop if stop > position + 1 else None


def title_end(text: str, start: int, end: int) -> int:
    """Where the running title that begins at ``start`` ends (exclusive, no white space or comma at the end)."""
    limit = _clause_end(text, start, min(end, start + MAX_TITLE))
    position = start
    while True:
        period = _PERIOD.search(text, position, limit)
        found = _BREAK.search(text, position, limit)
        if period and (found is None or period.start() <= found.start() or _leads_to(text, found, period)):
            stop = period.end()
            if not _goes_on(text, stop, limit):
                return stop
            position = stop
            continue
        if found is None:
            return _trim(text, start, limit)
        mark = found.group()
        if mark == "," and _carries_on(text, start, found.end(), limit):
            position = found.end()
        elif mark.isspace() and mark != "\n" and not _next_document(text, found.end(), limit):
            position = found.end() + 2
        elif mark == "(" and (closed := text.find(")", found.end(), limit)) >= 0 and not _aside(text, found.end()):
            position = closed + 1
        elif mark == "\n" and _same_paragraph(text, found.end(), limit):
            position = found.end()
        elif mark == "." and not _full_stop(text, found.end(), end):
            position = found.end()
        elif mark in OPENING_QUOTES and (closing := quoted_end(text, found.start(), limit)) is not None:
            position = closing + 1
        else:
            return _trim(text, start, found.start())


def _clause_end(text: str, start: int, end: int) -> int:
    """The first word that no title holds (a purpose, a verb of the sentence), or ``end``."""
    found = _words().strong.search(text, start + 1, end)
    return found.start() if found else end


def _leads_to(text: str, found: re.Match[str], period: re.Match[str]) -> bool:
    """Whether only commas and "và" stand before a period that closes the title, and no new clause is certain."""
    if found.group() not in (",",) and not found.group().isspace():
        return False
    position = found.start()
    while (mark := _BREAK.search(text, position, period.start())) is not None:
        after = mark.end() + (len(mark.group()) == 0)
        if mark.group() == ",":
            begin = _skip_blanks(text, after, period.end())
            if begin < period.start() and (_words().clauses.match(text, begin) or text[begin].isupper()):
                return False
        elif not mark.group().isspace() or _next_document(text, after, period.start()):
            return False
        position = after
    return True


def _goes_on(text: str, position: int, limit: int) -> bool:
    """Whether a title goes on behind its period ("giai đoạn 2021 - 2025 trên địa bàn tỉnh")."""
    begin = _skip_blanks(text, position, limit)
    return begin > position and _words().period_follows.match(text, begin, limit) is not None


def _carries_on(text: str, start: int, position: int, limit: int) -> bool:
    """Whether the words behind a comma still belong to the title."""
    if _COMMA_PERIOD.match(text, position, limit):
        return True
    begin = _skip_blanks(text, position, limit)
    if begin >= limit or text[begin].isdigit():
        return False
    words = _words()
    if words.clauses.match(text, begin, limit) or words.maybe_clauses.match(text, begin, limit):
        return False
    if _next_document(text, begin - 1, limit):
        return False
    if text[begin].isupper() and match_issuer(text, begin, limit):
        return False
    return not _SINGLE_YEAR.search(text, max(start, position - 12), position)


def _next_document(text: str, position: int, limit: int) -> bool:
    """Whether an act, capitalised or numbered, is named at ``position`` behind an optional "và" or "các"."""
    begin = _skip_blanks(text, position, limit)
    for word in ("và", "các"):
        if text[begin : begin + len(word) + 1].lower() == f"{word} ":
            begin = _skip_blanks(text, begin + len(word), limit)
    if begin >= limit:
        return False
    return text[begin].isupper() and type_table().names.match(text, begin, limit) is not None


def _same_paragraph(text: str, position: int, limit: int) -> bool:
    """Whether the line that begins at ``position`` goes on with the sentence of the one before."""
    return position < limit and text[position].islower()


def _aside(text: str, position: int) -> bool:
    """Whether a bracket opens words about the act, not of its title ("sau đây gọi là …", "khóa X")."""
    return (
        re.match(
            r"\s*(?:sau\s+đây|dưới\s+đây|gọi|viết\s+tắt|khóa|khoá|tại|ban\s+hành|kèm|số|nay)\b",
            text[position : position + 20],
            re.I,
        )
        is not None
    )


def _full_stop(text: str, position: int, end: int) -> bool:
    """Whether the stop before ``position`` ends a sentence and is not inside a number or an abbreviation."""
    if position >= end:
        return True
    return not text[position].isalnum()


def _skip_blanks(text: str, position: int, limit: int) -> int:
    while position < limit and text[position].isspace():
        position += 1
    return position


def _trim(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",-–./"):
        end -= 1
    return end
