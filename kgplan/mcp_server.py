"""The corpus for clients of the Model Context Protocol: tools that answer with evidence, plans and ontology to read.

Made with the protocol's official SDK (``pip install 'kgplan[mcp]'``). Every tool answers with the JSON that the command
line and the HTTP service give; an error is the tool's error, in one line.
"""

import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from kgplan import mcp_lookup
from kgplan.errors import CorpusError, KgplanError, QuestionError, UnknownPlanError
from kgplan.model import Plan
from kgplan.rdf import vocabulary_graph
from kgplan.rdf.examples import examples
from kgplan.rdf.export import export_graph
from kgplan.rdf.limits import QueryLimits
from kgplan.version import __version__

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from kgplan.corpus import Corpus
    from kgplan.rdf.store import QueryRunner

# No `from __future__ import annotations`: the SDK reads the tools' annotations, which name what make_server imports.

INSTRUCTIONS = """\
Answers questions about Vietnamese government action plans from a knowledge graph: who leads, coordinates or shares a
task, under which document, by when. Start with `ask`, in Vietnamese or English. An answer names the statements that
say it (`evidence`, with address and verbatim text): quote those, and add nothing that they do not say. When `status`
is "abstained" the plan does not answer; say so, with the reason. Use `sparql` for what `ask` does not cover; the
resource kgplan://ontology/queries shows worked queries."""

LIMITS = QueryLimits(seconds=10, rows=2_000, bytes=4 * 1024**2)

MAX_HITS = 50


def make_server(corpus: "Corpus") -> "MCPServer[Any]":
    """The server over ``corpus``; ``run()`` speaks over standard input and output.

    Raises CorpusError, naming the cure, when the SDK is not installed.
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
        from mcp.types import CallToolResult, TextContent, ToolAnnotations
    except ImportError:
        raise CorpusError("the MCP server needs the protocol's SDK: pip install 'kgplan[mcp]'") from None
    from pydantic import Field, ValidationError

    from kgplan.api import answers, comparisons, models, views
    from kgplan.api.queries import QueryResult

    class Server(MCPServer[Any]):
        async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
            """As the SDK does, but what a tool does not take is refused, in one line that names what it takes."""
            takes = {one.name: one.input_schema["properties"] for one in await self.list_tools()}
            if name not in takes:
                raise ToolError(f"no tool {name!r}; there are {', '.join(takes)}")
            wrong = [f"{argument} is not known" for argument in arguments if argument not in takes[name]]
            try:
                if not wrong:
                    return await super().call_tool(name, arguments, context)
            except ToolError as error:
                if not isinstance(error.__cause__, ValidationError):
                    raise
                wrong = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.__cause__.errors()]
            raise ToolError(f"{'; '.join(wrong)}; {name} takes {', '.join(takes[name])}")

    server: MCPServer[Any] = Server(
        "kgplan", title="kgplan", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING"
    )
    tool = server.tool(annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False), structured_output=True)

    def told(work: Callable[[], dict[str, Any]]) -> CallToolResult:
        try:
            found = work()
        except KgplanError as error:
            raise ToolError(" ".join(str(error).split())) from None
        return CallToolResult(content=[TextContent(type="text", text=_json(found))], structured_content=found)

    @cache
    def pool() -> "QueryRunner":
        return corpus.query_pool(LIMITS)

    plan_id = Field(description="The id of a plan; kgplan://plans lists them.")

    @tool
    def ask(
        question: Annotated[str, Field(description="In Vietnamese, with or without diacritics, or English.")],
        plan: Annotated[str | None, Field(description="Keep to the plan of this id.")] = None,
        interpretation: Annotated[
            dict[str, Any] | None,
            Field(
                description="Corrects what the question was understood to ask, by the fields an answer shows.",
                examples=[{"role": "coordinates"}],
            ),
        ] = None,
    ) -> Annotated[CallToolResult, answers.Answer]:
        """Answer a question about the plans: who does what, under which document, by when, how much, where.

        Returns status ("answered", or "abstained" with a reason), results (agencies with roles, documents, dates …),
        evidence (the statements that say so, verbatim, with their addresses), the SPARQL behind it, a sentence in the
        question's language, the interpretation, and alternatives: close readings, ready to be given back.
        """
        return told(lambda: _plain(corpus.ask(question, plan=plan, interpretation=interpretation).to_dict()))

    @tool
    def search(
        words: Annotated[str, Field(description="What the statements are about, in Vietnamese or English.")],
        k: Annotated[int, Field(description=f"How many statements, 1 to {MAX_HITS}.")] = 5,
    ) -> Annotated[CallToolResult, answers.SearchResult]:
        """Find the statements closest in meaning to some words, best first, with plan, address, text and score."""
        return told(lambda: _search(corpus, words, k))

    @tool
    def sparql(
        query: Annotated[str, Field(description="SELECT, ASK, CONSTRUCT or DESCRIBE.")],
    ) -> Annotated[CallToolResult, QueryResult]:
        """Run a read-only SPARQL 1.1 query on the graph (prefixes kgp:, org:, skos:, prov:, eli:, dcterms: are known).

        SELECT and ASK give SPARQL JSON results, CONSTRUCT and DESCRIBE give {"turtle": …}. Limits: 10 s, 2,000 rows.
        Select ?address (?statement kgp:address ?address) to be able to quote a statement with the tool `statement`.
        kgp:search("words", 10) joins meaning with structure. Read kgplan://ontology/queries for worked examples.
        """
        return told(lambda: _query(corpus, pool(), query))

    @tool
    def statement(
        plan: Annotated[str, plan_id],
        address: Annotated[str, Field(description="The labels the plan prints, joined by dots.", examples=["E.III.2"])],
    ) -> Annotated[CallToolResult, models.StatementOut]:
        """One statement of a plan by its address: verbatim text, roles, documents, targets, deadlines."""
        return told(lambda: mcp_lookup.statement(corpus, plan, address))

    @tool
    def agency(
        name: Annotated[str, Field(description="A name in Vietnamese or English, an abbreviation, an id or an IRI.")],
    ) -> Annotated[CallToolResult, models.AgencyOut]:
        """One agency: the statements it leads, shares and coordinates, with whom it works, under which documents."""
        return told(lambda: mcp_lookup.agency(corpus, name))

    @tool
    def compare(
        a: Annotated[str, plan_id], b: Annotated[str, plan_id]
    ) -> Annotated[CallToolResult, comparisons.ComparisonOut]:
        """Plan b as seen from plan a: tasks, agencies, targets and citations gained, lost and changed, with addresses.

        Tasks are matched by meaning; contradictions lists what the plans say differently of one thing.
        """
        return told(lambda: _plain(corpus.compare(_plan(corpus, a), _plan(corpus, b)).to_dict()))

    def held(plan: str) -> Plan:
        try:
            return corpus.plan(plan)
        except UnknownPlanError as error:
            raise ResourceNotFoundError(str(error)) from None

    @server.resource("kgplan://plans", mime_type="application/json")
    def plans() -> str:
        """The plans of the corpus: id, title, year, number of statements."""
        return _json(
            [{"id": p.id, "title": p.title, "year": p.year, "statements": len(p.statements)} for p in corpus.plans]
        )

    @server.resource("kgplan://agencies", mime_type="application/json")
    def agencies() -> str:
        """The agencies that hold a role: id, names, and how many statements each leads, coordinates and shares."""
        return _json([one.model_dump(mode="json") for one in views.agencies(corpus.plans)])

    @server.resource("kgplan://plans/{plan}/text", mime_type="text/plain")
    def text(plan: str) -> str:
        """The clean text of a plan, in which all offsets count."""
        return held(plan).text

    @server.resource("kgplan://plans/{plan}/outline", mime_type="text/plain")
    def outline(plan: str) -> str:
        """A plan as an outline: the headings and, under each, the statements with their addresses."""
        return _outline(held(plan))

    @server.resource("kgplan://ontology", mime_type="text/turtle")
    def ontology() -> str:
        """The vocabulary of the graph, with comments in Vietnamese and English."""
        return export_graph(vocabulary_graph.nquads(), "ttl").decode()

    @server.resource("kgplan://ontology/queries", mime_type="application/sparql-query")
    def queries() -> str:
        """Worked SPARQL queries, each with the question it answers."""
        return "\n\n".join(f"# {e.name}: {e.question_en}\n{e.query.strip()}" for e in examples())

    @server.prompt()
    def answer_with_quotes(question: Annotated[str, Field(description="In Vietnamese or English.")]) -> str:
        """Answer a question from the plans alone, each claim with its address and the words that say so."""
        return (
            f"Answer this question from the plans: {question}\n\nUse the tool `ask`. Give for each claim the address, "
            "and quote the words of the statement that say it. When it is an abstention, say that the plan does "
            "not answer, and what is nearest. Add nothing that the statements do not say."
        )

    @server.prompt()
    def agency_brief(name: Annotated[str, Field(description="An agency's name or abbreviation.")]) -> str:
        """A briefing on one agency: what it must do, with whom, under which documents, by when."""
        return (
            f"Write a briefing on what the plans ask of {name}. Use the tool `agency`, and `statement` for the "
            "deadlines and targets of what it leads. Sections: what it leads, what it shares or coordinates and with "
            "whom, the documents it works under, deadlines. Give every address."
        )

    @server.prompt()
    def plans_compared(a: Annotated[str, plan_id], b: Annotated[str, plan_id]) -> str:
        """What one plan changes against another, with what contradicts."""
        return (
            f"Compare the plans {a} and {b} with the tool `compare`. Say what {b} gains, loses and changes: tasks, who "
            "leads them, targets with both values, documents. End with the contradictions. Give every address."
        )

    return server


def _search(corpus: "Corpus", words: str, k: int) -> dict[str, Any]:
    if not 1 <= k <= MAX_HITS:
        raise QuestionError(f"k is {k}; ask for 1 to {MAX_HITS} statements")
    return _plain({"query": words, "hits": [hit.to_dict() for hit in corpus.search(words, k=k)]})


def _query(corpus: "Corpus", pool: "QueryRunner", query: str) -> dict[str, Any]:
    result = pool.query(corpus.expand_search(query))
    if result.kind == "construct":
        return {"turtle": result.serialize("ttl").decode("utf-8")}
    found: dict[str, Any] = json.loads(result.serialize("json"))
    return found


def _plan(corpus: "Corpus", plan_id: str) -> str:
    return corpus.plan(plan_id).id


def _outline(plan: Plan) -> str:
    lines = [(s.start, f"\n{s.label} {s.title} [{s.address}]") for s in plan.sections]
    lines += [(s.start + 1, f"- [{s.address}] {' '.join(s.text.split())}") for s in plan.statements]
    return "\n".join([f"{plan.title} ({plan.id})", *(line for _, line in sorted(lines))]) + "\n"


def _plain(value: dict[str, Any]) -> dict[str, Any]:
    """``value`` as JSON has it, with lists for tuples."""
    plain: dict[str, Any] = json.loads(json.dumps(value))
    return plain


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
