"""What all commands share: their arguments, and how they fail."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from running import run

from kgplan.cli.arguments import build_parser
from kgplan.version import __version__

COMMANDS = (
    "ask",
    "search",
    "sparql",
    "parse",
    "build",
    "remove",
    "compare",
    "validate",
    "info",
    "evaluate",
    "network",
    "export",
    "serve",
)


def test_corpus_and_model_reach_the_library(capsys, corpus):
    run(capsys, "info", "--corpus", "one", "--corpus", "two", "--model", "m")
    run(capsys, "ask", "who leads", "--corpus", "one")
    run(capsys, "ask", "who leads")
    assert corpus.opened == [(["one", "two"], "m"), ("one", None), (None, None)]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nope",),
        ("ask",),
        ("ask", ""),
        ("ask", " \n"),
        ("ask", "a", "b"),
        ("ask", "a", "--batch", "f"),
        ("ask", "a", "--jsn"),
        ("ask", "caf\udce9"),
        ("search", "a", "-k", "0"),
        ("search", "a", "-k", "many"),
        ("sparql",),
        ("sparql", "", "--format", "csv"),
        ("sparql", "x", "--format", "xlsx"),
        ("build", "plan.txt"),
        ("remove", "plan"),
        ("serve", "--port", "70000"),
        ("network", "--kind", "secret"),
        ("network", "--figure", "network.pdf"),
        ("network", "--figure", "network"),
        ("network", "--figure", "network.svg", "--format", "gexf"),
    ],
)
def test_wrong_usage_is_exit_code_2(capsys, arguments):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err
    assert "Traceback" not in err
    assert not arguments or err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "x" * 100_000),
        ("ask", "who", "--plan", "nope"),
        ("ask", "who", "--corpus", "broken"),
        ("info", "--corpus", "broken"),
        ("sparql", "SELECT nonsense"),
        ("sparql", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"),
        ("sparql", "--file", "/nowhere/query.rq"),
        ("ask", "--batch", "/nowhere/questions.jsonl"),
        ("evaluate", "/nowhere/questions.jsonl"),
        ("network", "--format", "gexf", "-o", "/nowhere/network.gexf"),
        ("network", "--figure", "/nowhere/network.svg"),
    ],
)
def test_failed_work_is_one_line_and_exit_code_1(capsys, arguments):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert err.startswith("kgplan: ")
    assert len(err) < 700


def test_unforeseen_error_shows_no_traceback(monkeypatch, capsys, corpus):
    def broken(*_, **__):
        raise RuntimeError("boom")

    monkeypatch.setattr(corpus, "ask", broken)
    code, _, err = run(capsys, "ask", "who")
    assert code == 1
    assert err.startswith("kgplan: internal error: RuntimeError: boom")
    monkeypatch.setenv("KGPLAN_DEBUG", "1")
    _, _, err = run(capsys, "ask", "who")
    assert "Traceback" in err


def test_interrupt_is_quiet(monkeypatch, capsys, corpus):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(corpus, "ask", interrupted)
    assert run(capsys, "ask", "who") == (130, "", "kgplan: interrupted\n")


@pytest.mark.parametrize("arguments", [("--help",), ("ask", "--help"), ("--version",)])
def test_reader_that_stops_early_gets_no_complaint(arguments):
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "kgplan.cli", *arguments]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert done.stderr == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(capsys, command):
    code, out, _ = run(capsys, command, "--help")
    assert code == 0
    assert "--corpus" in out
    assert "--json" in out


def test_the_commands_of_the_design_are_there():
    subparsers = next(action for action in build_parser()._actions if action.dest == "COMMAND" or action.choices)
    assert set(COMMANDS) <= set(subparsers.choices)


def test_version_is_the_installed_one(capsys):
    assert run(capsys, "--version")[:2] == (0, f"kgplan {__version__}\n")


@pytest.mark.parametrize("name", ["KGPLAN_MAX_PAGE", "KGPLAN_REQUESTS_PER_MINUTE", "KGPLAN_QUERY_SECONDS"])
def test_a_bad_setting_of_the_service_is_told_in_a_line(capsys, monkeypatch, name):
    monkeypatch.setenv(name, "many")
    code, out, err = run(capsys, "serve", "--port", "0")
    assert (code, out) == (2, "")
    assert name in err
    assert "internal" not in err
    assert err.count("\n") == 1
