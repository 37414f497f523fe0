"""What reading hands on: one clean text, where each part of it stands in the source, and what was left out."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

Format = Literal["txt", "html", "docx", "pdf"]


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the source. Every count starts at 1; None where the format has no such thing.

    ``page`` is a PDF page; ``line`` a line of a plain text or of a PDF page; ``paragraph`` a paragraph of a
    DOCX (tables' included) or a block of an HTML page; ``table``, ``row`` and ``column`` a table cell.
    """

    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """``page 3, line 12``."""
        names = ("page", "line", "paragraph", "table", "row", "column")
        return ", ".join(f"{name} {value}" for name in names if (value := getattr(self, name)) is not None)


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where stretches of the clean text come from: ``locations[i]`` holds from ``starts[i]`` to ``starts[i + 1]``.

    ``starts`` rises strictly and, unless the map is empty, begins with 0.
    """

    starts: tuple[int, ...] = ()
    locations: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A source's clean text.

    ``text`` is NFC, with ``\\n`` line ends and no byte order mark; every offset downstream counts its code
    points. ``name`` is the file's name without folders (empty for nameless bytes), ``sha256`` the hex digest
    of the source bytes, ``format`` the source's format. ``encoding`` is the character encoding found in a
    plain text or HTML page, or the legacy font encoding that had to be undone in any format.

    ``strong`` holds the spans of whole lines that the source prints bold or as a heading; ``warnings``
    says in words for people what the source holds and ``text`` does not (a scanned page, footnotes).
    """

    text: str
    name: str
    sha256: str
    format: Format
    encoding: str | None = None
    source_map: SourceMap = field(default=SourceMap(), repr=False)
    strong: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()

    def locate(self, offset: int) -> Location:
        """Where the character at ``offset`` of ``text`` stands in the source.

        ``len(text)`` is allowed, so that a span's end can be located too. A line end belongs to the line before it.
        Raises ValueError for an offset outside the text.
        """
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} is outside the text (0 to {len(self.text)})")
        index = bisect_right(self.source_map.starts, offset) - 1
        return self.source_map.locations[index] if index >= 0 else Location()
