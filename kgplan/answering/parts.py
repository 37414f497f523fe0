"""Questions in two clauses: "who leads T and by when", "ai chủ trì T1 và ai phối hợp T2"."""

from __future__ import annotations

import re
from dataclasses import replace

from kgplan.answering.interpretation import Interpretation
from kgplan.answering.spans import EMPTY_CUES, Span
from kgplan.answering.state import State

_INTERROGATIVES = ("who", "when", "which", "count", "howmuch", "where", "which_number", "on_what")
_OPENERS = ("who", "when", "count", "howmuch", "where")
_NOUNS = ("noun_agency", "lead_noun", "noun_task", "noun_document", "document_type", "noun_deadline", "noun_indicator")
_AND = ("va", "and", "con", "while", "roi", "then")
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
        if (joined or broken) and _opens(state, index + joined):
            return before, state.tokens[span.last - 1].end if joined else start
    return None


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
    if not _names(second):
        if second.returned == first.returned or "network" in (first.intent, second.intent):
            return whole
        agencies = first.agencies
        second = replace(
            second,
            topic=first.topic,
            topic_marked=True,
            also_topic=first.also_topic,
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
