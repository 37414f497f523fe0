from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import OWL, RDF

KGP = "https://w3id.org/kgplan/ns#"


def test_a_browser_gets_the_page_and_its_style_is_allowed(client):
    response = client.get("/ns", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert 'id="Responsibility"' in response.text
    assert "style-src 'sha256-" in response.headers["content-security-policy"]
    assert 'style="' not in response.text


@pytest.mark.parametrize(
    ("accept", "parser"),
    [(None, "turtle"), ("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml")],
)
def test_programs_get_the_triples(client, accept, parser):
    response = client.get("/ns", headers={"accept": accept} if accept else {"accept": "*/*"})
    graph = rdflib.Graph().parse(data=response.content, format=parser)
    assert (rdflib.URIRef(KGP + "Task"), RDF.type, OWL.Class) in graph
    assert "Accept" in response.headers["vary"]
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("name", ["roles", "leads-role", "agency-kinds", "kind-department", "topics", "cofog"])
def test_roles_kinds_and_the_topic_scheme_are_terms_too(client, name):
    graph = rdflib.Graph().parse(data=client.get("/ns", headers={"accept": "text/turtle"}).content, format="turtle")
    assert len(list(graph.predicate_objects(rdflib.URIRef(KGP + name)))) >= 2
    assert f'id="{name}"' in client.get("/ns", headers={"accept": "text/html"}).text


def test_nothing_acceptable_is_406(client):
    assert client.get("/ns", headers={"accept": "image/png"}).status_code == 406


def test_the_version_iri_leads_to_the_ontology_and_no_other_version_does(client):
    graph = rdflib.Graph().parse(data=client.get("/ns", headers={"accept": "text/turtle"}).content, format="turtle")
    version = str(next(graph.objects(None, OWL.versionIRI)))
    path = version.partition("/kgplan")[2]
    assert client.get(path, headers={"accept": "text/turtle"}).content == client.get("/ns").content
    assert client.get("/ns/0.0.0").status_code == 404


@pytest.mark.parametrize("path", ["/ns", "/ns/context.jsonld", "/ns/0.0.0", "/id/plan/x", "/.well-known/void"])
def test_pages_of_other_origins_may_read_and_ask_what_is_allowed(client, path):
    allowed = client.options(path)
    assert allowed.status_code == 204
    assert allowed.headers["allow"] == "GET, HEAD, OPTIONS"
    assert client.get(path).headers["access-control-allow-origin"] == "*"
    assert client.head(path).status_code == client.get(path).status_code
    refused = client.post(path)
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert refused.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/plans", "/agencies", "/documents", "/statements"])
def test_json_names_the_context_that_reads_it(client, path):
    link = client.get(path).links["http://www.w3.org/ns/json-ld#context"]
    assert link["type"] == "application/ld+json"
    context = client.get(link["url"])
    assert context.headers["content-type"] == "application/ld+json"
    assert context.json()["@context"]["iri"] == "@id"
