from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgplan.errors import QueryError, QueryRefusedError
from kgplan.rdf import query_guard

REFUSED = [
    "SELECT * WHERE { SERVICE <http://a.example/> { ?s ?p ?o } }",
    "SELECT * WHERE { service silent <http://a.example/> { ?s ?p ?o } }",
    "SELECT * WHERE { SERVICE ?where { ?s ?p ?o } }",
    "SELECT * WHERE { SERVICE org:x { ?s ?p ?o } }",
    "SELECT * WHERE { ?s ?p true SERVICE<http://a.example/>{ ?s ?p ?o } }",
    "SELECT * WHERE { ?s ?p trueSERVICE<http://a.example/>{ ?s ?p ?o } }",
    "SELECT * WHERE { ?s ?p trueSERVICESILENTorg:x{ ?s ?p ?o } }",
    "SELECT * WHERE { ?s ?p true SERVICEorg:x{ ?s ?p ?o } }",
    "SELECT * WHERE { ?s ?p 1.SERVICE<http://a.example/>{ ?s ?p ?o } }",
    "SELECT * WHERE { SERVICE#\n<http://a.example/>#\n{ ?s ?p ?o } }",
    "SELECT * WHERE { #\rSERVICE <http://a.example/> { ?s ?p ?o } \n }",
    "SELECT * WHERE { FILTER(1<2&&'x>'='x>'){}SERVICE<http://a.example/>{?s ?p ?o}}#'",
    'SELECT * WHERE { FILTER(?a<?b&&"x>"){}SERVICE<http://a.example/>{?s ?p ?o}}#"',
    r"SELECT * WHERE { \u0053ERVICE <http://a.example/> { ?s ?p ?o } }",
    r"SELECT * WHERE { \U00000053\u0045RVICE <http://a.example/> { ?s ?p ?o } }",
    "ASK { { { SERVICE <http://a.example/> { } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { OPTIONAL { SERVICE <http://a.example/> { ?s ?p ?o } } }",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }",
    "LOAD <http://a.example/>",
    "CLEAR ALL",
    "DROP GRAPH <urn:a>",
    "CREATE GRAPH <urn:a>",
    "WITH <urn:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "BASE <urn:a> COPY DEFAULT TO <urn:b>",
    r"\u004cOAD <http://a.example/>",
    "# SELECT\nINSERT DATA { <urn:a> <urn:b> <urn:c> }",
]
ALLOWED = [
    "SELECT * WHERE { ?s ?p 'SERVICE <http://a.example/> { }' }",
    'SELECT * WHERE { ?s ?p "it\'s SERVICE <http://a.example/> { }" }',
    "SELECT * WHERE { ?s ?p '''SERVICE <http://a.example/> { ''' }",
    'SELECT * WHERE { ?s ?p """a "quoted" SERVICE <x> {""" }',
    "SELECT * WHERE { ?s ?p 'don\\'t SERVICE <x> {' }",
    "SELECT * WHERE { # SERVICE <http://a.example/> { \n ?s ?p ?o }",
    "SELECT * WHERE { ?s <http://a.example/SERVICE> ?o }",
    "SELECT * WHERE { ?s ex:SERVICE ?o . ?s service:p ?o . ?s ex:service.SERVICE ?SERVICE }",
    "SELECT * WHERE { GRAPH service:g { ?s ?p ?o } GRAPH <http://a.example/service> { ?s ?p ?o } }",
    "SELECT ?service WHERE { ?service ?p ?o FILTER(?p<?o && ?o>?service) }",
    "SELECT * WHERE { _:SERVICE ?p 'x'@en }",
    "ASK { ?s ?p 'INSERT DATA { }' }",
    "PREFIX LOAD: <urn:x> SELECT ?insert WHERE { ?insert LOAD:DELETE 'DROP' } # CLEAR",
    "DESCRIBE <urn:LOAD>",
    "construct where { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", REFUSED)
def test_updates_and_service_are_refused(query):
    with pytest.raises(QueryRefusedError, match=r"refused|read-only"):
        query_guard.check(query)


@pytest.mark.parametrize("query", ALLOWED)
def test_the_words_elsewhere_are_fine(query):
    query_guard.check("PREFIX ex: <urn:ex#> PREFIX service: <urn:service#> " + query)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "empty"),
        ("  # only a comment", "empty"),
        ("PREFIX a: <urn:a>", "prologue"),
        ("FIND everything", r"1:1, found 'FIND'"),
        ("\n\n  <urn:a>", "3:3"),
        ("SELECT * " + "{" * 500 + "}" * 500, "nested deeper"),
        ("SELECT " + "?x " * 40_000, "characters"),
        (r"SELECT * { ?s ?p '\UFFFFFFFF' }", "no Unicode"),
        ("SELECT * { " + "'\\" * 49_000 + "}", "never closed"),
    ],
)
def test_what_is_no_query_is_said_with_its_place(query, words):
    with pytest.raises(QueryError, match=words) as caught:
        query_guard.check(query)
    assert not isinstance(caught.value, QueryRefusedError)


@pytest.mark.parametrize("form", ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
def test_the_form_and_the_dataset_are_read(form):
    checked = query_guard.check(
        f"BASE <http://b.example/x/> PREFIX e: <http://e.example/> {form.lower()} * "
        "FROM <g1> FROM e:g2 from named <http://c.example/g3> WHERE { ?s ?p 'FROM <urn:no>' }"
    )
    assert checked.form == form
    assert checked.default_graphs == ("http://b.example/x/g1", "http://e.example/g2")
    assert checked.named_graphs == ("http://c.example/g3",)
    assert checked.prefixes == {"e": "http://e.example/"}


def test_a_prefix_may_end_in_a_hash():
    checked = query_guard.check("PREFIX e: <http://e.example/x#> ASK FROM e:g { }")
    assert checked.default_graphs == ("http://e.example/x#g",)


def test_escapes_are_undone_once_and_only_where_that_is_safe():
    assert query_guard.unescape(r"SELECT \u003Fx") == "SELECT ?x"
    assert query_guard.unescape(r"'\u0022 \u000A \u003C'") == r"'\u0022 \u000A \u003C'"
    assert query_guard.unescape(r"'\\u0041'") == r"'\\u0041'"
    assert query_guard.unescape(r"'\\\u0041'") == "'\\\\A'"


@given(st.text(max_size=200))
def test_any_text_is_either_checked_or_refused_with_our_error(text):
    for query in (text, "SELECT * WHERE { " + text + " }"):
        with suppress(QueryError):
            assert query_guard.check(query).form in query_guard.FORMS


@given(st.text(st.characters(exclude_characters='"\\\n\r', exclude_categories=["Cs"]), max_size=60))
def test_any_literal_around_a_service_clause_is_fine_and_any_before_it_does_not_hide_it(words):
    query_guard.check(f'SELECT * WHERE {{ ?s ?p "{words} SERVICE <urn:x> {{ {words}" }}')
    with pytest.raises(QueryRefusedError):
        query_guard.check(f'SELECT * WHERE {{ ?s ?p "{words}" SERVICE <urn:x> {{ }} }}')
