"""The command line: what it prints, for people and for programs, and how it fails."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys

import pytest
from fake_corpus import GRAPH, TASK, FakeCorpus, small_plan

import kgplan
from kgplan.cli import main
from kgplan.cli.arguments import build_parser
from kgplan.errors import CorpusError, NotAPlanError, ReadError
from kgplan.version import __version__

SELECT = "SELECT ?name WHERE { ?agency skos:prefLabel ?name }"
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


@pytest.fixture(autouse=True)
def corpus(monkeypatch):
    """Every command opens the small corpus; ``opened`` records with what."""
    held = FakeCorpus()
    held.opened = []

    def open_corpus(source=None, *, model=None):
        held.opened.append((source, model))
        if source == "broken":
            raise CorpusError("broken has no manifest;\n build it again with kgplan build")
        return held

    monkeypatch.setattr(kgplan, "open_corpus", open_corpus, raising=False)
    return held


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


def test_sparql_formats(capsys):
    _, out, _ = run(capsys, "sparql", SELECT)
    assert json.loads(out)["results"]["bindings"][0]["name"] == {
        "type": "literal",
        "value": "Sở Thủy sản",
        "xml:lang": "vi",
    }
    _, out, _ = run(capsys, "sparql", SELECT, "--format", "csv")
    assert out.splitlines() == ["name", "Sở Thủy sản"]
    _, out, _ = run(capsys, "sparql", SELECT, "--format", "table")
    assert "?name" in out
    assert "Sở Thủy sản" in out
    _, out, _ = run(capsys, "sparql", "CONSTRUCT WHERE { ?agency skos:prefLabel ?name }")
    assert '"Sở Thủy sản"@vi' in out
    code, out, err = run(capsys, "sparql", SELECT, "--format", "ttl")
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_sparql_from_a_file(tmp_path, capsys):
    path = tmp_path / "names.rq"
    path.write_text(SELECT, encoding="utf-8")
    _, out, _ = run(capsys, "sparql", "--file", str(path), "--format", "csv")
    assert "Sở Thủy sản" in out


def test_sparql_examples(capsys):
    code, out, _ = run(capsys, "sparql", "--example", "cq-08", "--format", "csv")
    assert (code, out.splitlines()[0]) == (0, "name")
    code, _, err = run(capsys, "sparql", "--example", "cq-99")
    assert code == 1
    assert "cq-01" in err


def test_a_query_that_runs_too_long_is_stopped(capsys):
    costly = (
        "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{n} {{ 0 1 2 3 4 5 6 7 8 9 }}" for n in range(12)) + " }"
    )
    code, out, err = run(capsys, "sparql", costly, "--seconds", "0.5")
    assert (code, out) == (1, "")
    assert "longer than 0.5 seconds" in err


@pytest.mark.parametrize(
    ("form", "sign"),
    [
        ("ttl", "@prefix skos:"),
        ("trig", "@prefix skos:"),
        ("nq", "<http"),
        ("nt", "<http"),
        ("jsonld", "@graph"),
        ("rdfxml", "<rdf:RDF"),
        ("graphml", "<graphml"),
        ("gexf", "<gexf"),
        ("stratml", "<StrategicPlan"),
        ("stratml2", "<PerformancePlanOrReport"),
    ],
)
def test_export_writes_each_format_to_standard_output_or_a_file(tmp_path, capsys, corpus, form, sign):
    corpus.nquads = lambda: GRAPH
    code, out, _ = run(capsys, "export", "--format", form)
    assert code == 0
    assert sign in out
    assert run(capsys, "export", "--format", form, "-o", str(tmp_path / "out"))[:2] == (0, "")
    assert (tmp_path / "out").read_text(encoding="utf-8") == out


def test_export_writes_tables_to_a_new_folder_whole(tmp_path, capsys):
    assert run(capsys, "export", "--format", "csv", "-o", str(tmp_path / "tables"))[0] == 0
    assert "statements.csv" in {path.name for path in (tmp_path / "tables").iterdir()}
    assert [path.name for path in tmp_path.iterdir()] == ["tables"]
    assert run(capsys, "export", "--format", "csv", "-o", str(tmp_path / "tables"))[0] == 2
    assert run(capsys, "export", "--format", "csv")[0] == 2


def test_network_exports_to_a_file_whole(tmp_path, capsys):
    import networkx as nx

    path = tmp_path / "network.graphml"
    code, out, _ = run(capsys, "network", "--format", "graphml", "-o", str(path))
    assert (code, out) == (0, "")
    assert len(nx.read_graphml(path)) == 3
    assert [entry.name for entry in tmp_path.iterdir()] == ["network.graphml"]


@pytest.mark.parametrize("kind", ["coordination", "responsibility", "citation"])
def test_network_is_drawn_to_a_file_whole(tmp_path, capsys, kind):
    for name, start in (("a.svg", b"<svg"), ("b.PNG", b"\x89PNG")):
        assert run(capsys, "network", "--kind", kind, "--figure", str(tmp_path / name))[:2] == (0, "")
        assert (tmp_path / name).read_bytes().startswith(start)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.svg", "b.PNG"]


def test_a_figure_speaks_the_language_asked_for(tmp_path, capsys):
    path = tmp_path / "network.svg"
    run(capsys, "network", "--figure", str(path), "--language", "vi")
    assert "Ai làm việc với ai" in path.read_text("utf-8")


def test_network_json_has_findings(capsys):
    findings = {row["code"]: row for row in json.loads(run(capsys, "network")[1])["findings"]}
    assert [item["label_vi"] for item in findings["leads"]["items"]] == ["Sở Thủy sản"]
    assert findings["leads"]["text_en"] == (
        "Most leads: Department of Fisheries (1). Agencies that lead: 1; statements they lead: 1."
    )


def test_network_json_has_measures(capsys):
    _, out, _ = run(capsys, "network")
    body = json.loads(out)
    assert {row["label"]: row["partners"] for row in body["measures"]} == {
        "Sở Thủy sản": 2,
        "Sở Du lịch": 1,
        "UBND các xã ven biển": 1,
    }
    _, out, _ = run(capsys, "network", "--no-collectives")
    assert {row["label"] for row in json.loads(out)["measures"]} == {"Sở Thủy sản", "Sở Du lịch"}


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


@pytest.mark.parametrize("error", [ReadError("plan.txt is empty"), NotAPlanError("plan.txt holds no plan\nat all")])
def test_reading_errors_are_one_line(monkeypatch, capsys, error):
    def parse_file(path):
        raise error

    monkeypatch.setattr(kgplan, "parse_file", parse_file, raising=False)
    code, _, err = run(capsys, "parse", "plan.txt")
    assert (code, err) == (1, f"kgplan: {' '.join(str(error).split())}\n")


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
    program = "import sys, kgplan.cli as c; sys.exit(c.main(['--help']))"
    done = subprocess.run(
        [sys.executable, "-c", program], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
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
