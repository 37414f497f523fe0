"""The documents one plan cites: each real one once, however its mentions vary."""

from __future__ import annotations

import operator
import re
from bisect import insort
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

from kgplan import text as keys
from kgplan.model import Document
from kgplan.parsing.document_types import DocumentType
from kgplan.parsing.issuers import is_local
from kgplan.parsing.mention_parts import Mention
from kgplan.parsing.word_lists import load

TITLE_WORDS = 4
"""Titles are looked up by so many of their first words; a shorter one is no beginning of another."""


class DocumentRegister:
    """Documents by number and by title; ``jurisdiction`` tells local acts with bare numbers apart."""

    def __init__(self, jurisdiction: str) -> None:
        self._jurisdiction = jurisdiction
        self._documents: dict[str, Document] = {}
        self._candidates: dict[str, list[str]] = defaultdict(list)
        self._latest: dict[str, str] = {}
        self._aliases: dict[str, str] = {}
        self._titles: dict[str, dict[tuple[int, str], str]] = defaultdict(dict)
        self._lengths: dict[str, list[int]] = defaultdict(list)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document, in the order of its first mention, with all that its mentions say."""
        return tuple(self._documents.values())

    def __getitem__(self, identity: str) -> Document:
        return self._documents[identity]

    def enter(self, mention: Mention) -> str:
        """The id of the document that ``mention`` names by number or title: a known one, or a new one."""
        seen = _document(mention)
        identity = self._find(seen, mention.kind)
        if identity is None:
            identity = self._new_id(mention)
            self._documents[identity] = replace(seen, id=identity)
        else:
            self._documents[identity] = _merged(self._documents[identity], seen)
        for key in _lookup_keys(self._documents[identity], mention.kind):
            if identity not in self._candidates[key]:
                self._candidates[key].append(identity)
        if seen.title and not seen.number and not mention.kind.law:
            self._remember_title(seen.title)
        self._latest[kind_key(mention.kind)] = identity
        if mention.alias:
            self._aliases[keys.key(mention.alias)] = identity
        return identity

    def title_before(self, printed: str) -> str | None:
        """The longest title of a document without number that ``printed`` begins with, or None."""
        first = _title_start(printed)
        for length in self._lengths.get(first, ()):
            title = self._titles[first].get((length, printed[:length].casefold()))
            if title is not None and not printed[length : length + 1].isalnum():
                return title
        return None

    def latest(self, kind: DocumentType) -> str | None:
        """The document of this kind that was named last."""
        return self._latest.get(kind_key(kind))

    def alias(self, words: str) -> str | None:
        """The document that the text calls ``words`` for short ("sau đây gọi là …")."""
        return self._aliases.get(keys.key(words))

    def _remember_title(self, title: str) -> None:
        first, key = _title_start(title), (len(title), title.casefold())
        self._titles[first][key] = min(title, self._titles[first].get(key, title))
        if len(title) not in self._lengths[first]:
            insort(self._lengths[first], len(title), key=operator.neg)

    def _find(self, seen: Document, kind: DocumentType) -> str | None:
        for key in _lookup_keys(seen, kind):
            for identity in self._candidates.get(key, ()):
                if _compatible(self._documents[identity], seen):
                    return identity
        return None

    def _new_id(self, mention: Mention) -> str:
        number, year = mention.number, str(mention.year or (mention.date or "")[:4])
        if number and number.symbol:
            identity = keys.slugify(number.text)
        elif number:
            issuer = mention.issuer or ""
            place = self._jurisdiction if is_local(issuer) and self._jurisdiction not in keys.slugify(issuer) else ""
            identity = keys.slugify(" ".join((mention.type, number.text, issuer, place, year)))
        else:
            identity = keys.slugify(f"{mention.title} {year}")
        if identity in self._documents:
            identity = keys.slugify(f"{identity} {mention.date or year} {mention.issuer or ''}")
        base, count = identity, 1
        while identity in self._documents:
            count += 1
            identity = f"{base}-{count}"
        return identity


def _title_start(text: str) -> str:
    return " ".join(text.split(maxsplit=TITLE_WORDS)[:TITLE_WORDS]).casefold()


def kind_key(kind: DocumentType) -> str:
    """The key of a kind in which joint circulars are circulars and action plans are plans."""
    return re.split(r" (?:liên|hành|mục|phối) ", keys.key(kind.label) + " ")[0].strip()


def _document(mention: Mention) -> Document:
    number = mention.number
    return Document(
        id="",
        type=mention.type,
        type_code=mention.kind.code,
        number=number.text if number else None,
        title=mention.title,
        issuer=mention.issuer,
        date=mention.date,
        sequence=number.sequence if number else None,
        year=mention.year,
        symbol=number.symbol if number else None,
        issuer_code=number.issuer_code if number else None,
    )


def _lookup_keys(document: Document, kind: DocumentType) -> list[str]:
    """What the document may be found under: its number, its bare number with its type, its title."""
    found = []
    if document.number and document.symbol:
        found.append(f"number {number_key(document.number)}")
    if document.sequence:
        found.append(f"{kind_key(kind)} {document.sequence.lstrip('0').casefold()}")
    if document.title and (kind.law or not document.number):
        found.append(f"title {_title_key(document.title)}")
    return found


def _compatible(known: Document, seen: Document) -> bool:
    """Whether two may be one: nothing that both state differs."""
    if known.date and seen.date and known.date != seen.date:
        return False
    if known.year and seen.year and known.year != seen.year:
        return False
    if known.symbol and seen.symbol:
        return number_key(known.number or "") == number_key(seen.number or "")
    if known.number and seen.number:
        return _agree(known.issuer, seen.issuer)
    return True


def _agree(first: str | None, second: str | None) -> bool:
    """Whether two issuers may be one; "UBND tỉnh" is short for "UBND tỉnh Lâm Đồng"."""
    if first is None or second is None:
        return True
    shorter, longer = sorted((keys.key(first), keys.key(second)), key=len)
    return longer == shorter or longer.startswith(f"{shorter} ")


def _merged(known: Document, seen: Document) -> Document:
    """``known`` with what ``seen`` says beyond it."""
    fuller = known.symbol is None and seen.symbol is not None
    if fuller or (known.number and seen.number and known.number.isupper() and not seen.number.isupper()):
        parts = {name: getattr(seen, name) for name in ("number", "sequence", "symbol", "issuer_code")}
        known = replace(known, **parts)
    return replace(
        known,
        title=known.title or seen.title,
        issuer=known.issuer or seen.issuer,
        date=known.date or seen.date,
        year=known.year or seen.year,
    )


def number_key(number: str) -> str:
    """Numbers compare without regard to case, marks and leading zeros."""
    return re.sub(r"[/\-.]+", "/", number.casefold()).lstrip("0")


@lru_cache(maxsize=4096)
def _title_key(title: str) -> str:
    """Titles compare without regard to case, marks, tone placement and the abbreviations in use."""
    words = keys.key(title)
    for short, long in _abbreviations():
        words = re.sub(rf"\b{short}\b", long, words)
    return words


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[tuple[str, str], ...]:
    pairs = {**load("laws")["abbreviations"], **{s: g[-1] for s, g in _councils().items()}}
    return tuple((re.escape(keys.key(short)), keys.key(long)) for short, long in pairs.items())


def _councils() -> dict[str, list[str]]:
    return {
        short: [name for name in names if len(name.split()) == 4]
        for short, names in load("issuers")["councils"].items()
    }
