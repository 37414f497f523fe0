"""Whole plans: generated ones that know their truth, metadata, determinism, text that is broken."""

from __future__ import annotations

import contextlib

import pytest
from generated_plans import JURISDICTION, Due, plans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgplan.errors import NotAPlanError
from kgplan.model import Plan
from kgplan.parsing import parse
from kgplan.reading import read
from kgplan.resources import DATA

BUILT_IN = DATA / "plans" / "thanh-hoa-2023.vi.txt"


def roles(plan: Plan, address: str) -> dict[str, list[str]]:
    statement = plan.statement(address)
    return {
        role: sorted(plan.agency(a).name for a in statement.agencies(role))
        for role in ("leads", "coordinates", "shares")
    }


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans())
def test_a_generated_plan_is_read_as_it_was_made(generated):
    plan = parse(generated.text, jurisdiction=JURISDICTION)
    assert [s.address for s in plan.statements] == [t.address for t in generated.statements]
    names = {d.id: d.number or d.title for d in plan.documents}
    for truth in generated.statements:
        statement = plan.statement(truth.address)
        assert statement.text == truth.text
        expected = {
            "leads": sorted(truth.leads),
            "coordinates": sorted(truth.coordinates),
            "shares": sorted(truth.shares),
        }
        assert roles(plan, truth.address) == expected, truth.text
        assert {names[c.document] for c in statement.citations} == set(truth.documents), truth.text
        assert tuple(Due(d.date, d.inclusive, d.begin) for d in statement.deadlines) == truth.deadlines, truth.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), st.lists(st.tuples(st.integers(0, 4000), st.text(max_size=6), st.integers(0, 40)), max_size=12))
def test_mutated_text_is_read_without_a_crash(generated, edits):
    text = generated.text
    for at, insert, cut in edits:
        text = text[:at] + insert + text[at + cut :]
    try:
        plan = parse(text)
    except NotAPlanError:
        return
    assert Plan.from_dict(plan.to_dict()) == plan
    for statement in (*plan.statements, *plan.context):
        assert text[statement.start : statement.end] == statement.text
        assert statement.text == statement.text.strip()
    known = {a.id for a in plan.agencies}
    assert {r.agency for s in plan.statements for r in s.responsibilities} <= known


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(NotAPlanError):
        assert parse(text).text == text


def test_same_text_same_plan():
    source = read(BUILT_IN)
    assert parse(source).to_dict() == parse(source).to_dict()


def test_metadata_of_an_official_paper():
    plan = parse(
        "ỦY BAN NHÂN DÂN\nTỈNH NGHỆ AN\n\nSố: 148/KH-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\n\nNghệ An, ngày 20 tháng 02 năm 2024\n\nKẾ HOẠCH\n"
        "Phát triển kinh tế biển năm 2024\n\nCăn cứ Luật Tổ chức chính quyền địa phương;\n\n"
        "I. NHIỆM VỤ\n\n1. Sở Công Thương lập danh mục dự án.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n",
        source_name="ke-hoach-148.vi.txt",
    )
    assert (plan.id, plan.year, plan.jurisdiction) == ("ke-hoach-148", 2024, "nghe-an")
    assert (plan.type, plan.number, plan.date) == ("Kế hoạch", "148/KH-UBND", "2024-02-20")
    assert plan.issuer == "UBND tỉnh Nghệ An"
    assert plan.title == "Kế hoạch Phát triển kinh tế biển năm 2024"
    assert [s.address for s in plan.statements] == ["I.1"]
    assert {"Căn cứ Luật Tổ chức chính quyền địa phương;", "- Như trên;", "Nguyễn Văn An"} <= {
        c.text for c in plan.context
    }


def test_a_title_that_goes_on_in_the_next_line():
    plan = parse("KẾ HOẠCH\nthực hiện Nghị quyết số 05-NQ/TU năm 2024\n\nI. NHIỆM VỤ\n1. Sở Y tế lập danh mục.\n")
    assert plan.title == "Kế hoạch thực hiện Nghị quyết số 05-NQ/TU năm 2024"
    assert plan.year == 2024


def test_a_resolution_of_the_party():
    plan = parse(
        "TỈNH ỦY NGHỆ AN\n*\nSố 45-NQ/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nNghệ An, ngày 15 tháng 6 năm 2022\n\nNGHỊ QUYẾT\n"
        "CỦA BAN CHẤP HÀNH ĐẢNG BỘ TỈNH\nvề phát triển thủy sản đến năm 2025\n\nI- MỤC TIÊU\n1- Mục tiêu\n"
        "1.1- Mục tiêu chung: Phát triển thủy sản bền vững.\n1.2- Mục tiêu cụ thể\n- Sản lượng đạt 64 nghìn tấn.\n"
        "II- TỔ CHỨC THỰC HIỆN\n1- Đảng đoàn Hội đồng nhân dân tỉnh lãnh đạo việc giám sát.\n"
        "2- Các ban xây dựng Đảng, Văn phòng Tỉnh ủy theo dõi, đôn đốc.\n"
        "3- Mặt trận Tổ quốc Việt Nam và các đoàn thể vận động nhân dân.\n"
    )
    assert (plan.number, plan.year, plan.title) == (
        "45-NQ/TU",
        2022,
        "Nghị quyết về phát triển thủy sản đến năm 2025",
    )
    assert [s.address for s in plan.statements] == ["I.1.1", "I.1.2.1", "II.1", "II.2", "II.3"]
    assert roles(plan, "II.1")["leads"] == ["Đảng đoàn HĐND tỉnh"]
    assert roles(plan, "II.2")["shares"] == ["Các ban xây dựng Đảng", "Văn phòng Tỉnh ủy"]
    assert roles(plan, "II.3")["shares"] == ["Các đoàn thể", "Mặt trận Tổ quốc Việt Nam"]


def test_a_ministry_is_of_no_province():
    plan = parse(
        "BỘ Y TẾ\n\nSố: 07/CT-BYT\n\nHà Nội, ngày 12 tháng 3 năm 2025\n\nCHỈ THỊ\nVề an toàn bữa ăn tại Hà Nội\n\n"
        "1. Cục An toàn thực phẩm kiểm tra bếp ăn tại thành phố Hà Nội.\n"
    )
    assert plan.jurisdiction == "vn"
    assert plan.statements[0].kind == "directive"


def test_the_jurisdiction_can_be_given():
    assert parse(read(BUILT_IN), jurisdiction="nghe-an").jurisdiction == "nghe-an"


@pytest.mark.parametrize("text", ["", "   \n", "x = 1\ny = 2\n", "Lorem ipsum dolor sit amet."])
def test_what_is_no_plan_is_refused(text):
    with pytest.raises(NotAPlanError):
        parse(text)


def test_kinds_follow_the_headings():
    plan = parse(
        "A. CHỦ ĐỀ NĂM 2024\nKỷ cương, sáng tạo\nB. PHƯƠNG CHÂM\nĐoàn kết\nC. MỤC TIÊU\nTăng trưởng trên 8%.\n"
        "D. TRỌNG TÂM CHỈ ĐẠO\n1. Tập trung chỉ đạo giải ngân.\nE. NHIỆM VỤ, GIẢI PHÁP\n1. Sở Y tế kiểm tra.\n"
        "F. GIAO CHỈ TIÊU: UBND tỉnh giao 5 chỉ tiêu cho các ngành, địa phương.\n"
        "G. TỔ CHỨC THỰC HIỆN: Các sở báo cáo kết quả.\n"
    )
    assert [(s.address, s.kind) for s in plan.statements] == [
        ("A", "theme"),
        ("B", "motto"),
        ("C", "goal"),
        ("D.1", "directive"),
        ("E.1", "task"),
        ("F", "assignment"),
        ("G", "arrangement"),
    ]


def codes(text: str) -> set[str]:
    return {n.code for n in parse(text, jurisdiction="nghe-an").notes}


def test_notes_tell_what_is_missing_or_does_not_add_up():
    head = "KẾ HOẠCH\nNăm 2024\n\nI. NHIỆM VỤ\n"
    assert "no_agency" in codes(head + "1. Phối hợp chặt chẽ trong kiểm tra.\n")
    assert "unknown_agency" in codes(head + "1. Trung tâm Sáng tạo Xanh tổ chức hội thảo.\n")
    assert "two_leads" in codes(head + "1. Sở Y tế, Sở Nội vụ chủ trì kiểm tra.\n")
    assert not codes(head + "1. Sở Y tế kiểm tra.\n")


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Tổng kết công tác năm 2022 và triển khai nhiệm vụ năm 2023", 2023),
        ("Thi hành Luật Đất đai ngày 26 tháng 11 năm 2003 trong năm 2005", 2005),
        ("Phát triển du lịch năm 2024, định hướng đến năm 2030", 2024),
    ],
)
def test_the_year_is_the_latest_the_title_names(title: str, year: int) -> None:
    plan = parse(f"KẾ HOẠCH\n{title}\n\nI. NHIỆM VỤ\n1. Sở Y tế kiểm tra.\n", jurisdiction="nghe-an")
    assert plan.year == year


def test_the_acts_a_plan_is_titled_after_are_cited_by_its_title() -> None:
    plan = parse(
        "KẾ HOẠCH\nThực hiện Nghị quyết số 01/NQ-CP ngày 05/01/2024 của Chính phủ\n\n"
        "I. NHIỆM VỤ\n1. Sở Y tế kiểm tra.\n",
        jurisdiction="nghe-an",
    )
    (title,) = [c for c in plan.context if c.citations]
    (citation,) = title.citations
    (document,) = plan.documents
    assert (citation.relation, citation.document, document.number) == ("implements", document.id, "01/NQ-CP")


def test_a_title_ends_with_its_cell() -> None:
    plan = parse(
        "KẾ HOẠCH\nNăm 2024\n\nSTT | Nhiệm vụ | Cơ quan chủ trì\n"
        "1 | Thực hiện Đề án phát triển logistics | Sở Công Thương\n",
        jurisdiction="nghe-an",
    )
    assert [d.title for d in plan.documents] == ["Đề án phát triển logistics"]


def test_a_party_committee_at_the_head_says_whose_plan_it_is() -> None:
    plan = parse(
        "BAN CHẤP HÀNH ĐẢNG BỘ TỈNH LÀO CAI\nSố 120-CTr/TU\n\nCHƯƠNG TRÌNH HÀNH ĐỘNG\nPhát triển khoa học năm 2025\n\n"
        "I- NHIỆM VỤ\n1- Văn phòng Tỉnh ủy theo dõi.\n"
    )
    assert (plan.issuer, plan.jurisdiction) == ("Ban Chấp hành Đảng bộ tỉnh Lào Cai", "lao-cai")


def test_acts_cited_by_a_heading_are_not_lost() -> None:
    plan = parse(
        "KẾ HOẠCH\nNăm 2024\n\nI. Thực hiện Nghị quyết số 57-NQ/TW về khoa học\n1. Sở Y tế kiểm tra.\n"
        "II. Thực hiện Đề án phát triển du lịch\n1. Sở Y tế thực hiện Đề án phát triển du lịch.\n"
        "III. Điều lệ\n1. Tổng công ty hoạt động theo Điều lệ tổ chức và hoạt động của Tổng công ty Sông Đà.\n",
        jurisdiction="nghe-an",
    )
    assert [c.text for c in plan.context if c.citations] == ["Thực hiện Nghị quyết số 57-NQ/TW về khoa học"]
    assert {d.number or d.title for d in plan.documents} == {
        "57-NQ/TW",
        "Đề án phát triển du lịch",
        "Điều lệ tổ chức và hoạt động của Tổng công ty Sông Đà",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Shopping\n\n- Buy milk and eggs\n- Call the plumber\n",
        "Implementation plan 2024\nI. TASKS\n1. The Department of Finance leads the promotion of investment.\n"
        "2. The café at the town hall reports to the People's Committee before 15 June 2024, with the police.\n",
        "Plan\n1. Сдать отчёт до пятницы.\n2. Позвонить поставщику.\n",
    ],
)
def test_a_text_in_another_language_is_no_plan(text: str) -> None:
    with pytest.raises(NotAPlanError, match=r"not in Vietnamese.*give the plan in Vietnamese"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "KE HOACH\nI. NHIEM VU\n1. So Tai chinh chu tri, phoi hop voi cac don vi lien quan xay dung du toan.\n",
        "KẾ HOẠCH\n1. Sở Y tế sử dụng Google Workspace, Microsoft Teams, Zoom Meetings, Slack.\n",
    ],
)
def test_vietnamese_without_diacritics_or_with_foreign_names_is_a_plan(text: str) -> None:
    assert len(parse(text).statements) == 1
