"""The process that evaluates queries from outside; started by :mod:`kgplan.rdf.pool`, never imported by others.

``python -m kgplan.rdf.worker FD`` loads the graph once and then waits on the socket FD. For every socket that
arrives there it forks a worker, which shares the loaded graph's memory, or opens the store on disk for itself,
and answers queries one by one. A worker can open no file and no connection, whatever a query asks for: its limit
of open files is what it holds already. It ends itself by alarm when a query overruns its time, even inside the
engine's native code.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, NoReturn

from kgplan.errors import KgplanError, QueryError, QueryLimitError, QueryRefusedError
from kgplan.rdf.store import Store

READY: Final = b"R"
FORK: Final = b"F"

_SOCKET_FD: Final = 3
_CLOCK_TICK: Final = 1.0
"""Seconds past the limit after which a worker ends itself, should the parent not have ended it before."""

_NICE: Final = 10
"""How far workers give way to the process that started them, so that it answers others while they compute."""

ERRORS: Final[dict[str, type[QueryError]]] = {
    "limit": QueryLimitError,
    "refused": QueryRefusedError,
    "query": QueryError,
}
"""The errors that cross the process boundary, by the name they have there."""


def main() -> None:
    """Load the graph named on standard input, say so, then fork a worker for each socket received."""
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        opened = _open(json.loads(sys.stdin.buffer.readline()))
    except KgplanError as error:
        control.sendall(str(error).encode("utf-8"))
        return
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    control.sendall(READY)
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        if os.fork() == 0:
            _become_worker(opened, descriptors[0])
        os.close(descriptors[0])


def _open(spec: dict[str, Any]) -> Callable[[], Store]:
    """What gives each worker its store: that of the files and of the N-Quads behind the first line of standard input.

    A store in memory is loaded now and shared. One on disk is tried now, and opened again by each worker, since the
    engine's open files do not outlive the fork.
    """
    files = [Path(path) for path in spec["files"]]
    data = sys.stdin.buffer.read(spec["bytes"])
    store = Store.open(*files, *([data] if data or not files else []))
    if store.folder is None:
        return lambda: store
    return partial(Store.open_disk, store.folder)


def _become_worker(opened: Callable[[], Store], descriptor: int) -> NoReturn:
    """Answer the queries that arrive on the socket until it closes, then end the process."""
    status = 1
    try:
        os.dup2(descriptor, _SOCKET_FD)
        os.closerange(_SOCKET_FD + 1, 1 << 16)
        connection = Connection(_SOCKET_FD)
        settings = json.loads(connection.recv_bytes())
        os.nice(_NICE)
        store = opened()
        close_doors(settings["memory"], store.files_to_open)
        connection.send_bytes(json.dumps({"pid": os.getpid()}).encode())
        while True:
            _answer(store, connection, json.loads(connection.recv_bytes()))
    except (EOFError, OSError):
        status = 0
    finally:
        os._exit(status)


def close_doors(memory: int, files: int = 0) -> None:
    """Let this process open no file or connection but ``files``, and take at most ``memory`` bytes more than now."""
    with contextlib.suppress(OSError):  # no such file outside Linux, where the limit would not hold either
        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + memory, held + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    lowest_free = os.dup(_SOCKET_FD)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free + files, lowest_free + files))


def _answer(store: Store, connection: Connection, request: dict[str, Any]) -> None:
    signal.setitimer(signal.ITIMER_REAL, request["seconds"] + _CLOCK_TICK)
    try:
        result = store.query(
            request["query"],
            base_iri=request["base"],
            default_graphs=request["default"],
            named_graphs=request["named"],
            max_rows=request["rows"],
        )
        body = result.serialize(request["format"], max_bytes=request["bytes"])
    except OverflowError:
        _fail(connection, "limit", f"the result is larger than {request['bytes']} bytes; ask for less with LIMIT")
    except MemoryError:
        _fail(connection, "limit", "the query needs more memory than it may use; ask for less")
    except KgplanError as error:
        name = next((name for name, kind in ERRORS.items() if isinstance(error, kind)), "query")
        _fail(connection, name, str(error))
    else:
        connection.send_bytes(b'{"ok": true}')
        connection.send_bytes(body)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _fail(connection: Connection, name: str, message: str) -> None:
    connection.send_bytes(json.dumps({"ok": False, "error": name, "message": message}).encode("utf-8"))


if __name__ == "__main__":
    main()
