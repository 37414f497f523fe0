"""The wording of questions: tokens, and the cues of ``data/questions.toml`` found among them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from kgplan.parsing.topics import load_thesaurus
from kgplan.resources import DATA
from kgplan.text import fold, has_diacritics, key

_TOKEN = re.compile(r"\w+|%")
_LOOSE = 2
"""Vietnamese phrases of so many words also match with other tone marks, or as they sound, as they are mistyped."""

_VALUED = {
    "document_types": "document_type",
    "place_kinds": "place_kind",
    "groups": "group",
    "agency_kinds": "agency_kind",
}
"""Tables of the file whose phrases carry a value, and the cue they give."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the question: ``start:end`` in it, ``key`` with and ``fold`` without diacritics."""

    text: str
    start: int
    end: int
    key: str
    fold: str

    @property
    def plain(self) -> bool:
        """Whether the word is written in ASCII only, as every English word is."""
        return self.text.isascii()


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the lexicon at tokens ``first:last`` (``last`` excluded). ``value`` is a document type's code."""

    name: str
    first: int
    last: int
    value: str | None = None


@dataclass(frozen=True, slots=True)
class _Phrase:
    name: str
    words: tuple[str, ...]
    value: str | None = None


_WEAK = (
    "filler",
    "polite",
    "about",
    "list",
    "with",
    "by",
    "or",
    "both",
    "else",
    "under",
    "issued_by",
    "citing",
    "yes_no_end",
)
"""Cues that give way to a longer one that is only nearly spelt."""

_LEAST_SYLLABLE = 4
"""Letters of the shortest syllable that is recognised when mistyped as another one."""

_LEAST_LETTERS, _MISSPELT = 6, 88.0
"""Letters of the shortest English cue word that is recognised when misspelt, and how close it must come (0 to 100)."""


@lru_cache(maxsize=1 << 13)
def _corrected(word: str) -> str:
    """A misspelt English word of the lexicon, put right; any other word as it is."""
    known = Lexicon.load().english_words
    if 4 <= len(word) < _LEAST_LETTERS and word.isascii() and not _SYLLABLE.fullmatch(word):
        return Lexicon.load().short_words.get((word[0], *sorted(word)), word)
    if len(word) < _LEAST_LETTERS or word in known or not word.isascii() or _SYLLABLE.fullmatch(word):
        return word
    close = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_MISSPELT)
    if close is None:  # two letters that changed places are one mistake
        close = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=1)
    return close[0] if close is not None else word


def _by_either_word(phrases: Iterable[_Phrase]) -> dict[str, list[_Phrase]]:
    """The phrases of two words that ask or give a role, by each of their words."""
    found: dict[str, list[_Phrase]] = {}
    for phrase in phrases:
        if len(phrase.words) == 2 and phrase.name not in _WEAK and sum(map(len, phrase.words)) >= _LEAST_LETTERS:
            for word in phrase.words:
                found.setdefault(word, []).append(phrase)
    return found


def tokenise(question: str) -> list[Token]:
    """The words of ``question`` in order; the per cent sign is a word, chat spellings stand for what they mean."""
    chat = _chat()
    found = []
    for m in _TOKEN.finditer(question):
        word = chat.get(m.group().lower()) or _corrected(m.group().lower())
        found.append(Token(m.group(), m.start(), m.end(), key(word) or word, fold(word) or word))
    return found


@cache
def _chat() -> dict[str, str]:
    return Lexicon.load().table("chat")


class Lexicon:
    """Cue phrases by language, matched longest first.

    Vietnamese phrases are compared with their diacritics when the question has any, and folded when it
    has none. English ones are compared folded, on words written in ASCII. A word ending in ``~`` in the
    file matches any word that begins so.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        """``data`` is the parsed file: cues by language, types, and small tables."""
        self._data = data
        self._phrases: dict[str, dict[str, list[_Phrase]]] = {}
        self._prefixes: dict[str, list[_Phrase]] = {}
        self._loose: dict[str, dict[str, list[_Phrase]]] = {}
        self._pairs: dict[str, dict[str, list[_Phrase]]] = {}
        for variant, language, form in (("vi", "vi", key), ("nd", "vi", fold), ("en", "en", fold)):
            index: dict[str, list[_Phrase]] = {}
            loose: dict[str, list[_Phrase]] = {}
            prefixes: list[_Phrase] = []
            for phrase in self._read(data, language):
                words = tuple(
                    form(word.removesuffix("~")) + ("~" if word.endswith("~") else "")
                    for text in [phrase.words[0]]
                    for word in self._split(text)
                )
                entry = _Phrase(phrase.name, words, phrase.value)
                if words[0].endswith("~"):
                    prefixes.append(entry)
                else:
                    index.setdefault(words[0], []).append(entry)
                if variant != "en" and len(words) >= _LOOSE:
                    plain = tuple(_heard(fold(word)) for word in words)
                    loose.setdefault(plain[0], []).append(_Phrase(phrase.name, plain, phrase.value))
            self._phrases[variant] = index
            self._prefixes[variant] = prefixes
            self._loose[variant] = loose
            self._pairs[variant] = _by_either_word(p for group in loose.values() for p in group)

    @classmethod
    @cache
    def load(cls) -> Lexicon:
        """The lexicon of ``data/questions.toml``."""
        return cls(tomllib.loads((DATA / "questions.toml").read_text("utf-8")))

    @staticmethod
    def _split(text: str) -> list[str]:
        return re.findall(r"\w+~?|%", text)

    @staticmethod
    def _read(data: dict[str, Any], language: str) -> Iterable[_Phrase]:
        for name, phrases in data[language].items():
            for phrase in phrases:
                yield _Phrase(name, (phrase,))
        for table, name in _VALUED.items():
            for value, phrases in data[table][language].items():
                for phrase in phrases:
                    yield _Phrase(name, (phrase,), value)

    def table(self, name: str) -> dict[str, Any]:
        """A table of the file by name, for example ``expansions``."""
        table: dict[str, Any] = self._data[name]
        return table

    @cached_property
    def english_words(self) -> frozenset[str]:
        """The longer single words of the English phrases."""
        phrases = (p for group in self._phrases["en"].values() for p in group)
        words = (*(w for p in phrases for w in p.words if not w.endswith("~")), *self.table("english_heads")["words"])
        return frozenset(w for w in words if len(w) >= _LEAST_LETTERS)

    @cached_property
    def vietnamese_words(self) -> frozenset[str]:
        """The syllables of the Vietnamese phrases and of the topics' names, as they are heard."""
        topics = (label for concept in load_thesaurus().concepts.values() for label in concept.labels("vi"))
        phrases = (p.words for group in self._phrases["nd"].values() for p in group)
        return frozenset(_heard(w) for words in (*phrases, *(fold(label).split() for label in topics)) for w in words)

    @cached_property
    def short_words(self) -> dict[tuple[str, ...], str]:
        """The shorter words of the English phrases by their letters: two that changed places still name the word."""
        phrases = (p for group in self._phrases["en"].values() for p in group if p.name.startswith("noun_"))
        words = {w for p in phrases for w in p.words if 4 <= len(w) < _LEAST_LETTERS and w.isalpha()}
        letters = [(word[0], *sorted(word)) for word in words]
        return {form: word for form, word in zip(letters, words, strict=True) if letters.count(form) == 1}

    def find(self, tokens: Sequence[Token], free: Sequence[bool], variants: Sequence[str]) -> list[list[Cue]]:
        """Every cue that begins at each token, longest first; ``free`` tells which tokens may be used."""
        found: list[list[Cue]] = [[] for _ in tokens]
        for variant in variants:
            english = variant == "en"
            for first, token in enumerate(tokens):
                if not free[first] or (english and not token.plain):
                    continue
                ambiguous = english and variants[0] != "en" and _ambiguous(token)
                word = token.key if variant == "vi" else token.fold
                exact = [*self._phrases[variant].get(word, ()), *self._prefixes[variant]]
                loose = self._loose[variant].get(_heard(token.fold), ())
                for number, phrase in enumerate([*exact, *loose]):
                    full = number < len(exact)
                    if not full and variant == "vi" and any(c.name not in _WEAK for c in found[first]):
                        break  # "mục nào" says what it says, and no "mức nào"
                    last = first + len(phrase.words)
                    if last > len(tokens) or not all(free[first:last]):
                        continue
                    if ambiguous and last == first + 1 and (first or phrase.name != "yes_no_start"):
                        continue
                    said = tokens[first:last]
                    spelt = [(t.key if variant == "vi" else t.fold) if full else _heard(t.fold) for t in said]
                    if all(_matches(word, pattern) for word, pattern in zip(spelt, phrase.words, strict=True)):
                        found[first].append(Cue(phrase.name, first, last, phrase.value))
            if not english:
                self._add_misspelt(tokens, free, variant, found)
        for cues in found:
            cues.sort(key=lambda cue: cue.first - cue.last)
        return found

    def says(self, words: Sequence[str], cue: str) -> bool:
        """Whether the Vietnamese ``words``, with their diacritics, give ``cue``."""
        keys = tuple(map(key, words))
        return any(p.name == cue and p.words == keys for p in self._phrases["vi"].get(keys[0], ()))

    def _add_misspelt(
        self, tokens: Sequence[Token], free: Sequence[bool], variant: str, found: list[list[Cue]]
    ) -> None:
        """Add phrases of two words of which one is mistyped by a letter, where nothing else was read."""
        words = [_heard(t.fold) for t in tokens]
        for first in range(len(tokens) - 1):
            if not (free[first] and free[first + 1]) or any(c.name not in (*_WEAK, *_SINGLE) for c in found[first]):
                continue
            pair = words[first], words[first + 1]
            near = [p for p in self._pairs[variant].get(pair[0], ()) if _mistyped(pair[1], p.words[1])]
            near += [p for p in self._pairs[variant].get(pair[1], ()) if _mistyped(pair[0], p.words[0])]
            if len({p.words for p in near}) == 1:
                found[first] += [Cue(p.name, first, first + 2, p.value) for p in near]


_SINGLE = ("just", "exactly")
"""Cues of a single syllable that begins other phrases, too: "chỉ", "chỉ tiêu"."""


def _mistyped(word: str, meant: str) -> bool:
    """Whether ``word`` is ``meant`` with one letter wrong, missing, doubled or out of place, and is long enough."""
    if word[0] != meant[0] or word == meant or OSA.distance(word, meant, score_cutoff=1) > 1:
        return False
    if word in Lexicon.load().vietnamese_words:
        return False
    return min(len(word), len(meant)) >= _LEAST_SYLLABLE or not _SYLLABLE.fullmatch(word)


def _heard(word: str) -> str:
    """A folded syllable as it is heard where tr and ch, s and x sound alike, which is how it is then misspelt."""
    for written, heard in (("tr", "ch"), ("x", "s")):
        if word.startswith(written):
            return heard + word[len(written) :]
    return word


def _matches(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("~") else word == pattern


_ENGLISH_TIMES = 3
"""How many English words to one with diacritics make a question an English one that quotes Vietnamese."""

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?(?:[aeo]|u[aeoy]?|i[ae]?|y[e]?|o[ae]|[ae][iouy]|oi|ui|uoi|uou|uye|uya|oai|oay|uay|ieu|yeu|eo|ao|au|oe|oo)"
    r"(?:ng|nh|ch|[cmnpt])?"
)
"""The shape of a Vietnamese syllable without diacritics."""


def _markers() -> dict[str, list[str]]:
    """Common words that tell the language of a question."""
    return Lexicon.load().table("markers")


def _ambiguous(token: Token) -> bool:
    """Whether the word could be a Vietnamese syllable as well as an English word."""
    return token.fold not in _markers()["english"] and _SYLLABLE.fullmatch(token.fold) is not None


def variants(question: str, tokens: Sequence[Token]) -> tuple[str, ...]:
    """Which word lists apply, the main one first: "vi", "nd" (Vietnamese without diacritics), "en".

    A question is mixed, and gets two lists, when each language leaves words that only it has: a word in ASCII
    that is no Vietnamese syllable, or is a common English word, is English.
    """
    markers = _markers()
    plain = [t for t in tokens if t.plain and t.text.isalpha()]
    foreign = [t for t in plain if len(t.fold) > 2 and not t.text.isupper() and not _SYLLABLE.fullmatch(t.fold)]
    english = len({t.start for t in foreign} | {t.start for t in plain if t.fold in markers["english"]})
    if has_diacritics(question):
        marked = sum(not t.plain for t in tokens)
        if english > _ENGLISH_TIMES * marked:
            return ("en", "vi")
        return ("vi", "en") if foreign or english > 1 else ("vi",)
    vietnamese = sum(t.fold in markers["vietnamese"] and t not in foreign for t in plain)
    if english > vietnamese:
        return ("en", "nd") if vietnamese >= 2 else ("en",)
    if foreign:
        return ("nd", "en")
    return ("nd",) if vietnamese or not english else ("en",)
