"""What a search finds: a list of hits that a notebook can show and pandas can read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kgplan.frames import frame
from kgplan.rdf.vocabulary import DEFAULT_BASE, statement_iri

if TYPE_CHECKING:
    import pandas

COLUMNS = ("plan", "address", "kind", "text", "score", "start", "end", "best_start", "best_end")


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement found: its text at ``start:end`` of the plan, and its sentence that fits best."""

    plan: str
    address: str
    kind: str
    text: str
    start: int
    end: int
    score: float
    best_start: int
    best_end: int

    def to_dict(self, base: str = DEFAULT_BASE) -> dict[str, Any]:
        """A JSON-ready dictionary, with the statement's IRI below ``base``."""
        return {"iri": statement_iri(self.plan, self.address, base), **asdict(self)}


class Hits(list[Hit]):
    """Hits, best first. As a list it is one like any other."""

    def to_pandas(self) -> pandas.DataFrame:
        """One row a hit: :data:`COLUMNS`. Raises KgplanError when pandas is not installed."""
        return frame((hit.to_dict() for hit in self), COLUMNS)

    def _repr_html_(self) -> str:
        from kgplan.display import hits_html

        return hits_html(self)
