# ruff: noqa: E501
"""Each shape passes on a well-built plan and fails on one deliberate mistake."""

from __future__ import annotations

import pytest
import rdflib
from sample_plans import full_plan

from kgplan import resources
from kgplan.parsing.changes import Changes
from kgplan.parsing.registry import Registry
from kgplan.rdf.build import build_dataset
from kgplan.rdf.shapes import validate
from kgplan.rdf.vocabulary import CLASSES, PREFIXES, kgp

SHAPES = "https://w3id.org/kgplan/shapes#"

MISTAKES = {
    "PlanShape": "DELETE { ?p dcterms:title ?t } WHERE { ?p a kgp:Plan ; dcterms:title ?t }",
    "SourceTextShape": "DELETE { ?p kgp:text ?t } WHERE { ?p a kgp:SourceText ; kgp:text ?t }",
    "SectionShape": "DELETE { ?s dcterms:isPartOf ?p } WHERE { ?s kgp:address 'II' ; dcterms:isPartOf ?p }",
    "StatementShape": "DELETE { ?s kgp:text ?t } WHERE { ?s a kgp:Task ; kgp:text ?t }",
    "OffsetShape": "DELETE { ?s kgp:start ?n } INSERT { ?s kgp:start ?m } WHERE { ?s a kgp:Task ; kgp:start ?n BIND(?n + 1 AS ?m) }",
    "AddressShape": "DELETE { ?s kgp:address 'ctx.1' } INSERT { ?s kgp:address 'II.1' } WHERE { ?s a kgp:Context }",
    "QuoteShape": "DELETE { ?q oa:exact ?t } INSERT { ?q oa:exact 'khác' } WHERE { ?s a kgp:Task ; dcterms:source/oa:hasSelector ?q . ?q oa:exact ?t }",
    "SpanShape": "DELETE { ?r kgp:end ?e } INSERT { ?r kgp:end 99999 } WHERE { ?r a kgp:Responsibility ; kgp:end ?e }",
    "StepShape": "INSERT { ?s a prov:Activity } WHERE { ?s a kgp:Task }",
    "MentionShape": "DELETE { ?m kgp:end ?e } INSERT { ?m kgp:end 0 } WHERE { ?m a kgp:Period ; kgp:end ?e }",
    "ResponsibilityShape": "DELETE { ?r kgp:words ?w } WHERE { ?r a kgp:Responsibility ; kgp:words ?w }",
    "ShortcutShape": "DELETE { ?a kgp:leads ?s } WHERE { ?a kgp:leads ?s }",
    "ShortcutBasisShape": "INSERT { ?a kgp:coordinates ?s } WHERE { ?a kgp:leads ?s }",
    "AgencyShape": "DELETE { ?a skos:prefLabel ?n } WHERE { ?a a org:Organization ; skos:prefLabel ?n FILTER(LANG(?n) = 'vi') }",
    "AgencyNameShape": "DELETE { ?a skos:prefLabel 'Sở Y tế'@vi } INSERT { ?a skos:prefLabel 'Sở Tài chính'@vi } WHERE { ?a skos:prefLabel 'Sở Y tế'@vi }",
    "CollectiveAgencyShape": "INSERT { ?a a cv:PublicOrganisation } WHERE { ?a a kgp:CollectiveAgency }",
    "DocumentShape": "DELETE { ?d dcterms:title ?t } WHERE { ?d a kgp:Document ; dcterms:title ?t FILTER NOT EXISTS { ?d kgp:number ?n } }",
    "CitationShape": "DELETE { ?c kgp:document ?d } WHERE { ?c kgp:document ?d }",
    "TargetShape": "DELETE { ?t kgp:comparator ?c } INSERT { ?t kgp:comparator '~' } WHERE { ?t kgp:comparator ?c }",
    "TargetOwnerShape": "DELETE { ?s prov:qualifiedAttribution ?r . ?r ?p ?o . ?a kgp:leads ?s . ?a kgp:coordinates ?s }"
    " WHERE { ?s prov:qualifiedAttribution ?r . ?r ?p ?o OPTIONAL { ?a kgp:involvedIn ?s } }",
    "OneLeadShape": "INSERT { ?a kgp:leads ?s ; kgp:involvedIn ?s . ?s prov:qualifiedAttribution ?new . ?new a kgp:Responsibility ; kgp:words '' ;"
    " prov:agent ?a ; prov:hadRole kgp:leads-role } WHERE { ?a skos:prefLabel 'Sở Y tế'@vi . ?s a kgp:Task BIND(IRI(CONCAT(STR(?s), '#new')) AS ?new) }",
    "DeadlineShape": "DELETE { ?d kgp:date ?x } WHERE { ?d kgp:date ?x }",
    "PeriodShape": "DELETE { ?p kgp:endYear ?e } INSERT { ?p kgp:endYear 1999 } WHERE { ?p kgp:endYear ?e }",
    "TopicLinkShape": "DELETE { ?t kgp:words ?w } WHERE { ?t a kgp:TopicLink ; kgp:words ?w }",
    "ConceptShape": "DELETE { ?c skos:prefLabel ?l } WHERE { ?x dcterms:subject ?c . ?c skos:prefLabel ?l FILTER(LANG(?l) = 'en') }",
    "PlaceShape": "DELETE { ?p skos:prefLabel ?l } WHERE { ?p a dcterms:Location ; skos:prefLabel ?l }",
    "PersonShape": "DELETE { ?p foaf:name ?l } WHERE { ?p foaf:name ?l }",
    "ChangeEventShape": "DELETE { ?e dcterms:date ?d } WHERE { ?e a org:ChangeEvent ; dcterms:date ?d }",
    "LaterAgencyShape": "DELETE { ?a org:resultedFrom ?e } WHERE { ?a a kgp:LaterAgency ; org:resultedFrom ?e }",
    "NoteShape": "DELETE { ?n kgp:code 'sum_mismatch' } WHERE { ?n a kgp:Note }",
}
WARNINGS = {"TargetOwnerShape", "OneLeadShape"}


CHANGES = {
    "bases": {"1/NQ-X": {"type": "Nghị quyết", "issuer": "HĐND tỉnh", "date": "2024-12-01", "title": "sắp xếp"}},
    "events": [
        {
            "id": "x",
            "level": "mui-xanh",
            "kind": "rename",
            "date": "2025-01-01",
            "basis": "1/NQ-X",
            "from": ["Sở Y tế"],
            "to": ["Sở Sức khỏe"],
        }
    ],
}


def _dataset() -> rdflib.Dataset:
    return build_dataset([full_plan()], changes=Changes([CHANGES], Registry.load()))


def _graph() -> rdflib.Graph:
    (graph,) = (g for g in _dataset().graphs() if len(g))
    return graph


def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(resources.ONTOLOGY / "shapes.ttl", format="turtle")


def test_every_shape_has_a_mistake_here():
    named = {str(s).removeprefix(SHAPES) for s in _shapes().subjects(rdflib.RDF.type, rdflib.SH.NodeShape)}
    assert named == set(MISTAKES)


def test_every_class_has_a_shape():
    targets = set(_shapes().objects(None, rdflib.SH.targetClass))
    assert {kgp(name) for name in CLASSES} <= {str(target) for target in targets}


@pytest.mark.parametrize(
    "kind", ["Theme", "Motto", "Goal", "Directive", "Task", "Assignment", "Arrangement", "Context"]
)
def test_a_statement_of_any_kind_needs_its_text(kind):
    graph = _graph()
    graph.add((rdflib.URIRef("urn:new"), rdflib.RDF.type, rdflib.URIRef(kgp(kind))))
    found = [r for r in validate(graph).results if r.focus == "urn:new" and r.shape == SHAPES + "StatementShape"]
    assert PREFIXES["kgp"] + "text" in {r.path for r in found}


def test_a_well_built_plan_conforms_without_a_warning():
    for dataset in (build_dataset([full_plan(), full_plan("nam-sau")]), _dataset()):
        report = validate(dataset)
        assert report.conforms
        assert report.results == ()


@pytest.mark.parametrize("shape", MISTAKES)
def test_the_shape_catches_the_mistake(shape):
    graph = _graph()
    before = len(graph), set(graph)
    graph.update(MISTAKES[shape], initNs=PREFIXES)
    assert set(graph) != before[1]
    report = validate(graph)
    found = [r for r in report.results if r.shape == SHAPES + shape]
    assert found
    assert report.conforms is (shape in WARNINGS)
    assert {r.severity for r in found} == {"Warning" if shape in WARNINGS else "Violation"}
    for result in found:
        assert result.message_vi
        assert result.message_en
        assert result.message_vi != result.message_en


@pytest.mark.parametrize(
    ("shape", "mistake"),
    [
        (
            "StatementShape",
            "DELETE { ?s kgp:text ?t } INSERT { ?s kgp:text '   '@vi } WHERE { ?s a kgp:Task ; kgp:text ?t }",
        ),
        ("StatementShape", "INSERT { ?s prov:qualifiedAssociation ?r } WHERE { ?s prov:qualifiedAttribution ?r }"),
        ("StatementShape", "INSERT { ?s prov:wasAssociatedWith ?a } WHERE { ?a kgp:leads ?s }"),
        ("StatementShape", "INSERT { <urn:m> a org:Membership ; org:organization ?s } WHERE { ?s a kgp:Task }"),
        (
            "QuoteShape",
            "DELETE { ?q oa:start ?n } INSERT { ?q oa:start 0 } WHERE { ?s a kgp:Task ; dcterms:source/oa:hasSelector ?q . ?q oa:start ?n }",
        ),
        (
            "DeadlineShape",
            "INSERT { ?d kgp:duration 'P5D'^^xsd:duration , 'P6D'^^xsd:duration } WHERE { ?d kgp:date ?x }",
        ),
        ("ResponsibilityShape", "DELETE { ?r prov:hadRole ?x } WHERE { ?r prov:hadRole ?x }"),
        (
            "AgencyShape",
            "DELETE { ?a skos:prefLabel ?n } INSERT { ?a skos:prefLabel ' '@vi } WHERE { ?a skos:prefLabel ?n ; kgp:leads ?s FILTER(LANG(?n) = 'vi') }",
        ),
        (
            "AgencyNameShape",
            "INSERT { <urn:a> a cv:PublicOrganisation ; skos:prefLabel 'Sở A'@vi . <urn:b> a cv:PublicOrganisation ; skos:prefLabel 'Sở A'@vi } WHERE {}",
        ),
    ],
)
def test_other_mistakes_are_caught_too(shape, mistake):
    graph = _graph()
    before = set(graph)
    graph.update(mistake, initNs=PREFIXES)
    assert set(graph) != before
    report = validate(graph)
    assert SHAPES + shape in {result.shape for result in report.results}
    assert not report.conforms


def test_every_message_of_every_shape_is_in_both_languages():
    shapes = _shapes()
    for subject in set(shapes.subjects(rdflib.SH.message)):
        assert sorted(m.language for m in shapes.objects(subject, rdflib.SH.message)) == ["en", "vi"]


def test_a_finding_names_the_node_the_path_and_the_value():
    graph = _graph()
    graph.update(MISTAKES["TargetShape"], initNs=PREFIXES)
    (finding,) = validate(graph).results
    assert finding.focus.endswith("/II.1#i1")
    assert finding.path == PREFIXES["kgp"] + "comparator"
    assert finding.value == "~"
