"""Standard SPARQL clients against a real server on the loopback."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest
import rdflib
import uvicorn
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from sparql_app import ONE, TWO, make_app
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

SELECT = "SELECT ?s ?o WHERE { ?s <http://ex.example/p> ?o } ORDER BY ?o"


WORKERS = 2
GUARD = 60.0
"""Seconds after which a test that hangs fails."""


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory) -> Iterator[str]:
    app = make_app(tmp_path_factory.mktemp("corpus"), query_seconds=int(GUARD), query_workers=WORKERS)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
    server.should_exit = True
    thread.join()
    app.state.service.close()


def test_a_client_that_goes_away_frees_the_worker(endpoint):
    """As many queries as there are workers, each running for as long as it may, and all clients gone."""
    place = urlsplit(endpoint)
    costly = quote("SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(14)) + " }")
    request = f"GET {place.path}?query={costly} HTTP/1.1\r\nhost: {place.netloc}\r\n\r\n"
    for _ in range(WORKERS):
        with socket.create_connection((place.hostname, place.port), GUARD) as connection:
            connection.sendall(request.encode())
    with urlopen(f"{endpoint}?query=ASK%20%7B%7D", timeout=GUARD) as response:
        assert json.load(response)["boolean"] is True


@pytest.mark.parametrize("post", [True, False])
def test_what_the_editor_yasqe_sends(endpoint, post):
    """Its headers and bodies as in its source: a form or a query string, arguments of the data set beside it."""
    arguments = urlencode([("query", SELECT), ("default-graph-uri", ONE)])
    request = Request(
        endpoint if post else f"{endpoint}?{arguments}",
        data=arguments.encode() if post else None,
        headers={
            "Accept": "application/sparql-results+json,*/*;q=0.9",
            "Origin": "https://yasgui.example",
            **({"Content-Type": "application/x-www-form-urlencoded"} if post else {}),
        },
    )
    with urlopen(request, timeout=GUARD) as response:
        assert response.headers["access-control-allow-origin"] == "*"
        assert [row["o"]["value"] for row in json.load(response)["results"]["bindings"]] == ["một"]


def test_a_graph_and_an_update_as_yasqe_asks_for_them(endpoint):
    construct = urlencode({"query": "CONSTRUCT WHERE { ?s <http://ex.example/p> ?o }"})
    request = Request(endpoint, construct.encode(), {"Accept": "application/n-triples,*/*;q=0.9"})
    with urlopen(request, timeout=GUARD) as response:
        assert response.headers["content-type"].startswith("application/n-triples")
        assert len(rdflib.Graph().parse(data=response.read(), format="nt")) == 2
    update = Request(endpoint, urlencode({"update": "CLEAR ALL"}).encode(), {"Accept": "text/plain,*/*;q=0.9"})
    with pytest.raises(HTTPError) as refused:
        urlopen(update, timeout=GUARD)
    with refused.value as answer:
        assert answer.code == 403
        assert "read-only" in json.load(answer)["detail"]


def _wrapper(endpoint: str, query: str, returned: str) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(endpoint, returnFormat=returned)
    wrapper.setQuery(query)
    return wrapper


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("directly", [False, True])
def test_sparqlwrapper_select(endpoint, method, directly):
    wrapper = _wrapper(endpoint, SELECT, JSON)
    wrapper.setMethod(method)
    if directly and method == POST:
        wrapper.setRequestMethod(POSTDIRECTLY)
    bindings = wrapper.queryAndConvert()["results"]["bindings"]
    assert [b["o"]["value"] for b in bindings] == ["hai", "một"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_sparqlwrapper_other_formats(endpoint):
    assert len(_wrapper(endpoint, SELECT, XML).queryAndConvert().getElementsByTagName("result")) == 2
    assert b"http://ex.example/a" in _wrapper(endpoint, SELECT, CSV).queryAndConvert()
    turtle = _wrapper(endpoint, "CONSTRUCT WHERE { ?s <http://ex.example/p> ?o }", TURTLE).queryAndConvert()
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == 2
    assert len(_wrapper(endpoint, "DESCRIBE <http://ex.example/b>", RDFXML).queryAndConvert()) == 2
    assert _wrapper(endpoint, "ASK { ?s ?p ?o }", JSON).queryAndConvert()["boolean"] is True


def test_sparqlwrapper_dataset_and_errors(endpoint):
    wrapper = _wrapper(endpoint, SELECT, JSON)
    wrapper.addDefaultGraph(ONE)
    assert len(wrapper.queryAndConvert()["results"]["bindings"]) == 1
    with pytest.raises(QueryBadFormed, match="malformed"):
        _wrapper(endpoint, "SELECT * WHERE { ?s ?p", JSON).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("returned", ["json", "xml", "csv"])
def test_rdflib_sparqlstore(endpoint, method, returned):
    graph = rdflib.Graph(SPARQLStore(endpoint, method=method, returnFormat=returned))
    rows = list(graph.query(SELECT))
    assert [str(row[1]) for row in rows] == ["hai", "một"]
    assert (rdflib.URIRef("http://ex.example/a"), None, None) in graph
    assert len(list(graph.triples((None, rdflib.URIRef("http://ex.example/p"), None)))) == 2


def test_rdflib_sparqlstore_named_graph(endpoint):
    graph = rdflib.Graph(SPARQLStore(endpoint, context_aware=False), identifier=TWO)
    assert len(list(graph.query("SELECT ?g WHERE { GRAPH ?g { ?s <http://ex.example/p> ?o } }"))) == 3
