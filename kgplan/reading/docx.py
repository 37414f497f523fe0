"""DOCX to blocks: paragraphs with the labels Word prints before them, tables as rows.

The parts of the format that matter here: ECMA-376 part 1, 17.3 (paragraphs), 17.4 (tables), 17.9 (numbering).
Recorded deletions and insertions count as accepted; hidden text is left out. Page headers and footers are no part of
the text; footnotes and endnotes (17.11) follow the text as lines of their own, "[1] …".
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kgplan.errors import ReadError
from kgplan.reading.assembly import Block, Piece, trim
from kgplan.reading.docx_numbering import Numbering
from kgplan.reading.docx_styles import Styles, W, value, whole
from kgplan.reading.tables import Cell, table_blocks
from kgplan.reading.text import Location

MAX_PART = 64 * 2**20
"""A part of the archive that unpacks to more bytes than this is refused (a ZIP bomb)."""

_DOCUMENT = "word/document.xml"
_ENCRYPTED = 0x1
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = frozenset(
    W + name
    for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
)
_OTHER_OFFICE = {
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "content.xml": "an OpenDocument file",
    "META-INF/container.xml": "an EPUB book",
}


def read_docx(data: bytes, shown: str) -> tuple[list[Block], tuple[str, ...]]:
    """The blocks of a DOCX file and warnings about what was left out.

    Raises ReadError when the archive is broken, encrypted, no DOCX file, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            main = _main_part(archive, names, shown)
            folder = main.rpartition("/")[0]
            document = _parsed(archive, main, shown)
            styles = _optional(archive, names, f"{folder}/styles.xml", shown)
            notes = [_optional(archive, names, f"{folder}/{part}.xml", shown) for part in ("footnotes", "endnotes")]
            numbering = _optional(archive, names, f"{folder}/numbering.xml", shown)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise ReadError(f"{shown}: a broken or cut off DOCX file ({error}); get or save it again") from None
    body = document.find(f"{W}body")
    if body is None:
        raise ReadError(f"{shown}: a DOCX file without a document body; save it again in Word or LibreOffice")
    _accept_deletions(body)
    resolved = Styles(styles)
    walker = _Walker(resolved, Numbering(numbering, resolved))
    blocks = walker.blocks(body, Location())
    blocks += [block for part in notes if part is not None for block in walker.notes(part)]
    lost = walker.noted - walker.found
    return blocks, (f"{len(lost)} footnotes or endnotes are not in the file",) if lost else ()


def _main_part(archive: zipfile.ZipFile, names: set[str], shown: str) -> str:
    """The name of the document's part: usual, or the one that the package's relationships name."""
    if _DOCUMENT in names:
        return _DOCUMENT
    if "_rels/.rels" in names:
        for relation in _parsed(archive, "_rels/.rels", shown):
            target = (relation.get("Target") or "").lstrip("/")
            if (
                (relation.get("Type") or "").endswith("/officeDocument")
                and target.startswith("word/")
                and target in names
            ):
                return target
    what = next((what for part, what in _OTHER_OFFICE.items() if part in names), "a ZIP archive")
    raise ReadError(f"{shown}: {what}, not a Word document; give a DOCX, PDF, HTML or text file")


def _parsed(archive: zipfile.ZipFile, name: str, shown: str) -> Any:
    """The root of an XML part, unpacked under a limit that does not trust the sizes the archive states."""
    from lxml import etree

    if archive.getinfo(name).flag_bits & _ENCRYPTED:
        raise ReadError(f"{shown}: an encrypted archive; remove the password and try again")
    try:
        with archive.open(name) as part:
            content = part.read(MAX_PART + 1)
    except (RuntimeError, ValueError, zlib.error) as error:
        raise ReadError(f"{shown}: part {name} cannot be unpacked ({error}); get or save the document again") from None
    if len(content) > MAX_PART:
        raise ReadError(f"{shown}: part {name} unpacks to more than {MAX_PART // 2**20} MiB; refused")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content.replace(_STRICT, _TRANSITIONAL), parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{shown}: part {name} is not well-formed XML ({error.msg}); save the document again") from None


def _optional(archive: zipfile.ZipFile, names: set[str], name: str, shown: str) -> Any | None:
    return _parsed(archive, name, shown) if name in names else None


class _Walker:
    """Goes through the document once, in order: numbering counts as it goes."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.paragraph = 0
        self.tables = 0
        self.noted: set[tuple[str, str]] = set()
        """The notes that the text refers to, by kind and id."""
        self.found: set[tuple[str, str]] = set()

    def blocks(self, parent: Any, place: Location) -> list[Block]:
        """The blocks of the paragraphs and tables below ``parent``, a body, cell or text box."""
        found: list[Block] = []
        for child in _content(parent):
            if child.tag == f"{W}p":
                found += self._paragraph(child, place)
            elif child.tag == f"{W}tbl":
                found += self._table(child)[0]
        return found

    def notes(self, part: Any) -> list[Block]:
        """The notes of a part that the text refers to, each one line that opens with its number in brackets."""
        found: list[Block] = []
        for note in part:
            kind = note.tag.removeprefix(W) if isinstance(note.tag, str) else ""
            key = (kind, note.get(f"{W}id") or "")
            if key not in self.noted:
                continue
            self.found.add(key)
            words = " ".join(" ".join(block.text.split()) for block in self.blocks(note, Location()))
            found.append(Block((Piece(f"[{len(self.found)}] {words}", Location(paragraph=self.paragraph)),)))
        return found

    def _paragraph(self, paragraph: Any, place: Location) -> list[Block]:
        self.paragraph += 1
        location = replace(place, paragraph=self.paragraph)
        properties = paragraph.find(f"{W}pPr")
        style = self.styles.of_paragraph(properties)
        if self.styles.is_table_of_contents(style):
            return []
        lines: list[list[tuple[str, bool]]] = [[]]
        boxes: list[Any] = []
        for text, bold in self._runs(paragraph, style, boxes):
            first, *others = text.split("\n")
            lines[-1].append((first, bold))
            lines += [[(other, bold)] for other in others]
        label = self.numbering.label(properties, style)
        heading = self.styles.is_heading(properties, style)
        blocks: list[Block] = []
        for line in lines:
            pieces = trim(Piece(text, location) for text, _ in line)
            if not pieces:
                continue
            strong = heading or all(bold for text, bold in line if text.strip())
            text = "".join(piece.text for piece in pieces)
            if not blocks:
                text = label + text
            blocks.append(Block((Piece(text, location),), strong=strong))
        if not blocks and place.table and label:  # a running number alone in its cell
            blocks.append(Block((Piece(label.rstrip(), location),)))
        for box in boxes:
            blocks += self.blocks(box, place)
        return blocks

    def _runs(self, parent: Any, style: str | None, boxes: list[Any]) -> Iterator[tuple[str, bool]]:
        """The visible text of a paragraph's runs, each with whether it is bold."""
        for child in _content(parent):
            if child.tag != f"{W}r":
                continue
            properties = child.find(f"{W}rPr")
            if self.styles.run_flag(properties, style, "vanish"):
                continue
            if text := self._run_text(child, boxes):
                yield text, self.styles.run_flag(properties, style, "b")

    def _run_text(self, run: Any, boxes: list[Any]) -> str:
        parts: list[str] = []
        for child in _alternatives(run):
            name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
            if name == "t":
                parts.append(child.text or "")
            elif name == "tab":
                parts.append("\t")
            elif name in ("br", "cr"):
                parts.append("\n")
            elif name == "noBreakHyphen":
                parts.append("-")
            elif name == "sym":
                parts.append(_symbol(child))
            elif name in ("footnoteReference", "endnoteReference"):
                self.noted.add((name.removesuffix("Reference"), child.get(f"{W}id") or ""))
            elif name in ("drawing", "pict", "object"):
                boxes += child.iter(f"{W}txbxContent")
        return "".join(parts)

    def _table(self, table: Any) -> tuple[list[Block], bool]:
        self.tables += 1
        where = Location(table=self.tables)
        rows: list[list[Cell]] = []
        above: dict[int, tuple[int, int]] = {}  # grid column → where the cell that reaches down from above stands
        for number, row in enumerate((r for r in _content(table) if r.tag == f"{W}tr"), start=1):
            cells: list[Cell] = []
            before = whole(value(row.find(f"{W}trPr/{W}gridBefore")), 0)
            column = before
            if before:
                cells.append(Cell((), colspan=before))
            for element in _content(row):
                if element.tag != f"{W}tc":
                    continue
                properties = element.find(f"{W}tcPr")
                span = _span(properties)
                merge = properties.find(f"{W}vMerge") if properties is not None else None
                blocks, nested = self._cell(element, replace(where, row=number, column=len(cells) + 1))
                if merge is not None and value(merge) != "restart" and column in above:
                    upper_row, upper_cell = above[column]
                    upper = rows[upper_row][upper_cell]
                    rows[upper_row][upper_cell] = replace(upper, rowspan=len(rows) - upper_row + 1)
                else:
                    above.pop(column, None)
                    if merge is not None:
                        above[column] = (len(rows), len(cells))
                    cells.append(Cell(tuple(blocks), colspan=span, nested=nested))
                column += span
            rows.append(cells)
        return table_blocks(rows, where)

    def _cell(self, cell: Any, place: Location) -> tuple[list[Block], bool]:
        found: list[Block] = []
        nested = False
        for child in _content(cell):
            if child.tag == f"{W}p":
                found += self._paragraph(child, place)
            elif child.tag == f"{W}tbl":
                blocks, is_data = self._table(child)
                found += blocks
                nested = nested or is_data
        return found, nested


def _accept_deletions(body: Any) -> None:
    """Take out table rows whose deletion was recorded, and join to the next the paragraphs whose end was deleted.

    So a numbered paragraph that was deleted does not count (ECMA-376 part 1, 17.13.5.12 and 17.13.5.15).
    """
    for name in ("del", "moveFrom"):
        for mark in list(body.iter(W + name)):
            holder = mark.getparent()
            owner = holder.getparent()
            if holder.tag == f"{W}trPr":
                owner.getparent().remove(owner)
            elif holder.tag == f"{W}rPr" and owner.tag == f"{W}pPr":
                _join_to_next(owner.getparent())


def _join_to_next(paragraph: Any) -> None:
    following = paragraph.getnext()
    if following is None or following.tag != paragraph.tag:
        return
    at = 0 if following.find(f"{W}pPr") is None else 1
    following[at:at] = [child for child in paragraph if child.tag != f"{W}pPr"]
    paragraph.getparent().remove(paragraph)


def _content(parent: Any) -> Iterator[Any]:
    """The children of ``parent``, looking through content controls, links, fields and accepted insertions."""
    for child in _alternatives(parent):
        if child.tag in _WRAPPERS:
            yield from _content(child)
        else:
            yield child


def _alternatives(parent: Any) -> Iterator[Any]:
    """The children, with the first choice only where a document offers the same thing twice (mc:AlternateContent)."""
    for child in parent:
        if child.tag == f"{_MC}AlternateContent":
            if len(child):
                yield from _alternatives(child[0])
        else:
            yield child


def _span(properties: Any | None) -> int:
    return whole(value(properties.find(f"{W}gridSpan")), 1) if properties is not None else 1


def _symbol(element: Any) -> str:
    """A character of a symbol font; the private code points are turned into bullets when the text is cleaned."""
    code = element.get(f"{W}char") or ""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
