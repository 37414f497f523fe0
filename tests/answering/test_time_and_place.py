"""Tasks by when they are due and by the annex they stand in; words beside an agency; who else is meant."""

from __future__ import annotations

import pytest

import kgplan
from kgplan import Corpus

PLAN = """KẾ HOẠCH
Thực hiện nhiệm vụ năm 2024
I. NHIỆM VỤ
1. Sở Y tế chủ trì, phối hợp với Sở Tài chính xây dựng bệnh viện lão khoa, hoàn thành trước ngày 15/8/2024.
2. Sở Y tế, Sở Nội vụ rà soát nhân lực ngành y, hoàn thành trước ngày 20/10/2025.
3. Sở Nông nghiệp và Phát triển nông thôn trồng lại các rạn san hô ven đảo.
4. Sở Nội vụ tổng hợp kết quả, báo cáo UBND tỉnh trước ngày 10/12/2024.
PHỤ LỤC I
DANH MỤC DỰ ÁN
1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính xây dựng nhà ở xã hội.
PHỤ LỤC II
DANH MỤC ĐỀ ÁN
1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính lập đề án vị trí việc làm.
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("plan")
    (folder / "plan.txt").write_text(PLAN, "utf-8")
    return kgplan.build_corpus([folder / "plan.txt"], folder / "corpus")


def addresses(corpus: Corpus, question: str) -> set[str]:
    answer = corpus.ask(question)
    assert answer.status == "answered", answer.text
    return {address for result in answer.results for address in result.addresses}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Phụ lục II có nhiệm vụ gì?", {"PLII.1"}),
        ("Which tasks are in annex I?", {"PLI.1"}),
        ("Nhiệm vụ nào có hạn hoàn thành rơi vào tháng 8 năm 2024?", {"I.1"}),
        ("Which tasks fall due in 2025?", {"I.2"}),
        ("Những nhiệm vụ nào của Sở Y tế mà sở này không chủ trì?", {"I.2"}),
        ("Sở Y tế được giao mấy việc, là những việc nào?", {"I.1", "I.2"}),
    ],
)
def test_the_tasks_meant(corpus: Corpus, question: str, expected: set[str]) -> None:
    assert addresses(corpus, question) == expected


def test_of_several_annexes_none_is_taken_for_the_one_not_there(corpus: Corpus) -> None:
    assert corpus.ask("Phụ lục III có nhiệm vụ gì?").status == "abstained"


@pytest.mark.parametrize(
    "question", ["Hạn để Sở Nội vụ báo cáo UBND tỉnh là ngày nào?", "By when must Sở Nội vụ report to UBND tỉnh?"]
)
def test_who_is_reported_to_does_not_act(corpus: Corpus, question: str) -> None:
    assert "2024-12-10" in [r.value for r in corpus.ask(question).results]


@pytest.mark.parametrize("question", ["Sở Y tế làm gì cho san hô?", "Sở Y tế làm gì cho các rạn san hô?"])
def test_a_matter_of_another_agency_is_not_left_out_of_the_question(corpus: Corpus, question: str) -> None:
    assert corpus.ask(question).status == "abstained"


def test_words_that_say_nothing_do_not_hide_the_tasks(corpus: Corpus) -> None:
    assert addresses(corpus, "Kể rõ từng nhiệm vụ của Sở Y tế giúp tôi") == {"I.1", "I.2"}


def test_those_beside_the_lead_are_its_partners(corpus: Corpus) -> None:
    answer = corpus.ask("Ngoài cơ quan chủ trì, còn ai phối hợp xây dựng bệnh viện lão khoa?")
    assert [r.label_vi for r in answer.results] == ["Sở Tài chính"]
