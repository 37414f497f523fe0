"""What the parser did not understand, told in notes with the words it stands at; nothing is dropped in silence.

=================== ==================================================================================
code                what is told
=================== ==================================================================================
no_agency           a statement says that somebody must act, and no agency was found that has to
unknown_agency      an agency that only the grammar of its name told, not the registry
unparsed_citation   what looks like an act with its number, and was not read as a citation
unparsed            a heading with nothing under it
=================== ==================================================================================

What was understood and does not add up is in :mod:`kgplan.parsing.checks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kgplan.model import Agency, Note, Plan, Statement
from kgplan.parsing.document_numbers import match_full_number
from kgplan.parsing.document_register import number_key
from kgplan.parsing.document_types import type_table
from kgplan.parsing.level import level
from kgplan.parsing.mention_parts import NUMBER_SIGN
from kgplan.parsing.word_lists import inside_pattern, load

CODES = ("no_agency", "unknown_agency", "unparsed_citation", "unparsed")

_DIGITS = re.compile(r"\d{1,6}[a-zđ]?(?![\w%])")
_NUMBER = re.compile(r"(?<![\w/.,\-–])\d{1,6}[a-zđ]?\s?/", re.IGNORECASE)


def not_understood(plan: Plan) -> Iterator[Note]:
    """What was not understood in the statements of ``plan``, and the citations in all its text."""
    agencies = {agency.id: agency for agency in plan.agencies}
    for statement in plan.statements:
        yield from _agencies(statement, agencies)
    for statement in (*plan.statements, *plan.context):
        yield from _citations(plan, statement)


def unread(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Note]:
    """Headings with nothing under them: their words were read, but they state nothing."""
    for start, end in spans:
        yield Note("unparsed", f"nothing stands under the heading “{text[start:end][:60]}”", start, end)


def _agencies(statement: Statement, agencies: dict[str, Agency]) -> Iterator[Note]:
    address, start = statement.address, statement.start
    duty = _duty().search(level(statement.text))
    if duty and not statement.responsibilities:
        message = f"{address}: a duty ({duty.group()}) and no agency that has it"
        yield Note("no_agency", message, start + duty.start(), start + duty.end(), address)
    seen: set[str] = set()
    for role in statement.responsibilities:
        agency = agencies[role.agency]
        if not agency.in_registry and not agency.collective and agency.id not in seen:
            seen.add(agency.id)
            message = f"{address}: {agency.name} is not in the registry"
            yield Note("unknown_agency", message, role.start, role.end, address)


def _citations(plan: Plan, statement: Statement) -> Iterator[Note]:
    read = [(citation.start, citation.end) for citation in statement.citations]
    told = -1
    own_number = number_key(plan.number) if plan.number else None
    for start, end, number in sorted(_numbered(plan.text, statement.start, statement.end)):
        words = " ".join(plan.text[start:end].split())
        own = own_number is not None and number_key(number) == own_number
        if start >= told and not own and not any(a < end and start < b for a, b in read):
            told = end
            message = f"{statement.address}: {words} was not read as a citation"
            yield Note("unparsed_citation", message, start, end, statement.address)


def _numbered(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Where an act seems to stand: a type with "số" and a number, or a number whose symbol opens with a type's."""
    for found in type_table().names.finditer(text, start, end):
        sign = NUMBER_SIGN.match(text, found.end(), end)
        digits = _DIGITS.match(text, sign.end(), end) if sign else None
        if digits:
            full = match_full_number(text, digits.start(), end)
            yield found.start(), digits.end(), full.text if full else digits.group()
    for found in _NUMBER.finditer(text, start, end):
        number = match_full_number(text, found.start(), end)
        if number is not None and number.type_symbol and type_table().of_symbol(number.symbol or ""):
            yield number.start, number.end, number.text


@lru_cache(maxsize=1)
def _duty() -> re.Pattern[str]:
    return inside_pattern(load("consistency")["duty"])
