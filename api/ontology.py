"""The vocabulary's IRI, answered: its page for people, its triples for programs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from kgplan import resources
from kgplan.rdf import protocol, vocabulary_graph
from kgplan.rdf.examples import examples
from kgplan.rdf.export import export_graph
from kgplan.rdf.formats import GRAPH_FORMATS, Format
from kgplan.rdf.vocabulary import PREFIXES

from . import models
from .open_data import CONTEXT, CORS, READ, preflight
from .problems import problem_response
from .state import service_of

router = APIRouter(tags=["graph"])

PAGE = Format("html", ("text/html", "application/xhtml+xml"), ".html")


def described(formats: Iterable[Format]) -> dict[str, Any]:
    """The media types of the formats, as the description of a response lists them."""
    kinds = {one.media_type: "object" if one.media_type.endswith("results+json") else "string" for one in formats}
    return {
        media_type: {"schema": {} if media_type == "application/ld+json" else {"type": kind}}
        for media_type, kind in kinds.items()
    }


@router.options("/ns/{part:path}", include_in_schema=False)
@router.options("/ns", include_in_schema=False)
def ontology_options() -> Response:
    """What is allowed on the vocabulary."""
    return preflight(READ)


@router.head("/ns", include_in_schema=False)
@router.get("/ns", response_class=Response, responses={200: {"content": described((*GRAPH_FORMATS, PAGE))}})
def ontology(request: Request) -> Response:
    """The ontology, where ``https://w3id.org/kgplan/ns`` leads: a page, Turtle, JSON-LD and the other formats."""
    try:
        form, media_type = protocol.negotiate(request.headers.get("accept"), (*GRAPH_FORMATS, PAGE))
    except protocol.ProtocolError as error:
        return problem_response(error.status, str(error), headers=CORS)
    headers = CORS | {"content-type": f"{media_type}; charset=utf-8", "vary": "Accept"}
    if form is PAGE:
        page, policy = _page("/#/sparql" if service_of(request).has_page else None)
        return Response(page, headers=headers | {"content-security-policy": policy})
    return Response(_graph(form.name), headers=headers)


@router.head("/ns/context.jsonld", include_in_schema=False)
@router.get("/ns/context.jsonld", response_class=Response, name=CONTEXT, include_in_schema=False)
def context() -> Response:
    """The JSON-LD context: with it, the JSON of plans, statements, agencies and documents is triples of the graph."""
    headers = CORS | {"content-type": "application/ld+json"}
    return Response((resources.ONTOLOGY / "context.jsonld").read_bytes(), headers=headers)


@router.head("/ns/{version}", include_in_schema=False)
@router.get("/ns/{version}", response_class=Response, include_in_schema=False)
def ontology_version(version: str, request: Request) -> Response:
    """The ontology at its version IRI; only the present version is held."""
    if version != vocabulary_graph.version():
        detail = f"no version {version!r} of the ontology is held here; /ns is version {vocabulary_graph.version()}"
        return problem_response(404, detail, headers=CORS)
    return ontology(request)


@cache
def _page(editor: str | None) -> tuple[bytes, str]:
    """The page, and a policy that allows nothing but its own style."""
    from kgplan.rdf.ontology_page import STYLE, render

    digest = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")
    return render(editor).encode("utf-8"), f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"


@cache
def _graph(form: str) -> bytes:
    """All terms of the namespace in a format."""
    return export_graph(vocabulary_graph.nquads(), form)


@router.get("/queries")
def queries() -> models.QueryList:
    """The competency queries: worked SPARQL queries, each with the question it answers."""
    return models.QueryList(
        items=[
            models.QueryOut(name=e.name, question_vi=e.question_vi, question_en=e.question_en, query=e.query.strip())
            for e in examples()
            if e.data is None
        ],
        prefixes=PREFIXES,
    )
