"""Words of Vietnamese and English administrative text, with offsets, in the forms that matching needs.

A Vietnamese text is a row of syllables. Each is kept in two forms:

* ``full``: lower case, with its diacritics, variants of spelling made one: tone marks stand where the modern
  rule puts them (``hóa`` is ``hoá``) and a lone ``y`` is ``i`` (``kỹ`` is ``kĩ``);
* ``plain``: the same without any diacritics (``đ`` is ``d``).

Numbers of documents (``22-KH/TU``) and dates (``23/7/2021``, ``ngày 23 tháng 7 năm 2021``, ``23 July 2021``) are
tokens of their own beside the tokens they consist of, so that they match as a whole and in part.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from kgplan.text import modern_tones, strip_diacritics

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_LONE_Y = re.compile(r"^([bcdghklmnprstvxqđ]|qu|th|tr)([yýỳỷỹỵ])$")
_LONE_Y_LETTERS = 3
_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_COMPOUND = re.compile(
    rf"""
    (?P<iso>\b\d{{4}}-\d{{1,2}}-\d{{1,2}}\b)
    | (?P<numeric>\b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}\b)
    | (?P<spelt>\bng(?:à|a)y\s+\d{{1,2}}\s+th(?:á|a)ng\s+\d{{1,2}}\s+n(?:ă|a)m\s+\d{{4}}\b)
    | (?P<dmy>\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})\.?,?\s+\d{{4}}\b)
    | (?P<mdy>\b(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b)
    | (?P<number>\b\d+(?:[/-][^\W_]+(?:&[^\W_]+)?)+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")


class Word(NamedTuple):
    """One token: its canonical form, the form without diacritics, and where it stands (``start:end``)."""

    full: str
    plain: str
    start: int
    end: int


@lru_cache(maxsize=1 << 14)
def full(word: str) -> str:
    """The ``full`` form of one syllable or word."""
    lowered = word.lower()
    if not lowered.isascii():
        lowered = modern_tones(lowered)
    if len(lowered) > _LONE_Y_LETTERS:
        return lowered
    return _LONE_Y.sub(lambda match: match[1] + match[2].translate(_I), lowered)


@lru_cache(maxsize=1 << 14)
def plain(word: str) -> str:
    """The ``plain`` form of one syllable or word."""
    return full(word) if word.isascii() else strip_diacritics(full(word))


@lru_cache(maxsize=1 << 14)
def toneless(word: str) -> str:
    """``word`` without its tone mark, other diacritics kept: ``tiến`` and ``tiền`` agree."""
    return unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word)))


def words(text: str) -> list[Word]:
    """The tokens of NFC ``text`` in its order; document numbers and dates stand before their parts."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        surface = match.group()
        if surface[0].isdigit():
            value = _number(surface)
            found.append(Word(value, value, match.start(), match.end()))
        else:
            found.append(Word(full(surface), plain(surface), match.start(), match.end()))
    compounds = _compounds(text)
    if compounds:
        found = sorted([*compounds, *found], key=lambda word: (word.start, -word.end))
    return found


def forms(phrase: str) -> list[tuple[str, str]]:
    """The ``full`` and ``plain`` forms of the words of a ``phrase`` without document numbers or dates: faster."""
    return [(full(word), plain(word)) for word in _WORD.findall(phrase)]


def is_compound(word: Word) -> bool:
    """Whether ``word`` is a document number or a date, whose parts follow as tokens of their own."""
    return "/" in word.full or "-" in word.full


def _number(surface: str) -> str:
    return surface.replace(",", ".").lstrip("0") or "0"


def _compounds(text: str) -> list[Word]:
    if not any(letter.isdigit() for letter in text):
        return []
    found = []
    for match in _COMPOUND.finditer(text):
        kind, surface = match.lastgroup, match.group()
        form = _document_number(surface) if kind == "number" else _date(kind, surface)
        if form is not None:
            found.append(Word(form, form, match.start(), match.end()))
    return found


def _document_number(surface: str) -> str | None:
    if not any(letter.isalpha() for letter in surface):
        return None
    return strip_diacritics(surface).lower().lstrip("0") or None


def _date(kind: str | None, surface: str) -> str | None:
    parts = re.findall(r"\d+|[^\W\d_]+", surface)
    figures = [int(part) for part in parts if part.isdigit()]
    if kind == "iso":
        year, month, day = figures
    elif kind in ("numeric", "spelt"):
        day, month, year = figures
    else:
        day, year = figures
        month = next(_MONTHS[part.lower()] for part in parts if part.lower() in _MONTHS)
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None
