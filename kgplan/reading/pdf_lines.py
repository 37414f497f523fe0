"""The lines of a PDF page with their places, from the characters PDFium finds."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from statistics import median
from typing import Any

_HYPHEN_AT_LINE_END = 2  # what PDFium gives for a hyphen that ends a line
_NO_CHARACTER = frozenset([0, 0xFFFE, 0xFFFF])
_COLUMN_GAP = 2.5  # of the font size: a wider gap separates columns
_WORD_GAP = 0.15  # of the font size: a wider gap separates words
_LABEL_LENGTH = 6  # what stands before a column gap and is this short is a list label
_BOLD_WEIGHT = 600


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line, or one column's part of it. Coordinates in points, ``baseline`` measured from the page's foot.

    On a page set in columns ``left``, ``right`` and ``page_width`` are those of the ``column`` (1, 2), which is a page
    of its own.
    """

    text: str
    page: int
    number: int
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    page_width: float
    page_height: float
    column: int = 0


@dataclass(frozen=True, slots=True)
class Character:
    """A character with its place on the page as it is shown; ``size`` is the height of its font in points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """Turns a page's own coordinates to those of the page as it is shown, ``width`` by ``height`` points."""

    rotation: int
    width: float
    height: float

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """The point ``(x, y)`` as shown, measured from the lower left corner."""
        if self.rotation == 90:
            return y, self.height - x
        if self.rotation == 180:
            return self.width - x, self.height - y
        if self.rotation == 270:
            return self.width - y, x
        return x, y


def lines_of(characters: list[Character], page: int, turn: Turn) -> list[PdfLine]:
    """The characters' lines, from the head to the foot of page ``page`` and from left to right."""
    lines: list[PdfLine] = []
    for part in (part for line in by_baseline(characters) for part in _columns(line)):
        visible = [c for c in part if not c.text.isspace()]
        if not visible:
            continue
        lines.append(
            PdfLine(
                text=text_of(part),
                page=page,
                number=len(lines) + 1,
                left=visible[0].left,
                right=visible[-1].right,
                baseline=median(c.baseline for c in visible),
                size=median(c.size for c in visible),
                bold=all(c.bold for c in visible),
                page_width=turn.width,
                page_height=turn.height,
            )
        )
    return lines


def characters_of(textpage: Any, turn: Turn) -> list[Character]:
    """Every character that the page shows, line ends that PDFium adds left out."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    found: list[Character] = []
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in _NO_CHARACTER or chr(code) in "\r\n" or raw.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        corners = (turn(box.left, box.bottom), turn(box.right, box.top))
        (left, right), (bottom, top) = (sorted(side) for side in zip(*corners, strict=True))
        text = "-" if code == _HYPHEN_AT_LINE_END else chr(code)
        bold = _is_bold(textpage, index)
        found.append(Character(text, left, right, turn(x.value, y.value)[1], max(top - bottom, 1.0), bold))
    return found


def by_baseline(characters: list[Character]) -> list[list[Character]]:
    """Characters grouped to lines, the highest first; a raised or lowered character stays in its line."""
    lines: list[list[Character]] = []
    for run in sorted(_runs(characters), key=lambda run: -run[0].baseline):
        first = run[0]
        if lines and abs(lines[-1][0].baseline - first.baseline) < 0.4 * max(first.size, lines[-1][0].size):
            lines[-1] += run
        else:
            lines.append(list(run))
    return [sorted(line, key=lambda c: (c.left + c.right) / 2) for line in lines]


def _runs(characters: list[Character]) -> list[list[Character]]:
    """Neighbouring characters of one baseline, in the order of the file."""
    runs: list[list[Character]] = []
    for character in characters:
        if runs and abs(runs[-1][-1].baseline - character.baseline) < 0.1 * character.size:
            runs[-1].append(character)
        else:
            runs.append([character])
    return runs


def _columns(line: list[Character]) -> list[list[Character]]:
    """The line's parts, cut at gaps that only columns have; a list label keeps its text."""
    parts: list[list[Character]] = [[]]
    end: float | None = None
    for character in line:
        if character.text.isspace():
            if parts[-1]:
                parts[-1].append(character)
            continue
        gap = end is not None and character.left - end > _COLUMN_GAP * character.size
        if gap and len(text_of(parts[-1])) > _LABEL_LENGTH:
            parts.append([])
        parts[-1].append(character)
        end = character.right
    return parts


def text_of(part: list[Character]) -> str:
    """The characters with a space where the file leaves a gap instead of writing one."""
    pieces: list[str] = []
    for before, character in zip([None, *part], part, strict=False):
        if before is not None and character.left - before.right > _WORD_GAP * character.size:
            pieces.append(" ")
        pieces.append(character.text)
    return " ".join("".join(pieces).split())


def _is_bold(textpage: Any, index: int) -> bool:
    from pypdfium2 import raw

    if raw.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT:
        return True
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(textpage, index, buffer, len(buffer), flags)
    return 0 < length <= len(buffer) and b"bold" in buffer.value.lower()
