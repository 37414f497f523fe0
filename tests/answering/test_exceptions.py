"""What a question leaves out: topics, agencies and partners; and two roles that are both meant."""

from __future__ import annotations

import pytest

import kgplan
from kgplan import Corpus


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return kgplan.open_corpus()


def held(corpus: Corpus, agency: str) -> dict[str, str]:
    """The role of an agency by the address of each of its statements."""
    plan = corpus.plan("thanh-hoa-2023")
    names = {a.id: a.name for a in plan.agencies}
    return {s.address: r.role for s in plan.statements for r in s.responsibilities if names[r.agency] == agency}


def tasks(corpus: Corpus, question: str) -> set[str]:
    answer = corpus.ask(question)
    assert answer.status == "answered", answer.text
    assert {r.type for r in answer.results} == {"statement"}
    return {address for r in answer.results for address in r.addresses}


@pytest.mark.parametrize(
    ("question", "agency", "out"),
    [
        ("Sở Tài chính có những việc gì, trừ thu ngân sách?", "Sở Tài chính", {"E.III.4.a"}),
        ("Ngoài thu ngân sách, Sở Tài chính còn làm việc gì?", "Sở Tài chính", {"E.III.4.a"}),
        ("What does the Department of Industry and Trade do, except for electricity?", "Sở Công Thương", {"E.IV.5"}),
        ("Apart from electricity, what does the Department of Industry and Trade do?", "Sở Công Thương", {"E.IV.5"}),
        ("ngoai cung cap dien, so cong thuong con lam viec gi?", "Sở Công Thương", {"E.IV.5"}),
    ],
)
def test_a_topic_left_out_before_or_behind_the_agency(
    corpus: Corpus, question: str, agency: str, out: set[str]
) -> None:
    assert out < held(corpus, agency).keys()
    assert tasks(corpus, question) == held(corpus, agency).keys() - out
    assert not corpus.ask(question).interpretation.excluded


@pytest.mark.parametrize(
    ("question", "agency", "other"),
    [
        ("Nhiệm vụ nào của Sở Tài chính, trừ việc phối hợp với Cục Thuế tỉnh?", "Sở Tài chính", "Cục Thuế tỉnh"),
        (
            "What does the Department of Finance do, other than with the Provincial Tax Department?",
            "Sở Tài chính",
            "Cục Thuế tỉnh",
        ),
        (
            "viec nao cua so cong thuong ma khong co ban quan ly khu kinh te nghi son",
            "Sở Công Thương",
            "Ban Quản lý Khu Kinh tế Nghi Sơn và các Khu công nghiệp",
        ),
        (
            "tasks of the Department of Planning and Investment without the Department of Construction",
            "Sở Kế hoạch và Đầu tư",
            "Sở Xây dựng",
        ),
    ],
)
def test_tasks_with_another_agency_left_out(corpus: Corpus, question: str, agency: str, other: str) -> None:
    alone = held(corpus, agency).keys() - held(corpus, other).keys()
    assert alone < held(corpus, agency).keys()
    assert tasks(corpus, question) == alone


@pytest.mark.parametrize(
    "question",
    [
        "Ngoài Sở Tài chính, ai có việc về thu ngân sách?",
        "Besides the Department of Finance, who works on budget revenue?",
    ],
)
def test_an_agency_left_out_of_agencies(corpus: Corpus, question: str) -> None:
    found = {r.label_vi for r in corpus.ask(question).results}
    assert "Cục Thuế tỉnh" in found
    assert "Sở Tài chính" not in found


@pytest.mark.parametrize(
    ("question", "agency"),
    [
        ("Nhiệm vụ của Cục Thuế tỉnh, cả chủ trì lẫn phối hợp?", "Cục Thuế tỉnh"),
        ("nhiem vu cua cuc thue tinh, chu tri hay phoi hop deu duoc", "Cục Thuế tỉnh"),
        ("Tasks of the Department of Construction, whether as lead or as helper", "Sở Xây dựng"),
    ],
)
def test_two_roles_both_meant(corpus: Corpus, question: str, agency: str) -> None:
    assert len(set(held(corpus, agency).values())) > 1
    assert tasks(corpus, question) == held(corpus, agency).keys()


@pytest.mark.parametrize(
    "question", ["Nhiệm vụ nào của Sở Xây dựng mà sở này chủ trì?", "nhiem vu cua so xay dung ma so nay chu tri"]
)
def test_this_department_is_the_one_named_before(corpus: Corpus, question: str) -> None:
    led = {address for address, role in held(corpus, "Sở Xây dựng").items() if role == "leads"}
    assert led < held(corpus, "Sở Xây dựng").keys()
    assert tasks(corpus, question) == led


@pytest.mark.parametrize(
    "question",
    [
        "Nhiệm vụ nào không nêu tên đơn vị phối hợp nào?",
        "nhiem vu nao khong neu ten don vi phoi hop nao",
        "Which tasks have no partner named?",
    ],
)
def test_no_partner_named(corpus: Corpus, question: str) -> None:
    plan = corpus.plan("thanh-hoa-2023")
    kinds = ("task", "assignment", "arrangement")
    alone = {s.address for s in plan.statements if s.kind in kinds and len({r.agency for r in s.responsibilities}) == 1}
    assert tasks(corpus, question) == alone


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Sở Kế hoạch và Đầu tư có cùng thực hiện nhiệm vụ với Sở Xây dựng không?", True),
        ("so giao duc va dao tao co cung thuc hien nhiem vu voi so y te khong?", False),
        ("Does the Department of Agriculture share a task with the district people's committees?", True),
        ("Does the Department of Finance lead a task together with the Department of Health?", False),
    ],
)
def test_whether_two_agencies_have_a_task_together(corpus: Corpus, question: str, expected: bool) -> None:
    assert [r.value for r in corpus.ask(question).results] == [expected]


@pytest.mark.parametrize(
    ("question", "winner"),
    [
        ("Sở Xây dựng và Sở Công Thương, bên nào chủ trì nhiều nhiệm vụ hơn?", "Sở Công Thương"),
        ("so y te va so cong thuong, ben nao chu tri nhieu nhiem vu hon?", "Sở Công Thương"),
        ("Between the Department of Finance and the Department of Health, which leads more tasks?", "Sở Tài chính"),
        ("Sở Kế hoạch và Đầu tư và Sở Y tế, bên nào có ít nhiệm vụ hơn?", "Sở Y tế"),
        ("Between Sở Xây dựng and Sở Công Thương, which has fewer tasks?", "Sở Xây dựng"),
    ],
)
def test_two_agencies_compared(corpus: Corpus, question: str, winner: str) -> None:
    answer = corpus.ask(question)
    assert answer.status == "answered", answer.text
    assert [r.label_vi for r in answer.results] == [winner]
