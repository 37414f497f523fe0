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


_SIGN = re.compile(r"\s+số\s+(?=\d{1,6}[a-zđ]?\s?[/\-–])", re.IGNORECASE)
_SENDING = re.compile(
    r"(?<!chương)(?<!quy)(?<!công)(?<!tờ)(?<!lộ)(?<!giáo)\s+(?:trình|gửi|báo\s+cáo|giao|đề\s+nghị)\s+(?=\w)",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\s+theo(?=\s)", re.IGNORECASE)
_ASIDE = re.compile(r"\s*(?:sau\s+đây|dưới\s+đây|từ\s+đây|gọi|viết\s+tắt|ban\s+hành|kèm|số)\b", re.IGNORECASE)
_SHORT = re.compile(r"(?<!\w)(?:TP|Tp|TX|TT|Q|P|H|v)\.\Z")


@dataclass(frozen=True, slots=True)
class _Words:
    openers: re.Pattern[str]
    about: re.Pattern[str]
    strong: re.Pattern[str]
    titled: re.Pattern[str]
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
        titled=inside_pattern([*raw["strong_stops"], *raw["titled_stops"]]),
        clauses=phrase_pattern(raw["clause_starts"]),
        maybe_clauses=phrase_pattern(raw["maybe_clause_starts"]),
        period_follows=phrase_pattern(raw["period_follows"]),
    )


@lru_cache(maxsize=1)
def _type_before() -> re.Pattern[str]:
    return re.compile(rf"{type_table().names.pattern}\Z", re.IGNORECASE)


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


def has_period(words: str) -> bool:
    """Whether ``words`` hold a span of years or a single year ("giai đoạn 2021 - 2025", "năm 2023")."""
    return _PERIOD.search(words) is not None or _SINGLE_YEAR.search(words) is not None


def title_end(text: str, start: int, end: int, *, numbered: bool = False) -> int:
    """Where the running title that begins at ``start`` ends (exclusive, no white space or comma at the end).

    The title of a ``numbered`` act is read further: commas and passives are more often its own.
    """
    limit = _clause_end(text, start, min(end, start + MAX_TITLE), numbered)
    position = start
    while True:
        period = _PERIOD.search(text, position, limit)
        found = _BREAK.search(text, position, limit)
        if period and (found is None or period.start() <= found.start() or _leads_to(text, found, period)):
            if not _goes_on(text, period.end(), limit):
                return period.end()
            position = period.end()
        elif found is None:
            return _trim(text, start, limit)
        else:
            step = _beyond(text, start, found, limit, end, numbered)
            if step is None:
                return _trim(text, start, found.start())
            position = step


def _beyond(text: str, start: int, found: re.Match[str], limit: int, end: int, numbered: bool) -> int | None:
    """Where reading goes on behind a mark inside a title, or None when the mark ends it."""
    mark, behind = found.group(), found.end()
    if mark == "\n":
        return behind if behind < limit and text[behind].islower() else None
    if mark.isspace():
        if _next_document(text, behind, limit) or (not numbered and _issued(text, start, found.start())):
            return None
        return behind + len("và")
    if mark == ",":
        return behind if _carries_on(text, start, behind, limit, numbered) else None
    if mark == "(":
        closed = text.find(")", behind, limit)
        return closed + 1 if closed >= 0 and not _aside(text, behind, limit) else None
    if mark == ".":
        return None if _full_stop(text, behind, end) else behind
    if mark in OPENING_QUOTES:
        closing = quoted_end(text, found.start(), limit)
        return closing + 1 if closing is not None else None
    return None


def _issued(text: str, start: int, position: int) -> bool:
    """Whether the title before ``position`` ends with its issuer ("của Thủ tướng Chính phủ")."""
    of = text.rfind(" của ", start, position)
    issuer = match_issuer(text, of + len(" của "), position) if of >= 0 else None
    return issuer is not None and issuer.end == position


def _clause_end(text: str, start: int, end: int, numbered: bool) -> int:
    """The first word that no title holds (a purpose, a verb of the sentence), or ``end``."""
    words = _words()
    found = (words.strong if numbered else words.titled).search(text, start + 1, end)
    stop = found.start() if found else end
    if numbered:
        return stop
    for sign in _SIGN.finditer(text, start, stop):
        if not _type_before().search(text, max(start, sign.start() - 40), sign.start()):
            return sign.start()
    for sending in _SENDING.finditer(text, start, stop):
        if match_issuer(text, sending.end(), end):
            return sending.start()
    for source in _ACCORDING.finditer(text, start, stop):
        if _next_document(text, source.end(), stop):
            return source.start()
    return stop


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


def goes_on(title: str, position: int) -> bool:
    """Whether the words behind ``position`` make another title: a period, or a place or field."""
    begin = position + (title[position : position + 1] == ",")
    return _COMMA_PERIOD.match(title, begin) is not None or _goes_on(title, position, len(title))


def _goes_on(text: str, position: int, limit: int) -> bool:
    """Whether a title goes on behind its period ("giai đoạn 2021 - 2025 trên địa bàn tỉnh")."""
    begin = _skip_blanks(text, position, limit)
    return begin > position and _words().period_follows.match(text, begin, limit) is not None


def _carries_on(text: str, start: int, position: int, limit: int, numbered: bool) -> bool:
    """Whether the words behind a comma still belong to the title."""
    if _COMMA_PERIOD.match(text, position, limit):
        return True
    begin = _skip_blanks(text, position, limit)
    if begin >= limit or text[begin].isdigit():
        return False
    words = _words()
    if words.clauses.match(text, begin, limit) or (not numbered and words.maybe_clauses.match(text, begin, limit)):
        return False
    if _next_document(text, begin - 1, limit):
        return False
    if text[begin].isupper() and match_issuer(text, begin, limit):
        return False
    return not _SINGLE_YEAR.search(text, max(start, position - 12), position)


def _next_document(text: str, position: int, limit: int) -> bool:
    """Whether an act, capitalised or numbered, is named at ``position`` behind an optional "và" or "các"."""
    begin = _skip_blanks(text, position, limit)
    plural = False
    for word in ("và", "các"):
        if text[begin : begin + len(word) + 1].lower() == f"{word} ":
            begin = _skip_blanks(text, begin + len(word), limit)
            plural = word == "các"
    if begin >= limit:
        return False
    return (plural or text[begin].isupper()) and type_table().names.match(text, begin, limit) is not None


def _aside(text: str, position: int, limit: int) -> bool:
    """Whether a bracket holds words about the act and not of its title ("sau đây gọi là …", "Đề án 30")."""
    return _ASIDE.match(text, position, limit) is not None or _next_document(text, position, limit)


def _full_stop(text: str, position: int, end: int) -> bool:
    """Whether the stop before ``position`` ends a sentence and is not inside a number or an abbreviation."""
    if position >= end or not text[position].isalnum():
        return _SHORT.search(text, max(0, position - 4), position) is None
    return not (text[position - 2 : position - 1].isdigit() and text[position].isdigit()) and (
        _SHORT.search(text, max(0, position - 4), position) is None
    )


def _skip_blanks(text: str, position: int, limit: int) -> int:
    while position < limit and text[position].isspace():
        position += 1
    return position


def _trim(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",-–./"):
        end -= 1
    return end
