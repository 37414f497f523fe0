"""Numbers of acts: 37/2021/QH15, 22-KH/TU, 223/KH-UBND, 08/2005/TTLT-BNV-BTC, 297 - CT, bare 12.

The grammar follows Decree 30/2020/NĐ-CP (state papers), the Law on the Promulgation of Legal Documents
(year between number and symbol) and the party's practice (number, dash, type, slash, body).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kgplan.parsing.document_types import type_table

_NUMBER = re.compile(
    r"""
    (?P<sequence>\d{1,6}[a-zđ]?)
    (?:\s{0,2}/\s{0,2}(?P<year>(?:19|20)\d{2})(?!\w))?
    (?P<symbol>(?:\s{0,2}[/\-–.]\s{0,2}[^\W\d_][\w&]{0,20}){1,6})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LATE_YEAR = re.compile(r"\s?/\s?(?P<year>(?:19|20)\d{2})(?![\w/])")
_BARE = re.compile(r"(?P<sequence>\d{1,6}[a-zđ]?)(?![\w%])(?!\s?[/.,]\s?\d)(?!\s?[-–]\s?\d)", re.IGNORECASE)
_PART = re.compile(r"(?P<before>\s*)(?P<mark>[/\-–.])(?P<after>\s*)(?P<word>[\w&]+)")


@dataclass(frozen=True, slots=True)
class ActNumber:
    """A number at ``start:end``; ``text`` is normalised (no blanks, plain hyphens), otherwise as printed."""

    text: str
    sequence: str
    year: int | None
    symbol: str | None
    start: int
    end: int


def match_full_number(text: str, position: int, end: int) -> ActNumber | None:
    """The number with a symbol that begins at ``position``, or None."""
    found = _NUMBER.match(text, position, end)
    if not found:
        return None
    parts, stop = _symbol_parts(text, found.start("symbol"), found.end("symbol"))
    if not parts:
        return None
    symbol = "".join(parts)[1:]
    year = int(found["year"]) if found["year"] else None
    number = found["sequence"] + (f"/{year}" if year else "") + "".join(parts)
    late = _LATE_YEAR.match(text, stop, end) if year is None else None
    if late:
        year, stop = int(late["year"]), late.end()
        number += f"/{year}"
    if number == number.lower():
        number, symbol = number.upper(), symbol.upper()
    return ActNumber(number, found["sequence"], year, symbol, found.start(), stop)


def match_bare_number(text: str, position: int, end: int) -> ActNumber | None:
    """The number without a symbol that begins at ``position`` (12, 30a), or None; no date, no decimal, no range."""
    found = _BARE.match(text, position, end)
    if not found:
        return None
    return ActNumber(found["sequence"], found["sequence"], None, None, found.start(), found.end())


def _symbol_parts(text: str, start: int, end: int) -> tuple[list[str], int]:
    """The symbol's parts, each with the mark before it, and where they stop.

    A part after a blank must be in capitals; a symbol in small letters must open with a known abbreviation.
    """
    parts: list[str] = []
    stop = start
    table = type_table()
    for found in _PART.finditer(text, start, end):
        word, spaced = found["word"], bool(found["before"] or found["after"])
        known = word.casefold() in table.by_code
        if not parts:
            if word.islower() and not known:
                break
            if spaced and not (known and not word.islower()) and not (word.isupper() and found["mark"] == "/"):
                break
        elif found["mark"] == "." or spaced:
            if not word.isupper():
                break
        elif word.islower() and not parts[0][1:].islower():
            break
        parts.append(("-" if found["mark"] == "–" else found["mark"]) + word)
        stop = found.end()
    return parts, stop
