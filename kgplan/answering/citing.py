"""The conditions a question puts on documents: those it names, their types and days, those that must be cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kgplan.answering.catalogue import Catalogue
from kgplan.answering.interpretation import ANY_TYPE, DateTest, Due, Intent
from kgplan.answering.spans import Span
from kgplan.answering.state import State

_DAY_WORDS = ("ngay", "thang", "nam", "the", "month", "of", "year", "date")
_DATED: dict[str, DateTest] = {
    **dict.fromkeys(("after", "sau", "later", "following"), "after"),
    **dict.fromkeys(("before", "truoc", "prior", "earlier"), "before"),
    **dict.fromkeys(("since", "from", "tu"), "since"),
}
YEAR_WORDS = ("nam", "year", "in", "for", "of")


def issue_date(state: State, catalogue: Catalogue, returned: Intent) -> str | None:
    """The date of issue of the documents asked for or cited, or the year behind a word of issuing."""
    if returned != "documents":
        dates = [d.date for d in catalogue.documents.values() if d.date]
        cited = (
            state.date is not None
            and any(d.startswith(state.date) for d in dates)
            and state.any("noun_document", "document_type") is not None
        )
        if returned == "deadlines" or not cited:
            return None
        state.use("noun_document", "document_type")
    if state.use("issuing"):
        for index, span in enumerate(state.spans):
            if is_year(state.tokens[span.first].text):
                span.used = True
                if index and state.folded(state.spans[index - 1]) in YEAR_WORDS:
                    state.spans[index - 1].used = True
                return state.date or state.tokens[span.first].text
    return state.date


def issued(state: State, returned: Intent) -> Due | None:
    """Between which days the documents asked for were issued: "ban hành sau tháng 9/2021", "dated before 2022"."""
    if returned != "documents":
        return None
    for index, span in enumerate(state.spans):
        word = state.tokens[span.first].text
        given = state.date if not state.free[span.first] and not span.entity else (word if is_year(word) else None)
        before = [s for s in state.spans[max(0, index - 3) : index] if state.folded(s) not in _DAY_WORDS][-1:]
        test = None if given is None or not before else _DATED.get(state.folded(before[0]))
        if given is not None and test is not None:
            for used in (*before, span, *state.spans[state.spans.index(before[0]) : index]):
                used.used = True
            state.use("issuing", "noun_deadline")
            return Due(test, given)
    return None


def dated(state: State, returned: Intent) -> Literal["latest", "earliest"] | None:
    """Whether the latest or the earliest of the documents asked for is meant."""
    if returned != "documents":
        return None
    said: tuple[Literal["latest", "earliest"], ...] = ("latest", "earliest")
    return next((which for which in said if state.use(which)), None)


@dataclass(frozen=True, slots=True)
class Cited:
    """The documents (IRIs) that are asked about, those left out, and the day on which those asked for were issued."""

    documents: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    date: str | None = None


def cited(state: State, catalogue: Catalogue, returned: Intent) -> Cited:
    """The documents named: behind a word of exception they are left out; "the same day as" means their day.

    Where something else is asked for, the latest or the earliest document is one named.
    """
    excluded: list[str] = []
    named: list[str] = []
    for index, span in enumerate(state.spans):
        if span.document is None or span.document.document is None:
            continue
        before = state.spans[max(0, index - 2) : index]
        out = returned == "documents" and any(s.has("except") for s in before)
        for used in before if out else ():
            used.used = used.used or used.has("except")
        (excluded if out else named).append(span.document.document)
    day = next((found for iri in (*named, *excluded) if (found := catalogue.documents[iri].date)), None)
    if returned == "documents" and day and state.use("same_day"):
        state.use("issuing", "with")
        return Cited((), (*excluded, *named), day)
    if not named and returned != "documents" and state.any("noun_document", "document_type"):
        first = state.use("earliest")
        days = {d.date: d.iri for d in catalogue.documents.values() if d.date} if first or state.use("latest") else {}
        if days:
            state.use("noun_document", "document_type", "issuing")
            named.append(days[min(days) if first else max(days)])
    return Cited(tuple(named), tuple(excluded))


def cited_types(state: State, returned: Intent) -> tuple[str, ...]:
    """Types of document that the statements must cite ("nhiệm vụ có dẫn nghị quyết")."""
    if returned not in ("tasks", "agencies", "statements"):
        return ()
    found: list[str] = []
    cites = next((i for i, s in enumerate(state.spans) if s.has("citing")), None)
    if cites is not None:
        some = next((s for s in state.spans[cites + 1 : cites + 4] if s.has("noun_document") and not s.used), None)
        if some is not None:
            some.used = state.spans[cites].used = True
            return (ANY_TYPE,)
    for index, span in enumerate(state.spans):
        code = span.cues.get("document_type")
        before = state.spans[max(0, index - 3) : index]
        after: Sequence[Span] = state.spans[index + 1 : index + 2]
        ends = not after or after[0].used or after[0].has("filler", "not")
        if code is not None and not span.used and ends and any(s.has("citing") for s in before):
            span.used = True
            state.use("citing")
            found.append(code)
    return tuple(found)


def is_year(word: str) -> bool:
    """Whether the word is a year of the last or this century."""
    return len(word) == 4 and word.isdigit() and word.startswith(("19", "20"))
