"""Fits the topic filter (``kgplan/data/topic_filter.json``).

On the topics of ``benchmarks/calibration/topics.jsonl`` and those of the questions in ``benchmarks/development``.

Logistic regression with a ridge penalty by Newton's method; the three cuts (when to answer, what to include) are
chosen by cross-validation over whole topics: exact sets among the answerable, declining among the others.

    python -m benchmarks.calibrate            print the cross-validated figures
    python -m benchmarks.calibrate --write    and write the data file
"""

from __future__ import annotations

import argparse
import itertools
import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

import kgplan
from kgplan.answering.catalogue import Catalogue
from kgplan.answering.topic import FEATURES, TopicFinder
from kgplan.rdf.vocabulary import plan_iri
from kgplan.resources import DATA

HERE = Path(__file__).parent
PLANS = [DATA / "plans" / "thanh-hoa-2023.vi.txt", *sorted((HERE.parent / "tests" / "gold" / "plans").glob("*.txt"))]
RIDGE = 1.0
FOLDS = 10
WEIGHT_OF_DECLINING = 0.4


ABOUT_TOPICS = ("leads", "coordinates", "everyone", "near_topic", "off_topic")
"""Kinds of development questions whose relevant statements are those on their topic that name an agency."""


def topics(corpus: kgplan.Corpus) -> list[dict[str, Any]]:
    """Topics with the plan, the addresses ``on`` them and those that ``maybe`` are."""
    found = [json.loads(line) for line in (HERE / "calibration" / "topics.jsonl").read_text("utf-8").splitlines()]
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


def load(corpus: kgplan.Corpus) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, labels (1 on, 0 off, -1 left out) and the number of the topic, a row a statement and topic."""
    index, store = corpus._index, corpus._store
    finders = {p.id: TopicFinder(index, Catalogue(store, plan_iri(p.id)), plan=p.id) for p in corpus.plans}
    rows, labels, groups = [], [], []
    for number, topic in enumerate(topics(corpus)):
        scores = [s for s in index.scores(topic["topic"]) if s.plan == topic["plan"]]
        rivals = [s.address not in topic.get("idle", ()) for s in scores]
        rows.append(finders[topic["plan"]].features(topic["topic"], scores, rivals))
        known = {**dict.fromkeys(topic["maybe"], -1), **dict.fromkeys(topic["on"], 1)}
        labels += [-1 if s.address.startswith("ctx.") else known.get(s.address, 0) for s in scores]
        groups += [number] * len(scores)
    return np.concatenate(rows), np.array(labels), np.array(groups)


def fit(rows: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Weights and, last, the bias."""
    design = np.c_[rows, np.ones(len(rows))]
    weights = np.zeros(design.shape[1])
    penalty = np.diag([RIDGE] * rows.shape[1] + [1e-9])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ weights))
        gradient = design.T @ (chance - labels) + penalty @ weights
        hessian = (design.T * (chance * (1 - chance))) @ design + penalty
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def chances(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The probability of each row."""
    return 1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1])))


def figures(
    chance: np.ndarray, labels: np.ndarray, groups: np.ndarray, cuts: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Exact sets among the answerable topics, those of them declined, and the others answered."""
    answer, include, relative = cuts
    exact = declined = answerable = answered = unanswerable = 0
    for number in np.unique(groups):
        kept = (groups == number) & (labels != -1)
        own, on = chance[kept], labels[kept] == 1
        chosen = (own >= min(own.max(), max(include, relative * own.max()))) & (own.max() >= answer)
        if on.any():
            answerable += 1
            exact += bool((chosen == on).all())
            declined += not chosen.any()
        else:
            unanswerable += 1
            answered += bool(chosen.any())
    return exact / answerable, declined / answerable, answered / unanswerable


def main() -> None:
    """Fit, validate, print, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the data file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows, labels, groups = load(kgplan.build_corpus(PLANS, Path(folder) / "corpus"))
    known = labels >= 0
    mean, spread = rows[known].mean(0), rows[known].std(0) + 1e-9
    scaled = (rows - mean) / spread
    chance = np.zeros(len(rows))
    for fold in np.array_split(np.random.default_rng(0).permutation(np.unique(groups)), FOLDS):
        held = np.isin(groups, fold)
        chance[held] = chances(scaled[held], fit(scaled[~held & known], labels[~held & known]))
    grid = itertools.product(
        (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5), (0.2, 0.3, 0.4, 0.5), (0.0, 0.3, 0.4, 0.5, 0.6, 0.7)
    )

    def worth(cuts: tuple[float, float, float]) -> float:
        exact, _, answered = figures(chance, labels, groups, cuts)
        return (1 - WEIGHT_OF_DECLINING) * exact + WEIGHT_OF_DECLINING * (1 - answered)

    cuts = max(grid, key=worth)
    exact, declined, answered = figures(chance, labels, groups, cuts)
    print(
        f"{len(np.unique(groups))} topics, {FOLDS}-fold: exact {exact:.3f}, wrongly declined {declined:.3f}, ", end=""
    )
    print(f"wrongly answered {answered:.3f}; answer {cuts[0]}, include {cuts[1]}, relative {cuts[2]}")
    weights = fit(scaled[known], labels[known])
    plain = weights[:-1] / spread
    bias = float(weights[-1] - plain @ mean)
    for name, value, standard in zip(FEATURES, plain, weights, strict=False):
        print(f"  {name:16} {value:9.4f}   standardised {standard:7.3f}")
    if arguments.write:
        data = {
            "about": "Weights of the topic filter, fitted by benchmarks/calibrate.py; see kgplan/answering/topic.py.",
            "weights": {name: round(float(value), 6) for name, value in zip(FEATURES, plain, strict=True)},
            "bias": round(bias, 6),
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
