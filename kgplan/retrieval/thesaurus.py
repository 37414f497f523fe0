"""What a question's words are called in plans: topics of the thesaurus, names of agencies, the glossary.

A question is cut into segments; each keeps its own words and gains Vietnamese alternatives, by the longest phrase
known. English phrases match by their stems in any order ("promoting investment", "investment promotion"),
Vietnamese ones by syllables, with diacritics or without.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from kgplan.parsing.topics import Thesaurus, load_thesaurus
from kgplan.parsing.word_lists import load
from kgplan.parsing.words import Word, is_compound, words
from kgplan.retrieval.language import Language, asking
from kgplan.text import has_diacritics, nfc

_PREFERRED, _SYNONYM, _GLOSS = 1.0, 0.7, 0.9
_MOST_ALTERNATIVES = 8
_LONGEST = 12
_ENGLISH_EMPTY = frozenset(
    ("a", "an", "the", "of", "and", "or", "in", "on", "for", "to", "with", "at", "by", "from", "as")
)
_SUFFIXES = (
    *("isations", "izations", "isation", "ization", "ations", "ation", "itions", "ition", "ments", "ment", "ings"),
    *("ing", "ions", "ion", "ities", "ity", "ives", "ive", "ally", "ly", "ied", "ies", "ed", "es", "s", "e", "y"),
)
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a question that belong together, and what else says the same, each with its weight (0 to 1)."""

    words: tuple[Word, ...]
    alternatives: tuple[tuple[tuple[Word, ...], float], ...] = ()
    topics: tuple[str, ...] = ()
    english: bool = False


@cache
def stem(word: str) -> str:
    """A rough stem of an English word: enough to join forms of one word within a known phrase."""
    word = word.lower()
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word[: -len(suffix)]
            break
    return re.sub(r"(.)\1$", r"\1", word)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one phrase leads to."""

    alternatives: tuple[str, ...]
    topics: tuple[str, ...]
    weight: float
    english: bool

    @property
    def names(self) -> bool:
        """Whether the phrase names a topic or an agency."""
        return bool(self.topics) or self.weight == _PREFERRED


class Expander:
    """Cuts questions into segments by the phrases it knows."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        """``names`` maps other names of agencies (abbreviations, English) to the ones that plans print."""
        self._names = names or {}

    @cached_property
    def _vietnamese(self) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...], _Entry]]]:
        """By the first plain syllable: plain forms, full forms, entry; longest first."""
        index: defaultdict[str, list[tuple[tuple[str, ...], tuple[str, ...], _Entry]]] = defaultdict(list)
        for phrase, entry in self._phrases("vi"):
            tokens = [word for word in words(phrase) if not is_compound(word)]
            if tokens:
                plains = tuple(word.plain for word in tokens)
                index[plains[0]].append((plains, tuple(word.full for word in tokens), entry))
        for found in index.values():
            found.sort(key=lambda item: -len(item[0]))
        return dict(index)

    @cached_property
    def _english(self) -> dict[tuple[str, ...], list[_Entry]]:
        """By the sorted stems of the phrase."""
        index: defaultdict[tuple[str, ...], list[_Entry]] = defaultdict(list)
        for phrase, entry in self._phrases("en"):
            stems = _stems(words(phrase))
            if stems:
                index[tuple(sorted(stems))].append(entry)
        return dict(index)

    def _phrases(self, language: Language) -> Iterable[tuple[str, _Entry]]:
        english = language == "en"
        thesaurus = load_thesaurus()
        for slug, concept in thesaurus.concepts.items():
            labels = concept.labels("vi")
            for label in concept.labels(language):
                yield label, _Entry(labels, (slug,), _SYNONYM, english)
        for phrase, translations in load("glossary")[language].items():
            yield phrase, _Entry(tuple(translations), (), _GLOSS, english)
        for name, printed in self._names.items():
            if has_diacritics(name) != english:
                yield name, _Entry((printed,), (), _PREFERRED, english)

    def segments(
        self, tokens: Sequence[Word], language: Language, joined: Callable[[Word, Word], bool] = lambda _l, _r: False
    ) -> list[Segment]:
        """``tokens`` cut into segments, in their order; words of no known phrase form segments of their own.

        Phrases that only ask are left out, all if nothing else remains. A single asking word stays when
        ``joined`` says that it makes a word with a neighbour.
        """
        asked = asking(tokens, language)
        found: list[Segment] = []
        loose: list[Word] = []
        first = 0
        while first < len(tokens):
            segment, last = self._longest(tokens, first, asked[first])
            if segment is not None:
                if loose:
                    found.append(Segment(tuple(loose)))
                    loose = []
                found.append(segment)
                first = last
            elif asked[first] > 1 or (asked[first] and not _joins(tokens, first, joined)):
                first += asked[first]
            else:
                loose.append(tokens[first])
                first += 1
        if loose:
            found.append(Segment(tuple(loose)))
        return found or [Segment(tuple(tokens))]

    def _longest(self, tokens: Sequence[Word], first: int, asked: int) -> tuple[Segment | None, int]:
        """The segment of the longest phrase at ``first``, unless the ``asked`` words there only ask."""
        if is_compound(tokens[first]):
            return None, first
        for last in range(min(len(tokens), first + _LONGEST), first, -1):
            part = tuple(tokens[first:last])
            entries = self._matching(part)
            if len(part) <= asked:
                entries = [entry for entry in entries if len(part) == asked and entry.names]
            if entries:
                return self._segment(part, entries), last
        return None, first

    def _matching(self, part: Sequence[Word]) -> list[_Entry]:
        entries = []
        for plains, fulls, entry in self._vietnamese.get(part[0].plain, ()):
            if len(plains) == len(part) and _same(part, plains, fulls):
                entries.append(entry)
        if any(has_diacritics(word.full) for word in part) or part[0].plain in _ENGLISH_EMPTY:
            return entries
        stems = _stems(part)
        if stems and part[-1].plain not in _ENGLISH_EMPTY:
            entries += self._english.get(tuple(sorted(stems)), [])
        return entries

    def _segment(self, part: tuple[Word, ...], entries: Sequence[_Entry]) -> Segment:
        weights: dict[str, float] = {}
        for entry in entries:
            for rank, alternative in enumerate(entry.alternatives[:_MOST_ALTERNATIVES]):
                preferred = entry.english and rank == 0
                weight = max(entry.weight, _PREFERRED if preferred else 0.0)
                weights[alternative] = max(weight, weights.get(alternative, 0.0))
        topics = tuple(dict.fromkeys(topic for entry in entries for topic in entry.topics))
        alternatives = tuple((tuple(words(text)), weight) for text, weight in weights.items())
        return Segment(part, alternatives, topics, all(entry.english for entry in entries))


def match_topics(phrase: str, language: Language) -> list[tuple[str, float]]:
    """The topics that ``phrase`` names, best first, each with the share of the phrase's words that name it."""
    return topics_of(_expander().segments(words(nfc(phrase)), language))


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
def _expander() -> Expander:
    return Expander()


def _joins(tokens: Sequence[Word], number: int, joined: Callable[[Word, Word], bool]) -> bool:
    before = number > 0 and joined(tokens[number - 1], tokens[number])
    return before or (number + 1 < len(tokens) and joined(tokens[number], tokens[number + 1]))


def _content(tokens: Iterable[Word]) -> list[Word]:
    return [word for word in tokens if word.plain not in _ENGLISH_EMPTY]


def _stems(tokens: Iterable[Word]) -> list[str]:
    return [stem(word.plain) for word in tokens if word.plain not in _ENGLISH_EMPTY]


def _same(part: Sequence[Word], plains: Sequence[str], fulls: Sequence[str]) -> bool:
    """Whether ``part`` is the phrase; a single syllable must have its diacritics, several may lack or miss them."""
    if tuple(word.plain for word in part) != tuple(plains):
        return False
    return len(part) > 1 or part[0].full == fulls[0]
