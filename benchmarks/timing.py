"""Timing: medians of runs that take turns, so that a busy moment of the machine falls on all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence


def median_seconds(runs: int, tasks: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The median wall-clock seconds of each task over ``runs`` rounds, after one round that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(runs + 1):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            if number:
                taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def program(*arguments: str, threads: int | None = None) -> Callable[[], object]:
    """A task that runs this Python with ``arguments`` in a process of its own, its output thrown away."""
    # Compiled modules are kept as for any user; threads are what the program itself chooses, unless given.
    left_out = ("OMP_NUM_THREADS", "PYTHONDONTWRITEBYTECODE")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    if threads:
        environment["OMP_NUM_THREADS"] = str(threads)

    def run() -> None:
        done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments)} failed: {done.stderr.strip()[-500:]}")

    return run


def table(title: str, rows: Sequence[tuple[str, str, str]], heads: tuple[str, str, str]) -> None:
    """Print three columns."""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(3)]
    print(f"\n{title}\n")
    for row in (heads, *rows):
        print(f"  {row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:<{widths[2]}}".rstrip())
