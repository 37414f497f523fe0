"""What the graph is and offers, as RDF: SPARQL 1.1 Service Description, VoID and DCAT.

Every figure is counted by a query on the graph itself, so the description is never out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote

from kgplan.rdf.examples import examples
from kgplan.rdf.results import QueryResult, Triple
from kgplan.rdf.search_pattern import SEARCH
from kgplan.rdf.terms import Term
from kgplan.rdf.vocabulary import PREFIXES, expand

_FORMATS: Final = "http://www.w3.org/ns/formats/"
RESULT_FORMATS: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "TriG", "N-Quads", "RDF_XML", "JSON-LD"),
)
"""Names of the formats offered, in the W3C's list of unique URIs for file formats."""

VOCABULARIES: Final = ("kgp", "org", "cv", "prov", "p-plan", "eli", "skos", "dcterms", "foaf", "oa", "time", "qudt")

Query = Callable[[str], QueryResult]


def describe(query: Query, endpoint: str) -> QueryResult:
    """The description of the service at ``endpoint`` (an IRI) over the graph that ``query`` asks, as triples."""
    return QueryResult("construct", triples=tuple(dict.fromkeys(_triples(query, endpoint))))


def _triples(query: Query, endpoint: str) -> Iterator[Triple]:
    dataset, default, service = f"{endpoint}#dataset", f"{endpoint}#default-graph", endpoint
    yield from _service(query, service, dataset, default)
    yield from _about(query, service, dataset)
    yield from _counts(query, dataset)
    for example in examples():
        node = f"{endpoint}#{quote(example.name)}"
        yield _link(node, "rdf:type", expand("sh:SPARQLExecutable"))
        yield _link(node, "rdf:type", expand("sh:SPARQLSelectExecutable"))
        yield _text(node, "rdfs:comment", example.question_vi, "vi")
        yield _text(node, "rdfs:comment", example.question_en, "en")
        yield _text(node, "sh:select", example.query)
        yield _link(node, "schema:target", endpoint)


def _service(query: Query, service: str, dataset: str, default: str) -> Iterator[Triple]:
    yield _link(service, "rdf:type", expand("sd:Service"))
    yield _link(service, "rdf:type", expand("dcat:DataService"))
    yield _link(service, "sd:endpoint", service)
    yield _link(service, "dcat:endpointURL", service)
    yield _link(service, "dcat:servesDataset", dataset)
    yield _link(service, "sd:supportedLanguage", expand("sd:SPARQL11Query"))
    yield _link(service, "sd:feature", expand("sd:UnionDefaultGraph"))
    yield _link(service, "sd:propertyFeature", SEARCH)
    for name in RESULT_FORMATS:
        yield _link(service, "sd:resultFormat", _FORMATS + name)
    yield _link(service, "sd:defaultDataset", dataset)
    yield _link(dataset, "rdf:type", expand("sd:Dataset"))
    yield _link(dataset, "sd:defaultGraph", default)
    yield _link(default, "rdf:type", expand("sd:Graph"))
    yield _count(default, "void:triples", _number(query, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"))
    sizes = "SELECT ?graph (COUNT(*) AS ?n) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"
    for row in query(sizes).rows:
        node = f"{service}#graph-{quote(row['graph'].value, safe='')}"
        yield _link(dataset, "sd:namedGraph", node)
        yield _link(node, "rdf:type", expand("sd:NamedGraph"))
        yield _link(node, "sd:name", row["graph"].value)
        yield _link(node, "sd:graph", f"{node}-content")
        yield _link(f"{node}-content", "rdf:type", expand("sd:Graph"))
        yield _count(f"{node}-content", "void:triples", row["n"].python)


def _about(query: Query, service: str, dataset: str) -> Iterator[Triple]:
    yield _link(dataset, "rdf:type", expand("void:Dataset"))
    yield _link(dataset, "rdf:type", expand("dcat:Dataset"))
    yield _text(dataset, "dcterms:title", "Đồ thị tri thức của các kế hoạch hành động", "vi")
    yield _text(dataset, "dcterms:title", "Knowledge graph of government action plans", "en")
    yield _link(dataset, "void:sparqlEndpoint", service)
    for prefix in VOCABULARIES:
        yield _link(dataset, "void:vocabulary", PREFIXES[prefix])
    for row in query("SELECT ?plan WHERE { ?plan a kgp:Plan } ORDER BY ?plan").rows:
        yield _link(dataset, "void:exampleResource", row["plan"].value)
        yield _text(dataset, "void:uriSpace", row["plan"].value.partition("plan/")[0])


def _counts(query: Query, dataset: str) -> Iterator[Triple]:
    for name, select in (
        ("void:triples", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"),
        ("void:distinctSubjects", "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }"),
        ("void:distinctObjects", "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o }"),
        ("void:properties", "SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ?s ?p ?o }"),
        ("void:classes", "SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { ?s a ?c }"),
    ):
        yield _count(dataset, name, _number(query, select))
    partitions = (
        ("class", "entities", "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?x } GROUP BY ?x ORDER BY ?x"),
        ("property", "triples", "SELECT ?x (COUNT(*) AS ?n) WHERE { ?s ?x ?o } GROUP BY ?x ORDER BY ?x"),
    )
    for kind, counted, select in partitions:
        for row in query(select).rows:
            node = f"{dataset}-{kind}-{_short(row['x'].value)}"
            yield _link(dataset, f"void:{kind}Partition", node)
            yield _link(node, f"void:{kind}", row["x"].value)
            yield _count(node, f"void:{counted}", row["n"].python)


def _short(iri: str) -> str:
    """A name for a partition: prefix and local name, or the whole IRI percent-encoded."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}-{quote(iri[len(namespace) :], safe='')}"
    return quote(iri, safe="")


def _number(query: Query, select: str) -> int:
    return int(query(select).rows[0]["n"].value)


def _link(subject: str, predicate: str, target: str) -> Triple:
    return Term("uri", subject), Term("uri", expand(predicate)), Term("uri", target)


def _text(subject: str, predicate: str, text: str, language: str | None = None) -> Triple:
    return Term("uri", subject), Term("uri", expand(predicate)), Term("literal", text, language=language)


def _count(subject: str, predicate: str, number: int) -> Triple:
    value = Term("literal", str(number), PREFIXES["xsd"] + "integer")
    return Term("uri", subject), Term("uri", expand(predicate)), value
