"""How retrieval reads a query: its language, its diacritics, what it is about, and what that is called in plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kgplan.errors import QuestionError
from kgplan.parsing.words import Word, words
from kgplan.retrieval.diacritics import DiacriticRestorer
from kgplan.retrieval.language import Holding, Language, detect_language, wanted
from kgplan.retrieval.thesaurus import Expander, Segment, topics_of
from kgplan.text import has_diacritics, nfc

LONGEST = 5000


@dataclass(frozen=True, slots=True)
class Query:
    """A query read.

    ``restored`` is its text with diacritics, ``segments`` what it is about, ``topics`` the topics these name with
    the share of the words that name each, ``wants`` what a statement should hold to answer it.
    """

    language: Language
    restored: str
    segments: tuple[Segment, ...]
    topics: tuple[tuple[str, float], ...]
    wants: frozenset[Holding]

    @property
    def content(self) -> str:
        """What the query is about, English phrases and abbreviations put in Vietnamese where that is known."""
        parts = []
        for segment in self.segments:
            if segment.replaced:
                parts.append(segment.alternatives[0].text)
            else:
                parts.extend(self.restored[word.start : word.end] for word in segment.words)
        return " ".join(parts)


class QueryReader:
    """Reads queries for one index."""

    def __init__(self, expander: Expander, restorer: DiacriticRestorer, joined: Callable[[Word, Word], bool]) -> None:
        """``joined`` tells whether two words stand side by side somewhere in the index."""
        self.expander = expander
        self.restorer = restorer
        self.joined = joined

    def restore(self, text: str) -> str:
        """``text`` with diacritics when it is Vietnamese without any; else unchanged, in NFC."""
        return self.restorer.restore(text) if detect_language(text) == "vi" else nfc(text)

    def read(self, text: str) -> Query:
        """How ``text`` is read.

        Raises:
            QuestionError: it is empty or longer than :data:`LONGEST` characters.
        """
        text = " ".join(nfc(text).split())
        if not text:
            raise QuestionError("The query is empty: give words to search for")
        if len(text) > LONGEST:
            raise QuestionError(f"The query has {len(text):,} characters: give at most {LONGEST:,}")
        language = detect_language(text)
        restored = self.restorer.restore(text) if language == "vi" else text
        tokens = words(restored)
        exact = has_diacritics(text)
        segments = tuple(self.expander.segments(tokens, language, exact=exact, joined=self.joined)) if tokens else ()
        return Query(language, restored, segments, tuple(topics_of(segments)), wanted(tokens))
