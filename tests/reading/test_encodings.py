from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_text import SAMPLE, legacy_bytes, sentences, western

from kgplan.errors import ReadError
from kgplan.reading import read

LEGACY = ["tcvn3", "vni-windows", "windows-1258"]


@pytest.mark.parametrize("encoding", LEGACY)
@given(text=sentences)
def test_legacy_bytes_are_told_and_read(encoding: str, text: str) -> None:
    result = read(legacy_bytes(text, encoding))
    assert (result.encoding, result.text) == (encoding, text)


@pytest.mark.parametrize("encoding", ["vni-windows", "windows-1258"])
def test_capitals_with_tones_are_kept_where_the_encoding_has_them(encoding: str) -> None:
    assert read(legacy_bytes(SAMPLE, encoding)).text == SAMPLE


def test_tcvn3_text_in_capital_fonts_becomes_capital() -> None:
    text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSở Y tế và UBND tỉnh\nNGHỊ QUYẾT VỀ PHÁT TRIỂN Ở ĐÔ THỊ"
    assert read(legacy_bytes(text, "tcvn3")).text == text


@pytest.mark.parametrize("encoding", ["tcvn3", "vni-windows"])
@given(text=sentences)
def test_unicode_files_typed_in_a_legacy_font_are_turned(encoding: str, text: str) -> None:
    result = read(western(text, encoding).encode("utf-8"))
    assert (result.encoding, result.text) == (encoding, text)


def test_only_the_lines_in_a_legacy_font_are_turned() -> None:
    typed = western(SAMPLE, "tcvn3")
    result = read(f"{SAMPLE}\nvà các xã\n{typed}".encode())
    assert result.text == f"{SAMPLE}\nvà các xã\n{SAMPLE.replace('Ủy', 'ủy')}"


@given(text=sentences)
def test_unicode_text_is_never_taken_for_a_legacy_font(text: str) -> None:
    result = read(text.encode("utf-8"))
    assert (result.encoding, result.text) == ("utf-8", text)


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_unicode_encodings(codec: str, found: str) -> None:
    result = read(SAMPLE.encode(codec))
    assert (result.encoding, result.text) == (found, SAMPLE)


@given(text=st.text(st.characters(exclude_categories=["Cs"])).filter(str.isprintable))
def test_any_printable_utf_8_text_comes_out_in_nfc(text: str) -> None:
    result = read(f"{text}.".encode())
    assert unicodedata.is_normalized("NFC", result.text)
    for offset in range(len(result.text) + 1):
        result.locate(offset)


def test_decomposed_text_is_composed() -> None:
    assert read(unicodedata.normalize("NFD", SAMPLE).encode("utf-8")).text == SAMPLE


def test_western_quotes_alone_need_no_guess() -> None:
    data = "Plan “A” – 2024".encode("cp1252")
    result = read(data)
    assert (result.text, result.encoding) == ("Plan “A” – 2024", "windows-1252")


@pytest.mark.parametrize(
    "data",
    [
        "Société générale à Genève, où l'été fut très sec".encode("latin-1"),
        "Договор о поставке товара между сторонами".encode("koi8-r"),
        SAMPLE.encode("utf-8")[:-20] + b"\xff\xfe" + SAMPLE.encode("utf-8"),
    ],
)
def test_an_encoding_that_cannot_be_told_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"memo\.txt: .*UTF-8.*save it as UTF-8"):
        read(data, name="memo.txt")


@pytest.mark.parametrize("data", ["\ufeffab".encode("utf-16-le") + b"c", b"\xef\xbb\xbf\xff\xff"])
def test_broken_unicode_behind_a_byte_order_mark_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="broken"):
        read(data)
