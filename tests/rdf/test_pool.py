from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kgplan.errors import CorpusError, QueryError, QueryLimitError, QueryRefusedError
from kgplan.rdf import turns
from kgplan.rdf.formats import GRAPH_FORMATS, RESULT_FORMATS
from kgplan.rdf.limits import QueryLimits
from kgplan.rdf.pool import QueryPool

COSTLY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

GUARD = 60.0
"""Seconds after which a test that hangs fails."""


@pytest.fixture(scope="module")
def pool(nquads) -> Iterator[QueryPool]:
    with QueryPool([nquads], QueryLimits(seconds=1, memory=200 * 1024**2, rows=5000, workers=2)) as pool:
        yield pool


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?a ?s WHERE { ?a kgp:involvedIn ?s } ORDER BY ?a ?s",
        "ASK { ?p a kgp:Plan }",
        "CONSTRUCT { ?a kgp:leads ?s } WHERE { ?a kgp:leads ?s }",
        "DESCRIBE kgp:leads-role",
        "SELECT * WHERE { ?s kgp:text ?text ; kgp:start ?n } ORDER BY ?s",
    ],
)
def test_a_worker_answers_as_the_store_in_this_process(pool, store, query):
    assert pool.query(query) == store.query(query)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        *(("SELECT ?a ?n WHERE { ?a skos:prefLabel ?n }", form.name) for form in RESULT_FORMATS),
        *(("ASK {}", form.name) for form in RESULT_FORMATS),
        *(("CONSTRUCT WHERE { ?a skos:prefLabel ?n }", form.name) for form in GRAPH_FORMATS),
    ],
)
def test_every_format_is_written_in_a_worker_which_can_import_nothing_more(nquads, query, form):
    with QueryPool([nquads]) as fresh:
        body = fresh.run(query, form)
        assert body == fresh.query(query).serialize(form)


def test_errors_cross_the_process_boundary(pool):
    with pytest.raises(QueryRefusedError, match="SERVICE"):
        pool.query("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match=r"malformed: .*1:\d+"):
        pool.query("SELECT * { ?s ?p ")
    with pytest.raises(QueryError, match="choose json"):
        pool.run("SELECT * { ?s ?p ?o }", "ttl")
    with pytest.raises(QueryLimitError, match="5000 rows"):
        pool.query("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    with pytest.raises(QueryLimitError, match="more than 3 rows"):
        pool.query("SELECT * { ?a ?b ?c }", max_rows=3)


def test_a_query_that_needs_too_much_memory_is_stopped_however_much_time_it_has(nquads):
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(30))
    with QueryPool([nquads], QueryLimits(seconds=GUARD, memory=100 * 1024**2, workers=1)) as narrow:
        with pytest.raises(QueryLimitError, match="memory"):
            narrow.query(f"SELECT (STRLEN(?x30) AS ?n) {{ BIND('{'v' * 100}' AS ?x0) {doubled} }}")
        assert narrow.query("ASK {}").boolean


def test_random_and_clock_functions_work_without_open_files(pool):
    assert len(pool.query("SELECT (RAND() AS ?a) (UUID() AS ?b) (NOW() AS ?c) {}").rows[0]) == 3


def _status(pid: int) -> tuple[str, int] | None:
    """State letter and parent of a process, None when there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return fields[0], int(fields[1])


def _processes_of(pool: QueryPool) -> set[int]:
    parent = pool._loader._process.pid
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return {pid for pid in pids if (status := _status(pid)) and status[1] == parent and status[0] != "Z"}


def test_a_stopped_query_leaves_no_process_behind(pool):
    pool.query("ASK {}")
    before = _processes_of(pool)
    with pytest.raises(QueryLimitError, match="longer than 1 seconds"):
        pool.query(COSTLY)
    pool.query("ASK {}")
    while len(_processes_of(pool)) > 1:
        pass  # one that was killed takes a moment to be gone
    assert not before & _processes_of(pool)


def test_a_worker_or_loader_that_died_is_replaced(pool):
    pool.query("ASK {}")
    for pid in _processes_of(pool):
        os.kill(pid, signal.SIGKILL)
    while _processes_of(pool):
        pass
    assert pool.query("ASK {}").boolean
    pool._loader._process.kill()
    pool._loader._process.wait()
    pool.close()
    assert pool.query("ASK {}").boolean


def test_when_all_workers_are_busy_a_query_is_turned_away(nquads):
    with QueryPool([nquads], QueryLimits(workers=1, wait_seconds=0)) as pool:
        pool.warm()
        with pool._turns.turn(0, lambda: False), pytest.raises(QueryLimitError, match="busy"):
            pool.query("ASK {}")
        assert pool.query("ASK {}").boolean


def test_a_query_whose_client_went_away_is_stopped(nquads):
    with QueryPool([nquads], QueryLimits(seconds=GUARD, workers=1)) as pool:
        gone = threading.Event()
        errors: list[str] = []

        def run() -> None:
            with pytest.raises(QueryLimitError) as caught:
                pool.run(COSTLY, abandoned=gone.is_set)
            errors.append(str(caught.value))

        running, waiting = threading.Thread(target=run), threading.Thread(target=run)
        for thread in (running, waiting):
            thread.start()
        gone.set()
        for thread in (running, waiting):
            thread.join(GUARD)
        assert errors == [turns.GONE] * 2
        assert pool.query("ASK {}").boolean


def test_long_queries_leave_room_for_the_others(nquads):
    """More long ones than workers: a quarter of the workers goes round, and the rest are kept to the end."""
    limits = QueryLimits(seconds=3, quick_seconds=0.2, workers=4, wait_seconds=GUARD)
    with QueryPool([nquads], limits) as pool:
        reasons: list[str] = []
        last = threading.Event()

        def run() -> None:
            with pytest.raises(QueryLimitError) as caught:
                pool.run(COSTLY)
            reasons.append(str(caught.value))

        threads = [threading.Thread(target=run) for _ in range(8)]
        for thread in threads:
            thread.start()
        while pool._turns._free:
            last.wait(0.01)
        assert pool.query("ASK {}").boolean
        assert not any("longer than 3 seconds" in reason for reason in reasons)
        for thread in threads:
            thread.join()
    assert sum("others were waiting" in reason for reason in reasons) >= 1
    assert sum("longer than 3 seconds" in reason for reason in reasons) >= 3


def test_a_graph_that_cannot_be_loaded_is_said(tmp_path):
    with QueryPool([tmp_path / "graph.nq"]) as pool, pytest.raises(CorpusError, match=r"graph\.nq cannot be read"):
        pool.warm()
    with QueryPool([b"no quads"]) as pool, pytest.raises(CorpusError, match="no N-Quads"):
        pool.query("ASK {}")


def test_files_and_text_are_loaded_together(tmp_path):
    (tmp_path / "a.nq").write_bytes(b'<urn:a> <urn:p> "x" <urn:g1> .\n')
    with QueryPool([tmp_path / "a.nq", b'<urn:b> <urn:p> "x" <urn:g2> .\n']) as pool:
        assert pool.query("SELECT (COUNT(*) AS ?n) { ?s ?p 'x' }").column("n") == [2]


def test_a_worker_can_open_neither_file_nor_connection(tmp_path):
    """The limit of open files, set as in a worker, holds for whatever runs in the process."""
    code = """
        import os, resource, socket
        from kgplan.rdf import worker
        os.closerange(3, 1 << 10)
        os.dup2(0, 3)
        worker.close_doors(memory=10**9)
        for attempt in (lambda: open('/etc/hostname'), socket.socket):
            try:
                attempt()
            except OSError:
                print('refused')
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["refused", "refused"], done.stderr


def test_processes_end_with_the_one_that_started_them(nquads, tmp_path):
    (tmp_path / "a.nq").write_bytes(nquads)
    code = f"""
        import os
        from pathlib import Path
        from kgplan.rdf.pool import QueryPool
        pool = QueryPool([Path({str(tmp_path / "a.nq")!r})])
        pool.warm()
        print(pool._loader._process.pid, flush=True)
        os._exit(0)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    loader = int(done.stdout)
    deadline = time.monotonic() + 30
    while (status := _status(loader)) is not None and status[0] != "Z":
        assert time.monotonic() < deadline, "the loader outlives its parent"
