"""The SPARQL endpoint over a graph made by hand, as an application of its own."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from fastapi import Depends, FastAPI
from kgplan.api import problems, sparql
from kgplan.api.headers import HeadAsGet
from kgplan.api.limits import BodyLimit, Limits
from kgplan.api.state import Service

from kgplan.rdf.pool import QueryPool
from kgplan.rdf.search_pattern import expand

ONE, TWO = "http://data.example/one", "http://data.example/two"
GRAPH = f"""\
<http://ex.example/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/kgplan/ns#Plan> <{ONE}> .
<http://ex.example/a> <http://ex.example/p> "một" <{ONE}> .
<http://ex.example/a> <http://ex.example/p> "một" <{TWO}> .
<http://ex.example/b> <http://ex.example/p> "hai"@vi <{TWO}> .
<http://ex.example/b> <http://ex.example/n> "3"^^<http://www.w3.org/2001/XMLSchema#integer> <{TWO}> .
"""


def search(words: str, hits: int) -> list[tuple[str, float]]:
    """Finds ``b`` whatever the words are."""
    return [("http://ex.example/b", 0.5)]


def make_app(folder: Path, extra: str = "", **limits: int) -> FastAPI:
    """An application over GRAPH and ``extra`` N-Quads, with the endpoint and the body limit."""
    (folder / "graph.nq").write_text(GRAPH + extra, encoding="utf-8")
    app = FastAPI()
    corpus = SimpleNamespace(
        directories=(),
        query_pool=lambda limits: QueryPool([folder / "graph.nq"], limits),
        expand_search=lambda query: expand(query, search),
    )
    service = Service(corpus, Limits(**limits), has_page=True)
    problems.add_handlers(app)
    app.add_middleware(HeadAsGet)
    app.add_middleware(BodyLimit, limits=service.limits)
    app.include_router(sparql.router, dependencies=[Depends(service.attach)])
    app.state.service = service
    return app
