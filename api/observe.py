"""What the service tells of itself: one log line of JSON a request, and figures for Prometheus at /metrics."""

from __future__ import annotations

import json
import logging
import math
import mmap
import time
from bisect import bisect_left
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus

import numpy as np
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the latency histogram, in seconds."""

UNMATCHED = "(none)"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other")
STATUSES = (*map(str, map(int, HTTPStatus)), "other")
METHOD = {name: number for number, name in enumerate(METHODS)}
STATUS = {int(code): number for number, code in enumerate(HTTPStatus)}
MAX_PATH = 500
"""Characters of a path in the log: a longer line would not be written in one piece."""
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

log = logging.getLogger("kgplan.api.access")


class Metrics:
    """Counts of requests by method, route and status, and a histogram of seconds by route, for all processes together.

    Routes are templates (``/plans/{plan_id}``), so that their number does not grow with what is asked for. The figures
    lie in memory that processes forked later share: a row for each, in which it alone writes, on its event loop's
    thread; whoever is asked for them adds the rows up.
    """

    def __init__(self, routes: Iterable[str]) -> None:
        """``routes`` are the templates there are."""
        self._routes = [*sorted(set(routes)), UNMATCHED]
        self._route = {path: number for number, path in enumerate(self._routes)}
        self.share(1)

    def share(self, processes: int) -> None:
        """Begin anew with a row for each of so many processes, which must not have been forked yet."""
        counts = (len(self._routes), len(METHODS), len(STATUSES))
        bounds = (len(self._routes), len(BUCKETS) + 1)
        sizes = (math.prod(counts), math.prod(bounds), len(self._routes))
        memory = mmap.mmap(-1, processes * sum(sizes) * 8)
        rows = np.frombuffer(memory, dtype=np.float64).reshape(processes, sum(sizes))
        requests, buckets, seconds = np.split(rows, np.cumsum(sizes)[:-1], axis=1)
        self._requests = requests.reshape(processes, *counts)
        self._buckets = buckets.reshape(processes, *bounds)
        self._seconds = seconds
        self.take(0)

    def take(self, row: int) -> None:
        """Count in this row from now on, on top of what a process before has counted there."""
        self._row = row

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request; a method, route or status that no standard or route knows counts as the last of its kind."""
        path = self._route.get(route, len(self._routes) - 1)
        self._requests[self._row, path, METHOD.get(method, -1), STATUS.get(status, -1)] += 1
        self._buckets[self._row, path, bisect_left(BUCKETS, seconds)] += 1
        self._seconds[self._row, path] += seconds

    def render(self) -> str:
        """The figures in the text format of Prometheus, version 0.0.4."""
        lines = ["# HELP kgplan_requests_total Requests answered.", "# TYPE kgplan_requests_total counter"]
        requests, buckets, seconds = (held.sum(axis=0) for held in (self._requests, self._buckets, self._seconds))
        for path, method, status in zip(*requests.nonzero(), strict=True):
            labels = f'method="{METHODS[method]}",route="{self._routes[path]}",status="{STATUSES[status]}"'
            lines.append(f"kgplan_requests_total{{{labels}}} {requests[path, method, status]:.0f}")
        lines.append("# HELP kgplan_request_seconds Time from a request's head to the end of its answer.")
        lines.append("# TYPE kgplan_request_seconds histogram")
        for path in buckets.sum(axis=1).nonzero()[0]:
            route = self._routes[path]
            totals = buckets[path].cumsum()
            for bound, total in zip((*BUCKETS, "+Inf"), totals, strict=True):
                lines.append(f'kgplan_request_seconds_bucket{{route="{route}",le="{bound}"}} {total:.0f}')
            lines.append(f'kgplan_request_seconds_sum{{route="{route}"}} {seconds[path]:.6f}')
            lines.append(f'kgplan_request_seconds_count{{route="{route}"}} {totals[-1]:.0f}')
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
            self._metrics.count(scope["method"], route, status, seconds)
            if log.isEnabledFor(logging.INFO):
                log.info(
                    json.dumps(
                        {
                            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                            "request": scope.get("state", {}).get("request_id"),
                            "method": scope["method"],
                            "path": scope["path"][:MAX_PATH],
                            "status": status,
                            "ms": round(1000 * seconds, 2),
                            "client": (scope.get("client") or ("", 0))[0],
                        },
                        ensure_ascii=False,
                    )
                )
