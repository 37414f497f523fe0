"""Persons named in a statement, with the office that stands before or behind the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kgplan import text as keys
from kgplan.model import Person, Statement
from kgplan.parsing.issuers import Issuer, match_issuer
from kgplan.parsing.registry import Registry
from kgplan.parsing.word_lists import load, phrase_pattern
from kgplan.text import slugify

_SYLLABLE = r"[^\W\d_]+(?:'[^\W\d_]+)?"
_NAME_LINE = re.compile(rf"\s*(?P<name>{_SYLLABLE}(?:[ \u00a0]{_SYLLABLE}){{1,4}})[\s./]*")
_CAPITAL = r"[^\W\d_a-zà-ỹđ][^\W\d_]*"
_CAPITALS = re.compile(rf"(?<![^\W\d_]){_CAPITAL}(?:[ \u00a0]{_CAPITAL})*[ \u00a0]?\Z")
_BLANKS = re.compile(r"\s+")
_BLANKS_TO_END = re.compile(r"\s*\Z")
_NUMERAL = re.compile(r"(?<!\w)[IVXLC]+(?!\w)")
_APPOSITION = re.compile(r"\s?[,-–]\s+")


@dataclass(frozen=True, slots=True)
class _Words:
    office: re.Pattern[str]
    title: re.Pattern[str]
    surnames: frozenset[str]
    historic: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = load("offices")
    return _Words(
        office=re.compile(rf"(?<!\w){phrase_pattern(raw['offices']).pattern}", re.IGNORECASE),
        title=re.compile(rf"(?<!\w){phrase_pattern(raw['titles'], ignore_case=False).pattern}"),
        surnames=frozenset(raw["surnames"]),
        historic=frozenset(raw["historic"]),
    )


def find_persons(text: str, start: int, end: int, *, jurisdiction: str) -> tuple[Person, ...]:
    """The persons named in ``text[start:end]``, in order, each once.

    A name counts behind an office ("Phó Chủ tịch UBND tỉnh …") or a title ("đồng chí …"), or when it fills the
    whole stretch, as an author's or signer's name does.
    """
    alone = _name_line(text, start, end)
    if alone:
        return (alone,)
    found: dict[str, Person] = {}
    for office in _words().office.finditer(text, start, end):
        person = _behind_office(text, office, end, jurisdiction)
        if person:
            found.setdefault(person.name, person)
    for title in _words().title.finditer(text, start, end):
        person = _behind_title(text, title, end, jurisdiction)
        if person:
            found.setdefault(person.name, person)
    return tuple(sorted(found.values(), key=lambda person: person.start))


def in_office(statements: Sequence[Statement]) -> list[Statement]:
    """The statements with each person by one name and in one office throughout.

    The office is the first that tells of which body it is, else the first that is told.
    """
    known: dict[str, Person] = {}
    for person in (p for s in statements for p in s.persons):
        first = known.setdefault(slugify(person.name), person)
        if (first.agency is None and person.agency) or (first.office is None and person.office):
            known[slugify(person.name)] = replace(first, office=person.office, agency=person.agency)
    return [
        replace(s, persons=tuple(replace(known[slugify(p.name)], start=p.start, end=p.end) for p in s.persons))
        if s.persons
        else s
        for s in statements
    ]


def _behind_office(text: str, office: re.Match[str], end: int, jurisdiction: str) -> Person | None:
    gap = _BLANKS.match(text, office.end(), end)
    if not gap:
        return None
    held = " ".join(office.group().split())
    name = _match_name(text, gap.end(), end)
    if name:
        return Person(_tidy(text, name), held, None, *name)
    issuer = match_issuer(text, gap.end(), end)
    if issuer is None:
        return None
    name = _name_at_end(text, issuer, end)
    if name is None:
        return None
    body = match_issuer(text, gap.end(), name[0])
    if body is None:
        return None
    return Person(_tidy(text, name), f"{held} {body.name}", _agency(body.name, jurisdiction), *name)


def _name_at_end(text: str, issuer: Issuer, end: int) -> tuple[int, int] | None:
    """The person's name that ends the capitals behind a body's name, or stands behind them.

    "UBND tỉnh Lâm Đồng" ends in a place; "UBND tỉnh Lâm Văn Đồng" in a person: a name there has three syllables.
    """
    gap = _BLANKS.match(text, issuer.end, end)
    behind = _match_name(text, gap.end(), end) if gap else None
    if behind:
        return behind
    tail = _CAPITALS.search(text, issuer.start, min(end, issuer.end))
    if tail is None:
        return None
    starts = [found.start() + tail.start() for found in re.finditer(_SYLLABLE, tail.group())]
    for count, position in enumerate(starts):
        name = _match_name(text, position, end)
        if name and (count > 0 or len(text[name[0] : name[1]].split()) >= 3):
            return name
    return None


def _behind_title(text: str, title: re.Match[str], end: int, jurisdiction: str) -> Person | None:
    gap = _BLANKS.match(text, title.end(), end)
    name = _match_name(text, gap.end(), end) if gap else None
    if name is None:
        return None
    office, agency = None, None
    apposition = _APPOSITION.match(text, name[1], end)
    held = _words().office.match(text, apposition.end(), end) if apposition else None
    if held:
        office = " ".join(held.group().split())
        blanks = _BLANKS.match(text, held.end(), end)
        body = match_issuer(text, blanks.end(), end) if blanks else None
        if body:
            office, agency = f"{office} {body.name}", _agency(body.name, jurisdiction)
    return Person(_tidy(text, name), office, agency, *name)


def _match_name(text: str, position: int, end: int) -> tuple[int, int] | None:
    """A surname and one to four more capitalised syllables at ``position``."""
    stop, count = position, 0
    for syllable in re.finditer(rf"(?:\A|[ \u00a0\n])?({_SYLLABLE})", text[position : min(end, position + 60)]):
        word = syllable.group(1)
        if syllable.start() + position != stop or not word[0].isupper() or (len(word) > 1 and word.isupper()):
            break
        if count == 0 and word not in _words().surnames:
            return None
        stop = position + syllable.end()
        count += 1
        if count == 5:
            break
    named = 2 <= count <= 5 and " ".join(text[position:stop].split()) not in _words().historic
    return (position, stop) if named else None


def _name_line(text: str, start: int, end: int) -> Person | None:
    """The person whose name fills ``text[start:end]``; at the very end of the text a pen name will do."""
    found = _NAME_LINE.fullmatch(text, start, end)
    if not found or not all(word.istitle() for word in found["name"].split()) or _NUMERAL.search(found["name"]):
        return None
    name = " ".join(found["name"].split())
    signed = name.split()[0] in _words().surnames or _BLANKS_TO_END.match(text, end) is not None
    if not signed or keys.key(name) in {keys.key(place) for place in Registry.load().places()}:
        return None
    return Person(name, None, None, found.start("name"), found.end("name"))


def _tidy(text: str, span: tuple[int, int]) -> str:
    return " ".join(text[span[0] : span[1]].split())


def _agency(name: str, jurisdiction: str) -> str | None:
    agency = Registry.load().resolve(name, jurisdiction)
    return agency.id if agency else None
