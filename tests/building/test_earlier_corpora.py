"""Building where a corpus stands: of another model, of another kgplan, broken, or none."""

from __future__ import annotations

import json

import pytest
from plan_files import PLANS, contents

from kgplan.building import build, remove
from kgplan.errors import CorpusError, StaleCorpusError


def test_another_model_encodes_anew_and_parses_nothing(plans, out, encoder, parsed):
    build([plans], out)
    names = parsed()
    report = build([plans], out, model="other")
    assert names == []
    assert report.unchanged == tuple(sorted(PLANS))
    assert json.loads((out / "manifest.json").read_text())["encoder"]["name"] == "other"


def test_adding_with_another_model_is_refused(plans, out, encoder):
    build([plans / "rung.txt"], out)
    with pytest.raises(CorpusError, match="model fake, not other"):
        build([plans / "benh.txt"], out, add=True, model="other")


def test_adding_takes_the_model_of_the_corpus(plans, out, encoder):
    build([plans / "rung.txt"], out, model="other")
    build([plans / "benh.txt"], out, add=True)
    assert json.loads((out / "manifest.json").read_text())["encoder"]["name"] == "other"


def test_what_another_kgplan_built_is_not_mixed_with_but_its_vectors_serve(plans, out, scratch, encoder):
    build([plans / "rung.txt", plans / "benh.txt"], out)
    manifest = json.loads((out / "manifest.json").read_text())
    (out / "manifest.json").write_text(json.dumps({**manifest, "make": "0" * 64}))
    for change in (lambda: build([plans / "duong.txt"], out, add=True), lambda: remove(["rung"], out)):
        with pytest.raises(StaleCorpusError, match="kgplan build"):
            change()
    before = len(encoder.encoded)
    assert build([plans / "rung.txt", plans / "benh.txt"], out).replaced == ("benh", "rung")
    assert len(encoder.encoded) == before
    assert contents(out) == scratch("rung", "benh")


@pytest.mark.parametrize("name", ["graph.nq", "plans/rung.json", "retrieval/dense.faiss", "passages.txt"])
def test_a_broken_corpus_is_built_anew_and_not_added_to(plans, out, scratch, encoder, name):
    build([plans / "rung.txt"], out)
    (out / name).write_bytes(b"junk")
    with pytest.raises(CorpusError, match="broken"):
        build([plans / "benh.txt"], out, add=True)
    build([plans / "rung.txt"], out)
    assert contents(out) == scratch("rung")


def test_adding_to_nothing_is_refused(plans, out, encoder):
    with pytest.raises(CorpusError, match="no such directory"):
        build([plans], out, add=True)


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 1}', '{"format": 99}'])
def test_a_manifest_that_cannot_be_read_is_replaced(plans, out, scratch, encoder, content):
    out.mkdir()
    (out / "manifest.json").write_text(content)
    with pytest.raises(CorpusError):
        build([plans / "rung.txt"], out, add=True)
    build([plans / "rung.txt"], out)
    assert contents(out) == scratch("rung")
