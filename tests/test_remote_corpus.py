"""A corpus behind an endpoint answers as the same corpus at home."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sparql_servers
from sample_plans import full_plan

import kgplan
from kgplan.errors import CorpusError, UnknownPlanError
from kgplan.rdf.build import build_dataset, to_nquads


@pytest.fixture(scope="module", params=["oxigraph", "oxigraph without a default graph", "virtuoso"])
def address(request, tmp_path_factory) -> Iterator[str]:
    nquads = to_nquads(build_dataset([full_plan(), full_plan("nam-sau", lead="mui-xanh/so-y-te")]))
    folder = tmp_path_factory.mktemp("server")
    if request.param == "virtuoso":
        if sparql_servers.VIRTUOSO is None:
            pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)")
        with sparql_servers.virtuoso(nquads, folder) as endpoint:
            yield endpoint
    else:
        with sparql_servers.oxigraph(nquads, folder, with_union=request.param == "oxigraph") as endpoint:
            yield endpoint


@pytest.fixture(scope="module")
def corpus(address) -> kgplan.Corpus:
    return kgplan.open_corpus(address)


def test_the_plans_come_out_of_their_graphs(corpus):
    assert [plan.id for plan in corpus.plans] == ["mui-xanh-2024", "nam-sau"]
    assert corpus.plan("mui-xanh-2024").statements == full_plan().statements
    with pytest.raises(UnknownPlanError, match="nam-sau"):
        corpus.plan("nowhere")


def test_it_names_its_plans_at_a_prompt(corpus):
    assert ", ".join(sorted(plan.id for plan in corpus.plans)) in repr(corpus)


def test_queries_go_to_the_endpoint(corpus):
    assert corpus.sparql("SELECT (COUNT(*) AS ?n) WHERE { ?p a kgp:Plan }").column("n") == [2]
    with corpus.query_pool() as runner:
        assert b"2024" in runner.run("SELECT ?year WHERE { ?p kgp:year ?year }", "csv")


def test_search_and_search_in_queries(corpus):
    assert corpus.search("thu ngân sách", k=1)[0].address == "II.1"
    query = "SELECT DISTINCT ?address WHERE { ?s kgp:search ('thu ngân sách' 1) . ?s kgp:address ?address }"
    assert corpus.sparql(query).column("address") == ["II.1"]


def test_questions(corpus):
    answer = corpus.ask("Sở Y tế chủ trì nhiệm vụ nào?").to_dict()
    assert answer["status"] == "answered"
    assert {(e["plan"], e["address"]) for e in answer["evidence"]} == {("nam-sau", "II.1")}


def test_the_graph_is_valid_and_whole(corpus):
    assert corpus.validate().conforms
    assert len(corpus.graph) == corpus.info()["triples"]
    assert corpus.info()["endpoint"].startswith("http://127.0.0.1")


def test_what_cannot_be_opened(address, tmp_path):
    with pytest.raises(CorpusError, match="cannot be reached"):
        kgplan.open_corpus(f"sparql+http://127.0.0.1:{sparql_servers.free_port()}/query")
    with pytest.raises(CorpusError, match="give it alone"):
        kgplan.open_corpus([address, address])
    with (
        sparql_servers.oxigraph(b"", tmp_path, with_union=False) as empty,
        pytest.raises(CorpusError, match="no graph with a plan"),
    ):
        kgplan.open_corpus(empty)
