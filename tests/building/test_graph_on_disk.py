"""A corpus whose graph is beyond what is held in memory: built, opened, asked and served from a store on disk."""

from __future__ import annotations

import shutil

import pytest

import kgplan
from kgplan.errors import CorpusError
from kgplan.rdf import disk

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own parser

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
TASKS = "SELECT ?text { ?task a kgp:Task ; kgp:text ?text } ORDER BY ?text"
NAMED = "SELECT DISTINCT ?g { GRAPH ?g { ?p a kgp:Plan } } ORDER BY ?g"


@pytest.fixture
def in_memory(encoder, plans, tmp_path):
    return kgplan.build_corpus(plans, tmp_path / "memory")


@pytest.fixture
def on_disk(encoder, plans, tmp_path, monkeypatch):
    monkeypatch.setenv(disk.SETTING, "0")
    return kgplan.build_corpus(plans, tmp_path / "disk")


def stores_in(corpus):
    return [path.name for directory in corpus.directories for path in directory.glob("store-*")]


def test_the_store_is_built_with_the_corpus_and_answers_alike(in_memory, on_disk):
    assert stores_in(in_memory) == []
    (name,) = stores_in(on_disk)
    with on_disk.query_pool() as pool:
        for query in (COUNT, TASKS, NAMED):
            expected = in_memory.sparql(query)
            assert len(expected) > 0
            assert on_disk.sparql(query) == expected == pool.query(query)
    assert on_disk.info()["triples"] == in_memory.info()["triples"]
    assert on_disk.validate().conforms
    assert stores_in(on_disk) == [name]
    assert kgplan.open_corpus(on_disk.directories[0]).sparql(COUNT) == in_memory.sparql(COUNT)


def test_a_corpus_built_for_memory_gets_its_store_when_it_is_opened_with_less(in_memory, monkeypatch):
    expected = in_memory.sparql(TASKS)
    monkeypatch.setenv(disk.SETTING, "0")
    opened = kgplan.open_corpus(in_memory.directories[0])
    assert stores_in(opened) == []
    assert opened.sparql(TASKS) == expected
    assert len(stores_in(opened)) == 1
    assert opened.validate().conforms


def test_corpora_opened_as_one_share_a_store(encoder, plans, tmp_path, monkeypatch):
    one, *others = sorted(plans.iterdir())
    kgplan.build_corpus([one], tmp_path / "a")
    kgplan.build_corpus(others, tmp_path / "b")
    both = [tmp_path / "a", tmp_path / "b"]
    expected = kgplan.open_corpus(both).sparql(COUNT)
    monkeypatch.setenv(disk.SETTING, "0")
    opened = kgplan.open_corpus(both)
    assert opened.sparql(COUNT) == expected
    assert len(stores_in(opened)) == 1


def test_a_plan_added_makes_another_store(encoder, plans, tmp_path, monkeypatch):
    monkeypatch.setenv(disk.SETTING, "0")
    one, *others = sorted(plans.iterdir())
    first = kgplan.build_corpus([one], tmp_path / "out")
    before = stores_in(first)
    after = kgplan.build_corpus(others, tmp_path / "out", add=True)
    assert len(stores_in(after)) == 1
    assert stores_in(after) != before
    assert len(after.sparql(NAMED)) == 1 + len(others)


def test_a_store_whose_files_were_changed_is_found_by_the_check(on_disk):
    (folder,) = on_disk.directories[0].glob("store-*")
    (folder / "CURRENT").write_text("MANIFEST-000000\n")
    with pytest.raises(CorpusError, match=r"store-\w+/CURRENT was changed"):
        kgplan.open_corpus(on_disk.directories[0]).validate()
    shutil.rmtree(folder)
    with pytest.raises(CorpusError, match="is missing"):
        kgplan.open_corpus(on_disk.directories[0])
