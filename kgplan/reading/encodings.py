"""Bytes to characters, and text set in a legacy Vietnamese font to Unicode, by measured evidence.

The measure: of the words that hold a letter outside ASCII, how many are Vietnamese syllables when the bytes are
read in a given encoding. The right encoding makes nearly all of them syllables, a wrong one few.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from kgplan.errors import ReadError
from kgplan.reading.syllables import is_syllable
from kgplan.resources import DATA
from kgplan.text import nfc

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
_WESTERN = "windows-1252"
_SAMPLE = 200_000  # characters that are weighed
_ACCEPTED = 0.7  # share of marked words that must be syllables
_LEAST_WORDS = 5  # fewer do not show that a text was typed in a legacy font
_MARGIN = 0.3  # by which the best encoding must beat the next

_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\n\r\f\v\x1a")
_TOKEN = re.compile(r"[^\s\x00-\x40\x5b-\x60\x7b-\x7f]+")
_QUOTES = "“”‘’„–—…•\u00a0"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of ``marked`` words with a letter outside ASCII, ``valid`` are Vietnamese syllables."""

    marked: int
    valid: int

    @property
    def share(self) -> float:
        """``valid`` of ``marked``; 0.0 when there is no such word."""
        return self.valid / self.marked if self.marked else 0.0


def evidence(text: str) -> Evidence:
    """The evidence that ``text`` is Vietnamese, from its first 200,000 characters."""
    marked = valid = 0
    for token in _TOKEN.findall(nfc(text[:_SAMPLE])):
        word = token.strip(_QUOTES)
        if not word.isascii():
            marked += 1
            valid += is_syllable(word)
    return Evidence(marked, valid)


def decode(data: bytes, *, shown: str, declared: str | None = None) -> tuple[str, str]:
    """The characters of ``data`` and the name of the encoding that was found.

    A byte order mark decides; then UTF-16 by its zero bytes, strict UTF-8, and at last the legacy encodings by
    evidence. ``declared`` (an HTML page's charset) is followed when the evidence decides nothing. Raises
    ReadError when ``data`` is binary or no encoding is clearly right; ``shown`` names the file in the message.
    """
    for mark, codec, found in _MARKS:
        if data.startswith(mark):
            return _strictly(data, codec, shown), found
    if unmarked := _utf16_without_mark(data):
        characters = _strictly(data, unmarked, shown)
        if sum(map(_CONTROLS.__contains__, characters[:_SAMPLE])) <= len(characters[:_SAMPLE]) / 200:
            return characters, "utf-16"
    _refuse_binary(data, shown)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken_at = error.start
    candidates = {name: text for name, read in _legacy().items() if (text := read(data)) is not None}
    ranked = sorted(((evidence(text), name) for name, text in candidates.items()), key=lambda e: -e[0].share)
    if ranked and (best := _clear_winner(ranked)):
        return candidates[best], best
    if (text := _declared(data, declared)) is not None:
        return text, str(declared).lower()
    western = _decoded(data, _WESTERN)
    if western is not None and evidence(western).marked == 0:  # only quotes, dashes and the like
        return western, _WESTERN
    guess = f" (the best guess, {ranked[0][1]}, reads {ranked[0][0].share:.0%} of the words)" if ranked else ""
    raise ReadError(
        f"{shown}: not UTF-8 (byte {broken_at}), and no legacy Vietnamese encoding clearly fits{guess}; "
        "save it as UTF-8 and try again"
    )


def repair(lines: Sequence[str]) -> tuple[list[str], str | None]:
    """``lines`` with those that were typed in a legacy font (TCVN3, VNI) turned into Unicode.

    Such text looks like ``céng hßa``: legacy codes that some program took for western letters. The evidence of all
    suspicious lines together decides whether and which encoding, then each line is turned that gains by it.
    Returns the lines and the encoding's name, None when nothing had to be turned.
    """
    suspects = [i for i, line in enumerate(lines) if not line.isascii() and _only_western_letters(line)]
    joined = "\n".join(lines[i] for i in suspects)
    plain = evidence(joined)
    if plain.marked < _LEAST_WORDS:
        return list(lines), None
    ranked = sorted(((evidence(_from_font(joined, name)), name) for name in _tables()), key=lambda e: -e[0].share)
    best, name = ranked[0]
    if best.share < _ACCEPTED or best.share - max(plain.share, ranked[1][0].share) < _MARGIN:
        return list(lines), None
    repaired = list(lines)
    for i in suspects:
        turned = _from_font(lines[i], name)
        before, after = evidence(lines[i]), evidence(turned)
        if after.share > before.share or before.valid == 0:
            repaired[i] = turned
    return repaired, name


def _clear_winner(ranked: list[tuple[Evidence, str]]) -> str | None:
    best, name = ranked[0]
    next_share = ranked[1][0].share if len(ranked) > 1 else 0.0
    return name if best.share >= _ACCEPTED and best.share - next_share >= _MARGIN else None


def _strictly(data: bytes, codec: str, shown: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{shown}: broken {error.encoding} text (byte {error.start}); save it as UTF-8 and try again"
        ) from None


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _declared(data: bytes, declared: str | None) -> str | None:
    return _decoded(data, declared) if declared else None


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows in zero bytes on one side of nearly every second character of Vietnamese text."""
    sample = data[: 2 * _SAMPLE]
    pairs = len(sample) // 2
    if pairs == 0 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes, shown: str) -> None:
    sample = data[:_SAMPLE]
    controls = sum(sample.count(ord(control)) for control in _CONTROLS)
    if 0 in sample or controls > len(sample) / 200:
        raise ReadError(f"{shown}: a binary file, not text; give a text, HTML, DOCX or PDF file")


@cache
def _tables() -> dict[str, dict[int, str]]:
    """For each font encoding, what each windows-1252 character of a code stands for."""
    data = json.loads((DATA / "legacy_encodings.json").read_text(encoding="utf-8"))
    return {name: {ord(code): text for code, text in table.items()} for name, table in data["encodings"].items()}


def _legacy() -> dict[str, Callable[[bytes], str | None]]:
    """The legacy encodings' readers: characters, or None when a byte has no meaning in it."""

    def reader(name: str) -> Callable[[bytes], str | None]:
        def read(data: bytes) -> str | None:
            western = _decoded(data, _WESTERN)
            return None if western is None else _from_font(western, name)

        return read

    readers = {name: reader(name) for name in _tables()}
    readers["windows-1258"] = lambda data: _decoded(data, "cp1258")
    return readers


def _from_font(text: str, name: str) -> str:
    turned = nfc(text.translate(_tables()[name]))
    return _capitals(turned) if name == "tcvn3" else turned


_LETTERS = re.compile(r"[^\W\d_]+")


def _capitals(text: str) -> str:
    """Capitals set in a TCVN3 capital font: ``CéNG HßA`` was typed with small letters that print as capitals.

    A word with two or more ASCII letters, all capitals, is in capitals, unless it is an abbreviation (``UBND``). A
    word with one ASCII letter or none (``Số``, ``ở``) follows the words beside it on the line.
    """
    return "\n".join(_capital_line(line) for line in text.split("\n"))


def _capital_line(line: str) -> str:
    words = list(_LETTERS.finditer(line))
    verdicts: list[bool | None] = []
    for match in words:
        letters = [c for c in match.group() if c.isascii()]
        if any(c.islower() for c in letters):
            verdicts.append(False)
        else:
            verdicts.append(True if len(letters) > 1 and is_syllable(match.group()) else None)
    before = list(accumulate(verdicts, _last_known))
    after = list(accumulate(reversed(verdicts), _last_known))[::-1]
    pieces: list[str] = []
    position = 0
    for match, around in zip(words, zip(before, after, strict=True), strict=True):
        known = [verdict for verdict in around if verdict is not None]
        capital = bool(known) and all(known)
        pieces += [line[position : match.start()], match.group().upper() if capital else match.group()]
        position = match.end()
    return "".join([*pieces, line[position:]])


def _last_known(earlier: bool | None, verdict: bool | None) -> bool | None:
    return earlier if verdict is None else verdict


def _only_western_letters(line: str) -> bool:
    """Whether no letter of ``line`` lies beyond Latin-1, as in text typed in a legacy font."""
    return all(ord(c) < 0x100 or not c.isalpha() for c in line)
