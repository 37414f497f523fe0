"""Which passages are statements of a duty, and which sections give nobody one."""

from __future__ import annotations

from duties import read, said

from kgplan.parsing import parse


def test_a_duty_told_in_full_above_items_is_a_statement_too():
    plan = read(
        "I. NHIỆM VỤ\n1. Sở Tư pháp theo dõi việc thi hành pháp luật trên địa bàn.\na) Các phòng báo cáo.\n"
        "2. Thanh tra tỉnh có trách nhiệm kết luận trong các trường hợp sau:\na) Vụ việc phức tạp.\n"
        "3. Sở Y tế có trách nhiệm:\na) Kiểm tra.\n"
    )
    assert said(plan, "I.1") == "L Sở Tư pháp"
    assert said(plan, "I.2") == "L Thanh tra tỉnh"
    assert "I.3" not in [s.address for s in plan.statements]


def test_a_duty_behind_what_it_rests_on_is_a_statement_too():
    plan = read(
        "II. Trách nhiệm báo bão\nTheo Điều 12 Quy chế báo bão, Sở Y tế có trách nhiệm cung cấp tin, cụ thể như sau:\n"
        "1. Thường xuyên theo dõi.\n2. Tổ chức phát tin.\n"
    )
    assert said(plan, "II") == "L Sở Y tế"


def test_a_preamble_that_assigns_is_a_statement():
    plan = read("UBND tỉnh yêu cầu các sở, ban, ngành tập trung thực hiện các nội dung sau:\n1. Trồng rừng.\n")
    assert said(plan, "p1") == "S Các sở, ban, ngành"


def test_a_last_paragraph_with_an_agency_of_its_own_stands_apart():
    plan = read("1. Vụ Kế hoạch:\na) Tổng hợp.\nb) Trình duyệt.\nSở Nội vụ có trách nhiệm theo dõi, đôn đốc.\n")
    assert said(plan, "p1") == "L Sở Nội vụ"


def test_a_last_paragraph_before_an_annex_stands_apart():
    plan = read(
        "1. Sở Y tế kiểm tra.\n2. Sở Nội vụ tập huấn.\nYêu cầu Thủ trưởng các đơn vị thực hiện nghiêm.\n\n"
        "PHỤ LỤC\nPHÂN CÔNG\nTT | Nhiệm vụ | Cơ quan chủ trì\n1 | Lắp trạm đo mưa | Đài KTTV tỉnh\n"
    )
    assert said(plan, "2") == "L Sở Nội vụ"
    assert said(plan, "p1") == "S Các đơn vị"
    assert said(plan, "PL.1") == "L Đài Khí tượng Thủy văn tỉnh"


def test_a_paragraph_that_tells_another_agency_is_a_statement_of_its_own():
    plan = read(
        "I. A\n1. Sở Y tế, Sở Nội vụ chuẩn bị nhân lực.\nViệc này làm hằng năm.\nSở Y tế chủ trì kiểm tra.\n"
        "2. Nội dung.\n"
    )
    assert said(plan, "I.1") == "S Sở Y tế, Sở Nội vụ"
    assert plan.statement("I.1").text.endswith("hằng năm.")
    assert said(plan, "I.1.p1") == "L Sở Y tế"


def test_a_telegram_and_its_addressees():
    plan = parse(
        "THỦ TƯỚNG CHÍNH PHỦ\nSố: 12/CĐ-TTg\nCÔNG ĐIỆN\nVề việc ứng phó bão\nTHỦ TƯỚNG CHÍNH PHỦ điện:\n- Bộ Công an;\n"
        "- Bộ Quốc phòng.\n1. Bộ Y tế chuẩn bị cơ số thuốc.\n",
        jurisdiction="vn",
    )
    assert [s.address for s in plan.statements] == ["1"]


def test_seats_and_units_of_a_body_are_no_duties():
    plan = read(
        "1. Hội đồng sáng kiến của Sở Y tế gồm:\na) Chủ tịch Hội đồng: Giám đốc Sở Y tế.\n"
        "b) Thư ký: Chánh Văn phòng Sở.\n2. Cơ cấu tổ chức của Sở Y tế:\na) Các phòng chuyên môn:\n- Thanh tra;\n"
        "b) Sở Nội vụ thẩm định biên chế.\n"
    )
    assert {s.address: said(plan, s.address) for s in plan.statements if said(plan, s.address)} == {
        "2.b": "L Sở Nội vụ"
    }


def test_whom_an_act_concerns_has_no_duty_by_that():
    plan = read(
        "Điều 1. Đối tượng áp dụng\n1. Sở Y tế thực hiện chính sách y tế.\nĐiều 2. Nhiệm vụ\n1. Sở Y tế kiểm tra.\n"
    )
    assert [said(plan, s.address) for s in plan.statements] == ["", "L Sở Y tế"]


def test_seats_in_a_council_are_no_duties():
    plan = read("I. HỘI ĐỒNG\na) Lãnh đạo Sở Y tế: Ủy viên Hội đồng;\nb) Giám đốc Sở Nội vụ: Thư ký.\n")
    assert [said(plan, s.address) for s in plan.statements] == ["", ""]


def test_a_section_that_reports_gives_no_roles():
    plan = read(
        "I. ĐÁNH GIÁ TÌNH HÌNH\n1. Sở Y tế hoàn thành 86% kế hoạch.\nII. NHIỆM VỤ\n1. Sở Y tế hoàn thành kế hoạch.\n"
    )
    assert (said(plan, "I.1"), said(plan, "II.1")) == ("", "L Sở Y tế")
