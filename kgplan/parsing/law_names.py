"""Names of laws, codes and ordinances behind "Luật", "Bộ luật", "Pháp lệnh": where the subject ends."""

from __future__ import annotations

import re
from functools import lru_cache

from kgplan.parsing.word_lists import load, phrase_pattern

_BLANKS = re.compile(r"\s+")
_AMENDING = re.compile(
    r"sửa\s+đổi(?:,?\s+bổ\s+sung)?(?:\s+(?:một\s+số|các))?(?:\s+(?:điều|điểm))?(?:\s+của)?\s+(?P<law>(?:các\s+|\d{1,2}\s+)?(?:Bộ\s+luật|Luật|Pháp\s+lệnh)\s+)",
    re.IGNORECASE,
)
_REVISED = re.compile(r"\s?\((?:sửa\s+đổi|mới|sửa\s+đổi,\s+bổ\s+sung)[^()]{0,30}\)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]\w*(?:/\w+)?")
_JOINED = re.compile(
    r"\s?,\s+(?=chống\b|tố\s+cáo|khen\s+thưởng|bổ\s+sung|chữa\b|viễn\s+thông|vệ\s+sinh|công\s+chức)", re.IGNORECASE
)


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    return phrase_pattern(load("laws")["names"])


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    return frozenset(load("laws")["stops"])


def match_law_name(text: str, position: int, end: int) -> int | None:
    """Where the subject of the law that begins behind ``position`` ends, or None when no name follows."""
    blanks = _BLANKS.match(text, position, end)
    if not blanks:
        return None
    begin = blanks.end()
    amending = _AMENDING.match(text, begin, end)
    if amending:
        inner = match_law_name(text, amending.end("law") - 1, end)
        return inner
    if text.startswith("về ", begin):
        begin += 3
    known = _known().match(text, begin, end)
    stop = known.end() if known and text[begin].isupper() else _unknown_name(text, begin, end)
    if stop is None:
        return None
    revised = _REVISED.match(text, stop, end)
    return revised.end() if revised else stop


def _unknown_name(text: str, begin: int, end: int) -> int | None:
    """A capitalised first word and the words behind it, up to a stop word or mark (at most twelve words)."""
    first = _WORD.match(text, begin, end)
    if not first or not first.group()[0].isupper() or first.group().lower() in _stops():
        return None
    stop = first.end()
    for _ in range(12):
        joined = _JOINED.match(text, stop, end)
        gap = joined or _BLANKS.match(text, stop, end)
        word = _WORD.match(text, gap.end(), end) if gap else None
        if not word or word.group().lower() in _stops():
            break
        stop = word.end()
    return stop
