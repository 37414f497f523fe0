"""The API's JSON, read as JSON-LD with ontology/context.jsonld, says triples of the graph and no others."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rdflib
from kgplan.api import models, views
from rdflib.namespace import DCTERMS, SKOS
from sample_plans import full_plan

from kgplan import resources
from kgplan.rdf import vocabulary as v
from kgplan.rdf.build import build_dataset

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
KGP = rdflib.Namespace(v.KGP)
CONTEXT = json.loads((resources.ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
PLAN = full_plan()


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    (filled,) = (g for g in build_dataset([PLAN]).graphs() if len(g))
    return filled


def read(data: dict[str, Any]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=json.dumps({"@context": CONTEXT, **data}), format="json-ld")


DOCUMENTS: dict[str, Any] = {
    "a plan's summary": views.plan_summary(PLAN),
    "a plan": views.plan_out(PLAN),
    "a statement": views.statement_out(PLAN, PLAN.statements[0]),
    "an agency": views.agency_out([PLAN], "mui-xanh/so-tai-chinh"),
    "agencies": models.AgencyList(total=1, offset=0, items=views.agencies([PLAN])),
    "a document": views.document_out([PLAN], "12-qd-ubnd"),
    "documents": models.DocumentList(total=1, offset=0, items=views.documents([PLAN])),
    "plans": models.PlanList(total=1, offset=0, items=[views.plan_summary(PLAN)]),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_triple_is_in_the_graph(graph, name):
    triples = set(read(DOCUMENTS[name].model_dump(mode="json")))
    assert len(triples) >= 3
    assert triples - set(graph) == set()


def test_a_statement_keeps_what_matters():
    statement = rdflib.URIRef(v.statement_iri(PLAN.id, "II.1"))
    found = read(DOCUMENTS["a statement"].model_dump(mode="json"))
    assert str(found.value(statement, KGP.text)) == PLAN.statements[0].text
    assert found.value(statement, KGP.inPlan) == rdflib.URIRef(v.plan_iri(PLAN.id))
    assert len(set(found.subjects(KGP.involvedIn, statement))) == 2
    assert found.value(statement, DCTERMS.subject) == rdflib.URIRef(v.topic_iri("budget-revenue"))
    labels = set(found.objects(rdflib.URIRef(v.agency_iri("mui-xanh/so-tai-chinh")), SKOS.prefLabel))
    assert {label.language for label in labels} == {"vi", "en"}


def test_the_statements_of_a_plan_are_all_there():
    found = read(DOCUMENTS["a plan"].model_dump(mode="json"))
    assert {str(a) for a in found.objects(None, KGP.address)} == {s.address for s in PLAN.statements}
