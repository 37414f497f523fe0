"""Terms that a corpus never uses: what tells a question just beside a plan's topics from one on them.

A Vietnamese compound that the thesaurus or the glossary knows ("cổ phần hóa", to make a state enterprise a joint-stock
company) means something of its own; that its syllables stand somewhere in a plan, apart, says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from kgplan.parsing.topics import load_thesaurus
from kgplan.parsing.word_lists import load
from kgplan.parsing.words import Word, words
from kgplan.retrieval.lexical import LexicalIndex
from kgplan.retrieval.query import Query
from kgplan.text import nfc

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 5


@cache
def known_terms(letter: str) -> frozenset[tuple[str, ...]]:
    """The syllables of every Vietnamese term of two to five that begins with ``letter`` in thesaurus or glossary."""
    found = (tuple(word.full for word in words(nfc(text))) for text in _texts().get(letter, ()))
    return frozenset(term for term in found if 2 <= len(term) <= _LONGEST)


@cache
def _texts() -> dict[str, set[str]]:
    """The terms by their first letter."""
    glossary = load("glossary")
    texts = {
        text for name in ("en", "vi", "abbreviations") for meanings in glossary[name].values() for text in meanings
    }
    texts.update(glossary["vi"], glossary["terms"])
    texts.update(label for concept in load_thesaurus().concepts.values() for label in concept.labels("vi"))
    grouped: dict[str, set[str]] = {}
    for text in texts:
        grouped.setdefault(text[:1].lower(), set()).add(text)
    return grouped


def unheard(index: LexicalIndex, query: Query, passages: NDArray[np.int64]) -> float:
    """The share of ``query``, by importance, that is terms none of the ``passages`` (their numbers) holds: 0 to 1."""
    total = missing = 0.0
    for own, ways in _units(query):
        importance = index.importance(own)
        total += importance
        if ways and not any(index.holds(way, passages) for way in ways):
            missing += importance
    return missing / (total or 1.0)


def _units(query: Query) -> Iterator[tuple[Sequence[Word], list[Sequence[Word]]]]:
    """The words of each term and the ways to say it, and other words one by one with none."""
    for segment in query.segments:
        if segment.alternatives:
            yield segment.words, [segment.words, *(alternative.words for alternative in segment.alternatives)]
            continue
        first = 0
        while first < len(segment.words):
            last = _longest(segment.words, first)
            own = segment.words[first:last]
            yield own, [own] if len(own) > 1 else []
            first = last


def _longest(tokens: Sequence[Word], first: int) -> int:
    """Where the longest known term at ``first`` ends; the next word if there is none."""
    syllables = [word.full for word in tokens[first : first + _LONGEST]]
    known = known_terms(syllables[0][:1])
    lengths = (size for size in range(len(syllables), 1, -1) if tuple(syllables[:size]) in known)
    return first + next(lengths, 1)
