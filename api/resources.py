"""The IRIs of the graph, answered: a page for people, RDF for programs, chosen by content negotiation.

An IRI such as ``https://w3id.org/kgplan/id/agency/…`` stands here at ``/id/agency/…``; a redirect at the base is all
that makes it resolve.
"""

from __future__ import annotations

import re

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from kgplan.rdf import resource_page

from .headers import own_style
from .open_data import PAGE, READ, READABLE, OpenRoute, described, in_format, others, wanted
from .state import CorpusDependency, service_of

router = APIRouter(tags=["graph"], route_class=OpenRoute)

_PATH = re.compile(r"[A-Za-z0-9._~/%:@!$&'()*+,;=-]+")
_VIEWS = (
    (re.compile(r"plan/([^/]+)(?:/section)?/((?!person/)[^/]+)"), r"/#/plan/\1/\2"),
    (re.compile(r"plan/[^/]+|agency/.+"), r"/#/\g<0>"),
)
"""The IRIs that the page has a view of, and where it is."""


@router.get("/id/{path:path}", response_class=Response, responses={200: {"content": described(READABLE)}})
def resource(path: str, request: Request, corpus: CorpusDependency) -> Response:
    """What the graph says of a plan, statement, agency, document, topic or place; a browser gets a page."""
    form, media_type = wanted(request)
    # the path as it was sent, since IRIs of the graph are percent-encoded
    raw = request.scope["raw_path"].decode("ascii", errors="replace").partition("/id/")[2]
    if not _PATH.fullmatch(raw):
        raise HTTPException(404, f"{path!r} is no IRI of the graph")
    iri = corpus.base + raw
    found = resource_page.describe(corpus.sparql, iri)
    if not found:
        raise HTTPException(404, f"the graph says nothing of {path!r}")
    if form is not PAGE:
        return in_format(found.serialize(form.name), media_type)
    view = _view(raw) if service_of(request).has_page else None
    root = request.url.path.partition("/id/")[0]
    page = resource_page.render(corpus.sparql, iri, found, base=corpus.base, root=root, view=view)
    return in_format(page, media_type, **own_style(resource_page.STYLE))


router.add_route("/id/{path:path}", others(READ), methods=[], include_in_schema=False)


def _view(path: str) -> str | None:
    """Where the page shows it; None when it has no view of it."""
    return next((match.expand(target) for pattern, target in _VIEWS if (match := pattern.fullmatch(path))), None)
