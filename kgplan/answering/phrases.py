"""Phrases of several words of the lexicon that together mean one thing, however they are put."""

from __future__ import annotations

from collections.abc import Sequence

from kgplan.answering.interpretation import RoleAsked
from kgplan.answering.lexicon import Token
from kgplan.answering.roles import role_of
from kgplan.answering.spans import Span

_AS = frozenset(["whether", "either", "ben", "khi", "luc", "vai", "du", "nguoi", "partners", "helpers", "alike"])
"""Words by which two roles are two ways to have a part: "as lead or as helper", "cả bên chủ trì lẫn bên phối hợp"."""

_TOGETHER = frozenset(
    ["ca", "lan", "hay", "hoac", "va", "or", "and", "both", "tro", "the", "a", "with", "la", "o", "as", "well", "ke"]
)
_NOUNS: dict[tuple[str, ...], RoleAsked] = {("chu", "tri"): "leads", ("phoi", "hop"): "coordinates"}
_CLOSING = frozenset(["alike", "deu"])
_JOINS = frozenset(["well", "lan", "hay", "hoac", "va", "or", "and"])
_NO = frozenset(["khong", "chua", "no", "without"])
_THAT = frozenset(["ma", "which", "that", "has", "have", "with"])
_NAMED = frozenset(
    ["co", "neu", "ghi", "nao", "any", "named", "ten", "duoc", "ai", "a", "don", "vi", "co", "quan", "ben"]
)
_UNITS = frozenset(["vi", "quan", "ben"])
_THIS = frozenset(["nay", "do", "ay", "tren"])
_PARTNER = frozenset(["partner", "partners"])


def merge(spans: Sequence[Span], tokens: Sequence[Token], question: str) -> list[Span]:
    """The spans with those of each phrase made one."""
    return _either_role(_without_partner(_named_before(spans, tokens), tokens), tokens, question)


def _named_before(spans: Sequence[Span], tokens: Sequence[Token]) -> list[Span]:
    """Without the words that stand for an agency named before: "nhiệm vụ của Sở A mà sở này chủ trì"."""
    kept: list[Span] = []
    for span in spans:
        last = kept[-1] if kept else None
        that = _words(span, tokens) <= _THIS
        if that and last is not None and last.has("noun_agency") and any(s.agency for s in kept):
            kept[-1] = Span(last.first, span.last, cues={"filler": None})
        else:
            kept.append(span)
    return kept


def _words(span: Span, tokens: Sequence[Token]) -> set[str]:
    return {t.fold for t in tokens[span.first : span.last]}


def _role(span: Span, tokens: Sequence[Token]) -> RoleAsked | None:
    """The role that the words give, be it in the name of those who hold it: "bên phối hợp"."""
    words = _words(span, tokens)
    return role_of(span) or next((role for said, role in _NOUNS.items() if words >= set(said)), None)


def _either_role(spans: list[Span], tokens: Sequence[Token], question: str) -> list[Span]:
    """Two roles that are both meant, as one cue for any role."""
    for first, span in enumerate(spans):
        if span.entity or _role(span, tokens) is None:
            continue
        second = first + 1
        while second < len(spans) and _passed(spans[second], tokens):
            second += 1
        if second >= len(spans) or spans[second].entity or _role(spans[second], tokens) in (None, _role(span, tokens)):
            continue
        start, end = first, second + 1
        while start and _passed(spans[start - 1], tokens) and not spans[start - 1].has("or", "which"):
            start -= 1
        while end < len(spans) and _words(spans[end], tokens) <= _CLOSING:
            end += 1
        said = set().union(*(_words(s, tokens) for s in spans[start:end]))
        joined = set().union(*(_words(s, tokens) for s in spans[first:second]))
        nominal = said & _AS or (spans[first - 1].has("noun_agency") and spans[second - 1].has("noun_agency"))
        added = end == len(spans) and start > 0 and "," in _gap(question, tokens, spans[start])
        if joined & _JOINS and (nominal or added):
            whole = Span(spans[start].first, spans[end - 1].last, cues={"involved": None})
            return [*spans[:start], whole, *spans[end:]]
    return spans


def _passed(span: Span, tokens: Sequence[Token]) -> bool:
    return not span.entity and (_words(span, tokens) <= _TOGETHER | _AS or span.has("noun_agency"))


def _gap(question: str, tokens: Sequence[Token], span: Span) -> str:
    return question[tokens[span.first - 1].end : tokens[span.first].start]


def _without_partner(spans: list[Span], tokens: Sequence[Token]) -> list[Span]:
    """ "No partner named", "không có partner nào được nêu tên", "không nêu tên đơn vị phối hợp nào"."""
    for first, span in enumerate(spans):
        said = _words(span, tokens)
        if not said & _NO or not said <= _NO | _THAT or span.has("no_partner"):
            continue
        second = first + 1
        while second < len(spans) and _words(spans[second], tokens) <= _NAMED:
            second += 1
        if second >= len(spans) or not _is_partner(spans, second, tokens):
            continue
        end = second + 1
        while end < len(spans) and _words(spans[end], tokens) <= _NAMED:
            end += 1
        whole = Span(span.first, spans[end - 1].last, cues={"no_partner": None})
        return [*spans[:first], whole, *spans[end:]]
    return spans


def _is_partner(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    noun = _words(spans[index], tokens) | _words(spans[index - 1], tokens)
    return bool(_words(spans[index], tokens) & _PARTNER) or (
        spans[index].has("coordinates", "noun_agency") and {"phoi", "hop"} <= noun and bool(noun & _UNITS)
    )
