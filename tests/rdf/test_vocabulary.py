from __future__ import annotations

import json
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kgplan import resources
from kgplan.rdf import vocabulary as v


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(resources.ONTOLOGY / "kgplan.ttl", format="turtle")


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (OWL.Class, v.CLASSES),
        (OWL.ObjectProperty, v.OBJECT_PROPERTIES),
        (OWL.DatatypeProperty, v.DATATYPE_PROPERTIES),
        (RDF.Property, v.PATTERNS),
    ],
)
def test_the_constants_and_the_ontology_name_the_same_terms(ontology, kind, names):
    defined = {str(s) for s in ontology.subjects(RDF.type, kind) if str(s).startswith(v.KGP)}
    assert defined == {v.kgp(name) for name in names}


def test_every_term_is_labelled_explained_and_exemplified_in_both_languages(ontology):
    for name in (*v.CLASSES, *v.OBJECT_PROPERTIES, *v.DATATYPE_PROPERTIES, *v.PATTERNS):
        for predicate in (RDFS.label, RDFS.comment, SKOS.example):
            languages = [text.language for text in ontology.objects(rdflib.URIRef(v.kgp(name)), predicate)]
            assert sorted(languages) == ["en", "vi"], (name, predicate)


def test_roles_and_kinds_of_agencies_are_concepts_with_labels():
    concepts = rdflib.Graph().parse(resources.ONTOLOGY / "concepts.ttl", format="turtle")
    registry = json.loads((resources.DATA / "agencies.json").read_text(encoding="utf-8"))
    kinds = {row[2] for group in ("central", "provincial") for row in registry[group]}
    kinds |= {row[2] for rows in registry["local"].values() for row in rows}
    kinds |= {shape["kind"] for shape in registry["bodies"].values()}
    for iri in [v.kgp(name) for name in v.ROLE_INDIVIDUALS.values()] + [v.kind_iri(kind) for kind in kinds]:
        labels = concepts.objects(rdflib.URIRef(iri), SKOS.prefLabel)
        assert {label.language for label in labels} == {"vi", "en"}, iri


def test_prefixes_agree_with_the_ontology(ontology):
    declared = dict(ontology.namespaces())
    for prefix, namespace in v.PREFIXES.items():
        assert str(declared.get(prefix, namespace)) == namespace


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_address_makes_a_valid_iri_that_can_be_read_back(address):
    iri = v.statement_iri("ke-hoach", address)
    assert iri.isascii()
    assert not set(iri) & set('<>"{}|^`\\ ')
    assert urlsplit(iri).path.count("/") == 5
    assert v.local_id(iri) == f"ke-hoach/{address}"


def test_iris_of_the_contract():
    assert v.plan_iri("thanh-hoa-2023") == "https://w3id.org/kgplan/id/plan/thanh-hoa-2023"
    assert v.statement_iri("p", "E.III.2", "http://x/") == "http://x/plan/p/E.III.2"
    assert v.section_iri("p", "E.III") == v.DEFAULT_BASE + "plan/p/section/E.III"
    assert v.agency_iri("thanh-hoa/so-tai-chinh") == v.DEFAULT_BASE + "agency/thanh-hoa/so-tai-chinh"
    assert v.part_iri(v.statement_iri("p", "C"), "r", 1).endswith("/plan/p/C#r1")
    assert v.local_id("http://elsewhere/agency/a/b") is None


def test_importing_the_vocabulary_and_the_store_loads_no_rdflib():
    code = "import kgplan.rdf.vocabulary, kgplan.rdf.store, kgplan.rdf.build, sys; print('rdflib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_every_kind_of_agency_is_a_concept_with_names_in_both_languages():
    concepts = rdflib.Graph().parse(resources.ONTOLOGY / "concepts.ttl", format="turtle")
    named = {
        v.kind_of(str(concept))
        for concept in concepts.subjects(SKOS.inScheme, rdflib.URIRef(v.kgp("agency-kinds")))
        if {text.language for text in concepts.objects(concept, SKOS.prefLabel)} == {"vi", "en"}
    }
    grammar = json.loads((resources.DATA / "agencies_grammar.json").read_text("utf-8"))
    bodies = json.loads((resources.DATA / "agencies.json").read_text("utf-8"))["bodies"]
    assert {*grammar["heads"].values(), *(body["kind"] for body in bodies.values())} <= named
