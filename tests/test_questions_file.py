"""The gold questions file itself: well formed, balanced, split in two, and pointing at statements that exist."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).parent / "gold"
QUESTIONS = GOLD / "questions.jsonl"
BUILT_IN = "thanh-hoa-2023"

LANGUAGES = {"vi", "nd", "en", "mix"}
ABSTAINED_KINDS = {"off_topic", "near_topic", "unknown_agency", "unknown_document", "agency_no_topic", "empty"}
ANSWERED_KINDS = {
    "leads", "coordinates", "everyone", "tasks", "documents", "document_agencies", "indicators", "count",
    "deadlines", "people", "places", "steps", "yesno", "statements",
}  # fmt: skip
REASONS = {
    "unknown_agency", "unknown_document", "topic_not_in_plan", "nothing_matches", "unsupported_question",
    "empty_question",
}  # fmt: skip
KEYS = {"id", "question", "language", "kind", "split", "plan", "expected", "relevant"}
SYNTHETIC = ("an-toan-thuc-pham-2025", "lam-giang-2024")


def annotation(path: Path) -> list[dict[str, Any]]:
    statements: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["statements"]
    return statements


ANNOTATIONS = {
    BUILT_IN: annotation(GOLD / f"{BUILT_IN}.json"),
    **{plan: annotation(GOLD / "plans" / f"{plan}.json") for plan in SYNTHETIC},
}


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


ROWS = rows()


def test_every_row_has_the_fields_and_known_values() -> None:
    for row in ROWS:
        assert set(row) == KEYS, row["id"]
        assert row["language"] in LANGUAGES, row["id"]
        assert row["kind"] in ANSWERED_KINDS | ABSTAINED_KINDS, row["id"]
        assert row["split"] in {"dev", "test"}, row["id"]
        assert set(row["expected"]) == {"status", "reason", "answers"}, row["id"]


def test_ids_and_questions_are_unique() -> None:
    assert not [key for key, n in Counter(row["id"] for row in ROWS).items() if n > 1]
    asked = Counter((row["plan"], row["question"]) for row in ROWS)
    assert not [key for key, n in asked.items() if n > 1]


def test_text_is_nfc_and_answers_do_not_repeat() -> None:
    text = QUESTIONS.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    for row in ROWS:
        answers = [json.dumps(answer) for answer in row["expected"]["answers"]]
        assert len(answers) == len(set(answers)), row["id"]
        assert len(row["relevant"]) == len(set(row["relevant"])), row["id"]


def test_abstained_rows_have_a_reason_and_nothing_else() -> None:
    for row in ROWS:
        expected = row["expected"]
        if row["kind"] in ABSTAINED_KINDS:
            reasons = expected["reason"] if isinstance(expected["reason"], list) else [expected["reason"]]
            assert expected["status"] == "abstained", row["id"]
            assert reasons, row["id"]
            assert set(reasons) <= REASONS, row["id"]
            assert not expected["answers"], row["id"]
            assert not row["relevant"], row["id"]
        else:
            assert expected["status"] == "answered", row["id"]
            assert expected["reason"] is None, row["id"]
            assert expected["answers"], row["id"]


@pytest.mark.parametrize(
    ("kinds", "expected_type"),
    [
        ({"yesno"}, bool),
        ({"indicators", "count"}, (int, float)),
        (ANSWERED_KINDS - {"yesno", "indicators", "count"}, str),
    ],
)
def test_answers_have_the_type_of_their_kind(kinds: set[str], expected_type: Any) -> None:
    for row in ROWS:
        if row["kind"] in kinds:
            assert all(isinstance(answer, expected_type) for answer in row["expected"]["answers"]), row["id"]


def test_deadlines_are_iso_dates() -> None:
    for row in ROWS:
        if row["kind"] == "deadlines":
            assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", answer) for answer in row["expected"]["answers"]), row["id"]


def test_questions_without_diacritics_have_none() -> None:
    for row in ROWS:
        if row["language"] == "nd":
            assert row["question"].isascii(), row["id"]


def test_every_question_names_a_plan_with_an_annotation() -> None:
    assert {row["plan"] for row in ROWS} == set(ANNOTATIONS)


def test_addresses_exist_in_the_annotated_plan() -> None:
    for row in ROWS:
        addresses = {statement["address"] for statement in ANNOTATIONS[row["plan"]]}
        assert set(row["relevant"]) <= addresses, row["id"]
        if row["kind"] in {"tasks", "statements"}:
            assert set(row["expected"]["answers"]) <= addresses, row["id"]


def test_agencies_of_the_answers_have_a_role_in_a_relevant_statement() -> None:
    for row in ROWS:
        if row["kind"] in {"leads", "coordinates", "everyone", "document_agencies"}:
            held = {
                agency
                for statement in ANNOTATIONS[row["plan"]]
                if statement["address"] in row["relevant"]
                for role in ("leads", "coordinates", "shares")
                for agency in statement[role]
            }
            answers = set(row["expected"]["answers"])
            assert answers == held if row["kind"] in {"coordinates", "everyone"} else answers <= held, row["id"]


def test_documents_of_the_answers_are_cited_in_a_relevant_statement() -> None:
    for row in ROWS:
        if row["kind"] == "documents":
            cited = {
                document if isinstance(document, str) else document["number"] or document["title"]
                for statement in ANNOTATIONS[row["plan"]]
                if statement["address"] in row["relevant"]
                for document in statement["documents"]
            }
            assert set(row["expected"]["answers"]) <= cited, row["id"]


@pytest.mark.parametrize("plan", SYNTHETIC)
def test_annotations_of_the_synthetic_plans_are_verbatim(plan: str) -> None:
    text = (GOLD / "plans" / f"{plan}.txt").read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    for statement in ANNOTATIONS[plan]:
        assert text[statement["start"] : statement["end"]] == statement["text"], statement["address"]


def test_kinds_and_languages_are_all_represented() -> None:
    kinds = Counter(row["kind"] for row in ROWS)
    languages = Counter(row["language"] for row in ROWS)
    assert all(kinds[kind] >= 2 for kind in ANSWERED_KINDS | ABSTAINED_KINDS), kinds
    assert all(languages[language] >= len(ROWS) / 12 for language in LANGUAGES), languages


def test_split_is_half_and_half_in_every_kind_and_language() -> None:
    for key in ("kind", "language"):
        for value in {row[key] for row in ROWS}:
            part = Counter(row["split"] for row in ROWS if row[key] == value)
            assert abs(part["dev"] - part["test"]) <= max(2, len(ROWS) // 30), (value, part)
