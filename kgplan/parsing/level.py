"""A levelled copy of a text for matching: same length, so offsets in the copy are offsets in the text."""

from __future__ import annotations

import re
from functools import cache

_PAIRS = {
    new: old
    for plain, marked in (("oa", "àáảãạ"), ("oe", "èéẻẽẹ"), ("uy", "ỳýỷỹỵ"))
    for new, old in zip(
        (plain[0] + m for m in marked), (m + plain[1] for m in ("òóỏõọ" if plain[0] == "o" else "ùúủũụ")), strict=True
    )
}
_TONE = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W\d_])")


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for point in range(0x3000):
        char = chr(point)
        lower = char.lower()
        if lower != char and len(lower) == 1:
            table[point] = lower
    table.update(dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u200b\t"), " "))
    table.update(dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"))
    table.update(dict.fromkeys(map(ord, "“”„«»″"), '"'))
    table.update(dict.fromkeys(map(ord, "‘’‚"), "'"))
    return table


def level(text: str) -> str:
    """``text`` in lower case, tones on the first vowel of open oa, oe, uy, plain spaces, dashes and quotes.

    The result has the length of ``text``; ``text`` is NFC.

    >>> level("Uỷ ban nhân dân\u00a0tỉnh – Thanh Hoá")
    'ủy ban nhân dân tỉnh - thanh hóa'
    """
    lowered = text.translate(_table())
    return _TONE.sub(lambda match: _PAIRS[match.group()], lowered)
