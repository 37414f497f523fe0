"""Topics: the thesaurus of policy fields, and which of its topics a statement is on.

The thesaurus is ``ontology/topics.ttl``. A statement is on a topic when the evidence for it adds up: a label of the
topic among what the statement sets out to do counts in full; in a clause of purpose or circumstance, or as part of a
name, it counts in part; in a heading above, in part too. A passing mention alone is therefore no topic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from kgplan.errors import KgplanError
from kgplan.model import TopicLink
from kgplan.parsing.topic_line import Cover, LabelIndex, Line
from kgplan.parsing.words import forms
from kgplan.resources import ONTOLOGY

Language = Literal["vi", "en"]

_TOPIC = "https://w3id.org/kgplan/id/topic/"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_NOT_LABEL = "https://w3id.org/kgplan/ns#notLabel"

# What a label is worth, in tenths: a topic needs ten.
_ENOUGH = 10
_NEAREST_HEADING, _CROWDED_HEADING, _OUTER_HEADING = 6, 4, 2
_CROWDED = 3  # a heading of more topics than this says little of any


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
    cover = Cover(ignore)
    evidence = _labels(text, start, end, cover)
    for depth, (first, last) in enumerate(reversed(headings)):
        above = _distinct(_labels(text, first, last, cover))
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


def _labels(text: str, start: int, end: int, ignore: Cover) -> list[_Evidence]:
    """Evidence from the labels in ``text[start:end]``, in the order of the text; labels within longer ones left out."""
    thesaurus = load_thesaurus()
    line = Line(text, start, end)
    excluded = line.matches(thesaurus.exclusions)
    evidence: list[_Evidence] = []
    reached = named = 0
    for first, match in line.matches(thesaurus.tagging).items():
        if match.last <= reached:
            continue
        reached = match.last
        span = line.span(match)
        if line.names_agency(first, named) or ignore.covers(*span):
            named = match.last
            continue
        weight = line.weight(first)
        around = range(max(0, match.last - thesaurus.exclusions.longest_phrase), first + 1)
        elsewhere = {
            topic
            for at in around
            if at in excluded and excluded[at].last >= match.last
            for topic in excluded[at].topics
        }
        evidence += [_Evidence(topic, weight, *span) for topic in match.topics if weight and topic not in elsewhere]
    return evidence
