"""What the graph says of one IRI: its triples, for programs and as an HTML page for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import quote

from kgplan.rdf.results import QueryResult, shorten
from kgplan.rdf.terms import Term
from kgplan.rdf.vocabulary import PREFIXES

MAX_LINKS: Final = 200
"""Links from elsewhere that a page lists."""

STYLE: Final = """\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 1rem }
h1 { margin-bottom: 0 } h2 { font-size: 1.1rem; border-top: 1px solid #8886; padding-top: .5rem }
dl { display: grid; grid-template-columns: minmax(9rem, 1fr) 3fr; gap: .2rem 1rem }
dt, .iri, small { opacity: .75 } dd { margin: 0; white-space: pre-line; overflow-wrap: anywhere }
"""

_DESCRIPTION: Final = """
CONSTRUCT {{ ?subject ?predicate ?object }} WHERE {{
  {{ BIND(<{iri}> AS ?subject) ?subject ?predicate ?object }}
  UNION
  {{ <{iri}> ?link ?subject . FILTER(STRSTARTS(STR(?subject), "{iri}#")) ?subject ?predicate ?object }}
  UNION
  {{ ?subject ?link <{iri}> . FILTER(STRSTARTS(STR(?subject), "{iri}#")) ?subject ?predicate ?object }}
  UNION
  {{ <{iri}> ?link ?part . FILTER(STRSTARTS(STR(?part), "{iri}#"))
     ?part ?further ?subject . FILTER(STRSTARTS(STR(?subject), "{iri}#")) ?subject ?predicate ?object }}
}}
"""
_LABEL: Final = "skos:prefLabel|dcterms:title|foaf:name|kgp:text"
_LABELS: Final = f"""
SELECT DISTINCT ?thing ?label WHERE {{{{
  {{{{ <{{iri}}> ?p ?thing }}}} UNION
  {{{{ <{{iri}}> ?q ?part . FILTER(STRSTARTS(STR(?part), "{{iri}}#")) ?part ?p ?thing }}}}
  ?thing {_LABEL} ?label
}}}}
"""
_INCOMING: Final = f"""
SELECT DISTINCT ?thing ?link ?label WHERE {{{{
  ?thing ?link <{{iri}}> . OPTIONAL {{{{ ?thing {_LABEL} ?label }}}}
  FILTER(!STRSTARTS(STR(?thing), "{{iri}}#"))
}}}} ORDER BY ?link ?thing LIMIT {2 * MAX_LINKS}
"""

Ask = Callable[[str], QueryResult]


def describe(ask: Ask, iri: str) -> QueryResult:
    """The triples of ``iri`` and of its parts (``iri#…``), as a graph; empty when there are none."""
    return ask(_DESCRIPTION.format(iri=iri))


@dataclass(frozen=True, slots=True)
class _Page:
    """How a page names and links things. ``root`` stands before ``/id/`` in links to things below ``base``."""

    base: str
    root: str
    labels: dict[str, str]

    def term(self, term: Term) -> str:
        if term.kind != "uri":
            language = f' lang="{escape(term.language)}"' if term.language else ""
            return f"<span{language}>{escape(term.value)}</span>"
        words = self.labels.get(term.value) or shorten(term)
        target = term.value
        if target.startswith(self.base):
            target = f"{self.root}/id/{target.removeprefix(self.base)}"
        elif not target.startswith(("http://", "https://")):
            return escape(words)
        return f'<a href="{escape(target)}">{escape(words)}</a>'

    def list(self, pairs: Iterable[tuple[Term, Term]]) -> str:
        rows = (f"<dt>{escape(shorten(link))}</dt><dd>{self.term(thing)}</dd>" for link, thing in pairs)
        return f"<dl>{''.join(rows)}</dl>"


def render(ask: Ask, iri: str, described: QueryResult, *, base: str, root: str = "", view: str | None = None) -> str:
    """The page of ``iri``: what :func:`describe` gave, its parts, and what refers to it, each a link.

    ``view`` is where the thing is shown among the others, in the page with which one asks.
    """
    labels: dict[str, str] = {}
    for row in ask(_LABELS.format(iri=iri)).rows:
        _choose(labels, row["thing"], row["label"])
    own: dict[str, str] = {}
    for subject, predicate, value in described.triples:
        if subject.value == iri and predicate.value in _NAMES:
            _choose(own, subject, value)
    incoming: dict[tuple[str, str], tuple[Term, Term]] = {}
    for row in ask(_INCOMING.format(iri=iri)).rows:
        incoming.setdefault((row["link"].value, row["thing"].value), (row["link"], row["thing"]))
        if "label" in row:
            _choose(labels, row["thing"], row["label"])
    page = _Page(base, root, labels)
    title = own.get(iri) or shorten(Term("uri", iri))
    parts: dict[str, list[tuple[Term, Term]]] = {}
    for subject, predicate, value in described.triples:
        parts.setdefault(subject.value, []).append((predicate, value))
    query = quote(f"DESCRIBE <{iri}>", safe="")
    shown = f' · <a href="{escape(view)}">Xem trong kế hoạch / Show in the plan</a>' if view else ""
    pieces = [
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body><h1>{escape(title)}</h1>"
        f'<p class="iri">{escape(iri)} · <a href="{root}/sparql?query={query}">RDF</a>{shown}</p>',
        page.list(parts.pop(iri, [])),
    ]
    for name, pairs in sorted(parts.items()):
        fragment = escape(name.removeprefix(iri + "#"))
        pieces.append(f'<h2 id="{fragment}">#{fragment}</h2>{page.list(pairs)}')
    if incoming:
        links = list(incoming.values())[:MAX_LINKS]
        pieces.append(f"<h2>Được nhắc đến ở / Referred to by ({len(links)})</h2>{page.list(links)}")
    return "".join([*pieces, "</body></html>\n"])


_NAMES: Final = {
    PREFIXES[prefix] + name
    for prefix, name in (("skos", "prefLabel"), ("dcterms", "title"), ("foaf", "name"), ("kgp", "text"))
}


def _choose(labels: dict[str, str], thing: Term, label: Term) -> None:
    """Keep the Vietnamese label where there are several."""
    if label.language == "vi" or thing.value not in labels:
        labels[thing.value] = label.value if len(label.value) <= 120 else label.value[:119] + "…"
