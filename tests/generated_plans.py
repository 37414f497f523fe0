"""A generator of plans that knows its own truth: outline x roles x citations x deadlines.

A plan has a letterhead and legal bases, or neither; sections of one scheme of labels, in which items give roles in
their own sentence or get them from the agency in the heading above; addressees and a signature, or neither; and
perhaps an annex of tasks in a table.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

JURISDICTION = "nghe-an"


@dataclass(frozen=True)
class Due:
    """A deadline: the last day, whether it counts, and the first when there is one."""

    date: str
    inclusive: bool = True
    begin: str | None = None


SINGLE = [
    ("Sở Kế hoạch và Đầu tư", "Sở Kế hoạch và Đầu tư"),
    ("Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
    ("Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
    ("Sở Lao động - Thương binh và Xã hội", "Sở Lao động, Thương binh và Xã hội"),
    ("Sở Văn hoá, Thể thao và Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
    ("Sở Y tế", "Sở Y tế"),
    ("Công an tỉnh", "Công an tỉnh"),
    ("Văn phòng UBND tỉnh", "Văn phòng UBND tỉnh"),
    ("Ban Dân tộc tỉnh", "Ban Dân tộc tỉnh"),
    ("Liên đoàn Lao động tỉnh", "Liên đoàn Lao động tỉnh"),
    ("Bộ Chỉ huy Quân sự tỉnh", "Bộ Chỉ huy Quân sự tỉnh"),
    ("Ban Quản lý Vườn quốc gia Pù Mát", "Ban Quản lý Vườn quốc gia Pù Mát"),
    ("Trung tâm Kiểm soát bệnh tật tỉnh", "Trung tâm Kiểm soát bệnh tật tỉnh"),
    ("UBND huyện Kỳ Sơn", "UBND huyện Kỳ Sơn"),
    ("Ban Quản lý Khu kinh tế Đông Nam", "Ban Quản lý Khu kinh tế Đông Nam"),
    ("Trung tâm Dự báo khí hậu Bắc Trung Bộ", "Trung tâm Dự báo khí hậu Bắc Trung Bộ"),
    ("Hội Nông dân tỉnh", "Hội Nông dân tỉnh"),
    ("Tòa án nhân dân tỉnh", "Tòa án nhân dân tỉnh"),
    ("Sở TN&MT", "Sở Tài nguyên và Môi trường"),
    ("Thanh tra tỉnh", "Thanh tra tỉnh"),
]
COLLECTIVE = [
    ("UBND các huyện, thị xã, thành phố", "UBND các huyện, thị xã, thành phố"),
    ("Ủy ban nhân dân các huyện, thành phố, thị xã", "UBND các huyện, thị xã, thành phố"),
    ("các đơn vị có liên quan", "các đơn vị liên quan"),
    ("các sở, ban, ngành cấp tỉnh", "Các sở, ban, ngành cấp tỉnh"),
    ("các cơ quan, đơn vị liên quan", "các cơ quan, đơn vị liên quan"),
]
ACTIONS = [
    "xây dựng kế hoạch thực hiện hằng quý",
    "tổ chức kiểm tra, đôn đốc việc thực hiện",
    "rà soát, hoàn thiện cơ sở dữ liệu đất đai",
    "tham mưu bố trí kinh phí thực hiện nhiệm vụ",
    "đẩy nhanh tiến độ giải phóng mặt bằng",
]
CITATIONS = [
    ("", ()),
    (" theo Nghị quyết số 05-NQ/TU ngày 01/02/2023 của Tỉnh ủy", ("05-NQ/TU",)),
    (" theo Quyết định số 120/QĐ-UBND ngày 15/01/2024 của UBND tỉnh", ("120/QĐ-UBND",)),
    (" theo Quyết định 120 /QĐ - UBND ngày 15 tháng 01 năm 2024 của UBND tỉnh", ("120/QĐ-UBND",)),
    (" theo khoản 2 Điều 5 của Nghị định số 99/2020/NĐ-CP của Chính phủ", ("99/2020/NĐ-CP",)),
    (" theo Luật Đầu tư công", ("Luật Đầu tư công",)),
    (
        " theo các Quyết định số 7/2022/QĐ-TTg, số 8/2022/QĐ-TTg của Thủ tướng Chính phủ",
        ("7/2022/QĐ-TTg", "8/2022/QĐ-TTg"),
    ),
    (
        " theo Thông tư liên tịch số 09/2015/TTLT-BTC-BNV và Kế hoạch số 33-KH/TU",
        ("09/2015/TTLT-BTC-BNV", "33-KH/TU"),
    ),
]
DEADLINES: list[tuple[str, tuple[Due, ...]]] = [
    ("", ()),
    (", hoàn thành trước ngày 15/6/2024", (Due("2024-06-15", inclusive=False),)),
    (", báo cáo UBND tỉnh trước ngày 20/11/2024", (Due("2024-11-20", inclusive=False),)),
    (", hoàn thành trước ngày 15 tháng 6 năm 2024", (Due("2024-06-15", inclusive=False),)),
    (", hoàn thành trong quý I/2024", (Due("2024-03-31", begin="2024-01-01"),)),
    (", xong chậm nhất ngày 30/6/2024", (Due("2024-06-30"),)),
    (", hoàn thành trong tháng 10/2024", (Due("2024-10-31", begin="2024-10-01"),)),
]
FORMS = [
    "leads",
    "leads_no_comma",
    "assigned",
    "shares",
    "alone",
    "helps",
    "duty",
    "bracket",
    "labelled",
    "focal",
    "together",
    "assigned_last",
]


@dataclass(frozen=True)
class Truth:
    """What a generated statement says."""

    address: str
    text: str
    leads: tuple[str, ...] = ()
    coordinates: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    deadlines: tuple[Due, ...] = ()


@dataclass(frozen=True)
class Generated:
    """A plan's text and its statements."""

    text: str
    statements: tuple[Truth, ...]


def _join(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " và " + names[-1]


@st.composite
def _agencies(draw, minimum, maximum, pool):
    count = draw(st.integers(minimum, maximum))
    chosen = draw(st.lists(st.sampled_from(pool), min_size=count, max_size=count, unique_by=lambda pair: pair[1]))
    return [shown for shown, _ in chosen], [name for _, name in chosen]


@st.composite
def sentences(draw):
    """A sentence and its roles: (text, leads, coordinates, shares, documents, deadlines)."""
    action = draw(st.sampled_from(ACTIONS))
    cited, documents = draw(st.sampled_from(CITATIONS))
    due, deadlines = draw(st.sampled_from(DEADLINES))
    form = draw(st.sampled_from(FORMS))
    one, first = draw(_agencies(1, 1, SINGLE))
    with_, partners = draw(_agencies(1, 3, [pair for pair in SINGLE + COLLECTIVE if pair[1] != first[0]]))
    leads, coordinates, shares = (), (), ()
    if form in ("leads", "leads_no_comma", "assigned"):
        comma = "" if form == "leads_no_comma" else ","
        opening = "Giao " if form == "assigned" else ""
        text = f"{opening}{one[0]} chủ trì{comma} phối hợp với {_join(with_)} {action}"
        leads, coordinates = tuple(first), tuple(partners)
    elif form == "shares":
        text = f"{one[0]}, {_join(with_)} {action}"
        shares = (*first, *partners)
    elif form == "alone":
        text = f"{one[0]} {action}"
        leads = tuple(first)
    elif form == "helps":
        text = f"{one[0]} {action}; {_join(with_)} phối hợp thực hiện"
        leads, coordinates = tuple(first), tuple(partners)
    elif form == "bracket":
        text = f"{action[0].upper()}{action[1:]} ({one[0]} chủ trì, phối hợp với {_join(with_)})"
        leads, coordinates = tuple(first), tuple(partners)
    elif form == "labelled":
        text = f"{action[0].upper()}{action[1:]}. Cơ quan chủ trì: {one[0]}; cơ quan phối hợp: {_join(with_)}"
        leads, coordinates = tuple(first), tuple(partners)
    elif form == "focal":
        text = f"{one[0]} là cơ quan đầu mối, {action}"
        leads = tuple(first)
    elif form == "together":
        text = f"{one[0]} cùng với {_join(with_)} {action}"
        leads, coordinates = tuple(first), tuple(partners)
    elif form == "assigned_last":
        text = f"{action[0].upper()}{action[1:]}; giao {one[0]} chủ trì"
        leads = tuple(first)
    else:
        text = f"{one[0]} có trách nhiệm {action}"
        leads = tuple(first)
    return text[0].upper() + text[1:] + cited + due + ".", leads, coordinates, shares, documents, deadlines


def _roman(number: int) -> str:
    return ["I", "II", "III", "IV", "V", "VI"][number - 1]


def _letter(number: int) -> str:
    return "abcdđegh"[number - 1]


SCHEMES = [
    [("{roman}. ", "{roman}"), ("{n}. ", "{n}"), ("- ", "{n}")],
    [("{upper}. ", "{upper}"), ("{roman}. ", "{roman}"), ("{n}. ", "{n}"), ("{letter}) ", "{letter}")],
    [("Điều {n}. ", "{n}"), ("{n}. ", "{n}"), ("{letter}) ", "{letter}")],
    [("Phần {roman}. ", "{roman}"), ("{n}/ ", "{n}"), ("+ ", "{n}")],
    [("Chương {roman}\n", "{roman}"), ("Mục {n}. ", "{n}"), ("({n}) ", "{n}"), ("• ", "{n}")],
]
TITLES = ["NHIỆM VỤ TRỌNG TÂM", "Về phát triển kinh tế", "Về văn hóa - xã hội", "Cải cách hành chính"]


def _fill(pattern: str, number: int) -> str:
    return pattern.format(n=number, roman=_roman(number), letter=_letter(number), upper="ABCDE"[number - 1])


LETTERHEAD = [
    "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "TỈNH NGHỆ AN | Độc lập - Tự do - Hạnh phúc",
    "Số: 12/KH-UBND | Nghệ An, ngày 08 tháng 01 năm 2024",
]
TITLE = ["KẾ HOẠCH", "Phát triển kinh tế - xã hội tỉnh Nghệ An năm 2024"]
BASES = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Thực hiện Nghị quyết số 41/NQ-HĐND ngày 07/12/2023 của HĐND tỉnh, UBND tỉnh ban hành kế hoạch như sau:",
]
CLOSING = ["Nơi nhận:", "- Thường trực Tỉnh ủy;", "- Sở Y tế;", "- Lưu: VT, TH.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
COLUMNS = "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn hoàn thành"


@st.composite
def headings_with_agencies(draw):
    """A heading that gives roles to its items: (text, leads, coordinates)."""
    one, first = draw(_agencies(1, 1, SINGLE))
    with_, partners = draw(_agencies(1, 2, [pair for pair in SINGLE + COLLECTIVE if pair[1] != first[0]]))
    colon = draw(st.sampled_from(["", ":"]))
    form = draw(st.sampled_from(["{one}{colon}", "Giao {one}{colon}", "{one} chủ trì, phối hợp với {others}:"]))
    text = form.format(one=one[0], others=_join(with_), colon=colon)
    return text, tuple(first), tuple(partners) if "{others}" in form else ()


@st.composite
def plain_items(draw):
    """An item that names no agency: (text, documents, deadlines)."""
    action = draw(st.sampled_from(ACTIONS))
    cited, documents = draw(st.sampled_from(CITATIONS))
    due, deadlines = draw(st.sampled_from([pair for pair in DEADLINES if "UBND" not in pair[0]]))
    return action[0].upper() + action[1:] + cited + due + ".", documents, deadlines


@st.composite
def rows(draw, number):
    """A row of the annex."""
    one, first = draw(_agencies(1, 1, SINGLE))
    with_, partners = draw(_agencies(0, 2, [pair for pair in SINGLE + COLLECTIVE if pair[1] != first[0]]))
    action = draw(st.sampled_from(ACTIONS))
    cited, documents = draw(st.sampled_from(CITATIONS))
    due, deadlines = draw(st.sampled_from([("Quý I/2024", DEADLINES[4][1]), ("Trước ngày 15/6/2024", DEADLINES[1][1])]))
    text = f"{action[0].upper()}{action[1:]}{cited} | {one[0]} | {', '.join(with_)} | {due}".replace("|  |", "| |")
    return Truth(f"PL.{number}", text, tuple(first), tuple(partners), (), documents, deadlines)


@st.composite
def plans(draw):
    """A :class:`Generated` plan."""
    scheme = draw(st.sampled_from(SCHEMES))
    gap = draw(st.sampled_from(["\n", "\n\n"]))
    official = draw(st.booleans())
    lines = [*LETTERHEAD, "", *TITLE, "", *BASES] if official else [*TITLE, ""]
    truths: list[Truth] = []

    def statement(depth: int, number: int, here: str, heading: tuple[tuple[str, ...], tuple[str, ...]] | None) -> None:
        if heading is None:
            text, leads, coordinates, shares, documents, deadlines = draw(sentences())
        else:
            text, documents, deadlines = draw(plain_items())
            (leads, coordinates), shares = heading, ()
        lines.append(_fill(scheme[depth][0], number) + text)
        truths.append(Truth(here, text, leads, coordinates, shares, documents, deadlines))

    def level(depth: int, address: str, heading: tuple[tuple[str, ...], tuple[str, ...]] | None = None) -> None:
        printed, token = scheme[depth]
        leaf = depth == len(scheme) - 1
        for number in range(1, draw(st.integers(1, 3)) + 1):
            here = f"{address}.{_fill(token, number)}" if address else _fill(token, number)
            if leaf or (depth > 0 and draw(st.booleans())):
                statement(depth, number, here, heading)
            elif depth == len(scheme) - 2 and depth > 0 and draw(st.booleans()):
                title, leads, coordinates = draw(headings_with_agencies())
                lines.append(_fill(printed, number) + title)
                level(depth + 1, here, (leads, coordinates))
            else:
                lines.append(_fill(printed, number) + draw(st.sampled_from(TITLES)))
                level(depth + 1, here)

    level(0, "")
    if official:
        lines += ["", *CLOSING]
    if draw(st.booleans()):
        lines += ["", "PHỤ LỤC", "DANH MỤC NHIỆM VỤ", COLUMNS]
        for number in range(1, draw(st.integers(1, 3)) + 1):
            row = draw(rows(number))
            lines.append(f"{number} | {row.text}")
            truths.append(row)
    return Generated(gap.join(lines) + "\n", tuple(truths))
