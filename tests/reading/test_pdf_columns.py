"""PDF pages in two columns: running text is parted, what stands side by side otherwise is read across."""

from __future__ import annotations

import textwrap

import pytest
from pdf_maker import Line, make_pdf

from kgplan.reading import read

LONG = (
    "Sở Kế hoạch và Đầu tư chủ trì, phối hợp với Sở Tài chính rà soát danh mục dự án, báo cáo Ủy ban nhân dân tỉnh "
    "xem xét, quyết định trước khi trình Hội đồng nhân dân tỉnh, bảo đảm đúng quy định của pháp luật về đầu tư công."
)
SHORT = "Sở Y tế tổ chức khám bệnh cho người dân ở các xã vùng cao, biên giới và hải đảo trong quý này."


def text_of(*pages: list[Line]) -> str:
    return read(make_pdf(pages)).text


def set_in_columns(*columns: str, top: float = 700.0) -> list[Line]:
    """Two columns of 44 characters of ten points a line, each text wrapped from its column's head down."""
    lines = []
    for text, left in zip(columns, (57.0, 313.0), strict=True):
        placed = [line for paragraph in text.split("\n") for line in textwrap.wrap(paragraph, 44)]
        lines += [Line(line, left, top - 14 * number, 10.0) for number, line in enumerate(placed)]
    return lines


def parted(text: str) -> tuple[str, str]:
    """The first two lines of ``text``, and the others."""
    lines = textwrap.wrap(text, 44)
    return " ".join(lines[:2]), " ".join(lines[2:])


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    first = f"1. {LONG}\n2. {LONG}"
    begin, end = parted(f"3. {LONG}")
    heading = Line("KẾ HOẠCH PHÁT TRIỂN KINH TẾ - XÃ HỘI CỦA TỈNH NĂM TỚI", 120, 760, 14.0)
    lines = [heading, *set_in_columns(f"{first}\n{begin}", f"{end}\n4. {SHORT}\n5. {LONG}")]
    found = text_of(lines).split("\n")
    assert found == [heading.text, f"1. {LONG}", f"2. {LONG}", f"3. {LONG}", f"4. {SHORT}", f"5. {LONG}"]


def test_a_signature_beside_the_addressees_is_no_column_of_text() -> None:
    left = ["Nơi nhận:", "- Như trên;", "- Thường trực Tỉnh ủy;", "- Các sở, ngành;", "- Văn phòng;", "- Lưu: VT, TH."]
    right = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "Đóng dấu", "Nguyễn Văn A"]
    rows = zip(left, right, strict=True)
    lines = [line for n, (a, b) in enumerate(rows) for line in (Line(a, 57, 700 - 18 * n), Line(b, 340, 700 - 18 * n))]
    assert text_of(lines).split("\n") == [text for pair in zip(left, right, strict=True) for text in pair]


def test_a_paragraph_goes_on_over_the_page_end_of_a_column() -> None:
    begin, end = parted(f"2. {LONG}")
    first = set_in_columns(f"1. {LONG}\n1. {LONG}", f"1. {LONG}\n{begin}")
    second = set_in_columns(f"{end}\n3. {LONG}", f"4. {LONG}\n5. {LONG}")
    assert text_of(first, second).split("\n") == [f"{label}. {LONG}" for label in (1, 1, 1, 2, 3, 4, 5)]


@pytest.mark.parametrize("shift", [0.0, 5.0])
def test_lines_of_the_columns_need_not_stand_at_one_height(shift: float) -> None:
    lines = set_in_columns(f"1. {LONG}\n2. {LONG}", f"3. {LONG}\n4. {LONG}")
    moved = [Line(line.text, line.x, line.y - shift * (line.x > 300), line.size) for line in lines]
    assert text_of(moved).split("\n") == [f"{label}. {LONG}" for label in (1, 2, 3, 4)]
