"""Vietnamese text for the tests, and its bytes in the legacy encodings, from the tables the package ships."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import strategies as st

from kgplan.resources import DATA

TABLES: dict[str, dict[str, str]] = json.loads((DATA / "legacy_encodings.json").read_text(encoding="utf-8"))[
    "encodings"
]
_GRAMMAR = json.loads((DATA / "syllables.json").read_text(encoding="utf-8"))
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_MAIN_VOWELS = "ăâêôơư"

SAMPLE = (
    "Điều 1. Sở Công Thương chủ trì, phối hợp với các đơn vị liên quan xây dựng kế hoạch phát triển chợ nông thôn.\n"
    "2. Ủy ban nhân dân các huyện tổ chức thực hiện, báo cáo kết quả trước ngày 15 tháng 6 hằng năm."
)


def _syllable(onset: str, rhyme: str, tone: str) -> str:
    """The syllable with its tone on a vowel that may carry it."""
    if rhyme.endswith(("c", "ch", "p", "t")) and tone not in ("\u0301", "\u0323"):
        tone = "\u0301"
    vowels = [i for i, c in enumerate(rhyme) if unicodedata.normalize("NFD", c)[0] in "aeiouy"]
    marked = [i for i in vowels if rhyme[i] in _MAIN_VOWELS]
    carrier = marked[-1] if marked else vowels[0]
    return onset + unicodedata.normalize("NFC", rhyme[: carrier + 1] + tone + rhyme[carrier + 1 :])


syllables = st.builds(
    _syllable, st.sampled_from(_GRAMMAR["onsets"]), st.sampled_from(_GRAMMAR["rhymes"]), st.sampled_from(_TONES)
)
sentences = st.lists(syllables, max_size=60).map(" ".join).map("phối hợp với các đơn vị liên quan thực hiện {}.".format)
"""Lower-case text that begins with enough Vietnamese for any measure."""


def western(text: str, encoding: str) -> str:
    """``text`` typed in a legacy font: the windows-1252 characters of its codes."""
    table = TABLES[encoding]
    single = {meaning: code for code, meaning in table.items() if not unicodedata.combining(meaning[0])}
    marks = {frozenset(meaning): code for code, meaning in table.items() if unicodedata.combining(meaning[0])}
    small = {meaning: code for meaning, code in single.items() if not meaning.isupper()}
    typed: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if character.isascii():
            typed.append(character)
        elif character in single:
            typed.append(single[character])
        elif marks:
            typed.append(_with_mark(character, single, marks))
        else:  # a capital of TCVN3: the small letter in a capital font
            typed.append(small[character.lower()])
    return "".join(typed)


def _with_mark(character: str, single: dict[str, str], marks: dict[frozenset[str], str]) -> str:
    base, *accents = unicodedata.normalize("NFD", character)
    if "\u031b" in accents:
        accents.remove("\u031b")
        base = single[unicodedata.normalize("NFC", base + "\u031b")]
    codes = [code for meaning, code in marks.items() if meaning == frozenset(accents)]
    # The table holds each mark once for small and once for capital letters; both read alike.
    return base + "".join(codes[:1])


def windows_1258(text: str) -> bytes:
    """``text`` in windows-1258: tones are marks of their own."""
    encoded = bytearray()
    for character in unicodedata.normalize("NFC", text):
        try:
            encoded += character.encode("cp1258")
        except UnicodeEncodeError:
            decomposed = unicodedata.normalize("NFD", character)
            tone = "".join(c for c in decomposed if c in _TONES and c)
            base = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in tone))
            encoded += (base + tone).encode("cp1258")
    return bytes(encoded)


def legacy_bytes(text: str, encoding: str) -> bytes:
    """``text`` in TCVN3, VNI-Windows or windows-1258."""
    return windows_1258(text) if encoding == "windows-1258" else western(text, encoding).encode("latin-1")
