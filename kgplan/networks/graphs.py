"""The networks as networkx graphs: who works with whom, who answers for what, what cites what.

Four kinds, all built from the parsed plans alone:

``coordination``
    undirected; nodes are agencies; two agencies are joined when they hold roles in the same statement.
    ``weight`` counts those statements, ``statements`` lists them.
``responsibility``
    directed, bipartite; agency → statement, with ``role``.
``citation``
    directed, bipartite; statement → document, with ``relation``.
``topic``
    directed, bipartite; agency → topic of its statements, with ``weight``.

Node keys are ``agency/{id}``, ``plan/{plan}/{address}``, ``document/{id}`` and ``topic/{slug}``, the tails of the IRIs,
so they stay the same from build to build. networkx is imported when a graph is first made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from kgplan.model import ROLES, Agency, Document, Plan, Statement

if TYPE_CHECKING:
    import networkx as nx

NetworkKind = Literal["coordination", "responsibility", "citation", "topic"]
KINDS: tuple[NetworkKind, ...] = get_args(NetworkKind)


class HasPlans(Protocol):
    """Anything with plans: a :class:`kgplan.corpus.Corpus`."""

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans, in the corpus's order."""
        ...


Source = HasPlans | Iterable[Plan]


def network(source: Source, kind: str = "coordination") -> nx.Graph[str]:
    """The network of that kind. Raises ValueError, naming the kinds, for another word."""
    builders: dict[str, Callable[[Source], nx.Graph[str]]] = {
        "coordination": coordination_network,
        "responsibility": responsibility_network,
        "citation": citation_network,
        "topic": topic_network,
    }
    if kind not in builders:
        raise ValueError(f"no network of kind {kind!r}; choose one of {', '.join(KINDS)}")
    return builders[kind](source)


def coordination_network(source: Source) -> nx.Graph[str]:
    """Agencies that work together.

    Every agency with a role is a node, an isolated one too. Node attributes: ``label``, ``label_en``, ``kind``,
    ``jurisdiction``, ``collective``, ``unspecified``, the number of statements in each role (``leads``,
    ``coordinates``, ``shares``), and ``fields``, the policy fields (topics without a broader one) of its statements.
    Edge attributes: ``weight`` (statements held together, at least 1) and ``statements`` (their keys, in the order of
    the text).
    """
    from kgplan.networks.shown import Network

    graph: nx.Graph[str] = Network(kind="coordination")
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    fields: dict[str, set[str]] = defaultdict(set)
    for plan, statement in statements_of(source):
        key = _statement_key(plan, statement)
        for role in ROLES:
            for agency_id in statement.agencies(role):
                node = _add_agency(graph, plan.agency(agency_id))
                graph.nodes[node][role] += 1
        held_by = sorted({_agency_key(r.agency) for r in statement.responsibilities})
        for node in held_by:
            fields[node].update(policy_fields(statement))
        for pair in combinations(held_by, 2):
            together[pair].append(key)
    for (one, other), keys in together.items():
        graph.add_edge(one, other, weight=len(keys), statements=keys)
    for node, found in fields.items():
        graph.nodes[node]["fields"] = sorted(found)
    return graph


def without_collectives(graph: nx.Graph[str]) -> nx.Graph[str]:
    """A copy without the collective actors ("các cấp, các ngành"), which otherwise join nearly everyone.

    Statements and topics that only they hold go with them.
    """
    kept = graph.subgraph([node for node, collective in graph.nodes(data="collective") if not collective])
    return kept.subgraph([n for n in kept if kept.nodes[n]["type"] == "agency" or kept.degree(n)]).copy()


def responsibility_network(source: Source) -> nx.DiGraph[str]:
    """Agency → statement, one edge a pair; ``role`` is its strongest role there (leads, then shares, coordinates)."""
    from kgplan.networks.shown import DirectedNetwork

    graph: nx.DiGraph[str] = DirectedNetwork(kind="responsibility")
    for plan, statement in statements_of(source):
        if not statement.responsibilities:
            continue
        key = _add_statement(graph, plan, statement)
        for role in ("coordinates", "shares", "leads"):
            for agency_id in statement.agencies(role):
                node = _add_agency(graph, plan.agency(agency_id))
                graph.nodes[node][role] += 1
                graph.add_edge(node, key, role=role)
    return graph


def citation_network(source: Source) -> nx.DiGraph[str]:
    """Statement → document, with ``relation`` ("cites", "implements", "amends" …)."""
    from kgplan.networks.shown import DirectedNetwork

    graph: nx.DiGraph[str] = DirectedNetwork(kind="citation")
    for plan, statement in statements_of(source):
        for citation in statement.citations:
            key = _add_statement(graph, plan, statement)
            node = _add_document(graph, plan.document(citation.document))
            graph.add_edge(key, node, relation=citation.relation)
    return graph


def topic_network(source: Source) -> nx.DiGraph[str]:
    """Agency → topic; ``weight`` counts the statements on the topic in which it has a role, ``leads`` those it leads.

    ``statements`` lists their keys. Topics are those that the statements were tagged with, not the broader ones.
    """
    from kgplan.networks.shown import DirectedNetwork
    from kgplan.parsing.topics import load_thesaurus

    concepts = load_thesaurus().concepts
    graph: nx.DiGraph[str] = DirectedNetwork(kind="topic")
    for plan, statement in statements_of(source):
        topics = dict.fromkeys(link.topic for link in statement.topics if link.topic in concepts)
        leading = statement.agencies("leads")
        for role in ROLES:
            for agency_id in statement.agencies(role) if topics else ():
                graph.nodes[_add_agency(graph, plan.agency(agency_id))][role] += 1
        for agency_id in dict.fromkeys(r.agency for r in statement.responsibilities):
            for topic in topics:
                key = f"topic/{topic}"
                labels = concepts[topic].preferred
                graph.add_node(key, type="topic", label=labels["vi"], label_en=labels["en"])
                edge = graph.edges.get((_agency_key(agency_id), key), {"weight": 0, "leads": 0, "statements": []})
                graph.add_edge(
                    _agency_key(agency_id),
                    key,
                    weight=edge["weight"] + 1,
                    leads=edge["leads"] + (agency_id in leading),
                    statements=[*edge["statements"], _statement_key(plan, statement)],
                )
    return graph


def policy_fields(statement: Statement) -> set[str]:
    """The fields the statement is in: its topics that have no broader one, and the broadest of the others."""
    from kgplan.parsing.topics import load_thesaurus

    thesaurus = load_thesaurus()
    found: set[str] = set()
    for link in statement.topics:
        if link.topic in thesaurus.concepts:
            line = (link.topic, *thesaurus.ancestors(link.topic))
            found.update(topic for topic in line if not thesaurus.concepts[topic].broader)
    return found


def statements_of(source: Source) -> Iterator[tuple[Plan, Statement]]:
    """Every statement with its plan."""
    plans: Iterable[Plan] = source if isinstance(source, Iterable) else source.plans
    for plan in plans:
        for statement in plan.statements:
            yield plan, statement


def _agency_key(agency_id: str) -> str:
    return f"agency/{agency_id}"


def _statement_key(plan: Plan, statement: Statement) -> str:
    return f"plan/{plan.id}/{statement.address}"


def _add_agency(graph: nx.Graph[str], agency: Agency) -> str:
    key = _agency_key(agency.id)
    if key not in graph:
        graph.add_node(
            key,
            type="agency",
            label=agency.name,
            label_en=agency.name_en,
            kind=agency.kind,
            jurisdiction=agency.jurisdiction,
            collective=agency.collective,
            unspecified=agency.unspecified,
            leads=0,
            coordinates=0,
            shares=0,
        )
    return key


def _add_statement(graph: nx.Graph[str], plan: Plan, statement: Statement) -> str:
    key = _statement_key(plan, statement)
    graph.add_node(
        key, type="statement", label=statement.address, plan=plan.id, kind=statement.kind, text=statement.text
    )
    return key


def _add_document(graph: nx.Graph[str], document: Document) -> str:
    key = f"document/{document.id}"
    label = " ".join(part for part in (document.type, document.number) if part) if document.number else document.title
    graph.add_node(key, type="document", label=label or document.id, title=document.title, date=document.date)
    return key
