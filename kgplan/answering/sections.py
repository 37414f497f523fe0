"""The parts of the plan that a question names by their labels: "section F", "mục E.III.2", "parts II, IV and V"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kgplan.answering.catalogue import Catalogue
from kgplan.answering.lexicon import Lexicon, tokenise
from kgplan.answering.roles import role_of
from kgplan.answering.spans import EMPTY_CUES, Span
from kgplan.answering.state import State
from kgplan.model import ANNEX
from kgplan.parsing.topics import Language
from kgplan.retrieval.thesaurus import match_topics
from kgplan.text import fold

_ADDRESS = re.compile(r"(?<![\w.])[A-ZĐa-zđ0-9]{1,5}(?:\.[A-Za-zĐđ0-9]{1,4})*(?![\w.]*\w)")
_LABEL_BEFORE = re.compile(
    r"\b([IVX]+|\d+|[a-zđ])\W+(?:(?:of|in|within|thuộc|thuoc|của|cua|trong)\W+)?(?:the\W+)?(?:section|part|mục|phần|muc|phan)\W+$",
    re.I,
)
_NUMERAL = re.compile(r"[ivx]{2,}(?:\.\w+)*")
_EACH = ("both", "each", "all", "every", "also", "ca", "moi", "tung", "lan", "cung", "dong", "tat")
"""Words by which what is asked for must be in every part named."""

_TITLED = ("phan", "muc", "tieu", "chuong", "section", "sections", "part", "heading", "under", "in")
_MOSTLY = 0.5
"""So much of the topics of its title does a phrase that means a section name."""

_OPENING = 4
"""So many first words of a long title name its section."""

_ROLE = ("role", "vai")
_DENIES = 4
"""How many spans a denial may stand before the part it is of: "không có việc ở mục …"."""

_TURNS = ("ma", "nhung", "but", "yet", "though")
_JOINING = (*EMPTY_CUES, "both", "part", "noun_task", "not", "has")


@dataclass(frozen=True, slots=True)
class Parted:
    """A question about several parts of the plan, as one question about each.

    With ``every`` what is asked for must be in all of them; ``not_in`` are the questions about the parts in which it
    must not be, in any role with ``no_role``.
    """

    questions: tuple[str, ...]
    every: bool
    not_in: tuple[str, ...] = ()
    no_role: bool = False


def address(state: State, catalogue: Catalogue) -> str | None:
    """The address in the plan that the question names ("mục E.III.2", "section F")."""
    part = state.any("noun_statement", "part")
    found = _find(state.question, catalogue.addresses, named=part is not None)
    nouns = [s for s in state.spans if s.has("noun_statement", "part") and s.last < len(state.tokens)]
    for noun in nouns if found is None else ():
        found = found or _labelled(state, noun.last, catalogue.addresses)
    if found is None:
        return _annex(state, catalogue.addresses) or (
            None if part is None else _titled(state, part, catalogue.addresses)
        )
    title = _title_before(state, part, found[1]) if part is not None else found[1]
    for span in state.spans:
        if state.tokens[span.first].start >= title and state.tokens[span.last - 1].end <= found[2]:
            span.used = True
    state.use("noun_statement", "part")
    return found[0]


def several(state: State, addresses: Iterable[str]) -> Parted | None:
    """The question about each of the parts of the plan that it names; None when it names fewer than two.

    The labels stand in one list behind the word "part" or "section", or each behind that word, with its title perhaps.
    """
    noun = state.any("part")
    labels = [] if noun is None else _listed(state, noun, tuple(addresses))
    wanted = [label for label in labels if not any(o.address.startswith(f"{label.address}.") for o in labels)]
    if noun is None or len({label.address for label in wanted}) < 2:
        return None
    between = _within(state, state.tokens[noun.first].start, labels[-1].start)
    opening = state.spans.index(noun)
    while opening and _introduces(state, state.spans[opening - 1]):
        opening -= 1
    begin = state.spans[opening]
    opened = [token.fold for token in state.tokens[begin.first : noun.first]]
    every = any(word in _EACH for word in (*opened, *map(state.folded, between)))
    before = [s for s in state.spans[max(0, opening - _DENIES) : opening] if s.has("not")]
    turns = [s for s in between if state.folded(s) in _TURNS] if before else [s for s in between if s.has("not")]
    turn = state.tokens[turns[0].first].start if turns else len(state.question)
    first = [label for label in wanted if label.start < turn]
    second = [label for label in wanted if label.start > turn]
    if before and not second:
        return None
    start = before[0] if before else begin
    denied = state.spans[state.spans.index(start) :] if before else _within(state, turn, labels[-1].start)
    no_role = any(state.folded(s) in _ROLE for s in denied)
    head = state.question[: state.tokens[start.first].start]
    tail = state.question[labels[-1].end :].lstrip(")]")
    words = f"in {state.words(noun)}" if state.english and begin is not noun else state.words(noun)
    within, beyond = ([f"{head}{words} {label.address}{tail}" for label in some] for some in (first, second))
    asked, not_in = (beyond, within) if before else (within, beyond)
    return Parted(tuple(asked), every or bool(not_in), tuple(not_in), no_role) if asked else None


@dataclass(frozen=True, slots=True)
class _Label:
    """An address and the offsets of its label in the question."""

    address: str
    start: int
    end: int


def _listed(state: State, noun: Span, addresses: tuple[str, ...]) -> list[_Label]:
    """The addresses named behind ``noun``, as far as nothing but joining words stands between them."""
    found: list[_Label] = []
    end = state.tokens[noun.last - 1].end
    for match in _ADDRESS.finditer(state.question, end):
        address = _resolve(match.group(), addresses)
        if address is None or (match.group().islower() and not _listing(state, match.start())):
            continue
        titled = state.question[: match.start()].rstrip().endswith("(")
        between = _within(state, end, match.start())
        begin = next(
            (n + 1 for n, s in reversed([*enumerate(between)]) if s.has("part")), 0 if not found else len(between)
        )
        if not all(_joins(state, s) for s in (between[:begin] if titled else between)):
            break
        found.append(_Label(address, match.start(), match.end()))
        end = match.end()
    return found


def _within(state: State, start: int, end: int) -> list[Span]:
    """The spans between two offsets."""
    return [s for s in state.spans if start <= state.tokens[s.first].start and state.tokens[s.last - 1].end <= end]


def _listing(state: State, start: int) -> bool:
    """Whether a noun such as "part", a comma or "and" stands right before: without, "vi" is the word, no numeral."""
    before = next((s for s in reversed(state.spans) if state.tokens[s.last - 1].end <= start), None)
    return before is not None and (before.has("part", "or") or state.question[:start].rstrip().endswith(","))


def _joins(state: State, span: Span) -> bool:
    return span.has(*_JOINING) or role_of(span) is not None or state.folded(span) in (*_EACH, *_ROLE, "one")


def _resolve(label: str, addresses: tuple[str, ...]) -> str | None:
    """The address that ``label`` is or alone ends in it; a numeral may stand in small letters."""
    if _NUMERAL.fullmatch(label):
        label = label.upper()
    ending = [label] if label in addresses else [a for a in addresses if a.endswith(f".{label}")]
    return ending[0] if len(ending) == 1 and not label.islower() and not label.isdigit() else None


def _introduces(state: State, span: Span) -> bool:
    """Whether the word belongs to the list that follows it: "in each of the parts", "ở cả ba phần"."""
    word = state.folded(span)
    numbers = Lexicon.load().table("numbers")
    return span.has("both") or word in numbers or word in (*_EACH, "in", "of", "the", "o", "trong", "thuoc")


def _labelled(state: State, token: int, addresses: Iterable[str]) -> tuple[str, int, int] | None:
    """The only address that ends in the label at ``token``."""
    label = state.tokens[token]
    ending = [a for a in addresses if a.split(".")[-1] == label.text and label.text.isupper()]
    return (ending[0], label.start, label.end) if len(ending) == 1 else None


def _title_before(state: State, part: Span, label: int) -> int:
    """Where the title between the noun and the label in brackets begins: "the section on services (II.3)"."""
    noun = next((s for s in reversed(state.spans) if s.has("part") and state.tokens[s.first].start < label), part)
    behind = label if noun is part else state.tokens[noun.first].start
    opened = state.question[:behind].rstrip().endswith("(")
    start = state.tokens[part.last - 1].end
    return start if opened and start < label else label


def _annex(state: State, addresses: Iterable[str]) -> str | None:
    """The annex, of several the one with the number named, where the plan has it."""
    noun = state.any("annex")
    if noun is None:
        return None
    known = dict.fromkeys(first for at in addresses if (first := at.split(".")[0]).startswith(ANNEX))
    number = state.tokens[noun.last].text if noun.last < len(state.tokens) else ""
    if f"{ANNEX}{number}" in known and number:
        state.use_tokens(noun.last, noun.last + 1)
        found: str | None = f"{ANNEX}{number}"
    else:
        found = next(iter(known)) if len(known) == 1 else None
    noun.used = noun.used or found is not None
    return found


def _titled(state: State, part: Span, addresses: Mapping[str, str | None]) -> str | None:
    """The section whose title, whole or its first words, stands behind the noun: "mục về công nghiệp - xây dựng"."""
    if state.folded(part) not in _TITLED:
        return None
    number = state.spans.index(part) + 1
    while number < len(state.spans) and state.spans[number].has("about"):
        number += 1
    if number == len(state.spans) or state.spans[number].used:
        return None
    first = state.spans[number].first
    words = [t.fold for t in state.tokens[first:]]
    fitting: dict[int, list[str]] = {}
    for address, title in addresses.items():
        named = _subject(title or "")
        alike = next(
            (n for n, (a, b) in enumerate(zip(named, words, strict=False)) if a != b), min(len(named), len(words))
        )
        if named and (alike == len(named) or alike >= _OPENING):
            fitting.setdefault(alike, []).append(address)
    longest = max(fitting, default=0)
    found = fitting.get(longest, [])
    last = first + longest
    if not found and state.spans[number - 1] is not part:
        last = _phrase_end(state, number)
        found = _on_the_same(state.question[state.tokens[first].start : state.tokens[last - 1].end], addresses)
    if len(found) != 1:
        return None
    for span in state.spans:
        span.used = span.used or (part.first <= span.first < last and not span.entity)
    return found[0]


def _phrase_end(state: State, number: int) -> int:
    """The token behind the phrase that begins at the span ``number``: before what asks, acts or is named."""
    last = number
    while last < len(state.spans) and not (
        state.spans[last].entity or state.spans[last].has("which", "who", "count", "when") or role_of(state.spans[last])
    ):
        last += 1
    return state.spans[max(last, number + 1) - 1].last


def _on_the_same(phrase: str, addresses: Mapping[str, str | None]) -> list[str]:
    """The sections whose titles name the topics that ``phrase`` does, and hardly any other."""
    asked = _topics(phrase)
    close: dict[str, float] = {}
    for address, title in addresses.items():
        named = _topics(title) if title and asked else frozenset()
        if asked <= named:
            close[address] = len(asked) / len(named)
    best = max(close.values(), default=0.0)
    found = [address for address, share in close.items() if share == best >= _MOSTLY]
    return [a for a in found if not any(a.startswith(f"{other}.") for other in found)]


@lru_cache(maxsize=1 << 10)
def _topics(text: str) -> frozenset[str]:
    languages: tuple[Language, ...] = ("vi", "en")
    return max((frozenset(slug for slug, _ in match_topics(text, language)) for language in languages), key=len)


def _subject(title: str) -> list[str]:
    """The folded words of a title without the one that only opens it ("Về …")."""
    words = [t.fold for t in tokenise(title)]
    return words[1:] if words[:1] == ["ve"] else words


def names_section(topic: str, address: str, addresses: Mapping[str, str | None]) -> bool:
    """Whether ``topic`` says only what the titles of the section named, or of those it is in, say."""
    asked = _topics(topic)
    if asked and asked <= _topics(addresses.get(address) or ""):
        return True
    titles = (title for at, title in addresses.items() if f"{address}.".startswith(f"{at}."))
    words = {word for title in titles for word in fold(title or "").split()}
    return bool(words) and all(word in words for word in fold(topic).split())


def _find(question: str, addresses: Iterable[str], *, named: bool) -> tuple[str, int, int] | None:
    """An address of the corpus in ``question`` ("E.III.2"); a single label ("F") only when ``named`` a part."""
    known = {a.casefold(): a for a in addresses}
    for match in _ADDRESS.finditer(question):
        label = match.group().rstrip(".").casefold()
        address = known.get(label)
        if address is not None and ("." in address or (named and match.group() == address)):
            return _whole_address(question, known, address, match.start(), match.end())
        if "." in label and named:  # "section II.3": the part it is in goes without saying
            ending = [a for name, a in known.items() if name.endswith(f".{label}")]
            if len(ending) == 1:
                return ending[0], match.start(), match.end()
    return None


def _whole_address(question: str, known: dict[str, str], address: str, start: int, end: int) -> tuple[str, int, int]:
    """The part within ``address`` where one stands before it: "part IV of section E", "mục IV phần E"."""
    before = _LABEL_BEFORE.search(question[:start])
    inner = known.get(f"{address}.{before[1]}".casefold()) if before is not None else None
    return (address, start, end) if before is None or inner is None else (inner, before.start(1), end)
