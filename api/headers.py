"""Headers of every response: security, caching by the corpus's content, and an id for each request."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kgplan.version import __version__

if TYPE_CHECKING:
    from kgplan.corpus import Corpus

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
OPERATION = ("/health", "/ready", "/metrics")
"""Routes for those who run the service: their answers are of the moment, and they may be asked at any rate."""
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def own_style(style: str) -> dict[str, str]:
    """The header of a page that loads nothing: a policy that allows its own ``style`` and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return {"content-security-policy": f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"}


def corpus_tag(corpus: Corpus) -> str | None:
    """What changes with the version and the corpus's manifests, which hold every file's hash.

    None for a corpus behind an endpoint, whose content may change under us.
    """
    if not all("files" in manifest for manifest in corpus.manifests):
        return None
    facts = json.dumps([corpus.manifests, __version__], sort_keys=True)
    return hashlib.sha256(facts.encode()).hexdigest()


def _entity_tag(corpus: str, scope: Scope, accept: list[str]) -> str:
    """A weak entity tag of what a request asks of the corpus."""
    asked = [corpus, scope.get("raw_path", b"").decode("latin-1"), scope["query_string"].decode("latin-1"), *accept]
    return f'W/"{hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:24]}"'


def _holds(lines: list[str], tag: str) -> bool:
    """Whether lists of entity tags hold ``tag``, by the weak comparison of RFC 9110, 8.8.3.2.

    A proxy that changes a response's coding may make tags weak or strong; none of ours has a comma.
    """
    return tag.removeprefix("W/") in (part.strip().removeprefix("W/") for line in lines for part in line.split(","))


class HeadAsGet:
    """ASGI middleware: HEAD is answered as GET would be, without the body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass HEAD on as GET, and everything else as it is."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        asked = {**scope, "method": "GET"}
        try:
            await self._app(asked, receive, send_head)
        finally:
            scope["route"] = asked.get("route")


class ResponseHeaders:
    """ASGI middleware. A GET whose ``If-None-Match`` holds the tag of what it asks for is answered 304 without work.

    The tag says which corpus answers which URL in which format, so no two representations share one. ``tag`` is None
    for a corpus whose content may change unnoticed: nothing is tagged then.
    """

    def __init__(self, app: ASGIApp, tag: str | None) -> None:
        self._app = app
        self._tag = tag

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope)
        asked = given.get("x-request-id", "")
        request_id = asked if _REQUEST_ID.fullmatch(asked) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        cached = scope["method"] in ("GET", "HEAD") and scope["path"] not in OPERATION
        tag = _entity_tag(self._tag, scope, given.getlist("accept")) if self._tag and cached else None

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = request_id
                # what stands on 304 takes the place of what the client has kept, and a page's policy is its own
                for name, value in SECURITY.items() if message["status"] != 304 else ():
                    headers.setdefault(name, value)
                if cached and message["status"] in (200, 304) and headers.get("cache-control") != "no-store":
                    if tag:
                        headers.setdefault("etag", tag)
                    headers.setdefault("cache-control", "no-cache")
                    if "accept" not in headers.get("vary", "").lower():
                        headers.add_vary_header("Accept")
                else:
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        if tag and _holds(given.getlist("if-none-match"), tag):
            await Response(status_code=304)(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)
