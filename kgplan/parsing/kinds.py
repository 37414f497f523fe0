"""The kind of a statement, told by the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kgplan.model import Kind
from kgplan.parsing.labels import heading_words
from kgplan.parsing.level import level

_LEAD = re.compile(r"(?:về|các|một số|những|nhóm)\s+")


@cache
def _kinds() -> tuple[tuple[str, Kind], ...]:
    pairs: list[tuple[str, Kind]] = [(p, k) for k, phrases in heading_words()["kinds"] for p in phrases]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def kind_of(titles: Iterable[str], plan_type: str | None) -> Kind:
    """The kind that ``titles`` (outermost first) give, by the first words of the innermost that matches.

    With no matching title, a directive's items are directives and any other plan's are tasks.
    """
    for title in reversed(list(titles)):
        low = level(title).strip()
        for words in (low, _LEAD.sub("", low, count=1)):
            for phrase, kind in _kinds():
                if re.match(rf"{phrase}(?!\w)", words):
                    return kind
    by_type: dict[str, Kind] = heading_words()["type_kinds"]
    return by_type.get(level(plan_type or ""), "task")
