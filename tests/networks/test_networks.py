"""The networks of a small plan, and what their exports keep."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import networkx as nx
import pytest
from fake_corpus import FakeCorpus, small_plan

from kgplan import networks
from kgplan.model import TopicLink

FISHERY, TOURISM, COMMUNES = (
    "agency/bien-xanh/so-thuy-san",
    "agency/bien-xanh/so-du-lich",
    "agency/bien-xanh/ubnd-cac-xa-ven-bien",
)


@pytest.fixture
def graph():
    return networks.coordination_network([small_plan()])


def test_agencies_of_a_statement_are_joined(graph):
    assert {frozenset(edge) for edge in graph.edges} == {frozenset((FISHERY, TOURISM)), frozenset((FISHERY, COMMUNES))}
    assert graph.edges[FISHERY, COMMUNES]["statements"] == ["plan/bien-xanh-2031/I.1"]
    node = graph.nodes[FISHERY]
    assert (node["leads"], node["shares"], node["coordinates"], node["collective"]) == (1, 1, 0, False)


def test_weight_counts_statements():
    twice = networks.coordination_network([small_plan(), small_plan()])
    assert twice.edges[FISHERY, TOURISM]["weight"] == 2


def test_a_corpus_is_as_good_as_its_plans(graph):
    assert networks.to_dict(networks.network(FakeCorpus())) == networks.to_dict(graph)


def test_responsibility_and_citation_are_bipartite():
    responsibility = networks.responsibility_network([small_plan()])
    assert responsibility.edges[FISHERY, "plan/bien-xanh-2031/I.1"]["role"] == "leads"
    assert nx.is_bipartite(responsibility)
    citation = networks.citation_network([small_plan()])
    assert list(citation.edges(data="relation")) == [("plan/bien-xanh-2031/I.1", "document/12-da-ubnd", "implements")]


def test_topics_are_joined_to_the_agencies_of_their_statements():
    plan = small_plan()
    links = [TopicLink(topic, "x", 0, 1) for topic in ("tourism", "tourism", "no-such-topic")]
    statements = [replace(statement, topics=tuple(links)) for statement in plan.statements]
    graph = networks.topic_network([replace(plan, statements=tuple(statements))])
    assert nx.is_bipartite(graph)
    assert [node for node, kind in graph.nodes(data="type") if kind == "topic"] == ["topic/tourism"]
    edge = graph.edges[FISHERY, "topic/tourism"]
    assert (edge["weight"], edge["leads"]) == (2, 1)
    assert edge["statements"] == ["plan/bien-xanh-2031/I.1", "plan/bien-xanh-2031/I.2"]
    assert graph.edges[TOURISM, "topic/tourism"]["leads"] == 0
    alone = networks.without_collectives(graph.subgraph({COMMUNES, "topic/tourism"}))
    assert not alone, "a topic that only a collective actor works on goes with it"
    assert networks.network([plan], "topic").number_of_nodes() == 0


def test_broker_stands_between(graph):
    rows = {row.agency: row for row in networks.measures(graph)}
    assert (rows[FISHERY].brokerage, rows[TOURISM].brokerage) == (1.0, 0.0)
    assert (rows[FISHERY].partners, rows[FISHERY].joint) == (2, 2)
    assert networks.measures(graph)[0].agency == FISHERY


def test_isolated_agency_is_kept_and_said_to_be_isolated():
    graph = networks.coordination_network([small_plan()])
    graph.remove_edges_from(list(graph.edges))
    assert all(row.isolated for row in networks.measures(graph))


@pytest.mark.parametrize("kind", networks.KINDS)
def test_exports_keep_nodes_edges_and_labels(kind):
    graph = networks.network([small_plan()], kind)
    assert {node["id"] for node in json.loads(networks.export(graph))["nodes"]} == set(graph)
    for form, read in (("graphml", nx.parse_graphml), ("gexf", lambda text: nx.read_gexf(io.BytesIO(text.encode())))):
        back = read(networks.export(graph, form))
        assert set(back) == set(graph)
        assert {frozenset(edge) for edge in back.edges} == {frozenset(edge) for edge in graph.edges}
        assert {node: back.nodes[node]["label"] for node in back} == {
            node: graph.nodes[node]["label"] for node in graph
        }
        assert networks.export(graph, form) == networks.export(networks.network([small_plan()], kind), form)


def test_unknown_words_are_refused_with_the_choices(graph):
    with pytest.raises(ValueError, match="coordination, responsibility, citation, topic"):
        networks.network([small_plan()], "friendship")
    with pytest.raises(ValueError, match="json, graphml, gexf"):
        networks.export(graph, "xlsx")
    with pytest.raises(ValueError, match="coordination"):
        networks.measures(networks.citation_network([small_plan()]))


def test_collective_actors_can_be_left_out(graph):
    assert set(networks.without_collectives(graph)) == {FISHERY, TOURISM}
    assert set(graph) == {FISHERY, TOURISM, COMMUNES}


def test_no_plans_give_an_empty_network():
    assert networks.measures(networks.coordination_network([])) == []
