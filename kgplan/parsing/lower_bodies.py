"""Bodies of districts and communes: "Công an huyện", "Hội Nông dân xã Nga Sơn", "Công an các xã, phường"."""

from __future__ import annotations

import re

from kgplan.parsing.agency_memory import Memory, Mention
from kgplan.parsing.agency_words import BLANK, PROPER
from kgplan.parsing.collectives import find_levels
from kgplan.parsing.level import level
from kgplan.parsing.registry import CENTRAL
from kgplan.parsing.tokens import one_spaced

_EVERY = re.compile(r"(?:cấp\s+(?:huyện|xã|cơ\s+sở)(?:\s*,\s*(?:cấp\s+)?xã)?|các\s+cấp(?!\s*,\s*các))(?!\w)")
_GOVERNMENT = re.compile(r"chính\s+quyền\s+")
_SOCIAL = re.compile(r"xã\s+hội(?!\w)")
_RANK = re.compile(r"(?<!tác)(?<!tấn)[ \u00a0](?=(?:huyện|quận|thị\s+xã|xã(?!\s+hội)|phường|thị\s+trấn)(?!\w))")


def lower_body(
    memory: Memory, text: str, low: str, base: str, kind: str, start: int, at: int, end: int
) -> Mention | None:
    """The body that the name ``base``, which ends at ``at``, and a rank below the province behind it name."""
    gap = BLANK.match(low, at, end)
    if gap is None or _SOCIAL.match(low, gap.end(), end):
        return None
    every = _EVERY.match(low, gap.end(), end)
    if every is not None:
        name = f"{base} {' '.join(every.group().split())}"
        return Mention(memory.new(name, "collective", collective=True), start, every.end())
    levels = find_levels(text, low, gap.end(), end)
    if levels is None or "tỉnh" in levels.names:
        return None
    if levels.plural:
        name = f"{base} các {', '.join(levels.names)}"
        return Mention(memory.new(name, "collective", collective=True), start, levels.end)
    rank = levels.names[0]
    proper = PROPER.match(text, levels.end, end)
    where = " ".join(proper.group().split()) if proper else ""
    if rank == "thành phố" and not _below(memory, where):
        return None
    return Mention(memory.new(f"{base} {rank} {where}".strip(), kind), start, proper.end() if proper else levels.end)


def local_government(memory: Memory, text: str, low: str, start: int, end: int) -> Mention | None:
    """ "Chính quyền tỉnh Lào Cai", "chính quyền các xã, phường", "chính quyền cấp xã"."""
    head = _GOVERNMENT.match(low, start, end)
    if head is None:
        return None
    every = _EVERY.match(low, head.end(), end)
    levels = find_levels(text, low, head.end(), end) if every is None else None
    if every is not None:
        several, name, stop = True, every.group(), every.end()
    elif levels is None:
        return None
    elif levels.plural:
        several, name, stop = True, f"các {', '.join(levels.names)} {levels.tail}", levels.end
    else:
        proper = PROPER.match(text, levels.end, end)
        stop = proper.end() if proper else levels.end
        several, name = False, text[levels.start : stop]
    kind = "collective" if several else "peoples_committee"
    return Mention(memory.new(f"Chính quyền {one_spaced(name)}", kind, collective=several), start, stop)


def listed_ranks(memory: Memory, text: str, low: str, start: int, stop: int, end: int) -> Mention | None:
    """ "Trung tâm Y tế huyện, thị xã": the name ``start:stop`` holds the first of several ranks."""
    ranks = [m.start() for m in _RANK.finditer(low, start, stop)]
    if not ranks:
        return None
    base = " ".join(text[start : ranks[-1]].split())
    found = lower_body(memory, text, low, base, "collective", start, ranks[-1], end)
    return found if found is not None and found.agency.collective else None


def _below(memory: Memory, where: str) -> bool:
    """Whether "thành phố", or the city named so, is a city of a province."""
    place = memory.registry.places().get(level(where))
    if where:
        return place is None or place.level != "thành phố"
    home = memory.registry.jurisdictions.get(memory.jurisdiction)
    return memory.jurisdiction != CENTRAL and home is not None and home.level == "tỉnh"
