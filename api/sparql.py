"""The SPARQL 1.1 Protocol over HTTP. What a request means is decided in :mod:`kgplan.rdf.protocol`."""

from __future__ import annotations

import asyncio
import re
import threading
from functools import partial
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from kgplan.errors import QueryLimitError
from kgplan.rdf import protocol
from kgplan.rdf.formats import GRAPH_FORMATS, RESULT_FORMATS, Format
from kgplan.rdf.protocol import ProtocolError

from .open_data import PAGE, READ, OpenRoute, accepted, described, in_format, others, wanted
from .state import service_of, until_gone

ALLOW = "GET, HEAD, POST, OPTIONS"
_CHANGING = re.compile(r"\b(?:now|rand|uuid|struuid)\b", re.IGNORECASE)
"""What makes a query's result another one each time."""
LONG_QUERY = 5_000
"""Characters from which on reading a query may take a noticeable time: one such query is read at a time."""
LONG_WAITING = 20
"""Long queries that wait to be read; more are turned away at once."""

_IN_QUERY = [
    {"name": name, "in": "query", "schema": schema, "description": text}
    for name, schema, text in (
        ("query", {"type": "string"}, "A SELECT, ASK, CONSTRUCT or DESCRIBE query; the usual prefixes are known."),
        (
            "default-graph-uri",
            {"type": "array", "items": {"type": "string"}},
            "Graphs (IRIs of plans) that make up the default graph.",
        ),
        ("named-graph-uri", {"type": "array", "items": {"type": "string"}}, "Graphs that GRAPH may name."),
    )
]
_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            protocol.FORM_TYPE: {
                "schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
            },
            protocol.QUERY_TYPE: {"schema": {"type": "string"}},
        },
    }
}

_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": described((*RESULT_FORMATS, *GRAPH_FORMATS))},
    303: {"description": "A browser that sends no query is led to the page's editor"},
}

router = APIRouter(tags=["SPARQL"], route_class=OpenRoute)


@router.get("/sparql", openapi_extra={"parameters": _IN_QUERY}, response_class=Response, responses=_ANSWERS)
async def sparql_get(request: Request) -> Response:
    """Evaluate a query; without one, the service description (SPARQL 1.1 Service Description with VoID)."""
    return await _evaluate(request)


@router.post("/sparql", openapi_extra=_BODY, response_class=Response, responses=_ANSWERS)
async def sparql_post(request: Request) -> Response:
    """Evaluate a query sent as a form or as it is."""
    return await _evaluate(request)


@router.get("/.well-known/void", include_in_schema=False)
async def well_known_void(request: Request) -> Response:
    """The description of the data set, at the place where VoID says to look for it."""
    from kgplan.rdf.description import describe

    form, media_type = wanted(request, GRAPH_FORMATS)
    endpoint = str(request.url.replace(path=request.url.path.replace("/.well-known/void", "/sparql"), query=""))
    service = service_of(request)
    described = await service.in_query_thread(partial(describe, service.pool.query, endpoint))
    return in_format(described.serialize(form.name), media_type)


router.add_route("/sparql", others(ALLOW), methods=[], include_in_schema=False)
router.add_route("/.well-known/void", others(READ), methods=[], include_in_schema=False)


async def _evaluate(request: Request) -> Response:
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise ProtocolError(415, f"the body is encoded as {coding[:40]}; send it as it is, without Content-Encoding")
    asked = protocol.read_request(
        request.method, request.url.query, request.headers.get("content-type"), await request.body()
    )
    if asked is None:
        has_page = service_of(request).has_page
        if has_page and wanted(request)[0] is PAGE:
            return RedirectResponse("/#/sparql", status_code=303)
        return await well_known_void(request)
    service = service_of(request)
    key = ("sparql", asked.query, accepted(request), str(asked.default_graphs), str(asked.named_graphs))
    known = service.remembered.get(key)
    if known is not None:
        return known
    gone = threading.Event()

    def read() -> tuple[Format, str, str]:
        if gone.is_set():
            raise QueryLimitError("the client closed the connection")
        return *protocol.choose_format(asked.query, accepted(request)), service.corpus.expand_search(asked.query)

    def run(form: Format, media_type: str, query: str) -> Response:
        graphs = {"default_graphs": asked.default_graphs, "named_graphs": asked.named_graphs}
        return in_format(service.pool.run(query, form.name, abandoned=gone.is_set, **graphs), media_type)

    watching = asyncio.ensure_future(_watch(request, gone))
    try:
        if len(asked.query) > LONG_QUERY:
            if service.reading_thread.statistics().tasks_waiting >= LONG_WAITING:
                raise QueryLimitError("too many long queries are waiting to be read; try again in a few seconds")
            long = await to_thread.run_sync(read, limiter=service.reading_thread)
            response = await service.in_query_thread(lambda: run(*long))
        else:
            response = await service.in_query_thread(lambda: run(*read()))
    finally:
        watching.cancel()
    if _CHANGING.search(asked.query):
        response.headers["cache-control"] = "no-store"
        return response
    return service.remembered.keep(key, response)


async def _watch(request: Request, gone: threading.Event) -> None:
    """Say when the client closes the connection: nobody waits for the query then."""
    await until_gone(request)
    gone.set()
