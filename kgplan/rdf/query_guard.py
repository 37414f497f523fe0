"""Reads a SPARQL query's tokens before anything evaluates it: which form it has, what it may not do.

The scanner follows the terminals of the SPARQL 1.1 grammar (section 19.8), so that a word inside a literal,
a comment, an IRI or a prefixed name is never taken for a keyword. One terminal cannot be told apart without
a full parse: ``<`` may open an IRI or compare two numbers (``1<2&&'a>…``). The scanner then follows both
readings, and a query is refused when *any* reading holds a ``SERVICE`` clause; no honest query does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args
from urllib.parse import urljoin, urlsplit

from kgplan.errors import QueryError, QueryRefusedError
from kgplan.rdf.vocabulary import DEFAULT_BASE, PREFIXES

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
FORMS: Final[dict[str, Form]] = {form: form for form in get_args(Form)}
UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"},
)

MAX_QUERY_CHARS: Final = 100_000
"""A longer query is refused: 50 times what the longest competency question needs."""

MAX_OPEN_QUOTES: Final = 50
"""Quotes that nothing closes, over all readings; more are refused, as each costs a scan to the text's end."""

MAX_DEPTH: Final = 200
"""Braces and brackets nested deeper are refused: a recursive parser could overrun its stack."""

_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_TOKEN = re.compile(
    r"""(?P<space>[\x00-\x20\ufeff]+|\#[^\n\r]*)
    |(?P<string>\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
      |\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<iri><[^<>\"{}|^`\\\x00-\x20]*>|<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    |(?P<variable>[?$][\w\u00b7]+)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<blank>_:[\w.\-\u00b7]*)
    |(?P<name>(?:[^\W\d_](?:[\w.\-\u00b7]{0,64}[\w\-\u00b7])?)?:(?:[\w.:\-\u00b7]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    |(?P<word>[^\W\d_][\w]*)
    |(?P<number>(?:\d+\.\d*|\.?\d+)[eE][+-]?\d+|\d*\.\d+|\d+)
    |(?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)

_ENDS_IN_SERVICE = re.compile(r"SERVICE(?:SILENT)?$", re.IGNORECASE)
_STARTS_WITH_SERVICE = re.compile(r"((?:TRUE|FALSE)?SERVICE)(?:(SILENT))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A terminal: its kind (a group name of the scanner), its text and where it starts."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where the next token starts."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether the token is one of the keywords, in any letter case."""
        return self.kind == "word" and self.text.upper() in words


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may be evaluated.

    ``text`` has its escapes undone, ``prefixes`` are those it declares. ``default_graphs`` are the IRIs of its
    FROM clauses and ``named_graphs`` those of FROM NAMED; both are None when it has neither. ``variables`` are the
    names of all variables of a ``SELECT *``, in the order of their appearance, and empty for other queries.
    """

    text: str
    form: Form
    prefixes: dict[str, str]
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    variables: tuple[str, ...] = ()


@lru_cache(maxsize=16)
def check(query: str, *, base_iri: str = DEFAULT_BASE) -> Checked:
    """Read ``query`` and say what it is; relative IRIs in FROM are resolved against ``base_iri``.

    Raises QueryError when it is empty, too long, nested too deep or has no query form, and
    QueryRefusedError when it is an update or has a SERVICE clause.
    """
    if len(query) > MAX_QUERY_CHARS:
        raise QueryError(f"the query has {len(query)} characters; at most {MAX_QUERY_CHARS} are read")
    text = unescape(query)
    scanner = _Scanner(text)
    tokens = list(scanner.reading())
    if not tokens:
        raise QueryError("the query is empty; write a SELECT, ASK, CONSTRUCT or DESCRIBE query")
    _check_depth(tokens, text)
    base, prefixes, body = _read_prologue(tokens, base_iri)
    if not body:
        raise QueryError("the query ends after its prologue; a SELECT, ASK, CONSTRUCT or DESCRIBE must follow")
    first = body[0]
    keyword = first.text.upper() if first.kind == "word" else ""
    if keyword in UPDATES:
        raise QueryRefusedError(f"{keyword} at {place(text, first.start)}: updates are refused, the graph is read-only")
    form = FORMS.get(keyword)
    if form is None:
        raise QueryError(
            f"expected SELECT, ASK, CONSTRUCT or DESCRIBE at {place(text, first.start)}, found {first.text[:30]!r}"
        )
    at = _service_clause(scanner, prefixes.keys() | PREFIXES.keys())
    if at is not None:
        raise QueryRefusedError(f"SERVICE at {place(text, at)}: queries to other endpoints are refused")
    default, named = _dataset(body, base, PREFIXES | prefixes)
    return Checked(text, form, prefixes, default, named, _variables_of_all(body))


def tokens_of(text: str) -> list[Token]:
    """The tokens of a query, taking ``<…>`` as an IRI, without spaces and comments."""
    return list(_Scanner(text).reading())


def prefixes_of(tokens: list[Token]) -> dict[str, str]:
    """The prefixes that a query declares."""
    return _read_prologue(tokens, DEFAULT_BASE)[1]


def unescape(query: str) -> str:
    r"""Undo ``\uXXXX`` and ``\UXXXXXXXX`` wherever they stand, as the SPARQL standard says (19.2).

    Escapes of quotes, backslashes, angle brackets and control characters stay: inside a literal or an IRI
    the engine resolves them itself, and anywhere else they are an error.
    """

    def undo(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise QueryError(f"{match[0]} at {place(query, match.start())} is no Unicode character")
        character = chr(code)
        kept = character in "\"'\\<>" or code < 0x20 or code == 0x7F
        return match[0] if kept else match[0][: match[0].rindex("\\")] + character

    return _ESCAPE.sub(undo, query)


def place(text: str, index: int) -> str:
    """Line and column of a character, both counted from 1, as ``line:column``."""
    line = text.count("\n", 0, index) + 1
    return f"{line}:{index - (text.rfind(chr(10), 0, index) + 1) + 1}"


class _Scanner:
    """Reads single tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._open_quotes = 0

    def token(self, position: int) -> Token | None:
        """The longest token at ``position``, spaces and comments (kind "space") included; None at the end."""
        match = _TOKEN.match(self.text, position)
        if match is None:
            return None
        token = Token(match.lastgroup or "mark", match[0], position)
        if token.text in ("'", '"') or (token.text in ("''", '""') and self.text.startswith(token.text[0], token.end)):
            self._open_quotes += 1
            if self._open_quotes > MAX_OPEN_QUOTES:
                raise QueryError(f"a quote at {place(self.text, position)} is never closed, and many before it")
        return token

    def reading(self) -> Iterator[Token]:
        """The tokens from the start, taking ``<…>`` as an IRI, without spaces and comments."""
        position = 0
        while (token := self.token(position)) is not None:
            if token.kind != "space":
                yield token
            position = token.end

    def readings(self, position: int) -> Iterator[Token]:
        """Every token that may start at ``position``."""
        token = self.token(position)
        if token is not None:
            yield token
            if token.kind == "iri":
                yield Token("mark", "<", position)

    def readings_after_space(self, position: int) -> Iterator[Token]:
        """Every token that may start at the first place from ``position`` that is no space or comment."""
        while (token := self.token(position)) is not None and token.kind == "space":
            position = token.end
        yield from self.readings(position)


def _check_depth(tokens: list[Token], text: str) -> None:
    depth = 0
    for token in tokens:
        if token.kind == "mark" and token.text in "{([":
            depth += 1
            if depth > MAX_DEPTH:
                raise QueryError(f"brackets nested deeper than {MAX_DEPTH} at {place(text, token.start)}")
        elif token.kind == "mark" and token.text in "})]":
            depth -= 1


def _read_prologue(tokens: list[Token], base: str) -> tuple[str, dict[str, str], list[Token]]:
    """The base IRI, the declared prefixes and the tokens behind the prologue."""
    prefixes: dict[str, str] = {}
    index = 0
    while index < len(tokens):
        if tokens[index].is_word("BASE"):
            base = _resolve(base, tokens[index + 1].text[1:-1]) if index + 1 < len(tokens) else base
            index += 2
        elif tokens[index].is_word("PREFIX"):
            if index + 2 < len(tokens):
                prefixes[tokens[index + 1].text[:-1]] = _resolve(base, tokens[index + 2].text[1:-1])
            index += 3
        else:
            break
    return base, prefixes, tokens[index:]


def _variables_of_all(body: list[Token]) -> tuple[str, ...]:
    """The names of the variables when the query selects ``*``, in the order of their appearance."""
    chosen = body[1 + (len(body) > 1 and body[1].is_word("DISTINCT", "REDUCED")) :]
    if not chosen or chosen[0].text != "*":
        return ()
    return tuple(dict.fromkeys(token.text[1:] for token in body if token.kind == "variable"))


def _resolve(base: str, iri: str) -> str:
    """``iri`` against ``base``; an absolute one as it is, since urljoin would drop an empty fragment."""
    return iri if urlsplit(iri).scheme else urljoin(base, iri)


def _dataset(
    body: list[Token], base: str, prefixes: dict[str, str]
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """The graphs of the FROM and of the FROM NAMED clauses, or two Nones."""
    default: list[str] = []
    named: list[str] = []
    for index, token in enumerate(body):
        if not token.is_word("FROM") or index + 1 >= len(body):
            continue
        is_named = body[index + 1].is_word("NAMED")
        source = body[min(index + 1 + is_named, len(body) - 1)]
        if source.kind == "iri":
            iri = _resolve(base, source.text[1:-1])
        else:
            prefix, _, local = source.text.partition(":")
            iri = prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
        (named if is_named else default).append(iri)
    return (tuple(default), tuple(named)) if default or named else (None, None)


def _service_clause(scanner: _Scanner, prefixes: Set[str]) -> int | None:
    """Where a SERVICE clause stands in some reading of the text, or None.

    A clause is the word, an optional SILENT, an IRI, prefixed name or variable, and a brace. Engines need no
    space around the word (``trueSERVICEex:a{``). All token starts that any reading reaches are visited once,
    so the work is linear in the text.
    """
    if "service" not in scanner.text.lower():
        return None
    pending, seen = [0], {0}
    while pending:
        position = pending.pop()
        for token in scanner.readings(position):
            if _is_service(token, scanner, prefixes):
                return token.start
            if token.end not in seen:
                seen.add(token.end)
                pending.append(token.end)
    return None


def _is_service(token: Token, scanner: _Scanner, prefixes: Set[str]) -> bool:
    if token.kind == "word" and _ENDS_IN_SERVICE.search(token.text):
        return _opens_service(scanner, token.end, silent=True)
    if token.kind == "name":
        glued = _STARTS_WITH_SERVICE.match(token.text)
        known = glued is not None and any(
            token.text[end:].partition(":")[0] in prefixes for end in (glued.end(1), glued.end(2)) if end > 0
        )
        return known and _brace_follows(scanner, token.end)
    return False


def _opens_service(scanner: _Scanner, position: int, *, silent: bool) -> bool:
    for token in scanner.readings_after_space(position):
        if silent and token.is_word("SILENT") and _opens_service(scanner, token.end, silent=False):
            return True
        if token.kind in ("iri", "name", "variable") and _brace_follows(scanner, token.end):
            return True
    return False


def _brace_follows(scanner: _Scanner, position: int) -> bool:
    return any(token.text == "{" for token in scanner.readings_after_space(position))
