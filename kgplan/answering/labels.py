"""Which of some short labels, such as names of targets, a topic means. Words nothing knows count, but less."""

from __future__ import annotations

from collections.abc import Mapping

from kgplan.parsing.words import Word, is_compound, words
from kgplan.retrieval.hybrid import HybridIndex

_LEAST = 0.4
"""Least share of the topic's words, in its best Vietnamese reading, that a label must hold."""

_UNKNOWN = 0.5
"""What a phrase nothing knows counts, beside one that is known."""


def choose(index: HybridIndex, topic: str, labels: Mapping[str, str], headings: Mapping[str, str]) -> list[str]:
    """The keys of ``labels`` whose text holds most of ``topic`` (in either language); empty when none holds enough.

    Words that only the heading above a label holds count half. Of labels that hold as much, the one with the
    fewest other words is meant.
    """
    read = [s for s in index.read(topic).segments if s.words]
    segments = [s for s in read if s.alternatives or index.holds(s.words)]
    weights = [index.importance(s.words) for s in segments]
    unknown = _UNKNOWN * sum(weights) / max(len(weights), 1) * (len(read) - len(segments))
    ranks: dict[str, tuple[float, float]] = {}
    for name, label in labels.items():
        held = [w for w in words(label) if not is_compound(w)]
        above = [w for w in words(headings.get(name, "")) if not is_compound(w)]
        hits = sum(
            weights[n]
            * max(_share(s.words, held, above), *(a.weight * _share(a.words, held, above) for a in s.alternatives), 0.0)
            for n, s in enumerate(segments)
        )
        total = sum(weights) + unknown
        ranks[name] = (round(hits / total, 6) if total else 0.0, -float(len(held)))
    best = max(ranks.values(), default=(0.0, 0.0))
    return [name for name, rank in ranks.items() if rank == best] if best[0] >= _LEAST else []


def _share(reading: tuple[Word, ...], held: list[Word], above: list[Word]) -> float:
    """The share of the words of ``reading`` that the label, or for half the heading, holds."""
    total = 0.0
    for word in reading:
        total += 1.0 if _among(word, held) else (0.5 if _among(word, above) else 0.0)
    return total / len(reading) if reading else 0.0


def _among(word: Word, held: list[Word]) -> bool:
    return any(word.full == w.full or (word.full == word.plain and word.plain == w.plain) for w in held)
