"""Agencies that the registry holds, found in a text by any of their names, with the level or province behind it."""

from __future__ import annotations

import re
from dataclasses import replace

from kgplan.model import Agency
from kgplan.parsing.agency_memory import Memory, Mention
from kgplan.parsing.agency_words import ALL_PROVINCES, BLANK, COMMITTEE, GAP, PLURAL, heads, listed, offices
from kgplan.parsing.collectives import alternation, find_collective, find_levels, grammar, one_of
from kgplan.parsing.level import level
from kgplan.parsing.lower_bodies import lower_body
from kgplan.parsing.names import name_end
from kgplan.parsing.registry import CENTRAL, Jurisdiction
from kgplan.parsing.tokens import tokens

_JOINED = re.compile(r"[ \u00a0]+(?:[-–][ \u00a0]+)?")


class RegisteredNames:
    """Finds the registry's names for one plan; what it makes of them is kept in ``memory``."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.jurisdiction, self.registry, self.names = memory.jurisdiction, memory.registry, memory.names
        self._provinces = self.registry.places()
        self._province = re.compile(
            rf"(?:\s*[,-])?(?:\s+(?:tỉnh|thành\s+phố|tp\.?))?\s+(?P<name>{alternation(self._provinces)})(?!\w)"
        )
        self._rank = re.compile(r"\s+(?:tỉnh|thành\s+phố)(?!\w)(?!\s*,\s*(?:thành\s+phố|thị\s+xã))")

    def find(self, text: str, low: str, start: int, prefix: str, end: int) -> Mention | None:
        """The longest name of the registry that begins at ``start``, with its level or province behind it."""
        best: tuple[Agency, int, int] | None = None
        key, last = prefix, start
        limit = min(end, start + 200)
        for count, token in enumerate(tokens(text, start, limit), 1):
            if last > start and GAP.fullmatch(low, last, token.start) is None:
                break
            if count == 1 and token.start > start:
                return None
            last = token.end
            part = self.names.token(token.word)
            if not part:
                continue
            key += part
            if not self.names.is_prefix(key):
                break
            agency = self.names.by_key.get(key)
            if agency is not None:
                best = (agency, token.end, count)
        if best is None:
            return None
        agency, stop, count = best
        if not self.looks_like_name(text, low, start, stop, count):
            return None
        lower = None if agency.collective else self._lower(text, low, agency, start, stop, end)
        if lower is not None:
            return lower
        head = heads().match(low, start, end)
        tail = start if prefix else head.end() + 1 if head else end
        if self._goes_on(text, low, agency, tail, stop, end):
            return None
        return self._placed(text, low, agency, start, stop, end)

    def _lower(self, text: str, low: str, agency: Agency, start: int, stop: int, end: int) -> Mention | None:
        """A body of a district or commune that has a provincial body's name."""
        if self._rank.match(low, stop, end) and self.jurisdiction == CENTRAL:
            return None
        base = agency.name.removesuffix(" tỉnh").removesuffix(" thành phố")
        found = lower_body(self.memory, text, low, base, agency.kind, start, stop, end)
        if found is not None and agency.kind == "division" and found.agency.name.count(" ") == base.count(" ") + 1:
            return Mention(agency, start, found.end)
        return found

    def _goes_on(self, text: str, low: str, agency: Agency, tail: int, stop: int, end: int) -> bool:
        """Whether the words behind a registered name, whose head ends before ``tail``, make it another, longer name."""
        known = one_of("tails").match(low, tail, end) if text[tail : tail + 1].isupper() else None
        if known is not None and known.end() > stop:
            return True
        rank = self._rank.match(low, stop, end)
        if agency.collective or rank or self._province.match(low, stop, end):
            return False
        ends = level(agency.name).endswith(tuple(grammar()["name_ends"])) and not low[:stop].endswith("khu công nghiệp")
        if ends and low[:stop].endswith(tuple(grammar()["name_ends"])):
            return False
        rest = _JOINED.match(text, stop, end)
        if rest is not None and level(agency.name).startswith(tuple(listed("project_heads"))):
            works = PLURAL.match(low, rest.end(), end)
            return name_end(text, low, works.end() if works else rest.end(), end, company=True) is not None
        if rest is None or not text[rest.end() : rest.end() + 1].isupper():
            return False
        at = rest.end()
        return not (heads().match(low, at, end) or COMMITTEE.match(low, at, end) or offices().match(low, at, end))

    def looks_like_name(self, text: str, low: str, start: int, stop: int, count: int) -> bool:
        """Whether ``count`` words written like that are a name: capitalised, or long and no part of a compound."""
        if text[start].isupper():
            return True
        before = low[max(0, start - 12) : start].split()
        if before and before[-1] in grammar()["compounds_before"] and low[start - 1] in " \u00a0":
            return False
        return count > 2 or any(c.isupper() for c in text[start:stop])

    def _placed(self, text: str, low: str, agency: Agency, start: int, stop: int, end: int) -> Mention:
        if agency.jurisdiction == CENTRAL and self.jurisdiction != CENTRAL:
            return Mention(agency, start, stop)
        everywhere = ALL_PROVINCES.match(low, stop, end)
        if everywhere and not agency.collective:
            name = f"{agency.name} các tỉnh, thành phố trực thuộc Trung ương"
            return Mention(self.memory.new(name, "collective", collective=True), start, everywhere.end())
        districts = None if agency.collective else self.everywhere(text, low, agency.name, start, stop, end)
        if districts is not None:
            return districts
        place = self._province.match(low, stop, end)
        if place and text[place.start("name")].isupper() and not agency.collective:
            where: Jurisdiction = self._provinces[place["name"]]
            if where.id == self.jurisdiction:
                return Mention(agency, start, place.end())
            there = self.registry.resolve(agency.name, where.id)
            if there is not None and there.jurisdiction == where.id:
                return Mention(replace(there, name=f"{there.name} {where.name}"), start, place.end())
            return Mention(agency, start, stop)
        rank = self._rank.match(low, stop, end)
        return Mention(agency, start, rank.end() if rank and not agency.collective else stop)

    def everywhere(self, text: str, low: str, name: str, start: int, stop: int, end: int) -> Mention | None:
        """A body of every district ("Chi cục Thuế các quận, huyện"): a collective actor."""
        gap = BLANK.match(low, stop, end)
        if gap is None or not low.startswith("các ", gap.end()):
            return None
        levels = find_levels(text, low, gap.end(), end)
        if levels is not None:
            shown = f"{name} các {', '.join(levels.names)}"
            return Mention(self.memory.new(shown, "collective", collective=True), start, levels.end)
        units = find_collective(text, low, gap.end(), end)
        if len(units) == 1:
            return Mention(
                self.memory.new(f"{name} {units[0].name}", "collective", collective=True), start, units[0].end
            )
        return None
