"""The plans, their statements, agencies, documents and networks, for reading through."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Response
from pydantic import BaseModel
from starlette.responses import PlainTextResponse

from kgplan import networks

from . import models, pages, views
from .open_data import AS_JSON_LD
from .problems import ProblemRoute
from .state import CorpusDependency, LimitsDependency

router = APIRouter(tags=["plans"], route_class=ProblemRoute)

NETWORK_TYPES = {"graphml": "application/graphml+xml", "gexf": "application/gexf+xml"}


class NetworkOut(BaseModel):
    """A network: nodes with ``id``, edges with ``source`` and ``target``, and their attributes."""

    kind: str
    directed: bool
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    measures: list[dict[str, Any]] | None = None
    explanations: dict[str, str] | None = None
    explanations_vi: dict[str, str] | None = None
    findings: list[dict[str, Any]] | None = None


@router.get("/plans", response_model=models.PlanList, responses=pages.CSV_ANSWER, dependencies=AS_JSON_LD)
def plans(corpus: CorpusDependency, limits: LimitsDependency, paging: pages.PagingDependency) -> models.Page | Response:
    """The plans of the corpus."""
    return paging.answer(
        [views.plan_summary(plan) for plan in corpus.plans],
        limits,
        models.PlanList,
        list(models.PlanSummary.model_fields),
    )


@router.get("/plans/{plan_id}", dependencies=AS_JSON_LD)
def plan(plan_id: str, corpus: CorpusDependency) -> models.PlanOut:
    """A plan with its headings and statements, in the order of the text."""
    return views.plan_out(corpus.plan(plan_id))


@router.get("/plans/{plan_id}/text", response_class=PlainTextResponse)
def text(plan_id: str, corpus: CorpusDependency) -> PlainTextResponse:
    """The plan's clean text, in which all offsets count code points."""
    return PlainTextResponse(corpus.plan(plan_id).text)


@router.get("/plans/{plan_id}/statements/{address:path}", dependencies=AS_JSON_LD)
def statement(plan_id: str, address: str, corpus: CorpusDependency) -> models.StatementOut:
    """One statement with everything it says."""
    found = corpus.plan(plan_id)
    try:
        return views.statement_out(found, found.statement(address))
    except KeyError:
        raise HTTPException(404, f"plan {plan_id} has no statement at {address!r}") from None


@router.get("/agencies", response_model=models.AgencyList, responses=pages.CSV_ANSWER, dependencies=AS_JSON_LD)
def agencies(
    corpus: CorpusDependency, limits: LimitsDependency, paging: pages.PagingDependency
) -> models.Page | Response:
    """The agencies that hold a role, the busiest first."""
    return paging.answer(
        views.agencies(corpus.plans), limits, models.AgencyList, list(models.AgencySummary.model_fields)
    )


@router.get("/agencies/{agency_id:path}", dependencies=AS_JSON_LD)
def agency(agency_id: str, corpus: CorpusDependency) -> models.AgencyOut:
    """One agency: what it leads, shares and coordinates on, with whom, under which documents."""
    found = views.agency_out(corpus.plans, agency_id)
    if found is None:
        raise HTTPException(404, f"no plan gives {agency_id!r} a role; /agencies lists those that have one")
    return found


@router.get("/documents", response_model=models.DocumentList, responses=pages.CSV_ANSWER, dependencies=AS_JSON_LD)
def documents(
    corpus: CorpusDependency, limits: LimitsDependency, paging: pages.PagingDependency
) -> models.Page | Response:
    """The documents that statements cite, the most cited first."""
    return paging.answer(
        views.documents(corpus.plans), limits, models.DocumentList, list(models.DocumentSummary.model_fields)
    )


@router.get("/documents/{document_id}", dependencies=AS_JSON_LD)
def document(document_id: str, corpus: CorpusDependency) -> models.DocumentOut:
    """One document with the statements that cite it."""
    found = views.document_out(corpus.plans, document_id)
    if found is None:
        raise HTTPException(404, f"no statement cites {document_id!r}; /documents lists those that are cited")
    return found


@router.get(
    "/network",
    response_model=NetworkOut,
    response_model_exclude_none=True,
    responses={200: {"content": {kind: {"schema": {"type": "string"}} for kind in NETWORK_TYPES.values()}}},
)
def network(
    corpus: CorpusDependency,
    kind: networks.NetworkKind = "coordination",
    format: Literal["json", "graphml", "gexf"] = "json",
    collectives: Annotated[bool, Query(description="Keep collective actors, such as all levels and sectors.")] = True,
) -> NetworkOut | Response:
    """Who works with whom (``coordination``), who answers for what, or what cites what."""
    graph = corpus.network(kind) if collectives else networks.without_collectives(corpus.network(kind))
    if format != "json":
        headers = {"content-disposition": f'attachment; filename="{kind}.{format}"'}
        return Response(networks.export(graph, format), media_type=NETWORK_TYPES[format], headers=headers)
    out = NetworkOut(**networks.to_dict(graph))
    if kind == "coordination":
        out.measures = [row.to_dict() for row in networks.measures(graph)]
        out.explanations = networks.explanations("en")
        out.explanations_vi = networks.explanations("vi")
        out.findings = [finding.to_dict() for finding in networks.findings(corpus)]
    return out
