"""``corpus.compare`` and ``kgplan compare``: plans by id, by file and by corpus; for people and for programs."""

from __future__ import annotations

import json
import re
import sys

import pytest
from fake_encoder import FakeEncoder
from plan_files import PLANS, text_of

import kgplan
import kgplan.building.steps
import kgplan.retrieval.encoders
import kgplan.retrieval.hybrid
from kgplan.cli import main
from kgplan.errors import CorpusError, ReadError, UnknownPlanError


@pytest.fixture
def encoder(monkeypatch):
    made = FakeEncoder("fake")
    for module in (kgplan.building.steps, kgplan.retrieval.encoders, kgplan.retrieval.hybrid):
        monkeypatch.setattr(module, "get_encoder", lambda spec=None: made)
    return made


@pytest.fixture
def folder(tmp_path, encoder):
    """A corpus of the plans, and beside it the file of a later one."""
    for name in PLANS:
        (tmp_path / f"{name}.txt").write_text(text_of(name), encoding="utf-8")
    kgplan.build_corpus([tmp_path / f"{name}.txt" for name in PLANS], tmp_path / "corpus")
    (tmp_path / "rung-2.txt").write_text(text_of("rung").replace("120 ha", "150 ha"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(capsys):
    def command(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return code, re.sub(r"\x1b\[[0-9;]*m", "", captured.out), captured.err

    return command


def test_plans_of_a_corpus_are_not_encoded_again(folder, encoder):
    corpus = kgplan.open_corpus(folder / "corpus")
    before = len(encoder.encoded)
    found = corpus.compare("rung", "truong")
    assert [(m.a.address, m.b.address) for m in found.tasks] == [("I.2", "I.2")]
    assert not any("kinh phí" in text for text in encoder.encoded[before:])


def test_a_plan_is_compared_with_a_file_and_a_corpus_of_one(folder):
    corpus = kgplan.open_corpus(folder / "corpus")
    kgplan.build_corpus(folder / "rung-2.txt", folder / "one")
    by_file, by_corpus = corpus.compare("rung", folder / "rung-2.txt"), corpus.compare("rung", folder / "one")
    assert by_file == by_corpus
    assert [(change.a.words, change.b.words) for change in by_file.targets_changed] == [("120 ha", "150 ha")]
    assert corpus.compare(corpus.plan("rung"), kgplan.parse_file(folder / "rung-2.txt")) == by_file


def test_what_cannot_be_compared(folder):
    corpus = kgplan.open_corpus(folder / "corpus")
    with pytest.raises(UnknownPlanError, match=r"no plan 'nowhere'.*benh, duong, rung, truong"):
        corpus.compare("rung", "nowhere")
    with pytest.raises(CorpusError, match="holds 4 plans"):
        corpus.compare("rung", folder / "corpus")
    with pytest.raises(CorpusError, match=r"manifest\.json"):
        corpus.compare("rung", folder)
    (folder / "empty.txt").touch()
    with pytest.raises(ReadError, match=r"empty\.txt"):
        corpus.compare("rung", folder / "empty.txt")


def test_programs_get_json(run, folder):
    code, out, err = run("compare", "rung", folder / "rung-2.txt", "--corpus", folder / "corpus")
    assert (code, err) == (0, "")
    body = json.loads(out)
    assert (body["a"]["id"], body["b"]["id"]) == ("rung", "rung-2")
    assert set(body) == {"a", "b", "tasks", "leads", "agencies", "targets", "citations", "contradictions"}
    assert {how: len(body["tasks"][how]) for how in ("matched", "lost", "gained")} == {
        "matched": 2,
        "lost": 0,
        "gained": 0,
    }
    (one,) = body["contradictions"]
    assert (one["kind"], one["a_says"], one["b_says"], one["same_period"]) == ("target", ["120 ha"], ["150 ha"], True)


def test_people_see_what_changed(run, folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    code, out, _ = run("compare", "rung", "benh", "--corpus", folder / "corpus")
    assert code == 0
    for part in (
        "- rung",
        "+ benh",
        "Contradictions: none",
        "Tasks lost: 2",
        "Tasks gained: 1",
        "+ Sở Y tế",
        "15/NQ-HĐND",
    ):
        assert part in out, part
    _, out, _ = run("compare", "rung", folder / "rung-2.txt", "--corpus", folder / "corpus")
    for part in ("Contradictions: 1", "120 ha → 150 ha", "I.1 → I.1"):
        assert part in out, part


def test_wrong_usage_and_failures(run, folder):
    assert run("compare", "rung")[0] == 2
    assert run("compare", "rung", "benh", "--threshold", "2")[0] == 2
    code, out, err = run("compare", "rung", "nowhere", "--corpus", folder / "corpus")
    assert (code, out, err.count("\n")) == (1, "", 1)
