"""Graphs that are too large for memory: the choice, the store on disk, and the processes that read it."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from kgplan.errors import CorpusError, QueryLimitError
from kgplan.rdf import disk
from kgplan.rdf.limits import QueryLimits
from kgplan.rdf.pool import QueryPool
from kgplan.rdf.store import Store

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COSTLY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def graph(tmp_path, nquads) -> Path:
    (tmp_path / "graph.nq").write_bytes(nquads)
    return tmp_path / "graph.nq"


@pytest.fixture
def folder(tmp_path, nquads) -> Path:
    Store.write_disk([nquads], tmp_path / "disk")
    return tmp_path / "disk"


def test_what_fits_stays_in_memory(graph, monkeypatch):
    assert disk.place([graph], ["a"]) == (graph,)
    monkeypatch.setenv(disk.SETTING, "1")
    assert disk.place([graph], ["a"]) == (graph,)
    assert Store.open(*disk.place([graph], ["a"])).folder is None
    assert [path.name for path in graph.parent.iterdir()] == ["graph.nq"]


def test_what_is_larger_goes_on_disk_once(graph, monkeypatch):
    monkeypatch.setenv(disk.SETTING, "0")
    (placed,) = disk.place([graph], ["a"])
    written = {path: path.stat().st_mtime_ns for path in placed.iterdir()}
    assert disk.place([graph], ["a"]) == (placed,)
    store = Store.open(placed)
    assert (store.folder, len(store)) == (placed, len(Store.load(graph)))
    assert sorted(store.dump().splitlines()) == graph.read_bytes().splitlines()
    assert {path: path.stat().st_mtime_ns for path in placed.iterdir()} == written


def test_another_graph_is_another_store(graph, monkeypatch):
    monkeypatch.setenv(disk.SETTING, "0")
    assert disk.place([graph], ["a"]) != disk.place([graph], ["b"])


def test_several_graphs_are_one_store(graph, monkeypatch):
    monkeypatch.setenv(disk.SETTING, "0")
    other = graph.with_name("other.nq")
    other.write_bytes(b'<urn:a> <urn:p> "x" <urn:other> .\n')
    store = Store.open(*disk.place([graph, other], ["a", "b"]))
    assert "urn:other" in store.graphs()
    assert len(store) == len(Store.load(graph, other))


@pytest.mark.parametrize("text", ["", "-1", "1.5", "all", "١"])
def test_a_setting_that_is_no_number(graph, monkeypatch, text):
    monkeypatch.setenv(disk.SETTING, text)
    with pytest.raises(CorpusError, match="whole number of megabytes"):
        disk.place([graph], ["a"])


def test_a_store_that_cannot_be_written_says_what_to_do(graph, monkeypatch):
    monkeypatch.setenv(disk.SETTING, "0")
    graph.write_bytes(b"no quads")
    with pytest.raises(CorpusError, match=rf"no N-Quads.*{disk.SETTING}"):
        disk.place([graph], ["a"])
    assert [path.name for path in graph.parent.iterdir()] == ["graph.nq"]
    with pytest.raises(CorpusError, match="cannot be read"):
        disk.place([graph.with_name("none.nq")], ["a"])


def test_two_that_write_one_store_at_once_both_get_it(graph, monkeypatch):
    monkeypatch.setenv(disk.SETTING, "0")
    found: list[tuple[Path, ...]] = []
    threads = [threading.Thread(target=lambda: found.append(disk.place([graph], ["a"]))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 4
    assert sorted(path.name for path in graph.parent.iterdir()) == ["graph.nq", found[0][0].name]


def test_many_processes_read_one_store(folder, store):
    with QueryPool([folder], QueryLimits(workers=4)) as one, QueryPool([folder]) as other:
        answers: list[int] = []

        def run(pool: QueryPool) -> None:
            answers.extend(pool.query(COUNT).column("n"))

        threads = [threading.Thread(target=run, args=(pool,)) for pool in (one, other) * 6]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [len(store)] * 12


def test_the_limits_hold_on_disk_and_a_stopped_worker_is_replaced(folder, store):
    with QueryPool([folder], QueryLimits(seconds=1, memory=200 * 1024**2, rows=20, workers=1)) as pool:
        for query, words in ((COSTLY, "longer than 1 seconds"), ("SELECT * { ?s ?p ?o }", "more than 20 rows")):
            with pytest.raises(QueryLimitError, match=words):
                pool.query(query)
            assert pool.query(COUNT).column("n") == [len(store)]


def test_a_worker_opens_no_file_beyond_the_store(folder):
    """The files of so small a store are all open before the first query; none is opened after."""
    store = Store.open_disk(folder)
    assert store.files_to_open == 0
    with QueryPool([folder]) as pool:
        pool.warm()
        limits = Path(f"/proc/{pool._idle[0]._pid}/limits").read_text()
        (line,) = (line for line in limits.splitlines() if line.startswith("Max open files"))
        open_now = {int(path.name) for path in Path(f"/proc/{pool._idle[0]._pid}/fd").iterdir()}
        assert int(line.split()[3]) <= max(open_now) + 1


def test_a_store_that_went_away_is_said(folder):
    with QueryPool([folder]) as pool:
        worker = pool._take()
        worker.end()
        shutil.rmtree(folder)
        with pytest.raises(CorpusError, match="did not start"):
            pool.query(COUNT)
    with pytest.raises(CorpusError, match=r"no store on disk|cannot be read"), QueryPool([folder]) as pool:
        pool.query(COUNT)
