"""Every competency question gives its expected rows, on both engines."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import built_in
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from kgplan import resources
from kgplan.errors import QueryError
from kgplan.rdf.examples import Example, example, examples
from kgplan.rdf.store import Store
from kgplan.rdf.vocabulary import PREFIXES

QUERIES = resources.ONTOLOGY / "queries"


@cache
def quads(data: Path | None) -> bytes:
    if data is None:
        return built_in.nquads()
    parsed = ox.parse(data.read_bytes(), format=ox.RdfFormat.TRIG)
    return ox.serialize(parsed, format=ox.RdfFormat.N_QUADS)


@cache
def union(data: Path | None) -> rdflib.Graph:
    return built_in.union(quads(data))


def expected(name: str) -> tuple[list[str], list[tuple[str, ...]]]:
    with (QUERIES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, [tuple(row) for row in rows]


@pytest.mark.parametrize("question", examples(), ids=lambda e: e.name)
def test_pyoxigraph_gives_the_expected_rows_in_order(question: Example):
    result = Store.load(quads(question.data)).query(question.query)
    header, rows = expected(question.name)
    assert list(result.variables) == header
    assert [tuple(row[n].value if n in row else "" for n in header) for row in result.rows] == rows


@pytest.mark.parametrize("question", examples(), ids=lambda e: e.name)
def test_rdflib_gives_the_same_rows(question: Example):
    found = union(question.data).query(question.query, initNs=PREFIXES)
    _, rows = expected(question.name)
    assert Counter(tuple("" if cell is None else str(cell) for cell in row) for row in found) == Counter(rows)


@pytest.mark.parametrize("question", examples(), ids=lambda e: e.name)
def test_a_file_can_be_taken_to_any_other_server(question: Example):
    """It declares the prefixes that it uses, and no others."""
    plain = re.sub(r'"[^"]*"|#.*', "", question.query)
    declared = re.findall(r"^PREFIX ([\w-]+): <", plain, re.MULTILINE)
    body = plain[plain.rindex("PREFIX") :].partition("\n")[2]
    assert set(re.findall(r"(?<![\w:])([a-z][\w-]*):(?=\w)", body)) == set(declared)
    prepareQuery(question.query)


def test_there_are_thirty_and_more_each_with_its_question_in_both_languages():
    assert [e.name for e in examples()][:30] == [f"cq-{n:02}" for n in range(1, 31)]
    for question in examples():
        assert question.question_vi.endswith("?")
        assert question.question_en.endswith("?")
        assert question.question_vi != question.question_en
        assert expected(question.name)[1], "a question without any row shows nothing"


def test_every_file_beside_a_query_belongs_to_one():
    names = {e.name for e in examples()}
    assert {p.stem for p in QUERIES.glob("*.csv")} == names
    assert {p.name for p in (QUERIES / "data").iterdir()} == {e.data.name for e in examples() if e.data}


def test_an_unknown_example_is_answered_with_those_there_are():
    with pytest.raises(QueryError, match=r"no example 'x'; there are cq-01"):
        example("x")


def test_the_expected_offsets_are_those_of_the_text():
    header, rows = expected("cq-27")
    for row in (dict(zip(header, values, strict=True)) for values in rows):
        assert built_in.plan().text[int(row["start"]) : int(row["end"])] == row["text"]
        assert built_in.plan().text[int(row["agencyStart"]) : int(row["agencyEnd"])] == "Sở Y tế"
