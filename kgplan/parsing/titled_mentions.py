"""Documents known by name: laws by their subject, and schemes, programmes and plans by their title."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from kgplan.parsing.document_numbers import match_full_number
from kgplan.parsing.document_titles import OPENING_QUOTES, about_end, has_period, opens_title, quoted_end, title_end
from kgplan.parsing.issuers import match_issuer
from kgplan.parsing.law_names import match_law_name
from kgplan.parsing.mention_parts import (
    NUMBER_SIGN,
    Mention,
    Qualifiers,
    alias_end,
    is_joint,
    preceded_by,
    qualified,
    read_qualifiers,
    tidy,
    with_alias,
)
from kgplan.parsing.numbered_mentions import read_list, with_title
from kgplan.parsing.word_lists import load, phrase_pattern

_BLANKS = re.compile(r"\s+")
_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[a-zđA-ZĐ]|[IVXL]{1,6})[.)]")
_ANNEXED = re.compile(r"\s?,?\s?\(?(?:được\s+)?ban\s+hành\s+(?:kèm\s+)?theo", re.IGNORECASE)
_LIST_OF_THIS = re.compile(r"trên\s+đây\s+là\s+(?:nội\s+dung\s+)?\Z", re.IGNORECASE)
"""What stands before the document's own name where it closes ("Trên đây là Kế hoạch …")."""
_MEETING = re.compile(r"(?:Đại\s+hội|Hội\s+nghị)\s+[^,;.]{0,80}?(?=\s+(?:lần\s+thứ|khóa|khoá)|,|\Z)")
_OF = re.compile(r"\s+của\s")
_OWN_END = re.compile(r"\s+của\s|\s?,\s")


@lru_cache(maxsize=8)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return phrase_pattern(phrases)


def _listed(name: str) -> re.Pattern[str]:
    return _any_of(tuple(load("titles")[name]))


def read_law(text: str, base: Mention, start: int, end: int) -> list[Mention]:
    """A law, code, ordinance or the constitution: by number, or by subject with number, date or year behind it.

    A law that amends others names them; they follow it in the result.
    """
    if preceded_by("drafts", text, base.start, start):
        return []
    number = match_full_number(text, sign.end(), end) if (sign := NUMBER_SIGN.match(text, base.end, end)) else None
    if number:
        mention = replace(base, number=number, end=number.end, head=number.end)
        found = read_qualifiers(text, number.end, end, joint=False)
        return [with_title(text, qualified(mention, found), end)]
    name = match_law_name(text, base.end, end)
    if name is None:
        found = read_qualifiers(text, base.end, end, joint=False)
        if not base.kind.nameless or found.year is None:
            return []
        return [qualified(replace(base, title=base.type, head=found.end), found)]
    mention = replace(base, end=name.end, title=tidy(f"{base.type} {text[base.end : name.end]}"))
    sign = NUMBER_SIGN.match(text, name.end, end)
    number = match_full_number(text, sign.end(), end) if sign else None
    found = read_qualifiers(text, number.end if number else name.end, end, joint=False)
    law = qualified(replace(mention, number=number), found)
    law = with_alias(text, replace(law, head=law.end), end)
    inner = [
        replace(base, start=i, end=j, head=law.head, title=tidy(text[i:j]), provision=None) for i, j in name.amended
    ]
    return [law, *inner]


def read_titled(text: str, base: Mention, start: int, end: int) -> list[Mention]:
    """A scheme, programme, plan or annexed regulation that is known by its title; none when there is no title."""
    kind = base.kind
    if text[base.start : base.end].isupper() or preceded_by("not_titled", text, base.start, start):
        return []
    blanks = _BLANKS.match(text, base.end, end)
    if not blanks:
        return []
    begin = blanks.end()
    closing = quoted_end(text, begin, end) if begin < end and text[begin] in OPENING_QUOTES else None
    known_by_title = kind.titled or kind.annexed
    if closing is not None:
        mention = replace(base, title=f"{base.type} {tidy(text[begin + 1 : closing])}", end=closing + 1)
        return [with_alias(text, mention, end)] if known_by_title else []
    if base.start > start and text[base.start - 1] in OPENING_QUOTES and known_by_title:
        closing = quoted_end(text, base.start - 1, end)
        if closing is not None and len(text[begin:closing].split()) > 1:
            return [with_alias(text, replace(base, title=tidy(text[base.start : closing]), end=closing), end)]
    found = read_qualifiers(text, base.end, end, joint=is_joint(kind))
    opened = kind.opens and _any_of(kind.opens).match(text, begin, end)
    body = match_issuer(text, begin, end) if kind.opens and not opened and found.end == base.end else None
    if body:
        found = replace(read_qualifiers(text, body.end, end, joint=False), issuer=body.name)
    if found.issuer or found.date:
        return _read_issued(text, base, found, end)
    if not known_by_title or not _may_open(text, base, begin, end) or _LIST_OF_THIS.search(text, start, base.start):
        return []
    about = about_end(text, begin, end)
    if about is not None and match_issuer(text, about, end) is not None:
        return []
    close = title_end(text, begin, end)
    if not _is_title(text, base, begin, close, start, end):
        return []
    mention = replace(base, title=tidy(f"{base.type} {text[begin:close]}"), end=close)
    if kind.opens:
        mention = _with_own_issuer(text, mention, begin, close)
    sign = NUMBER_SIGN.match(text, close, end)
    number = match_full_number(text, sign.end(), end) if sign else None
    if number:
        return read_list(text, replace(mention, title=tidy(text[begin:close])), number, end)
    return [with_alias(text, mention, end)]


def _with_own_issuer(text: str, mention: Mention, begin: int, close: int) -> Mention:
    """A resolution with the meeting that its title names, or with the body behind its title ("… của Tỉnh ủy")."""
    meeting = _MEETING.match(text, begin, close)
    if meeting:
        return replace(mention, issuer=tidy(meeting.group()))
    for of in _OF.finditer(text, begin, close):
        issuer = match_issuer(text, of.end(), close)
        if issuer and issuer.end == close:
            return replace(mention, title=tidy(f"{mention.type} {text[begin : of.start()]}"), issuer=issuer.name)
    return mention


def _read_issued(text: str, base: Mention, found: Qualifiers, end: int) -> list[Mention]:
    """A plan or resolution "của X về …": its title leaves the issuer out."""
    lead = _BLANKS.match(text, found.end, end)
    begin = lead.end() if lead else found.end
    mention = qualified(base, found)
    closing = quoted_end(text, begin, end) if begin < end and text[begin] in OPENING_QUOTES else None
    if closing is not None:
        title = f"{base.type} {tidy(text[begin + 1 : closing])}"
        return [with_alias(text, replace(mention, title=title, end=closing + 1), end)]
    if not opens_title(text, begin, end):
        return []
    close = title_end(text, begin, end)
    if len(text[begin:close].split()) < 3:
        return []
    return [with_alias(text, replace(mention, title=f"{base.type} {tidy(text[begin:close])}", end=close), end)]


def _may_open(text: str, base: Mention, begin: int, end: int) -> bool:
    """Whether the word at ``begin`` can begin a title of this kind."""
    if not text[begin : begin + 1].isalpha() or _listed("title_refused").match(text, begin, end):
        return False
    return not base.kind.opens or _any_of(base.kind.opens).match(text, begin, end) is not None


def _is_title(text: str, base: Mention, begin: int, close: int, start: int, end: int) -> bool:
    """Whether ``text[begin:close]`` names one document and not any of its kind ("Kế hoạch công tác")."""
    words = text[begin:close]
    if len(words.split()) < 2:
        return False
    if base.kind.annexed:
        annexed = _ANNEXED.match(text, alias_end(text, close, end), end) is not None
        whose = not base.kind.verb and _names_its_body(text, begin, close)
        part = not base.kind.verb and base.provision is not None
        return annexed or whose or part or preceded_by("in_force", text, base.start, start)
    dated = has_period(words)
    own = _OWN_END.split(words, maxsplit=1)[0].strip()
    if not dated and _listed("generic_titles").fullmatch(own):
        return False
    if not dated and base.kind.verb and preceded_by("to_be_made", text, base.start, start):
        return False
    opens_sentence = _begins_sentence(text, base.start, start)
    return not (opens_sentence and base.kind.verb and not dated)


def _names_its_body(text: str, begin: int, close: int) -> bool:
    """Whether a title says what is regulated and whose it is ("Điều lệ tổ chức và hoạt động của Tập đoàn …")."""
    for of in _OF.finditer(text, begin, close):
        body = match_issuer(text, of.end(), close)
        proper = text[of.end() : of.end() + 1].isupper() and text[of.end() : close].count(" ") > 1
        if body is not None and body.end == close and proper and len(text[begin : of.start()].split()) > 1:
            return True
    return False


def _begins_sentence(text: str, position: int, start: int) -> bool:
    """Whether only a list mark, or the end of a sentence, stands before ``position``."""
    before = text[max(start, position - 12) : position].rstrip()
    if not before or before[-1] in ".:-+•*–\n|" or text[max(start, position - 2) : position].endswith("\n"):
        return True
    return _LABEL.fullmatch(before) is not None
