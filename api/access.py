"""Who may ask, how often and from which pages: settings of a service that stands open to others."""

from __future__ import annotations

import math
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from .headers import OPERATION
from .limits import PREFIX
from .open_data import CORS
from .problems import problem_response

CLIENTS = 10_000
"""Clients whose requests are counted; the one longest away is forgotten first."""


@dataclass(frozen=True, slots=True)
class Access:
    """Settings; the environment variable is the upper-case name behind ``KGPLAN_``."""

    requests_per_minute: int = 0
    """What one client (its address) may ask in a minute on average, with bursts as large; more get 429. 0: no limit."""

    cors_origins: tuple[str, ...] = ()
    """Origins whose pages may call the API from a browser, or "*" for all. /sparql is open to all in any case."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Access:
        """The defaults, overridden by ``KGPLAN_REQUESTS_PER_MINUTE`` and ``KGPLAN_CORS_ORIGINS`` (with commas between).

        Raises ValueError on a bad value.
        """
        rate = environment.get(f"{PREFIX}REQUESTS_PER_MINUTE", "0")
        if not (rate.isascii() and rate.isdigit()):
            raise ValueError(f"{PREFIX}REQUESTS_PER_MINUTE={rate!r} is not a whole number")
        origins = [o.strip() for o in environment.get(f"{PREFIX}CORS_ORIGINS", "").split(",") if o.strip()]
        return cls(int(rate), checked_origins(origins))


def checked_origins(origins: list[str]) -> tuple[str, ...]:
    """The origins of browser pages. Raises ValueError on what is none: a scheme, a host and perhaps a port make one."""
    for origin in origins:
        scheme, _, host = origin.partition("://")
        if origin != "*" and (scheme not in ("http", "https") or not host or "/" in host):
            raise ValueError(f"{origin!r} is no origin; give one such as https://example.org, or *")
    return tuple(origins)


class RateLimit:
    """ASGI middleware: a token bucket for each client, that holds a minute's requests."""

    def __init__(self, app: ASGIApp, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._size = float(per_minute)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 429 with how many seconds to wait."""
        if scope["type"] == "http" and scope["path"] not in OPERATION and not scope["path"].startswith("/static/"):
            wait = self._take(scope["client"][0] if scope.get("client") else "")
            if wait:
                detail = f"more than {self._size:.0f} requests in a minute; try again in {wait} s"
                await problem_response(429, detail, headers=CORS | {"retry-after": str(wait)})(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _take(self, client: str) -> int:
        """Take a request from the client's bucket; the seconds to wait when it is empty, else 0."""
        now = self._clock()
        tokens, then = self._buckets.pop(client, (self._size, now))
        tokens = min(self._size, tokens + (now - then) * self._size / 60)
        empty = tokens < 1
        self._buckets[client] = (tokens if empty else tokens - 1, now)
        if len(self._buckets) > CLIENTS:
            self._buckets.popitem(last=False)
        return math.ceil((1 - tokens) * 60 / self._size) if empty else 0
