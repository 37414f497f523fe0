"""The words and patterns that give roles, from data/roles.json."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from kgplan.parsing.collectives import alternation, grammar
from kgplan.resources import DATA


@cache
def role_words() -> dict[str, Any]:
    """data/roles.json."""
    data: dict[str, Any] = json.loads((DATA / "roles.json").read_text(encoding="utf-8"))
    return data


@cache
def regex(name: str) -> re.Pattern[str]:
    """The regular expression ``name`` of the data file, at the beginning of a word."""
    return re.compile(rf"(?<!\w)(?:{role_words()[name]})")


@cache
def any_of(name: str) -> re.Pattern[str]:
    """Any phrase of the list ``name``, as whole words."""
    return re.compile(rf"(?<!\w)(?:{alternation(role_words()[name])})(?!\w)")


@cache
def right_before(name: str) -> re.Pattern[str]:
    """Any phrase of the list ``name``, right before a place."""
    return re.compile(rf"(?<!\w)(?:{alternation(role_words()[name])})\s+$")


BELONGING = (
    r"(?:\s+(?:trực\s+thuộc|thuộc|của|trên\s+địa\s+bàn|đóng\s+trên|trong\s+(?:tỉnh|ngành|phạm\s+vi)|có\s+liên\s+quan|liên\s+quan|(?:phối\s+hợp\s+)?hoạt\s+động\s+trong)(?!\w)"
    r"[^,;:.()]{0,60}?(?=\s*[,;]|\s+và\s))?"
)
JOINT = re.compile(
    rf"{BELONGING}\s*(?:\([^()]{{0,200}}\)\s*)?(?:[,;&]\s*)?(?:và\s+|hoặc\s+|-\s+)?"
    r"(?:(?:đặc\s+biệt|nhất|trước\s+hết)\s+là\s+(?:với\s+)?)?(?:(?:các\s+)?(?:đồng\s+chí|ông|bà)\s+|các\s+)?(?:\([^()]{0,200}\)\s*)?"
)
BELONGS_TO = re.compile(
    r"\s*(?:trực\s+thuộc|thuộc)\s+(?:huyện|quận|tỉnh|xã|phường|thành\s+phố|ngành|bộ)\s+(?=được|có|phải)"
)
RELATED = re.compile(r"\s*,?\s*chủ\s+trì\s*,?\s*(?:hoặc|và)\s+")
UNKNOWN_PARTNER = re.compile(r"(?:ngành|lực\s+lượng|đội|tổ|đoàn|ban|phòng)\s[^,;.:()]{2,40}?(?:,|\s+và)\s+(?=các\s)")
LISTS = re.compile(
    r"(?:^|[.:;\n]|[.:)]|(?<!\w)(?:yêu\s+cầu|đề\s+nghị|giao|cho|phân\s+công|đối\s+với|của|gồm|ông|bà|đồng\s+chí|\d{1,2}|[a-zđ]\)|-))[\s\"'(]*$"
)
CLAUSE = re.compile(r"[.;:](?=\s|$)|\n")
WORDS = re.compile(r"[^\W\d_]+")
PERSON = re.compile(r"^(?:các\s+)?(?:đồng\s+chí|ông|bà)\s[^,;:.]{2,40},\s*$")
SENTENCE = re.compile(r"[.!?](?=\s)|\n")
BRACKET = re.compile(r"\s*\([^()]{0,300}\)")
ROLE_IN_BRACKET = re.compile(
    r"\s*\((?:(?:là\s+)?(?:cơ\s+quan|đơn\s+vị|làm)\s+)?(?P<role>chủ\s+trì|đầu\s+mối|thường\s+trực|phối\s+hợp)\)"
)
"""A role in brackets behind an agency: "Sở A (chủ trì), Sở B (phối hợp)"."""
_ROLE_AHEAD = r"(?!(?:chủ\s+trì|phối\s+hợp|có\s+trách|chịu\s+trách|có\s+nhiệm|là\s+cơ|là\s+đầu|làm\s+đầu)(?!\w))"
ASIDE = re.compile(
    r"\s*[,:]?\s*(?:(?:theo(?!\s+dõi)|trong|căn\s+cứ|trên\s+cơ\s+sở|tùy|bằng|với|để|khi|sau\s+khi|hàng|hằng|định\s+kỳ|dựa)(?!\w)"
    rf"(?:{_ROLE_AHEAD}[^,;:.]){{0,200}}(?:,\s*(?:nhiệm\s+vụ|quyền\s+hạn|thẩm\s+quyền)(?:{_ROLE_AHEAD}[^,;:.]){{0,80}})*[,:]?)?\s*"
)
OPENING = re.compile(
    r"\s*(?:(?:và|đồng\s+thời|riêng|còn|thì|ngoài\s+ra|trong\s+đó|tiếp\s+theo|thứ\s+\w+"
    r"|(?:định\s+kỳ\s+)?(?:hàng|hằng)\s+(?:năm|quý|tháng|tuần)|(?:các\s+)?(?:đồng\s+chí|ông|bà)(?=\s*$|\s+(?:giám|chủ|bí|phó|trưởng|thủ|chánh|cục|vụ|tổng|bộ|thứ|viện|chỉ|chính|người|lãnh)\s))[\s,:]+)*[\"'(]?\s*"
)
ONLY_NAMED = re.compile(r"\s+(?:trực\s+thuộc|thuộc)\s[^;:.()]{2,100}\([^()]*\)[ .;]*")
"""What stands behind agencies that are named with whom they belong to, and no more."""
FIGURE_OF = re.compile(r"[^,;.:]{0,25}:\s*[\d.,]+\s*(?:đồng|nghìn|ngàn|triệu|tỷ)(?!\w)")
"""A rate set for those named before it ("… tham dự: 70.000 đồng")."""
GIVEN = re.compile(r"[^,;:.]{0,80}?\s(?:được|bị)\s+(?!giao|phân\s+công|ủy\s+quyền|yêu\s+cầu)[^\W\d_]")
"""What is done to those named before it, whatever tells which ("Các xã đặc biệt khó khăn được hỗ trợ …")."""
ENTITLED = re.compile(r"[^,;:.]{0,90}\sđược\s+hưởng\s+\d")
"""What somebody receives ("Đối với phường được hưởng 5%"): no duty of those whom a heading names."""
TIME_BEFORE = re.compile(
    r"(?:(?:ngày|tháng|năm|quý)\s+[\w/.-]+|/\d{4})(?:\s+(?:hằng|hàng|mỗi|của)\s+(?:năm|tháng|quý|tuần))?\s*$"
)
"""A point of time that ends an opening adverbial with no comma ("Trước ngày 15/6 hằng năm các đơn vị …")."""
WHERE = re.compile(
    r"\s+nơi\s+(?:(?!phải(?!\w))[^\W\d_]+\s+){1,8}?"
    r"(?=(?:phải|cần|sẽ|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|chủ\s+trì|phối\s+hợp)(?!\w))"
)
"""Which body of a kind is meant, told by a place ("Trại giam nơi chuyển đi phải …")."""
ABOUT = re.compile(r"(?:riêng\s+)?(?:đối\s+với|về\s+phía)\s+$")
"""What stands before those whom a sentence is about ("Đối với các Sở: …")."""
QUOTES = "\"“”'"
COMRADES = re.compile(r"\s*:?\s*(?:(?:các\s+)?(?:đồng\s+chí|ông|bà)\s*:?\s*)?")
"""What may stand between a verb of assigning and those addressed ("Yêu cầu đồng chí Giám đốc …")."""
TOLD_WHEN = re.compile(
    r"(?:\s+khi(?!\w)[^,;:.]{0,80}?)?\s*,?\s*(?:phải|cần|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm)(?!\w)"
)
"""A duty behind those whom a sentence is about ("Đối với X khi … phải …")."""
TOLD_OF_THOSE = re.compile(
    r"\s+được\s+(?:giao|phân\s+công)\s[^;.:]{1,80}?\s(?:thì\s+)?(?:có|chịu)\s+trách\s+nhiệm(?!\w)"
)
"""A duty of those who were given a task ("X được giao … thì có trách nhiệm …")."""
LIGHT = re.compile(
    r"\s*,?\s*(?:(?:cần|phải|sẽ|được\s+giao|được\s+phân\s+công|tiếp\s+tục|chủ\s+động|có|chịu|trách\s+nhiệm|nhiệm\s+vụ|khẩn\s+trương|trực\s+tiếp|hoặc|tập\s+trung|kịp\s+thời|tích\s+cực|thường\s+xuyên|cùng|nghiêm\s+túc)[\s,:]+)*"
)


@cache
def verbs() -> re.Pattern[str]:
    """A verb or what may stand before one."""
    words = (*grammar()["verbs"], *grammar()["verbs_in_names"], *role_words()["modals"])
    return re.compile(rf"(?:{alternation(words)})(?!\w)")


@cache
def hard_verbs() -> re.Pattern[str]:
    """A verb that no name of a body holds."""
    words = (*grammar()["verbs"], *role_words()["modals"], *role_words()["lead"])
    return re.compile(rf"(?<!\w)(?:{alternation(words)}|phối\s+hợp)(?!\w)")


@cache
def _offices() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(grammar()['offices'])})\s*$")


def without_office(words: str) -> str:
    """``words`` without an office at their end ("…, Bộ trưởng" before "yêu cầu")."""
    return _offices().sub("", words)
