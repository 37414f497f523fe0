"""A question cut into spans: agencies, documents, cues of the lexicon, and the words between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kgplan.answering.agency_links import AgencyMention
from kgplan.answering.document_links import DocumentMention
from kgplan.answering.lexicon import Cue, Token


@dataclass(slots=True)
class Span:
    """Tokens ``first:last`` and what they are: an agency, a document, or cues; neither for a plain word.

    ``used`` is set once the span has served to understand the question, so that its words are no part of
    the topic.
    """

    first: int
    last: int
    cues: dict[str, str | None] = field(default_factory=dict)
    agency: AgencyMention | None = None
    document: DocumentMention | None = None
    used: bool = False

    def has(self, *names: str) -> bool:
        """Whether the span carries one of these cues."""
        return any(name in self.cues for name in names)

    @property
    def entity(self) -> bool:
        """Whether the span names an agency or a document."""
        return self.agency is not None or self.document is not None


def cut(
    tokens: Sequence[Token],
    agencies: Sequence[AgencyMention],
    documents: Sequence[DocumentMention],
    cues: Sequence[Sequence[Cue]],
) -> list[Span]:
    """The spans in order, together covering every token; entities first, then the longest cue at each token."""
    starts: dict[int, Span] = {}
    for mention in agencies:
        starts[mention.first] = Span(mention.first, mention.last, agency=mention)
    for named in documents:
        starts[named.first] = Span(named.first, named.last, document=named)
    spans: list[Span] = []
    position = 0
    while position < len(tokens):
        span = starts.get(position)
        if span is None:
            limit = min((s for s in starts if s > position), default=len(tokens))
            fitting = [c for c in cues[position] if c.last <= limit]
            longest = max((c.last for c in fitting), default=position + 1)
            span = Span(position, longest, cues={c.name: c.value for c in fitting if c.last == longest})
        spans.append(span)
        position = span.last
    return spans


def type_cues(cues: Sequence[Sequence[Cue]]) -> list[Cue]:
    """The longest mention of a type of document at each token."""
    found: list[Cue] = []
    for group in cues:
        types = [c for c in group if c.name == "document_type"]
        if types and (not found or types[0].first >= found[-1].last):
            found.append(types[0])
    return found


EMPTY_CUES = (
    *("filler", "with", "by", "issued_by", "under", "list", "which", "or", "on_what", "except", "yes_no_end"),
    *("about", "polite", "else", "both", "citing"),
)
"""Cues whose words carry no topic."""


def topic_of(question: str, tokens: Sequence[Token], spans: Sequence[Span], filler: Sequence[bool]) -> str | None:
    """The words of the question that nothing else used, as they stand; None when only filler is left.

    ``filler[i]`` tells that token ``i`` carries no topic; filler between two topic words is kept.
    """
    used = [False] * len(tokens)
    for span in spans:
        if span.used:
            used[span.first : span.last] = [True] * (span.last - span.first)
    content = [i for i in range(len(tokens)) if not used[i] and not filler[i]]
    if not content:
        return None
    runs: list[list[int]] = []
    for index in content:
        if runs and not any(used[runs[-1][1] : index]):
            runs[-1][1] = index + 1
        else:
            runs.append([index, index + 1])
    return " ".join(question[tokens[a].start : tokens[b - 1].end] for a, b in runs)
