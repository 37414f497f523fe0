"""Which mentions are of one document: full ones, anaphors and short names."""

from __future__ import annotations

import re

from citing import HEAD, documents, only

from kgplan.parsing.citations import CitationReader


def test_anaphora() -> None:
    text = HEAD + (
        "Phê duyệt Đề án phát triển chợ nông thôn (sau đây gọi tắt là Đề án).\n"
        "Căn cứ Luật Thương mại và Nghị định số 2/2003/NĐ-CP về chợ.\n"
        "Sở Công Thương chủ trì thực hiện Đề án.\n"
        "Các quy định của Luật này và Nghị định nêu trên được áp dụng.\n"
        "Kế hoạch này thay cho kế hoạch cũ.\n"
    )
    reader = CitationReader("nghe-an")
    ids, position = [], 0
    for line in text.splitlines(keepends=True):
        ids.append([c.document.id for c in reader.read(text, position, position + len(line))])
        position += len(line)
    scheme, law, decree = "de-an-phat-trien-cho-nong-thon", "luat-thuong-mai", "2-2003-nd-cp"
    assert ids == [[], [scheme], [law, decree], [scheme], [law, decree], []]


def test_a_short_name_goes_to_the_document_whose_kind_it_tells() -> None:
    first = (
        "Thực hiện Chương trình phát triển rừng bền vững theo Quyết định số 9/2010/QĐ-TTg ngày 2/1/2010, "
        "phê duyệt Chương trình phát triển rừng bền vững (sau đây gọi tắt là Chương trình).\n"
    )
    text = HEAD + first + "Sở Tài chính cấp kinh phí cho Chương trình."
    reader = CitationReader("nghe-an")
    reader.read(text, len(HEAD), len(HEAD + first))
    (cited,) = reader.read(text, len(HEAD + first), len(text))
    assert (cited.document.type, cited.document.number) == ("Chương trình", None)


def test_the_plans_own_number_is_no_citation() -> None:
    text = HEAD + "(Kèm theo Kế hoạch số 12/KH-UBND ngày 2/1/2023) Thực hiện Kế hoạch số 13/KH-UBND."
    reader = CitationReader("nghe-an", "12/KH-UBND")
    assert [c.document.number for c in reader.read(text, len(HEAD), len(text))] == ["13/KH-UBND"]


def test_short_names_given_in_headings_hold_below_them() -> None:
    heading = "Điều 1. Phê duyệt “Đề án cấp nước sạch” (sau đây gọi tắt là Đề án) với nội dung sau:\n"
    text = HEAD + heading + "Sở Xây dựng thực hiện Đề án."
    reader = CitationReader("nghe-an")
    (cited,) = reader.read(text, len(HEAD + heading), len(text))
    assert cited.document.title == "Đề án cấp nước sạch"
    assert [document.id for document in reader.documents] == [cited.document.id]


def test_short_name_before_small_words_is_no_title() -> None:
    text = HEAD + (
        "Phê duyệt Chương trình phát triển rừng bền vững (sau đây gọi tắt là Chương trình).\n"
        "Các đơn vị tham gia Chương trình bảo đảm đạt hiệu quả theo mục tiêu đề ra.\n"
        "Thực hiện Chương trình phát triển rừng bền vững hàng năm, cả về cơ cấu và mức cụ thể.\n"
        "Thực hiện Chương trình phát triển rừng bền vững giai đoạn 2011 - 2015.\n"
    )
    reader = CitationReader("nghe-an")
    found = [
        (c.document.id, text[c.citation.start : c.citation.end])
        for line in re.finditer(r".+\n", text)
        for c in reader.read(text, line.start(), line.end())
    ]
    assert found == [
        ("chuong-trinh-phat-trien-rung-ben-vung", "Chương trình phát triển rừng bền vững"),
        ("chuong-trinh-phat-trien-rung-ben-vung", "Chương trình"),
        ("chuong-trinh-phat-trien-rung-ben-vung", "Chương trình phát triển rừng bền vững"),
        (
            "chuong-trinh-phat-trien-rung-ben-vung-giai-doan-2011-2015",
            "Chương trình phát triển rừng bền vững giai đoạn 2011 - 2015",
        ),
    ]


def test_one_document_for_its_mentions() -> None:
    text = HEAD + (
        "Thực hiện Nghị quyết số 12-NQ/TU của Tỉnh uỷ.\n"
        "Nghị quyết số 12-NQ/TU ngày 5/5/2021 của Tỉnh ủy về du lịch.\n"
        "Theo Nghị quyết 12, Quy hoạch tỉnh Khánh hòa và Quy hoạch tỉnh Khánh Hoà.\n"
    )
    reader = CitationReader("khanh-hoa")
    for line in re.finditer(r".+\n", text):
        reader.read(text, line.start(), line.end())
    resolution, plan = reader.documents
    assert (resolution.id, resolution.date, resolution.title) == ("12-nq-tu", "2021-05-05", "du lịch")
    assert plan.id == "quy-hoach-tinh-khanh-hoa"


def test_same_number_on_another_day_is_another_document() -> None:
    first, second = documents("Theo Quyết định số 5/QĐ-UBND ngày 1/2/2020 và Quyết định số 5/QĐ-UBND ngày 1/2/2021.")
    assert first.id == "5-qd-ubnd"
    assert second.id == "5-qd-ubnd-2021-02-01"


def test_bare_numbers_are_told_apart_by_issuer_and_jurisdiction() -> None:
    assert only("Thực hiện Nghị quyết số 12 của Tỉnh ủy.").id == "nghi-quyet-12-tinh-uy-nghe-an"
    party, council = documents("Thực hiện Nghị quyết số 12 của Tỉnh ủy và Nghị quyết số 12 của HĐND tỉnh.")
    assert party.id != council.id
    assert only("Thực hiện Chỉ thị số 16 của Thủ tướng Chính phủ.").id == "chi-thi-16-thu-tuong-chinh-phu"
