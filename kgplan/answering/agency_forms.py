"""How the names of agencies are shortened and misspelt: initials, acronyms, abbreviated words, typing errors."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

_ALIKE = 60.0
"""Least similarity of each word of a misspelt name to the word meant."""

_VA = "va"
"""The word between two parts of a name, left out or put in when it is abbreviated."""


def word_by_word(window: str, name: str) -> bool:
    """Whether every word is like the name's own: of a long name, two last words could differ and it be as similar."""
    return all(fuzz.ratio(a, b) >= _ALIKE for a, b in zip(window.split(), name.split(), strict=True))


def spelled_out(form: tuple[str, ...], words: tuple[str, ...], position: int) -> int | None:
    """Where ``words`` from ``position`` on end to say all of ``form``, abbreviations standing for words of it."""
    last, place = position, 0
    while place < len(form):
        if last == len(words):
            return None
        if words[last] == form[place]:
            place += 1
        elif words[last] != _VA:
            place = _abbreviated(form, place, words[last])
            if not place:
                return None
        last += 1
    return last


def _abbreviated(form: tuple[str, ...], place: int, word: str) -> int:
    """The place in ``form`` behind the words from ``place`` on whose initials ``word`` is; 0 when it is not that."""
    for length in range(2, 2 + len(form) - place):
        initials = "".join(w[0] for w in form[place : place + length] if w != _VA)
        if initials == word and len(word) >= 2:
            return place + length
    return 0


def letters(words: Sequence[str]) -> str:
    """The letters of an abbreviation, without the "và" between its parts."""
    return "".join(word for word in words if word != _VA)


def may_stand_alone(text: str) -> bool:
    """Whether one word can be an agency's name: an acronym, or a word long enough not to be a common one."""
    return len(text) >= 4 or (len(text) >= 2 and text.isupper())


def acronyms(words: Sequence[str]) -> list[str]:
    """The acronyms of an English name: Department of Planning and Investment is DPI, of Education and Training DOET."""
    if words[:2] not in (["department", "of"], ["ministry", "of"]):
        return []
    initials = "".join(w[0] for w in words[2:] if w not in ("of", "and", "the"))
    return [a for a in (words[0][0] + initials, words[0][0] + "o" + initials) if len(a) >= 3]
