"""Measures of an agency's place in the coordination network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class AgencyMeasures:
    """One agency's place in the coordination network; :func:`kgplan.networks.explanations` says what each is."""

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
    fields: int
    bridging: float
    cluster: int
    isolated: bool

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary."""
        return asdict(self)


def measures(graph: nx.Graph[str]) -> list[AgencyMeasures]:
    """Measures of a coordination network, best connected first (joint, then partners, then label).

    Betweenness follows Brandes (2001) on the unweighted graph, normalised to 0 … 1; clusters follow Clauset, Newman
    and Moore (2004) with weights, numbered from 1, the largest first. ``bridging`` is the betweenness of agencies on
    the bipartite graph of agencies and policy fields, between fields alone, as a share of the pairs of fields.
    """
    import networkx as nx

    if graph.graph.get("kind") != "coordination":
        raise ValueError("measures are defined for the coordination network; make it with coordination_network()")
    if not graph:
        return []
    brokerage = nx.betweenness_centrality(graph, normalized=True)
    bridging = _bridging(graph)
    cluster = clusters(graph)
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
            fields=len(data.get("fields", ())),
            bridging=round(bridging[node], 4),
            cluster=cluster[node],
            isolated=not graph[node],
        )
        for node, data in graph.nodes(data=True)
    ]
    return sorted(rows, key=lambda row: (-row.joint, -row.partners, row.label))


def clusters(graph: nx.Graph[str]) -> dict[str, int]:
    """The cluster of each agency of a coordination network, numbered from 1, the largest first."""
    import networkx as nx

    groups: Sequence[Iterable[str]] = [{node} for node in graph]
    if graph.size():
        groups = nx.community.greedy_modularity_communities(graph, weight="weight")
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    return {node: number for number, group in enumerate(ordered, start=1) for node in group}


def _bridging(graph: nx.Graph[str]) -> dict[str, float]:
    """For each agency the share of shortest paths between two policy fields that pass through it."""
    import networkx as nx

    both: nx.Graph[str] = nx.Graph()
    both.add_nodes_from(graph)
    both.add_edges_from((node, f"field/{name}") for node, found in graph.nodes(data="fields") for name in found or ())
    fields = sorted(set(both) - set(graph))
    if len(fields) < 2:
        return dict.fromkeys(graph, 0.0)
    # networkx counts each unordered pair once in an undirected graph.
    paths = nx.betweenness_centrality_subset(both, fields, fields, normalized=False)
    pairs = len(fields) * (len(fields) - 1) / 2
    return {node: paths[node] / pairs for node in graph}
