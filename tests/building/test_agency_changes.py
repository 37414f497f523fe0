"""What became of agencies: a registry of one's own, chains of events, and the question who does it now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kgplan
from kgplan.cli import main
from kgplan.errors import ReadError

PLAN = """KẾ HOẠCH
Phát triển kinh tế tỉnh Hà Nam năm 2023

I. NHIỆM VỤ
1. Sở Giấc mơ chủ trì chuyển đổi số trong nông nghiệp.
2. Sở Y tế chủ trì khám chữa bệnh miễn phí cho trẻ em.
3. Hội đồng Cũ tỉnh tổ chức lễ hội hoa xuân.
"""


def event(name: str, date: str, before: list[str], after: list[str], **more: object) -> dict[str, object]:
    base = {"id": name, "level": "ha-nam", "kind": "merger", "date": date, "basis": "1/NQ-X"}
    return {**base, "from": before, "to": after, **more}


REGISTRY = {
    "bases": {"1/NQ-X": {"type": "Nghị quyết", "issuer": "HĐND tỉnh", "date": "2023-12-01", "title": "sắp xếp"}},
    "events": [
        event("dreams", "2024-01-01", ["Sở Giấc mơ"], ["Sở Mộng"], new=True),
        event("visions", "2024-07-01", ["Sở Mộng"], ["Sở Viễn kiến"], kind="rename", new=True),
        event("council", "2024-02-01", ["Hội đồng Cũ tỉnh"], [], kind="end"),
    ],
}


@pytest.fixture
def changes(tmp_path: Path) -> Path:
    path = tmp_path / "changes.json"
    path.write_text(json.dumps(REGISTRY), "utf-8")
    return path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "ha-nam.txt"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture
def corpus(plan: Path, changes: Path, tmp_path: Path) -> kgplan.Corpus:
    return kgplan.build_corpus([plan], tmp_path / "out", changes=changes)


@pytest.mark.parametrize(
    "question",
    [
        "Ai chủ trì chuyển đổi số hiện nay?",
        "Sở Giấc mơ nay là cơ quan nào?",
        "Cơ quan nào bây giờ làm việc của Sở Giấc mơ?",
        "Cơ quan nào kế thừa Sở Giấc mơ?",
        "Ai thay thế Sở Giấc mơ?",
        "Sở Giấc mơ nay thuộc sở nào?",
        "What is Sở Giấc mơ called today?",
        "Who leads digital transformation now?",
        "so giac mo bay gio la co quan nao",
    ],
)
def test_who_does_it_now_is_found_through_every_event(corpus: kgplan.Corpus, question: str) -> None:
    answer = corpus.ask(question)
    (result,) = answer.results
    assert result.label_vi == "Sở Viễn kiến"
    assert [f["label_vi"] for f in result.details["formerly"]] == ["Sở Giấc mơ"]
    assert [(e["kind"], e["date"], e["act"]) for e in result.details["changes"]] == [
        ("merger", "2024-01-01", "Nghị quyết 1/NQ-X"),
        ("rename", "2024-07-01", "Nghị quyết 1/NQ-X"),
    ]
    assert [row["agency"] for row in corpus.sparql(answer.sparql).values()] == [result.iri]
    (evidence,) = answer.evidence
    (mark,) = evidence.marks
    assert corpus.plan("ha-nam").text[mark.start : mark.end] == "Sở Giấc mơ"


def test_who_did_it_then_is_who_the_plan_names(corpus: kgplan.Corpus) -> None:
    assert [r.label_vi for r in corpus.ask("Ai chủ trì chuyển đổi số?").results] == ["Sở Giấc mơ"]


def test_a_province_that_was_taken_over_has_its_bodies_in_the_other(corpus: kgplan.Corpus) -> None:
    (result,) = corpus.ask("Sở Y tế nay là cơ quan nào?").results
    assert (result.label_vi, result.details["changes"][0]["act"]) == ("Sở Y tế Ninh Bình", "Nghị quyết 202/2025/QH15")


def test_an_agency_that_ended_has_none_in_its_place(corpus: kgplan.Corpus) -> None:
    answer = corpus.ask("Hội đồng Cũ tỉnh nay là cơ quan nào?")
    assert (answer.status, answer.results) == ("abstained", ())
    assert "01/02/2024" in answer.text


def test_the_graph_says_until_when_an_agency_was_and_by_which_act(corpus: kgplan.Corpus) -> None:
    rows = corpus.sparql(
        """SELECT ?old ?new ?until ?from ?act WHERE {
             ?event a org:ChangeEvent ; org:originalOrganization ?o ; org:resultingOrganization ?n ;
                    dcterms:references/kgp:number ?act .
             ?o skos:prefLabel ?old ; kgp:existsUntil ?until . ?n a kgp:LaterAgency ; skos:prefLabel ?new .
             OPTIONAL { ?n kgp:existsFrom ?from } FILTER(?act = "1/NQ-X") } ORDER BY ?until"""
    ).values()
    assert [(r["old"], r["new"], str(r["until"]), str(r["from"])) for r in rows] == [
        ("Sở Giấc mơ", "Sở Mộng", "2024-01-01", "2024-01-01"),
        ("Sở Mộng", "Sở Viễn kiến", "2024-07-01", "2024-07-01"),
    ]
    assert "Sở Viễn kiến" not in {a.name for a in corpus.plan("ha-nam").agencies}


def test_a_corpus_keeps_its_registry_when_plans_come_and_go(
    corpus: kgplan.Corpus, changes: Path, tmp_path: Path
) -> None:
    other = tmp_path / "khac.txt"
    other.write_text(PLAN.replace("năm 2023", "năm 2024"), "utf-8")
    more = kgplan.build_corpus([other], tmp_path / "out", add=True)
    assert {r.label_vi for r in more.ask("Ai chủ trì chuyển đổi số hiện nay?").results} == {"Sở Viễn kiến"}
    less = kgplan.remove_plans("khac", tmp_path / "out")
    assert {r.label_vi for r in less.ask("Ai chủ trì chuyển đổi số hiện nay?").results} == {"Sở Viễn kiến"}


def test_without_the_registry_nothing_is_known(plan: Path, tmp_path: Path) -> None:
    corpus = kgplan.build_corpus([plan], tmp_path / "plain")
    assert [r.label_vi for r in corpus.ask("Ai chủ trì chuyển đổi số hiện nay?").results] == ["Sở Giấc mơ"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not json", "docs/agencies.md"),
        ('{"events": [{"id": "x"}]}', "has no level"),
        (json.dumps({"events": [event("x", "2024-13-01", ["A"], ["B"])], "bases": REGISTRY["bases"]}), "month"),
        (json.dumps({"events": [event("x", "2024-01-01", ["A"], ["B"])]}), "not among the bases"),
        (
            json.dumps({**REGISTRY, "events": [event("x", "2024-01-01", ["A"], ["B"], kind="magic")]}),
            "use one of merger",
        ),
    ],
)
def test_a_registry_that_says_something_else_is_refused(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ReadError, match=said):
        kgplan.build_corpus([plan], tmp_path / "out", changes=path)
    assert main(["build", str(plan), "-o", str(tmp_path / "out"), "--changes", str(path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out").exists()
