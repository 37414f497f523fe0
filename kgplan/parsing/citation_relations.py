"""How a statement relates to an act it cites: căn cứ, thực hiện, sửa đổi, thay thế, bãi bỏ, ban hành kèm theo."""

from __future__ import annotations

import re
from functools import lru_cache

from kgplan import text as keys
from kgplan.model import Relation
from kgplan.parsing.word_lists import inside_pattern, load, phrase_pattern

REACH = 240
"""How far before an act its relation's word is looked for, in characters."""

_SENTENCE_END = re.compile(r"[.;!?]\s|\n\s*\n")
_BETWEEN = re.compile(r"[\s,;]*(?:và|hoặc|cùng|với|các|số|\s)*[\s,:]*")


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], dict[str, Relation], re.Pattern[str], dict[str, Relation]]:
    raw = load("citation_relations")
    before: dict[str, Relation] = {keys.key(w): relation for relation, ws in raw["before"].items() for w in ws}
    after: dict[str, Relation] = {keys.key(w): relation for relation, ws in raw["after"].items() for w in ws}
    return (
        inside_pattern([w for ws in raw["before"].values() for w in ws]),
        before,
        phrase_pattern([w for ws in raw["after"].values() for w in ws]),
        after,
    )


def relation_before(text: str, start: int, mention: int, previous: tuple[int, Relation] | None) -> Relation:
    """The relation of the act named at ``mention`` in a statement that begins at ``start``.

    ``previous`` is the end and relation of the act named before it: in a mere list its relation holds on.
    """
    begin = max(start, mention - REACH)
    if previous:
        end, relation = previous
        if end >= begin and _BETWEEN.fullmatch(text, end, mention):
            return relation
        begin = max(begin, min(end, mention))
    for stop in _SENTENCE_END.finditer(text, begin, mention):
        begin = stop.end()
    pattern, relations, _, _ = _cues()
    last: Relation = "cites"
    for found in pattern.finditer(text, begin, mention):
        last = relations[keys.key(found.group())]
    return last


def relation_after(text: str, mention_end: int, end: int) -> Relation | None:
    """The relation that the words behind an act give it ("… hết hiệu lực"), or None."""
    _, _, pattern, relations = _cues()
    begin = mention_end
    while begin < end and text[begin] in " ,)":
        begin += 1
    found = pattern.match(text, begin, end)
    return relations[keys.key(found.group())] if found else None
