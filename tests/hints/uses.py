"""What a user's editor knows of kgplan. Checked by mypy, never run."""

from __future__ import annotations

from typing import Any, Literal, assert_type

import networkx
import pandas
import rdflib

import kgplan
from kgplan.answering.answer import Evidence, Result
from kgplan.comparing import Comparison
from kgplan.comparing.result import TaskMatch
from kgplan.model import Agency, Deadline, Responsibility
from kgplan.networks import AgencyMeasures, Finding, findings, measures
from kgplan.rdf.results import QueryResult
from kgplan.rdf.shapes import Report
from kgplan.retrieval.hits import Hit, Hits


def ask(corpus: kgplan.Corpus) -> None:
    answer = corpus.ask("Ai chủ trì chuyển đổi số?", interpretation={"role": "leads"})
    assert_type(answer, kgplan.Answer)
    assert_type(answer.status, Literal["answered", "abstained"])
    assert_type(answer.text, str)
    assert_type(answer.results, tuple[Result, ...])
    assert_type(answer.results[0].addresses, tuple[str, ...])
    assert_type(answer.evidence[0], Evidence)
    assert_type(answer.evidence[0].start, int)
    assert_type(answer.to_pandas(), pandas.DataFrame)
    assert_type(answer.to_dict(), dict[str, Any])


def search(corpus: kgplan.Corpus) -> None:
    hits = corpus.search("giảm nghèo", k=3)
    assert_type(hits, Hits)
    assert_type(hits[0], Hit)
    assert_type([hit.address for hit in hits], list[str])
    assert_type(hits[0].score, float)
    assert_type(hits.to_pandas(), pandas.DataFrame)


def query(corpus: kgplan.Corpus) -> None:
    rows = corpus.sparql("SELECT ?s WHERE { ?s ?p ?o }")
    assert_type(rows, QueryResult)
    assert_type(rows.values(), list[dict[str, Any]])
    assert_type(rows.to_csv(), str)
    assert_type(rows.to_pandas(), pandas.DataFrame)
    assert_type(rows.to_networkx(), networkx.MultiDiGraph[Any])
    assert_type(corpus.graph, rdflib.Dataset)


def plans(corpus: kgplan.Corpus) -> None:
    plan = corpus.plan("thanh-hoa-2023")
    assert_type(plan, kgplan.Plan)
    assert_type(plan.statements, tuple[kgplan.Statement, ...])
    statement = plan.statement("E.V.2")
    assert_type(statement.responsibilities, tuple[Responsibility, ...])
    assert_type(statement.responsibilities[0].role, Literal["leads", "coordinates", "shares"])
    assert_type(statement.deadlines, tuple[Deadline, ...])
    assert_type(plan.agency("x"), Agency)
    assert_type(plan.year, int | None)
    assert_type(kgplan.parse_file("plan.docx"), kgplan.Plan)


def compare(corpus: kgplan.Corpus) -> None:
    comparison = corpus.compare("a", "b")
    assert_type(comparison, Comparison)
    assert_type(comparison.leads_changed, tuple[TaskMatch, ...])
    assert_type(corpus.validate(), Report)


def network(corpus: kgplan.Corpus) -> None:
    graph = corpus.network("coordination")
    assert_type(measures(graph), list[AgencyMeasures])
    assert_type(findings(corpus), tuple[Finding, ...])


def opened() -> None:
    assert_type(kgplan.open_corpus(), kgplan.Corpus)
    assert_type(kgplan.build_corpus(["a.txt"], "out"), kgplan.Corpus)
    assert_type(kgplan.__version__, str)
