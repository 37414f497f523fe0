"""Values in a notebook: their HTML lets nothing of a plan run, and says what the value holds."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fake_corpus import CONTEXT, TASK, small_plan
from hypothesis import given
from hypothesis import strategies as st

import kgplan
from kgplan.answering.answer import Answer, Evidence, Mark
from kgplan.answering.interpretation import Interpretation
from kgplan.errors import KgplanError, QueryError
from kgplan.rdf.store import Store
from kgplan.retrieval.hits import Hits

HOSTILE = "<script>alert('x')</script><img src=x onerror=\"alert(1)\">&amp;"
VOID = {"br", "img", "meta", "input"}


class Page(HTMLParser):
    """The elements and text of a fragment; ``open`` is empty when every element was closed in turn."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.open, self.text = set(), [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def shown(value):
    """The page of a value, checked to be whole and to hold nothing that runs."""
    html = value._repr_html_()
    page = Page(html)
    assert not page.open
    assert not page.tags & {"script", "img", "style", "iframe", "object"}
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert all(v.startswith(("http://", "https://")) for name, v in page.attributes if name == "href")
    return page


@pytest.fixture(scope="module")
def corpus():
    return kgplan.open_corpus()


@pytest.fixture(scope="module")
def answer(corpus):
    return corpus.ask("Ai chủ trì chuyển đổi số?")


def test_an_answer_shows_its_sentence_results_roles_and_evidence(answer):
    page = shown(answer)
    assert answer.text in page.text
    assert "chủ trì" in page.text
    assert "Căn cứ" in page.text
    for result in answer.results:
        assert result.label_vi in page.text
        assert all(address in page.text for address in result.addresses)
    assert answer.evidence[0].text.split("\n")[0] in page.text
    assert "mark" in page.tags


def test_an_english_answer_has_the_english_label_and_the_vietnamese_below(corpus):
    answer = corpus.ask("Who leads digital transformation?")
    page = shown(answer)
    assert answer.results[0].label_en in page.text
    assert answer.results[0].label_vi in page.text
    assert "leads" in page.text


@pytest.fixture(scope="module")
def declined(answer):
    return replace(answer, status="abstained", results=(), text="Kế hoạch không nói đến.", reason="topic_not_in_plan")


def test_a_declined_question_shows_why_and_no_query(declined):
    page = shown(declined)
    assert declined.text in page.text
    assert "Nội dung gần nhất" in page.text
    assert "SPARQL" not in page.text


def test_nothing_of_an_answer_runs(answer):
    result = replace(
        answer.results[0], label_vi=HOSTILE, label_en=None, iri="javascript:alert(1)", unit=HOSTILE, value=1
    )
    evidence = replace(answer.evidence[0], text=HOSTILE, start=0, end=len(HOSTILE), heading=HOSTILE, iri=HOSTILE)
    hostile = replace(answer, text=HOSTILE, results=(result,), evidence=(evidence,), sparql=HOSTILE)
    assert shown(hostile).text.count(HOSTILE) == 6


@given(
    st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=40),
    st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), max_size=5),
)
def test_marked_evidence_keeps_its_words_whatever_the_marks(text, marks):
    found = Evidence("p", "I.1", "urn:x", text, 0, len(text), 1.0, None, tuple(Mark(a, b, "") for a, b in marks))
    reading = Interpretation("vi", "statements")
    page = shown(Answer("?", "abstained", reading, (), (found,), "", "", "nothing_matches"))
    assert text.replace("\n", "") in page.text


def test_an_answer_as_a_table(answer):
    table = answer.to_pandas()
    assert len(table) == len(answer.results)
    assert list(table.columns[:4]) == ["type", "label_vi", "label_en", "role"]
    assert table["label_vi"].tolist() == [result.label_vi for result in answer.results]
    assert table["addresses"].tolist() == [list(result.addresses) for result in answer.results]
    assert set(table["role"]) == {"leads"}


def test_a_declined_answer_is_an_empty_table_with_the_same_columns(answer, declined):
    assert declined.to_pandas().empty
    assert list(declined.to_pandas().columns) == list(answer.to_pandas().columns)


def test_hits_are_a_list_a_table_and_a_page(corpus):
    hits = corpus.search("thu hút đầu tư", k=3)
    assert isinstance(hits, list)
    table = hits.to_pandas()
    assert table["address"].tolist() == [hit.address for hit in hits]
    assert table["score"].is_monotonic_decreasing
    page = shown(hits)
    assert all(hit.text in page.text and hit.address in page.text for hit in hits)
    hostile = Hits([replace(hits[0], text=HOSTILE, start=0, best_start=3, best_end=20, plan=HOSTILE)])
    assert shown(hostile).text.count(HOSTILE) == 2


def test_no_hits_are_an_empty_table():
    assert list(Hits().to_pandas().columns)[:2] == ["plan", "address"]
    assert shown(Hits()).tags


def test_plan_statement_and_agency():
    plan = small_plan()
    page = shown(plan)
    assert plan.title in page.text
    assert TASK in page.text
    assert "<b>kinh tế</b>" in page.text, "a heading's markup is text"
    assert "leads: Sở Thủy sản" in page.text
    statement = shown(plan.statements[0])
    assert TASK in statement.text
    assert "leads: Sở Thủy sản" in statement.text
    assert CONTEXT in shown(plan.context[0]).text
    agency = shown(replace(plan.agencies[0], name=HOSTILE, aliases=(HOSTILE,)))
    assert agency.text.count(HOSTILE) == 2
    assert "Department of Fisheries" in agency.text


def test_an_inherited_role_shows_the_agency_and_not_words_of_another_place():
    plan = small_plan()
    statement = plan.statements[1]
    role = replace(statement.responsibilities[0], start=0, end=3, inherited="I")
    page = shown(replace(statement, responsibilities=(role,)))
    assert f"shares: {role.agency}" in page.text


STORE = b"""
<https://x.vn/a> <https://x.vn/p> <https://x.vn/b> <https://x.vn/g> .
<https://x.vn/a> <https://x.vn/p> <javascript:alert(1)> <https://x.vn/g> .
<https://x.vn/a> <http://www.w3.org/2000/01/rdf-schema#label> "<script>alert('x')</script>" <https://x.vn/g> .
"""
PAIRS = "SELECT ?s ?o ?key WHERE { ?s <https://x.vn/p> ?o BIND(7 AS ?key) } ORDER BY ?o"


@pytest.fixture(scope="module")
def store():
    return Store.load(STORE)


def test_rows_triples_and_truth_values(store):
    page = shown(store.query("SELECT * WHERE { ?s ?p ?o }"))
    assert "<script>alert('x')</script>" in page.text
    assert ("href", "https://x.vn/b") in page.attributes
    assert "javascript:alert(1)" in page.text
    assert "<script>" in shown(store.query("CONSTRUCT WHERE { ?s ?p ?o }")).text
    assert "true" in shown(store.query("ASK { ?s ?p ?o }")).text


def test_a_long_result_says_how_much_is_not_shown(store):
    values = " ".join(map(str, range(250)))
    page = shown(store.query(f"SELECT ?n WHERE {{ VALUES ?n {{ {values} }} }}"))
    assert "… 150 more" in page.text


def test_rows_as_a_network(store):
    graph = store.query(PAIRS).to_networkx()
    assert sorted(graph.edges(data=True)) == [
        ("https://x.vn/a", "https://x.vn/b", {"key": 7}),
        ("https://x.vn/a", "javascript:alert(1)", {"key": 7}),
    ]
    assert set(store.query(PAIRS).to_networkx("o", "s").successors("https://x.vn/b")) == {"https://x.vn/a"}
    assert set(store.query(PAIRS).to_networkx(target="key").edges()) == {("https://x.vn/a", 7)}


def test_each_row_is_an_edge_and_an_unbound_end_leaves_a_node(store):
    query = 'SELECT ?s ?o WHERE { VALUES (?s ?o) { ("a" "b") ("a" "b") ("c" UNDEF) } }'
    graph = store.query(query).to_networkx()
    assert graph.number_of_edges("a", "b") == 2
    assert set(graph) == {"a", "b", "c"}


def test_triples_as_a_network(store):
    graph = store.query("CONSTRUCT WHERE { ?s <https://x.vn/p> ?o }").to_networkx()
    assert {data["predicate"] for _, _, data in graph.edges(data=True)} == {"https://x.vn/p"}


@pytest.mark.parametrize(
    ("query", "ends"),
    [("SELECT ?s WHERE { ?s ?p ?o }", ()), (PAIRS, ("s", "s")), (PAIRS, ("s", "nobody")), ("ASK { ?s ?p ?o }", ())],
)
def test_a_network_needs_two_ends(store, query, ends):
    with pytest.raises(QueryError, match="needs two variables"):
        store.query(query).to_networkx(*ends)


def test_without_pandas_it_says_what_to_install(store, monkeypatch, answer):
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    for value in (store.query(PAIRS), answer, Hits()):
        with pytest.raises(KgplanError, match=r"pip install 'kgplan\[pandas\]'"):
            value.to_pandas()
