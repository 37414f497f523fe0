"""Places: the built-in plan, the kinds one by one, and what is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgplan.parsing.places import find_places
from kgplan.resources import DATA

PLAN = (DATA / "plans" / "thanh-hoa-2023.vi.txt").read_text(encoding="utf-8")
GOLD: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "gold" / "thanh-hoa-2023.json").read_text(encoding="utf-8")
)
PROVINCES = json.loads((DATA / "agencies_jurisdictions.json").read_text(encoding="utf-8"))["provinces"]


def read(sentence: str, exclude: tuple[tuple[int, int], ...] = ()) -> list[tuple[str, str]]:
    return [(place.name, place.kind) for place, _ in find_places(sentence, 0, len(sentence), exclude=exclude)]


def test_built_in_plan() -> None:
    agencies = ("Ban Quản lý Khu Kinh tế Nghi Sơn và các Khu công nghiệp", "Cục Hải quan Thanh Hóa")
    exclude = [
        (start, start + len(name)) for name in agencies for start in range(len(PLAN)) if PLAN.startswith(name, start)
    ]
    for statement in GOLD["statements"]:
        found = find_places(PLAN, statement["start"], statement["end"], exclude=exclude)
        assert {place.name for place, _ in found} == set(statement.get("places", [])), statement["address"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("trên địa bàn tỉnh Thanh Hoá và Thanh hóa", [("Thanh Hóa", "province"), ("Thanh Hóa", "province")]),
        ("khu vực Bắc Trung bộ", [("Bắc Trung Bộ", "region")]),
        ("vùng Đồng bằng sông Cửu Long", [("Đồng bằng sông Cửu Long", "region")]),
        ("cảng biển Nghi Sơn", [("Cảng biển Nghi Sơn", "port")]),
        ("cảng hàng không Thọ Xuân", [("Cảng hàng không Thọ Xuân", "airport")]),
        ("các khu công nghiệp trong khu kinh tế Vũng Áng", [("Khu kinh tế Vũng Áng", "economic_zone")]),
        ("thành phố Hồ Chí Minh", [("Hồ Chí Minh", "province")]),
        ("TP Hà Nội và TP.HCM", [("Hà Nội", "province"), ("Hồ Chí Minh", "province")]),
        ("thành phố Đà Lạt, huyện Đan Phượng", [("Thành phố Đà Lạt", "district"), ("Huyện Đan Phượng", "district")]),
        ("Bà Rịa - Vũng Tàu", [("Bà Rịa - Vũng Tàu", "province")]),
        ("quốc lộ 1A, Quận 7", [("Quốc lộ 1A", "road"), ("Quận 7", "district")]),
        ("(Kiên Giang, Cà Mau, Huế)", [("Kiên Giang", "province"), ("Cà Mau", "province"), ("Huế", "province")]),
    ],
)
def test_places(sentence: str, found: list[tuple[str, str]]) -> None:
    assert read(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "các huyện miền núi, các khu công nghiệp, khu vực nông thôn",
        "giữ gìn hòa bình và an giang",
        "đồng chí Nguyễn Thái Bình, Hồ Nghĩa Dũng",
        "tư tưởng Hồ Chí Minh",
        "Cảng biển Việt Nam",
        "",
    ],
)
def test_what_is_no_place(sentence: str) -> None:
    assert read(sentence) == []


def test_names_inside_agencies_are_left_out() -> None:
    sentence = "Cục Hải quan Nghệ An làm việc tại Nghệ An"
    assert read(sentence, exclude=((0, 20),)) == [("Nghệ An", "province")]


@pytest.mark.parametrize("province", PROVINCES, ids=lambda p: p["id"])
def test_every_province_is_found_in_both_tone_placements(province: dict[str, Any]) -> None:
    from kgplan.text import modern_tones

    for name in (province["name"], modern_tones(province["name"])):
        sentence = f"tại {province['level']} {name}, các đơn vị"
        assert [place.id for place, _ in find_places(sentence, 0, len(sentence), exclude=())] == [province["id"]]


def test_all_provinces_are_there() -> None:
    assert len(PROVINCES) == 63
    assert sum("merged_into" not in province for province in PROVINCES) == 34


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="HàNộiTPhucảngKhkTỉnh .,-\n1A'", max_size=150))
def test_any_text_is_read(text: str) -> None:
    end = 0
    for place, mention in find_places(text, 0, len(text), exclude=((3, 5),)):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.place == place.id
        assert place.id
        end = mention.end
