"""What is wrong with a malformed query, for people: the place, and the reason where there is one.

The engine's own message lists everything its parser could have gone on with, which helps nobody.
"""

from __future__ import annotations

import re
from typing import Final

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_UNDECLARED: Final = re.compile(r"([\w.-]*):[\w.%:-]*\Z")
_NAME: Final = 200
"""Characters before the place in which a prefixed name is looked for."""
_SENTENCE: Final = re.compile(r"[A-Z][a-z]+(?: [\w?]+){2,}")


def explain(error: SyntaxError, query: str) -> str:
    """One line about the error that the engine raised on ``query``."""
    found = _PLACE.match(str(error))
    if found is None:
        return str(error).partition("\n")[0] or "it cannot be read"
    line, column, expected = int(found[1]), int(found[2]), found[3]
    where = f"error at {line}:{column} (line {line}, column {column})"
    if "Prefix not found" in expected:
        before = "".join(query.split("\n")[line - 1 : line])[: column - 1]
        name = _UNDECLARED.search(before[-_NAME:])
        return f"{where}: the prefix {name[1]}: is not declared" if name else f"{where}: a prefix is not declared"
    reason = _SENTENCE.search(expected)
    return f"{where}: {reason[0]}" if reason else where
