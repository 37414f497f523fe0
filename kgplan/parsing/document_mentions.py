"""Mentions of acts and plans in a stretch of text, found in one pass over the names of their types.

Each name ("Nghị quyết", "Đề án", "Luật") is read forward by a small grammar: :mod:`.numbered_mentions` for
acts with a number, :mod:`.titled_mentions` for laws and for plans known by their title. Acts named inside the
title of another are found too and marked ``nested``. What a mention refers to (a new document, a known one,
the plan itself) is decided by :mod:`.citations`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kgplan.parsing.document_numbers import ActNumber, match_full_number
from kgplan.parsing.document_register import kind_key
from kgplan.parsing.document_types import DocumentType, type_table
from kgplan.parsing.mention_parts import Mention, anaphor_after, organisation_before, provision_before, tidy
from kgplan.parsing.numbered_mentions import read_list, read_numbered
from kgplan.parsing.titled_mentions import read_law, read_titled

MAX_INDENT = 40
"""No line is indented further than this many characters."""

_LONE_NUMBER = re.compile(r"(?<!\w)số\s+(?=\d)", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:và|,|;|,\s*và)?\s*(?:số\s*)?", re.IGNORECASE)

_ISSUES = re.compile(r"(?:ban\s+hành|về)\s+\Z", re.IGNORECASE)
_CARRIES_OUT = re.compile(r"\s+(?:của\s+[^,;.()]{3,60}?\s+)?(?:để\s+)?(?:thực\s+hiện|triển\s+khai)\s", re.IGNORECASE)
"""What follows the programme that an act issues to carry out another, which is no document beside the act."""


def find_mentions(text: str, start: int, end: int) -> list[Mention]:
    """Every mention in ``text[start:end]``, in order of its start."""
    found = sorted(_scan(text, start, start, end), key=lambda mention: (mention.start, -mention.end))
    return _nested(_share_issuers(text, _rightly_short(found)))


def _scan(text: str, position: int, start: int, end: int) -> list[Mention]:
    """The mentions whose types are named in ``text[position:end]``; ``start`` is where the words before them begin.

    In a title with a short name behind it, reading goes on inside the title and then behind the short name.
    """
    found: list[Mention] = []
    issued = position
    while (name := type_table().names.search(text, position, end)) is not None:
        found.extend(_without_type(text, position, name.start()))
        group = _read(text, name.start(), name.end(), start, end)
        if name.start() < issued and all(mention.anaphor for mention in group):
            group = _issued(text, name.start(), name.end(), issued) or group
        if name.start() < issued and _ISSUES.search(text, max(0, name.start() - 20), name.start()):
            generic = "hành động" in name.group().lower() and _CARRIES_OUT.match(text, name.end(), end) is not None
            group = [] if generic and not any(mention.number for mention in group) else group
        found.extend(group)
        for mention in group:
            if mention.alias and mention.title and mention.head > mention.end:
                begin = mention.number.end if mention.number else name.end()
                found.extend(_scan(text, begin, start, mention.end))
        issued = max([issued, *(mention.end for mention in group if mention.number and mention.title)])
        position = max([name.end(), *(mention.head for mention in group)])
    return [*found, *_without_type(text, position, end)]


def _read(text: str, begin: int, stop: int, start: int, end: int) -> list[Mention]:
    """The mentions that the type's name at ``begin:stop`` opens: none, one, or a list that shares the type."""
    kind = type_table().named(text[begin:stop])
    if organisation_before(text, begin, start):
        return []
    provision = provision_before(text, begin, start)
    base = Mention(begin, stop, stop, kind, kind.label, provision=provision)
    if not kind.law:
        numbered = read_numbered(text, base, start, end)
        if numbered:
            return numbered
    if not text[begin].isupper():
        return []
    anaphor = anaphor_after(text, stop, end)
    if anaphor:
        word, close = anaphor
        return [replace(base, end=close, head=close, anaphor=word)]
    mentions = read_law(text, base, start, end) if kind.law else read_titled(text, base, start, end)
    return mentions or [replace(base, anaphor="bare")]


def _issued(text: str, begin: int, stop: int, end: int) -> list[Mention]:
    """The regulation that an act whose title ends at ``end`` issues: "ban hành Quy chế làm việc của …"."""
    kind = type_table().named(text[begin:stop])
    named = kind.annexed and text[begin].isupper() and len(text[stop:end].split()) > 1
    if not named or _ISSUES.search(text, max(0, begin - 20), begin) is None:
        return []
    return [Mention(begin, end, stop, kind, kind.label, title=tidy(text[begin:end]))]


def _without_type(text: str, start: int, end: int) -> list[Mention]:
    """Acts named by "số" and a number whose symbol tells the type ("theo số 12/2010/QĐ-UBND")."""
    found: list[Mention] = []
    position = start
    while (sign := _LONE_NUMBER.search(text, position, end)) is not None:
        number = match_full_number(text, sign.end(), end)
        kind = type_table().of_symbol(number.symbol) if number and number.symbol else None
        group: list[Mention] = []
        if number and kind and kind.code and not _heads_line(text, sign.start()):
            group = read_list(text, _based_on(kind, number), number, end)
        found.extend(group)
        position = max([sign.end(), *(mention.head for mention in group)])
    return found


def _based_on(kind: DocumentType, number: ActNumber) -> Mention:
    return Mention(number.start, number.end, number.end, kind, kind.label, number=number)


def _heads_line(text: str, position: int) -> bool:
    """Whether ``position`` begins a line: there "Số 12/KH-UBND" is the text's own number."""
    before = text[max(0, position - MAX_INDENT) : position].rstrip(" \t")
    return not before or before.endswith("\n")


def _rightly_short(mentions: list[Mention]) -> list[Mention]:
    """The mentions, a short name with the one whose kind it tells.

    Behind "Quyết định số 158/2008/QĐ-TTg phê duyệt Chương trình …", "sau đây gọi là Chương trình" is the programme.
    """
    shared = list(mentions)
    for position, mention in enumerate(mentions):
        named = type_table().names.match(mention.alias) if mention.alias else None
        kind = type_table().named(named.group()) if named else mention.kind
        if kind_key(kind) == kind_key(mention.kind):
            continue
        meant = [
            other
            for other, named_too in enumerate(shared)
            if kind_key(named_too.kind) == kind_key(kind) and named_too.start < mention.end and not named_too.anaphor
        ]
        if meant:
            shared[meant[-1]] = replace(shared[meant[-1]], alias=mention.alias)
            shared[position] = replace(mention, alias=None)
    return shared


def _share_issuers(text: str, mentions: list[Mention]) -> list[Mention]:
    """Acts that share an issuer which only one prints, if their numbers allow it.

    They are joined by a mere "và" or comma, or one is of the same kind and named in the other's title, which
    amends it.
    """
    shared = list(mentions)
    for position in range(len(shared) - 2, -1, -1):
        first, second = shared[position], shared[position + 1]
        if first.issuer or not second.issuer or second.issuer_before or not _same_body(first, second):
            continue
        amends = first.kind == second.kind and second.start < first.end
        if amends or (_joined(text, first, second) and not first.title):
            shared[position] = replace(first, issuer=second.issuer)
    for position in range(1, len(shared)):
        first, second = shared[position - 1], shared[position]
        untold = second.number and not second.issuer
        if first.issuer and first.issuer_before and not first.title and untold and _joined(text, first, second):
            shared[position] = replace(second, issuer=first.issuer, issuer_before=True)
    return shared


def _joined(text: str, first: Mention, second: Mention) -> bool:
    return first.end <= second.start and _JOINED.fullmatch(text, first.end, second.start) is not None


def _same_body(first: Mention, second: Mention) -> bool:
    if first.number is None or second.number is None:
        return False
    codes = [(number.issuer_code or "").casefold() for number in (first.number, second.number)]
    return codes[0] == codes[1]


def _nested(mentions: list[Mention]) -> list[Mention]:
    marked: list[Mention] = []
    reach = -1
    for mention in mentions:
        marked.append(replace(mention, nested=mention.start < reach))
        reach = max(reach, mention.end)
    return marked
