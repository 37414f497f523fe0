"""Acts with a number: one, or a list that shares its type, date or issuer; and the title behind them."""

from __future__ import annotations

import re
from dataclasses import replace

from kgplan.parsing.document_numbers import ActNumber, match_bare_number, match_full_number
from kgplan.parsing.document_titles import MAX_TITLE, OPENING_QUOTES, about_end, opens_title, quoted_end, title_end
from kgplan.parsing.document_types import type_table
from kgplan.parsing.issuers import Issuer, issuer_before
from kgplan.parsing.mention_parts import (
    NUMBER_SIGN,
    Mention,
    is_joint,
    qualified,
    read_qualifiers,
    tidy,
    with_alias,
)

_BLANKS = re.compile(r"\s+")
_TITLE_LEAD = re.compile(r"\s?[,:]?\s*")
_LIST_LINK = re.compile(r"\s?(?:,|;|và|hoặc)\s?(?:và\s+)?(?P<sign>số\s?:?\s?)?(?=\d)", re.IGNORECASE)
_COUNTS_NOTHING = re.compile(r"\s*(?:[,.;:)”\"/]|(?:của|ngày|về|và|do|khóa|khoá)\s|\(|\Z)")


def read_numbered(text: str, base: Mention, start: int, end: int) -> list[Mention]:
    """The acts whose numbers follow the type that ``base`` names; none when no number does."""
    number = _number_after(text, base, end)
    if number is not None:
        return read_list(text, base, number, end, issuer_before(text, base.start, start))
    found = read_qualifiers(text, base.end, end, joint=is_joint(base.kind))
    if found.end == base.end:
        return []
    sign = NUMBER_SIGN.match(text, found.end, end)
    number = match_full_number(text, sign.end(), end) or match_bare_number(text, sign.end(), end) if sign else None
    if number is None:
        return []
    early = replace(base, issuer=found.issuer, date=found.date.iso() if found.date else None)
    return read_list(text, early, number, end)


def read_list(text: str, base: Mention, number: ActNumber, end: int, before: Issuer | None = None) -> list[Mention]:
    """The act numbered ``number`` and those that follow it and share its type; ``before`` names their issuer."""
    group: list[Mention] = []
    current: ActNumber | None = number
    while current is not None:
        begin = current.start if group else base.start
        mention = replace(base, start=begin, number=current, end=current.end, head=current.end)
        mention = qualified(mention, read_qualifiers(text, current.end, end, joint=is_joint(base.kind)))
        current = _next_in_list(text, mention, end)
        if current is None:
            mention = with_title(text, mention, end)
        group.append(mention)
    return _shared(group, before)


def with_title(text: str, mention: Mention, end: int) -> Mention:
    """``mention`` with the title behind it, quoted, in brackets or running on, if one follows, and its alias."""
    named = with_alias(text, mention, end)
    if named.alias:
        return named
    lead = _TITLE_LEAD.match(text, mention.end, end)
    begin = lead.end() if lead else mention.end
    if begin >= end:
        return mention
    if text[begin] == "(" and (inside := about_end(text, begin + 1, end)):
        bracket = text.find(")", inside, min(end, inside + MAX_TITLE))
        return replace(mention, title=tidy(text[inside:bracket]), end=bracket + 1) if bracket > 0 else mention
    if text[begin] in OPENING_QUOTES and (closing := quoted_end(text, begin, end)) is not None:
        inner = about_end(text, begin + 1, closing) or begin + 1
        return with_alias(text, replace(mention, title=tidy(text[inner:closing]), end=closing + 1), end)
    another = lead is not None and "," in lead.group() and text[begin].isupper()
    if not opens_title(text, begin, end) or (another and type_table().names.match(text, begin, end)):
        return mention
    inner = about_end(text, begin, end) or begin
    if inner < end and text[inner] in OPENING_QUOTES and (closing := quoted_end(text, inner, end)) is not None:
        return with_alias(text, replace(mention, title=tidy(text[inner + 1 : closing]), end=closing + 1), end)
    close = title_end(text, inner, end, numbered=True)
    if close <= inner:
        return mention
    return with_alias(text, replace(mention, title=tidy(text[inner:close]), end=close), end)


def _number_after(text: str, base: Mention, end: int) -> ActNumber | None:
    sign = NUMBER_SIGN.match(text, base.end, end)
    if sign:
        return match_full_number(text, sign.end(), end) or match_bare_number(text, sign.end(), end)
    blanks = _BLANKS.match(text, base.end, end)
    if not blanks:
        return None
    full = match_full_number(text, blanks.end(), end)
    if full or not base.kind.bare or not text[base.start].isupper():
        return full
    bare = match_bare_number(text, blanks.end(), end)
    return bare if bare and _COUNTS_NOTHING.match(text, bare.end, end) else None


def _next_in_list(text: str, mention: Mention, end: int) -> ActNumber | None:
    """The next number of a list: with "số", or of the same type, or bare behind a bare one."""
    link = _LIST_LINK.match(text, mention.end, end)
    if not link:
        return None
    full = match_full_number(text, link.end(), end)
    if full:
        own = mention.number.type_symbol if mention.number else None
        codes = {(mention.kind.code or "").casefold(), own or ""}
        return full if link["sign"] or (full.type_symbol or "-") in codes else None
    bare = match_bare_number(text, link.end(), end)
    if bare is None or link["sign"]:
        return bare
    lone = mention.number is not None and mention.number.symbol is None and mention.end == mention.number.end
    return bare if lone and _COUNTS_NOTHING.match(text, bare.end, end) else None


def _shared(group: list[Mention], before: Issuer | None) -> list[Mention]:
    """A list's members with the date and issuer that its last member prints for all."""
    last = group[-1]
    issuer = last.issuer or (before.name if before else None)
    members: list[Mention] = []
    undated = True
    for position, member in reversed(list(enumerate(group))):
        undated = undated and (position == len(group) - 1 or (member.date is None and member.issuer is None))
        members.append(
            replace(
                member,
                issuer=member.issuer or issuer,
                issuer_before=member.issuer is None and last.issuer is None and before is not None,
                date=last.date if undated else member.date,
            )
        )
    return members[::-1]
