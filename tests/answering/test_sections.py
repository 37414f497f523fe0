"""Questions about several parts of the plan: in each of them, in any, in one and not in another; parts by title."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

import kgplan
from kgplan import Answer, Corpus
from kgplan.errors import QuestionError

BARRED = "Cơ quan nào có việc ở mục E.II.1 nhưng không có việc ở mục E.II.2?"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return kgplan.open_corpus()


def within(corpus: Corpus, section: str, roles: Iterable[str] = ("leads", "coordinates", "shares")) -> set[str]:
    """The names of the agencies that hold one of ``roles`` in a section, as the plan's statements say."""
    plan = corpus.plan("thanh-hoa-2023")
    names = {a.id: a.name for a in plan.agencies}
    return {
        names[r.agency]
        for s in plan.statements
        if f"{s.address}.".startswith(f"{section}.")
        for r in s.responsibilities
        if r.role in roles
    }


def named(answer: Answer) -> set[str | None]:
    assert answer.status == "answered", answer.text
    assert {r.type for r in answer.results} == {"agency"}
    return {r.label_vi for r in answer.results}


@pytest.mark.parametrize(
    "question",
    [
        "Cơ quan nào có việc trong cả mục E.II.1 lẫn mục E.II.2?",
        "co quan nao co viec trong ca muc E.II.1 lan muc E.II.2?",
        "Which agencies have tasks in both section E.II.1 and section E.II.2?",
    ],
)
def test_in_each_of_two_parts(corpus: Corpus, question: str) -> None:
    expected = within(corpus, "E.II.1") & within(corpus, "E.II.2")
    assert expected < within(corpus, "E.II.1")
    assert named(corpus.ask(question)) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Cơ quan nào có việc ở cả ba phần E.II.1, E.II.2 và E.III.5?",
        "co quan nao co viec o ca ba phan E.II.1, E.II.2 va E.III.5?",
        "Which agencies have tasks in all three sections E.II.1, E.II.2 and E.III.5?",
    ],
)
def test_a_number_may_stand_before_the_parts(corpus: Corpus, question: str) -> None:
    answer = corpus.ask(question)
    parts = [within(corpus, section) for section in ("E.II.1", "E.II.2", "E.III.5")]
    assert named(answer) == set.intersection(*parts)
    assert answer.interpretation.topic is None


@pytest.mark.parametrize(
    "question",
    [
        "Cơ quan nào có nhiệm vụ ở mục E.II.1 hoặc mục E.II.3?",
        "co quan nao co nhiem vu o muc E.II.1 hoac muc E.II.3?",
        "Which agencies have tasks in section E.II.1 or section E.II.3?",
    ],
)
def test_in_any_of_two_parts(corpus: Corpus, question: str) -> None:
    assert named(corpus.ask(question)) == within(corpus, "E.II.1") | within(corpus, "E.II.3")


@pytest.mark.parametrize(
    "question",
    [
        BARRED,
        "co quan nao co viec o muc E.II.1 nhung khong co viec o muc E.II.2?",
        "Which agencies have tasks in section E.II.1 but not in section E.II.2?",
    ],
)
def test_in_one_part_and_not_in_another(corpus: Corpus, question: str) -> None:
    left = within(corpus, "E.II.1") - within(corpus, "E.II.2")
    assert left < within(corpus, "E.II.1")
    answer = corpus.ask(question)
    assert named(answer) == left
    assert [(part.section, part.barred) for part in answer.interpretation.parts] == [
        ("E.II.1", False),
        ("E.II.2", True),
    ]


def test_no_role_at_all_in_a_part_is_more_than_not_leading_there(corpus: Corpus) -> None:
    answer = corpus.ask("Which agency leads in parts E.II.2 and E.IV but has no role in part E.II.3?")
    lead = within(corpus, "E.II.2", ["leads"]) & within(corpus, "E.IV", ["leads"])
    assert named(answer) == lead - within(corpus, "E.II.3")
    assert [part.role for part in answer.interpretation.parts] == ["leads", "leads", "any"]


@pytest.mark.parametrize(
    "question", [BARRED, "Which agency leads in parts E.II.2 and E.IV but has no role in part E.II.3?"]
)
def test_the_query_leaves_out_what_the_answer_does(corpus: Corpus, question: str) -> None:
    answer = corpus.ask(question)
    assert answer.status == "answered"
    assert {str(row["agency"]) for row in corpus.sparql(answer.sparql).values()} == {r.iri for r in answer.results}


def test_where_no_agency_is_left_nobody_is_named(corpus: Corpus) -> None:
    assert within(corpus, "E.V.2") <= within(corpus, "E.V")
    answer = corpus.ask("Which agencies have tasks in section E.V.5 but not in section E.IV?")
    left = within(corpus, "E.V.5") - within(corpus, "E.IV")
    assert named(answer) == left
    parts = [{"intent": "agencies", "role": "any", "section": s, "barred": s == "E.V"} for s in ("E.V.2", "E.V")]
    none = corpus.ask(BARRED, interpretation={"parts": parts, "all_of": True})
    assert (none.status, none.reason, none.results) == ("abstained", "nothing_matches", ())


def test_a_barred_part_can_be_given_back(corpus: Corpus) -> None:
    answer = corpus.ask(BARRED)
    shown = json.loads(json.dumps(answer.to_dict()["interpretation"]))
    assert shown["parts"][1]["barred"] is True
    assert named(corpus.ask(BARRED, interpretation=shown)) == named(answer)
    shown["parts"][1]["barred"] = False
    assert named(corpus.ask(BARRED, interpretation=shown)) == within(corpus, "E.II.1") & within(corpus, "E.II.2")


@pytest.mark.parametrize(
    ("barred", "all_of"), [((True, False), True), ((True, True), True), ((False, True), False), ((True, False), False)]
)
def test_a_part_barred_where_nothing_is_left_of_is_refused(
    corpus: Corpus, barred: tuple[bool, bool], all_of: bool
) -> None:
    parts = [
        {"intent": "agencies", "role": "any", "section": section, "barred": out}
        for section, out in zip(("E.II.1", "E.II.2"), barred, strict=True)
    ]
    with pytest.raises(QuestionError, match="behind the first part"):
        corpus.ask(BARRED, interpretation={"parts": parts, "all_of": all_of})


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("Cơ quan nào chủ trì nhiệm vụ ở mục về dịch vụ?", "E.II.3"),
        ("co quan nao chu tri nhiem vu o muc ve dich vu?", "E.II.3"),
        ("Who leads tasks in the section on services?", "E.II.3"),
        ("Trong mục Về hỗ trợ doanh nghiệp, ai chủ trì?", "E.III.5"),
    ],
)
def test_a_part_named_by_its_title(corpus: Corpus, question: str, section: str) -> None:
    answer = corpus.ask(question)
    assert named(answer) == within(corpus, section, ["leads"])
    assert (answer.interpretation.section, answer.interpretation.topic) == (section, None)


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Có bao nhiêu sở chủ trì nhiệm vụ trong mục E.II.3?", ["leads"]),
        ("co bao nhieu so chu tri nhiem vu trong muc E.II.3?", ["leads"]),
        ("How many departments have tasks in section E.II.3?", ["leads", "coordinates", "shares"]),
    ],
)
def test_agencies_of_a_kind_are_counted_in_a_part(corpus: Corpus, question: str, role: list[str]) -> None:
    departments = {name for name in within(corpus, "E.II.3", role) if name.startswith("Sở ")}
    assert departments < within(corpus, "E.II.3", role)
    assert [r.value for r in corpus.ask(question).results] == [len(departments)]


@pytest.mark.parametrize(
    "question", ["Ba đề án nào được dẫn trong mục E.III?", "ba de an nao duoc dan trong muc E.III?"]
)
def test_a_number_before_the_documents_is_no_topic(corpus: Corpus, question: str) -> None:
    answer = corpus.ask(question)
    assert len(answer.results) == 3
    assert {r.iri for r in answer.results} == {r.iri for r in corpus.ask("Đề án nào được dẫn trong mục E.III?").results}
