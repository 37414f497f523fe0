"""Questions in two clauses: "who leads T and by when", "ai chủ trì T1 và ai phối hợp T2", "vừa … vừa …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kgplan.answering.interpretation import Interpretation, RoleAsked
from kgplan.answering.roles import role_of
from kgplan.answering.spans import EMPTY_CUES, Span
from kgplan.answering.state import State

_INTERROGATIVES = ("who", "when", "which", "count", "howmuch", "where", "which_number", "on_what")
_OPENERS = ("who", "when", "count", "howmuch", "where")
_NOUNS = ("noun_agency", "lead_noun", "noun_task", "noun_document", "document_type", "noun_deadline", "noun_indicator")
_AND = ("va", "and", "con", "while", "roi", "then")
_CONTRAST = ("con", "while")
_BOTH = ("vua",)
_BOTH_AND = ("and", "va", "lan")
_ALSO = ("also", "cung", "dong", "con")
_OR = ("or", "hay", "hoac")
_TOLD: dict[str, RoleAsked] = {
    "leads": "leads",
    "only_coordinates": "coordinates",
    "shares": "shares",
    "coordinates": "coordinates",
}
"""Cues that say one role, and which."""

_AMONG = ("of", "among", "trong")
_BREAK = re.compile(r"[,;.?!]")


def second_clause(state: State) -> tuple[int, int] | None:
    """Where the first of two clauses ends and the second begins (offsets in the question); None when it has one.

    Each has an interrogative of its own, and the second opens with it behind a conjunction or a comma.
    """
    for index, span in enumerate(state.spans):
        if index == 0 or not any(s.has(*_INTERROGATIVES) for s in state.spans[:index]):
            continue
        before = state.tokens[state.spans[index - 1].last - 1].end
        start = state.tokens[span.first].start
        broken = _BREAK.search(state.question[before:start]) is not None
        joined = state.folded(span) in _AND and span.last - span.first == 1
        contrasted = broken and joined and state.folded(span) in _CONTRAST
        asks = contrasted and any(s.has(*_INTERROGATIVES) for s in state.spans[index + 1 :])
        if (joined or broken) and (asks or _opens(state, index + joined)):
            return before, state.tokens[span.last - 1].end if joined else start
    return None


def joint_clauses(state: State) -> tuple[str, str] | None:
    """Two questions both of which the agencies asked for must answer; None when it puts one question.

    "Ai vừa chủ trì X vừa phối hợp Y", "who both leads X and coordinates Y", "of the agencies on X, which also leads
    Y": the words before the two conditions belong to each.
    """
    both = [s for s in state.spans if s.has("both") and state.folded(s) in _BOTH]
    if len(both) >= 2 and both[0].first:
        return _with_head(state, both[0].first, (both[0].last, both[1].first), (both[1].last, len(state.tokens)))
    also = _also(state)
    if also is None:
        return _two_topics(state)
    end, start = also
    if state.folded(state.spans[0]) in _AMONG:
        opening = next((i for i, s in enumerate(state.spans) if s.has(*_INTERROGATIVES)), 0)
        opening -= opening > 0 and state.spans[opening - 1].has("noun_agency")
        limit = state.spans[opening].first
        if limit == 0 or limit >= len(state.tokens) or not _BREAK.search(_between(state, limit - 1, limit)):
            return None
        seat = "Which" if state.english else "Những"
        first = next((s.first for s in state.spans if s.has("noun_agency")), state.spans[0].last)
        return f"{seat} {_text(state, first, limit)}", _text(state, limit, len(state.tokens))
    head = next((i for i, s in enumerate(state.spans) if role_of(s) is not None), 0)
    if head == 0 or state.spans[head].first >= end:
        return None
    begin = state.spans[head].first
    return _with_head(state, begin, (begin, end), (start, len(state.tokens)))


def _also(state: State) -> tuple[int, int] | None:
    """The tokens where the first condition ends and the second begins: a word such as "also", then a role."""
    for index, span in enumerate(state.spans):
        follows = state.spans[index + 1 : index + 3]
        word = state.folded(span)
        beyond = any(s.has("except") for s in state.spans[:index])
        if index == 0 or beyond or not any(role_of(s) is not None for s in follows):
            continue
        paired = word in _AND and any(s.has("both") and state.folded(s) == "both" for s in state.spans[:index])
        if word in _ALSO or paired:
            before = state.spans[index - 1]
            joined = state.folded(before) in _AND and before.last - before.first == 1
            return before.first if joined else span.first, span.last
    return None


def _two_topics(state: State) -> tuple[str, str] | None:
    """ "Who works on both X and Y", "ai lo cả X lẫn Y"."""
    both = next((i for i, s in enumerate(state.spans) if s.has("both")), None)
    if not both or state.spans[both + 1 : both + 2] == [] or state.spans[both + 1].agency is not None:
        return None
    rest = state.spans[both + 1 :]
    joint = next((s for s in rest if s.has("or", "with") and state.folded(s) in _BOTH_AND), None)
    if joint is None:
        return None
    first = (state.spans[both].last, joint.first)
    return _with_head(state, state.spans[both].first, first, (joint.last, len(state.tokens)))


def _with_head(state: State, head: int, first: tuple[int, int], second: tuple[int, int]) -> tuple[str, str]:
    opening = _text(state, 0, head)
    return f"{opening} {_text(state, *first)}", f"{opening} {_text(state, *second)}"


def _text(state: State, first: int, last: int) -> str:
    """The question's words from token ``first`` to before ``last``, without the mark between two clauses."""
    if first >= last:
        return ""
    return state.question[state.tokens[first].start : state.tokens[last - 1].end]


def _between(state: State, first: int, second: int) -> str:
    return state.question[state.tokens[first].end : state.tokens[second].start]


def all_of(first: Interpretation, second: Interpretation) -> Interpretation | None:
    """The reading under which the agencies asked for answer both; None where the two do not ask for agencies."""
    first, second = _strictly(first, second), _strictly(second, first)
    asked = all(r.returned == "agencies" and not r.yes_no and not r.unknown for r in (first, second))
    tied = any(r.ranked or r.formers or r.asks_issuer or r.intent == "count" for r in (first, second))
    if not asked or tied or not all(_names(r) or r.role not in (None, "any") for r in (first, second)):
        return None
    return replace(first, parts=(first, second), all_of=True)


def in_each(
    within: Sequence[Interpretation], beyond: Sequence[Interpretation], *, every: bool, no_role: bool
) -> Interpretation | None:
    """The reading of a question about several parts of the plan; None where that is not what is asked.

    Agencies are asked for in every part ``within`` or in any, and in none ``beyond``, with ``no_role`` in no role
    there; other things in any.
    """
    whole = (*within, *beyond)
    same = all(r.section and r.returned == whole[0].returned and r.intent != "count" for r in whole)
    if not same or any(r.yes_no or r.parts or r.unknown or r.ranked for r in whole):
        return None
    if len(whole) == 1 or (whole[0].returned != "agencies" and (beyond or every)):
        return None
    barred = tuple(
        replace(r, barred=True, role="any" if no_role or r.role == "responsible" else r.role) for r in beyond
    )
    return replace(whole[0], parts=(*within, *barred), all_of=every)


def two_roles(state: State, reading: Interpretation) -> Interpretation:
    """Agencies that hold each of two roles, one here, one there: "which agencies lead some tasks and share others"."""
    if reading.intent != "agencies" or reading.yes_no or _names(reading) or reading.asked_negated or reading.only:
        return reading
    said = [(i, s) for i, s in enumerate(state.spans) if s.has(*_TOLD)]
    if len(said) != 2 or said[0][1].cues.keys() & said[1][1].cues.keys() & set(_TOLD):
        return reading
    between = state.spans[said[0][0] + 1 : said[1][0]]
    if any(s.has("who", "noun_agency") or state.folded(s) in _OR for s in between):
        return reading
    roles = [next(role for name, role in _TOLD.items() if s.has(name)) for _, s in said]
    parts = tuple(replace(reading, role=role) for role in roles)
    return replace(parts[0], parts=parts, all_of=True)


def _strictly(reading: Interpretation, other: Interpretation) -> Interpretation:
    """Beside another role, working together is a role of its own: "vừa chủ trì, vừa phối hợp"."""
    plain = reading.role == "any" and other.role in ("leads", "shares") and not (_names(reading) or _names(other))
    return replace(reading, role="coordinates") if plain else reading


def shared_partners(reading: Interpretation) -> Interpretation:
    """Partners that several agencies have in common, each in tasks of its own: "đối tác chung của A và B"."""
    plain = [c for c in reading.agencies if not c.negated]
    given = (reading.topic, reading.documents, reading.section, reading.inner, reading.issuer, reading.parts)
    if reading.intent != "agencies" or reading.yes_no or len(plain) < 2 or len(plain) < len(reading.agencies):
        return reading
    if any(map(bool, given)) or reading.ranked or reading.formers or reading.unknown:
        return reading
    everyone = tuple(iri for condition in plain for iri in condition.agencies)
    parts = tuple(replace(reading, agencies=(c,), excluded=(*reading.excluded, *everyone)) for c in plain)
    return replace(reading, parts=parts, all_of=True)


def _opens(state: State, index: int) -> bool:
    """Whether a clause from span ``index`` on opens with its interrogative ("by when", "văn bản nào") or an agency."""
    rest = [s for s in state.spans[index:] if not _empty(s)]
    if not rest or rest[0].has("on_what"):
        return False
    if rest[0].has(*_OPENERS) or (rest[0].has("which") and state.english):
        return True
    if rest[0].agency is not None:
        return any(s.has("which", "count", "when", "on_what") for s in rest[1:])
    return rest[0].has(*_NOUNS) and len(rest) > 1 and rest[1].has("which", "when")


def _empty(span: Span) -> bool:
    return span.has(*EMPTY_CUES) and not span.has(*_INTERROGATIVES, *_NOUNS)


def join(whole: Interpretation, first: Interpretation, second: Interpretation) -> Interpretation:
    """The reading of a question in two clauses: of ``whole`` where they ask one thing, else with both as ``parts``.

    A second clause that names nothing asks about what the first one names.
    """
    if whole.yes_no or first.yes_no or second.yes_no or not _names(first):
        return whole
    if first.returned == second.returned and first.counted and not second.counted:
        second = replace(second, intent=first.intent, counted=first.counted)
    if not _names(second):
        if second.returned == first.returned or "network" in (first.intent, second.intent):
            return whole
        agencies = first.agencies
        second = replace(
            second,
            topic=first.topic,
            topic_marked=True,
            agencies=agencies,
            documents=first.documents if second.returned != "documents" else (),
            section=first.section,
            issuer=first.issuer,
            inner=first.inner,
            not_topic=first.not_topic,
            role=second.role if second.returned == "agencies" else (agencies[0].role if agencies else None),
        )
        if not _names(second):
            return whole
    elif second.returned == "statements" and not second.kinds and first.returned != "statements":
        kept = ("intent", "counted", "role", "document_types", "place_kinds")
        second = replace(second, **{name: getattr(first, name) for name in kept})
    return replace(first, parts=(first, second))


def _names(reading: Interpretation) -> bool:
    """Whether the reading says what it is about."""
    given = (reading.topic, reading.agencies, reading.documents, reading.inner, reading.issuer, reading.section)
    more = (reading.people, reading.unknown, reading.kinds, reading.formers, reading.no_lead, reading.superlative)
    return any(map(bool, (*given, *more)))
