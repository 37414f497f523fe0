"""Pages of a PDF set in two columns of running text: parted at the gutter, to be read one column after the other.

Letterheads, signatures and tables without rules stand in two columns too, and are read across. What tells running text
is that most lines of both columns are full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kgplan.reading.pdf_lines import Character, by_baseline

_MIDDLE = (0.35, 0.65)  # of the page's width: where a gutter may be
_HALF_GUTTER = 4.0  # points on either side of its middle line that are free
_LEAST_LINES = 5  # of each column
_FULL = 5.0  # font sizes: a line that ends so near the column's right edge is full
_MOSTLY = 0.6  # share of a column's lines that are full
_LEAST_WIDTH = 0.25  # of the page's width


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a page that is read across, from ``left`` to ``right``; ``column`` is 0 where the page has but one."""

    characters: list[Character]
    left: float
    right: float
    column: int = 0


def stretches(characters: list[Character], width: float) -> list[Stretch]:
    """The parts of a page ``width`` points wide, in the order in which they are read."""
    lines = by_baseline(characters)
    gutter = _gutter(lines, width)
    if gutter is None:
        return [Stretch(characters, 0.0, width)]
    found: list[Stretch] = []
    for crossed, band in _bands(lines, gutter):
        columns = None if crossed else _columns(band, gutter, width)
        found += columns or [Stretch([c for line in band for c in line], 0.0, width)]
    return found if any(stretch.column for stretch in found) else [Stretch(characters, 0.0, width)]


def _gutter(lines: Sequence[list[Character]], width: float) -> float | None:
    """Where most lines leave room between words on either side; None where too few have such words."""
    first, last = (int(share * width) for share in _MIDDLE)
    beside = {x: [0, 0] for x in range(first, last + 1)}  # how many free lines have words on the left, on the right
    for line in lines:
        shown = [c for c in line if not c.text.isspace()]
        for before, after in pairwise([None, *shown, None]):
            begin = first if before is None else max(first, int(before.right + _HALF_GUTTER) + 1)
            end = last if after is None else min(last, int(after.left - _HALF_GUTTER))
            for x in range(begin, end + 1):
                beside[x][0] += before is not None
                beside[x][1] += after is not None
    most = max(min(counts) for counts in beside.values())
    if most < _LEAST_LINES:
        return None
    best = [x for x, counts in beside.items() if min(counts) == most]
    return best[len(best) // 2]


def _bands(lines: Sequence[list[Character]], gutter: float) -> Iterator[tuple[bool, list[list[Character]]]]:
    """Neighbouring lines that cross the gutter, or that do not."""
    band: list[list[Character]] = []
    state = False
    for line in lines:
        crosses = any(
            c.right > gutter - _HALF_GUTTER and c.left < gutter + _HALF_GUTTER for c in line if not c.text.isspace()
        )
        if band and crosses != state:
            yield state, band
            band = []
        state = crosses
        band.append(line)
    if band:
        yield state, band


def _columns(band: Sequence[list[Character]], gutter: float, width: float) -> list[Stretch] | None:
    """The two columns of ``band``; None when it does not look like running text."""
    found = []
    for column, is_left in enumerate((True, False), start=1):
        parts = [[c for c in line if (c.left < gutter) == is_left and not c.text.isspace()] for line in band]
        shown = [part for part in parts if part]
        if len(shown) < _LEAST_LINES:
            return None
        left, right = min(p[0].left for p in shown), max(p[-1].right for p in shown)
        full = sum(right - part[-1].right <= _FULL * part[-1].size for part in shown)
        if right - left < _LEAST_WIDTH * width or full < _MOSTLY * len(shown):
            return None
        found.append(Stretch([c for line in band for c in line if (c.left < gutter) == is_left], left, right, column))
    return found
