"""The graph under OWL 2 RL, with the vocabularies it uses: consistent, and nothing follows that should not."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
import rdflib
from rdflib.namespace import FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, TIME
from sample_plans import full_plan

from kgplan import resources
from kgplan.rdf import vocabulary as v
from kgplan.rdf.build import build_dataset

KGP = rdflib.Namespace(v.KGP)
ELI = rdflib.Namespace(v.PREFIXES["eli"])
P_PLAN = rdflib.Namespace(v.PREFIXES["p-plan"])
STATEMENT = rdflib.URIRef(v.statement_iri("mui-xanh-2024", "II.1"))
AGENCY = rdflib.URIRef(v.agency_iri("mui-xanh/so-tai-chinh"))
HERE = Path(__file__).parent


def reasoned(*extra: tuple[rdflib.term.Node, ...], alignments: bool = False) -> tuple[rdflib.Graph, list[str]]:
    """A plan with the ontology, the standard vocabularies and ``extra`` triples, closed; and the contradictions."""
    graph = rdflib.Graph()
    for path in (
        resources.ONTOLOGY / "kgplan.ttl",
        resources.ONTOLOGY / "concepts.ttl",
        HERE / "standard_vocabularies.ttl",
    ):
        graph.parse(path, format="turtle")
    if alignments:
        graph.parse(resources.ONTOLOGY / "alignments.ttl", format="turtle")
    for part in build_dataset([full_plan()]).graphs():
        for triple in part:
            graph.add(triple)
    for triple in extra:
        graph.add(triple)
    closure = owlrl.OWLRL_Semantics(graph, False, False, False)
    closure.closure()
    return graph, closure.error_messages


@pytest.fixture(scope="module")
def closed() -> rdflib.Graph:
    graph, errors = reasoned()
    assert errors == []
    return graph


def instances(graph: rdflib.Graph, cls: rdflib.term.Node) -> set[rdflib.term.Node]:
    return set(graph.subjects(RDF.type, cls))


def test_consistent_with_the_alignments_too():
    assert reasoned(alignments=True)[1] == []


def test_related_topics_are_not_above_one_another_and_names_have_one_use():
    """SKOS S27 and S13, over the whole thesaurus: its reading by a reasoner would take long."""
    topics = rdflib.Graph().parse(resources.ONTOLOGY / "topics.ttl", format="turtle")
    above = {topic: set(topics.transitive_objects(topic, SKOS.broader)) for topic in topics.subjects(SKOS.inScheme)}
    for one, two in topics.subject_objects(SKOS.related):
        assert two not in above[one]
        assert one not in above[two]
    for topic in above:
        names = [set(topics.objects(topic, kind)) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
        assert not names[0] & names[1] | names[0] & names[2] | names[1] & names[2]


def test_a_task_with_an_association_is_inconsistent():
    """The first trap: associations are for activities, a quoted task is an entity."""
    node = rdflib.URIRef("urn:association")
    assert reasoned((STATEMENT, PROV.qualifiedAssociation, node))[1]
    assert reasoned((STATEMENT, PROV.wasAssociatedWith, AGENCY))[1]


def test_an_association_on_an_activity_of_its_own_is_consistent():
    activity = rdflib.URIRef("urn:activity")
    graph, errors = reasoned(
        (activity, RDF.type, P_PLAN.Activity),
        (activity, P_PLAN.correspondsToStep, STATEMENT),
        (activity, PROV.wasAssociatedWith, AGENCY),
    )
    assert errors == []
    assert (STATEMENT, RDF.type, PROV.Activity) not in graph


def test_an_agency_typed_as_a_role_is_inconsistent():
    assert reasoned((AGENCY, RDF.type, ORG.Role))[1]


def test_no_task_becomes_an_organisation_an_agent_or_an_activity(closed):
    statements = instances(closed, KGP.Statement)
    assert STATEMENT in statements
    for cls in (ORG.Organization, FOAF.Agent, PROV.Agent, PROV.Activity, P_PLAN.MultiStep, FOAF.Person):
        assert not statements & instances(closed, cls)


def test_the_second_trap_would_be_noticed():
    graph, _ = reasoned((rdflib.URIRef("urn:m"), ORG.organization, STATEMENT))
    assert (STATEMENT, RDF.type, ORG.Organization) in graph


def test_roles_and_kinds_are_concepts_and_no_organisations(closed):
    for concept in [KGP["leads-role"], KGP["kind-department"]]:
        types = set(closed.objects(concept, RDF.type))
        assert SKOS.Concept in types
        assert not types & {ORG.Organization, FOAF.Agent}


def test_no_agency_is_a_formal_organisation_a_role_or_a_person(closed):
    agencies = instances(closed, ORG.Organization)
    assert AGENCY in agencies
    for cls in (ORG.FormalOrganization, ORG.Role, FOAF.Person, PROV.Activity, KGP.Statement):
        assert not agencies & instances(closed, cls)


def test_cited_documents_are_works_not_expressions(closed):
    documents = instances(closed, KGP.Document)
    assert documents
    assert documents <= instances(closed, ELI.Work)
    assert not documents & instances(closed, ELI.Expression)
    assert not instances(closed, KGP.Plan) & instances(closed, ELI.LegalResource)


def test_an_instant_is_no_interval(closed):
    assert instances(closed, TIME.Instant)
    assert not instances(closed, TIME.Instant) & instances(closed, TIME.ProperInterval)


def test_nothing_becomes_the_same_as_something_else(closed):
    data = [s for s in closed.subjects(OWL.sameAs) if str(s).startswith(v.DEFAULT_BASE)]
    assert all(set(closed.objects(s, OWL.sameAs)) <= {s} for s in data)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x WHERE { ?x a org:Organization ; skos:prefLabel ?n ; org:classification ?kind }",
        "SELECT ?x WHERE { ?x a foaf:Organization }",
        "SELECT ?x WHERE { ?e prov:qualifiedAttribution ?x . ?x a prov:Attribution ; prov:agent ?a }",
        "SELECT ?x WHERE { ?x prov:hadRole ?r . ?r a prov:Role , skos:Concept }",
        "SELECT ?x WHERE { ?x prov:wasAttributedTo ?a . ?a a prov:Agent . ?x a prov:Entity }",
        "SELECT ?x WHERE { ?x a p-plan:Step ; p-plan:isStepOfPlan ?p . ?p a p-plan:Plan }",
        "SELECT ?x WHERE { ?x a eli:LegalResource ; eli:id_local ?n ; eli:date_document ?d }",
        "SELECT ?x WHERE { ?x dcterms:references ?d . ?d a eli:Work }",
        "SELECT ?x WHERE { ?x a time:Instant ; time:inXSDDate ?d }",
        "SELECT ?x WHERE { ?x oa:hasSelector ?s . ?s a oa:TextPositionSelector ; oa:start ?a ; oa:end ?b }",
        "SELECT ?x WHERE { ?x dcterms:subject ?c . ?c a skos:Concept ; skos:inScheme ?s }",
    ],
)
def test_a_client_of_a_standard_vocabulary_alone_finds_its_things_without_reasoning(query):
    """The graph as it is, no inference, no term of kgplan."""
    graph = rdflib.Graph()
    for part in build_dataset([full_plan()]).graphs():
        for triple in part:
            graph.add(triple)
    assert "kgp:" not in query
    assert len(graph.query(query, initNs=v.PREFIXES)) > 0


def test_what_is_asserted_for_such_clients_is_what_follows(closed):
    """Everything the shortcuts and standard types say also follows from kgplan's own terms."""
    for one, two in closed.subject_objects(KGP.leads):
        assert (one, KGP.involvedIn, two) in closed
    for cls in (KGP.Task, KGP.CollectiveAgency, KGP.Responsibility, KGP.Document):
        for parent in closed.objects(cls, RDFS.subClassOf):
            if not isinstance(parent, rdflib.BNode):
                assert instances(closed, cls) <= instances(closed, parent)
