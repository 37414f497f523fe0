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
    """A line, or one column's part of it. Coordinates in points, ``baseline`` measured from the page's foot."""

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


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    right: float
    baseline: float
    size: float
    index: int


def page_lines(document: Any, index: int) -> list[PdfLine]:
    """The lines of page ``index`` (from 0), from the head to the foot and from left to right."""
    page = document[index]
    textpage = page.get_textpage()
    try:
        width, height = page.get_size()
        characters = _characters(textpage, page.get_rotation(), width, height)
        parts = [part for line in _by_baseline(characters) for part in _columns(line)]
        lines: list[PdfLine] = []
        for part in parts:
            text = _text(part)
            if not text.strip():
                continue
            visible = [c for c in part if not c.text.isspace()]
            lines.append(
                PdfLine(
                    text=text.strip(),
                    page=index + 1,
                    number=len(lines) + 1,
                    left=visible[0].left,
                    right=visible[-1].right,
                    baseline=median(c.baseline for c in visible),
                    size=median(c.size for c in visible),
                    bold=all(
                        _is_bold(textpage, c.index) for c in (visible[0], visible[len(visible) // 2], visible[-1])
                    ),
                    page_width=width,
                    page_height=height,
                )
            )
        return lines
    finally:
        textpage.close()
        page.close()


def _characters(textpage: Any, rotation: int, width: float, height: float) -> list[_Character]:
    """Every real character, its place turned as the page is shown (``width`` and ``height`` are as shown)."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    found: list[_Character] = []
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in _NO_CHARACTER or chr(code) in "\r\n" or raw.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        if rotation == 90:
            left, right, baseline = box.bottom, box.top, height - x.value
        elif rotation == 180:
            left, right, baseline = width - box.right, width - box.left, height - y.value
        elif rotation == 270:
            left, right, baseline = width - box.top, width - box.bottom, x.value
        else:
            left, right, baseline = box.left, box.right, y.value
        text = "-" if code == _HYPHEN_AT_LINE_END else chr(code)
        size = raw.FPDFText_GetFontSize(textpage, index) or 12.0
        found.append(_Character(text, left, right, baseline, size, index))
    return found


def _by_baseline(characters: list[_Character]) -> list[list[_Character]]:
    """Characters grouped to lines, the highest first; a raised or lowered character stays in its line."""
    lines: list[list[_Character]] = []
    for run in sorted(_runs(characters), key=lambda run: -run[0].baseline):
        first = run[0]
        if lines and abs(lines[-1][0].baseline - first.baseline) < 0.4 * max(first.size, lines[-1][0].size):
            lines[-1] += run
        else:
            lines.append(list(run))
    return [sorted(line, key=lambda c: (c.left + c.right) / 2) for line in lines]


def _runs(characters: list[_Character]) -> list[list[_Character]]:
    """Neighbouring characters of one baseline, in the order of the file."""
    runs: list[list[_Character]] = []
    for character in characters:
        if runs and abs(runs[-1][-1].baseline - character.baseline) < 0.1 * character.size:
            runs[-1].append(character)
        else:
            runs.append([character])
    return runs


def _columns(line: list[_Character]) -> list[list[_Character]]:
    """The line's parts, cut at gaps that only columns have; a list label keeps its text."""
    parts: list[list[_Character]] = [[]]
    end: float | None = None
    for character in line:
        if character.text.isspace():
            if parts[-1]:
                parts[-1].append(character)
            continue
        gap = end is not None and character.left - end > _COLUMN_GAP * character.size
        if gap and len(_text(parts[-1])) > _LABEL_LENGTH:
            parts.append([])
        parts[-1].append(character)
        end = character.right
    return parts


def _text(part: list[_Character]) -> str:
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
