"""Questions and searches on the command line: as JSON, for people, and many at once."""

from __future__ import annotations

import io
import json
import sys

from fake_corpus import TASK
from running import run, run_as_person


def test_ask_prints_the_answer_as_json_when_piped(capsys, corpus):
    code, out, err = run(capsys, "ask", "who leads")
    assert (code, err) == (0, "")
    assert json.loads(out) == corpus.ask("who leads").to_dict()
    assert "Sở Thủy sản" in out  # readable, not escaped


def test_ask_shows_people_answer_role_evidence_and_query(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "200")
    code, out, _ = run_as_person(monkeypatch, capsys, "ask", "who leads")
    assert code == 0
    for part in ("Sở Thủy sản leads it", "leads", "Department of Fisheries", "I.1", TASK, "SELECT ?agency", "kinh tế"):
        assert part in out


def test_ask_json_on_a_terminal_is_json(monkeypatch, capsys):
    _, out, _ = run_as_person(monkeypatch, capsys, "ask", "who leads", "--json")
    assert json.loads(out)["status"] == "answered"


def test_declining_is_an_answer(capsys):
    code, out, _ = run(capsys, "ask", "who flies to the moon")
    assert code == 0
    assert json.loads(out)["reason"] == "topic_not_in_plan"


def test_question_from_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("ai chủ trì?\n".encode())))
    code, out, _ = run(capsys, "ask", "-")
    assert code == 0
    assert json.loads(out)["question"].strip() == "ai chủ trì?"


def test_batch_keeps_ids_and_order_and_reports_bad_lines(tmp_path, capsys):
    lines = [
        {"id": "b", "question": "who leads"},
        {"id": 7, "question": "who flies to the moon"},
        {"id": "long", "question": "x" * 3000},
    ]
    text = "\n".join(json.dumps(line) for line in lines) + "\n\nnot json\n" + '{"id": "no text"}\n[1]\n'
    path = tmp_path / "questions.jsonl"
    path.write_text(text, encoding="utf-8")
    code, out, err = run(capsys, "ask", "--batch", str(path))
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["id"] for answer in answers] == ["b", 7, "long", None, "no text", None]
    assert [answer.get("status") for answer in answers] == ["answered", "abstained", None, None, None, None]
    assert all("error" in answer for answer in answers[2:])
    assert "line 5" in answers[3]["error"]
    assert code == 1
    assert err.count("\n") == 1
    assert "4 of 6" in err


def test_batch_line_that_is_not_utf8_stops_nothing(tmp_path, capsys):
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b'{"id": 1, "question": "\xff"}\n{"id": 2, "question": "who leads"}\n')
    _, out, _ = run(capsys, "ask", "--batch", str(path))
    first, second = map(json.loads, out.splitlines())
    assert "error" in first
    assert second["status"] == "answered"


def test_search_batch(tmp_path, capsys):
    path = tmp_path / "queries.jsonl"
    path.write_text('{"id": "q", "query": "du lịch"}\n', encoding="utf-8")
    _, out, _ = run(capsys, "search", "--batch", str(path), "-k", "1")
    answer = json.loads(out)
    assert (answer["id"], answer["query"], len(answer["hits"])) == ("q", "du lịch", 1)


def test_search_shows_people_ranked_statements(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "200")
    _, out, _ = run_as_person(monkeypatch, capsys, "search", "du lịch")
    assert out.index("I.1") < out.index("I.2")
    assert TASK in out
