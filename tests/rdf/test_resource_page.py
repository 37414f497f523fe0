"""Every IRI of the graph is described, for programs and for people."""

from __future__ import annotations

import lxml.html
import pytest

from kgplan.rdf import resource_page
from kgplan.rdf import vocabulary as v
from kgplan.rdf.store import Store


@pytest.fixture(scope="module")
def iris(store) -> set[str]:
    terms = {term.value for quad in store.quads() for term in (quad.subject, quad.graph_name)}
    return {iri for iri in terms if iri.startswith(v.DEFAULT_BASE)}


def page_of(store, iri, root=""):
    described = resource_page.describe(store.query, iri)
    return lxml.html.fromstring(
        resource_page.render(store.query, iri, described, base=v.DEFAULT_BASE, root=root).encode("utf-8")
    )


def test_every_iri_is_described_with_all_its_parts(store, iris):
    for iri in {iri.partition("#")[0] for iri in iris}:
        subjects = {subject.value for subject, _, _ in resource_page.describe(store.query, iri).triples}
        parts = {part for part in iris if part.startswith(iri + "#")}
        assert iri in subjects
        assert parts <= subjects


def test_every_iri_has_a_page_on_which_its_parts_can_be_reached(store, iris):
    kinds = set()
    for iri in {iri.partition("#")[0] for iri in iris}:
        kinds.add(iri.removeprefix(v.DEFAULT_BASE).partition("/")[0])
        page = page_of(store, iri)
        assert page.findtext(".//h1").strip()
        ids = {element.get("id") for element in page.iterfind(".//h2[@id]")}
        assert {part.partition("#")[2] for part in iris if part.startswith(iri + "#")} <= ids
        for link in page.iterfind(".//a"):
            assert link.get("href").startswith(("/id/", "/sparql?", "http://", "https://"))
            assert link.text_content().strip()
    assert kinds >= {"plan", "agency", "document", "place", "topic"}


def test_a_page_says_what_refers_to_the_thing_and_links_below_the_root(store):
    page = page_of(store, v.document_iri("12-qd-ubnd"), root="/here")
    assert "12/QĐ-UBND" in page.text_content()
    assert "kgp:cites" in page.text_content()
    hrefs = [link.get("href") for link in page.iterfind(".//a")]
    assert "/here/id/plan/mui-xanh-2024/II.1" in hrefs


def test_what_stands_in_the_graph_is_never_markup():
    words = '"<script>alert(1)</script>"'
    iri = v.agency_iri("a/b")
    store = Store.load(
        f"<{iri}> <{v.PREFIXES['skos']}prefLabel> {words}@vi <urn:g> .\n"
        f"<{iri}> <urn:p> <javascript:alert(1)> <urn:g> .\n".encode()
    )
    page = page_of(store, iri)
    assert page.find(".//script") is None
    assert page.findtext(".//h1") == "<script>alert(1)</script>"
    assert not [a for a in page.iterfind(".//a") if "javascript" in a.get("href")]
