"""Errors over HTTP: RFC 9457 problem details, one table from the library's errors to status codes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from kgplan.errors import (
    EncoderError,
    KgplanError,
    QueryError,
    QueryLimitError,
    QueryRefusedError,
    QuestionError,
    UnknownPlanError,
)

MEDIA_TYPE = "application/problem+json"
MAX_DETAIL = 1000

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
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail[:MAX_DETAIL]}
    return JSONResponse(body, status_code=status, headers=all_headers, media_type=MEDIA_TYPE)


def status_of(error: KgplanError) -> int:
    """The HTTP status of a library error."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


class ProblemRoute(APIRoute):
    """A route whose library errors are problem documents, in whichever application it is included."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with errors answered."""
        handler = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except KgplanError as error:
                return problem_response(status_of(error), " ".join(str(error).split()))

        return answer


def add_handlers(app: FastAPI) -> None:
    """Answer what no route answers with a problem document; the unexpected is logged and says nothing of the inside."""

    @app.exception_handler(HTTPException)
    async def _http(_: Request, error: HTTPException) -> JSONResponse:
        return problem_response(error.status_code, str(error.detail), headers=dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def _validation(_: Request, error: RequestValidationError) -> JSONResponse:
        parts = [f"{'.'.join(str(step) for step in item['loc'])}: {item['msg']}" for item in error.errors()]
        return problem_response(422, "; ".join(parts))

    @app.exception_handler(Exception)
    async def _unexpected(request: Request, error: Exception) -> JSONResponse:
        log.error("unexpected error on %s %s", request.method, request.url.path, exc_info=error)
        return problem_response(500, "unexpected error; the server's log says more")
