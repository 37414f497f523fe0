"""Answers hold what the plan says, prove it, and can be had again from their SPARQL."""

from __future__ import annotations

import pytest

import kgplan
from kgplan import Answer, Corpus

QUESTIONS = [
    "which units coordinate on investment promotion",
    "Ai chủ trì chuyển đổi số?",
    "Sở Công Thương có những nhiệm vụ nào?",
    "Nghị quyết nào nói về chuyển đổi số?",
    "Bao nhiêu nhiệm vụ do Sở Công Thương chủ trì?",
    "Hạn chót ban hành kế hoạch hành động?",
    "Sân bay nào được nhắc đến?",
    "Tăng trưởng GRDP bao nhiêu phần trăm?",
    "Sở nào chủ trì nhiều nhiệm vụ nhất?",
    "Ai công bố kế hoạch?",
    "Sở Y tế có chủ trì phòng chống dịch không?",
]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return kgplan.open_corpus()


@pytest.fixture(scope="module", params=QUESTIONS)
def answer(request: pytest.FixtureRequest, corpus: Corpus) -> Answer:
    got = corpus.ask(request.param)
    assert got.status == "answered", got.text
    return got


def test_the_sparql_gives_the_same_results(corpus: Corpus, answer: Answer) -> None:
    again = corpus.sparql(answer.sparql)
    if again.kind == "ask":
        assert [r.value for r in answer.results] == [again.boolean]
    elif "count" in again.variables:
        assert [r.value for r in answer.results] == again.column("count")
    else:
        assert {r.iri for r in answer.results} == set(again.column(again.variables[0]))


def test_evidence_is_verbatim(corpus: Corpus, answer: Answer) -> None:
    assert answer.evidence
    for item in answer.evidence:
        plan = corpus.plan(item.plan)
        assert plan.text[item.start : item.end] == item.text == plan.statement(item.address).text
        for mark in item.marks:
            assert 0 <= mark.start < mark.end <= len(plan.text)


def test_every_address_of_a_result_is_in_the_evidence(answer: Answer) -> None:
    proved = {item.address for item in answer.evidence}
    assert {address for result in answer.results for address in result.addresses} <= proved


def test_investment_promotion(corpus: Corpus) -> None:
    answer = corpus.ask("which units coordinate on investment promotion")
    assert [(r.label_vi, r.roles, r.addresses) for r in answer.results] == [
        ("Trung tâm Xúc tiến đầu tư, Thương mại và Du lịch tỉnh", ("shares",), ("E.III.2",)),
        ("Sở Kế hoạch và Đầu tư", ("shares",), ("E.III.2",)),
        ("Ban Quản lý Khu Kinh tế Nghi Sơn và các Khu công nghiệp", ("shares",), ("E.III.2",)),
        ("các đơn vị liên quan", ("shares",), ("E.III.2",)),
    ]
    assert answer.language == "en"
    assert "Department of Planning and Investment" in answer.text


def test_who_leads_falls_back_on_those_who_share(corpus: Corpus) -> None:
    answer = corpus.ask("Ai chủ trì nâng cao chất lượng giáo dục?")
    assert {r.label_vi for r in answer.results} == {"Sở Giáo dục và Đào tạo", "UBND các huyện, thị xã, thành phố"}
    assert {r.roles for r in answer.results} == {("shares",)}


def test_a_named_partner_is_not_its_own_partner(corpus: Corpus) -> None:
    answer = corpus.ask("Sở Tài chính phối hợp với những đơn vị nào về thu ngân sách?")
    names = {r.label_vi for r in answer.results}
    assert "Sở Tài chính" not in names
    assert {"Cục Thuế tỉnh", "Cục Hải quan Thanh Hóa"} <= names


def test_no_is_an_answer(corpus: Corpus) -> None:
    answer = corpus.ask("Sở Xây dựng có chủ trì chuyển đổi số không?")
    assert [r.value for r in answer.results] == [False]
    assert answer.evidence


def test_the_language_of_the_question_is_the_language_of_the_answer(corpus: Corpus) -> None:
    assert corpus.ask("Who leads digital transformation?").text.isascii() is False
    assert corpus.ask("Who leads digital transformation?").text.startswith("“")
    assert "chủ trì" in corpus.ask("Ai chủ trì chuyển đổi số?").text


def test_a_plan_can_be_named(corpus: Corpus) -> None:
    assert corpus.ask("Ai chủ trì chuyển đổi số?", plan="thanh-hoa-2023").status == "answered"
    with pytest.raises(kgplan.KgplanError, match="no plan 'x'"):
        corpus.ask("Ai chủ trì chuyển đổi số?", plan="x")


def test_a_question_has_a_length(corpus: Corpus) -> None:
    with pytest.raises(kgplan.KgplanError, match="100,000 characters"):
        corpus.ask("a" * 100_000)


TARGETS = """KẾ HOẠCH
Phát triển du lịch tỉnh An Phú năm 2031

I. MỤC TIÊU
1. Tốc độ tăng trưởng du lịch đạt từ 5 - 6,5%.
2. Thu hút 1.234.567 lượt khách.
"""


def test_quantities_are_written_out_whole(tmp_path):
    (tmp_path / "plan.txt").write_text(TARGETS, "utf-8")
    kgplan.build_corpus([tmp_path / "plan.txt"], tmp_path / "corpus")
    corpus = kgplan.open_corpus(tmp_path / "corpus")
    answer = corpus.ask("Có những chỉ tiêu nào?")
    assert "5–6,5%" in answer.text
    assert "1.234.567 lượt khách" in answer.text
    assert [(r.value, r.details["value_max"], r.details["comparator"]) for r in answer.results] == [
        (5, 6.5, "range"),
        (1234567, None, "="),
    ]
    english = corpus.ask("What targets are there?").text
    assert "5–6.5%" in english
    assert "1,234,567" in english


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("giảm nghèo có chỉ tiêu gì?", "không đặt chỉ tiêu nào"),
        ("What are the targets on poverty reduction?", "no target"),
    ],
)
def test_a_target_that_is_not_set_is_told_though_the_plan_is_on_its_topic(corpus, question, said):
    answer = corpus.ask(question)
    assert answer.status == "abstained"
    assert said in answer.text
    assert corpus.ask("Who works on poverty reduction?").status == "answered"


OF_YEAR = """KẾ HOẠCH
Phát triển du lịch tỉnh Quảng Ninh năm {year}

I. MỤC TIÊU
1. Tốc độ tăng trưởng du lịch đạt {growth}%.

II. NHIỆM VỤ
1. {agency} chủ trì xây dựng đề án du lịch biển đảo.
"""


@pytest.fixture(scope="module")
def two_years(tmp_path_factory) -> Corpus:
    folder = tmp_path_factory.mktemp("years")
    for year, growth, agency in ((2030, 9, "Sở Du lịch"), (2031, 12, "Sở Công Thương")):
        (folder / f"plan-{year}.txt").write_text(OF_YEAR.format(year=year, growth=growth, agency=agency), "utf-8")
    kgplan.build_corpus([folder / "plan-2030.txt", folder / "plan-2031.txt"], folder / "corpus")
    return kgplan.open_corpus(folder / "corpus")


@pytest.mark.parametrize(
    ("question", "plans"),
    [
        ("Ai chủ trì đề án du lịch biển đảo năm 2031?", {"plan-2031"}),
        ("Who leads the tourism scheme in the 2030 plan?", {"plan-2030"}),
        ("Tốc độ tăng trưởng du lịch năm 2031 là bao nhiêu?", {"plan-2031"}),
        ("What does the Department of Tourism lead in 2030?", {"plan-2030"}),
        ("Ai chủ trì đề án du lịch biển đảo?", {"plan-2030", "plan-2031"}),
        ("Đến năm 2031 tăng trưởng du lịch đạt bao nhiêu?", {"plan-2030", "plan-2031"}),
    ],
)
def test_a_year_chooses_the_plan_that_alone_is_of_it(two_years, question, plans):
    answer = two_years.ask(question)
    assert answer.status == "answered", answer.text
    assert {item.plan for item in answer.evidence} == plans
