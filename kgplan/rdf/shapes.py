"""Validation of a graph against ``ontology/shapes.ttl`` with pySHACL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgplan import resources

if TYPE_CHECKING:
    import rdflib

SHAPES_FILE = "shapes.ttl"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a shape found: about which node, by which shape, how grave, in both languages."""

    focus: str
    shape: str
    severity: str
    message_vi: str
    message_en: str
    path: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """``conforms`` is whether there is no violation; warnings stand in ``results`` all the same."""

    conforms: bool
    results: tuple[Finding, ...]


def validate(data: rdflib.Graph) -> Report:
    """Check a graph, or the union of a dataset's graphs, against the shapes. Findings are sorted."""
    import pyshacl
    import rdflib

    shapes = rdflib.Graph().parse(resources.ONTOLOGY / SHAPES_FILE, format="turtle")
    _, found, _ = pyshacl.validate(_union(data), shacl_graph=shapes, inference="none", advanced=False)
    results = [_finding(found, shapes, node) for node in found.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)]
    results.sort(key=lambda r: (r.severity != "Violation", r.focus, r.shape, r.path or "", r.value or "", r.message_en))
    return Report(all(r.severity != "Violation" for r in results), tuple(results))


def _union(data: rdflib.Graph) -> rdflib.Graph:
    import rdflib

    if not isinstance(data, rdflib.Dataset):
        return data
    union = rdflib.Graph()
    for graph in data.graphs():
        for triple in graph:
            union.add(triple)
    return union


def _finding(found: rdflib.Graph, shapes: rdflib.Graph, node: rdflib.term.Node) -> Finding:
    import rdflib

    sh = rdflib.SH
    # pySHACL drops the language of a SPARQL constraint's messages, so they are read where they were written
    written = found.value(node, sh.sourceConstraint) or found.value(node, sh.sourceShape)
    messages = {m.language: str(m) for m in shapes.objects(written, sh.message) if isinstance(m, rdflib.Literal)}
    value = found.value(node, sh.value)
    return Finding(
        focus=str(found.value(node, sh.focusNode)),
        shape=_named_shape(shapes, found.value(node, sh.sourceShape)),
        severity=str(found.value(node, sh.resultSeverity)).rpartition("#")[2],
        message_vi=messages.get("vi", ""),
        message_en=messages.get("en", ""),
        path=_path(found, found.value(node, sh.resultPath)),
        value=None if value is None else str(value),
    )


def _path(found: rdflib.Graph, path: rdflib.term.Node | None) -> str | None:
    """A property's IRI, with ``^`` before it when the shape follows it backwards."""
    import rdflib

    inverse = found.value(path, rdflib.SH.inversePath) if isinstance(path, rdflib.BNode) else None
    if inverse is not None:
        return f"^{inverse}"
    return None if path is None else str(path)


def _named_shape(shapes: rdflib.Graph, shape: rdflib.term.Node | None) -> str:
    """The IRI of the node shape that a result's (often nameless) property shape belongs to."""
    import rdflib

    while isinstance(shape, rdflib.BNode):
        shape = next(iter(shapes.subjects(rdflib.SH.property, shape)), None)
    return str(shape)
