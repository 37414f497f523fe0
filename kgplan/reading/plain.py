"""Plain text: every line kept as it stands, blank lines and no-break spaces included."""

from __future__ import annotations

import re

from kgplan.reading.assembly import Block, Piece
from kgplan.reading.encodings import decode
from kgplan.reading.text import Location

_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


def read_plain(data: bytes, shown: str) -> tuple[list[Block], str]:
    """The lines of ``data``, one block each, and the encoding that was found."""
    characters, encoding = decode(data, shown=shown)
    lines = _LINE_END.split(characters.removesuffix("\x1a"))
    return [Block((Piece(line, Location(line=n)),)) for n, line in enumerate(lines, start=1)], encoding
