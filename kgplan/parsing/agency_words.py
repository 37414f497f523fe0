"""Words and patterns of agencies' names, from data/agencies_grammar.json."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kgplan.parsing.collectives import alternation, grammar
from kgplan.parsing.level import level
from kgplan.parsing.tokens import CAPITALS

ABOVE = re.compile(r"[ \u00a0](?:Sở|Bộ|Tổng cục|Cục)(?=[ \u00a0]*(?:[:,;.(\n]|\Z))")
"""The body whose part is named, without its own name ("Phòng Kế hoạch - Tài chính Sở:")."""
BESIDE = re.compile(r"\s+(?:cùng\s+cấp|sở\s+tại|nơi\s+giao\s+dịch)(?!\w)")
"""What says which body of a kind is meant, by the place or level of another ("Công an cùng cấp")."""
COUNCIL = re.compile(
    r"(?:\s+của|\s+thuộc)?\s+(?:hội\s+đồng\s+nhân\s+dân|hđnd|quốc\s+hội|tỉnh\s+đoàn|thành\s+đoàn|tỉnh\s+ủy|thành\s+ủy|huyện\s+ủy)(?!\w)(?:\s+(?:tỉnh|thành\s+phố|huyện|các\s+cấp)(?!\w))?"
)
"""Whom a committee belongs to ("Ban Pháp chế HĐND tỉnh")."""
_COMMITTEE_IN_FULL = re.compile(r"(?<!\w)(?:Ủy|Uỷ)\s+ban\s+nhân\s+dân", re.IGNORECASE)
_COUNCIL_IN_FULL = re.compile(r"(?<!\w)Hội\s+đồng\s+nhân\s+dân", re.IGNORECASE)
COMMITTEE = re.compile(r"(?:ủy\s+ban\s+nhân\s+dân|ubnd|hội\s+đồng\s+nhân\s+dân|hđnd)(?!\w)")
CHIEF = re.compile(r"\s+trưởng(?!\w)")
ACRONYM = re.compile(r"(?<![\w&/-])[A-ZĐ][A-ZĐa-zđ]*[A-ZĐ][\w&]*(?![\w/])|(?<!\w)[A-Z][a-z]{5,}(?!\w)")
DEFINED = re.compile(r"\s*\((?:sau\s+đây\s+)?(?:gọi\s+(?:tắt\s+)?là\s+)?([A-ZĐ][A-ZĐ&-]{2,14}|[A-Z][A-Za-z]{3,14})\)")
PROPER = re.compile(rf"(?:[ \u00a0][{CAPITALS}][^\W\d_]*|[ \u00a0]\d{{1,2}}(?!\w)){{1,4}}")
_ACTS = (
    r"(?:chủ trì|phối hợp|có trách|chịu trách|chỉ đạo|tham mưu|tổ chức|hướng dẫn|đôn đốc|kiểm tra|rà soát|báo cáo"
    r"|tiếp tục|khẩn trương|tăng cường|thường xuyên|căn cứ|theo dõi)"
)
PURPOSE = re.compile(
    r"\s+(?:thực hiện|triển khai|thúc đẩy|giúp việc|xây dựng|soạn thảo|cải cách|chuyển đổi|ứng phó|phòng,? chống)\s"
    rf"(?:(?!{_ACTS}(?!\w))[^,;.:()\n]){{2,70}}?(?:\s(?:tỉnh|thành phố|huyện|quận|xã|trung ương|quốc gia)(?!\w)"
    rf"(?:[ \u00a0][{CAPITALS}][^\W\d_]*){{0,4}}|(?=\s*[,;:(.\n]|\s*\Z|\s+(?:và|gồm|là|có)\s|\s+{_ACTS}(?!\w)))"
)
"""What a body was formed for, as part of its name ("Tổ công tác thực hiện Đề án 30")."""
BLANK = re.compile(r"[ \u00a0]+")
LEGAL_FORM = re.compile(rf"\s*\((?:[{CAPITALS}]{{2,6}}\s?){{1,3}}\)\s+(?=[{CAPITALS}])")
"""A company's legal form in brackets within its name ("Công ty Trách nhiệm hữu hạn một thành viên (TNHH MTV) …")."""
ZONES = re.compile(r"\s+(?:và|&)\s+(?:các\s+)?(?=(?:Khu|khu|KKT|KCN|Cụm|cụm|CCN)\b)")
"""A second kind of zone in the name of a board ("Ban Quản lý Khu kinh tế … và các Khu công nghiệp …")."""
GAP = re.compile(r"\s*(?:[,;/&-]|\s)\s*")
MORE_PLACES = re.compile(
    rf"(?:,[ \u00a0][{CAPITALS}][^\W\d_]+[ \u00a0][{CAPITALS}][^\W\d_]+(?=,| và | có| phối|[.;:]))+"
)
"""Further places behind bodies named together ("các Đồn Biên phòng Cà Roòng, Làng Ho")."""
PARENT_GAP = re.compile(r"[ \u00a0][-–][ \u00a0](?=(?:bộ|sở|tổng\s+cục|cục|ủy\s+ban)\s)")
PLURAL = re.compile(r"các\s+")
LIST_GAP = re.compile(r"\s*(?:[,;]\s*(?:và\s+)?|và\s+)")
BELONGS = re.compile(
    r"\s+(?:trực\s+thuộc|thuộc(?:\s+(?:phạm\s+vi|thẩm\s+quyền|lĩnh\s+vực)\s+quản\s+lý(?:\s+nhà\s+nước)?(?:\s+của)?)?|của)\s+"
)
NEEDLESS = re.compile(
    r"(?:có\s+)?liên\s+quan|hữu\s+quan|trên\s+địa\s+bàn\s*(?:tỉnh|thành\s+phố)?|trực\s+thuộc(?:\s+trung\s+ương)?|thuộc\s+tỉnh"
)
ALL_PROVINCES = re.compile(
    r"\s+(?:của\s+)?(?:các|những)\s+tỉnh(?:\s*,\s*thành\s+phố)?(?:\s+trực\s+thuộc\s+trung\s+ương)?"
)


@cache
def _starts() -> re.Pattern[str]:
    data = grammar()
    words = {
        *map(level, data["heads"]),
        *data["offices"],
        *data["collective_starts"],
        *data["units"],
        *data["other_starts"],
        *data["authorities"],
    }
    return re.compile(rf"(?:(?<!\w)|(?<=\svới)|(?<=\svói))(?:{alternation(words)})(?!\w)")


def candidates(text: str, low: str, start: int, end: int) -> list[int]:
    """Where a name may begin: at a head, an office, a unit, an acronym; "với" may be run into it."""
    places = {m.start() for m in _starts().finditer(low, start, end)}
    return sorted(places | {m.start() for m in ACRONYM.finditer(text, start, end)})


def with_short_committees(name: str) -> str:
    """``name`` with "UBND" and "HĐND" for a people's committee and council in full."""
    return _COUNCIL_IN_FULL.sub("HĐND", _COMMITTEE_IN_FULL.sub("UBND", name))


@cache
def heads() -> re.Pattern[str]:
    """The head of a name ("Sở", "Ban Quản lý")."""
    return re.compile(rf"(?:{alternation(map(level, grammar()['heads']))})(?!\w)")


@cache
def kinds() -> dict[str, str]:
    """The kind of body that each head names."""
    return {level(head): kind for head, kind in grammar()["heads"].items()}


@cache
def offices() -> re.Pattern[str]:
    """Offices, one or several, before the body they belong to."""
    office = alternation(grammar()["offices"])
    return re.compile(rf"(?:đồng\s+chí\s+)?(?:{office})(?:\s*,\s*(?:{office}))*(?=\s|$)")


def office_words(low: str, start: int, end: int) -> Iterator[str]:
    """The offices that may stand at ``start``, the longest reading first: "trưởng ban", "trưởng"."""
    match = offices().match(low, start, end)
    if match is not None:
        words = match.group()
        yield words
        head, _, last = words.rpartition(" ")
        if last and offices().fullmatch(head + " ", 0, len(head) + 1) is None and head in grammar()["offices"]:
            yield head


@cache
def listed(name: str) -> frozenset[str]:
    """The levelled entries of a list of the grammar: "bare_heads", "whole_heads", "lower_tails"."""
    return frozenset(map(level, grammar()[name]))


@cache
def shared_head() -> re.Pattern[str]:
    """A head that a list of bodies shares ("các Sở: ")."""
    heads = alternation(grammar()["shared_heads"])
    return re.compile(
        rf"(?:(?P<many>các|những)\s+)?(?P<head>{heads})(?P<more>\s*,\s*(?:ban,\s*ngành|ban|ngành|cơ\s+quan))?"
        rf"(?P<colon>(?:\s+sau(?:\s+đây)?)?\s*:)?[ \u00a0]+"
    )
