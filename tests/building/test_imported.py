"""Corpora built from what was exported from others."""

from __future__ import annotations

import contextlib
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_plans import full_plan

import kgplan
from kgplan.building import build
from kgplan.building.imported import ENDINGS, imported
from kgplan.errors import KgplanError, NotAPlanError, ReadError
from kgplan.rdf.build import build_dataset, to_nquads
from kgplan.rdf.export import QUAD_FORMATS, export_graph

QUADS = to_nquads(build_dataset([full_plan()]))


def exported(corpus, ending):
    """The corpus's graph as a file beside it, in the format of that ending."""
    path = corpus.parent / f"exported{ending}"
    path.write_bytes(export_graph((corpus / "graph.nq").read_bytes(), ENDINGS[ending]))
    return path


@pytest.mark.parametrize("ending", [e for e in ENDINGS if ENDINGS[e] in QUAD_FORMATS])
def test_plans_exported_with_their_graphs_are_the_same_corpus_again(plans, out, encoder, ending):
    build([plans], out)
    again = out.with_name("again")
    report = build([exported(out, ending)], again)
    assert report.added == tuple(plan.id for plan in kgplan.open_corpus(out).plans)
    assert report.failed == ()
    assert (again / "graph.nq").read_bytes() == (out / "graph.nq").read_bytes()
    first, second = (kgplan.open_corpus(folder).search("trồng rừng") for folder in (out, again))
    assert [hit.to_dict() for hit in first] == [hit.to_dict() for hit in second]


@pytest.mark.parametrize("ending", ENDINGS)
def test_one_plan_is_itself_again_in_every_format(plans, out, encoder, ending):
    build([plans / "rung.txt"], out)
    again = out.with_name("again")
    build([exported(out, ending)], again)
    assert (again / "graph.nq").read_bytes() == (out / "graph.nq").read_bytes()


def test_exported_plans_stand_beside_documents_and_are_added(plans, out, encoder):
    build([plans / "rung.txt"], out)
    rdf = exported(out, ".ttl")
    both = out.with_name("both")
    assert build([plans / "benh.txt", rdf], both).added == ("benh", "rung")
    assert build([plans / "duong.txt", rdf], both, add=True).unchanged == ("benh", "rung")
    assert [plan.id for plan in kgplan.open_corpus(both).plans] == ["benh", "duong", "rung"]


def test_a_folder_is_not_searched_for_rdf(plans, out, encoder):
    build([plans / "rung.txt"], out)
    exported(out, ".ttl").rename(plans / "rung.ttl")
    assert build([plans], out).failed == ()


def test_several_plans_in_one_graph_cannot_be_told_apart(plans, out, encoder):
    build([plans], out)
    with pytest.raises(NotAPlanError, match=r"exported\.ttl: holds several plans .* trig, nq or jsonld"):
        build([exported(out, ".ttl")], out.with_name("again"))


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        (b"<urn:a> <urn:b> .", ReadError, r"is no application/n-quads"),
        (b"", ReadError, "empty"),
        (b"# nothing\n", NotAPlanError, "holds no triples"),
        (b"<urn:a> <urn:b> <urn:c> .\n", NotAPlanError, "holds 0 plans"),
        (QUADS.replace(b'start> "', b'start> "1'), NotAPlanError, "is no whole plan: statement"),
        (QUADS.replace(b"plan/mui-xanh-2024", b"plan/..%2F..%2Fx"), NotAPlanError, "characters that no id has"),
    ],
)
def test_what_is_no_exported_plan_is_refused(tmp_path, text, error, words):
    path = tmp_path / "plan.nq"
    path.write_bytes(text)
    with pytest.raises(error, match=words):
        imported(path)
    with pytest.raises(KgplanError):
        build([path], tmp_path / "out")
    assert not (tmp_path / "out").exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.floats(0, 0.1))
def test_a_graph_with_holes_gives_a_plan_or_is_refused(tmp_path, seed, share):
    chance = random.Random(seed)
    path = tmp_path / "plan.nq"
    path.write_bytes(b"".join(line for line in QUADS.splitlines(keepends=True) if chance.random() >= share))
    with contextlib.suppress(NotAPlanError):
        (plan,) = imported(path)
        assert plan.id == full_plan().id


def test_a_plan_that_was_imported_is_no_reading_of_its_document(plans, out, encoder):
    build([plans / "rung.txt"], out)
    title = kgplan.open_corpus(out).plans[0].title
    rdf = out.parent / "older.nq"
    rdf.write_text((out / "graph.nq").read_text("utf-8").replace(title, "An older reading"), "utf-8")
    again = out.with_name("again")
    build([rdf], again)
    assert kgplan.open_corpus(again).plans[0].title == "An older reading"
    build([plans / "rung.txt"], again)
    assert kgplan.open_corpus(again).plans[0].title == title


def test_the_same_export_again_changes_nothing(plans, out, encoder):
    build([plans], out)
    rdf = exported(out, ".nq")
    again = out.with_name("again")
    ids = build([rdf], again).added
    written = {path: path.stat().st_mtime_ns for path in again.rglob("*")}
    assert build([rdf], again).unchanged == ids
    assert {path: path.stat().st_mtime_ns for path in again.rglob("*")} == written
    rdf.write_text(rdf.read_text("utf-8").replace(kgplan.open_corpus(out).plans[0].title, "An older reading"), "utf-8")
    report = build([rdf], again)
    assert (report.replaced, report.unchanged) == (ids[:1], ids[1:])
