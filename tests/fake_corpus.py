"""A corpus of one invented plan for the tests of the surfaces: real values, canned answers, no engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kgplan.errors import QuestionError, UnknownPlanError
from kgplan.model import Agency, Citation, Deadline, Document, Indicator, Note, Plan, Responsibility, Section, Statement

HEADING = "Phát triển <b>kinh tế</b> biển"
TASK = "Sở Thủy sản chủ trì, phối hợp với UBND các xã ven biển hoàn thành Đề án 12/ĐA-UBND trước ngày 01/06/2031."
SHARED = "Sở Thủy sản, Sở Du lịch mở 03 tuyến tham quan."
CONTEXT = "Kính gửi: <script>alert(1)</script>"
GRAPH = (
    "<https://w3id.org/kgplan/id/agency/bien-xanh/so-thuy-san> <http://www.w3.org/2004/02/skos/core#prefLabel> "
    '"Sở Thủy sản"@vi <https://w3id.org/kgplan/id/plan/bien-xanh-2031> .'
).encode()
TEXT = f"KẾ HOẠCH biển xanh\nI. {HEADING}\n1. {TASK}\n2. {SHARED}\n{CONTEXT}\n"


def _at(words: str, after: int = 0) -> tuple[int, int]:
    start = TEXT.index(words, after)
    return start, start + len(words)


def _role(agency: str, role: Any, name: str, within: str) -> Responsibility:
    start, end = _at(name, TEXT.index(within))
    return Responsibility(agency=agency, role=role, words="", start=start, end=end)


def small_plan() -> Plan:
    """Two statements: one led and coordinated, one shared; a document, a target and a deadline."""
    fishery, tourism, communes = "bien-xanh/so-thuy-san", "bien-xanh/so-du-lich", "bien-xanh/ubnd-cac-xa-ven-bien"
    (title_start, title_end), (due_start, due_end) = _at(HEADING), _at("trước ngày 01/06/2031")
    (cite_start, cite_end), (target_start, target_end) = _at("Đề án 12/ĐA-UBND"), _at("03 tuyến")
    task_start, task_end = _at(TASK)
    shared_start, shared_end = _at(SHARED)
    context_start, context_end = _at(CONTEXT)
    return Plan(
        id="bien-xanh-2031",
        title="Kế hoạch biển xanh",
        text=TEXT,
        year=2031,
        jurisdiction="bien-xanh",
        sections=(Section("I", "I", HEADING, title_start, title_end),),
        statements=(
            Statement(
                address="I.1",
                kind="task",
                text=TASK,
                start=task_start,
                end=task_end,
                heading_path=(HEADING,),
                section="I",
                responsibilities=(
                    _role(fishery, "leads", "Sở Thủy sản", TASK),
                    _role(communes, "coordinates", "UBND các xã ven biển", TASK),
                ),
                citations=(Citation("12-da-ubnd", "implements", cite_start, cite_end),),
                deadlines=(Deadline("2031-06-01", False, "trước ngày 01/06/2031", due_start, due_end),),
            ),
            Statement(
                address="I.2",
                kind="task",
                text=SHARED,
                start=shared_start,
                end=shared_end,
                heading_path=(HEADING,),
                section="I",
                responsibilities=(
                    _role(fishery, "shares", "Sở Thủy sản", SHARED),
                    _role(tourism, "shares", "Sở Du lịch", SHARED),
                ),
                indicators=(Indicator("tuyến tham quan", 3.0, "tuyến", "=", target_start, target_end),),
            ),
        ),
        context=(Statement("ctx.1", "context", CONTEXT, context_start, context_end),),
        agencies=(
            Agency(fishery, "Sở Thủy sản", "department", "bien-xanh", "Department of Fisheries"),
            Agency(tourism, "Sở Du lịch", "department", "bien-xanh", "Department of Tourism"),
            Agency(communes, "UBND các xã ven biển", "collective", "bien-xanh", collective=True),
        ),
        documents=(Document("12-da-ubnd", "Đề án", "ĐA", "12/ĐA-UBND"),),
        notes=(Note("no_agency", "no agency holds this statement", context_start, context_end, "ctx.1"),),
    )


@dataclass(frozen=True)
class Canned:
    """Anything with ``to_dict``."""

    data: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        return self.data


class FakeCorpus:
    """The façade's methods that the surfaces call."""

    def __init__(self) -> None:
        self.plans = (small_plan(),)
        self.valid = True
        self.directories = ()
        self.base = "https://w3id.org/kgplan/id/"
        self.manifests = (
            {"base": "https://w3id.org/kgplan/id/", "format": 1, "files": {"plans/bien-xanh-2031.json": "0"}},
        )

    def plan(self, plan_id: str) -> Plan:
        for plan in self.plans:
            if plan.id == plan_id:
                return plan
        raise UnknownPlanError(f"no plan {plan_id!r} in this corpus; it holds bien-xanh-2031")

    def ask(self, question: str, *, plan: str | None = None, interpretation: object = None) -> Canned:
        if plan is not None:
            self.plan(plan)
        if len(question) > 2000:
            raise QuestionError(f"the question has {len(question)} characters; at most 2000 can be read")
        statement = self.plans[0].statements[0]
        iri = "https://w3id.org/kgplan/id/plan/bien-xanh-2031/I.1"
        evidence = {
            "plan": "bien-xanh-2031",
            "address": "I.1",
            "iri": iri,
            "text": statement.text,
            "start": statement.start,
            "end": statement.end,
            "score": 1.0,
        }
        answer: dict[str, Any] = {
            "question": question,
            "language": "en",
            "status": "answered",
            "interpretation": {
                "intent": "agencies",
                "role": "leads",
                "agency": None,
                "document": None,
                "topic": "coast",
            },
            "results": [
                {
                    "iri": "https://w3id.org/kgplan/id/agency/bien-xanh/so-thuy-san",
                    "type": "agency",
                    "label_vi": "Sở Thủy sản",
                    "label_en": "Department of Fisheries",
                    "role": "leads",
                    "addresses": ["I.1"],
                }
            ],
            "evidence": [evidence],
            "sparql": "SELECT ?agency WHERE { ?agency kgp:leads ?statement }",
            "text": "Sở Thủy sản leads it (I.1).",
        }
        if "moon" in question:
            answer |= {"status": "abstained", "reason": "topic_not_in_plan", "results": [], "text": "Nothing on that."}
        return Canned(answer)

    def search(self, query: str, k: int = 5) -> list[Canned]:
        return [
            Canned(
                {
                    "plan": "bien-xanh-2031",
                    "address": statement.address,
                    "iri": f"https://w3id.org/kgplan/id/plan/bien-xanh-2031/{statement.address}",
                    "kind": statement.kind,
                    "text": statement.text,
                    "score": 1.0 / rank,
                }
            )
            for rank, statement in enumerate(self.plans[0].statements[:k], start=1)
        ]

    def sparql(self, query: str) -> Any:
        from kgplan.rdf.store import Store

        return Store.load(GRAPH).query(query)

    def expand_search(self, query: str) -> str:
        from kgplan.rdf.search_pattern import expand

        def hits(words: str, k: int) -> list[tuple[str, float]]:
            return [(hit["iri"], hit["score"]) for hit in (found.to_dict() for found in self.search(words, k))]

        return expand(query, hits)

    def query_pool(self, limits: Any = None) -> Any:
        from kgplan.rdf.pool import QueryPool

        class LatePool(QueryPool):
            def warm(self) -> None:
                """Nothing: few tests ask queries."""

        return LatePool([GRAPH], limits)

    def network(self, kind: str = "coordination") -> Any:
        from kgplan import networks

        return networks.network(self, kind)

    def validate(self) -> Any:
        from kgplan.rdf.shapes import Finding, Report

        finding = Finding("urn:x", "urn:shape", "Violation", "sai", "a statement without text")
        return Report(self.valid, () if self.valid else (finding,))

    def info(self) -> dict[str, Any]:
        return {"plans": [{"id": "bien-xanh-2031", "statements": 2}], "format": 1}
