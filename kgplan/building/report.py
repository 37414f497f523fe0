"""What a build did."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kgplan.errors import KgplanError


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be used, by its path as given, and why; ``kind`` is the name of the error."""

    source: str
    reason: str
    kind: str

    @classmethod
    def of(cls, path: Path, error: KgplanError) -> Failure:
        """What ``error`` says of the file at ``path``."""
        return cls(str(path), str(error).removeprefix(f"{path}: "), type(error).__name__)

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The ids of the plans by what became of them, and the files that failed.

    ``unchanged`` plans were taken over as they stood in the corpus; ``replaced`` ones were read anew, because their
    file, kgplan or its data had changed.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary."""
        return asdict(self)
