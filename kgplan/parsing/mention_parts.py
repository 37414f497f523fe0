"""The parts of a mention around its type and number: date, issuer, provision, alias, anaphor."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from kgplan.parsing.date_expressions import DateMatch, match_date
from kgplan.parsing.document_numbers import ActNumber
from kgplan.parsing.document_types import DocumentType
from kgplan.parsing.issuers import match_issuer
from kgplan.parsing.word_lists import load, phrase_pattern

Anaphor = Literal["this", "above", "bare"]

NUMBER_SIGN = re.compile(r"(?:\s+(?:khẩn|hỏa\s+tốc|hoả\s+tốc|mật))?\s?:?\s*(?:có\s+)?số\s?:?\s?", re.IGNORECASE)
"""What stands between a type and its number: "số", "số:", "khẩn số"."""

_DATE_LEAD = re.compile(
    r"\s?[,;]?\s?\(?(?:(?:được\s+)?(?:ký|ban\s+hành|ra)\s+)?(?=ngày\s?\d|ngày\s+m)|\s?,?\s?\((?=\d)|\s+(?=\d{1,2}/\d{1,2}/\d{4})",
    re.IGNORECASE,
)
_ISSUER_LEAD = re.compile(
    r"\s?,?\s+(?:của|do)\s+(?:Hội\s+nghị\s+(?:lần\s+thứ\s+\w+(?:\s+\w+)??|toàn\s+quốc)\s*,?\s*(?:của\s+)?(?=(?:Ban|BCH)\s))?",
    re.IGNORECASE,
)
"""What stands before an issuer; a meeting of a committee is named as well ("của Hội nghị lần thứ sáu Ban …")."""
_PASSED_LEAD = re.compile(r"\s?,?\s+(?:đã\s+)?được\s+", re.IGNORECASE)
_PASSED_TAIL = re.compile(
    r"(?:\s?,?\s\(?(?:khóa|khoá)\s+\w+\)?)?(?:\s?,?\s+(?:tại\s+)?kỳ\s+họp\s+(?:lần\s+)?thứ\s+\w+)?\s+(?:thông\s+qua|ban\s+hành)(?!\w)",
    re.IGNORECASE,
)
_ISSUER_TAIL = re.compile(r"\s+(?:ban\s+hành|ký)(?=\s+(?:ngày|về)|\s*[,;.)])", re.IGNORECASE)
_SESSION = re.compile(
    r"""
    \s?,?\s?\(?
    (?: (?:khóa|khoá)\s+(?:[IVXL]+|\d{1,2})(?!\w)
      | kỳ\s+họp\s+(?:bất\s+thường\s+)?(?:lần\s+)?thứ\s+\w+(?:\s+mươi(?:\s+\w+)?)?
      | nhiệm\s+kỳ\s+\d{4}\s?[-–]\s?\d{4}
      | nay\s+là\s[^()\n]{2,60}(?=\)) )
    \)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_YEAR = re.compile(r"\s+\(?(?:năm\s+)?(?P<year>(?:19|20)\d{2})(?![\w/\-–])\)?", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"\s+(?:(?P<this>này)"
    r"|(?:đã\s+)?(?:nêu|nói|dẫn)(?:\s+(?:ở|tại))?\s+trên|trên\s+đây|đó|trên(?=\s*(?:[,;.)]|và\s|để\s|theo\s|\Z)))"
    r"(?!\w)",
    re.IGNORECASE,
)
_PROVISION = re.compile(
    r"""
    (?:
        (?<!\w)
        (?: gạch\s+đầu\s+dòng\s+thứ\s+\w+
          | (?:điểm|tiết)\s+(?:[a-zđ]{1,2}|\d{1,2})(?:\.\d{1,2})*(?!\w) | khoản\s+\d{1,3}[a-zđ]?
          | điều\s+\d{1,4}[a-zđ]? | mục\s+(?:[IVXL]{1,6}|\d{1,3}|[A-ZĐ])(?:\.\d{1,2})*
          | chương\s+(?:[IVXL]{1,6}|\d{1,3}) | phần\s+(?:[IVXL]{1,6}|\d{1,2}|thứ\s+\w+)
          | phụ\s+lục(?:\s+(?:số\s+)?(?:[IVXL]{1,6}|\d{1,3}[A-Z]?))? | (?:biểu|mẫu)\s+(?:số\s+)?\d{1,3}[A-Z]? )
        (?: \s?,\s?\d{1,4}[a-zđ]? (?!\w) )*
        \s? (?:,|;|và)? \s? (?:của\s+)?
    )+
    (?:(?:ban\s+hành\s+)?kèm\s+theo\s+)?
    \Z
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ALIAS = re.compile(
    r"""[”"»]?\s?[,;]?\s?\(
    (?: (?:(?:sau|dưới|từ)\s+đây\s+)?(?:được\s+)?(?:gọi|viết)(?:\s+(?:tắt|chung))?\s?(?:là|:)?\s*
        [“"]?(?P<name>[^()“”"\n]{2,80}?)[”"]?
      | (?P<short>(?:Đề\s+án|Chương\s+trình|Dự\s+án|Kế\s+hoạch)\s+[\dA-Z][^()\n]{0,40}) )
    \s?\)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention at ``start:end``; ``head`` is where reading for further mentions goes on.

    ``title`` of an act without a number begins with its type. ``issuer_before`` tells that the issuer stands
    before the type ("Sở Tài chính tại Tờ trình …").
    """

    start: int
    end: int
    head: int
    kind: DocumentType
    type: str
    number: ActNumber | None = None
    title: str | None = None
    issuer: str | None = None
    issuer_before: bool = False
    date: str | None = None
    year: int | None = None
    provision: str | None = None
    anaphor: Anaphor | None = None
    alias: str | None = None
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What stands behind a number or name, in any order: date, issuer, year, session."""

    end: int
    issuer: str | None = None
    date: DateMatch | None = None
    year: int | None = None


def read_qualifiers(text: str, position: int, end: int, *, joint: bool) -> Qualifiers:
    """Date, issuer ("của …"), year and session behind ``position``; with ``joint`` all issuers of a list."""
    found = Qualifiers(position)
    for _ in range(6):
        step = (
            _date_step(text, found, end)
            or _issuer_step(text, found, end, joint=joint)
            or _passed_step(text, found, end)
            or _session_step(text, found, end)
            or _year_step(text, found, end)
        )
        if step is None:
            break
        found = step
    return found


def _date_step(text: str, found: Qualifiers, end: int) -> Qualifiers | None:
    lead = _DATE_LEAD.match(text, found.end, end) if found.date is None else None
    date = match_date(text, lead.end(), end) if lead else None
    if lead is None or date is None:
        return None
    closes = "(" in lead.group() and text[date.end : date.end + 1] == ")" and date.end < end
    return replace(found, end=date.end + closes, date=date)


def _issuer_step(text: str, found: Qualifiers, end: int, *, joint: bool) -> Qualifiers | None:
    lead = _ISSUER_LEAD.match(text, found.end, end) if found.issuer is None else None
    issuer = match_issuer(text, lead.end(), end, joint=joint) if lead else None
    if issuer is None:
        return None
    tail = _ISSUER_TAIL.match(text, issuer.end, end)
    return replace(found, end=tail.end() if tail else issuer.end, issuer=issuer.name)


def _passed_step(text: str, found: Qualifiers, end: int) -> Qualifiers | None:
    """ "được Quốc hội khóa XI thông qua" names the issuer; the date may follow."""
    lead = _PASSED_LEAD.match(text, found.end, end) if found.issuer is None else None
    issuer = match_issuer(text, lead.end(), end) if lead else None
    tail = _PASSED_TAIL.match(text, issuer.end, end) if issuer else None
    return replace(found, end=tail.end(), issuer=issuer.name) if issuer and tail else None


def _session_step(text: str, found: Qualifiers, end: int) -> Qualifiers | None:
    session = _SESSION.match(text, found.end, end)
    return replace(found, end=session.end()) if session else None


def _year_step(text: str, found: Qualifiers, end: int) -> Qualifiers | None:
    year = _YEAR.match(text, found.end, end) if found.year is None and found.date is None else None
    return replace(found, end=year.end(), year=int(year["year"])) if year else None


def qualified(mention: Mention, found: Qualifiers) -> Mention:
    """``mention`` with what its qualifiers say."""
    return replace(
        mention,
        end=max(mention.end, found.end),
        issuer=found.issuer or mention.issuer,
        date=(found.date.iso() if found.date else None) or mention.date,
        year=found.year or (mention.number.year if mention.number else None),
    )


def is_joint(kind: DocumentType) -> bool:
    """Whether acts of this kind have several issuers."""
    return "liên" in kind.label or "phối hợp" in kind.label


def anaphor_after(text: str, position: int, end: int) -> tuple[Anaphor, int] | None:
    """The kind and end of "này" or "nêu trên" behind a type, or None."""
    found = _ANAPHOR.match(text, position, end)
    if not found:
        return None
    return ("this" if found["this"] else "above"), found.end()


def provision_before(text: str, position: int, start: int) -> str | None:
    """The part of an act named before it ("khoản 2 Điều 3"), or None."""
    window = text[max(start, position - 120) : position]
    found = _PROVISION.search(window)
    if not found:
        return None
    words = " ".join(found.group().split())
    for tail in (" ban hành kèm theo", " kèm theo", " của"):
        words = words.removesuffix(tail)
    return words.strip(" ,;") or None


def with_alias(text: str, mention: Mention, end: int) -> Mention:
    """``mention`` with the short name that a bracket behind it gives ("sau đây gọi tắt là Đề án")."""
    found = _ALIAS.match(text, mention.end, end)
    if not found:
        return mention
    return replace(mention, alias=(found["name"] or found["short"]).strip(), head=max(mention.head, found.end()))


def alias_end(text: str, position: int, end: int) -> int:
    """Where a bracket that gives a short name ends, or ``position`` when there is none."""
    found = _ALIAS.match(text, position, end)
    return found.end() if found else position


@lru_cache(maxsize=1)
def _organisation_before() -> re.Pattern[str]:
    body = phrase_pattern(load("titles")["organisations"], ignore_case=False).pattern
    return re.compile(rf"(?<!\w){body}\s+\Z")


@lru_cache(maxsize=8)
def _words_before(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){phrase_pattern(load('titles')[name]).pattern}\s+\Z", re.IGNORECASE)


def organisation_before(text: str, position: int, start: int) -> bool:
    """Whether the words before a type make it part of a body's name ("Sở Kế hoạch và Đầu tư")."""
    return _organisation_before().search(text, max(start, position - 30), position) is not None


def preceded_by(name: str, text: str, position: int, start: int) -> bool:
    """Whether words of the list ``name`` in ``data/titles.json`` stand right before ``position``."""
    return _words_before(name).search(text, max(start, position - 40), position) is not None


def tidy(words: str) -> str:
    """``words`` with single blanks."""
    return " ".join(words.split())
