"""Page numbers and running heads of a PDF: lines at a page's edge that count or repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kgplan.reading.pdf_lines import PdfLine

_EDGE = 0.08  # of the page's height: a page's margin, where text never runs
_NEAR_EDGE = 0.15  # of the page's height: what stands here, apart from the text, may be furniture too
_HEAD_LINES = 2  # of a running head that stands there
_APART = 1.8  # of the font size: more than the usual distance of lines
_LEAST_PAGES = 3  # on which a line must repeat
_LEAST_SHARE = 0.4  # of the pages, since even and odd pages may differ
_SAME_HEIGHT = 8.0  # points
_NUMBER = re.compile(r"(?:trang|page)?\W*(\d{1,4})\W*(?:(?:/|trên|of)\W*\d{1,4}\W*)?", re.I)
_DIGITS = re.compile(r"\d+")


def without_furniture(pages: Sequence[Sequence[PdfLine]]) -> list[list[PdfLine]]:
    """The pages without page numbers and running heads and feet."""
    doomed = _page_numbers(pages) | _running_lines(pages)
    return [[line for line in page if (line.page, line.number) not in doomed] for page in pages]


def _edges(page: Sequence[PdfLine]) -> Iterator[PdfLine]:
    """The lines in a page's upper and lower margin, and those near it that stand apart from the text."""
    ordered = sorted(page, key=lambda line: line.baseline)
    yield from _edge(ordered, [line.baseline / line.page_height for line in ordered])
    ordered.reverse()
    yield from _edge(ordered, [1 - line.baseline / line.page_height for line in ordered])


def _edge(ordered: Sequence[PdfLine], distances: Sequence[float]) -> Iterator[PdfLine]:
    """The furniture among lines in the order of their distance from one edge."""
    waiting: list[PdfLine] = []
    for position, (line, distance) in enumerate(zip(ordered, distances, strict=True)):
        if distance < _EDGE:
            yield line
            continue
        if distance > _NEAR_EDGE or len(waiting) == _HEAD_LINES:
            return
        waiting.append(line)
        following = ordered[position + 1] if position + 1 < len(ordered) else None
        if following is None or abs(following.baseline - line.baseline) > _APART * line.size:
            yield from waiting
            waiting.clear()


def _page_numbers(pages: Sequence[Sequence[PdfLine]]) -> set[tuple[int, int]]:
    """Lone numbers at an edge that run with the pages, or that are the page's own number."""
    found = [
        (line, int(match.group(1)) - line.page)
        for page in pages
        for line in _edges(page)
        if (match := _NUMBER.fullmatch(line.text))
    ]
    steps = Counter(offset for _, offset in found)
    return {(line.page, line.number) for line, offset in found if offset == 0 or steps[offset] > 1}


def _running_lines(pages: Sequence[Sequence[PdfLine]]) -> set[tuple[int, int]]:
    """Lines of the same words, digits aside, at the same height on many pages."""
    places: dict[tuple[str, int], list[PdfLine]] = {}
    for page in pages:
        for line in _edges(page):
            words = _DIGITS.sub("#", line.text.casefold())
            places.setdefault((words, round(line.baseline / _SAME_HEIGHT)), []).append(line)
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(pages))
    doomed: set[tuple[int, int]] = set()
    for (words, height), lines in places.items():
        near = lines + places.get((words, height + 1), []) + places.get((words, height - 1), [])
        if len({line.page for line in near}) >= least:
            doomed |= {(line.page, line.number) for line in lines}
    return doomed
