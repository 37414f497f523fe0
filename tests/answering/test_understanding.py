"""Questions are understood by composition: what is asked, in which role, of which agency or document."""

from __future__ import annotations

from typing import Any

import pytest

import kgplan
from kgplan import Corpus

AGENCY = "https://w3id.org/kgplan/id/agency/thanh-hoa/"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return kgplan.open_corpus()


def understood(corpus: Corpus, question: str) -> dict[str, Any]:
    return corpus.ask(question).interpretation.to_dict()


@pytest.mark.parametrize(
    ("question", "intent", "role"),
    [
        ("Ai chủ trì phát triển du lịch?", "agencies", "leads"),
        ("ai chu tri phat trien du lich", "agencies", "leads"),
        ("Who leads tourism development?", "agencies", "leads"),
        ("Which agencies take part in tax collection?", "agencies", "any"),
        ("Những đơn vị nào phối hợp thu ngân sách?", "agencies", "any"),
        ("Liệt kê các cơ quan liên quan đến giáo dục", "agencies", "any"),
        ("lead agency for seaports", "agencies", "leads"),
        ("đơn vị chủ trì cải tạo đô thị", "agencies", "leads"),
        ("Sở Y tế làm những gì?", "tasks", "any"),
        ("Sở Y tế chủ trì việc gì?", "tasks", "leads"),
        ("What is the Department of Health in charge of?", "tasks", None),
        ("Which resolutions are cited on digital transformation?", "documents", None),
        ("Đề án nào liên quan tới doanh nghiệp?", "documents", None),
        ("Hạn chót ban hành kế hoạch hành động?", "deadlines", None),
        ("When are the action plans due?", "deadlines", None),
        ("Tăng trưởng GRDP bao nhiêu phần trăm?", "indicators", None),
        ("Có bao nhiêu chỉ tiêu về môi trường?", "indicators", None),
        ("Bao nhiêu nhiệm vụ do Sở Công Thương chủ trì?", "count", "leads"),
        ("How many documents are cited?", "count", None),
        ("Sân bay nào được nhắc đến?", "places", None),
        ("Ai công bố kế hoạch?", "people", None),
        ("Chủ đề của năm là gì?", "statements", None),
        ("Kế hoạch nói gì về rừng?", "statements", None),
    ],
)
def test_what_is_asked(corpus: Corpus, question: str, intent: str, role: str | None) -> None:
    got = understood(corpus, question)
    assert got["intent"] == intent
    if role is not None:
        assert got["role"] == role


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sở Kế hoạch và Đầu tư", "so-ke-hoach-va-dau-tu"),
        ("sở kế hoạch đầu tư", "so-ke-hoach-va-dau-tu"),
        ("Sở KH&ĐT", "so-ke-hoach-va-dau-tu"),
        ("so khdt", "so-ke-hoach-va-dau-tu"),
        ("sở kế hoạch", "so-ke-hoach-va-dau-tu"),
        ("Sở NN&PTNT", "so-nong-nghiep-va-phat-trien-nong-thon"),
        ("Sở Lao động - Thương binh và Xã hội", "so-lao-dong-thuong-binh-va-xa-hoi"),
        ("Sở LĐTBXH", "so-lao-dong-thuong-binh-va-xa-hoi"),
        ("Sở Văn hoá, Thể thao và Du lịch", "so-van-hoa-the-thao-va-du-lich"),
        ("Sở Giao thong van tai", "so-giao-thong-van-tai"),
        ("Sở Tài nguyen và Môi trừơng", "so-tai-nguyen-va-moi-truong"),
        ("BQL KKT Nghi Sơn", "ban-quan-ly-khu-kinh-te-nghi-son-va-cac-khu-cong-nghiep"),
    ],
)
def test_agencies_by_any_of_their_names(corpus: Corpus, name: str, slug: str) -> None:
    got = understood(corpus, f"{name} được giao những nhiệm vụ nào?")
    assert got["agency"] == AGENCY + slug
    assert got["intent"] == "tasks"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Department of Planning and Investment", "so-ke-hoach-va-dau-tu"),
        ("the planning department", "so-ke-hoach-va-dau-tu"),
        ("the agriculture department", "so-nong-nghiep-va-phat-trien-nong-thon"),
        ("the health department", "so-y-te"),
        ("Departmnet of Construction", "so-xay-dung"),
    ],
)
def test_agencies_in_english(corpus: Corpus, name: str, slug: str) -> None:
    got = understood(corpus, f"Which tasks does {name} lead?")
    assert got["agency"] == AGENCY + slug
    assert got["role"] == "leads"


@pytest.mark.parametrize("question", ["Ai chịu trách nhiệm về chuyển đổi số?", "ai chiu trach nhiem ve chuyen doi so"])
def test_a_topic_keeps_the_words_that_sound_like_other_words(corpus: Corpus, question: str) -> None:
    topic = corpus.ask(question).interpretation.topic
    assert topic is not None
    assert len(topic.split()) == 3


def test_roles_belong_to_whom_they_stand_by(corpus: Corpus) -> None:
    got = understood(corpus, "Những việc Sở Tài chính chủ trì mà Cục Thuế tham gia")
    assert got["agencies"] == [
        {"agencies": [AGENCY + "so-tai-chinh"], "role": "leads"},
        {"agencies": [AGENCY + "cuc-thue-tinh"], "role": "any"},
    ]


def test_a_denied_role_is_a_negated_condition(corpus: Corpus) -> None:
    got = understood(corpus, "Những nhiệm vụ Sở Xây dựng tham gia nhưng không chủ trì")
    assert {"agencies": [AGENCY + "so-xay-dung"], "role": "leads", "negated": True} in got["agencies"]


@pytest.mark.parametrize("question", ["", "   ", "???", "…"])
def test_an_empty_question_is_declined(corpus: Corpus, question: str) -> None:
    answer = corpus.ask(question)
    assert (answer.status, answer.reason, answer.results) == ("abstained", "empty_question", ())


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Sở Ngoại vụ chủ trì việc gì?", "unknown_agency"),
        ("What does the Department of Space do?", "unknown_agency"),
        ("Ai thực hiện Nghị quyết số 999-NQ/TU?", "unknown_document"),
        ("Who implements Decree 15/2020/ND-CP?", "unknown_document"),
        ("Ai chủ trì đường sắt cao tốc?", "topic_not_in_plan"),
        ("Who is in charge of minimum wages?", "topic_not_in_plan"),
        ("Sở Y tế làm gì về cảng biển?", "nothing_matches"),
    ],
)
def test_what_the_plan_does_not_hold_is_declined(corpus: Corpus, question: str, reason: str) -> None:
    answer = corpus.ask(question)
    assert answer.status == "abstained"
    assert answer.reason == reason
    assert answer.results == ()
    assert answer.text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who issued resolution 37/2021/QH15?", ["Quốc hội"]),
        ("Nghị quyết 06-NQ/TU do cơ quan nào ban hành?", ["Ban Thường vụ Tỉnh ủy"]),
        ("Who issued the plan that the education department has to carry out?", ["UBND tỉnh"]),
        ("Sở Y tế hay Sở Tài chính chủ trì khám chữa bệnh?", ["Sở Y tế"]),
        ("Does the Department of Health or the Department of Finance lead health care?", ["Sở Y tế"]),
        ("Sở nào chủ trì từ 3 nhiệm vụ trở lên?", ["Sở Công Thương", "Sở Văn hóa, Thể thao và Du lịch"]),
        (
            "Which agencies coordinate with the agency that leads digital transformation?",
            ["các ngành, đơn vị liên quan"],
        ),
    ],
)
def test_agencies_by_issue_choice_number_and_partner(corpus: Corpus, question: str, expected: list[str]) -> None:
    answer = corpus.ask(question)
    assert sorted(r.label_vi or "" for r in answer.results) == expected
    first = next(iter(corpus.sparql(answer.sparql).variables))
    assert first in ("agency", "issuer")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Những nhiệm vụ nào không liên quan đến du lịch mà Sở Văn hóa, Thể thao và Du lịch chủ trì?", {"E.V.3"}),
        ("Which tasks of the Department of Culture, Sports and Tourism are not about tourism?", {"E.V.3"}),
        ("tasks led by Sở Công Thương on industry but not on trade", {"E.II.2.a"}),
        ("Which tasks does the Department of Transport lead that cite no document?", {"E.II.3.b", "E.IV.1"}),
        ("Nhiệm vụ nào có hạn trước 31/1/2023?", {"G"}),
        ("Which tasks are due by 15 January 2023?", {"G"}),
    ],
)
def test_tasks_by_what_they_are_not_about_and_when_they_are_due(
    corpus: Corpus, question: str, expected: set[str]
) -> None:
    answer = corpus.ask(question)
    assert {a for r in answer.results for a in r.addresses} == expected
    assert {row["address"] for row in corpus.sparql(answer.sparql).values()} == expected


def test_a_duty_to_issue_is_no_question_for_the_issuer(corpus: Corpus) -> None:
    assert "asks_issuer" not in understood(corpus, "Ai phải ban hành kế hoạch hành động trước ngày 15/1/2023?")


@pytest.mark.parametrize(
    ("question", "results"),
    [
        ("What is the Departmet of Planning and Investmnet asked to lead?", "Sở KH&ĐT chủ trì việc gì?"),
        ("dem giup minh so nhiem vu cua BQL KKT Nghi Son", "Bao nhiêu nhiệm vụ của BQL KKT Nghi Sơn?"),
        ("co quan nao chu chi viec chuyen doi so", "Ai chủ trì việc chuyển đổi số?"),
    ],
)
def test_misspelt_it_is_the_same_question(corpus: Corpus, question: str, results: str) -> None:
    assert [r.label_vi or r.value for r in corpus.ask(question).results] == [
        r.label_vi or r.value for r in corpus.ask(results).results
    ]


def test_a_department_is_no_number(corpus: Corpus) -> None:
    for question in (
        "Nghị quyết ban hành ngày 10/11/2021 thì sở nào chủ trì thực hiện?",
        "nghi quyet ban hanh ngay 10/11/2021 thi so nao chu tri thuc hien?",
    ):
        assert understood(corpus, question)["intent"] == "agencies"
    number = corpus.ask("Nghị quyết nào của Quốc hội được viện dẫn, số bao nhiêu?")
    assert [r.details["number"] for r in number.results] == ["37/2021/QH15"]


@pytest.mark.parametrize(
    "question",
    [
        "Tên đầy đủ của đề án về xúc tiến đầu tư là gì?",
        "Sở GD&ĐT phải thực hiện những kế hoạch, chương trình nào?",
        "What is the full name of the scheme on investment promotion?",
    ],
)
def test_names_of_documents_are_documents(corpus: Corpus, question: str) -> None:
    assert understood(corpus, question)["intent"] == "documents"


@pytest.mark.parametrize("name", ["Sở LĐ-TB&XH", "Sở LĐTB-XH", "so ldtb xh", "Sở LĐTB và XH"])
def test_abbreviations_however_they_are_divided(corpus: Corpus, name: str) -> None:
    assert understood(corpus, f"{name} làm gì?")["agency"] == AGENCY + "so-lao-dong-thuong-binh-va-xa-hoi"


def test_a_group_that_is_part_of_another_is_not_meant_by_its_shortened_name(corpus: Corpus) -> None:
    assert understood(corpus, "UBND huyện phải làm gì?")["agency"] == AGENCY + "ubnd-cac-huyen-thi-xa-thanh-pho"


@pytest.mark.parametrize("question", ["UBND tỉnh giao bao nhiêu chỉ tiêu?", "ubnd tinh giao bao nhieu chi tieu"])
def test_who_gave_the_tasks_is_a_condition(corpus: Corpus, question: str) -> None:
    assert [(r.value, r.addresses) for r in corpus.ask(question).results] == [(15, ("F",))]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("Tổng số nhiệm vụ, giải pháp ở phần E là bao nhiêu?", 42),
        ("Phần trọng tâm chỉ đạo, điều hành gồm mấy điểm?", 9),
        ("Có bao nhiêu nhiệm vụ thuộc nhóm dịch vụ (E.II.3)?", 4),
        ("Sở Văn hóa, Thể thao và Du lịch chủ trì bao nhêu nhiệm vụ?", 3),
        ("Count of the taks that the Department of Health leads", 1),
    ],
)
def test_counts_of_parts_and_of_what_is_misspelt(corpus: Corpus, question: str, count: int) -> None:
    assert [r.value for r in corpus.ask(question).results] == [count]


def test_a_title_is_not_taken_for_another_that_shares_its_first_words(corpus: Corpus) -> None:
    got = understood(corpus, "Ai thực hiện chương trình quốc gia về xóa đói giảm nghèo?")
    assert got["document"] is None


def test_a_deadline_is_found_though_a_group_is_named_in_passing(corpus: Corpus) -> None:
    answer = corpus.ask("Thời hạn ban hành kế hoạch hành động của ngành, địa phương, đơn vị?")
    assert [r.value for r in answer.results] == ["2023-01-15"]
