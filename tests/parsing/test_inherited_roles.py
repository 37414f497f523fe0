"""Who does what by a heading or a sentence above: what the items below inherit, and what they say for themselves."""

from __future__ import annotations

import pytest
from duties import read, said


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Sở Y tế, UBND các huyện, thị xã, thành phố:", "S Sở Y tế, UBND các huyện, thị xã, thành phố"),
        ("Sở Y tế:", "L Sở Y tế"),
        ("Trách nhiệm của Sở Y tế", "L Sở Y tế"),
        ("Trách nhiệm của Sở Y tế trong việc cấp giấy phép", "L Sở Y tế"),
        ("Các công ty thuộc ngành phối hợp hoạt động trong lĩnh vực hóa chất:", "S Các công ty thuộc ngành"),
        ("Đối với các Sở: Y tế, Nội vụ", "S Sở Y tế, Sở Nội vụ"),
        ("Giao Sở Y tế:", "L Sở Y tế"),
        ("Sở Y tế có trách nhiệm:", "L Sở Y tế"),
        ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ:", "L Sở Y tế; C Sở Nội vụ"),
        ("Sở Y tế, Sở Tư pháp phối hợp với Sở Nội vụ:", "C Sở Nội vụ; S Sở Y tế, Sở Tư pháp"),
        ("Tăng cường phòng, chống dịch: Các sở, ban, ngành cấp tỉnh theo chức năng", "S Các sở, ban, ngành cấp tỉnh"),
        ("Tiếp tục thực hiện Nghị quyết của Tỉnh ủy", ""),
    ],
)
def test_roles_of_a_heading_hold_for_the_items_below(heading, expected):
    plan = read(f"I. NHIỆM VỤ\n1. {heading}\n- Bố trí kinh phí thực hiện.\n- Báo cáo kết quả.\n2. Nội dung khác.\n")
    for address in ("I.1.1", "I.1.2"):
        assert said(plan, address) == expected
        assert {r.inherited for r in plan.statement(address).responsibilities} <= {"I.1"}


def test_the_item_gives_the_role_and_the_heading_the_agency():
    plan = read(
        "I. NHIỆM VỤ\n1. Sở Y tế:\n- Chủ trì, phối hợp với Sở Nội vụ kiểm tra.\n"
        "- Phối hợp với Công an tỉnh tuyên truyền.\n- UBND các huyện tổ chức thực hiện.\n"
    )
    assert said(plan, "I.1.1") == "L Sở Y tế; C Sở Nội vụ"
    assert said(plan, "I.1.2") == "L Sở Y tế; C Công an tỉnh"
    assert said(plan, "I.1.3") == "S UBND các huyện"


def test_a_sentence_that_leads_in_gives_the_actors_of_what_follows():
    plan = read(
        "Chủ tịch UBND tỉnh yêu cầu các sở, ban, ngành thực hiện:\n1. Rà soát quy hoạch.\n2. Sở Y tế kiểm tra.\n"
    )
    assert said(plan, "1") == "S Các sở, ban, ngành"
    assert said(plan, "2") == "L Sở Y tế"


def test_those_who_help_further_on_help_the_agency_of_the_heading():
    plan = read(
        "1. Sở Y tế:\na) Chủ trì kiểm tra; Sở Tài chính, Sở Nội vụ phối hợp.\n"
        "b) Tổ chức tập huấn; Sở Tài chính, Sở Nội vụ phối hợp.\n"
        "c) Sở Tài chính, Sở Nội vụ phối hợp thẩm định.\n"
    )
    assert said(plan, "1.a") == said(plan, "1.b") == "L Sở Y tế; C Sở Tài chính, Sở Nội vụ"
    assert said(plan, "1.c") == "S Sở Tài chính, Sở Nội vụ"


def test_what_somebody_receives_is_no_duty_of_the_agency_of_the_heading():
    plan = read(
        "I. NHIỆM VỤ\n1. Sở Tài chính cấp kinh phí như sau:\n"
        "- Đối với phường được hưởng 5%.\n- Rà soát hộ được hưởng 5%.\n"
    )
    assert [said(plan, s.address) for s in plan.statements][-2:] == ["", "L Sở Tài chính"]


def test_a_later_clause_without_a_subject_makes_no_one_a_partner():
    plan = read(
        "Chủ tịch UBND tỉnh yêu cầu các sở, ban, ngành thực hiện:\n1. Đào tạo cán bộ; phối hợp làm tốt tuyển sinh.\n"
    )
    assert said(plan, "1") == "S Các sở, ban, ngành"


def test_an_agency_line_within_an_item_heads_the_bullets_behind_it():
    plan = read(
        "I. A\n1. Sở Y tế kiểm tra.\nCác chủ rừng là tổ chức:\n+ Bố trí lực lượng canh gác;\n+ Phát dọn thực bì.\n"
        "2. Nội dung.\n"
    )
    listed = {s.text: said(plan, s.address) for s in plan.statements}
    assert listed["Phát dọn thực bì."] == "S Các chủ rừng là tổ chức"
    assert said(plan, "I.2") == ""


def test_a_bracket_or_a_directed_body_leaves_the_duty_to_the_heading():
    plan = read(
        "I. A\n1. UBND các huyện:\na) Chỉ đạo Hạt Kiểm lâm chủ trì tuần tra.\nb) Xây dựng đề án (Sở Y tế chủ trì).\n"
    )
    assert said(plan, "I.1.a") == "L Hạt Kiểm lâm; S UBND các huyện"
    assert said(plan, "I.1.b") == "L Sở Y tế; S UBND các huyện"


def test_a_heading_may_name_its_agencies_behind_an_opening():
    plan = read("I. A\n1. Trên cơ sở Kế hoạch này, các sở, ngành:\na) Ban hành kế hoạch;\nb) Báo cáo kết quả.\n")
    assert said(plan, "I.1.b") == "S Các sở, ngành"
