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
    (?:\s{0,2}(?P<mark>[/\-–])\s{0,2}(?P<year>(?:19|20)\d{2})(?!\w)(?=\s{0,2}/|(?<=/\d{4})))?
    (?P<symbol>(?:\s{0,2}[/\-–.]\s{0,2}[^\W\d_][\w&]{0,20}){1,6})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SPACED = re.compile(
    r"(?P<sequence>\d{1,6}[a-zđ]?)\s(?P<symbol>[A-ZĐ][\wĐđ]{0,5}(?:\s?[/\-–]\s?[A-ZĐ][\w&]{0,20}){1,4})(?!\w)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?P<sequence>\d{1,6})(?P<symbol>[A-ZĐ]{2,5}(?:[/-][A-ZĐ][A-ZĐa-z&]{0,20}){1,4})(?![\w/-])")
_NUMBERED = re.compile(r"(?<!\w)số\s*\Z", re.IGNORECASE)
_UNIT = re.compile(r"\([A-ZĐ]{1,5}\d{0,3}\)")
"""The drafting unit in brackets, run into a symbol: 418/TTr-CAT(PC14)."""
_LATE_YEAR = re.compile(r"\s?/\s?(?P<year>(?:19|20)\d{2})(?![\w/])")
_BARE = re.compile(r"(?P<sequence>\d{1,6}[a-zđ]?)(?![\w%])(?!\s?/\s?\d)(?![.,]\d)(?!\s?[-–]\s?\d)", re.IGNORECASE)
_PART = re.compile(r"(?P<before>\s*)(?P<mark>[/\-–.])(?P<after>\s*)(?P<word>[\w&]+)")
_MARK = re.compile(r"[/\-.]")


@dataclass(frozen=True, slots=True)
class ActNumber:
    """A number at ``start:end``; ``text`` is normalised (no blanks, plain hyphens), otherwise as printed."""

    text: str
    sequence: str
    year: int | None
    symbol: str | None
    start: int
    end: int

    @property
    def type_symbol(self) -> str | None:
        """The part of the symbol that stands for the type, in small letters ("qđ" of QĐ-TTg)."""
        return _MARK.split(self.symbol, maxsplit=1)[0].casefold() if self.symbol else None

    @property
    def issuer_code(self) -> str | None:
        """The part of the symbol that stands for the issuer: "TTg" of QĐ-TTg, "BNV-BTC" of TTLT-BNV-BTC, "STC" of
        STC-HCSN (the last part there is the drafting unit), "QH15" of QH15."""
        parts = _MARK.split(self.symbol) if self.symbol else []
        kind = type_table().by_code.get(parts[0].casefold()) if parts else None
        if kind is None:
            return parts[0] if parts else None
        issuers = parts[1:] if "liên" in kind.label else parts[1:2]
        return "-".join(issuers) or None


def match_full_number(text: str, position: int, end: int) -> ActNumber | None:
    """The number with a symbol that begins at ``position``, or None."""
    found = _NUMBER.match(text, position, end)
    if not found:
        return _match_spaced(text, position, end)
    parts, stop = _symbol_parts(text, found.start("symbol"), found.end("symbol"))
    if not parts:
        return None
    year = int(found["year"]) if found["year"] else None
    late = _LATE_YEAR.match(text, stop, end) if year is None else None
    sequence, symbol = found["sequence"], "".join(parts)
    if symbol.islower():
        symbol = _usual_case(symbol)
    mark = "/" if found["mark"] == "/" else "-"
    number = f"{sequence}{f'{mark}{year}' if year else ''}{symbol}"
    if late:
        year, stop = int(late["year"]), late.end()
        number += f"/{year}"
    if unit := _UNIT.match(text, stop, end):
        number, stop = number + unit.group(), unit.end()
    return ActNumber(number, sequence, year, symbol[1:], found.start(), stop)


def match_bare_number(text: str, position: int, end: int) -> ActNumber | None:
    """The number without a symbol that begins at ``position`` (12, 30a), or None; no date, decimal or range."""
    found = _BARE.match(text, position, end)
    if not found:
        return None
    return ActNumber(found["sequence"], found["sequence"], None, None, found.start(), found.end())


def _match_spaced(text: str, position: int, end: int) -> ActNumber | None:
    """A number whose symbol stands behind a blank ("05 CT/TW", "1141 TC/QĐ/CĐKT"): one part must be a type's."""
    found = _SPACED.match(text, position, end) or _GLUED.match(text, position, end)
    if not found or found["symbol"].islower():
        return None
    symbol = re.sub(r"\s", "", found["symbol"]).replace("–", "-")
    parts = [part.casefold() for part in _MARK.split(symbol)]
    told = _NUMBERED.search(text, max(0, position - 5), position) is not None and symbol.isupper() and "/" in symbol
    if not told and not any(part in type_table().by_code for part in parts):
        return None
    joint = "-" if found.re is _SPACED else ""
    return ActNumber(f"{found['sequence']}{joint}{symbol}", found["sequence"], None, symbol, found.start(), found.end())


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
            if sum(map(str.isupper, word)) < 2:
                break
        elif word.islower() and not parts[0][1:].islower():
            break
        parts.append(("-" if found["mark"] == "–" else found["mark"]) + word)
        stop = found.end()
    return parts, stop


def _usual_case(symbol: str) -> str:
    """A symbol in small letters as it is usually written: /qđ-ttg → /QĐ-TTg."""
    table = type_table()
    marks_and_words = re.split(r"([/\-.])", symbol)
    return "".join(table.usual_case.get(part, part.upper()) for part in marks_and_words)
