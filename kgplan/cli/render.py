"""What people see on a terminal. Imported only when a terminal is there, since rich costs time to import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from kgplan.model import ROLES, Plan, Statement
from kgplan.text import quantity

if TYPE_CHECKING:
    import networkx as nx
    from rich.console import JustifyMethod

    from kgplan.building.report import BuildReport
    from kgplan.corpus import Corpus
    from kgplan.evaluation import By, Evaluation
    from kgplan.networks import Finding, Language
    from kgplan.rdf.shapes import Report

EVIDENCE_SHOWN = 6
NEAREST_SHOWN = 2
HITS_TEXT = 400
UNFOLDED = 100_000

ROLE_STYLE = {"leads": "bold green", "coordinates": "cyan", "shares": "yellow"}
KIND_STYLE = "magenta"
BUILD_STYLE = {"added": "green", "replaced": "cyan", "unchanged": "dim", "removed": "yellow"}
IDS_SHOWN = 12
SHORT = {
    "partners": "part.",
    "coordinates": "coord.",
    "shares": "share",
    "fields": "field",
    "brokerage": "brok.",
    "bridging": "bridg.",
    "cluster": "clus.",
}

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "leads": "leads",
        "coordinates": "coordinates",
        "shares": "shares",
        "role": "Role",
        "result": "Answer",
        "where": "Where",
        "value": "Value",
        "evidence": "Evidence",
        "nearest": "Closest statements",
        "characters": "characters",
        "more": "… and {n} more; --json shows all",
        "understood": "Understood as",
        "others": "other readings",
    },
    "vi": {
        "leads": "chủ trì",
        "coordinates": "phối hợp",
        "shares": "cùng thực hiện",
        "role": "Vai trò",
        "result": "Trả lời",
        "where": "Ở đâu",
        "value": "Giá trị",
        "evidence": "Căn cứ",
        "nearest": "Nội dung gần nhất",
        "characters": "ký tự",
        "more": "… và {n} nội dung nữa; --json cho xem tất cả",
        "understood": "Hiểu là",
        "others": "cách hiểu khác",
    },
}


def render_answer(answer: Mapping[str, Any], corpus: Corpus, console: Console | None = None) -> None:
    """The answer's sentence, its results with roles and addresses, the verbatim evidence and the SPARQL.

    A declined question shows why and the nearest statements; it has no results that a query could give.
    """
    out = console or Console(highlight=False)
    words = WORDS.get(str(answer.get("language")), WORDS["en"])
    answered = answer["status"] == "answered"
    out.print()
    out.print(Text(answer["text"], style="bold" if answered else "bold yellow"))
    out.print(Text(_reading(answer, words), style="dim"))
    if answer["results"]:
        out.print()
        out.print(_results(answer["results"], str(answer.get("language")), words))
    evidence = answer["evidence"]
    if evidence:
        out.print()
        out.print(_heading(words["evidence" if answered else "nearest"]))
        shown = EVIDENCE_SHOWN if answered else NEAREST_SHOWN
        for item in evidence[:shown]:
            out.print(_passage(item, corpus, words))
        if len(evidence) > shown:
            out.print(Text(words["more"].format(n=len(evidence) - shown), style="dim"))
    if answered and answer.get("sparql"):
        out.print()
        out.print(_heading("SPARQL"))
        out.print(Syntax(answer["sparql"].strip(), "sparql", background_color="default", word_wrap=True))


def _change(other: Mapping[str, Any]) -> str:
    """What an alternative changes, as ``--as`` takes it."""
    ((name, value),) = other["interpretation"].items()
    return f"{name}='{other['label_vi']}'" if "/" in value else f"{name}={value}"


def _reading(answer: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """How the question was understood, and what to give ``--as`` for another reading."""
    shown = [f"{name}={value}" for name, value in answer["interpretation"].items() if isinstance(value, str)]
    others = [f"--as {_change(other)}" for other in answer.get("alternatives", ())]
    more = f"; {words['others']}: {', '.join(others)}" if others else ""
    return f"{words['understood']}: {', '.join(shown)}{more}"


def render_hits(hits: Iterable[Mapping[str, Any]], corpus: Corpus, console: Console | None = None) -> None:
    """Ranked statements under their headings."""
    out = console or Console(highlight=False)
    shown = 0
    for hit in hits:
        shown += 1
        out.print(_passage(hit, corpus, WORDS["en"], rank=shown))
    if not shown:
        out.print(Text("nothing found", style="yellow"))


def render_rows(variables: list[str], rows: Iterable[Iterable[str]], console: Console | None = None) -> None:
    """Query results; a value is folded to the terminal's width, never cut, and not folded in a file."""
    out = console or Console(highlight=False)
    if not out.is_terminal:
        out.width = UNFOLDED
    table = Table(box=box.SIMPLE_HEAD, header_style="bold")
    for name in variables:
        table.add_column(f"?{name}", overflow="fold")
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    out.print(table)
    out.print(Text(f"{table.row_count} rows", style="dim"))


def render_plan(plan: Plan, console: Console | None = None) -> None:
    """The plan as an outline: headings, and under each its statements with agencies, documents and dates."""
    out = console or Console(highlight=False)
    out.print(Text(plan.title, style="bold"))
    facts = [plan.id, str(plan.year or "?"), plan.jurisdiction, f"{len(plan.statements)} statements"]
    out.print(Text(" · ".join(facts), style="dim"))
    entries: list[Statement | Any] = sorted([*plan.sections, *plan.statements], key=lambda entry: entry.start)
    for entry in entries:
        depth = entry.address.count(".")
        if isinstance(entry, Statement):
            out.print(Padding(_statement(plan, entry), (0, 0, 0, 2 * depth)))
        else:
            out.print()
            title = Text.assemble((f"{entry.address}  ", "bold cyan"), (entry.title, "bold"))
            out.print(Padding(title, (0, 0, 0, 2 * depth)))
    _notes(plan, out)


def render_report(report: Report, plans: Iterable[Plan], console: Console | None = None) -> None:
    """What the shapes found, then what the parser could not read or what does not add up."""
    out = console or Console(highlight=False)
    verdict = ("the graph conforms to its shapes", "bold green") if report.conforms else ("not valid", "bold red")
    out.print(Text(*verdict))
    for finding in report.results:
        style = "red" if finding.severity == "Violation" else "yellow"
        out.print(Text.assemble((f"{finding.severity}  ", style), finding.message_en, (f"  {finding.focus}", "dim")))
    for plan in plans:
        _notes(plan, out)


def render_info(info: Mapping[str, Any], console: Console | None = None) -> None:
    """A corpus's facts as a table of two columns."""
    out = console or Console(highlight=False)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    _facts(table, info, "")
    out.print(table)


def render_build(info: Mapping[str, Any], report: BuildReport, console: Console | None = None) -> None:
    """How large the corpus now is, and the plans by what became of them."""
    out = console or Console(highlight=False)
    counts = f"{len(info['plans']):,} plans, {info['statements']:,} statements, {info['triples']:,} triples"
    out.print(Text.assemble((f"{info['directories'][0]}  ", "bold"), counts))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, style in BUILD_STYLE.items():
        ids = getattr(report, name)
        if ids:
            shown = ", ".join(ids[:IDS_SHOWN]) + (f" … and {len(ids) - IDS_SHOWN} more" if len(ids) > IDS_SHOWN else "")
            table.add_row(Text(name, style=style), str(len(ids)), Text(shown, style="dim"))
    out.print(table)


def render_network(
    graph: nx.Graph[str],
    findings: Iterable[Finding],
    top: int,
    language: Language,
    console: Console | None = None,
) -> None:
    """The best connected agencies with their measures, then the findings; for the other kinds, the network's size."""
    from kgplan import networks

    out = console or Console(highlight=False)
    kind = graph.graph["kind"]
    out.print(Text(f"{kind} network: {len(graph)} nodes, {graph.number_of_edges()} edges", style="bold"))
    if kind != "coordination":
        out.print(Text("--format json, graphml or gexf writes it out, --figure draws it", style="dim"))
        return
    columns = ("partners", "joint", "leads", "coordinates", "shares", "fields", "brokerage", "bridging", "cluster")
    explanations = networks.explanations(language)
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("agency")
    for name in columns:
        table.add_column(SHORT.get(name, name), justify="right", no_wrap=True)
    rows = networks.measures(graph)
    for row in rows[:top]:
        values = row.to_dict()
        table.add_row(
            (row.label_en if language == "en" else None) or row.label, *(_figure(values[name]) for name in columns)
        )
    out.print(table)
    for name in columns:
        out.print(Text.assemble((f"{name}: ", "bold"), (explanations[name], "dim")))
    if len(rows) > top:
        out.print(Text(f"{len(rows) - top} more agencies; --top N shows more, --json all", style="dim"))
    for finding in findings:
        out.print()
        out.print(Text(finding.question[language], style="bold cyan"))
        out.print(Text(finding.text[language]))
        out.print(Text(finding.explanation[language], style="dim"))


def render_evaluation(evaluation: Evaluation, console: Console | None = None) -> None:
    """The figures by kind and by language, then each answer that is not as expected."""
    out = console or Console(highlight=False)
    by: tuple[By, ...] = ("kind", "language")
    for what in by:
        rows = evaluation.rows(what)
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0))
        for name in rows[0]:
            justify: JustifyMethod = "left" if name == what else "right"
            table.add_column(name.replace("_", " "), justify=justify)
        for row in rows:
            style = "bold" if row[what] == "total" else ""
            table.add_row(*(_figure(value) for value in row.values()), style=style)
        out.print(table)
    wrong = [outcome for outcome in evaluation.outcomes if not outcome.right]
    if wrong:
        out.print(_heading(f"{len(wrong)} answers not as expected"))
    for outcome in wrong:
        out.print(Text.assemble((f"{outcome.question.id} ", "cyan"), outcome.question.question))
        for name, values in (("missing", outcome.missing), ("extra", outcome.extra)):
            if values:
                out.print(Text(f"  {name}: {'; '.join(map(str, values))}", style="dim"))
        if outcome.error or outcome.reason:
            out.print(Text(f"  {outcome.error or outcome.reason}", style="dim"))


def _notes(plan: Plan, out: Console) -> None:
    if not plan.notes:
        return
    out.print()
    out.print(_heading(f"Notes on {plan.id}"))
    for note in plan.notes:
        where = f"{note.address or ''} {note.start}:{note.end}".strip()
        out.print(Text.assemble((f"{note.code}  ", "yellow"), note.message, (f"  {where}", "dim")))


def _figure(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _results(results: Iterable[Mapping[str, Any]], language: str, words: Mapping[str, str]) -> Table:
    rows = list(results)
    with_role = any(row.get("role") for row in rows)
    with_value = any(row.get("value") is not None for row in rows)
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    if with_role:
        table.add_column(words["role"], no_wrap=True)
    table.add_column(words["result"], overflow="fold")
    if with_value:
        table.add_column(words["value"], justify="right", no_wrap=True)
    table.add_column(words["where"], overflow="fold", style="dim")
    for row in rows:
        cells: list[Text] = []
        if with_role:
            role = row.get("role") or ""
            cells.append(Text(words.get(role, role), style=ROLE_STYLE.get(role, "")))
        cells.append(_label(row, language))
        if with_value:
            cells.append(Text(_value(row, language)))
        cells.append(Text(", ".join(row.get("addresses") or ())))
        table.add_row(*cells)
    return table


def _label(row: Mapping[str, Any], language: str) -> Text:
    vietnamese, english = row.get("label_vi") or "", row.get("label_en") or ""
    if language == "vi" or not english or english == vietnamese:
        return Text(vietnamese or english or str(row.get("iri") or row.get("type") or ""))
    return Text.assemble(english, (f"\n{vietnamese}", "dim")) if vietnamese else Text(english)


def _value(row: Mapping[str, Any], language: str) -> str:
    value = row.get("value")
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return quantity(value, row.get("value_max"), row.get("unit") or "", row.get("comparator") or "=", language)


def _passage(item: Mapping[str, Any], corpus: Corpus, words: Mapping[str, str], *, rank: int | None = None) -> Group:
    """A statement's address and place, its headings, and its words as the plan prints them."""
    head = Text()
    if rank is not None:
        head.append(f"{rank}. ", style="dim")
    head.append(item["address"], style="bold cyan")
    place = [str(item["plan"])]
    if item.get("start") is not None:
        place.append(f"{words['characters']} {item['start']}–{item['end']}")
    if rank is not None and item.get("score") is not None:
        place.append(f"score {item['score']:.3f}")
    head.append("  " + " · ".join(place), style="dim")
    statement = corpus.plan(item["plan"]).statement(item["address"])
    parts: list[Text | Padding] = [Text(), head]
    if statement.heading_path:
        parts.append(Padding(Text(" › ".join(statement.heading_path), style="dim italic"), (0, 0, 0, 2)))
    text = item["text"]
    shown = text if rank is None or len(text) <= HITS_TEXT else text[:HITS_TEXT] + "…"
    parts.append(Padding(Text(shown), (0, 0, 0, 2)))
    return Group(*parts)


def _statement(plan: Plan, statement: Statement) -> Group:
    head = Text.assemble((f"{statement.address} ", "cyan"), (statement.kind, KIND_STYLE))
    parts: list[Text] = [head, Text(statement.text)]
    for role in ROLES:
        names = [plan.agency(agency).name for agency in statement.agencies(role)]
        if names:
            parts.append(Text.assemble((f"{role}: ", ROLE_STYLE[role]), "; ".join(names)))
    documents = dict.fromkeys(citation.document for citation in statement.citations)
    if documents:
        cited = [plan.document(key) for key in documents]
        parts.append(Text.assemble(("cites: ", "blue"), "; ".join(d.number or d.title or d.id for d in cited)))
    if statement.indicators:
        targets = "; ".join(
            f"{i.name}: {quantity(i.value, i.value_max, i.unit, i.comparator, plan.language)}"
            for i in statement.indicators
        )
        parts.append(Text.assemble(("targets: ", "blue"), targets))
    if statement.deadlines:
        parts.append(Text.assemble(("due: ", "blue"), "; ".join(d.date or d.text for d in statement.deadlines)))
    return Group(*parts)


def _facts(table: Table, value: Mapping[str, Any], prefix: str) -> None:
    for key, item in value.items():
        name = f"{prefix}{key}"
        if isinstance(item, Mapping):
            _facts(table, item, f"{name}.")
        elif isinstance(item, list) and item and all(isinstance(entry, Mapping) for entry in item):
            for number, entry in enumerate(item, start=1):
                _facts(table, entry, f"{name}[{number}].")
        else:
            table.add_row(name, Text(", ".join(map(str, item)) if isinstance(item, list) else str(item)))


def _heading(title: str) -> Rule:
    return Rule(Text(title, style="bold"), align="left", style="dim", characters="─")
