"""What a plan says of itself at its head: title, type, number, issuer, date, year, jurisdiction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kgplan.model import Agency
from kgplan.parsing.document_numbers import match_full_number
from kgplan.parsing.document_types import type_table
from kgplan.parsing.formal import formal_part
from kgplan.parsing.issuers import match_issuer
from kgplan.parsing.labels import heading_words
from kgplan.parsing.level import level
from kgplan.parsing.registry import CENTRAL, Registry
from kgplan.text import slugify

Span = tuple[int, int]

_HEAD = 4000
"""How many characters of a text may hold its head."""
_NUMBER = re.compile(r"(?:^|\n|\|)\s*Số\s*:?\s*", re.IGNORECASE)
_DATE = re.compile(
    r"(?:^|\n|\|)[^,\n|]{2,40},\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\s*(?:$|\n|\|)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!đến )năm\s+((?:19|20)\d{2})(?!\s*-\s*\d)", re.IGNORECASE)
_DAY = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}", re.IGNORECASE)
_ANY_YEAR = re.compile(r"(?:(?<!đến )\bnăm |/)((?:19|20)\d{2})(?!\d)")
_LAW = re.compile(r"(?:^|\n)\s*căn cứ (?:bộ luật|luật|pháp lệnh|hiến pháp)[^\n]*", re.IGNORECASE)
_MINISTRY = re.compile(r"(?<!cán )(?<!toàn )(?:bộ trưởng|thứ trưởng|lãnh đạo bộ|của bộ)(?!\w)")
_OFFICE = re.compile(r"^(?:Bộ trưởng|Chủ tịch|Tổng cục trưởng|Cục trưởng|Giám đốc|Thống đốc)\s+", re.IGNORECASE)
_ISSUING = (
    "ministry",
    "ministerial_agency",
    "government",
    "government_agency",
    "legislature",
    "general_department",
    "party",
    "audit",
)
_SUBJECT = re.compile(r"\(?\s*v\s?/\s?v\s", re.IGNORECASE)
"""How the subject of an official letter, which has no other title, begins."""
_LETTER = "Công văn"
_LONGEST_LINE = 120
_LANGUAGE = re.compile(r"\.(?:vi|vn|en)$")
_ISSUED = re.compile(r"\(?\s*(?:ban hành|kèm) (?:kèm )?theo", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The head of a document; ``title_spans`` are the paragraphs that make the title.

    A document without a title is called by its first line.
    """

    title: str
    title_spans: tuple[Span, ...]
    type: str | None
    number: str | None
    issuer: str | None
    date: str | None
    year: int | None


def read_metadata(text: str, preamble: Sequence[Span], body: int) -> Metadata:
    """The metadata that the unlabelled paragraphs before the outline (which begins at ``body``) give."""
    head = text[: min(_HEAD, body)] if body else text[:_HEAD]
    date = _date(head)
    number, symbol = _number(head)
    kind, spans, alone = _title(text, preamble, body)
    title = " ".join(" ".join(text[a:b].split()) for a, b in spans).rstrip(":")
    if kind is None and symbol is not None:
        named = type_table().of_symbol(symbol)
        kind = named.label if named else None
    if title.isupper():
        title = title.capitalize()
    if alone and kind is not None and not level(title).startswith(level(kind)):
        title = f"{kind} {title}".strip()
    shown = title or " ".join(text.strip().partition("\n")[0].split())[:_LONGEST_LINE]
    return Metadata(shown, spans, kind, number, _issuer(head), date, _year(title, date, head))


def _title(text: str, preamble: Sequence[Span], body: int) -> tuple[str | None, tuple[Span, ...], bool]:
    """The type printed on a line of its own with the lines behind it (then True), or the first paragraph."""
    bases = tuple(heading_words()["legal_bases"])
    lines = [s for s in preamble if s[0] < (body or len(text))]
    for index, (start, end) in enumerate(lines):
        words = text[start:end].strip(" .:")
        if not words.isupper() or len(words) > 40:
            continue
        match = type_table().names.match(words)
        if match is None or (match.end() < len(words) and not words[match.end() :].lstrip().startswith("CỦA ")):
            continue
        chosen: list[Span] = []
        for a, b in lines[index + 1 :]:
            low = level(text[a:b])
            if not chosen and low.startswith("của ") and text[a:b].isupper():
                continue
            if (
                (chosen and low.startswith(bases))
                or (text[a:b].isupper() and _issuing(text[a:b]) is not None)
                or _ISSUED.match(text, a)
                or text[b - 1] in ".;:"
                or formal_part(text, a, b, opened=False)
            ):
                break
            chosen.append((a, b))
            if len(chosen) == 4 or b - a > 250:
                break
        return type_table().named(match.group()).label, tuple(chosen) or ((start, end),), True
    for start, end in lines:
        if _SUBJECT.match(text, start, end):
            return _LETTER, ((start, end),), True
    for start, end in lines:
        if formal_part(text, start, end, opened=False) is None:
            match = type_table().names.search(text, start, min(end, start + 60))
            kind = type_table().named(match.group()).label if match else None
            return kind, ((start, end),), False
    return None, (), False


def _number(head: str) -> tuple[str | None, str | None]:
    for mark in _NUMBER.finditer(head):
        found = match_full_number(head, mark.end(), len(head))
        if found is not None:
            return found.text, found.symbol
    return None, None


def _issuer(head: str) -> str | None:
    """The body named in the letterhead: the last line of it that names one, its name possibly on two lines."""
    found = None
    for line in re.finditer(r"[^\n|]+(?:\n(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN)(?!\s+(?:ỦY|UỶ))[^\n|]*)?", head):
        found = _issuing(line.group()) or found
    return found


def _in_a_province(registry: Registry, name: str) -> Agency | None:
    """What ``name`` means in a province, whichever: the agencies that every province has are called alike."""
    return registry.resolve(name, next(iter(registry.jurisdictions)))


def _issuing(line: str) -> str | None:
    """The body that a line names, or the body of the office it names, and nothing else."""
    words = line.strip()
    if len(words) > 80:
        return None
    plain = _small(" ".join(words.split()).title())
    issuer = match_issuer(plain, 0, len(plain), joint=" - " in plain)
    if issuer is None or issuer.end < len(plain) - 1:
        return None
    name = _OFFICE.sub("", issuer.name)
    registry = Registry.load()
    known = registry.resolve(name, CENTRAL)
    if known is None or known.kind not in _ISSUING:
        local = _in_a_province(registry, name)
        return local.name if local is not None and local.name.casefold() == name.casefold() else name
    place = registry.jurisdictions.get(known.jurisdiction)
    return f"{known.name} {place.name}" if place else known.name


def _small(name: str) -> str:
    """A title-cased name with its small words small."""
    return re.sub(r"(?<=\s)(?:Và|Tỉnh|Thành Phố|Huyện|Quận|Trung Ương)(?=\s|$)", lambda m: m.group().lower(), name)


def _date(head: str) -> str | None:
    match = _DATE.search(head)
    if match is None:
        return None
    day, month, year = (int(g) for g in match.groups())
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _year(title: str, date: str | None, head: str) -> int | None:
    """The latest year the title names outside the dates of acts, else that of the date, else the latest a cited act
    at the head bears."""
    named = [int(y) for y in _YEAR.findall(_DAY.sub("", title))]
    if named:
        return max(named)
    if date is not None:
        return int(date[:4])
    years = [int(y) for y in _ANY_YEAR.findall(_LAW.sub("", head))]
    return max(years, default=None)


def plan_id(source_name: str | None, title: str) -> str:
    """The slug of the file's name without folders, extension and language suffix, else of the title."""
    if source_name:
        stem = re.split(r"[/\\]", source_name)[-1]
        stem = re.sub(r"\.(?:txt|html?|docx?|pdf|md)$", "", stem, flags=re.IGNORECASE)
        slug = slugify(_LANGUAGE.sub("", stem))
        if slug:
            return slug
    return "-".join(slugify(title).split("-")[:12]) or "plan"


def infer_jurisdiction(text: str, title: str, issuer: str | None) -> str:
    """The province that the text is about: the one it names most, if it names it often; else "vn".

    A text issued by a central body, or titled after a ministry, is of no province.
    """
    registry = Registry.load()
    if _MINISTRY.search(level(title)):
        return CENTRAL
    if issuer is not None:
        one = match_issuer(issuer, 0, len(issuer))
        known = registry.resolve(one.name if one else issuer, CENTRAL)
        if known is not None and known.jurisdiction != CENTRAL:
            return known.jurisdiction
        if (
            known is not None
            and known.jurisdiction == CENTRAL
            and known.kind not in ("peoples_committee", "collective")
        ):
            generic = _in_a_province(registry, issuer)
            if generic is not None and generic.jurisdiction == CENTRAL:
                return CENTRAL
    places = registry.places()
    names = "|".join(re.escape(n) for n in sorted(places, key=len, reverse=True))
    counts: Counter[str] = Counter()
    low = level(text)
    for match in re.finditer(
        rf"(?<!\w)(?P<rank>(?:tỉnh|thành phố|tp\.?|ủy|ubnd|hđnd)\s+)?(?P<name>{names})(?!\w)", low
    ):
        if text[match.start("name")].isupper() or match.start() < 500:
            counts[places[match["name"]].id] += 2 if match["rank"] else 1
            if match.start() < 500:
                counts[places[match["name"]].id] += 2
    if not counts:
        return CENTRAL
    best, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return best if count >= 3 and count * 2 > sum(counts.values()) else CENTRAL
