"""What it costs to evaluate a SPARQL query in a process that can be ended, against evaluating it in one's own."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from benchmarks.timing import table
from kgplan.rdf.examples import examples
from kgplan.rdf.pool import QueryPool
from kgplan.rdf.store import Store

if TYPE_CHECKING:
    from kgplan.corpus import Corpus

POOL_GOAL = 0.003
"""A query may take this many seconds more in a worker."""


def queries(corpus: Corpus, rounds: int) -> dict[str, float]:
    """Every example query in the process and in the pool, taking turns; and the pool's first query."""
    store = Store.load(*corpus.graph_files)
    chosen = [corpus.expand_search(example.query) for example in examples()]
    taken: dict[str, list[float]] = {"in the process": [], "in a worker": []}
    with QueryPool(corpus.graph_files) as pool:
        start = time.perf_counter()
        pool.run("ASK {}")
        first = time.perf_counter() - start
        for number in range(rounds + 1):
            for query in chosen:
                start = time.perf_counter()
                store.query(query).serialize()
                between = time.perf_counter()
                pool.run(query)
                end = time.perf_counter()
                if number:
                    taken["in the process"].append(between - start)
                    taken["in a worker"].append(end - between)
    times = {name: statistics.median(values) for name, values in taken.items()}
    inside, outside = taken.values()
    over = [worker - process for process, worker in zip(inside, outside, strict=True)]
    times |= {"over": statistics.median(over), "worst": statistics.quantiles(over, n=20)[-1], "first": first}
    rows = [(name, f"{1000 * times[name]:.2f} ms", "") for name in taken]
    rows.append(("first query of a pool", f"{1000 * first:.0f} ms", "starts Python and loads the graph"))
    table(f"Queries: {len(chosen)} examples, each in the process and in a worker", rows, ("", "median", ""))
    verdict = "within" if times["over"] <= POOL_GOAL else "OVER"
    over_ms, worst_ms, goal_ms = (1000 * value for value in (times["over"], times["worst"], POOL_GOAL))
    print(f"\n  a worker costs {over_ms:+.2f} ms a query, for 95 % of them at most {worst_ms:+.2f} ms:")
    print(f"  {verdict} the goal of {goal_ms:.0f} ms")
    return times
