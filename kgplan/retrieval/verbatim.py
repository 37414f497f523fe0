"""Statements that hold a query word for word, outside the names of the agencies they are given to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from kgplan.parsing.words import Word, is_compound, words
from kgplan.retrieval.lexical import LexicalIndex
from kgplan.retrieval.query import Query
from kgplan.retrieval.storage import Stored

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def verbatim(
    index: LexicalIndex, query: Query, statements: Sequence[Stored], owners: NDArray[np.int64]
) -> frozenset[int]:
    """The numbers of the ``statements`` in which all words of ``query`` stand in a row, by the passages' ``owners``."""
    tokens = _simple(query.restored)
    asked = _row(tokens)
    return frozenset(
        number
        for number in set(owners[index.holding(tokens)].tolist())
        if asked in _own_row(statements[number].text, statements[number].agencies)
    )


@lru_cache(maxsize=1 << 10)
def _own_row(text: str, agencies: tuple[str, ...]) -> str:
    row = _row(_simple(text))
    for name in sorted(agencies, key=len, reverse=True):
        row = row.replace(_row(_simple(name)), " | ")
    return row


def _simple(text: str) -> list[Word]:
    return [word for word in words(text) if not is_compound(word)]


def _row(tokens: Sequence[Word]) -> str:
    return f" {' '.join(word.full for word in tokens)} "
