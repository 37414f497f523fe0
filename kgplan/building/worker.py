"""The process that makes parts of files; started by :mod:`kgplan.building.workers`, never imported by others.

``python -m kgplan.building.worker`` reads lines of JSON: first where parts go and how they are made, then one path
each; it answers each path with a line. What the libraries print goes to standard error.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from kgplan.building.parts import Make
from kgplan.building.workers import answer


def main() -> None:
    """Answer paths until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it hears Ctrl-C too, and ends it
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    settings = json.loads(sys.stdin.readline())
    make, folder = Make(settings["base"], settings["digest"], settings["changes"]), Path(settings["folder"])
    for line in sys.stdin:
        answers.write(json.dumps(answer(Path(json.loads(line)), folder, make)) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
