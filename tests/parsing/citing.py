"""What one sentence cites, for the tests of citations."""

from __future__ import annotations

from kgplan.model import Document
from kgplan.parsing.citations import CitationReader, Cited

HEAD = "Kế hoạch công tác năm 2022\n"


def read(sentence: str, jurisdiction: str = "nghe-an") -> list[Cited]:
    text = HEAD + sentence
    return CitationReader(jurisdiction).read(text, len(HEAD), len(text))


def documents(sentence: str) -> list[Document]:
    return [cited.document for cited in read(sentence)]


def only(sentence: str) -> Document:
    (document,) = documents(sentence)
    return document


def numbers(sentence: str) -> list[str | None]:
    return [document.number for document in documents(sentence)]


def titles(sentence: str) -> list[str | None]:
    return [document.title for document in documents(sentence)]


def relations(sentence: str) -> list[str]:
    return [cited.citation.relation for cited in read(sentence)]
