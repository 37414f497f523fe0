"""Names of laws, codes and ordinances behind "Luật", "Bộ luật", "Pháp lệnh": where the subject ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kgplan.parsing.word_lists import load, spellings

MAX_WORDS = 12
"""A subject that is in no list is read no further than this many words."""

_BLANKS = re.compile(r"\s+")
_AMENDING = re.compile(
    r"sửa\s+đổi(?:,?\s+bổ\s+sung)?(?:\s+(?:một\s+số|các))?(?:\s+(?:điều|điểm)(?:\s+\d{1,3})?)?(?:\s+của)?\s+(?:các\s+|\d{1,2}\s+)?"
    r"(?=(?:Bộ\s+luật|Luật|Pháp\s+lệnh)\s)",
    re.IGNORECASE,
)
_LAW = re.compile(r"(?:Bộ\s+luật|Luật|Pháp\s+lệnh)(?=\s)", re.IGNORECASE)
_ANOTHER = re.compile(r"\s?(?:,|;|và)\s+(?:và\s+)?(?=(?:Bộ\s+luật|Luật|Pháp\s+lệnh)\s)")
_CONCERNING = re.compile(
    r"\s+(?:có\s+)?liên\s+quan\s+(?:đến|tới)\s+[^,;.()\n]{3,80}?(?=\s+(?:số|ngày|năm)\s|[,;.()\n]|\Z)"
)
_REVISED = re.compile(r"\s?\((?:sửa\s+đổi|mới)[^()\n]{0,30}\)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]\w*(?:/\w+)?")
_JOINED = re.compile(
    r"\s?,\s+(?=chống\b|tố\s+cáo|khen\s+thưởng|bổ\s+sung|chữa\b|viễn\s+thông|vệ\s+sinh|công\s+chức)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class LawName:
    """Where a law's subject ends, and where the laws stand that it amends (with their type)."""

    end: int
    amended: tuple[tuple[int, int], ...] = ()


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    names = {spelling for name in load("laws")["names"] for spelling in spellings(name)}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    body = "|".join(re.escape(name).replace(r"\ ", r"\s+").replace(r",\s+", r",?\s+") for name in ordered)
    return re.compile(rf"(?:{body})(?![\w&])", re.IGNORECASE)


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    return frozenset(load("laws")["stops"])


def match_law_name(text: str, position: int, end: int) -> LawName | None:
    """The subject of the law whose type ends at ``position``, or None when no name follows."""
    blanks = _BLANKS.match(text, position, end)
    if not blanks:
        return None
    begin = blanks.end()
    amending = _AMENDING.match(text, begin, end)
    if amending:
        return _amending(text, amending.end(), end)
    stop = _subject(text, begin, end)
    return LawName(stop) if stop is not None else None


def _subject(text: str, begin: int, end: int) -> int | None:
    """Where the subject that begins at ``begin``, and a bracket that calls it revised, end; None without subject."""
    if text.startswith("về ", begin):
        begin += 3
    known = _known().match(text, begin, end)
    stop = known.end() if known else _unknown_name(text, begin, end)
    if stop is None:
        return None
    revised = _REVISED.match(text, stop, end)
    return revised.end() if revised else stop


def _amending(text: str, position: int, end: int) -> LawName | None:
    """The laws that a law amends, from the type of the first at ``position`` on."""
    amended: list[tuple[int, int]] = []
    begin = position
    while (law := _LAW.match(text, begin, end)) is not None:
        blanks = _BLANKS.match(text, law.end(), end)
        stop = _subject(text, blanks.end(), end) if blanks else None
        if stop is None:
            concerning = _CONCERNING.match(text, law.end(), end) if not amended else None
            return LawName(concerning.end()) if concerning else _last(amended)
        amended.append((begin, stop))
        another = _ANOTHER.match(text, stop, end)
        if another is None:
            break
        begin = another.end()
    return _last(amended)


def _last(amended: list[tuple[int, int]]) -> LawName | None:
    return LawName(amended[-1][1], tuple(amended)) if amended else None


def _unknown_name(text: str, begin: int, end: int) -> int | None:
    """A capitalised first word and the words behind it, up to a stop word or mark."""
    first = _WORD.match(text, begin, end)
    if not first or not first.group()[0].isupper() or first.group().lower() in _stops():
        return None
    stop = first.end()
    for _ in range(MAX_WORDS):
        gap = _JOINED.match(text, stop, end) or _BLANKS.match(text, stop, end)
        word = _WORD.match(text, gap.end(), end) if gap else None
        if not word or word.group().lower() in _stops() or _LAW.match(text, word.start(), end):
            break
        stop = word.end()
    return stop
