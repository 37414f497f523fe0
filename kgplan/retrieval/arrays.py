"""Arrays and texts in one file of NumPy's (`NPZ <https://numpy.org/doc/stable/reference/generated/numpy.savez.html>`_)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def encoded(text: str) -> NDArray[np.uint8]:
    """``text`` in UTF-8 as an array, of which ``tobytes().decode()`` is the text again."""
    import numpy as np

    return np.frombuffer(text.encode(), dtype=np.uint8)


def save_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write ``arrays`` by name to ``path``, whatever its suffix."""
    import numpy as np

    with path.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
