"""Questions in two clauses: both are answered, one that names nothing asks about the same, and one may be declined."""

from __future__ import annotations

import json

import pytest

import kgplan
from kgplan import Corpus
from kgplan.errors import QuestionError


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return kgplan.open_corpus()


def labels(answer: kgplan.Answer) -> list[object]:
    return [r.label_vi if r.value is None else r.value for r in answer.results]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("Ai lo y tế, ai lo giáo dục?", "Ai lo y tế?", "Ai lo giáo dục?"),
        ("ai lo y te va ai lo giao duc?", "ai lo y te?", "ai lo giao duc?"),
        (
            "Who leads digital transformation and who leads health care?",
            "Who leads digital transformation?",
            "Who leads health care?",
        ),
        (
            "Sở Công Thương chủ trì việc gì và Sở Y tế chủ trì việc gì?",
            "Sở Công Thương chủ trì việc gì?",
            "Sở Y tế chủ trì việc gì?",
        ),
        (
            "Which agency leads digital transformation, and under which resolution?",
            "Which agency leads digital transformation?",
            "Which resolution is on digital transformation?",
        ),
    ],
)
def test_both_are_answered(corpus: Corpus, question: str, first: str, second: str) -> None:
    answer = corpus.ask(question)
    assert labels(answer) == labels(corpus.ask(first)) + labels(corpus.ask(second))
    shown = {e.iri for e in answer.evidence}
    assert shown == {e.iri for part in (first, second) for e in corpus.ask(part).evidence}


@pytest.mark.parametrize(
    "question",
    [
        "Ai chủ trì, ai phối hợp thu ngân sách?",
        "Who works with the Nghi Sơn board, and on what?",
        "Trong các cơ quan thực hiện xúc tiến đầu tư, cơ quan nào chủ trì dịch vụ cảng biển?",
        "Nghị quyết hay kế hoạch nào nói về chuyển đổi số?",
    ],
)
def test_one_question_stays_one(corpus: Corpus, question: str) -> None:
    assert not corpus.ask(question).interpretation.parts


def test_a_part_that_the_plan_does_not_answer_is_said_to_be_so(corpus: Corpus) -> None:
    answer = corpus.ask("Who leads digital transformation and who leads the metro?")
    assert answer.status == "answered"
    assert labels(answer) == labels(corpus.ask("Who leads digital transformation?"))
    assert "metro" in answer.text
    assert corpus.ask("Who leads the metro and who leads nuclear power?").status == "abstained"


def test_the_query_gives_what_both_parts_say(corpus: Corpus) -> None:
    answer = corpus.ask("Ai lo y tế, ai lo giáo dục?")
    rows = corpus.sparql(answer.sparql).values()
    assert {str(row["agency"]) for row in rows} == {r.iri for r in answer.results}


def test_parts_can_be_given_back(corpus: Corpus) -> None:
    question = "Ai lo y tế, ai lo giáo dục?"
    answer = corpus.ask(question)
    shown = json.loads(json.dumps(answer.to_dict()["interpretation"]))
    assert labels(corpus.ask(question, interpretation=shown)) == labels(answer)
    shown["parts"][1]["topic"] = "du lịch"
    other = corpus.ask(question, interpretation=shown)
    assert "Sở Văn hóa, Thể thao và Du lịch" in labels(other)
    assert "Sở Giáo dục và Đào tạo" not in labels(other)
    with pytest.raises(QuestionError):
        corpus.ask(question, interpretation={"parts": "both"})


def agencies(corpus: Corpus, question: str) -> set[str | None]:
    answer = corpus.ask(question)
    assert answer.status == "answered", answer.text
    return {r.label_vi for r in answer.results}


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "Sở nào vừa chủ trì về du lịch vừa chủ trì về văn hóa?",
            "Sở nào chủ trì về du lịch?",
            "Sở nào chủ trì về văn hóa?",
        ),
        ("Who works on both tourism and culture?", "Who works on tourism?", "Who works on culture?"),
        (
            "Of the agencies on investment promotion, which one also leads seaport services?",
            "Which agencies are involved in investment promotion?",
            "Who leads seaport services?",
        ),
        (
            "Đối tác chung của Sở Tài chính và Sở Công Thương là ai?",
            "Sở Tài chính làm việc với ai?",
            "Sở Công Thương làm việc với ai?",
        ),
    ],
)
def test_both_conditions_hold_for_the_agencies_returned(corpus: Corpus, question: str, first: str, second: str) -> None:
    common = agencies(corpus, question)
    assert common == agencies(corpus, first) & agencies(corpus, second)
    answer = corpus.ask(question)
    assert {str(row["agency"]) for row in corpus.sparql(answer.sparql).values()} == {r.iri for r in answer.results}


def test_where_no_agency_meets_both_conditions_nobody_is_named(corpus: Corpus) -> None:
    answer = corpus.ask("Ai vừa chủ trì chuyển đổi số vừa chủ trì y tế?")
    assert (answer.status, answer.reason, answer.results) == ("abstained", "nothing_matches", ())


def test_parts_that_must_all_hold_can_be_given_back(corpus: Corpus) -> None:
    answer = corpus.ask("Sở nào vừa chủ trì về du lịch vừa chủ trì về văn hóa?")
    given = json.loads(json.dumps(answer.interpretation.to_dict()))
    again = corpus.ask("?!", interpretation={"parts": given["parts"], "all_of": True})
    assert labels(again) == labels(answer)
    with pytest.raises(QuestionError, match="agencies"):
        corpus.ask("?!", interpretation={"parts": [{"intent": "tasks"}, {"intent": "agencies"}], "all_of": True})


def test_each_part_has_its_own_answer(corpus: Corpus) -> None:
    data = corpus.ask("Who leads digital transformation and under which documents?").to_dict()
    agencies, documents = data["parts"]
    assert [result["type"] for result in agencies["results"]] == ["agency"]
    assert [result["type"] for result in documents["results"]] == ["document"]
    assert data["text"] == f"{agencies['text']} {documents['text']}"
    assert "parts" not in corpus.ask("Who leads digital transformation?").to_dict()
