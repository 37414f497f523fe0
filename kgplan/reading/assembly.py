"""Blocks of source text, cleaned and joined to one text with its source map."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kgplan.reading.text import Location, SourceMap


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that come from one place in the source."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the clean text to be: its pieces in order, with any separator written inside them.

    ``strong`` marks a line that the source prints bold or as a heading.
    """

    pieces: tuple[Piece, ...]
    strong: bool = False

    @property
    def text(self) -> str:
        """The pieces' text, joined."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Assembled:
    """The clean text, its map, and the spans of its strong lines."""

    text: str
    source_map: SourceMap
    strong: tuple[tuple[int, int], ...]


_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_INVISIBLE = dict.fromkeys(
    [
        *(code for code in range(0x20) if code not in (0x09, 0x0A)),
        *range(0x7F, 0xA0),
        *[0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF],
        *range(0xD800, 0xE000),
    ]
)
_BULLETS = dict.fromkeys(range(0xF000, 0xF100), "•")  # the private range in which Word writes symbol fonts
_NO_PICTURES = {**_INVISIBLE, **_BULLETS, 0xF02B: "+", 0xF02D: "-"}
_CLEAN = {**_SPACES, **_NO_PICTURES}
_BLANKS = re.compile(r"[ \t\n]+")


def clean(text: str) -> str:
    """``text`` in NFC; every kind of space a plain one, invisible and control characters gone, line ends kept.

    Soft hyphens stay: in a legacy font they are a letter (``ư`` in TCVN3), see :func:`finish`.
    """
    return unicodedata.normalize("NFC", text.translate(_CLEAN))


def finish(text: str, *, keep_spaces: bool) -> str:
    """The last step, when no legacy font is left: :func:`clean`, and without soft hyphens.

    ``keep_spaces`` leaves every kind of space as it is, so that a plain text stays what its author typed.
    """
    if keep_spaces:
        text = text.translate(_NO_PICTURES)
        return unicodedata.normalize("NFC", text).replace("\u00ad", "")
    return clean(text).replace("\u00ad", "")


def squeeze(text: str) -> str:
    """Cleaned ``text`` with each run of blanks and line ends as one space; blanks at the ends are kept as one."""
    return _BLANKS.sub(" ", clean(text))


def trim(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Squeezed pieces without blanks at either end of the whole and without doubled blanks where pieces meet."""
    kept: list[Piece] = []
    blank = True
    for piece in pieces:
        text = squeeze(piece.text)
        if blank:
            text = text.lstrip(" ")
        if text:
            kept.append(replace(piece, text=text))
            blank = text.endswith(" ")
    if kept and kept[-1].text.endswith(" "):
        last = kept.pop()
        if stripped := last.text.rstrip(" "):
            kept.append(replace(last, text=stripped))
    return tuple(kept)


def assemble(blocks: Sequence[Block]) -> Assembled:
    """Join ``blocks`` with line ends.

    The pieces are already clean. A piece whose first characters compose with the one before (a combining mark)
    is joined to it, so that the whole is NFC.
    """
    parts: list[str] = []
    starts: list[int] = []
    locations: list[Location] = []
    strong: list[tuple[int, int]] = []
    position = 0
    for number, block in enumerate(blocks):
        if number:
            parts.append("\n")
            position += 1
        begin = position
        for piece in _composed(block.pieces):
            if not locations or locations[-1] != piece.location:
                starts.append(position if locations else 0)
                locations.append(piece.location)
            parts.append(piece.text)
            position += len(piece.text)
        if block.strong and position > begin:
            strong.append((begin, position))
    return Assembled("".join(parts), SourceMap(tuple(starts), tuple(locations)), tuple(strong))


def _composed(pieces: Iterable[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and not unicodedata.is_normalized("NFC", joined[-1].text + piece.text):
            joined[-1] = replace(joined[-1], text=unicodedata.normalize("NFC", joined[-1].text + piece.text))
        else:
            joined.append(piece)
    return joined
