"""Persons: with their office before or behind the name, and names that fill a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgplan.parsing import parse
from kgplan.parsing.persons import find_persons
from kgplan.resources import DATA

PLAN = (DATA / "plans" / "thanh-hoa-2023.vi.txt").read_text(encoding="utf-8")


def read(sentence: str) -> list[tuple[str, str | None, str | None]]:
    text = f"Mở đầu.\n{sentence}\nKết thúc."
    found = find_persons(text, 8, 8 + len(sentence), jurisdiction="nghe-an")
    assert all(text[p.start : p.end] == p.name for p in found)
    return [(p.name, p.office, p.agency) for p in found]


def test_built_in_plan() -> None:
    start = PLAN.index("Phó Chủ tịch UBND tỉnh Mai")
    (person,) = find_persons(PLAN, start, PLAN.index("\n", start), jurisdiction="thanh-hoa")
    assert (person.name, person.office, person.agency) == (
        "Mai Xuân Liêm",
        "Phó Chủ tịch UBND tỉnh",
        "thanh-hoa/ubnd-tinh",
    )
    start = PLAN.rindex("Xuân Nghĩa")
    (author,) = find_persons(PLAN, start, start + 10, jurisdiction="thanh-hoa")
    assert (author.name, author.office, author.agency) == ("Xuân Nghĩa", None, None)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Thứ trưởng Nguyễn Văn An chủ trì hội nghị.", ("Nguyễn Văn An", "Thứ trưởng", None)),
        ("Chủ tịch UBND tỉnh Lê Thị Bình kết luận.", ("Lê Thị Bình", "Chủ tịch UBND tỉnh", "nghe-an/ubnd-tinh")),
        (
            "Chủ tịch UBND tỉnh Nghệ An Lê Thị Bình nói.",
            ("Lê Thị Bình", "Chủ tịch UBND tỉnh Nghệ An", "nghe-an/ubnd-tinh"),
        ),
        (
            "Đồng chí Trần Văn Cường, Giám đốc Sở Y tế, báo cáo.",
            ("Trần Văn Cường", "Giám đốc Sở Y tế", "nghe-an/so-y-te"),
        ),
        ("Ông Phạm Đình Dũng phát biểu.", ("Phạm Đình Dũng", None, None)),
        ("Phạm Đình Dũng", ("Phạm Đình Dũng", None, None)),
    ],
)
def test_persons(sentence: str, found: tuple[str, str | None, str | None]) -> None:
    assert read(sentence) == [found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Giám đốc Sở Y tế, Chủ tịch UBND tỉnh Lâm Đồng chịu trách nhiệm.",
        "Học tập tấm gương Chủ tịch Hồ Chí Minh.",
        "Chương I",
        "Hà Nội",
        "Quyết Định",
        "Trưởng các ban, ngành, đơn vị cấp tỉnh",
    ],
)
def test_what_is_no_person(sentence: str) -> None:
    assert read(sentence) == []


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="Chủ tịchUBNDỉnNguyễVăALê .,-\n'", max_size=150))
def test_any_text_is_read(text: str) -> None:
    for person in find_persons(text, 0, len(text), jurisdiction="nghe-an"):
        assert 2 <= len(person.name.split()) <= 5


def test_a_long_line_of_capitals_is_read_at_once() -> None:
    line = "GIÁM ĐỐC SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN " + "CHỈ ĐẠO CÁC CHI CỤC KIỂM TRA " * 20 + "xong."
    assert find_persons(line, 0, len(line), jurisdiction="nghe-an") == ()


def test_a_person_has_one_office_in_a_plan() -> None:
    plan = parse(
        "KẾ HOẠCH\nKiểm tra năm 2031\n\nI. NHIỆM VỤ\n1. Ông Lê Văn An chỉ đạo việc kiểm tra.\n"
        "2. Ông Lê Văn An, Phó Chủ tịch UBND tỉnh theo dõi.\n3. Giám đốc Lê Văn An báo cáo.\n",
        jurisdiction="nghe-an",
    )
    assert {(p.name, p.office, p.agency) for s in plan.statements for p in s.persons} == {
        ("Lê Văn An", "Phó Chủ tịch UBND tỉnh", "nghe-an/ubnd-tinh")
    }
    assert [len(s.persons) for s in plan.statements] == [1, 1, 1]
