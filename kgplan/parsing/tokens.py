"""Words of a levelled text as pieces of a name's key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kgplan.parsing.level import level

CAPITALS = "A-ZĐÀÁẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÈÉẺẼẸÊẾỀỂỄỆÌÍỈĨỊÒÓỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÙÚỦŨỤƯỨỪỬỮỰỲÝỶỸỴ"
"""The capital letters of Vietnamese, for a character class."""

_TOKEN = re.compile(
    r"(?<!\w)[A-ZĐ]+(?:"  # an abbreviation in parts: KH&ĐT, LĐ-TB và XH
    r"(?:\s?[&–-]\s?|[.,]|\s+và\s+(?!UB|HĐND|BQL|TAND|VKSND|KBNN|BHXH|NHNN))[A-ZĐ]+)+(?!\w)"
    r"|[^\W_]+"
)
_LETTERS = re.compile(r"[^\W_]+")


class Token(NamedTuple):
    """A word, or an abbreviation in parts taken as one; ``word`` is levelled."""

    word: str
    start: int
    end: int


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """The words of ``text[start:end]`` in order."""
    for match in _TOKEN.finditer(text, start, end):
        parts = _LETTERS.findall(match.group())
        if len(parts) > 1:
            parts = [part for part in parts if part != "và"]
        yield Token(_levelled("".join(parts)), match.start(), match.end())


@lru_cache(maxsize=1 << 13)
def _levelled(word: str) -> str:
    """:func:`level` of a word: names repeat their words thousands of times."""
    return level(word)


def one_spaced(words: str) -> str:
    """``words`` with one plain space between them: a head may be broken over lines."""
    return " ".join(words.split())
