"""Values as HTML, for notebooks: each value's ``_repr_html_`` calls one function here.

Every text of a plan is escaped, and only http and https IRIs become links. Colours are inherited or half transparent,
so that it reads on a light and on a dark page; styles stand in attributes, since a notebook drops style sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from kgplan.model import ROLES, Agency, Plan, Section, Statement

if TYPE_CHECKING:
    from kgplan.answering.answer import Answer, Evidence, Mark
    from kgplan.rdf.results import QueryResult
    from kgplan.retrieval.hits import Hits

ROWS_SHOWN: Final = 100
"""Rows of a table at most; how many more there are is said below it."""
EVIDENCE_SHOWN: Final = 6

_ROLE_COLOURS: Final = {"leads": "46,160,67", "coordinates": "56,139,253", "shares": "210,153,34"}
_QUIET: Final = "opacity:.7"
_CELL: Final = "text-align:left;vertical-align:top;padding:.2em .8em .2em 0;white-space:normal"
_QUOTE: Final = "margin:.4em 0;padding:.1em .8em;border-left:3px solid rgba(128,128,128,.5)"
_MARK: Final = "background:rgba(255,196,0,.35);color:inherit"

_WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {"leads": "leads", "coordinates": "coordinates", "shares": "shares", "nearest": "Closest statements"},
    "vi": {
        "leads": "chủ trì",
        "coordinates": "phối hợp",
        "shares": "cùng thực hiện",
        "nearest": "Nội dung gần nhất",
        "Answer": "Trả lời",
        "Role": "Vai trò",
        "Value": "Giá trị",
        "Where": "Ở đâu",
        "Evidence": "Căn cứ",
        "more": "nữa",
    },
}


def answer_html(answer: Answer) -> str:
    """The answer's sentence, its results with their roles and addresses, and the statements that say so."""
    words = _WORDS.get(answer.language, _WORDS["en"])
    parts = [f"<p><strong>{escape(answer.text)}</strong></p>"]
    results = list(answer.results)
    if results:
        headers, cells = ["Answer"], [[_labels(r.label_vi, r.label_en, answer.language, r.iri)] for r in results]
        if any(r.roles for r in results):
            headers.append("Role")
            for row, result in zip(cells, results, strict=True):
                row.append(" ".join(_chip(role, words[role]) for role in result.roles if role in _ROLE_COLOURS))
        if any(r.value is not None for r in results):
            headers.append("Value")
            for row, result in zip(cells, results, strict=True):
                row.append("" if result.value is None else escape(f"{result.value} {result.unit or ''}".strip()))
        headers.append("Where")
        for row, result in zip(cells, results, strict=True):
            row.append(escape(", ".join(result.addresses)))
        parts.append(_table([words.get(name, name) for name in headers], cells, more=words.get("more", "more")))
    if answer.evidence:
        title = words.get("Evidence", "Evidence") if results else words["nearest"]
        shown = "".join(_evidence(item) for item in answer.evidence[:EVIDENCE_SHOWN])
        left = len(answer.evidence) - EVIDENCE_SHOWN
        rest = f"<p style='{_QUIET}'>… {left} {words.get('more', 'more')}</p>" if left > 0 else ""
        parts.append(f"<details open><summary>{title}</summary>{shown}{rest}</details>")
    if results:
        code = f"<pre style='white-space:pre-wrap'><code>{escape(answer.sparql.strip())}</code></pre>"
        parts.append(f"<details><summary>SPARQL</summary>{code}</details>")
    return _block("answer", "".join(parts))


def hits_html(hits: Hits) -> str:
    """The statements found, best first, the sentence that fits best marked."""
    rows = []
    for rank, hit in enumerate(hits, start=1):
        start, end = hit.best_start - hit.start, hit.best_end - hit.start
        before, best, after = hit.text[:start], hit.text[start:end], hit.text[end:]
        text = f"{escape(before)}<mark style='{_MARK}'>{escape(best)}</mark>{escape(after)}"
        rows.append([str(rank), _address(hit.plan, hit.address), text, f"{hit.score:.3f}"])
    return _block("hits", _table(["", "Where", "Statement", "Score"], rows))


def result_html(result: QueryResult) -> str:
    """The rows, triples or truth value of a query; IRIs of known namespaces are shortened."""
    from kgplan.rdf.results import shorten

    header, texts = result.to_table()
    if result.kind == "ask":
        return _block("rows", _table(header, [[escape(text) for text in row] for row in texts]))
    if result.kind == "construct":
        terms = [list(triple) for triple in result.triples[: ROWS_SHOWN + 1]]
        cells = [[_link(shorten(term), term.value if term.kind == "uri" else None) for term in row] for row in terms]
    else:
        cells = [
            [
                _link(text, row[name].value if name in row and row[name].kind == "uri" else None)
                for name, text in zip(header, line, strict=True)
            ]
            for row, line in zip(result.rows[: ROWS_SHOWN + 1], texts, strict=False)
        ]
    return _block("rows", _table(header, cells, total=len(result)))


def plan_html(plan: Plan) -> str:
    """The plan as an outline: its headings, and under each its statements with the agencies that hold them."""
    facts = [plan.id, plan.type, plan.number, plan.issuer, plan.date or plan.year, plan.jurisdiction]
    shown = " · ".join(str(fact) for fact in dict.fromkeys(facts) if fact)
    parts = [
        f"<p><strong>{escape(plan.title)}</strong><br><span style='{_QUIET}'>{escape(shown)} · "
        f"{len(plan.statements)} statements · {len(plan.agencies)} agencies · {len(plan.documents)} documents · "
        f"{len(plan.notes)} notes</span></p>"
    ]
    outline = []
    entries: list[Section | Statement] = [*plan.sections, *plan.statements]
    names = {agency.id: agency.name for agency in plan.agencies}
    for entry in sorted(entries, key=lambda entry: entry.start):
        indent = f"margin:.3em 0 .3em {1.2 * entry.address.count('.'):.1f}em"
        if isinstance(entry, Statement):
            outline.append(f"<div style='{indent}'>{_statement(entry, names)}</div>")
        else:
            title = f"{escape(entry.address)} {escape(entry.title)}"
            outline.append(f"<div style='{indent}'><strong>{title}</strong></div>")
    parts.append(f"<details><summary>Outline</summary>{''.join(outline)}</details>")
    return _block("plan", "".join(parts))


def statement_html(statement: Statement) -> str:
    """The statement with its headings, and each role with the words that name its agency."""
    path = " › ".join(statement.heading_path)
    above = f"<div style='{_QUIET}'>{escape(path)}</div>" if path else ""
    return _block("statement", above + _statement(statement, {}))


def agency_html(agency: Agency) -> str:
    """The agency's names, kind and place among others."""
    facts = {
        "English": agency.name_en,
        "Also": "; ".join(agency.aliases),
        "Kind": agency.kind,
        "Jurisdiction": agency.jurisdiction,
        "Part of": agency.parent,
        "Among": agency.broader,
        "Id": agency.id,
    }
    rows = [[name, escape(value)] for name, value in facts.items() if value]
    return _block("agency", f"<p><strong>{escape(agency.name)}</strong></p>{_table([], rows)}")


def _statement(statement: Statement, names: dict[str, str]) -> str:
    chips = []
    for role in ROLES:
        for agency in statement.agencies(role):
            held = next(r for r in statement.responsibilities if r.agency == agency and r.role == role)
            start, end = held.start - statement.start, held.end - statement.start
            inside = held.inherited is None and 0 <= start < end <= len(statement.text)
            name = names.get(agency) or (statement.text[start:end] if inside else agency)
            chips.append(_chip(role, f"{role}: {name}"))
    head = f"<code>{escape(statement.address)}</code> <span style='{_QUIET}'>{escape(statement.kind)}</span>"
    return f"<div>{head} {' '.join(chips)}</div><div style='{_QUOTE}'>{_lines(escape(statement.text))}</div>"


def _evidence(item: Evidence) -> str:
    heading = f" <span style='{_QUIET}'>{escape(item.heading)}</span>" if item.heading else ""
    text = _lines(_marked(item.text, item.start, item.marks))
    return f"<div style='{_QUOTE}'>{_address(item.plan, item.address, item.iri)}{heading}<br>{text}</div>"


def _marked(text: str, offset: int, marks: Iterable[Mark]) -> str:
    """``text`` escaped, with the ``marks`` (offsets in the plan, where ``text`` begins at ``offset``) highlighted."""
    parts, done = [], 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        start, end = max(mark.start - offset, done), min(mark.end - offset, len(text))
        if start < end:
            parts.append(f"{escape(text[done:start])}<mark style='{_MARK}'>{escape(text[start:end])}</mark>")
            done = end
    return "".join(parts) + escape(text[done:])


def _labels(vietnamese: str | None, english: str | None, language: str, iri: str | None) -> str:
    first, second = (english, vietnamese) if language == "en" and english else (vietnamese or english, None)
    below = f"<br><span style='{_QUIET}'>{escape(second)}</span>" if second and second != first else ""
    return _link(first or iri or "", iri) + below


def _address(plan: str, address: str, iri: str | None = None) -> str:
    return f"{_link(address, iri)} <span style='{_QUIET}'>{escape(plan)}</span>"


def _link(text: str, iri: str | None) -> str:
    if iri is None or not iri.startswith(("http://", "https://")):
        return escape(text)
    return f'<a href="{escape(iri)}" style="color:inherit">{escape(text)}</a>'


def _chip(role: str, text: str) -> str:
    colour = _ROLE_COLOURS[role]
    style = f"background:rgba({colour},.25);border:1px solid rgba({colour},.8);border-radius:.8em;padding:0 .5em"
    return f"<span style='{style}'>{escape(text)}</span>"


def _lines(html: str) -> str:
    return html.replace("\n", "<br>")


def _table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, total: int | None = None, more: str = "more"
) -> str:
    """A table of ``rows`` of HTML; ``total`` is how many rows there are in all, when not all of them are given."""
    head = "".join(f"<th style='{_CELL}'>{escape(name)}</th>" for name in headers)
    body = "".join(
        "<tr>" + "".join(f"<td style='{_CELL}'>{cell}</td>" for cell in row) + "</tr>" for row in rows[:ROWS_SHOWN]
    )
    left = (len(rows) if total is None else total) - min(len(rows), ROWS_SHOWN)
    rest = f"<p style='{_QUIET}'>… {left} {more}</p>" if left else ""
    header = f"<thead><tr>{head}</tr></thead>" if headers else ""
    return f"<table style='border-collapse:collapse'>{header}<tbody>{body}</tbody></table>{rest}"


def _block(kind: str, html: str) -> str:
    return f"<div class='kgplan-{kind}'>{html}</div>"
