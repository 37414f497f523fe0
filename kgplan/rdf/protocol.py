"""The SPARQL 1.1 Protocol for queries, as pure functions: what a request asks for, or what is wrong with it.

https://www.w3.org/TR/sparql11-protocol/, sections 2.1 (query operation) and 2.1.4 (specifying a dataset).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from kgplan.errors import KgplanError
from kgplan.rdf import negotiation, query_guard
from kgplan.rdf.formats import GRAPH_FORMATS, RESULT_FORMATS, Format

METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
FORM_TYPE: Final = "application/x-www-form-urlencoded"
QUERY_TYPE: Final = "application/sparql-query"
UPDATE_TYPE: Final = "application/sparql-update"
MAX_PARAMETERS: Final = 1000


class ProtocolError(KgplanError):
    """A request that is not a query as the protocol has it; ``status`` is the HTTP status to answer with."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class ProtocolRequest:
    """A query and its dataset. The graphs are None where the request names none of either kind."""

    query: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def read_request(method: str, query_string: str, content_type: str | None, body: bytes) -> ProtocolRequest | None:
    """The query that an HTTP request asks; None for a bare GET, which asks for the service description.

    ``query_string`` is the raw part of the URL behind ``?``. Parameters are percent-decoded once. Raises
    ProtocolError with the status and a text for the client.
    """
    in_url = _parameters(query_string, "the URL")
    if method in ("GET", "HEAD"):
        if not in_url:
            return None
        return _request(in_url, [])
    if method != "POST":
        raise ProtocolError(405, f"{method} is not offered here; send a query with GET or POST")
    media_type, charset = _media_type(content_type)
    if media_type == UPDATE_TYPE:
        raise ProtocolError(403, "updates are refused, the graph is read-only")
    if media_type not in (FORM_TYPE, QUERY_TYPE):
        sent = f"{media_type} was sent" if media_type else "no Content-Type was sent"
        raise ProtocolError(415, f"{sent}; POST a query as {FORM_TYPE} or as {QUERY_TYPE}")
    if charset not in ("utf-8", "utf8"):
        raise ProtocolError(415, f"the body is said to be in {charset[:40]}; send it in UTF-8")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"the body is not UTF-8 (byte {error.start})") from error
    if media_type == FORM_TYPE:
        if any(name in ("query", "update") for name, _ in in_url):
            raise ProtocolError(400, "a query stands in the URL of a POST; send it in the body")
        return _request(_parameters(text, "the body"), in_url)
    if any(name in ("query", "update") for name, _ in in_url):
        raise ProtocolError(400, "a query stands in the URL and in the body; send one")
    return _request([("query", text)], in_url)


def choose_format(query: str, accept: str | None) -> tuple[Format, str]:
    """The format and media type to answer ``query`` in.

    Raises QueryError when it is no query, ProtocolError (406) when no format for its form is acceptable.
    """
    form = query_guard.check(query).form
    return negotiate(accept, RESULT_FORMATS if form in ("SELECT", "ASK") else GRAPH_FORMATS)


def negotiate(accept: str | None, formats: Sequence[Format]) -> tuple[Format, str]:
    """The best of ``formats`` for an Accept header. Raises ProtocolError (406) naming what there is."""
    chosen = negotiation.choose(accept, formats)
    if chosen is None:
        offered = ", ".join(media_type for f in formats for media_type in f.media_types[:1])
        raise ProtocolError(406, f"nothing acceptable; this is offered as {offered}")
    return chosen


def _request(parameters: list[tuple[str, str]], more: list[tuple[str, str]]) -> ProtocolRequest:
    queries = [value for name, value in parameters if name == "query"]
    if any(name == "update" for name, _ in parameters):
        if queries:
            raise ProtocolError(400, "a query and an update were sent together; send one query")
        raise ProtocolError(403, "updates are refused, the graph is read-only")
    if not queries:
        raise ProtocolError(400, "the parameter 'query' is missing")
    if len(queries) > 1:
        raise ProtocolError(400, f"{len(queries)} queries were sent; send one")
    if len(queries[0]) > query_guard.MAX_QUERY_CHARS:
        raise ProtocolError(413, f"the query has more than {query_guard.MAX_QUERY_CHARS} characters")
    return ProtocolRequest(
        queries[0],
        _graphs("default-graph-uri", [*more, *parameters]),
        _graphs("named-graph-uri", [*more, *parameters]),
    )


def _graphs(parameter: str, parameters: list[tuple[str, str]]) -> tuple[str, ...] | None:
    graphs = tuple(value for name, value in parameters if name == parameter)
    for graph in graphs:
        if not urlsplit(graph).scheme or any(c in '<>"{}|\\^`' or c <= " " for c in graph):
            raise ProtocolError(400, f"{parameter}={graph[:100]!r} is no absolute IRI")
    return graphs or None


def _parameters(text: str, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MAX_PARAMETERS)
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"a parameter in {where} is not percent-encoded UTF-8") from error
    except ValueError as error:
        raise ProtocolError(400, f"{where} holds more than {MAX_PARAMETERS} parameters") from error


def _media_type(content_type: str | None) -> tuple[str, str]:
    """Media type and charset (utf-8 when none is given), both in lower case."""
    media_type, *parameters = (content_type or "").split(";")
    charset = "utf-8"
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return media_type.strip().lower(), charset
