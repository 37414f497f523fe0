"""The IRIs of the graph, answered: a page for people, RDF for programs, chosen by content negotiation.

An IRI such as ``https://w3id.org/kgplan/id/agency/…`` stands here at ``/id/agency/…``; a redirect at the base is all
that makes it resolve.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from kgplan.rdf import protocol, resource_page
from kgplan.rdf.formats import GRAPH_FORMATS

from .ontology import PAGE, described
from .open_data import CORS, READ, preflight
from .problems import ProblemRoute, problem_response
from .state import CorpusDependency, service_of

router = APIRouter(tags=["graph"], route_class=ProblemRoute)

_PATH = re.compile(r"[A-Za-z0-9._~/%:@!$&'()*+,;=-]+")
_VIEWS = (
    (re.compile(r"plan/([^/]+)(?:/section)?/((?!person/)[^/]+)"), r"/#/plan/\1/\2"),
    (re.compile(r"plan/[^/]+|agency/.+"), r"/#/\g<0>"),
)
"""The IRIs that the page has a view of, and where it is."""

_POLICY = "default-src 'none'; style-src 'sha256-{}'; frame-ancestors 'none'"


@router.options("/id/{path:path}", include_in_schema=False)
def resource_options() -> Response:
    """What is allowed on IRIs of the graph."""
    return preflight(READ)


@router.head("/id/{path:path}", include_in_schema=False)
@router.get(
    "/id/{path:path}",
    response_class=Response,
    responses={200: {"content": described((*GRAPH_FORMATS, PAGE))}},
)
def resource(path: str, request: Request, corpus: CorpusDependency) -> Response:
    """What the graph says of a plan, statement, agency, document, topic or place; a browser gets a page."""
    try:
        form, media_type = protocol.negotiate(request.headers.get("accept"), (*GRAPH_FORMATS, PAGE))
    except protocol.ProtocolError as error:
        return problem_response(error.status, str(error), headers=CORS)
    # the path as it was sent, since IRIs of the graph are percent-encoded
    raw = request.scope["raw_path"].decode("ascii", errors="replace").partition("/id/")[2]
    if not _PATH.fullmatch(raw):
        raise HTTPException(404, f"{path!r} is no IRI of the graph", CORS)
    iri = corpus.base + raw
    described = resource_page.describe(corpus.sparql, iri)
    if not described:
        raise HTTPException(404, f"the graph says nothing of {path!r}", CORS)
    headers = CORS | {"content-type": f"{media_type}; charset=utf-8", "vary": "Accept"}
    if form is not PAGE:
        return Response(described.serialize(form.name), headers=headers)
    view = _view(raw) if service_of(request).has_page else None
    root = request.url.path.partition("/id/")[0]
    page = resource_page.render(corpus.sparql, iri, described, base=corpus.base, root=root, view=view)
    return Response(page, headers=headers | {"content-security-policy": _policy()})


def _view(path: str) -> str | None:
    """Where the page shows it; None when it has no view of it."""
    return next((match.expand(target) for pattern, target in _VIEWS if (match := pattern.fullmatch(path))), None)


@cache
def _policy() -> str:
    """A policy that allows nothing but the page's own style."""
    digest = hashlib.sha256(resource_page.STYLE.encode("utf-8")).digest()
    return _POLICY.format(base64.b64encode(digest).decode("ascii"))
