"""One score out of what the parts of retrieval say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgplan.retrieval.query import Query
from kgplan.retrieval.storage import Stored
from kgplan.retrieval.word_scores import WordScores

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Features:
    """float32 arrays ``[statements]``; see :class:`kgplan.retrieval.hybrid.StatementScore`."""

    dense: Floats
    dense_z: Floats
    words: WordScores
    topic: Floats
    fused: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part counts beside the dense score's deviation from the mean.

    Chosen on development questions, also with half or all of the thesaurus and glossary left out of expansion; every
    choice near these does as well (docs/retrieval.md).
    """

    dense: float = 0.8
    lexical: float = 5.0
    topic: float = 2.0
    holding: float = 4.0
    """A question is answered by a statement that holds what it asks for: a figure, a deadline, a document …"""
    holding_agency: float = 1.5
    """The same of agencies, which most statements hold."""
    numbers: float = 2.0
    """Numbers of documents, and dates, that the query gives."""
    agency: float = 1.5
    """Agencies that the query names and that have a role in the statement."""
    context: float = -0.5


_MIDDLE, _WIDTH = 5.0, 1.5


def fuse(
    query: Query,
    statements: Sequence[Stored],
    dense: Floats,
    dense_z: Floats,
    words: WordScores,
    topic: Floats,
    weights: Weights,
) -> Features:
    """The features with ``fused`` made of them: a weighted sum brought to 0 … 1 by the logistic function."""
    import numpy as np

    context = np.array([statement.kind == "context" for statement in statements], dtype=np.float32)
    total = weights.dense * dense_z + weights.topic * topic + weights.context * context
    total = total + weights.lexical * words.score + weights.numbers * words.numbers
    if query.wants:
        worth: dict[str, float] = {
            holding: (weights.holding_agency if holding == "agency" else weights.holding) / len(query.wants)
            for holding in query.wants
        }
        held = (sum(worth.get(holding, 0.0) for holding in statement.holds) for statement in statements)
        total = total + np.fromiter(held, dtype=np.float32, count=len(statements))
    named = {agency for segment in query.segments for agency in segment.agencies}
    if named:
        shares = (len(named.intersection(statement.agencies)) / len(named) for statement in statements)
        total = total + weights.agency * np.fromiter(shares, dtype=np.float32, count=len(statements))
    fused: Floats = (1 / (1 + np.exp((_MIDDLE - total) / _WIDTH))).astype(np.float32)
    return Features(dense, dense_z, words, topic, fused)
