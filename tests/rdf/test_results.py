from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kgplan.errors import QueryError
from kgplan.rdf.formats import GRAPH_FORMATS, RESULT_FORMATS
from kgplan.rdf.results import QueryResult, parse_results
from kgplan.rdf.terms import Term, from_oxigraph, from_rdflib, to_oxigraph

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = ("7", "+07", "-0.5", ".5", "5.", "1e9", "-1.5E-3", "INF", "NaN", "bảy")
NUMBER_TYPES = (XSD + "integer", XSD + "decimal", XSD + "double", XSD + "float")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
XML_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20)


def terms(text: st.SearchStrategy[str]) -> st.SearchStrategy[Term]:
    return st.one_of(
        st.from_regex(r"urn:[a-z]{1,8}", fullmatch=True).map(lambda iri: Term("uri", iri)),
        text.map(lambda words: Term("literal", words)),
        text.map(lambda words: Term("literal", words, language="vi")),
        st.integers(-99, 99).map(lambda n: Term("literal", str(n), XSD + "integer")),
        st.from_regex(r"[a-z]{1,5}", fullmatch=True).map(lambda name: Term("bnode", name)),
    )


numbers = st.builds(lambda *parts: Term("literal", *parts), st.sampled_from(NUMBERS), st.sampled_from(NUMBER_TYPES))


def results(text: st.SearchStrategy[str], *more: st.SearchStrategy[Term]) -> st.SearchStrategy[QueryResult]:
    row = st.dictionaries(st.sampled_from("ab"), st.one_of(terms(text), *more))
    return st.lists(row, max_size=4).map(lambda rows: QueryResult("select", ("a", "b"), tuple(rows)))


def _read_back(data: bytes, form: ox.QueryResultsFormat) -> QueryResult:
    solutions = ox.parse_query_results(data, format=form)
    names = tuple(variable.value for variable in solutions.variables)
    rows = tuple({n: from_oxigraph(s[n]) for n in names if s[n] is not None} for s in solutions)
    return QueryResult("select", names, rows)


@given(results(TEXT))
def test_json_is_read_back_the_same_by_another_parser(result):
    assert _read_back(result.serialize("json"), ox.QueryResultsFormat.JSON) == result
    assert json.loads(result.serialize("json")) == result.to_dict()


def _xml_term(element: ET.Element) -> Term:
    kind = element.tag.rpartition("}")[2]
    language = element.get("{http://www.w3.org/XML/1998/namespace}lang")
    return Term(kind, element.text or "", element.get("datatype"), language)


@given(results(XML_TEXT))
def test_xml_is_read_back_the_same_by_another_parser(result):
    root = ET.fromstring(result.serialize("xml"))
    assert [v.get("name") for v in root.findall("{*}head/{*}variable")] == list(result.variables)
    rows = [{b.get("name"): _xml_term(b[0]) for b in row} for row in root.findall("{*}results/{*}result")]
    assert rows == list(result.rows)


@given(results(TEXT, numbers))
def test_tsv_is_read_back_the_same_by_another_parser(result):
    rows = tuple(row for row in result.rows if row)
    result = QueryResult("select", result.variables, rows)
    assert _read_back(result.serialize("tsv"), ox.QueryResultsFormat.TSV) == result


def test_numbers_are_bare_in_tsv_and_what_is_none_in_turtle_keeps_its_datatype():
    numbers = (("7", "integer"), ("-0.5", "decimal"), ("1.5E-3", "double"), ("2", "float"), ("7.0", "integer"))
    result = QueryResult("select", ("n",), tuple({"n": Term("literal", n, XSD + name)} for n, name in numbers))
    rest = f'"2"^^<{XSD}float>\n"7.0"^^<{XSD}integer>\n'
    assert result.serialize("tsv").decode() == "?n\n7\n-0.5\n1.5E-3\n" + rest


@given(results(TEXT))
def test_csv_holds_every_value(result):
    header, *rows = csv.reader(io.StringIO(result.to_csv(), newline=""))
    assert header == ["a", "b"]
    expected = [
        ["_:" * (t.kind == "bnode") + t.value if (t := row.get(n)) else "" for n in "ab"] for row in result.rows
    ]
    assert rows == expected


def test_xml_is_well_formed_even_for_characters_xml_cannot_hold():
    result = QueryResult("select", ("a",), ({"a": Term("literal", "x\x00\x0by\r\n<&>\uffff")},))
    literal = ET.fromstring(result.serialize("xml")).find(".//{*}literal")
    assert literal is not None
    assert literal.text == "x\ufffd\ufffdy\r\n<&>\ufffd"


@pytest.mark.parametrize(
    ("predicate", "text", "words"),
    [
        ("http://x/b", "x\x01", r"U\+0001.*another format"),
        ("http://x/1/", "x", "property <http://x/1/>"),
        ("http://x/12", "x", "12"),
    ],
)
def test_a_graph_that_xml_cannot_hold_is_refused_in_xml_alone(predicate, text, words):
    triple = Term("uri", "http://x/a"), Term("uri", predicate), Term("literal", text)
    graph = QueryResult("construct", triples=(triple,))
    with pytest.raises(QueryError, match=words):
        graph.serialize("rdfxml")
    assert parse_results(graph.serialize("nt"), "nt") == graph


@pytest.mark.parametrize("value", [True, False])
def test_a_truth_value_in_each_format(value):
    result = QueryResult("ask", boolean=value)
    word = "true" if value else "false"
    assert result.to_dict() == {"head": {}, "boolean": value}
    assert ET.fromstring(result.serialize("xml")).findtext("{*}boolean") == word
    assert result.serialize("csv").strip() == result.serialize("tsv").strip() == word.encode()
    assert bool(result) is value


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("form", [f.name for f in GRAPH_FORMATS])
def test_a_graph_survives_each_format(store, form):
    result = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    data = result.serialize(form)
    names = {"ttl": "turtle", "rdfxml": "xml", "jsonld": "json-ld", "nq": "nt", "trig": "turtle"}
    back = rdflib.Graph().parse(data=data, format=names.get(form, form))
    expected = rdflib.Graph().parse(data=result.serialize("nt"), format="nt")
    assert len(back) == len(result)
    assert isomorphic(back, expected)


def test_turtle_uses_the_projects_prefixes_and_only_those_needed(store):
    text = store.query("CONSTRUCT { ?p a kgp:Plan } WHERE { ?p a kgp:Plan }").serialize("ttl").decode()
    assert "kgp:Plan" in text
    assert "@prefix foaf:" not in text


def test_formats_are_kept_apart_and_named(store):
    with pytest.raises(QueryError, match="json, xml, csv, tsv"):
        store.query("SELECT * WHERE { ?s a kgp:Plan }").serialize("ttl")
    with pytest.raises(QueryError, match="ttl, nt, trig"):
        store.query("CONSTRUCT WHERE { ?s a kgp:Plan }").serialize("csv")
    assert len({f.name for f in (*RESULT_FORMATS, *GRAPH_FORMATS)}) == 10


def test_the_byte_limit_stops_the_writing(store):
    for query in ("SELECT * WHERE { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        result = store.query(query)
        size = len(result.serialize())
        assert len(result.serialize(max_bytes=size)) == size
        with pytest.raises(OverflowError):
            result.serialize(max_bytes=size - 1)


def test_tables_for_people(store):
    header, rows = store.query("SELECT ?r ?n WHERE { ?x prov:hadRole ?r ; kgp:words ?n } ORDER BY ?n").to_table()
    assert header == ["r", "n"]
    assert ["kgp:leads-role", "chủ trì"] in rows
    assert store.query("ASK {}").to_table() == (["answer"], [["true"]])


def test_pandas(store):
    frame = store.query("SELECT ?p ?year WHERE { ?p kgp:year ?year } ORDER BY ?p").to_pandas()
    assert list(frame.columns) == ["p", "year"]
    assert list(frame["year"]) == [2024, 2024]


def test_an_ill_typed_literal_keeps_its_text():
    assert Term("literal", "abc", XSD + "integer").python == "abc"
    assert Term("literal", "2024-13-99", XSD + "date").python == "2024-13-99"


@given(terms(TEXT))
def test_terms_survive_oxigraph_and_rdflib(term):
    assert from_oxigraph(to_oxigraph(term)) == term
    read = rdflib.Graph().parse(data=f"<urn:s> <urn:p> {term.n3} .\n", format="nt")
    (value,) = read.objects()
    if term.kind != "bnode":
        assert from_rdflib(value) == term


def test_triple_terms(store):
    result = store.query("SELECT ?t WHERE { BIND(TRIPLE(<urn:s>, <urn:p>, 'o') AS ?t) }")
    assert json.loads(result.serialize("json"))["results"]["bindings"][0]["t"]["type"] == "triple"
    assert _read_back(result.serialize("xml"), ox.QueryResultsFormat.XML) == result
    assert b'<<( <urn:s> <urn:p> "o" )>>' in result.serialize("tsv")
