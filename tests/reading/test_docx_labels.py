from __future__ import annotations

import pytest
from docx_maker import abstract_list, cell, level, list_of, make_docx, paragraph, row, start_override, style, table
from hypothesis import given
from hypothesis import strategies as st

from kgplan.reading import read

PLAN = abstract_list(
    0,
    level(0, "%1.", "upperRoman"),
    level(1, "%2."),
    level(2, "%3)", "lowerLetter"),
    level(3, "-", "bullet"),
)


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return read(make_docx(body, numbering=numbering, styles=styles)).text.split("\n")


def items(*entries: tuple[int, int, str]) -> str:
    return "".join(paragraph(text, number=number, level=ilvl) for number, ilvl, text in entries)


def test_levels_print_their_own_format_and_restart_below_a_higher_one() -> None:
    body = items(
        (1, 0, "Mục tiêu"),
        (1, 1, "Chung"),
        (1, 1, "Cụ thể"),
        (1, 2, "Kinh tế"),
        (1, 3, "Thu hút vốn"),
        (1, 2, "Xã hội"),
        (1, 0, "Nhiệm vụ"),
        (1, 1, "Đầu tư"),
        (1, 2, "Đường"),
    )
    assert lines(body, PLAN + list_of(1, 0)) == [
        "I. Mục tiêu",
        "1. Chung",
        "2. Cụ thể",
        "a) Kinh tế",
        "- Thu hút vốn",
        "b) Xã hội",
        "II. Nhiệm vụ",
        "1. Đầu tư",
        "a) Đường",
    ]


def test_a_label_shows_the_numbers_of_higher_levels() -> None:
    numbering = abstract_list(
        0, level(0, "Chương %1.", "upperRoman"), level(1, "%1.%2."), level(2, "%1.%2.%3", more="<w:isLgl/>")
    )
    body = items((1, 0, "Chung"), (1, 1, "Một"), (1, 1, "Hai"), (1, 2, "Ba"))
    assert lines(body, numbering + list_of(1, 0)) == ["Chương I. Chung", "I.1. Một", "I.2. Hai", "1.2.1 Ba"]


def test_a_level_used_before_its_higher_one_counts_that_as_begun() -> None:
    numbering = abstract_list(0, level(0, "%1."), level(1, "%1.%2.")) + list_of(1, 0)
    assert lines(items((1, 1, "Một"), (1, 1, "Hai"), (1, 0, "Ba"), (1, 1, "Bốn")), numbering) == [
        "1.1. Một",
        "1.2. Hai",
        "2. Ba",
        "2.1. Bốn",
    ]


def test_lists_of_one_abstract_list_count_on_unless_they_start_anew() -> None:
    numbering = abstract_list(0, level(0, "%1.")) + list_of(1, 0) + list_of(2, 0) + list_of(3, 0, start_override(0, 1))
    body = items((1, 0, "a"), (2, 0, "b"), (3, 0, "c"), (3, 0, "d"), (1, 0, "e"))
    assert lines(body, numbering) == ["1. a", "2. b", "1. c", "2. d", "3. e"]


def test_lists_of_different_abstract_lists_do_not_disturb_each_other() -> None:
    numbering = abstract_list(0, level(0, "%1.")) + abstract_list(1, level(0, "(%1)", start=4))
    body = items((1, 0, "a"), (2, 0, "b"), (1, 0, "c"), (2, 0, "d"))
    assert lines(body, numbering + list_of(1, 0) + list_of(2, 1)) == ["1. a", "(4) b", "2. c", "(5) d"]


@pytest.mark.parametrize(("restart", "expected"), [(0, ["3. x"]), (1, ["1. x"])])
def test_a_level_restarts_as_it_says(restart: int, expected: list[str]) -> None:
    numbering = abstract_list(0, level(0, "%1."), level(1, "%2.", more=f'<w:lvlRestart w:val="{restart}"/>')) + list_of(
        1, 0
    )
    body = items((1, 0, "A"), (1, 1, "b"), (1, 1, "c"), (1, 0, "D"), (1, 1, "x"))
    assert lines(body, numbering)[-1:] == expected


def test_a_level_that_restarts_only_below_the_first_goes_on_below_the_second() -> None:
    levels = (level(0, "%1."), level(1, "%2."), level(2, "%3)", more='<w:lvlRestart w:val="1"/>'))
    body = items((1, 0, "A"), (1, 1, "b"), (1, 2, "c"), (1, 1, "d"), (1, 2, "e"), (1, 0, "F"), (1, 2, "g"))
    printed = lines(body, abstract_list(0, *levels) + list_of(1, 0))
    assert [printed[2], printed[4], printed[6]] == ["1) c", "2) e", "1) g"]


def test_a_list_may_replace_a_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "%1/", "upperLetter", start=2)}</w:lvlOverride>'
    assert lines(items((1, 0, "x")), abstract_list(0, level(0, "%1.")) + list_of(1, 0, override)) == ["B/ x"]


def test_number_formats() -> None:
    formats = ["decimalZero", "lowerRoman", "upperLetter", "none", "ordinalText"]
    numbering = "".join(
        abstract_list(i, level(0, "%1.", number_format, start=4)) + list_of(i + 1, i)
        for i, number_format in enumerate(formats)
    )
    assert lines(items(*((i + 1, 0, "x") for i in range(5))), numbering) == ["04. x", "iv. x", "D. x", "x", "4. x"]


def test_letters_go_on_behind_z() -> None:
    numbering = abstract_list(0, level(0, "%1)", "lowerLetter")) + list_of(1, 0)
    assert lines(items(*[(1, 0, "x")] * 28), numbering)[25:] == ["z) x", "aa) x", "bb) x"]


@pytest.mark.parametrize(
    ("mark", "font", "printed"),
    [
        ("-", "Times New Roman", "- x"),
        ("+", "Courier New", "+ x"),
        ("\uf0b7", "Symbol", "• x"),
        ("\uf02d", "Symbol", "- x"),
        ("o", "Courier New", "◦ x"),
        ("§", "Wingdings", "• x"),
        ("Ø", "Wingdings", "• x"),
        ("●", "Noto Sans", "● x"),
    ],
)
def test_bullets(mark: str, font: str, printed: str) -> None:
    more = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'
    assert lines(items((1, 0, "x")), abstract_list(0, level(0, mark, "bullet", more=more)) + list_of(1, 0)) == [printed]


def test_what_follows_the_label() -> None:
    numbering = abstract_list(0, level(0, "Điều %1", more='<w:suff w:val="nothing"/>')) + list_of(1, 0)
    assert lines(items((1, 0, ". Phạm vi")), numbering) == ["Điều 1. Phạm vi"]


def test_numbering_through_styles() -> None:
    numbering = abstract_list(
        0, level(0, "Phần %1", more='<w:pStyle w:val="Part"/>'), level(1, "%2.", more='<w:pStyle w:val="Item"/>')
    ) + list_of(1, 0)
    in_list = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = (
        style("Part", paragraph=in_list) + style("Item", paragraph=in_list) + style("Special", based_on="Item")
    )  # fmt: skip
    body = (
        paragraph("Một", style="Part")
        + paragraph("hai", style="Item")
        + paragraph("ba", style="Special")
        + paragraph("không số", style="Item", number=0)
    )
    assert lines(body, numbering, styles) == ["Phần 1 Một", "1. hai", "2. ba", "không số"]


def test_a_list_linked_to_a_list_style() -> None:
    numbering = (
        abstract_list(0, '<w:styleLink w:val="Outline"/>', level(0, "%1/"))
        + abstract_list(1, '<w:numStyleLink w:val="Outline"/>')
        + list_of(1, 0)
        + list_of(2, 1)
    )
    styles = style("Outline", paragraph='<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert lines(items((2, 0, "x"), (2, 0, "y")), numbering, styles) == ["1/ x", "2/ y"]


@pytest.mark.parametrize("numbering", ["", abstract_list(0) + list_of(1, 0), list_of(1, 7)])
def test_a_list_that_is_not_defined_prints_nothing(numbering: str) -> None:
    assert lines(items((1, 0, "x")), numbering) == ["x"]


def test_empty_paragraphs_count_and_running_numbers_alone_in_a_cell_are_kept() -> None:
    numbering = abstract_list(0, level(0, "%1.")) + list_of(1, 0)
    number = cell(paragraph(number=1))
    body = paragraph("Đầu", number=1) + paragraph(number=1) + paragraph("Cuối", number=1)
    tasks = table(row("TT", "Việc", "Đơn vị"), row(number, "Một", "A"), row(number, "Hai", "B"))
    assert lines(body + tasks, numbering) == [
        "1. Đầu",
        "3. Cuối",
        "TT | Việc | Đơn vị",
        "4. | Một | A",
        "5. | Hai | B",
    ]


@given(depths=st.lists(st.integers(0, 2), min_size=1, max_size=20))
def test_labels_number_the_outline(depths: list[int]) -> None:
    """The labels of any sequence of levels are the path in the outline it draws."""
    numbering = abstract_list(0, level(0, "%1."), level(1, "%1.%2."), level(2, "%1.%2.%3.")) + list_of(1, 0)
    counts: list[int] = []
    expected: list[str] = []
    for depth in depths:
        counts = counts[: depth + 1]
        if len(counts) == depth + 1:
            counts[depth] += 1
        else:
            counts += [1] * (depth + 1 - len(counts))
        expected.append("".join(f"{count}." for count in counts) + " x")
    assert lines(items(*((1, depth, "x") for depth in depths)), numbering) == expected
