"""The outline: labels, nesting, headings, statements, formal parts and tables."""

from __future__ import annotations

import pytest

from kgplan.model import Plan
from kgplan.parsing import parse
from kgplan.reading.text import Text


def items(text: str) -> list[tuple[str, str]]:
    return [(s.address, s.text) for s in parse(text, jurisdiction="nghe-an").statements]


def addresses(text: str) -> list[str]:
    return [address for address, _ in items(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A. X\nI. Y\n1. Việc một.\n2. Việc hai.\nII. Z\n1. Việc ba.\nB. T\n1. Việc bốn.",
            ["A.I.1", "A.I.2", "A.II.1", "B.1"],
        ),
        ("Điều 1. X\n1. Y\na) Một;\nb) Hai;\nĐiều 2. Việc ba.", ["1.1.a", "1.1.b", "2"]),
        (
            "PHẦN I. X\n1. Một việc.\nPHẦN II. Y\nMục 1. Z\n1.1. T\n+ Hai việc.\n+ Ba việc.",
            ["I.1", "II.1.1.1", "II.1.1.2"],
        ),
        ("Chương I\nQuy định chung\nĐiều 1. Việc một.\nChương II\nTổ chức\nĐiều 2. Việc hai.", ["I.1", "II.2"]),
        ("1. X\n1.1. Một việc.\n1.2. Y\n1.2.1 Hai việc.\n2. Ba việc.", ["1.1", "1.2.1", "2"]),
        ("1/ Một việc.\n2/ Hai việc.", ["1", "2"]),
        ("(1) Một việc.\n(2) Hai việc.", ["1", "2"]),
        ("1. X:\n- Một việc:\n+ Nhỏ một;\n+ Nhỏ hai;\n- Hai việc.", ["1.1.1", "1.1.2", "1.2"]),
        ("I. X\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm;\ne) Sáu.", [f"I.{c}" for c in "abcdđe"]),
        ("I. X\n1. Một việc.\n3. Ba việc.", ["I.1", "I.3"]),
        ("– Một việc.\n• Hai việc.", ["1", "1.1"]),
        ("H. X\n1. Một.\nI. Y\n1. Hai.\nK. Z\n1. Ba.", ["H.1", "I.1", "K.1"]),
        ("H. X\nI. Y\n1. Một.\nII. Z\n1. Hai.", ["H.I.1", "H.II.1"]),
        ("1. Điều 4 được sửa như sau:\n1. Một.\n2. Hai.\n2. Điều 6 được sửa.", ["1.1", "1.2", "2"]),
    ],
)
def test_nesting_is_inferred(text, expected):
    assert addresses(text) == expected


def test_numbers_dates_and_amounts_are_no_labels():
    text = "I. X\n1. Vốn đầu tư\n1.500 tỷ đồng trong năm.\n15/01/2024 là hạn cuối.\n2. Việc hai."
    assert addresses(text) == ["I.1.1", "I.1.2", "I.2"]


def test_a_label_alone_takes_the_next_line():
    assert items("Điều 1.\nSở Y tế kiểm tra.\nĐiều 2.\nSở Nội vụ báo cáo.") == [
        ("1", "Sở Y tế kiểm tra."),
        ("2", "Sở Nội vụ báo cáo."),
    ]


def test_a_paragraph_broken_over_lines_is_one_statement():
    text = "I. X\n1. Sở Y tế kiểm tra, giám sát,\n\nđôn đốc việc thực hiện.\n2. Việc hai."
    assert items(text)[0] == ("I.1", "Sở Y tế kiểm tra, giám sát,\n\nđôn đốc việc thực hiện.")


def test_further_sentences_of_an_item_belong_to_it():
    assert items("I. X\n1. Việc một.\nCâu hai của việc một.\n2. Việc hai.")[0] == (
        "I.1",
        "Việc một.\nCâu hai của việc một.",
    )


def test_text_behind_the_colon_of_a_heading_is_the_statement():
    plan = parse("I. X\n1. Về cải cách: Các cấp, các ngành thực hiện.\n2. Xây dựng các nội dung sau: Một; hai.")
    first, second = plan.statements
    assert (first.text, first.heading_path) == ("Các cấp, các ngành thực hiện.", ("X", "Về cải cách"))
    assert second.text == "Xây dựng các nội dung sau: Một; hai."


def test_one_paragraph_has_the_address_of_its_heading_and_several_are_numbered():
    assert addresses("I. X\nMột đoạn văn.\nII. Y\nĐoạn một.\nĐoạn hai.") == ["I", "II.1", "II.2"]


def test_unmarked_tasks_under_an_agency():
    text = "I. TỔ CHỨC\nSở Tài chính:\n- Bố trí vốn.\nSở Y tế, Sở Nội vụ:\nKiểm tra.\nBáo cáo.\nII. KHÁC\n1. Việc."
    plan = parse(text, jurisdiction="nghe-an")
    assert [(s.address, s.heading_path[-1]) for s in plan.statements] == [
        ("I.h1.1", "Sở Tài chính"),
        ("I.h2.1", "Sở Y tế, Sở Nội vụ"),
        ("I.h2.2", "Sở Y tế, Sở Nội vụ"),
        ("II.1", "KHÁC"),
    ]


def test_bold_lines_are_headings():
    text = "I. X\n1. Việc một.\nCông tác cán bộ\n- Việc hai."
    start = text.index("Công tác")
    source = Text(
        text=text, name="a.docx", sha256="0", format="docx", strong=((start, start + len("Công tác cán bộ")),)
    )
    assert [(s.address, s.heading_path) for s in parse(source).statements][-1] == ("I.h1.1", ("X", "Công tác cán bộ"))


def contexts(plan: Plan) -> list[str]:
    return [c.text for c in plan.context]


def test_formal_parts_are_context():
    plan = parse(
        "ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/KH-UBND\nKẾ HOẠCH\nNăm 2024\n"
        "Căn cứ Luật Đất đai;\nI. X\n1. Sở Y tế kiểm tra.\nNơi nhận:\n- Sở Y tế;\n- Lưu: VT.\n"
        "KT. CHỦ TỊCH\nTrần Văn Bình\n"
    )
    assert [s.address for s in plan.statements] == ["I.1"]
    assert contexts(plan)[-5:] == ["Nơi nhận:", "- Sở Y tế;", "- Lưu: VT.", "KT. CHỦ TỊCH", "Trần Văn Bình"]


def test_a_section_of_legal_bases_is_context():
    plan = parse(
        "A. CĂN CỨ XÂY DỰNG KẾ HOẠCH\n- Quyết định số 263/QĐ-TTg ngày 22/02/2022;\n- Nghị quyết số 15-NQ/HU.\n"
        "B. NHIỆM VỤ\n1. Sở Y tế kiểm tra.\n",
        jurisdiction="nghe-an",
    )
    assert [s.address for s in plan.statements] == ["B.1"]
    assert [c.text for c in plan.context] == ["Quyết định số 263/QĐ-TTg ngày 22/02/2022;", "Nghị quyết số 15-NQ/HU."]
    assert not plan.notes


def test_captions_and_the_byline_are_context():
    plan = parse(
        "Tóm tắt kế hoạch năm 2024\nToàn cảnh hội nghị\nI. X\n1. Sở Y tế kiểm tra.\n"
        "Phó Chủ tịch UBND tỉnh Trần Văn Bình phát biểu tại hội nghị.\nII. Y\n1. Sở Nội vụ báo cáo.\nLê Hoa\n"
    )
    assert [s.text for s in plan.statements] == ["Sở Y tế kiểm tra.", "Sở Nội vụ báo cáo."]
    assert len(contexts(plan)) == 3


TABLE = """I. X
1. Sở Y tế kiểm tra.
CHỦ TỊCH
Trần Văn Bình
PHỤ LỤC
Phân công nhiệm vụ
(Kèm theo Kế hoạch số 12/KH-UBND)
TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm
I | Về đất đai | | | |
1 | Rà soát quy hoạch | Sở TN&MT | Sở Xây dựng; UBND các huyện | Quý II/2024 | Báo cáo
 | và điều chỉnh | | | |
TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm
2 | Thu gom rác thải | Sở Xây dựng, Sở Y tế | | Tháng 11/2024 | Quyết định
II | Về y tế
3 | Tiêm chủng | Sở Y tế; Sở Nội vụ | Chính quyền các cấp | Hằng năm | Báo cáo
"""


def test_a_table_of_tasks():
    plan = parse(TABLE, jurisdiction="nghe-an")
    first, second, third = plan.statements[1:]
    assert (first.address, first.kind, first.product) == ("PL.I.1", "assignment", "Báo cáo")
    assert first.heading_path == ("Phân công nhiệm vụ", "Về đất đai")
    assert "và điều chỉnh" in first.text
    assert [(r.role, plan.agency(r.agency).name) for r in first.responsibilities] == [
        ("leads", "Sở Tài nguyên và Môi trường"),
        ("coordinates", "Sở Xây dựng"),
        ("coordinates", "UBND các huyện"),
    ]
    assert [d.date for d in first.deadlines] == ["2024-06-30"]
    assert [(r.role, r.agency) for r in second.responsibilities] == [
        ("leads", "nghe-an/so-xay-dung"),
        ("leads", "nghe-an/so-y-te"),
    ]
    assert second.address == "PL.I.2"
    assert (third.address, third.heading_path) == ("PL.II.3", ("Phân công nhiệm vụ", "Về y tế"))
    assert [r.role for r in third.responsibilities] == ["leads", "leads", "coordinates"]


def test_sections_know_their_parent():
    plan = parse("A. X\nI. Y\n1. Việc một.\n")
    assert [(s.address, s.label, s.title, s.parent) for s in plan.sections] == [
        ("A", "A", "X", None),
        ("A.I", "I", "Y", "A"),
    ]
    assert plan.statements[0].section == "A.I"


def test_attributes_of_an_item_belong_to_it():
    plan = parse(
        "KẾ HOẠCH\nThử\n\nI. NHIỆM VỤ\n1. Xây dựng đề án chuyển đổi số.\n- Cơ quan chủ trì: Sở Y tế.\n"
        "- Cơ quan phối hợp: Công an tỉnh.\n- Thời gian hoàn thành: trước ngày 30/6/2024.\n2. Rà soát quy hoạch.\n"
        "- Cơ quan chủ trì: Sở Xây dựng.",
        jurisdiction="nghe-an",
    )
    assert [s.address for s in plan.statements] == ["I.1", "I.2"]
    first = plan.statement("I.1")
    assert first.agencies("leads") == ("nghe-an/so-y-te",)
    assert first.agencies("coordinates") == ("nghe-an/cong-an-tinh",)
    assert [str(d.date) for d in first.deadlines] == ["2024-06-30"]


def test_a_sentence_about_the_document_is_no_title():
    assert items("Điều 1. Mức hỗ trợ là 2%.\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\nSở Y tế thi hành.") == [
        ("1", "Mức hỗ trợ là 2%."),
        ("2", "Quyết định này có hiệu lực từ ngày ký."),
        ("2.p1", "Sở Y tế thi hành."),
    ]


def test_the_closing_paragraph_stands_apart_though_an_annex_follows():
    plan = parse(
        "I. X\n1. Việc một.\n2. Việc hai.\nTrên đây là Kế hoạch, yêu cầu các đơn vị thực hiện.\nNơi nhận:\n- Như trên;"
        "\nCHỦ TỊCH\nPHỤ LỤC\nPhân công nhiệm vụ\n1. Việc ba.\n",
        jurisdiction="nghe-an",
    )
    assert [s.address for s in plan.statements] == ["I.1", "I.2", "p1", "PL.1"]


def test_the_closing_paragraph_is_a_statement():
    assert items(
        "KẾ HOẠCH\nThử\n\nI. NHIỆM VỤ\n1. Việc một.\n2. Việc hai.\n\n"
        "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo UBND tỉnh xem xét.\n"
    )[-1] == ("p1", "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo UBND tỉnh xem xét.")


@pytest.mark.parametrize("section", ["I. NHIỆM VỤ", "A. NHIỆM VỤ", "Phần I. NHIỆM VỤ", "Điều 1. Nhiệm vụ"])
@pytest.mark.parametrize("annex", ["PHỤ LỤC", "Phụ lục 1"])
def test_an_annex_stands_beside_the_sections(section: str, annex: str) -> None:
    table = "TT | Nhiệm vụ | Cơ quan chủ trì\n1 | Rà soát đất đai | Sở Y tế\n"
    plan = parse(f"KẾ HOẠCH\nNăm 2024\n\n{section}\n1. Sở Y tế kiểm tra.\n\n{annex}\nDANH MỤC NHIỆM VỤ\n{table}")
    assert [s.heading_path for s in plan.statements] == [(section.split(". ")[1],), ("DANH MỤC NHIỆM VỤ",)]


def test_numbers_of_four_digits_are_labels_where_they_continue_a_sequence():
    lines = "".join(f"{n}. Việc thứ {n}.\n" for n in range(1, 1003))
    assert [address for address, _ in items(lines)][-2:] == ["1001", "1002"]
    assert items("1. Tổng kết.\n2024. là năm bản lề.\n2. Sơ kết.\n")[-1] == ("2", "Sơ kết.")
    assert len(items("1. Tổng kết.\n2024. là năm bản lề.\n2. Sơ kết.\n")) == 2


def test_letters_before_a_dash_are_labels():
    assert items("III- X\n1- Sở Y tế:\na- Lãnh đạo việc một.\nb- Chỉ đạo việc hai.\n") == [
        ("III.1.a", "Lãnh đạo việc một."),
        ("III.1.b", "Chỉ đạo việc hai."),
    ]


def test_addressees_and_footnotes_are_no_statements():
    plan = parse(
        "UBND TỈNH NGHỆ AN\nSố: 12/UBND-VX\nV/v quản lý an toàn thực phẩm\nKính gửi:\n- Sở Y tế;\n- Sở Nội vụ.\n"
        "1. Sở Y tế chủ trì kiểm tra.\n2. Sở Nội vụ bố trí biên chế.\n[1] Theo Nghị định số 15/2018/NĐ-CP.\n"
    )
    assert [s.address for s in plan.statements] == ["1", "2"]
    assert (plan.type, plan.title) == ("Công văn", "Công văn V/v quản lý an toàn thực phẩm")
    assert [d.number for d in plan.documents] == ["15/2018/NĐ-CP"]


def test_sentences_before_the_one_that_leads_in_are_a_statement():
    found = items(
        "1. Nhiệm vụ và giải pháp\nUBND tỉnh hoàn thành phân bổ vốn trước ngày 31/12/2016. Một số nội dung sau:\n"
        "- Rà soát quy hoạch.\n- Bố trí vốn đối ứng.\n"
    )
    assert found == [
        ("1", "UBND tỉnh hoàn thành phân bổ vốn trước ngày 31/12/2016."),
        ("1.1", "Rà soát quy hoạch."),
        ("1.2", "Bố trí vốn đối ứng."),
    ]


def test_lines_that_say_who_and_when_belong_to_their_task():
    task = "Xây dựng hệ thống giám sát\nĐơn vị chủ trì: Sở Y tế.\nThời gian: Tháng 6/2015."
    assert items(f"I. X\n1. {task}\n2. Rà soát.\n") == [("I.1", task), ("I.2", "Rà soát.")]


def test_a_title_in_capitals_above_a_table_is_no_statement():
    found = items(
        "1. Sở Y tế báo cáo.\nDANH MỤC CÁC ĐỀ ÁN\nSTT | Nhiệm vụ | Cơ quan chủ trì\n1 | Đề án một | Sở Nội vụ\n"
        "2 | Hai | Sở Y tế\n"
    )
    assert [text.split(" |")[0] for _, text in found] == ["Sở Y tế báo cáo.", "Đề án một", "Hai"]


def test_bases_in_bullets_and_the_line_of_the_type_are_no_statements():
    plan = parse(
        "BỘ Y TẾ\nSố: 3516/QĐ-BYT\nQUYẾT ĐỊNH CỦA BỘ TRƯỞNG BỘ Y TẾ\nVề việc thành lập Tổ công tác\n"
        "- Căn cứ Nghị định số 49/2003/NĐ-CP ngày 15/5/2003;\n- Theo đề nghị của Vụ trưởng Vụ Pháp chế,\nQUYẾT ĐỊNH\n"
        "Điều 1. Thành lập Tổ công tác.\nĐiều 2. Vụ Pháp chế báo cáo.\n"
    )
    assert [s.address for s in plan.statements] == ["1", "2"]
    assert plan.title == "Quyết định Về việc thành lập Tổ công tác"
