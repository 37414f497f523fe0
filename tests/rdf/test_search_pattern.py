from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgplan.errors import QueryError
from kgplan.rdf import vocabulary as v
from kgplan.rdf.search_pattern import expand

TASK = v.statement_iri("mui-xanh-2024", "II.1")
CAPTION = v.statement_iri("mui-xanh-2024", "ctx.1")


class Searched:
    """A search that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def __call__(self, words: str, hits: int) -> list[tuple[str, float]]:
        self.asked.append((words, hits))
        return [(TASK, 0.75), (CAPTION, 0.5)][:hits]


@pytest.mark.parametrize(
    ("pattern", "asked", "rows"),
    [
        ('(?s ?score) kgp:search ("thu ngân sách" 10)', ("thu ngân sách", 10), 2),
        ('(?s ?score) kgp:search ("thu ngân sách")', ("thu ngân sách", 10), 2),
        ("(?s ?score) kgp:search ('một' 1)", ("một", 1), 1),
        ('(?s) kgp:search ("x" 2)', ("x", 2), 2),
        ('?s kgp:search "x"', ("x", 10), 2),
        ('?s kgp:search "đầu tư"@vi', ("đầu tư", 10), 2),
        ('(?s) kgp:search ("x"@en 2)', ("x", 2), 2),
        ("(?s) kgp:search ('x' 0002)", ("x", 2), 2),
        ("?s <https://w3id.org/kgplan/ns#search> 'x'", ("x", 10), 2),
        ("?s my:search '''it's\n''x'''", ("it's\n''x", 10), 2),
        (r"?s kgp:search 'a\tb\'c\u00e9'", ("a\tb'cé", 10), 2),
        ("(?s ?score) # a comment (\n kgp:search ('x' 2)", ("x", 2), 2),
    ],
)
def test_each_form_is_searched_and_joined(store, pattern, asked, rows):
    search = Searched()
    query = f"PREFIX my: <{v.KGP}> SELECT * WHERE {{ ?s kgp:address ?address . {pattern} . ?s kgp:inPlan ?plan }}"
    result = store.query(expand(query, search))
    assert search.asked == [asked]
    assert {row["s"].value for row in result.rows} == set([TASK, CAPTION][:rows])


@pytest.mark.parametrize(
    "pattern",
    [
        "?s kgp:search 'x' ; kgp:address ?address",
        "?s kgp:search ('x'@vi 10) ;; a kgp:Statement ; .",
        "?s kgp:address ?address ; kgp:search 'x'",
        "?s kgp:address ?address ; kgp:search 'x'@vi ; kgp:text ?text .",
        "?s kgp:address ?address ; kgp:search ('x' 10) ; kgp:search ('y' 10) ; ; kgp:inPlan ?plan",
        "?plan a kgp:Plan . ?s kgp:inPlan ?plan ; kgp:search 'x' ;",
        "?other kgp:order ?n FILTER(?n > (0)) ?s kgp:inPlan ?plan ; kgp:search 'x'",
        "?plan a kgp:Plan FILTER <http://www.w3.org/2001/XMLSchema#boolean>(1) ?s kgp:inPlan ?plan ; kgp:search 'x'",
        "?plan a kgp:Plan BIND(1 AS ?one) ?s kgp:inPlan ?plan ; kgp:search 'x'",
        "?plan a kgp:Plan OPTIONAL { ?plan kgp:order 5. } ?s kgp:inPlan ?plan ; kgp:search 'x'",
        "VALUES ?n { 1 } ?s !(kgp:text|kgp:order) ?any ; (kgp:inPlan) ?plan ; kgp:search 'x' FILTER(BOUND(?any))",
    ],
)
def test_a_search_stands_among_other_properties_of_its_subject(store, pattern):
    result = store.query(expand(f"SELECT DISTINCT ?s WHERE {{ {pattern} }}", Searched()))
    assert {row["s"].value for row in result.rows} == {TASK, CAPTION}


def test_a_full_stop_behind_a_number_ends_the_triple(store):
    query = "SELECT ?s ?o WHERE { ?o kgp:order 1. ?s kgp:inPlan ?plan ; kgp:search 'x' }"
    assert "VALUES (?s)" in expand(query, Searched())


def test_scores_join_with_structure(store):
    query = """SELECT ?name ?score WHERE { (?task ?score) kgp:search ("budget" 5) .
               ?agency kgp:leads ?task ; skos:prefLabel ?name FILTER(LANG(?name) = "vi") } ORDER BY DESC(?score)"""
    (row,) = store.query(expand(query, Searched())).values()
    assert row["name"] == "Sở Tài chính"
    assert float(row["score"]) == 0.75


def test_two_searches_in_one_query(store):
    search = Searched()
    query = 'SELECT * WHERE { { ?a kgp:search "x" } UNION { ?b kgp:search ("y" 1) } }'
    assert len(store.query(expand(query, search))) == 3
    assert search.asked == [("x", 10), ("y", 1)]


def test_nothing_found_gives_no_rows(store):
    assert len(store.query(expand('SELECT * WHERE { ?s kgp:search "x" }', lambda *_: []))) == 0


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { ?s kgp:text 'kgp:search' }",
        "SELECT * WHERE { ?s ?p ?o # ?s kgp:search 'x'\n }",
        "PREFIX kgp: <urn:mine:> SELECT * WHERE { ?s kgp:search 'x' }",
        "SELECT ?search WHERE { ?search a kgp:Plan }",
        r"SELECT * WHERE { ?s ?p 'a\nb' }",
    ],
)
def test_other_queries_are_left_alone(query):
    search = Searched()
    assert expand(query, search) == query
    assert search.asked == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("?s kgp:search ?words", "1:21 has no such object"),
        ("<urn:a> kgp:search 'x'", "no such subject"),
        ("(?a ?b ?c) kgp:search 'x'", "no such subject"),
        ("?s kgp:search ('x' 0)", "asks for 0 hits"),
        ("?s kgp:search ('x' 1000)", "asks for 1000 hits"),
        ("?s kgp:search ('x' 'y')", "no such object"),
        ("?s kgp:search ('x' " + "9" * 5000 + ")", "asks for 9{20} hits"),
        ("?s kgp:search ('x' -1)", "no such object"),
        ("?s kgp:search ('x' ²)", "no such object"),
        ("(?s ?score) kgp:search ('x' 2) ; kgp:text ?t", "followed by ';'"),
        ("?s kgp:search 'x', 'y'", "followed by ','"),
        ("[] kgp:text ?t ; kgp:search 'x'", "no such subject"),
        ("?a kgp:leads [ kgp:text ?t ; kgp:search 'x' ]", "no such subject"),
        ("; kgp:search 'x'", "no such subject"),
        ("?s kgp:search '  '", "has no words"),
        ("?s kgp:search '" + "x" * 501 + "'", "have 501 characters"),
        ("?s kgp:search '" + "x" * 251 + "' . ?t kgp:search '" + "x" * 250 + "'", "have 501 characters"),
        ("?s kgp:search", "no such object"),
        ("?s kgp:search 'x' . " * 6, "6 searches"),
    ],
)
def test_other_forms_are_refused_with_their_place(pattern, words):
    with pytest.raises(QueryError, match=words):
        expand(f"SELECT * WHERE {{ {pattern} }}", Searched())


@given(
    st.text(st.characters(exclude_characters='"\\\n\r', exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip)
)
def test_any_words_reach_the_search(words):
    search = Searched()
    expand(f'SELECT * WHERE {{ ?s kgp:search "{words}" }}', search)
    assert search.asked == [(words, 10)]
