"""What the documentation shows is what happens: its blocks are run, and print what stands there.

In output, "…" stands for anything. In Python, the lines of a block that begin with "# " are what it prints.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from urllib.parse import quote_plus

import pytest
from fastapi.testclient import TestClient
from pages import PAGES, ROOT, all_blocks, blocks, pages_with

import kgplan
from kgplan.cli import main
from kgplan.cli.arguments import build_parser

RUN = {"console", "python", "sparql", "json", "sh"}
SHOWN = {"", "text", "csv", "nginx", "caddy"}
"""Output, drawings, and the settings of other programs: nothing of ours runs them."""

EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]


class Terminal(io.StringIO):
    """Standard output as a person has it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 100 columns without colours, in a checkout, where warnings are not silenced."""
    for name, value in {"TERM": "dumb", "COLUMNS": "100", "LINES": "40"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "warnoptions", ["default"])
    monkeypatch.chdir(ROOT)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    from kgplan.api import create_app

    with TestClient(create_app(open_corpus())) as client:
        yield client


@cache
def open_corpus() -> kgplan.Corpus:
    return kgplan.open_corpus()


def assert_shown(shown: str, printed: str) -> None:
    """``printed`` is ``shown``, whatever the spaces, with anything where ``shown`` has an ellipsis."""
    shown, printed = (" ".join(text.split()) for text in (shown, printed))
    pattern = ".*?".join(map(re.escape, re.split(r"\s*…\s*", shown)))
    if not re.fullmatch(pattern, printed):
        pytest.fail(f"shown:   {shown}\nprinted: {printed}", pytrace=False)


def command(words: list[str]) -> str:
    """What ``kgplan`` prints, on standard output and standard error."""
    out = Terminal()
    with redirect_stdout(out), redirect_stderr(out):
        main(words)
    return out.getvalue()


def fetch(words: list[str], client: TestClient) -> str:
    """What the service answers a ``curl`` command."""
    headers, data, url = {}, [], ""
    arguments = iter(words)
    for word in arguments:
        if word == "-s":
            continue
        if word == "-H":
            name, _, value = next(arguments).partition(": ")
            headers[name] = value
        elif word in ("-d", "--data-urlencode"):
            name, equals, value = next(arguments).partition("=")
            data.append(name + equals + (value if "content-type" in headers else quote_plus(value)))
        else:
            assert not url, f"what is {word}?"
            url = word.removeprefix("http://").removeprefix("localhost:8000").removeprefix("127.0.0.1:8000")
    if not data:
        return client.get(url, headers=headers).text
    headers.setdefault("content-type", "application/x-www-form-urlencoded")
    return client.post(url, content="&".join(data), headers=headers).text


def test_every_block_is_of_a_known_language():
    assert {block.language for block in all_blocks()} <= RUN | SHOWN


@pytest.mark.parametrize("block", all_blocks("console"), ids=str)
def test_a_command_prints_what_is_shown(block, client):
    commands = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not commands[0], "a console block begins with a command"
    for entry in commands[1:]:
        line, _, shown = entry.partition("\n")
        program, *words = shlex.split(line)
        assert_shown(shown, {"kgplan": command, "curl": lambda words: fetch(words, client)}[program](words))


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own parser
@pytest.mark.parametrize("page", pages_with("python"), ids=lambda page: page.name)
def test_python_prints_what_stands_in_its_comments(page):
    names = {"__name__": "example", "corpus": open_corpus()}
    for block in blocks(page, "python"):
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(block.text, str(block), "exec"), names)
        comments = [line.removeprefix("# ") for line in block.text.splitlines() if line.startswith("# ")]
        assert_shown("\n".join(comments), printed.getvalue())


@pytest.mark.parametrize("block", all_blocks("sparql"), ids=str)
def test_a_query_runs(block):
    open_corpus().sparql(block.text)


@pytest.mark.parametrize("block", all_blocks("json"), ids=str)
def test_json_is_json(block):
    json.loads(block.text)


@pytest.mark.parametrize("block", all_blocks("sh"), ids=str)
def test_a_line_of_shell_calls_what_is_there(block, client):
    parser = build_parser()
    for line in block.text.replace("\\\n", " ").splitlines():
        words = shlex.split(line, comments=True)
        if not words:
            continue
        if words[0] == "kgplan":
            parser.parse_args(words[1:])
        elif words[0] == "make":
            assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE), line
        elif words[0] == "curl":
            assert '"status":4' not in fetch(words[1:], client)
        elif words[:2] == ["pip", "install"]:
            for extra in re.findall(r"\[(\w+)\]", line):
                assert extra in EXTRAS, line
        else:
            assert words[0] in ("export",), f"what is {words[0]}?"


def test_there_are_examples_to_run():
    assert len(PAGES) > 10
    assert len(all_blocks("console", "python")) > 10
