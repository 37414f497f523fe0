from __future__ import annotations

import pytest
from pdf_maker import INDENT, Line, grid, make_pdf

from kgplan.reading import read

COLUMNS = [57.0, 97.0, 297.0, 417.0, 537.0]
EDGES = [700.0, 660.0, 620.0, 580.0]


def cells(*rows: tuple[str, ...], edges: list[float] = EDGES) -> list[Line]:
    """The texts of a table's cells, each line of a cell 14 points below the other."""
    return [
        Line(text, x + 4, y - 14 * (1 + number), size=10)
        for row, y in zip(rows, edges, strict=False)
        for cell, x in zip(row, COLUMNS, strict=False)
        for number, text in enumerate(cell.split("\n"))
        if text
    ]


HEAD = ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian")
ROWS = (
    HEAD,
    ("1", "Xây dựng đề án phát\ntriển chợ nông thôn", "Sở A", "Quý I"),
    ("2", "Rà soát quy hoạch", "Sở B", ""),
)
EXPECTED = [
    "TT | Nhiệm vụ | Chủ trì | Thời gian",
    "1 | Xây dựng đề án phát triển chợ nông thôn | Sở A | Quý I",
    "2 | Rà soát quy hoạch | Sở B | ",
]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("boxes", [False, True])
def test_a_ruled_table_becomes_rows_between_its_paragraphs(boxes: bool, turned: int) -> None:
    lines = [Line("PHỤ LỤC", 250, 740), *cells(*ROWS), Line("Ghi chú: không.", INDENT, 540)]
    data = make_pdf([lines], rules=[grid(COLUMNS, EDGES, boxes=boxes)], turned=turned)
    assert read(data).text.split("\n") == ["PHỤ LỤC", *EXPECTED, "Ghi chú: không."]


def test_fields_without_a_rule_between_them_are_one_cell() -> None:
    rules = (
        grid(COLUMNS, [700.0, 660.0])
        + grid([57.0, 537.0], [660.0, 620.0])  # a section over all columns
        + grid([57.0, 97.0, 297.0], [620.0, 580.0, 540.0])
        + grid([297.0, 417.0, 537.0], [620.0, 540.0])  # two rows share their last cells
    )
    rows = (HEAD, ("I. NHÓM MỘT",), ("1", "Một", "Sở A", "Quý I"), ("2", "Hai"))
    lines = cells(*rows, edges=[700.0, 660.0, 620.0, 580.0])
    assert read(make_pdf([lines], rules=[rules])).text.split("\n") == [
        "TT | Nhiệm vụ | Chủ trì | Thời gian",
        "I. NHÓM MỘT |  |  | ",
        "1 | Một | Sở A | Quý I",
        "2 | Hai | Sở A | Quý I",
    ]


def test_a_table_over_two_pages_is_one_and_its_head_stands_once() -> None:
    more = (HEAD, ("3", "Tổng kết", "Sở C", "Quý IV"))
    pages = [cells(*ROWS), cells(*more)]
    result = read(make_pdf(pages, rules=[grid(COLUMNS, EDGES), grid(COLUMNS, EDGES[:3])]))
    assert result.text.split("\n") == [*EXPECTED, "3 | Tổng kết | Sở C | Quý IV"]
    where = result.locate(result.text.index("Tổng kết"))
    assert (where.page, where.table, where.row, where.column) == (2, 1, 4, 2)
    assert result.locate(result.text.index("Xây dựng")).page == 1


def test_a_frame_around_text_and_lines_under_words_are_no_table() -> None:
    lines = [Line("Đoạn văn trong khung có đủ chữ.", 70, 700), Line("Đoạn sau.", 70, 600)]
    rules = grid([57.0, 537.0], [720.0, 680.0]) + "70 595 m 120 595 l S\n"
    assert read(make_pdf([lines], rules=[rules])).text == "Đoạn văn trong khung có đủ chữ.\nĐoạn sau."


def test_bold_rows_are_marked() -> None:
    lines = [Line(line.text, line.x, line.y, line.size, bold=line.y > 670) for line in cells(*ROWS)]
    result = read(make_pdf([lines], rules=[grid(COLUMNS, EDGES)]))
    assert [result.text[start:end] for start, end in result.strong] == [EXPECTED[0]]
