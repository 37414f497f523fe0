"""GET /statements, /matrix and /compare: the statements of all plans chosen, counted and compared."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BeforeValidator
from starlette.responses import Response

from kgplan.model import Kind, Role

from . import comparisons, models, pages, selection
from .open_data import AS_JSON_LD
from .problems import ProblemRoute
from .state import CorpusDependency, LimitsDependency

router = APIRouter(tags=["plans"], route_class=ProblemRoute)


def _iso(value: object) -> object:
    """The value, unless it is a text of another form than a date: pydantic would take a number for a time."""
    if isinstance(value, str) and not _DATE.fullmatch(value):
        raise ValueError("write the date as YYYY-MM-DD")
    return value


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Day = Annotated[date, BeforeValidator(_iso)]


@router.get("/statements", response_model=models.StatementList, responses=pages.CSV_ANSWER, dependencies=AS_JSON_LD)
def statements(
    corpus: CorpusDependency,
    limits: LimitsDependency,
    paging: pages.PagingDependency,
    plan: Annotated[str | None, Query(description="The plan's id.")] = None,
    agency: Annotated[str | None, Query(description="An agency's id; it holds a role in the statement.")] = None,
    role: Annotated[Role | None, Query(description="The role that the agency, or any agency, holds.")] = None,
    topic: Annotated[str | None, Query(description="A topic's id; statements on narrower topics count.")] = None,
    document: Annotated[str | None, Query(description="The id of a document that is cited.")] = None,
    kind: Annotated[Kind | None, Query(description="The kind of statement.")] = None,
    section: Annotated[str | None, Query(description="The address of a section; those within it count.")] = None,
    before: Annotated[Day | None, Query(description="Due on this day or earlier.")] = None,
    after: Annotated[Day | None, Query(description="Due on this day or later.")] = None,
) -> models.Page | Response:
    """Statements by agency, role, topic, document, kind, section and deadline, in the order of the texts."""
    if plan is not None:
        corpus.plan(plan)
    choice = selection.Choice(plan, agency, role, topic, document, kind, section, before, after)
    found = selection.chosen(corpus.plans, choice)
    return paging.answer(found, limits, models.StatementList, selection.COLUMNS, selection.statement_row)


@router.get("/matrix", response_model=selection.MatrixOut, responses=pages.CSV_ANSWER)
def matrix(
    request: Request,
    corpus: CorpusDependency,
    rows: selection.Dimension = "agency",
    columns: selection.Dimension = "field",
    role: Annotated[Role | None, Query(description="Count agencies in this role only.")] = None,
    plan: Annotated[str | None, Query(description="Count the statements of this plan only.")] = None,
    format: pages.ListFormat = None,
) -> selection.MatrixOut | Response:
    """How many statements join two things: by default agencies and policy fields. Cells without any are left out."""
    counted = selection.matrix(corpus.plans if plan is None else [corpus.plan(plan)], rows, columns, role)
    if not pages.wants_csv(request, format):
        return counted
    cells = {(cell.row, cell.column): cell.statements for cell in counted.cells}
    return pages.csv_response(
        [rows, *(column.id for column in counted.columns)],
        [
            {rows: row.label_vi, **{column.id: cells.get((row.id, column.id), 0) for column in counted.columns}}
            for row in counted.rows
        ],
    )


@router.get("/compare", response_model=comparisons.ComparisonOut)
def compare(
    corpus: CorpusDependency,
    a: Annotated[str, Query(description="The id of the plan that is compared with.")],
    b: Annotated[str, Query(description="The id of the plan that is compared.")],
) -> dict[str, Any]:
    """Plan ``b`` as seen from plan ``a``: tasks, agencies, targets and citations lost, gained and changed."""
    # as values: an id given by a client must never be taken for the path of a file
    return dict(corpus.compare(corpus.plan(a), corpus.plan(b)).to_dict())
