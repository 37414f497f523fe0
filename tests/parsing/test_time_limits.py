"""Time limits counted from an event: how long, from what, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgplan.model import Deadline
from kgplan.parsing import parse
from kgplan.parsing.dates import find_deadlines


def limits(sentence: str) -> list[Deadline]:
    text = f"Mở đầu.\n{sentence}\nKết thúc."
    found = find_deadlines(text, 8, 8 + len(sentence), year=2022)
    assert all(text[d.start : d.end] == d.text for d in found)
    assert all(d.date is None and d.begin is None for d in found if d.duration)
    return [d for d in found if d.duration]


@pytest.mark.parametrize(
    ("sentence", "words", "duration", "working", "event"),
    [
        (
            "Trong thời hạn 05 ngày làm việc kể từ ngày nhận được hồ sơ, Sở Y tế phải trả lời.",
            "Trong thời hạn 05 ngày làm việc kể từ ngày nhận được hồ sơ",
            "P5D",
            True,
            "ngày nhận được hồ sơ",
        ),
        (
            "Báo cáo UBND tỉnh chậm nhất sau 30 ngày, kể từ khi kết thúc đợt kiểm tra.",
            "chậm nhất sau 30 ngày, kể từ khi kết thúc đợt kiểm tra",
            "P30D",
            False,
            "khi kết thúc đợt kiểm tra",
        ),
        ("Trong vòng 2 tuần, các xã gửi báo cáo.", "Trong vòng 2 tuần", "P14D", False, None),
        ("Trong 24 giờ kể từ khi có dịch phải báo.", "Trong 24 giờ kể từ khi có dịch", "P1D", False, "khi có dịch"),
        ("Trả lời trong hai mươi lăm (25) ngày làm việc.", "trong hai mươi lăm (25) ngày làm việc", "P25D", True, None),
        ("Trả lời trong thời hạn mười lăm ngày.", "trong thời hạn mười lăm ngày", "P15D", False, None),
        ("Trả lời trong vòng 5-7 ngày làm việc.", "trong vòng 5-7 ngày làm việc", "P7D", True, None),
        (
            "Lập xong đồ án trong thời hạn 18 tháng kể từ ngày ký.",
            "trong thời hạn 18 tháng kể từ ngày ký",
            "P1Y6M",
            False,
            "ngày ký",
        ),
        ("Thời hạn giải quyết: 15 ngày làm việc.", "Thời hạn giải quyết: 15 ngày làm việc", "P15D", True, None),
        (
            "15 ngày làm việc kể từ ngày được giao vốn",
            "15 ngày làm việc kể từ ngày được giao vốn",
            "P15D",
            True,
            "ngày được giao vốn",
        ),
        ("30 ngày", "30 ngày", "P30D", False, None),
        ("Thời gian xử lý hồ sơ không quá 3 ngày.", "không quá 3 ngày", "P3D", False, None),
        (
            "Ít nhất 10 ngày trước khi mở lớp, trung tâm gửi kế hoạch.",
            "Ít nhất 10 ngày trước khi mở lớp",
            "-P10D",
            False,
            "khi mở lớp",
        ),
        (
            "Gửi tài liệu trước ngày họp ít nhất 05 ngày làm việc.",
            "trước ngày họp ít nhất 05 ngày làm việc",
            "-P5D",
            True,
            "ngày họp",
        ),
        ("Báo trong vòng 24 giờ khi có sự cố.", "trong vòng 24 giờ khi có sự cố", "P1D", False, "khi có sự cố"),
        ("Gửi trước kỳ họp ít nhất 10 ngày.", "trước kỳ họp ít nhất 10 ngày", "-P10D", False, "kỳ họp"),
        ("Gửi giấy mời trước ít nhất 3 ngày.", "trước ít nhất 3 ngày", "-P3D", False, None),
        ("Trước khi xả lũ 6 giờ phải thông báo.", "Trước khi xả lũ 6 giờ", "-PT6H", False, "khi xả lũ"),
        (
            "Công bố điểm sau ngày thi cuối cùng không quá 30 ngày.",
            "sau ngày thi cuối cùng không quá 30 ngày",
            "P30D",
            False,
            "ngày thi cuối cùng",
        ),
        (
            "Kể từ ngày nhận đủ hồ sơ, Sở Y tế trả lời trong thời hạn 20 ngày.",
            "trong thời hạn 20 ngày",
            "P20D",
            False,
            "ngày nhận đủ hồ sơ",
        ),
    ],
)
def test_limits(sentence: str, words: str, duration: str, working: bool, event: str | None) -> None:
    (found,) = limits(sentence)
    assert (found.text, found.duration, found.working_days, found.event) == (words, duration, working, event)


def test_a_length_that_goes_with_the_one_before_it() -> None:
    found = limits("Thời hạn thẩm định không quá 10 ngày đối với sách và 05 ngày đối với tờ rơi.")
    assert [(d.text, d.duration) for d in found] == [("không quá 10 ngày", "P10D"), ("05 ngày", "P5D")]


def test_a_case_with_a_limit_of_its_own() -> None:
    found = limits("Trả lời trong thời hạn 03 ngày làm việc; trường hợp phức tạp không quá 05 ngày.")
    assert [d.duration for d in found] == ["P3D", "P5D"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Quyết định này có hiệu lực thi hành sau 10 ngày kể từ ngày ký.",
        "Sau 15 ngày kể từ ngày đăng Công báo, Thông tư này có hiệu lực.",
        "Giấy phép có giá trị trong thời hạn 05 năm kể từ ngày cấp.",
        "Niêm yết công khai trong thời hạn 15 ngày.",
        "Trong 5 năm qua, tỉnh đã trồng 3.000 ha rừng.",
        "Trong 6 tháng đầu năm, các huyện thu đạt dự toán.",
        "Trồng được 3 ngày, tưới 2 giờ một lần, mỗi năm 2 tháng.",
        "Gửi trước ngày 15 tháng 3 năm 2022, chậm nhất ngày 30 tháng 6.",
        "Mỗi đợt không quá 10 ngày.",
        "Trong thời hạn 0 ngày.",
        "Báo cáo nhanh trước 16 giờ hằng ngày.",
    ],
)
def test_what_is_no_limit(sentence: str) -> None:
    assert limits(sentence) == []


UNITS = st.sampled_from([("ngày", "D", 1), ("tuần", "D", 7), ("ngày làm việc", "D", 1)])


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 300), UNITS, st.sampled_from(["trong thời hạn", "trong vòng", "chậm nhất", "muộn nhất sau"]))
def test_generated_limits(number: int, unit: tuple[str, str, int], cue: str) -> None:
    name, code, times = unit
    (found,) = limits(f"Sở Y tế gửi báo cáo {cue} {number:02d} {name} kể từ ngày có kết quả.")
    assert found.text == f"{cue} {number:02d} {name} kể từ ngày có kết quả"
    assert (found.duration, found.working_days) == (f"P{number * times}{code}", name.endswith("việc"))


PIECES = (
    "trong", "thời hạn", "không quá", "chậm nhất", "ít nhất", "trước", "sau", "05", "(20)", "mười", "mươi", "năm",
    "ngày", "làm việc", "tháng", "giờ", "kể từ", "ngày nhận", "khi", ",", ".", ";", "\n", "có hiệu lực", "và",
    "đối với", "-",
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_any_words_are_read(sentence: str) -> None:
    limits(sentence)


def test_the_statement_of_a_plan_holds_them() -> None:
    plan = parse(
        "KẾ HOẠCH\nCải cách hành chính năm 2022\n\nI. NHIỆM VỤ\n"
        "1. Sở Y tế chủ trì trả lời kiến nghị trong thời hạn 10 ngày làm việc, báo cáo trước ngày 30/6/2022.\n"
    )
    (statement,) = plan.statements
    assert [(d.date, d.duration) for d in statement.deadlines] == [(None, "P10D"), ("2022-06-30", None)]
    assert not [note for note in plan.notes if note.code == "deadline_before_plan"]
