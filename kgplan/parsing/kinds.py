"""The kind of a statement, told by the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kgplan.model import Kind
from kgplan.parsing.collectives import alternation
from kgplan.parsing.labels import heading_words
from kgplan.parsing.level import level

_TO_BE_DONE = re.compile(r"(?<!\w)(?:nhiệm vụ|giải pháp|phương hướng|yêu cầu)(?!\w)")
_LEAD = re.compile(r"(?:về|các|một số|những|nhóm)\s+")


@cache
def _kinds() -> dict[str, Kind]:
    return {phrase: kind for kind, phrases in heading_words()["kinds"] for phrase in phrases}


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(_kinds())})(?!\w)")


@cache
def _bases() -> re.Pattern[str]:
    return re.compile(rf"(?:các\s+|những\s+)?(?:{alternation(heading_words()['bases'])})[^:;.]{{0,50}}")


def is_basis(title: str) -> bool:
    """Whether a section of this title lists the acts that a plan rests on."""
    return _bases().fullmatch(level(title).strip(" .:")) is not None


@cache
def _opening(name: str) -> re.Pattern[str]:
    """Any phrase of the list ``name`` in data/headings.json, as whole words."""
    return re.compile(rf"(?:{alternation(heading_words()[name])})(?!\w)")


def is_scope(title: str) -> bool:
    """Whether a section of this title says whom an act concerns or what its words mean, and gives nobody a duty."""
    return _opening("scopes").match(level(title).strip()) is not None


def is_structure(title: str) -> bool:
    """Whether a section of this title says of which units a body consists."""
    return _opening("structures").match(level(title).strip()) is not None


def is_report(title: str) -> bool:
    """Whether a section of this title tells what has been done or how things stand, and not what is to be done."""
    low = level(title).strip()
    return _opening("reports").match(low) is not None and _TO_BE_DONE.search(low) is None


def kind_of(titles: Iterable[str], plan_type: str | None) -> Kind:
    """The kind that ``titles`` (outermost first) give, by the first words of the innermost that matches.

    With no matching title, a directive's items are directives and any other plan's are tasks.
    """
    for title in reversed(list(titles)):
        low = level(title).strip()
        match = _phrases().match(low) or _phrases().match(_LEAD.sub("", low, count=1))
        if match is not None:
            return _kinds()[" ".join(match.group().split())]
    by_type: dict[str, Kind] = heading_words()["type_kinds"]
    return by_type.get(level(plan_type or ""), "task")
