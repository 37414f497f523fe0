"""Quantities: the built-in plan, the forms one by one, and generated quantities that know their truth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgplan.parsing.indicators import find_indicators, parse_number
from kgplan.resources import DATA

PLAN = (DATA / "plans" / "thanh-hoa-2023.vi.txt").read_text(encoding="utf-8")
GOLD: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "gold" / "thanh-hoa-2023.json").read_text(encoding="utf-8")
)


def read(sentence: str) -> list[tuple[str, float, float | None, str, str]]:
    return [
        (i.name, i.value, i.value_max, i.unit, i.comparator)
        for i in find_indicators(sentence, 0, len(sentence), year=2023)
    ]


def test_built_in_plan() -> None:
    for statement in GOLD["statements"]:
        found = find_indicators(PLAN, statement["start"], statement["end"], year=2023)
        expected = statement.get("indicators", [])
        assert [(i.value, i.unit, i.comparator) for i in found] == [
            (e["value"], e["unit"], e["comparator"]) for e in expected
        ], statement["address"]
        assert all(e["key"] in i.name for i, e in zip(found, expected, strict=True))


def test_fields_of_counted_targets() -> None:
    statement = next(s for s in GOLD["statements"] if s["address"] == "C")
    found = find_indicators(PLAN, statement["start"], statement["end"], year=2023)
    fields = {i.field: i.value for i in found if i.field}
    assert fields == {"kinh tế": 12, "văn hóa - xã hội": 9, "môi trường": 3, "an ninh trật tự": 1}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("GRDP bình quân đầu người đạt 3.000 USD trở lên.", ("GRDP bình quân đầu người", 3000, None, "USD", ">=")),
        ("Tổng thu ngân sách đạt 35.000 tỷ đồng.", ("Tổng thu ngân sách", 35000, None, "tỷ đồng", "=")),
        ("Tỷ lệ hộ nghèo giảm 1,5 - 2 điểm %/năm.", ("Tỷ lệ hộ nghèo", 1.5, 2, "điểm %/năm", "range")),
        ("Đến năm 2025, tỷ lệ đô thị hóa đạt 40%.", ("tỷ lệ đô thị hóa", 40, None, "%", "=")),
        ("Kim ngạch xuất khẩu tăng từ 10 - 12%.", ("Kim ngạch xuất khẩu", 10, 12, "%", "range")),
        ("Tăng trưởng tín dụng khoảng 14%-15%.", ("Tăng trưởng tín dụng", 14, 15, "%", "range")),
        ("Tỷ lệ thất nghiệp không quá 2%.", ("Tỷ lệ thất nghiệp", 2, None, "%", "<=")),
        ("Tỷ lệ nợ xấu dưới 1%.", ("Tỷ lệ nợ xấu", 1, None, "%", "<")),
        ("Giá trị sản xuất tăng trên 8% so với năm 2022.", ("Giá trị sản xuất", 8, None, "%", ">")),
        ("Giá trị sản xuất tăng 8%.", ("Giá trị sản xuất", 8, None, "%", "increase")),
        ("Số vụ tai nạn giảm 5%.", ("Số vụ tai nạn", 5, None, "%", "decrease")),
        ("100% số xã có bác sĩ.", ("số xã có bác sĩ", 100, None, "%", "=")),
        ("Trên 95% dân số tham gia bảo hiểm.", ("dân số tham gia bảo hiểm", 95, None, "%", ">")),
        ("Hoàn thành tối thiểu 90 % nhiệm vụ.", ("nhiệm vụ", 90, None, "%", ">=")),
        ("Tỷ lệ lao động qua đào tạo: 73%.", ("Tỷ lệ lao động qua đào tạo", 73, None, "%", "=")),
        ("Nông, lâm, thủy sản tăng 3,2%.", ("Nông, lâm, thủy sản", 3.2, None, "%", "increase")),
        ("Thu hút 50 dự án đầu tư mới.", ("dự án đầu tư mới", 50, None, "dự án", "=")),
        ("Giải quyết việc làm cho 60.000 lao động.", ("Giải quyết việc làm", 60000, None, "lao động", "=")),
        ("Có ít nhất 20 xã đạt chuẩn.", ("xã đạt chuẩn", 20, None, "xã", ">=")),
        ("Sản lượng lương thực đạt 1,5 triệu tấn.", ("Sản lượng lương thực", 1.5, None, "triệu tấn", "=")),
        ("Xử lý xong 120 cơ sở gây ô nhiễm.", ("cơ sở gây ô nhiễm", 120, None, "cơ sở", "=")),
        ("Lắp mới 55 trạm quan trắc.", ("trạm quan trắc", 55, None, "trạm", "=")),
        ("Thành lập mới ít nhất 820 doanh nghiệp.", ("Thành lập mới doanh nghiệp", 820, None, "doanh nghiệp", ">=")),
        ("Bảo đảm đạt từ 95% kế hoạch vốn trở lên.", ("kế hoạch vốn", 95, None, "%", ">=")),
        ("Tỷ lệ rác được thu gom, xử lý đạt 95%.", ("Tỷ lệ rác được thu gom, xử lý", 95, None, "%", "=")),
        ("Có trên 20 tuyến đường được nâng cấp.", ("tuyến đường được nâng cấp", 20, None, "tuyến", ">")),
        ("Thu nhập đạt 65 triệu đồng/người/năm.", ("Thu nhập", 65, None, "triệu đồng/người/năm", "=")),
    ],
)
def test_forms(sentence: str, found: tuple[str, float, float | None, str, str]) -> None:
    assert read(sentence) == [found]


def test_several_in_one_sentence() -> None:
    names = [i[0] for i in read("Tỷ lệ che phủ rừng đạt 53,5% và tỷ lệ dân số dùng nước sạch đạt 98%; thu 5 tỷ đồng.")]
    assert names[:2] == ["Tỷ lệ che phủ rừng", "tỷ lệ dân số dùng nước sạch"]
    assert [i[0] for i in read("Diện tích rừng ổn định, sản lượng gỗ đạt 5 tấn.")] == ["sản lượng gỗ"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Giai đoạn 2021 - 2025, 5 năm, năm 2023.",
        "Nghị quyết số 12/2010/NQ-HĐND ngày 10/12/2022.",
        "Chia làm 4 lĩnh vực, Điều 5 khoản 2.",
        "Phường 5, Quận 1, Quốc lộ 1A.",
        "Thay xe buýt chạy dầu bằng xe buýt điện trên 20 tuyến.",
    ],
)
def test_what_is_no_quantity(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    ("digits", "value"),
    [("7.000", 7000), ("1,5", 1.5), ("1.650,5", 1650.5), ("11", 11), ("1.234.567", 1234567), ("8.5", 8.5)],
)
def test_numbers(digits: str, value: float) -> None:
    assert parse_number(digits) == value


NAMES = st.sampled_from(
    ["Tỷ lệ đô thị hóa", "Tổng vốn đầu tư toàn xã hội", "Giá trị xuất khẩu", "Diện tích rừng trồng"]
)
UNITS = st.sampled_from(["%", "tỷ đồng", "triệu USD", "ha", "km", "nghìn tấn", "điểm %"])
SIGNS = st.sampled_from(
    [
        ("đạt {}", "="),
        ("đạt {} trở lên", ">="),
        ("đạt ít nhất {}", ">="),
        ("đạt trên {}", ">"),
        ("không quá {}", "<="),
        ("dưới {}", "<"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NAMES, UNITS, SIGNS, st.integers(1, 99_999), st.integers(0, 9)), min_size=1, max_size=4))
def test_generated_quantities_are_read_back(made: list[tuple[str, str, tuple[str, str], int, int]]) -> None:
    printed, truth = [], []
    for name, unit, (shape, sign), whole, tenth in made:
        digits = f"{whole:,}".replace(",", ".") + (f",{tenth}" if tenth else "")
        printed.append(f"{name} {shape.format(f'{digits} {unit}')}")
        truth.append((name, whole + tenth / 10, unit, sign))
    found = [(name, pytest.approx(value), unit, sign) for name, value, _, unit, sign in read("; ".join(printed) + ".")]
    assert found == truth


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789.,-–% tỷđồngtăngiảmđạtchỉêu();:\n", max_size=200))
def test_any_text_is_read(text: str) -> None:
    for i in find_indicators(text, 0, len(text), year=None):
        assert i.name
        assert 0 <= i.start < i.end <= len(text)
