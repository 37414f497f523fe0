"""Named places: provinces, regions, districts and communes, and infrastructure by its kind ("Cảng biển …").

A common noun alone ("các huyện miền núi") is no place, nor is a name inside the name of an agency or person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kgplan import text as keys
from kgplan.model import Place, PlaceMention
from kgplan.parsing.word_lists import load, phrase_pattern

MAX_NAME = 5
"""A proper name has at most so many syllables."""

_SYLLABLE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_GAP = re.compile(r"[ \t\u00a0]{1,2}|\s?\n(?=\S)")
_DASH = re.compile(r"\s?[-–]\s?(?=[^\W\d_])")
_ROAD_NUMBER = re.compile(r"\s?\d{1,3}[A-Z]?(?![\w/.])")
_PERSON_BEFORE = re.compile(r"(?<!\w)(?P<name>[^\W\d_]+)\s\Z")


@dataclass(frozen=True, slots=True)
class _Kind:
    label: str
    kind: str
    numbered: bool = False
    complete: bool = False
    small_only: bool = False


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """Compiled lists: names of provinces and regions, and the words for kinds of places."""

    places: dict[str, Place]
    names: re.Pattern[str]
    kinds: dict[str, _Kind]
    words: re.Pattern[str]
    province_word: re.Pattern[str]
    not_names: re.Pattern[str]
    surnames: frozenset[str]
    historic: frozenset[str]


@lru_cache(maxsize=1)
def _gazetteer() -> _Gazetteer:
    raw = load("places")
    places: dict[str, Place] = {}
    for entry in load("agencies_jurisdictions")["provinces"]:
        place = Place(entry["id"], entry["name"], "province")
        aliases = (*entry.get("aliases", ()), *raw["province_aliases"].get(entry["id"], ()))
        places.update(dict.fromkeys(map(keys.key, (entry["name"], *aliases)), place))
    for entry in raw["regions"]:
        place = Place(keys.slugify(entry["name"]), entry["name"], "region")
        places.update(dict.fromkeys(map(keys.key, (entry["name"], *entry["aliases"])), place))
    kinds = {
        keys.key(word): _kind(entry) for entry in raw["kinds"] for word in (entry["label"], *entry.get("aliases", ()))
    }
    spoken = [
        alias
        for entry in load("agencies_jurisdictions")["provinces"]
        for alias in (entry["name"], *entry.get("aliases", ()))
    ]
    spoken += [alias for group in raw["province_aliases"].values() for alias in group]
    spoken += [alias for entry in raw["regions"] for alias in (entry["name"], *entry["aliases"])]
    words = [word for entry in raw["kinds"] for word in (entry["label"], *entry.get("aliases", ()))]
    return _Gazetteer(
        places=places,
        names=phrase_pattern(spoken),
        kinds=kinds,
        words=phrase_pattern(words),
        province_word=re.compile(rf"(?<!\w){phrase_pattern(raw['province_words']).pattern}\s+\Z"),
        not_names=phrase_pattern(raw["not_names"]),
        surnames=frozenset(load("offices")["surnames"]),
        historic=frozenset(map(keys.key, load("offices")["historic"])),
    )


def _kind(entry: dict[str, Any]) -> _Kind:
    flags = {name: bool(entry.get(name, False)) for name in ("numbered", "complete", "small_only")}
    return _Kind(entry["label"], entry["kind"], **flags)


def find_places(
    text: str, start: int, end: int, *, exclude: Sequence[tuple[int, int]]
) -> list[tuple[Place, PlaceMention]]:
    """The places named in ``text[start:end]``, in order; nothing that overlaps a span of ``exclude``."""
    found: list[tuple[Place, PlaceMention]] = []
    spans = sorted(exclude)
    position = start
    for token in _SYLLABLE.finditer(text, start, end):
        if token.start() < position or (
            token.start() > start and (text[token.start() - 1].isalnum() or text[token.start() - 1] == "_")
        ):
            continue
        match = _match(text, token.start(), start, end)
        if match is None:
            continue
        place, stop = match
        if any(first < stop and token.start() < last for first, last in spans):
            continue
        found.append((place, PlaceMention(place.id, token.start(), stop)))
        position = stop
    return found


def _match(text: str, position: int, start: int, end: int) -> tuple[Place, int] | None:
    """The place whose name begins at ``position`` and where the name ends, or None."""
    names = _gazetteer()
    known = names.names.match(text, position, end)
    if known and not _is_place(text, known, start, end):
        known = None
    kind_word = names.words.match(text, position, end)
    by_kind = _of_kind(text, kind_word, end) if kind_word else None
    if by_kind and (known is None or by_kind[1] > known.end()):
        return by_kind
    return (names.places[keys.key(known.group())], known.end()) if known else None


def _of_kind(text: str, word: re.Match[str], end: int) -> tuple[Place, int] | None:
    """The place that a kind's word and the proper name behind it make."""
    names = _gazetteer()
    kind = names.kinds[keys.key(word.group())]
    if kind.small_only and word.group()[0].isupper():
        return None
    if kind.complete:
        return Place(keys.slugify(kind.label), kind.label, kind.kind), word.end()
    if kind.numbered and (number := _ROAD_NUMBER.match(text, word.end(), end)):
        name = f"{kind.label} {number.group().strip()}"
        return Place(keys.slugify(name), name, kind.kind), number.end()
    stop = _proper_name(text, word.end(), end)
    if stop is None or names.not_names.match(text, _skip_blanks(text, word.end(), end), end):
        return None
    proper = " ".join(text[word.end() : stop].split())
    if kind.label == "Thành phố" and (city := names.places.get(keys.key(proper))) and _is_city(city):
        return city, stop
    name = f"{kind.label} {proper}"
    return Place(keys.slugify(name), name, kind.kind), stop


def _is_city(place: Place) -> bool:
    """Whether a place is a centrally run city, which is one place with its province-level unit."""
    return any(p["id"] == place.id and p["level"] == "thành phố" for p in load("agencies_jurisdictions")["provinces"])


def _proper_name(text: str, position: int, end: int) -> int | None:
    """Where the capitalised syllables behind a blank at ``position`` end; None when there are none."""
    stop: int | None = None
    at = position
    for _ in range(MAX_NAME):
        gap = _GAP.match(text, at, end) or (_DASH.match(text, at, end) if stop else None)
        syllable = _SYLLABLE.match(text, gap.end(), end) if gap else None
        if not syllable or not syllable.group()[0].isupper() or _gazetteer().words.match(text, syllable.start(), end):
            break
        if stop and syllable.group().isupper() != text[position:stop].strip().isupper():
            break
        stop = at = syllable.end()
    return stop


def _skip_blanks(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _is_place(text: str, known: re.Match[str], start: int, end: int) -> bool:
    """Whether a listed name stands for the place: capitalised, not a person's, not part of a longer name."""
    if not known.group()[0].isupper() or _in_longer_name(text, known.start(), start, known.end(), end):
        return False
    names = _gazetteer()
    if keys.key(known.group()) not in names.historic:
        return True
    return names.province_word.search(text, max(start, known.start() - 12), known.start()) is not None


def _in_longer_name(text: str, position: int, start: int, stop: int, end: int) -> bool:
    """Whether the name is part of a person's ("Nguyễn Thái Bình") or goes on with more capitals of another name."""
    before = _PERSON_BEFORE.search(text, max(start, position - 12), position)
    if (
        before
        and before["name"] in _gazetteer().surnames
        and not _gazetteer().province_word.search(text, max(start, position - 12), position)
    ):
        return True
    gap = _GAP.match(text, stop, end)
    following = _SYLLABLE.match(text, gap.end(), end) if gap else None
    return (
        following is not None
        and following.group().istitle()
        and len(following.group()) > 1
        and not _opens_name(text, following.start(), end)
    )


def _opens_name(text: str, position: int, end: int) -> bool:
    """Whether a new name, not more of the last one, begins at ``position``."""
    names = _gazetteer()
    return names.words.match(text, position, end) is not None or names.names.match(text, position, end) is not None
