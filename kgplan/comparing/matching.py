"""Which statement of one plan is which of another: by meaning and by words, each the other's best.

Vectors alone put much of what plans say near to each other, and words alone miss what is said in other words; a match
needs both. The score is a weighted geometric mean of two figures, each 0 for texts that have nothing in common and 1
for the same text:

* meaning: the cosine of the vectors, less how near the model puts unrelated sentences (``data/comparison.json``);
* words: Dice's coefficient over the words, each weighted by its inverse document frequency in both plans together.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kgplan import text as keys
from kgplan.parsing.word_lists import load
from kgplan.retrieval.encoders import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

THRESHOLD = 0.4
"""The lowest score of a match; chosen on reworded sentences and on plans that have little in common."""

_MEANING = 0.35
"""Weight of the meaning; the rest is the words'."""

_WORD = re.compile(r"[^\W\d_]+")


class Matcher:
    """Scores texts of two plans against each other with one encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    @cached_property
    def _unrelated(self) -> float:
        """The mean cosine of sentences that have nothing in common."""
        vectors = self.encoder.encode_passages(load("comparison")["unrelated"])
        count = len(vectors)
        return (float((vectors @ vectors.T).sum()) - count) / (count * (count - 1))

    def scores(self, a: Sequence[str], b: Sequence[str], vectors_a: Floats, vectors_b: Floats) -> Floats:
        """How surely each text of ``a`` is each of ``b``, 0 to 1: float32 ``[len(a), len(b)]``. Vectors are unit."""
        import numpy as np

        near = np.clip((vectors_a @ vectors_b.T - self._unrelated) / max(1e-6, 1 - self._unrelated), 0.0, 1.0)
        scores: Floats = (near**_MEANING * word_overlap(a, b) ** (1 - _MEANING)).astype(np.float32)
        return scores


def word_overlap(a: Sequence[str], b: Sequence[str]) -> Floats:
    """Dice's coefficient of the words of each text of ``a`` with each of ``b``: float32 ``[len(a), len(b)]``.

    Words weigh by their rarity; numbers do not count, since the next year's plan has others. Equal words give 1.
    """
    import numpy as np

    bags = [Counter(_WORD.findall(keys.key(text))) for text in (*a, *b)]
    known = {word: column for column, word in enumerate(sorted({word for bag in bags for word in bag}))}
    documents = Counter(word for bag in bags for word in bag)
    weight = {word: math.log(1 + len(bags) / documents[word]) for word in known}
    sums = [sum(weight[word] * count for word, count in sorted(bag.items())) for bag in bags]
    holders: dict[str, list[tuple[int, int]]] = {word: [] for word in known}
    for row, bag in enumerate(bags[len(a) :]):
        for word, count in bag.items():
            holders[word].append((row, count))
    overlap = np.zeros((len(a), len(b)), dtype=np.float64)
    for row, bag in enumerate(bags[: len(a)]):
        for word, count in sorted(bag.items()):
            for column, other in holders[word]:
                overlap[row, column] += weight[word] * min(count, other)
        for column in range(len(b)):
            total = sums[row] + sums[len(a) + column]
            overlap[row, column] = 2 * overlap[row, column] / total if total else 1.0
    result: Floats = overlap.astype(np.float32)
    return result


def mutual_best(scores: Floats, threshold: float) -> list[tuple[int, int]]:
    """The pairs (row, column) of which each is the other's best among those left, from ``threshold`` up, by row.

    Of equals the one nearest in order is best: of several statements of the same words the first is the first's.
    """
    import numpy as np

    rows, columns = scores.shape
    if not scores.size:
        return []
    apart = np.abs(np.arange(rows)[:, None] / rows - np.arange(columns)[None, :] / columns)
    ranked = np.where(scores >= threshold, np.round(scores.astype(np.float64), 4) - 1e-6 * apart, -np.inf)
    pairs: list[tuple[int, int]] = []
    while True:
        best_column, best_row = ranked.argmax(axis=1), ranked.argmax(axis=0)
        found = [
            (row, int(column))
            for row, column in enumerate(best_column)
            if best_row[column] == row and ranked[row, column] > -np.inf
        ]
        if not found:
            return sorted(pairs)
        for row, column in found:
            ranked[row, :] = ranked[:, column] = -np.inf
        pairs += found
