"""SPARQL on the command line."""

from __future__ import annotations

import json

from running import run

SELECT = "SELECT ?name WHERE { ?agency skos:prefLabel ?name }"


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
