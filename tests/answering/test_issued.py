"""Documents by when they were issued: before, after or since a day, month or year; the latest and the earliest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import kgplan
from kgplan import Answer, Corpus
from kgplan.errors import QuestionError

SINCE = "Which documents were issued since 13 August 2021?"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return kgplan.open_corpus()


def numbers(corpus: Corpus, keep: Callable[[str], bool]) -> set[str | None]:
    """The numbers of the plan's documents whose date (ISO 8601) is one to keep."""
    return {d.number for d in corpus.plan("thanh-hoa-2023").documents if d.date and keep(str(d.date))}


def found(answer: Answer, corpus: Corpus) -> set[str | None]:
    assert answer.status == "answered", answer.text
    by_id = {d.id: d.number for d in corpus.plan("thanh-hoa-2023").documents}
    return {by_id[(r.iri or "").rpartition("/")[2]] for r in answer.results}


@pytest.mark.parametrize(
    ("question", "keep"),
    [
        ("Văn bản nào được ban hành trước ngày 13/8/2021?", lambda day: day < "2021-08-13"),
        ("van ban nao duoc ban hanh truoc ngay 13/8/2021?", lambda day: day < "2021-08-13"),
        ("Which documents were issued after 13 August 2021?", lambda day: day > "2021-08-13"),
        (SINCE, lambda day: day >= "2021-08-13"),
        ("Văn bản nào được ban hành sau tháng 8/2021?", lambda day: day >= "2021-09"),
        ("van ban nao ban hanh tu thang 8/2021?", lambda day: day >= "2021-08"),
        ("Which documents were issued before 2022?", lambda day: day < "2022"),
    ],
)
def test_a_day_of_issue_bounds_the_documents(corpus: Corpus, question: str, keep: Callable[[str], bool]) -> None:
    assert numbers(corpus, keep)
    answer = corpus.ask(question)
    assert found(answer, corpus) == numbers(corpus, keep)
    assert {str(row["document"]) for row in corpus.sparql(answer.sparql).values()} == {r.iri for r in answer.results}


@pytest.mark.parametrize(
    "question", ["Văn bản nào được ban hành sau năm 2021?", "Which documents were issued since 2022?"]
)
def test_where_no_document_is_of_the_time_none_is_named(corpus: Corpus, question: str) -> None:
    answer = corpus.ask(question)
    assert (answer.status, answer.reason, answer.results) == ("abstained", "nothing_matches", ())


def test_a_time_of_issue_can_be_given_back(corpus: Corpus) -> None:
    answer = corpus.ask(SINCE)
    shown = json.loads(json.dumps(answer.to_dict()["interpretation"]))
    assert shown["issued"] == {"test": "since", "date": "2021-08-13"}
    assert found(corpus.ask(SINCE, interpretation=shown), corpus) == found(answer, corpus)
    after = corpus.ask(SINCE, interpretation={"issued": {"test": "after", "date": "2021-08-13"}})
    assert found(after, corpus) == numbers(corpus, lambda day: day > "2021-08-13")
    month = corpus.ask(SINCE, interpretation={"issued": {"test": "on", "date": "2021-08"}})
    assert found(month, corpus) == numbers(corpus, lambda day: day.startswith("2021-08"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"test": "around", "date": "2021"}, "use one of: before, after, on, since"),
        ({"test": "since", "date": "last spring"}, "'issued' has the date 'last spring'"),
        ({"test": "since"}, "wrong form"),
    ],
)
def test_a_time_that_is_none_is_refused(corpus: Corpus, given: dict[str, str], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        corpus.ask(SINCE, interpretation={"issued": given})


@pytest.mark.parametrize(
    "question",
    [
        "Ai chủ trì nhiệm vụ dẫn văn bản mới nhất?",
        "ai chu tri nhiem vu dan van ban moi nhat?",
        "Which agency leads the task that cites the latest document?",
    ],
)
def test_the_latest_document_where_its_agency_is_asked_for(corpus: Corpus, question: str) -> None:
    plan = corpus.plan("thanh-hoa-2023")
    latest = max((d for d in plan.documents if d.date), key=lambda d: str(d.date))
    answer = corpus.ask(question)
    assert (answer.interpretation.documents[0]).endswith(f"/{latest.id}")
    assert [r.label_vi for r in answer.results] == ["Sở Tài chính"]


PLAN = """KẾ HOẠCH HÀNH ĐỘNG NĂM 2030
A. NHIỆM VỤ
I. Về du lịch
1. Sở Du lịch chủ trì thực hiện Nghị quyết số 11-NQ/TU ngày 02/3/2028 của Tỉnh ủy về phát triển du lịch.
2. Sở Du lịch chủ trì thực hiện Kế hoạch số 12/KH-UBND ngày 05/6/2029 của UBND tỉnh về phát triển du lịch.
II. Về y tế
1. Sở Y tế chủ trì thực hiện Nghị quyết số 13-NQ/TU ngày 05/6/2029 của Tỉnh ủy về y tế.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder: Path = tmp_path_factory.mktemp("issued")
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    kgplan.build_corpus([folder / "plan.txt"], folder / "corpus")
    return kgplan.open_corpus(folder / "corpus")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Nghị quyết nào được ban hành sau năm 2028?", {"13-nq-tu"}),
        ("Which resolutions were issued before 2029?", {"11-nq-tu"}),
        ("van ban nao ban hanh tu ngay 05/6/2029?", {"12-kh-ubnd", "13-nq-tu"}),
    ],
)
def test_of_another_plan(small: Corpus, question: str, expected: set[str]) -> None:
    answer = small.ask(question)
    assert answer.status == "answered", answer.text
    assert {(r.iri or "").rpartition("/")[2] for r in answer.results} == expected
