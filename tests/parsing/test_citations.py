"""Citations: the built-in plan, the forms of acts one by one, and generated texts that know their truth."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgplan.model import Document
from kgplan.parsing.citations import CitationReader, Cited
from kgplan.resources import DATA

PLAN = (DATA / "plans" / "thanh-hoa-2023.vi.txt").read_text(encoding="utf-8")
GOLD: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "gold" / "thanh-hoa-2023.json").read_text(encoding="utf-8")
)
HEAD = "Kế hoạch công tác năm 2022\n"


def read(sentence: str, jurisdiction: str = "nghe-an") -> list[Cited]:
    text = HEAD + sentence
    return CitationReader(jurisdiction).read(text, len(HEAD), len(text))


def documents(sentence: str) -> list[Document]:
    return [cited.document for cited in read(sentence)]


def only(sentence: str) -> Document:
    (document,) = documents(sentence)
    return document


def numbers(sentence: str) -> list[str | None]:
    return [document.number for document in documents(sentence)]


def titles(sentence: str) -> list[str | None]:
    return [document.title for document in documents(sentence)]


def relations(sentence: str) -> list[str]:
    return [cited.citation.relation for cited in read(sentence)]


def test_built_in_plan() -> None:
    reader = CitationReader("thanh-hoa")
    for statement in sorted(GOLD["statements"] + GOLD["context"], key=lambda s: s["start"]):
        cited = reader.read(PLAN, statement["start"], statement["end"])
        found = [{k: getattr(c.document, k) for k in ("number", "title", "type", "issuer", "date")} for c in cited]
        assert found == statement.get("documents", []), statement["address"]
    assert len({d.id for d in reader.documents}) == len(reader.documents) == 23


@pytest.mark.parametrize(
    ("printed", "number", "parts"),
    [
        ("Nghị quyết số 37/2021/QH15", "37/2021/QH15", ("37", 2021, "QH15")),
        ("Kế hoạch hành động số 22-KH/TU", "22-KH/TU", ("22", None, "KH/TU")),
        ("Kế hoạch số 223/KH-UBND", "223/KH-UBND", ("223", None, "KH-UBND")),
        ("Chỉ thị số 297-CT", "297-CT", ("297", None, "CT")),
        ("Chỉ thị số 297 - CT", "297-CT", ("297", None, "CT")),
        ("Chỉ thị số 299/TTg", "299/TTg", ("299", None, "TTg")),
        ("Nghị quyết số 15/2008/NQ-QH12", "15/2008/NQ-QH12", ("15", 2008, "NQ-QH12")),
        ("Thông tư liên tịch số 08/2005/TTLT-BNV-BTC", "08/2005/TTLT-BNV-BTC", ("08", 2005, "TTLT-BNV-BTC")),
        ("Tờ trình số 2262/STC-HCSN", "2262/STC-HCSN", ("2262", None, "STC-HCSN")),
        ("Quyết định 112/2004/QĐ-TTg", "112/2004/QĐ-TTg", ("112", 2004, "QĐ-TTg")),
        ("Quyết định số: 12 /2010/ QĐ – UBND", "12/2010/QĐ-UBND", ("12", 2010, "QĐ-UBND")),
        ("Nghị quyết số 30a/2008/NQ-CP", "30a/2008/NQ-CP", ("30a", 2008, "NQ-CP")),
        ("Kết luận số 12 - KL / TU", "12-KL/TU", ("12", None, "KL/TU")),
        ("Nghị quyết số 05 NQ/TU", "05-NQ/TU", ("05", None, "NQ/TU")),
        ("Quy định số 08-QĐi/TW", "08-QĐi/TW", ("08", None, "QĐi/TW")),
        ("nghị định số 111/2005/nđ-cp", "111/2005/NĐ-CP", ("111", 2005, "NĐ-CP")),
        ("Công điện khẩn số 08/CĐ-TTg", "08/CĐ-TTg", ("08", None, "CĐ-TTg")),
        ("QĐ số 45/QĐ-SNV", "45/QĐ-SNV", ("45", None, "QĐ-SNV")),
        ("Nghị quyết số 327", "327", ("327", None, None)),
        ("Chỉ thị 16", "16", ("16", None, None)),
        ("Quyết định số 1141 TC/QĐ/CĐKT", "1141-TC/QĐ/CĐKT", ("1141", None, "TC/QĐ/CĐKT")),
        ("Nghị định số 49/CP", "49/CP", ("49", None, "CP")),
    ],
)
def test_numbers(printed: str, number: str, parts: tuple[str, int | None, str | None]) -> None:
    document = only(f"Tiếp tục triển khai {printed}.")
    assert document.number == number
    assert (document.sequence, document.year, document.symbol) == parts


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("12/QĐ-UBND", "UBND"),
        ("37/2021/QH15", "QH15"),
        ("22-KH/TU", "TU"),
        ("08/2005/TTLT-BNV-BTC", "BNV-BTC"),
        ("2262/STC-HCSN", "STC"),
        ("1846/QĐ-BNN-VP", "BNN"),
        ("297-CT", None),
        ("12", None),
    ],
)
def test_issuer_in_the_number(number: str, code: str | None) -> None:
    assert only(f"Theo Văn bản số {number}.").issuer_code == code


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("ngày 13/11/2021", "2021-11-13"),
        ("ngày 6/6/2003", "2003-06-06"),
        (", ngày 12-5-2016", "2016-05-12"),
        ("ngày 3.4.2018", "2018-04-03"),
        ("ngày 05 tháng 01 năm 2005", "2005-01-05"),
        ("ký ngày 01/02/2019", "2019-02-01"),
        ("(ngày 01/02/2019)", "2019-02-01"),
        ("ban hành ngày 30/4/2020", "2020-04-30"),
        ("ngày 31/4/2020", None),
    ],
)
def test_dates_of_acts(printed: str, iso: str | None) -> None:
    assert only(f"Thực hiện Quyết định số 45/QĐ-UBND {printed} của UBND tỉnh.").date == iso


@pytest.mark.parametrize(
    ("printed", "issuer"),
    [
        ("của Ủy ban nhân dân tỉnh", "UBND tỉnh"),
        ("của Uỷ ban nhân dân tỉnh Quảng Bình", "UBND tỉnh Quảng Bình"),
        ("của Hội đồng nhân dân thành phố", "HĐND thành phố"),
        ("của Thủ tướng chính phủ", "Thủ tướng Chính phủ"),
        ("của Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn", "Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn"),
        ("của Bộ NN&PTNT", "Bộ Nông nghiệp và Phát triển nông thôn"),
        ("của Ban Thường vụ Tỉnh uỷ", "Ban Thường vụ Tỉnh ủy"),
        ("của Thành uỷ Hải Phòng", "Thành ủy Hải Phòng"),
        ("của Bộ trưởng, Chủ nhiệm Uỷ ban Dân tộc", "Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc"),
        ("của Quốc hội khóa XV, kỳ họp thứ 2", "Quốc hội"),
        ("của Hội đồng Bộ trưởng (nay là Chính phủ)", "Hội đồng Bộ trưởng"),
        ("do UBND tỉnh ban hành", "UBND tỉnh"),
        ("của Ủy ban nhân dân quận 3", "UBND quận 3"),
        ("của Văn phòng Hội đồng nhân dân và Uỷ ban nhân dân thành phố", "Văn phòng HĐND và UBND thành phố"),
        ("của Bộ trưởng Bộ Nông nghiệp & PTNT", "Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn"),
        ("của Sở Lao động - Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội"),
    ],
)
def test_issuers(printed: str, issuer: str) -> None:
    document = only(f"Thực hiện Quyết định số 45/QĐ-XYZ ngày 1/2/2020 {printed} về việc phân cấp quản lý.")
    assert (document.issuer, document.title) == (issuer, "phân cấp quản lý")


def test_issuer_before_the_act() -> None:
    assert only("UBND tỉnh đã ban hành Kế hoạch số 45/KH-UBND về phát triển du lịch.").issuer == "UBND tỉnh"
    found = documents("Theo đề nghị của Sở Tài chính tại Tờ trình số 9/STC-NS ngày 1/3/2022 và Công văn số 12/STC-NS.")
    assert [d.issuer for d in found] == ["Sở Tài chính", "Sở Tài chính"]


def test_joint_circular_has_all_issuers() -> None:
    document = only(
        "Theo Thông tư liên tịch số 45/2010/TTLT-BTC-BYT ngày 30/3/2010 của Bộ Tài chính và Bộ Y tế hướng dẫn thu phí."
    )
    assert (document.type_code, document.issuer, document.title) == (
        "TTLT",
        "Bộ Tài chính, Bộ Y tế",
        "hướng dẫn thu phí",
    )


def test_list_shares_type_date_and_issuer() -> None:
    found = documents("Thực hiện các Nghị quyết số 11/NQ-CP, 12/NQ-CP ngày 10/3/2010 của Chính phủ, sở chủ trì.")
    assert [(d.number, d.type, d.issuer, d.date) for d in found] == [
        ("11/NQ-CP", "Nghị quyết", "Chính phủ", "2010-03-10"),
        ("12/NQ-CP", "Nghị quyết", "Chính phủ", "2010-03-10"),
    ]
    dated = documents("Căn cứ Nghị quyết số 05-NQ/TU ngày 12/01/2021, số 06-NQ/TU ngày 10/11/2021 của Tỉnh ủy.")
    assert [(d.number, d.issuer, d.date) for d in dated] == [
        ("05-NQ/TU", "Tỉnh ủy", "2021-01-12"),
        ("06-NQ/TU", "Tỉnh ủy", "2021-11-10"),
    ]


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "Nghị quyết số 06-NQ/TU của Tỉnh ủy “Về chuyển đổi số đến năm 2025”; tháo gỡ vướng mắc.",
            "chuyển đổi số đến năm 2025",
        ),
        (
            "Kế hoạch số 5/KH-UBND về thực hiện khâu đột phá, giai đoạn 2021 - 2025 và các kế hoạch khác.",
            "thực hiện khâu đột phá, giai đoạn 2021 - 2025",
        ),
        (
            "Quyết định số 7/QĐ-UBND về việc thành lập, tổ chức, hoạt động của ban và do Sở Nội vụ trình.",
            "thành lập, tổ chức, hoạt động của ban",
        ),
        (
            "Nghị định số 8/2010/NĐ-CP của Chính phủ quy định chức năng, nhiệm vụ của Bộ Y tế; các văn bản khác.",
            "quy định chức năng, nhiệm vụ của Bộ Y tế",
        ),
        ("Quyết định số 9/QĐ-UBND (về phân bổ vốn) để triển khai.", "phân bổ vốn"),
        ("Quyết định số 9/QĐ-UBND ngày 1/1/2021, sớm đưa vào sử dụng.", None),
    ],
)
def test_title_of_a_numbered_act(sentence: str, title: str | None) -> None:
    assert documents(f"Thực hiện {sentence}")[0].title == title


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Thực hiện Đề án nâng cao hiệu quả xúc tiến đầu tư, giai đoạn 2021 - 2025; chính sách hỗ trợ.",
            ["Đề án nâng cao hiệu quả xúc tiến đầu tư, giai đoạn 2021 - 2025"],
        ),
        (
            "Triển khai Quy hoạch tỉnh Nghệ An và Quy hoạch chung đô thị Vinh ngay sau khi được phê duyệt.",
            ["Quy hoạch tỉnh Nghệ An", "Quy hoạch chung đô thị Vinh"],
        ),
        ("Thực hiện Đề án “Phát triển làng nghề” ban hành năm trước.", ["Đề án Phát triển làng nghề"]),
        ('Thực hiện "Chương trình sữa học đường đến năm 2020".', ["Chương trình sữa học đường đến năm 2020"]),
        (
            "Thực hiện Kế hoạch của UBND tỉnh về cải cách hành chính, giai đoạn 2021 - 2025.",
            ["Kế hoạch về cải cách hành chính, giai đoạn 2021 - 2025"],
        ),
        ("Xây dựng Đề án phát triển xe buýt trình UBND tỉnh trong quý II.", ["Đề án phát triển xe buýt"]),
        (
            "Thực hiện Chiến lược phát triển giao thông và các quy hoạch đã được duyệt.",
            ["Chiến lược phát triển giao thông"],
        ),
        (
            "Triển khai Chương trình phát triển đô thị nhằm nâng cao chất lượng sống.",
            ["Chương trình phát triển đô thị"],
        ),
        (
            "Quán triệt Nghị quyết Trung ương 7 khóa X về nông nghiệp, nông dân.",
            ["Nghị quyết Trung ương 7 khóa X về nông nghiệp, nông dân"],
        ),
        (
            "Thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX, nhiệm kỳ 2020 - 2025.",
            ["Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX, nhiệm kỳ 2020 - 2025"],
        ),
        ("Theo Quy chế quản lý chợ ban hành kèm theo Quyết định số 5/QĐ-UBND.", ["Quy chế quản lý chợ", None]),
    ],
)
def test_documents_without_a_number(sentence: str, found: list[str | None]) -> None:
    assert titles(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "Triển khai Nghị quyết của Tỉnh ủy và các nghị quyết khác.",
        "Thực hiện tốt Chương trình 135, Đề án 06, Dự án 661 theo TCVN ISO 9001:2008, QCVN 01:2009/BYT.",
        "Sở Kế hoạch và Đầu tư phối hợp với Vụ Kế hoạch - Tài chính.",
        "- Quy hoạch mạng lưới doanh nghiệp trong phạm vi cả nước;",
        "1. Báo cáo kết quả thực hiện về Sở Nội vụ.",
        "Căn cứ Kế hoạch này, các đơn vị xây dựng kế hoạch của mình.",
        "Số: 12/KH-UBND",
        "Trình dự án Luật Hộ tịch, dự thảo Nghị quyết về đất đai.",
        "Chương trình công tác và Kế hoạch giám sát của Quốc hội.",
        "Đoàn Luật sư, Trường Đại học Luật Hà Nội; tỷ lệ 1/2, ngày 12/3/2020.",
    ],
)
def test_what_is_no_document(sentence: str) -> None:
    assert documents(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "Luật Đất đai năm 2013, Luật Khiếu nại, tố cáo và Luật Đấu thầu",
            ["Luật Đất đai", "Luật Khiếu nại, tố cáo", "Luật Đấu thầu"],
        ),
        ("Luật Tổ chức HĐND và UBND ngày 26/11/2003;", ["Luật Tổ chức HĐND và UBND"]),
        ("Pháp lệnh về lực lượng dự bị động viên;", []),
        ("Pháp lệnh Thủ đô số 29/2000/PL-UBTVQH10;", ["Pháp lệnh Thủ đô"]),
        ("Bộ luật Lao động ngày 20/11/2019 và Hiến pháp năm 2013;", ["Bộ luật Lao động", "Hiến pháp"]),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Thuỷ sản;",
            ["Luật sửa đổi, bổ sung một số điều của Luật Thuỷ sản", "Luật Thuỷ sản"],
        ),
    ],
)
def test_laws_by_name(sentence: str, found: list[str]) -> None:
    assert titles(f"Căn cứ {sentence}") == found


def test_law_details() -> None:
    law = only("Căn cứ Luật Bảo vệ môi trường số 72/2020/QH14 ngày 17/11/2020;")
    assert (law.type, law.number, law.title, law.date) == (
        "Luật",
        "72/2020/QH14",
        "Luật Bảo vệ môi trường",
        "2020-11-17",
    )
    passed = only("Căn cứ Luật Nhà ở được Quốc hội khóa XI thông qua ngày 29/11/2005;")
    assert (passed.title, passed.issuer, passed.date) == ("Luật Nhà ở", "Quốc hội", "2005-11-29")
    amending, amended = documents("Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công ngày 1/6/2020;")
    assert (amending.date, amended.date) == ("2020-06-01", None)


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
