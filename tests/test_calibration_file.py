"""The calibration topics: every address exists, and the spread is the one the datasheet promises."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kgplan.text import has_diacritics, key

ROOT = Path(__file__).parents[1]
TOPICS = ROOT / "benchmarks" / "calibration" / "topics.jsonl"
GOLD = ROOT / "tests" / "gold"
ANNOTATIONS = {
    "thanh-hoa-2023": GOLD / "thanh-hoa-2023.json",
    "lam-giang-2024": GOLD / "plans" / "lam-giang-2024.json",
    "an-toan-thuc-pham-2025": GOLD / "plans" / "an-toan-thuc-pham-2025.json",
}
SHARES = {"vi": 0.35, "nd": 0.20, "en": 0.35, "mix": 0.10}


def read_topics() -> list[dict[str, Any]]:
    return [json.loads(line) for line in TOPICS.read_text(encoding="utf-8").splitlines()]


def addresses(plan: str) -> list[str]:
    annotation = json.loads(ANNOTATIONS[plan].read_text(encoding="utf-8"))
    return [statement["address"] for statement in annotation["statements"]]


def test_each_line_has_the_documented_keys() -> None:
    for topic in read_topics():
        assert list(topic) == ["plan", "topic", "language", "on", "maybe"]
        assert topic["topic"] == topic["topic"].strip() != ""


def test_number_of_phrases_a_plan() -> None:
    assert Counter(topic["plan"] for topic in read_topics()) == {
        "thanh-hoa-2023": 260,
        "lam-giang-2024": 90,
        "an-toan-thuc-pham-2025": 90,
    }


def test_no_phrase_twice_in_a_plan() -> None:
    seen = Counter((topic["plan"], key(topic["topic"])) for topic in read_topics())
    assert [phrase for phrase, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("plan", ANNOTATIONS)
def test_addresses_are_those_of_the_annotation_in_order(plan: str) -> None:
    known = addresses(plan)
    for topic in read_topics():
        if topic["plan"] != plan:
            continue
        for part in ("on", "maybe"):
            assert topic[part] == [a for a in known if a in set(topic[part])], topic["topic"]
        assert not set(topic["on"]) & set(topic["maybe"]), topic["topic"]


@pytest.mark.parametrize("plan", ANNOTATIONS)
def test_at_least_two_in_five_phrases_are_on_no_statement(plan: str) -> None:
    topics = [topic for topic in read_topics() if topic["plan"] == plan]
    empty = [topic for topic in topics if not topic["on"]]
    assert len(empty) >= 0.4 * len(topics)


@pytest.mark.parametrize("plan", ANNOTATIONS)
def test_spread_over_languages(plan: str) -> None:
    topics = [topic for topic in read_topics() if topic["plan"] == plan]
    counts = Counter(topic["language"] for topic in topics)
    assert set(counts) == set(SHARES)
    for language, share in SHARES.items():
        assert counts[language] == pytest.approx(share * len(topics), abs=1), language


def test_language_fits_the_letters() -> None:
    for topic in read_topics():
        if topic["language"] == "vi":
            assert has_diacritics(topic["topic"]), topic["topic"]
        if topic["language"] in ("nd", "en"):
            assert topic["topic"].isascii(), topic["topic"]
