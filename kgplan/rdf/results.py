"""The result of a SPARQL query: rows, a truth value or triples, and how it is written down.

The serialisers follow the W3C recommendations SPARQL 1.1 Query Results JSON, XML, CSV and TSV; graphs are
written by oxigraph.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final, Literal

import pyoxigraph as ox

from kgplan.errors import QueryError, QueryLimitError
from kgplan.frames import frame
from kgplan.rdf import formats
from kgplan.rdf.terms import Term, from_oxigraph, triple_to_oxigraph
from kgplan.rdf.vocabulary import PREFIXES

if TYPE_CHECKING:
    import networkx
    import pandas

Kind = Literal["select", "ask", "construct"]
Row = dict[str, Term]
Triple = tuple[Term, Term, Term]


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query gave. A DESCRIBE has kind "construct".

    ``rows`` map variable names (no question mark) to terms, unbound variables left out. ``boolean`` is set
    for ASK, ``triples`` (a set, sorted) for CONSTRUCT and DESCRIBE. Iterating gives rows or triples; the
    truth value is the answer of an ASK, or whether there is any row or triple.
    """

    kind: Kind
    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool | None = None
    triples: tuple[Triple, ...] = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.triples if self.kind == "construct" else self.rows)

    def __len__(self) -> int:
        return len(self.triples if self.kind == "construct" else self.rows)

    def __bool__(self) -> bool:
        return self.boolean if self.boolean is not None else len(self) > 0

    def values(self) -> list[dict[str, Any]]:
        """The rows with Python values in place of terms (IRIs as str, numbers and dates as such)."""
        return [{name: term.python for name, term in row.items()} for row in self.rows]

    def column(self, variable: str) -> list[Any]:
        """The Python values of one variable, None where it is unbound. Raises QueryError on another name."""
        if variable not in self.variables:
            raise QueryError(f"the query has no variable ?{variable}; it has {self.variables}")
        return [row[variable].python if variable in row else None for row in self.rows]

    def to_dict(self) -> dict[str, Any]:
        """The result as SPARQL 1.1 Query Results JSON; a graph as ``{"triples": [[s, p, o], …]}`` in N-Triples."""
        if self.kind == "ask":
            return {"head": {}, "boolean": self.boolean}
        if self.kind == "construct":
            return {"triples": [[term.n3 for term in triple] for triple in self.triples]}
        bindings = [{name: _json(term) for name, term in row.items()} for row in self.rows]
        return {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}

    def to_csv(self) -> str:
        """The result as SPARQL 1.1 CSV (CRLF line ends). Raises QueryError for a graph."""
        return self.serialize("csv").decode("utf-8")

    def to_table(self) -> tuple[list[str], list[list[str]]]:
        """Header and rows of text for people; IRIs of known namespaces as prefixed names, "" when unbound."""
        if self.kind == "ask":
            return ["answer"], [["true" if self.boolean else "false"]]
        if self.kind == "construct":
            return ["subject", "predicate", "object"], [[shorten(t) for t in triple] for triple in self.triples]
        return list(self.variables), [
            [shorten(row[name]) if name in row else "" for name in self.variables] for row in self.rows
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas DataFrame of Python values. Raises KgplanError when pandas is not installed."""
        if self.kind != "select":
            header, rows = self.to_table()
            return frame((dict(zip(header, row, strict=True)) for row in rows), header)
        return frame(self.values(), self.variables)

    def to_networkx(self, source: str | None = None, target: str | None = None) -> networkx.MultiDiGraph[Any]:
        """One edge a row, from the value of ``source`` to that of ``target`` (default: the first two variables).

        The other variables are the edge's attributes. A row with one end unbound gives that node alone. Of a graph,
        each triple is an edge with its ``predicate``. Nodes are Python values, IRIs as str. Raises QueryError when a
        name is no variable of the query, or when there are not two.
        """
        import networkx

        graph: networkx.MultiDiGraph[Any] = networkx.MultiDiGraph()
        if self.kind == "construct":
            for subject, predicate, value in self.triples:
                graph.add_edge(subject.python, value.python, predicate=predicate.value)
            return graph
        free = (name for name in self.variables if name not in (source, target))
        ends = [source or next(free, ""), target or next(free, "")]
        if ends[0] == ends[1] or not set(ends) <= set(self.variables):
            have = ", ".join(f"?{name}" for name in self.variables) or "none"
            raise QueryError(f"a network needs two variables of the query as its ends; it has: {have}")
        for row in self.values():
            found = [row[name] for name in ends if name in row]
            if len(found) == 2:
                graph.add_edges_from([(*found, {name: value for name, value in row.items() if name not in ends})])
            else:
                graph.add_nodes_from(found)
        return graph

    def __repr__(self) -> str:
        if self.kind == "ask":
            return f"<QueryResult: {str(self.boolean).lower()}>"
        if self.kind == "construct":
            return f"<QueryResult: {len(self)} triples>"
        return f"<QueryResult: {len(self)} rows of {' '.join(f'?{name}' for name in self.variables)}>"

    def _repr_html_(self) -> str:
        from kgplan.display import result_html

        return result_html(self)

    def serialize(self, form: str | None = None, *, max_bytes: int | None = None) -> bytes:
        """The result in the format of that name (see :mod:`kgplan.rdf.formats`), in UTF-8.

        Raises QueryError on a format that does not serve this kind of result, and OverflowError as soon as
        more than ``max_bytes`` bytes have been written.
        """
        if self.kind == "construct":
            return self._serialize_graph(formats.by_name(form or "ttl", formats.GRAPH_FORMATS), max_bytes)
        chosen = formats.by_name(form or "json", formats.RESULT_FORMATS)
        sink = _Sink(max_bytes)
        for piece in _WRITERS[chosen.name](self):
            sink.write(piece.encode("utf-8"))
        return sink.getvalue()

    def to_nquads(self, graph: str) -> bytes:
        """The triples as those of the named graph, in N-Quads, sorted."""
        name = ox.NamedNode(graph)
        quads = (triple_to_oxigraph(triple) for triple in self.triples)
        lines = (f"{ox.Quad(t.subject, t.predicate, t.object, name)} .\n" for t in quads)
        return "".join(sorted(lines)).encode("utf-8")

    def _serialize_graph(self, chosen: formats.Format, max_bytes: int | None) -> bytes:
        sink = _Sink(max_bytes)
        if chosen.name == "rdfxml":
            _check_xml(self.triples)
        triples = [triple_to_oxigraph(triple) for triple in self.triples]
        ox.serialize(triples, sink, format=chosen.oxigraph, prefixes=_used_prefixes(self.triples))
        return sink.getvalue()


def collect(
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    max_rows: int | None = None,
    order: Sequence[str] = (),
) -> QueryResult:
    """All of what oxigraph gives, the variables of ``order`` first and as there.

    Raises QueryLimitError on more than ``max_rows`` rows or triples.
    """
    if isinstance(answer, ox.QueryBoolean):
        return QueryResult("ask", boolean=bool(answer))
    if isinstance(answer, ox.QueryTriples):
        return QueryResult("construct", triples=_triples(answer, max_rows))
    places = {name: number for number, name in enumerate(order)}
    names = tuple(sorted((v.value for v in answer.variables), key=lambda name: places.get(name, len(places))))
    rows: list[Row] = []
    for solution in answer:
        bound = ((name, solution[name]) for name in names)
        rows.append({name: from_oxigraph(term) for name, term in bound if term is not None})
        check_rows(len(rows), max_rows)
    return QueryResult("select", names, tuple(rows))


def parse_results(data: bytes, form: str) -> QueryResult:
    """The result that was serialised as "json", "nt" or "ttl". Raises QueryError when ``data`` is something else."""
    try:
        if form in ("nt", "ttl"):
            quads = ox.parse(data, format=formats.by_name(form, formats.GRAPH_FORMATS).oxigraph)
            return QueryResult("construct", triples=_triples(quads, None))
        return collect(ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON))
    except (SyntaxError, ValueError) as error:
        raise QueryError(f"the result is no {form}: {str(error).partition(chr(10))[0]}") from error


def _triples(source: Iterable[ox.Triple | ox.Quad], max_rows: int | None) -> tuple[Triple, ...]:
    """The set of triples, ordered by subject, rdf:type first."""
    triples: set[Triple] = set()
    for item in source:
        triples.add((from_oxigraph(item.subject), from_oxigraph(item.predicate), from_oxigraph(item.object)))
        check_rows(len(triples), max_rows)
    rdf_type = PREFIXES["rdf"] + "type"
    return tuple(sorted(triples, key=lambda t: (t[0].n3, t[1].value != rdf_type, t[1].value, t[2].n3)))


def check_rows(count: int, max_rows: int | None) -> None:
    """Raise QueryLimitError when there are more rows than allowed."""
    if max_rows is not None and count > max_rows:
        raise QueryLimitError(f"the result has more than {max_rows} rows; ask for fewer with LIMIT and OFFSET")


class _Sink(io.BytesIO):
    """Bytes in memory, up to a limit."""

    def __init__(self, limit: int | None) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any) -> int:
        written = super().write(data)
        if self._limit is not None and self.tell() > self._limit:
            raise OverflowError(f"more than {self._limit} bytes")
        return written


def shorten(term: Term) -> str:
    """A term for people: a prefixed name where a known namespace fits, an IRI as it is, a literal's text."""
    if term.kind == "uri":
        for prefix, namespace in PREFIXES.items():
            name = term.value[len(namespace) :]
            if term.value.startswith(namespace) and name.replace("-", "").replace("_", "").isalnum():
                return f"{prefix}:{name}"
    return f"_:{term.value}" if term.kind == "bnode" else term.value


def _used_prefixes(triples: tuple[Triple, ...]) -> dict[str, str]:
    iris = {term.value for triple in triples for term in triple if term.kind == "uri"}
    iris |= {term.datatype for triple in triples for term in triple if term.datatype}
    return {p: n for p, n in sorted(PREFIXES.items()) if any(iri.startswith(n) for iri in iris)}


def _json(term: Term) -> dict[str, Any]:
    if term.kind == "triple":
        names = ("subject", "predicate", "object")
        return {"type": "triple", "value": {n: _json(part) for n, part in zip(names, term.parts, strict=True)}}
    binding: dict[str, Any] = {"type": term.kind, "value": term.value}
    if term.language:
        binding["xml:lang"] = term.language
    if term.datatype:
        binding["datatype"] = term.datatype
    return binding


def _write_json(result: QueryResult) -> Iterator[str]:
    if result.kind == "ask":
        yield json.dumps(result.to_dict())
        return
    yield f'{{"head":{json.dumps({"vars": list(result.variables)})},"results":{{"bindings":['
    for number, row in enumerate(result.rows):
        yield ("," if number else "") + json.dumps({n: _json(t) for n, t in row.items()}, ensure_ascii=False)
    yield "]}}"


def _write_xml(result: QueryResult) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n<head>'
    yield "".join(f"<variable name={_quoted(name)}/>" for name in result.variables) + "</head>\n"
    if result.kind == "ask":
        yield f"<boolean>{'true' if result.boolean else 'false'}</boolean>\n</sparql>\n"
        return
    yield "<results>\n"
    for row in result.rows:
        cells = (f"<binding name={_quoted(n)}>{_xml(row[n])}</binding>" for n in result.variables if n in row)
        yield f"<result>{''.join(cells)}</result>\n"
    yield "</results>\n</sparql>\n"


def _xml(term: Term) -> str:
    if term.kind == "triple":
        names = ("subject", "predicate", "object")
        parts = (f"<{n}>{_xml(part)}</{n}>" for n, part in zip(names, term.parts, strict=True))
        return f"<triple>{''.join(parts)}</triple>"
    text = escape(_NOT_XML.sub("\ufffd", term.value), quote=False).replace("\r", "&#13;")
    if term.kind != "literal":
        return f"<{term.kind}>{text}</{term.kind}>"
    if term.language:
        return f"<literal xml:lang={_quoted(term.language)}>{text}</literal>"
    return (
        f"<literal datatype={_quoted(term.datatype)}>{text}</literal>"
        if term.datatype
        else f"<literal>{text}</literal>"
    )


def _quoted(value: str) -> str:
    """An attribute's value with its quotes."""
    return f'"{escape(value)}"'


_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML 1.0 document can hold."""

_ENDS_IN_NAME: Final = re.compile(r"[^\W\d][\w.\-]*$")
"""What a property's IRI must end in to be the name of an XML element."""


def _write_csv(result: QueryResult) -> Iterator[str]:
    if result.kind == "ask":
        yield "true\r\n" if result.boolean else "false\r\n"
        return
    yield _csv_line(list(result.variables))
    for row in result.rows:
        yield _csv_line([_csv_cell(row[name]) if name in row else "" for name in result.variables])


def _check_xml(triples: Iterable[Triple]) -> None:
    """Raise QueryError when a literal or a property cannot be written in XML: what is changed is not the graph."""
    for _, predicate, value in triples:
        if not _ENDS_IN_NAME.search(predicate.value):
            raise QueryError(f"RDF/XML has no name for the property <{predicate.value}>; ask for another format")
        found = _NOT_XML.search(value.value)
        if found:
            raise QueryError(f"a literal holds U+{ord(found[0]):04X}, which XML cannot; ask for another format")


def _csv_line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return "\r\n" if cells == [""] else line.getvalue()


def _csv_cell(term: Term) -> str:
    return f"_:{term.value}" if term.kind == "bnode" else term.value


def _write_tsv(result: QueryResult) -> Iterator[str]:
    if result.kind == "ask":
        yield "true\n" if result.boolean else "false\n"
        return
    yield "\t".join(f"?{name}" for name in result.variables) + "\n"
    for row in result.rows:
        yield "\t".join(_tsv_cell(row[name]) if name in row else "" for name in result.variables) + "\n"


_NUMBERS: Final = {
    PREFIXES["xsd"] + "integer": re.compile(r"[+-]?[0-9]+"),
    PREFIXES["xsd"] + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    PREFIXES["xsd"] + "double": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+"),
}
"""How numbers of each datatype are written bare in Turtle, and so in TSV."""


def _tsv_cell(term: Term) -> str:
    """The term as Turtle writes it, numbers bare."""
    number = _NUMBERS.get(term.datatype or "")
    return term.value if number and number.fullmatch(term.value) else term.n3


_WRITERS: Final = {"json": _write_json, "xml": _write_xml, "csv": _write_csv, "tsv": _write_tsv}
