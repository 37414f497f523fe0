"""What people say and plans do not: everyday matters, abbreviated names, parts of parts, conditions in passing."""

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
    "question",
    [
        "Ai chủ trì phóng vệ tinh?",
        "Translate good morning into Japanese",
        "Write a sonnet about the sea",
        "cach nau pho bo ngon",
        "Who leads the space program?",
        "Kết quả trận chung kết bóng đá tối qua",
    ],
)
def test_matters_of_no_plan_are_declined(corpus: Corpus, question: str) -> None:
    answer = corpus.ask(question)
    assert (answer.status, answer.results) == ("abstained", ())


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Sở Nông nghiệp và PTNT", "so-nong-nghiep-va-phat-trien-nong-thon"),
        ("so nong nghiep va ptnt", "so-nong-nghiep-va-phat-trien-nong-thon"),
        ("Sở LĐ, Thương binh và XH", "so-lao-dong-thuong-binh-va-xa-hoi"),
        ("Sở Kế hoạch và ĐT", "so-ke-hoach-va-dau-tu"),
    ],
)
def test_names_of_which_some_words_are_abbreviated(corpus: Corpus, name: str, slug: str) -> None:
    got = understood(corpus, f"{name} chủ trì việc gì?" if "ở" in name else f"{name} chu tri viec gi")
    assert (got["agency"], got["topic"]) == (AGENCY + slug, None)


def test_what_is_no_abbreviation_of_the_name_stays_a_topic(corpus: Corpus) -> None:
    assert understood(corpus, "Sở Kế hoạch và Đầu tư làm gì về ODA?")["topic"] == "ODA"


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("Which tasks are in part IV of section E?", "E.IV"),
        ("Mục II phần E có những nhiệm vụ nào?", "E.II"),
        ("tasks in section II.3", "E.II.3"),
    ],
)
def test_a_part_within_a_part(corpus: Corpus, question: str, section: str) -> None:
    assert understood(corpus, question)["section"] == section


def test_one_agency_in_either_of_two_roles(corpus: Corpus) -> None:
    leads = corpus.ask("Sở Công Thương chủ trì bao nhiêu nhiệm vụ?").results[0].value
    both = (
        corpus.ask("Sở Công Thương có bao nhiêu nhiệm vụ, tính cả chủ trì lẫn đồng chịu trách nhiệm?").results[0].value
    )
    assert isinstance(leads, int)
    assert isinstance(both, int)
    assert both > leads


def test_tasks_that_have_a_lead_and_no_partner(corpus: Corpus) -> None:
    addresses = {r.addresses[0] for r in corpus.ask("Which task has a lead agency but names no partner?").results}
    plan = corpus.plan("thanh-hoa-2023")
    expected = {
        s.address for s in plan.statements if s.kind == "task" and [r.role for r in s.responsibilities] == ["leads"]
    }
    assert addresses == expected


def test_things_named_before_are_asked_for_by_ones(corpus: Corpus) -> None:
    got = understood(
        corpus, "Of the tasks led by the Department of Planning and Investment, which ones cite a document?"
    )
    assert (got["intent"], got["cited_types"]) == ("tasks", ["*"])


@pytest.mark.parametrize(
    ("question", "intent", "role"),
    [
        ("ke hoach noi gi ve lu quet va sat lo dat", "statements", None),
        ("cong tac phong chong dich do ai lo", "agencies", "leads"),
        ("so nao lo chuyen lam nghiep", "agencies", "leads"),
    ],
)
def test_words_that_are_alike_without_diacritics(corpus: Corpus, question: str, intent: str, role: str | None) -> None:
    got = understood(corpus, question)
    assert (got["intent"], got["role"]) == (intent, role)


@pytest.mark.parametrize(
    ("question", "field", "value"),
    [
        ("văn bản mới nhất được dẫn là văn bản nào", "dated", "latest"),
        ("What is the oldest act cited?", "dated", "earliest"),
        ("Văn bản nào ra cùng ngày với Kế hoạch 26-KH/TU?", "document_date", "2021-08-13"),
        ("Ngoài Kế hoạch 26-KH/TU, văn bản nào được ban hành ngày 13/8/2021?", "document_date", "2021-08-13"),
    ],
)
def test_documents_by_their_day(corpus: Corpus, question: str, field: str, value: str) -> None:
    answer = corpus.ask(question)
    got = answer.interpretation.to_dict()
    assert (got["intent"], got[field]) == ("documents", value)
    assert len(answer.results) == 1
    if field == "document_date":
        assert got["excluded_documents"]
        assert got["excluded_documents"][0] != answer.results[0].iri


def test_an_interpretation_with_documents_left_out_can_be_given_back(corpus: Corpus) -> None:
    change = {"intent": "documents", "documents": [], "excluded_documents": ["26-KH/TU"], "document_date": "2021-08-13"}
    given = corpus.ask("văn bản", interpretation=change)
    assert given.results == corpus.ask("Văn bản nào ra cùng ngày với Kế hoạch 26-KH/TU?").results


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("Which agencies lead some tasks and share others?", ["leads", "shares"]),
        ("Cơ quan nào vừa chủ trì nhiệm vụ này vừa phối hợp trong nhiệm vụ khác?", ["leads", "coordinates"]),
    ],
)
def test_agencies_in_each_of_two_roles(corpus: Corpus, question: str, roles: list[str]) -> None:
    got = understood(corpus, question)
    assert got["all_of"]
    assert [part["role"] for part in got["parts"]] == roles


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("the provincial tax office", "cuc-thue-tinh"),
        ("Thanh Hoa Customs", "cuc-hai-quan-thanh-hoa"),
        ("các sở, ban, ngành cấp tỉnh", "cac-so-ban-nganh-don-vi-cap-tinh"),
    ],
)
def test_other_names_of_agencies(corpus: Corpus, name: str, slug: str) -> None:
    question = f"{name} phải làm những việc gì?" if "ấ" in name else f"What does {name} have to do?"
    assert understood(corpus, question)["agency"] == AGENCY + slug


def test_a_head_before_a_comma_begins_no_name(corpus: Corpus) -> None:
    assert understood(corpus, "cong tac dan so, ke hoach hoa gia dinh do ai phu trach?")["agency"] is None
