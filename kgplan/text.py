"""Vietnamese text as keys: folding, tone placement, slugs, syllables; text in tables; numbers. No data, no state.

Like ``model``, this module imports nothing else of kgplan, and every room may use it.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_DIACRITIC = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
_WORD = re.compile(r"\w+", re.UNICODE)
_MARKS: dict[int, str | None] = {**dict.fromkeys(range(0x300, 0x370)), ord("đ"): "d", ord("Đ"): "D"}
"""The combining diacritical marks of Unicode, to be dropped, and the letter that does not decompose."""
_TONE = "[\u0300\u0301\u0303\u0309\u0323]"
_GLIDE = re.compile(rf"(?<!\w)([^\W\d_aeiouyAEIOUY]*)(?<![qQ])(?:([oO])({_TONE})([aAeE])|([uU])({_TONE})([yY]))(?!\w)")

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text that a spreadsheet runs begins with."""


def nfc(text: str) -> str:
    """``text`` in Unicode normalisation form C."""
    return unicodedata.normalize("NFC", text)


def has_diacritics(text: str) -> bool:
    """Whether ``text`` holds a letter that only Vietnamese spelling with diacritics has."""
    return _DIACRITIC.search(nfc(text)) is not None


def strip_diacritics(text: str) -> str:
    """``text`` without tone marks, vowel marks and the bar of đ; case is kept.

    >>> strip_diacritics("Đề án xúc tiến đầu tư")
    'De an xuc tien dau tu'
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFD", text).translate(_MARKS)


def modern_tones(text: str) -> str:
    """``text`` in NFC with the tone on the main vowel of an open oa, oe, uy: hòa → hoà, ủy → uỷ.

    Both placements are in use and mean the same; keys must not tell them apart.

    >>> modern_tones("Ủy ban, Thanh Hóa") == modern_tones("Uỷ ban, Thanh Hoá")
    True
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _GLIDE.sub(r"\1\2\5\4\7\3\6", decomposed))


def key(text: str) -> str:
    """A comparison key that keeps diacritics: lower case, one tone placement, words joined by one space.

    >>> key("Sở Lao động,  Thương binh và Xã hội") == key("sở lao động - thương binh và xã hội")
    True
    """
    return " ".join(_WORD.findall(modern_tones(text).lower()))


def fold(text: str) -> str:
    """A comparison key without diacritics: :func:`key`, stripped to ASCII letters.

    >>> fold("Sở KH&ĐT")
    'so kh dt'
    """
    return " ".join(_WORD.findall(strip_diacritics(text).lower()))


def slugify(text: str) -> str:
    """``text`` as a lower-case ASCII slug, words joined by hyphens; empty for text with no letter or digit.

    >>> slugify("Sở Kế hoạch và Đầu tư")
    'so-ke-hoach-va-dau-tu'
    """
    return "-".join(re.findall(r"[a-z0-9]+", strip_diacritics(nfc(text)).lower()))


def inert(text: str) -> str:
    """``text`` for a table: what a spreadsheet would run as a formula gets an apostrophe in front, as OWASP advises."""
    return f"'{text}" if len(text) > 1 and text.startswith(FORMULA) else text


def decimal(value: float) -> str:
    """The shortest decimal form of a number, never with an exponent.

    >>> decimal(11.0), decimal(0.5), decimal(1234567.0)
    ('11', '0.5', '1234567')
    """
    return format(Decimal(repr(value)).normalize(), "f")


_SIGNS = {"=": "", "range": "", "increase": "+", "decrease": "-", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}
_VIETNAMESE = str.maketrans(",.", ".,")


def quantity(value: float, value_max: float | None, unit: str, comparator: str, language: str) -> str:
    """A quantity of the model as people write it in a language, vi or en.

    >>> quantity(5.0, 6.5, "%", "range", "vi"), quantity(12000, None, "km", ">=", "en")
    ('5–6,5%', '≥ 12,000 km')
    """
    figures = "–".join(_figure(one, language) for one in (value, value_max) if one is not None)
    return f"{_SIGNS.get(comparator, '')}{figures}{'' if unit == '%' else ' '}{unit}".strip()


def _figure(value: float, language: str) -> str:
    """A number with the separators of the language; those of thousands only from five digits on, as 2025 has none."""
    written = format(Decimal(decimal(value)), ",f" if abs(value) >= 10_000 else "f")
    return written.translate(_VIETNAMESE) if language == "vi" else written
