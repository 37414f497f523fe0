"""HTML to blocks: one block a paragraph, line break, list item, heading or table row; page furniture left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kgplan.errors import ReadError
from kgplan.reading.assembly import Block, Piece, trim
from kgplan.reading.encodings import decode
from kgplan.reading.html_furniture import remove_furniture
from kgplan.reading.labels import formatted
from kgplan.reading.sources import is_web_archive
from kgplan.reading.tables import Cell, page_layout, table_blocks
from kgplan.reading.text import Location

_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BOLD_TAGS = frozenset(["b", "strong", "th", *_HEADINGS])
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.I)
_NORMAL_STYLE = re.compile(r"font-weight\s*:\s*(normal|[1-5]00)", re.I)
_CHARSET = re.compile(rb"<meta[^>]*charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)", re.I)
_HAS_LABEL = re.compile(r"\s*(?:[-–+•*]\s|\(?\w{1,5}[.)])")
_LIST_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:\s*(?:[\w-]+\s+)*?(none|decimal|(?:lower|upper)-(?:alpha|latin|roman))", re.I
)
_STYLE_TYPES = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "none": "none",
}
_BULLETS = ("•", "◦", "▪")


def read_html(data: bytes, shown: str) -> tuple[list[Block], str]:
    """The blocks of an HTML page and its encoding.

    Raises ReadError when the encoding cannot be told or the elements are nested too deeply.
    """
    from lxml import etree, html

    declared: str | None = None
    if is_web_archive(data):
        data, declared = _page_of_archive(data, shown)
    if match := _CHARSET.search(data[:4096]):
        declared = (match.group(1) or match.group(2)).decode("ascii")
    characters, encoding = decode(data, shown=shown, declared=declared)
    characters = re.sub(r"^\s*<\?xml[^>]*>", "", characters.replace("\x00", ""))
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(characters.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it that could be a page
        return [], encoding
    if any("depth" in entry.message for entry in parser.error_log):
        raise ReadError(f"{shown}: HTML elements nested too deeply to be read; save the page again as text or DOCX")
    remove_furniture(root)
    return _Extractor().blocks(root, Location()), encoding


def _page_of_archive(data: bytes, shown: str) -> tuple[bytes, str | None]:
    """The first HTML part of a web archive, and the charset it declares."""
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            return bytes(part.get_payload(decode=True)), part.get_content_charset()
    raise ReadError(f"{shown}: a web archive without an HTML page; save the document as DOCX and try again")


class _Extractor:
    """Walks a tree once and collects its blocks; counts paragraphs and tables through nested tables too."""

    def __init__(self) -> None:
        self.paragraph = 0
        self.tables = 0

    def blocks(self, root: Any, place: Location) -> list[Block]:
        """The blocks below ``root``; ``place`` holds the table cell it is in, if any."""
        return list(self._walk(root, place))

    def _walk(self, root: Any, place: Location) -> Iterator[Block]:
        from lxml import etree

        line: list[tuple[str, bool]] = []  # text and whether it is bold
        bold: list[bool] = [False]
        lists: list[_List] = []
        preformatted = 0
        block_tags = page_layout()["block_tags"]

        def flush() -> Iterator[Block]:
            pieces = trim(Piece(text, place) for text, _ in line)
            if pieces:
                self.paragraph += 1
                location = place if place.table else replace(place, paragraph=self.paragraph)
                strong = all(is_bold for text, is_bold in line if text.strip())
                yield Block((Piece("".join(piece.text for piece in pieces), location),), strong=strong)
            line.clear()

        def add(text: str | None) -> Iterator[Block]:
            if not text:
                return
            if preformatted:
                *ended, text = text.split("\n")
                for part in ended:
                    line.append((part, bold[-1]))
                    yield from flush()
            if lists and lists[-1].label and text.strip() and not any(t.strip() for t, _ in line):
                label, lists[-1].label = lists[-1].label, ""
                if not _HAS_LABEL.match(text):
                    line.append((label + " ", bold[-1]))
            line.append((text, bold[-1]))

        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if event == "start":
                if tag in block_tags:
                    yield from flush()
                if tag == "table" and element is not root:
                    yield from self._table(element)
                    walker.skip_subtree()
                    continue
                if tag in ("ul", "ol", "menu", "dir"):
                    lists.append(_List(element, sum(item.bullet for item in lists)))
                elif tag == "li" and lists:
                    lists[-1].next(element)
                elif tag == "pre":
                    preformatted += 1
                elif tag == "br":
                    yield from flush()
                bold.append(_is_bold(element, bold[-1]))
                yield from add(element.text)
            else:
                if tag in block_tags:
                    yield from flush()
                if tag in ("ul", "ol", "menu", "dir"):
                    lists.pop()
                elif tag == "pre":
                    preformatted -= 1
                if not (tag == "table" and element is not root):
                    bold.pop()
                if element is not root:
                    yield from add(element.tail)
        yield from flush()

    def _table(self, table: Any) -> Iterator[Block]:
        self.tables += 1
        where = Location(table=self.tables)
        for caption in table.iterchildren("caption"):
            yield from self.blocks(caption, where)
        rows: list[list[Cell]] = []
        for number, row in enumerate(_rows(table), start=1):
            cells: list[Cell] = []
            for column, cell in enumerate(row.iterchildren("td", "th"), start=1):
                blocks = tuple(self.blocks(cell, replace(where, row=number, column=column)))
                nested = any(_looks_like_data(below) for below in cell.iter("table"))
                cells.append(Cell(blocks, _number(cell.get("colspan")), _number(cell.get("rowspan")), nested))
            rows.append(cells)
        lines, _ = table_blocks(rows, where)
        yield from lines


class _List:
    """A list's running number and the label its next item begins with."""

    def __init__(self, element: Any, depth: int) -> None:
        style = _LIST_STYLE.search(element.get("style") or "")
        kind = _STYLE_TYPES.get(style.group(1).lower(), "decimal") if style else None
        self.bullet = element.tag != "ol" and kind in (None, "none")
        self.format = kind or _LIST_TYPES.get(element.get("type") or "1", "decimal")
        self.mark = "" if kind == "none" else _BULLETS[min(depth, len(_BULLETS) - 1)]
        self.value = _number(element.get("start"), least=-(10**6)) - 1
        self.label = ""

    def next(self, item: Any) -> None:
        """Count one item; its ``value`` attribute sets the number."""
        if self.bullet:
            self.label = self.mark
            return
        self.value = _number(item.get("value"), self.value + 1, least=-(10**6))
        self.label = "" if self.format == "none" else formatted(self.value, self.format) + "."


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _looks_like_data(table: Any) -> bool:
    rows = list(_rows(table))
    return len(rows) > 2 and max(len(row) for row in rows) > 2


def _is_bold(element: Any, inherited: bool) -> bool:
    style = element.get("style") or ""
    if _NORMAL_STYLE.search(style):
        return False
    return inherited or element.tag in _BOLD_TAGS or bool(_BOLD_STYLE.search(style))


def _number(value: str | None, default: int = 1, least: int = 1) -> int:
    try:
        return max(least, min(int(value or ""), 10**6))
    except ValueError:
        return default
