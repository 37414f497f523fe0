"""Which statements are on a question's topic: a calibrated cut over the scores of retrieval, no fixed number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgplan.rdf.vocabulary import DEFAULT_BASE, statement_iri
from kgplan.retrieval.hybrid import HybridIndex, StatementScore

_LEAST = 0.3
_BEHIND = 0.25


@dataclass(frozen=True, slots=True)
class Match:
    """A statement (IRI) on the topic, and how surely (0 to 1)."""

    statement: str
    score: float


class TopicFinder:
    """Finds the statements on a topic."""

    def __init__(self, index: HybridIndex, *, base: str = DEFAULT_BASE) -> None:
        """``base`` begins the statements' IRIs."""
        self._index = index
        self._base = base
        self._last: tuple[str, list[StatementScore]] | None = None

    def iri(self, plan: str, address: str) -> str:
        """The IRI of a statement of the index."""
        return statement_iri(plan, address, self._base)

    def scores(self, topic: str) -> list[StatementScore]:
        """The scores of every statement for ``topic``; the last topic's are kept."""
        if self._last is None or self._last[0] != topic:
            self._last = (topic, self._index.scores(topic))
        return self._last[1]

    def find(self, topic: str, candidates: Iterable[str] | None = None) -> list[Match]:
        """The statements on ``topic``, the surest first, among ``candidates`` (IRIs; None: all)."""
        among = self._among(topic, candidates)
        best = max((s.fused for s in among.values()), default=0.0)
        if best < _LEAST:
            return []
        found = [Match(iri, s.fused) for iri, s in among.items() if s.fused >= best - _BEHIND and s.fused >= _LEAST]
        return sorted(found, key=lambda m: -m.score)

    def nearest(self, topic: str, candidates: Iterable[str]) -> list[Match]:
        """The one of ``candidates`` closest to ``topic``, where what is asked for has already told them apart."""
        among = self._among(topic, candidates)
        if not among:
            return []
        best = max(among, key=lambda iri: among[iri].fused)
        return [Match(best, among[best].fused)]

    def _among(self, topic: str, candidates: Iterable[str] | None) -> dict[str, StatementScore]:
        scores = {self.iri(s.plan, s.address): s for s in self.scores(topic)}
        return scores if candidates is None else {c: scores[c] for c in candidates if c in scores}
