"""Damaged bytes are read or refused with a ReadError; nothing else comes out of the reading room."""

from __future__ import annotations

import contextlib

import pytest
from docx_maker import abstract_list, level, list_of, make_docx, paragraph, row, style, table
from hypothesis import given
from hypothesis import strategies as st
from pdf_maker import Line, grid, make_pdf

from kgplan.errors import ReadError
from kgplan.reading import read

FILES = {
    "docx": make_docx(
        paragraph("Một", number=1, style="S") + table(row("a", "b", "c"), row("1", "2", "3")),
        numbering=abstract_list(0, level(0, "%1.")) + list_of(1, 0),
        styles=style("S"),
    ),
    "pdf": make_pdf(
        [[Line("Điều 1. Sở A chủ trì, phối hợp với Sở B", 60, 700)]], rules=[grid([50, 200, 300], [720, 690, 660])]
    ),
    "html": "<html><body><table><tr><td rowspan=2>Sở A<td>x</tr></table><ol><li>Một</ol></body></html>".encode(),
    "utf-16": "Điều 1. Sở A chủ trì, phối hợp".encode("utf-16"),
}


@pytest.mark.parametrize("form", FILES)
@given(data=st.data())
def test_changed_bytes(form: str, data: st.DataObject) -> None:
    damaged = bytearray(FILES[form])
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ReadError):
        read(bytes(damaged))


@pytest.mark.parametrize("form", FILES)
@given(data=st.data())
def test_cut_off_files(form: str, data: st.DataObject) -> None:
    with contextlib.suppress(ReadError):
        read(FILES[form][: data.draw(st.integers(0, len(FILES[form]) - 1))])


@pytest.mark.parametrize(
    "part", ["<w:numPr><w:ilvl/><w:numId/></w:numPr>", '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>']
)
def test_attributes_that_are_missing_or_no_numbers(part: str) -> None:
    numbering = (abstract_list(0, level(0, "%1.")) + list_of(1, 0)).replace('w:ilvl="0"', 'w:ilvl="?"')
    body = f"<w:p><w:pPr>{part}</w:pPr><w:r><w:t>Một</w:t></w:r></w:p>"
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="-"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    odd_row = f'<w:tr><w:trPr><w:gridBefore w:val="two"/></w:trPr>{cell}</w:tr>'
    assert read(make_docx(body + table(odd_row), numbering=numbering)).text.endswith("Một")
