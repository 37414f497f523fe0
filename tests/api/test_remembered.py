"""Answers given again: the same, without the work, and within a number of bytes."""

from __future__ import annotations

import asyncio
import tracemalloc

import pytest
from fastapi.testclient import TestClient
from kgplan.api.app import create_app
from kgplan.api.remembered import ENTRY, Remembered
from starlette.responses import Response

import kgplan
from kgplan.corpus import Corpus
from kgplan.rdf.pool import QueryPool


@pytest.fixture(scope="module")
def built_in():
    with TestClient(create_app(kgplan.open_corpus())) as client:
        yield client


def test_an_answer_given_again_is_the_same_and_costs_no_question(built_in, monkeypatch):
    asked = {"question": "who leads digital transformation"}
    query = {"query": "SELECT ?a WHERE { ?a a org:Organization } ORDER BY ?a LIMIT 3"}
    first = [
        built_in.post("/ask", json=asked),
        built_in.get("/search", params={"q": "du lịch"}),
        built_in.get("/sparql", params=query),
    ]
    monkeypatch.setattr(Corpus, "ask", None)
    monkeypatch.setattr(Corpus, "search", None)
    monkeypatch.setattr(QueryPool, "run", None)
    again = [
        built_in.post("/ask", json=asked),
        built_in.get("/search", params={"q": "du lịch"}),
        built_in.get("/sparql", params=query),
    ]
    for one, other in zip(first, again, strict=True):
        assert one.status_code == other.status_code == 200
        assert one.content == other.content
        assert {**one.headers, "x-request-id": ""} == {**other.headers, "x-request-id": ""}


def test_a_query_whose_result_changes_is_evaluated_each_time(built_in):
    query = {"query": "SELECT (STRUUID() AS ?id) WHERE {}"}
    assert built_in.get("/sparql", params=query).content != built_in.get("/sparql", params=query).content


def test_what_was_not_asked_for_the_longest_is_let_go_of():
    held = Remembered(8 * (10 + ENTRY))
    for number in range(9):
        held.keep(number, Response(b"0123456789", media_type="text/plain"))
        held.get(0)
    assert [number for number in range(9) if held.get(number)] == [0, 2, 3, 4, 5, 6, 7, 8]
    large = b"0" * (10 + ENTRY)
    held.keep("large", Response(large, media_type="text/plain"))
    assert held.get("large") is not None
    held.keep("too large", Response(large + b"0", media_type="text/plain"))
    assert held.get("too large") is None


def test_long_questions_with_short_answers_are_not_kept_without_bounds():
    held = Remembered(1024**2)
    tracemalloc.start()
    try:
        for number in range(3000):
            held.keep((f"{number:09}" * 1000, None), Response(b"x", media_type="text/plain"))
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < 1.25 * 1024**2
    assert held.get(("000002999" * 1000, None)) is not None
    assert held.get(("000000000" * 1000, None)) is None


async def many_at_once(held, make):
    asked = [asyncio.create_task(held.once("key", make)) for _ in range(5)]
    await asyncio.sleep(0)
    asked[0].cancel()
    return await asyncio.gather(*asked, return_exceptions=True)


def test_many_who_ask_the_same_at_once_wait_for_one_answer_even_if_the_first_goes_away():
    made = []

    async def make():
        made.append(1)
        await asyncio.sleep(0)
        return Response(b"answer", media_type="text/plain")

    first, *others = asyncio.run(many_at_once(Remembered(10_000), make))
    assert len(made) == 1
    assert isinstance(first, asyncio.CancelledError)
    assert [one.body for one in others] == [b"answer"] * 4
    assert len({id(one) for one in others}) == 4  # each may get headers of its own


def test_an_error_is_not_remembered():
    async def fails():
        raise ValueError("no")

    async def works():
        return Response(b"answer", media_type="text/plain")

    async def both():
        held = Remembered(10_000)
        with pytest.raises(ValueError, match="no"):
            await held.once("key", fails)
        return await held.once("key", works)

    assert asyncio.run(both()).body == b"answer"
