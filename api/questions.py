"""POST /ask and GET /search. The functions are plain, so the framework runs them on threads, off the event loop."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from . import models
from .limits import Limits
from .problems import ProblemRoute
from .state import CorpusDependency, LimitsDependency

router = APIRouter(tags=["questions"], route_class=ProblemRoute)


@router.post("/ask", response_model=models.Answer, response_model_exclude_unset=True)
def ask(request: models.AskRequest, corpus: CorpusDependency, limits: LimitsDependency) -> dict[str, Any]:
    """Answer a question from the plans, with the statements that say so and the SPARQL that returns the same."""
    _check_length(request.question, limits)
    answer = corpus.ask(request.question, plan=request.plan, interpretation=request.interpretation)
    return dict(answer.to_dict())


@router.get("/search", response_model=models.SearchResult, response_model_exclude_unset=True)
def search(
    corpus: CorpusDependency,
    limits: LimitsDependency,
    q: Annotated[str, Query(description="The words to look for.", min_length=1)],
    k: Annotated[int, Query(description="How many hits.", ge=1)] = 5,
) -> dict[str, Any]:
    """Find the statements closest to some words, best first."""
    _check_length(q, limits)
    return {"query": q, "hits": [hit.to_dict() for hit in corpus.search(q, k=min(k, limits.max_hits))]}


def _check_length(text: str, limits: Limits) -> None:
    if len(text) > limits.max_question_chars:
        raise HTTPException(413, f"the text has {len(text)} characters; at most {limits.max_question_chars} are read")
