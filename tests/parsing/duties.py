"""Shared by the tests of who does what: a plan of a body of text, and its roles in short."""

from __future__ import annotations

from kgplan.model import Plan
from kgplan.parsing import parse

HEAD = "KẾ HOẠCH\nPhát triển tỉnh Nghệ An năm 2024\n\n"


def read(body: str) -> Plan:
    return parse(HEAD + body, jurisdiction="nghe-an")


def said(plan: Plan, address: str) -> str:
    """The agencies with a role in a statement: "L" for who leads, "C" for partners, "S" for those who share."""
    statement = plan.statement(address)
    roles = (("L", "leads"), ("C", "coordinates"), ("S", "shares"))
    listed = [(mark, [plan.agency(a).name for a in statement.agencies(role)]) for mark, role in roles]
    return "; ".join(f"{mark} {', '.join(names)}" for mark, names in listed if names)
