"""Topics: the thesaurus of policy fields, and which of its topics a statement is on.

The thesaurus is ``ontology/topics.ttl``. A statement is on a topic when the evidence for it adds up: a label of the
topic among what the statement sets out to do counts in full; in a clause of purpose or circumstance, or as part of a
name, it counts in part; in a heading above, in part too. A passing mention alone is therefore no topic.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from kgplan.errors import KgplanError
from kgplan.model import TopicLink
from kgplan.parsing.word_lists import load
from kgplan.parsing.words import forms, full, is_compound, words
from kgplan.resources import ONTOLOGY

Language = Literal["vi", "en"]

_TOPIC = "https://w3id.org/kgplan/id/topic/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_NOT_LABEL = "https://w3id.org/kgplan/ns#notLabel"

# What a label is worth, in tenths: a topic needs ten.
_ENOUGH = 10
_STATED, _PASSING = 10, 6
_NEAREST_HEADING, _CROWDED_HEADING, _OUTER_HEADING = 6, 4, 2
_CROWDED = 3  # a heading of more topics than this says little of any
_CLAUSE_END = re.compile(r"[.;:!?]")
_PART_END = re.compile(r"[.;:!?,]")
_GAP = re.compile(r"[\s,\-–“”\"'’()]*")


@dataclass(frozen=True, slots=True)
class Concept:
    """One topic. Labels are by language; ``hidden`` ones serve tagging only; in ``excluded`` phrases none counts."""

    slug: str
    preferred: Mapping[str, str]
    alternative: Mapping[str, tuple[str, ...]]
    hidden: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    def labels(self, language: Language) -> tuple[str, ...]:
        """The preferred label in ``language``, then the alternative ones."""
        own = self.preferred.get(language)
        return ((own,) if own else ()) + self.alternative.get(language, ())


@dataclass(frozen=True, slots=True)
class Match:
    """A label found: words ``first:last`` (``last`` excluded), and the topics whose label it is."""

    first: int
    last: int
    topics: tuple[str, ...]


class LabelIndex:
    """Phrases by their words, found longest first."""

    def __init__(self, phrases: Iterable[tuple[tuple[str, ...], str]]) -> None:
        """``phrases`` pairs the words of a phrase with the topic it stands for."""
        topics: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for phrase, topic in phrases:
            if phrase and topic not in topics[phrase]:
                topics[phrase].append(topic)
        self._by_first: defaultdict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
        for phrase in sorted(topics, key=lambda phrase: (-len(phrase), phrase)):
            self._by_first[phrase[0]].append((phrase, tuple(topics[phrase])))

    def longest(self, forms: Sequence[str], first: int) -> Match | None:
        """The longest phrase that begins at ``first``; None when there is none."""
        for phrase, topics in self._by_first.get(forms[first], ()):
            last = first + len(phrase)
            if tuple(forms[first:last]) == phrase:
                return Match(first, last, topics)
        return None


@dataclass(frozen=True)
class Thesaurus:
    """The topics by slug."""

    concepts: Mapping[str, Concept]

    @cached_property
    def exclusions(self) -> LabelIndex:
        """The phrases in which a topic's labels do not count."""
        return LabelIndex(
            (tuple(form for form, _ in forms(phrase)), slug)
            for slug, concept in self.concepts.items()
            for phrase in concept.excluded
        )

    @cached_property
    def tagging(self) -> LabelIndex:
        """Every Vietnamese label, the hidden ones too, by its words' full forms."""
        return LabelIndex(
            (tuple(form for form, _ in forms(label)), slug)
            for slug, concept in self.concepts.items()
            for label in (*concept.labels("vi"), *concept.hidden)
        )

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Every broader topic of ``slug``, nearest first."""
        return self._closure(slug, "broader")

    def descendants(self, slug: str) -> tuple[str, ...]:
        """Every narrower topic of ``slug``, nearest first."""
        return self._closure(slug, "narrower")

    def _closure(self, slug: str, relation: Literal["broader", "narrower"]) -> tuple[str, ...]:
        found: dict[str, None] = {}
        queue = list(getattr(self.concepts[slug], relation))
        while queue:
            step = queue.pop(0)
            if step not in found:
                found[step] = None
                queue.extend(getattr(self.concepts[step], relation))
        return tuple(found)


@cache
def load_thesaurus(path: Path | None = None) -> Thesaurus:
    """The thesaurus in ``path``, by default the one that comes with kgplan; read once.

    Raises:
        KgplanError: the file is missing, is not Turtle, or a topic lacks a preferred label.
    """
    path = path or ONTOLOGY / "topics.ttl"
    import pyoxigraph

    values: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    try:
        for triple in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            if not isinstance(subject, pyoxigraph.NamedNode) or not subject.value.startswith(_TOPIC):
                continue
            name = "notLabel" if predicate.value == _NOT_LABEL else predicate.value.removeprefix(_SKOS)
            if isinstance(value, pyoxigraph.Literal):
                values[subject.value][f"{name}@{value.language or ''}"].append(value.value)
            elif isinstance(value, pyoxigraph.NamedNode):
                values[subject.value][name].append(value.value.removeprefix(_TOPIC))
    except (OSError, SyntaxError) as error:
        raise KgplanError(f"The thesaurus {path} cannot be read: {error}; restore the file") from error
    return _thesaurus(path, {iri.removeprefix(_TOPIC): found for iri, found in values.items()})


def _thesaurus(path: Path, values: Mapping[str, Mapping[str, list[str]]]) -> Thesaurus:
    narrower: defaultdict[str, list[str]] = defaultdict(list)
    for slug, found in values.items():
        for broader in found.get("broader", ()):
            if broader not in values:
                raise KgplanError(f"The thesaurus {path} gives {slug} the broader topic {broader}, which it lacks")
            narrower[broader].append(slug)
    concepts = {}
    for slug, found in values.items():
        preferred = {
            language: found[f"prefLabel@{language}"][0]
            for language in ("vi", "en")
            if found.get(f"prefLabel@{language}")
        }
        if not preferred:
            raise KgplanError(f"The thesaurus {path} gives the topic {slug} no skos:prefLabel in vi or en; add one")
        concepts[slug] = Concept(
            slug,
            preferred,
            {language: tuple(found.get(f"altLabel@{language}", ())) for language in ("vi", "en")},
            tuple(found.get("hiddenLabel@vi", ())),
            tuple(found.get("notLabel@vi", ())),
            tuple(found.get("broader", ())),
            tuple(narrower[slug]),
            tuple(found.get("related", ())),
        )
    return Thesaurus(concepts)


@dataclass(frozen=True, slots=True)
class _Evidence:
    topic: str
    weight: int
    start: int
    end: int


def find_topics(
    text: str, start: int, end: int, headings: Sequence[tuple[int, int]], ignore: Sequence[tuple[int, int]] = ()
) -> tuple[TopicLink, ...]:
    """The topics that the statement ``text[start:end]`` is on, the best evidenced first.

    ``headings`` are the spans of the titles above it in ``text``, outermost first; ``ignore`` spans that name
    something (agencies), in which words are no evidence. Each link carries the words that count most.
    """
    evidence = _labels(text, start, end, ignore)
    for depth, (first, last) in enumerate(reversed(headings)):
        above = _distinct(_labels(text, first, last, ignore))
        crowded = len(above) > _CROWDED
        if depth > 0:
            worth = _OUTER_HEADING
        elif not evidence and not crowded:
            worth = _ENOUGH
        else:
            worth = _CROWDED_HEADING if crowded else _NEAREST_HEADING
        evidence = evidence + [_Evidence(found.topic, worth, found.start, found.end) for found in above]
    by_topic: defaultdict[str, list[_Evidence]] = defaultdict(list)
    for found in evidence:
        by_topic[found.topic].append(found)
    totals = {topic: sum(found.weight for found in group) for topic, group in by_topic.items()}
    links = []
    for topic in sorted((topic for topic in totals if totals[topic] >= _ENOUGH), key=lambda t: (-totals[t], t)):
        best = min(by_topic[topic], key=lambda f: (not start <= f.start < end, -f.weight, f.start - f.end, f.start))
        links.append(TopicLink(topic, text[best.start : best.end], best.start, best.end))
    return tuple(links)


def _distinct(evidence: Iterable[_Evidence]) -> list[_Evidence]:
    first: dict[str, _Evidence] = {}
    for found in evidence:
        first.setdefault(found.topic, found)
    return list(first.values())


def _labels(text: str, start: int, end: int, ignore: Sequence[tuple[int, int]]) -> list[_Evidence]:
    """Evidence from the labels in ``text[start:end]``, in the order of the text; labels within longer ones left out."""
    thesaurus = load_thesaurus()
    line = _Line(text, start, end)
    excluded = [match for first in range(len(line.tokens)) if (match := line.match(thesaurus.exclusions, first))]
    evidence: list[_Evidence] = []
    reached = named = 0
    for first in range(len(line.tokens)):
        match = line.match(thesaurus.tagging, first)
        if match is None or match.last <= reached:
            continue
        reached = match.last
        span = line.span(match.first, match.last)
        if line.names_agency(match.first, named) or any(s <= span[0] and span[1] <= e for s, e in ignore):
            named = match.last
            continue
        weight = line.weight(match.first)
        for topic in match.topics:
            if weight and not any(
                e.first <= match.first and match.last <= e.last and topic in e.topics for e in excluded
            ):
                evidence.append(_Evidence(topic, weight, *span))
    return evidence


class _Line:
    """The words of a stretch of text, and what stands around them."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self.tokens = [word for word in words(text[start:end]) if not is_compound(word)]
        self._forms = [word.full for word in self.tokens]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets in the text of words ``first:last``."""
        return self._start + self.tokens[first].start, self._start + self.tokens[last - 1].end

    def match(self, index: LabelIndex, first: int) -> Match | None:
        """The longest phrase of ``index`` at ``first`` that no full stop, colon or semicolon parts."""
        match = index.longest(self._forms, first)
        if match is None or any(not _GAP.fullmatch(self._gap(at)) for at in range(first + 1, match.last)):
            return None
        return match

    def weight(self, first: int) -> int:
        """How much a label at ``first`` counts by what stands before it in its clause; 0 where it is excepted."""
        cues = _cues()
        clause = self._back(first, _CLAUSE_END)
        if _any_phrase(self._forms[clause:first], cues.excluded):
            return 0
        part = self._back(first, _PART_END)
        before = self._forms[part:first]
        passing = _any_phrase(before, cues.purpose) or _ends_with(before, cues.circumstance)
        return _PASSING if passing else _STATED

    def names_agency(self, first: int, named: int) -> bool:
        """Whether the capitalised label at ``first`` is in an agency's name ("Sở Văn hóa, Thể thao và Du lịch").

        ``named`` is where the last such label ended, 0 when there was none.
        """
        if not self._capital(first):
            return False
        cues = _cues()
        if _ends_with(self._forms[:first], cues.agency_heads):
            return True
        between = range(named, first)
        return (
            named > 0
            and all(self._capital(at) or self._forms[at] in cues.joints for at in between)
            and all(not _CLAUSE_END.search(self._gap(at)) for at in (*between, first))
        )

    def _capital(self, at: int) -> bool:
        return self._text[self._start + self.tokens[at].start].isupper()

    def _gap(self, at: int) -> str:
        return self._text[self._start + self.tokens[at - 1].end : self._start + self.tokens[at].start]

    def _back(self, first: int, stop: re.Pattern[str]) -> int:
        while first > 0 and not stop.search(self._gap(first)):
            first -= 1
        return first


def _any_phrase(forms: Sequence[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    return any(
        tuple(forms[first : first + len(phrase)]) == phrase
        for phrase in phrases
        for first in range(len(forms) - len(phrase) + 1)
    )


def _ends_with(forms: Sequence[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    return any(len(forms) >= len(phrase) and tuple(forms[-len(phrase) :]) == phrase for phrase in phrases)


@dataclass(frozen=True, slots=True)
class _Cues:
    agency_heads: tuple[tuple[str, ...], ...]
    purpose: tuple[tuple[str, ...], ...]
    circumstance: tuple[tuple[str, ...], ...]
    excluded: tuple[tuple[str, ...], ...]
    joints: frozenset[str]


@cache
def _cues() -> _Cues:
    data = load("topic_cues")

    def phrases(name: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(full(word) for word in phrase.split()) for phrase in data[name])

    return _Cues(
        phrases("agency_heads"),
        phrases("purpose"),
        phrases("circumstance"),
        phrases("excluded"),
        frozenset(data["joints"]),
    )
