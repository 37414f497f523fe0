"""Which statements are on a question's topic: a calibrated cut over the scores of retrieval, no fixed number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kgplan.answering.interpretation import Interpretation
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

    def find(self, interpretation: Interpretation, candidates: Iterable[str] | None) -> list[Match]:
        """The statements on the interpretation's topic, the surest first, among ``candidates`` (None: all)."""
        assert interpretation.topic is not None
        scores = {self.iri(s.plan, s.address): s for s in self.scores(interpretation.topic)}
        among = scores if candidates is None else {c: scores[c] for c in candidates if c in scores}
        if not among:
            return []
        best = max(s.fused for s in among.values())
        if best < _LEAST:
            return []
        found = [Match(iri, s.fused) for iri, s in among.items() if s.fused >= best - _BEHIND and s.fused >= _LEAST]
        return sorted(found, key=lambda m: -m.score)
