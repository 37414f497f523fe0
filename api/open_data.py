"""What the graph's own routes share: pages of any origin may read them, and they answer HEAD and OPTIONS."""

from __future__ import annotations

from typing import Final

from fastapi import Depends, Request
from starlette.responses import Response

CORS: Final = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "etag, link, retry-after, x-request-id",
}
READ: Final = "GET, HEAD, OPTIONS"
CONTEXT: Final = "kgplan_context"
"""The name of the route of the JSON-LD context."""


def preflight(methods: str) -> Response:
    """The answer to OPTIONS where ``methods`` are offered, to pages of other origins too."""
    headers = {
        **CORS,
        "allow": methods,
        "access-control-allow-methods": methods,
        "access-control-allow-headers": "accept, content-type, if-none-match",
        "access-control-max-age": "86400",
    }
    return Response(status_code=204, headers=headers)


def without_body(response: Response) -> Response:
    """The same head; Content-Length still tells what GET would send."""
    return Response(status_code=response.status_code, headers=dict(response.headers))


def _link_context(request: Request, response: Response) -> None:
    context = request.url_for(CONTEXT).path
    response.headers["link"] = f'<{context}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'


AS_JSON_LD: Final = [Depends(_link_context)]
"""For routes whose JSON the context reads as triples: they name it, as JSON-LD 1.1 (section 6.1) says."""
