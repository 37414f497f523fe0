"""What the parser did not understand, and what does not add up in a plan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kgplan.model import Agency, Note, Statement
from kgplan.parsing.level import level

_DUTY = re.compile(r"(?<!\w)(?:chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm)(?!\w)")
_PARTS = re.compile(r"(?<!\w)(?<!không )(?<!không bao )(?:gồm|chia|trong đó|bao gồm)(?!\w)")


def statement_notes(statement: Statement, agencies: dict[str, Agency], plan_date: str | None) -> Iterator[Note]:
    """The notes on one statement."""
    address, start = statement.address, statement.start
    duty = _DUTY.search(level(statement.text))
    if duty and not statement.responsibilities:
        yield Note(
            "no_agency",
            f"{address}: a duty ({duty.group()}) and no agency that has it",
            start + duty.start(),
            start + duty.end(),
            address,
        )
    seen: set[str] = set()
    for role in statement.responsibilities:
        agency = agencies[role.agency]
        if not agency.in_registry and not agency.collective and agency.id not in seen:
            seen.add(agency.id)
            yield Note(
                "unknown_agency", f"{address}: {agency.name} is not in the registry", role.start, role.end, address
            )
    leads = [r for r in statement.responsibilities if r.role == "leads"]
    if len(leads) > 1:
        names = ", ".join(agencies[r.agency].name for r in leads)
        yield Note(
            "two_leads", f"{address}: more than one agency leads ({names})", leads[1].start, leads[1].end, address
        )
    for deadline in statement.deadlines:
        if plan_date and deadline.date and deadline.date < plan_date:
            yield Note(
                "deadline_before_plan",
                f"{address}: the deadline {deadline.date} lies before the plan's date {plan_date}",
                deadline.start,
                deadline.end,
                address,
            )
    if statement.indicators and statement.kind in ("task", "assignment") and not statement.responsibilities:
        first = statement.indicators[0]
        yield Note(
            "target_without_owner",
            f"{address}: a target and no agency that answers for it",
            first.start,
            first.end,
            address,
        )
    yield from _sums(statement)


def _sums(statement: Statement) -> Iterator[Note]:
    """A count said to consist of others must be their sum."""
    counts = [i for i in statement.indicators if i.comparator == "=" and i.value == int(i.value) and i.unit != "%"]
    if len(counts) < 3:
        return
    total = counts[0]
    parts = _PARTS.search(level(statement.text), total.end - statement.start)
    if parts is None:
        return
    listed = [i for i in counts[1:] if i.unit == total.unit and i.start >= statement.start + parts.start()]
    summed = sum(i.value for i in listed)
    if len(listed) > 1 and summed != total.value:
        yield Note(
            "sum_mismatch",
            f"{statement.address}: {total.value:g} {total.unit} in all, but the parts add up to {summed:g}",
            total.start,
            total.end,
            statement.address,
        )


def unread(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Note]:
    """Headings with nothing under them: their words were read, but they state nothing."""
    for start, end in spans:
        yield Note("unparsed", f"nothing stands under the heading “{text[start:end][:60]}”", start, end)
