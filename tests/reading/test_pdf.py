from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_text import SAMPLE, sentences, western
from pdf_maker import INDENT, LEFT, WIDTH, Line, make_pdf, page, wrap

from kgplan.errors import ReadError
from kgplan.reading import read

FILLER = "nội dung công việc được giao cho từng đơn vị thực hiện"


def long(text: str) -> str:
    """``text`` prolonged to about two and a half lines."""
    return f"{text} {' '.join([FILLER] * 3)}."


def text_of(*pages: list[Line]) -> str:
    return read(make_pdf(pages)).text


def test_lines_are_joined_to_paragraphs() -> None:
    paragraphs = [long("1. Sở A chủ trì"), long("2. Sở B phối hợp"), "3. Sở C."]
    lines = [line for paragraph in paragraphs for line in wrap(paragraph)]
    assert text_of(page([("KẾ HOẠCH", 250.0), *lines])).split("\n") == ["KẾ HOẠCH", *paragraphs]


def test_paragraphs_without_indent_part_at_short_lines_and_labels() -> None:
    paragraphs = [long("- Một"), long("- Hai"), long("Ba")]
    lines = [line for paragraph in paragraphs for line in wrap(paragraph, LEFT)]
    assert text_of(page(lines)).split("\n") == paragraphs


def test_text_hanging_behind_its_label_is_joined() -> None:
    paragraphs = [long("a) Một"), long("b) Hai")]
    lines = [line for paragraph in paragraphs for line in wrap(paragraph, INDENT, INDENT + 18)]
    assert text_of(page(lines)).split("\n") == paragraphs


def test_a_wider_distance_parts_paragraphs() -> None:
    first = Line("x" * 80, LEFT, 770)
    second = Line("y" * 80, LEFT, 752)
    third = Line("z" * 80, LEFT, 722)
    fourth = Line("t" * 80, LEFT, 704)
    assert text_of([first, second, third, fourth]) == f"{'x' * 80} {'y' * 80}\n{'z' * 80} {'t' * 80}"


def test_another_size_parts_a_heading_from_its_text() -> None:
    heading = Line("T" * 68, LEFT, 770, size=14)
    assert text_of([heading, Line("x" * 80, LEFT, 752), Line("y" * 20, LEFT, 734)]).split("\n")[0] == "T" * 68


def test_a_paragraph_goes_on_over_a_page_end_without_heads_feet_and_numbers() -> None:
    paragraph = long("1. Sở A chủ trì, phối hợp với các đơn vị")
    lines = wrap(paragraph)
    pages = [
        page([*wrap(long("Mở đầu")), *lines[:1]]),
        [*page(lines[1:]), Line("2", 297, 810)],
        [*page(wrap(long("2. Cuối"))), Line("3", 297, 810)],
    ]
    for number, lines_of_page in enumerate(pages, start=1):
        lines_of_page.append(Line(f"Kế hoạch năm 2024 - trang {number}", 200, 30))
    assert text_of(*pages).split("\n") == [long("Mở đầu"), paragraph, long("2. Cuối")]


@pytest.mark.parametrize("form", ["{}", "- {} -", "Trang {}", "Trang {}/3", "{}/3"])
def test_forms_of_page_numbers(form: str) -> None:
    pages = [[*page(wrap(long(f"Đoạn {n}"))), Line(form.format(n), 297, 30)] for n in (1, 2, 3)]
    assert text_of(*pages).split("\n") == [long(f"Đoạn {n}") for n in (1, 2, 3)]


def test_page_numbers_may_start_anywhere() -> None:
    pages = [[*page(wrap(long(f"Đoạn {n}"))), Line(str(n + 40), 297, 810)] for n in (1, 2)]
    assert text_of(*pages).split("\n") == [long("Đoạn 1"), long("Đoạn 2")]


def test_a_lone_number_inside_a_page_is_text() -> None:
    body = [("Đoạn đầu.", INDENT), ("Đoạn hai.", INDENT), ("Đoạn ba.", INDENT), ("7", INDENT), ("Đoạn bốn.", INDENT)]
    end = [("Đoạn năm.", INDENT), ("Đoạn sáu.", INDENT)]
    assert "7" in text_of(page([*body, *end])).split("\n")


def test_a_table_of_contents_is_left_out() -> None:
    assert text_of(page([("MỤC LỤC", 250), ("I. MỤC TIÊU ............ 2", LEFT), ("I. MỤC TIÊU", INDENT)])) == (
        "MỤC LỤC\nI. MỤC TIÊU"
    )


@pytest.mark.parametrize(
    ("end", "begin", "joined"),
    [
        ("QĐ-", "UBND", "QĐ-UBND"),
        ("Covid-", "19", "Covid-19"),
        ("kinh tế -", "xã hội", "kinh tế - xã hội"),
        ("phát tri-", "ển", "phát triển"),
        ("logis-", "tics", "logistics"),
        ("e-", "learning", "e-learning"),
    ],
)
def test_hyphens_at_line_ends(end: str, begin: str, joined: str) -> None:
    first = "n" * (WIDTH - len(end) - 1) + " " + end
    assert text_of(page([(first, LEFT), (f"{begin} tiếp tục.", LEFT)])).endswith(f"n {joined} tiếp tục.")


def test_columns_of_a_letterhead_are_lines_of_their_own() -> None:
    head = [Line("UBND TỈNH A", 60, 770), Line("CỘNG HÒA XÃ HỘI", 350, 770), Line("Số: 1/KH-UBND", 60, 752)]
    assert text_of([*head, Line("Độc lập - Tự do", 350, 752)]).split("\n") == [
        "UBND TỈNH A",
        "CỘNG HÒA XÃ HỘI",
        "Số: 1/KH-UBND",
        "Độc lập - Tự do",
    ]


def test_a_label_keeps_its_text_over_a_wide_gap() -> None:
    assert text_of([Line("1.", LEFT, 770), Line("Nhiệm vụ chung của các đơn vị", 140, 770)]) == (
        "1. Nhiệm vụ chung của các đơn vị"
    )


def test_lines_are_read_from_the_head_to_the_foot_whatever_their_order_in_the_file() -> None:
    lines = page([("Đoạn một.", INDENT), ("Đoạn hai.", INDENT), ("Đoạn ba.", INDENT)])
    assert text_of(lines[::-1]) == "Đoạn một.\nĐoạn hai.\nĐoạn ba."


def test_bold_lines_are_marked() -> None:
    result = read(
        make_pdf([[Line("I. MỤC TIÊU CHUNG", INDENT, 770, bold=True), Line("Đoạn văn thường.", INDENT, 740)]])
    )
    assert [result.text[start:end] for start, end in result.strong] == ["I. MỤC TIÊU CHUNG"]


def test_places_in_the_source() -> None:
    lines = wrap(long("1. Sở A"))
    result = read(make_pdf([page(wrap(long("Mở đầu"))), page(lines)]))
    start = result.text.index("1. Sở A")
    assert (result.locate(start).page, result.locate(start).line) == (2, 1)
    assert (result.locate(start + len(lines[0][0]) + 1).page, result.locate(start + len(lines[0][0]) + 1).line) == (
        2,
        2,
    )
    for offset in range(len(result.text)):
        assert result.locate(offset).page in (1, 2)


def test_pages_without_text_are_told() -> None:
    result = read(make_pdf([page(wrap(long("Một"))), [], page(wrap(long("Ba")))]))
    assert result.warnings == ("pages without text (scanned or empty): 2",)


def test_text_in_a_legacy_font_is_turned() -> None:
    typed = western(SAMPLE.split("\n")[0], "vni-windows")
    assert read(make_pdf([page(wrap(typed))])).text == SAMPLE.split("\n")[0]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (make_pdf([[Line("x", 60, 700)]], encrypt=True), "encrypted PDF.*remove the password"),
        (make_pdf([[]]), "without a text layer.*text recognition"),
        (make_pdf([[Line("12.01.2024", 60, 700)]]), "without a text layer"),
        (b"%PDF-1.7\nnothing", "a damaged PDF"),
    ],
)
def test_bad_files(data: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=rf"q\.pdf: .*{what}"):
        read(data, name="q.pdf")


@given(paragraphs=st.lists(sentences, min_size=2, max_size=5))
def test_paragraphs_come_out_as_they_were_set(paragraphs: list[str]) -> None:
    numbered = [f"{number}. {paragraph}" for number, paragraph in enumerate(paragraphs, start=1)]
    lines = [line for paragraph in numbered for line in wrap(paragraph)]
    pages = [page(lines[i : i + 30]) for i in range(0, len(lines), 30)]
    assert text_of(*pages).split("\n") == numbered
