"""DOCX files for the tests, as raw XML in a ZIP archive, so that each part of the format can be set exactly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def run(text: str, properties: str = "") -> str:
    """A run; ``properties`` are the elements of its w:rPr."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    content: str = "", *, style: str = "", number: int | None = None, level: int = 0, raw: bool = False
) -> str:
    """A paragraph of plain text, or of ready-made runs when ``raw``; ``number`` and ``level`` put it in a list."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number is not None:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    runs = content if raw or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(content: str, *, span: int = 1, merge: str = "") -> str:
    """A table cell of ready-made paragraphs; ``merge`` is ``restart`` or ``continue``."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        properties += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content or paragraph()}</w:tc>"


def row(*cells: str) -> str:
    """A table row; a cell that is plain text becomes one paragraph."""
    return "<w:tr>" + "".join(c if c.startswith("<w:tc>") else cell(paragraph(c)) for c in cells) + "</w:tr>"


def table(*rows: str) -> str:
    """A table of ready-made rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def level(index: int, text: str, number_format: str = "decimal", *, start: int = 1, more: str = "") -> str:
    """A level of an abstract list; ``more`` are further elements (w:lvlRestart, w:isLgl, w:suff, w:pStyle)."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def abstract_list(index: int, *levels: str) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{index}">{"".join(levels)}</w:abstractNum>'


def list_of(number: int, abstract: int, overrides: str = "") -> str:
    """A list of an abstract list."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def start_override(index: int, start: int) -> str:
    """Makes a list's level start anew."""
    return f'<w:lvlOverride w:ilvl="{index}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def style(
    identity: str, *, name: str = "", based_on: str = "", paragraph: str = "", run: str = "", more: str = ""
) -> str:
    """A paragraph style; ``paragraph`` and ``run`` are the elements of its w:pPr and w:rPr."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name or identity}"/>{base}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def make_docx(
    body: str, *, numbering: str = "", styles: str = "", parts: Mapping[str, bytes] | None = None, strict: bool = False
) -> bytes:
    """The bytes of a DOCX file; ``parts`` adds or replaces parts of the archive."""
    contents: dict[str, bytes] = {
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode(),
    }
    if numbering:
        contents["word/numbering.xml"] = f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>".encode()
    if styles:
        contents["word/styles.xml"] = f"<w:styles {NAMESPACES}>{styles}</w:styles>".encode()
    if strict:
        transitional = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        namespace = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        contents = {name: data.replace(transitional, namespace) for name, data in contents.items()}
    contents |= parts or {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return buffer.getvalue()
