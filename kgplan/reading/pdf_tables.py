"""Tables of a PDF page that are drawn with rules: the grid the rules make, and the characters in its cells."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kgplan.reading.pdf_lines import Character, Turn, by_baseline, text_of

_TOLERANCE = 3.0  # points by which rules that meet may miss each other
_SHORTEST = 5.0  # points; what is shorter is no rule
_MOST_RULES = 2_000  # of a page; a page with more holds a drawing
_COLUMNS, _ROWS = 2, 1  # the least that makes a table


@dataclass(frozen=True, slots=True)
class PdfCell:
    """A cell's lines of text, and how many columns and rows it spans."""

    lines: tuple[str, ...]
    bold: bool
    colspan: int
    rowspan: int


@dataclass(frozen=True, slots=True)
class PdfTable:
    """A ruled table; ``top`` is its upper edge in points above the page's foot."""

    rows: tuple[tuple[PdfCell, ...], ...]
    top: float


@dataclass(frozen=True, slots=True)
class _Rule:
    """A straight line: at ``at`` across, from ``begin`` to ``end`` along."""

    at: float
    begin: float
    end: float

    def covers(self, position: float) -> bool:
        return self.begin - _TOLERANCE <= position <= self.end + _TOLERANCE


def ruled_tables(page: Any, characters: list[Character], turn: Turn) -> tuple[list[PdfTable], list[Character]]:
    """The ruled tables of a page, from its head down, and the characters outside them."""
    horizontal, vertical = _rules(page, turn)
    tables: list[PdfTable] = []
    rest = characters
    for across, down in _connected(horizontal, vertical):
        ys = sorted(_clusters(rule.at for rule in across), reverse=True)
        xs = _clusters(rule.at for rule in down)
        if len(xs) <= _COLUMNS or len(ys) <= _ROWS:
            continue
        inside = [c for c in rest if xs[0] <= (c.left + c.right) / 2 <= xs[-1] and ys[-1] <= _middle(c) <= ys[0]]
        if not any(not c.text.isspace() for c in inside):
            continue
        taken = set(map(id, inside))
        rest = [c for c in rest if id(c) not in taken]
        tables.append(PdfTable(_cells(xs, ys, across, down, inside), ys[0]))
    return sorted(tables, key=lambda table: -table.top), rest


def _middle(character: Character) -> float:
    return character.baseline + 0.25 * character.size


def _rules(page: Any, turn: Turn) -> tuple[list[_Rule], list[_Rule]]:
    """The horizontal and vertical rules among a page's paths; none when the page holds a drawing."""
    from pypdfium2 import raw

    horizontal: list[_Rule] = []
    vertical: list[_Rule] = []
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        for (x0, y0), (x1, y1) in _segments(path, turn):
            if abs(y0 - y1) < 1 and abs(x0 - x1) > _SHORTEST:
                horizontal.append(_Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) < 1 and abs(y0 - y1) > _SHORTEST:
                vertical.append(_Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
            if len(horizontal) + len(vertical) > _MOST_RULES:
                return [], []
    return horizontal, vertical


def _segments(path: Any, turn: Turn) -> Iterable[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight segments of a path, as shown."""
    from pypdfium2 import raw

    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = here = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(path), 4 * _MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = turn(*matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield here, point
        here = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield here, begin
            here = begin


def _connected(horizontal: list[_Rule], vertical: list[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """The rules in groups that cross or touch."""
    groups: list[tuple[list[_Rule], list[_Rule]]] = []
    while vertical:
        across: list[_Rule] = []
        down: list[_Rule] = []
        fresh, vertical = vertical[:1], vertical[1:]
        while fresh:
            down += fresh
            met, horizontal = _split(horizontal, fresh)
            across += met
            fresh, vertical = _split(vertical, met)
        groups.append((across, down))
    return groups


def _split(rules: list[_Rule], others: list[_Rule]) -> tuple[list[_Rule], list[_Rule]]:
    """The rules that cross or touch one of ``others``, which run the other way, and the rest."""
    met: list[_Rule] = []
    rest: list[_Rule] = []
    for rule in rules:
        touches = any(rule.covers(other.at) and other.covers(rule.at) for other in others)
        (met if touches else rest).append(rule)
    return met, rest


def _clusters(positions: Iterable[float]) -> list[float]:
    """Positions in rising order, those of one rule (drawn as a thin box, or piece by piece) as one."""
    clusters: list[list[float]] = []
    for position in sorted(positions):
        if clusters and position - clusters[-1][-1] <= _TOLERANCE:
            clusters[-1].append(position)
        else:
            clusters.append([position])
    return [sum(cluster) / len(cluster) for cluster in clusters]


def _cells(
    xs: Sequence[float],
    ys: Sequence[float],
    across: Sequence[_Rule],
    down: Sequence[_Rule],
    characters: Sequence[Character],
) -> tuple[tuple[PdfCell, ...], ...]:
    """The rows of the grid with columns at ``xs`` and rows at ``ys``; fields that no rule parts are one cell."""

    def walled(x: float, row: int) -> bool:
        middle = (ys[row] + ys[row + 1]) / 2
        return any(abs(v.at - x) <= _TOLERANCE and v.begin <= middle <= v.end for v in down)

    def floored(y: float, column: int) -> bool:
        middle = (xs[column] + xs[column + 1]) / 2
        return any(abs(h.at - y) <= _TOLERANCE and h.begin <= middle <= h.end for h in across)

    columns, rows = len(xs) - 1, len(ys) - 1
    fields: dict[tuple[int, int], list[Character]] = {}
    for character in characters:
        row = next((r for r in range(rows) if _middle(character) >= ys[r + 1]), rows - 1)
        column = next((c for c in range(columns) if (character.left + character.right) / 2 <= xs[c + 1]), columns - 1)
        fields.setdefault((row, column), []).append(character)
    covered: set[tuple[int, int]] = set()
    grid: list[tuple[PdfCell, ...]] = []
    for row in range(rows):
        cells: list[PdfCell] = []
        for column in range(columns):
            if (row, column) in covered:
                continue
            width = 1
            while column + width < columns and not walled(xs[column + width], row):
                width += 1
            height = 1
            while row + height < rows and not floored(ys[row + height], column):
                height += 1
            area = [(r, c) for r in range(row, row + height) for c in range(column, column + width)]
            covered.update(area)
            content = [character for field in area for character in fields.get(field, [])]
            lines = tuple(text for line in by_baseline(content) if (text := text_of(line)))
            visible = [c for c in content if not c.text.isspace()]
            cells.append(PdfCell(lines, bool(visible) and all(c.bold for c in visible), width, height))
        grid.append(tuple(cells))
    return tuple(grid)
