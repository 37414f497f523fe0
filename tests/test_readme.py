"""What README.md shows is what happens."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from kgplan.cli.arguments import build_parser

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def one_line(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def corpus():
    import kgplan

    return kgplan.open_corpus()


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own parser
def test_the_python_example_prints_what_it_says():
    (example,) = blocks("python")
    printed = StringIO()
    with redirect_stdout(printed):
        exec(compile(example, "README.md", "exec"), {})
    expected = [line.removeprefix("# ") for line in example.splitlines() if line.startswith("# ")]
    assert printed.getvalue().splitlines() == expected


def test_the_first_answer_shown_is_the_answer(corpus):
    shown = next(block for block in blocks("console") if block.startswith("$ kgplan ask"))
    answer = corpus.ask(re.search(r'ask "(.*)"', shown).group(1)).to_dict()
    text = one_line(shown)
    assert one_line(answer["text"]) in text
    for result in answer["results"]:
        assert result["label_vi"] in text
    for evidence in answer["evidence"]:
        assert one_line(evidence["text"]) in text
        assert f"{evidence['start']}–{evidence['end']}" in text
    assert one_line(answer["sparql"]) in text


def test_what_is_said_to_be_declined_is_declined(corpus):
    (shown,) = [block for block in blocks("console") if "vệ tinh" in block]
    answer = corpus.ask(re.search(r'ask "(.*)"', shown).group(1)).to_dict()
    assert answer["status"] == "abstained"
    assert one_line(answer["text"]) in one_line(shown)


def test_every_command_is_in_the_table():
    commands = next(action.choices for action in build_parser()._actions if action.choices)
    listed = set(re.findall(r"^\| `kgplan (\w+)", README, re.MULTILINE))
    assert listed == set(commands)


def test_every_link_leads_somewhere():
    root = Path(__file__).resolve().parent.parent
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (root / target).exists(), target
