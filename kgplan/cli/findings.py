"""``kgplan parse --report`` on a terminal. Imported only when a terminal is there, since rich costs time to import."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from kgplan.plan_report import Finding, PlanReport

_AROUND = 40


def render_plan_report(report: PlanReport, console: Console | None = None) -> None:
    """What was not read, not understood and does not add up: each with its place and its words."""
    out = console or Console(highlight=False)
    facts = report.to_dict()
    out.print(Text(report.plan.title, style="bold"))
    counts = facts["statements"]
    shown = ", ".join(f"{counts[name]} {name.replace('_', ' ')}" for name in counts if name != "all")
    out.print(Text(f"{report.plan.id} · {counts['all']} statements: {shown}", style="dim"))
    if report.not_read:
        _heading(out, "Not read", len(report.not_read))
        for warning in report.not_read:
            out.print(Text(warning))
    _section(out, "Not understood", report.not_understood, report.plan.text)
    _section(out, "Does not add up", report.does_not_add_up, report.plan.text)


def _section(out: Console, title: str, findings: Sequence[Finding], text: str) -> None:
    _heading(out, title, len(findings))
    for finding in findings:
        where = " · ".join(part for part in (finding.address, finding.place, f"{finding.start}:{finding.end}") if part)
        out.print(Text.assemble((f"{finding.code}  ", "yellow"), finding.message, (f"  {where}", "dim")))
        before = text[max(0, finding.start - _AROUND) : finding.start].rpartition("\n")[2]
        after = text[finding.end : finding.end + _AROUND].partition("\n")[0]
        out.print(Padding(Text.assemble((f"…{before}", "dim"), finding.words, (f"{after}…", "dim")), (0, 0, 0, 4)))


def _heading(out: Console, title: str, number: int) -> None:
    out.print()
    out.print(Rule(Text(f"{title}: {number or 'nothing'}", style="bold"), align="left", style="dim", characters="─"))
