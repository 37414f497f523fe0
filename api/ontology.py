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
from kgplan.rdf import protocol
from kgplan.rdf.examples import examples
from kgplan.rdf.formats import GRAPH_FORMATS, Format
from kgplan.rdf.vocabulary import PREFIXES

from . import models
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


@router.get("/ns", response_class=Response, responses={200: {"content": described((*GRAPH_FORMATS, PAGE))}})
def ontology(request: Request) -> Response:
    """The ontology, where ``https://w3id.org/kgplan/ns`` leads: a page, Turtle, JSON-LD and the other formats."""
    try:
        form, media_type = protocol.negotiate(request.headers.get("accept"), (*GRAPH_FORMATS, PAGE))
    except protocol.ProtocolError as error:
        return problem_response(error.status, str(error))
    headers = {"content-type": f"{media_type}; charset=utf-8", "vary": "Accept", "access-control-allow-origin": "*"}
    if form is PAGE:
        page, policy = _page("/#/sparql" if service_of(request).has_page else None)
        return Response(page, headers=headers | {"content-security-policy": policy})
    return Response(_graph(form.name), headers=headers)


@cache
def _page(editor: str | None) -> tuple[bytes, str]:
    """The page, and a policy that allows nothing but its own style."""
    from kgplan.rdf.ontology_page import STYLE, render

    digest = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")
    return render(editor).encode("utf-8"), f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"


@cache
def _graph(form: str) -> bytes:
    """The vocabulary in a format; the Turtle is the file as it is written."""
    import pyoxigraph as ox

    from kgplan.rdf.export import export_graph

    if form == "ttl":
        return (resources.ONTOLOGY / "kgplan.ttl").read_bytes()
    triples = ox.parse(path=str(resources.ONTOLOGY / "kgplan.ttl"), format=ox.RdfFormat.TURTLE)
    return export_graph(ox.serialize(triples, format=ox.RdfFormat.N_QUADS) or b"", form)


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
