"""What the service tells of itself: one log line of JSON a request, and figures for Prometheus at /metrics."""

from __future__ import annotations

import json
import logging
import time
from bisect import bisect_left
from collections import defaultdict

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the latency histogram, in seconds."""

UNMATCHED = "(none)"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

log = logging.getLogger("kgplan.api.access")


class Metrics:
    """Counts of requests by method, route and status, and a histogram of seconds by route.

    Routes are templates (``/plans/{plan_id}``), so that their number does not grow with what is asked for. Changed on
    the event loop's thread only.
    """

    def __init__(self) -> None:
        self._requests: dict[tuple[str, str, int], int] = defaultdict(int)
        self._buckets: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS) + 1))
        self._seconds: dict[str, float] = defaultdict(float)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request."""
        self._requests[method, route, status] += 1
        self._buckets[route][bisect_left(BUCKETS, seconds)] += 1
        self._seconds[route] += seconds

    def render(self) -> str:
        """The figures in the text format of Prometheus, version 0.0.4."""
        lines = ["# HELP kgplan_requests_total Requests answered.", "# TYPE kgplan_requests_total counter"]
        for (method, route, status), number in sorted(self._requests.items()):
            labels = f'method="{method}",route="{route}",status="{status}"'
            lines.append(f"kgplan_requests_total{{{labels}}} {number}")
        lines.append("# HELP kgplan_request_seconds Time from a request's head to the end of its answer.")
        lines.append("# TYPE kgplan_request_seconds histogram")
        for route, counts in sorted(self._buckets.items()):
            total = 0
            for bound, number in zip((*BUCKETS, "+Inf"), counts, strict=True):
                total += number
                lines.append(f'kgplan_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}')
            lines.append(f'kgplan_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}')
            lines.append(f'kgplan_request_seconds_count{{route="{route}"}} {total}')
        return "\n".join(lines) + "\n"

    def response(self) -> PlainTextResponse:
        """The answer of /metrics."""
        return PlainTextResponse(self.render(), media_type=CONTENT_TYPE)


class Observed:
    """ASGI middleware that counts and logs each request when its answer has been sent."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and take its time; a request that raised counts as 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        status = 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            seconds = time.perf_counter() - start
            # the router leaves the matched route in the scope
            route = getattr(scope.get("route"), "path", UNMATCHED)
            self._metrics.count(_method(scope["method"]), route, status, seconds)
            if log.isEnabledFor(logging.INFO):
                log.info(
                    json.dumps(
                        {
                            "request": scope.get("state", {}).get("request_id"),
                            "method": scope["method"],
                            "path": scope["path"],
                            "status": status,
                            "ms": round(1000 * seconds, 2),
                            "client": (scope.get("client") or ("", 0))[0],
                        },
                        ensure_ascii=False,
                    )
                )


def _method(name: str) -> str:
    """The method, or "other" for one that no standard knows: a client must not make labels up."""
    return name if name in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "other"
