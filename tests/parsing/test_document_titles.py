"""Titles: of acts with a number, of documents without one, of laws; and what is no document."""

from __future__ import annotations

import pytest
from citing import documents, only, titles


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
        (
            "Căn cứ Quyết định số 7/2011/QĐ-TTg về việc ban hành Quy chế quản lý hồ chứa;",
            ["ban hành Quy chế quản lý hồ chứa", "Quy chế quản lý hồ chứa"],
        ),
        ("Theo khoản 2 Điều 3 Quy chế quản lý hồ chứa, các đơn vị báo cáo.", ["Quy chế quản lý hồ chứa"]),
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
        "Cơ sở phải lập Kế hoạch ứng phó sự cố tràn dầu; Sở thẩm định Kế hoạch phòng ngừa sự cố.",
        "Bệnh viện Đa khoa tỉnh giữ gìn đa dạng sinh học.",
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
        ("Pháp lệnh về lực lượng dự bị động viên;", ["Pháp lệnh về lực lượng dự bị động viên"]),
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
