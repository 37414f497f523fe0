"""Which statements are on a question's topic: a calibrated cut over the scores of retrieval, no fixed number.

Two logistic regressions: one over what the parts of retrieval say of a statement, alone and against the best one,
gives the probability that it is on the topic; one over what they say of the likeliest statement gives the
probability that anything is. Their weights stand in ``data/topic_filter.json`` and are fitted by
``benchmarks/calibrate.py`` on topics that no test uses, with and without a part of the vocabulary.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kgplan.answering.catalogue import Catalogue
from kgplan.parsing.topics import load_thesaurus
from kgplan.rdf.vocabulary import DEFAULT_BASE, statement_iri
from kgplan.resources import DATA
from kgplan.retrieval.hybrid import Examination, HybridIndex, StatementScore

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
cosine above the mean of all statements, in standard deviations of the encoder's cosines; ``absent`` the share of the
topic's words that name topics no statement is on."""

PRESENCE = (
    "odds",
    "dense",
    "dense_gap",
    "stands_out",
    "coverage_behind",
    "topic",
    "fused",
    "last",
    "missed",
    "absent",
    "unheard",
    "foreign",
    "everyday",
    "meant",
    "english",
)
"""What the regression sees of the likeliest statement to tell whether anything is on the topic.

``odds`` are its log-odds of being on it; ``dense`` is the highest cosine of any statement above what is usual with the
encoder, and ``stands_out`` how far that is above the fifth; ``last`` is how far the statement holds the topic's last
phrase, ``missed`` the share of the topic that is known phrases it lacks, ``unheard`` that which is terms that no
statement holds; ``meant`` is how surely the topic's meaning is that of some topic of the thesaurus, ``foreign`` how
surely that of one that no statement is on, ``everyday`` how surely a matter that no plan is about.
"""

_LEAST = 0.05
"""Least probability of the surest statement, also where other conditions leave few."""

_EVEN = 0.5
"""Least probability of a statement that holds the topic word for word, and is less sure than the best."""


@dataclass(frozen=True, slots=True)
class Match:
    """A statement (IRI) on the topic, and how surely (0 to 1)."""

    statement: str
    score: float


@dataclass(frozen=True, slots=True)
class _Regression:
    weights: tuple[float, ...]
    bias: float

    @classmethod
    def of(cls, data: Mapping[str, Any], names: Sequence[str]) -> _Regression:
        return cls(tuple(float(data["weights"][name]) for name in names), float(data["bias"]))

    def odds(self, rows: Floats) -> Floats:
        """The log-odds of each of ``rows``."""
        import numpy as np

        odds: Floats = rows @ np.array(self.weights) + self.bias
        return odds


@dataclass(frozen=True, slots=True)
class _Filter:
    statement: _Regression
    presence: _Regression
    answer: float
    include: float
    relative: float


@cache
def _filter() -> _Filter:
    data = json.loads((DATA / "topic_filter.json").read_text("utf-8"))
    statement, presence = _Regression.of(data["statement"], FEATURES), _Regression.of(data["presence"], PRESENCE)
    return _Filter(statement, presence, data["answer"], data["include"], data["relative"])


def features(
    scores: Sequence[StatementScore],
    rivals: Sequence[bool],
    *,
    spread: float,
    absent: float,
    english: bool,
    length: int,
) -> Floats:
    """The features of statements that compete for one topic: float64 ``[len(scores), len(FEATURES)]``.

    ``rivals`` marks those that have what is asked for, among which the best is looked for; ``spread`` is the standard
    deviation of the encoder's cosines, ``length`` the number of the topic's words.
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
            (dense - dense.mean()) / spread,
            (dense - dense[rival].max()) / spread,
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """What retrieval says of a topic: the statements' scores, their :func:`features`, and the topics that it means.

    ``unheard``, ``dense`` and ``stands_out`` are as in :data:`PRESENCE`; ``meant`` is how surely it means any topic of
    the thesaurus, ``foreign`` how surely one that no statement is on, and ``everyday`` how surely a matter that no plan
    is about.
    """

    scores: list[StatementScore]
    rows: Floats
    unheard: float
    dense: float
    stands_out: float
    meant: float
    foreign: float
    everyday: float

    def presence(self, number: int, odds: float) -> Floats:
        """The :data:`PRESENCE` of the statement ``number``, whose log-odds are ``odds``: float64 ``[1, …]``."""
        import numpy as np

        row, score = dict(zip(FEATURES, self.rows[number], strict=True)), self.scores[number]
        seen = row | {"odds": odds, "last": score.last, "missed": score.missed, "fused": score.fused}
        seen |= {"unheard": self.unheard, "dense": self.dense, "stands_out": self.stands_out}
        seen |= {"meant": self.meant, "foreign": self.foreign, "everyday": self.everyday}
        return np.array([[seen[name] for name in PRESENCE]])


@dataclass(frozen=True, slots=True)
class _Judged:
    """The statements (IRIs) with their numbers and log-odds, and the evidence behind them."""

    numbers: dict[str, int]
    odds: Floats
    evidence: Evidence

    def chance(self, iri: str) -> float:
        """How surely the statement is on the topic."""
        return _chance(float(self.odds[self.numbers[iri]]))

    def verbatim(self, iri: str) -> bool:
        """Whether the statement holds the topic word for word."""
        return self.evidence.scores[self.numbers[iri]].verbatim

    def presence(self, iri: str) -> float:
        """How surely anything is on the topic, when the statement is the likeliest."""
        number = self.numbers[iri]
        seen = self.evidence.presence(number, float(self.odds[number]))
        return _chance(float(_filter().presence.odds(seen)[0]))


def on_topic(chances: Floats, verbatim: NDArray[np.bool_], include: float, relative: float) -> NDArray[np.bool_]:
    """Which statements are on a topic, of those whose ``chances`` are given: the best, and those as sure as it takes.

    One that holds the topic word for word must only be likelier on it than not, however sure the best is. None is
    where even the best hardly could be.
    """
    best = float(chances.max())
    kept: NDArray[np.bool_] = chances >= min(best, max(include, relative * best))
    return (kept | (verbatim & (chances >= _EVEN))) & (best >= _LEAST)


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


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
        self._last: tuple[str, Examination] | None = None

    def iri(self, plan: str, address: str) -> str:
        """The IRI of a statement of the index."""
        return statement_iri(plan, address, self._base)

    def find(
        self, topic: str, candidates: Iterable[str] | None = None, rivals: Iterable[str] | None = None
    ) -> list[Match]:
        """The statements on ``topic``, the surest first, among ``candidates`` (IRIs; None: all).

        ``rivals`` are the statements that have what is asked for, with which they are compared (None: all).
        """
        import numpy as np

        judged = self._judge(topic, rivals)
        among = _among(judged, candidates)
        cut = _filter()
        if not among or judged.presence(next(iter(among))) < cut.answer:
            return []
        verbatim = np.array([judged.verbatim(iri) for iri in among])
        kept = on_topic(np.array(list(among.values())), verbatim, cut.include, cut.relative)
        return [Match(iri, chance) for (iri, chance), keep in zip(among.items(), kept, strict=True) if keep]

    def nearest(self, topic: str, candidates: Iterable[str]) -> list[Match]:
        """The one of ``candidates`` closest to ``topic``, where what is asked for has already told them apart."""
        among = _among(self._judge(topic, None), candidates)
        return [Match(iri, chance) for iri, chance in among.items() if chance >= _LEAST][:1]

    def _judge(self, topic: str, rivals: Iterable[str] | None) -> _Judged:
        if self._last is None or self._last[0] != topic:
            self._last = (topic, self._index.examine(topic, self._plan))
        among = None if rivals is None else set(rivals)
        evidence = self.evidence(
            topic, self._last[1], lambda score: among is None or self.iri(score.plan, score.address) in among
        )
        numbers = {self.iri(s.plan, s.address): number for number, s in enumerate(evidence.scores)}
        return _Judged(numbers, _filter().statement.odds(evidence.rows), evidence)

    def evidence(self, topic: str, examined: Examination, rival: Callable[[StatementScore], bool]) -> Evidence:
        """What ``examined``, which is what the index says of ``topic``, says of the statements of the plan.

        ``rival`` tells which statements have what is asked for.
        """
        query, scores = examined.query, examined.scores
        absent = sum(share for slug, share in query.topics if not self._present(slug))
        usual, spread = self._index.usual_cosine
        rows = features(
            scores,
            [rival(score) for score in scores],
            spread=spread,
            absent=absent,
            english=query.language == "en",
            length=len(topic.split()),
        )
        concepts = load_thesaurus().concepts
        topics = {slug: sure for slug, sure in examined.meant.items() if slug in concepts}
        foreign = max((sure for slug, sure in topics.items() if not self._present(slug)), default=0.0)
        everyday = max((sure for slug, sure in examined.meant.items() if slug not in concepts), default=0.0)
        ranked = sorted((score.dense for score in scores), reverse=True)
        dense, stands_out = (ranked[0] - usual) / spread, (ranked[0] - ranked[:5][-1]) / spread
        return Evidence(
            scores, rows, examined.unheard, dense, stands_out, max(topics.values(), default=0.0), foreign, everyday
        )

    def _present(self, slug: str) -> bool:
        """Whether some statement is on the topic or on a narrower one."""
        held = self._catalogue.topics
        return slug in held or any(narrower in held for narrower in load_thesaurus().descendants(slug))


def _among(judged: _Judged, candidates: Iterable[str] | None) -> dict[str, float]:
    """The chance of each of ``candidates`` (None: every statement), the surest first."""
    iris = judged.numbers if candidates is None else dict.fromkeys(c for c in candidates if c in judged.numbers)
    chances = {iri: judged.chance(iri) for iri in iris}
    return dict(sorted(chances.items(), key=lambda item: -item[1]))
