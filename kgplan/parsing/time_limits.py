"""Time limits that no calendar fixes: so much time, counted from an event or back from it.

"trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ", "chậm nhất 10 ngày trước khi tổ chức hội nghị". How long
something lasts, is valid or is shown, and when an act enters into force, are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kgplan.model import Deadline
from kgplan.parsing.word_lists import inside_pattern, load, phrase_pattern

WINDOW = 80
"""How far before and behind a length of time its words are looked for, in characters."""
NEAR = 30
"""How far before those words, in characters, a word shows that something lasts so long and is not due."""

_UNITS = {"phút": "TM", "giờ": "TH", "ngày": "D", "tuần": "W", "tháng": "M", "quý": "Q", "năm": "Y"}
_SENTENCE = re.compile(r"[.;\n](?:\s|\Z)")
_CASE = re.compile(
    r"^\s*[;,]\s*(?:riêng\s+|đối\s+với\s+)?(?:các\s+)?trường\s+hợp\s[^;.\n]{0,60}?(?:không\s+quá|tối\s+đa|là)\s+\Z",
    re.IGNORECASE,
)
"""A case with a limit of its own behind one ("…; trường hợp phức tạp không quá 05 ngày")."""
_LONG = ("tháng", "quý", "năm")
_TENS = "mươi"


@dataclass(frozen=True, slots=True)
class _Words:
    length: re.Pattern[str]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    back: re.Pattern[str]
    least: re.Pattern[str]
    labelled: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str]
    ahead: re.Pattern[str]
    front: re.Pattern[str]
    behind: re.Pattern[str]
    refused_after: re.Pattern[str]
    lasting: re.Pattern[str]
    effect: re.Pattern[str]
    share: re.Pattern[str]
    end_of_event: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = load("time_limits")

    def any_of(*names: str) -> str:
        return phrase_pattern([phrase for name in names for phrase in raw[name]]).pattern

    numeral = rf"(?:{any_of('numerals')})"
    number = (
        rf"(?:(?:(?:\d{{1,3}}|{numeral}(?:\s+{numeral}){{0,3}}?)\s?[-–]\s?)?"
        rf"(?:(?P<digits>\d{{1,3}})(?:\s*\({numeral}(?:\s+{numeral}){{0,3}}\))?"
        rf"|(?P<spelt>{numeral}(?:\s+{numeral}){{0,3}}?)(?:\s*\(\d{{1,3}}\))?))"
    )
    fill = rf"(?:[\s:,]*(?:{any_of('fillers')}))*[\s:]*\Z"
    event = r"(?P<event>\S[^,;.|\n]{2,160})"
    return _Words(
        length=re.compile(
            rf"(?<![\w/.,\-–])(?<!ngày\s)(?<!tháng\s){number}\s+"
            rf"(?P<unit>{'|'.join(_UNITS)})(?:\s+(?P<working>{any_of('working')}))?(?![\w/])(?!\s*\d)",
            re.IGNORECASE,
        ),
        strong=re.compile(rf"(?<!\w)(?:{any_of('strong')}){fill}", re.IGNORECASE),
        weak=re.compile(rf"(?<!\w)(?:{any_of('weak')}){fill}", re.IGNORECASE),
        back=re.compile(rf"(?<!\w)trước\s+(?:{any_of('least')})?{fill}", re.IGNORECASE),
        least=re.compile(rf"(?<!\w){any_of('least')}\s+\Z", re.IGNORECASE),
        labelled=re.compile(
            rf"(?<!\w)(?:{any_of('labels')})(?:\s+[^\W\d]+){{0,8}}?(?:\s*:|\s+(?P<most>{any_of('most')})){fill}",
            re.IGNORECASE,
        ),
        after=re.compile(rf"\s*[,(]?\s*(?:(?:{any_of('from')})\s+|(?=khi\s)){event}", re.IGNORECASE),
        before=re.compile(rf"\s*,?\s*(?:{any_of('before')})\s+{event}", re.IGNORECASE),
        ahead=re.compile(
            rf"(?<!\w)trước\s+(?P<event>(?:ngày|khi|phiên|cuộc|kỳ|hội|thời)\s+[^,;.\n\d]{{2,80}}?)[\s,]+(?:(?:{any_of('least')})\s+)?\Z",
            re.IGNORECASE,
        ),
        behind=re.compile(
            rf"(?<!\w)sau\s+(?P<event>(?:ngày|khi)\s+[^,;.\n\d]{{2,60}}?)\s+(?:{any_of('most')})\s+\Z", re.IGNORECASE
        ),
        front=re.compile(rf"(?<!\w)(?:{any_of('from')})\s+{event},", re.IGNORECASE),
        refused_after=re.compile(rf"\s+{any_of('refused_after')}", re.IGNORECASE),
        lasting=inside_pattern(raw["lasting"]),
        effect=re.compile(rf"[^;.\n]{{0,{WINDOW}}}{any_of('effect')}", re.IGNORECASE),
        share=re.compile(rf"\s+{any_of('share')}", re.IGNORECASE),
        end_of_event=inside_pattern(raw["end_of_event"]),
    )


def find_time_limits(text: str, start: int, end: int, taken: Sequence[Deadline]) -> list[Deadline]:
    """The time limits in ``text[start:end]`` that overlap none of ``taken``, in order, without a date.

    The length is an xsd:duration in its canonical form, negative when it is counted back from the event. A length that
    is said to go with the one before it ("10 ngày đối với sách và 05 ngày đối với …") is a limit as that one is.
    """
    words = _words()
    spans = [(deadline.start, deadline.end) for deadline in taken]
    found: list[Deadline] = []
    for length in words.length.finditer(text, start, end):
        if _value(length) == 0:
            continue
        limit = _limit(text, start, end, length)
        if limit is None and found and _shares(text, found[-1], length, end):
            limit = _deadline(text, length.start(), length.end(), length)
        if limit is not None and not any(a < limit.end and limit.start < b for a, b in spans):
            found.append(limit)
            spans.append((limit.start, limit.end))
    return found


def _limit(text: str, start: int, end: int, length: re.Match[str]) -> Deadline | None:
    words = _words()
    if words.refused_after.match(text, length.end(), end):
        return None
    sentence = max(start, length.start() - 2 * WINDOW)
    for stop in _SENTENCE.finditer(text, sentence, length.start()):
        sentence = stop.end()
    return _counted_back(text, sentence, end, length) or _counted_on(text, sentence, end, length)


def _counted_back(text: str, sentence: int, end: int, length: re.Match[str]) -> Deadline | None:
    """A length before an event: "ít nhất 10 ngày trước khi …", "trước ngày họp ít nhất 05 ngày", "trước 5 ngày"."""
    words = _words()
    begin = max(sentence, length.start() - WINDOW)
    ahead = words.ahead.search(text, begin, length.start())
    back = words.back.search(text, begin, length.start())
    before = words.before.match(text, length.end(), end)
    told = before or ahead
    cues = [cue.search(text, begin, length.start()) for cue in (words.least, words.strong)]
    if not (told or back) or (not any(cues) and length["unit"].lower() in _LONG):
        return None
    first = min(match.start() for match in (*cues, ahead, back, length) if match is not None)
    close = _event_end(text, before) if before else length.end()
    event = text[told.start("event") : close if before else told.end("event")] if told else None
    return _deadline(text, first, close, length, event, back=True)


def _counted_on(text: str, sentence: int, end: int, length: re.Match[str]) -> Deadline | None:
    """A length within which something is due, from an event that the text names behind it, before it or nowhere."""
    words = _words()
    begin = max(sentence, length.start() - WINDOW)
    strong = words.strong.search(text, begin, length.start())
    labelled = words.labelled.search(text, begin, length.start())
    weak = words.weak.search(text, begin, length.start())
    after = words.after.match(text, length.end(), end)
    behind = words.behind.search(text, begin, length.start())
    cue = behind or strong or labelled or weak
    sure = cue is not None and cue is not weak
    if cue is None and _alone(text, sentence, end, length, after):
        cue, sure = length, True
    if cue is None or not (sure or after or length["working"]):
        return None
    if length["unit"].lower() == "năm" and not (sure and after):
        return None
    clause = text[max(sentence, text.rfind(",", sentence, cue.start()) + 1, cue.start() - NEAR) : cue.end()]
    close = _event_end(text, after) if after else length.end()
    if words.lasting.search(clause) or words.effect.match(text, close, end):
        return None
    front = words.front.search(text, sentence, cue.start()) if after is None else None
    told = behind or front
    event = text[after.start("event") : close] if after else told["event"] if told else None
    first = cue.start("most") if cue is labelled and labelled["most"] else cue.start()
    return _deadline(text, first, close, length, event)


def _alone(text: str, begin: int, end: int, length: re.Match[str], after: re.Match[str] | None) -> bool:
    """Whether the length opens the words from ``begin`` on, as in a cell, and an event or nothing stands behind it."""
    opens = not text[begin : length.start()].strip(" |-+•*–")
    return opens and (after is not None or not text[length.end() : end].strip(" .;|"))


def _event_end(text: str, told: re.Match[str]) -> int:
    """Where the words of an event end: before the next clause."""
    stop = _words().end_of_event.search(text, told.start("event"), told.end("event"))
    close = stop.start() if stop else told.end("event")
    return told.start("event") + len(text[told.start("event") : close].rstrip(" )"))


def _shares(text: str, last: Deadline, length: re.Match[str], end: int) -> bool:
    between = text[last.end : length.start()]
    if _CASE.search(between):
        return True
    joined = re.search(r"(?:,|;|\bvà|\bhoặc)\s+\Z", between) is not None
    near = len(between) <= WINDOW and not re.search(r"[.\n]", between)
    return joined and near and _words().share.match(text, length.end(), end) is not None


def _deadline(
    text: str, begin: int, close: int, length: re.Match[str], event: str | None = None, *, back: bool = False
) -> Deadline:
    return Deadline(
        None,
        True,
        text[begin:close],
        begin,
        close,
        duration=("-" if back else "") + _duration(_value(length), length["unit"].lower()),
        working_days=length["working"] is not None,
        event=" ".join(event.split()) if event else None,
    )


def _value(length: re.Match[str]) -> int:
    if length["digits"]:
        return int(length["digits"])
    numerals = load("time_limits")["numerals"]
    value = 0
    for word in length["spelt"].lower().split():
        if word == _TENS:
            value *= 10
        else:
            value += int(numerals[word])
    return value


def _duration(value: int, unit: str) -> str:
    """An xsd:duration in the canonical form of XML Schema: no 24 hours, no 12 months."""
    code = _UNITS[unit]
    if code in ("D", "W"):
        return f"P{value * (7 if code == 'W' else 1)}D"
    if code in ("M", "Q", "Y"):
        years, months = divmod(value * {"M": 1, "Q": 3, "Y": 12}[code], 12)
        return "P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    days, minutes = divmod(value * (60 if code == "TH" else 1), 24 * 60)
    hours, minutes = divmod(minutes, 60)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    return "P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
