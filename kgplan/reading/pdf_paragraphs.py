"""Lines of PDF pages joined to paragraphs, by where lines begin and end and how far apart they stand."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kgplan.reading.assembly import Block, Piece
from kgplan.reading.pdf_lines import PdfLine
from kgplan.reading.pdf_tables import PdfCell, PdfTable
from kgplan.reading.syllables import is_syllable
from kgplan.reading.tables import Cell, table_blocks
from kgplan.reading.text import Location

_LABEL = re.compile(
    r"(?:[-–+•*▪◦]\s|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]{1,2}|[IVXLC]{1,6}|[A-ZĐ])[.)]\s?\D|(?:Điều|Chương|Mục|Phần)\s+[\dIVXLC]+)"
)
_LEADER = re.compile(r"(?:\.{5,}|…{2,}|(?:\. ){5,})\s*\d{1,4}$")  # a line of a table of contents
_INDENT = 0.8  # of the font size
_LEADING = 1.25  # of the usual distance of lines: a wider one separates paragraphs
_SAME_SIZE = 0.1
_WIDE = 0.5  # of the page's width: only such lines tell the margins


@dataclass(frozen=True, slots=True)
class Page:
    """A page's lines outside tables and its ruled tables, each from the head down."""

    lines: list[PdfLine]
    tables: list[PdfTable]

    @property
    def letters(self) -> int:
        """How many letters the page shows."""
        texts = [line.text for line in self.lines]
        texts += [text for table in self.tables for row in table.rows for cell in row for text in cell.lines]
        return sum(map(str.isalpha, "".join(texts)))


def paragraphs(pages: Sequence[Page]) -> list[Block]:
    """One block a paragraph or table row, in order.

    A paragraph may go on over a page's or a column's end. A table that goes on over a page's end is one; its repeated
    head is left out. So are the lines of a table of contents.
    """
    margins = _Margins([line for page in pages for line in page.lines])
    blocks: list[Block] = []
    open_paragraph: list[PdfLine] = []
    rows: list[tuple[PdfCell, ...]] = []  # of the table that is open
    numbers: list[int] = []  # the page of each row
    tables = 0

    def close_paragraph() -> None:
        if open_paragraph:
            blocks.append(_block(open_paragraph))
            open_paragraph.clear()

    def close_table() -> None:
        nonlocal tables
        if rows:
            tables += 1
            blocks.extend(_rows(rows, numbers, tables))
            rows.clear()
            numbers.clear()

    for number, page in enumerate(pages, start=1):
        for item in _in_order(page):
            if isinstance(item, PdfTable):
                close_paragraph()
                if rows and _width(rows[0]) != _width(item.rows[0]):
                    close_table()
                new = item.rows[1:] if rows and _texts(item.rows[0]) == _texts(rows[0]) else item.rows
                rows += new
                numbers += [number] * len(new)
            elif not _LEADER.search(item.text):
                close_table()
                if open_paragraph and not margins.goes_on(open_paragraph, item):
                    close_paragraph()
                open_paragraph.append(item)
    close_paragraph()
    close_table()
    return blocks


def _in_order(page: Page) -> Iterator[PdfLine | PdfTable]:
    tables = deque(page.tables)
    for line in page.lines:
        while tables and tables[0].top > line.baseline:
            yield tables.popleft()
        yield line
    yield from tables


def _width(row: Sequence[PdfCell]) -> int:
    return sum(cell.colspan for cell in row)


def _texts(row: Sequence[PdfCell]) -> list[str]:
    return [" ".join(cell.lines) for cell in row]


def _rows(rows: Sequence[Sequence[PdfCell]], numbers: Sequence[int], table: int) -> list[Block]:
    """The table's rows as lines."""
    cells = [
        [Cell(_cell_blocks(cell, Location(page=number)), cell.colspan, cell.rowspan) for cell in row]
        for row, number in zip(rows, numbers, strict=True)
    ]
    lines, _ = table_blocks(cells, Location(table=table))
    return [
        replace(line, pieces=tuple(replace(piece, location=_on_page(piece.location, numbers)) for piece in line.pieces))
        for line in lines
    ]


def _on_page(location: Location, numbers: Sequence[int]) -> Location:
    return replace(location, page=numbers[location.row - 1]) if location.row else location


def _cell_blocks(cell: PdfCell, location: Location) -> tuple[Block, ...]:
    if not cell.lines:
        return ()
    text = "".join(_joint(line, following) for line, following in pairwise(cell.lines)) + cell.lines[-1]
    return (Block((Piece(text, location),), strong=cell.bold),)


class _Margins:
    """The edges between which text runs, by the page's size, and the usual distance of lines."""

    def __init__(self, lines: Sequence[PdfLine]) -> None:
        self._left: dict[tuple[int, int], float] = {}
        self._right: dict[tuple[int, int], float] = {}
        for shape in {_shape(line) for line in lines}:
            same = [line for line in lines if _shape(line) == shape]
            wide = [line for line in same if line.right - line.left > _WIDE * line.page_width]
            self._right[shape] = _quantile([line.right for line in wide], 0.9) if wide else 0.9 * shape[0]
            self._left[shape] = _quantile([line.left for line in wide], 0.1) if wide else 0.1 * shape[0]
        steps = [step for above, below in pairwise(lines) if 0 < (step := _step(above, below)) < 3]
        self._leading = median(steps) if steps else 1.5

    def goes_on(self, paragraph: Sequence[PdfLine], line: PdfLine) -> bool:
        """Whether ``line`` continues the paragraph that ends in the line before it."""
        last, first = paragraph[-1], paragraph[0]
        size = last.size
        if abs(line.size - size) > _SAME_SIZE * size:
            return False
        if _together(last, line) and not 0 < _step(last, line) <= _LEADING * self._leading:
            return False
        if self._had_room(last, line):
            return False
        labelled = bool(_LABEL.match(line.text))
        if labelled and last.text.endswith((".", ";", ":", ",")):
            return False
        if len(paragraph) > 1:
            return abs(line.left - last.left) <= _INDENT * size
        if line.left > last.left + _INDENT * size:
            return bool(_LABEL.match(first.text)) and not labelled  # the text hangs behind its label
        if line.left >= last.left - _INDENT * size and last.left > self._left[_shape(last)] + _INDENT * size:
            # Both begin where first lines do: two paragraphs, unless a sentence runs on in an indented one.
            return not labelled and not last.text.endswith((".", ";", ":"))
        return True

    def _had_room(self, last: PdfLine, line: PdfLine) -> bool:
        """Whether the line's first word would have fitted behind ``last``: then the line end was meant."""
        word = line.text.split(" ", 1)[0]
        width = (line.right - line.left) / len(line.text)
        return last.right + width * (len(word) + 1) < self._right[_shape(last)] - 0.5 * last.size


def _shape(line: PdfLine) -> tuple[int, int]:
    return round(line.page_width), round(line.page_height)


def _step(above: PdfLine, below: PdfLine) -> float:
    """The distance of two lines' baselines in font sizes; 0 on different pages or in different columns."""
    return (above.baseline - below.baseline) / above.size if _together(above, below) else 0.0


def _together(above: PdfLine, below: PdfLine) -> bool:
    """Whether two lines that follow one another stand in one column of one page."""
    return (above.page, above.column) == (below.page, below.column)


def _quantile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _block(lines: Sequence[PdfLine]) -> Block:
    pieces: list[Piece] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        text = line.text if following is None else _joint(line.text, following.text)
        pieces.append(Piece(text, Location(page=line.page, line=line.number)))
    return Block(tuple(pieces), strong=all(line.bold for line in lines))


def _joint(text: str, following: str) -> str:
    """``text`` as it stands before ``following`` in one paragraph: with a blank, or without its line-end hyphen.

    A hyphen that closes up on a word belongs to it (``QĐ-`` before ``UBND``), except where it parts a word: the two
    sides make one syllable, or are both no syllables of their own.
    """
    if not re.search(r"\w-$", text):
        return text + " "
    before = re.search(r"[^\W\d_]*-$", text)
    after = re.match(r"[^\W\d_]*", following)
    left = before.group()[:-1] if before else ""
    right = after.group() if after else ""
    if not (left.islower() and right.islower()):
        return text
    foreign = not is_syllable(left) and not is_syllable(right)
    return text[:-1] if foreign or is_syllable(left + right) else text
