"""Answers already given: a served corpus does not change, so the same request has the same answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from starlette.responses import Response


class Remembered:
    """The bodies of the latest answers by what was asked, up to a number of bytes; used on the event loop only."""

    def __init__(self, size: int) -> None:
        """``size`` is in bytes; one answer takes an eighth of it at most. 0 keeps nothing."""
        self._size = size
        self._held = 0
        self._bodies: OrderedDict[Hashable, tuple[bytes, str]] = OrderedDict()

    def get(self, key: Hashable) -> Response | None:
        """The answer to ``key`` as a new response; None when it is not held."""
        found = self._bodies.get(key)
        if found is None:
            return None
        self._bodies.move_to_end(key)
        return Response(found[0], headers={"content-type": found[1]})

    def keep(self, key: Hashable, response: Response) -> Response:
        """Hold the body of ``response``, and let go of those not asked for the longest; the response itself."""
        body = bytes(response.body)
        if len(body) * 8 <= self._size and key not in self._bodies:
            self._bodies[key] = (body, response.headers["content-type"])
            self._held += len(body)
            while self._held > self._size:
                self._held -= len(self._bodies.popitem(last=False)[1][0])
        return response
