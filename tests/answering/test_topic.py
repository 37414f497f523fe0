"""The topic filter: what a plan says on a topic, that it says nothing, and the file of weights."""

from __future__ import annotations

import json
import math

import pytest

import kgplan
from kgplan.answering.catalogue import Catalogue
from kgplan.answering.topic import FEATURES, PRESENCE, TopicFinder
from kgplan.resources import DATA


@pytest.fixture(scope="module")
def finder() -> TopicFinder:
    corpus = kgplan.open_corpus()
    return TopicFinder(corpus._index, Catalogue(corpus._store))


def addresses(finder: TopicFinder, topic: str) -> list[str]:
    return [match.statement.rsplit("/", 1)[1] for match in finder.find(topic)]


def test_the_file_has_a_weight_for_every_feature_and_cuts_that_are_probabilities() -> None:
    data = json.loads((DATA / "topic_filter.json").read_text("utf-8"))
    for part, names in (("statement", FEATURES), ("presence", PRESENCE)):
        assert tuple(data[part]["weights"]) == names
        assert all(math.isfinite(value) for value in (*data[part]["weights"].values(), data[part]["bias"]))
    assert all(0 <= data[cut] <= 1 for cut in ("answer", "include", "relative"))


@pytest.mark.parametrize("part", ["odds", "dense", "coverage_behind", "topic", "fused", "last"])
def test_what_speaks_for_a_topic_has_a_positive_weight(part: str) -> None:
    assert json.loads((DATA / "topic_filter.json").read_text("utf-8"))["presence"]["weights"][part] > 0


@pytest.mark.parametrize("part", ["missed", "unheard", "foreign", "everyday"])
def test_what_speaks_against_a_topic_has_a_negative_weight(part: str) -> None:
    assert json.loads((DATA / "topic_filter.json").read_text("utf-8"))["presence"]["weights"][part] < 0


@pytest.mark.parametrize("topic", ["chuyển đổi số", "chuyen doi so", "digital transformation"])
def test_a_topic_of_the_plan_is_found_in_every_language(finder: TopicFinder, topic: str) -> None:
    assert addresses(finder, topic) == addresses(finder, "chuyển đổi số") != []


@pytest.mark.parametrize(
    "topic", ["bầu cử tổng thống", "metro lines", "luyen thi ielts", "hôn nhân đồng giới", "kindergarten fees"]
)
def test_a_topic_the_plan_says_nothing_on_is_not_found(finder: TopicFinder, topic: str) -> None:
    assert addresses(finder, topic) == []


@pytest.mark.parametrize(
    "topic", ["tuyển quân", "dau gia quyen su dung dat", "phòng sốt xuất huyết", "bảng giá đất", "teacher shortage"]
)
def test_a_matter_narrower_than_those_of_the_plan_is_not_found(finder: TopicFinder, topic: str) -> None:
    assert addresses(finder, topic) == []


def test_statements_that_hold_the_topic_word_for_word_are_found_beside_a_surer_one(finder: TopicFinder) -> None:
    assert set(addresses(finder, "Covid-19")) == {"D.7", "E.V.5"}


def test_the_surest_come_first_and_only_candidates_are_given(finder: TopicFinder) -> None:
    found = finder.find("thu ngân sách")
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
    assert all(0 < m.score < 1 for m in found)
    assert len(found) > 1
    last = found[-1].statement
    assert [m.statement for m in finder.find("thu ngân sách", [last])] in ([last], [])
    assert finder.find("thu ngân sách", []) == []


def test_the_nearest_is_one_even_where_nothing_is_surely_on_the_topic(finder: TopicFinder) -> None:
    candidates = [match.statement for match in finder.find("thu ngân sách")]
    assert len(finder.nearest("thu ngân sách", candidates)) == 1
    assert finder.nearest("thu ngân sách", []) == []
