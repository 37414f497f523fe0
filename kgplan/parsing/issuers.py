"""The body that issued an act, as named behind "của" or before "ban hành": its extent and its canonical name.

Names that are complete come from ``data/issuers.json``; others are read by a grammar: a head ("Bộ", "Sở"),
subjects joined by "và", comma or dash, a level and a proper name ("tỉnh Lâm Đồng").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kgplan import text as keys
from kgplan.parsing.document_types import type_table
from kgplan.parsing.registry import CENTRAL, Registry
from kgplan.parsing.word_lists import classic_tones, load, phrase_pattern

MAX_TOKENS = 16
"""A body's name never has more words than this."""

MAX_BEFORE = 120
"""How far before an act its issuer is looked for, in characters."""

_TOKEN = re.compile(r"[^\W_][\w&]*(?:\.(?=\s?[^\W\d_]))?")
_GAP = re.compile(r"\s{1,3}")
_OFFICE_LINK = re.compile(r"\s?[,\-–]\s|\s+kiêm\s+")
_JOINER = re.compile(r"\s?,\s|\s[-–]\s|\s?&\s|\s+và\s+|-(?=[^\W\d_])", re.IGNORECASE)
_WARD_NUMBER = re.compile(r"\s\d{1,2}(?![\w/.])")


_STEERING = re.compile(
    r"(?:Ban\s+Chỉ\s+đạo|Ủy\s+ban|Uỷ\s+ban|Hội\s+đồng)(?:\s+(?:liên\s+ngành|quốc\s+gia|trung\s+ương|nhà\s+nước))*"
    r"\s+về\s+[^,;:.()\n]{3,70}?(?=\s+(?:về|ban\s+hành|phê\s+duyệt|quy\s+định)\s)",
    re.IGNORECASE,
)
"""A committee named by what it steers, before the title of its act ("Ban Chỉ đạo … về an toàn thực phẩm về …")."""
_CONNECTOR = re.compile(
    r"""
    \s+(?:(?:đã|vừa|mới)\s+)?
    (?: (?:ban\s+hành|có|ký|ra|phê\s+duyệt|thông\s+qua|nêu|quy\s+định|chỉ\s+đạo|yêu\s+cầu|đồng\s+ý|cho\s+phép|giao)
        (?:\s+tại)?
      | tại )
    \s+(?:các\s+)?(?:văn\s+bản\s+)?\Z
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body's canonical name and where it stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Names:
    fixed: re.Pattern[str]
    canonical: dict[str, str]
    council: re.Pattern[str]
    councils: dict[str, str]
    council_office: re.Pattern[str]
    office: re.Pattern[str]
    head: re.Pattern[str]
    level: re.Pattern[str]
    subject: re.Pattern[str]
    title: re.Pattern[str]
    tail: re.Pattern[str]
    stops: frozenset[str]
    local: re.Pattern[str]
    province: re.Pattern[str]


@lru_cache(maxsize=1)
def _names() -> _Names:
    raw = load("issuers")
    canonical = {keys.key(spelling): group[0] for group in raw["fixed"] for spelling in group}
    councils = {spelling: short for short, group in raw["councils"].items() for spelling in group}
    return _Names(
        fixed=phrase_pattern([spelling for group in raw["fixed"] for spelling in group]),
        canonical=canonical,
        council=phrase_pattern(councils),
        councils={keys.key(spelling): short for spelling, short in councils.items()},
        council_office=re.compile(
            rf"{phrase_pattern(raw['council_offices']).pattern}\s+(?={phrase_pattern(councils).pattern})",
            re.IGNORECASE,
        ),
        office=phrase_pattern(raw["offices"]),
        head=phrase_pattern(raw["open_heads"]),
        level=phrase_pattern(raw["levels"]),
        subject=phrase_pattern(raw["subjects"]),
        title=phrase_pattern(load("titles")["openers"]),
        tail=phrase_pattern(raw["tails"]),
        stops=frozenset(raw["stops"]),
        local=phrase_pattern(raw["local"]),
        province=phrase_pattern(
            [
                name
                for entry in load("agencies_jurisdictions")["provinces"]
                for name in (entry["name"], *entry.get("aliases", ()))
            ]
        ),
    )


def match_issuer(text: str, position: int, end: int, *, joint: bool = False) -> Issuer | None:
    """The body named at ``position``, or None; with ``joint``, all bodies of a list, joined by ", "."""
    first = _match_one(text, position, end)
    if first is None or not joint:
        return first
    names, stop = [first.name], first.end
    while joiner := _JOINER.match(text, stop, end):
        following = _match_one(text, joiner.end(), end)
        if following is None:
            break
        names.append(following.name)
        stop = following.end
    return Issuer(", ".join(names), position, stop)


def is_local(name: str) -> bool:
    """Whether a body of that name exists in every province or district ("Tỉnh ủy", "Sở …", "UBND …")."""
    return bool(_names().local.match(name))


def issuer_before(text: str, position: int, start: int) -> Issuer | None:
    """The body that "ban hành", "tại" or the like connects with the act named at ``position``, or None."""
    begin = max(start, position - MAX_BEFORE)
    connector = _CONNECTOR.search(text, begin, position)
    if connector is None:
        return None
    for token in _TOKEN.finditer(text, begin, connector.start()):
        if not token.group()[0].isupper():
            continue
        issuer = _match_one(text, token.start(), connector.start())
        if issuer and issuer.end == connector.start():
            return issuer
    return None


def _match_one(text: str, position: int, end: int) -> Issuer | None:
    names = _names()
    office = names.office.match(text, position, end)
    if office and text[position].isupper():
        stop = office.end()
        while (link := _OFFICE_LINK.match(text, stop, end)) and (more := names.office.match(text, link.end(), end)):
            stop = more.end()
        gap = _GAP.match(text, stop, end)
        body = _match_body(text, gap.end(), end) if gap else None
        if body:
            return Issuer(f"{_tidy(text[position:stop])} {body.name}", position, body.end)
    return _match_body(text, position, end)


def _match_body(text: str, position: int, end: int) -> Issuer | None:
    names = _names()
    council = _council(text, position, end)
    if council:
        return council
    office = names.council_office.match(text, position, end)
    if office:
        councils = _council(text, office.end(), end)
        return Issuer(f"{_tidy(office.group())} {councils.name}", position, councils.end) if councils else None
    steering = _STEERING.match(text, position, end)
    if steering:
        return Issuer(_tidy(steering.group()), position, steering.end())
    fixed = names.fixed.match(text, position, end)
    head = names.head.match(text, position, end)
    opened = _open_name(text, head, end) if head and text[position].isupper() else None
    if fixed and (opened is None or fixed.end() >= opened):
        name = names.canonical[keys.key(fixed.group())]
        stop = _proper_name(text, fixed.end(), end) if is_local(name) else fixed.end()
        return Issuer(f"{name}{' ' if stop > fixed.end() else ''}{_tidy(text[fixed.end() : stop])}", position, stop)
    if opened is not None:
        return Issuer(_canonical(_tidy(text[position:opened])), position, opened)
    return None


def _council(text: str, position: int, end: int) -> Issuer | None:
    """A people's council or committee, or both, with level and place: "HĐND và UBND thành phố Hải Phòng"."""
    names = _names()
    council = names.council.match(text, position, end)
    if not council:
        return None
    name, stop = names.councils[keys.key(council.group())], council.end()
    joiner = _JOINER.match(text, stop, end)
    other = names.council.match(text, joiner.end(), end) if joiner else None
    if other and joiner:
        name, stop = f"{name}{joiner.group()}{names.councils[keys.key(other.group())]}", other.end()
    gap = _GAP.match(text, stop, end)
    level = names.level.match(text, gap.end(), end) if gap else None
    tail = level.end() if level else stop
    ward = _WARD_NUMBER.match(text, tail, end) if level else None
    tail = ward.end() if ward else _proper_name(text, tail, end)
    return Issuer(_tidy(f"{name} {text[stop:tail]}"), position, tail)


def _proper_name(text: str, position: int, end: int) -> int:
    """Where the capitalised words that follow ``position`` end (at most five), not counting the type of an act."""
    gap = _GAP.match(text, position, end)
    province = _names().province.match(text, gap.end(), end) if gap else None
    if province and province.group()[0].isupper():
        return province.end()
    stop = position
    for _ in range(5):
        gap = _GAP.match(text, stop, end)
        token = _TOKEN.match(text, gap.end(), end) if gap else None
        if not token or not token.group()[0].isupper() or _opens_more(text, token.start(), end):
            break
        if _names().head.match(text, token.start(), end) and token.group() not in ("Hội", "Ban"):
            break
        stop = token.end()
    return stop


def _opens_more(text: str, position: int, end: int) -> bool:
    """Whether the words at ``position`` begin another act or a title ("Sửa đổi, bổ sung …"), not more of a name."""
    return bool(type_table().names.match(text, position, end) or _names().title.match(text, position, end))


def _open_name(text: str, head: re.Match[str], end: int) -> int | None:
    """Where the name that begins with an open head ends; None when nothing names it."""
    stop = head.end()
    tokens = 0
    joined = False
    while tokens < MAX_TOKENS:
        gap = _GAP.match(text, stop, end) if not joined else None
        begin = gap.end() if gap else stop
        if not gap and not joined:
            break
        joined = False
        part = _name_part(text, begin, end)
        if part is None:
            break
        stop = part
        tokens += 1
        joiner = _JOINER.match(text, stop, end)
        if joiner and _joins(text, joiner.end(), end):
            stop = joiner.end()
            joined = True
    return stop if tokens else None


def _joins(text: str, position: int, end: int) -> bool:
    """Whether the words at ``position`` go on with a name: a subject or a capital, not a body or an act."""
    names = _names()
    if names.subject.match(text, position, end):
        return True
    token = _TOKEN.match(text, position, end)
    if not token or not token.group()[0].isupper():
        return False
    return not any(
        pattern.match(text, position, end) for pattern in (names.head, names.fixed, names.council, names.office)
    ) and not type_table().names.match(text, position, end)


def _name_part(text: str, position: int, end: int) -> int | None:
    """Where the next subject, level with its proper name, tail, or capitalised word with its small ones ends."""
    names = _names()
    for pattern in (names.subject, names.tail, names.head):
        found = pattern.match(text, position, end)
        if found and (pattern is not names.head or text[position].isupper()):
            return found.end()
    level = names.level.match(text, position, end)
    if level:
        return _proper_name(text, level.end(), end)
    token = _TOKEN.match(text, position, end)
    if not token or not token.group()[0].isupper() or _opens_more(text, position, end):
        return None
    stop = token.end()
    for _ in range(3):
        gap = _GAP.match(text, stop, end)
        small = _TOKEN.match(text, gap.end(), end) if gap else None
        if not small or not small.group().islower() or small.group() in names.stops:
            break
        stop = small.end()
    return stop


def _tidy(name: str) -> str:
    return classic_tones(" ".join(name.split()))


@lru_cache(maxsize=1024)
def _canonical(name: str) -> str:
    """The registry's name of a central body ("Bộ NN&PTNT"), or ``name``."""
    agency = Registry.load().resolve(name, CENTRAL)
    return agency.name if agency and agency.jurisdiction == CENTRAL and not is_local(name) else name
