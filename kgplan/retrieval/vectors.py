"""Vectors of passages, each made once: what was encoded before is taken from memory.

Passages are encoded a statement at a time, so that a vector depends on its statement alone. A model that reads several
texts at once gives slightly other numbers in other company, and an index must not depend on how it came about.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kgplan.errors import CorpusError
from kgplan.retrieval.dense import VIEWS, DenseIndex
from kgplan.retrieval.encoders import Encoder
from kgplan.retrieval.passages import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_DIGEST = 16
Key = tuple[bytes, int]
"""What a statement's vectors are known by: the digest of its passages' texts, and how many passages it has."""


class PassageVectors:
    """The vectors that one encoder gave, float32 ``[passages, VIEWS, dimension]`` a statement."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._known: dict[Key, Floats] = {}

    def encode(self, passages: Sequence[Passage], progress: Callable[[int, int], None] | None = None) -> Floats:
        """The vectors of ``passages``, in their order: float32 ``[passages, VIEWS, dimension]`` of length one.

        ``progress`` is told (done, all) of those that have yet to be encoded. Raises EncoderError when the encoder
        cannot be used.
        """
        import numpy as np

        vectors = np.empty((len(passages), VIEWS, self.encoder.dimension), dtype=np.float32)
        missing = self.missing(passages) if progress is not None else 0
        done = encoded = 0
        for group in _statements(passages):
            key = _key(group)
            if key not in self._known:
                texts = [text for passage in group for text in (passage.in_context, passage.alone)]
                self._known[key] = self.encoder.encode_passages(texts).reshape(len(group), VIEWS, -1)
                encoded += len(group)
                if progress is not None:
                    progress(encoded, missing)
            vectors[done : done + len(group)] = self._known[key]
            done += len(group)
        return vectors

    def missing(self, passages: Sequence[Passage]) -> int:
        """How many of ``passages`` have yet to be encoded."""
        new = {key for key in map(_key, _statements(passages)) if key not in self._known}
        return sum(count for _, count in new)

    def save(self, file: BinaryIO, passages: Sequence[Passage]) -> None:
        """Write the vectors of ``passages`` to ``file``, encoding what is missing."""
        import numpy as np

        np.savez(
            file,
            encoder=np.frombuffer(self.encoder.fingerprint.encode(), dtype=np.uint8),
            keys=np.frombuffer(write_keys(passages), dtype=np.uint8),
            vectors=self.encode(passages),
        )

    def load(self, path: Path) -> bool:
        """Take over what :meth:`save` wrote; False when there is nothing, or nothing of this encoder's."""
        import numpy as np

        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                if stored["encoder"].tobytes().decode() != self.encoder.fingerprint:
                    return False
                self._take(read_keys(stored["keys"].tobytes()), stored["vectors"])
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
            return False
        return True

    def load_index(self, dense: Path, keys: bytes) -> None:
        """Take over the vectors of the index file ``dense``; ``keys`` were written for its passages by this encoder.

        An index that does not fit its keys, or cannot be read, gives nothing: its passages are encoded anew.
        """
        try:
            self._take(read_keys(keys), DenseIndex.load(dense).vectors())
        except (CorpusError, ValueError):
            return

    def _take(self, keys: Sequence[Key], vectors: Floats) -> None:
        if sum(count for _, count in keys) != len(vectors) or vectors.shape[1:] != (VIEWS, self.encoder.dimension):
            raise ValueError("keys and vectors do not fit together")
        done = 0
        for key in keys:
            self._known[key] = vectors[done : done + key[1]]
            done += key[1]


def write_keys(passages: Sequence[Passage]) -> bytes:
    """The keys of the statements that ``passages`` make up, one line each: digest in hexadecimal, passages."""
    return "".join(f"{digest.hex()} {count}\n" for digest, count in map(_key, _statements(passages))).encode()


def read_keys(data: bytes) -> list[Key]:
    """The keys that :func:`write_keys` wrote. Raises ValueError when ``data`` is something else."""
    pairs = (line.split() for line in data.decode("ascii").splitlines())
    return [(bytes.fromhex(digest), int(count)) for digest, count in pairs]


def _statements(passages: Iterable[Passage]) -> Iterable[list[Passage]]:
    """The passages of one statement after the other."""
    return (list(group) for _, group in groupby(passages, key=lambda passage: (passage.plan, passage.address)))


def _key(group: Sequence[Passage]) -> Key:
    total = hashlib.sha256()
    for passage in group:
        for text in (passage.in_context, passage.alone):
            total.update(hashlib.sha256(text.encode()).digest())
    return total.digest()[:_DIGEST], len(group)
