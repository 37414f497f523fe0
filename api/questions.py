"""POST /ask and GET /search, worked on in threads of their own, off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from . import answers
from .limits import Limits
from .problems import ProblemRoute
from .state import LimitsDependency, service_of, until_gone

router = APIRouter(tags=["questions"], route_class=ProblemRoute)


@router.post("/ask", response_model=answers.Answer)
async def ask(asked: answers.AskRequest, request: Request, limits: LimitsDependency) -> Response:
    """Answer a question from the plans, with the statements that say so and the SPARQL that returns the same."""
    _check_length(asked.question, limits)
    key = ("ask", asked.model_dump_json())

    def work() -> BaseModel:
        corpus = service_of(request).corpus
        answer = corpus.ask(asked.question, plan=asked.plan, interpretation=asked.interpretation)
        return answers.Answer.model_validate(dict(answer.to_dict()))

    return await _answer(request, key, work)


@router.get("/search", response_model=answers.SearchResult)
async def search(
    request: Request,
    limits: LimitsDependency,
    q: Annotated[str, Query(description="The words to look for.", min_length=1)],
    k: Annotated[int, Query(description="How many hits.", ge=1)] = 5,
) -> Response:
    """Find the statements closest to some words, best first."""
    _check_length(q, limits)
    count = min(k, limits.max_hits)

    def work() -> BaseModel:
        hits = [dict(hit.to_dict()) for hit in service_of(request).corpus.search(q, k=count)]
        return answers.SearchResult.model_validate({"query": q, "hits": hits})

    return await _answer(request, ("search", q, count), work)


async def _answer(request: Request, key: tuple[object, ...], work: Callable[[], BaseModel]) -> Response:
    """The remembered answer to ``key``, or what ``work`` gives in a thread, unless all clients go before its turn."""
    service = service_of(request)
    known = service.remembered.get(key)
    if known is not None:
        return known

    def run() -> Response:
        return Response(work().model_dump_json(exclude_unset=True), media_type="application/json")

    in_turn = partial(asyncio.get_running_loop().run_in_executor, service.answer_threads, run)
    waiting = asyncio.ensure_future(service.remembered.once(key, in_turn))
    gone = asyncio.ensure_future(until_gone(request))
    try:
        await asyncio.wait((waiting, gone), return_when=asyncio.FIRST_COMPLETED)
        return await waiting if waiting.done() else Response(status_code=503)  # which nobody reads
    finally:
        gone.cancel()
        waiting.cancel()


def _check_length(text: str, limits: Limits) -> None:
    if len(text) > limits.max_question_chars:
        raise HTTPException(413, f"the text has {len(text)} characters; at most {limits.max_question_chars} are read")
