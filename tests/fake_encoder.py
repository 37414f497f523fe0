"""An encoder for tests: no model, the same vectors every time, near for texts that share words; it counts its work."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np


class FakeEncoder:
    """Sums a vector drawn from the hash of each word; texts of the same words are the same to it."""

    dimension = 32

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.encoded: list[str] = []
        """Every passage that was encoded, in order."""

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += texts
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split() or [""]:
                seed = int.from_bytes(hashlib.sha256(f"{self.name} {word}".encode()).digest()[:8])
                rows[row] += np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
