"""Collective actors: "các sở, ban, ngành cấp tỉnh", "các cấp, các ngành", "UBND các huyện, thị xã, thành phố"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from kgplan.parsing.level import level
from kgplan.parsing.tokens import CAPITALS, one_spaced
from kgplan.resources import DATA


@cache
def grammar() -> dict[str, Any]:
    """data/agencies_grammar.json."""
    data: dict[str, Any] = json.loads((DATA / "agencies_grammar.json").read_text(encoding="utf-8"))
    return data


def alternation(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, longest first."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def one_of(name: str) -> re.Pattern[str]:
    """Any phrase of the list ``name`` of the grammar, up to the end of a word: for ``match`` at a place.

    "tails" are whole tails of names that hold a verb, a preposition or a comma ("y tế dự phòng"), "owners" those
    to whom units may belong without a name ("địa phương"), "not_names" words that begin like a name ("ban hành").
    """
    return re.compile(rf"(?:{alternation(grammar()[name])})(?!\w)")


class Collective(NamedTuple):
    """A collective actor as the text names it; ``name`` is canonical apart from the registry's aliases."""

    name: str
    start: int
    end: int
    office: str | None
    vague: bool


_VAGUE = re.compile(r"liên quan|hữu quan|chức năng|(?<=\s)khác$")
_SEPARATOR = re.compile(r"\s*(?:,\s*(?:và\s+)?|và\s+|-\s*|/\s*)|\s+(?=(?:đơn\s+vị|ngành|ban)(?!\w))")
_OWN = re.compile(r"\s+(?:mình|đó|này|ấy)(?!\w)")
_ORGANISATION = (  # not the verb "to organise"
    r"cơ\s+quan,\s*tổ\s+chức(?!\s+(?:triển|thực|quán|tuyên|xây|kiểm|phổ|lấy|hội|tập|lập|biên|ký|thu|các|đào|bồi|cho|rà))"
    r"|tổ\s+chức(?=\s+(?:tiếp\s+tục|cần|phải|sẽ|có\s+trách|chịu\s+trách|nghiêm\s+túc|chấp\s+hành|tổ\s+chức|không)(?!\w))"
    r"|(?<=các\s)tổ\s+chức"
    r"|(?<=cơ\squan,\s)tổ\s+chức(?=\s+(?:ở|thuộc|tại|trong|nước|quốc\s+tế|khoa\s+học|tham\s+gia|được|phụ\s+trách)(?!\w))"
    r"|tổ\s+chức(?=\s*[,;.:)]|\s+(?:và|có\s+liên|liên\s+quan|khác|hữu)|\s*$)"
)
_LEVEL_RANK = ("tỉnh", "quận", "huyện", "thị xã", "thành phố", "đặc khu", "xã", "phường", "thị trấn")
_LEVEL_SHORT = {"tp": "thành phố", "tx": "thị xã"}


@cache
def _units() -> re.Pattern[str]:
    data = grammar()
    return re.compile(
        rf"(?:(?P<office>{alternation(data['offices'])}"
        r"|(?:thường\s+trực|ban\s+thường\s+vụ)(?=\s+các\s))\s+)?"
        rf"(?:(?P<many>{alternation(data['collective_starts'])})\s+)?"
        rf"(?!(?:{alternation(data['not_names'])})(?!\w))(?P<unit>{alternation(data['units'])}|{_ORGANISATION})(?P<head>\s+trưởng)?(?!\w)"
    )


@cache
def _compound() -> re.Pattern[str]:
    """A word that makes one with the unit behind it ("cán bộ", "cấp xã"), so that no list begins there."""
    words = (*grammar()["compounds_before"], "hành chính", "từng", "mỗi", "mọi", "lực lượng")
    return re.compile(rf"(?<!\w)(?:{alternation(words)})\s+$")


@cache
def _authorities() -> re.Pattern[str]:
    """Authorities in general, named without a plural ("chính quyền địa phương")."""
    return re.compile(rf"(?:{alternation(grammar()['authorities'])})(?!\w)(?!\s+(?:ủy|hội)(?!\w))")


@cache
def _regions() -> re.Pattern[str]:
    """The region where units lie ("vùng đồng bằng sông Cửu Long", "Tây Nguyên")."""
    names = alternation(map(level, grammar()["regions"]))
    return re.compile(rf"(?:thuộc\s+)?(?:(?:vùng|khu\s+vực)\s+)?(?:{names})(?!\w)")


@cache
def _modifiers() -> re.Pattern[str]:
    under = r"trực\s+thuộc(?=\s*[,;.:]|\s+và\s)"
    return re.compile(rf"(?:\s+(?:(?:{alternation(grammar()['modifiers'])})(?!\w)|{_regions().pattern}|{under}))+")


@cache
def _levels() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<many>các\s+|\d+\s+)?(?P<level>{alternation(grammar()['levels'])})(?!\w)(?!\s+(?:đoàn|ủy|hội)(?!\w))\.?(?:(?<=huyện)\s+đảo(?!\w))?"
    )


def find_collective(text: str, low: str, start: int, end: int) -> list[Collective]:
    """The collective actors that begin at ``start``: one, two for pairs such as "các cấp, các ngành, đơn vị
    liên quan", none when no collective begins there. ``low`` is the levelled ``text``."""
    authorities = _authorities().match(low, start, end)
    if authorities and not re.search(rf"\n\s*[{CAPITALS}]", text[start : authorities.end()]):
        return [Collective(" ".join(authorities.group().split()), start, authorities.end(), None, False)]
    first = _units().match(low, start, end)
    if (
        first is None
        or first["office"] == "chánh"
        or one_spaced(first["unit"]) in grammar()["units_behind"]
        or (first["many"] in grammar()["each"] and (text[start].islower() or first["unit"] in grammar()["levels"]))
        or not (first["many"] or first["office"] or _is_list(low, first.end(), end))
    ):
        return []
    if first["many"] and first["unit"] == "cấp":
        return _all_levels(text, low, first, end)
    office = shown = _shown(text, first)
    found: list[Collective] = []
    stop = first.end()
    pieces, tail = [(first["unit"], first)], ""
    while True:
        modified = _modifiers().match(low, stop, end)
        if modified:
            stop, tail = modified.end(), modified.group()
        gap = _SEPARATOR.match(low, stop, end)
        following = _units().match(low, gap.end(), end) if gap else None
        if gap is None or following is None or _names_one(text, low, following, end):
            break
        if _VAGUE.search(tail) and not following["many"]:
            break
        if following["many"] and not (following["office"] and office and not _is_school(pieces[0][1], following)):
            break
        if _one_body(text, first, following) or not _goes_with(first, following):
            break
        if ((following["office"] or following["head"]) and not office) or following["office"] == "chánh":
            break
        if _is_whole(following) or _is_whole(pieces[-1][1]):
            found.append(_made(low, pieces, stop, shown))
            shown = _shown(text, following) or shown
            pieces, tail = [], ""
        pieces.append((low[stop : gap.end()] if not following["office"] else ", ", following))
        stop = following.end()
    alone = not found and len(pieces) == 1
    if alone and _names_one(text, low, pieces[-1][1], end):
        return []
    if not first["many"] and alone and not _VAGUE.search(tail):
        return []
    if not first["many"] and (_OWN.match(low, stop, end) or _compound().search(low, max(0, start - 16), start)):
        return []
    if _is_public(pieces) and not _VAGUE.search(tail):
        return []
    return [*found, _made(low, pieces, stop, shown)]


def _is_public(pieces: list[tuple[str, re.Match[str]]]) -> bool:
    """Whether the list means anybody ("cơ quan, tổ chức, cá nhân"): the public, not an actor of the plan."""
    units = {one_spaced(unit["unit"]) for _, unit in pieces}
    if not all(unit.startswith(("tổ chức", "cá nhân", "cơ quan")) for unit in units):
        return False
    return "cá nhân" in units or (units == {"cơ quan", "tổ chức"} and pieces[0][1]["many"] is None)


def _goes_with(first: re.Match[str], following: re.Match[str]) -> bool:
    """Whether a unit that is named so only behind others of its kind stands behind such: "các trường đại học, cao
    đẳng", "các lực lượng công an, quân đội"."""
    kinds = ("trường", "lực lượng", "hợp tác xã")
    return one_spaced(following["unit"]) not in grammar()["units_behind"] or first["unit"].startswith(kinds)


def _is_school(first: re.Match[str], following: re.Match[str]) -> bool:
    """Whether one of the units is a school, whose head is named apart ("Hiệu trưởng các trường, Thủ trưởng các vụ")."""
    return first["unit"].startswith("trường") != following["unit"].startswith("trường")


def _is_whole(unit: re.Match[str]) -> bool:
    """Whether the unit is a noun phrase of its own ("cơ quan ngang Bộ"), so that it starts another actor."""
    return one_spaced(unit["unit"]) in grammar()["whole_units"]


def _made(low: str, pieces: list[tuple[str, re.Match[str]]], stop: int, office: str | None) -> Collective:
    first = pieces[0][1]
    name = _compose(low, pieces, stop)
    if _is_whole(first) and not first["many"]:
        name = name.removeprefix("các ")
    return Collective(name, first.start(), stop, office, _VAGUE.search(name) is not None)


def _all_levels(text: str, low: str, first: re.Match[str], end: int) -> list[Collective]:
    """ "Các cấp, các ngành" is one actor; what is listed behind it is another."""
    gap = _SEPARATOR.match(low, first.end(), end)
    second = _units().match(low, gap.end(), end) if gap else None
    if second is None or second["unit"] != "ngành" or not second["many"]:
        return [Collective("các cấp", first.start(), first.end(), first["office"], False)]
    modified = _modifiers().match(low, second.end(), end)
    stop = modified.end() if modified else second.end()
    found = [Collective("các cấp, các ngành", first.start(), stop, first["office"], False)]
    gap = _SEPARATOR.match(low, stop, end)
    third = _units().match(low, gap.end(), end) if gap else None
    if gap and third and not third["many"] and not _names_one(text, low, third, end):
        pieces = [(third["unit"], third)]
        stop = third.end()
        while (
            (gap := _SEPARATOR.match(low, stop, end))
            and (more := _units().match(low, gap.end(), end))
            and not more["many"]
            and not _names_one(text, low, more, end)
        ):
            pieces.append((low[stop : gap.end()], more))
            stop = more.end()
        modified = _modifiers().match(low, stop, end)
        stop = modified.end() if modified else stop
        name = _compose(low, pieces, stop)
        found.append(Collective(name, third.start(), stop, None, _VAGUE.search(name) is not None))
    return found


def _is_list(low: str, at: int, end: int) -> bool:
    """Whether a bare unit at ``at`` is plural: another unit follows, or "liên quan"."""
    gap = _SEPARATOR.match(low, at, end)
    modified = _modifiers().match(low, at, end)
    if modified and _VAGUE.search(modified.group()):
        return True
    return gap is not None and gap.end() > gap.start() and _units().match(low, gap.end(), end) is not None


def _names_one(text: str, low: str, unit: re.Match[str], end: int) -> bool:
    """Whether a capitalised name follows the unit ("Sở Tài chính"), so that it is no collective."""
    at = unit.end()
    if text[unit.start("unit") : at].isupper() and at - unit.start("unit") > 1:
        return False
    if re.match(r" (?:trung ương|nhà nước|chính phủ|đảng)", low[at : min(at + 12, end)]):
        return False
    if unit["many"] and unit["unit"] in grammar()["levels"] and _regions().match(low, at + 1, end):
        return False
    rest = text[at : min(at + 3, end)]
    if rest[:1] == ":" and unit["unit"] not in grammar()["shared_heads"]:
        return False
    return len(rest) > 1 and rest[0] in " \u00a0:" and rest[1:].strip()[:1].isupper()


def _one_body(text: str, first: re.Match[str], following: re.Match[str]) -> bool:
    """Whether a capital letter among small ones marks a body of its own ("các sở, ban, ngành và Thanh tra tỉnh")."""
    small = text[first.start("unit")].islower()
    words = text[following.start("unit") : following.end("unit")]
    return small and " " in words and words[0].isupper() and level(words) in _single_heads()


@cache
def _single_heads() -> frozenset[str]:
    return frozenset(map(level, grammar()["heads"]))


def _compose(low: str, pieces: list[tuple[str, re.Match[str]]], stop: int) -> str:
    words = pieces[0][1]["unit"]
    last = pieces[0][1].end()
    for joint, match in pieces[1:]:
        between = _modifiers().match(low, last, match.start())
        words += (between.group() if between else "") + _joint(joint) + match["unit"]
        last = match.end()
    words += low[last:stop]
    words = re.sub(r"\s+", " ", words)
    many = pieces[0][1]["many"]
    many = many if many in grammar()["each"] else "các"
    return f"{many} " + re.sub(r"có liên quan|hữu quan", "liên quan", words)


def _joint(joint: str) -> str:
    return " và " if "và" in joint else ", "


def _shown(text: str, unit: re.Match[str]) -> str | None:
    """The office through which a unit is named, as printed."""
    if unit["head"]:
        return text[unit.start("unit") : unit.end()]
    return text[unit.start("office") : unit.end("office")] if unit["office"] else None


@cache
def _proper_words() -> dict[str, str]:
    """Words, levelled, that are written with a capital in the name of a collective actor, as they are written."""
    return {**grammar()["proper_words"], **{level(region): region for region in grammar()["regions"]}}


@cache
def _proper() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(_proper_words())})(?!\w)")


def display(name: str, vague: bool) -> str:
    """``name`` in the canonical letter case: "Các Bộ, ngành", but "các đơn vị liên quan"."""
    name = _proper().sub(lambda word: _proper_words()[one_spaced(word.group())], name)
    return name if vague else name[:1].upper() + name[1:]


class Levels(NamedTuple):
    """Administrative levels after UBND or HĐND: ``names`` in canonical order, ``plural``, where they stand."""

    names: tuple[str, ...]
    plural: bool
    start: int
    end: int
    tail: str


def find_levels(text: str, low: str, start: int, end: int) -> Levels | None:
    """The levels listed at ``start``: "các huyện, thị xã, thành phố", "tỉnh", "11 phường"."""
    match = _levels().match(low, start, end)
    if match is None:
        return None
    plural, stop, names = match["many"] is not None, match.end(), [match["level"]]
    while gap := _SEPARATOR.match(low, _skip_name(text, stop, end) if plural else stop, end):
        following = _levels().match(low, gap.end(), end)
        if following is None or (not plural and text[following.end() :].lstrip(" ")[:1].isupper()):
            break
        names.append(following["level"])
        stop = following.end()
    plural = plural or len(names) > 1
    if plural and len(names) > 1:
        stop = _skip_name(text, stop, end)
    tail = _modifiers().match(low, stop, end) if plural else None
    spaced = [one_spaced(n) for n in names]
    full = {_LEVEL_SHORT.get(n, n) for n in spaced}
    return Levels(
        tuple(sorted(full, key=_LEVEL_RANK.index)),
        plural,
        start,
        tail.end() if tail else stop,
        tail.group().strip() if tail else "",
    )


_NAME = re.compile(rf"(?:[ \u00a0][{CAPITALS}][^\W\d_]+){{1,3}}")


def _skip_name(text: str, at: int, end: int) -> int:
    name = _NAME.match(text, at, end)
    return name.end() if name else at
