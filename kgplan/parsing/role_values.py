"""The values in which a reading of roles is told: lists of agencies, how each is told to act, what a span says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kgplan.parsing.agency_memory import Mention
from kgplan.parsing.role_words import JOINT, LISTS, ROLE_IN_BRACKET

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
    aside: bool = False
    """Whether it is told only in passing, in a bracket or as one whom another directs: the heading's actors stay."""
    clause: int = -1
    """Where the clause begins that tells it; -1 for one that speaks of the whole statement."""


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
    start: int = 0
    """Where the span begins: those who "phối hợp" further on do so with the heading's actor."""

    def __bool__(self) -> bool:
        return bool(self.actors or self.partners)


def groups(low: str, mentions: Sequence[Mention]) -> list[Group]:
    """The mentions as lists: those with nothing but commas, "và" and brackets between them stand together.

    A semicolon joins only in a list that opens a clause or is addressed ("yêu cầu …; …").
    """
    found: list[list[Mention]] = []
    for mention in mentions:
        if (
            found
            and JOINT.fullmatch(low, found[-1][-1].end, mention.start)
            and not _governs(low, found[-1][-1], mention)
        ):
            first = found[-1][0].start
            if ";" not in low[found[-1][-1].end : mention.start] or LISTS.search(low, max(0, first - 40), first):
                found[-1].append(mention)
                continue
        found.append([mention])
    return [Group(tuple(g)) for g in found]


def bracketed(low: str, group: Group) -> tuple[Actor, ...]:
    """The actors of a list with roles in brackets, "Sở A (chủ trì), Sở B, Sở C (phối hợp)"; none without any.

    Those without a bracket share the next one's role; behind the last, they work with who leads.
    """
    found: list[Actor] = []
    waiting: list[Mention] = []
    for mention in group.mentions:
        waiting.append(mention)
        told = ROLE_IN_BRACKET.match(low, mention.end)
        if told is not None:
            stance: Stance = "coordinates" if told["role"].startswith("phối") else "leads"
            found += [Actor(Group((one,)), stance, " ".join(told["role"].split())) for one in waiting]
            waiting = []
    rest: Stance = "coordinates" if any(actor.stance == "leads" for actor in found) else "plain"
    return tuple(found and [*found, *(Actor(Group((one,)), rest) for one in waiting)])


def _governs(low: str, first: Mention, second: Mention) -> bool:
    """Whether what looks like the office of the second is what the first does: "Đảng ủy lãnh đạo Sở Y tế"."""
    return (
        second.office is not None and second.office.lower() == "lãnh đạo" and not low[first.end : second.start].strip()
    )
