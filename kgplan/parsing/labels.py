"""Printed labels of items and headings: "A.", "II.", "1.1", "a)", "(1)", "-", "Điều 5."."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from kgplan.parsing.level import level
from kgplan.parsing.tokens import CAPITALS
from kgplan.resources import DATA

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_SKIPPED = frozenset("ăâêôơưđfjwz")
"""Letters that a lettered list may leave out."""


@cache
def heading_words() -> dict[str, Any]:
    """data/headings.json."""
    data: dict[str, Any] = json.loads((DATA / "headings.json").read_text(encoding="utf-8"))
    return data


@dataclass(frozen=True, slots=True)
class Label:
    """One reading of a label. ``style`` says what it is a sibling of; ``value`` its place in the sequence (0 for
    bullets); ``printed`` the label without closing punctuation; ``rank`` orders word labels, else -1."""

    style: str
    value: int
    printed: str
    rank: int = -1


@cache
def _pattern() -> re.Pattern[str]:
    data = heading_words()
    words = "|".join(w.replace(" ", r"\s+") for w in sorted(data["labels"], key=len, reverse=True))
    ordinals = "|".join(data["ordinals"])
    return re.compile(
        rf"""
        (?P<word>(?i:{words})\s+
            (?P<count>(?i:thứ\s+)?(?:[IVXLC]+|\d{{1,3}}[a-zđ]?|(?i:{ordinals})|[A-ZĐ]))(?!\w))
          (?:\s*[.:)/-]|(?=\s*$)|(?=\s+[{CAPITALS}"(]))
        | (?P<annex>PHỤ[ ]LỤC) (?:(?=\s*$)|\s*:(?=\s+[{CAPITALS}]))
        | (?P<multi>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})
            (?: [.)](?=\s|$|[^\W\d_]) | \s*-(?=\s+[{CAPITALS}]) | (?=\s+[^\W\d_]) )
        | \((?P<round>\d{{1,3}}|[a-zđ])\) (?=\s|$|[{CAPITALS}])
        | (?P<number>\d{{1,4}}) (?P<after>[.)/](?=\s|$|[^\W\d_])|\s*-(?=\s+[{CAPITALS}]))
        | (?P<upper>[A-ZĐ]|[IVXLC]{{2,7}}) (?P<shut>[.)/](?=\s|$|[{CAPITALS}])|\s*-(?=\s))
        | (?P<sub>[a-zđ]\.?\d{{1,2}}) [.)] (?=\s|$)
        | (?P<lower>[a-zđăâêôơư]) (?P<tail>[.)](?=\s|$|[{CAPITALS}])|\s*-(?=\s+[{CAPITALS}]))
        | (?P<bullet>[-+*•●▪■◦○∙·➢✓✔→»\uf02d\uf0b7]) (?=\s|$|[^\W\d_])(?![-+*])
        """,
        re.VERBOSE,
    )


_CASED = re.compile(r"[A-ZĐ]|[IVXLC]{2,7}")


def read_label(text: str, start: int, end: int) -> tuple[tuple[Label, ...], int]:
    """The readings of the label at ``start`` and where the text behind it begins; no readings, no label."""
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", text[start : min(end, start + 60)])
    match = _pattern().match(plain)
    if match is None:
        return (), start
    readings = tuple(_readings(match))
    stop = start + match.end()
    while stop < end and text[stop].isspace():
        stop += 1
    return readings, stop if readings else start


def _readings(match: re.Match[str]) -> list[Label]:
    if match["word"]:
        count, words = match["count"], level(match["word"])
        word = next(w for w in sorted(heading_words()["labels"], key=len, reverse=True) if words.startswith(w))
        if not match["word"][0].isupper():
            return []
        return [Label(word, _count(count), " ".join(match["word"].split()), heading_words()["labels"][word])]
    if match["annex"]:
        return [Label("phụ lục", 1, "PHỤ LỤC", 0)]
    if match["multi"]:
        return [Label(f"decimal{match['multi'].count('.') + 1}", int(match["multi"].split(".")[-1]), match["multi"])]
    if match["round"]:
        inner = match["round"]
        if inner.isdigit():
            return [Label("(1)", int(inner), inner)]
        return [Label("(a)", LETTERS.index(inner.lower()), inner)]
    if match["number"]:
        return [Label("1" + match["after"].strip(), int(match["number"]), match["number"])]
    if match["upper"] and _CASED.fullmatch(match["upper"]):
        return _capital(match["upper"], match["shut"].strip())
    if match["sub"]:
        return [Label("a1", int(re.sub(r"\D", "", match["sub"])), match["sub"])]
    if match["lower"] or match["upper"]:
        letter = match["lower"] or match["upper"]
        closing = (match["tail"] or match["shut"]).strip()
        if len(letter) > 1 or closing not in (".", ")", "-") or (closing == "-" and not match["lower"]):
            return []
        return [Label("a" + closing, LETTERS.index(letter.lower()), letter)]
    return [Label(match["bullet"], 0, match["bullet"])]


def _capital(label: str, closing: str) -> list[Label]:
    """A capital letter may be a letter or a Roman number; "I." may stand for "i." in a lettered list."""
    readings = []
    if len(label) == 1:
        readings.append(Label("A" + closing, LETTERS.index(label.lower()), label))
    roman = roman_value(label)
    if roman:
        readings.append(Label("I" + closing, roman, label))
    if label == "I" and closing in (".", ")"):
        readings.append(Label("a" + closing, LETTERS.index("i"), label))
    return readings


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman_value(label: str) -> int:
    """The value of a Roman number; 0 when ``label`` is none."""
    if not label or set(label) - set(_ROMAN):
        return 0
    values = [_ROMAN[c] for c in label]
    return sum(-v if v < n else v for v, n in zip(values, [*values[1:], 0], strict=True))


def _count(count: str) -> int:
    word = level(count).removeprefix("thứ ").strip()
    if word in heading_words()["ordinals"]:
        return int(heading_words()["ordinals"].index(word)) + 1
    digits = re.match(r"\d+", word)
    if digits:
        return int(digits.group())
    return roman_value(word.upper()) or LETTERS.index(word[0]) + 1


def follows(label: Label, before: Label) -> bool:
    """Whether ``label`` is the next in the sequence after ``before``, a sibling's label."""
    if label.style != before.style:
        return False
    if (label.style[:1] in "aA" and label.style != "a1") or label.style == "(a)":
        between = LETTERS[before.value + 1 : label.value]
        return label.value > before.value and set(between) <= _SKIPPED
    return label.value == before.value + 1


def is_first(label: Label) -> bool:
    """Whether ``label`` opens a sequence."""
    lettered = (label.style[:1] in "aA" and label.style != "a1") or label.style == "(a)"
    return label.value == (0 if lettered else 1)


def is_bullet(label: Label) -> bool:
    """Whether ``label`` is a mark without a number."""
    return label.value == 0 and not label.style[0].isalnum() and label.style[0] != "("
