"""Deadlines and periods: the forms one by one, what is none, and generated deadlines that know their truth."""

from __future__ import annotations

import calendar
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgplan.model import Deadline
from kgplan.parsing.dates import find_deadlines, find_periods
from kgplan.resources import DATA

YEAR = 2022
PLAN = (DATA / "plans" / "thanh-hoa-2023.vi.txt").read_text(encoding="utf-8")


def deadlines(sentence: str, year: int | None = YEAR) -> tuple[Deadline, ...]:
    text = f"Mở đầu.\n{sentence}\nKết thúc."
    return find_deadlines(text, 8, 8 + len(sentence), year=year)


def periods(sentence: str) -> list[tuple[int | None, int | None]]:
    return [(p.begin, p.end_year) for p in find_periods(sentence, 0, len(sentence))]


def test_built_in_plan_has_one_deadline() -> None:
    (deadline,) = find_deadlines(PLAN, 0, len(PLAN), year=2023)
    assert (deadline.date, deadline.inclusive) == ("2023-01-15", False)
    assert PLAN[deadline.start : deadline.end] == deadline.text == "trước ngày 15/01/2023"


@pytest.mark.parametrize(
    ("sentence", "date", "inclusive"),
    [
        ("Báo cáo trước ngày 15/01/2023 để tổng hợp.", "2023-01-15", False),
        ("Hoàn thành trước 10 tháng 3 năm 2022.", "2022-03-10", False),
        ("Gửi về sở chậm nhất 30/6.", "2022-06-30", True),
        ("Trình UBND tỉnh chậm nhất là ngày 30/6/2022.", "2022-06-30", True),
        ("Hoàn thành chậm nhất vào ngày 15 tháng 11 năm 2022.", "2022-11-15", True),
        ("Thời hạn hoàn thành trước ngày 30 tháng 9 năm 2022.", "2022-09-30", False),
        ("Xong trước 17 giờ 00 ngày 20/3/2022.", "2022-03-20", True),
        ("Thực hiện đến hết ngày 31/12/2022.", "2022-12-31", True),
        ("Từ nay đến 30/6/2022 phải giải ngân hết.", "2022-06-30", True),
        ("Hạn nộp: 20/02/2022", "2022-02-20", True),
        ("Hoàn thành trước 31-12-2022.", "2022-12-31", False),
        ("Gửi trước ngày 15.3.2022", "2022-03-15", False),
        ("trước ngày 05/02/2022 (thứ Bảy)", "2022-02-05", False),
        ("Báo cáo năm trước ngày 15/12/2022.", "2022-12-15", False),
        ("Ban hành trước quý II/2022.", "2022-04-01", False),
        ("Hoàn thành trước tháng 10/2022.", "2022-10-01", False),
        ("Xong trước cuối năm 2022.", "2022-12-31", False),
        ("Báo cáo trước ngày 31/4/2022.", None, False),
        ("Tham mưu, trình ký trước 20/10/2022.", "2022-10-20", False),
        ("Trong tháng 5 phải xong công tác chuẩn bị.", "2022-05-31", True),
    ],
)
def test_days(sentence: str, date: str | None, inclusive: bool) -> None:
    (deadline,) = deadlines(sentence)
    assert (deadline.date, deadline.inclusive) == (date, inclusive)


@pytest.mark.parametrize(
    ("sentence", "begin", "date"),
    [
        ("Hoàn thành trong quý I/2023.", "2023-01-01", "2023-03-31"),
        ("Báo cáo UBND tỉnh trong quí 2.", "2022-04-01", "2022-06-30"),
        ("Hoàn thành trong quý I và quý II năm 2022.", "2022-01-01", "2022-06-30"),
        ("Thời gian hoàn thành: tháng 10/2025", "2025-10-01", "2025-10-31"),
        ("Tháng 2/2024", "2024-02-01", "2024-02-29"),
        ("Quý I - III năm 2022", "2022-01-01", "2022-09-30"),
        ("Sửa chữa các công trình xuống cấp trong quý II/2022.", "2022-04-01", "2022-06-30"),
        ("Thời gian: Từ ngày 01/3/2022 đến hết ngày 15/3/2022.", "2022-03-01", "2022-03-15"),
        ("Hoàn thành trong 6 tháng đầu năm 2022.", "2022-01-01", "2022-06-30"),
        ("Hoàn thành vào cuối tháng 5/2022.", "2022-05-01", "2022-05-31"),
        ("Triển khai xong trong năm 2022.", "2022-01-01", "2022-12-31"),
        ("Trình Chính phủ tháng 10/2022.", "2022-10-01", "2022-10-31"),
        ("Trình Chính phủ trong tháng 02.", "2022-02-01", "2022-02-28"),
        ("Tổ chức lớp tập huấn từ ngày 01/3/2022 đến ngày 30/3/2022.", "2022-03-01", "2022-03-30"),
        ("| Sở Nội vụ | Quý I/2022 | Quyết định |", "2022-01-01", "2022-03-31"),
    ],
)
def test_spans(sentence: str, begin: str, date: str) -> None:
    (deadline,) = deadlines(sentence)
    assert (deadline.begin, deadline.date, deadline.inclusive) == (begin, date, True)


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        ("Gửi báo cáo trước ngày 22 hằng tháng.", ["trước ngày 22 hằng tháng"]),
        ("Gửi báo cáo trước ngày 20 của tháng cuối quý.", ["trước ngày 20 của tháng cuối quý"]),
        ("Gửi trước ngày 15/6 và 15/12 hằng năm.", ["trước ngày 15/6 hằng năm", "15/12 hằng năm"]),
        ("Hằng năm, trước ngày 15/12 báo cáo kết quả.", ["Hằng năm trước ngày 15/12"]),
        ("Định kỳ hằng quý báo cáo kết quả về Sở Nội vụ.", ["Định kỳ hằng quý"]),
        ("Định kỳ hằng tháng báo cáo Chủ tịch UBND tỉnh trước ngày 25.", ["hằng tháng trước ngày 25"]),
        ("Hằng quý, chậm nhất ngày 10, gửi báo cáo về Sở Nội vụ.", ["Hằng quý chậm nhất ngày 10"]),
        ("Gửi vào ngày 20 của tháng cuối mỗi quý.", ["vào ngày 20 của tháng cuối mỗi quý"]),
        ("Trước 10h thứ Sáu hằng tuần gửi báo cáo.", ["Trước 10h thứ Sáu hằng tuần"]),
        ("Thường xuyên", ["thường xuyên"]),
    ],
)
def test_recurrences(sentence: str, rules: list[str]) -> None:
    found = deadlines(sentence)
    assert [d.recurrence for d in found] == rules
    assert all(d.date is None for d in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Quyết định số 12/QĐ-UBND ngày 10/3/2022 của UBND tỉnh.",
        "Nghị định có hiệu lực từ ngày 01/7/2022.",
        "Giấy phép được cấp trước ngày 01/01/2022.",
        "Giai đoạn 2021 - 2025, tầm nhìn đến năm 2030.",
        "Số liệu tính từ ngày 01/10/2021 đến ngày 30/9/2022.",
        "Kết quả đạt được trong năm 2021 và nhiệm vụ trong năm 2022.",
        "Hội nghị đã tổ chức vào ngày 12/01/2022.",
        "Xong trước ngày 10/3/2020.",
        "Tăng so với cùng kỳ năm trước 10%, 15/12 chỉ tiêu đạt.",
        "Nhiệm vụ thường xuyên, chi thường xuyên của đơn vị.",
        "Tập trung ngay từ đầu năm, trước mùa mưa bão.",
        "Dự toán ngân sách hằng năm; báo cáo tháng 10/2022.",
        "Tỷ lệ 1/2, thửa đất 30/6, mục 3.2.2022x.",
    ],
)
def test_what_is_no_deadline(sentence: str) -> None:
    assert deadlines(sentence) == ()


def test_without_a_plan_year_a_date_without_year_stays_open() -> None:
    (deadline,) = deadlines("Gửi chậm nhất 30/6.", year=None)
    assert deadline.date is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("giai đoạn 2021 - 2025", [(2021, 2025)]),
        ("nhiệm kỳ 2020 - 2025", [(2020, 2025)]),
        ("giáo dục 2021–2025", [(2021, 2025)]),
        ("5 năm giai đoạn 2021 - 2025", [(2021, 2025)]),
        ("từ năm 2021 đến năm 2025", [(2021, 2025)]),
        ("đến năm 2025, định hướng đến năm 2030", [(None, 2025), (None, 2030)]),
        ("đến năm 2030, tầm nhìn 2045", [(None, 2030), (None, 2045)]),
        ("từ năm 2022 trở đi", [(2022, None)]),
        ("giai đoạn 2021 - 2025; giai đoạn 2021 - 2025", [(2021, 2025)]),
        ("năm 2023; số 12/2021 - 2025; năm học 2021 - 2022; 28/3/1935 - 28/3/2010", []),
        ("giai đoạn 2025 - 2021", []),
    ],
)
def test_periods(sentence: str, found: list[tuple[int | None, int | None]]) -> None:
    assert periods(sentence) == found


DAYS = st.dates(min_value=datetime.date(YEAR, 1, 1), max_value=datetime.date(YEAR + 3, 12, 31))
DAY_FORMS = (
    "ngày {d:02d}/{m:02d}/{y}",
    "ngày {d}/{m}/{y}",
    "{d:02d}/{m:02d}/{y}",
    "ngày {d:02d} tháng {m:02d} năm {y}",
    "ngày {d}-{m}-{y}",
)
CUES = (
    ("trước {}", False),
    ("chậm nhất {}", True),
    ("chậm nhất là {}", True),
    ("hoàn thành trước {}", False),
    ("đến hết {}", True),
)


@st.composite
def generated(draw: st.DrawFn) -> tuple[str, str, bool, str | None]:
    """A deadline as printed, its date, whether it includes the day, and where its interval begins."""
    cue, inclusive = draw(st.sampled_from(CUES))
    day = draw(DAYS)
    if draw(st.booleans()):
        printed = draw(st.sampled_from(DAY_FORMS)).format(d=day.day, m=day.month, y=day.year)
        return cue.format(printed), day.isoformat(), inclusive, None
    quarter = draw(st.integers(1, 4))
    numeral = draw(st.sampled_from([str(quarter), ("I", "II", "III", "IV")[quarter - 1]]))
    joint = draw(st.sampled_from(["/", " năm "]))
    last = calendar.monthrange(day.year, 3 * quarter)[1]
    begin, end = f"{day.year}-{3 * quarter - 2:02d}-01", f"{day.year}-{3 * quarter:02d}-{last}"
    return f"hoàn thành trong quý {numeral}{joint}{day.year}", end, True, begin


@settings(max_examples=150, deadline=None)
@given(st.lists(generated(), min_size=1, max_size=4))
def test_generated_deadlines_are_read_back(made: list[tuple[str, str, bool, str | None]]) -> None:
    sentence = "; ".join(
        f"Sở Y tế xây dựng đề án theo Nghị quyết số 1/NQ-CP ngày 2/1/2020, {printed}" for printed, *_ in made
    )
    found = [(d.date, d.inclusive, d.begin) for d in deadlines(f"{sentence}.")]
    assert found == [tuple(truth) for _, *truth in made]


PIECES = (
    "trước", "ngày", "15/01/2023", "30/6", "tháng", "10", "năm", "2022", "quý", "IV", "hằng tháng", "và", "đến", "từ",
    ",", ";", ".", "\n", "|", ":", "hoàn thành", "chậm nhất", "6 tháng đầu năm", "99/99/2022", "giai đoạn", "-",
    "1.000", "thường xuyên",
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)),
    st.sampled_from([None, YEAR]),
)
def test_any_text_is_read_and_offsets_hold(text: str, year: int | None) -> None:
    for deadline in find_deadlines(text, 0, len(text), year=year):
        assert text[deadline.start : deadline.end] == deadline.text
        assert deadline.date is None or datetime.date.fromisoformat(deadline.date)
        assert deadline.begin is None or deadline.date is None or deadline.begin <= deadline.date
    for period in find_periods(text, 0, len(text)):
        assert text[period.start : period.end] == period.text
        assert period.begin or period.end_year
