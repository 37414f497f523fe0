"""Who does what: the responsibilities of a statement, from its own words and the headings above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kgplan.model import Responsibility, Role
from kgplan.parsing.agency_memory import Mention
from kgplan.parsing.agency_words import offices
from kgplan.parsing.clauses import Span
from kgplan.parsing.role_values import Actor, Reading, groups
from kgplan.parsing.role_words import (
    ASIDE,
    BELONGING,
    BRACKET,
    OPENING,
    any_of,
    hard_verbs,
    regex,
    role_words,
)
from kgplan.parsing.roles import read_roles
from kgplan.parsing.tokens import CAPITALS

_NO_PREDICATE = re.compile(r"[\s.;,]*(?:\([^()]*\)[\s.;,-]*)*(?:-\s*[A-ZĐ&]+[\s.;]*)?")
_MATTER = re.compile(r"\s+(?:trong\s+(?:việc|công\s+tác)|về(?:\s+việc)?|đối\s+với)\s")
"""What the duties are about, behind "Trách nhiệm của X"."""
_NAME_GOES_ON = re.compile(rf"[ \w]{{1,60}}\svà\s[{CAPITALS}]")


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
        head = regex("subject_heads_re").match(low, start)
        bare = OPENING.match(low, start, end)
        begins = first.start in {head.end() if head else -1, start, bare.end() if bare else -1}
        behind = low[start : first.start].rstrip().endswith(",")
        begins = begins or (behind and any_of("openers").match(low, start) is not None)
        told = _ends_list(low, _behind(low, first.end, end), end)
        told = told or (head is not None and _MATTER.match(low, first.end, end) is not None)
        if not told and low[end - 1 : end + 1].rstrip().endswith(":"):
            told = re.search(role_words()["duties_follow_re"], low[first.end : end].rstrip(" :")) is not None
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
    bracket = BRACKET.match(low, mentions[0].end, end)
    at = bracket.end() if bracket else mentions[0].end
    return mentions[0] if re.match(rf"\s+{role_words()['is_body_re']}", low[at:end]) else None


def only_names(text: str, low: str, start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Whether a short statement is nothing but a body's name, as in a list of units: no predicate stands behind it."""
    if not mentions or mentions[0].start != start or end - start > 120:
        return False
    rest = text[mentions[0].end : end]
    if _NAME_GOES_ON.match(rest):
        return hard_verbs().search(low, mentions[0].end, end) is None
    return _NO_PREDICATE.fullmatch(rest) is not None


def own_duties(low: str, start: int, end: int) -> bool:
    """Whether a title only says "Nhiệm vụ và quyền hạn", of the body that the document is about."""
    return regex("own_duties_re").match(low[start:end].strip()) is not None


def names_member(low: str, start: int, end: int) -> bool:
    """Whether a statement only says which seat an agency's chief has ("Ủy viên Hội đồng"), and names no duty."""
    return any_of("members").match(low, start) is not None and any_of("duties").search(low, start, end) is None


def names_seat(low: str, start: int, end: int, behind: int) -> bool:
    """Whether a title is a seat in a body and an office stands ``behind`` it ("Chủ tịch: Thứ trưởng")."""
    return any_of("members").match(low, start, end) is not None and offices().match(low, behind) is not None


def label_title(low: str, start: int, end: int) -> bool:
    """Whether a title names a role whose bearer stands behind its colon: "Cơ quan chủ trì", "Đơn vị phối hợp"."""
    return regex("label_title_re").match(low[start:end].rstrip(" .:")) is not None


def _behind(low: str, at: int, end: int) -> int:
    """The place behind the list that ends at ``at``, its brackets, belongings and asides."""
    for pattern in (
        BRACKET,
        re.compile(BELONGING.replace("(?=\\s*[,;]|\\s+và\\s)", "(?=\\s*[,;:.]|$)")),
        BRACKET,
        ASIDE,
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
    helped = bool(inherited) and all(a.group.start > reading.start for a in actors)
    if all(a.stance == "coordinates" for a in actors) and not reading.partners and not helped:
        actors = [replace(a, stance="plain") if _together(a) else a for a in actors]
    if reading.states:
        inherited = ()
    weak = all(not a.inherited for a in inherited)
    if inherited and not weak:
        actors = [a for a in actors if a.by is not None or a.words.lower() not in role_words()["assign_softly"]]
    own = [a for a in actors if (weak or a.stance != "coordinates") and not (a.aside and inherited)]
    if not any(weak or a.group.start < reading.opening_end for a in own):
        actors = [_adopt(a, reading) for a in inherited] + actors
    leaders = {(a.clause, m.agency.id) for a in actors if a.stance == "leads" for m in a.group.mentions}
    found: dict[tuple[str, Role], Responsibility] = {}
    for actor in (*actors, *reading.partners):
        for mention in actor.group.mentions:
            role = _role(actor, mention, leaders)
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
                    inherited=actor.inherited or None,
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


def _role(actor: Actor, mention: Mention, leaders: set[tuple[int, str]]) -> Role | None:
    """The role of one of an actor's agencies; ``leaders`` are those who lead, with the clause that says so."""
    if actor.stance != "plain":
        return actor.stance
    alone = len(actor.group.mentions) == 1 and not mention.agency.collective
    others = any(clause in (-1, actor.clause) and agency != mention.agency.id for clause, agency in leaders)
    return "leads" if alone and not others else "shares"
