from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from sample_plans import full_plan, plans

from kgplan.errors import QueryError
from kgplan.rdf.build import build_dataset, to_nquads
from kgplan.rdf.export import QUAD_FORMATS, export_graph, export_tables
from kgplan.rdf.formats import GRAPH_FORMATS, by_name
from kgplan.rdf.stratml import NAMESPACES, to_stratml

FORMATS = [f.name for f in GRAPH_FORMATS]


def _read(data: bytes, form: str) -> set[ox.Quad]:
    return set(ox.parse(data, format=by_name(form, GRAPH_FORMATS).oxigraph))


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_and_read_again_loses_nothing(nquads, form):
    written = _read(nquads, "nq")
    read = _read(export_graph(nquads, form), form)
    if form in QUAD_FORMATS:
        assert read == written
    else:
        assert {quad.triple for quad in read} == {quad.triple for quad in written}
        assert len(read) == len({quad.triple for quad in written})


@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("nt", "nt"), ("rdfxml", "xml")])
def test_rdflib_reads_it_too(nquads, form, name):
    assert len(rdflib.Graph().parse(data=export_graph(nquads, form), format=name)) == len(
        {quad.triple for quad in _read(nquads, "nq")}
    )


@settings(max_examples=25, deadline=None)
@given(plans())
def test_any_plan_survives_every_quad_format(plan):
    nquads = to_nquads(build_dataset([plan]))
    for form in QUAD_FORMATS:
        assert _read(export_graph(nquads, form), form) == _read(nquads, "nq")


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_is_the_same_every_time(nquads, form):
    shuffled = b"\n".join(reversed(nquads.splitlines())) + b"\n"
    assert export_graph(nquads, form) == export_graph(shuffled, form)


def test_an_unknown_format_is_refused(nquads):
    with pytest.raises(QueryError, match="ttl, nt, trig, nq, rdfxml, jsonld"):
        export_graph(nquads, "xlsx")


def test_tables_hold_every_part_once():
    tables = {n: list(csv.DictReader(io.StringIO(t, newline=""))) for n, t in export_tables([full_plan()]).items()}
    assert [r["address"] for r in tables["statements.csv"]] == ["II.1", "ctx.1"]
    assert tables["statements.csv"][0]["text"] == full_plan().statements[0].text
    assert [(r["role"], r["name"], r["office"]) for r in tables["responsibilities.csv"]] == [
        ("leads", "Sở Tài chính", "Giám đốc"),
        ("coordinates", "các đơn vị liên quan", ""),
    ]
    assert len(tables["agencies.csv"]) == 4
    assert {r["number"] for r in tables["documents.csv"]} == {"12/QĐ-UBND", ""}
    assert tables["citations.csv"][0]["relation"] == "implements"
    assert (tables["targets.csv"][0]["value"], tables["targets.csv"][0]["maximum"]) == ("95.5", "100")
    assert (tables["deadlines.csv"][0]["date"], tables["deadlines.csv"][0]["inclusive"]) == ("2024-06-30", "false")


def test_large_numbers_are_written_out():
    plan = full_plan()
    first = replace(plan.statements[0], indicators=(replace(plan.statements[0].indicators[0], value=1234567.0),))
    table = export_tables([replace(plan, statements=(first, *plan.statements[1:]))])["targets.csv"]
    assert "1234567" in table


def test_agencies_of_two_plans_stand_once():
    tables = export_tables([full_plan(), full_plan("nam-sau")])
    assert tables["agencies.csv"].count("Sở Y tế") == 1
    assert tables["statements.csv"].count("/II.1,") == 2


def test_stratml_part_1_is_a_strategic_plan_that_says_what_the_plan_says():
    root = ET.fromstring(to_stratml(full_plan()))
    names = {"s": "urn:ISO:std:iso:17469:tech:xsd:stratml_core"}
    assert root.tag == f"{{{names['s']}}}StrategicPlan"
    parts = [e.tag.partition("}")[2] for e in root]
    assert parts == ["Name", "Description", "OtherInformation", "StrategicPlanCore", "AdministrativeInformation"]
    core = [e.tag.partition("}")[2] for e in root.find("s:StrategicPlanCore", names)]
    order = ("Organization", "Vision", "Mission", "Value", "Goal")
    assert core == sorted(core, key=order.index)
    objectives = root.findall(".//s:Goal/s:Objective", names)
    assert [o.findtext("s:Description", None, names) for o in objectives] == [full_plan().statements[0].text]
    stakeholders = [
        (s.findtext("s:Name", "", names), s.findtext("s:Description", "", names))
        for s in objectives[0].findall("s:Stakeholder", names)
    ]
    assert stakeholders == [("Sở Tài chính", "chủ trì"), ("các đơn vị liên quan", "phối hợp")]
    told = objectives[0].findtext("s:OtherInformation", "", names)
    assert "12/QĐ-UBND" in told
    assert "95,5" in told
    assert root.find(".//s:PerformanceIndicator", names) is None


def test_stratml_part_2_has_roles_and_indicators():
    root = ET.fromstring(to_stratml(full_plan(), part=2))
    assert root.tag == f"{{{NAMESPACES[2]}}}PerformancePlanOrReport"
    names = {"s": NAMESPACES[2]}
    (objective,) = root.findall(".//s:Goal/s:Objective", names)
    stakeholders = [
        (s.findtext("s:Name", "", names), s.findtext("s:Role/s:Name", "", names))
        for s in objective.findall("s:Stakeholder", names)
    ]
    assert stakeholders == [("Sở Tài chính", "chủ trì"), ("các đơn vị liên quan", "phối hợp")]
    indicator = objective.find("s:PerformanceIndicator", names)
    assert indicator is not None
    assert indicator.findtext("s:UnitOfMeasurement", None, names) == "%"
    assert indicator.findtext("s:MeasurementInstance/s:TargetResult/s:NumberOfUnits", None, names) == "95.5"
    assert "12/QĐ-UBND" in (objective.findtext("s:OtherInformation", "", names))
    identifiers = [e.text for e in root.iter(f"{{{NAMESPACES[2]}}}Identifier")]
    assert len(identifiers) == len(set(identifiers))


@settings(max_examples=25, deadline=None)
@given(plans())
def test_stratml_of_any_plan_is_well_formed_and_the_same_every_time(plan):
    for part, namespace in NAMESPACES.items():
        written = to_stratml(plan, part=part)
        assert written == to_stratml(plan, part=part)
        assert len(list(ET.fromstring(written).iter(f"{{{namespace}}}Objective"))) == len(plan.statements)
