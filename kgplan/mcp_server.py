"""The corpus for clients of the Model Context Protocol: tools that answer with evidence, plans and ontology to read.

Made with the protocol's official SDK (``pip install 'kgplan[mcp]'``). Every tool answers with the JSON that the command
line and the HTTP service give; an error is the tool's error, in one line.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kgplan.errors import CorpusError, KgplanError, UnknownPlanError
from kgplan.rdf.examples import examples
from kgplan.rdf.limits import QueryLimits
from kgplan.resources import ONTOLOGY
from kgplan.version import __version__

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from kgplan.corpus import Corpus

INSTRUCTIONS = """\
Answers questions about Vietnamese government action plans from a knowledge graph: who leads, coordinates or shares a
task, under which document, by when. Start with `ask`, in Vietnamese or English. An answer names the statements that
say it (`evidence`, with address and verbatim text): quote those, and add nothing that they do not say. When `status`
is "abstained" the plan does not answer; say so, with the reason. Use `sparql` for what `ask` does not cover; the
resource kgplan://ontology/queries shows worked queries."""

LIMITS = QueryLimits(seconds=10, rows=2_000, bytes=4 * 1024**2)


def make_server(corpus: Corpus) -> MCPServer[Any]:
    """The server over ``corpus``; ``run()`` speaks over standard input and output.

    Raises CorpusError, naming the cure, when the SDK is not installed.
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ImportError:
        raise CorpusError("the MCP server needs the protocol's SDK: pip install 'kgplan[mcp]'") from None

    server: MCPServer[Any] = MCPServer(
        "kgplan", title="kgplan", version=__version__, instructions=INSTRUCTIONS, log_level="WARNING"
    )
    tool = server.tool(annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False), structured_output=True)

    def told(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        try:
            return work()
        except KgplanError as error:
            raise ToolError(" ".join(str(error).split())) from None

    @tool
    def ask(question: str, plan: str | None = None, interpretation: dict[str, Any] | None = None) -> dict[str, Any]:
        """Answer a question about the plans (Vietnamese, with or without diacritics, or English).

        Returns status ("answered" or "abstained" with a reason), results (agencies with roles, documents, dates …),
        evidence (the statements that say so, verbatim, with their addresses), the SPARQL behind it, a sentence in the
        question's language, and the interpretation. `plan` keeps to one plan's id. `interpretation` corrects what the
        question was understood to ask, by the fields an answer shows, for example {"role": "coordinates"}.
        """
        return told(lambda: corpus.ask(question, plan=plan, interpretation=interpretation).to_dict())

    @tool
    def search(words: str, k: int = 5) -> dict[str, Any]:
        """Find the statements closest in meaning to some words, best first, with plan, address, text and score."""
        return told(lambda: {"query": words, "hits": [hit.to_dict() for hit in corpus.search(words, k=min(k, 50))]})

    @tool
    def sparql(query: str) -> dict[str, Any]:
        """Run a read-only SPARQL 1.1 query on the graph (prefixes kgp:, org:, skos:, prov:, eli:, dcterms: are known).

        SELECT and ASK give SPARQL JSON results, CONSTRUCT and DESCRIBE give {"turtle": …}. Limits: 10 s, 2,000 rows.
        kgp:search("words", 10) joins meaning with structure. Read kgplan://ontology/queries for worked examples.
        """
        return told(lambda: _query(corpus, query))

    @tool
    def statement(plan: str, address: str) -> dict[str, Any]:
        """One statement of a plan by its address (such as E.III.2): text, roles, documents, targets, deadlines."""
        return told(lambda: _statement(corpus, plan, address))

    @tool
    def agency(name: str) -> dict[str, Any]:
        """One agency, by a name, abbreviation or id: what it leads, shares and coordinates, with whom, under what."""
        return told(lambda: _agency(corpus, name))

    @tool
    def compare(a: str, b: str) -> dict[str, Any]:
        """Plan b as seen from plan a (ids): tasks, agencies, targets and citations gained, lost, changed."""
        return told(lambda: corpus.compare(_plan(corpus, a), _plan(corpus, b)).to_dict())

    @server.resource("kgplan://plans", mime_type="application/json")
    def plans() -> str:
        """The plans of the corpus: id, title, year, number of statements."""
        return _json(
            [{"id": p.id, "title": p.title, "year": p.year, "statements": len(p.statements)} for p in corpus.plans]
        )

    @server.resource("kgplan://plans/{plan}/text", mime_type="text/plain")
    def text(plan: str) -> str:
        """The clean text of a plan, in which all offsets count."""
        return corpus.plan(plan).text

    @server.resource("kgplan://plans/{plan}/outline", mime_type="text/plain")
    def outline(plan: str) -> str:
        """A plan as an outline: the headings and, under each, the statements with their addresses."""
        return _outline(corpus, plan)

    @server.resource("kgplan://ontology", mime_type="text/turtle")
    def ontology() -> str:
        """The vocabulary of the graph, with comments in Vietnamese and English."""
        return (ONTOLOGY / "kgplan.ttl").read_text("utf-8")

    @server.resource("kgplan://ontology/queries", mime_type="application/sparql-query")
    def queries() -> str:
        """Worked SPARQL queries, each with the question it answers."""
        return "\n\n".join(f"# {e.name}: {e.question_en}\n{e.query.strip()}" for e in examples())

    return server


def _query(corpus: Corpus, query: str) -> dict[str, Any]:
    with corpus.query_pool(LIMITS) as pool:
        result = pool.query(corpus.expand_search(query))
    if result.kind == "construct":
        return {"turtle": result.serialize("ttl").decode("utf-8")}
    found: dict[str, Any] = json.loads(result.serialize("json"))
    return found


def _plan(corpus: Corpus, plan_id: str) -> str:
    return corpus.plan(plan_id).id


def _statement(corpus: Corpus, plan_id: str, address: str) -> dict[str, Any]:
    from kgplan.api.views import statement_out

    plan = corpus.plan(plan_id)
    found = next((s for s in (*plan.statements, *plan.context) if s.address == address), None)
    if found is None:
        raise UnknownPlanError(
            f"plan {plan.id} has no statement {address!r}; kgplan://plans/{plan.id}/outline lists them"
        )
    out: dict[str, Any] = statement_out(plan, found).model_dump(mode="json")
    return out


def _agency(corpus: Corpus, name: str) -> dict[str, Any]:
    from kgplan.api.views import agency_out
    from kgplan.text import fold

    wanted = fold(name)
    known = {a.id: a for plan in corpus.plans for a in plan.agencies}
    names = {i: {fold(n) for n in (a.id, a.name, a.name_en or "", *a.aliases)} for i, a in known.items()}
    ids = [i for i, spoken in names.items() if wanted in spoken]
    if not ids:
        close = [a.name for i, a in known.items() if any(wanted in n for n in names[i])][:5]
        more = f"; close: {', '.join(close)}" if close else ""
        raise UnknownPlanError(f"no plan names an agency {name!r}{more}")
    out = agency_out(corpus.plans, ids[0])
    if out is None:
        raise UnknownPlanError(f"{known[ids[0]].name} is named, but no plan gives it a role")
    found: dict[str, Any] = out.model_dump(mode="json")
    return found


def _outline(corpus: Corpus, plan_id: str) -> str:
    plan = corpus.plan(plan_id)
    lines = [(s.start, f"\n{s.label} {s.title} [{s.address}]") for s in plan.sections]
    lines += [(s.start + 1, f"- [{s.address}] {' '.join(s.text.split())}") for s in plan.statements]
    return "\n".join([f"{plan.title} ({plan.id})", *(line for _, line in sorted(lines))]) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
