"""Cited documents, dates and addresses named in a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kgplan.answering.catalogue import DocumentEntry
from kgplan.answering.lexicon import Cue, Token
from kgplan.text import fold

_NUMBER = re.compile(
    r"(?<![\w/])\d{1,5}\s?(?:/\s?(?:19|20)\d{2}\s?/\s?|[/-]\s?)[^\W\d_](?:[\w&]|[/-](?=\w))*", re.UNICODE
)
_DATE = re.compile(
    r"(?<![\w/])(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d{2})(?!\w)|(?<!\d)((?:19|20)\d{2})-(\d\d)-(\d\d)(?!\d)"
)
_SPELT_VI = re.compile(r"(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+((?:19|20)\d{2})")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SPELT_EN = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,10})\s+((?:19|20)\d{2})"
    r"|([a-z]{3,10})\s+(\d{1,2})(?:st|nd|rd|th)?\s+((?:19|20)\d{2})"
)
_MONTH_VI = re.compile(r"(?<!\d )(?<!\d)thang\s+(\d{1,2})\s*(?:/|nam|-)\s*((?:19|20)\d{2})")
_MONTH_EN = re.compile(r"([a-z]{3,10})\s+((?:19|20)\d{2})")
_MISSPELT_MONTH = 80.0
_TITLE_COVERAGE = 0.75
_TITLE_WORDS = 2
_EMPTY_WORDS = frozenset(
    [
        "va",
        "cua",
        "cho",
        "ve",
        "cac",
        "nhung",
        "trong",
        "tai",
        "den",
        "tu",
        "giai",
        "doan",
        "nam",
        "tinh",
        "tren",
        "dia",
        "ban",
        "thuc",
        "hien",
    ]
)


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document named by tokens ``first:last``; ``document`` is an IRI, None when the corpus cites no such one.

    ``by_title`` tells a mention by title from one by number.
    """

    first: int
    last: int
    document: str | None
    by_title: bool = False


def link_numbers(
    question: str, tokens: Sequence[Token], types: Sequence[Cue], documents: Iterable[DocumentEntry]
) -> list[DocumentMention]:
    """Documents named by number: in full, or by its beginning behind a type of document ("nghị quyết 06")."""
    known = [(d, fold(d.number).split()) for d in documents if d.number]
    mentions: list[DocumentMention] = []
    taken: set[int] = set()
    for match in _NUMBER.finditer(question):
        first, last = _covered(tokens, match.start(), match.end())
        words = [t.fold for t in tokens[first:last]]
        before = _type_before(types, tokens, first)
        fitting = [d for d, number in known if number[: len(words)] == words and _type_fits(d, before)]
        if len(fitting) != 1:
            exact = [d for d in fitting if d.number and fold(d.number).split() == words]
            fitting = exact or fitting
        start = before.first if before else first
        mentions.append(DocumentMention(start, last, fitting[0].iri if len(fitting) == 1 else None))
        taken.update(range(start, last))
    for cue in types:
        position = cue.last
        while position < len(tokens) and tokens[position].fold in ("so", "no", "number", "n"):
            position += 1
        if position >= len(tokens) or position in taken or not tokens[position].text.isdigit():
            continue
        words = [tokens[position].fold]
        if len(words[0]) == 4 and words[0][:2] in ("19", "20") and position == cue.last:
            continue
        if tokens[position + 1 : position + 2] and tokens[position + 1].fold in ("nam", "year", "years"):
            continue
        fitting = [d for d, number in known if number[:1] == words and _type_fits(d, cue)]
        if not fitting:
            fitting = [
                d
                for d, number in known
                if [n.lstrip("0") for n in number[:1]] == [words[0].lstrip("0")] and _type_fits(d, cue)
            ]
        mentions.append(DocumentMention(cue.first, position + 1, fitting[0].iri if len(fitting) == 1 else None))
    return sorted(mentions, key=lambda m: m.first)


def link_titles(
    tokens: Sequence[Token], free: Sequence[bool], types: Sequence[Cue], documents: Iterable[DocumentEntry]
) -> list[DocumentMention]:
    """Documents named by type and title words ("đề án phát triển doanh nghiệp"), where one alone fits best.

    None is where another title, though it fits worse, holds more of the words.
    """
    titled = [(d, [w for w in fold(d.title).split() if w not in _EMPTY_WORDS]) for d in documents if d.title]
    mentions = []
    type_words = {i for cue in types for i in range(cue.first, cue.last)}
    for cue in types:
        last = cue.last
        while last < len(tokens) and (free[last] or _within_title(tokens, last, cue, titled)):
            last += 1
        words = [(i, tokens[i].fold) for i in range(cue.last, last) if tokens[i].fold not in _EMPTY_WORDS]
        best: tuple[tuple[float, int, int], DocumentEntry, int] | None = None
        rivals = most = 0
        for document, title in titled:
            if not _type_fits(document, cue):
                continue
            length = _longest_cover(words, title)
            if length < _TITLE_WORDS:
                continue
            hits = sum(w in title for _, w in words[:length])
            most = max(most, hits)
            rank = (hits / length, hits, -len(title))
            telling = sum(w in title for i, w in words[:length] if i not in type_words)
            if (
                telling
                and hits >= _TITLE_WORDS
                and hits / length >= _TITLE_COVERAGE
                and (best is None or rank[:2] >= best[0][:2])
            ):
                rivals = rivals + 1 if best is not None and rank[:2] == best[0][:2] else 0
                if best is None or rank > best[0]:
                    best = (rank, document, words[length - 1][0] + 1)
        if best is not None and not rivals and best[0][1] == most:
            mentions.append(DocumentMention(cue.first, best[2], best[1].iri, by_title=True))
    return mentions


def _within_title(
    tokens: Sequence[Token], index: int, cue: Cue, titled: Sequence[tuple[DocumentEntry, Sequence[str]]]
) -> bool:
    """Whether a word that ends a title elsewhere stands in one here: "đề án kinh tế tuần hoàn ngành nhựa"."""
    around = [t.fold for t in tokens[index - 1 : index + 2]]
    return len(around) == 3 and any(
        around == title[i : i + 3] for d, title in titled if _type_fits(d, cue) for i in range(len(title) - 2)
    )


def _longest_cover(words: Sequence[tuple[int, str]], title: Sequence[str]) -> int:
    """How many of the leading ``words`` to read as the title: up to the last that the title holds."""
    length = 0
    for count, (_, word) in enumerate(words, start=1):
        if word in title:
            length = count
    return length


def _covered(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    inside = [i for i, t in enumerate(tokens) if t.start >= start and t.end <= end]
    return inside[0], inside[-1] + 1


def _type_before(types: Sequence[Cue], tokens: Sequence[Token], first: int) -> Cue | None:
    for cue in types:
        between = [t.fold for t in tokens[cue.last : first]]
        if cue.last <= first and all(w in ("so", "no", "number") for w in between):
            return cue
    return None


def _type_fits(document: DocumentEntry, cue: Cue | None) -> bool:
    return cue is None or document.code is None or cue.value in (document.code, document.type)


def find_date(question: str) -> tuple[str, int, int] | None:
    """The first date or month in ``question`` as ISO 8601, with its offsets; None when there is none."""
    if match := _DATE.search(question):
        day, month, year = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        return _iso(year, int(month), day), match.start(), match.end()
    folded = _same_length_fold(question)
    if match := _SPELT_VI.search(folded):
        return _iso(match[3], int(match[2]), match[1]), match.start(), match.end()
    if match := _MONTH_VI.search(folded):
        return f"{match[2]}-{int(match[1]):02d}", match.start(), match.end()
    if match := _SPELT_EN.search(folded.replace(",", " ")):
        day, name, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        close = process.extractOne(name, _MONTHS, scorer=fuzz.ratio, score_cutoff=_MISSPELT_MONTH)
        if close is not None:
            return _iso(year, _MONTHS.index(close[0]) + 1, day), match.start(), match.end()
    if (match := _MONTH_EN.search(folded)) and match[1] in _MONTHS:
        return f"{match[2]}-{_MONTHS.index(match[1]) + 1:02d}", match.start(), match.end()
    return None


def _iso(year: str, month: int, day: str) -> str:
    return f"{year}-{month:02d}-{int(day):02d}"


def _same_length_fold(text: str) -> str:
    return "".join((fold(c) or c)[0] for c in text)
