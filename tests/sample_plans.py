"""Plans made by hand for the tests of the graph: every kind of part once, and plans drawn at random."""

from __future__ import annotations

from hypothesis import strategies as st

from kgplan.model import (
    Agency,
    Citation,
    Deadline,
    Document,
    Indicator,
    Note,
    Period,
    Person,
    Place,
    PlaceMention,
    Plan,
    Responsibility,
    Section,
    Statement,
    TopicLink,
)

LINE = (
    "Sở Tài chính chủ trì, phối hợp với các đơn vị liên quan thực hiện Quyết định số 12/QĐ-UBND ngày 05/01/2024"
    " giai đoạn 2024 - 2026 tại Cảng Mũi Xanh, giải ngân trên 95,5% trước ngày 30/6/2024; ông Lê Văn An, Giám đốc."
)
TEXT = f"II. NHIỆM VỤ\n1. Về thu ngân sách\n{LINE}\nẢnh \U0001f33f: “hội nghị”\n"


def _span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def full_plan(plan_id: str = "mui-xanh-2024", *, lead: str = "mui-xanh/so-tai-chinh") -> Plan:
    """A plan of one task that has every kind of part, and one caption."""
    task = Statement(
        address="II.1",
        kind="task",
        text=LINE,
        start=_span(LINE)[0],
        end=_span(LINE)[1],
        heading_path=("NHIỆM VỤ", "Về thu ngân sách"),
        section="II.1",
        responsibilities=(
            Responsibility(lead, "leads", "chủ trì", *_span("Sở Tài chính"), office="Giám đốc"),
            Responsibility(
                "mui-xanh/cac-don-vi-lien-quan",
                "coordinates",
                "phối hợp với",
                *_span("các đơn vị liên quan"),
                inherited="II",
                assigned_by="mui-xanh/ubnd-tinh",
            ),
        ),
        citations=(Citation("12-qd-ubnd", "implements", *_span("Quyết định số 12/QĐ-UBND"), provision="Điều 2"),),
        indicators=(
            Indicator(
                "giải ngân", 95.5, "%", ">", *_span("trên 95,5%"), value_max=100.0, field="đầu tư", period="2024"
            ),
        ),
        deadlines=(Deadline("2024-06-30", False, "trước ngày 30/6/2024", *_span("trước ngày 30/6/2024")),),
        periods=(Period(2024, 2026, "giai đoạn 2024 - 2026", *_span("giai đoạn 2024 - 2026")),),
        places=(PlaceMention("cang-mui-xanh", *_span("Cảng Mũi Xanh")),),
        persons=(Person("Lê Văn An", "Giám đốc", "mui-xanh/so-tai-chinh", *_span("Lê Văn An")),),
        topics=(TopicLink("budget-revenue", "giải ngân", *_span("giải ngân")),),
        product="Báo cáo",
    )
    caption = "Ảnh \U0001f33f: “hội nghị”"
    return Plan(
        id=plan_id,
        title="Kế hoạch năm 2024",
        text=TEXT,
        year=2024,
        jurisdiction="mui-xanh",
        type="Kế hoạch",
        number="7/KH-UBND",
        issuer="UBND tỉnh",
        date="2024-01-10",
        source_name="ke-hoach.txt",
        source_sha256="00ff",
        sections=(
            Section("II", "II", "NHIỆM VỤ", *_span("NHIỆM VỤ")),
            Section("II.1", "1", "Về thu ngân sách", *_span("Về thu ngân sách"), parent="II"),
        ),
        statements=(task,),
        context=(Statement("ctx.1", "context", caption, *_span(caption)),),
        agencies=(
            Agency("mui-xanh/ubnd-tinh", "UBND tỉnh", "peoples_committee", "mui-xanh", "People's Committee"),
            Agency(
                "mui-xanh/so-tai-chinh",
                "Sở Tài chính",
                "department",
                "mui-xanh",
                "Department of Finance",
                aliases=("STC",),
                parent="mui-xanh/ubnd-tinh",
            ),
            Agency("mui-xanh/so-y-te", "Sở Y tế", "department", "mui-xanh", "Department of Health"),
            Agency(
                "mui-xanh/cac-don-vi-lien-quan",
                "các đơn vị liên quan",
                "collective",
                "mui-xanh",
                collective=True,
                unspecified=True,
                broader="mui-xanh/ubnd-tinh",
            ),
        ),
        documents=(
            Document(
                "12-qd-ubnd",
                "Quyết định",
                "QĐ",
                "12/QĐ-UBND",
                "về thu ngân sách",
                "UBND tỉnh",
                "2024-01-05",
                "12",
                None,
                "QĐ-UBND",
                2024,
                2026,
            ),
            Document("de-an-cang", "Đề án", title="Đề án cảng"),
        ),
        places=(Place("cang-mui-xanh", "Cảng Mũi Xanh", "cảng biển"),),
        notes=(
            Note("unparsed", "không đọc được", *_span("ông"), address="II.1"),
            Note("sum_mismatch", "không khớp", *_span("NHIỆM VỤ"), address="II"),
        ),
    )


_ROLES = st.sampled_from(["leads", "coordinates", "shares"])
_LABELS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="."), min_size=1, max_size=8)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans of up to five statements with odd addresses, texts and agencies."""
    texts = draw(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), max_size=5))
    addresses = draw(st.lists(_LABELS, min_size=len(texts), max_size=len(texts), unique=True))
    agencies = tuple(
        Agency(f"noi-nay/co-quan-{number}", name, "department", "noi-nay")
        for number, name in enumerate(draw(st.lists(_LABELS, min_size=1, max_size=3)))
    )
    statements, text = [], ""
    for address, words in zip(addresses, texts, strict=True):
        start = len(text)
        text += words + "\n"
        roles = draw(st.lists(st.tuples(st.sampled_from(agencies), _ROLES), max_size=3))
        responsibilities = tuple(Responsibility(a.id, role, words, start, start + 1) for a, role in roles)
        statements.append(
            Statement(address, "task", words, start, start + len(words), responsibilities=responsibilities)
        )
    return Plan("ke-hoach", "Kế hoạch", text, 2024, "noi-nay", statements=tuple(statements), agencies=agencies)
