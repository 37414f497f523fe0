"""Graphs of networkx that a notebook shows as a figure. Importing this imports networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from kgplan.networks.figures import to_html

if TYPE_CHECKING:
    _Graph = nx.Graph[str]
    _DiGraph = nx.DiGraph[str]
else:
    _Graph, _DiGraph = nx.Graph, nx.DiGraph


class Network(_Graph):
    """An undirected network of a corpus."""

    def __repr__(self) -> str:
        return _told(self)

    def _repr_html_(self) -> str:
        return to_html(self)


class DirectedNetwork(_DiGraph):
    """A directed network of a corpus."""

    def __repr__(self) -> str:
        return _told(self)

    def _repr_html_(self) -> str:
        return to_html(self)


def _told(graph: nx.Graph[str]) -> str:
    kind = graph.graph.get("kind", "of no kind")
    return f"<{type(graph).__name__} {kind}: {len(graph)} nodes, {graph.number_of_edges()} edges>"
