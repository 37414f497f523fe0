"""The ontology's page: every term in both languages, a diagram, and the shapes, made from the files in ontology/.

``python -m kgplan.rdf.ontology_page FILE`` writes it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kgplan import resources
from kgplan.rdf import vocabulary as v
from kgplan.rdf import vocabulary_graph
from kgplan.rdf.examples import examples

if TYPE_CHECKING:
    import rdflib

STYLE: Final = """\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 1rem }
nav ul { columns: 14rem; list-style: none; padding: 0 }
section.term { border-top: 1px solid #8886; padding: .5rem 0 }
h3 code { font-size: 1.1em } h3 small { font-weight: normal; opacity: .7 }
dl { display: grid; grid-template-columns: 9rem 1fr; gap: .2rem 1rem; margin: .4rem 0 }
dt { opacity: .7 } dd { margin: 0 } p { margin: .3rem 0 } p:lang(vi) { font-style: normal } p:lang(en) { opacity: .85 }
svg { width: 100%; height: auto } svg text { font: 13px system-ui, sans-serif; fill: currentColor }
svg rect { fill: Canvas; stroke: currentColor; rx: 6 } svg line { stroke: currentColor; opacity: .5 }
svg marker path { fill: currentColor } pre { overflow-x: auto; padding: .5rem; background: #8881; font-size: .85rem }
svg .edge { font-size: 11px; opacity: .8 }
"""

_BOXES: Final[dict[str, tuple[str, int, int]]] = {
    "kgp:Plan": ("kgp:Plan", 40, 30),
    "kgp:Section": ("kgp:Section", 380, 30),
    "kgp:Statement": ("kgp:Statement", 380, 180),
    "kgp:Responsibility": ("kgp:Responsibility", 40, 180),
    "org:Organization": ("org:Organization", 40, 330),
    "kgp:Document": ("kgp:Document", 740, 30),
    "kgp:Target": ("kgp:Target", 740, 130),
    "kgp:Deadline": ("kgp:Deadline", 740, 230),
    "dcterms:Location": ("dcterms:Location", 740, 330),
    "skos:Concept": ("skos:Concept", 380, 330),
}
_EDGES: Final = (
    ("kgp:Section", "kgp:Plan", "kgp:inPlan"),
    ("kgp:Statement", "kgp:Section", "kgp:inSection"),
    ("kgp:Statement", "kgp:Responsibility", "prov:qualifiedAttribution"),
    ("kgp:Responsibility", "org:Organization", "prov:agent"),
    ("org:Organization", "kgp:Statement", "kgp:leads, coordinates, shares"),
    ("kgp:Statement", "kgp:Document", "kgp:cites"),
    ("kgp:Statement", "kgp:Target", "kgp:hasTarget"),
    ("kgp:Statement", "kgp:Deadline", "kgp:hasDeadline"),
    ("kgp:Statement", "dcterms:Location", "kgp:mentionsPlace"),
    ("kgp:Statement", "skos:Concept", "dcterms:subject"),
)
TERMS: Final = (*v.CLASSES, *v.OBJECT_PROPERTIES, *v.DATATYPE_PROPERTIES, *v.PATTERNS)
"""Local names of all terms, in the order of the page."""

_WIDTH, _HEIGHT = 160, 44
_ARROW: Final = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="9" markerHeight="9" orient="auto">'
    '<path d="M0 0L8 4L0 8z"/></marker></defs>'
)
_FIRST: Final = """\
SELECT ?agency ?address ?text
WHERE {
  ?who kgp:leads ?task ; skos:prefLabel ?agency .
  ?task kgp:address ?address ; kgp:text ?text ; dcterms:subject/skos:broader* ?topic .
  ?topic skos:prefLabel "tourism"@en .
  FILTER(LANG(?agency) = "en")
}
"""


def render(editor: str | None = None) -> str:
    """The page as one HTML document without scripts or outside files.

    ``editor`` is where a query can be written, when the page is served beside such a place.
    """
    import rdflib

    graph = rdflib.Graph().parse(data=vocabulary_graph.nquads(), format="nt")
    shapes = rdflib.Graph().parse(resources.ONTOLOGY / "shapes.ttl", format="turtle")
    ontology = rdflib.URIRef(v.KGP.rstrip("#"))
    parts = [
        _head(graph, ontology),
        f"<h2>Sơ đồ · Diagram</h2>{diagram()}",
        _first_query(editor),
        _questions(),
        _contents("Lớp · Classes", v.CLASSES),
        _contents("Quan hệ · Object properties", v.OBJECT_PROPERTIES),
        _contents("Thuộc tính · Datatype properties", v.DATATYPE_PROPERTIES),
        _contents("Chỉ trong truy vấn · In queries only", v.PATTERNS),
        _contents("Khái niệm · Concepts", concepts(graph)),
        *(_term(graph, shapes, name) for name in TERMS),
        *(_concept(graph, name) for name in concepts(graph)),
    ]
    title = escape(_text(graph, ontology, rdflib.DCTERMS.title, "en"))
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n" + "\n".join(parts) + "\n</body>\n</html>\n"
    )


def diagram() -> str:
    """The classes and how they hang together, as SVG."""
    lines, boxes = [], []
    for source, target, label in _EDGES:
        (_, x1, y1), (_, x2, y2) = _BOXES[source], _BOXES[target]
        x1, y1, x2, y2 = x1 + _WIDTH // 2, y1 + _HEIGHT // 2, x2 + _WIDTH // 2, y2 + _HEIGHT // 2
        # the arrow ends where the line meets the edge of its box
        across = min(_WIDTH / 2 / (abs(x2 - x1) or 1), _HEIGHT / 2 / (abs(y2 - y1) or 1))
        tip = f'x2="{x2 - (x2 - x1) * across:.0f}" y2="{y2 - (y2 - y1) * across:.0f}"'
        lines.append(f'<line x1="{x1}" y1="{y1}" {tip} marker-end="url(#arrow)"/>')
        middle = f'x="{(x1 + x2) // 2}" y="{(y1 + y2) // 2 - 4}"'
        boxes.append(f'<text class="edge" {middle} text-anchor="middle">{escape(label)}</text>')
    for name, x, y in _BOXES.values():
        box = f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}"/>'
        text = f'<text x="{x + _WIDTH // 2}" y="{y + 27}" text-anchor="middle">{name}</text>'
        boxes.append(f'<a href="#{name.removeprefix("kgp:")}">{box}{text}</a>' if "kgp:" in name else box + text)
    label = "Statements, their responsibilities, agencies, documents, targets, deadlines, places and topics"
    return f'<svg viewBox="0 0 940 400" role="img" aria-label="{label}">{_ARROW}{"".join([*lines, *boxes])}</svg>'


def _first_query(editor: str | None) -> str:
    """How to come from the diagram to a query of one's own."""
    place = (
        f'<a href="{escape(editor)}">trình soạn truy vấn · query editor</a>' if editor else "<code>kgplan sparql</code>"
    )
    prefixes = "\n".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in v.PREFIXES.items())
    return f"""<h2>Truy vấn đầu tiên · A first query</h2>
<p lang="vi">Mỗi mũi tên trong sơ đồ là một thuộc tính: đi theo các mũi tên thì được truy vấn. Ai chủ trì việc gì về du
lịch? Đổi chủ đề, vai trò hoặc thêm mũi tên khác là có truy vấn của bạn.</p>
<p lang="en">Each arrow of the diagram is a property: follow the arrows and you have a query. Who leads what on tourism?
Change the topic or the role, or follow another arrow, and it is your own.</p>
<pre>{escape(_FIRST)}</pre>
<p>{place} · <code>/sparql</code> (SPARQL 1.1 Protocol: YASGUI, SPARQLWrapper, rdflib, curl)</p>
<details><summary>Tiền tố, không cần khai báo ở đây · Prefixes, which need no declaration here</summary>
<pre>{escape(prefixes)}</pre></details>"""


def _questions() -> str:
    """The competency questions, each with its query."""
    items = (
        f'<details><summary><span lang="vi">{escape(e.question_vi)}</span> · '
        f'<span lang="en">{escape(e.question_en)}</span></summary>\n<pre>{escape(e.query)}</pre></details>'
        for e in examples()
    )
    return "<h2>Câu hỏi và truy vấn · Questions and their queries</h2>\n" + "\n".join(items)


def _head(graph: rdflib.Graph, ontology: rdflib.URIRef) -> str:
    import rdflib

    terms = rdflib.DCTERMS
    titles = "<br>".join(escape(_text(graph, ontology, terms.title, language)) for language in ("vi", "en"))
    about = _both(graph, ontology, terms.description)
    facts = {
        "IRI": v.KGP,
        "Version": str(graph.value(ontology, rdflib.OWL.versionIRI)),
        "Licence": str(graph.value(ontology, terms.license)),
        "Prefix": "kgp:",
    }
    rows = "".join(f"<dt>{name}</dt><dd><code>{escape(value)}</code></dd>" for name, value in facts.items())
    return f"<h1>{titles}</h1>\n{about}\n<dl>{rows}</dl>"


def _contents(title: str, names: Sequence[str]) -> str:
    items = "".join(f'<li><a href="#{name}"><code>kgp:{name}</code></a></li>' for name in names)
    return f"<nav><h2>{title}</h2><ul>{items}</ul></nav>"


def _term(graph: rdflib.Graph, shapes: rdflib.Graph, name: str) -> str:
    import rdflib

    term = rdflib.URIRef(v.kgp(name))
    labels = (
        f"{escape(_text(graph, term, rdflib.RDFS.label, 'vi'))} · {escape(_text(graph, term, rdflib.RDFS.label, 'en'))}"
    )
    facts = {
        "subclass of": graph.objects(term, rdflib.RDFS.subClassOf),
        "subproperty of": graph.objects(term, rdflib.RDFS.subPropertyOf),
        "domain": graph.objects(term, rdflib.RDFS.domain),
        "range": graph.objects(term, rdflib.RDFS.range),
        "checked by": shapes.subjects(rdflib.SH.targetClass, term),
    }
    rows = "".join(
        f"<dt>{title}</dt><dd>{', '.join(found)}</dd>" for title, nodes in facts.items() if (found := _names(nodes))
    )
    examples = " · ".join(escape(_text(graph, term, rdflib.SKOS.example, language)) for language in ("vi", "en"))
    rows += f"<dt>ví dụ · example</dt><dd>{examples}</dd>"
    return (
        f'<section class="term" id="{name}"><h3><code>kgp:{name}</code> <small>{labels}</small></h3>\n'
        f"{_both(graph, term, rdflib.RDFS.comment)}\n<dl>{rows}</dl></section>"
    )


def concepts(graph: rdflib.Graph) -> list[str]:
    """Local names of what the namespace holds beside classes and properties: schemes, roles, kinds, and a few terms
    that only the thesaurus uses.
    """
    names = {str(subject)[len(v.KGP) :] for subject in graph.subjects() if str(subject).startswith(v.KGP)}
    return sorted(names - set(TERMS))


def _concept(graph: rdflib.Graph, name: str) -> str:
    import rdflib

    term = rdflib.URIRef(v.kgp(name))
    labelling = (rdflib.SKOS.prefLabel, rdflib.DCTERMS.title, rdflib.RDFS.label)
    noting = (rdflib.SKOS.scopeNote, rdflib.DCTERMS.description, rdflib.RDFS.comment)
    labels = " · ".join(escape(str(label)) for label in _said(graph, term, labelling))
    notes = "\n".join(f'<p lang="{n.language}">{escape(str(n))}</p>' for n in _said(graph, term, noting))
    facts = {"type": graph.objects(term, rdflib.RDF.type), "in scheme": graph.objects(term, rdflib.SKOS.inScheme)}
    rows = "".join(
        f"<dt>{title}</dt><dd>{', '.join(found)}</dd>" for title, nodes in facts.items() if (found := _names(nodes))
    )
    return (
        f'<section class="term" id="{name}"><h3><code>kgp:{name}</code> <small>{labels}</small></h3>\n'
        f"{notes}\n<dl>{rows}</dl></section>"
    )


def _said(
    graph: rdflib.Graph, node: rdflib.term.Node, predicates: Iterable[rdflib.term.Node]
) -> list[rdflib.term.Literal]:
    """What the predicates say of the node, Vietnamese first."""
    import rdflib

    texts = (t for p in predicates for t in graph.objects(node, p) if isinstance(t, rdflib.Literal))
    return sorted(texts, key=lambda text: (text.language != "vi", text))


def _names(nodes: Iterable[rdflib.term.Node]) -> list[str]:
    names = sorted(_short(str(node)) for node in nodes)
    return [
        f'<a href="#{n.removeprefix("kgp:")}"><code>{n}</code></a>' if n.startswith("kgp:") else f"<code>{n}</code>"
        for n in names
    ]


def _short(iri: str) -> str:
    for prefix, namespace in {**v.PREFIXES, "kgps": "https://w3id.org/kgplan/shapes#"}.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return escape(iri)


def _both(graph: rdflib.Graph, node: rdflib.term.Node, predicate: rdflib.term.Node) -> str:
    return "\n".join(f'<p lang="{lang}">{escape(_text(graph, node, predicate, lang))}</p>' for lang in ("vi", "en"))


def _text(graph: rdflib.Graph, node: rdflib.term.Node, predicate: rdflib.term.Node, language: str) -> str:
    import rdflib

    texts = (t for t in graph.objects(node, predicate) if isinstance(t, rdflib.Literal) and t.language == language)
    return str(next(texts))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")
