"""What a question leaves out: "apart from …", "ngoài việc …", "but not about …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kgplan.answering.interpretation import AgencyCondition, Intent
from kgplan.answering.roles import Roles, role_of
from kgplan.answering.spans import EMPTY_CUES
from kgplan.answering.state import State

_BREAK = re.compile(r"[,;:?!]")
_OF_STATEMENTS: tuple[Intent, ...] = ("tasks", "statements", "documents", "deadlines")


def excluded(state: State, roles: Roles) -> tuple[str, ...]:
    """The agencies that the question leaves out ("ngoài Sở Tài chính")."""
    found: list[str] = []
    for index in roles.excluded:
        state.spans[index].used = True
        mention = state.spans[index].agency
        if mention is not None and mention.agency is not None:
            found += mention.agency.iris
    return tuple(found)


def of_statements(
    returned: Intent, agencies: Sequence[AgencyCondition], excluded: Sequence[str]
) -> tuple[AgencyCondition, ...]:
    """``agencies`` with those that the statements must not have: "nhiệm vụ của Sở A, trừ việc chung với Sở B"."""
    if returned not in _OF_STATEMENTS or not excluded:
        return tuple(agencies)
    return (*agencies, AgencyCondition(tuple(excluded), "any", negated=True))


def topic_words(state: State, returned: Intent) -> tuple[int, int] | None:
    """The tokens of the topic that the question leaves out; None when it leaves out none.

    They run from the word of exception to the next comma, interrogative, agency or document, or to the end.
    """
    if returned not in _OF_STATEMENTS:
        return None
    for index, span in enumerate(state.spans):
        if not span.has("except") or span.used:
            continue
        last = index
        while last + 1 < len(state.spans) and not _ends(state, last + 1):
            last += 1
        inside = state.spans[index + 1 : last + 1]
        if any(not s.used and not s.has(*EMPTY_CUES) and role_of(s) is None and not s.has("noun_task") for s in inside):
            return span.first, state.spans[last].last
    return None


def _ends(state: State, index: int) -> bool:
    span = state.spans[index]
    gap = state.question[state.tokens[span.first - 1].end : state.tokens[span.first].start]
    return span.entity or bool(_BREAK.search(gap)) or span.has("who", "count", "when", "ask_statement")
