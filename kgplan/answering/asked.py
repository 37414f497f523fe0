"""What a question asks for: read from its interrogatives and the nouns beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kgplan.answering.interpretation import Intent
from kgplan.answering.lexicon import Token
from kgplan.answering.spans import Span

_NOUNS: dict[str, Intent] = {
    "noun_agency": "agencies",
    "noun_task": "tasks",
    "noun_document": "documents",
    "document_type": "documents",
    "noun_indicator": "indicators",
    "noun_deadline": "deadlines",
    "noun_person": "people",
    "noun_place": "places",
    "place_kind": "places",
    "noun_statement": "statements",
}
_COUNTED = ("noun_task", "noun_agency", "noun_indicator", "noun_document", "document_type")
_VERBS = ("leads", "responsible", "assigned", "carries_out", "coordinates", "involved", "shares")
_ONES = ("one", "ones", "them", "these", "those")
"""Words that stand for the things named before: "of the tasks …, which ones …"."""

_REACH = 4
"""How many spans may stand between an interrogative and its noun ("which spatial or urban master plans")."""


@dataclass(slots=True)
class Asked:
    """What is asked for. ``strength`` is 0 when only a noun or nothing suggests it.

    ``seats`` are the spans that stand for the agencies asked for ("who", "đơn vị nào"); roles attach to
    them. ``document_types`` are codes; ``place_kinds`` kinds of place.
    """

    intent: Intent | None = None
    strength: float = 0.0
    count: bool = False
    on_what: bool = False
    seats: list[int] = field(default_factory=list)
    document_types: list[str] = field(default_factory=list)
    place_kinds: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Candidate:
    strength: float
    intent: Intent
    spans: tuple[int, ...]
    count: bool = False


def find_asked(spans: Sequence[Span], tokens: Sequence[Token]) -> Asked:
    """Read what is asked for and mark the spans that said so as used."""
    asked = Asked()
    candidates: list[_Candidate] = []
    for index, span in enumerate(spans):
        if span.entity:
            continue
        candidates += _at(index, spans, tokens)
        if span.has("on_what"):
            asked.on_what = True
    for candidate in candidates:
        if candidate.intent == "agencies" and candidate.strength >= 0.8:
            asked.seats += [i for i in candidate.spans if i not in asked.seats]
    if not candidates:
        return asked
    best = max(candidates, key=lambda c: c.strength)
    listed = [c for c in candidates if c.intent == best.intent and c.strength >= 3 and min(c.spans) > max(best.spans)]
    if best.count and listed:  # "mấy việc, là những việc nào"
        best = listed[0]
    asked.intent, asked.strength, asked.count = best.intent, best.strength, best.count
    for candidate in candidates:
        if (
            candidate is best
            or (candidate.strength >= 2 and candidate.intent == best.intent)
            or (candidate.intent == "agencies" and candidate.strength >= 1)
        ):
            for i in candidate.spans:
                spans[i].used = True
    if best.strength >= 2:
        for span in spans:
            alone = span.last - span.first == 1 and tokens[span.first].plain
            if _is_noun(span) and _intent(span) == best.intent and not span.has("place_kind") and not alone:
                same_type = span.cues.get("document_type") in {spans[i].cues.get("document_type") for i in best.spans}
                span.used = span.used or not span.has("document_type") or same_type
    if best.count:
        for span in spans:
            span.used = span.used or span.has("count", "howmuch")
    if best.intent == "documents":
        _same_kind_before(spans, best)
        asked.document_types = [
            code for i in _all_spans(spans, best) if (code := spans[i].cues.get("document_type")) is not None
        ]
        for before, span in pairwise(spans):  # "đề án (schemes)"
            span.used = span.used or (before.used and span.cues.get("document_type") in asked.document_types)
    if best.intent == "places":
        asked.place_kinds = [k for i in best.spans if (k := spans[i].cues.get("place_kind")) is not None]
    return asked


def _at(index: int, spans: Sequence[Span], tokens: Sequence[Token]) -> list[_Candidate]:
    span = spans[index]
    found: list[_Candidate] = []
    if span.has("ask_statement"):
        found.append(_Candidate(2.3, "statements", (index,)))
    if (
        span.has("count_weak")
        and index + 1 < len(spans)
        and spans[index + 1].has(*_COUNTED)
        and not (index and spans[index - 1].has("document_type"))
    ):
        found.append(_Candidate(3.05, _intent(spans[index + 1]), (index, index + 1), count=True))
    if span.has("who"):
        found.append(_Candidate(2.0, "agencies", (index,)))
    if span.has("when") and not _while(index, spans, tokens):
        found.append(_Candidate(2.6, "deadlines", (index,)))
    if span.has("where"):
        found.append(_Candidate(1.5, "places", (index,)))
    if span.has("howmuch"):
        found.append(_Candidate(2.4, "indicators", (index,)))
    if span.has("which_number"):
        noun = _noun(spans, index, -1, only="documents", reach=2 * _REACH)
        if noun is not None:
            found.append(_Candidate(3.2, "documents", (noun, index)))
    if span.has("name_of"):
        found += _named(index, spans)
    if span.has("count_statements"):
        found.append(_Candidate(3.0, "statements", (index,), count=True))
    if span.has("count"):
        if index + 1 < len(spans) and spans[index + 1].has("lead_noun"):
            return [*found, _Candidate(3.0, "agencies", (index,), count=True)]
        noun = _noun(spans, index, 1)
        word = tokens[span.first]
        doubtful = word.fold == "may" or (word.fold == "dem" and index > 0)  # "máy", "đem", too
        clear = not (doubtful and word.plain)
        if not clear and noun is not None and noun != index + 1:
            noun = None
        if noun is not None and spans[noun].has("count_weak") and _counts(spans, noun + 1):
            noun += 1  # "đếm số nhiệm vụ": without diacritics the number could be a department
        if noun is None and _counts_something_else(index, spans):
            return [*found, _Candidate(2.4, "indicators", (index,))]  # "bao nhiêu ngày", "how many kilometres"
        asks_otherwise = word.fold != "may" or any(s.has("which", "who") for s in spans[index + 1 :])
        if noun is None and (clear or not asks_otherwise):
            noun = _noun(spans, index, -1, reach=2 * _REACH)
        if noun is not None:
            found.append(_Candidate(3.05, _intent(spans[noun]), (index, noun), count=True))
        elif not span.has("howmuch"):
            found.append(_Candidate(0.9, "indicators", (index,)))
    if span.has("which"):
        found += _which(index, spans, tokens)
    if span.has("list"):
        noun = _noun(spans, index, 1, reach=_REACH + 1)
        if noun is not None and all(s.has("filler", "list") for s in spans[index + 1 : noun]):
            found.append(_Candidate(1.2 if index <= 1 else 0.8, _intent(spans[noun]), (index, noun)))
    if span.has("noun_task") and not found and _leads_on(index, spans):
        found.append(_Candidate(0.85, "tasks", (index,)))
    if _is_noun(span) and not found and _alone(span, index):
        found.append(_Candidate(0.5 - 0.01 * index, _intent(span), (index,)))
    return found


def _named(index: int, spans: Sequence[Span]) -> list[_Candidate]:
    """ "Tên của đề án …", "kế hoạch … tên là gì", "name of the person": the person or document whose name is asked."""
    person = _noun(spans, index, 1, only="people")
    if person is None and any(s.has("person_act") for s in spans[:index]):
        person = _noun(spans, index, -1, only="people", reach=len(spans))
    if person is not None:
        return [_Candidate(2.8, "people", (index, person))]
    document = _noun(spans, index, 1, only="documents", reach=2 * _REACH)
    if document is None and all(s.used or s.has("which", "filler", "yes_no_end", "polite") for s in spans[index + 1 :]):
        document = _noun(spans, index, -1, only="documents", reach=len(spans))
    return [] if document is None else [_Candidate(3.1, "documents", (document, index))]


def _counts_something_else(index: int, spans: Sequence[Span]) -> bool:
    """Whether the word behind "how many" is none that the plan's parts are called by."""
    behind = spans[index + 1 : index + 2]
    if any(s.has("who", "which", "when") for n, s in enumerate(spans) if n != index):
        return False
    return bool(behind) and not behind[0].cues and not behind[0].entity


def _counts(spans: Sequence[Span], index: int) -> bool:
    return index < len(spans) and spans[index].has(*_COUNTED)


def _which(index: int, spans: Sequence[Span], tokens: Sequence[Token]) -> list[_Candidate]:
    span = spans[index]
    if tokens[span.last - 1].fold in ("nao", "gi", "la"):
        if index and (named := spans[index - 1].document) is not None and named.by_title:
            return [_Candidate(3.0, "documents", (index,))]
        before = spans[index - 2] if index >= 2 and spans[index - 1].agency is not None else None
        if before is not None and before.has("noun_person"):
            return [_Candidate(3.0, "people", (index - 2, index))]
        noun = _noun(spans, index, -1)
        if noun is not None:
            return [_Candidate(3.0, _intent(spans[noun]), (noun, index))]
        head = _head(index, spans)
        if head is not None:
            return [_Candidate(3.0, _intent(spans[head]), (head, index))]
        before = spans[index - 1] if index else None
        if before is not None and before.has(*_VERBS):
            return [_Candidate(2.2, "tasks", (index,))]
        return [_Candidate(0.3, "statements", (index,))]
    if tokens[span.last - 1].fold in _ONES or (spans[index + 1 : index + 2] and _says(spans[index + 1], tokens, _ONES)):
        referred = _noun(spans, index, -1, reach=len(spans), over_agencies=True)
        if referred is not None:
            return [_Candidate(3.0, _intent(spans[referred]), (referred, index))]
    if _says(span, tokens, ("what",)) and _does(spans[index + 1 :]):
        return [_Candidate(3.0, "tasks", (index,))]
    noun = _noun(spans, index, 1)
    if noun is None and len(spans) > index + 2 and spans[index + 1].has(*_VERBS) and spans[index + 2].has("noun_task"):
        noun = index + 2  # "which led task"
    if noun is not None:
        return [_Candidate(3.0, _intent(spans[noun]), (index, noun))]
    titled = next((s.document for s in spans[index + 1 : index + 2]), None)
    if titled is not None and titled.by_title:
        return [_Candidate(3.0, "documents", (index,))]
    later = [
        s
        for s in spans[index + 1 :]
        if s.entity or s.has("responsible", "carries_out", "involved", "coordinates", "leads")
    ]
    if later and later[0].entity:
        return [_Candidate(2.2, "tasks", (index,))]
    return [_Candidate(0.3, "statements", (index,))]


def _head(index: int, spans: Sequence[Span]) -> int | None:
    """The type of document that opens the question and that the word at ``index`` asks for: "hai chương trình … nào",
    "các đề án dành cho … là gì"."""
    first = next((n for n, s in enumerate(spans[:index]) if not s.has("filler", "list") and not s.has("several")), None)
    if first is not None and not spans[first].cues and not spans[first].entity and first + 1 < index:
        first += 1  # a number
    if any(s.has("about") for s in spans[:index]):
        return None
    told = (
        first is not None and first <= 2 and spans[first].has("document_type") and not spans[first].has("plan_itself")
    )
    return first if told and not any(s.has("who", "which", "count") for s in spans[:index]) else None


def _does(spans: Sequence[Span]) -> bool:
    """Whether an agency described by its role does something: "what else does the agency leading … lead"."""
    opening = [s for s in spans if not s.has("else")][:4]
    described = any(
        s.has("noun_agency") and n + 1 < len(spans) and spans[n + 1].has(*_VERBS) for n, s in enumerate(spans)
    )
    closing = next((s for s in reversed(spans) if not s.has("else")), None)
    does = bool(opening) and opening[0].has("carries_out") and any(s.has("noun_agency") for s in opening)
    return described and does and closing is not None and closing.has(*_VERBS)


def _says(span: Span, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Whether the span is one of ``words``."""
    return span.last - span.first == 1 and tokens[span.first].fold in words


def _while(index: int, spans: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether "when" joins a clause to a question that another word asks: "who helps the office when it …"."""
    span = spans[index]
    single = span.last - span.first == 1 and tokens[span.first].fold == "when"
    return single and any(s.has("who", "which", "count") for s in spans[:index])


def _leads_on(index: int, spans: Sequence[Span]) -> bool:
    """Whether a noun that opens the question goes on with a role that an agency holds: "tasks led by the …"."""
    opens = all(s.has("filler", "list") for s in spans[:index])
    after = spans[index + 1 : index + 3]
    return opens and len(after) == 2 and after[0].has(*_VERBS) and after[1].has("by")


def _alone(span: Span, index: int) -> bool:
    """Whether a noun with no interrogative can be what is asked: agencies, tasks and people only at the beginning."""
    return not span.has("place_kind", "plan_itself") and (
        index <= 1 or _intent(span) not in ("agencies", "tasks", "people")
    )


def _is_noun(span: Span) -> bool:
    return any(name in _NOUNS for name in span.cues)


def _intent(span: Span) -> Intent:
    """The most telling of the span's nouns."""
    return next(intent for name, intent in _NOUNS.items() if name in span.cues)


def _noun(
    spans: Sequence[Span],
    index: int,
    step: int,
    *,
    reach: int = _REACH,
    only: Intent | None = None,
    over_agencies: bool = False,
) -> int | None:
    """The nearest noun before or behind ``index``, not past an entity, an interrogative or a clause's verb.

    With ``over_agencies`` agencies before it are passed over.
    """
    position = index + step
    passed = 0
    while 0 <= position < len(spans) and passed < reach:
        span = spans[position]
        passed += not (span.has("filler") and step < 0)
        over = over_agencies or (position > 0 and spans[position - 1].has("issued_by"))
        if step < 0 and span.agency is not None and position and over:
            position -= 1
            continue
        if (
            step > 0
            and span.agency is not None
            and any(s.has("document_type") for s in spans[position + 1 : position + 2])
        ):
            position += 1  # "which National Assembly resolution"
            continue
        if span.entity or (step > 0 and span.has("who", "when")):
            return None
        if _is_noun(span) and (only is None or _intent(span) == only):
            return position
        if step > 0 and span.has(*_VERBS) and not span.has("filler"):
            return None
        position += step
    return None


def _same_kind_before(spans: Sequence[Span], best: _Candidate) -> None:
    """ "Chương trình hay kế hoạch nào": the type joined to the one asked for is asked for too."""
    for i in _all_spans(spans, best):
        spans[i].used = True


def _all_spans(spans: Sequence[Span], best: _Candidate) -> list[int]:
    chosen = sorted(best.spans)
    first = next((i for i in chosen if spans[i].has("document_type")), None)
    if first is not None and first >= 2 and spans[first - 2].has("document_type") and spans[first - 1].has("or"):
        chosen.insert(0, first - 2)
    elif first and spans[first - 1].has("document_type"):
        chosen.insert(0, first - 1)
    if (
        first is not None
        and first + 2 < len(spans)
        and spans[first + 2].has("document_type")
        and spans[first + 1].has("or")
    ):
        chosen.append(first + 2)
    return chosen
