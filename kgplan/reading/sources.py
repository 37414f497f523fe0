"""Getting a source's bytes and telling what kind of file they are, by content and not by the file's name."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from kgplan.errors import ReadError
from kgplan.reading.text import Format

MAX_BYTES = 64 * 2**20
"""Files larger than this are refused: no administrative document comes near it."""

_HTML_START = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(?>(?:(?><!--.*?-->)\s*)*)(<!doctype\s+html|<html|<head|<body)", re.I | re.S
)
_HTML_TAG = re.compile(rb"<(?:p|br|div|span|table|tr|td|h[1-6]|ul|ol|li|meta|font|b|body)\b[^<>]*>", re.I)
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ADVICE = {
    b"{\\rtf": ("an RTF file", "save it as DOCX"),
    _OLD_WORD: ("an old Word, Excel or password-protected Office file", "remove any password and save it as DOCX"),
    b"\x89PNG": ("a picture", "give a document with text"),
    b"\xff\xd8\xff": ("a picture", "give a document with text"),
    b"GIF8": ("a picture", "give a document with text"),
    b"II*\x00": ("a scanned picture", "run text recognition on it and give the result"),
    b"MM\x00*": ("a scanned picture", "run text recognition on it and give the result"),
    b"Rar!": ("a RAR archive", "unpack it and give the document inside"),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it and give the document inside"),
    b"\x1f\x8b": ("a gzip archive", "unpack it and give the document inside"),
}


def load(path: Path) -> bytes:
    """The bytes of the regular file at ``path``; ReadError when there is none, or it cannot be read or is too large."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadError(f"{path}: a folder, not a file; give the path of one document")
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(f"{path}: not a regular file; give the path of one document")
        check_size(status.st_size, str(path))
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"{path}: no such file; check the path") from None
    except PermissionError:
        raise ReadError(f"{path}: no permission to read it; change its permissions or copy it") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ReadError(f"{path}: cannot be read ({reason}); check the path and the disk") from None


def check_size(size: int, shown: str) -> None:
    """Refuse an empty source, and one of more than :data:`MAX_BYTES`."""
    if size == 0:
        raise ReadError(f"{shown}: the file is empty; give a file that holds the plan's text")
    if size > MAX_BYTES:
        raise ReadError(f"{shown}: {size / 2**20:.0f} MiB, more than the {MAX_BYTES // 2**20} MiB allowed; split it")


def is_web_archive(data: bytes) -> bool:
    """Whether ``data`` is MHTML: a page with its pictures as a mail message, as Word saves web pages in one file."""
    head = data[:4096].lower()
    return b"mime-version:" in head and b"multipart/related" in head


def sniff(data: bytes, shown: str) -> Format:
    """What ``data`` is. Raises ReadError for known formats that hold no readable text, with what to do instead.

    Anything else is taken for plain text, whose decoding refuses binary data.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if data.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise ReadError(f"{shown}: an empty or split ZIP archive, not a DOCX file; save the document again")
    for magic, (what, advice) in _ADVICE.items():
        if data.startswith(magic):
            raise ReadError(f"{shown}: {what}, which cannot be read; {advice} and try again")
    if is_web_archive(data):
        return "html"
    head = data[:65536].replace(b"\x00", b"")  # without the zero bytes of UTF-16
    if _HTML_START.match(head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        return "html"
    return "html" if len(_HTML_TAG.findall(head)) >= 3 else "txt"
