from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx_maker import NAMESPACES, abstract_list, cell, level, list_of, make_docx, paragraph, row, run, style, table
from legacy_text import SAMPLE, western

from kgplan.errors import ReadError
from kgplan.reading import docx as docx_reading
from kgplan.reading import read


def text_of(body: str, styles: str = "") -> str:
    return read(make_docx(body, styles=styles)).text


def test_paragraphs_become_lines() -> None:
    broken = paragraph(run("Dòng một") + "<w:r><w:br/></w:r>" + run("dòng hai"), raw=True)
    tabbed = paragraph(run("1.") + "<w:r><w:tab/></w:r>" + run("Việc  \u00a0này "), raw=True)
    assert text_of(paragraph("KẾ HOẠCH") + paragraph() + broken + tabbed) == "KẾ HOẠCH\nDòng một\ndòng hai\n1. Việc này"


def test_only_what_a_reader_sees_is_text() -> None:
    body = paragraph(
        run("Giữ ")
        + f"<w:ins>{run('thêm ')}</w:ins>"
        + '<w:del><w:r><w:delText xml:space="preserve">bỏ </w:delText></w:r></w:del>'
        + run("ẩn ", "<w:vanish/>")
        + f"<w:hyperlink>{run('liên kết ')}</w:hyperlink>"
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        + "<w:r><w:t>Covid</w:t><w:noBreakHyphen/><w:t>19</w:t></w:r><w:r><w:softHyphen/></w:r>"
        + f"<w:sdt><w:sdtContent>{run(' ô')}</w:sdtContent></w:sdt>",
        raw=True,
    )
    assert text_of(body) == "Giữ thêm liên kết Covid-19 ô"


def deleted(content: str) -> str:
    return f"<w:del><w:r><w:delText>{content}</w:delText></w:r></w:del>"


DELETED_MARK = "<w:rPr><w:del/></w:rPr>"


def test_recorded_deletions_of_whole_paragraphs_and_rows_count_as_accepted() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    numbering = abstract_list(0, level(0, "%1.")) + list_of(1, 0)
    body = (
        paragraph("Một", number=1)
        + f"<w:p><w:pPr>{numbered}{DELETED_MARK}</w:pPr>{deleted('Bỏ hẳn')}</w:p>"
        + f"<w:p><w:pPr>{numbered}{DELETED_MARK}</w:pPr>{run('Hai nối ')}{deleted('bỏ')}</w:p>"
        + f"<w:p><w:pPr>{numbered}{DELETED_MARK.replace('del', 'moveFrom')}</w:pPr>{run('với ')}</w:p>"
        + paragraph("ba", number=1)
        + paragraph("Bốn", number=1)
        + table(
            row("TT", "Việc", "Đơn vị"),
            row("1", "Cũ", "A").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>"),
            row("2", "Mới", "B"),
        )
    )
    assert read(make_docx(body, numbering=numbering)).text.split("\n") == [
        "1. Một",
        "2. Hai nối với ba",
        "3. Bốn",
        "TT | Việc | Đơn vị",
        "2 | Mới | B",
    ]


def test_a_deleted_end_before_a_table_joins_nothing() -> None:
    body = f"<w:p><w:pPr>{DELETED_MARK}</w:pPr>{run('Trước')}</w:p>" + table(row("A", "B", "C"), row("1", "2", "3"))
    assert text_of(body).startswith("Trước\nA | B | C")


def test_a_table_of_contents_is_left_out() -> None:
    styles = style("TOC1", name="toc 1")
    assert text_of(paragraph("I. Mục tiêu 3", style="TOC1") + paragraph("I. Mục tiêu"), styles=styles) == "I. Mục tiêu"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:drawing><w:txbxContent>{paragraph('DỰ THẢO')}</w:txbxContent></w:drawing>"
    old = f"<w:pict><w:txbxContent>{paragraph('DỰ THẢO')}</w:txbxContent></w:pict>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    assert text_of(paragraph(run("Kế hoạch") + f"<w:r>{both}</w:r>", raw=True)) == "Kế hoạch\nDỰ THẢO"


def test_notes_follow_the_text() -> None:
    body = paragraph(run("Việc") + '<w:r><w:footnoteReference w:id="2"/></w:r>', raw=True) + paragraph("Hết.")
    separator = f'<w:footnote w:type="separator" w:id="0">{paragraph(" ")}</w:footnote>'
    note = f'<w:footnote w:id="2">{paragraph("Theo Luật Thủy lợi")}{paragraph("năm 2017.")}</w:footnote>'
    parts = {"word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{separator}{note}</w:footnotes>".encode()}
    result = read(make_docx(body, parts=parts))
    assert (result.text, result.warnings) == ("Việc\nHết.\n[1] Theo Luật Thủy lợi năm 2017.", ())


def test_a_note_that_is_not_in_the_file_is_told() -> None:
    result = read(make_docx(paragraph(run("Việc") + '<w:r><w:footnoteReference w:id="1"/></w:r>', raw=True)))
    assert (result.text, len(result.warnings)) == ("Việc", 1)
    assert "footnotes" in result.warnings[0]
    assert read(make_docx(paragraph("Việc"))).warnings == ()


def test_bold_lines_and_headings_are_marked() -> None:
    styles = style("Title1", run="<w:b/>") + style("H", paragraph='<w:outlineLvl w:val="0"/>')
    body = (
        paragraph(run("Đậm", "<w:b/>"), raw=True)
        + paragraph(run("Nửa ", "<w:b/>") + run("đậm"), raw=True)
        + paragraph("Theo kiểu", style="Title1")
        + paragraph(run("Không đậm", '<w:b w:val="0"/>'), style="Title1", raw=True)
        + paragraph("Đề mục", style="H")
    )
    result = read(make_docx(body, styles=styles))
    assert [result.text[start:end] for start, end in result.strong] == ["Đậm", "Theo kiểu", "Đề mục"]


def test_a_table_becomes_rows() -> None:
    body = paragraph("PHỤ LỤC") + table(
        row("TT", "Nhiệm vụ", "Chủ trì", "Thời gian"),
        row(cell(paragraph("I. NHÓM MỘT"), span=4)),
        row("1", cell(paragraph("Xây dựng") + paragraph("đề án")), cell(paragraph("Sở A"), merge="restart"), "Quý I"),
        row("2", "Rà soát", cell("", merge="continue"), ""),
        row("3", "Tổng kết", "Sở B", "12/2024"),
    )
    assert text_of(body).split("\n") == [
        "PHỤ LỤC",
        "TT | Nhiệm vụ | Chủ trì | Thời gian",
        "I. NHÓM MỘT |  |  | ",
        "1 | Xây dựng đề án | Sở A | Quý I",
        "2 | Rà soát | Sở A | ",
        "3 | Tổng kết | Sở B | 12/2024",
    ]


def test_a_merge_ends_where_another_begins() -> None:
    one, two = (cell(paragraph(t), merge="restart") for t in ("A", "B"))
    go_on = cell("", merge="continue")
    rows = (row("1", "x", one), row("2", "y", go_on), row("3", "z", two), row("4", "t", go_on), row("5", "u", "C"))
    assert [line[-1] for line in text_of(table(*rows)).split("\n")] == ["A", "A", "B", "B", "C"]


def test_a_row_that_begins_further_right_keeps_its_columns() -> None:
    late = row("b", "c").replace("<w:tr>", '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>')
    assert text_of(table(row("1", "2", "3"), late)).split("\n")[1] == " | b | c"


def test_a_letterhead_is_no_table_of_data() -> None:
    head = table(
        row(
            cell(paragraph("ỦY BAN NHÂN DÂN") + paragraph("TỈNH A")),
            cell(paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + paragraph("Độc lập - Tự do - Hạnh phúc")),
        ),
        row("Số: 1/KH-UBND", "A, ngày 2 tháng 1 năm 2024"),
        row("", ""),
    )
    lines = text_of(head).split("\n")
    assert lines[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert not any("|" in line for line in lines)


def test_a_table_within_a_page_frame_keeps_its_rows() -> None:
    inner = table(row("TT", "Việc", "Ai"), row("1", "x", "A"), row("2", "y", "B"))
    frame = table(row(cell(paragraph("Lời dẫn") + inner + paragraph())))
    assert text_of(frame).split("\n") == ["Lời dẫn", "TT | Việc | Ai", "1 | x | A", "2 | y | B"]


def test_a_bar_inside_a_cell_does_not_part_it() -> None:
    assert text_of(table(row("a|b", "c", "d"), row("1", "2", "3"))).split("\n")[0] == "a¦b | c | d"


def test_places_in_the_source() -> None:
    body = paragraph("Một") + paragraph() + paragraph("Ba") + table(row("a", "b", "c"), row("d", "e", "f"))
    result = read(make_docx(body))
    assert result.locate(result.text.index("Ba")).paragraph == 3
    where = result.locate(result.text.index("f"))
    assert (where.table, where.row, where.column) == (1, 2, 3)


def test_text_in_a_legacy_font_is_turned() -> None:
    result = read(make_docx("".join(paragraph(western(line, "vni-windows")) for line in SAMPLE.split("\n"))))
    assert (result.text, result.encoding) == (SAMPLE, "vni-windows")


def test_strict_documents_are_read() -> None:
    assert read(make_docx(paragraph("Chặt chẽ"), strict=True)).text == "Chặt chẽ"


def test_a_document_of_python_docx_is_read() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("KẾ HOẠCH", 1)
    document.add_paragraph("Một", style="List Number")
    document.add_paragraph("Hai", style="List Number")
    document.add_paragraph("Ba", style="List Bullet")
    buffer = BytesIO()
    document.save(buffer)
    assert read(buffer.getvalue()).text == "KẾ HOẠCH\n1. Một\n2. Hai\n• Ba"


def _encrypted() -> bytes:
    data = bytearray(make_docx(paragraph("x")))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (make_docx(paragraph("x"))[:100], "broken or cut off DOCX"),
        (b"PK\x03\x04 and nothing more", "broken or cut off DOCX"),
        (_encrypted(), "encrypted"),
        (make_docx("", parts={"word/document.xml": b"<w:document"}), "not well-formed XML"),
        (make_docx("", parts={"word/document.xml": b"<document/>"}), "without a document body"),
        (make_docx(paragraph()), "holds no text"),
    ],
    ids=["cut off", "header only", "encrypted", "unclosed", "no body", "no text"],
)
def test_bad_archives(data: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=rf"x\.docx: .*{what}"):
        read(data, name="x.docx")


@pytest.mark.parametrize(
    ("part", "what"),
    [
        ("xl/workbook.xml", "an Excel workbook"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("content.xml", "an OpenDocument file"),
        ("readme.txt", "a ZIP archive"),
    ],
)
def test_other_archives_say_what_they_are(part: str, what: str) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, "<x/>")
    with pytest.raises(ReadError, match=f"{what}, not a Word document"):
        read(buffer.getvalue())


def test_damaged_data_inside_an_archive() -> None:
    data = bytearray(make_docx(paragraph("x" * 5000 + "yz" * 3000)))
    begin = data.index(b"word/document.xml") + len("word/document.xml")
    data[begin : begin + 12] = b"\xff" * 12
    with pytest.raises(ReadError, match=r"broken|damaged|unpacked"):
        read(bytes(data))


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_reading, "MAX_PART", 2**20)
    with pytest.raises(ReadError, match="unpacks to more than 1 MiB"):
        read(make_docx(paragraph("a" * 2**21)))


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    body = make_docx(paragraph("Mở&amp;"))
    with zipfile.ZipFile(BytesIO(body)) as archive:
        document = archive.read("word/document.xml").replace(
            b"</w:body>", b"<w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>"
        )
    assert "aaa" not in read(make_docx("", parts={"word/document.xml": bomb + document})).text
