"""Who does what: the roles of the agencies named in a statement or in the headings above it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from kgplan.model import Responsibility, Role
from kgplan.parsing.agencies import Mention
from kgplan.parsing.collectives import alternation, grammar
from kgplan.resources import DATA

Span = tuple[int, int]
Stance = Literal["plain", "leads", "coordinates"]


@dataclass(frozen=True, slots=True)
class Group:
    """Agencies in one list: "Sở A, UBND các huyện và các đơn vị liên quan"."""

    mentions: tuple[Mention, ...]

    @property
    def start(self) -> int:
        """Where the list begins."""
        return self.mentions[0].start

    @property
    def end(self) -> int:
        """Where the list ends."""
        return self.mentions[-1].end


@dataclass(frozen=True, slots=True)
class Actor:
    """A list of agencies told to do something; ``words`` say how, ``by`` who tells them."""

    group: Group
    stance: Stance
    words: str = ""
    by: Mention | None = None
    inherited: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a span says about roles. ``leads_words`` and ``alone`` speak of an actor named elsewhere: "chủ trì" and
    a bare "phối hợp" with no subject in the span."""

    actors: tuple[Actor, ...] = ()
    partners: tuple[Actor, ...] = ()
    leads_words: str = ""
    alone: str = ""
    states: bool = False
    """Whether the span opens with an agency of which it only says what it is or has."""
    opening_end: int = 1 << 60
    """Where the first sentence ends: an actor named only later leaves it to the heading's."""

    def __bool__(self) -> bool:
        return bool(self.actors or self.partners)


@cache
def _words() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / "roles.json").read_text(encoding="utf-8"))
    return data


@cache
def _regex(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_words()[name]})")


@cache
def _any(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(_words()[name])})(?!\w)")


@cache
def _before(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(_words()[name])})\s+$")


_BELONGING = (
    r"(?:\s+(?:trực\s+thuộc|thuộc|của|trên\s+địa\s+bàn|đóng\s+trên|trong\s+(?:tỉnh|ngành|phạm\s+vi)|có\s+liên\s+quan|liên\s+quan)(?!\w)"
    r"[^,;:.()]{0,60}?(?=\s*[,;]|\s+và\s))?"
)
_JOINT = re.compile(
    rf"{_BELONGING}\s*(?:\([^()]{{0,200}}\)\s*)?(?:[,;&]\s*)?(?:và\s+|hoặc\s+|cùng\s+với\s+|cùng\s+|-\s+)?"
    r"(?:các\s+)?(?:\([^()]{0,200}\)\s*)?"
)
_LISTS = re.compile(
    r"(?:^|[.:;\n]|[.:)]|(?<!\w)(?:yêu\s+cầu|đề\s+nghị|giao|cho|phân\s+công|đối\s+với|của|gồm|\d{1,2}|[a-zđ]\)|-))[\s\"'(]*$"
)
_CLAUSE = re.compile(r"[.;:](?=\s|$)|\n")
_WORDS = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[.!?](?=\s)|\n")
_BRACKET = re.compile(r"\s*\([^()]{0,300}\)")
_ROLE_AHEAD = r"(?!(?:chủ\s+trì|phối\s+hợp|có\s+trách|chịu\s+trách|có\s+nhiệm|là\s+cơ|là\s+đầu|làm\s+đầu)(?!\w))"
_ASIDE = re.compile(
    r"\s*[,:]?\s*(?:(?:theo|trong|căn\s+cứ|trên\s+cơ\s+sở|tùy|bằng|với|để|khi|sau\s+khi|hàng|hằng|định\s+kỳ|dựa)(?!\w)"
    rf"(?:{_ROLE_AHEAD}[^,;:.]){{0,200}}(?:,\s*(?:nhiệm\s+vụ|quyền\s+hạn|thẩm\s+quyền)(?:{_ROLE_AHEAD}[^,;:.]){{0,80}})*[,:]?)?\s*"
)
_OPENING = re.compile(
    r"\s*(?:(?:và|đồng\s+thời|riêng|còn|thì|ngoài\s+ra|trong\s+đó|tiếp\s+theo|thứ\s+\w+)[\s,:]+)*[\"'(]?\s*"
)
_LIGHT = re.compile(
    r"\s*,?\s*(?:(?:cần|phải|sẽ|được\s+giao|được\s+phân\s+công|tiếp\s+tục|chủ\s+động|có|chịu|trách\s+nhiệm|nhiệm\s+vụ|khẩn\s+trương|trực\s+tiếp|hoặc|tập\s+trung|kịp\s+thời|tích\s+cực|thường\s+xuyên|cùng|nghiêm\s+túc)[\s,:]+)*"
)


def groups(low: str, mentions: Sequence[Mention]) -> list[Group]:
    """The mentions as lists: those with nothing but commas, "và" and brackets between them stand together.

    A semicolon joins only in a list that opens a clause or is addressed ("yêu cầu …; …").
    """
    found: list[list[Mention]] = []
    for mention in mentions:
        if found and _JOINT.fullmatch(low, found[-1][-1].end, mention.start):
            first = found[-1][0].start
            if ";" not in low[found[-1][-1].end : mention.start] or _LISTS.search(low, max(0, first - 40), first):
                found[-1].append(mention)
                continue
        found.append([mention])
    return [Group(tuple(g)) for g in found]


def read_roles(
    text: str, low: str, start: int, end: int, mentions: Sequence[Mention], *, heading: bool = False
) -> Reading:
    """The roles that ``text[start:end]`` gives to the agencies ``mentions`` found in it.

    In a ``heading``, an agency followed by no verb is only named.
    """
    return _Reader(text, low, start, end, groups(low, mentions), heading).read()


def read_heading(
    text: str, low: str, spans: Sequence[Span], mentions: Sequence[Sequence[Mention]], address: str
) -> tuple[Actor, ...]:
    """The actors that a heading and the sentences leading in name for the statements under it."""
    actors: list[Actor] = []
    for (start, end), named in zip(spans, mentions, strict=True):
        listed = groups(low, named)
        if not listed:
            continue
        reading = read_roles(text, low, start, end, named, heading=True)
        found = [*reading.actors, *reading.partners]
        if label_title(low, start, end):
            continue
        first = listed[0]
        head = _regex("subject_heads_re").match(low, start)
        bare = _OPENING.match(low, start, end)
        begins = first.start in {head.end() if head else -1, start, bare.end() if bare else -1}
        told = _ends_list(low, _behind(low, first.end, end), end)
        if not told and low[end - 1 : end + 1].rstrip().endswith(":"):
            told = re.search(_words()["duties_follow_re"], low[first.end : end].rstrip(" :")) is not None
        if not reading.actors and begins and told:
            found.insert(0, Actor(first, "leads" if reading.leads_words else "plain", reading.leads_words))
        elif not found and _ends_list(low, listed[-1].end, end) and _behind_of(low, listed[-1].start, start):
            found.append(Actor(listed[-1], "plain"))
        if not address:
            found = [actor for actor in found if actor.words]
        if found:
            actors = [replace(actor, inherited=address) for actor in found]
    return tuple(actors)


def is_body(low: str, start: int, end: int, mentions: Sequence[Mention]) -> Mention | None:
    """The agency that a statement defines ("Chi cục X là tổ chức trực thuộc …"), if it does."""
    if not mentions or mentions[0].start != start:
        return None
    bracket = _BRACKET.match(low, mentions[0].end, end)
    at = bracket.end() if bracket else mentions[0].end
    return mentions[0] if re.match(rf"\s+{_words()['is_body_re']}", low[at:end]) else None


def only_names(low: str, start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Whether a short statement is nothing but a body's name, as in a list of units: no verb stands behind it."""
    if not mentions or mentions[0].start != start or len(_WORDS.findall(low, start, end)) > 14:
        return False
    return _hard_verbs().search(low, mentions[0].end, end) is None


def own_duties(low: str, start: int, end: int) -> bool:
    """Whether a title only says "Nhiệm vụ và quyền hạn", of the body that the document is about."""
    return _regex("own_duties_re").match(low[start:end].strip()) is not None


def names_member(low: str, start: int) -> bool:
    """Whether a statement only says which seat an agency's chief has ("Ủy viên Hội đồng")."""
    return _any("members").match(low, start) is not None


def label_title(low: str, start: int, end: int) -> bool:
    """Whether a title names a role whose bearer stands behind its colon: "Cơ quan chủ trì", "Đơn vị phối hợp"."""
    return _regex("label_title_re").match(low[start:end].rstrip(" .:")) is not None


def _behind(low: str, at: int, end: int) -> int:
    """The place behind the list that ends at ``at``, its brackets, belongings and asides."""
    for pattern in (
        _BRACKET,
        re.compile(_BELONGING.replace("(?=\\s*[,;]|\\s+và\\s)", "(?=\\s*[,;:.]|$)")),
        _BRACKET,
        _ASIDE,
    ):
        match = pattern.match(low, at, end)
        at = match.end() if match else at
    return at


def _ends_list(low: str, at: int, end: int) -> bool:
    return not low[at:end].strip(" .:;,)")


def _behind_of(low: str, at: int, start: int) -> bool:
    """Whether "nhiệm vụ, quyền hạn (của)" or the like stands right before ``at``."""
    before = low[start:at].rstrip()
    if low.startswith("vị trí", start):
        return False
    return re.search(r"(?:trách nhiệm|nhiệm vụ|quyền hạn|phân công|chức năng)(?:\s+(?:của|cho))?$", before) is not None


def assign(reading: Reading, inherited: Sequence[Actor]) -> tuple[Responsibility, ...]:
    """The responsibilities of a statement, from its own reading and the actors its headings name."""
    actors = list(reading.actors)
    if all(a.stance == "coordinates" for a in actors) and not reading.partners:
        actors = [replace(a, stance="plain") if _together(a) else a for a in actors]
    if reading.states:
        inherited = ()
    weak = all(not a.inherited for a in inherited)
    if inherited and not weak:
        actors = [a for a in actors if a.by is not None or a.words.lower() not in _words()["assign_softly"]]
    if not any(a.stance != "coordinates" and (weak or a.group.start < reading.opening_end) for a in actors):
        actors = [_adopt(a, reading) for a in inherited] + actors
    led = {m.agency.id for a in actors if a.stance == "leads" for m in a.group.mentions}
    found: dict[tuple[str, Role], Responsibility] = {}
    for actor in (*actors, *reading.partners):
        for mention in actor.group.mentions:
            role = _role(actor, mention, led)
            if role is None:
                continue
            key = (mention.agency.id, role)
            found.setdefault(
                key,
                Responsibility(
                    agency=mention.agency.id,
                    role=role,
                    words=actor.words,
                    start=mention.start,
                    end=mention.end,
                    inherited=actor.inherited,
                    office=mention.office,
                    assigned_by=actor.by.agency.id if actor.by else None,
                ),
            )
    strongest: dict[str, int] = {}
    rank: dict[Role, int] = {"leads": 0, "shares": 1, "coordinates": 2}
    for agency, role in found:
        strongest[agency] = min(rank[role], strongest.get(agency, 9))
    kept = [r for (agency, role), r in found.items() if rank[role] == strongest[agency]]
    return tuple(sorted(kept, key=lambda r: (r.inherited is None, r.start)))


def _together(actor: Actor) -> bool:
    """Whether the list works with one another: several agencies, or a collective, told to "phối hợp" by themselves."""
    return len(actor.group.mentions) > 1 or actor.group.mentions[0].agency.collective


def _adopt(actor: Actor, reading: Reading) -> Actor:
    """An inherited actor in the light of the statement: "chủ trì" without a subject speaks of it."""
    if actor.stance != "plain":
        return actor
    if reading.leads_words:
        return replace(actor, stance="leads", words=reading.leads_words)
    if reading.alone:
        return replace(actor, stance="coordinates", words=reading.alone)
    return actor


def _role(actor: Actor, mention: Mention, led: set[str]) -> Role | None:
    if actor.stance != "plain":
        return actor.stance
    alone = len(actor.group.mentions) == 1 and not mention.agency.collective
    others = led - {mention.agency.id}
    return "leads" if alone and not others else "shares"


class _Reader:
    def __init__(self, text: str, low: str, start: int, end: int, listed: list[Group], heading: bool) -> None:
        self.heading = heading
        self.text, self.low, self.start, self.end = text, low, start, end
        self.groups = listed
        self.actors: list[Actor] = []
        self.partners: list[Actor] = []
        self.used: set[int] = set()

    def read(self) -> Reading:
        self._labelled()
        self._partners()
        leads_words = alone = ""
        for start, end in self._clauses():
            self._clause(start, end)
            lead = next(self._leads(start, end), None)
            if lead is not None:
                words = self.text[lead.start() : lead.end()]
                owner = self._owner(lead.start())
                if owner is None:
                    if lead.group() == "chủ trì" or self._opens(start, lead.start()):
                        leads_words = leads_words or words
                elif self.actors[owner].stance == "plain":
                    self.actors[owner] = replace(self.actors[owner], stance="leads", words=words)
            if not self.actors and not alone:
                alone = self._alone(start, end)
        first = _SENTENCE.search(self.low, self.start, self.end)
        opening_end = first.end() if first else self.end
        return Reading(tuple(self.actors), tuple(self.partners), leads_words, alone, self._states(), opening_end)

    def _states(self) -> bool:
        if self.actors or not self.groups:
            return False
        first = self.groups[0]
        if self.low[self.start : first.start].strip(" \"'("):
            return False
        at = self._skip_aside(first.end, self.end)
        return _regex("no_duty_re").match(self.low, at, self.end) is not None

    def _clauses(self) -> Iterator[Span]:
        at = self.start
        for mark in _CLAUSE.finditer(self.low, self.start, self.end):
            inside = any(g.start < mark.start() < g.end for g in self.groups)
            if mark.group() == ":" and any(g.end == mark.start() for g in self.groups):
                continue
            if not inside and mark.end() > at:
                yield at, mark.start()
                at = mark.end()
        if at < self.end:
            yield at, self.end

    # -- coordinates ------------------------------------------------------------------------------------------

    def _partners(self) -> None:
        """The lists that stand behind "phối hợp với" and its like."""
        starts = {g.start: g for g in self.groups}
        for name in ("coordinate_re", "coordinate_more_re"):
            for match in _regex(name).finditer(self.low, self.start, self.end):
                at = match.end()
                while at < self.end and self.low[at] in " \u00a0":
                    at += 1
                group = starts.get(at)
                if group is None or self._noun(match.start(), "coordinate_nouns"):
                    continue
                words = self.text[match.start() : match.end()].strip()
                self.partners.append(Actor(group, "coordinates", words))
                self.used.add(group.start)

    def _noun(self, at: int, name: str) -> bool:
        return _before(name).search(self.low, max(self.start, at - 30), at) is not None

    def _alone(self, start: int, end: int) -> str:
        """A bare "phối hợp" that opens the clause and names no partner."""
        opening = _OPENING.match(self.low, start, end)
        at = opening.end() if opening else start
        match = _regex("coordinate_re").match(self.low, at, end)
        if match is None or not match.group().startswith("phối") or self.partners:
            return ""
        if match.group().rstrip().endswith("với"):
            return ""
        return self.text[match.start() : match.end()].strip()

    # -- labelled roles ---------------------------------------------------------------------------------------

    def _labelled(self) -> None:
        """ "Cơ quan chủ trì: X", "Đơn vị phối hợp: Y"."""
        starts = {g.start: g for g in self.groups}
        for match in _regex("labelled_re").finditer(self.low, self.start, self.end):
            group = starts.get(match.end())
            if group is None:
                continue
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
        for group in self.groups:
            if not start <= group.start < end or group.start in self.used:
                continue
            assigned = self._assigned(group, start)
            if assigned is not None:
                self._add(group, assigned[0], end, assigned[1])
                continue
            subject = self._subject(group, start, end)
            if subject is not None:
                self._add(subject, None, end, "")
                self._join_earlier(subject, start)

    def _join_earlier(self, subject: Group, start: int) -> None:
        """Agencies that open the clause and share the duty of a list further on belong to it, whatever words of a
        long name stand between ("…, Tổ trưởng Tổ công tác thực hiện Đề án 30 và Thủ trưởng các cơ quan chịu …")."""
        actor = self.actors[-1]
        for group in self.groups:
            if not start <= group.start < subject.start or group.start in self.used:
                continue
            between = self.low[group.end : subject.start]
            listed = between.rstrip().endswith((",", ";", "và")) and len(between) < 90
            if listed and self._opens(start, group.start) and not _any("duties").search(between):
                self.actors.append(replace(actor, group=group))
                self.used.add(group.start)

    def _add(self, group: Group, by: Mention | None, end: int, words: str) -> None:
        stance, said = self._stance(group, end)
        self.actors.append(Actor(group, stance, said or words, by))
        self.used.add(group.start)

    def _assigned(self, group: Group, start: int) -> tuple[Mention | None, str] | None:
        """Who assigns and the verb, when the list is what "giao", "yêu cầu" and the like are addressed to."""
        low = self.low
        window = max(start, group.start - 140)
        verb = None
        for match in _any("assign").finditer(low, window, group.start):
            if not low[match.end() : group.start].strip(" :"):
                verb = match
        to = None
        if verb is None:
            for to in _regex("assign_to_re").finditer(low, window, group.start):
                if to.end() == group.start:
                    verb = to
        if verb is None or _before("not_assign_before").search(low, max(start, verb.start() - 20), verb.start()):
            return None
        words = self.text[verb.start() : verb.end()].strip()
        if to is not None and verb is to:
            words = words.split()[0]
        by = next(
            (g.mentions[-1] for g in self.groups if start <= g.start and self._touches(g.end, verb.start())), None
        )
        if by is not None and self._governed(by, start):
            return None
        soft = verb.group() in _words()["assign_softly"]
        if by is None and soft and any(start <= a.group.start for a in self.actors):
            return None
        if by is None and not self._opens(start, verb.start()):
            named = any(start <= a.group.start < verb.start() for a in self.actors)
            if named or _any("openers").match(self.low[start : verb.start()].lstrip()) is None:
                return None
        if by is not None:
            self.actors = [a for a in self.actors if by not in a.group.mentions]
        return by, words

    def _touches(self, end: int, start: int) -> bool:
        return end <= start and not _LIGHT.sub("", self.low[end:start] + " ").strip(" ,")

    def _governed(self, mention: Mention, start: int) -> bool:
        """Whether a word right before the mention governs it ("trình UBND tỉnh giao")."""
        before = self.low[start : mention.start]
        return (
            bool(before.strip(" \"'(")) and before.rstrip()[-1:] not in ",;:" and not self._opens(start, mention.start)
        )

    def _opens(self, start: int, at: int) -> bool:
        """Whether only an opening adverbial, or nothing, stands in the clause before ``at``."""
        before = self.low[start:at]
        opening = _OPENING.match(before)
        rest = before[opening.end() :] if opening else before
        if not rest.strip(" ,\"'("):
            return True
        rest = _trailing_office(rest)
        if not rest.strip(" ,"):
            return True
        return _any("openers").match(rest) is not None and rest.rstrip().endswith((",", ")", " thì"))

    def _subject(self, group: Group, start: int, end: int) -> Group | None:
        """The list, or what stands behind its first comma when the first agency belongs to an opening adverbial:
        "Theo đề nghị của Sở A, Sở B và Sở C thực hiện"."""
        if self._is_subject(group, start, end):
            return group
        before = self.low[start : group.start]
        if _any("openers").match(before.lstrip()) is None or before.rstrip()[-1:] == ",":
            return None
        if any(start <= a.group.start < group.start for a in self.actors):
            return None
        if re.search(r"(?:của|ý\s+kiến|đề\s+nghị)\s*(?:các\s*)?$", before) is None:
            return None
        for index in range(1, len(group.mentions)):
            gap = self.low[group.mentions[index - 1].end : group.mentions[index].start]
            if "," in gap and "và" not in gap:
                rest = Group(group.mentions[index:])
                if self._strong(rest, end) or self._verb_follows(rest, end):
                    return rest
        return None

    def _is_subject(self, group: Group, start: int, end: int) -> bool:
        low = self.low
        after = low[group.end : end]
        opens = self._opens(start, group.start)
        strong = self._strong(group, end)
        if not opens:
            before = low[start : group.start].rstrip()
            connected = before.endswith((",", ";", "và", "(", "-", "còn", "thì", "do đó", "vì vậy"))
            if not (strong and connected):
                return False
        if not after.strip(" .;:,)"):
            return False
        if strong:
            return True
        if not self._tells(group, end) or self._enumerates(start):
            return False
        if self._verb_follows(group, end):
            return True
        first = not low[start : group.start].strip(" \"'(,")
        return first and not self.heading and len(_WORDS.findall(low, group.end, end)) > 2

    def _enumerates(self, start: int) -> bool:
        """Whether the clause at ``start`` stands behind "gồm:" and only lists."""
        return re.search(r"(?:gồm|bao gồm|gồm có)\s*:\s*$", self.low[max(self.start, start - 20) : start]) is not None

    def _verb_follows(self, group: Group, end: int) -> bool:
        """Whether a verb or the like stands right behind the list (and an aside)."""
        at = self._skip_aside(group.end, end)
        return _verbs().match(self.low, at, end) is not None

    def _tells(self, group: Group, end: int) -> bool:
        """Whether what follows the list tells it to do something."""
        at = self._skip_aside(group.end, end)
        if at >= end:
            return False
        if self.low[at] in ")/-" or (self.text[at].isupper() and "," in self.low[group.end : at]):
            return False
        refused = _regex("no_duty_re").match(self.low, at, end)
        return refused is None or re.search(r",\s*(?:có|chịu)\s+trách\s+nhiệm", self.low[at:end]) is not None

    def _skip_aside(self, at: int, end: int) -> int:
        bracket = _BRACKET.match(self.low, at, end)
        at = bracket.end() if bracket else at
        aside = _ASIDE.match(self.low, at, end)
        return aside.end() if aside else at

    def _strong(self, group: Group, end: int) -> bool:
        at = self._skip_light(group.end, end)
        low = self.low
        return (
            _any("lead").match(low, at, end) is not None
            or _any("duties").match(low, at, end) is not None
            or _any("duties").match(low, self._skip_aside(group.end, end), end) is not None
            or _regex("coordinate_re").match(low, at, end) is not None
        )

    def _skip_light(self, at: int, end: int) -> int:
        at = self._skip_aside(at, end)
        light = _LIGHT.match(self.low, at, end)
        return light.end() if light else at

    def _stance(self, group: Group, end: int) -> tuple[Stance, str]:
        """How the list is told to act, by the words right behind it."""
        low = self.low
        aside = self._skip_aside(group.end, end)
        at = self._skip_light(group.end, end)
        lead = _any("lead").match(low, at, end)
        if lead is not None:
            named = self._noun(lead.start(), "lead_nouns") and _any("duties").search(low, lead.end(), end)
            return "plain" if named else "leads", self.text[lead.start() : lead.end()]
        match = _regex("coordinate_re").match(low, at, end)
        if match is None or not match.group().startswith("phối"):
            return "plain", ""
        words = self.text[match.start() : match.end()].strip()
        after = match.end()
        while after < end and low[after] == " ":
            after += 1
        with_partner = any(p.group.start == after for p in self.partners)
        duty = _any("duties").match(low, aside, end)
        only_collective = all(m.agency.collective for m in group.mentions)
        if not with_partner and not words.lower().endswith("với"):
            return "coordinates", words
        if duty is not None or only_collective:
            return "coordinates", words
        return "plain", ""

    # -- chủ trì ----------------------------------------------------------------------------------------------

    def _leads(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """The verbs of leading in the clause, not nouns ("đơn vị chủ trì") nor relative clauses ("do X chủ trì")."""
        for match in _any("lead").finditer(self.low, start, end):
            if match.group() == "chủ trì" and self._noun(match.start(), "lead_nouns"):
                continue
            by_other = next((g for g in self.groups if self._touches(g.end, match.start())), None)
            if by_other is not None and re.search(
                r"(?<!\w)do\s+$", self.low[max(start, by_other.start - 5) : by_other.start]
            ):
                continue
            yield match

    def _owner(self, at: int) -> int | None:
        """The actor a verb of leading at ``at`` speaks of: the last one named before it."""
        named = [i for i, a in enumerate(self.actors) if a.group.start < at and a.stance != "coordinates"]
        return named[-1] if named else None


@cache
def _verbs() -> re.Pattern[str]:
    words = (*grammar()["verbs"], *grammar()["verbs_in_names"], *_words()["modals"])
    return re.compile(rf"(?:{alternation(words)})(?!\w)")


@cache
def _hard_verbs() -> re.Pattern[str]:
    words = (*grammar()["verbs"], *_words()["modals"], *_words()["lead"])
    return re.compile(rf"(?<!\w)(?:{alternation(words)}|phối\s+hợp)(?!\w)")


@cache
def _offices() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(grammar()['offices'])})\s*$")


def _trailing_office(words: str) -> str:
    """``words`` without an office at their end ("…, Bộ trưởng" before "yêu cầu")."""
    return _offices().sub("", words)
