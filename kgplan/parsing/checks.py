"""What does not add up in a plan: checked against what the plan says itself, told in notes, never corrected.

======================== =============================================================================
code                     what is told
======================== =============================================================================
sum_mismatch             a quantity does not equal the parts that the plan says it consists of
deadline_before_plan     something is due before the plan's date, or, when it has none, before its year
target_without_owner     a task or assignment sets a target and no agency answers for it
two_leads                more than one agency leads one statement
impossible_date          a date that no calendar has
period_reversed          a span of years that ends before it begins
citation_year_mismatch   an act's date lies in another year than its number says
citation_after_plan      an act cited is dated after the plan
======================== =============================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from kgplan.model import Document, Note, Plan, Statement
from kgplan.parsing.dates import find_deadlines
from kgplan.parsing.sums import WrongSum, wrong_list_sum, wrong_sums
from kgplan.text import decimal

CODES = (
    "sum_mismatch",
    "deadline_before_plan",
    "target_without_owner",
    "two_leads",
    "impossible_date",
    "period_reversed",
    "citation_year_mismatch",
    "citation_after_plan",
)

_DATE = re.compile(
    r"(?<![\w/.,-])(?:(?P<d1>\d{1,2})\s?/\s?(?P<m1>\d{1,2})\s?/\s?(?P<y1>\d{4})(?![\w/])"
    r"|ngày\s+(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4})(?!\w))",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:giai đoạn|nhiệm kỳ|thời kỳ)\s+(?P<begin>(?:19|20)\d{2})\s?[-–]\s?(?P<end>(?:19|20)\d{2})(?!\w)", re.IGNORECASE
)


def check(plan: Plan) -> Iterator[Note]:
    """What does not add up in ``plan``, in the order of its statements."""
    acts = {act.id: act for act in plan.documents}
    for statement in plan.statements:
        yield from _leads(plan, statement)
        yield from _deadlines(plan, statement)
        yield from _owners(statement)
    for statement in (*plan.statements, *plan.context):
        yield from _sums(statement)
        yield from _dates(plan, statement)
        yield from _citations(plan, statement, acts)
    yield from _listed_sums(plan)


def _leads(plan: Plan, statement: Statement) -> Iterator[Note]:
    leads = statement.agencies("leads")
    if len(leads) > 1:
        names = ", ".join(plan.agency(agency).name for agency in leads)
        second = next(r for r in statement.responsibilities if (r.agency, r.role) == (leads[1], "leads"))
        message = f"more than one agency leads ({names})"
        yield _note("two_leads", statement.address, message, second.start, second.end)


def _deadlines(plan: Plan, statement: Statement) -> Iterator[Note]:
    """Those before the plan, which the parser takes for dates of what has happened, among them."""
    begin = plan.date or (f"{plan.year:04d}-01-01" if plan.year else None)
    shown = f"date {plan.date}" if plan.date else f"year {plan.year}"
    due = (*statement.deadlines, *find_deadlines(plan.text, statement.start, statement.end, year=None))
    for (start, end), day in {(d.start, d.end): d.date for d in due if d.date}.items():
        if begin and day < begin:
            message = f"the deadline {day} lies before the plan's {shown}"
            yield _note("deadline_before_plan", statement.address, message, start, end)


def _owners(statement: Statement) -> Iterator[Note]:
    if statement.indicators and statement.kind in ("task", "assignment") and not statement.responsibilities:
        first = statement.indicators[0]
        message = "a target and no agency that answers for it"
        yield _note("target_without_owner", statement.address, message, first.start, first.end)


def _sums(statement: Statement) -> Iterator[Note]:
    for wrong in wrong_sums(statement.text):
        yield _sum_note(wrong, statement.address, statement.start)


def _listed_sums(plan: Plan) -> Iterator[Note]:
    """Sums whose whole stands in a heading and whose parts in the statements under it."""
    under: dict[str, list[str]] = {}
    for statement in plan.statements:
        if statement.section is not None:
            under.setdefault(statement.section, []).append(statement.text)
    divided = {section.parent for section in plan.sections}
    for section in plan.sections:
        if section.address not in divided:
            wrong = wrong_list_sum(plan.text[section.start : section.end], under.get(section.address, []))
            if wrong is not None:
                yield _sum_note(wrong, section.address, section.start)


def _sum_note(wrong: WrongSum, address: str, offset: int) -> Note:
    parts = " + ".join(map(decimal, wrong.parts))
    message = f"{decimal(wrong.value)} {wrong.unit} in all, but the parts add up to {decimal(wrong.summed)} ({parts})"
    return _note("sum_mismatch", address, message, offset + wrong.start, offset + wrong.end)


def _dates(plan: Plan, statement: Statement) -> Iterator[Note]:
    for found in _DATE.finditer(plan.text, statement.start, statement.end):
        year, month, day = (int(found[name + "1"] or found[name + "2"]) for name in "ymd")
        try:
            date(year, month, day)
        except ValueError:
            message = f"{found.group()} is no date of the calendar"
            yield _note("impossible_date", statement.address, message, found.start(), found.end())
    for found in _SPAN.finditer(plan.text, statement.start, statement.end):
        if found["end"] < found["begin"]:
            message = f"the period {found['begin']} - {found['end']} ends before it begins"
            yield _note("period_reversed", statement.address, message, found.start(), found.end())


def _citations(plan: Plan, statement: Statement, acts: Mapping[str, Document]) -> Iterator[Note]:
    for citation in statement.citations:
        act = acts[citation.document]
        if act.date is None or act.number is None:
            continue
        if act.year is not None and act.year != int(act.date[:4]):
            message = f"{act.number} bears the year {act.year} and is dated {act.date}"
            yield _note("citation_year_mismatch", statement.address, message, citation.start, citation.end)
        if plan.date is not None and act.date > plan.date:
            message = f"{act.number} is dated {act.date}, after the plan's date {plan.date}"
            yield _note("citation_after_plan", statement.address, message, citation.start, citation.end)


def _note(code: str, address: str, message: str, start: int, end: int) -> Note:
    return Note(code, f"{address}: {message}", start, end, address)
