"""Quantities a statement sets: number, unit, comparator, and what is measured.

Numbers follow Vietnamese usage: a point groups thousands (7.000), a comma opens decimals (1,5). Years, dates,
periods and numbers of acts carry no unit and so are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kgplan import text as keys
from kgplan.model import Comparator, Indicator
from kgplan.parsing.word_lists import inside_pattern, load, phrase_pattern

WINDOW = 200
"""How far before a number its name is looked for, in characters."""

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[,.]\d{1,2}(?!\d)|,\d+)?"
_QUARTER_YEAR = re.compile(r"(?<!\w)(?:(?:đến|tới|trong|từ)\s+)?(?:hết\s+|cuối\s+)?năm\s+\d{4}\s*,?", re.IGNORECASE)
_BREAK = re.compile(r"[;:.,]\s|\n")
_BRACKETS = re.compile(r"\([^()\n]{0,80}\)")
_FIELD = re.compile(r"(?:về\s+)?(?P<field>[^;:.,()]{2,60}?)\s+(?:có|gồm|là)\s+$", re.IGNORECASE)
_SUBJECT_STOP = re.compile(r"[;.()\n]|,\s|\s(?=(?:trở\s+lên|nhằm|để|và\s+\d))")


@dataclass(frozen=True, slots=True)
class _Words:
    quantity: re.Pattern[str]
    counts: re.Pattern[str]
    comparators: list[tuple[re.Pattern[str], Comparator]]
    after: list[tuple[re.Pattern[str], Comparator]]
    value_end: re.Pattern[str]
    lead_in: re.Pattern[str]
    excluded: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = load("units")

    def body(name: str) -> str:
        return phrase_pattern(raw[name]).pattern

    units = rf"(?:%|{phrase_pattern([u for u in raw['measures'] if u != '%'] + raw['counts']).pattern})"
    per = rf"(?:\s?/\s?{body('per')}){{0,2}}"
    quantity = (
        rf"(?<![\w/.,\-–])(?P<low>{_NUMBER})\s?(?P<first>%)?(?:\s?(?:[-–]|đến|tới)\s?(?P<high>{_NUMBER}))?\s?(?:\([^()]{{1,40}}\)\s?)?"
        rf"(?P<unit>{units}){per}"
    )

    def ends(*names: str) -> re.Pattern[str]:
        return re.compile(
            rf"(?<!\w)(?:{'|'.join(body(name) for name in names)})\s*(?:khoảng\s+|mức\s+)?$", re.IGNORECASE
        )

    before: list[tuple[str, Comparator]] = [
        ("at_most", "<="),
        ("more", ">"),
        ("less", "<"),
        ("increase", "increase"),
        ("decrease", "decrease"),
    ]
    least = [word for word in raw["at_least"] if word != "từ"]
    at_least = re.compile(rf"(?<!\w){phrase_pattern(least).pattern}\s*$", re.IGNORECASE)
    return _Words(
        quantity=re.compile(quantity, re.IGNORECASE),
        counts=phrase_pattern(raw["counts"]),
        comparators=[(at_least, ">="), *((ends(name), sign) for name, sign in before)],
        after=[(phrase_pattern(raw["at_least_after"]), ">="), (phrase_pattern(raw["at_most_after"]), "<=")],
        value_end=ends("value_verbs", "increase", "decrease"),
        lead_in=re.compile(rf"\s*{body('lead_ins')}\s+", re.IGNORECASE),
        excluded=inside_pattern(raw["excluded"]),
    )


def find_indicators(text: str, start: int, end: int, *, year: int | None) -> tuple[Indicator, ...]:
    """The quantities in ``text[start:end]``, in order; ``year`` is the period they hold for when none is said."""
    found: list[Indicator] = []
    behind = start
    for match in _words().quantity.finditer(text, start, end):
        indicator = _indicator(text, behind, end, match, year)
        behind = match.end()
        if indicator:
            found.append(indicator)
    return tuple(found)


def parse_number(digits: str) -> float:
    """The value of a number in Vietnamese notation.

    >>> parse_number("7.000"), parse_number("1,5"), parse_number("1.650,5")
    (7000.0, 1.5, 1650.5)
    """
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    return float(digits.replace(",", "."))


def _indicator(text: str, behind: int, end: int, match: re.Match[str], year: int | None) -> Indicator | None:
    words = _words()
    unit = " ".join(match["unit"].split())
    tail = " ".join(text[match.end("unit") : match.end()].split())
    if match["first"] and not match["high"]:
        unit, tail = "%", tail
    begin = _clause_start(text, max(behind, match.start() - WINDOW), match.start())
    clause = text[begin : match.start()]
    comparator = _comparator(text, match, end, clause)
    named = words.value_end.search(clause)
    if words.counts.fullmatch(keys.nfc(unit)) and comparator == "=" and not named:
        return None
    name = _name(text, end, match, clause, unit)
    if not name:
        return None
    field = _FIELD.search(clause) if unit == "chỉ tiêu" else None
    return Indicator(
        name=name,
        value=parse_number(match["low"]),
        unit=unit + tail,
        comparator=comparator,
        start=match.start(),
        end=match.end(),
        value_max=parse_number(match["high"]) if match["high"] else None,
        field=_strip_about(field["field"]) if field and not words.excluded.search(clause) else None,
        period=str(year) if year else None,
    )


def _clause_start(text: str, start: int, position: int) -> int:
    """Where the clause before a number begins: behind the last mark that is not inside brackets."""
    begin = start
    closed = [(m.start(), m.end()) for m in _BRACKETS.finditer(text, start, position)]
    for found in _BREAK.finditer(text, start, position):
        if not any(first < found.start() < last for first, last in closed):
            begin = found.end()
    opened = text.rfind("(", begin, position)
    if opened >= 0 and not any(first == opened for first, _ in closed):
        begin = opened + 1
    return begin


def _comparator(text: str, match: re.Match[str], end: int, clause: str) -> Comparator:
    words = _words()
    position = match.end()
    while position < end and text[position] == " ":
        position += 1
    for pattern, sign in words.after:
        if pattern.match(text, position, end):
            return sign
    if match["high"]:
        return "range"
    for pattern, sign in words.comparators:
        if pattern.search(clause):
            return sign
    return "="


def _name(text: str, end: int, match: re.Match[str], clause: str, unit: str) -> str:
    """What is measured: the words before the value's verb, or, without such words, those behind the unit."""
    words = _words()
    excluded = " (không bao gồm)" if words.excluded.search(clause) else ""
    if unit == "chỉ tiêu":
        field = _FIELD.search(clause)
        if field and not excluded:
            return f"chỉ tiêu về {_strip_about(field['field'])}"
        return f"{unit} {_subject_behind(text, match.end(), end)}".strip() + excluded
    named = clause
    verbs = words.value_end.search(named)
    while (found := words.value_end.search(named)) is not None:
        named = named[: found.start()]
    named = _QUARTER_YEAR.sub(" ", named)
    while (lead := words.lead_in.match(named)) is not None:
        named = named[lead.end() :]
    named = " ".join(named.split()).strip(" -–+•*,:")
    behind = _subject_behind(text, match.end(), end)
    if verbs and named:
        return named
    return behind or named


def _subject_behind(text: str, position: int, end: int) -> str:
    found = _SUBJECT_STOP.search(text, position, min(end, position + WINDOW))
    stop = found.start() if found else min(end, position + WINDOW)
    return " ".join(text[position:stop].split()).strip(" ,-–")


def _strip_about(words: str) -> str:
    return re.sub(r"^(?:(?:và|gồm|trong đó)\s+)?(?:về\s+)?", "", " ".join(words.split()), flags=re.IGNORECASE)
