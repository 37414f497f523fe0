"""The parser against the hand-made annotation of the built-in plan: precision and recall, field by field."""

from __future__ import annotations

import json
from collections import Counter
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kgplan.model import Plan, Statement
from kgplan.parsing import parse
from kgplan.reading import read

GOLD: dict[str, Any] = json.loads((Path(__file__).parent / "gold" / "thanh-hoa-2023.json").read_text(encoding="utf-8"))
FIELDS = (
    "plan",
    "address",
    "kind",
    "text",
    "offsets",
    "heading_path",
    "leads",
    "coordinates",
    "shares",
    "assigned_by",
    "document",
    "document.title",
    "document.type",
    "document.issuer",
    "document.date",
    "indicator",
    "indicator.name",
    "deadline",
    "period",
    "place",
    "person",
    "context",
    "context.person",
    "context.place",
)

Items = Counter[tuple[str, str]]


def _document_items(address: str, documents: list[dict[str, Any]], items: dict[str, Items]) -> None:
    for document in documents:
        key = (document["number"] or document["title"]).casefold()
        items["document"][(address, key)] += 1
        for part in ("title", "type", "issuer", "date"):
            if document[part] is not None:
                items[f"document.{part}"][(address, f"{key}: {document[part].casefold()}")] += 1


def _person(person: dict[str, Any]) -> str:
    return f"{person['name']}, {person['office']}, {person['agency']}"


def _items(data: dict[str, Any]) -> dict[str, Items]:
    """Every field's items as a multiset of (address, value)."""
    items: dict[str, Items] = {name: Counter() for name in FIELDS}
    for key in ("id", "title", "year", "jurisdiction", "language"):
        items["plan"][(key, str(data["plan"][key]))] += 1
    for statement in data["statements"]:
        address = statement["address"]
        items["address"][(address, "")] += 1
        items["kind"][(address, statement["kind"])] += 1
        items["text"][(address, statement["text"])] += 1
        items["offsets"][(address, f"{statement['start']}:{statement['end']}")] += 1
        items["heading_path"][(address, " > ".join(statement["heading_path"]))] += 1
        for name in ("leads", "coordinates", "shares", "assigned_by"):
            for agency in statement[name]:
                items[name][(address, agency)] += 1
        _document_items(address, statement["documents"], items)
        for indicator in statement["indicators"]:
            quantity = f"{indicator['comparator']} {indicator['value']:g} {indicator['unit']}"
            items["indicator"][(address, quantity)] += 1
            items["indicator.name"][(address, f"{quantity}: {indicator['key']}")] += 1
        for date, inclusive in zip(statement["deadlines"], statement["deadlines_inclusive"], strict=True):
            items["deadline"][(address, f"{date} {'inclusive' if inclusive else 'exclusive'}")] += 1
        for begin, end in statement["periods"]:
            items["period"][(address, f"{begin} - {end}")] += 1
        for place in statement["places"]:
            items["place"][(address, place)] += 1
        for person in statement["persons"]:
            items["person"][(address, _person(person))] += 1
    for block in data["context"]:
        items["context"][(block["address"], f"{block['start']}:{block['end']} {block['text']}")] += 1
        for person in block["persons"]:
            items["context.person"][(block["address"], _person(person))] += 1
        for place in block["places"]:
            items["context.place"][(block["address"], place)] += 1
    return items


def _gold_keys(address: str) -> dict[float, str]:
    for statement in GOLD["statements"]:
        if statement["address"] == address:
            return {indicator["value"]: indicator["key"] for indicator in statement["indicators"]}
    return {}


def _statement_data(plan: Plan, statement: Statement) -> dict[str, Any]:
    """What the parser found in one statement, in the shape of the gold file."""
    place_names = {place.id: place.name for place in plan.places}
    keys = _gold_keys(statement.address)
    documents = [plan.document(i) for i in dict.fromkeys(citation.document for citation in statement.citations)]
    assigners = dict.fromkeys(r.assigned_by for r in statement.responsibilities if r.assigned_by)
    return {
        "address": statement.address,
        "kind": statement.kind,
        "text": statement.text,
        "start": statement.start,
        "end": statement.end,
        "heading_path": list(statement.heading_path),
        "leads": [plan.agency(i).name for i in statement.agencies("leads")],
        "coordinates": [plan.agency(i).name for i in statement.agencies("coordinates")],
        "shares": [plan.agency(i).name for i in statement.agencies("shares")],
        "assigned_by": [plan.agency(i).name for i in assigners],
        "documents": [
            {"number": d.number, "title": d.title, "type": d.type, "issuer": d.issuer, "date": d.date}
            for d in documents
        ],
        "indicators": [
            {
                # The name counts as found when it holds the gold's key words.
                "key": key if (key := keys.get(i.value, "?")).casefold() in i.name.casefold() else i.name,
                "value": i.value,
                "unit": i.unit,
                "comparator": i.comparator,
            }
            for i in statement.indicators
        ],
        "deadlines": [deadline.date for deadline in statement.deadlines],
        "deadlines_inclusive": [deadline.inclusive for deadline in statement.deadlines],
        "periods": list(dict.fromkeys((period.begin, period.end_year) for period in statement.periods)),
        "places": list(dict.fromkeys(place_names[mention.place] for mention in statement.places)),
        "persons": [
            {"name": p.name, "office": p.office, "agency": plan.agency(p.agency).name if p.agency else None}
            for p in statement.persons
        ],
    }


@pytest.fixture(scope="module")
def plan() -> Plan:
    source = resources.files("kgplan.data").joinpath("plans", "thanh-hoa-2023.vi.txt").read_bytes()
    text = read(source, name="thanh-hoa-2023.vi.txt")
    return parse(text, plan_id=GOLD["plan"]["id"], source_name="thanh-hoa-2023.vi.txt")


@pytest.fixture(scope="module")
def found(plan: Plan) -> dict[str, Items]:
    data = {
        "plan": {key: getattr(plan, key) for key in ("id", "title", "year", "jurisdiction", "language")},
        "statements": [_statement_data(plan, statement) for statement in plan.statements],
        "context": [_statement_data(plan, block) for block in plan.context],
    }
    return _items(data)


EXPECTED = _items(GOLD)


def _scores(expected: Items, found: Items) -> tuple[float, float]:
    hits = (expected & found).total()
    precision = hits / found.total() if found.total() else 1.0
    recall = hits / expected.total() if expected.total() else 1.0
    return precision, recall


def test_the_table_of_precision_and_recall(found: dict[str, Items]) -> None:
    print(f"\n{'field':<16} {'gold':>5} {'found':>5} {'P':>5} {'R':>5}")
    for name in FIELDS:
        precision, recall = _scores(EXPECTED[name], found[name])
        print(f"{name:<16} {EXPECTED[name].total():>5} {found[name].total():>5} {precision:5.2f} {recall:5.2f}")
    assert EXPECTED["address"].total() == 56


@pytest.mark.parametrize("name", FIELDS)
def test_precision_and_recall_are_one(found: dict[str, Items], name: str) -> None:
    missing = EXPECTED[name] - found[name]
    surplus = found[name] - EXPECTED[name]
    lines = [f"  missing {address}: {value}" for address, value in sorted(missing)]
    lines += [f"  surplus {address}: {value}" for address, value in sorted(surplus)]
    precision, recall = _scores(EXPECTED[name], found[name])
    assert (precision, recall) == (1.0, 1.0), f"{name}: P {precision:.2f} R {recall:.2f}\n" + "\n".join(lines)


def test_gold_statements_are_verbatim(plan: Plan) -> None:
    for entry in (*GOLD["statements"], *GOLD["context"]):
        assert plan.text[entry["start"] : entry["end"]] == entry["text"], entry["address"]


def test_gold_statements_and_context_do_not_overlap() -> None:
    spans = sorted((entry["start"], entry["end"]) for entry in (*GOLD["statements"], *GOLD["context"]))
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
