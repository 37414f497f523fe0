"""Networks as text for other programs: JSON, GraphML, GEXF."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    import networkx as nx

ExportFormat = Literal["json", "graphml", "gexf"]
FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)


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
