"""Is a word a Vietnamese syllable? The measure by which encodings, and Vietnamese from other languages, are told."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from typing import Literal

from kgplan.resources import DATA

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHARP_OR_HEAVY = frozenset("\u0301\u0323")
_STOPS = ("c", "ch", "p", "t")
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 200_000  # characters that are weighed


@cache
def _grammar() -> tuple[tuple[str, ...], frozenset[str]]:
    """The onsets, longest first, and the rhymes of ``data/syllables.json``."""
    data = json.loads((DATA / "syllables.json").read_text(encoding="utf-8"))
    return tuple(sorted(data["onsets"], key=len, reverse=True)), frozenset(data["rhymes"])


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether ``word``, in any letter case and NFC, is spelt as a Vietnamese syllable may be."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in decomposed if c in _TONES]
    if len(tones) > 1:
        return False
    toneless = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES))
    onsets, rhymes = _grammar()
    for onset in onsets:
        rhyme = toneless[len(onset) :]
        if toneless.startswith(onset) and rhyme in rhymes:
            return not rhyme.endswith(_STOPS) or bool(tones and tones[0] in _SHARP_OR_HEAVY)
    return False


def share_of_syllables(text: str) -> tuple[int, float]:
    """How many words NFC ``text`` has, and what share of them are Vietnamese syllables; long texts by their beginning.

    Administrative texts reach 0.95, without diacritics 0.6; English ones 0.15 to 0.3.
    """
    found = _WORD.findall(text[:_SAMPLE])
    return len(found), sum(map(is_syllable, found)) / len(found) if found else 0.0


def language_of_name(name: str) -> Literal["vi", "en"]:
    """Whether an agency's name is Vietnamese or English: no Vietnamese word is spelt as one of its words is.

    Letters outside ASCII, and capitals alone (abbreviations), are Vietnamese.

    >>> [language_of_name(name) for name in ("Thanh tra", "UBND", "Tax Department")]
    ['vi', 'vi', 'en']
    """
    words = (word for word in _WORD.findall(name) if not word.isupper())
    return "en" if name.isascii() and not all(map(is_syllable, words)) else "vi"
