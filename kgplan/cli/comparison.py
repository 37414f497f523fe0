"""A comparison on a terminal. Imported only when a terminal is there, since rich costs time to import."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from kgplan.comparing.result import Cited, Comparison, Contradiction, Place, Target, TaskMatch

_TEXT = 160
_LOST, _GAINED, _CHANGED = "red", "green", "yellow"


def render_comparison(comparison: Comparison, console: Console | None = None) -> None:
    """What contradicts first, then tasks, agencies, targets and citations: changed, lost (-), gained (+)."""
    out = console or Console(highlight=False)
    for mark, style, side in (("-", _LOST, comparison.a), ("+", _GAINED, comparison.b)):
        out.print(Text.assemble((f"{mark} {side.id}  ", style), (side.title, "bold"), (f"  {side.year or ''}", "dim")))
    out.print(_summary(comparison))
    _contradictions(out, comparison.contradictions)
    changed = [match for match in comparison.tasks if match.changes]
    _heading(out, "Tasks that changed", len(changed))
    for match in changed:
        out.print(_match(match))
    _places(out, "Tasks lost", comparison.tasks_lost, "-", _LOST)
    _places(out, "Tasks gained", comparison.tasks_gained, "+", _GAINED)
    _agencies(out, comparison)
    _targets(out, comparison)
    _citations(out, comparison)


def _summary(comparison: Comparison) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("", "same", "changed", "lost", "gained"):
        table.add_column(name, justify="left" if not name else "right")
    changed = sum(bool(match.changes) for match in comparison.tasks)
    rows = {
        "tasks": (len(comparison.tasks) - changed, changed, comparison.tasks_lost, comparison.tasks_gained),
        "agencies": ("", len(comparison.agencies_changed), comparison.agencies_lost, comparison.agencies_gained),
        "targets": ("", len(comparison.targets_changed), comparison.targets_lost, comparison.targets_gained),
        "citations": ("", len(comparison.citations_changed), comparison.citations_lost, comparison.citations_gained),
    }
    for name, (same, altered, lost, gained) in rows.items():
        table.add_row(name, str(same), str(altered), str(len(lost)), str(len(gained)))
    return table


def _contradictions(out: Console, found: Sequence[Contradiction]) -> None:
    _heading(out, "Contradictions", len(found))
    for one in sorted(found, key=lambda contradiction: not contradiction.same_period):
        when = "" if one.same_period else "  (of different years)"
        out.print(Text.assemble((f"{one.kind}  ", "bold"), _short(one.about), (when, "dim")))
        for mark, style, place, says in (("-", _LOST, one.a, one.a_says), ("+", _GAINED, one.b, one.b_says)):
            out.print(
                Padding(Text.assemble((f"{mark} {place.address}  ", style), "; ".join(says)), (0, 0, 0, 2)),
            )


def _match(match: TaskMatch) -> Group:
    head = Text.assemble(
        (f"{match.a.address} → {match.b.address}", "bold cyan"),
        (f"  score {match.score:.2f}  ", "dim"),
        _short(match.b.text),
    )
    lines: list[Text | Padding] = [head]
    for change in match.changes:
        line = Text(f"{change.aspect}: ")
        line.append(" ".join(f"-{name}" for name in change.lost), style=_LOST)
        line.append(" " if change.lost and change.gained else "")
        line.append(" ".join(f"+{name}" for name in change.gained), style=_GAINED)
        lines.append(Padding(line, (0, 0, 0, 2)))
    return Group(*lines)


def _places(out: Console, title: str, places: Sequence[Place], mark: str, style: str) -> None:
    _heading(out, title, len(places))
    for place in places:
        out.print(Text.assemble((f"{mark} {place.address}  ", style), _short(place.text)))


def _agencies(out: Console, comparison: Comparison) -> None:
    groups = (
        ("-", _LOST, comparison.agencies_lost),
        ("+", _GAINED, comparison.agencies_gained),
        ("~", _CHANGED, comparison.agencies_changed),
    )
    _heading(out, "Agencies", sum(len(shares) for _, _, shares in groups))
    if not any(shares for _, _, shares in groups):
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("agency", overflow="fold")
    for name in ("leads", "coordinates", "shares"):
        table.add_column(name, justify="right")
    for mark, style, shares in groups:
        for share in shares:
            counts = (_counts(*share.leads), _counts(*share.coordinates), _counts(*share.shares))
            table.add_row(Text.assemble((f"{mark} ", style), share.name), *counts)
    out.print(table)


def _counts(before: int, after: int) -> str:
    return str(before) if before == after else f"{before} → {after}"


def _targets(out: Console, comparison: Comparison) -> None:
    targets: list[tuple[str, str, Iterable[Target]]] = [
        ("-", _LOST, comparison.targets_lost),
        ("+", _GAINED, comparison.targets_gained),
    ]
    _heading(
        out,
        "Targets",
        len(comparison.targets_changed) + len(comparison.targets_lost) + len(comparison.targets_gained),
    )
    for change in comparison.targets_changed:
        values = Text.assemble((change.a.words, _LOST), " → ", (change.b.words, _GAINED))
        out.print(Text.assemble(("~ ", _CHANGED), f"{change.b.name}: ", values, _where(change.a.place, change.b.place)))
    for mark, style, found in targets:
        for target in found:
            out.print(Text.assemble((f"{mark} ", style), f"{target.name}: {target.words}", _where(target.place)))


def _citations(out: Console, comparison: Comparison) -> None:
    cited: list[tuple[str, str, Sequence[Cited]]] = [
        ("-", _LOST, comparison.citations_lost),
        ("+", _GAINED, comparison.citations_gained),
    ]
    changed = comparison.citations_changed
    _heading(out, "Citations", len(changed) + sum(len(acts) for _, _, acts in cited))
    for change in changed:
        ways = f"{', '.join(change.a.relations)} → {', '.join(change.b.relations)}"
        out.print(Text.assemble(("~ ", _CHANGED), f"{change.b.label}: {ways}"))
    for mark, style, acts in cited:
        for act in acts:
            out.print(Text.assemble((f"{mark} ", style), act.label, (f"  {', '.join(act.addresses)}", "dim")))


def _where(*places: Place) -> tuple[str, str]:
    return f"  {' → '.join(place.address for place in places)}", "dim"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TEXT else line[: _TEXT - 1] + "…"


def _heading(out: Console, title: str, number: int) -> None:
    out.print()
    out.print(Rule(Text(f"{title}: {number or 'none'}", style="bold"), align="left", style="dim", characters="─"))
