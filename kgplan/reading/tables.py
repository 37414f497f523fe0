"""Tables of any format to lines of text: one line a row, its cells joined by `` | ``."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kgplan.reading.assembly import Block, Piece, trim
from kgplan.reading.text import Location
from kgplan.resources import DATA
from kgplan.text import key

SEPARATOR = " | "
_MAX_SPAN = 200
_CONTENT_BLOCKS = 40  # a cell with more blocks holds a document, not a datum
_CONTENT_CHARACTERS = 8_000
_FRAME_ROWS = 3  # a table around other tables has few rows
_LETTERHEAD_ROWS, _LETTERHEAD_COLUMNS = 10, 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the source writes it. ``nested`` tells that it holds a data table of its own."""

    blocks: tuple[Block, ...]
    colspan: int = 1
    rowspan: int = 1
    nested: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell in the grid: its first grid column, and the row and table it was written in."""

    start: int
    cell: Cell
    location: Location


@cache
def page_layout() -> dict[str, frozenset[str]]:
    """The word lists of ``data/page_layout.json``; phrases as comparison keys."""
    data = json.loads((DATA / "page_layout.json").read_text(encoding="utf-8"))
    phrases = ("letterhead", "page_end")
    return {
        name: frozenset(key(word) if name in phrases else word for word in words)
        for name, words in data.items()
        if name != "about"
    }


def table_blocks(rows: Sequence[Sequence[Cell]], place: Location) -> tuple[list[Block], bool]:
    """The lines of a table, and whether it is a table of data.

    A cell that spans rows is repeated in each of them, so that a row says everything by itself; one that spans
    columns stands in the first, the others are empty. A table that only places text side by side (a letterhead, a
    signature, a page in columns) gives its cells' blocks in order instead. ``place`` holds the table's number and
    page; rows and columns are added to it.
    """
    grid = _grid(rows, place)
    columns = _columns(grid)
    if _is_layout(rows, len(columns)):
        return [block for row in rows for cell in row for block in cell.blocks], False
    lines = [_line(row, columns) for row in grid]
    return [line for line in lines if line is not None], True


def _grid(rows: Sequence[Sequence[Cell]], place: Location) -> list[list[_Placed]]:
    """Every row's cells with their grid columns, those that reach down from rows above included."""
    grid: list[list[_Placed]] = []
    reaching: list[tuple[_Placed, int]] = []  # cells from above, with the rows they still cover
    for number, row in enumerate(rows, start=1):
        taken = [placed for placed, _ in reaching]
        placed_row = list(taken)
        below = [(placed, left - 1) for placed, left in reaching if left > 1]
        column = 0
        for cell in row:
            while covering := next((p for p in taken if p.start <= column < p.start + _span(p.cell)), None):
                column = covering.start + _span(covering.cell)
            placed = _Placed(column, cell, replace(place, row=number))
            placed_row.append(placed)
            if cell.rowspan > 1:
                below.append((placed, cell.rowspan - 1))
            column += _span(cell)
        reaching = below
        grid.append(sorted(placed_row, key=lambda p: p.start))
    return grid


def _span(cell: Cell) -> int:
    return max(1, min(cell.colspan, _MAX_SPAN))


def _columns(grid: list[list[_Placed]]) -> list[int]:
    """The grid columns at which cells of the fullest row start.

    Editors draw column edges a hair apart and split the grid there; the fullest row tells the columns meant.
    """
    return [placed.start for placed in max(grid, key=len, default=[])]


def _is_layout(rows: Sequence[Sequence[Cell]], columns: int) -> bool:
    if columns < 2 or len(rows) < 2 or (columns == 2 and len(rows) == 2):
        return True
    cells = [cell for row in rows for cell in row]
    if len(rows) <= _FRAME_ROWS and any(cell.nested for cell in cells):
        return True
    if any(len(cell.blocks) > _CONTENT_BLOCKS for cell in cells):
        return True
    if any(sum(len(block.text) for block in cell.blocks) > _CONTENT_CHARACTERS for cell in cells):
        return True
    if len(rows) > _LETTERHEAD_ROWS or columns > _LETTERHEAD_COLUMNS:
        return False
    words = key(" ".join(block.text for cell in cells for block in cell.blocks))
    return any(phrase in words for phrase in page_layout()["letterhead"])


def _line(row: list[_Placed], columns: list[int]) -> Block | None:
    """The row's line, or None when all its cells are empty."""
    pieces: list[Piece] = []
    column = -1
    filled = 0
    strong = True
    for placed in row:
        target = max(bisect_right(columns, placed.start) - 1, column + 1)
        location = replace(placed.location, column=target + 1)
        text = trim(_inline(placed.cell))
        if target > 0:
            pieces.append(Piece(SEPARATOR * (target - max(column, 0)), location))
        pieces += [Piece(piece.text.replace("|", "¦"), location) for piece in text]
        if text:
            filled += 1
            strong = strong and all(block.strong for block in placed.cell.blocks if block.text.strip())
        column = target
    if not filled:
        return None
    if column + 1 < len(columns):
        pieces.append(Piece(SEPARATOR * (len(columns) - column - 1), replace(row[-1].location, column=column + 1)))
    return Block(tuple(pieces), strong=strong)


def _inline(cell: Cell) -> list[Piece]:
    """A cell's blocks on one line."""
    pieces: list[Piece] = []
    for block in cell.blocks:
        if pieces:
            pieces.append(Piece(" ", pieces[-1].location))
        pieces += block.pieces
    return pieces
