"""What one request may cost. Every limit is a setting, read from the environment when the application is made."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .open_data import CORS
from .problems import problem_response

PREFIX = "KGPLAN_"


@dataclass(frozen=True, slots=True)
class Limits:
    """Settings; the environment variable is the upper-case name behind ``KGPLAN_``."""

    max_body_bytes: int = 256 * 1024
    """A larger request body is refused with 413 before it is read to its end."""

    body_seconds: int = 20
    """A body that takes longer to arrive is refused with 408."""

    max_question_chars: int = 2000
    """A longer question or search text is refused with 413."""

    max_page: int = 200
    """The most items one page of a list holds."""

    max_hits: int = 100
    """The most hits a search returns."""

    query_seconds: int = 10
    """A SPARQL query that runs longer is stopped and answered with 503."""

    query_megabytes: int = 512
    """A SPARQL query that needs more memory, on top of the graph, is stopped and answered with 503."""

    query_rows: int = 100_000
    """A SPARQL query with more rows or triples is answered with 503, never with a part of them."""

    query_result_megabytes: int = 64
    """A SPARQL query whose result is larger is answered with 503, never with a part of it."""

    query_workers: int = 8
    """The most SPARQL queries evaluated at once; more wait a while."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Limits:
        """The defaults, overridden by ``KGPLAN_MAX_BODY_BYTES`` and so on. Raises ValueError on a bad value."""
        given: dict[str, int] = {}
        for field in fields(cls):
            name = PREFIX + field.name.upper()
            if name not in environment:
                continue
            text = environment[name]
            if not (text.isascii() and text.isdigit() and int(text) > 0):
                raise ValueError(f"{name}={text!r} is not a positive whole number")
            given[field.name] = int(text)
        return cls(**given)


class BodyLimit:
    """ASGI middleware that refuses bodies that are too large (413) or too slow (408).

    The body is read here, whole, before the application starts, so a client that trickles bytes holds no worker.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body within the limits and replay it to the application."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._declared(scope) > self._limits.max_body_bytes:
            await self._refuse(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                body = await self._read(receive)
        except TimeoutError:
            detail = f"the body did not arrive within {self._limits.body_seconds} seconds"
            await problem_response(408, detail, headers=CORS)(scope, receive, send)
            return
        except ClientDisconnect:
            await problem_response(400, "the connection was closed before the end of the body")(scope, receive, send)
            return
        if body is None:
            await self._refuse(scope, receive, send)
            return

        replayed = False

        async def replay() -> Message:
            nonlocal replayed
            if replayed:
                return await receive()
            replayed = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        detail = f"the body is larger than {self._limits.max_body_bytes} bytes"
        await problem_response(413, detail, headers=CORS, close=True)(scope, receive, send)

    @staticmethod
    def _declared(scope: Scope) -> int:
        """The body's length as the client declares it; 0 when it does not."""
        length = Headers(scope=scope).get("content-length", "")
        return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0

    async def _read(self, receive: Receive) -> bytes | None:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                raise ClientDisconnect
            body += message.get("body", b"")
            if len(body) > self._limits.max_body_bytes:
                return None
            if not message.get("more_body", False):
                return bytes(body)
