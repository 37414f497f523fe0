"""Queries from outside, each in a process that can be ended: wall clock, memory, rows and bytes are limited.

A loading process (:mod:`kgplan.rdf.worker`) holds the graph and forks workers, which share its memory, or open the
store on disk for themselves, so a new worker costs milliseconds whatever the graph's size. Idle workers are kept for
the next query. POSIX only, as it forks.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from kgplan.errors import CorpusError, QueryLimitError
from kgplan.rdf import query_guard
from kgplan.rdf.limits import QueryLimits
from kgplan.rdf.results import QueryResult, parse_results
from kgplan.rdf.turns import GONE, SLICE, Turn, Turns
from kgplan.rdf.vocabulary import DEFAULT_BASE
from kgplan.rdf.worker import ERRORS, FORK, READY

_RETIRE_AFTER = 500
"""Queries after which a worker is replaced, so that what the allocator keeps cannot add up."""


class QueryPool:
    """Evaluates queries in worker processes. Thread-safe; a context manager; closed at exit at the latest.

    >>> with QueryPool([b'<urn:a> <urn:b> "c" <urn:g> .']) as pool:
    ...     pool.query("ASK { ?s ?p 'c' }").boolean
    True
    """

    def __init__(self, graphs: Sequence[Path | bytes], limits: QueryLimits | None = None) -> None:
        """``graphs`` are N-Quads, as files or as text, or the folder of one store on disk.

        Nothing is started before the first query.
        """
        self.limits = limits or QueryLimits()
        self._graphs = tuple(graphs)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._turns = Turns(self.limits.workers)
        self._loader: _Loader | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self) -> None:
        """Load the graph and start one worker. Raises CorpusError when the graph cannot be loaded."""
        self._give_back(self._take())

    def query(
        self,
        sparql: str,
        *,
        base_iri: str = DEFAULT_BASE,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        max_rows: int | None = None,
    ) -> QueryResult:
        """The result of a query; like :meth:`kgplan.rdf.store.Store.query`, within the pool's limits."""
        form = query_guard.check(sparql, base_iri=base_iri).form
        chosen = "json" if form in ("SELECT", "ASK") else "nt"
        body = self.run(
            sparql,
            chosen,
            base_iri=base_iri,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            max_rows=max_rows,
        )
        return parse_results(body, chosen)

    def run(
        self,
        sparql: str,
        form: str | None = None,
        *,
        base_iri: str = DEFAULT_BASE,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        max_rows: int | None = None,
        abandoned: Callable[[], bool] = lambda: False,
    ) -> bytes:
        """The whole result, serialised in the format of that name.

        ``abandoned`` tells whether nobody waits for the result any more; then the query is stopped.

        Raises QueryError and QueryRefusedError as the store does, and QueryLimitError when the query overruns
        a limit (the message says which) or when no worker gets free in time. A result is complete or not
        given at all.
        """
        query_guard.check(sparql, base_iri=base_iri)
        rows = self.limits.rows if max_rows is None else min(max_rows, self.limits.rows)
        request = {
            "query": sparql,
            "format": form,
            "base": base_iri,
            "default": None if default_graphs is None else list(default_graphs),
            "named": None if named_graphs is None else list(named_graphs),
            "rows": rows,
            "bytes": self.limits.bytes,
            "seconds": self.limits.seconds,
        }
        with self._turns.turn(self.limits.wait_seconds, abandoned) as turn:
            worker = self._take()
            try:
                return worker.run(request, self.limits, turn, abandoned)
            finally:
                self._give_back(worker)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }").column("g"))

    def __len__(self) -> int:
        """How many triples the default graph (the union of all) holds."""
        return int(self.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0]["n"].value)

    def close(self) -> None:
        """End all processes. A later query starts them again."""
        with self._lock:
            for worker in self._idle:
                worker.end()
            self._idle.clear()
            if self._loader is not None:
                self._loader.end()
                self._loader = None

    def _take(self) -> _Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.alive():
                    return worker
                worker.end()
            if self._loader is None or not self._loader.alive():
                self._loader = _Loader(self._graphs)
            return self._loader.fork(self.limits.memory)

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if worker.usable and self._loader is not None:
                self._idle.append(worker)
            else:
                worker.end()


class _Loader:
    """The process that holds the graph and forks workers."""

    def __init__(self, graphs: Sequence[Path | bytes]) -> None:
        files = [str(graph.resolve()) for graph in graphs if isinstance(graph, Path)]
        data = b"".join(graph for graph in graphs if isinstance(graph, bytes))
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kgplan.rdf.worker", str(theirs.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        self._control = ours
        self._finalizer = weakref.finalize(self, _stop, self._process, ours)
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError), self._process.stdin as pipe:
            pipe.write(json.dumps({"files": files, "bytes": len(data)}).encode() + b"\n" + data)
        answer = ours.recv(4096)
        if answer != READY:
            self.end()
            raise CorpusError(answer.decode("utf-8", "replace") or "the query process did not start")

    def alive(self) -> bool:
        return self._process.poll() is None

    def fork(self, memory: int) -> _Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [FORK], [theirs.fileno()])
        return _Worker(Connection(ours.detach()), memory)

    def end(self) -> None:
        self._finalizer()


def _stop(process: subprocess.Popen[bytes], control: socket.socket) -> None:
    control.close()
    process.kill()
    process.wait()


class _Worker:
    """One forked process and the connection to it."""

    def __init__(self, connection: Connection, memory: int) -> None:
        self._connection = connection
        self._connection.send_bytes(json.dumps({"memory": memory}).encode())
        try:
            self._pid: int = json.loads(self._connection.recv_bytes())["pid"]
        except (EOFError, OSError) as error:
            self._connection.close()
            raise CorpusError("a query worker did not start: is the corpus still there?") from error
        self._served = 0
        self.usable = True

    def alive(self) -> bool:
        """Whether the process still listens; an idle worker says nothing, so anything to read is its end."""
        return not self._connection.poll(0)

    def run(self, request: dict[str, Any], limits: QueryLimits, turn: Turn, abandoned: Callable[[], bool]) -> bytes:
        self.usable = False
        started = time.monotonic()
        self._connection.send_bytes(json.dumps(request).encode("utf-8"))
        self._wait(started, limits, turn, abandoned)
        answer = json.loads(self._receive(limits))
        if not answer["ok"]:
            self._ready_again()
            raise ERRORS[answer["error"]](answer["message"])
        body = self._receive(limits)
        self._ready_again()
        return body

    def end(self) -> None:
        """End the process and close the connection. Its number is still its own: it has not closed its end."""
        if not self._connection.closed:
            if self.alive():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self._pid, signal.SIGKILL)
            self._connection.close()

    def _wait(self, started: float, limits: QueryLimits, turn: Turn, abandoned: Callable[[], bool]) -> None:
        """Wait for the answer; end the process and raise QueryLimitError when there is a reason not to."""
        deadline, moment = started + limits.seconds, started + limits.quick_seconds
        while not self._connection.poll(max(0.0, min(SLICE, deadline - time.monotonic()))):
            now = time.monotonic()
            if now >= deadline:
                reason = f"the query ran longer than {limits.seconds:g} seconds and was stopped"
            elif abandoned():
                reason = GONE
            elif now >= moment and not turn.may_go_on():
                reason = (
                    f"the query ran longer than {limits.quick_seconds:g} seconds and was stopped, as others "
                    "were waiting and enough long ones were running; try again in a few seconds"
                )
            else:
                continue
            self.end()
            raise QueryLimitError(reason)

    def _receive(self, limits: QueryLimits) -> bytes:
        try:
            return self._connection.recv_bytes()
        except (EOFError, OSError):
            self.end()
            raise QueryLimitError(
                f"the query needed more than {limits.memory // 1024**2} MB of memory or was nested too deep, "
                "and was stopped"
            ) from None

    def _ready_again(self) -> None:
        self._served += 1
        self.usable = self._served < _RETIRE_AFTER
