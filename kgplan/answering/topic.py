"""Which statements are on a question's topic: a calibrated cut over the scores of retrieval, no fixed number.

A logistic regression over what the parts of retrieval say of a statement, alone and against the best one,
gives the probability that it is on the topic. Its weights stand in ``data/topic_filter.json`` and are fitted
by ``benchmarks/calibrate.py`` on topics that no test uses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kgplan.answering.catalogue import Catalogue
from kgplan.parsing.topics import load_thesaurus
from kgplan.rdf.vocabulary import DEFAULT_BASE, statement_iri
from kgplan.resources import DATA
from kgplan.retrieval.hybrid import HybridIndex, StatementScore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEATURES = (
    "dense_gap",
    "dense_behind",
    "lexical",
    "coverage",
    "topic",
    "lexical_behind",
    "coverage_behind",
    "topic_behind",
    "absent",
    "english",
    "length",
)
"""What the regression sees of a statement. ``…_behind`` is the distance to the best statement; ``dense_gap`` the
cosine above the mean; ``absent`` the share of the topic's words that name topics no statement is on."""

_NEAR = 0.05
"""Least probability of the one statement that is nearest where other conditions leave few."""

_COSINE_SCALE = 50.0
"""Cosines of one encoder lie within a few hundredths; this brings them to the scale of the other features."""


@dataclass(frozen=True, slots=True)
class Match:
    """A statement (IRI) on the topic, and how surely (0 to 1)."""

    statement: str
    score: float


@dataclass(frozen=True, slots=True)
class _Filter:
    weights: tuple[float, ...]
    bias: float
    answer: float
    include: float
    relative: float


@cache
def _filter() -> _Filter:
    data = json.loads((DATA / "topic_filter.json").read_text("utf-8"))
    weights = tuple(float(data["weights"][name]) for name in FEATURES)
    return _Filter(weights, data["bias"], data["answer"], data["include"], data["relative"])


def features(
    scores: Sequence[StatementScore], rivals: Sequence[bool], *, absent: float, english: bool, length: int
) -> Floats:
    """The features of statements that compete for one topic: float64 ``[len(scores), len(FEATURES)]``.

    ``rivals`` marks those that have what is asked for, among which the best is looked for; ``length`` is the
    number of the topic's words.
    """
    import numpy as np

    dense, lexical, coverage, topic = (
        np.array([getattr(s, name) for s in scores], dtype=np.float64)
        for name in ("dense", "lexical", "coverage", "topic")
    )
    same = np.ones(len(scores))
    rival = np.array(rivals) if any(rivals) else np.ones(len(scores), dtype=bool)
    return np.stack(
        [
            (dense - dense.mean()) * _COSINE_SCALE,
            (dense - dense[rival].max()) * _COSINE_SCALE,
            lexical,
            coverage,
            topic,
            lexical - lexical[rival].max(),
            coverage - coverage[rival].max(),
            topic - topic[rival].max(),
            absent * same,
            float(english) * same,
            np.log(max(length, 1)) * same,
        ],
        axis=1,
    )


class TopicFinder:
    """Finds the statements on a topic, in the whole corpus or in one plan of it."""

    def __init__(
        self, index: HybridIndex, catalogue: Catalogue, *, plan: str | None = None, base: str = DEFAULT_BASE
    ) -> None:
        """``plan`` is the id of the plan to keep to; ``base`` begins the statements' IRIs."""
        self._index = index
        self._catalogue = catalogue
        self._plan = plan
        self._base = base
        self._last: tuple[str, list[StatementScore]] | None = None

    def iri(self, plan: str, address: str) -> str:
        """The IRI of a statement of the index."""
        return statement_iri(plan, address, self._base)

    def find(
        self, topic: str, candidates: Iterable[str] | None = None, rivals: Iterable[str] | None = None
    ) -> list[Match]:
        """The statements on ``topic``, the surest first, among ``candidates`` (IRIs; None: all).

        ``rivals`` are the statements that have what is asked for, with which they are compared (None: all).
        """
        among = self._among(topic, candidates, rivals)
        best = max(among.values(), default=0.0)
        cut = _filter()
        if best < cut.answer:
            return []
        least = min(best, max(cut.include, cut.relative * best))
        return sorted((Match(i, p) for i, p in among.items() if p >= least), key=lambda m: -m.score)

    def nearest(self, topic: str, candidates: Iterable[str]) -> list[Match]:
        """The one of ``candidates`` closest to ``topic``, where what is asked for has already told them apart."""
        among = self._among(topic, candidates, None)
        return [Match(i, among[i]) for i in sorted(among, key=lambda i: -among[i])[:1] if among[i] >= _NEAR]

    def _among(self, topic: str, candidates: Iterable[str] | None, rivals: Iterable[str] | None) -> dict[str, float]:
        found = self._probabilities(topic, rivals)
        return found if candidates is None else {c: found[c] for c in candidates if c in found}

    def _probabilities(self, topic: str, rivals: Iterable[str] | None) -> dict[str, float]:
        import numpy as np

        if self._last is None or self._last[0] != topic:
            found = [s for s in self._index.scores(topic) if self._plan is None or s.plan == self._plan]
            self._last = (topic, found)
        scores = self._last[1]
        among = None if rivals is None else set(rivals)
        matrix = self.features(topic, scores, [among is None or self.iri(s.plan, s.address) in among for s in scores])
        cut = _filter()
        odds = matrix @ np.array(cut.weights) + cut.bias
        chances = 1 / (1 + np.exp(-odds))
        return {self.iri(s.plan, s.address): float(p) for s, p in zip(scores, chances, strict=True)}

    def features(self, topic: str, scores: Sequence[StatementScore], rivals: Sequence[bool]) -> Floats:
        """The :func:`features` of ``scores``, which are those of ``topic``."""
        query = self._index.read(topic)
        absent = sum(share for slug, share in query.topics if not self._present(slug))
        return features(scores, rivals, absent=absent, english=query.language == "en", length=len(topic.split()))

    def _present(self, slug: str) -> bool:
        """Whether some statement is on the topic or on a narrower one."""
        held = self._catalogue.topics
        return slug in held or any(narrower in held for narrower in load_thesaurus().descendants(slug))
