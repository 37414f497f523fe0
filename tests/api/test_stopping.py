"""A busy service still answers for itself; one that is stopped ends its work; one that is killed harms nothing."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import sys
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from fake_corpus import FakeCorpus
from kgplan.api import server
from kgplan.api.app import create_app
from kgplan.api.state import ANSWER_THREADS
from plan_files import contents
from served import GUARD, children, ended, get, served, started

import kgplan

TESTS = Path(__file__).parents[1]
QUESTION = "who leads"


def ask(url: str, question: str = QUESTION) -> dict[str, object]:
    body = json.dumps({"question": question}).encode()
    asked = urllib.request.Request(f"{url}/ask", body, {"content-type": "application/json"})
    with urllib.request.urlopen(asked, timeout=GUARD) as response:
        found: dict[str, object] = json.load(response)
    return found


class BusyCorpus(FakeCorpus):
    """Questions are begun, and answered once the gate is open."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = threading.Semaphore(0)
        self.gate = threading.Event()

    def ask(self, question, **options):
        if question.startswith(QUESTION):
            self.begun.release()
            assert self.gate.wait(GUARD)
        return super().ask(question, **options)


def test_a_service_with_more_questions_than_threads_still_answers_all_else():
    corpus = BusyCorpus()
    made = server._server(create_app(corpus))
    count = 2 * ANSWER_THREADS
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(count) as clients:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread = threading.Thread(target=made.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            answers = [clients.submit(ask, url, f"{QUESTION} {number}") for number in range(count)]
            for _ in range(ANSWER_THREADS):
                assert corpus.begun.acquire(timeout=GUARD)
            for path in ("/health", "/ready", "/metrics", "/plans", "/sparql?query=ASK%7B%7D", "/"):
                assert get(url + path)[0] == 200
            assert not any(answer.done() for answer in answers)
            corpus.gate.set()
            assert all(answer.result(GUARD)["status"] == "answered" for answer in answers)
        finally:
            corpus.gate.set()
            made.should_exit = True
            thread.join(GUARD)


def test_questions_whose_clients_have_gone_are_not_worked_on():
    corpus = BusyCorpus()
    made = server._server(create_app(corpus))
    count = 3 * ANSWER_THREADS
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = listener.getsockname()
        thread = threading.Thread(target=made.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            clients = []
            for number in range(count):
                client = socket.create_connection(place, GUARD)
                body = json.dumps({"question": f"{QUESTION} {number}"}).encode()
                head = f"POST /ask HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
                client.sendall(head.encode() + b"\r\n\r\n" + body)
                clients.append(client)
            for _ in range(ANSWER_THREADS):
                assert corpus.begun.acquire(timeout=GUARD)
            for client in clients:
                client.close()
            url = f"http://127.0.0.1:{place[1]}"
            seen = f'kgplan_requests_total{{method="POST",route="/ask",status="503"}} {count}\n'
            while seen not in get(f"{url}/metrics")[1].decode():
                pass
            for _ in range(5):  # the event loop goes round: what was given up is out of the queue for a thread
                assert get(f"{url}/health")[0] == 200
            corpus.gate.set()
            assert ask(url, "and who else")["status"] == "answered"
            assert not corpus.begun.acquire(blocking=False)
        finally:
            corpus.gate.set()
            made.should_exit = True
            thread.join(GUARD)


HELD_PROGRAM = """
import json, os, socket, sys
from fake_corpus import FakeCorpus
from kgplan.api.app import create_app
from kgplan.api.server import serve

workers, begun, go_on = map(int, sys.argv[1:])

class HeldCorpus(FakeCorpus):
    def ask(self, question, **options):
        if question.startswith("who"):
            os.write(begun, b"b")
            os.read(go_on, 1)
        return super().ask(question, **options)

with socket.create_server(("127.0.0.1", 0)) as listener:
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
    sys.exit(serve(create_app(HeldCorpus()), listener, workers=workers))
"""


def refused(url: str) -> bool:
    """Whether new clients are turned away."""
    place = urlsplit(url)
    try:
        with socket.create_connection((str(place.hostname), place.port), GUARD):
            return False
    except (ConnectionRefusedError, ConnectionResetError):
        return True


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_told_to_stop_answers_what_it_has_begun_and_takes_no_more(workers, stop):
    begun, go_on = os.pipe(), os.pipe()
    command = [sys.executable, "-c", HELD_PROGRAM, str(workers), str(begun[1]), str(go_on[0])]
    with (
        started(command, cwd=TESTS, pass_fds=(begun[1], go_on[0])) as (process, said),
        ThreadPoolExecutor(1) as client,
    ):
        url = "http://127.0.0.1:{}".format(json.loads(said)["port"])
        answer = client.submit(ask, url)
        assert os.read(begun[0], 1) == b"b"
        process.send_signal(stop)
        while not refused(url):
            assert process.poll() is None
        os.write(go_on[1], b"g")
        assert answer.result(GUARD)["status"] == "answered"
        assert process.wait(GUARD) == 0
    for descriptor in (*begun, *go_on):
        os.close(descriptor)


def test_a_question_that_takes_longer_than_the_grace_is_answered_503(monkeypatch):
    monkeypatch.setattr(server, "GRACE_SECONDS", 0)
    corpus = BusyCorpus()
    made = server._server(create_app(corpus))
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as client:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread = threading.Thread(target=made.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            answer = client.submit(ask, url)
            assert corpus.begun.acquire(timeout=GUARD)
            made.should_exit = True
            with pytest.raises(urllib.error.HTTPError) as refusal:
                answer.result(GUARD)
            assert refusal.value.code == 503
            assert "stopping" in json.load(refusal.value)["detail"]
        finally:
            corpus.gate.set()
            made.should_exit = True
            thread.join(GUARD)


MOMENTS = ("listening", "asked", "queried", "killed the parent")
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.mark.parametrize(("workers", "on_disk"), [(1, False), (2, True)], ids=["in memory", "on disk"])
def test_a_server_killed_at_any_moment_leaves_the_corpus_readable_and_no_process(tmp_path, workers, on_disk):
    built_in = kgplan.open_corpus()
    corpus = tmp_path / "corpus"
    shutil.copytree(built_in.directories[0], corpus)
    before = contents(corpus)
    environment = {**os.environ, **({"KGPLAN_MEMORY_GRAPH_MEGABYTES": "0"} if on_disk else {})}
    for moment in MOMENTS:
        options = ("--corpus", str(corpus), "--workers", str(workers))
        with served(*options, env=environment) as (process, url):
            place = urlsplit(url)
            request = {
                "asked": b"POST /ask HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                b'content-length: 26\r\n\r\n{"question": "who leads?"}',
                "queried": f"GET /sparql?query={quote(SLOW)} HTTP/1.1\r\nhost: x\r\n\r\n".encode(),
            }.get(moment)
            if moment != "listening":
                assert get(f"{url}/ready")[0] == 200
            if request:
                with socket.create_connection((str(place.hostname), place.port), GUARD) as client:
                    client.sendall(request)
            left = children(process.pid)
            for pid in [process.pid] if moment == "killed the parent" else [process.pid, *left]:
                with contextlib.suppress(ProcessLookupError):  # it ended by itself, seeing the first one go
                    os.kill(pid, signal.SIGKILL)
            assert all(ended(pid) for pid in [process.pid, *left])
        held = contents(corpus)
        assert {name: held[name] for name in before} == before
        opened = kgplan.open_corpus(corpus)
        assert opened.sparql("ASK { ?agency kgp:leads ?statement }").boolean
        assert opened.ask("Ai chủ trì chuyển đổi số?").to_dict() == built_in.ask("Ai chủ trì chuyển đổi số?").to_dict()
