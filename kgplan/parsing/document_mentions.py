"""Mentions of acts and plans in a stretch of text: type, number, date, issuer, title, provision.

One left-to-right pass over the names of types ("Nghị quyết", "Đề án"); each is read forward by a small
grammar. Acts named inside the title of another are found too and marked ``nested``. What a mention refers
to (is it new, an anaphor, the plan itself) is decided by :mod:`kgplan.parsing.citations`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from kgplan.parsing.date_expressions import DateMatch, match_date
from kgplan.parsing.document_numbers import ActNumber, match_bare_number, match_full_number
from kgplan.parsing.document_titles import OPENING_QUOTES, about_end, opens_title, quoted_end, title_end
from kgplan.parsing.document_types import DocumentType, type_table
from kgplan.parsing.issuers import Issuer, issuer_before, match_issuer
from kgplan.parsing.law_names import match_law_name
from kgplan.parsing.word_lists import load, phrase_pattern

Anaphor = Literal["this", "above"]

_NUMBER_SIGN = re.compile(r"\s?:?\s*(?:có\s+)?số\s?:?\s?", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_DATE_LEAD = re.compile(
    r"\s?[,;]?\s?\(?(?:(?:được\s+)?(?:ký|ban\s+hành|ra)\s+)?(?=ngày\s)|\s?[,]?\s?\((?=\d)|\s+(?=\d{1,2}/\d{1,2}/\d{4})",
    re.IGNORECASE,
)
_ISSUER_LEAD = re.compile(r"\s?,?\s+(?:của|do)\s+", re.IGNORECASE)
_SESSION = re.compile(
    r"\s?,?\s?\(?(?:khóa|khoá|kỳ\s+họp\s+thứ|nhiệm\s+kỳ)\s+(?:[IVXL]+|\d{1,2}|[a-zà-ỹ]+)(?:\s?-\s?\d{4}|\b)\)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\s+(?:năm\s+)?(?P<year>(?:19|20)\d{2})(?![\w/\-–])", re.IGNORECASE)
_LIST_LINK = re.compile(r"\s?(?:,|;|và|hoặc|/)\s?(?:và\s+)?(?P<sign>số\s+)?(?=\d)", re.IGNORECASE)
_ANAPHOR = re.compile(
    r"\s+(?:(?P<this>này)|(?P<above>(?:đã\s+)?(?:nêu|nói|dẫn)(?:\s+(?:ở|tại))?\s+trên|trên(?!\s+(?:địa|cơ|toàn|lĩnh|mạng))|trên\s+đây|đó))(?!\w)",
    re.IGNORECASE,
)
_PROVISION = re.compile(
    r"""
    (?: (?:gạch\s+đầu\s+dòng\s+thứ\s+\w+|điểm\s+[a-zđ0-9.]{1,5}|tiết\s+[a-zđ0-9.]{1,5}|khoản\s+\d{1,3}[a-z]?|điều\s+\d{1,4}[a-z]?|mục\s+[IVXLA-Z\d]{1,6}
          |chương\s+[IVXL\d]{1,6}|phần\s+(?:[IVXL\d]{1,6}|thứ\s+\w+)|phụ\s+lục(?:\s+(?:số\s+)?[IVXL\d]{1,6})?)
        \s?(?:,|;|và)?\s? (?:của\s+)?
    )+ (?:kèm\s+theo\s+)? $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ALIAS = re.compile(
    r"\s?[,;]?\s?\((?:sau\s+đây|dưới\s+đây|từ\s+đây)?\s?(?:được\s+)?(?:gọi|viết)\s+(?:tắt|chung)?\s?(?:là|:)?\s*[“\"]?(?P<alias>[^()“”\"]{2,80}?)[”\"]?\s?\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention at ``start:end``. ``title`` of an act without a number begins with its type."""

    start: int
    end: int
    kind: DocumentType
    type: str
    number: ActNumber | None = None
    title: str | None = None
    issuer: str | None = None
    date: str | None = None
    year: int | None = None
    provision: str | None = None
    anaphor: Anaphor | None = None
    alias: str | None = None
    nested: bool = False


@dataclass(frozen=True, slots=True)
class _Qualifiers:
    """What stands behind a number, in any order: date, issuer, year, session."""

    end: int
    issuer: str | None = None
    date: DateMatch | None = None
    year: int | None = None


@lru_cache(maxsize=1)
def _refused() -> re.Pattern[str]:
    return phrase_pattern(load("titles")["title_refused"])


@lru_cache(maxsize=1)
def _organisation_before() -> re.Pattern[str]:
    body = phrase_pattern(load("titles")["organisations"], ignore_case=False).pattern
    return re.compile(rf"(?<!\w){body}\s+$")


@lru_cache(maxsize=1)
def _draft_before() -> re.Pattern[str]:
    body = phrase_pattern(load("titles")["drafts"]).pattern
    return re.compile(rf"(?<!\w){body}\s+$", re.IGNORECASE)


def find_mentions(text: str, start: int, end: int) -> list[Mention]:
    """Every mention in ``text[start:end]``, in order of its start. Mentions in a title are ``nested``."""
    found: list[Mention] = []
    position = start
    while True:
        name = type_table().names.search(text, position, end)
        if name is None:
            break
        group = _read(text, name, start, end)
        found.extend(group)
        position = max([name.end(), *(m.end if m.number is None and m.title is None else _head_end(m) for m in group)])
    return _mark_nested(_share_issuers(text, found))


def _head_end(mention: Mention) -> int:
    """Where scanning goes on: behind the number, so that acts named in the title are found."""
    if mention.number:
        return mention.number.end
    return mention.start + len(mention.type)


def _read(text: str, name: re.Match[str], start: int, end: int) -> list[Mention]:
    """The mentions that the type's name at ``name`` opens: none, one, or a list that shares the type."""
    kind = type_table().named(name.group())
    label = _label(name.group(), kind)
    provision = _provision_before(text, name.start(), start)
    base = Mention(name.start(), name.end(), kind, label, provision=provision)
    if _organisation_before().search(text, max(start, name.start() - 30), name.start()):
        return []
    if kind.law:
        return _read_law(text, base, end)
    numbered = _read_numbered(text, base, start, end)
    if numbered:
        return numbered
    if not name.group()[0].isupper():
        return []
    anaphor = _ANAPHOR.match(text, name.end(), end)
    if anaphor:
        return [replace(base, end=anaphor.end(), anaphor="this" if anaphor["this"] else "above")]
    return _read_titled(text, base, start, end)


def _label(words: str, kind: DocumentType) -> str:
    return kind.label


def _provision_before(text: str, position: int, start: int) -> str | None:
    window = text[max(start, position - 120) : position]
    found = _PROVISION.search(window)
    if not found:
        return None
    words = " ".join(found.group().split()).removesuffix("của").rstrip(" ,;")
    return words.removesuffix(" của").rstrip(" ,;") or None


def _read_numbered(text: str, base: Mention, start: int, end: int) -> list[Mention]:
    number = _number_after(text, base, end)
    if number is None:
        return []
    group: list[Mention] = []
    before = issuer_before(text, base.start, start)
    current: Mention | None = replace(base, number=number, end=number.end)
    while current is not None and current.number is not None:
        qualifiers = _qualifiers(text, current.number.end, end, joint=_is_joint(base.kind))
        current = _qualified(current, qualifiers)
        follower = _next_in_list(text, current, end)
        if follower is None:
            current = _titled(text, current, end)
        group.append(current)
        current = replace(base, number=follower, start=follower.start, end=follower.end) if follower else None
    return _shared(group, before)


def _is_joint(kind: DocumentType) -> bool:
    return "liên" in kind.label or "phối hợp" in kind.label


def _number_after(text: str, base: Mention, end: int) -> ActNumber | None:
    sign = _NUMBER_SIGN.match(text, base.end, end)
    if sign:
        return match_full_number(text, sign.end(), end) or match_bare_number(text, sign.end(), end)
    blanks = _BLANKS.match(text, base.end, end)
    if not blanks:
        return None
    full = match_full_number(text, blanks.end(), end)
    if full or not base.kind.bare or not text[base.start].isupper():
        return full
    bare = match_bare_number(text, blanks.end(), end)
    return bare if bare and _ends_mention(text, bare.end, end) else None


def _ends_mention(text: str, position: int, end: int) -> bool:
    """Whether what follows a bare number without "số" shows that it counts nothing."""
    if position >= end or text[position] in ',.;:)”"':
        return True
    return re.match(r"\s+(?:của|ngày|về|và|do|\()", text[position : min(end, position + 8)]) is not None


def _next_in_list(text: str, mention: Mention, end: int) -> ActNumber | None:
    link = _LIST_LINK.match(text, mention.end, end)
    if not link:
        return None
    full = match_full_number(text, link.end(), end)
    if full:
        code = full.symbol.split("-")[0].split("/")[0].casefold() if full.symbol else ""
        own = (mention.kind.code or "").casefold()
        return full if link["sign"] or code == own else None
    return match_bare_number(text, link.end(), end) if link["sign"] else None


def _qualifiers(text: str, position: int, end: int, *, joint: bool) -> _Qualifiers:
    found = _Qualifiers(position)
    for _ in range(5):
        lead = _DATE_LEAD.match(text, found.end, end) if found.date is None else None
        date = match_date(text, lead.end(), end) if lead else None
        if date:
            stop = date.end + (1 if text[date.end : date.end + 1] == ")" and "(" in lead.group() else 0)  # type: ignore[union-attr]
            found = replace(found, end=stop, date=date)
            continue
        lead = _ISSUER_LEAD.match(text, found.end, end) if found.issuer is None else None
        issuer = match_issuer(text, lead.end(), end, joint=joint) if lead else None
        if issuer:
            found = replace(found, end=issuer.end, issuer=issuer.name)
            continue
        session = _SESSION.match(text, found.end, end)
        if session:
            found = replace(found, end=session.end())
            continue
        year = _YEAR.match(text, found.end, end) if found.year is None and found.date is None else None
        if year:
            found = replace(found, end=year.end(), year=int(year["year"]))
            continue
        break
    return found


def _qualified(mention: Mention, found: _Qualifiers) -> Mention:
    iso = found.date.iso() if found.date else None
    year = found.year or (mention.number.year if mention.number else None)
    return replace(mention, end=found.end, issuer=found.issuer, date=iso, year=year)


def _titled(text: str, mention: Mention, end: int) -> Mention:
    """``mention`` with the title behind it, if one follows, and the alias that a bracket gives it."""
    stop = mention.end
    alias = _ALIAS.match(text, stop, end)
    if alias:
        return replace(mention, alias=alias["alias"].strip(), end=mention.end)
    lead = re.compile(r"\s?[,:]?\s*").match(text, stop, end)
    begin = lead.end() if lead else stop
    if begin >= end:
        return mention
    if text[begin] in OPENING_QUOTES and (closing := quoted_end(text, begin, end)) is not None:
        inner = _skip_about(text, begin + 1, closing)
        return _with_alias(text, replace(mention, title=_tidy(text[inner:closing]), end=closing + 1), end)
    if opens_title(text, begin, end):
        inner = _skip_about(text, begin, end)
        if inner < end and text[inner] in OPENING_QUOTES and (closing := quoted_end(text, inner, end)) is not None:
            return _with_alias(text, replace(mention, title=_tidy(text[inner + 1 : closing]), end=closing + 1), end)
        close = title_end(text, inner, end)
        if close > inner:
            return _with_alias(text, replace(mention, title=_tidy(text[inner:close]), end=close), end)
    return mention


def _skip_about(text: str, position: int, end: int) -> int:
    return about_end(text, position, end) or position


def _with_alias(text: str, mention: Mention, end: int) -> Mention:
    alias = _ALIAS.match(text, mention.end, end)
    return replace(mention, alias=alias["alias"].strip()) if alias else mention


def _read_law(text: str, base: Mention, end: int) -> list[Mention]:
    """A law, code or ordinance: by its number, or by its subject with number, date or year behind it."""
    if not text[base.start].isupper():
        return []
    anaphor = _ANAPHOR.match(text, base.end, end)
    if anaphor:
        return [replace(base, end=anaphor.end(), anaphor="this" if anaphor["this"] else "above")]
    number = _number_after(text, base, end) if _NUMBER_SIGN.match(text, base.end, end) else None
    if number:
        return [
            _titled(
                text, _qualified(replace(base, number=number), _qualifiers(text, number.end, end, joint=False)), end
            )
        ]
    stop = match_law_name(text, base.end, end)
    if stop is None:
        return []
    title = _tidy(text[base.start : stop])
    named = replace(base, end=stop, title=title)
    sign = _NUMBER_SIGN.match(text, stop, end)
    number = match_full_number(text, sign.end(), end) if sign else None
    qualifiers = _qualifiers(text, number.end if number else stop, end, joint=False)
    return [_with_alias(text, _qualified(replace(named, number=number), qualifiers), end)]


def _read_titled(text: str, base: Mention, start: int, end: int) -> list[Mention]:
    """A scheme, programme or plan that is known by its title."""
    kind = base.kind
    if text[base.start : base.end].isupper() or _draft_before().search(text, max(start, base.start - 20), base.start):
        return []
    before = text[base.start - 1] if base.start > start else ""
    quoted = before != "" and before in OPENING_QUOTES
    first = base.start == start or quoted is False and _begins_sentence(text, base.start, start)
    blanks = _BLANKS.match(text, base.end, end)
    if not blanks:
        return []
    begin = blanks.end()
    if begin < end and text[begin] in OPENING_QUOTES:
        closing = quoted_end(text, begin, end)
        if closing is None or not (kind.titled or kind.annexed):
            return []
        title = f"{base.type} {_tidy(text[begin + 1 : closing])}"
        return [_finish(text, replace(base, title=title, end=closing + 1), end)]
    if quoted and (closing := quoted_end(text, base.start - 1, end)) is not None and (kind.titled or kind.annexed):
        return [_finish(text, replace(base, title=_tidy(text[base.start : closing]), end=closing), end)]
    if first and kind.verb:
        return []
    qualifiers = _qualifiers(text, base.end, end, joint=_is_joint(kind))
    if qualifiers.issuer or qualifiers.date:
        return _read_issued(text, base, qualifiers, end)
    if not kind.titled and not kind.annexed:
        return []
    if _refused().match(text, begin, end) or not text[begin : begin + 1].isalpha():
        return []
    if kind.opens and not phrase_pattern(kind.opens).match(text, begin, end):
        return []
    close = title_end(text, begin, end)
    if len(text[begin:close].split()) < 2:
        return []
    if kind.annexed and not re.match(r"\s?,?\s?\(?(?:được\s+)?ban\s+hành\s+kèm\s+theo", text[close : close + 40], re.I):
        return []
    mention = replace(base, title=f"{base.type} {_tidy(text[begin:close])}", end=close)
    congress = re.match(r"(?:Đại\s+hội|Hội\s+nghị)\s+.{0,80}?(?=\s+lần\s+thứ|\s+khóa|\s+khoá|,|$)", text[begin:close])
    if congress and kind.opens:
        mention = replace(mention, issuer=_tidy(congress.group()))
    return [_finish(text, mention, end)]


def _read_issued(text: str, base: Mention, qualifiers: _Qualifiers, end: int) -> list[Mention]:
    """A plan or resolution "của X về …": its title leaves the issuer out."""
    lead = _BLANKS.match(text, qualifiers.end, end)
    begin = lead.end() if lead else qualifiers.end
    mention = _qualified(base, qualifiers)
    if begin < end and text[begin] in OPENING_QUOTES and (closing := quoted_end(text, begin, end)) is not None:
        title = f"{base.type} {_tidy(text[begin + 1 : closing])}"
        return [_finish(text, replace(mention, title=title, end=closing + 1), end)]
    if not opens_title(text, begin, end):
        return []
    close = title_end(text, begin, end)
    if len(text[begin:close].split()) < 3:
        return []
    return [_finish(text, replace(mention, title=f"{base.type} {_tidy(text[begin:close])}", end=close), end)]


def _finish(text: str, mention: Mention, end: int) -> Mention:
    return _with_alias(text, mention, end)


def _begins_sentence(text: str, position: int, start: int) -> bool:
    """Whether only a list mark, or the end of a sentence, stands before ``position``."""
    before = text[max(start, position - 12) : position].rstrip()
    return not before or before[-1] in ".;:-+•*\n)" or re.fullmatch(r"(?:\d+|[a-zđ])[.)]", before) is not None


def _shared(group: list[Mention], before: Issuer | None) -> list[Mention]:
    """A list's members with the date and issuer that its last member prints for all."""
    last = group[-1]
    issuer = last.issuer or (before.name if before else None)
    shared = []
    for position, member in enumerate(group):
        date = member.date
        if date is None and all(m.date is None and m.issuer is None for m in group[position:-1]):
            date = last.date
        shared.append(replace(member, issuer=member.issuer or issuer, date=date))
    return shared


def _share_issuers(text: str, mentions: list[Mention]) -> list[Mention]:
    """Acts joined by a mere "và" or comma share the issuer that the last one prints, if their numbers agree."""
    shared = list(mentions)
    for position in range(len(shared) - 2, -1, -1):
        first, second = shared[position], shared[position + 1]
        if first.issuer or first.title or not second.issuer or not first.number or not second.number:
            continue
        if text[first.end : second.start].strip().lower() not in {"và", ",", "", ";"}:
            continue
        if _issuer_symbol(first.number) == _issuer_symbol(second.number):
            shared[position] = replace(first, issuer=second.issuer)
    return shared


def _issuer_symbol(number: ActNumber) -> str | None:
    return re.split(r"[-/]", number.symbol)[-1].casefold() if number.symbol else None


def _mark_nested(mentions: list[Mention]) -> list[Mention]:
    marked: list[Mention] = []
    reach = -1
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        marked.append(replace(mention, nested=mention.start < reach))
        reach = max(reach, mention.end)
    return marked


def _tidy(words: str) -> str:
    return " ".join(words.split())
