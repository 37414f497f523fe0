"""Networks of a corpus as networkx graphs: who works with whom, who answers for what, what cites what.

Three kinds, all built from the parsed plans alone:

``coordination``
    undirected; nodes are agencies; two agencies are joined when they hold roles in the same statement.
    ``weight`` counts those statements, ``statements`` lists them.
``responsibility``
    directed, bipartite; agency → statement, with ``role``.
``citation``
    directed, bipartite; statement → document, with ``relation``.

Node keys are ``agency/{id}``, ``plan/{plan}/{address}`` and ``document/{id}``, the tails of the IRIs, so they stay
the same from build to build. networkx is imported when a graph is first made.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, Protocol, get_args

from kgplan.model import ROLES, Agency, Document, Plan, Statement

if TYPE_CHECKING:
    import networkx as nx

NetworkKind = Literal["coordination", "responsibility", "citation"]
KINDS: tuple[NetworkKind, ...] = get_args(NetworkKind)

ExportFormat = Literal["json", "graphml", "gexf"]
FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)


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
    }
    if kind not in builders:
        raise ValueError(f"no network of kind {kind!r}; choose one of {', '.join(KINDS)}")
    return builders[kind](source)


def coordination_network(source: Source) -> nx.Graph[str]:
    """Agencies that work together.

    Every agency with a role is a node, an isolated one too. Node attributes: ``label``, ``label_en``, ``kind``,
    ``jurisdiction``, ``collective``, ``unspecified``, and the number of statements in each role: ``leads``,
    ``coordinates``, ``shares``. Edge attributes: ``weight`` (statements held together, at least 1) and
    ``statements`` (their keys, in the order of the text).
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph(kind="coordination")
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for plan, statement in _statements(source):
        key = _statement_key(plan, statement)
        for role in ROLES:
            for agency_id in statement.agencies(role):
                node = _add_agency(graph, plan.agency(agency_id))
                graph.nodes[node][role] += 1
        held_by = sorted({_agency_key(r.agency) for r in statement.responsibilities})
        for pair in combinations(held_by, 2):
            together[pair].append(key)
    for (one, other), keys in together.items():
        graph.add_edge(one, other, weight=len(keys), statements=keys)
    return graph


def without_collectives(graph: nx.Graph[str]) -> nx.Graph[str]:
    """A copy without the collective actors ("các cấp, các ngành"), which otherwise join nearly everyone."""
    kept = [node for node, collective in graph.nodes(data="collective") if not collective]
    return graph.subgraph(kept).copy()


def responsibility_network(source: Source) -> nx.DiGraph[str]:
    """Agency → statement, one edge a pair; ``role`` is its strongest role there (leads, then shares, coordinates)."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph(kind="responsibility")
    for plan, statement in _statements(source):
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
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph(kind="citation")
    for plan, statement in _statements(source):
        for citation in statement.citations:
            key = _add_statement(graph, plan, statement)
            node = _add_document(graph, plan.document(citation.document))
            graph.add_edge(key, node, relation=citation.relation)
    return graph


@dataclass(frozen=True, slots=True)
class AgencyMeasures:
    """One agency's place in the coordination network; :data:`EXPLANATIONS` says what each figure means."""

    agency: str
    label: str
    label_en: str | None
    kind: str
    collective: bool
    partners: int
    joint: int
    leads: int
    coordinates: int
    shares: int
    brokerage: float
    cluster: int
    isolated: bool

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary."""
        return asdict(self)


EXPLANATIONS: dict[str, str] = {
    "partners": "how many other agencies it holds statements with",
    "joint": "how many pairings with others it has, counting each statement",
    "leads": "how many statements it leads",
    "coordinates": "how many statements it coordinates on",
    "shares": "how many statements it shares with others who answer for them together",
    "brokerage": "the share of shortest paths between other agencies that pass through it (betweenness centrality)",
    "cluster": "the group of agencies that work more with each other than with the rest (greedy modularity)",
    "isolated": "it holds statements, but none together with another agency",
}


def measures(graph: nx.Graph[str]) -> list[AgencyMeasures]:
    """Measures of a coordination network, best connected first (joint, then partners, then label).

    Betweenness follows Brandes (2001) on the unweighted graph, normalised to 0 … 1; clusters follow Clauset, Newman
    and Moore (2004) with weights, numbered from 1, the largest first.
    """
    import networkx as nx

    if graph.graph.get("kind") != "coordination":
        raise ValueError("measures are defined for the coordination network; make it with coordination_network()")
    if not graph:
        return []
    brokerage = nx.betweenness_centrality(graph, normalized=True)
    groups: Sequence[Iterable[str]] = [{node} for node in graph]
    if graph.size():
        groups = nx.community.greedy_modularity_communities(graph, weight="weight")
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    cluster = {node: number for number, group in enumerate(ordered, start=1) for node in group}
    rows = [
        AgencyMeasures(
            agency=node,
            label=data["label"],
            label_en=data["label_en"],
            kind=data["kind"],
            collective=data["collective"],
            partners=len(graph[node]),
            joint=int(graph.degree(node, weight="weight")),
            leads=data["leads"],
            coordinates=data["coordinates"],
            shares=data["shares"],
            brokerage=round(brokerage[node], 4),
            cluster=cluster[node],
            isolated=not graph[node],
        )
        for node, data in graph.nodes(data=True)
    ]
    return sorted(rows, key=lambda row: (-row.joint, -row.partners, row.label))


def to_dict(graph: nx.Graph[str]) -> dict[str, Any]:
    """``{"kind", "directed", "nodes": [{"id", …}], "edges": [{"source", "target", …}]}``, in a stable order."""
    return {
        "kind": graph.graph.get("kind"),
        "directed": graph.is_directed(),
        "nodes": [{"id": node, **graph.nodes[node]} for node in sorted(graph)],
        "edges": [
            {"source": source, "target": target, **data}
            for source, target, data in sorted(graph.edges(data=True), key=lambda edge: edge[:2])
        ],
    }


def export(graph: nx.Graph[str], format: str = "json") -> str:
    """The graph as text: ``json`` (:func:`to_dict`), ``graphml`` or ``gexf``, the same bytes for the same graph.

    GraphML and GEXF have no lists and no null: lists become space-separated words, nulls are left out. Raises
    ValueError, naming the formats, for another word.
    """
    import networkx as nx

    if format == "json":
        return json.dumps(to_dict(graph), ensure_ascii=False, indent=2) + "\n"
    if format not in FORMATS:
        raise ValueError(f"no export format {format!r}; choose one of {', '.join(FORMATS)}")
    flat: nx.Graph[str] = nx.DiGraph() if graph.is_directed() else nx.Graph()
    flat.add_nodes_from((node, _flat(graph.nodes[node])) for node in sorted(graph))
    flat.add_edges_from(
        (source, target, _flat(data))
        for source, target, data in sorted(graph.edges(data=True), key=lambda edge: edge[:2])
    )
    if format == "graphml":
        return "\n".join(nx.generate_graphml(flat)) + "\n"
    text = "\n".join(nx.generate_gexf(flat))
    return re.sub(r' lastmodifieddate="[^"]*"', "", text) + "\n"


def _flat(data: dict[str, Any]) -> dict[str, Any]:
    return {
        key: " ".join(value) if isinstance(value, list) else value for key, value in data.items() if value is not None
    }


def _statements(source: Source) -> Iterator[tuple[Plan, Statement]]:
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
