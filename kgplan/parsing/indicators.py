"""Quantities a statement sets: number, unit, comparator, and what is measured.

Numbers follow Vietnamese usage: a point groups thousands (7.000), a comma opens decimals (1,5). Years, dates,
periods and numbers of acts carry no unit and so are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kgplan.model import Comparator, Indicator
from kgplan.parsing.word_lists import inside_pattern, load, phrase_pattern

WINDOW = 200
"""How far before and behind a number its name is looked for, in characters."""

TARGET_UNIT = "chỉ tiêu"
"""The unit that counts targets; its name says of which field they are."""

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[,.]\d{1,2}(?!\d)|,\d+)?"
_YEAR_SPAN = re.compile(r"(?<!\w)(?:(?:đến|tới|trong|từ)\s+)?(?:hết\s+|cuối\s+)?năm\s+\d{4}\s*,?", re.IGNORECASE)
_BREAK = re.compile(r"[;:.,]\s|\n")
_BRACKETS = re.compile(r"\([^()\n]{0,80}\)")
_LIST_ITEM = re.compile(r"(?:[^\s,;:.()\d]+\s){0,3}[^\s,;:.()\d]+,\s\Z")
_LABEL = re.compile(r"(?P<label>[^;:.\n]{2,120}):\s*\Z")
_FIELD = re.compile(r"(?:về\s+)?(?P<field>[^;:.,()]{2,60}?)\s+(?:có|gồm|là)\s+\Z", re.IGNORECASE)
_LEADING_LINK = re.compile(r"^(?:(?:và|gồm|trong đó)\s+)?(?:về\s+)?", re.IGNORECASE)
_ON = re.compile(r"\strên\s*\Z", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)từ\s*\Z", re.IGNORECASE)
_MEASURED_ON = r"[^;:.,\n\d]{0,60}?(?<!\w)"
"""What stands between a share and "trở lên" ("từ 95% kế hoạch vốn trở lên")."""
_SUBJECT_STOP = re.compile(r"[;.()\n]|,\s|\s(?=(?:trở\s+lên|nhằm|để|theo|và\s+\d))")


@dataclass(frozen=True, slots=True)
class _Words:
    quantity: re.Pattern[str]
    counts: re.Pattern[str]
    comparators: list[tuple[re.Pattern[str], Comparator]]
    after: list[tuple[re.Pattern[str], Comparator]]
    further_after: list[tuple[re.Pattern[str], Comparator]]
    value_end: re.Pattern[str]
    only_verbs: re.Pattern[str]
    lead_in: re.Pattern[str]
    excluded: re.Pattern[str]
    new: re.Pattern[str]
    carriers: re.Pattern[str]
    measured: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = load("units")

    def body(*names: str) -> str:
        return phrase_pattern([word for name in names for word in raw[name]]).pattern

    def ends(*names: str) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){body(*names)}\s*(?:khoảng\s+|mức\s+)?\Z", re.IGNORECASE)

    units = rf"(?:%|{phrase_pattern([u for u in (*raw['measures'], *raw['counts']) if u != '%']).pattern})"
    per = rf"(?:\s?/\s?{body('per')}){{0,2}}"
    quantity = (
        rf"(?<![\w/.,\-–])(?P<low>{_NUMBER})(?:\s?%?\s?(?:[-–]|đến|tới)\s?(?P<high>{_NUMBER}))?\s?(?:\([^()]{{1,40}}\)\s?)?"
        rf"(?P<unit>{units})(?P<per>{per})"
    )
    least = phrase_pattern([word for word in raw["at_least"] if word != "từ"]).pattern
    signs: list[tuple[str, Comparator]] = [
        ("at_most", "<="),
        ("more", ">"),
        ("less", "<"),
        ("increase", "increase"),
        ("decrease", "decrease"),
    ]
    after: list[tuple[re.Pattern[str], Comparator]] = [
        (phrase_pattern(raw["at_least_after"]), ">="),
        (phrase_pattern(raw["at_most_after"]), "<="),
    ]
    return _Words(
        quantity=re.compile(quantity, re.IGNORECASE),
        counts=phrase_pattern(raw["counts"]),
        comparators=[
            (re.compile(rf"(?<!\w){least}\s*\Z", re.IGNORECASE), ">="),
            *((ends(name), sign) for name, sign in signs),
        ],
        after=after,
        further_after=[(re.compile(_MEASURED_ON + said.pattern, re.IGNORECASE), sign) for said, sign in after],
        value_end=ends("value_verbs", "increase", "decrease"),
        only_verbs=re.compile(
            rf"(?>{body('value_verbs', 'increase', 'decrease', 'action_verbs')}\s*)*+", re.IGNORECASE
        ),
        lead_in=re.compile(rf"\s*{body('lead_ins')},?\s+", re.IGNORECASE),
        excluded=inside_pattern(raw["excluded"]),
        new=re.compile(rf"(?<!\w){body('new')}\Z", re.IGNORECASE),
        carriers=phrase_pattern(raw["carriers"]),
        measured=re.compile(rf"\W*{body('measured')}", re.IGNORECASE),
    )


def find_indicators(text: str, start: int, end: int, *, year: int | None) -> tuple[Indicator, ...]:
    """The quantities in ``text[start:end]``, in order; ``year`` is the period they hold for when none is said."""
    found: list[Indicator] = []
    behind = start
    for match in _words().quantity.finditer(text, start, end):
        indicator = _indicator(text, behind, end, match, year, found[-1].name if found else None)
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


def _indicator(
    text: str, behind: int, end: int, match: re.Match[str], year: int | None, previous: str | None
) -> Indicator | None:
    words = _words()
    unit = " ".join(match["unit"].split())
    clause = _clause_before(text, max(behind, match.start() - WINDOW), match.start())
    comparator = _comparator(text, match, end, clause)
    counted = words.counts.fullmatch(unit) is not None
    if counted and comparator == "=" and not words.value_end.search(clause) and not words.only_verbs.fullmatch(clause):
        return None
    if comparator == ">" and words.carriers.fullmatch(unit) and _lies_on(clause):
        return None
    excluded = words.excluded.search(clause) is not None
    field = _FIELD.search(clause) if unit == TARGET_UNIT and not excluded else None
    if field:
        name = f"{TARGET_UNIT} về {_subject(field['field'])}"
    elif unit == TARGET_UNIT:
        name = f"{unit} {_subject_behind(text, match.end(), end)}".strip() + (" (không bao gồm)" if excluded else "")
    else:
        label = _LABEL.search(text, max(behind, match.start() - WINDOW), match.start() - len(clause))
        name = _name(text, end, match, clause, unit if counted else "")
        name = name or (_subject(label["label"]) if label else "") or previous or unit
    return Indicator(
        name=name,
        value=parse_number(match["low"]),
        unit=unit + "".join(match["per"].split(" ")),
        comparator=comparator,
        start=match.start(),
        end=match.end(),
        value_max=parse_number(match["high"]) if match["high"] else None,
        field=_subject(field["field"]) if field else None,
        period=str(year) if year else None,
    )


def _clause_before(text: str, start: int, position: int) -> str:
    """The clause before a number: from the last mark that is not in brackets, a short list before it included."""
    closed = [found.span() for found in _BRACKETS.finditer(text, start, position)]
    begins = [start]
    begins += [
        found.end()
        for found in _BREAK.finditer(text, start, position)
        if not any(first < found.start() < last for first, last in closed)
    ]
    begin = begins.pop()
    while begins and text[begin - 2] == "," and begin < position and _goes_on(text, begins[-1], begin):
        begin = begins.pop()
    opened = text.rfind("(", begin, position)
    if opened >= 0 and not any(first == opened for first, _ in closed):
        begin = opened + 1
    return text[begin:position]


def _goes_on(text: str, start: int, comma: int) -> bool:
    """Whether what ends at a comma belongs to the words behind it: a short list, or what is measured, as in "Tỷ lệ lao
    động có bằng cấp, chứng chỉ"."""
    measured = _words().measured
    if measured.match(text, comma):
        return False
    if _LIST_ITEM.fullmatch(text, start, comma):
        return True
    return measured.match(text, start, comma) is not None and not any(map(str.isdigit, text[start:comma]))


def _lies_on(clause: str) -> bool:
    """Whether "trên" before a number says where something is done ("thay xe buýt trên 20 tuyến"), not how many."""
    words = _words()
    on = _ON.search(clause)
    if on is None:
        return False
    before = clause[: on.start()].strip()
    told = words.value_end.search(before) or words.only_verbs.fullmatch(before) or words.measured.match(before)
    return told is None


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
    if _FROM.search(clause):
        for pattern, sign in words.further_after:
            if pattern.match(text, position, end):
                return sign
    return next((sign for pattern, sign in words.comparators if pattern.search(clause)), "=")


def _name(text: str, end: int, match: re.Match[str], clause: str, counted: str) -> str:
    """What is measured: the words before the value's verb, or, without such words, those behind the unit."""
    words = _words()
    named = clause
    while (found := words.value_end.search(named)) is not None and not words.only_verbs.fullmatch(named.strip()):
        named = named[: found.start()]
    named = "" if words.only_verbs.fullmatch(named.strip()) else _YEAR_SPAN.sub(" ", named)
    while (lead := words.lead_in.match(named)) is not None:
        named = named[lead.end() :]
    named = _subject(named)
    behind = f"{counted} {_subject_behind(text, match.end(), end)}".strip()
    if named and counted and words.new.search(named):
        return f"{named} {behind}"
    if named and (words.value_end.search(clause) or not behind):
        return named
    return behind or named


def _subject_behind(text: str, position: int, end: int) -> str:
    found = _SUBJECT_STOP.search(text, position, min(end, position + WINDOW))
    stop = found.start() if found else min(end, position + WINDOW)
    return " ".join(text[position:stop].split()).strip(" ,-–/")


def _subject(words: str) -> str:
    return _LEADING_LINK.sub("", " ".join(words.split()).strip(" -–+•*,:"))
