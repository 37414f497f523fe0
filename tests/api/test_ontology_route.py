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


def test_nothing_acceptable_is_406(client):
    assert client.get("/ns", headers={"accept": "image/png"}).status_code == 406
