"""Building a corpus: read, parse, graph, index, manifest; whole or not at all.

What a build writes depends on the plans alone, not on the order in which they came or on what stood there before.
"""

from kgplan.building.parts import parse_source, read_source
from kgplan.building.report import BuildReport, Failure
from kgplan.building.steps import build, remove

__all__ = ["BuildReport", "Failure", "build", "parse_source", "read_source", "remove"]
