"""The routes inside another application."""

from __future__ import annotations

from collections.abc import Iterator

import kgplan.api
import pytest
from fake_corpus import FakeCorpus
from fastapi import FastAPI
from fastapi.testclient import TestClient


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = FastAPI()

    @app.get("/own")
    def own() -> str:
        return "own"

    app.add_middleware(kgplan.api.HeadAsGet)
    app.include_router(kgplan.api.router(FakeCorpus()), prefix="/plans-of/here")
    with TestClient(app) as client:
        yield client


def test_questions_plans_and_queries_under_a_prefix(client):
    here = "/plans-of/here"
    assert client.get("/own").json() == "own"
    assert client.post(f"{here}/ask", json={"question": "who leads"}).json()["status"]
    assert client.get(f"{here}/plans").json()["total"] == 1
    assert client.get(f"{here}/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True
    for path in ("sparql", "ns", "id/agency/bien-xanh/so-thuy-san"):
        full, head = (ask(f"{here}/{path}", headers={"accept": "text/turtle"}) for ask in (client.get, client.head))
        assert (full.status_code, head.status_code, head.content) == (200, 200, b"")
        assert head.headers["content-length"] == full.headers["content-length"]


def test_the_description_names_the_endpoint_where_it_stands(client):
    for path in ("sparql", ".well-known/void"):
        text = client.get(f"/plans-of/here/{path}", headers={"accept": "application/n-triples"}).text
        assert "<http://testserver/plans-of/here/sparql>" in text


def test_browsers_are_not_led_to_a_page_that_is_not_there(client):
    browser = {"accept": "text/html, */*;q=0.1"}
    answer = client.get("/plans-of/here/sparql", headers=browser, follow_redirects=False)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/turtle")
    answer = client.get("/plans-of/here/id/agency/bien-xanh/so-thuy-san", headers=browser, follow_redirects=False)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/html")
    assert "<h1>Sở Thủy sản</h1>" in answer.text
    assert 'href="/plans-of/here/sparql?query=DESCRIBE' in answer.text
    assert "style-src 'sha256-" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/plans/none", None, 404),
        ("/ask", {"question": "x", "plan": "none"}, 404),
        ("/ask", {"question": "x" * 3000}, 413),
    ],
)
def test_errors_are_answered_in_the_other_application(client, path, body, status):
    answer = client.request("POST" if body else "GET", f"/plans-of/here{path}", json=body)
    assert answer.status_code == status
    assert answer.json()["detail"]
