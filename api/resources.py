"""The IRIs of the graph, answered: a page for people, RDF for programs, chosen by content negotiation.

An IRI such as ``https://w3id.org/kgplan/id/agency/…`` stands here at ``/id/agency/…``; a redirect at the base is all
that makes it resolve.
"""

from __future__ import annotations

import re

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from kgplan.rdf import protocol
from kgplan.rdf.formats import GRAPH_FORMATS, Format

from .problems import ProblemRoute, problem_response
from .state import CorpusDependency, service_of

router = APIRouter(tags=["graph"], route_class=ProblemRoute)

PAGE = Format("html", ("text/html", "application/xhtml+xml"), ".html")
_PATH = re.compile(r"[A-Za-z0-9._~/%:@!$&'()*+,;=-]+")
_VIEWS = ((re.compile(r"plan/([^/]+)(?:/section)?/(.+)"), "plan"), (re.compile(r"(?:plan|agency)/.+"), ""))

DESCRIPTION = """
CONSTRUCT {{ ?subject ?predicate ?object }} WHERE {{
  {{ BIND(<{iri}> AS ?subject) ?subject ?predicate ?object }}
  UNION
  {{ <{iri}> ?link ?subject . FILTER(STRSTARTS(STR(?subject), "{iri}#")) ?subject ?predicate ?object }}
}}
"""


@router.get("/id/{path:path}", response_class=Response)
def resource(path: str, request: Request, corpus: CorpusDependency) -> Response:
    """What the graph says of a plan, statement, agency, document, topic or place; a browser gets its page (303)."""
    try:
        offered = (*GRAPH_FORMATS, PAGE) if service_of(request).has_page else GRAPH_FORMATS
        form, media_type = protocol.negotiate(request.headers.get("accept"), offered)
    except protocol.ProtocolError as error:
        return problem_response(error.status, str(error))
    # the path as it was sent, since IRIs of the graph are percent-encoded
    raw = request.scope["raw_path"].decode("ascii", errors="replace").partition("/id/")[2]
    if not _PATH.fullmatch(raw):
        raise HTTPException(404, f"{path!r} is no IRI of the graph")
    result = corpus.sparql(DESCRIPTION.format(iri=corpus.manifests[0]["base"] + raw))
    if not result:
        raise HTTPException(404, f"the graph says nothing of {path!r}")
    if form is PAGE:
        return RedirectResponse(_page(raw), status_code=303, headers={"vary": "Accept"})
    headers = {"content-type": f"{media_type}; charset=utf-8", "vary": "Accept"}
    return Response(result.serialize(form.name), headers=headers)


def _page(path: str) -> str:
    """Where the page shows it; what has no view of its own is shown by a query."""
    for pattern, view in _VIEWS:
        match = pattern.fullmatch(path)
        if match:
            return f"/#/{view}/{match[1]}/{match[2]}" if view else f"/#/{path}"
    family, _, rest = path.partition("/")
    return f"/documents/{rest}" if family == "document" else "/#/sparql"
