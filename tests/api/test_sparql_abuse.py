"""Queries that would hurt a server: each ends within its limit, says so, and leaves the others served."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from kgplan.api import problems, sparql
from sparql_app import make_app

EXTRA = "".join(
    f'<http://ex.example/x{n}> <http://ex.example/q> "{"w" * 20}{n}" <http://data.example/one> .\n' for n in range(1500)
)


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[TestClient]:
    app = make_app(
        tmp_path_factory.mktemp("corpus"),
        EXTRA,
        query_seconds=1,
        query_megabytes=300,
        query_rows=5000,
        query_result_megabytes=1,
        query_workers=3,
    )
    with TestClient(app) as client:
        yield client
    app.state.service.close()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "longer than 1 seconds"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "more than 5000 rows"),
        ("CONSTRUCT { ?a ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f }", "more than 5000 rows"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a", "memory|longer than"),
        (
            "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} (<urn:a>|!<urn:a>)* ?b{n} ." for n in range(3)) + " }",
            "longer than",
        ),
        ("SELECT (GROUP_CONCAT(?c) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "memory|longer than"),
        (
            "SELECT (REPLACE(REPLACE(?x,'v',?x),'v',?x) AS ?y) { VALUES ?x { '" + "v" * 1000 + "' } }",
            "memory|longer than",
        ),
        (
            "SELECT (STRLEN(?x30) AS ?n) { BIND('"
            + "v" * 100
            + "' AS ?x0) "
            + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(30))
            + "}",
            "memory|longer than",
        ),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(REGEX(CONCAT(?c, ?f, ?i), '(a+)+$')) }", "longer than"),
        ("SELECT ?x { ?a <http://ex.example/q> ?c . VALUES ?x { '" + "v" * 1000 + "' } }", "bytes"),
        ("SELECT * { FILTER(" + "!" * 60_000 + "true) }", "nested too deep"),
        ("ASK { ?s " + "/".join(["<urn:p>"] * 9000) + " ?o }", "nested too deep"),
    ],
)
def test_a_costly_query_is_stopped_and_the_next_is_served(client, query, words):
    response = client.post("/sparql", data={"query": query})
    assert response.status_code == 503
    assert "retry-after" in response.headers
    assert any(word in response.json()["detail"] for word in words.split("|"))
    assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


def test_others_are_served_while_costly_queries_run(client):
    costly = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    statuses: list[int] = []

    def run() -> None:
        statuses.append(client.get("/sparql", params={"query": costly}).status_code)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    answers = [client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).status_code for _ in range(5)]
    busy = any(thread.is_alive() for thread in threads)
    for thread in threads:
        thread.join()
    assert answers == [200] * 5
    assert busy
    assert statuses == [503, 503]


def test_many_clients_at_once_are_all_served_beside_a_costly_query(client):
    statuses: list[int] = []

    def run(query: str) -> None:
        statuses.append(client.get("/sparql", params={"query": query}).status_code)

    costly = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    threads = [threading.Thread(target=run, args=(query,)) for query in [costly, *["ASK { ?s ?p ?o }"] * 64]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 64 + [503]


def test_long_queries_are_read_one_at_a_time_and_short_ones_meanwhile(client, monkeypatch):
    reading, most, statuses = [], [], []
    go_on, began = threading.Event(), threading.Event()

    def read(query: str) -> str:
        if len(query) > sparql.LONG_QUERY:
            reading.append(query)
            most.append(len(reading))
            began.set()
            go_on.wait()
            reading.pop()
        return query

    def ask() -> None:
        statuses.append(client.post("/sparql", data={"query": "ASK {} #" + "x" * sparql.LONG_QUERY}).status_code)

    monkeypatch.setattr(client.app.state.service.corpus, "expand_search", read)
    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    assert began.wait(30)
    waiting = client.app.state.service.reading_thread.statistics
    short = [client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).status_code]
    while waiting().tasks_waiting < 2 and len(short) < 10_000:
        short.append(client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).status_code)
    assert set(short) == {200}
    assert statuses == []
    monkeypatch.setattr(sparql, "LONG_WAITING", 0)
    one_more = client.post("/sparql", data={"query": "ASK {} #" + "y" * sparql.LONG_QUERY})
    assert (one_more.status_code, one_more.headers["retry-after"]) == (503, problems.RETRY_AFTER)
    go_on.set()
    for thread in threads:
        thread.join()
    assert statuses == [200, 200, 200]
    assert most == [1, 1, 1]


def test_a_body_whose_client_went_away_is_no_query(client):
    received = [
        {"type": "http.request", "body": b"ASK {} ", "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[dict] = []

    async def receive() -> dict:
        return received.pop(0)

    async def send(message: dict) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/sparql-query"), (b"content-length", b"50")]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/sparql",
        "raw_path": b"/sparql",
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "server": ("testserver", 80),
        "headers": headers,
    }
    client.portal.call(client.app, scope, receive, send)
    assert sent[0]["status"] == 400
    assert b"closed" in sent[1]["body"]


@pytest.mark.parametrize(
    "accept",
    [
        *("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"),
        *("text/turtle", "application/n-triples", "application/trig", "application/n-quads", "application/rdf+xml"),
        "application/ld+json",
    ],
)
def test_a_result_beyond_a_limit_is_an_error_in_every_format(client, accept):
    is_table = "results" in accept or accept in ("text/csv", "text/tab-separated-values")
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f }" if is_table else "CONSTRUCT { ?a ?e ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"
    response = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"


def test_a_result_at_the_limit_is_whole_and_one_above_it_is_none(client):
    query = "SELECT * { ?a <http://ex.example/q> ?b . ?c <http://ex.example/p> ?d } LIMIT %d"
    assert len(client.get("/sparql", params={"query": query % 2999}).json()["results"]["bindings"]) == 2999
    assert client.get("/sparql", params={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 5001"}).status_code == 503
