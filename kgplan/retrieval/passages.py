"""The passages of a plan: the sentences of its statements and context blocks, each with its headings.

An index over sentences finds a statement by what one of its sentences says; the answer is the whole statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kgplan.model import Plan, Statement

# A full stop ends a sentence before white space and a capital, quote, dash or figure, unless what stands before it
# is a figure ("1. ") or so short that it is an abbreviation ("TP. ", "v.v. "). Semicolons part independent clauses.
_BREAK = re.compile(r"(?<=[^\W\d_]{3}[.!?…])[\"”’)]*\s+(?=[\"“‘(+\-–•]*[^\W_a-zà-ỹ])|;\s+")
_SHORTEST = 12


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a statement; ``text`` is ``plan.text[start:end]``, ``headings`` are outermost first."""

    plan: str
    address: str
    kind: str
    text: str
    start: int
    end: int
    headings: tuple[str, ...] = ()

    @property
    def alone(self) -> str:
        """The sentence on one line."""
        return " ".join(self.text.split())

    @property
    def in_context(self) -> str:
        """The heading path, then the sentence, on one line."""
        return " ".join(". ".join((*map(_sentence_case, self.headings), self.text)).split())


def _sentence_case(heading: str) -> str:
    """``heading`` without its closing punctuation, and not in capitals, which models read badly."""
    heading = heading.rstrip(" .:;")
    return heading.capitalize() if heading.isupper() else heading


def passages(plan: Plan) -> list[Passage]:
    """The passages of every statement and context block of ``plan``, each in the order of the text."""
    return [
        Passage(plan.id, statement.address, statement.kind, plan.text[start:end], start, end, statement.heading_path)
        for statement in (*plan.statements, *plan.context)
        for start, end in sentence_spans(statement)
    ]


def sentence_spans(statement: Statement) -> list[tuple[int, int]]:
    """Offsets in the plan's text of the sentences of ``statement``; at least one, together all its words."""
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(statement.text):
        if spans and (end - start < _SHORTEST or spans[-1][1] - spans[-1][0] < _SHORTEST):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [(statement.start + start, statement.start + end) for start, end in spans] or [
        (statement.start, statement.end)
    ]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in _BREAK.finditer(text):
        end = match.start() + (1 if match.group().startswith(";") else 0)
        if text[begin:end].strip():
            yield begin, end
            begin = match.end()
    if text[begin:].strip():
        yield begin, len(text.rstrip())
