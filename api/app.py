"""The application: routes, limits and headers around one corpus."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, Depends, FastAPI
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import FileResponse, PlainTextResponse, Response

import kgplan
from kgplan.errors import KgplanError
from kgplan.version import __version__

from . import browse, examples, ontology, problems, questions, resources, sparql, tables
from .access import Access, RateLimit
from .headers import HeadAsGet, ResponseHeaders, corpus_tag
from .limits import BodyLimit, Limits
from .observe import Metrics, Observed
from .open_data import EXPOSED
from .page_files import PageFiles
from .state import Service

if TYPE_CHECKING:
    from kgplan.corpus import Corpus

PARTS = (questions, browse, tables, sparql, ontology, resources)
PAGE = Path(__file__).resolve().parent / "page"

DESCRIPTION = """\
Vietnamese government action plans as a knowledge graph: questions, search, SPARQL and the plans themselves.
Every answer names the statements that say it; offsets are 0-based, end-exclusive and count Unicode code points
(JavaScript's strings count UTF-16 units instead). Nothing can be written over HTTP."""


class Health(BaseModel):
    """The service is up and its corpus is open."""

    status: Literal["ok"]
    version: str
    plans: list[str]


class _Described(FastAPI):
    """An application whose description holds the recorded examples."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI description, made once."""
        held, made = self.openapi_schema, super().openapi()
        return made if made is held else examples.add(made)


def create_app(corpus: Corpus | None = None, *, limits: Limits | None = None, access: Access | None = None) -> FastAPI:
    """The application over ``corpus`` (default: the built-in plan), with limits and access from the environment by
    default.

    Starting loads the index and the encoder and starts the first process for queries, so that the first question and
    the first query are as fast as the next; stopping ends those processes.
    """
    service = _service(corpus, limits, has_page=True)
    held, bounds = service.corpus, service.limits
    app = _Described(title="kgplan", version=__version__, description=DESCRIPTION, docs_url=None, redoc_url=None)
    problems.add_handlers(app)
    app.add_middleware(HeadAsGet)
    app.add_middleware(BodyLimit, limits=bounds)
    allowed = access or Access.from_environment()
    if allowed.requests_per_minute:
        app.add_middleware(RateLimit, per_minute=allowed.requests_per_minute)
    if allowed.cors_origins:  # outside the rate limit: a browser's question whether it may ask is no question
        app.add_middleware(
            CORSMiddleware,
            allow_origins=allowed.cors_origins,
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=EXPOSED,
            max_age=86400,
        )
    app.add_middleware(problems.Unexpected)
    app.add_middleware(ResponseHeaders, tag=corpus_tag(held))
    app.include_router(_router(service))

    @app.get("/health", tags=["service"])
    async def health() -> Health:
        """The service is up and its corpus is open."""
        return Health(status="ok", version=app.version, plans=[plan.id for plan in held.plans])

    @app.get("/ready", tags=["service"], response_model=Health, responses=problems.RESPONSES)
    async def ready() -> Health | Response:
        """The service takes questions: all is loaded, and the graph answers a query; else 503."""
        try:
            await service.in_query_thread(service.check)
        except KgplanError as error:
            return problems.problem_response(503, f"not ready: {error}", headers={"retry-after": problems.RETRY_AFTER})
        return await health()

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

    app.mount("/static", PageFiles(directory=PAGE), name="static")
    paths = (
        getattr(route, "path", None) for route in (*app.routes, *(r for part in PARTS for r in part.router.routes))
    )
    metrics = app.state.metrics = Metrics(path for path in paths if path)
    app.add_middleware(Observed, metrics=metrics)
    return app


def router(corpus: Corpus | None = None, *, limits: Limits | None = None) -> APIRouter:
    """The routes over ``corpus`` for another FastAPI application, without the page for people.

    >>> from fastapi import APIRouter, Depends, FastAPI
    >>> app = FastAPI()
    >>> app.include_router(router(), prefix="/plans")

    The application's own middleware and error pages hold: :class:`~kgplan.api.limits.BodyLimit` limits request bodies,
    :class:`~kgplan.api.headers.HeadAsGet` answers HEAD.
    """
    return _router(_service(corpus, limits, has_page=False))


def _service(corpus: Corpus | None, limits: Limits | None, *, has_page: bool) -> Service:
    held = kgplan.open_corpus() if corpus is None else corpus
    return Service(held, limits or Limits.from_environment(), has_page=has_page)


def _router(service: Service) -> APIRouter:
    """All routes about the corpus; the application's start loads it, its end closes the service."""

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        await run_in_threadpool(service.warm)
        yield
        service.close()

    routes = APIRouter(dependencies=[Depends(service.attach)], lifespan=lifespan, responses=problems.RESPONSES)
    for part in PARTS:
        routes.include_router(part.router)
    return routes
