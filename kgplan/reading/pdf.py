"""PDF with a text layer to blocks: one block a paragraph, joined from lines, or a row of a ruled table."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from kgplan.errors import ReadError
from kgplan.reading.assembly import Block
from kgplan.reading.pdf_columns import stretches
from kgplan.reading.pdf_furniture import without_furniture
from kgplan.reading.pdf_lines import Character, PdfLine, Turn, characters_of, lines_of
from kgplan.reading.pdf_paragraphs import Page, paragraphs
from kgplan.reading.pdf_tables import ruled_tables

MAX_PAGES = 5_000
"""A file of more pages is refused."""

_LEAST_LETTERS = 20  # fewer letters in a whole file are stamps on scanned pages, no text layer

_pdfium = threading.Lock()  # PDFium must not be entered by two threads


def read_pdf(data: bytes, shown: str) -> tuple[list[Block], tuple[str, ...]]:
    """The paragraphs of a PDF file and warnings about pages without text.

    Page numbers and lines that repeat at the head or foot of the pages are left out. Raises ReadError when the file
    is damaged, needs a password, has no text layer or too many pages.
    """
    with _pdfium:
        pages = _pages(data, shown)
    letters = [page.letters for page in pages]
    if sum(letters) < _LEAST_LETTERS:
        raise ReadError(
            f"{shown}: a PDF file without a text layer (scanned pages); run text recognition on it "
            "(for example ocrmypdf -l vie) and give the result"
        )
    blank = [str(number) for number, count in enumerate(letters, start=1) if not count]
    warnings = (f"pages without text (scanned or empty): {', '.join(blank)}",) if blank else ()
    lines = without_furniture([page.lines for page in pages])
    return paragraphs([replace(page, lines=kept) for page, kept in zip(pages, lines, strict=True)]), warnings


def _pages(data: bytes, shown: str) -> list[Page]:
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise ReadError(f"{shown}: an encrypted PDF file; remove the password and try again") from None
        raise ReadError(f"{shown}: a damaged PDF file ({error}); get or save it again") from None
    try:
        if len(document) > MAX_PAGES:
            raise ReadError(f"{shown}: {len(document)} pages, more than the {MAX_PAGES} allowed; split the file")
        return [_page(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{shown}: a damaged PDF file ({error}); get or save it again") from None
    finally:
        document.close()


def _page(document: Any, index: int) -> Page:
    page = document[index]
    textpage = page.get_textpage()
    try:
        turn = Turn(page.get_rotation(), *page.get_size())
        characters = characters_of(textpage, turn)
        tables, rest = ruled_tables(page, characters, turn)
        return Page(_lines(rest, index + 1, turn), tables)
    finally:
        textpage.close()
        page.close()


def _lines(characters: list[Character], page: int, turn: Turn) -> list[PdfLine]:
    """The lines of a page in the order in which they are read, column by column where it is set in columns."""
    lines: list[PdfLine] = []
    for part in stretches(characters, turn.width):
        for line in lines_of(part.characters, page, turn):
            number = len(lines) + 1
            if part.column:
                left, right, width = line.left - part.left, line.right - part.left, part.right - part.left
                line = replace(line, left=left, right=right, page_width=width, column=part.column)
            lines.append(replace(line, number=number))
    return lines
