"""An agency is shown by the name that the plan prints most, where the registry's differs by level or province."""

from __future__ import annotations

import pytest

from kgplan.parsing import parse

HEAD = "KẾ HOẠCH\nPhát triển tỉnh Nghệ An năm 2024\n\nI. NHIỆM VỤ\n"
SHORT = "Chi cục An toàn vệ sinh thực phẩm"


def names(*actors: str) -> list[str]:
    items = "".join(f"{number}. {actor} kiểm tra.\n" for number, actor in enumerate(actors, 1))
    return [agency.name for agency in parse(HEAD + items, jurisdiction="nghe-an").agencies]


@pytest.mark.parametrize(
    ("actors", "shown"),
    [
        ((SHORT, SHORT, f"{SHORT} tỉnh Nghệ An"), SHORT),
        ((SHORT, f"{SHORT} tỉnh Nghệ An"), f"{SHORT} tỉnh"),
        ((f"{SHORT} tỉnh",), f"{SHORT} tỉnh"),
        (("Chi cục ATVSTP",), f"{SHORT} tỉnh"),
        (("Ban quản lý Cảng cá Cửa Lò, tỉnh Nghệ An", "Ban quản lý Cảng cá Cửa Lò"), "Ban quản lý Cảng cá Cửa Lò"),
        (("Các Sở, ban, ngành cấp tỉnh",), "Các sở, ban, ngành cấp tỉnh"),
    ],
)
def test_the_name_shown(actors, shown):
    assert shown in names(*actors)


def test_the_registrys_name_is_kept_as_another():
    plan = parse(HEAD + f"1. {SHORT} kiểm tra.\n", jurisdiction="nghe-an")
    (agency,) = (a for a in plan.agencies if a.name == SHORT)
    assert agency.aliases[0] == f"{SHORT} tỉnh"
    assert agency.id == "nghe-an/chi-cuc-an-toan-ve-sinh-thuc-pham-tinh"
