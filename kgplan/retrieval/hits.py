"""What a search finds: a list of hits that a notebook can show and pandas can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgplan.frames import frame
from kgplan.retrieval.hybrid import Hit

if TYPE_CHECKING:
    import pandas

COLUMNS = ("plan", "address", "kind", "text", "score", "start", "end", "best_start", "best_end")


class Hits(list[Hit]):
    """Hits, best first. As a list it is one like any other."""

    def to_pandas(self) -> pandas.DataFrame:
        """One row a hit: :data:`COLUMNS`. Raises KgplanError when pandas is not installed."""
        return frame((hit.to_dict() for hit in self), COLUMNS)

    def _repr_html_(self) -> str:
        from kgplan.display import hits_html

        return hits_html(self)
