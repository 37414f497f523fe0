"""What the parser says that it did not understand, and that does not add up in a plan: told, with its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgplan.parsing import parse
from kgplan.parsing.checks import CODES as CHECKS
from kgplan.parsing.notes import CODES as GAPS
from kgplan.parsing.sums import wrong_list_sum, wrong_sums

HEAD = "UBND TỈNH NGHỆ AN\nSố: 15/KH-UBND\nNghệ An, ngày 12 tháng 02 năm 2024\n\nKẾ HOẠCH\nPhát triển chợ năm 2024\n\n"


def notes(body, head=HEAD):
    """The notes on a plan, each as its code and words."""
    plan = parse(head + "I. NHIỆM VỤ\n\n" + body + "\n", jurisdiction="nghe-an")
    for note in plan.notes:
        assert note.code in (*GAPS, *CHECKS)
        assert note.message
        assert 0 <= note.start < note.end <= len(plan.text)
    return [(note.code, plan.text[note.start : note.end]) for note in plan.notes]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. Phối hợp chặt chẽ trong kiểm tra chợ.", ("no_agency", "Phối hợp")),
        ("1. Trung tâm Sáng tạo Xanh tổ chức hội chợ.", ("unknown_agency", "Trung tâm Sáng tạo Xanh")),
        ("1. Sở Y tế, Sở Nội vụ chủ trì kiểm tra chợ.", ("two_leads", "Sở Nội vụ")),
        ("1. Sở Y tế kiểm tra chợ trước ngày 15/01/2024.", ("deadline_before_plan", "trước ngày 15/01/2024")),
        ("1. Sở Y tế kiểm tra chợ trước ngày 15/01/2020.", ("deadline_before_plan", "trước ngày 15/01/2020")),
        ("1. Tỷ lệ chợ đạt chuẩn đạt 80%.", ("target_without_owner", "80%")),
        ("1. Sở Y tế kiểm tra chợ trước ngày 31/02/2024.", ("impossible_date", "31/02/2024")),
        ("1. Sở Y tế kiểm tra chợ giai đoạn 2025 - 2021.", ("period_reversed", "giai đoạn 2025 - 2021")),
        ("1. Sở Y tế giao 25 chợ, gồm 12 chợ xã, 9 chợ huyện và 3 chợ tỉnh.", ("sum_mismatch", "25 chợ")),
        (
            "1. Sở Y tế thực hiện Nghị quyết số 37/2021/QH15 ngày 13/11/2022 của Quốc hội.",
            ("citation_year_mismatch", "Nghị quyết số 37/2021/QH15 ngày 13/11/2022 của Quốc hội"),
        ),
        (
            "1. Sở Y tế thực hiện Quyết định số 90/QĐ-TTg ngày 01/03/2024 của Thủ tướng Chính phủ.",
            ("citation_after_plan", "Quyết định số 90/QĐ-TTg ngày 01/03/2024 của Thủ tướng Chính phủ"),
        ),
    ],
)
def test_each_finding_has_its_code_and_words(body, expected):
    assert expected in notes(body)


@pytest.mark.parametrize(
    "body",
    [
        "1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ kiểm tra chợ trước ngày 15/03/2024, đạt 80%.",
        "1. Sở Y tế giao 25 chợ, gồm 12 chợ xã, 9 chợ huyện và 4 chợ tỉnh.",
        "1. Sở Y tế thực hiện Nghị quyết số 37/2021/QH15 ngày 13/11/2021 của Quốc hội giai đoạn 2021 - 2025.",
        "1. Sở Y tế thực hiện Luật An toàn thực phẩm và Kế hoạch số 15/KH-UBND.",
    ],
)
def test_what_is_in_order_has_no_note(body):
    assert notes(body) == []


def test_without_a_date_the_plans_year_counts():
    head = "KẾ HOẠCH\nPhát triển chợ năm 2024\n\n"
    told = notes("1. Sở Y tế kiểm tra chợ trước ngày 15/01/2023.", head)
    assert told == [("deadline_before_plan", "trước ngày 15/01/2023")]
    assert notes("1. Sở Y tế kiểm tra chợ trước ngày 15/01/2024.", head) == []


def test_an_act_that_was_not_read_is_told_and_nothing_else_is():
    body = "1. Sở Y tế thực hiện Quyết định số 90/QĐ-TTg ngày 01/01/2024 và Chỉ thị số 5 của cấp trên."
    plan = parse(HEAD + "I. NHIỆM VỤ\n\n" + body + "\n", jurisdiction="nghe-an")
    read = [plan.text[c.start : c.end] for c in plan.statements[0].citations]
    told = [plan.text[n.start : n.end] for n in plan.notes if n.code == "unparsed_citation"]
    for words in ("Quyết định số 90/QĐ-TTg", "Chỉ thị số 5"):
        assert sum(words in one for one in (*read, *told)) == 1


def test_sums_over_a_list():
    assert ("sum_mismatch", "25 chợ") in notes("1. Sở Y tế giao 25 chợ, gồm:\n- 12 chợ xã;\n- 9 chợ huyện.")
    assert notes("1. Sở Y tế giao 21 chợ, gồm:\n- 12 chợ xã;\n- 9 chợ huyện.") == []
    assert wrong_list_sum("25 chợ, gồm:", ["12 chợ xã", "sửa chữa chợ huyện"]) is None
    assert wrong_list_sum("chợ, gồm:", ["12 chợ xã", "9 chợ huyện"]) is None
    assert wrong_list_sum("25 chợ", ["12 chợ xã", "9 chợ huyện"]) is None


@pytest.mark.parametrize(
    ("text", "summed"),
    [
        (
            "Giao 25 chỉ tiêu (không gồm 02 chỉ tiêu về đảng), chia làm 4 lĩnh vực, gồm: 12 chỉ tiêu A, 9 chỉ tiêu B.",
            21,
        ),
        ("Ban hành 30 văn bản, bao gồm 12 văn bản về đầu tư, 9 về y tế và 8 văn bản khác.", 29),
        ("Tổng vốn 7.000 tỷ đồng, gồm: trung ương 3.000 tỷ đồng, tỉnh 4.500 tỷ đồng.", 7500),
        ("Có 25 xã, trong đó 12 xã miền núi và 19 xã biên giới.", 31),
    ],
)
def test_sums_that_do_not_come_out(text, summed):
    (wrong,) = wrong_sums(text)
    assert wrong.summed == summed
    assert text[wrong.start : wrong.end].startswith(f"{wrong.value:,.0f}".replace(",", "."))


@pytest.mark.parametrize(
    "text",
    [
        "Có 25 xã, trong đó 12 xã miền núi và 9 xã biên giới.",
        "Có khoảng 25 xã, gồm 12 xã miền núi và 9 xã biên giới.",
        "Có 25 xã, gồm trên 12 xã miền núi và 9 xã biên giới.",
        "Có 25 xã, không bao gồm 12 xã miền núi và 9 xã biên giới.",
        "Có 25 xã. Các chợ gồm 12 xã miền núi và 9 xã biên giới.",
        "Tổng 7.000,5 tỷ đồng, gồm: trung ương 3.000,3 tỷ đồng, tỉnh 4.000,3 tỷ đồng.",
        "Có 25 xã, gồm 12 xã miền núi.",
        "Có 25 xã, gồm 12 huyện và 9 tỉnh.",
    ],
)
def test_sums_that_come_out_or_cannot_be_told(text):
    assert list(wrong_sums(text)) == []


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=6), st.integers(-3, 3))
def test_a_sum_is_wrong_just_when_it_is(parts, off):
    total = sum(parts) + off
    words = [f"{part:,}".replace(",", ".") + " chợ" for part in parts]
    text = f"Xây {total:,}".replace(",", ".") + " chợ, gồm: " + ", ".join(words) + "."
    expected = [] if off == 0 or total < 1 else [sum(parts)]
    assert [wrong.summed for wrong in wrong_sums(text) if wrong.value > 0] == expected


@given(st.text(alphabet="0123456789 .,;:()-/%gồmxãvà\n", max_size=80))
def test_no_text_breaks_the_sums(text):
    for wrong in wrong_sums(text):
        assert 0 <= wrong.start < wrong.end <= len(text)


@pytest.mark.parametrize("number", ["05/2020/QĐ-UBND", "5/2020/QĐ-UBND", "05/2020/QĐ–UBND"])
def test_the_plans_own_number_is_no_unread_citation(number: str) -> None:
    text = (
        "UBND TỈNH NGHỆ AN\nSố: 05/2020/QĐ-UBND\n\nKẾ HOẠCH\nPhát triển rừng năm 2020\n\nI. NHIỆM VỤ\n"
        f"1. Sở Tài chính chủ trì bố trí kinh phí theo kế hoạch kèm theo số {number} này.\n"
    )
    plan = parse(text, jurisdiction="nghe-an")
    assert not [note for note in plan.notes if note.code == "unparsed_citation"]
