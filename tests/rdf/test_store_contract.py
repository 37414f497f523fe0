"""One contract for every store: in memory, on disk, in workers, and behind two kinds of servers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import sparql_servers as servers

from kgplan.errors import CorpusError, QueryError, QueryLimitError, QueryRefusedError
from kgplan.rdf import vocabulary as v
from kgplan.rdf.pool import QueryPool
from kgplan.rdf.remote import RemoteStore
from kgplan.rdf.store import QueryStore, Store

P1, P2 = v.plan_iri("mui-xanh-2024"), v.plan_iri("nam-sau")
KINDS = ["memory", "disk", "workers", "workers on disk", "oxigraph", "oxigraph without a default graph", "virtuoso"]


@pytest.fixture(scope="module", params=KINDS)
def any_store(request, nquads, tmp_path_factory) -> Iterator[QueryStore]:
    folder: Path = tmp_path_factory.mktemp("store")
    with ExitStack() as stack:
        if request.param == "memory":
            yield Store.load(nquads)
        elif request.param == "disk":
            Store.write_disk([nquads], folder / "disk")
            yield Store.open_disk(folder / "disk")
        elif request.param == "workers on disk":
            Store.write_disk([nquads], folder / "disk")
            yield stack.enter_context(QueryPool([folder / "disk"]))
        elif request.param == "workers":
            yield stack.enter_context(QueryPool([nquads]))
        elif request.param == "virtuoso":
            if servers.VIRTUOSO is None:
                pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)")
            yield RemoteStore(stack.enter_context(servers.virtuoso(nquads, folder)))
        else:
            with_union = request.param == "oxigraph"
            yield RemoteStore(stack.enter_context(servers.oxigraph(nquads, folder, with_union=with_union)))


def test_graphs(any_store):
    assert any_store.graphs() == [P1, P2]


def test_the_size_is_that_of_the_plans_graphs_merged(any_store, nquads):
    assert len(any_store) == len({line.rsplit(b" ", 2)[0] for line in nquads.splitlines()})


def test_select_with_our_prefixes_and_python_values(any_store):
    result = any_store.query(
        """SELECT DISTINCT ?address ?day ?n ?year ?text
           WHERE { ?s a kgp:Task ; kgp:address ?address ; kgp:deadline ?day ; kgp:text ?text .
                   ?s kgp:hasTarget/qudt:numericValue ?n ; kgp:hasPeriod/kgp:beginYear ?year }"""
    )
    assert result.variables == ("address", "day", "n", "year", "text")
    (row,) = result.values()
    assert (row["address"], row["day"], row["n"], row["year"]) == ("II.1", date(2024, 6, 30), Decimal("95.5"), 2024)
    assert row["text"].startswith("Sở Tài chính chủ trì, phối hợp với các đơn vị liên quan")
    assert result.rows[0]["text"].language == "vi"


def test_labels_beyond_the_basic_plane_and_unbound_variables(any_store):
    result = any_store.query(
        "SELECT DISTINCT ?text ?no WHERE { ?s a kgp:Context ; kgp:text ?text OPTIONAL { ?s kgp:product ?no } }"
    )
    assert result.values() == [{"text": "Ảnh \U0001f33f: “hội nghị”"}]


def test_ask(any_store):
    assert any_store.query("ASK { ?p a kgp:Plan }").boolean is True
    assert any_store.query("ASK { ?p a kgp:Nothing }").boolean is False


def test_construct_and_describe(any_store):
    result = any_store.query("CONSTRUCT { ?a kgp:leads ?s } WHERE { ?a kgp:leads ?s }")
    assert result.kind == "construct"
    assert [t[0].value for t in result.triples] == [
        v.agency_iri("mui-xanh/so-tai-chinh"),
        v.agency_iri("mui-xanh/so-y-te"),
    ]
    assert len(any_store.query("DESCRIBE kgp:leads-role").triples) >= 3


def test_named_graphs_and_from(any_store):
    query = "SELECT DISTINCT ?name {} WHERE {{ {} }} ORDER BY ?name"
    pattern = "?a kgp:leads ?s ; skos:prefLabel ?name FILTER(LANG(?name) = 'vi')"
    assert any_store.query(query.format("", pattern)).column("name") == ["Sở Tài chính", "Sở Y tế"]
    assert any_store.query(query.format("", f"GRAPH <{P2}> {{ {pattern} }}")).column("name") == ["Sở Y tế"]
    assert any_store.query(query.format(f"FROM <{P1}>", pattern)).column("name") == ["Sở Tài chính"]
    assert any_store.query(query.format("", pattern), default_graphs=[P2]).column("name") == ["Sở Y tế"]


def test_a_long_query(any_store):
    many = " ".join(f'"{"x" * 50}{n}"' for n in range(200))
    assert any_store.query(f"SELECT (COUNT(?x) AS ?n) WHERE {{ VALUES ?x {{ {many} }} }}").column("n") == [200]


def test_errors(any_store):
    with pytest.raises(QueryError) as malformed:
        any_store.query("SELECT * WHERE { ?s ?p ?o")
    assert not isinstance(malformed.value, QueryRefusedError | QueryLimitError)
    assert "\n" not in str(malformed.value)
    with pytest.raises(QueryRefusedError):
        any_store.query("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    with pytest.raises(QueryRefusedError):
        any_store.query("SELECT * WHERE { SERVICE <urn:x> { ?s ?p ?o } }")
    with pytest.raises(QueryLimitError):
        any_store.query("SELECT * WHERE { ?s a ?c } LIMIT 10", max_rows=3)


# -- what only one kind does --------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["http://x/", "sparql+ftp://x/", "sparql+http:///q", "sparql+http://x/?a=b", "x"])
def test_what_is_no_endpoint_is_refused(address):
    with pytest.raises(CorpusError, match=r"sparql\+http"):
        RemoteStore(address)


def test_an_endpoint_that_cannot_be_reached():
    store = RemoteStore(f"sparql+http://127.0.0.1:{servers.free_port()}/sparql")
    with pytest.raises(CorpusError, match="cannot be reached"):
        store.query("ASK {}")


def test_disk_stores_are_whole_or_not_there(tmp_path, nquads):
    with pytest.raises(CorpusError, match="no N-Quads"):
        Store.write_disk([nquads + b"<urn:a> <urn:b> .\n"], tmp_path / "disk")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(CorpusError, match="no store on disk"):
        Store.open_disk(tmp_path / "disk")
    Store.write_disk([nquads], tmp_path / "disk")
    assert len(Store.open_disk(tmp_path / "disk")) == len(Store.load(nquads))
