"""Answers already given: a served corpus does not change, so the same request has the same answer."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

from starlette.responses import Response

ENTRY = 512
"""Bytes that an answer takes besides its body."""


@dataclass(slots=True)
class _Work:
    """An answer that is being made, and how many wait for it."""

    made: asyncio.Future[Response]
    waiting: int = 0


class Remembered:
    """The bodies of the latest answers by what was asked, up to a number of bytes; used on the event loop only."""

    def __init__(self, size: int) -> None:
        """``size`` is in bytes, with :data:`ENTRY` an answer; a body takes an eighth of it at most. 0 keeps nothing."""
        self._size = size
        self._held = 0
        self._bodies: OrderedDict[bytes, tuple[bytes, str]] = OrderedDict()
        self._under_way: dict[Hashable, _Work] = {}

    async def once(self, key: Hashable, make: Callable[[], Awaitable[Response]]) -> Response:
        """The answer to ``key``: the one held, the one that another request waits for, or what ``make`` gives.

        What ``make`` raises is raised to all who wait, and not held. It is cancelled when nobody waits any more.
        """
        known = self.get(key)
        if known is not None:
            return known
        work = self._under_way.get(key)
        if work is None:
            work = self._under_way[key] = _Work(asyncio.ensure_future(make()))
        work.waiting += 1
        try:
            # one who goes away must not end it for the others
            response = self.keep(key, await asyncio.shield(work.made))
        finally:
            work.waiting -= 1
            if not work.waiting:
                work.made.cancel()
                del self._under_way[key]
        return Response(response.body, headers={"content-type": response.headers["content-type"]})

    def get(self, key: Hashable) -> Response | None:
        """The answer to ``key`` as a new response; None when it is not held."""
        digest = _digest(key)
        found = self._bodies.get(digest)
        if found is None:
            return None
        self._bodies.move_to_end(digest)
        return Response(found[0], headers={"content-type": found[1]})

    def keep(self, key: Hashable, response: Response) -> Response:
        """Hold the body of ``response``, and let go of those not asked for the longest; the response itself."""
        body, digest = bytes(response.body), _digest(key)
        if len(body) * 8 <= self._size and digest not in self._bodies:
            self._bodies[digest] = (body, response.headers["content-type"])
            self._held += len(body) + ENTRY
            while self._held > self._size:
                self._held -= len(self._bodies.popitem(last=False)[1][0]) + ENTRY
        return response


def _digest(key: Hashable) -> bytes:
    """As long for every key: what is asked may be far longer than the answer."""
    return hashlib.sha256(repr(key).encode()).digest()
