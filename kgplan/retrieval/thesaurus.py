"""What a question's words are called in plans: topics of the thesaurus, names of agencies, the glossary.

A question is cut into segments; each keeps its own words and gains Vietnamese alternatives, by the longest phrase
known. English phrases match by their stems in any order ("promoting investment", "investment promotion"),
Vietnamese ones by syllables, with diacritics or without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from kgplan.parsing.topics import Thesaurus, load_thesaurus
from kgplan.parsing.word_lists import load
from kgplan.parsing.words import Word, forms, is_compound, toneless, words
from kgplan.retrieval.language import Language, asking, is_asking
from kgplan.text import has_diacritics, nfc

_PREFERRED, _SYNONYM, _GLOSS = 1.0, 0.7, 0.9
_MOST_ALTERNATIVES = 8
_LONGEST = 12
_ENGLISH_EMPTY = frozenset(
    ("a", "an", "the", "of", "and", "or", "in", "on", "for", "to", "with", "at", "by", "from", "as")
)
_SUFFIXES = (
    *("isations", "izations", "isation", "ization", "ations", "ation", "itions", "ition", "ments", "ment", "ings"),
    *("ing", "ions", "ion", "ities", "ity", "ives", "ive", "ied", "ies", "ed", "es", "s", "e", "y"),
)
_FURTHER_SUFFIXES = ("ially", "ial", "ally", "al", *_SUFFIXES)
_SHORTEST_STEM = 3
_SHORTEST_FURTHER_STEM = 5
_TYPO_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Alternative:
    """Vietnamese that says the same as a segment, its words, and its weight (0 to 1)."""

    text: str
    words: tuple[Word, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a question that belong together, and what else says the same, the best first."""

    words: tuple[Word, ...]
    alternatives: tuple[Alternative, ...] = ()
    topics: tuple[str, ...] = ()
    english: bool = False
    replaced: bool = False
    """Whether an encoder should read the best alternative: the words are English, an abbreviation or another name."""
    agencies: tuple[str, ...] = ()
    """The agencies that the words name, as plans print them."""


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """A rough stem of an English word: enough to join the forms of one word within a known phrase."""
    word = _shorter(word, _SUFFIXES, _SHORTEST_STEM)
    while (shorter := _shorter(word, _FURTHER_SUFFIXES, _SHORTEST_FURTHER_STEM)) != word:
        word = shorter
    return word


def _shorter(word: str, suffixes: tuple[str, ...], least: int) -> str:
    if word.endswith(suffixes):
        fitting = (end for end in suffixes if word.endswith(end) and len(word) - len(end) >= least)
        word = word.removesuffix(next(fitting, ""))
    return word[:-1] if len(word) > 1 and word[-1] == word[-2] else word


def singular(word: str) -> str:
    """An English noun without its plural ending."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one phrase leads to."""

    alternatives: tuple[str, ...]
    topics: tuple[str, ...]
    weight: float
    english: bool
    abbreviates: bool = False
    agency: str | None = None

    @property
    def names(self) -> bool:
        """Whether the phrase names a topic or an agency."""
        return bool(self.topics) or self.agency is not None


class _Phrase(NamedTuple):
    """A known phrase by the forms of its words."""

    plains: tuple[str, ...]
    fulls: tuple[str, ...]
    entry: _Entry


def _phrase(text: str, entry: _Entry) -> Iterable[_Phrase]:
    found = forms(text)
    if found:
        yield _Phrase(tuple(plain for _, plain in found), tuple(full for full, _ in found), entry)


@cache
def _known_phrases(language: Language) -> tuple[_Phrase, ...]:
    """The labels of the thesaurus and the entries of the glossary in ``language``."""
    english = language == "en"
    known: list[_Phrase] = []
    for slug, concept in load_thesaurus().concepts.items():
        entry = _Entry(concept.labels("vi"), (slug,), _SYNONYM, english)
        for label in concept.labels(language):
            known.extend(_phrase(label, entry))
    for text, translations in load("glossary")[language].items():
        known.extend(_phrase(text, _Entry(tuple(translations), (), _GLOSS, english)))
    if not english:
        for text, meanings in load("glossary")["abbreviations"].items():
            known.extend(_phrase(text, _Entry(tuple(meanings), (), _PREFERRED, english, abbreviates=True)))
    return tuple(known)


class Expander:
    """Cuts questions into segments by the phrases it knows."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        """``names`` maps other names of agencies (abbreviations, English) to the ones that plans print."""
        self.names = names or {}

    @cached_property
    def _vietnamese(self) -> dict[str, list[_Phrase]]:
        """By the first plain syllable, the longest phrase first."""
        index: defaultdict[str, list[_Phrase]] = defaultdict(list)
        for phrase in self._phrases("vi"):
            index[phrase.plains[0]].append(phrase)
        for found in index.values():
            found.sort(key=lambda phrase: -len(phrase.plains))
        return dict(index)

    @cached_property
    def _abbreviated(self) -> dict[str, list[_Entry]]:
        """Agencies' names that hold an abbreviation, by their letters alone: "Sở LĐ-TB&XH" is "Sở LĐTBXH"."""
        index: defaultdict[str, list[_Entry]] = defaultdict(list)
        for name, printed in self.names.items():
            if any(word.isupper() and len(word) > 1 for word in name.split()):
                letters = "".join(plain for _, plain in forms(name))
                index[letters].append(_Entry((printed,), (), _PREFERRED, english=False, agency=printed))
        return dict(index)

    @cached_property
    def _english(self) -> dict[tuple[str, ...], list[_Entry]]:
        """By the sorted stems of the phrase; one word also as it is and in the singular."""
        index: defaultdict[tuple[str, ...], list[_Entry]] = defaultdict(list)
        for phrase in self._phrases("en"):
            for key in dict.fromkeys(_keys([word for word in phrase.plains if word not in _ENGLISH_EMPTY])):
                index[key].append(phrase.entry)
        return dict(index)

    @cached_property
    def _english_words(self) -> dict[str, None]:
        return dict.fromkeys(word for phrase in self._phrases("en") for word in phrase.plains if word.isalpha())

    def _phrases(self, language: Language) -> Iterable[_Phrase]:
        yield from _known_phrases(language)
        for name, printed in self.names.items():
            if has_diacritics(name) != (language == "en"):
                yield from _phrase(name, _Entry((printed,), (), _PREFERRED, language == "en", agency=printed))

    def corrected(self, word: Word) -> Word:
        """``word``, or the English word of a known phrase that it misspells by one letter (two in a long word)."""
        text = word.plain
        if len(text) < _TYPO_LENGTH or not text.isalpha() or not word.full.isascii():
            return word
        if text in self._english_words or stem(text) in self._english_stems or is_asking(text):
            return word
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extractOne

        allowed = 1 if len(text) < 2 * _TYPO_LENGTH - 2 else 2
        same_initial = [known for known in self._english_words if known[0] == text[0]]
        found = extractOne(text, same_initial, scorer=OSA.distance, score_cutoff=allowed)
        return word if found is None else word._replace(full=found[0], plain=found[0])

    @cached_property
    def _english_stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self._english_words)

    def segments(
        self,
        tokens: Sequence[Word],
        language: Language,
        *,
        exact: bool = True,
        joined: Callable[[Word, Word], bool] = lambda _left, _right: False,
    ) -> list[Segment]:
        """``tokens`` cut into segments, in their order; words of no known phrase form segments of their own.

        Phrases that only ask are left out, all if nothing else remains. A single asking word stays when
        ``joined`` says that it makes a word with a neighbour. ``exact`` tells whether the diacritics of ``tokens``
        can be relied on.
        """
        if language == "en":
            tokens = [self.corrected(word) for word in tokens]
        asked = asking(tokens, language)
        found: list[Segment] = []
        loose: list[Word] = []
        first = 0
        while first < len(tokens):
            segment, last = self._longest(tokens, first, asked[first], exact=exact)
            if segment is not None:
                if loose:
                    found.append(Segment(tuple(loose)))
                    loose = []
                found.append(segment)
                first = last
            elif language == "en" and tokens[first].plain in _ENGLISH_EMPTY:
                first += 1
            elif asked[first] > 1 or (asked[first] and not _joins(tokens, first, joined)):
                first += asked[first]
            else:
                loose.append(tokens[first])
                first += 1
        if loose:
            found.append(Segment(tuple(loose)))
        return found or [Segment(tuple(tokens))]

    def _longest(self, tokens: Sequence[Word], first: int, asked: int, *, exact: bool) -> tuple[Segment | None, int]:
        """The segment of the longest phrase at ``first``, unless the ``asked`` words there only ask."""
        if is_compound(tokens[first]):
            return None, first
        for last in range(min(len(tokens), first + _LONGEST), first, -1):
            part = tuple(tokens[first:last])
            entries = self._matching(part, exact=exact)
            if len(part) <= asked:
                entries = [entry for entry in entries if len(part) == asked > 1 and entry.names]
            if entries:
                return self._segment(part, entries), last
        return None, first

    def _matching(self, part: Sequence[Word], *, exact: bool) -> list[_Entry]:
        entries: list[_Entry] = []
        for phrase in self._vietnamese.get(part[0].plain, ()):
            if len(phrase.plains) == len(part) and _same(part, phrase, exact=exact):
                entries.append(phrase.entry)
        if not entries and len(part) > 1:
            entries = self._abbreviated.get("".join(word.plain for word in part), [])
        if any(has_diacritics(word.full) for word in part) or part[0].plain in _ENGLISH_EMPTY:
            return entries
        if part[-1].plain in _ENGLISH_EMPTY:
            return entries
        for form in _keys([word.plain for word in _content(part)]):
            if form in self._english:
                return entries + self._english[form]
        return entries

    def _segment(self, part: tuple[Word, ...], entries: Sequence[_Entry]) -> Segment:
        weights: dict[str, float] = {}
        for entry in entries:
            for rank, alternative in enumerate(entry.alternatives[:_MOST_ALTERNATIVES]):
                weight = _PREFERRED if rank == 0 and (entry.english or entry.abbreviates) else entry.weight
                weights[alternative] = max(weight, weights.get(alternative, 0.0))
        topics = tuple(dict.fromkeys(topic for entry in entries for topic in entry.topics))
        best_first = sorted(weights.items(), key=lambda item: -item[1])
        alternatives = tuple(Alternative(text, _words(text), weight) for text, weight in best_first)
        english = all(entry.english for entry in entries)
        replaced = english or any(entry.abbreviates or entry.agency for entry in entries)
        agencies = tuple(dict.fromkeys(entry.agency for entry in entries if entry.agency))
        return Segment(part, alternatives, topics, english, replaced, agencies)


def match_topics(phrase: str, language: Language) -> list[tuple[str, float]]:
    """The topics that ``phrase`` names, best first, each with the share of the phrase's words that name it."""
    tokens = words(nfc(phrase))
    return topics_of(_expander().segments(tokens, language, exact=has_diacritics(phrase)))


def topics_of(segments: Sequence[Segment]) -> list[tuple[str, float]]:
    """The topics that ``segments`` name, best first, each with the share of all words that name it."""
    total = sum(len(_content(segment.words)) for segment in segments)
    shares: defaultdict[str, float] = defaultdict(float)
    for segment in segments:
        for topic in segment.topics:
            shares[topic] += len(_content(segment.words)) / max(1, total)
    return sorted(shares.items(), key=lambda item: (-item[1], item[0]))


def related_topics(thesaurus: Thesaurus, topic: str) -> dict[str, float]:
    """How well a statement on each topic answers a question on ``topic``: itself, narrower ones, broader ones."""
    near = {topic: 1.0}
    near.update(dict.fromkeys(thesaurus.descendants(topic), 0.8))
    near.update(dict.fromkeys(thesaurus.concepts[topic].broader, 0.3))
    return near


@cache
def _words(text: str) -> tuple[Word, ...]:
    return tuple(words(text))


@cache
def _expander() -> Expander:
    return Expander()


def _joins(tokens: Sequence[Word], number: int, joined: Callable[[Word, Word], bool]) -> bool:
    before = number > 0 and joined(tokens[number - 1], tokens[number])
    return before or (number + 1 < len(tokens) and joined(tokens[number], tokens[number + 1]))


def _content(tokens: Iterable[Word]) -> list[Word]:
    return [word for word in tokens if word.plain not in _ENGLISH_EMPTY]


def _keys(plains: Sequence[str]) -> list[tuple[str, ...]]:
    """What an English phrase is looked up by, the most exact first: a single word's stem alone could be another's."""
    if len(plains) == 1:
        return [(plains[0],), (singular(plains[0]),), ("~", stem(plains[0]))]
    return [tuple(sorted(stem(word) for word in plains))] if plains else []


def _same(part: Sequence[Word], phrase: _Phrase, *, exact: bool) -> bool:
    """Whether ``part`` is ``phrase``, with its diacritics when ``exact``; of several words one tone may be wrong.

    When not exact, a single syllable must still have its diacritics: too many words share it without.
    """
    if tuple(word.plain for word in part) != phrase.plains:
        return False
    wrong = [(word.full, full) for word, full in zip(part, phrase.fulls, strict=True) if word.full != full]
    if len(part) == 1 or not wrong:
        return not wrong or phrase.entry.abbreviates
    return not exact or (len(wrong) == 1 and toneless(wrong[0][0]) == toneless(wrong[0][1]))
