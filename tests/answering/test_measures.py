"""Superlatives, numbers and comparisons of what is asked for, and agencies that hold one role only."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

import kgplan
from kgplan import Corpus


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return kgplan.open_corpus()


@pytest.fixture(scope="module")
def agencies_of(corpus: Corpus) -> dict[str, set[str]]:
    plan = corpus.plan("thanh-hoa-2023")
    return {
        s.address: {r.agency for r in s.responsibilities}
        for s in plan.statements
        if s.kind in ("task", "assignment", "arrangement") and s.responsibilities
    }


@pytest.fixture(scope="module")
def led(corpus: Corpus) -> Counter[str]:
    plan = corpus.plan("thanh-hoa-2023")
    names = {a.id: a.name for a in plan.agencies}
    return Counter(names[r.agency] for s in plan.statements for r in s.responsibilities if r.role == "leads")


def got(corpus: Corpus, question: str) -> set[Any]:
    answer = corpus.ask(question)
    assert answer.status == "answered", answer.text
    return {
        next(iter(r.addresses)) if r.type == "task" else r.label_vi if r.label_vi else r.value for r in answer.results
    }


@pytest.mark.parametrize(
    "question",
    [
        "Nhiệm vụ nào có nhiều đơn vị tham gia nhất?",
        "nhiem vu nao co nhieu co quan tham gia nhat",
        "Which task involves the most agencies?",
    ],
)
def test_the_tasks_with_most_agencies(corpus: Corpus, agencies_of: dict[str, set[str]], question: str) -> None:
    most = max(map(len, agencies_of.values()))
    assert got(corpus, question) == {a for a, names in agencies_of.items() if len(names) == most}


@pytest.mark.parametrize(
    "question", ["tasks with at least three agencies", "Nhiệm vụ nào có ít nhất 3 đơn vị tham gia?"]
)
def test_tasks_with_so_many_agencies(corpus: Corpus, agencies_of: dict[str, set[str]], question: str) -> None:
    assert got(corpus, question) == {a for a, names in agencies_of.items() if len(names) >= 3}


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("Cơ quan nào chủ trì từ 3 nhiệm vụ trở lên?", lambda n: n >= 3),
        ("Cơ quan nào chủ trì ít nhất 2 nhiệm vụ?", lambda n: n >= 2),
        ("Which agencies lead more than one task?", lambda n: n >= 2),
        ("Cơ quan nào chủ trì hai nhiệm vụ?", lambda n: n == 2),
        ("Which agencies lead fewer than two tasks?", lambda n: n < 2),
    ],
)
def test_agencies_with_so_many_tasks(corpus: Corpus, led: Counter[str], question: str, fits: Any) -> None:
    assert got(corpus, question) == {name for name, n in led.items() if fits(n)}


@pytest.mark.parametrize(
    "question", ["How many agencies lead more than one task?", "Có bao nhiêu cơ quan chủ trì hơn một nhiệm vụ?"]
)
def test_how_many_have_so_many(corpus: Corpus, led: Counter[str], question: str) -> None:
    assert got(corpus, question) == {sum(n > 1 for n in led.values())}


def test_of_two_agencies_the_one_with_more(corpus: Corpus) -> None:
    for question in (
        "Sở nào nhiều việc hơn, Sở Công Thương hay Sở Xây dựng?",
        "Who has more tasks, the Department of Industry and Trade or the Department of Construction?",
    ):
        assert got(corpus, question) == {"Sở Công Thương"}


def test_agencies_that_hold_one_role_only(corpus: Corpus) -> None:
    for question in ("Cơ quan nào chỉ phối hợp mà không chủ trì?", "Which agencies only coordinate?"):
        assert got(corpus, question) == {"Bộ Tài chính", "Cục Hải quan Thanh Hóa"}


def test_ranked_results_say_where_and_what(corpus: Corpus) -> None:
    for result in corpus.ask("Which document is cited most often?").results:
        assert result.label_vi
        assert len(result.addresses) == result.value


@pytest.mark.parametrize("question", ["so nao chu tri nhieu nhiem vu nhat", "Which agencies lead more than one task?"])
def test_the_evidence_of_a_ranking_is_what_the_ranked_do(corpus: Corpus, question: str) -> None:
    answer = corpus.ask(question)
    stated = [e.address for e in answer.evidence]
    assert set(stated) == {a for r in answer.results for a in r.addresses}
    assert all(e.marks for e in answer.evidence)
    assert all(list(r.addresses) == [a for a in stated if a in r.addresses] for r in answer.results)
