"""Agencies named in a text: the registry's names, collectives, and unknown names by the grammar of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kgplan.model import Agency
from kgplan.parsing.agency_memory import Memory, Mention
from kgplan.parsing.agency_words import (
    ALL_PROVINCES,
    BELONGS,
    BLANK,
    CHIEF,
    COMMITTEE,
    DEFINED,
    GAP,
    LEGAL_FORM,
    LIST_GAP,
    PLURAL,
    PURPOSE,
    ZONES,
    candidates,
    heads,
    kinds,
    listed,
    not_names,
    office_words,
    offices,
    owners,
    shared_head,
)
from kgplan.parsing.collectives import Collective, alternation, find_collective, find_levels, grammar
from kgplan.parsing.committees import committee, named_committees
from kgplan.parsing.level import level
from kgplan.parsing.lower_bodies import listed_ranks, lower_body
from kgplan.parsing.names import free_tail, line_tail, name_end
from kgplan.parsing.registry import CENTRAL, Jurisdiction, Names, Registry
from kgplan.parsing.tokens import one_spaced, tokens

_JOINED = re.compile(r"[ \u00a0]+(?:[-–][ \u00a0]+)?")
_REMEMBERED = 200
"""How many unknown names with one head are kept to recognise them again."""


class AgencyReader:
    """Finds the agencies of one plan, in text order; remembers unknown names and what a bare head stands for."""

    def __init__(self, jurisdiction: str, registry: Registry | None = None) -> None:
        self.jurisdiction = jurisdiction
        self.registry = registry or Registry.load()
        self.memory = Memory(jurisdiction, self.registry)
        self.names: Names = self.memory.names
        self._provinces = self.registry.places()
        self._province = re.compile(
            rf"(?:\s*[,-])?(?:\s+(?:tỉnh|thành\s+phố|tp\.?))?\s+(?P<name>{alternation(self._provinces)})(?!\w)"
        )
        self._rank = re.compile(r"\s+(?:tỉnh|thành\s+phố)(?!\w)(?!\s*,\s*(?:thành\s+phố|thị\s+xã))")

    def find(self, text: str, low: str, start: int, end: int) -> list[Mention]:
        """The agencies named in ``text[start:end]``, in text order and disjoint; ``low`` is levelled ``text``."""
        found: list[Mention] = []
        at = start
        self.memory.forget_acronyms()
        for position in candidates(text, low, start, end):
            if position < at:
                continue
            here = list(self._at(text, low, position, end))
            if here:
                found += here
                at = max(m.end for m in here)
                for mention in here:
                    self.memory.remember(mention)
                defined = DEFINED.match(text, at, end)
                if defined is not None and not here[-1].bare:
                    self.memory.define(defined[1], here[-1].agency)
                    at = defined.end()
        return found

    def _at(self, text: str, low: str, start: int, end: int) -> Iterator[Mention]:
        """The mentions that begin at ``start``: none, one, or several that share a head."""
        acronym = self.memory.acronym(text, start)
        if acronym is not None:
            yield acronym
            return
        shared = list(self._list(text, low, start, start, end, None))
        if shared:
            yield from shared
            return
        titles = list(office_words(low, start, end))
        for words in titles:
            many = list(self._list(text, low, start, start + len(words) + 1, end, text[start : start + len(words)]))
            if len(many) > 1:
                yield from many
                return
        collectives = find_collective(text, low, start, end)
        if collectives:
            for one in collectives:
                yield self._collective(text, low, one, end)
            return
        for words in titles:
            shown = text[start : start + len(words)]
            behind = start + len(words) + 1
            many = list(self._list(text, low, start, behind, end, shown))
            if many:
                yield from many
                return
            plural = PLURAL.match(low, behind, end)
            one_agency = self._one(text, low, plural.end() if plural else behind, end)
            if one_agency is not None:
                if words == "chánh" or words.endswith("phó"):
                    shown = " ".join(text[start : behind + len("văn phòng")].split())
                yield replace(one_agency, start=start, office=shown)
                return
        found = self._plural(text, low, start, end) or self._one(text, low, start, end)
        if found is not None:
            yield found

    def _plural(self, text: str, low: str, start: int, end: int) -> Mention | None:
        """Bodies of one name: "các Đài Khí tượng Thủy văn khu vực"."""
        plural = PLURAL.match(low, start, end)
        one = self._one(text, low, plural.end(), end) if plural else None
        if one is None or one.bare or one.agency.collective:
            return None
        name = one.agency.name if self.jurisdiction != CENTRAL else one.agency.name.removesuffix(" tỉnh")
        if plural is not None and not one.agency.in_registry:
            name = " ".join(text[plural.end() : one.end].split())
        return Mention(self.memory.new(f"Các {name}", "collective", collective=True), start, one.end)

    def _one(self, text: str, low: str, start: int, end: int) -> Mention | None:
        """The single agency whose name begins at ``start``."""
        return (
            committee(self.memory, text, low, start, end)
            or self._registered(text, low, start, start, "", end)
            or self._named(text, low, start, end)
        )

    # -- collectives ------------------------------------------------------------------------------------------

    def _collective(self, text: str, low: str, one: Collective, end: int) -> Mention:
        name, stop = one.name, one.end
        belongs = BELONGS.match(low, stop, end)
        if belongs is not None:
            owner = self._owner(text, low, belongs.end(), end)
            if owner is not None:
                name, stop = f"{name} {' '.join(belongs.group().split())} {owner[0]}", owner[1]
        elif (
            not one.vague
            and (tail := max(free_tail(low, stop, end), line_tail(text, low, one.start, stop, end))) > stop
        ):
            name = f"{name} {' '.join(text[stop:tail].split())}"
            stop = tail
        return Mention(self.memory.as_collective(name, one.vague), one.start, stop, one.office)

    def _owner(self, text: str, low: str, at: int, end: int) -> tuple[str, int] | None:
        """Whom the units named before ``at`` belong to, as shown, and where its name ends."""
        many = find_collective(text, low, at, end)
        one = self._one(text, low, at, end)
        if many and not many[0].vague and (one is None or many[0].end > one.end):
            return " ".join(text[at : many[0].end].split()), many[0].end
        if one is not None:
            name = one.agency.name if low.startswith("các", at) else one.agency.name.removeprefix("Các ")
            return " ".join(text[at : one.end].split()) if one.bare else name, one.end
        noun = owners().match(low, at, end)
        return (" ".join(text[at : noun.end()].split()), noun.end()) if noun else None

    # -- lists that share a head ------------------------------------------------------------------------------

    def _list(self, text: str, low: str, start: int, at: int, end: int, office: str | None) -> Iterator[Mention]:
        """Several bodies named with one head that stands at ``at``."""
        yield from self._shared(text, low, start, at, end, office)
        yield from named_committees(self.memory, text, low, start, at, end, office)

    def _shared(self, text: str, low: str, start: int, at: int, end: int, office: str | None) -> Iterator[Mention]:
        """ "các Sở: Tài chính, Nội vụ và Y tế", "các Bộ Tài chính, Công an": one mention an element."""
        match = shared_head().match(low, at, end)
        if match is None or not (match["many"] or text[at].isupper() or office):
            return
        if match["more"] and not match["colon"]:
            return
        head = match["head"]
        found: list[Mention] = []
        here = match.end()
        while True:
            mention = self._registered(text, low, here, here, self.names.key(head), end)
            if any(p.match(low, here, end) for p in (heads(), COMMITTEE, offices())):
                break
            if mention is None and (match["many"] or match["colon"]):
                mention = self._element(text, low, head, here, end)
            if mention is None:
                break
            found.append(replace(mention, start=here if found else start, office=office))
            gap = LIST_GAP.match(low, found[-1].end, end)
            if gap is None or not text[gap.end() : gap.end() + 1].isupper():
                break
            here = gap.end()
        if len(found) > 1 or (found and match["colon"]):
            yield from found
        elif found and match["many"] and self._is_class(found[0].agency):
            one = found[0]
            name = one.agency.name.removesuffix(" tỉnh") if one.agency.in_registry else one.agency.name
            yield Mention(self.memory.as_collective(f"các {name}", False), start, one.end, office)
        elif found:
            yield found[0]

    def _is_class(self, agency: Agency) -> bool:
        """Whether "các" before one name means every body of that name: one a province has, in a central document, or
        one that no registry knows."""
        return not agency.in_registry or (self.jurisdiction == CENTRAL and agency.kind != "ministry")

    def _element(self, text: str, low: str, head: str, at: int, end: int) -> Mention | None:
        if not text[at : at + 1].isupper():
            return None
        stop = name_end(text, low, at, end, commas=False)
        if stop is None:
            return None
        name = f"{head.capitalize()} {' '.join(text[at:stop].split())}"
        return Mention(self.memory.new(name, kinds()[one_spaced(head)]), at, stop)

    # -- registry ---------------------------------------------------------------------------------------------

    def _registered(self, text: str, low: str, start: int, at: int, prefix: str, end: int) -> Mention | None:
        """The longest name of the registry that begins at ``at``, with its level or province behind it."""
        best: tuple[Agency, int, int] | None = None
        key, last = prefix, at
        limit = min(end, at + 200)
        for count, token in enumerate(tokens(text, at, limit), 1):
            if last > at and GAP.fullmatch(low, last, token.start) is None:
                break
            if token.start > last and last == at and not best and count == 1 and token.start != at:
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
        if not self._looks_like_name(text, low, start, stop, count):
            return None
        lower = None if agency.collective else self._lower(text, low, agency, start, stop, end)
        if lower is not None:
            return lower
        if self._goes_on(text, low, agency, stop, end):
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

    def _goes_on(self, text: str, low: str, agency: Agency, stop: int, end: int) -> bool:
        """Whether a capitalised word behind a registered name makes it another, longer name."""
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

    def _looks_like_name(self, text: str, low: str, start: int, stop: int, count: int) -> bool:
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
        districts = None if agency.collective else self._everywhere(text, low, agency.name, start, stop, end)
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

    # -- the grammar of names ---------------------------------------------------------------------------------

    def _named(self, text: str, low: str, start: int, end: int, *, whole: bool = False) -> Mention | None:
        """An unknown name by the grammar of names; a head alone stands for the last agency with that head.

        With ``whole`` no other body's name completes it.
        """
        head = heads().match(low, start, end)
        if head is None:
            return None
        capital = text[start].isupper()
        space = BLANK.match(low, head.end(), end)
        following = text[space.end()] if space and space.end() < end else ""
        if CHIEF.match(low, head.end(), end):
            return self._bare(text, low, head, start, end)
        if not (capital and following.isupper()) and not_names().match(low, start, end):
            return None
        if not capital and not (
            space and following.isupper() and self._looks_like_name(text, low, start, space.end() + 1, 1)
        ):
            return None
        stop = None
        several = (
            PLURAL.match(low, space.end(), end)
            if space and capital and head.group() in listed("heads_of_many")
            else None
        )
        if several and not text[several.end()].isupper():
            stop = name_end(text, low, several.end(), end)
            if stop is not None and text[several.end() : stop].islower():
                stop = None
        if (
            stop is None
            and space
            and (following.isupper() or following.isdigit() or (capital and head.group() in listed("lower_tails")))
        ):
            kind = kinds()[one_spaced(head.group())]
            company = kind == "enterprise" or head.group() in listed("project_heads")
            stop = name_end(text, low, space.end(), end, company=company)
            more = (LEGAL_FORM if company else ZONES).match(text, stop, end) if stop else None
            if more is not None and (company or kind == "management_board"):
                stop = name_end(text, low, more.end(), end, company=company) or stop
        purpose = PURPOSE.match(text, head.end(), end) if capital and head.group() in listed("purpose_heads") else None
        if purpose is not None:
            stop = purpose.end()
        said = self.memory.said_before(low, start, head.group(), end)
        if said is not None and said > (stop or start):
            stop = said
        if stop is None and capital and head.group() in listed("whole_heads"):
            stop = head.end()
        if stop is None and capital and not any(c.isupper() for c in text[start + 1 : start + 2]):
            shown = " ".join(text[start : head.end()].split())
            lower = lower_body(self.memory, text, low, shown, kinds()[one_spaced(head.group())], start, head.end(), end)
            if lower is not None:
                return lower
        if stop is None:
            return self._bare(text, low, head, start, end)
        if not whole:
            stop = self._owned(text, low, start, stop, end)
        ranks = listed_ranks(self.memory, text, low, start, stop, end)
        if ranks is not None:
            return ranks
        words = " ".join(text[start:stop].split())
        self.memory.say(head.group(), words)
        name = self._at_home(words[:1].upper() + words[1:])
        return self._everywhere(text, low, name, start, stop, end) or Mention(
            self.memory.new(name, kinds()[one_spaced(head.group())]), start, stop
        )

    def _at_home(self, name: str) -> str:
        """The name without the plan's own province behind "tỉnh" or "thành phố", or without both behind a comma."""
        place = self.registry.jurisdictions.get(self.jurisdiction)
        if place is None:
            return name
        names = alternation(map(level, (place.name, *place.aliases)))
        home = rf"(?:\s*,\s*{place.level}|(?<=\s{place.level}))\s+(?:{names})$"
        return name[: len(re.sub(home, "", level(name)))]

    def _bare(self, text: str, low: str, head: re.Match[str], start: int, end: int) -> Mention | None:
        """A head alone, or the office of its chief ("Bộ trưởng"), stands for the last agency with that head."""
        known = self.memory.last.get(head.group())
        capitalised = text[start].isupper() and not text[start + 1 : start + 2].isupper()
        more = PLURAL.match(low, head.end() + 1, end)
        if known is None or more or head.group() not in listed("bare_heads") or not capitalised:
            return None
        chief = CHIEF.match(low, head.end(), end)
        if chief is not None:
            return Mention(known, start, chief.end(), office=text[start : chief.end()], bare=True)
        return Mention(known, start, head.end(), bare=True)

    def _owned(self, text: str, low: str, start: int, stop: int, end: int) -> int:
        """The end of a name that another body's name completes: "Hội đồng quản trị Tổng công ty Than"."""
        gap = BLANK.match(low, stop, end)
        inner = low.startswith(tuple(grammar()["inner_heads"]), start)
        if gap is None or not inner or not text[gap.end() : gap.end() + 1].isupper():
            return stop
        at = gap.end()
        owner = self._registered(text, low, at, at, "", end) or self._named(text, low, at, end, whole=True)
        return stop if owner is None or owner.agency.collective else owner.end

    def _everywhere(self, text: str, low: str, name: str, start: int, stop: int, end: int) -> Mention | None:
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
