"""The server process: deadlines of connections, and workers that share one corpus."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from kgplan.api import server
from served import GUARD, children, get, served
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

MUCH = 32 * 1024**2
"""Bytes; more than the sockets on both sides hold."""


def _plain(_: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


def _much(_: Request) -> PlainTextResponse:
    return PlainTextResponse(b"x" * MUCH)


@contextmanager
def running(monkeypatch: pytest.MonkeyPatch, seconds: float) -> Iterator[tuple[str, int]]:
    """A small application behind the server's protocol, with a deadline of ``seconds``."""
    monkeypatch.setattr(server, "HEADER_SECONDS", seconds)
    app = Starlette(routes=[Route("/", _plain), Route("/much", _much)])
    made = server._server(app)  # type: ignore[arg-type]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=made.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()
        finally:
            made.should_exit = True
            thread.join(GUARD)


def received(connection: socket.socket) -> bytes:
    """All bytes until the server closes the connection."""
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts)


def answer(connection: socket.socket) -> None:
    """Take one whole answer of the small application."""
    connection.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
    found = b""
    while not found.endswith(b"hello"):
        part = connection.recv(65536)
        assert part, found
        found += part


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: "])
def test_a_head_that_does_not_arrive_closes_the_connection(monkeypatch, sent):
    with running(monkeypatch, 0.2) as place, socket.create_connection(place, GUARD) as connection:
        connection.sendall(sent)
        assert received(connection) == b""


def test_a_later_request_that_does_not_arrive_closes_the_connection_too(monkeypatch):
    with running(monkeypatch, 0.2) as place, socket.create_connection(place, GUARD) as connection:
        answer(connection)
        connection.sendall(b"GET / HTTP/1.1\r\nhost: ")
        assert received(connection) == b""


def test_whole_requests_are_answered_however_many(monkeypatch):
    with running(monkeypatch, GUARD) as place, socket.create_connection(place, GUARD) as connection:
        for _ in range(3):
            answer(connection)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /?q=" + b"a" * 500_000 + b" HTTP/1.1\r\nhost: x\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nhost: x\r\nx-a: " + b"a" * 500_000 + b"\r\n\r\n", 431),
        (b"not HTTP at all\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
    ],
)
def test_what_is_no_request_is_answered_with_the_reason(monkeypatch, sent, status):
    with running(monkeypatch, GUARD) as place, socket.create_connection(place, GUARD) as connection:
        connection.sendall(sent)
        head, _, body = received(connection).partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"application/problem+json" in head.lower()
    for header in (b"content-security-policy: default-src 'none'", b"x-content-type-options: nosniff"):
        assert header in head.lower()
    assert json.loads(body)["status"] == status


def test_a_bad_request_behind_a_good_one_is_refused_and_the_next_client_answered(monkeypatch):
    with running(monkeypatch, GUARD) as place:
        with socket.create_connection(place, GUARD) as connection:
            answer(connection)
            connection.sendall(b"\0\r\n\r\n")
            assert received(connection).startswith(b"HTTP/1.1 400 ")
        with socket.create_connection(place, GUARD) as connection:
            answer(connection)


def test_a_crowd_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(server, "CONNECTIONS", 2)
    with running(monkeypatch, GUARD) as place, contextlib.ExitStack() as open_ones:
        first, second, third = (open_ones.enter_context(socket.create_connection(place, GUARD)) for _ in range(3))
        third.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        head, _, body = received(third).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 5" in head
        assert json.loads(body)["status"] == 503
        answer(first)
        answer(second)


def test_a_client_that_reads_nothing_is_cut_off(monkeypatch):
    lost = threading.Event()
    ended = server.DeadlineProtocol.connection_lost
    monkeypatch.setattr(server.DeadlineProtocol, "connection_lost", lambda *told: (ended(*told), lost.set()))
    monkeypatch.setattr(server, "READER_SECONDS", 0.1)
    with running(monkeypatch, GUARD) as place, socket.create_connection(place, GUARD) as connection:
        connection.sendall(b"GET /much HTTP/1.1\r\nhost: x\r\n\r\n")
        assert lost.wait(GUARD)
        assert len(received(connection)) < MUCH


def test_a_slow_client_that_reads_on_gets_all(monkeypatch):
    monkeypatch.setattr(server, "READER_SECONDS", 0.2)
    with running(monkeypatch, GUARD) as place, socket.create_connection(place, GUARD) as connection:
        connection.sendall(b"GET /much HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        got = 0
        while part := connection.recv(1024 * 1024):
            got += len(part)
    assert got > MUCH


def test_workers_answer_and_stop_when_told_to():
    with served("--workers", "2") as (process, url):
        for _ in range(6):
            assert get(f"{url}/search?q=du+lich&k=1")[0] == 200
        assert get(f"{url}/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D")[0] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(GUARD) == 0


def counted(url: str) -> int:
    """The requests to /health so far, as /metrics tells."""
    wanted = 'kgplan_requests_total{method="GET",route="/health",status="200"} '
    found = [line for line in get(f"{url}/metrics")[1].decode().splitlines() if line.startswith(wanted)]
    return int(found[0].removeprefix(wanted)) if found else 0


def test_figures_are_those_of_all_workers_and_outlive_them():
    with served("--workers", "3") as (process, url):
        for number in range(1, 13):
            get(f"{url}/health")
            # a request is counted when it has been answered, which another worker may see a moment later
            while counted(url) < number:
                pass
            assert counted(url) == number
        for worker in children(process.pid, deep=False):
            os.kill(worker, signal.SIGKILL)
        assert counted(url) == 12


def test_a_worker_that_dies_is_replaced():
    with served("--workers", "2") as (process, url):
        get(f"{url}/health")
        workers = children(process.pid, deep=False)
        assert len(workers) == 2
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        assert get(f"{url}/health")[0] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(GUARD) == 0
