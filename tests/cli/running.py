"""The command line, run in this process."""

from __future__ import annotations

import re
import sys

from kgplan.cli import main


def run(capsys, *arguments):
    """Exit code, standard output and standard error of a command."""
    try:
        code = main(list(arguments))
    except SystemExit as stop:
        code = stop.code
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def run_as_person(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    code, out, err = run(capsys, *arguments)
    return code, re.sub(r"\x1b\[[0-9;]*m", "", out), err
