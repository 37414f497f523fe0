"""Networks of a corpus: as networkx graphs, with measures and what they find, as figures and in export formats.

Importing this is cheap: networkx is imported when a graph is first made.
"""

from kgplan.networks.exports import FORMATS, ExportFormat, export, to_dict
from kgplan.networks.figures import FIGURES, figure
from kgplan.networks.findings import Finding, findings
from kgplan.networks.graphs import (
    KINDS,
    NetworkKind,
    citation_network,
    coordination_network,
    network,
    responsibility_network,
    statements_of,
    topic_network,
    without_collectives,
)
from kgplan.networks.measures import AgencyMeasures, measures
from kgplan.networks.wording import Language, explanations

__all__ = [
    "FIGURES",
    "FORMATS",
    "KINDS",
    "AgencyMeasures",
    "ExportFormat",
    "Finding",
    "Language",
    "NetworkKind",
    "citation_network",
    "coordination_network",
    "explanations",
    "export",
    "figure",
    "findings",
    "measures",
    "network",
    "responsibility_network",
    "statements_of",
    "to_dict",
    "topic_network",
    "without_collectives",
]
