"""Which of some short labels, such as names of targets, a topic means. Words nothing knows say nothing."""

from __future__ import annotations

from collections.abc import Mapping

from kgplan.parsing.words import Word, is_compound, words
from kgplan.retrieval.hybrid import HybridIndex

_LEAST = 0.3
"""Least share of the topic's words, in its best Vietnamese reading, that a label must hold."""


def choose(index: HybridIndex, topic: str, labels: Mapping[str, str]) -> list[str]:
    """The keys of ``labels`` whose text holds most of ``topic`` (in either language); empty when none holds enough.

    Of labels that hold as much, the one with the fewest other words is meant.
    """
    segments = [s for s in index.read(topic).segments if s.words and (s.alternatives or index.holds(s.words))]
    weights = [index.importance(s.words) for s in segments]
    ranks: dict[str, tuple[float, float]] = {}
    for name, label in labels.items():
        held = [w for w in words(label) if not is_compound(w)]
        hits = sum(
            weights[n] * max(_share(s.words, held), *(a.weight * _share(a.words, held) for a in s.alternatives), 0.0)
            for n, s in enumerate(segments)
        )
        total = sum(weights)
        ranks[name] = (round(hits / total, 6) if total else 0.0, -float(len(held)))
    best = max(ranks.values(), default=(0.0, 0.0))
    return [name for name, rank in ranks.items() if rank == best] if best[0] >= _LEAST else []


def _share(reading: tuple[Word, ...], held: list[Word]) -> float:
    """The share of the words of ``reading`` that the label holds."""
    full = {w.full for w in held}
    plain = {w.plain for w in held}
    if not reading:
        return 0.0
    return sum(w.full in full or (w.full == w.plain and w.plain in plain) for w in reading) / len(reading)
