"""Plans on the command line: read, and held against their shapes."""

from __future__ import annotations

import json

import pytest
from fake_corpus import TASK, small_plan
from running import run, run_as_person

import kgplan
from kgplan.errors import NotAPlanError, ReadError


def test_validate_tells_by_its_exit_code(monkeypatch, capsys, corpus):
    code, out, _ = run(capsys, "validate")
    assert (code, json.loads(out)["conforms"]) == (0, True)
    assert json.loads(out)["notes"][0]["code"] == "no_agency"
    corpus.valid = False
    code, out, _ = run(capsys, "validate")
    assert (code, json.loads(out)["results"][0]["message_en"]) == (1, "a statement without text")
    code, out, _ = run_as_person(monkeypatch, capsys, "validate")
    assert code == 1
    assert "a statement without text" in out
    assert "no agency holds this statement" in out


def test_parse_shows_people_an_outline(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(kgplan, "parse_file", lambda path: small_plan(), raising=False)
    _, out, _ = run_as_person(monkeypatch, capsys, "parse", "plan.txt")
    assert out.index("<b>kinh tế</b>") < out.index(TASK)
    assert "leads: Sở Thủy sản" in out
    assert "12/ĐA-UBND" in out


@pytest.mark.parametrize("error", [ReadError("plan.txt is empty"), NotAPlanError("plan.txt holds no plan\nat all")])
def test_reading_errors_are_one_line(monkeypatch, capsys, error):
    def parse_file(path):
        raise error

    monkeypatch.setattr(kgplan, "parse_file", parse_file, raising=False)
    code, _, err = run(capsys, "parse", "plan.txt")
    assert (code, err) == (1, f"kgplan: {' '.join(str(error).split())}\n")
