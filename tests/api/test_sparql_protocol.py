"""The SPARQL 1.1 Protocol, request by request."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
import rdflib
from fastapi.testclient import TestClient
from rdflib.namespace import RDF, VOID
from sparql_app import ONE, TWO, make_app

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
SELECT = "SELECT ?s ?o WHERE { ?s <http://ex.example/p> ?o } ORDER BY ?o"
CONSTRUCT = "CONSTRUCT WHERE { ?s <http://ex.example/p> ?o }"
ASK = "ASK { ?s ?p ?o }"


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[TestClient]:
    app = make_app(tmp_path_factory.mktemp("corpus"), query_seconds=5)
    with TestClient(app) as client:
        yield client
    app.state.service.close()


def get(client, query, accept=None, **parameters):
    return client.get("/sparql", params={"query": query, **parameters}, headers={"accept": accept} if accept else {})


def post(client, body, content_type, url="/sparql", **headers):
    data = body if isinstance(body, bytes) else body.encode()
    return client.post(url, content=data, headers={"content-type": content_type, **headers})


def values(response) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    return [{n: t["value"] for n, t in row.items()} for row in response.json()["results"]["bindings"]]


# -- the three ways to send a query ------------------------------------------------------------------


def test_get_form_post_and_direct_post_agree(client):
    ways = [get(client, SELECT), post(client, urlencode({"query": SELECT}), FORM), post(client, SELECT, DIRECT)]
    expected = [
        {"s": "http://ex.example/b", "o": "hai"},
        {"s": "http://ex.example/a", "o": "một"},
    ]
    assert [values(response) for response in ways] == [expected] * 3


@pytest.mark.parametrize("content_type", [f"{DIRECT}; charset=UTF-8", f'{DIRECT};charset="utf-8"', DIRECT.upper()])
def test_utf8_in_a_direct_post(client, content_type):
    query = "SELECT ?s WHERE { ?s ?p 'một' }"
    assert values(post(client, query, content_type)) == [{"s": "http://ex.example/a"}]


def test_a_form_is_decoded_once(client):
    literal = quote("%20+%2B", safe="")
    response = post(client, f"query=SELECT+(%27{literal}%27+AS+%3Fx)+%7B%7D", f"{FORM}; charset=utf-8")
    assert values(response) == [{"x": "%20+%2B"}]
    assert values(client.get(f"/sparql?query=SELECT+(%27{literal}%27%20AS+%3Fx)%7B%7D")) == [{"x": "%20+%2B"}]


def test_unknown_parameters_do_no_harm(client):
    assert len(values(get(client, SELECT, timeout="1", format="xml"))) == 2


# -- the dataset --------------------------------------------------------------------------------------

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s <http://ex.example/p> ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s <http://ex.example/p> ?o } }"


@pytest.mark.parametrize(
    ("default", "named", "in_default", "in_named"),
    [
        ([], [], "2", "3"),
        ([ONE], [], "1", "0"),
        ([ONE, TWO], [], "2", "0"),
        ([], [TWO], "0", "2"),
        ([ONE], [TWO], "1", "2"),
        ([ONE, TWO], [ONE, TWO], "2", "3"),
        (["http://data.example/none"], ["http://data.example/none"], "0", "0"),
        (["file:///etc/passwd"], ["http://127.0.0.1:9/"], "0", "0"),
    ],
)
def test_the_dataset_of_the_request(client, default, named, in_default, in_named):
    graphs = [("default-graph-uri", g) for g in default] + [("named-graph-uri", g) for g in named]
    for query, expected in ((COUNT, in_default), (COUNT_NAMED, in_named)):
        for response in (
            client.get("/sparql", params=[("query", query), *graphs]),
            post(client, urlencode([("query", query), *graphs]), FORM),
            post(client, urlencode({"query": query}), FORM, f"/sparql?{urlencode(graphs)}"),
            post(client, query, DIRECT, f"/sparql?{urlencode(graphs)}"),
        ):
            assert values(response) == [{"n": expected}]


def test_the_requests_dataset_overrules_the_querys(client):
    query = f"SELECT (COUNT(*) AS ?n) FROM <{TWO}> WHERE {{ ?s <http://ex.example/p> ?o }}"
    assert values(get(client, query)) == [{"n": "2"}]
    assert values(get(client, query, **{"default-graph-uri": ONE})) == [{"n": "1"}]


@pytest.mark.parametrize("iri", ["", "data", "http://a b/", "http://x/<y>"])
def test_a_graph_that_is_no_iri(client, iri):
    assert get(client, ASK, **{"default-graph-uri": iri}).status_code == 400


# -- formats ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=0.3, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0.1, text/csv", "text/csv"),
        ("text/turtle, */*;q=0.1", "application/sparql-results+json"),
        ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        ("*/*, application/sparql-results+json;q=0, application/json;q=0", "application/sparql-results+xml"),
        ("text/turtle;q=1.0, text/csv;q=0.001", "text/csv"),
        ("application/sparql-results+json,*/*;q=0.9", "application/sparql-results+json"),
        ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "application/sparql-results+json"),
        ("text/csv;q=.5, application/sparql-results+xml;q=.2", "text/csv"),
        ("text/csv;q=many", "text/csv"),
        ("text/*", "text/csv"),
        ("text/*, text/csv;q=0", "text/tab-separated-values"),
        ("application/*;q=0.5, text/*;q=0.4", "application/sparql-results+json"),
        (";;;, text, /", "application/sparql-results+json"),
    ],
)
def test_results_are_negotiated(client, accept, expected):
    for query in (SELECT, ASK):
        response = get(client, query, accept)
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == expected
        assert "accept" in response.headers["vary"].lower()


@pytest.mark.parametrize("parameter", ["1" * 50_000 + "x", " " * 50_000 + "x", "1" * 50_000])
def test_a_long_q_value_takes_no_longer_than_its_reading(client, parameter):
    # in more than linear time, this would take minutes
    assert get(client, ASK, f"text/csv;q={parameter}").headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("accept", "expected", "parser"),
    [
        (None, "text/turtle", "turtle"),
        ("text/turtle", "text/turtle", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/trig", "application/trig", "turtle"),
        ("application/n-quads", "application/n-quads", "nt"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.2", "application/rdf+xml", "xml"),
        ("text/csv, application/n-triples;q=0.5", "application/n-triples", "nt"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_graphs_are_negotiated(client, accept, expected, parser):
    for query in (CONSTRUCT, "DESCRIBE <http://ex.example/b>"):
        response = get(client, query, accept)
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == expected
        assert len(rdflib.Graph().parse(data=response.content, format=parser)) == 2


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (SELECT, "text/turtle"),
        (SELECT, "image/png"),
        (CONSTRUCT, "text/csv"),
        (ASK, "*/*;q=0"),
        (SELECT, "text/csv;q=0"),
    ],
)
def test_nothing_acceptable_is_406_and_says_what_there_is(client, query, accept):
    response = get(client, query, accept)
    assert response.status_code == 406
    assert "offered as" in response.json()["detail"]


def test_the_bodies_are_what_they_say(client):
    assert get(client, ASK, "application/sparql-results+json").json() == {"head": {}, "boolean": True}
    root = ET.fromstring(get(client, SELECT, "application/sparql-results+xml").content)
    assert len(root.findall(".//{http://www.w3.org/2005/sparql-results#}result")) == 2
    rows = list(csv.reader(io.StringIO(get(client, SELECT, "text/csv").text)))
    assert rows == [["s", "o"], ["http://ex.example/b", "hai"], ["http://ex.example/a", "một"]]
    assert get(client, SELECT, "text/tab-separated-values").text.splitlines()[1] == '<http://ex.example/b>\t"hai"@vi'
    assert "charset=utf-8" in get(client, SELECT, "text/csv").headers["content-type"]


# -- what is wrong, and its status --------------------------------------------------------------------

BAD = [
    ("malformed", lambda c: get(c, "SELECT * WHERE { ?s ?p"), 400),
    ("not a query", lambda c: get(c, "hello"), 400),
    ("empty", lambda c: get(c, ""), 400),
    ("empty direct", lambda c: post(c, "", DIRECT), 400),
    ("no query in the URL", lambda c: c.get("/sparql", params={"default-graph-uri": ONE}), 400),
    ("no query in the form", lambda c: post(c, "x=y", FORM), 400),
    ("two queries", lambda c: c.get("/sparql", params=[("query", ASK), ("query", ASK)]), 400),
    ("two queries in a form", lambda c: post(c, urlencode([("query", ASK), ("query", ASK)]), FORM), 400),
    ("query in URL and body", lambda c: post(c, ASK, DIRECT, f"/sparql?query={quote(ASK)}"), 400),
    ("form query in the URL", lambda c: post(c, "", FORM, f"/sparql?query={quote(ASK)}"), 400),
    ("UTF-16", lambda c: post(c, ASK.encode("utf-16"), f"{DIRECT}; charset=UTF-16"), 415),
    ("bytes that are no UTF-8", lambda c: post(c, b"ASK { ?s ?p '\xff' }", DIRECT), 400),
    ("percent-encoded bytes that are no UTF-8", lambda c: post(c, "query=ASK%7B%FF%7D", FORM), 400),
    ("the same in the URL", lambda c: c.get("/sparql?query=ASK%7B%FF%7D"), 400),
    ("another content type", lambda c: post(c, ASK, "text/plain"), 415),
    ("JSON", lambda c: post(c, json.dumps({"query": ASK}), "application/json"), 415),
    ("no content type", lambda c: c.post("/sparql", content=urlencode({"query": ASK}).encode()), 415),
    ("multipart", lambda c: c.post("/sparql", files={"query": ASK.encode()}), 415),
    ("update by content type", lambda c: post(c, "CLEAR ALL", "application/sparql-update"), 403),
    ("update by parameter", lambda c: post(c, urlencode({"update": "CLEAR ALL"}), FORM), 403),
    ("update in the URL", lambda c: c.get("/sparql", params={"update": "CLEAR ALL"}), 403),
    ("update and query", lambda c: post(c, urlencode({"update": "CLEAR ALL", "query": ASK}), FORM), 400),
    ("update in the URL", lambda c: post(c, urlencode({"query": ASK}), FORM, "/sparql?update=CLEAR+ALL"), 400),
    ("update as query", lambda c: get(c, "DELETE WHERE { ?s ?p ?o }"), 403),
    ("LOAD", lambda c: get(c, "LOAD <file:///etc/passwd>"), 403),
    ("SERVICE", lambda c: get(c, "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), 403),
    ("escaped SERVICE", lambda c: get(c, "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), 403),
    ("PUT", lambda c: c.put("/sparql", params={"query": ASK}), 405),
    ("DELETE", lambda c: c.delete("/sparql", params={"query": ASK}), 405),
    ("PROPFIND", lambda c: c.request("PROPFIND", "/sparql"), 405),
    ("no method of HTTP", lambda c: c.request("FETCH", "/sparql"), 405),
    ("a compressed body", lambda c: post(c, ASK, DIRECT, **{"content-encoding": "gzip"}), 415),
    ("PATCH", lambda c: c.patch("/sparql", content=ASK.encode()), 405),
    ("a long query", lambda c: post(c, ASK + "#" * 100_001, DIRECT), 413),
    ("a large body", lambda c: post(c, b"#" * 300_000, DIRECT), 413),
    ("a large body declared", lambda c: post(c, ASK, DIRECT, **{"content-length": "99999999999"}), 413),
    ("too many parameters", lambda c: post(c, "a=b&" * 2000, FORM), 400),
    ("unknown function", lambda c: get(c, "SELECT (<urn:f>(1) AS ?x) WHERE {}", "text/csv"), None),
]


@pytest.mark.parametrize(("call", "status"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_bad_requests(client, call, status):
    response = call(client)
    if status is None:
        assert response.status_code in (200, 400)
        return
    assert response.status_code == status
    assert response.json()["detail"]
    assert not re.search(r"/(?!x-www-form|sparql|form-data|plain|json)", response.json()["detail"])
    if status == 405:
        assert {m.strip() for m in response.headers["allow"].split(",")} >= {"GET", "POST"}
    else:
        assert response.headers.get("access-control-allow-origin", "*") == "*"


def test_the_word_service_in_a_literal_is_fine(client):
    assert values(get(client, "SELECT ('SERVICE <http://x/> { }' AS ?x) { # SERVICE <y> {\n }"))


def test_search_by_meaning_joins_with_the_graph(client):
    query = "SELECT ?s ?score ?o WHERE { (?s ?score) kgp:search ('x' 5) . ?s <http://ex.example/p> ?o }"
    assert values(get(client, query)) == [{"s": "http://ex.example/b", "score": "0.5", "o": "hai"}]
    assert get(client, "SELECT * WHERE { ?s kgp:search ?x }").status_code == 400


# -- HEAD, OPTIONS, CORS ------------------------------------------------------------------------------


def test_head_is_get_without_the_body(client):
    for url in (f"/sparql?query={quote(SELECT)}", "/sparql", "/.well-known/void"):
        full, head = client.get(url), client.head(url)
        assert head.status_code == 200
        assert head.content == b""
        for name in ("content-type", "content-length", "access-control-allow-origin"):
            assert head.headers[name] == full.headers[name]
    assert client.head("/sparql?query=x").status_code == 400


def test_options_and_cors(client):
    response = client.options(
        "/sparql", headers={"origin": "https://yasgui.example", "access-control-request-method": "POST"}
    )
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "POST" in response.headers["access-control-allow-methods"]
    assert "content-type" in response.headers["access-control-allow-headers"].lower()
    for answer in (get(client, ASK), get(client, "bad"), get(client, ASK, "image/png")):
        assert answer.headers["access-control-allow-origin"] == "*"


def test_a_request_as_yasgui_sends_it(client):
    response = client.post(
        "/sparql",
        data={"query": SELECT},
        headers={"accept": "application/sparql-results+json,*/*;q=0.9", "origin": "https://yasgui.example"},
    )
    assert len(values(response)) == 2
    assert response.headers["access-control-allow-origin"] == "*"


# -- the service description --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "parser"),
    [(None, "turtle"), ("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/n-triples", "nt")],
)
@pytest.mark.parametrize("url", ["/sparql", "/.well-known/void"])
def test_a_bare_get_describes_the_service(client, url, accept, parser):
    response = client.get(url, headers={"accept": accept} if accept else {})
    assert response.status_code == 200
    graph = rdflib.Graph().parse(data=response.content, format=parser)
    endpoint = rdflib.URIRef("http://testserver/sparql")
    assert (endpoint, RDF.type, SD.Service) in graph
    assert (endpoint, SD.endpoint, endpoint) in graph
    assert (endpoint, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert len(set(graph.objects(endpoint, SD.resultFormat))) == 10
    assert {str(name) for name in graph.objects(None, SD.name)} == {ONE, TWO}
    (dataset,) = graph.objects(endpoint, SD.defaultDataset)
    assert (dataset, RDF.type, VOID.Dataset) in graph
    assert int(graph.value(dataset, VOID.triples)) == 4
    assert set(graph.objects(None, VOID["class"])) == {rdflib.URIRef("https://w3id.org/kgplan/ns#Plan")}
    examples = set(graph.subjects(RDF.type, rdflib.URIRef("http://www.w3.org/ns/shacl#SPARQLExecutable")))
    assert all(graph.value(e, rdflib.URIRef("http://www.w3.org/ns/shacl#select")) for e in examples)


def test_a_browser_at_the_bare_endpoint_is_sent_to_the_page(client):
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get("/sparql", headers={"accept": accept}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/#/sparql")


def test_the_description_is_negotiated_too(client):
    assert client.get("/sparql", headers={"accept": "image/png"}).status_code == 406


def test_a_page_of_another_origin_may_read_why_a_body_was_refused(client):
    response = client.post(
        "/sparql", content=b"ASK {} #" + b"x" * 1_000_000, headers={"content-type": "application/sparql-query"}
    )
    assert response.status_code == 413
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("function", ["RAND()", "NOW()", "STRUUID()"])
def test_what_changes_each_time_is_not_kept(client, function):
    response = get(client, f"SELECT ({function} AS ?x) {{}}", None)
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"
