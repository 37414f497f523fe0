"""One score out of what the parts of retrieval say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgplan.retrieval.query import Query
from kgplan.retrieval.storage import Stored

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Features:
    """float32 arrays ``[statements]``; see :class:`kgplan.retrieval.hybrid.StatementScore`."""

    dense: Floats
    dense_z: Floats
    lexical: Floats
    coverage: Floats
    topic: Floats
    fused: Floats


# Chosen on development questions, also with half or all of the thesaurus and glossary left out of expansion; every
# choice near these does as well. The dense score has weight one.
LEXICAL_WEIGHT = 5.0
LEXICAL_CAP = 1.1  # an ideal passage has one: more only says that the passage is short
TOPIC_WEIGHT = 2.0
ASSIGNED_WEIGHT = 1.0  # a question mostly asks for what agencies have to do
CONTEXT_WEIGHT = -0.5
_MIDDLE, _WIDTH = 5.0, 1.5


def fuse(
    query: Query,
    statements: Sequence[Stored],
    dense: Floats,
    dense_z: Floats,
    lexical: Floats,
    coverage: Floats,
    topic: Floats,
) -> Features:
    """The features with ``fused`` made of them: a weighted sum brought to 0 … 1 by the logistic function."""
    import numpy as np

    context = np.array([statement.kind == "context" for statement in statements], dtype=np.float32)
    total = (
        dense_z + LEXICAL_WEIGHT * np.minimum(lexical, LEXICAL_CAP) + TOPIC_WEIGHT * topic + CONTEXT_WEIGHT * context
    )
    if query.asks:
        total = total + ASSIGNED_WEIGHT * np.array([statement.assigned for statement in statements], dtype=np.float32)
    fused: Floats = (1 / (1 + np.exp((_MIDDLE - total) / _WIDTH))).astype(np.float32)
    return Features(dense, dense_z, lexical, coverage, topic, fused)
