"""What a request may reach: the corpus, the limits and the query workers, as FastAPI dependencies."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, TypeVar, cast

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request

from kgplan.errors import QueryLimitError

from .limits import Limits
from .remembered import Remembered

if TYPE_CHECKING:
    from kgplan.corpus import Corpus
    from kgplan.rdf.store import QueryRunner
else:
    Corpus = object

T = TypeVar("T")
WARMING = "Ai chủ trì kế hoạch?"
"""Asked when the service starts, so that all parts of the corpus are loaded."""

READY_SECONDS = 3.0
"""A service whose graph does not answer the smallest query in this time is not ready."""

QUERIES = 256
"""Queries that are evaluated, or wait for it in a thread each; more are turned away at once."""


ANSWER_THREADS = 2 * (os.cpu_count() or 1)
"""Questions and searches worked on at once; the others wait in the order of their arrival."""

REMEMBERED_BYTES = 16 * 1024**2
"""Answers that are kept, in all."""


class Service:
    """A corpus with its limits, and the processes that evaluate queries on it; nothing starts before it is used."""

    def __init__(self, corpus: Corpus, limits: Limits, *, has_page: bool = False) -> None:
        """``has_page`` says that the page for people stands at the root, so that browsers are led there."""
        self.corpus = corpus
        self.limits = limits
        self.has_page = has_page
        # what an endpoint holds may change under us
        self.remembered = Remembered(REMEMBERED_BYTES if corpus.directories else 0)

    @cached_property
    def answer_threads(self) -> Executor:
        """Threads for questions and searches: few, since more would only take turns on the same processors.

        An executor, since work that is given up before its turn is then never begun, and a thread stays taken as long
        as it works, whether anybody still waits or not.
        """
        return ThreadPoolExecutor(ANSWER_THREADS, "answers")

    async def attach(self, request: Request) -> None:
        """The dependency of a router through which its requests reach this service."""
        request.state.service = self

    @cached_property
    def pool(self) -> QueryRunner:
        """The query workers (or the endpoint) of the corpus."""
        from kgplan.rdf.limits import QueryLimits

        return self.corpus.query_pool(
            QueryLimits(
                seconds=self.limits.query_seconds,
                memory=self.limits.query_megabytes * 1024**2,
                rows=self.limits.query_rows,
                bytes=self.limits.query_result_megabytes * 1024**2,
                workers=self.limits.query_workers,
            ),
        )

    @cached_property
    def query_threads(self) -> CapacityLimiter:
        """Threads of the endpoint's own, so that slow queries hold up no other route."""
        return CapacityLimiter(QUERIES)

    async def in_query_thread(self, work: Callable[[], T]) -> T:
        """Wait for ``work`` in a thread of the endpoint's own. Raises QueryLimitError when none is free."""
        if self.query_threads.available_tokens < 1:
            raise QueryLimitError("too many queries are waiting; try again in a few seconds")
        return await to_thread.run_sync(work, limiter=self.query_threads)

    @cached_property
    def reading_thread(self) -> CapacityLimiter:
        """One thread for reading long queries: several would hold up every other request on the same interpreter."""
        return CapacityLimiter(1)

    def warm(self) -> None:
        """Load what the first question and the first query would have to wait for."""
        self.corpus.ask(WARMING)
        self.pool.warm()

    def check(self) -> None:
        """Evaluate the smallest query. Raises KgplanError when the graph does not answer, or not in time."""
        late = time.monotonic() + READY_SECONDS
        self.pool.run("ASK { }", "json", abandoned=lambda: time.monotonic() > late)

    def close(self) -> None:
        """End the processes that evaluate queries, and the threads for questions once they are done."""
        if "pool" in self.__dict__:
            self.pool.close()
        if "answer_threads" in self.__dict__:
            self.__dict__.pop("answer_threads").shutdown(wait=False, cancel_futures=True)


def service_of(request: Request) -> Service:
    """The service that answers the request."""
    return cast(Service, request.state.service)


async def until_gone(request: Request) -> None:
    """Return when the client closes the connection; the body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


# async, since each dependency that is not takes the way through a thread
async def _corpus(request: Request) -> Corpus:
    return service_of(request).corpus


async def _limits(request: Request) -> Limits:
    return service_of(request).limits


CorpusDependency = Annotated[Corpus, Depends(_corpus)]
LimitsDependency = Annotated[Limits, Depends(_limits)]
