"""The roles that a sentence gives to the agencies it names: who is told to do something, and with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kgplan.parsing.agency_memory import Mention
from kgplan.parsing.clauses import REACH, Clauses
from kgplan.parsing.role_values import Actor, Group, Reading, Stance, bracketed, groups
from kgplan.parsing.role_words import (
    COMRADES,
    ENTITLED,
    OPENING,
    QUOTES,
    RELATED,
    SENTENCE,
    UNKNOWN_PARTNER,
    any_of,
    regex,
    right_before,
    role_words,
    verbs,
)


def read_roles(
    text: str, low: str, start: int, end: int, mentions: Sequence[Mention], *, heading: bool = False
) -> Reading:
    """The roles that ``text[start:end]`` gives to the agencies ``mentions`` found in it.

    In a ``heading``, an agency followed by no verb is only named.
    """
    return _Reader(text, low, start, end, groups(low, mentions), heading).read()


class _Reader:
    def __init__(self, text: str, low: str, start: int, end: int, listed: list[Group], heading: bool) -> None:
        self.text, self.low, self.start, self.end = text, low, start, end
        self.groups = listed
        self.said = Clauses(text, low, start, end, listed, heading)
        self.actors: list[Actor] = []
        self.partners: list[Actor] = []
        self.used: set[int] = set()

    def read(self) -> Reading:
        self._bracketed()
        self._labelled()
        self._partners()
        leads_words = alone = ""
        for start, end in self.said.clauses():
            told = len(self.actors)
            self._clause(start, end)
            self.actors[told:] = [replace(actor, clause=start) for actor in self.actors[told:]]
            lead = next(self._leads(start, end), None)
            if lead is not None and not self._directed(lead):
                words = self.text[lead.start() : lead.end()]
                owner = self._owner(lead.start())
                if owner is None:
                    if lead.group() == "chủ trì" or self.said.opens(start, lead.start()):
                        leads_words = leads_words or words
                elif self.actors[owner].stance == "plain":
                    self.actors[owner] = replace(self.actors[owner], stance="leads", words=words)
            if not self.actors and start == self.start:
                alone = self._alone(start, end)
        if not self.actors:  # "với sự tham gia của" alone says who joins in something, not who has a duty
            self.partners = [p for p in self.partners if " sự " not in p.words.lower()]
        first = SENTENCE.search(self.low, self.start, self.end)
        opening_end = first.end() if first else self.end
        actors, partners = tuple(self.actors), tuple(self.partners)
        return Reading(actors, partners, leads_words, alone, self._states(), opening_end, self.start)

    def _states(self) -> bool:
        if self.actors:
            return False
        if ENTITLED.match(self.low, self.start, self.end) and verbs().match(self.low, self.start) is None:
            return True
        if not self.groups:
            return False
        first = self.groups[0]
        if self.low[self.start : first.start].strip(" \"'("):
            return False
        at = self.said.skip_aside(first.end, self.end)
        return regex("no_duty_re").match(self.low, at, self.end) is not None

    # -- coordinates ------------------------------------------------------------------------------------------

    def _partners(self) -> None:
        """The lists that stand behind "phối hợp với" and its like."""
        starts = {g.start: g for g in self.groups}
        for name in ("coordinate_re", "coordinate_more_re"):
            for match in regex(name).finditer(self.low, self.start, self.end):
                at = match.end()
                while at < self.end and self.low[at] in " \u00a0":
                    at += 1
                group = starts.get(at) or self._behind_unknown(at)
                if group is None or self.said.noun(match.start(), "coordinate_nouns") or self._related(match.start()):
                    continue
                if match.group().strip() == "cùng" and not self._beside(match.start()):
                    continue
                words = self.text[match.start() : match.end()].strip()
                self.partners.append(Actor(group, "coordinates", words))
                self.used.add(group.start)

    def _beside(self, at: int) -> bool:
        """Whether agencies stand right before ``at``, so that "cùng" joins others to them, or nothing in the clause."""
        near = self.said.before(at)
        touches = near is not None and self.said.touches(near.end, at)
        return touches or not self.low[max(self.start, at - 4) : at].strip(" \n-+;:.")

    def _behind_unknown(self, at: int) -> Group | None:
        """The list behind a partner that no name is known of ("phối hợp với ngành y tế quận và các cơ quan …")."""
        unknown = UNKNOWN_PARTNER.match(self.low, at, self.end)
        return next((g for g in self.said.within(unknown.end(), unknown.end() + 1)), None) if unknown else None

    def _related(self, at: int) -> bool:
        """Whether a relative clause ("do X chủ trì hoặc phối hợp với Y tổ chức") only says whose something is."""
        near = self.said.before(at)
        if near is None or not RELATED.fullmatch(self.low, near.end, at):
            return False
        return re.search(r"(?<!\w)do\s+$", self.low[max(self.start, near.start - 5) : near.start]) is not None

    def _alone(self, start: int, end: int) -> str:
        """A bare "phối hợp" that opens the clause and names no partner."""
        opening = OPENING.match(self.low, start, end)
        at = opening.end() if opening else start
        match = regex("coordinate_re").match(self.low, at, end)
        if match is None or "phối" not in match.group() or self.partners:
            return ""
        if match.group().rstrip().endswith("với"):
            return ""
        return self.text[match.start() : match.end()].strip()

    def _bracketed(self) -> None:
        """ "Sở A (chủ trì), Sở B (phối hợp)"."""
        for group in self.groups:
            for actor in bracketed(self.low, group):
                (self.partners if actor.stance == "coordinates" else self.actors).append(actor)
                self.used.add(group.start)

    # -- labelled roles ---------------------------------------------------------------------------------------

    def _labelled(self) -> None:
        """ "Cơ quan chủ trì: X", "Đơn vị phối hợp: Y"."""
        starts = {g.start: g for g in self.groups}
        for match in regex("labelled_re").finditer(self.low, self.start, self.end):
            group = starts.get(match.end())
            if group is None or group.start in self.used:
                continue
            self.used.update(named.start for named in self.said.within(match.start(), match.end()))
            what = match["what"] or match["short"] or ""
            stance: Stance = "plain"
            if what.startswith("phối"):
                stance = "coordinates"
            elif what.startswith(("chủ", "đầu", "thường", "quản", "phụ", "chịu")):
                stance = "leads"
            words = self.text[match.start() : match.end()].rstrip(": ")
            target = self.partners if stance == "coordinates" else self.actors
            target.append(Actor(group, stance, words))
            self.used.add(group.start)

    # -- subjects ---------------------------------------------------------------------------------------------

    def _clause(self, start: int, end: int) -> None:
        for group in self.said.within(start, end):
            if group.start in self.used:
                continue
            assigned = self._assigned(group, start, end)
            if assigned is not None:
                self._add(group, assigned[0], end, assigned[1])
                continue
            passive = self._passive(group, start, end)
            if passive is not None:
                self.actors.append(passive)
                self.used.add(group.start)
                continue
            subject = self._subject(group, start, end)
            if subject is not None:
                self._add(subject, None, end, "")
                self._join_earlier(subject, start)

    def _join_earlier(self, subject: Group, start: int) -> None:
        """Agencies that open the clause and share the duty of a list further on belong to it, whatever words of a
        long name stand between ("…, Tổ trưởng Tổ công tác thực hiện Đề án 30 và Thủ trưởng các cơ quan chịu …")."""
        actor = self.actors[-1]
        for group in self.said.within(max(start, subject.start - 2 * REACH), subject.start):
            if group.start in self.used:
                continue
            between = self.low[group.end : subject.start]
            listed = between.rstrip().endswith((",", ";", "và")) and len(between) < 90
            if listed and self.said.opens(start, group.start) and not any_of("duties").search(between):
                self.actors.append(replace(actor, group=group))
                self.used.add(group.start)

    def _add(self, group: Group, by: Mention | None, end: int, words: str) -> None:
        stance, said = self._stance(group, end)
        aside = self.low[max(self.start, group.start - 4) : group.start].rstrip().endswith("(")
        self.actors.append(Actor(group, stance, said or words, by, aside=aside))
        self.used.add(group.start)

    def _assigned(self, group: Group, start: int, end: int) -> tuple[Mention | None, str] | None:
        """Who assigns and the verb, when the list is what "giao", "yêu cầu" and the like are addressed to."""
        low = self.low
        window = max(start, group.start - 140)
        verb = None
        for match in any_of("assign").finditer(low, window, group.start):
            if COMRADES.fullmatch(low, match.end(), group.start):
                verb = match
        to = None
        if verb is None:
            for to in regex("assign_to_re").finditer(low, window, group.start):
                if to.end() == group.start:
                    verb = to
        if verb is None or right_before("not_assign_before").search(low, max(start, verb.start() - 20), verb.start()):
            return None
        words = self.text[verb.start() : verb.end()].strip()
        if to is not None and verb is to:
            words = words.split()[0]
        near = self.said.before(verb.start())
        by = near.mentions[-1] if near and start <= near.start and self.said.touches(near.end, verb.start()) else None
        if by is not None and self.said.governed(by, start):
            return None
        soft = verb.group() in role_words()["assign_softly"]
        if by is None and soft and any(start <= a.group.start for a in self.actors):
            return None
        if by is None and not self.said.opens(start, verb.start()):
            named = any(start <= a.group.start < verb.start() for a in self.actors)
            opened = any_of("openers").match(self.low[start : verb.start()].lstrip()) is not None
            if named or not (opened or self._ends_in(verb, group, end)):
                return None
        if by is not None:
            self.actors = [a for a in self.actors if by not in a.group.mentions]
        return by, words

    def _ends_in(self, verb: re.Match[str], group: Group, end: int) -> bool:
        """Whether a clause ends in those who are given the matter that it names ("Rà soát quy hoạch, giao Sở A.")."""
        matter = self.low[self.start : verb.start()].rstrip().endswith((",", ";", "-"))
        return matter and verb.group().startswith("giao") and not self.low[group.end : end].strip(" .;)/")

    def _passive(self, group: Group, start: int, end: int) -> Actor | None:
        """The actor of "Việc kiểm tra do Sở A chủ trì", "(do Sở A thực hiện)": the clause says no more, or it says
        that the actor answers for what it opens with."""
        by = re.compile(r"do\s+$").search(self.low, max(start, group.start - 4), group.start)
        at = self.said.skip_aside(group.end, end)
        said = regex("passive_re").match(self.low, self.said.skip_light(group.end, end), end)
        firm = regex("passive_firm_re").match(self.low, at, end)
        if by is None or self.actors or not (said or firm):
            return None
        before = self.low[max(start, by.start() - REACH) : by.start()].strip()
        told = said is not None and (before.endswith("(") or any_of("passive_subjects").match(before) is not None)
        found = said if told else firm if firm and self._is_matter(before, firm.group()) else None
        if found is None:
            return None
        words = self.text[found.start() : found.end()]
        return Actor(group, "leads" if any_of("lead").match(found.group()) else "plain", words)

    def _is_matter(self, words: str, said: str) -> bool:
        """Whether the words of a clause before "do X chịu trách nhiệm" are what this is about: no verb opens them and
        no clause ends in them, or they end in "và" and X does not only lead what they name."""
        if words.endswith(" và"):
            return not said.startswith("chủ")
        if words[:1] in QUOTES and words[-1:] in QUOTES:
            return True
        return bool(words) and len(words) < 120 and "," not in words and verbs().match(words) is None

    def _subject(self, group: Group, start: int, end: int) -> Group | None:
        """The list, or what stands behind its first comma when the first agency belongs to an opening adverbial:
        "Theo đề nghị của Sở A, Sở B và Sở C thực hiện"."""
        if self.said.is_subject(group, start, end):
            return group
        told = self.said.behind_semicolon(group, end)
        if told is not None:
            return told
        if group.start - start > REACH:
            return None
        before = self.low[start : group.start]
        if any_of("openers").match(before.lstrip()) is None or before.rstrip()[-1:] == ",":
            return None
        if self.actors and self.actors[-1].group.start >= start:
            return None
        if re.search(r"(?:của|ý\s+kiến|đề\s+nghị)\s*(?:các\s*)?$", before) is None:
            return None
        for index in range(1, len(group.mentions)):
            gap = self.low[group.mentions[index - 1].end : group.mentions[index].start]
            if "," in gap and "và" not in gap:
                rest = Group(group.mentions[index:])
                if self.said.strong(rest, end) or self.said.verb_follows(rest, end):
                    return rest
        return None

    def _stance(self, group: Group, end: int) -> tuple[Stance, str]:
        """How the list is told to act, by the words right behind it."""
        low = self.low
        aside = self.said.skip_aside(group.end, end)
        at = self.said.skip_light(group.end, end)
        lead = any_of("lead").match(low, at, end)
        if lead is not None:
            named = self.said.noun(lead.start(), "lead_nouns") and any_of("duties").search(
                low, lead.end(), min(end, lead.end() + REACH)
            )
            return "plain" if named else "leads", self.text[lead.start() : lead.end()]
        match = regex("coordinate_re").match(low, at, end)
        if match is None or "phối" not in match.group():
            return "plain", ""
        words = self.text[match.start() : match.end()].strip()
        after = match.end()
        while after < end and low[after] == " ":
            after += 1
        with_partner = after in self.used
        duty = any_of("duties").match(low, aside, end)
        only_collective = all(m.agency.collective for m in group.mentions)
        if not with_partner and not words.lower().endswith("với"):
            return "coordinates", words
        if duty is not None or only_collective:
            return "coordinates", words
        return "plain", ""

    # -- chủ trì ----------------------------------------------------------------------------------------------

    def _leads(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """The verbs of leading in the clause, not nouns ("đơn vị chủ trì") nor relative clauses ("do X chủ trì")."""
        for match in any_of("lead").finditer(self.low, start, end):
            if match.group() == "chủ trì" and self.said.noun(match.start(), "lead_nouns"):
                continue
            near = self.said.before(match.start())
            if near is not None and self.said.touches(near.end, match.start()):
                by = self.low[max(start, near.start - 5) : near.start]
                if re.search(r"(?<!\w)do\s+$", by):
                    continue
            yield match

    def _directed(self, lead: re.Match[str]) -> bool:
        """Whether the verb of leading speaks of a body that another directs ("chỉ đạo Công an tỉnh chủ trì"), which
        then leads."""
        near = self.said.before(lead.start())
        if near is None or near.start in self.used or not self.said.touches(near.end, lead.start()):
            return False
        if right_before("direct").search(self.low, max(self.start, near.start - 20), near.start) is None:
            return False
        self.actors.append(Actor(near, "leads", self.text[lead.start() : lead.end()], aside=True))
        self.used.add(near.start)
        return True

    def _owner(self, at: int) -> int | None:
        """The actor a verb of leading at ``at`` speaks of: the last one named before it."""
        for index in range(len(self.actors) - 1, -1, -1):
            actor = self.actors[index]
            if actor.group.start < at and actor.stance != "coordinates":
                return index
        return None
