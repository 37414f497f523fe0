"""Plans that print an agency's name differently are of one corpus with one name for it."""

from __future__ import annotations

import warnings

import pytest

import kgplan
from kgplan.building import build, remove
from kgplan.rdf.read import read_plan
from kgplan.rdf.shapes import validate
from kgplan.rdf.store import Store

_HEAD = (
    "KẾ HOẠCH\nPhát triển tỉnh Nghệ An năm {year}\n\n"
    "I. NHIỆM VỤ\n\n1. {agency} mở chuyên mục mới.\n2. Sở Y tế kiểm tra.\n"
)
_NAMES = {
    2031: "Đài Phát thanh và Truyền hình tỉnh",
    2032: "Đài Phát thanh và Truyền hình Nghệ An",
    2033: "Đài Phát thanh và Truyền hình tỉnh",
}


@pytest.fixture
def files(tmp_path):
    made = []
    for year, agency in _NAMES.items():
        made.append(tmp_path / f"plan-{year}.txt")
        made[-1].write_text(_HEAD.format(year=year, agency=agency), encoding="utf-8")
    return made


def _labels(corpus):
    rows = corpus.sparql(
        'SELECT DISTINCT ?name WHERE { ?a a org:Organization ; skos:prefLabel ?name FILTER(CONTAINS(?name, "Đài")) }'
    )
    return [row["name"].value for row in rows]


def test_the_name_most_plans_print_is_the_agencys(files, tmp_path, encoder):
    build(files, tmp_path / "out")
    corpus = kgplan.open_corpus(tmp_path / "out")
    assert _labels(corpus) == ["Đài Phát thanh và Truyền hình tỉnh"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own
        assert validate(corpus.graph).conforms
    assert {a.name for p in corpus.plans for a in p.agencies if a.kind == "press"} == set(_NAMES.values())


def test_a_plan_taken_out_gives_the_other_its_name_back(files, tmp_path, encoder):
    build(files[:2], tmp_path / "out")
    remove(["plan-2031"], tmp_path / "out")
    build(files[1:2], tmp_path / "alone")
    assert _labels(kgplan.open_corpus(tmp_path / "out")) == [_NAMES[2032]]
    assert (tmp_path / "out" / "graph.nq").read_bytes() == (tmp_path / "alone" / "graph.nq").read_bytes()


def test_a_plan_is_read_back_with_the_name_it_prints(files, tmp_path, encoder):
    build(files, tmp_path / "out")
    for plan in kgplan.open_corpus(tmp_path / "out").plans:
        lines = (tmp_path / "out" / "graph.nq").read_bytes().splitlines()
        own = [line for line in lines if line.endswith(b"plan/%b> ." % plan.id.encode())]
        triples = Store.load(b"\n".join(own)).query("CONSTRUCT WHERE { ?s ?p ?o }").triples
        assert [a.name for a in read_plan(triples).agencies] == [a.name for a in plan.agencies]
