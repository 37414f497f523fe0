"""The server process: connections with deadlines, and workers that share the corpus in memory."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_SECONDS = 20
"""A request's head that takes longer to arrive closes the connection."""
CONNECTIONS = 1000
"""More open connections than these are answered 503."""
GRACE_SECONDS = 10
"""Requests under way when the server is told to stop may take so long."""
QUICK_SECONDS = 2.0
QUICK_ENDS = 5
"""A worker that ends so soon after its start, so many times in a row, ends the server."""


class DeadlineProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with a deadline for the head of each request, the first one and later ones."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Set the deadline for the first request."""
        super().connection_made(transport)
        self._late = self.loop.call_later(HEADER_SECONDS, self._close_late)

    def data_received(self, data: bytes) -> None:
        """Take the bytes; a deadline stands for as long as a head has begun and is not whole."""
        super().data_received(data)
        waiting = self.cycle is None or self.cycle.response_complete
        if not waiting:
            self._cancel()
        elif self._late is None:
            self._late = self.loop.call_later(HEADER_SECONDS, self._close_late)

    def on_response_complete(self) -> None:
        """The next request's deadline begins with its first byte; until then the keep-alive time-out holds."""
        self._cancel()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadline."""
        self._cancel()
        super().connection_lost(exc)

    def _cancel(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close_late(self) -> None:
        self._late = None
        if not self.transport.is_closing():
            self.transport.close()


def _server(app: FastAPI) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=DeadlineProtocol,
            log_level="warning",
            limit_concurrency=CONNECTIONS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )


def serve(app: FastAPI, listener: socket.socket, *, workers: int = 1, warm: Callable[[], Any] | None = None) -> int:
    """Answer on ``listener`` until told to stop; the exit status.

    With several ``workers`` the corpus is loaded once, by ``warm``, and the processes share its pages. A worker that
    ends is replaced.
    """
    if workers == 1:
        return _run(app, listener)
    if warm is not None:
        warm()
    gc.collect()
    gc.freeze()
    return _Workers(app, listener, workers).run()


def _run(app: FastAPI, listener: socket.socket) -> int:
    server = _server(app)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return 0
    return 0 if server.started else 1


class _Workers:
    def __init__(self, app: FastAPI, listener: socket.socket, count: int) -> None:
        self._app, self._listener, self._count = app, listener, count
        self._started: dict[int, float] = {}
        self._stopping = False

    def run(self) -> int:
        """Start the workers, replace those that end, and end them all when told to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for _ in range(self._count):
            self._start()
        status, quick = 0, 0
        while self._started:
            try:
                pid, _ = os.wait()
            except InterruptedError:
                continue
            lived = time.monotonic() - self._started.pop(pid, 0.0)
            if self._stopping:
                continue
            quick = quick + 1 if lived < QUICK_SECONDS else 0
            if quick >= QUICK_ENDS:
                print("kgplan: the workers end as soon as they start; stopping", file=sys.stderr)
                status = 1
                self._stop()
                continue
            self._start()
        return status

    def _start(self) -> None:
        pid = os.fork()
        if pid:
            self._started[pid] = time.monotonic()
            return
        status = 1
        try:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            status = _run(self._app, self._listener)
        finally:
            os._exit(status)

    def _stop(self, *_: object) -> None:
        self._stopping = True
        for pid in list(self._started):
            os.kill(pid, signal.SIGTERM)
