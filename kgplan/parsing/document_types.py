"""The kinds of acts and plans that a text can cite, read from ``data/document_types.json``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kgplan import text as keys
from kgplan.parsing.word_lists import load, phrase_pattern

_READS_AS_SYLLABLE = re.compile(r"[^\W\d_]{0,2}[AEIOUY][^\W\d_]{0,2}")
"""An abbreviation that in small letters is a word ("ĐA", "đa khoa"): it counts in capitals only."""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of document; the fields are explained in the data file."""

    label: str
    code: str | None
    aliases: tuple[str, ...] = ()
    titled: bool = False
    opens: tuple[str, ...] = ()
    annexed: bool = False
    law: bool = False
    nameless: bool = False
    verb: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class TypeTable:
    """All kinds, by the key of their label and aliases and by code; a pattern that finds their names; and how
    abbreviations are written that a heading prints in small letters."""

    by_name: dict[str, DocumentType]
    by_code: dict[str, DocumentType]
    names: re.Pattern[str]
    usual_case: dict[str, str]

    def named(self, words: str) -> DocumentType:
        """The kind that ``words``, a match of ``names``, stand for."""
        return self.by_name[keys.key(words)]

    def of_symbol(self, symbol: str) -> DocumentType | None:
        """The kind whose abbreviation opens the symbol of a number ("QĐ-TTg" → Quyết định), or None."""
        head = re.split(r"[^\w&]", symbol, maxsplit=1)[0]
        return self.by_code.get(head.casefold())


@lru_cache(maxsize=1)
def type_table() -> TypeTable:
    """The table of ``data/document_types.json``."""
    lists = ("aliases", "opens")
    types = [
        DocumentType(**{**entry, **{name: tuple(entry.get(name, ())) for name in lists}})
        for entry in load("document_types")["types"]
    ]
    by_name = {keys.key(name): kind for kind in types for name in (kind.label, *kind.aliases)}
    by_code: dict[str, DocumentType] = {}
    for kind in types:
        for code in (kind.code, *(alias for alias in kind.aliases if " " not in alias)):
            if code:
                by_code.setdefault(code.casefold(), kind)
    written = [name for kind in types for name in (kind.label, *kind.aliases)]
    syllables = [name for name in written if _READS_AS_SYLLABLE.fullmatch(name)]
    words = phrase_pattern(name for name in written if name not in syllables).pattern
    capitals = phrase_pattern(syllables, ignore_case=False).pattern
    finder = re.compile(rf"(?<![\w&/.\-–])(?:{words}|(?-i:{capitals}))", re.IGNORECASE)
    codes = {kind.code for kind in types if kind.code}
    usual_case = {code.casefold(): code for code in (*sorted(codes), *load("document_types")["usual_case"])}
    return TypeTable(by_name, by_code, finder, usual_case)
