# ruff: noqa: E501
from __future__ import annotations

import pyoxigraph
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, RDF, SKOS
from sample_plans import TEXT, full_plan, plans

from kgplan.rdf import vocabulary as v
from kgplan.rdf.build import build_dataset, to_nquads
from kgplan.rdf.store import Store

ASK_EACH = {
    "plan": "ASK { ?p a kgp:Plan ; kgp:year 2024 ; dcterms:title 'Kế hoạch năm 2024'@vi }",
    "publisher": "ASK { ?p a kgp:Plan ; dcterms:publisher ?a . ?a skos:prefLabel 'UBND tỉnh'@vi }",
    "source": f"ASK {{ ?p prov:wasDerivedFrom ?t . ?t kgp:text ?text FILTER(STRLEN(?text) = {len(TEXT)}) }}",
    "section": "ASK { ?s a kgp:Section ; kgp:address 'II.1' ; skos:notation '1' ; dcterms:isPartOf/kgp:address 'II' }",
    "statement": "ASK { ?s a kgp:Statement, kgp:Task, p-plan:Step ; kgp:address 'II.1' ; kgp:order 1 ; kgp:product 'Báo cáo'@vi }",
    "sections": "ASK { ?s a kgp:Task ; kgp:inSection/kgp:address 'II.1' ; kgp:underSection/kgp:address 'II', 'II.1' }",
    "caption": "ASK { ?s a kgp:Context ; kgp:address 'ctx.1' ; kgp:order 2 FILTER NOT EXISTS { ?s a p-plan:Step } }",
    "agency": "ASK { ?a a org:Organization, cv:PublicOrganisation ; skos:prefLabel 'Sở Tài chính'@vi, 'Department of Finance'@en ;"
    " skos:altLabel 'STC'@vi ; org:classification kgp:kind-department ; org:subOrganizationOf/skos:prefLabel 'UBND tỉnh'@vi }",
    "collective": "ASK { ?a a kgp:CollectiveAgency ; kgp:unspecified true ; skos:broader ?b }",
    "leads": "ASK { ?a kgp:leads ?s ; kgp:involvedIn ?s . ?s prov:wasAttributedTo ?a FILTER NOT EXISTS { ?a kgp:shares ?s } }",
    "responsibility": "ASK { ?s prov:qualifiedAttribution ?r . ?r a kgp:Responsibility, prov:Attribution ;"
    " prov:hadRole kgp:leads-role ; kgp:words 'chủ trì' ; kgp:office 'Giám đốc'@vi ; prov:agent/skos:prefLabel 'Sở Tài chính'@vi }",
    "inherited": "ASK { ?r prov:hadRole kgp:coordinates-role ; kgp:inheritedFrom/kgp:address 'II' ; kgp:assignedBy ?b }",
    "document": "ASK { ?d a kgp:Document, eli:Work, eli:LegalResource ; kgp:number '12/QĐ-UBND' ; kgp:typeCode 'QĐ' ;"
    " kgp:typeLabel 'Quyết định'@vi ; kgp:issuer 'UBND tỉnh'@vi ; eli:date_document '2024-01-05'^^xsd:date ;"
    " kgp:validFrom 2024 ; kgp:validTo 2026 ; eli:passed_by ?a }",
    "untitled": "ASK { ?d a kgp:Document ; dcterms:title 'Đề án cảng'@vi FILTER NOT EXISTS { ?d a eli:LegalResource } }",
    "citation": "ASK { ?s kgp:cites ?d ; kgp:implements ?d ; dcterms:references ?d ; kgp:hasCitation ?c ."
    " ?c kgp:document ?d ; kgp:provision 'Điều 2'@vi }",
    "target": "ASK { ?s kgp:hasTarget ?t . ?t a kgp:Target ; skos:prefLabel 'giải ngân'@vi ; qudt:numericValue 95.5 ;"
    " kgp:maximumValue 100.0 ; kgp:unit '%' ; qudt:hasUnit unit:PERCENT ; kgp:comparator '>' ; kgp:field 'đầu tư'@vi }",
    "deadline": "ASK { ?s kgp:deadline ?date ; kgp:hasDeadline ?d . ?d kgp:date ?date ; kgp:inclusive false ; kgp:words ?w"
    " FILTER(?date = '2024-06-30'^^xsd:date) }",
    "period": "ASK { ?s kgp:hasPeriod ?p . ?p kgp:beginYear 2024 ; kgp:endYear 2026 ; kgp:words 'giai đoạn 2024 - 2026'@vi }",
    "place": "ASK { ?s kgp:mentionsPlace ?p . ?p a dcterms:Location ; skos:prefLabel 'Cảng Mũi Xanh'@vi ; kgp:placeKind ?k }",
    "person": "ASK { ?s kgp:mentionsPerson ?p . ?p a foaf:Person ; foaf:name 'Lê Văn An' ; kgp:office 'Giám đốc'@vi ; org:memberOf ?a }",
    "topic": "ASK { ?s dcterms:subject ?t . ?t a skos:Concept ; skos:prefLabel ?en FILTER(LANG(?en) = 'en') }",
    "note": "ASK { ?n a kgp:Note, kgp:Unparsed ; kgp:code 'unparsed' ; kgp:words 'ông'@vi ; kgp:noteOn/kgp:address 'II.1' }",
    "section note": "ASK { ?n kgp:code 'sum_mismatch' ; kgp:noteOn/a kgp:Section FILTER NOT EXISTS { ?n a kgp:Unparsed } }",
    "selector": "ASK { ?x oa:hasSource ?text ; oa:hasSelector ?p, ?q . ?p oa:start ?n . ?q oa:exact ?words . ?text a kgp:SourceText }",
}


@pytest.fixture(scope="module")
def store() -> Store:
    return Store.load(to_nquads(build_dataset([full_plan()])))


@pytest.mark.parametrize("part", ASK_EACH)
def test_each_part_of_a_plan_is_in_the_graph(store, part):
    assert store.query(ASK_EACH[part]).boolean is True


def test_every_span_is_the_words_it_says(store):
    rows = store.query(
        "SELECT ?x ?s ?e ?w WHERE { ?x kgp:start ?s ; kgp:end ?e . OPTIONAL { ?x kgp:words ?w } }"
    ).values()
    assert len(rows) > 10
    for row in rows:
        assert 0 <= row["s"] < row["e"] <= len(TEXT)


def test_one_named_graph_a_plan_and_an_empty_default_graph():
    dataset = build_dataset([full_plan(), full_plan("nam-sau")])
    quads = list(pyoxigraph.parse(to_nquads(dataset), format=pyoxigraph.RdfFormat.N_QUADS))
    assert {quad.graph_name.value for quad in quads} == {v.plan_iri("mui-xanh-2024"), v.plan_iri("nam-sau")}


def test_two_builds_give_the_same_sorted_bytes():
    first, second = (to_nquads(build_dataset([full_plan(), full_plan("nam-sau")])) for _ in range(2))
    assert first == second
    assert first.splitlines() == sorted(set(first.splitlines()))


def test_the_order_of_plans_does_not_matter():
    one, two = full_plan(), full_plan("nam-sau")
    assert to_nquads(build_dataset([one, two])) == to_nquads(build_dataset([two, one]))


def test_no_blank_nodes():
    assert not any(isinstance(term, rdflib.BNode) for quad in build_dataset([full_plan()]).quads() for term in quad)


def test_the_base_is_a_setting_also_for_topics():
    dataset = build_dataset([full_plan()], base="https://example.org/kg/")
    graph = dataset.graph(rdflib.URIRef("https://example.org/kg/plan/mui-xanh-2024"))
    topics = set(graph.objects(None, DCTERMS.subject))
    assert topics == {rdflib.URIRef("https://example.org/kg/topic/budget-revenue")}
    assert all((topic, SKOS.prefLabel, None) in graph for topic in topics)
    assert v.DEFAULT_BASE.encode() not in to_nquads(dataset)


@pytest.mark.parametrize(
    "base", ["", "example/", "https://example.org/no-slash", "https://exa mple.org/", "https://x/<"]
)
def test_a_bad_base_is_refused(base):
    with pytest.raises(ValueError, match="no base"):
        build_dataset([], base=base)


def test_two_plans_with_one_id_are_refused():
    with pytest.raises(ValueError, match="mui-xanh-2024"):
        build_dataset([full_plan(), full_plan()])


@given(plans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_plan_survives_the_way_to_nquads_and_back(plan):
    dataset = build_dataset([plan])
    data = to_nquads(dataset)
    lines = [line[: line.rindex(b"<")] + b".\n" for line in data.splitlines()]
    graph = rdflib.Graph().parse(data=b"".join(lines), format="nt")
    assert isomorphic(graph, dataset.graph(rdflib.URIRef(v.plan_iri(plan.id))))
    store = Store.load(data)
    rows = store.query("SELECT ?address ?text WHERE { ?s a kgp:Task ; kgp:address ?address ; kgp:text ?text }").values()
    assert {(r["address"], r["text"]) for r in rows} == {(s.address, s.text) for s in plan.statements}
    led = store.query("SELECT ?a ?s WHERE { ?a kgp:leads ?s }").rows
    assert len(led) == len({(a, s.address) for s in plan.statements for a in s.agencies("leads")})
    assert (None, RDF.type, rdflib.URIRef(v.kgp("Plan"))) in graph
