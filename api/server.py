"""The server process: connections with deadlines, and workers that share the corpus in memory."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sized
from typing import Any, cast

import h11
import uvicorn
from fastapi import FastAPI
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from .headers import SECURITY
from .problems import RETRY_AFTER, Watched, problem_response

HEADER_SECONDS = 20
"""A request's head that takes longer to arrive closes the connection."""
MAX_HEAD_BYTES = 64 * 1024
"""A request whose line and headers are larger, and do not arrive at once, is answered 431."""
REFUSED_SECONDS = 2
"""For so long more is taken from a refused client: a connection that is closed at once can lose the answer."""
CONNECTIONS = 1000
"""More open connections than these are answered 503."""
CROWDED = "too many connections are open; try again in a few seconds"
READER_SECONDS = 30
"""A client that takes nothing of its answer for so long is cut off."""
GRACE_SECONDS = 10
"""Requests under way when the server is told to stop may take so long."""
STOPPED = "the service is stopping and could not answer in time; try again in a few seconds"
STOPPING = (signal.SIGTERM, signal.SIGINT)
QUICK_SECONDS = 2.0
QUICK_ENDS = 5
"""A worker that ends so soon after its start, so many times in a row, ends the server."""


class DeadlineProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with deadlines for the head of each request and for readers that take nothing.

    What is no HTTP request is answered with a problem document.
    """

    _late: asyncio.TimerHandle | None = None
    _reader: asyncio.TimerHandle | None = None
    _unread = 0
    _refused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Set the deadline for the first request."""
        super().connection_made(cast(asyncio.Transport, transport))  # uvicorn takes no other
        self._late = self.loop.call_later(HEADER_SECONDS, self._close_late)

    def data_received(self, data: bytes) -> None:
        """Take the bytes; a deadline stands for as long as a head has begun and is not whole."""
        if self._refused:
            return
        super().data_received(data)
        if not self._waiting():
            self._cancel()
        elif self._late is None:
            self._late = self.loop.call_later(HEADER_SECONDS, self._close_late)

    def send_400_response(self, _: str) -> None:
        """Answer what could not be read as a request: 431 when its head is too large, else 400."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        if len(self.conn.trailing_data[0]) > MAX_HEAD_BYTES:
            response = _refusal(431, f"the request's line and headers are larger than {MAX_HEAD_BYTES} bytes")
        else:
            response = _refusal(400, "this is no request of HTTP/1.1")
        head = h11.Response(
            status_code=response.status_code,
            headers=response.raw_headers,
            reason=STATUS_PHRASES[response.status_code],
        )
        for event in (head, h11.Data(data=bytes(response.body)), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        if not self._waiting():  # a body, for which the application waits
            self.transport.close()
            return
        self._refused = True
        self._cancel()
        self._late = self.loop.call_later(REFUSED_SECONDS, self._close_late)
        self.transport.write_eof()

    def on_response_complete(self) -> None:
        """The next request's deadline begins with its first byte; until then the keep-alive time-out holds."""
        self._cancel()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Set the deadline for a reader that does not keep up."""
        super().pause_writing()
        self._watch_reader()

    def timeout_keep_alive_handler(self) -> None:
        """Close, if the client takes what is left."""
        super().timeout_keep_alive_handler()
        self._watch_reader()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadlines."""
        self._cancel()
        if self._reader is not None:
            self._reader.cancel()
            self._reader = None
        super().connection_lost(exc)

    def _watch_reader(self) -> None:
        if self._reader is None:
            self._unread = self.transport.get_write_buffer_size()
            if self._unread:
                self._reader = self.loop.call_later(READER_SECONDS, self._look_at_reader)

    def _look_at_reader(self) -> None:
        self._reader = None
        if self.transport.get_write_buffer_size() < self._unread:
            self._watch_reader()
        else:
            self.transport.abort()

    def _waiting(self) -> bool:
        """Whether the next thing to arrive is a request's head."""
        return self.cycle is None or self.cycle.response_complete

    def _cancel(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close_late(self) -> None:
        self._late = None
        if not self.transport.is_closing():
            self.transport.close()
            self._watch_reader()


def _refusal(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem document with the headers that the application gives to all others, at the end of a connection."""
    return problem_response(
        status, detail, headers=SECURITY | {"cache-control": "no-store"} | (headers or {}), close=True
    )


class _Edge:
    """ASGI middleware: 503 to those for whom there is no room, and to those given up when the server stops."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.connections: Sized = ()
        """Those that are open."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and len(self.connections) > CONNECTIONS:
            await _refusal(503, CROWDED, {"retry-after": RETRY_AFTER})(scope, receive, send)
            return
        watched = Watched(send)
        try:
            await self._app(scope, receive, watched)
        except asyncio.CancelledError:  # by uvicorn, after the grace; nothing else cancels a request
            if scope["type"] != "http" or watched.begun:
                raise
            await _refusal(503, STOPPED, {"retry-after": RETRY_AFTER})(scope, receive, send)


def _server(app: FastAPI) -> uvicorn.Server:
    edge = _Edge(app)
    server = uvicorn.Server(
        uvicorn.Config(
            edge,
            http=DeadlineProtocol,
            h11_max_incomplete_event_size=MAX_HEAD_BYTES,
            log_level="warning",
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
    edge.connections = server.server_state.connections
    return server


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
    # uvicorn raises the signal that stopped it again when it has stopped; to be told to stop is no failure
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return 0
    return 0 if server.started else 1


class _Workers:
    def __init__(self, app: FastAPI, listener: socket.socket, count: int) -> None:
        self._app, self._listener, self._count = app, listener, count
        self._started: dict[int, tuple[int, float]] = {}
        """The row of each worker's figures and the moment of its start, by its process."""
        self._stopping = False
        # Only this process holds the end to write to: when it is gone, however it went, the workers read the end.
        self._watched, self._held = os.pipe()

    def run(self) -> int:
        """Start the workers, replace those that end, and end them all when told to stop."""
        for number in STOPPING:
            signal.signal(number, self._stop)
        self._app.state.metrics.share(self._count)
        for row in range(self._count):
            self._start(row)
        status, quick = 0, 0
        while self._started:
            try:
                pid, _ = os.wait()
            except InterruptedError:
                continue
            if pid not in self._started:
                continue
            row, start = self._started.pop(pid)
            lived = time.monotonic() - start
            if self._stopping:
                continue
            quick = quick + 1 if lived < QUICK_SECONDS else 0
            if quick >= QUICK_ENDS:
                print("kgplan: the workers end as soon as they start; stopping", file=sys.stderr)
                status = 1
                self._stop()
                continue
            self._start(row)
        return status

    def _start(self, row: int) -> None:
        # a signal between the fork and the lines behind it would reach neither the worker nor the list of workers
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        pid = os.fork()
        if pid:
            self._started[pid] = row, time.monotonic()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
            return
        status = 1
        try:
            for number in STOPPING:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
            os.close(self._held)
            self._app.state.metrics.take(row)
            threading.Thread(target=self._end_with_parent, daemon=True).start()
            status = _run(self._app, self._listener)
        finally:
            os._exit(status)

    def _end_with_parent(self) -> None:
        os.read(self._watched, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _stop(self, *_: object) -> None:
        self._stopping = True
        self._listener.close()  # so that clients are turned away and do not wait for nobody
        for pid in list(self._started):
            os.kill(pid, signal.SIGTERM)
