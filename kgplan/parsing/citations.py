"""Citations: which acts and plans a statement names, one :class:`Document` for each real one.

:class:`CitationReader` reads the statements of one plan in the order of the text and remembers what it has
seen, so that anaphora ("Đề án nêu trên", "Luật này", "sau đây gọi là Chương trình") and short forms
("Nghị quyết số 12" after its full number) find the document they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kgplan import text as keys
from kgplan.model import Citation, Document, Relation
from kgplan.parsing.citation_relations import relation_after, relation_before
from kgplan.parsing.document_mentions import find_mentions
from kgplan.parsing.document_register import DocumentRegister, kind_key, number_key
from kgplan.parsing.document_titles import goes_on, has_period
from kgplan.parsing.document_types import type_table
from kgplan.parsing.mention_parts import Mention
from kgplan.parsing.word_lists import load, phrase_pattern

TOP, TOP_LINES = 4000, 30
"""How far, in characters and lines with text, the title of the text itself is looked for."""

_OF_THIS = re.compile(r"kèm\s+theo\s+(?:[^\W\d_]+\s+){1,3}này\s+(?:bản\s+)?\Z", re.IGNORECASE)
"""What stands before the text's own annex: "Ban hành kèm theo Quyết định này Quy chế …"."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A document and the mention of it; ``document`` holds all that is known of it so far."""

    document: Document
    citation: Citation


class CitationReader:
    """Reads the citations of one plan; ``jurisdiction`` ("thanh-hoa") tells local acts with bare numbers apart.

    A mention of the plan itself, by its title, its ``number`` or as "… này" by its ``kind`` ("Công văn"), or of what it
    issues as its annex, is no citation.
    """

    def __init__(self, jurisdiction: str, number: str | None = None, kind: str | None = None) -> None:
        self._kind = kind_key(type_table().named(kind)) if kind else None
        self._own_number = number_key(number) if number else None
        self._register = DocumentRegister(jurisdiction)
        self._text: str | None = None
        self._own_kind: str | None = None
        self._annexed: set[str] = set()
        self._own_title = ""
        self._behind = 0
        self._cited: set[str] = set()

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document cited so far, in the order of its first mention, with all that its mentions say."""
        return tuple(document for document in self._register.documents if document.id in self._cited)

    def read(self, text: str, start: int, end: int) -> list[Cited]:
        """The citations in ``text[start:end]``, in order. Offsets are those of ``text``.

        What lies between the stretches that are read (headings) is looked through for the documents and short
        names it introduces.
        """
        if self._text is not text:
            self._text, self._behind = text, 0
            self._own_kind, self._own_title = _own_name(text)
            self._own_kind = self._own_kind or self._kind
        if self._behind < start:
            self._find(text, self._behind, start)
        self._behind = max(self._behind, end)
        found = self._find(text, start, end)
        self._cited.update(citation.document for citation in found)
        return [Cited(self._register[citation.document], citation) for citation in found]

    def _find(self, text: str, start: int, end: int) -> list[Citation]:
        found: list[Citation] = []
        previous: tuple[int, Relation] | None = None
        for mention in find_mentions(text, start, end):
            if mention.number is None and _OF_THIS.search(text, max(start, mention.start - 60), mention.start):
                self._annexed.add(kind_key(mention.kind))
            mention = self._shortened(text, mention)
            identity = self._resolve(mention)
            if identity is None:
                continue
            relation: Relation = "cites"
            if not mention.nested:
                relation = relation_before(text, start, mention.start, previous)
                relation = relation_after(text, mention.end, end) or relation
                previous = (mention.end, relation)
            found.append(Citation(identity, relation, mention.start, mention.end, mention.provision))
        return found

    def _shortened(self, text: str, mention: Mention) -> Mention:
        """``mention`` without the words of the sentence that were read as its title.

        Where "Đề án" is the short name of a document, "Đề án" before small words is that document; and a title
        that begins like one already known, and does not go on with a period or place, is that one.
        """
        if mention.number or not mention.title or mention.kind.law:
            return mention
        printed = text[mention.start : mention.end]
        known = self._register.title_before(printed)
        if known is not None:
            same = len(known) == len(printed) or goes_on(printed, len(known))
            return mention if same else replace(mention, end=mention.start + len(known), title=known)
        plain = printed.startswith(mention.type) and not has_period(printed) and mention.alias is None
        if plain and not mention.nested and self._register.alias(mention.type):
            return replace(mention, end=mention.start + len(mention.type), title=None, anaphor="bare")
        return mention

    def _resolve(self, mention: Mention) -> str | None:
        """The id of the document that ``mention`` means, new or known; None when it means none."""
        if mention.anaphor:
            return self._antecedent(mention)
        if not mention.nested and self._is_own(mention):
            return None
        short = self._register.alias(mention.title) if mention.title else None
        return short or self._register.enter(mention)

    def _antecedent(self, mention: Mention) -> str | None:
        """What "Đề án" (once a short name), "Luật này", "Nghị định nêu trên" take up; None for the plan itself."""
        alias = self._register.alias(mention.type)
        if alias or mention.anaphor == "bare":
            return alias
        if mention.anaphor == "this" and kind_key(mention.kind) in (self._own_kind, *self._annexed):
            return None
        return self._register.latest(mention.kind)

    def _is_own(self, mention: Mention) -> bool:
        """Whether a mention by number or title is of the plan that is being read."""
        if mention.number and self._own_number and mention.number.symbol:
            return number_key(mention.number.text) == self._own_number
        if mention.number or not mention.title or kind_key(mention.kind) != self._own_kind:
            return False
        return self._own_title.startswith(keys.key(mention.title))


def _own_name(text: str) -> tuple[str | None, str]:
    """The kind of document that the text itself is, and the key of its title from that kind on.

    The title is the first of the top lines that begins with the name of a kind ("Kế hoạch …", "Tóm tắt kế hoạch …");
    a line that holds the kind alone goes on in the next.
    """
    lines = [line for line in text[:TOP].split("\n") if line.strip()]
    for position, line in enumerate(lines[:TOP_LINES]):
        lead = _own_lead().match(line)
        found = type_table().names.match(line, lead.end() if lead else 0)
        if found is None or len(lines) == 1:
            continue
        title = (
            line[found.start() :]
            if line[found.end() :].strip()
            else " ".join((line, *lines[position + 1 : position + 2]))
        )
        return kind_key(type_table().named(found.group())), keys.key(title)
    return None, ""


@lru_cache(maxsize=1)
def _own_lead() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{phrase_pattern(load('titles')['own_title_leads']).pattern}\s+)?", re.IGNORECASE)
