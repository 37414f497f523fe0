"""Where an unknown agency's name ends: capitalised words, lower-case words that belong to them, no predicate."""

from __future__ import annotations

import re
from functools import cache

from kgplan.parsing.collectives import alternation, grammar, one_of
from kgplan.parsing.level import level
from kgplan.parsing.tokens import CAPITALS, Token, one_spaced, tokens
from kgplan.parsing.word_lists import load

_LIMIT = 160
_ACRONYM = re.compile(r"\s*\([A-ZĐ][A-ZĐ ]{1,14}\)\s*")
_SHORT = 2
"""How many syllables may tell which units are meant before a comma or stop."""
_PLACE = re.compile(
    rf"(?:[ \u00a0][{CAPITALS}][^\W\d_]*){{1,4}}"
    rf"(?:[ \u00a0][-–][ \u00a0][{CAPITALS}][^\W\d_]*(?:[ \u00a0][{CAPITALS}][^\W\d_]*)?)?"
)
_REGION = re.compile(
    rf"(?:số[ ]\d{{1,3}}(?!\w)"
    rf"|(?:miền|vùng|phía|khu vực)[ ][{CAPITALS}\d][^\W_]*(?:[ ][{CAPITALS}][^\W\d_]*){{0,3}})"
)
"""Which of several bodies of one name is meant: "miền Trung", "số 1"."""
_RANK = re.compile(r"(?:cấp\s+(?:tỉnh|huyện|xã|quốc\s+gia|trung\s+ương|cơ\s+sở|bộ)|khu\s+vực)(?!\w)")
_CLOSED_LIST = re.compile(
    rf"[{CAPITALS}][^\s,;.:]*(?: [^\s,;.:]+){{0,7}}(?:, [{CAPITALS}][^\s,;.:]*(?: [^\s,;.:]+){{0,7}})* và [{CAPITALS}]"
)
_ANSWERS = re.compile(r"[^,;:.()\n]{3,60}?(?=\s+(?:(?:phải|cần|sẽ|trực\s+tiếp)\s+)*(?:có|chịu)\s+trách\s+nhiệm(?!\w))")
_FIRM_END = re.compile(
    r"\s*(?:[:;(]|và\s+các|chủ\s+trì|phối\s+hợp|có\s+trách|chịu\s+trách|cần(?!\w)|phải(?!\w)|là\s+(?:cơ|đơn|đầu|tổ)|trực\s+thuộc|có\s+chức)"
)


@cache
def _heads() -> re.Pattern[str]:
    words = (*map(level, grammar()["heads"]), *grammar()["offices"], "ubnd", "hđnd", "ủy ban")
    return re.compile(rf"(?!(?:{alternation(grammar()['not_names'])})(?!\w))(?:{alternation(words)})(?!\w)")


@cache
def _verbs() -> re.Pattern[str]:
    data = grammar()
    return re.compile(
        rf"(?!(?:{alternation(data['not_verbs'])})(?!\w))(?:{alternation(data['verbs'])}|các|những)(?!\w)"
    )


def opens_predicate(low: str, at: int, end: int) -> bool:
    """Whether a verb that no name begins with stands at ``at``."""
    return _verbs().match(low, at, end) is not None


@cache
def _fields() -> tuple[str, ...]:
    """The fields of government whose names hold "và": "tài nguyên và môi trường"."""
    sectors = load("agencies")["sectors"]
    return tuple(level(name) for name, *_ in sectors if " và " in name)


@cache
def _closing() -> frozenset[str]:
    """Compounds with which a name ends."""
    return frozenset((*_fields(), *grammar()["compounds_that_close_names"]))


@cache
def _ends_in_field() -> re.Pattern[str]:
    """The second element of a name that closes with a field: "Chính sách tài nguyên và môi trường"."""
    return re.compile(rf"[^\W\d_]+(?:\s+[^\W\d_]+){{0,2}}\s+(?:{alternation(_fields())})(?!\w)")


@cache
def _compounds() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation((*grammar()['compounds_in_names'], *_closing()))})(?!\w)")


@cache
def _below() -> re.Pattern[str]:
    """The ranks below the province."""
    return re.compile(rf"(?:{alternation(set(grammar()['levels']) - {'tỉnh', 'thành phố', 'tp', 'tx'})})(?!\w)")


def name_end(text: str, low: str, start: int, end: int, *, commas: bool = True, company: bool = False) -> int | None:
    """The end of the name whose tail (what stands behind the head "Cục", "Trung tâm") begins at ``start``.

    Capitalised words belong to it; lower-case ones do up to a verb, a preposition or a mark. A long row of
    lower-case words that ends at a preposition has run into a predicate with an unknown verb and is cut. None
    when nothing there is a name. With ``commas``, "Chế biến, Thương mại và Nghề muối" is one name; in a ``company``'s,
    words such as "xây dựng" belong to it in small letters too.
    """
    stop: int | None = None
    capital_end: int | None = None
    after_capital: int | None = None
    capitals = plain = 0
    joined = False
    known = one_of("tails").match(low, start, end)
    compound_end = known.end() if known else start
    closed = start if company else compound_end
    previous: Token | None = None
    for token in tokens(text, start, min(end, start + _LIMIT)):
        if previous is None and token.start != start:
            return None
        joint = low[previous.end : token.start] if previous else ""
        mark = joint.strip()
        if token.start < compound_end and "\n" not in joint:
            previous, stop, joined = token, token.end, False
            capitals, plain = (capitals + 1, 0) if text[token.start].isupper() else (capitals, plain + 1)
            capital_end = after_capital = stop
            continue
        capital = text[token.start].isupper() or text[token.start].isdigit()
        if text[token.start].isdigit() and plain > _SHORT and capitals > 1:
            return capital_end
        if mark and _ACRONYM.fullmatch(text[previous.end : token.start] if previous else ""):
            mark = ""
        if "\n" in joint or mark not in ("", "-", "/", ",") or (mark in ("-", "/") and not capital):
            break
        if mark == "," and not (commas and _comma_inside(text, low, token.start, end, capital)):
            break
        if previous is not None and (capital or joined) and _heads().match(low, token.start, end):
            break
        if token.word == "và":
            if joined:
                break
            previous, joined = token, True
            continue
        rank = _RANK.match(low, token.start, end)
        if rank is not None and _PLACE.match(text, rank.end(), end) is None:
            return rank.end()
        ending = one_of("name_ends").match(low, token.start, end)
        if not capital and previous is not None and previous.end == closed:
            below = _below().match(low, token.start, end) or _REGION.match(text, token.start, end)
            if below is not None:
                return below.end()
            if not ending and token.word != "về":
                break
        if not capital:
            opening = previous is None or joined or mark == ","
            verb = _verbs().match(low, token.start, end)
            if verb is None and not opening:
                verb = one_of("verbs_in_names").match(low, token.start, end)
                if (
                    verb is not None
                    and verb.group() in grammar()["verbs_in_companies"]
                    and (
                        (company and capitals < 2 and (joined or verb.group() != "quản lý"))
                        or _without_object(low, verb.end(), end)
                    )
                ):
                    verb = None
            compound = capitals == 1 and plain == 0 and token.word in grammar()["syllables_in_names"]
            if verb is not None and not compound:
                break
            if joined and capitals and not company and not _noun_after_and(low, token.start, end):
                break
            if token.word == "về" and previous is not None and (about := _about(low, token.start, end)):
                return about
            if one_of("prepositions").match(low, token.start, end):
                if plain > 2 and capitals and token.word not in ("thuộc", "trực"):
                    stop = capital_end if capitals > 1 else after_capital
                break
        if capital:
            capitals, plain = (capitals + 1 if plain == 0 else 1), 0
        else:
            plain += 1
        if capital and (tail := one_of("tails").match(low, token.start, end)):
            compound_end = max(compound_end, tail.end())
            closed = closed if company else compound_end
        if found := _compounds().match(low, token.start, end):
            compound_end = max(compound_end, found.end())
            closed = compound_end if one_spaced(found.group()) in _closing() else closed
        previous, stop, joined = token, token.end, False
        if capital:
            capital_end = after_capital = stop
        elif plain == 1:
            after_capital = stop
        if ending is not None and previous is not None and token.start != start and not (company and capital):
            at = _placed(text, low, ending.end(), end)
            return (_about(low, at + 1, end) if low.startswith(" về ", at) else None) or at
    if plain > 1 and capitals > 1:
        rank = _below().match(low, capital_end + 1, end) if capital_end is not None and capital_end < end else None
        return rank.end() if rank else capital_end
    return stop


def _placed(text: str, low: str, at: int, end: int) -> int:
    """Where a place behind the last word of a name ends, and a further such word ("Nhà nước khu vực Tây Bắc")."""
    place = _PLACE.match(text, at, end)
    at = place.end() if place else at
    more = one_of("name_ends").match(low, at + 1, end) if at < end and low[at] == " " else None
    return _placed(text, low, more.end(), end) if more else at


def free_tail(low: str, start: int, end: int) -> int:
    """Where words that tell which units are meant end ("các tỉnh | nuôi tôm trọng điểm:"), if a firm end stops them.

    ``start`` when there are none, or when a verb comes first.
    """
    stop, words = start, 0
    for count, token in enumerate(tokens(low, start, min(end, start + 70))):
        if low[stop : token.start].strip(" "):
            break
        if count > 7:
            return start
        if count and (_FIRM_END.match(low, token.start, end) or _another(low, stop, end)):
            return stop
        if _verbs().match(low, token.start, end):
            answer = _ANSWERS.match(low, token.start, end)
            return answer.end() if answer else start
        if (token.word != "của" or count < _SHORT) and one_of("prepositions").match(low, token.start, end):
            return start
        stop, words = token.end, count + 1
    if stop > start and re.compile(r"\s*[:(]").match(low, stop, end):
        return stop
    short = (
        words <= _SHORT
        and low[stop : stop + 1] in (".", ",", ";")
        and one_of("verbs_in_names").search(low, start, stop) is None
    )
    return stop if stop > start and short else start


@cache
def _trades() -> re.Pattern[str]:
    trade = rf"(?:{alternation(grammar()['trades'])})(?!\w)"
    return re.compile(rf"\s+{trade}(?:(?:\s*,|\s+và|\s+-)\s+{trade})*")


@cache
def _traders() -> re.Pattern[str]:
    form = r"(?:\s+(?:tnhh|mtv|cổ\s+phần|một\s+thành\s+viên))*"
    return re.compile(rf"(?<!\w)(?:{alternation(grammar()['units_with_trade'])}){form}$")


def trade_tail(low: str, name: str, start: int, end: int) -> int:
    """Where the words that tell the trade of units ``name`` end ("các doanh nghiệp | kinh doanh xăng dầu"); ``start``
    when there are none."""
    trade = _trades().match(low, start, end) if _traders().search(name) else None
    if trade is None:
        return start
    stop = trade.end()
    for count, token in enumerate(tokens(low, stop, min(end, stop + 50))):
        if low[stop : token.start].strip(" ") or token.word == "và":
            break
        if count > 4 or _verbs().match(low, token.start, end) or one_of("prepositions").match(low, token.start, end):
            break
        stop = token.end
    return stop


_LINE_OPENS = re.compile(r"(?:\A|\n)[ \t]*(?:Điều\s+\d+\.?|[\dIVXL.]{1,8}[.)]?|[a-zđA-ZĐ][.)]|[-+•*–])?[ \t]*\Z")
_LINE_TAIL = re.compile(
    r"(?:[ \u00a0]*,)?[ \u00a0][^\n:;.()]{1,90}[^\s:;.()](?=[ \u00a0]*(?:\([^()\n]*\))?[ \u00a0]*:?[ \u00a0]*(?:\n|\Z))"
)


def line_tail(text: str, low: str, begin: int, start: int, end: int) -> int:
    """Where a heading that is nothing but the units' name, begun at ``begin``, ends ("Các Trạm khí tượng, thuỷ văn");
    ``start`` when its line says more."""
    if _LINE_OPENS.search(text, max(0, begin - 20), begin) is None:
        return start
    rest = _LINE_TAIL.match(low, start, end)
    if rest is None:
        return start
    words = [word for word in tokens(low, start, rest.end()) if word.word != "không"]
    told = any(_verbs().match(low, word.start) or one_of("verbs_in_names").match(low, word.start) for word in words)
    named = any(_heads().match(low, word.start) or one_of("prepositions").match(low, word.start) for word in words)
    return start if told or named else rest.end()


def _about(low: str, at: int, end: int) -> int | None:
    """The end of "về xây dựng pháp luật" inside a name: few words, then a firm end."""
    known = one_of("tails").match(low, at + len("về "), end)
    if known is not None:
        return known.end()
    match = re.compile(r"về(?:[ \u00a0][^\W\d_]+){1,8}?(?=,|" + _FIRM_END.pattern + ")").match(low, at, end)
    return match.end() if match else None


def _comma_inside(text: str, low: str, at: int, end: int, capital: bool) -> bool:
    """Whether a comma before ``at`` stands inside one name: "Thi đua, khen thưởng chủ trì"."""
    if _heads().match(low, at, end):
        return False
    if capital:
        return (_CLOSED_LIST.match(text, at, end) or _ends_in_field().match(low, at, end)) is not None
    stop = at
    for count, token in enumerate(tokens(text, at, min(end, at + 60))):
        if token.start > stop + 1:
            break
        if count > 9:
            return False
        if count and _FIRM_END.match(low, token.start, end):
            return True
        if token.word != "và" and (
            _verbs().match(low, token.start, end) or one_of("prepositions").match(low, token.start, end)
        ):
            return False
        stop = token.end
    return _FIRM_END.match(low, stop, end) is not None


def _without_object(low: str, at: int, end: int) -> bool:
    """Whether a predicate or the like follows a word that may be a verb at once, so that it is none: "Chiến lược phát
    triển hướng dẫn"."""
    gap = re.compile(r"\s*").match(low, at, end)
    behind = gap.end() if gap else at
    if _FIRM_END.match(low, behind, end) or _verbs().match(low, behind, end) or _another(low, at, end):
        return True
    return one_of("verbs_in_names").match(low, behind, end) is not None


def _another(low: str, at: int, end: int) -> bool:
    """Whether another body is named behind a comma or "và" at ``at``."""
    joint = re.compile(r"(?:\s*,\s+(?:và\s+)?|\s+và\s+)").match(low, at, end)
    return joint is not None and _heads().match(low, joint.end(), end) is not None


def _noun_after_and(low: str, at: int, end: int) -> bool:
    """Whether lower-case words behind "và" close the name: a firm end of the name or a verb comes soon."""
    if re.compile(r"[^\W\d_]+(?:[ \u00a0][^\W\d_]+){0,4}?" + f"(?:{_FIRM_END.pattern})").match(low, at, end):
        return True
    if one_of("people").match(low, at, end):
        return False
    for count, token in enumerate(tokens(low, at, min(end, at + 40))):
        if _verbs().match(low, token.start, end) or one_of("verbs_in_names").match(low, token.start, end):
            return count > 0
        if count > 3 or one_of("prepositions").match(low, token.start, end):
            return False
        if _another(low, token.end, end):
            return True
    return False
