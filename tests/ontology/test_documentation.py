"""What the documentation shows of the graph is what comes out."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from html import escape, unescape
from html.parser import HTMLParser

import built_in
import pytest
import rdflib

from kgplan import resources
from kgplan.rdf import vocabulary as v
from kgplan.rdf.examples import examples
from kgplan.rdf.ontology_page import TERMS, render
from kgplan.rdf.store import Store

DOCS = resources.ONTOLOGY.parent / "docs"
pytestmark = pytest.mark.skipif(not (DOCS / "sparql.md").is_file(), reason="the documentation is not installed")


def tour() -> list[tuple[str, str]]:
    """The queries of the tour with the output printed below each."""
    text = (DOCS / "sparql.md").read_text(encoding="utf-8")
    return re.findall(r"```sparql\n(.*?)```\n\n```csv\n(.*?)```", text, flags=re.DOTALL)


def test_the_tour_has_ten_queries():
    assert len(tour()) == 10


@pytest.mark.parametrize("number", range(10))
def test_a_query_of_the_tour_gives_what_stands_below_it(number):
    query, output = tour()[number]
    assert Store.load(built_in.nquads()).query(query).to_csv().replace("\r\n", "\n") == output


@pytest.mark.parametrize("number", range(10))
def test_rdflib_gives_the_same_rows(number):
    query, output = tour()[number]
    found = built_in.union(built_in.nquads()).query(query, initNs=v.PREFIXES)
    rows = Counter(tuple("" if cell is None else str(cell) for cell in row) for row in found)
    assert rows == Counter(tuple(row) for row in list(csv.reader(io.StringIO(output)))[1:])


def test_the_tour_names_every_prefix_and_counts_the_other_queries():
    text = (DOCS / "sparql.md").read_text(encoding="utf-8")
    named = re.search(r"\(`([a-z\-: \n]+:)`\) need no declaration", text)
    assert named is not None
    assert set(named[1].replace(":", "").split()) == set(v.PREFIXES)
    assert len(examples()) == 32
    assert "Thirty-two more" in text


def test_the_ontology_page_is_up_to_date():
    """Written again with: python -m kgplan.rdf.ontology_page docs/ontology.html"""
    assert (DOCS / "ontology.html").read_text(encoding="utf-8") == render()


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a" and str(found.get("href")).startswith("#"):
            self.targets.add(str(found["href"])[1:])


def test_the_ontology_page_has_every_term_and_no_dead_link():
    page = _Anchors()
    page.feed(render())
    assert set(page.ids) > {*TERMS, "arrow", "roles", "leads-role", "agency-kinds", "kind-department", "topics"}
    assert len(page.ids) == len(set(page.ids))
    assert page.targets <= set(page.ids)


def test_the_first_query_and_every_question_stand_on_the_ontology_page():
    page = render("/here")
    assert '<a href="/here">' in page
    for example in examples():
        assert escape(example.question_en) in page
        assert escape(example.query) in page
    first = unescape(page[page.index("<pre>") + 5 : page.index("</pre>")])
    rows = Store.load(built_in.nquads()).query(first)
    assert {"Department of Culture, Sports and Tourism"} <= set(rows.column("agency"))


def test_every_file_of_the_ontology_is_described():
    text = (resources.ONTOLOGY / "README.md").read_text(encoding="utf-8")
    for path in resources.ONTOLOGY.iterdir():
        if path.suffix in (".ttl", ".jsonld") or path.name == "queries":
            assert path.name in text


def test_terms_used_in_queries_and_documents_exist():
    graph = rdflib.Graph()
    for name in ("kgplan.ttl", "concepts.ttl", "topics.ttl"):
        graph.parse(resources.ONTOLOGY / name, format="turtle")
    known = {str(s)[len(v.KGP) :] for s in graph.subjects() if str(s).startswith(v.KGP)}
    texts = [path.read_text(encoding="utf-8") for path in (resources.ONTOLOGY / "queries").glob("*.rq")]
    texts += [(DOCS / "sparql.md").read_text(encoding="utf-8"), (resources.ONTOLOGY / "README.md").read_text("utf-8")]
    for text in texts:
        assert set(re.findall(r"kgp:([A-Za-z][\w-]*)", text)) <= known
