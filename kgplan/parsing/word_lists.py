"""Word lists of ``kgplan/data`` as compiled patterns: any tone placement, any white space, whole words."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from kgplan import text as keys
from kgplan.resources import DATA

_FINAL_TONE = re.compile(
    r"(?<!\w)([^\W\d_aeiouyAEIOUY]*)(?<![qQ])([oO](?=[aAeE])|[uU](?=[yY]))([aAeEyY])([\u0300\u0301\u0303\u0309\u0323])(?!\w)"
)


@lru_cache(maxsize=32)
def load(name: str) -> dict[str, Any]:
    """The JSON object in ``kgplan/data/{name}.json``. Callers must not change it."""
    data: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return data


def spellings(phrase: str) -> tuple[str, ...]:
    """``phrase`` as given, with the tone on the main vowel (hoá, uỷ), and with the tone before it (hóa, ủy)."""
    return tuple(dict.fromkeys((keys.nfc(phrase), keys.modern_tones(phrase), classic_tones(phrase))))


def classic_tones(phrase: str) -> str:
    """``phrase`` with the tone on the first vowel of open oa, oe, uy, as canonical names have it: Uỷ ban → Ủy ban."""
    modern = unicodedata.normalize("NFD", keys.modern_tones(phrase))
    return unicodedata.normalize("NFC", _FINAL_TONE.sub(r"\1\2\4\3", modern))


def phrase_pattern(phrases: Iterable[str], *, ignore_case: bool = True) -> re.Pattern[str]:
    """A pattern for any of ``phrases`` that ends at a word's end, the longest first; anchor it with ``match``."""
    ordered = sorted({s for phrase in phrases for s in spellings(phrase)}, key=lambda s: (-len(s), s))
    body = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)
    return re.compile(rf"(?:{body})(?![\w&])", re.IGNORECASE if ignore_case else 0)


def inside_pattern(phrases: Iterable[str], *, ignore_case: bool = True) -> re.Pattern[str]:
    """Like :func:`phrase_pattern`, and beginning at a word's start: for ``search`` and ``finditer``."""
    return re.compile(rf"(?<!\w){phrase_pattern(phrases).pattern}", re.IGNORECASE if ignore_case else 0)
