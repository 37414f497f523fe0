"""The vocabulary's IRI, answered: its page for people, its triples for programs."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from kgplan import resources
from kgplan.rdf import ontology_page, vocabulary_graph
from kgplan.rdf.examples import examples
from kgplan.rdf.export import export_graph
from kgplan.rdf.vocabulary import PREFIXES

from .headers import own_style
from .open_data import CONTEXT, PAGE, READ, READABLE, OpenRoute, described, in_format, others, wanted
from .queries import QueryList, QueryOut
from .state import service_of

router = APIRouter(tags=["graph"], route_class=OpenRoute)


@router.get("/ns", response_class=Response, responses={200: {"content": described(READABLE)}})
def ontology(request: Request) -> Response:
    """The ontology, where ``https://w3id.org/kgplan/ns`` leads: a page, Turtle, JSON-LD and the other formats."""
    form, media_type = wanted(request)
    if form is not PAGE:
        return in_format(_graph(form.name), media_type)
    return in_format(
        _page("/#/sparql" if service_of(request).has_page else None), media_type, **own_style(ontology_page.STYLE)
    )


@router.get("/ns/context.jsonld", response_class=Response, name=CONTEXT, include_in_schema=False)
def context() -> Response:
    """The JSON-LD context: with it, the JSON of plans, statements, agencies and documents is triples of the graph."""
    body = (resources.ONTOLOGY / "context.jsonld").read_bytes()
    return Response(body, headers={"content-type": "application/ld+json"})


@router.get("/ns/{version}", response_class=Response, include_in_schema=False)
def ontology_version(version: str, request: Request) -> Response:
    """The ontology at its version IRI; only the present version is held."""
    if version != vocabulary_graph.version():
        detail = f"no version {version!r} of the ontology is held here; /ns is version {vocabulary_graph.version()}"
        raise HTTPException(404, detail)
    return ontology(request)


for path in ("/ns", "/ns/{part:path}"):
    router.add_route(path, others(READ), methods=[], include_in_schema=False)


@cache
def _page(editor: str | None) -> bytes:
    """The page, with a link to the editor of queries where there is one."""
    return ontology_page.render(editor).encode("utf-8")


@cache
def _graph(form: str) -> bytes:
    """All terms of the namespace in a format."""
    return export_graph(vocabulary_graph.nquads(), form)


@router.get("/queries")
def queries() -> QueryList:
    """The competency queries: worked SPARQL queries, each with the question it answers."""
    return QueryList(
        items=[
            QueryOut(name=e.name, question_vi=e.question_vi, question_en=e.question_en, query=e.query.strip())
            for e in examples()
            if e.data is None
        ],
        prefixes=PREFIXES,
    )
