"""The routes over a small corpus: shapes, errors, limits and headers."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from fake_corpus import SHARED, TASK, TEXT
from fastapi.testclient import TestClient
from kgplan.api.app import create_app
from kgplan.api.limits import Limits

from kgplan.errors import CorpusError

PLAN = "bien-xanh-2031"


def test_ask_gives_the_answer_unchanged(client, corpus):
    response = client.post("/ask", json={"question": "who leads"})
    assert response.status_code == 200
    assert response.json() == corpus.ask("who leads").to_dict()


def test_an_abstained_answer_keeps_its_reason(client):
    body = client.post("/ask", json={"question": "who flies to the moon"}).json()
    assert (body["status"], body["reason"], body["results"]) == ("abstained", "topic_not_in_plan", [])


def test_search_gives_hits_best_first(client):
    body = client.get("/search", params={"q": "du lịch", "k": 1}).json()
    assert body["query"] == "du lịch"
    assert [hit["address"] for hit in body["hits"]] == ["I.1"]


def test_plan_and_its_text_agree_on_offsets(client):
    text = client.get(f"/plans/{PLAN}/text").text
    plan = client.get(f"/plans/{PLAN}").json()
    assert text == TEXT
    assert [text[item["start"] : item["end"]] for item in plan["items"]] == [TASK, SHARED]
    assert [text[heading["start"] : heading["end"]] for heading in plan["headings"]] == [
        heading["title"] for heading in plan["headings"]
    ]


def test_statement_shows_who_does_what(client):
    body = client.get(f"/plans/{PLAN}/statements/I.1").json()
    assert [(held["name"], held["role"]) for held in body["responsibilities"]] == [
        ("Sở Thủy sản", "leads"),
        ("UBND các xã ven biển", "coordinates"),
    ]
    assert [TEXT[held["start"] : held["end"]] for held in body["responsibilities"]] == [
        "Sở Thủy sản",
        "UBND các xã ven biển",
    ]
    assert body["citations"][0]["label"] == "Đề án 12/ĐA-UBND"
    assert body["deadlines"][0]["date"] == "2031-06-01"
    assert not body["deadlines"][0]["inclusive"]


def test_agencies_are_counted_by_role_and_paged(client):
    first = client.get("/agencies", params={"limit": 100}).json()
    assert first["total"] == 3
    assert len(first["items"]) == 2  # the page is bounded by the settings
    rest = client.get("/agencies", params={"offset": 2}).json()
    names = [agency["name"] for agency in first["items"] + rest["items"]]
    assert names[0] == "Sở Thủy sản"
    assert sorted(names) == ["Sở Du lịch", "Sở Thủy sản", "UBND các xã ven biển"]
    assert (first["items"][0]["leads"], first["items"][0]["shares"]) == (1, 1)


def test_agency_shows_partners_and_documents(client):
    body = client.get("/agencies/bien-xanh/so-thuy-san").json()
    assert [(ref["address"], ref["tie"]) for ref in body["statements"]] == [("I.1", "leads"), ("I.2", "shares")]
    assert {partner["name"] for partner in body["partners"]} == {"Sở Du lịch", "UBND các xã ven biển"}
    assert [document["number"] for document in body["documents"]] == ["12/ĐA-UBND"]


def test_document_shows_who_cites_it(client):
    listed = client.get("/documents").json()["items"]
    body = client.get(f"/documents/{listed[0]['id']}").json()
    assert [(ref["address"], ref["tie"]) for ref in body["statements"]] == [("I.1", "implements")]


def test_network_in_json_and_graphml_is_the_same(client):
    body = client.get("/network").json()
    graph = nx.parse_graphml(client.get("/network", params={"format": "graphml"}).text)
    assert {node["id"] for node in body["nodes"]} == set(graph)
    assert {frozenset((edge["source"], edge["target"])) for edge in body["edges"]} == set(map(frozenset, graph.edges))
    assert len(body["measures"]) == len(graph)
    assert set(body["explanations"]) == set(body["explanations_vi"])
    assert [finding["code"] for finding in body["findings"]] == ["leads", "brokers", "isolated", "no_lead", "clusters"]
    bodies = client.get("/network", params={"collectives": False}).json()
    assert {node["label"] for node in bodies["nodes"]} == {"Sở Thủy sản", "Sở Du lịch"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/plans/nope", None, 404),
        ("GET", f"/plans/{PLAN}/statements/Z.9", None, 404),
        ("GET", "/agencies/nobody", None, 404),
        ("GET", "/documents/nothing", None, 404),
        ("GET", "/nowhere", None, 404),
        ("GET", "/static/../app.py", None, 404),
        ("GET", "/static/%2e%2e/app.py", None, 404),
        ("DELETE", "/ask", None, 405),
        ("GET", "/search", None, 422),
        ("GET", "/network?kind=secret", None, 422),
        ("POST", "/ask", {"question": "x", "plan": "nope"}, 404),
        ("POST", "/ask", {"question": "x" * 2001}, 413),
        ("POST", "/ask", {"question": "x" * 5000}, 413),
        ("POST", "/ask", {"quest": "x"}, 422),
    ],
)
def test_errors_are_problem_documents(client, method, path, body, status):
    response = client.request(method, path, json=body)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert response.json()["detail"]


def test_malformed_json_is_refused(client):
    response = client.post("/ask", content=b'{"question": ', headers={"content-type": "application/json"})
    assert response.status_code == 422


def test_what_is_not_there_and_what_is_not_allowed_are_told(client):
    assert "/nowhere" in client.get("/nowhere").json()["detail"]
    for path in ("/plans", "/static/index.html", "/"):
        response = client.delete(path)
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, HEAD"
        assert "DELETE" in response.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        r'{"question": "ai \ud800"}',
        r'{"question": "ai", "plan": "\udfff"}',
        r'{"question": "ai", "interpretation": {"agency": "\ud800"}}',
        r'{"question": "ai", "\ud800": 1}',
    ],
)
def test_half_a_character_is_refused(client, body):
    response = client.post("/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/docs",
            "/openapi.json",
            "/static/index.html",
            "/health",
            "/ready",
            "/metrics",
            "/plans",
            "/statements",
        ),
        *(
            "/agencies",
            "/documents",
            "/network",
            "/matrix",
            "/search?q=x",
            "/ns",
            "/queries",
            "/sparql?query=ASK%7B%7D",
        ),
        *("/nowhere", f"/plans/{PLAN}", f"/plans/{PLAN}/text", f"/plans/{PLAN}/statements/I.1", "/search"),
    ],
)
def test_head_is_get_without_the_body(client, path):
    full, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (full.status_code, b"")
    changing = {"x-request-id", "date", *(["content-length"] if path == "/metrics" else ())}
    assert {k: v for k, v in head.headers.items() if k not in changing} == {
        k: v for k, v in full.headers.items() if k not in changing
    }


def test_a_head_is_counted_as_one(client):
    client.head("/plans")
    assert 'kgplan_requests_total{method="HEAD",route="/plans",status="200"} 1' in client.get("/metrics").text


def test_unexpected_error_says_nothing_of_the_inside(corpus, monkeypatch, caplog):
    from fastapi.testclient import TestClient
    from kgplan.api.app import create_app

    def broken(*_, **__):
        raise RuntimeError("secret path")

    monkeypatch.setattr(corpus, "ask", broken)
    client = TestClient(create_app(corpus))
    response = client.post("/ask", json={"question": "x"}, headers={"x-request-id": "r-500"})
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in response.text
    assert response.headers["x-request-id"] == "r-500"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"
    (logged,) = [record for record in caplog.records if record.name == "kgplan.api"]
    assert "r-500" in logged.getMessage()
    assert logged.exc_info


@pytest.mark.parametrize("form", ["{}", '"x", {}', '{},W/"y"', " {} ", "{strong}", '"x" , {strong} , "y"'])
def test_unchanged_corpus_is_not_sent_again(client, form):
    first = client.get("/plans")
    tag = first.headers["etag"]
    known = form.format(tag, strong=tag.removeprefix("W/"))
    again = client.get("/plans", headers={"if-none-match": known})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert "content-security-policy" not in again.headers  # the client keeps the one that it has
    assert client.head("/plans", headers={"if-none-match": known}).status_code == 304


@pytest.mark.parametrize("known", ['"x"', "", 'W/"x", "y"', "x"])
def test_a_changed_corpus_is_sent(client, known):
    assert client.get("/plans", headers={"if-none-match": known}).status_code == 200


def test_a_tag_holds_for_one_url_in_one_format(client):
    tags = {
        client.get(path, headers={"accept": accept}).headers["etag"]
        for path in ("/plans", "/plans?limit=1", "/documents")
        for accept in ("application/json", "text/csv")
    }
    assert len(tags) == 6
    tag = client.get("/plans", headers={"accept": "text/csv"}).headers["etag"]
    assert client.get("/documents", headers={"accept": "text/csv", "if-none-match": tag}).status_code == 200


def test_what_may_change_unnoticed_has_no_tag(corpus):
    corpus.manifests = ({"base": corpus.base, "plans": [], "encoder": {"name": "default"}},)
    with TestClient(create_app(corpus)) as client:
        response = client.get("/plans")
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-cache"


def test_request_id_is_kept_when_it_is_harmless(client):
    assert client.get("/health", headers={"x-request-id": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert client.get("/health", headers={"x-request-id": "a b<c>"}).headers["x-request-id"] != "a b<c>"


@pytest.mark.parametrize("path", ["/", "/docs", "/plans", "/nowhere"])
def test_every_response_forbids_foreign_code(client, path):
    policy = client.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_text_of_a_plan_is_sent_as_plain_text(client):
    response = client.get(f"/plans/{PLAN}/text")
    assert "<script>" in response.text
    assert response.headers["content-type"].startswith("text/plain")
    assert response.headers["x-content-type-options"] == "nosniff"


def test_openapi_names_every_route_and_describes_it(client):
    spec = client.get("/openapi.json").json()
    assert {
        "/ask",
        "/search",
        "/sparql",
        "/plans",
        "/plans/{plan_id}",
        "/agencies",
        "/documents",
        "/network",
        "/health",
    } <= set(spec["paths"])
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description"), f"{method} {path} is not described"
    assert "$ref" in json.dumps(spec)


AGENCY = "/id/agency/bien-xanh/so-thuy-san"


@pytest.mark.parametrize(
    ("accept", "media_type", "words"),
    [
        (None, "text/turtle", '"Sở Thủy sản"@vi'),
        ("application/ld+json", "application/ld+json", "Sở Thủy sản"),
        ("application/n-triples", "application/n-triples", "<http://www.w3.org/2004/02/skos/core#prefLabel>"),
    ],
)
def test_an_iri_of_the_graph_gives_rdf(client, accept, media_type, words):
    response = client.get(AGENCY, headers={"accept": accept} if accept else {"accept": "*/*"})
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media_type
    assert "Accept" in response.headers["vary"]
    assert words in response.text


def test_an_iri_of_the_graph_gives_a_browser_a_page_that_needs_no_script_and_leads_to_its_view(client):
    browser = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    response = client.get(AGENCY, headers=browser, follow_redirects=False)
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<h1>Sở Thủy sản</h1>" in response.text
    assert 'href="/#/agency/bien-xanh/so-thuy-san"' in response.text


@pytest.mark.parametrize("path", ["agency/nobody", "agency/x>%20<y", 'agency/"}', "", "agency/%3E%20%3Fs"])
def test_other_iris_are_not_found(client, path):
    assert client.get(f"/id/{path}").status_code == 404


def test_an_iri_in_an_unknown_format_is_not_acceptable(client):
    response = client.get(AGENCY, headers={"accept": "image/png"})
    assert (response.status_code, response.headers["content-type"]) == (406, "application/problem+json")


def test_figures_count_requests_by_route_and_status(client):
    client.get(f"/plans/{PLAN}")
    client.get("/plans/nope")
    client.request("BREW", "/plans/x")
    client.get("/no/such/place")
    text = client.get("/metrics").text
    assert 'kgplan_requests_total{method="GET",route="/plans/{plan_id}",status="200"} 1' in text
    assert 'kgplan_requests_total{method="GET",route="/plans/{plan_id}",status="404"} 1' in text
    assert 'method="other"' in text
    assert "nope" not in text
    assert "such" not in text
    assert 'kgplan_request_seconds_count{route="/plans/{plan_id}"} ' in text


def test_log_has_a_line_of_json_for_each_request(client, caplog):
    with caplog.at_level("INFO", logger="kgplan.api.access"):
        client.get("/plans", headers={"x-request-id": "r-1"})
    (line,) = [json.loads(record.message) for record in caplog.records if record.name == "kgplan.api.access"]
    assert (line["request"], line["path"], line["status"]) == ("r-1", "/plans", 200)


def test_ready_is_as_healthy(client):
    assert client.get("/ready").json() == client.get("/health").json()


def test_a_service_whose_graph_does_not_answer_is_alive_but_not_ready(corpus, monkeypatch):
    class Silent:
        def warm(self):
            """Nothing to start."""

        def close(self):
            """Nothing to end."""

        def run(self, *_, **__):
            raise CorpusError("http://127.0.0.1:9 does not answer")

    monkeypatch.setattr(corpus, "query_pool", lambda limits: Silent())
    with TestClient(create_app(corpus)) as client:
        assert client.get("/health").status_code == 200
        response = client.get("/ready")
    assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
    assert "does not answer" in response.json()["detail"]
    assert int(response.headers["retry-after"]) > 0


def test_limits_come_from_the_environment():
    assert Limits.from_environment({"KGPLAN_MAX_PAGE": "7"}).max_page == 7
    with pytest.raises(ValueError, match="KGPLAN_MAX_PAGE"):
        Limits.from_environment({"KGPLAN_MAX_PAGE": "-1"})
