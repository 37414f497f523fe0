"""What the command line writes for other programs: exports, networks and figures."""

from __future__ import annotations

import json

import pytest
from fake_corpus import GRAPH
from running import run


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
