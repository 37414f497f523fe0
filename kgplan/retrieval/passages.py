"""The passages of a plan: the sentences of its statements and context blocks, each with its headings.

An index over sentences finds a statement by what one of its sentences says; the answer is the whole statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kgplan.model import Plan, Statement
from kgplan.parsing.word_lists import load

# A full stop ends a sentence before white space and a capital, quote, dash or figure, unless what stands before it
# is a figure ("1. ") or so short that it is an abbreviation ("TP. ", "v.v. "). Semicolons part independent clauses.
_BREAK = re.compile(r"(?<=[^\W\d_]{3}[.!?…])[\"”’)]*\s+(?=[\"“‘(+\-–•]*[^\W_a-zà-ỹ])|;\s+")
_SHORTEST = 12
_NEAR = 60  # the next agency of a list begins within so many characters


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a statement; ``text`` is ``plan.text[start:end]``, ``headings`` are outermost first.

    What is done begins at ``core`` in ``text``; before it stand the agencies that do it.
    """

    plan: str
    address: str
    kind: str
    text: str
    start: int
    end: int
    headings: tuple[str, ...] = ()
    core: int = 0

    @property
    def alone(self) -> str:
        """What is done, on one line."""
        return " ".join(self.text[self.core :].split())

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
    found = []
    for statement in (*plan.statements, *plan.context):
        core = _core(statement)
        for start, end in sentence_spans(statement):
            offset = core - start if start < core < end - _SHORTEST else 0
            found.append(
                Passage(
                    plan.id,
                    statement.address,
                    statement.kind,
                    plan.text[start:end],
                    start,
                    end,
                    statement.heading_path,
                    offset,
                )
            )
    return found


def _core(statement: Statement) -> int:
    """Where the agencies that open ``statement``, and the words that give them their roles, have ended."""
    reached = statement.start
    for role in sorted(statement.responsibilities, key=lambda role: (role.start, role.end)):
        if statement.start <= role.start <= reached + _NEAR:
            reached = max(reached, role.end)
    if reached == statement.start:
        return reached
    match = _preface().match(statement.text, reached - statement.start)
    return statement.start + (match.end() if match else reached - statement.start)


@cache
def _preface() -> re.Pattern[str]:
    phrases = "|".join(
        re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(load("preface")["phrases"], key=len, reverse=True)
    )
    return re.compile(rf"[\s,:]*(?:(?:{phrases})(?!\w)[\s,:]*)*", re.IGNORECASE)


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
