from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgplan.errors import ReadError
from kgplan.reading import Text, read, sources


def test_line_ends_are_made_uniform_and_invisible_characters_left_out() -> None:
    result = read("Một\r\nhai\rba\u2028bốn\n\n  năm sáu\u200b.".encode())
    assert result.text == "Một\nhai\nba\nbốn\n\n  năm sáu."


def test_spaces_stay_as_they_were_typed() -> None:
    text = "I.\u00a0Mục tiêu\n\u00a0\n1.\u2003Chung\t"
    assert read(text.encode()).text == text


lines = st.lists(st.text("aăệ1 .;", min_size=1).filter(lambda line: line.strip() != ""), min_size=1)


@given(lines=lines, end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_character_is_located_on_its_line(lines: list[str], end: str) -> None:
    result = read(end.join(lines).encode())
    assert result.text == "\n".join(lines)
    offset = 0
    for number, line in enumerate(lines, start=1):
        for position in range(offset, offset + len(line)):
            assert result.locate(position).line == number
        offset += len(line) + 1
    assert result.locate(len(result.text)).line == len(lines)


@pytest.mark.parametrize("offset", [-1, 4])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(ValueError, match="outside the text"):
        read(b"abc").locate(offset)


def test_a_text_without_a_map_locates_nowhere() -> None:
    assert str(Text("abc", "", "", "txt").locate(1)) == ""


def test_a_location_reads_as_words() -> None:
    assert str(read("Một\nhai".encode()).locate(5)) == "line 2"


def test_name_and_digest(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text("Kế hoạch", encoding="utf-8")
    by_path, by_bytes = read(path), read(path.read_bytes(), name="other.txt")
    assert (by_path.name, by_bytes.name, read(b"x").name) == ("ke-hoach.txt", "other.txt", "")
    assert by_path.sha256 == by_bytes.sha256
    assert read(str(path)) == by_path


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.txt: no such file; check the path"):
        read(tmp_path / "none.txt")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="a folder, not a file"):
        read(tmp_path)


def test_a_device_is_not_read() -> None:
    with pytest.raises(ReadError, match="not a regular file"):
        read("/dev/null")


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")

    def refuse(self: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadError, match=r"a\.txt: (no permission to read it|cannot be read \(Input)"):
        read(path)


def test_a_path_that_no_file_can_have() -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        read("a\0b")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\ufeff\u200b".encode()])
def test_empty(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"p\.txt: .*(empty|no text)"):
        read(data, name="p.txt")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x00\x01\x02\x03" * 50, "a binary file"),
        (bytes(range(256)) * 4, "a binary file"),
        (b"\x89PNG\r\n\x1a\n....", "a picture"),
        (b"{\\rtf1 abc}", "an RTF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Word"),
        (b"PK\x05\x06" + b"\0" * 18, "ZIP archive"),
        (b"\x1f\x8b\x08abc", "gzip"),
    ],
)
def test_files_that_hold_no_text_say_what_they_are(data: bytes, what: str) -> None:
    with pytest.raises(ReadError, match=what):
        read(data, name="x.doc")


def test_a_giant_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "giant.txt"
    with path.open("wb") as file:
        file.truncate(sources.MAX_BYTES + 1)  # sparse: takes no space
    with pytest.raises(ReadError, match="more than the 64 MiB allowed"):
        read(path)
