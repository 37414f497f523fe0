"""The application: routes, limits and headers around one corpus."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, PlainTextResponse
from starlette.staticfiles import StaticFiles

import kgplan
from kgplan.version import __version__

from . import browse, models, ontology, problems, questions, resources, sparql
from .headers import ResponseHeaders, corpus_tag
from .limits import BodyLimit, Limits
from .observe import Metrics, Observed

if TYPE_CHECKING:
    from kgplan.corpus import Corpus

PAGE = Path(__file__).resolve().parent / "page"

WARMING = "Ai chủ trì kế hoạch?"
"""Asked when the service starts, so that all parts of the corpus are loaded."""

DESCRIPTION = """\
Vietnamese government action plans as a knowledge graph: questions, search, SPARQL and the plans themselves.
Every answer names the statements that say it; offsets are 0-based, end-exclusive and count Unicode code points
(JavaScript's strings count UTF-16 units instead). Nothing can be written over HTTP."""


def create_app(corpus: Corpus | None = None, *, limits: Limits | None = None) -> FastAPI:
    """The application over ``corpus`` (default: the built-in plan), with limits from the environment by default.

    Starting loads the index and the encoder, so that the first question is as fast as the next; stopping ends the
    processes that evaluate queries.
    """
    held = kgplan.open_corpus() if corpus is None else corpus
    bounds = limits or Limits.from_environment()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(held.ask, WARMING)
        yield
        if hasattr(app.state, "query_pool"):
            app.state.query_pool.close()

    app = FastAPI(
        title="kgplan", version=__version__, description=DESCRIPTION, docs_url=None, redoc_url=None, lifespan=lifespan
    )
    app.state.corpus = held
    app.state.limits = bounds
    problems.add_handlers(app)
    app.add_middleware(BodyLimit, limits=bounds)
    app.add_middleware(ResponseHeaders, tag=corpus_tag(held))
    metrics = Metrics()
    app.add_middleware(Observed, metrics=metrics)
    app.include_router(questions.router)
    app.include_router(browse.router)
    app.include_router(sparql.router)
    app.include_router(ontology.router)
    app.include_router(resources.router)

    @app.get("/health", tags=["service"])
    def health() -> models.Health:
        """The service is up and its corpus is open."""
        return models.Health(status="ok", version=app.version, plans=[plan.id for plan in held.plans])

    @app.get("/ready", tags=["service"])
    def ready() -> models.Health:
        """The service takes questions: it answers nothing before all is loaded."""
        return health()

    @app.get("/metrics", tags=["service"], response_class=PlainTextResponse)
    async def figures() -> PlainTextResponse:
        """Requests and their times, in the text format of Prometheus."""
        return metrics.response()

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(PAGE / "index.html")

    @app.get("/docs", include_in_schema=False)
    def docs() -> FileResponse:
        return FileResponse(PAGE / "docs.html")

    app.mount("/static", StaticFiles(directory=PAGE), name="static")
    return app
