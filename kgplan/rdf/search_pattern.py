"""Search by meaning inside SPARQL: ``(?statement ?score) kgp:search ("words" 10)``.

The pattern is plain SPARQL 1.1 syntax, so any editor accepts it. Before a query is evaluated, each such pattern is
replaced by a VALUES block with the statements that the search found and their scores; the engine then joins them
with the rest of the query. ``?statement kgp:search "words"`` is the short form, and may stand among other properties
of the statement, divided by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from kgplan.errors import QueryError
from kgplan.rdf.query_guard import Token, place, prefixes_of, tokens_of, unescape
from kgplan.rdf.vocabulary import PREFIXES, kgp

SEARCH: Final = kgp("search")
DEFAULT_HITS: Final = 10
MAX_HITS: Final = 200
MAX_PATTERNS: Final = 5
MAX_WORDS: Final = 500
"""Characters of all searches of a query together; encoding them is not covered by the limits of a query."""

Search = Callable[[str, int], Sequence[tuple[str, float]]]
"""From words and a number of hits to the IRIs of statements with their scores, best first."""

_WHOLE: Final = re.compile("[0-9]+")
_FORMS: Final = 'write (?statement ?score) kgp:search ("words" 10) or ?statement kgp:search "words"'
_STRING_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def expand(query: str, search: Search) -> str:
    """``query`` with each search pattern replaced by what ``search`` finds; unchanged when it has none.

    Raises QueryError with the place when a pattern has another form, asks for more than MAX_HITS hits, or when
    there are more than MAX_PATTERNS or their words have more than MAX_WORDS characters together.
    """
    if "search" not in query.lower() and "\\" not in query:
        return query
    text = unescape(query)
    tokens = tokens_of(text)
    prefixes = {**PREFIXES, **prefixes_of(tokens)}
    at = [i for i, token in enumerate(tokens) if _iri(token, prefixes) == SEARCH]
    if not at:
        return query
    if len(at) > MAX_PATTERNS:
        raise QueryError(f"{len(at)} searches in one query; at most {MAX_PATTERNS} are done")
    objects = [_object(tokens, index, text) for index in at]
    length = sum(len(words) for _, words, _ in objects)
    if length > MAX_WORDS:
        raise QueryError(
            f"the words to search for have {length} characters; at most {MAX_WORDS} are taken in one query"
        )
    pieces: list[str] = []
    done = 0
    for index, (last, words, hits) in zip(at, objects, strict=True):
        first, variables = _subject(tokens, index, text)
        pieces += [text[done : max(done, tokens[first].start)], _values(variables, search(words, hits))]
        done, more = _continued(tokens, last)
        if more and len(variables) > 1:
            where = place(text, tokens[index].start)
            raise QueryError(f"the search at {where} is followed by ';'; end it with a full stop and name the subject")
        pieces += [f" {variables[0]}"] if more and more not in at else []
    return "".join([*pieces, text[done:]])


def _iri(token: Token, prefixes: dict[str, str]) -> str | None:
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        return prefixes.get(prefix, "") + local
    return None


def _continued(tokens: list[Token], last: int) -> tuple[int, int]:
    """Where the pattern ends, semicolons behind it included, and the index of the subject's next property or 0."""
    following = last + 1
    while following < len(tokens) and tokens[following].text == ";":
        following += 1
    more = last + 1 < following < len(tokens) and tokens[following].text not in (".", "}", "]")
    return tokens[following - 1].end, following if more else 0


def _shared_subject(tokens: list[Token], index: int) -> str | None:
    """The variable whose properties the one at ``index`` continues behind a semicolon, or None."""
    opened = 0
    for before in range(index - 2, -1, -1):
        token = tokens[before]
        if token.text in (")", "]") and (opened or not _ends_condition(tokens, before)):
            opened += 1
        elif token.text in ("(", "[") and opened:
            opened -= 1
        elif not opened and token.text in (".", "{", "}", ")", "(", "["):
            subject = tokens[before + 1]
            return subject.text if subject.kind == "variable" else None
    return None


def _ends_condition(tokens: list[Token], closing: int) -> bool:
    """Whether the parenthesis ends a FILTER or BIND, after which a triple may begin without a full stop."""
    if tokens[closing].text != ")":
        return False
    depth = 0
    for before in range(closing, -1, -1):
        depth += (tokens[before].text == ")") - (tokens[before].text == "(")
        if depth == 0:
            opener = tokens[before - 1] if before else tokens[closing]
            named = opener.kind in ("iri", "name") and before > 1 and tokens[before - 2].is_word("FILTER")
            return named or (opener.kind == "word" and opener.text != "a")
    return False


def _subject(tokens: list[Token], index: int, text: str) -> tuple[int, list[str]]:
    """Where the pattern begins, and the one or two variables of its subject."""
    if index >= 1 and tokens[index - 1].text == ";":
        shared = _shared_subject(tokens, index)
        if shared is None:
            raise QueryError(f"the search at {place(text, tokens[index].start)} has no such subject; {_FORMS}")
        return index - 1, [shared]
    if index >= 1 and tokens[index - 1].kind == "variable":
        return index - 1, [tokens[index - 1].text]
    first = index - 1
    while first >= 0 and tokens[first].text != "(" and index - first <= 4:
        first -= 1
    variables = tokens[first + 1 : index - 1]
    closed = first >= 0 and tokens[first].text == "(" and tokens[index - 1].text == ")"
    if not closed or not 1 <= len(variables) <= 2 or any(token.kind != "variable" for token in variables):
        raise QueryError(f"the search at {place(text, tokens[index].start)} has no such subject; {_FORMS}")
    return first, [token.text for token in variables]


def _object(tokens: list[Token], index: int, text: str) -> tuple[int, str, int]:
    """Where the object ends, the words and the number of hits. A language tag behind the words says nothing."""
    where = place(text, tokens[index].start)
    places = [i for i in range(index + 1, len(tokens)) if tokens[i].kind != "language"][:4]
    rest = [*(tokens[i] for i in places), *[Token("end", "", len(text))] * 4]
    hits = DEFAULT_HITS
    if rest[0].kind == "string":
        words, length = rest[0], 1
    elif rest[0].text == "(" and rest[1].kind == "string" and rest[2].text == ")":
        words, length = rest[1], 3
    elif rest[0].text == "(" and rest[1].kind == "string" and _WHOLE.fullmatch(rest[2].text) and rest[3].text == ")":
        words, length = rest[1], 4
        hits = _number(rest[2].text)
    else:
        raise QueryError(f"the search at {where} has no such object; {_FORMS}")
    if not 1 <= hits <= MAX_HITS:
        raise QueryError(f"the search at {where} asks for {rest[2].text[:20]} hits; ask for 1 to {MAX_HITS}")
    last = places[length - 1]
    if length == 1 and last + 1 < len(tokens) and tokens[last + 1].kind == "language":
        last += 1
    if last + 1 < len(tokens) and tokens[last + 1].text == ",":
        raise QueryError(f"the search at {where} is followed by ','; write one object")
    plain = _unquoted(words.text)
    if not plain.strip():
        raise QueryError(f"the search at {where} has no words")
    return last, plain, hits


def _number(digits: str) -> int:
    """The number, or one that is too large when it is; Python refuses to read thousands of digits."""
    return int(digits) if len(digits.lstrip("0")) <= len(str(MAX_HITS)) else MAX_HITS + 1


def _unquoted(literal: str) -> str:
    quote = literal[:3] if literal[:3] in ("'''", '"""') else literal[0]
    body = literal[len(quote) : -len(quote)]
    return _STRING_ESCAPE.sub(
        lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _PLAIN.get(m[3], m[3]),
        body,
    )


def _values(variables: list[str], found: Sequence[tuple[str, float]]) -> str:
    rows = (f"(<{iri}> {score:.6f})" if len(variables) == 2 else f"(<{iri}>)" for iri, score in found)
    return f"VALUES ({' '.join(variables)}) {{ {' '.join(rows)} }}"
