"""Lines of PDF pages joined to paragraphs, by where lines begin and end and how far apart they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from kgplan.reading.assembly import Block, Piece
from kgplan.reading.pdf_lines import PdfLine
from kgplan.reading.syllables import is_syllable
from kgplan.reading.text import Location

_LABEL = re.compile(
    r"(?:[-–+•*▪◦]\s|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]{1,2}|[IVXLC]{1,6}|[A-ZĐ])[.)]\s?\D|(?:Điều|Chương|Mục|Phần)\s+[\dIVXLC]+)"
)
_LEADER = re.compile(r"(?:\.{5,}|…{2,}|(?:\. ){5,})\s*\d{1,4}$")  # a line of a table of contents
_INDENT = 0.8  # of the font size
_LEADING = 1.25  # of the usual distance of lines: a wider one separates paragraphs
_SAME_SIZE = 0.1
_WIDE = 0.5  # of the page's width: only such lines tell the margins


def paragraphs(pages: Sequence[Sequence[PdfLine]]) -> list[Block]:
    """One block a paragraph; a paragraph may go on over a page's end. Lines of a table of contents are left out."""
    lines = [line for page in pages for line in page if not _LEADER.search(line.text)]
    margins = _Margins(lines)
    joined: list[list[PdfLine]] = []
    for line in lines:
        if joined and margins.goes_on(joined[-1], line):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_block(paragraph) for paragraph in joined]


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
        if line.page == last.page and not 0 < _step(last, line) <= _LEADING * self._leading:
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
    """The distance of two lines' baselines in font sizes; 0 on different pages."""
    return (above.baseline - below.baseline) / above.size if above.page == below.page else 0.0


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
