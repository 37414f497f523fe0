"""Two plans side by side: tasks matched by meaning, then who does them, what is cited, what is aimed at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from kgplan.comparing.matching import THRESHOLD, Matcher, mutual_best
from kgplan.comparing.result import (
    AgencyShare,
    Aspect,
    Change,
    CitationChange,
    Cited,
    Comparison,
    Contradiction,
    Side,
    Target,
    TargetChange,
    TaskMatch,
)
from kgplan.comparing.sides import Compared
from kgplan.model import Plan
from kgplan.retrieval.vectors import PassageVectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TARGET_THRESHOLD = 0.6
"""The lowest score at which two indicators are one: their names are short, so that more of them must agree."""

_CONTRADICTORY: tuple[tuple[Literal["lead", "deadline"], Aspect], ...] = (("lead", "leads"), ("deadline", "deadlines"))

_SAME_TASK = 0.2
"""What is added to the score of indicators that matched tasks set."""


def compare_plans(
    a: Plan,
    b: Plan,
    vectors: PassageVectors,
    *,
    threshold: float = THRESHOLD,
    progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """Plan ``b`` as seen from ``a``. ``vectors`` holds the encoder, and what it has encoded before.

    Tasks are statements that tell somebody to do something (directives, tasks, assignments, arrangements). Two are one
    when each is the other's best match and the score is at least ``threshold``. Agencies of the plan's own jurisdiction
    are compared by what they are, so that one province's department is seen as another's. ``progress`` is told (done,
    all) tasks as they are encoded. The result depends on the plans and the encoder alone.

    Raises EncoderError when the encoder cannot be used.
    """
    one, other = Compared(a), Compared(b)
    matcher = Matcher(vectors.encoder)
    total = len(one.tasks) + len(other.tasks)
    report = progress or (lambda _done, _all: None)
    encoded = (
        one.encode(vectors, lambda done: report(done, total)),
        other.encode(vectors, lambda done: report(len(one.tasks) + done, total)),
    )
    scores = matcher.scores(one.task_texts, other.task_texts, *encoded)
    pairs = mutual_best(scores, threshold)
    tasks = tuple(_match(one, other, i, j, float(scores[i, j])) for i, j in pairs)
    matched_a, matched_b = {i for i, _ in pairs}, {j for _, j in pairs}
    targets = _targets(one, other, tasks, matcher)
    changed = tuple(t for t in targets if _value(t.a) != _value(t.b))
    acts_a, acts_b = one.cited, other.cited
    agencies = _agencies(one, other)
    return Comparison(
        a=_side(a),
        b=_side(b),
        tasks=tasks,
        tasks_lost=tuple(one.place(s) for i, s in enumerate(one.tasks) if i not in matched_a),
        tasks_gained=tuple(other.place(s) for j, s in enumerate(other.tasks) if j not in matched_b),
        agencies_lost=tuple(share for share in agencies if not _held(share, 1)),
        agencies_gained=tuple(share for share in agencies if not _held(share, 0)),
        agencies_changed=tuple(
            share
            for share in agencies
            if _held(share, 0)
            and _held(share, 1)
            and any(before != after for before, after in (share.leads, share.coordinates, share.shares))
        ),
        targets_lost=_without(one.targets, [t.a for t in targets]),
        targets_gained=_without(other.targets, [t.b for t in targets]),
        targets_changed=changed,
        citations_lost=_missing(acts_a, acts_b),
        citations_gained=_missing(acts_b, acts_a),
        citations_changed=tuple(
            CitationChange(acts_a[i], acts_b[i])
            for i in acts_a
            if i in acts_b and acts_a[i].relations != acts_b[i].relations
        ),
        contradictions=(*_contradictory_tasks(one, other, pairs), *_contradictory_targets(one, other, changed)),
    )


def _match(one: Compared, other: Compared, i: int, j: int, score: float) -> TaskMatch:
    first, second = one.facts[i], other.facts[j]
    changes = []
    for aspect in first:
        lost = tuple(label for key, label in first[aspect].items() if key not in second[aspect])
        gained = tuple(label for key, label in second[aspect].items() if key not in first[aspect])
        if lost or gained:
            changes.append(Change(aspect, lost, gained))
    return TaskMatch(one.place(one.tasks[i]), other.place(other.tasks[j]), round(score, 4), tuple(changes))


def _targets(one: Compared, other: Compared, tasks: Iterable[TaskMatch], matcher: Matcher) -> list[TargetChange]:
    """The indicators that both plans have, whatever their values."""
    if not one.targets or not other.targets:
        return []
    names_a, names_b = [t.name for t in one.targets], [t.name for t in other.targets]
    vectors = matcher.encoder.encode_passages(names_a), matcher.encoder.encode_passages(names_b)
    scores = matcher.scores(names_a, names_b, *vectors)
    together = {(match.a.address, match.b.address) for match in tasks}
    ranked: NDArray[np.float32] = scores.copy()
    for i, first in enumerate(one.targets):
        for j, second in enumerate(other.targets):
            if _measure(first) != _measure(second):
                ranked[i, j] = 0.0
            elif (first.place.address, second.place.address) in together:
                ranked[i, j] += _SAME_TASK
    return [
        TargetChange(one.targets[i], other.targets[j], round(float(scores[i, j]), 4))
        for i, j in mutual_best(ranked, TARGET_THRESHOLD)
    ]


def _measure(target: Target) -> tuple[str, str]:
    """What indicators must share to be one: the unit, and whether they tell a level or how far it moves."""
    moves = target.comparator if target.comparator in ("increase", "decrease") else "level"
    return " ".join(target.unit.casefold().split()), moves


def _value(target: Target) -> tuple[float, float | None, str]:
    return target.value, target.value_max, target.comparator


def _agencies(one: Compared, other: Compared) -> list[AgencyShare]:
    shares = []
    for key in dict.fromkeys((*one.held, *other.held)):
        first, second = one.held.get(key, {}), other.held.get(key, {})
        agency = other.agencies.get(key) or one.agencies[key]
        leads, coordinates, shared = (
            (first.get(role, 0), second.get(role, 0)) for role in ("leads", "coordinates", "shares")
        )
        shares.append(AgencyShare(agency.name, agency.name_en, leads, coordinates, shared))
    return sorted(shares, key=lambda share: share.name)


def _held(share: AgencyShare, side: int) -> bool:
    return any(counts[side] for counts in (share.leads, share.coordinates, share.shares))


def _missing(acts: Mapping[str, Cited], others: Mapping[str, Cited]) -> tuple[Cited, ...]:
    return tuple(act for key, act in acts.items() if key not in others)


def _without(targets: Sequence[Target], found: Sequence[Target]) -> tuple[Target, ...]:
    taken = {id(target) for target in found}
    return tuple(target for target in targets if id(target) not in taken)


def _contradictory_tasks(one: Compared, other: Compared, pairs: Iterable[tuple[int, int]]) -> list[Contradiction]:
    """Matched tasks that quite other agencies lead, or that are due on quite other days."""
    found = []
    for i, j in pairs:
        first, second = one.facts[i], other.facts[j]
        about = " ".join(other.task_texts[j].split())
        for kind, aspect in _CONTRADICTORY:
            before, after = first[aspect], second[aspect]
            if before and after and not before.keys() & after.keys():
                found.append(
                    Contradiction(
                        kind,
                        about,
                        one.place(one.tasks[i]),
                        tuple(before.values()),
                        other.place(other.tasks[j]),
                        tuple(after.values()),
                        _same(one.plan.year, other.plan.year),
                    )
                )
    return found


def _contradictory_targets(one: Compared, other: Compared, changed: Iterable[TargetChange]) -> list[Contradiction]:
    return [
        Contradiction(
            "target",
            change.b.name,
            change.a.place,
            (change.a.words,),
            change.b.place,
            (change.b.words,),
            _same(change.a.period or one.plan.year, change.b.period or other.plan.year),
        )
        for change in changed
    ]


def _same(before: str | int | None, after: str | int | None) -> bool:
    """Whether two periods can be one: the same, or not said."""
    return before is None or after is None or str(before) == str(after)


def _side(plan: Plan) -> Side:
    return Side(plan.id, plan.title, plan.year, plan.jurisdiction, plan.source_name)
