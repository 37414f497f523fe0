"""Citations: which acts and plans a statement names, one :class:`Document` for each real one.

:class:`CitationReader` reads the statements of one plan in the order of the text and remembers what it has
seen, so that anaphora ("Đề án nêu trên", "Luật này", "sau đây gọi là Chương trình") and short forms
("Nghị quyết số 12" after its full number) find the document they mean.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kgplan import text as keys
from kgplan.model import Citation, Document, Relation
from kgplan.parsing.citation_relations import relation_after, relation_before
from kgplan.parsing.document_mentions import Mention, find_mentions
from kgplan.parsing.document_types import DocumentType, type_table
from kgplan.parsing.issuers import is_local


@dataclass(frozen=True, slots=True)
class Cited:
    """A document and the mention of it; ``document`` holds all that is known of it so far."""

    document: Document
    citation: Citation


class CitationReader:
    """Reads the citations of one plan; ``jurisdiction`` ("thanh-hoa") tells local acts with bare numbers apart."""

    def __init__(self, jurisdiction: str) -> None:
        self._jurisdiction = jurisdiction
        self._documents: dict[str, Document] = {}
        self._kinds: dict[str, str] = {}
        self._aliases: dict[str, str] = {}
        self._own_kind: str | None = None
        self._own_title = ""
        self._text: str | None = None

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document cited so far, in the order of its first mention, with all that its mentions say."""
        return tuple(self._documents.values())

    def read(self, text: str, start: int, end: int) -> list[Cited]:
        """The citations in ``text[start:end]``, in order. Offsets are those of ``text``."""
        if self._text is not text:
            self._text = text
            self._own_kind, self._own_title = _own_name(text)
        cited: list[Cited] = []
        previous: tuple[int, Relation] | None = None
        for mention in find_mentions(text, start, end):
            identity = self._resolve(mention)
            if identity is None:
                continue
            relation: Relation = "cites"
            if not mention.nested:
                relation = relation_after(text, mention.end, end) or relation_before(
                    text, start, mention.start, previous
                )
                previous = (mention.end, relation)
            citation = Citation(identity, relation, mention.start, mention.end, mention.provision)
            cited.append(Cited(self._documents[identity], citation))
        return [replace(item, document=self._documents[item.document.id]) for item in cited]

    def _resolve(self, mention: Mention) -> str | None:
        """The id of the document that ``mention`` means, new or known; None when it means none."""
        if mention.anaphor:
            return self._antecedent(mention)
        if self._is_own(mention):
            return None
        known = self._known(mention)
        document = _document(mention)
        if known is None:
            identity = self._new_id(mention)
            self._documents[identity] = replace(document, id=identity)
        else:
            identity = known
            self._documents[identity] = _merged(self._documents[identity], document)
        self._kinds[_kind_key(mention.kind)] = identity
        if mention.alias:
            self._aliases[keys.key(mention.alias)] = identity
        return identity

    def _antecedent(self, mention: Mention) -> str | None:
        alias = self._aliases.get(keys.key(mention.type))
        if alias:
            return alias
        if mention.anaphor == "this" and _kind_key(mention.kind) == self._own_kind:
            return None
        return self._kinds.get(_kind_key(mention.kind))

    def _is_own(self, mention: Mention) -> bool:
        """Whether a mention by title is of the plan that is being read."""
        if mention.number or not mention.title or _kind_key(mention.kind) != self._own_kind:
            return False
        return self._own_title.startswith(keys.key(mention.title))

    def _known(self, mention: Mention) -> str | None:
        for identity, document in self._documents.items():
            if _same(document, mention):
                return identity
        return None

    def _new_id(self, mention: Mention) -> str:
        number = mention.number
        if number and number.symbol:
            identity = keys.slugify(number.text)
        elif number:
            issuer = mention.issuer or ""
            parts = [mention.type, number.text, issuer]
            if is_local(issuer) and self._jurisdiction not in keys.slugify(issuer):
                parts.append(self._jurisdiction)
            if mention.year or mention.date:
                parts.append(str(mention.year or mention.date)[:4])
            identity = keys.slugify(" ".join(parts))
        else:
            identity = keys.slugify(f"{mention.title} {mention.year or (mention.date or '')[:4]}")
        if identity in self._documents:
            identity = keys.slugify(f"{identity} {mention.date or mention.year or ''}")
        return identity


def _own_name(text: str) -> tuple[str | None, str]:
    """The kind of document that the text's first line names, and the key of the line from that kind on."""
    begin = len(text) - len(text.lstrip())
    line_end = text.find("\n", begin)
    line_end = len(text) if line_end < 0 else line_end
    found = type_table().names.search(text, begin, min(line_end, begin + 60))
    if not found:
        return None, ""
    return _kind_key(type_table().named(found.group())), keys.key(text[found.start() : line_end])


def _kind_key(kind: DocumentType) -> str:
    """Joint circulars are circulars, action plans are plans: one word may take up the other."""
    return keys.key(kind.label).split(" liên tịch")[0].replace(" hành động", "").replace(" mục tiêu quốc gia", "")


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
    )


def _merged(known: Document, seen: Document) -> Document:
    """``known`` with what ``seen`` says beyond it."""
    if known.symbol is None and seen.symbol is not None:
        known = replace(known, number=seen.number, symbol=seen.symbol)
    return replace(
        known,
        title=known.title or seen.title,
        issuer=known.issuer or seen.issuer,
        date=known.date or seen.date,
        year=known.year or seen.year,
    )


def _same(document: Document, mention: Mention) -> bool:
    """Whether ``mention`` may mean ``document``: nothing that both state differs."""
    seen = _document(mention)
    if document.date and seen.date and document.date != seen.date:
        return False
    if document.number and seen.number:
        if document.symbol and seen.symbol:
            return document.number.casefold() == seen.number.casefold()
        return (
            document.sequence == seen.sequence
            and document.type_code == seen.type_code
            and _agree(document.issuer, seen.issuer)
            and (document.year is None or seen.year is None or document.year == seen.year)
        )
    if document.title and seen.title and not (document.number and not mention.kind.law and seen.number):
        return (
            _title_key(document.title) == _title_key(seen.title)
            and document.type_code == seen.type_code
            and (document.year is None or seen.year is None or document.year == seen.year)
        )
    return False


def _agree(first: str | None, second: str | None) -> bool:
    return first is None or second is None or keys.key(first) == keys.key(second)


def _title_key(title: str) -> str:
    """Titles compare without regard to case, marks, tone placement and the long forms of the councils."""
    return keys.key(title).replace("hội đồng nhân dân", "hđnd").replace(keys.key("ủy ban nhân dân"), "ubnd")
