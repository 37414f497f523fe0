"""What the HTTP service adds to a call: the same questions in Python and over one connection, taking turns."""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.speed import QUESTIONS
from benchmarks.timing import table

if TYPE_CHECKING:
    from kgplan.corpus import Corpus

GOAL = 0.005
"""A question over HTTP may take this many seconds more than its call."""


def service(corpus: Corpus, rounds: int) -> dict[str, float]:
    """A question new to the service against ``corpus.ask``, and the same question again."""
    program = [sys.executable, "-m", "kgplan.cli", "serve", "--port", "0", "--json"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            url = urlsplit(json.loads("".join(iter(server.stdout.readline, "}\n")) + "}")["url"])
            connection = http.client.HTTPConnection(str(url.hostname), url.port)

            def ask(question: str) -> None:
                body = json.dumps({"question": question})
                connection.request("POST", "/ask", body, {"content-type": "application/json"})
                assert connection.getresponse().read()

            times, over = _turns(corpus, ask, rounds)
        finally:
            server.terminate()
    rows = [(name, f"{1000 * value:.1f} ms", f"{value / times['corpus.ask']:.2f}") for name, value in times.items()]
    table("Service: a question over HTTP", rows, ("", "median", "× corpus.ask"))
    verdict = "within" if over <= GOAL else "OVER"
    print(f"\n  HTTP adds {1000 * over:+.1f} ms to a call: {verdict} the goal of {1000 * GOAL:.0f} ms")
    return times | {"over": over}


def _turns(corpus: Corpus, ask: Callable[[str], None], rounds: int) -> tuple[dict[str, float], float]:
    """The medians, and the median of what a question over HTTP takes more than its call just before."""
    taken: dict[str, list[float]] = {"corpus.ask": [], "POST /ask": [], "POST /ask, again": []}
    for number in range(rounds + 1):
        for question in QUESTIONS:
            # spaces at the end make it new to the service, which remembers its answers
            new = question + " " * number
            for name, work in (("corpus.ask", corpus.ask), ("POST /ask", ask), ("POST /ask, again", ask)):
                start = time.perf_counter()
                work(new)
                if number:
                    taken[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values) for name, values in taken.items()}
    pairs = zip(taken["POST /ask"], taken["corpus.ask"], strict=True)
    return medians, statistics.median(asked - called for asked, called in pairs)
