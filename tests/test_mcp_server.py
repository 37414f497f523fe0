"""The MCP server, asked by the official SDK's own client over standard input and output."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from fake_corpus import small_plan
from mcp import Client, MCPError, StdioServerParameters, stdio_client
from mcp.types import TextContent, TextResourceContents

import kgplan
from kgplan.mcp_server import make_server

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def connected() -> AsyncIterator[Client]:
    parameters = StdioServerParameters(command=sys.executable, args=["-m", "kgplan.cli", "mcp"])
    async with Client(stdio_client(parameters)) as client:
        yield client


async def called(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return dict(result.structured_content)


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


async def read(client: Client, uri: str) -> str:
    (content,) = (await client.read_resource(uri)).contents
    assert isinstance(content, TextResourceContents)
    return content.text


async def test_a_client_finds_tools_and_resources_described() -> None:
    async with connected() as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "search", "sparql", "statement", "agency", "compare"}
        assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
        listed = {str(r.uri) for r in (await client.list_resources()).resources}
        assert listed == {"kgplan://plans", "kgplan://agencies", "kgplan://ontology", "kgplan://ontology/queries"}
        templates = {t.uri_template for t in (await client.list_resource_templates()).resource_templates}
        assert templates == {"kgplan://plans/{plan}/text", "kgplan://plans/{plan}/outline"}


async def test_tools_describe_what_they_take_and_give() -> None:
    async with connected() as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    for tool in tools.values():
        assert all("description" in field for field in tool.input_schema["properties"].values()), tool.name
        assert tool.output_schema is not None
    for name, fields in {
        "ask": {"status", "results", "evidence", "sparql", "interpretation"},
        "search": {"hits"},
        "statement": {"address", "text", "responsibilities"},
        "agency": {"statements", "partners", "documents"},
        "sparql": {"head", "results", "boolean", "turtle"},
        "compare": {"tasks", "leads", "agencies", "targets", "citations", "contradictions"},
    }.items():
        assert fields <= set((tools[name].output_schema or {})["properties"]), name


async def test_prompts_name_what_they_are_about_and_the_tools() -> None:
    async with connected() as client:
        prompts = {prompt.name: prompt for prompt in (await client.list_prompts()).prompts}
        assert set(prompts) == {"answer_with_quotes", "agency_brief", "plans_compared"}
        assert all(p.description and all(a.description for a in p.arguments or ()) for p in prompts.values())
        (message,) = (await client.get_prompt("plans_compared", {"a": "first-2031", "b": "second-2032"})).messages
        assert isinstance(message.content, TextContent)
        assert all(word in message.content.text for word in ("first-2031", "second-2032", "`compare`"))


async def test_a_name_that_several_agencies_bear_is_not_guessed() -> None:
    plan = small_plan()
    elsewhere = replace(plan, agencies=tuple(replace(agency, id=f"x/{agency.id}") for agency in plan.agencies))
    async with Client(make_server(SimpleNamespace(plans=(plan, elsewhere)))) as client:  # type: ignore[arg-type]
        text = await refused(client, "agency", name=plan.agencies[0].name)
    assert "give the id of one: bien-xanh/" in text


async def test_tools_answer_as_the_library_does() -> None:
    corpus = kgplan.open_corpus()
    async with connected() as client:
        question = "which units coordinate on investment promotion"
        answer = await called(client, "ask", question=question)
        assert answer == json.loads(json.dumps(corpus.ask(question).to_dict()))
        assert (await called(client, "ask", question="Ai chủ trì phóng vệ tinh?"))["status"] == "abstained"
        tasks = await called(client, "ask", question=question, interpretation={"intent": "tasks"})
        assert [r["addresses"] for r in tasks["results"]] == [["E.III.2"]]
        hits = await called(client, "search", words="giảm nghèo bền vững", k=1)
        assert [hit["address"] for hit in hits["hits"]] == ["E.V.6"]
        rows = await called(client, "sparql", query="SELECT (COUNT(*) AS ?n) WHERE { ?a kgp:leads ?s }")
        assert rows["results"]["bindings"][0]["n"]["value"] == "20"
        graph = await called(client, "sparql", query="CONSTRUCT { ?a kgp:leads ?s } WHERE { ?a kgp:leads ?s } LIMIT 1")
        assert "kgp:leads" in graph["turtle"]
        statement = await called(client, "statement", plan="thanh-hoa-2023", address="E.III.2")
        assert statement["text"] == answer["evidence"][0]["text"]
        agency = await called(client, "agency", name="Sở KH&ĐT")
        assert (agency["name"], agency["id"]) == ("Sở Kế hoạch và Đầu tư", "thanh-hoa/so-ke-hoach-va-dau-tu")
        same = await called(client, "compare", a="thanh-hoa-2023", b="thanh-hoa-2023")
        assert same["contradictions"] == []


async def test_an_agency_is_found_by_what_answers_call_it() -> None:
    plan = small_plan()
    async with Client(make_server(SimpleNamespace(plans=(plan,)))) as client:  # type: ignore[arg-type]
        found = await called(client, "agency", name=plan.agencies[0].name)
        for name in (found["iri"], found["id"], f" {found['name'].upper()} "):
            assert await called(client, "agency", name=name) == found


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("sparql", {"query": "SELECT"}, "malformed"),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "read"),
        ("sparql", {"query": "SELECT * WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, "SERVICE"),
        ("sparql", {"query": "SELECT * WHERE { ?s ?p ?o }"}, "2,000|2000"),
        ("statement", {"plan": "thanh-hoa-2023", "address": "Z.9"}, "no statement 'Z.9'"),
        ("statement", {"plan": "mars", "address": "A"}, "thanh-hoa-2023"),
        ("agency", {"name": "Sở Giấc mơ"}, "no plan names"),
        ("compare", {"a": "../../etc/passwd", "b": "thanh-hoa-2023"}, "no plan"),
        ("ask", {"question": "x" * 5000}, "characters"),
        ("ask", {"question": "Ai?", "interpretation": {"role": "boss"}}, "use one of"),
        ("search", {"words": " "}, "empty"),
        ("search", {"words": "rừng", "k": 80}, "1 to 50"),
        ("search", {"words": "rừng", "k": "many"}, "k: Input should be a valid integer"),
        ("search", {"words": "rừng", "limit": 3}, "limit is not known; search takes words, k"),
        ("ask", {}, "question: Field required; ask takes question, plan, interpretation"),
        ("ask", {"question": "Ai?", "interpretation": "leads"}, "valid dictionary"),
        ("compare", {"a": 1, "b": 2}, "compare takes a, b"),
        ("sing", {}, "there are ask, search"),
        ("statement", {"plan": "thanh-hoa-2023", "address": "e.iii.2"}, "close: E.III.2"),
        ("statement", {"plan": "thanh-hoa-2023", "address": "E.III"}, "some under it: E.III.1"),
        ("statement", {"plan": "thanh-hoa-2023", "address": ""}, "outline lists them"),
        ("agency", {"name": "Sở Kế hoch và Đầu tr"}, "close: Sở Kế hoạch và Đầu tư"),
        ("agency", {"name": ""}, "kgplan://agencies lists them"),
    ],
)
async def test_what_goes_wrong_is_the_tools_error_in_one_line(name: str, arguments: dict[str, Any], said: str) -> None:
    async with connected() as client:
        text = await refused(client, name, **arguments)
        assert "\n" not in text
        assert "Traceback" not in text
        assert any(part.lower() in text.lower() for part in said.split("|")), text


async def test_plans_and_ontology_can_be_read() -> None:
    corpus = kgplan.open_corpus()
    async with connected() as client:
        plans = json.loads(await read(client, "kgplan://plans"))
        assert [p["id"] for p in plans] == ["thanh-hoa-2023"]
        assert await read(client, "kgplan://plans/thanh-hoa-2023/text") == corpus.plans[0].text
        outline = await read(client, "kgplan://plans/thanh-hoa-2023/outline")
        assert all(f"[{s.address}]" in outline for s in corpus.plans[0].statements)
        assert "kgp:Responsibility a owl:Class" in await read(client, "kgplan://ontology")
        assert "cq-01:" in await read(client, "kgplan://ontology/queries")
        agencies = json.loads(await read(client, "kgplan://agencies"))
        assert {a["id"] for a in agencies} <= {a.id for a in corpus.plans[0].agencies}
        assert all(a["leads"] + a["coordinates"] + a["shares"] for a in agencies)
        with pytest.raises(MCPError, match=r"no plan 'mars'.*it holds: thanh-hoa-2023"):
            await read(client, "kgplan://plans/mars/text")
