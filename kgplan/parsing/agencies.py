"""Agencies named in a text: the registry's names, collectives, and unknown names by the grammar of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kgplan.model import Agency
from kgplan.parsing.agency_memory import Memory, Mention
from kgplan.parsing.agency_words import (
    ABOVE,
    BELONGS,
    BESIDE,
    BLANK,
    CHIEF,
    COMMITTEE,
    COUNCIL,
    DEFINED,
    LEGAL_FORM,
    LIST_GAP,
    MORE_PLACES,
    PARENT_GAP,
    PLURAL,
    PURPOSE,
    ZONES,
    candidates,
    heads,
    kinds,
    listed,
    office_words,
    offices,
    shared_head,
)
from kgplan.parsing.collectives import Collective, alternation, find_collective, find_levels, grammar, one_of
from kgplan.parsing.committees import committee, joint_office, named_committees
from kgplan.parsing.level import level
from kgplan.parsing.lower_bodies import listed_ranks, local_government, lower_body
from kgplan.parsing.names import free_tail, line_tail, name_end, opens_predicate, trade_tail
from kgplan.parsing.registered_names import RegisteredNames
from kgplan.parsing.registry import CENTRAL, Names, Registry
from kgplan.parsing.tokens import one_spaced


class AgencyReader:
    """Finds the agencies of one plan, in text order; remembers unknown names and what a bare head stands for."""

    def __init__(self, jurisdiction: str, registry: Registry | None = None) -> None:
        self.jurisdiction = jurisdiction
        self.registry = registry or Registry.load()
        self.memory = Memory(jurisdiction, self.registry)
        self.names: Names = self.memory.names
        self.registered = RegisteredNames(self.memory)

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
            if one_agency is None and words == "chánh" and low.startswith("thanh tra", behind):
                one_agency = Mention(self.memory.new("Thanh tra", "inspectorate"), behind, behind + len("thanh tra"))
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
        stop = one.end
        rank = re.compile(r"(?:tỉnh|thành\s+phố)$").search(low, start, stop)
        gap = BLANK.match(low, stop, end)
        at = rank.start() if rank else gap.end() if gap else end
        levels = find_levels(text, low, at, end)
        if levels is not None and levels.plural and not low.startswith("các", levels.start):
            name = f"{name.removesuffix(' tỉnh')} {' '.join(text[levels.start : levels.end].split())}"
            stop = levels.end
        elif (trade := trade_tail(low, level(name), stop, end)) > stop:
            name, stop = f"{name} {' '.join(text[stop:trade].split())}", trade
        elif more := MORE_PLACES.match(text, stop, end):
            name, stop = f"{name}{' '.join(text[stop : more.end()].split(' '))}", more.end()
        return Mention(self.memory.new(f"Các {name}", "collective", collective=True), start, stop)

    def _one(self, text: str, low: str, start: int, end: int) -> Mention | None:
        """The single agency whose name begins at ``start``."""
        one = self._body(text, low, start, end)
        beside = BESIDE.match(low, one.end, end) if one and not one.bare else None
        if one is None or beside is None or one.agency.collective:
            return one
        at = start + len(one.office) + 1 if one.office else start
        name = " ".join(text[at : beside.end()].split())
        return replace(one, agency=self.memory.new(name, one.agency.kind), end=beside.end())

    def _body(self, text: str, low: str, start: int, end: int) -> Mention | None:
        return (
            joint_office(self.memory, text, low, start, end)
            or local_government(self.memory, text, low, start, end)
            or committee(self.memory, text, low, start, end)
            or self.registered.find(text, low, start, "", end)
            or self._named(text, low, start, end)
        )

    # -- collectives ------------------------------------------------------------------------------------------

    def _collective(self, text: str, low: str, one: Collective, end: int) -> Mention:
        name, stop = one.name, one.end
        trade = trade_tail(low, level(name), stop, end)
        if trade > stop:
            name, stop = f"{name} {' '.join(text[stop:trade].split())}", trade
        belongs = BELONGS.match(low, stop, end)
        if belongs is not None:
            owner = self._owner(text, low, belongs.end(), end)
            if owner is not None:
                name, stop = f"{name} {' '.join(belongs.group().split())} {owner[0]}", owner[1]
            elif belongs.group().split() == ["trực", "thuộc"]:
                name, stop = f"{name} trực thuộc", belongs.end() - 1
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
        noun = one_of("owners").match(low, at, end)
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
        longer = heads().match(low, match.start("head"), end)
        if (match["more"] and not match["colon"]) or (longer is not None and longer.end() > match.end("head")):
            return
        head = match["head"]
        found: list[Mention] = []
        here = match.end()
        while True:
            mention = self.registered.find(text, low, here, self.names.key(head), end)
            if mention is None and any(p.match(low, here, end) for p in (heads(), COMMITTEE, offices())):
                break
            if mention is None and (match["many"] or (match["colon"] and kinds()[one_spaced(head)] != "enterprise")):
                mention = self._element(text, low, head, here, end)
            if mention is None:
                break
            found.append(replace(mention, start=here if found else start, office=office))
            gap = LIST_GAP.match(low, found[-1].end, end)
            if gap is None or not text[gap.end() : gap.end() + 1].isupper():
                break
            here = gap.end()
        if len(found) > 1 or (found and match["colon"] and (match["many"] or office or found[0].agency.in_registry)):
            yield from found
        elif found and match["many"] and self._is_class(found[0].agency):
            one = found[0]
            name = one.agency.name.removesuffix(" tỉnh") if one.agency.in_registry else one.agency.name
            yield Mention(self.memory.as_collective(f"các {name}", False), start, one.end, office)
        elif found and not match["colon"]:
            yield found[0]

    def _is_class(self, agency: Agency) -> bool:
        """Whether "các" before one name means every body of that name: one a province has, in a central document, or
        one that no registry knows."""
        return not agency.in_registry or (self.jurisdiction == CENTRAL and agency.kind != "ministry")

    def _element(self, text: str, low: str, head: str, at: int, end: int) -> Mention | None:
        if not text[at : at + 1].isupper() or opens_predicate(low, at, end):
            return None
        stop = name_end(text, low, at, end, commas=False)
        if stop is None:
            return None
        name = f"{head.capitalize()} {' '.join(text[at:stop].split())}"
        return Mention(self.memory.new(name, kinds()[one_spaced(head)]), at, stop)

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
        if one_spaced(head.group()) in listed("heads_without_name") and not following.isupper():
            return Mention(
                self.memory.new(head.group().capitalize(), kinds()[one_spaced(head.group())]), start, head.end()
            )
        if not (capital and following.isupper()) and one_of("not_names").match(low, start, end):
            return None
        if not capital and not (
            space and following.isupper() and self.registered.looks_like_name(text, low, start, space.end() + 1, 1)
        ):
            return None
        stop = None
        several = (
            PLURAL.match(low, space.end(), end)
            if space and capital and head.group() in listed("heads_of_many")
            else None
        )
        if several:
            stop = name_end(text, low, several.end(), end)
            if stop is not None and text[several.end() : stop].islower():
                stop = None
        if (
            stop is None
            and space
            and (
                following.isupper()
                or following.isdigit()
                or (capital and head.group() in listed("lower_tails"))
                or (capital and one_of("tails").match(low, space.end(), end))
            )
        ):
            kind = kinds()[one_spaced(head.group())]
            company = kind == "enterprise" or head.group() in listed("project_heads")
            stop = name_end(text, low, space.end(), end, company=company)
            more = (LEGAL_FORM if company else ZONES).match(text, stop, end) if stop else None
            if more is not None and (company or kind == "management_board"):
                stop = name_end(text, low, more.end(), end, company=company) or stop
        inner = space and capital and head.group() in listed("inner_heads") and not whole
        owner = self.registered.find(text, low, space.end(), "", end) if inner and space else None
        if owner is None and inner and space and heads().match(low, space.end(), end) and following.isupper():
            owner = self._named(text, low, space.end(), end, whole=True)
        proper = owner is not None and any(map(str.isupper, text[owner.start + 1 : owner.end]))
        if owner is not None and proper and not (owner.agency.collective or owner.bare):
            stop = owner.end
        purpose = PURPOSE.match(text, head.end(), end) if capital and head.group() in listed("purpose_heads") else None
        if purpose is not None:
            stop = purpose.end()
        said = self.memory.said_before(low, start, head.group(), end)
        if said is not None and said > (stop or start):
            stop = said
        if stop is None and capital and head.group() in listed("heads_of_provinces"):
            rank = re.compile(r"\s+(?:tỉnh|thành\s+phố)(?!\w)").match(low, head.end(), end)
            stop = rank.end() if rank else None
        if stop is None and capital and not any(c.isupper() for c in text[start + 1 : start + 2]):
            shown = " ".join(text[start : head.end()].split())
            lower = lower_body(self.memory, text, low, shown, kinds()[one_spaced(head.group())], start, head.end(), end)
            if lower is not None:
                return lower
        if stop is None and capital and head.group() in listed("whole_heads"):
            stop = head.end()
        if stop is None:
            return self._bare(text, low, head, start, end)
        if not whole:
            stop = self._owned(text, low, start, stop, end)
            stop = self._below_parent(text, low, head.group(), stop, end)
        ranks = listed_ranks(self.memory, text, low, start, stop, end)
        if ranks is not None:
            return ranks
        words = " ".join(text[start:stop].split())
        self.memory.say(head.group(), words)
        name = self._at_home(words[:1].upper() + words[1:])
        return self.registered.everywhere(text, low, name, start, stop, end) or Mention(
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

    def _below_parent(self, text: str, low: str, head: str, stop: int, end: int) -> int:
        """The end of a unit's name with the body behind a dash whose part it is: "Cục Quân lực - Bộ Tổng Tham mưu"."""
        gap = PARENT_GAP.match(low, stop, end)
        if gap is None or kinds()[one_spaced(head)] not in ("central_department", "division", "inspectorate", "office"):
            return stop
        at = gap.end()
        parent = self.registered.find(text, low, at, "", end) or self._named(text, low, at, end, whole=True)
        return stop if parent is None or parent.agency.collective else parent.end

    def _owned(self, text: str, low: str, start: int, stop: int, end: int) -> int:
        """The end of a name that another body's name completes: "Hội đồng quản trị Tổng công ty Than"."""
        head = heads().match(low, start, end)
        council = COUNCIL.match(low, stop, end)
        if council is not None and head is not None and head.group() in listed("council_heads"):
            return council.end()
        above = ABOVE.match(text, stop, end)
        if above is not None:
            return above.end()
        gap = BLANK.match(low, stop, end)
        inner = low.startswith(tuple(grammar()["inner_heads"]), start)
        if gap is None or not inner or not text[gap.end() : gap.end() + 1].isupper():
            return stop
        at = gap.end()
        owner = self.registered.find(text, low, at, "", end) or self._named(text, low, at, end, whole=True)
        return stop if owner is None or owner.agency.collective else owner.end
