"""Errors over HTTP: RFC 9457 problem details, one table from the library's errors to status codes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgplan.errors import (
    EncoderError,
    KgplanError,
    QueryError,
    QueryLimitError,
    QueryRefusedError,
    QuestionError,
    UnknownPlanError,
)
from kgplan.rdf.protocol import ProtocolError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "5"
"""Seconds after which one who found no room may try again."""
MAX_DETAIL = 1000
MAX_PATH = 200
"""Characters of a path that are repeated to the client."""

STATUS: tuple[tuple[type[KgplanError], int], ...] = (
    (UnknownPlanError, 404),
    (QuestionError, 422),
    (QueryRefusedError, 403),
    (QueryLimitError, 503),
    (QueryError, 400),
    (EncoderError, 503),
    (KgplanError, 500),
)
"""The first class that an error is an instance of gives its status."""

RESPONSES: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "What went wrong: problem details of RFC 9457",
        "content": {
            MEDIA_TYPE: {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail"],
                    "properties": {
                        "type": {"type": "string"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string", "description": "What was wrong, where, and what to do"},
                    },
                },
            }
        },
    }
}
"""How the description of the service documents every status but success."""

log = logging.getLogger("kgplan.api")


def problem_response(
    status: int, detail: str, *, headers: dict[str, str] | None = None, close: bool = False
) -> JSONResponse:
    """A problem document; ``close`` ends the connection, for a body that was not read to its end."""
    all_headers = dict(headers or {})
    if close:
        all_headers["connection"] = "close"
    told = detail[:MAX_DETAIL].encode("utf-8", "backslashreplace").decode("utf-8")
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": told}
    return JSONResponse(body, status_code=status, headers=all_headers, media_type=MEDIA_TYPE)


def status_of(error: KgplanError) -> int:
    """The HTTP status of a library error."""
    if isinstance(error, ProtocolError):
        return error.status
    return next(status for kind, status in STATUS if isinstance(error, kind))


def problem_of(error: KgplanError) -> JSONResponse:
    """A library error as a problem document; one who found no room is told when to come again."""
    headers = {"retry-after": RETRY_AFTER} if isinstance(error, QueryLimitError) else None
    return problem_response(status_of(error), " ".join(str(error).split()), headers=headers)


def not_allowed(request: Request, methods: str, headers: Mapping[str, str]) -> JSONResponse:
    """405 to a request where ``methods`` are offered."""
    detail = f"{request.method[:20]} is not allowed at {request.url.path[:MAX_PATH]}; use {methods}"
    return problem_response(405, detail, headers={**headers, "allow": methods})


class ProblemRoute(APIRoute):
    """A route whose library errors are problem documents, in whichever application it is included."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with errors answered."""
        handler = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except KgplanError as error:
                return problem_of(error)

        return answer


class Watched:
    """A ``send`` that knows whether the answer has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        """Pass the message on."""
        self.begun = True
        await self._send(message)


class Unexpected:
    """ASGI middleware: an error that nothing answers is logged and answered 500, with nothing of the inside."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; an answer that has begun can only be broken off."""
        watched = Watched(send)
        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http" or watched.begun:
                raise
            request_id = scope.get("state", {}).get("request_id")
            log.error(
                "unexpected error on %s %s, request %s", scope["method"], scope["path"], request_id, exc_info=error
            )
            detail = "unexpected error; the server's log says more under the id of this request (X-Request-Id)"
            await problem_response(500, detail)(scope, receive, send)


def add_handlers(app: FastAPI) -> None:
    """Answer with a problem document what no route takes, and what does not fit its description."""

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        detail, headers = str(error.detail), dict(error.headers or {})
        if detail != HTTPStatus(error.status_code).phrase:
            pass  # it says more by itself
        elif error.status_code == 404:
            detail = f"there is nothing at {request.url.path[:MAX_PATH]}; /docs describes what there is"
        elif error.status_code == 405 and "Allow" in headers:
            allowed = sorted({name.strip() for name in headers.pop("Allow").split(",")})
            return not_allowed(request, ", ".join(("GET", "HEAD") if allowed == ["GET"] else allowed), headers)
        return problem_response(error.status_code, detail, headers=headers)

    @app.exception_handler(RequestValidationError)
    async def _validation(_: Request, error: RequestValidationError) -> JSONResponse:
        parts = [f"{'.'.join(str(step) for step in item['loc'])}: {item['msg']}" for item in error.errors()]
        return problem_response(422, "; ".join(parts))
