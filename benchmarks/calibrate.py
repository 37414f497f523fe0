"""Fits the topic filter (``kgplan/data/topic_filter.json``).

On the topics of ``benchmarks/calibration`` and those of the questions in ``benchmarks/development``: each
as it is, and twice with half of the thesaurus and glossary forgotten, since questions to come are in words that no list
has more often than these, whose words were added to the lists.

Logistic regressions with a ridge penalty by Newton's method: whether a statement is on a topic and, over what the
first says of topics it was not fitted on (stacking; Wolpert 1992), whether anything is. The three cuts (when to
answer, what to include) are chosen by cross-validation over whole topics: the most exact sets among the answerable, as
long as enough of the others are declined.

    python -m benchmarks.calibrate            print the cross-validated figures
    python -m benchmarks.calibrate --write    and write the data file
"""

from __future__ import annotations

import argparse
import itertools
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import kgplan
from benchmarks.retrieval import Forgetful
from kgplan.answering.catalogue import Catalogue
from kgplan.answering.topic import FEATURES, PRESENCE, Evidence, TopicFinder, on_topic
from kgplan.rdf.vocabulary import plan_iri
from kgplan.resources import DATA

HERE = Path(__file__).parent
PLANS = [
    DATA / "plans" / "thanh-hoa-2023.vi.txt",
    *sorted((HERE.parent / "tests" / "gold" / "plans").glob("*.txt")),
    *sorted((HERE / "development" / "plans").glob("*.txt")),
]
FORGOTTEN = ((0.0, ""), (0.3, "one"), (0.3, "two"))
"""The share of the vocabulary forgotten in each reading of the topics, and what tells apart which."""
RIDGE = 3.0
FOLDS = 10
MOST_ANSWERED = 0.035
"""Share of the topics with nothing on them that may be answered: a wrong answer is worse than none."""


ABOUT_TOPICS = ("leads", "coordinates", "everyone", "near_topic", "off_topic")
"""Kinds of development questions whose relevant statements are those on their topic that name an agency."""


@dataclass(frozen=True, slots=True)
class Case:
    """A topic as read once: the ``number`` of the topic, ``labels`` (1 on, 0 off, -1 left out) of the statements,
    which of them are ``rivals`` and which hold it ``verbatim``, and the evidence."""

    number: int
    labels: np.ndarray
    rivals: np.ndarray
    verbatim: np.ndarray
    evidence: Evidence

    @property
    def answerable(self) -> bool:
        """Whether a statement is on the topic."""
        return bool((self.labels == 1).any())

    def likeliest(self, odds: np.ndarray) -> int:
        """The number of the statement of highest ``odds`` that has what is asked for."""
        known = self.labels >= 0
        able = known & self.rivals if (known & self.rivals).any() else known
        return int(np.where(able, odds, -np.inf).argmax())


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression: weights for features as they come."""

    weights: np.ndarray
    bias: float
    standardised: np.ndarray

    def odds(self, rows: np.ndarray) -> np.ndarray:
        """Log-odds of each row."""
        return rows @ self.weights + self.bias

    def to_dict(self, names: Sequence[str]) -> dict[str, Any]:
        """As the data file has it."""
        weights = {name: round(float(value), 6) for name, value in zip(names, self.weights, strict=True)}
        return {"weights": weights, "bias": round(self.bias, 6)}


def topics(corpus: kgplan.Corpus) -> list[dict[str, Any]]:
    """Topics with the plan, the addresses ``on`` them and those that ``maybe`` are."""
    files = [HERE / "calibration" / name for name in ("topics.jsonl", "everyday.jsonl")]
    found = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    for path in sorted((HERE / "development").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            question = json.loads(line)
            plan = corpus.plan(question["plan"])
            reading = corpus.ask(question["question"], plan=plan.id).interpretation
            if question["kind"] in ABOUT_TOPICS and reading.topic and not reading.agencies and not reading.inner:
                idle = [s.address for s in plan.statements if not s.responsibilities]
                on = question["relevant"]
                found.append({"plan": plan.id, "topic": reading.topic, "on": on, "maybe": idle, "idle": idle})
    return found


def load(corpus: kgplan.Corpus) -> list[list[Case]]:
    """The cases of every topic: for each topic one for each of :data:`FORGOTTEN`."""
    index, store = corpus._index, corpus._store
    finders = {p.id: TopicFinder(index, Catalogue(store, plan_iri(p.id)), plan=p.id) for p in corpus.plans}
    found = topics(corpus)
    cases: list[list[Case]] = [[] for _ in found]
    for share, salt in FORGOTTEN:
        index.reader.expander = Forgetful(index.reader.expander.names, share, salt)
        for number, topic in enumerate(found):
            idle = topic.get("idle", ())
            examined = index.examine(topic["topic"], topic["plan"])
            evidence = finders[topic["plan"]].evidence(
                topic["topic"], examined, lambda s, idle=idle: s.address not in idle
            )
            known = {**dict.fromkeys(topic["maybe"], -1), **dict.fromkeys(topic["on"], 1)}
            addresses = [score.address for score in evidence.scores]
            labels = np.array([-1 if a.startswith("ctx.") else known.get(a, 0) for a in addresses])
            rivals = np.array([a not in idle for a in addresses])
            verbatim = np.array([score.verbatim for score in evidence.scores])
            cases[number].append(Case(number, labels, rivals, verbatim, evidence))
    return cases


def fit(rows: np.ndarray, labels: np.ndarray) -> Model:
    """The regression of ``labels`` (0, 1) on standardised ``rows``."""
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    design = np.c_[(rows - mean) / spread, np.ones(len(rows))]
    weights = np.zeros(design.shape[1])
    penalty = np.diag([RIDGE * len(FORGOTTEN)] * rows.shape[1] + [1e-9])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (chance - labels) + penalty @ weights
        hessian = (design.T * (chance * (1 - chance))) @ design + penalty
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    plain = weights[:-1] / spread
    return Model(plain, float(weights[-1] - plain @ mean), weights[:-1])


def fit_statements(cases: Sequence[Case]) -> Model:
    """Whether a statement is on the topic."""
    rows = np.concatenate([case.evidence.rows[case.labels >= 0] for case in cases])
    return fit(rows, np.concatenate([case.labels[case.labels >= 0] for case in cases]))


def presences(cases: Sequence[Case], odds: Sequence[np.ndarray]) -> np.ndarray:
    """What the likeliest statement of each case says of whether anything is on the topic."""
    best = [case.likeliest(own) for case, own in zip(cases, odds, strict=True)]
    return np.concatenate(
        [case.evidence.presence(n, float(own[n])) for case, own, n in zip(cases, odds, best, strict=True)]
    )


def held_out(cases: list[list[Case]], seed: int) -> list[tuple[list[Case], list[Case]]]:
    """Cases to fit on and cases to judge, of other topics, for each fold."""
    folds = np.array_split(np.random.default_rng(seed).permutation(len(cases)), FOLDS)
    return [
        (
            [case for number in np.setdiff1d(np.arange(len(cases)), fold) for case in cases[number]],
            [case for number in fold for case in cases[number]],
        )
        for fold in folds
    ]


def chance(odds: Any) -> Any:
    """Log-odds as probabilities."""
    return 1 / (1 + np.exp(-odds))


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with probabilities from models that were not fitted on its topic."""

    case: Case
    chances: np.ndarray
    presence: float


def cross_validate(cases: list[list[Case]]) -> tuple[list[Judged], Model]:
    """Every case judged, and the regression of presence over all of them."""
    odds: dict[int, np.ndarray] = {}
    for fitted, judged in held_out(cases, 0):
        model = fit_statements(fitted)
        odds |= {id(case): model.odds(case.evidence.rows) for case in judged}
    found = []
    for fitted, judged in held_out(cases, 1):
        model = fit_presence(fitted, odds)
        seen = presences(judged, [odds[id(case)] for case in judged])
        found += [
            Judged(case, chance(odds[id(case)]), float(p))
            for case, p in zip(judged, chance(model.odds(seen)), strict=True)
        ]
    return found, fit_presence([case for readings in cases for case in readings], odds)


def fit_presence(cases: Sequence[Case], odds: dict[int, np.ndarray]) -> Model:
    """Whether anything is on the topic, by what models fitted on other topics said."""
    rows = presences(cases, [odds[id(case)] for case in cases])
    return fit(rows, np.array([float(case.answerable) for case in cases]))


def figures(judged: Sequence[Judged], cuts: tuple[float, float, float]) -> tuple[float, float, float]:
    """Exact sets among the answerable cases, those of them declined, and the others answered."""
    answer, include, relative = cuts
    exact = declined = answerable = answered = 0
    for one in judged:
        kept = one.case.labels != -1
        own, on = one.chances[kept], one.case.labels[kept] == 1
        chosen = on_topic(own, one.case.verbatim[kept], include, relative) & (one.presence >= answer)
        if on.any():
            answerable += 1
            exact += bool((chosen == on).all())
            declined += not chosen.any()
        else:
            answered += bool(chosen.any())
    return exact / answerable, declined / answerable, answered / (len(judged) - answerable)


def show(name: str, judged: Sequence[Judged], cuts: tuple[float, float, float]) -> None:
    """Print the figures."""
    exact, declined, answered = figures(judged, cuts)
    print(f"{name:22} exact {exact:.3f}, wrongly declined {declined:.3f}, wrongly answered {answered:.3f}")


def main() -> None:
    """Fit, validate, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the data file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cases = load(kgplan.build_corpus(PLANS, Path(folder) / "corpus"))
    judged, presence = cross_validate(cases)
    grid = itertools.product(
        (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7),
        (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
        (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    )

    found = {cuts: figures(judged, cuts) for cuts in grid}
    cuts = max((c for c, (_, _, answered) in found.items() if answered <= MOST_ANSWERED), key=lambda c: found[c][0])
    print(f"{len(cases)} topics, {FOLDS}-fold; answer {cuts[0]}, include {cuts[1]}, relative {cuts[2]}")
    readings = [id(readings[0]) for readings in cases]
    show("whole vocabulary", [one for one in judged if id(one.case) in readings], cuts)
    show("part of it forgotten", [one for one in judged if id(one.case) not in readings], cuts)
    statement = fit_statements([case for readings in cases for case in readings])
    for title, names, model in (("statement", FEATURES, statement), ("presence", PRESENCE, presence)):
        print(title)
        for name, value, standard in zip(names, model.weights, model.standardised, strict=True):
            print(f"  {name:16} {value:9.4f}   standardised {standard:7.3f}")
    if arguments.write:
        data = {
            "about": "Weights of the topic filter, fitted by benchmarks/calibrate.py; see kgplan/answering/topic.py.",
            "statement": statement.to_dict(FEATURES),
            "presence": presence.to_dict(PRESENCE),
            "answer": cuts[0],
            "include": cuts[1],
            "relative": cuts[2],
        }
        target = DATA / "topic_filter.json"
        fresh = target.with_suffix(".new")
        fresh.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
        fresh.rename(target)


if __name__ == "__main__":
    main()
