"""Whose turn it is: so many queries at once, in the order of their arrival while none waits long, and some places that
no query keeps for long.

When more queries come than can be evaluated, so that they wait long, those that just came are served at once and those
that have waited longest run out of time, instead of all being late. A query that takes longer than a moment is a long
one; the last places are not for these, so that a crowd of long queries leaves room for the short ones of others.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from kgplan.errors import QueryLimitError

SLICE: Final = 0.1
"""Seconds after which a query that waits or runs looks whether its client is still there."""

PATIENCE: Final = 2.0
"""Seconds that the first of those who wait may have waited before the newest go first."""

GONE: Final = "the client went away before its query was answered"


class Turn:
    """One query's place."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.is_long = False

    def may_go_on(self) -> bool:
        """Whether the query, which has had its moment, keeps its place: as a long one, or as nobody waits for it."""
        turns = self._turns
        with turns._lock:
            if not self.is_long and turns._long_free > 0:
                turns._long_free -= 1
                self.is_long = True
            return self.is_long or not turns._waiting


class Turns:
    """Places for queries, handed out within this process. Thread-safe."""

    def __init__(self, places: int, patience: float = PATIENCE) -> None:
        """A quarter of the places, at least one of two or more, is not for long queries."""
        self._patience = patience
        self._lock = threading.Lock()
        self._free = places
        self._long_free = places - max(places // 4, min(places - 1, 1))
        self._waiting: list[tuple[float, threading.Event]] = []
        """Since when, and how each is called; the first came first."""

    @contextmanager
    def turn(self, seconds: float, abandoned: Callable[[], bool]) -> Iterator[Turn]:
        """A place, waited for at most ``seconds``; raises QueryLimitError when none gets free or nobody waits."""
        self._take(time.monotonic() + seconds, abandoned)
        turn = Turn(self)
        try:
            yield turn
        finally:
            with self._lock:
                self._long_free += turn.is_long
                if self._waiting:
                    is_late = time.monotonic() - self._waiting[0][0] > self._patience
                    self._waiting.pop(-1 if is_late else 0)[1].set()
                else:
                    self._free += 1

    def _take(self, deadline: float, abandoned: Callable[[], bool]) -> None:
        called = threading.Event()
        place = (time.monotonic(), called)
        with self._lock:
            if self._free > 0:
                self._free -= 1
                return
            self._waiting.append(place)
        while not called.wait(max(0.0, min(SLICE, deadline - time.monotonic()))):
            gone = abandoned()
            if not gone and time.monotonic() < deadline:
                continue
            with self._lock:
                if place not in self._waiting:
                    return
                self._waiting.remove(place)
            raise QueryLimitError(GONE if gone else "all query workers are busy; try again in a few seconds")
