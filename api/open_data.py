"""What the graph's own routes share: pages of any origin may read them, in the format that they ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from functools import partial
from typing import Any, Final

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response

from kgplan.errors import KgplanError
from kgplan.rdf.formats import GRAPH_FORMATS, Format
from kgplan.rdf.protocol import negotiate

from .problems import not_allowed, problem_of, problem_response

EXPOSED: Final = ("etag", "link", "retry-after", "x-request-id", "x-total-count")
"""Headers of answers that pages of other origins may read."""
CORS: Final = {"access-control-allow-origin": "*", "access-control-expose-headers": ", ".join(EXPOSED)}
READ: Final = "GET, HEAD, OPTIONS"
CONTEXT: Final = "kgplan_context"
"""The name of the route of the JSON-LD context."""

PAGE: Final = Format("html", ("text/html", "application/xhtml+xml"), ".html")
READABLE: Final = (*GRAPH_FORMATS, PAGE)
"""What is offered where people are led too: RDF, and a page."""


def described(formats: Iterable[Format]) -> dict[str, Any]:
    """The media types of the formats, as the description of a response lists them."""
    kinds = {one.media_type: "object" if one.media_type.endswith("results+json") else "string" for one in formats}
    return {
        media_type: {"schema": {} if media_type == "application/ld+json" else {"type": kind}}
        for media_type, kind in kinds.items()
    }


def wanted(request: Request, formats: tuple[Format, ...] = READABLE) -> tuple[Format, str]:
    """The format that the request's Accept headers choose, and its media type. Raises ProtocolError (406)."""
    return negotiate(accepted(request), formats)


def accepted(request: Request) -> str | None:
    """The Accept headers as one; None when there is none."""
    return ", ".join(request.headers.getlist("accept")) or None


def in_format(body: bytes | str, media_type: str, **headers: str) -> Response:
    """An answer in a chosen format."""
    return Response(body, headers={"content-type": f"{media_type}; charset=utf-8", **headers})


async def opened(handler: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
    """What the handler answers, or a problem document; pages of other origins may read both."""
    try:
        response = await handler(request)
    except HTTPException as error:
        response = problem_response(error.status_code, error.detail)
    except KgplanError as error:
        response = problem_of(error)
    response.headers.update(CORS)
    response.headers["vary"] = "Accept"
    return response


class OpenRoute(APIRoute):
    """A route of the graph that pages of other origins may read, in whichever application it is included."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, opened."""
        return partial(opened, super().get_route_handler())


def others(methods: str) -> Callable[[Request], Response]:
    """What a route without methods does behind those that offer ``methods``: OPTIONS, also of other origins, and 405.

    A route without methods takes every one that no route before it has.
    """

    def answer(request: Request) -> Response:
        if request.method != "OPTIONS":
            return not_allowed(request, methods, CORS)
        headers = {
            **CORS,
            "allow": methods,
            "access-control-allow-methods": methods,
            "access-control-allow-headers": "accept, content-type, if-none-match",
            "access-control-max-age": "86400",
        }
        return Response(status_code=204, headers=headers)

    return answer


def _link_context(request: Request, response: Response) -> None:
    context = request.url_for(CONTEXT).path
    response.headers["link"] = f'<{context}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'


AS_JSON_LD: Final = [Depends(_link_context)]
"""For routes whose JSON the context reads as triples: they name it, as JSON-LD 1.1 (section 6.1) says."""
