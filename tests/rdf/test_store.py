from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest

from kgplan.errors import CorpusError, QueryError, QueryLimitError, QueryRefusedError
from kgplan.rdf import vocabulary as v
from kgplan.rdf.store import Store

P1, P2 = v.plan_iri("mui-xanh-2024"), v.plan_iri("nam-sau")


def test_prefixes_of_the_project_need_no_declaration(store):
    body = " ".join(f"{prefix}:x" for prefix in v.PREFIXES)
    assert len(store.query(f"SELECT * WHERE {{ VALUES ?x {{ {body} }} }}")) == len(v.PREFIXES)


def test_a_declared_prefix_wins_over_ours(store):
    result = store.query("PREFIX kgp: <urn:mine:> SELECT * WHERE { VALUES ?x { kgp:a } }")
    assert result.column("x") == ["urn:mine:a"]


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("SELECT * { ?s ?p ?o }", ("s", "p", "o")),
        ("PREFIX a: <urn:a> select distinct * where { $z a:x ?b . ?z ?a ?b }", ("z", "b", "a")),
        ("SELECT REDUCED * { ?z ?y ?x { SELECT ?b ?x { ?x ?a ?b } } }", ("z", "y", "x", "b")),
        ("SELECT ?p ?a ?s { ?s ?p ?a }", ("p", "a", "s")),
        ("SELECT * {}", ()),
    ],
)
def test_variables_stand_as_they_were_written(store, query, variables):
    assert store.query(query + " LIMIT 1").variables == variables


def test_the_default_graph_is_the_union_without_repetition(store):
    one = store.query(f"SELECT * WHERE {{ GRAPH <{P1}> {{ ?a skos:prefLabel 'Sở Tài chính'@vi }} }}")
    both = store.query("SELECT * WHERE { ?a skos:prefLabel 'Sở Tài chính'@vi }")
    graphs = store.query("SELECT ?g WHERE { GRAPH ?g { ?a skos:prefLabel 'Sở Tài chính'@vi } } ORDER BY ?g")
    assert len(one) == len(both) == 1
    assert graphs.column("g") == [P1, P2]
    assert store.graphs() == [P1, P2]


def test_from_restricts_and_merges_without_repetition(store):
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?a skos:prefLabel 'Sở Tài chính'@vi }}"
    assert store.query(count.format(f"FROM <{P1}>")).column("n") == [1]
    assert store.query(count.format(f"FROM <{P1}> FROM <{P2}>")).column("n") == [1]
    assert store.query(count.format("FROM <urn:none>")).column("n") == [0]
    assert store.query(count.format(f"FROM NAMED <{P1}>")).column("n") == [0]
    plans = "SELECT ?p FROM NAMED <{}> WHERE {{ GRAPH ?g {{ ?p a kgp:Plan }} }}"
    assert store.query(plans.format(P2)).column("p") == [P2]


def test_the_callers_dataset_overrules_from(store):
    query = f"SELECT ?p FROM <{P1}> WHERE {{ {{ ?p a kgp:Plan }} UNION {{ GRAPH ?g {{ ?p a kgp:Plan }} }} }}"
    assert store.query(query, default_graphs=[P2]).column("p") == [P2]
    assert store.query(query, named_graphs=[P2]).column("p") == [P2]
    assert sorted(store.query(query, default_graphs=[P1, P2], named_graphs=[P1]).column("p")) == [P1, P1, P2]


@pytest.mark.parametrize("source", ["file:///etc/hostname", "http://127.0.0.1:9/x.ttl", "ontology/kgplan.ttl"])
def test_from_never_fetches(store, source):
    assert store.query(f"SELECT * FROM <{source}> WHERE {{ ?s ?p ?o }}").rows == ()
    assert store.query(f"SELECT * FROM NAMED <{source}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}").rows == ()


def test_python_values(store):
    query = """SELECT * WHERE { ?s kgp:deadline ?day ; kgp:inPlan/kgp:year ?year ; kgp:hasTarget/qudt:numericValue ?n .
               ?a kgp:unspecified ?vague OPTIONAL { ?s kgp:nothing ?none } } LIMIT 1"""
    (row,) = store.query(query).values()
    assert (row["day"], row["year"], row["n"], row["vague"]) == (date(2024, 6, 30), 2024, Decimal("95.5"), True)
    assert "none" not in row
    assert store.query(query).column("none") == [None]


def test_ask_and_construct(store):
    assert store.query("ASK { ?p a kgp:Plan }").boolean is True
    assert not store.query("ASK { ?p a kgp:Nothing }")
    graph = store.query("CONSTRUCT { ?a kgp:x 1 } WHERE { ?a kgp:involvedIn ?s }")
    assert graph.kind == "construct"
    assert len(graph) == 3
    assert len(store.query("DESCRIBE kgp:leads-role").triples) > 2


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?x WHERE {\n ?x ?y }", "malformed: .*2:[0-9]+ .line 2, column [0-9]+.$"),
        ("SELECT ?x WHERE { ?x nope:y ?z }", "malformed: .*the prefix nope: is not declared$"),
        ("SELECT ?x ?z WHERE { ?x ?y ?z } GROUP BY ?x", "malformed: .*unbound"),
        ("SELECT", "malformed: .*line 1"),
        ("ASK { ?s ?p " + "a" * 90_000, "malformed: .*line 1"),
    ],
)
def test_a_malformed_query_is_told_with_its_place_in_one_line(store, query, words):
    with pytest.raises(QueryError, match=words) as caught:
        store.query(query)
    assert "\n" not in str(caught.value)


def test_the_guard_stands_before_the_engine(store):
    with pytest.raises(QueryRefusedError):
        store.query("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_rows_are_limited_and_never_cut(store):
    query = "SELECT * WHERE { ?s ?p ?o }"
    total = len(store.query(query))
    assert len(store.query(query, max_rows=total)) == total
    with pytest.raises(QueryLimitError, match="LIMIT"):
        store.query(query, max_rows=total - 1)
    with pytest.raises(QueryLimitError):
        store.query("CONSTRUCT WHERE { ?s ?p ?o }", max_rows=3)


def test_dump_and_load_are_inverse(store, nquads):
    assert sorted(store.dump().splitlines()) == nquads.splitlines()
    assert len(Store.load(store.dump())) == len(store)


def test_files_that_cannot_be_loaded(tmp_path):
    with pytest.raises(CorpusError, match=r"graph\.nq cannot be read") as caught:
        Store.load(tmp_path / "graph.nq")
    assert str(tmp_path) not in str(caught.value)
    (tmp_path / "graph.nq").write_bytes(b"<urn:a> <urn:b> .\n")
    with pytest.raises(CorpusError, match=r"graph\.nq is no N-Quads.*build the corpus again"):
        Store.load(tmp_path / "graph.nq")


def test_a_query_costs_no_more_than_the_engine_and_a_little(store):
    """The guard and the conversion stay within a small multiple of the bare engine's time."""
    query = "SELECT ?a ?s WHERE { ?a kgp:involvedIn ?s }"

    def best(call) -> float:
        times = []
        for _ in range(20):
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
        return min(times)

    assert best(lambda: store.query(query)) < 20 * best(lambda: list(store._store.query(query, prefixes=v.PREFIXES)))
