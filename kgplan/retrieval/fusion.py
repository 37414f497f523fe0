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


DENSE_WEIGHT = 1.0
LEXICAL_WEIGHT = 5.0
TOPIC_WEIGHT = 2.0
ASSIGNED_WEIGHT = 0.5
CONTEXT_WEIGHT = -0.5


def fuse(
    query: Query,
    statements: Sequence[Stored],
    dense: Floats,
    dense_z: Floats,
    lexical: Floats,
    coverage: Floats,
    topic: Floats,
) -> Features:
    """The features with ``fused`` made of them."""
    import numpy as np

    assigned = np.array([statement.assigned for statement in statements], dtype=np.float32)
    context = np.array([statement.kind == "context" for statement in statements], dtype=np.float32)
    total = DENSE_WEIGHT * dense_z + LEXICAL_WEIGHT * lexical + TOPIC_WEIGHT * topic + CONTEXT_WEIGHT * context
    if query.asks:
        total = total + ASSIGNED_WEIGHT * assigned
    fused: Floats = (1 / (1 + np.exp(-(total - 5.0) / 1.5))).astype(np.float32)
    return Features(dense, dense_z, lexical, coverage, topic, fused)
