"""Files to clean text with offsets."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

from kgplan.errors import ReadError
from kgplan.reading.assembly import Block, assemble, finish
from kgplan.reading.encodings import repair
from kgplan.reading.plain import read_plain
from kgplan.reading.sources import check_size, load, sniff
from kgplan.reading.text import Location, SourceMap, Text

__all__ = ["Location", "SourceMap", "Text", "read"]


def read(source: str | os.PathLike[str] | bytes, *, name: str | None = None) -> Text:
    """The clean text of ``source``, a path or the bytes of a file: plain text, HTML, DOCX or PDF.

    The format is told from the content: a ``.doc`` that is HTML is read as HTML. ``name`` replaces the file's name
    (bytes have none). A table becomes lines, one a row, the cells joined by ``" | "``. Raises ReadError when the
    file is missing, not a regular file, unreadable, empty, too large, binary, broken, encrypted, without a text
    layer, or in an encoding that cannot be told.
    """
    if isinstance(source, bytes):
        data, shown, label = source, name or "the given bytes", name or ""
        check_size(len(data), shown)
    else:
        path = Path(source)
        data, shown, label = load(path), str(path), name or path.name
    kind = sniff(data, shown)
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    if kind == "docx":
        from kgplan.reading.docx import read_docx

        blocks, warnings = read_docx(data, shown)
    elif kind == "pdf":
        from kgplan.reading.pdf import read_pdf

        blocks, warnings = read_pdf(data, shown)
    elif kind == "html":
        from kgplan.reading.html import read_html

        blocks, encoding = read_html(data, shown)
    else:
        blocks, encoding = read_plain(data, shown)
    blocks, font_encoding = _repaired(blocks, keep_spaces=kind == "txt")
    assembled = assemble(blocks)
    if not assembled.text.strip():
        raise ReadError(f"{shown}: holds no text; give a file that holds the plan's text")
    return Text(
        text=assembled.text,
        name=label,
        sha256=hashlib.sha256(data).hexdigest(),
        format=kind,
        encoding=font_encoding or encoding,
        source_map=assembled.source_map,
        strong=assembled.strong,
        warnings=warnings,
    )


def _repaired(blocks: list[Block], *, keep_spaces: bool) -> tuple[list[Block], str | None]:
    """The blocks with text typed in legacy fonts turned into Unicode and every character cleaned."""
    pieces = [piece for block in blocks for piece in block.pieces]
    texts, encoding = repair([piece.text for piece in pieces])
    cleaned = iter(
        [replace(piece, text=finish(text, keep_spaces=keep_spaces)) for piece, text in zip(pieces, texts, strict=True)]
    )
    return [replace(block, pieces=tuple(next(cleaned) for _ in block.pieces)) for block in blocks], encoding
