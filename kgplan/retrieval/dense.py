"""The dense index: unit vectors of passages in a flat faiss index, whose inner product is the cosine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgplan.errors import CorpusError
from kgplan.retrieval.encoders import prefer_one_thread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def _faiss() -> Any:
    prefer_one_thread()
    import faiss

    return faiss


VIEWS = 2
"""Vectors a passage has: one of the passage in its context, one of the passage alone."""


class DenseIndex:
    """Vectors of passages, in the passages' order, :data:`VIEWS` a passage."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> DenseIndex:
        """An index over float32 ``[passages, VIEWS, dimension]`` of vectors of length one."""
        index = _faiss().IndexFlatIP(vectors.shape[2])
        index.add(vectors.reshape(-1, vectors.shape[2]))
        return cls(index)

    @classmethod
    def merge(cls, parts: Sequence[DenseIndex]) -> DenseIndex:
        """The indexes ``parts``, of one dimension, as one."""
        index = _faiss().IndexFlatIP(parts[0].dimension)
        for part in parts:
            index.add(part.vectors().reshape(-1, index.d))
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """The index that :meth:`save` wrote.

        Raises:
            CorpusError: the file is missing or is no faiss index.
        """
        try:
            return cls(_faiss().read_index(str(path)))
        except RuntimeError as error:
            raise CorpusError(f"{path} is not a faiss index that can be read: rebuild the corpus") from error

    def save(self, path: Path) -> None:
        """Write the index to ``path``."""
        _faiss().write_index(self._index, str(path))

    def __len__(self) -> int:
        return int(self._index.ntotal) // VIEWS

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def vectors(self) -> NDArray[np.float32]:
        """The vectors: float32 ``[passages, VIEWS, dimension]``."""
        stored: NDArray[np.float32] = self._index.reconstruct_n(0, int(self._index.ntotal))
        return stored.reshape(len(self), VIEWS, self.dimension)

    def sample(self, most: int) -> NDArray[np.float32]:
        """The vectors of at most ``most`` passages, from all over: float32 ``[passages, VIEWS, dimension]``."""
        import numpy as np

        rows = np.linspace(0, len(self) - 1, min(most, len(self))).astype(np.int64)
        return np.stack([self._index.reconstruct_n(int(row) * VIEWS, VIEWS) for row in rows])

    def cosines(self, queries: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosine of every query with every passage, the higher of its views: float32 ``[queries, passages]``."""
        import numpy as np

        scores, rows = self._index.search(queries, self._index.ntotal)
        cosines: NDArray[np.float32] = np.empty_like(scores)
        np.put_along_axis(cosines, rows, scores, axis=1)
        highest: NDArray[np.float32] = cosines.reshape(len(queries), -1, VIEWS).max(axis=2)
        return highest
