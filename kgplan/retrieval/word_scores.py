"""What the words of a query say of each statement: how well they match, which of them it holds, which it lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgplan.parsing.words import is_compound
from kgplan.retrieval.lexical import LexicalIndex
from kgplan.retrieval.query import Query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WordScores:
    """float32 arrays ``[statements]``; see :class:`kgplan.retrieval.hybrid.StatementScore`."""

    score: Floats
    coverage: Floats
    last: Floats
    missed: Floats
    numbers: Floats
    """The share of the numbers of documents, and dates, that the query gives."""


def score_words(index: LexicalIndex, query: Query, highest: Callable[[Floats], Floats]) -> tuple[Floats, WordScores]:
    """BM25 of each sentence, and the scores of each statement.

    Each segment of the query counts by its own words or by the alternative that fits best. ``highest`` gives for
    each statement the highest of its sentences' values.
    """
    import numpy as np

    score = np.zeros(len(index), dtype=np.float32)
    coverage = np.zeros_like(score)
    last = missed = np.zeros_like(highest(score))
    total = 0.0
    for segment in query.segments:
        typos = query.language == "vi" and not segment.english
        best_score = index.score(segment.words, typos=typos)
        held = index.coverage(segment.words, typos=typos)
        for alternative in segment.alternatives:
            weight, tokens = np.float32(alternative.weight), alternative.words
            np.maximum(best_score, weight * index.score(tokens, typos=False), out=best_score)
            np.maximum(held, weight * index.coverage(tokens, typos=False), out=held)
        importance = index.importance(segment.words)
        score += np.float32(importance) * best_score
        coverage += np.float32(importance) * held
        total += importance
        last = highest(held)
        if segment.alternatives:
            missed = missed + np.float32(importance) * (1 - last)
    numbers = np.zeros_like(score)
    given = [word for segment in query.segments for word in segment.words if is_compound(word)]
    for word in given:
        numbers += index.holding([word]).astype(np.float32) / np.float32(len(given))
    whole = np.float32(total or 1.0)
    score, coverage = score / whole, coverage / whole
    return score, WordScores(highest(score), highest(coverage), last, missed / whole, highest(numbers))
