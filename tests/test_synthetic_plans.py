"""The parser against the hand-made annotations of the synthetic plans, whose layouts are not the built-in plan's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kgplan.model import Plan
from kgplan.parsing import parse
from kgplan.reading import read
from kgplan.text import key

PLANS = Path(__file__).parent / "gold" / "plans"
ROLES = ("leads", "coordinates", "shares")


@pytest.fixture(scope="module", params=["an-toan-thuc-pham-2025", "lam-giang-2024"])
def pair(request: pytest.FixtureRequest) -> tuple[Plan, list[dict[str, Any]]]:
    gold = json.loads((PLANS / f"{request.param}.json").read_text(encoding="utf-8"))
    return parse(read(PLANS / f"{request.param}.txt"), plan_id=request.param), gold["statements"]


def test_statements_stand_at_their_addresses(pair: tuple[Plan, list[dict[str, Any]]]) -> None:
    plan, gold = pair
    found = [(statement.address, statement.start, statement.text) for statement in plan.statements]
    assert found == [(statement["address"], statement["start"], statement["text"]) for statement in gold]


def test_agencies_hold_their_roles(pair: tuple[Plan, list[dict[str, Any]]]) -> None:
    plan, gold = pair
    for expected in gold:
        statement = plan.statement(expected["address"])
        for role in ROLES:
            names = [key(plan.agency(agency).name) for agency in statement.agencies(role)]
            assert names == [key(name) for name in expected[role]], (expected["address"], role)


def test_documents_and_deadlines(pair: tuple[Plan, list[dict[str, Any]]]) -> None:
    plan, gold = pair
    for expected in gold:
        statement = plan.statement(expected["address"])
        documents = [plan.document(citation.document) for citation in statement.citations]
        assert [d.number or d.title for d in documents] == expected["documents"], expected["address"]
        assert [d.date for d in statement.deadlines] == expected["deadlines"], expected["address"]
