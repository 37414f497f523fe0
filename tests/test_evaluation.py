"""Measuring: a small stand-in corpus that answers as told, and the figures worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgplan.errors import QuestionError, StaleCorpusError
from kgplan.evaluation import Scores, evaluate
from kgplan.questions import Question

BASE = "https://w3id.org/kgplan/id/"


@dataclass
class FakeAnswer:
    answer: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        return self.answer


@dataclass
class FakeHit:
    plan: str
    address: str


@dataclass
class FakeCorpus:
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    hits: dict[str, list[FakeHit]] = field(default_factory=dict)
    plans_asked: list[str | None] = field(default_factory=list)

    def ask(self, question: str, *, plan: str | None = None) -> FakeAnswer:
        self.plans_asked.append(plan)
        if question not in self.answers:
            raise QuestionError("nothing prepared for this question")
        return FakeAnswer(self.answers[question])

    def search(self, query: str, *, k: int = 10) -> Sequence[FakeHit]:
        return self.hits.get(query, [])[:k]


def agency(name: str) -> dict[str, Any]:
    return {"iri": BASE + "agency/vn/x", "type": "agency", "label_vi": name, "label_en": None, "addresses": ["A.1"]}


def statement(address: str, plan: str = "p") -> dict[str, Any]:
    iri = f"{BASE}plan/{plan}/{address}"
    return {"iri": iri, "type": "task", "label_vi": "Một việc", "label_en": None, "addresses": [address]}


def document(label: str, **more: Any) -> dict[str, Any]:
    return {"iri": BASE + "document/x", "type": "document", "label_vi": label, "addresses": ["A.1"], **more}


def value(of: Any) -> dict[str, Any]:
    return {"iri": None, "type": "value", "label_vi": str(of), "label_en": str(of), "value": of, "addresses": []}


def answered(*results: dict[str, Any]) -> dict[str, Any]:
    return {"status": "answered", "results": list(results)}


def declined(reason: str) -> dict[str, Any]:
    return {"status": "abstained", "reason": reason, "results": []}


def outcome(answer: dict[str, Any], *expected: Any) -> Any:
    question = Question("1", "q", answerable=bool(expected), answers=expected)
    return evaluate(FakeCorpus({"q": answer}), [question]).outcomes[0]


def test_agencies_compare_as_a_set_by_canonical_name() -> None:
    answer = answered(agency("Sở Lao động - Thương binh và Xã hội"), agency("Tỉnh uỷ"))
    assert outcome(answer, "Tỉnh ủy", "Sở Lao động, Thương binh và Xã hội").right


def test_what_is_missing_and_what_is_extra_is_listed() -> None:
    result = outcome(answered(agency("Sở Y tế"), agency("Sở Nội vụ")), "Sở Y tế", "Sở Tài chính")
    assert not result.right
    assert result.missing == ("Sở Tài chính",)
    assert result.extra == ("Sở Nội vụ",)
    assert result.got == ("Sở Y tế", "Sở Nội vụ")


def test_the_same_agency_in_two_roles_counts_once() -> None:
    assert outcome(answered(agency("Sở Y tế"), agency("Sở Y tế")), "Sở Y tế").right


def test_statements_compare_by_address() -> None:
    assert outcome(answered(statement("E.II.1"), statement("E.II.10")), "E.II.10", "E.II.1").right
    assert not outcome(answered(statement("E.II.10")), "E.II.1").right


def test_an_agency_is_not_taken_for_a_statement_it_is_shown_by() -> None:
    assert not outcome(answered(agency("Sở Y tế")), "A.1").right


@pytest.mark.parametrize(
    ("label", "expected", "right"),
    [
        ("Nghị quyết số 37/2021/QH15", "37/2021/QH15", True),
        ("37/2021/QH15", "37/2021/QH15", True),
        ("Nghị quyết số 137/2021/QH15", "37/2021/QH15", False),
        ("Kế hoạch số 22-KH/TU", "2-KH/TU", False),
        ("Nghị quyết số 12 của Tỉnh ủy", "12", True),
        ("Nghị quyết số 12-NQ/TU", "12", False),
        ("Nghị quyết số 327, giai đoạn 12 tháng", "12", False),
        (
            "Đề án phát triển doanh nghiệp, giai đoạn 2021-2025",
            "Đề án phát triển doanh nghiệp giai đoạn 2021 - 2025",
            True,
        ),
        ("Đề án phát triển doanh nghiệp vừa", "Đề án phát triển doanh nghiệp giai đoạn 2021 - 2025", False),
    ],
)
def test_documents_compare_by_number_or_title(label: str, expected: str, right: bool) -> None:
    assert outcome(answered(document(label)), expected).right is right


def test_a_document_whose_title_names_a_programme_does_not_stand_for_the_programme() -> None:
    plan = document("Kế hoạch số 5/KH-UBND về thực hiện Chương trình nước sạch")
    programme = document("Chương trình nước sạch")
    assert outcome(answered(plan), "5/KH-UBND", "Chương trình nước sạch").missing == ("Chương trình nước sạch",)
    assert outcome(answered(programme, plan), "5/KH-UBND", "Chương trình nước sạch").right


def test_documents_compare_by_the_number_field() -> None:
    assert outcome(answered(document("Về nước sạch", number="5/KH-UBND")), "5/KH-UBND").right


def test_numbers_dates_and_truth_values_compare_by_value() -> None:
    assert outcome(answered(value(11.0)), 11).right
    assert not outcome(answered(value(11.5)), 11).right
    assert outcome(answered(value("2023-01-15")), "2023-01-15").right
    assert outcome(answered(value(False)), False).right
    assert not outcome(answered(value(True)), False).right
    assert not outcome(answered(value(True)), 1).right


def test_declining_an_answerable_question_is_wrong() -> None:
    result = outcome(declined("nothing_matches"), "Sở Y tế")
    assert not result.right
    assert result.missing == ("Sở Y tế",)


def test_declining_is_right_whatever_the_reason_but_the_reason_is_measured() -> None:
    question = Question("1", "q", answerable=False, reasons=("unknown_agency", "nothing_matches"))
    right = evaluate(FakeCorpus({"q": declined("nothing_matches")}), [question]).outcomes[0]
    wrong = evaluate(FakeCorpus({"q": declined("topic_not_in_plan")}), [question]).outcomes[0]
    assert (right.right, right.reason_right, right.failed) == (True, True, False)
    assert (wrong.right, wrong.reason_right, wrong.failed) == (True, False, True)


def test_search_ranks_among_ten_and_recall_among_five() -> None:
    question = Question("1", "q", answerable=True, answers=("x",), relevant=("A.2", "A.9"))
    hits = [FakeHit("p", address) for address in ("A.1", "A.2", "A.3", "A.4", "A.5", "A.9")]
    result = evaluate(FakeCorpus({"q": answered()}, {"q": hits}), [question]).outcomes[0]
    assert result.reciprocal_rank == 1 / 2
    assert result.recall == 1 / 2


def test_a_relevant_statement_past_rank_ten_counts_nothing() -> None:
    question = Question("1", "q", answerable=True, answers=("x",), relevant=("B.1",))
    hits = [FakeHit("p", f"A.{n}") for n in range(10)] + [FakeHit("p", "B.1")]
    result = evaluate(FakeCorpus({"q": answered()}, {"q": hits}), [question]).outcomes[0]
    assert result.reciprocal_rank == 0


def test_recall_with_more_than_five_relevant_counts_five() -> None:
    question = Question("1", "q", answerable=True, answers=("x",), relevant=tuple(f"A.{n}" for n in range(8)))
    hits = [FakeHit("p", f"A.{n}") for n in range(5)]
    assert evaluate(FakeCorpus({"q": answered()}, {"q": hits}), [question]).outcomes[0].recall == 1


def test_a_question_of_one_plan_is_asked_of_it_and_hits_of_others_do_not_count() -> None:
    question = Question("1", "q", answerable=True, answers=("A.1",), relevant=("A.1",), plan="p")
    corpus = FakeCorpus({"q": answered(statement("A.1"))}, {"q": [FakeHit("other", "A.1"), FakeHit("p", "A.1")]})
    result = evaluate(corpus, [question]).outcomes[0]
    assert corpus.plans_asked == ["p"]
    assert result.reciprocal_rank == 1 / 2


def test_a_refused_question_counts_as_wrong_and_keeps_the_message() -> None:
    question = Question("1", "never prepared", answerable=False)
    result = evaluate(FakeCorpus(), [question]).outcomes[0]
    assert not result.right
    assert result.error == "nothing prepared for this question"


class StaleCorpus(FakeCorpus):
    def ask(self, question: str, *, plan: str | None = None) -> FakeAnswer:
        raise StaleCorpusError("rebuild the corpus")


def test_a_stale_corpus_ends_the_evaluation_instead_of_failing_every_question() -> None:
    with pytest.raises(StaleCorpusError):
        evaluate(StaleCorpus(), [Question("1", "q", answerable=False)])


def mixed() -> Any:
    corpus = FakeCorpus(
        {
            "good": answered(agency("Sở Y tế")),
            "wrong": answered(agency("Sở Nội vụ")),
            "shy": declined("nothing_matches"),
            "honest": declined("unknown_agency"),
            "bold": answered(agency("Sở Y tế")),
        },
        {"good": [FakeHit("p", "A.1")], "wrong": [FakeHit("p", "A.2"), FakeHit("p", "A.1")]},
    )
    yes = {"answerable": True, "answers": ("Sở Y tế",)}
    questions = [
        Question("1", "good", language="vi", kind="leads", relevant=("A.1",), **yes),
        Question("2", "wrong", language="en", kind="leads", relevant=("A.1",), **yes),
        Question("3", "shy", language="en", kind="everyone", **yes),
        Question("4", "honest", language="en", kind="unknown", answerable=False, reasons=("unknown_agency",)),
        Question("5", "bold", language="vi", kind="unknown", answerable=False, reasons=("unknown_agency",)),
    ]
    return evaluate(corpus, questions)


def test_scores_over_all_questions() -> None:
    assert mixed().scores == Scores(
        questions=5,
        answerable=3,
        accuracy=2 / 5,
        exact=1 / 3,
        wrong_declining=1 / 3,
        missed_declining=1 / 2,
        reason=1.0,
        mrr=3 / 4,
        recall=1.0,
    )


def test_scores_by_kind_and_language() -> None:
    result = mixed()
    assert list(result.by("kind")) == ["everyone", "leads", "unknown"]
    assert result.by("kind")["unknown"].missed_declining == 1 / 2
    assert result.by("kind")["unknown"].exact is None
    assert result.by("language")["vi"].accuracy == 1 / 2
    rows = result.rows("language")
    assert [row["language"] for row in rows] == ["en", "vi", "total"]
    assert rows[-1]["questions"] == 5


def test_failures_say_what_was_expected_and_what_came() -> None:
    data = json.loads(json.dumps(mixed().to_dict(), ensure_ascii=False))
    assert [failure["id"] for failure in data["failures"]] == ["2", "3", "5"]
    first = data["failures"][0]
    assert first["expected"]["answers"] == ["Sở Y tế"]
    assert first["got"] == ["Sở Nội vụ"]
    assert first["hits"] == ["A.2", "A.1"]
    assert set(data) == {"scores", "by_kind", "by_language", "by_plan", "failures"}


def test_progress_is_reported_after_each_question() -> None:
    seen: list[tuple[str, int, int]] = []
    questions = [Question(str(n), "q", answerable=False) for n in range(3)]
    corpus = FakeCorpus({"q": declined("nothing_matches")})
    evaluate(corpus, questions, report=lambda *step: seen.append(step))
    assert seen == [("questions", n, 3) for n in (1, 2, 3)]


def test_no_questions_give_no_rates() -> None:
    scores = evaluate(FakeCorpus(), []).scores
    assert (scores.questions, scores.accuracy, scores.mrr) == (0, None, None)


@given(st.lists(st.integers(0, 20), max_size=8), st.lists(st.integers(0, 20), min_size=1, max_size=8, unique=True))
def test_right_exactly_when_the_sets_are_equal(got: list[int], expected: list[int]) -> None:
    result = outcome(answered(*(statement(f"E.{n}") for n in got)), *(f"E.{n}" for n in expected))
    assert result.right is (set(got) == set(expected))
    assert set(result.missing) == {f"E.{n}" for n in set(expected) - set(got)}
    assert set(result.extra) == {f"E.{n}" for n in set(got) - set(expected)}


@given(st.permutations(range(12)), st.sets(st.integers(0, 30), min_size=1, max_size=7))
def test_ranks_stay_between_nought_and_one(order: list[int], relevant: set[int]) -> None:
    question = Question("1", "q", answerable=True, answers=("x",), relevant=tuple(f"A.{n}" for n in sorted(relevant)))
    hits = [FakeHit("p", f"A.{n}") for n in order]
    result = evaluate(FakeCorpus({"q": answered()}, {"q": hits}), [question]).outcomes[0]
    assert result.reciprocal_rank is not None
    assert result.recall is not None
    assert 0 <= result.recall <= 1
    assert 0 <= result.reciprocal_rank <= 1
    assert (result.reciprocal_rank > 0) is bool(relevant & set(order[:10]))
