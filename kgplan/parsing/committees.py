"""People's committees and councils, one or many: "UBND các huyện, thị xã", "UBND huyện Quan Sơn"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kgplan.parsing.agency_memory import Memory, Mention
from kgplan.parsing.agency_words import (
    BESIDE,
    COMMITTEE,
    LIST_GAP,
    NEEDLESS,
    PROPER,
    heads,
    offices,
    with_short_committees,
)
from kgplan.parsing.collectives import Levels, find_levels
from kgplan.parsing.level import level
from kgplan.parsing.tokens import CAPITALS

_TIERS = (("huyện", "quận", "thị xã", "thành phố"), ("xã", "phường", "thị trấn", "đặc khu"))
_PAIR = re.compile(r"\s*(?:,|và|-)\s*")
_EVERY = re.compile(r"(?:các\s+cấp|cấp\s+(?:tỉnh|huyện|xã)(?:\s*,\s*(?:cấp\s+)?(?:huyện|xã))*)(?!\w)")
_JOINT_OFFICE = re.compile(
    r"văn\s+phòng\s+(?:(?:đoàn\s+đbqh|đoàn\s+đại\s+biểu\s+quốc\s+hội)\s*(?:,|và)\s*)?(?:hđnd|hội\s+đồng\s+nhân\s+dân)"
    r"\s*(?:và|-|,)\s*(?:ubnd|ủy\s+ban\s+nhân\s+dân)(?P<rank>\s+(?:tỉnh|huyện|quận|thị\s+xã|thành\s+phố|xã|phường)(?!\w))?"
)
_SPACE = re.compile(r"\s+")
_SYLLABLES_OF_A_UNIT = 2
_COLON = re.compile(r"\s*:?\s+")
_NAME = re.compile(rf"[{CAPITALS}][^\W\d_]*(?:[ \u00a0][{CAPITALS}][^\W\d_]*){{0,3}}")


def committee(memory: Memory, text: str, low: str, start: int, end: int) -> Mention | None:
    """The committees or councils named at ``start``, as one agency."""
    head = COMMITTEE.match(low, start, end)
    if head is None:
        return None
    short = _short(head)
    at = head.end()
    pair = _PAIR.match(low, at, end)
    partner = COMMITTEE.match(low, pair.end(), end) if pair else None
    space = _SPACE.match(low, partner.end() if partner else at, end)
    levels = find_levels(text, low, space.end(), end) if space else None
    beside = BESIDE.match(low, at, end) if partner is None else None
    if beside is not None:
        kind = "peoples_committee" if short == "UBND" else "peoples_council"
        return Mention(memory.new(f"{short} {' '.join(beside.group().split())}", kind), start, beside.end())
    every = _EVERY.match(low, space.end(), end) if space and partner else None
    if levels is None and every is not None:
        return Mention(memory.as_collective(f"{short} {' '.join(every.group().split())}", False), start, at)
    if levels is None:
        return None
    stop = at if partner else levels.end
    if levels.plural:
        listed = ", ".join(levels.names)
        if "tỉnh" in levels.names:
            listed = "tỉnh, thành phố trực thuộc trung ương" if "thành phố" in levels.names else "tỉnh"
        more = re.sub(NEEDLESS, "", levels.tail).strip()
        return Mention(memory.as_collective(f"{short} các {listed} {more}".strip(), False), start, stop)
    rank = levels.names[0]
    agency = memory.names.by_key.get(memory.names.key(f"{short} {rank}"))
    if agency is not None:
        return Mention(agency, start, stop) if partner else None
    proper = PROPER.match(text, levels.end, end)
    if text[levels.start : levels.end].endswith("đảo"):
        rank += " đảo"
    name = f"{short} {rank}{' ' + ' '.join(proper.group().split()) if proper else ''}"
    kind = "peoples_committee" if short == "UBND" else "peoples_council"
    return Mention(memory.new(name, kind), start, stop if partner else (proper.end() if proper else stop))


def joint_office(memory: Memory, text: str, low: str, start: int, end: int) -> Mention | None:
    """The office of a council and its committee: "Văn phòng HĐND và UBND huyện Cam Lộ"."""
    found = _JOINT_OFFICE.match(low, start, end)
    if found is None or not text[start].isupper():
        return None
    proper = PROPER.match(text, found.end(), end) if found["rank"] else None
    stop = proper.end() if proper else found.end()
    known = memory.names.by_key.get(memory.names.key(text[start:stop]))
    name = with_short_committees(" ".join(text[start:stop].split()))
    return Mention(known or memory.new(name, "office"), start, stop)


def named_committees(
    memory: Memory, text: str, low: str, start: int, at: int, end: int, office: str | None
) -> Iterator[Mention]:
    """ "UBND các huyện: Đồng Văn, Mèo Vạc và Yên Minh", "UBND huyện Đồng Văn, thị xã Yên Minh": a mention each; none
    for anything else."""
    head = COMMITTEE.match(low, at, end)
    space = _SPACE.match(low, head.end(), end) if head else None
    levels = find_levels(text, low, space.end(), end) if space else None
    if head is None or levels is None or len(levels.names) > 1 or levels.tail:
        return
    if levels.plural:
        colon = _COLON.match(low, levels.end, end)
        spans = list(_names(text, low, colon.end(), end)) if colon else []
        named = [(f"{levels.names[0]} {text[a:b]}", a, b) for a, b in spans]
        gap = LIST_GAP.match(low, spans[-1][1], end) if spans else None
        more = find_levels(text, low, gap.end(), end) if gap else None
        named += list(_ranked(memory, text, low, more, end)) if more and not more.plural else []
    elif levels.names[0] == "tỉnh":
        return
    else:
        named = list(_ranked(memory, text, low, levels, end))
    if len(named) < 2:
        return
    for number, (words, a, b) in enumerate(named):
        whole = f"{_short(head)} {' '.join(words.split())}"
        one = _of_province(memory, whole) or committee(memory, whole, level(whole), 0, len(whole))
        if one is not None:
            yield replace(one, start=a if number else start, end=b, office=office)


def _of_province(memory: Memory, whole: str) -> Mention | None:
    """The committee of a province, named with it."""
    rank, _, where = whole.partition(" ")[2].partition(" ")
    place = memory.registry.places().get(level(where)) if rank == "tỉnh" else None
    there = memory.registry.resolve(f"{whole.partition(' ')[0]} tỉnh", place.id) if place else None
    if place is None or there is None:
        return None
    shown = there if place.id == memory.jurisdiction else replace(there, name=f"{there.name} {place.name}")
    return Mention(shown, 0, len(whole))


def _ranked(memory: Memory, text: str, low: str, levels: Levels, end: int) -> Iterator[tuple[str, int, int]]:
    """The units of one tier listed with their ranks ("huyện Đồng Văn, thị xã Yên Minh") or with one for all ("huyện
    Đồng Văn, Mèo Vạc"); no unit that only says where another lies ("xã Bình Châu, huyện Bình Sơn")."""
    tier = next((t for t in _TIERS if levels.names[0] in t), ())
    places = memory.registry.places().items()
    cities = {name for name, place in places if place.level == "thành phố"}
    at = levels.end
    while name := PROPER.match(text, at, end):
        plain = " ".join(name.group().split())
        if levels.names[0] == "thành phố" and level(plain) in cities:
            return
        yield f"{levels.names[0]} {plain}", levels.start, name.end()
        gap = LIST_GAP.match(low, name.end(), end)
        following = find_levels(text, low, gap.end(), end) if gap else None
        while gap and following is None and (bare := _bare_name(text, low, gap.end(), end)) is not None:
            yield f"{levels.names[0]} {text[gap.end() : bare]}", gap.end(), bare
            gap = LIST_GAP.match(low, bare, end)
            following = find_levels(text, low, gap.end(), end) if gap else None
        if following is None or following.plural or following.names[0] not in tier:
            return
        levels, at = following, following.end


def _bare_name(text: str, low: str, at: int, end: int) -> int | None:
    """The end of the name of a unit at ``at``, two capitalised syllables that begin no body's name or office."""
    name = _NAME.match(text, at, end)
    if name is None or len(name.group().split()) != _SYLLABLES_OF_A_UNIT:
        return None
    other = any(pattern.match(low, at, end) for pattern in (heads(), COMMITTEE, offices()))
    return None if other else name.end()


def _names(text: str, low: str, at: int, end: int) -> Iterator[tuple[int, int]]:
    while (name := _NAME.match(text, at, end)) and COMMITTEE.match(low, at, end) is None:
        yield name.span()
        gap = LIST_GAP.match(low, name.end(), end)
        if gap is None:
            return
        at = gap.end()


def _short(head: re.Match[str]) -> str:
    return "UBND" if head.group().startswith(("ủy", "ubnd")) else "HĐND"
