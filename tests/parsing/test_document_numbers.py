"""Acts with a number: how it is printed, its parts, dates and issuers, lists that share them."""

from __future__ import annotations

import pytest
from citing import documents, only


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
        ("Công văn số 640 TCTK/NN", "640-TCTK/NN", ("640", None, "TCTK/NN")),
        ("Tờ trình số 418/TTr-CAT(PC14)", "418/TTr-CAT(PC14)", ("418", None, "TTr-CAT")),
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
