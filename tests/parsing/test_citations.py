"""Citations: the built-in plan, provisions and relations, generated texts that know their truth, and any text."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from citing import documents, read, relations
from hypothesis import given, settings
from hypothesis import strategies as st

from kgplan.parsing.citations import CitationReader
from kgplan.resources import DATA

PLAN = (DATA / "plans" / "thanh-hoa-2023.vi.txt").read_text(encoding="utf-8")
GOLD: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "gold" / "thanh-hoa-2023.json").read_text(encoding="utf-8")
)


def test_built_in_plan() -> None:
    reader = CitationReader("thanh-hoa")
    for statement in sorted(GOLD["statements"] + GOLD["context"], key=lambda s: s["start"]):
        cited = reader.read(PLAN, statement["start"], statement["end"])
        found = [{k: getattr(c.document, k) for k in ("number", "title", "type", "issuer", "date")} for c in cited]
        assert found == statement.get("documents", []), statement["address"]
    assert len({d.id for d in reader.documents}) == len(reader.documents) == 23


@pytest.mark.parametrize(
    ("sentence", "provision"),
    [
        ("quy định tại Điều 5 của Nghị định số 63/2010/NĐ-CP", "Điều 5"),
        ("theo khoản 2 Điều 3 Nghị định số 63/2010/NĐ-CP", "khoản 2 Điều 3"),
        ("thay thế điểm d khoản 2 mục II Thông tư số 65/2008/TT-BTC", "điểm d khoản 2 mục II"),
        ("tại Phụ lục IV Nghị định số 63/2010/NĐ-CP", "Phụ lục IV"),
        ("theo Điều 1, 2, 3 Nghị định số 63/2010/NĐ-CP", "Điều 1, 2, 3"),
        ("vùng trọng điểm theo Nghị định số 63/2010/NĐ-CP", None),
    ],
)
def test_provisions(sentence: str, provision: str | None) -> None:
    (cited,) = read(f"Thực hiện {sentence}.")
    assert cited.citation.provision == provision


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Căn cứ Nghị quyết số 1/NQ-CP và Quyết định số 2/QĐ-TTg;", ["basedOn", "basedOn"]),
        ("Tổ chức thực hiện Nghị quyết số 1/NQ-CP, Quyết định số 2/QĐ-TTg.", ["implements", "implements"]),
        ("Bãi bỏ Quyết định số 2/QĐ-UBND; thay thế Chỉ thị số 3/CT-UBND.", ["repeals", "replaces"]),
        ("Sửa đổi, bổ sung Điều 3 Quyết định số 2/QĐ-UBND.", ["amends"]),
        ("Quyết định số 2/QĐ-UBND hết hiệu lực thi hành.", ["repeals"]),
        ("Thực hiện theo quy định tại Nghị định số 3/2020/NĐ-CP.", ["cites"]),
        ("Ban hành kèm theo Quyết định này Quy chế phối hợp quản lý chợ.", ["promulgates"]),
        ("Thực hiện Kế hoạch số 5/KH-UBND về thực hiện Nghị quyết số 6-NQ/TU.", ["implements", "cites"]),
    ],
)
def test_relations(sentence: str, found: list[str]) -> None:
    assert relations(sentence) == found


ISSUERS = st.sampled_from(
    [
        ("Chính phủ", "CP"),
        ("Thủ tướng Chính phủ", "TTg"),
        ("UBND tỉnh", "UBND"),
        ("HĐND tỉnh", "HĐND"),
        ("Bộ Tài chính", "BTC"),
    ]
)
TYPES = st.sampled_from(
    [("Nghị quyết", "NQ"), ("Quyết định", "QĐ"), ("Chỉ thị", "CT"), ("Kế hoạch", "KH"), ("Thông báo", "TB")]
)
ABOUT = st.sampled_from(
    [None, "phát triển du lịch", "việc phân cấp quản lý rừng", "bảo đảm an toàn thực phẩm, giai đoạn 2021 - 2025"]
)
DATE_FORMS = (
    "ngày {d:02d}/{m:02d}/{y}",
    "ngày {d}/{m}/{y}",
    "ngày {d:02d} tháng {m:02d} năm {y}",
    ", ngày {d:02d}-{m:02d}-{y}",
)


@st.composite
def acts(draw: st.DrawFn) -> tuple[str, dict[str, str | None]]:
    """A citation as printed, and what it says."""
    (label, code), (issuer, symbol) = draw(TYPES), draw(ISSUERS)
    sequence, year = draw(st.integers(1, 9999)), draw(st.integers(1990, 2029))
    day, month = draw(st.integers(1, 28)), draw(st.integers(1, 12))
    number = draw(st.sampled_from([f"{sequence}/{code}-{symbol}", f"{sequence}/{year}/{code}-{symbol}"]))
    printed_number = draw(st.sampled_from([number, number.replace("-", " - "), number.replace("-", "–")]))
    dated = draw(st.booleans())
    about = draw(ABOUT)
    date = draw(st.sampled_from(DATE_FORMS)).format(d=day, m=month, y=year) if dated else ""
    sign = draw(st.sampled_from([" số ", " "]))
    printed = f"{label}{sign}{printed_number} {date} của {issuer}".replace(" ,", ",").replace("  ", " ")
    truth = {
        "number": number,
        "type": label,
        "issuer": issuer,
        "date": f"{year}-{month:02d}-{day:02d}" if dated else None,
        "title": about.removeprefix("việc ") if about else None,
    }
    return printed + (f" về {about}" if about else ""), truth


@settings(max_examples=150, deadline=None)
@given(
    st.lists(acts(), min_size=1, max_size=4, unique_by=lambda act: str(act[1]["number"])),
    st.sampled_from(["; ", "; theo ", ";\n- thực hiện "]),
)
def test_generated_citations_are_read_back(made: list[tuple[str, dict[str, str | None]]], glue: str) -> None:
    sentence = "Các sở, ngành thực hiện " + glue.join(printed for printed, _ in made) + "; báo cáo kết quả."
    found = [{k: getattr(d, k) for k in ("number", "type", "issuer", "date", "title")} for d in documents(sentence)]
    assert found == [truth for _, truth in made]


PIECES = (
    "Nghị quyết", "số", "12/2010/QĐ-UBND", "ngày", "1/2/2010", "của", "UBND", "tỉnh", "Luật", "12", "-NQ/TU", "/",
    "sửa đổi, bổ sung một số điều của", "Đề án", "“", "”", "(", ")", "sau đây gọi là", "này", "nêu trên", "về", "việc",
    "năm", "giai đoạn 2021 - 2025", ",", ";", ".", "\n", "và", "Căn cứ", "khoản 2", "Điều 3", "Thủ tướng", "Quy chế",
    "ban hành kèm theo",
)  # fmt: skip
WORDS = st.sampled_from(PIECES)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=80).map(" ".join)))
def test_any_text_is_read_and_offsets_hold(text: str) -> None:
    reader = CitationReader("nghe-an")
    cited = reader.read(text, 0, len(text))
    assert [c.citation.start for c in cited] == sorted(c.citation.start for c in cited)
    for c in cited:
        assert 0 <= c.citation.start < c.citation.end <= len(text)
        assert c.document.number or c.document.title
        assert re.fullmatch(r"[a-z0-9-]+", c.document.id)
    assert {c.document.id for c in cited} <= {d.id for d in reader.documents}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PLAN) - 400), st.integers(0, 399), st.characters(exclude_categories=["Cs"]))
def test_mutated_plan_is_read(start: int, offset: int, character: str) -> None:
    text = PLAN[start : start + offset] + character + PLAN[start + offset : start + 400]
    for c in CitationReader("thanh-hoa").read(text, 0, len(text)):
        assert text[c.citation.start : c.citation.end].strip()


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Nghị quyết số 19-2017/NQ-CP ngày 06/02/2017 của Chính phủ.", ["19-2017/NQ-CP"]),
        ("Quyết định số 280TC/QĐ/NSNN ngày 15/4/1997 của Bộ trưởng Bộ Tài chính.", ["280TC/QĐ/NSNN"]),
        ("Báo cáo tình hình thực hiện Quy chế về Sở Nội vụ.", []),
        ("Cụ thể hóa Chương trình hành động thành kế hoạch với lộ trình rõ ràng.", []),
        ("Trên đây là Kế hoạch phát triển nông nghiệp giai đoạn 2021 - 2025 của tỉnh.", []),
    ],
)
def test_old_and_odd_numbers_and_what_is_no_title(sentence, found):
    assert [c.document.number for c in read(sentence)] == found


def test_acts_named_in_a_title_with_a_short_name_behind_it():
    sentence = (
        "Quyết định số 06/QĐ-TTg của Thủ tướng Chính phủ phê duyệt Đề án phát triển dữ liệu giai đoạn 2022 - 2025 "
        "(sau đây gọi là Đề án 06)."
    )
    assert [c.document.title for c in read(sentence)][1:] == ["Đề án phát triển dữ liệu giai đoạn 2022 - 2025"]


def test_an_act_ends_before_what_amended_it():
    first, second = (
        c.document
        for c in read(
            "Nghị định số 63/2010/NĐ-CP của Chính phủ về thủ tục, được sửa đổi bởi Nghị định số 48/2013/NĐ-CP."
        )
    )
    assert (first.title, second.number) == ("thủ tục", "48/2013/NĐ-CP")


def test_the_issuer_may_be_a_meeting_or_be_named_by_its_field():
    sentence = (
        "Nghị quyết số 18-NQ/TW của Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII về đổi mới; "
        "Kế hoạch số 5/KH-BCĐ của Ban Chỉ đạo liên ngành Trung ương về an toàn thực phẩm về triển khai hậu kiểm."
    )
    assert [(c.document.issuer, c.document.title) for c in read(sentence)] == [
        ("Ban Chấp hành Trung ương Đảng", "đổi mới"),
        ("Ban Chỉ đạo liên ngành Trung ương về an toàn thực phẩm", "triển khai hậu kiểm"),
    ]


def test_an_annex_is_known_by_the_act_it_was_issued_with():
    (title,) = {
        c.document.title
        for c in read(
            "Chế độ báo cáo theo Quy chế làm việc của Ban Chỉ huy PCTT tỉnh ban hành theo Quyết định 45/QĐ-PCTT."
        )
    } - {None}
    assert title == "Quy chế làm việc của Ban Chỉ huy PCTT tỉnh"
