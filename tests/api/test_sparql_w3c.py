"""The cases of the W3C's SPARQL 1.1 Protocol test suite, written anew, on an endpoint that only reads.

The suite's data sets are graphs on the web. They stand in the store here, under the same names; where one does not, it
is empty, since nothing is ever fetched. The suite's updates are refused, whatever is right or wrong with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient
from sparql_app import make_app

DATA = [f"http://kasei.us/2009/09/sparql/data/data{n}.rdf" for n in range(4)]
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
RESULTS = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
GRAPHS = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}

ONE = f"ASK {{ <{DATA[1]}> a <{DOCUMENT}> }}"
BOTH = f"ASK {{ <{DATA[1]}> a <{DOCUMENT}> . <{DATA[2]}> a <{DOCUMENT}> }}"
NAMED = f"ASK {{ GRAPH ?g1 {{ <{DATA[1]}> a <{DOCUMENT}> }} GRAPH ?g2 {{ <{DATA[2]}> a <{DOCUMENT}> }} }}"
FULL = f"ASK {{ <{DATA[3]}> a <{DOCUMENT}> . {NAMED[6:-1]} FILTER NOT EXISTS {{ <{DATA[1]}> a <{DOCUMENT}> }} }}"
OVERRULED = FULL.replace("ASK", f"ASK FROM <{DATA[1]}> FROM NAMED <{DATA[3]}>")
DEFAULT_1, DEFAULT_3 = [("default-graph-uri", DATA[1])], [("default-graph-uri", DATA[3])]
DEFAULTS = [("default-graph-uri", DATA[1]), ("default-graph-uri", DATA[2])]
NAMEDS = [("named-graph-uri", DATA[1]), ("named-graph-uri", DATA[2])]


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[TestClient]:
    quads = "".join(f"<{iri}> <{TYPE}> <{DOCUMENT}> <{iri}> .\n" for iri in DATA)
    app = make_app(tmp_path_factory.mktemp("corpus"), quads)
    with TestClient(app) as client:
        yield client
    app.state.service.close()


def post(client, body, content_type, url="/sparql"):
    return client.post(
        url,
        content=body if isinstance(body, bytes) else body.encode(),
        headers={"content-type": content_type} if content_type else {},
    )


def asked(response) -> bool:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].partition(";")[0] in RESULTS
    answer: bool = response.json()["boolean"]
    return answer


def test_query_get(client):
    assert asked(client.get("/sparql?query=ASK%20%7B%7D"))


def test_query_post_form(client):
    assert asked(post(client, "query=ASK%20%7B%7D", FORM))


def test_query_post_direct(client):
    assert asked(post(client, "ASK {}", DIRECT))


@pytest.mark.parametrize(
    ("query", "graphs"),
    [
        pytest.param(ONE, DEFAULT_1, id="query_dataset_default_graph"),
        pytest.param(BOTH, DEFAULTS, id="query_dataset_default_graphs"),
        pytest.param(NAMED, NAMEDS, id="query_dataset_named_graphs"),
        pytest.param(FULL, DEFAULT_3 + NAMEDS, id="query_dataset_full"),
        pytest.param(OVERRULED, DEFAULT_3 + NAMEDS, id="query_multiple_dataset"),
    ],
)
def test_query_dataset(client, query, graphs):
    url = f"/sparql?{urlencode(graphs)}"
    assert asked(client.get("/sparql", params=[("query", query), *graphs]))
    assert asked(post(client, urlencode([("query", query), *graphs]), FORM))
    assert asked(post(client, query, DIRECT, url))


def test_a_graph_that_is_not_there_is_empty_and_never_fetched(client):
    elsewhere = [(name, iri.replace("data", "none")) for name, iri in (*DEFAULTS, *NAMEDS)]
    for query in (ONE, BOTH, NAMED):
        assert not asked(client.get("/sparql", params=[("query", query), *elsewhere]))


@pytest.mark.parametrize(
    ("query", "types"),
    [
        pytest.param("SELECT (1 AS ?value) {}", RESULTS, id="query_content_type_select"),
        pytest.param("ASK {}", RESULTS, id="query_content_type_ask"),
        pytest.param("DESCRIBE <http://example.org/>", GRAPHS, id="query_content_type_describe"),
        pytest.param("CONSTRUCT { <s> <p> 1 } WHERE {}", GRAPHS, id="query_content_type_construct"),
    ],
)
def test_query_content_type(client, query, types):
    for accept in (None, *sorted(types)):
        response = client.get("/sparql", params={"query": query}, headers={"accept": accept} if accept else {})
        assert response.status_code == 200
        got = response.headers["content-type"].partition(";")[0]
        assert got == accept or (accept is None and got in types)


BAD = {
    "bad_query_method": lambda c: c.put("/sparql?query=ASK%20%7B%7D"),
    "bad_multiple_queries": lambda c: c.get("/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"),
    "bad_query_wrong_media_type": lambda c: post(c, "ASK {}", "text/plain"),
    "bad_query_missing_form_type": lambda c: post(c, "query=ASK%20%7B%7D", None),
    "bad_query_missing_direct_type": lambda c: post(c, "ASK {}", None),
    "bad_query_non_utf8": lambda c: post(c, "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16"),
    "bad_query_syntax": lambda c: c.get("/sparql?query=ASK%20%7B"),
    "bad_update_get": lambda c: c.get("/sparql?update=CLEAR%20ALL"),
    "bad_multiple_updates": lambda c: post(c, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    "bad_update_wrong_media_type": lambda c: post(c, "CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": lambda c: post(c, "update=CLEAR%20NAMED", None),
    "bad_update_missing_direct_type": lambda c: post(c, "CLEAR NAMED", None),
    "bad_update_non_utf8": lambda c: post(c, "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    "bad_update_syntax": lambda c: post(c, "update=CLEAR%20XYZ", FORM),
    "bad_update_dataset_conflict": lambda c: post(
        c, urlencode({"using-named-graph-uri": DATA[1], "update": "INSERT {} USING <urn:a> WHERE {}"}), FORM
    ),
    "update_post_form": lambda c: post(c, "update=CLEAR%20ALL", FORM),
    "update_post_direct": lambda c: post(c, "CLEAR ALL", UPDATE),
    "update_dataset_default_graph": lambda c: post(
        c,
        "INSERT { GRAPH <urn:g> { ?s ?p 1 } } WHERE { ?s ?p ?o }",
        UPDATE,
        f"/sparql?using-graph-uri={quote(DATA[1], safe='')}",
    ),
    "update_base_uri": lambda c: post(
        c, "BASE <http://example.org/> INSERT DATA { GRAPH <g> { <s> <p> <o> } }", UPDATE
    ),
}


@pytest.mark.parametrize("call", BAD.values(), ids=BAD)
def test_bad_requests_and_updates_are_refused(client, call):
    count = {"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"}
    before = client.get("/sparql", params=count).json()
    response = call(client)
    assert 400 <= response.status_code < 500
    assert response.json()["detail"]
    assert client.get("/sparql", params=count).json() == before
