"""A question on its way to being understood: its tokens and spans, and what of them has been used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kgplan.answering.lexicon import Token
from kgplan.answering.spans import Span


@dataclass(slots=True)
class State:
    """``variants`` are the word lists that apply, ``free`` the tokens of no entity or date, ``date`` ISO 8601."""

    question: str
    tokens: Sequence[Token]
    variants: tuple[str, ...]
    spans: list[Span]
    free: list[bool]
    date: str | None

    @property
    def english(self) -> bool:
        """Whether the question is mainly in English."""
        return self.variants[0] == "en"

    def any(self, *cues: str) -> Span | None:
        """The first span with one of the cues."""
        return next((s for s in self.spans if s.has(*cues)), None)

    def use(self, *cues: str) -> bool:
        """Mark every span with one of the cues as used; whether there was one."""
        found = [s for s in self.spans if s.has(*cues)]
        for span in found:
            span.used = True
        return bool(found)

    def use_tokens(self, first: int, last: int) -> None:
        """Mark the spans that begin at tokens ``first:last`` as used."""
        for span in self.spans:
            span.used = span.used or first <= span.first < last

    def words(self, span: Span) -> str:
        """The question's own words at ``span``."""
        return self.question[self.tokens[span.first].start : self.tokens[span.last - 1].end]

    def folded(self, span: Span) -> str:
        """The folded first word of ``span``."""
        return self.tokens[span.first].fold

    @property
    def named(self) -> list[Span]:
        """The spans that name an agency."""
        return [s for s in self.spans if s.agency is not None]

    @property
    def cited(self) -> list[Span]:
        """The spans that name a document."""
        return [s for s in self.spans if s.document is not None]
