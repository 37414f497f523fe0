"""What the coordination network shows, in sentences: leads, brokers, the isolated, topics without a lead, clusters.

Only agencies that a plan names are looked at: collective actors ("các cấp, các ngành") join nearly everyone and can
answer for nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from kgplan.model import Plan, Statement
from kgplan.networks.graphs import Source, coordination_network, statements_of, without_collectives
from kgplan.networks.measures import AgencyMeasures, measures
from kgplan.networks.wording import LANGUAGES, Language, wording

Code = Literal["leads", "brokers", "isolated", "no_lead", "clusters"]

NAMED: Final = 5
"""Items named in a finding's sentence; ``items`` holds all."""


@dataclass(frozen=True, slots=True)
class Item:
    """An agency, topic or cluster with the figure that puts it there, and for a cluster its members' node keys."""

    id: str
    labels: dict[Language, str]
    value: int | float
    members: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary."""
        data = {"id": self.id, "label_vi": self.labels["vi"], "label_en": self.labels["en"], "value": self.value}
        return data | ({"members": list(self.members)} if self.members else {})


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one question about the network: ``question``, ``explanation`` and ``text`` by language.

    ``explanation`` says in a sentence how it is found; ``text`` names the first items; ``items`` holds all, the
    weightiest first.
    """

    code: Code
    question: dict[Language, str]
    explanation: dict[Language, str]
    text: dict[Language, str]
    items: tuple[Item, ...]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary, ``question_vi``, ``question_en`` … by language."""
        data: dict[str, Any] = {"code": self.code}
        for name in ("question", "explanation", "text"):
            data |= {f"{name}_{language}": getattr(self, name)[language] for language in LANGUAGES}
        return data | {"items": [item.to_dict() for item in self.items]}


def findings(source: Source) -> tuple[Finding, ...]:
    """The findings on the plans of ``source``, always all five, in the order of :data:`Code`."""
    graph = without_collectives(coordination_network(source))
    rows = measures(graph)
    fields = {name for _, names in graph.nodes(data="fields") for name in names}
    leading = _ranked(rows, "leads")
    bridging = _ranked(rows, "bridging")
    alone = [_item(row, row.leads + row.coordinates + row.shares) for row in rows if row.isolated]
    led = sum(any(_named_leads(plan, statement)) for plan, statement in statements_of(source))
    topics, unled = _unled_topics(source)
    clusters = _clusters(rows)
    return (
        _finding("leads", leading, led),
        _finding("brokers", bridging, len(fields)),
        _finding("isolated", sorted(alone, key=lambda item: -item.value), len(rows)),
        _finding("no_lead", unled, topics),
        _finding("clusters", clusters, sum(item.value for item in clusters)),
    )


def _finding(code: Code, items: Sequence[Item], total: float) -> Finding:
    texts = wording()["findings"][code]
    text: dict[Language, str] = {}
    for language in LANGUAGES:
        named = [f"{item.labels[language]} ({_figure(item.value, language)})" for item in items[:NAMED]]
        more = wording()["findings"]["more"][language].format(count=len(items) - NAMED)
        top = "; ".join([*named, more] if len(items) > NAMED else named)
        sentence = texts["text" if items else "none"][language]
        text[language] = sentence.format(count=len(items), total=total, top=top)
    return Finding(code, texts["question"], texts["explanation"], text, tuple(items))


def _figure(value: float, language: Language) -> str:
    """A count as it is, a share as a percentage."""
    if isinstance(value, int):
        return str(value)
    shown = f"{100 * value:.1f}%"
    return shown.replace(".", ",") if language == "vi" else shown


def _ranked(rows: Sequence[AgencyMeasures], measure: Literal["leads", "bridging"]) -> tuple[Item, ...]:
    items = [_item(row, getattr(row, measure)) for row in rows if getattr(row, measure)]
    return tuple(sorted(items, key=lambda item: -item.value))


def _item(row: AgencyMeasures, value: float) -> Item:
    return Item(row.agency, {"vi": row.label, "en": row.label_en or row.label}, value)


def _named_leads(plan: Plan, statement: Statement) -> Iterator[bool]:
    """For each agency that leads the statement, whether it is one agency and not a collective."""
    return (not plan.agency(agency).collective for agency in statement.agencies("leads"))


def _unled_topics(source: Source) -> tuple[int, tuple[Item, ...]]:
    """How many topics the statements are on, and those that no named agency leads, the most spoken of first."""
    from kgplan.parsing.topics import load_thesaurus

    thesaurus = load_thesaurus()
    concepts = thesaurus.concepts
    spoken: Counter[str] = Counter()
    led: set[str] = set()
    for plan, statement in statements_of(source):
        topics = {link.topic for link in statement.topics if link.topic in concepts}
        spoken.update(topics)
        if any(_named_leads(plan, statement)):
            led.update(topics, *(thesaurus.ancestors(topic) for topic in topics))
    unled = [
        Item(f"topic/{topic}", {language: concepts[topic].preferred[language] for language in LANGUAGES}, count)
        for topic, count in sorted(spoken.items(), key=lambda entry: (-entry[1], entry[0]))
        if topic not in led
    ]
    return len(spoken), tuple(unled)


def _clusters(rows: Sequence[AgencyMeasures]) -> tuple[Item, ...]:
    """The clusters of two agencies and more, the largest first; the label names the best connected."""
    groups: dict[int, list[AgencyMeasures]] = defaultdict(list)
    for row in rows:
        groups[row.cluster].append(row)
    items = []
    for number, group in sorted(groups.items()):
        if len(group) > 1:
            rest = ", …" if len(group) > 3 else ""
            labels: dict[Language, str] = {
                "vi": ", ".join(row.label for row in group[:3]) + rest,
                "en": ", ".join(row.label_en or row.label for row in group[:3]) + rest,
            }
            members = tuple(row.agency for row in group)
            items.append(Item(f"cluster/{number}", labels, len(group), members))
    return tuple(items)
