"""The formal parts of an administrative document that are not statements: letterhead, addressees, signature."""

from __future__ import annotations

import enum
import re
from functools import cache

from kgplan.parsing.labels import heading_words
from kgplan.parsing.level import level


class Formal(enum.Enum):
    """A formal paragraph. After CLOSING (addressees, signature) formal text goes on until a new outline begins."""

    LETTERHEAD = enum.auto()
    CLOSING = enum.auto()
    RULE = enum.auto()


_RULE = re.compile(r"[\s\-_*=.~oO0/]{3,}|\*+")
_NUMBER = re.compile(r"số\s*:?\s*(?:\d+|\.{2,}|…|\s)*\s*/?[\w&./-]*\s*$")
_TELEGRAM = re.compile(r"(?:^|\s)(?:điện|gửi)\s*:$")
_NOTE = re.compile(r"\[\d{1,3}\]\s")
"""How a footnote begins."""
_PLACE_AND_DATE = re.compile(
    r"[^\W\d_][\w\s.]{1,40},\s*ngày\s+(?:\d{1,2}|\.+|…+)?\s*tháng\s+(?:\d{1,2}|\.+|…+)?\s*năm\s+\d{4}$"
)


@cache
def _prefixes(name: str) -> tuple[str, ...]:
    return tuple(heading_words()[name])


def addresses(text: str, start: int, end: int) -> bool:
    """Whether the paragraph leads in a list of addressees: "Kính gửi:", "Thủ tướng Chính phủ điện:"."""
    low = level(text[start : min(end, start + 200)])
    return low.startswith("kính gửi") or (end - start < 100 and _TELEGRAM.search(low) is not None)


def formal_part(text: str, start: int, end: int, *, opened: bool) -> Formal | None:
    """What formal part the paragraph is, if any. ``opened`` tells whether the outline has begun."""
    if _NOTE.match(text, start, end):
        return Formal.RULE
    if end - start > 200:
        return None
    low = level(text[start:end])
    if _RULE.fullmatch(low):
        return Formal.RULE
    if low.startswith(_prefixes("addressees")):
        return Formal.CLOSING if opened or low.startswith("nơi nhận") else Formal.LETTERHEAD
    if any(low.startswith(p) for p in _prefixes("letterhead") if not p.startswith("số")) or _NUMBER.fullmatch(low):
        return Formal.LETTERHEAD
    if low.startswith(("(kèm theo", "(ban hành kèm theo", "(ban hành theo")):
        return Formal.RULE
    if _PLACE_AND_DATE.fullmatch(low):
        return Formal.LETTERHEAD
    capital = text[start:end].isupper()
    if opened and capital and low.strip(" :") in _prefixes("type_lines"):
        return Formal.RULE
    if opened and (capital or low.startswith("(")) and low.startswith(_prefixes("signature")):
        return Formal.CLOSING
    if opened and capital and low.rstrip(".") in _prefixes("signature_offices"):
        return Formal.CLOSING
    return None
