"""``python -m benchmarks``: every benchmark, or those named."""

from __future__ import annotations

import argparse
import json
import os
import platform
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import kgplan
from benchmarks import speed
from benchmarks.length import length
from benchmarks.queries import queries
from benchmarks.service import service

NAMES = ("cold", "warm", "work", "length", "queries", "service", "threads")


def main() -> None:
    """Run, print, and write the figures where ``--json`` says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(NAMES)} (default: all)")
    parser.add_argument("--runs", type=int, default=9, help="runs of which the median is taken (default: 9)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures, in seconds, to a file")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(NAMES)
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; choose from {', '.join(NAMES)}")
    chosen = arguments.names or NAMES

    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, OMP_NUM_THREADS={os.environ['OMP_NUM_THREADS']}"
    )
    corpus = kgplan.open_corpus()
    figures: dict[str, Any] = {}
    if "cold" in chosen:
        figures["cold"] = speed.cold(corpus, arguments.runs)
    if "warm" in chosen:
        figures["warm"] = speed.warm(corpus, arguments.runs)
    if "work" in chosen:
        figures["work"] = speed.work(corpus, arguments.runs)
    if "length" in chosen:
        figures["length"] = length()
    if "queries" in chosen:
        figures["queries"] = queries(corpus, arguments.runs)
    if "service" in chosen:
        figures["service"] = service(corpus, arguments.runs)
    if "threads" in chosen:
        figures["threads"] = speed.threads(corpus)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
