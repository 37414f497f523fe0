"""Lists over HTTP: a page of a list with links to its neighbours, or the list as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from kgplan.rdf.formats import Format
from kgplan.rdf.protocol import ProtocolError
from kgplan.text import inert

from . import models
from .limits import Limits
from .open_data import wanted

T = TypeVar("T", bound=BaseModel)

Offset = Annotated[int, Query(description="How many items to skip.", ge=0)]
PageSize = Annotated[int, Query(description="How many items to return.", ge=1)]
ListFormat = Annotated[
    Literal["json", "csv"] | None,
    Query(description="`csv` gives a table in place of JSON, as `Accept: text/csv` does."),
]
CSV_TYPE = "text/csv; charset=utf-8"
CSV_ANSWER: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
_JSON = Format("json", ("application/json",), ".json")
_CSV = Format("csv", ("text/csv",), ".csv")


class Paging:
    """Which page of a list is wanted, and in what form."""

    def __init__(self, request: Request, offset: int, limit: int, format: str | None) -> None:
        self.request = request
        self.offset = offset
        self.limit = limit
        self.is_csv = wants_csv(request, format)

    def answer(
        self,
        items: Sequence[T],
        limits: Limits,
        model: type[models.Page],
        columns: Sequence[str],
        row: Callable[[T], Mapping[str, object]] = BaseModel.model_dump,
    ) -> models.Page | Response:
        """The page as ``model``, or as CSV of ``columns`` with a row for each item; ``row`` flattens one with lists.

        The neighbouring pages stand in the body and, for CSV too, in a Link header (RFC 8288).
        """
        size = min(self.limit, limits.max_page)
        page = items[self.offset : self.offset + size]
        following = self._link(self.offset + size, size) if self.offset + size < len(items) else None
        preceding = self._link(max(0, self.offset - size), size) if self.offset else None
        if not self.is_csv:
            parts = {"total": len(items), "offset": self.offset, "next": following, "previous": preceding}
            return model.model_validate({**parts, "items": list(page)})
        links = ((following, "next"), (preceding, "prev"))
        headers = {"x-total-count": str(len(items))}
        if found := ", ".join(f'<{link}>; rel="{name}"' for link, name in links if link):
            headers["link"] = found
        return csv_response(columns, [row(item) for item in page], headers)

    def _link(self, offset: int, limit: int) -> str:
        url = self.request.url.include_query_params(offset=offset, limit=limit)
        return f"{url.path}?{url.query}"


async def _paging(request: Request, offset: Offset = 0, limit: PageSize = 50, format: ListFormat = None) -> Paging:
    return Paging(request, offset, limit, format)


PagingDependency = Annotated[Paging, Depends(_paging)]


def wants_csv(request: Request, format: str | None) -> bool:
    """Whether the request asks for CSV, by ``format`` or by its Accept header, where JSON comes first."""
    if format is not None:
        return format == "csv"
    try:
        return wanted(request, (_JSON, _CSV))[0] is _CSV
    except ProtocolError:
        return False


def csv_response(
    columns: Sequence[str], rows: Sequence[Mapping[str, object]], headers: Mapping[str, str] | None = None
) -> Response:
    """Rows as CSV (RFC 4180) under the names of their columns; no text runs as a formula in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return Response(out.getvalue().encode("utf-8"), headers={**(headers or {}), "content-type": CSV_TYPE})


def _cell(value: object) -> object:
    return inert(value) if isinstance(value, str) else value
