"""What a network shows, told in two languages: on small plans whose answers are plain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fake_corpus import FakeCorpus, small_plan

from kgplan import networks
from kgplan.model import Agency, Plan, Responsibility, Statement, TopicLink

CODES = ("leads", "brokers", "isolated", "no_lead", "clusters")


def plan_of(*statements):
    """A plan of statements, each given as its topics and the agencies in roles ("x/a leads")."""
    roles = [[held.split() for held in holders] for _, holders in statements]
    ids = sorted({agency for held in roles for agency, _ in held})
    return Plan(
        id="p",
        title="P",
        text="x" * len(statements),
        year=2030,
        jurisdiction="x",
        statements=tuple(
            Statement(
                address=str(number),
                kind="task",
                text="x",
                start=number,
                end=number + 1,
                responsibilities=tuple(Responsibility(agency, role, "", 0, 1) for agency, role in held),
                topics=tuple(TopicLink(topic, "", 0, 1) for topic in topics),
            )
            for number, ((topics, _), held) in enumerate(zip(statements, roles, strict=True))
        ),
        agencies=tuple(Agency(i, i[2:].upper(), "department", "x", collective=i.endswith("all")) for i in ids),
    )


def found(plan):
    return {finding.code: finding for finding in networks.findings([plan])}


def values(finding):
    return {item.id: item.value for item in finding.items}


def test_all_five_are_always_there_in_both_languages():
    for source in (FakeCorpus(), [replace(small_plan(), statements=())], []):
        findings = networks.findings(source)
        assert tuple(finding.code for finding in findings) == CODES
        for finding in findings:
            told = finding.to_dict()
            texts = [told[f"{name}_{lang}"] for name in ("question", "explanation", "text") for lang in ("vi", "en")]
            assert len(set(texts)) == 6
            assert all(text.rstrip().endswith((".", "?")) and "{" not in text for text in texts)


def test_who_leads_most_and_a_collective_does_not_count():
    plan = plan_of(((), ["x/a leads"]), ((), ["x/a leads", "x/b leads"]), ((), ["x/all leads"]), ((), ["x/c shares"]))
    leads = found(plan)["leads"]
    assert values(leads) == {"agency/x/a": 2, "agency/x/b": 1}
    assert leads.text["en"] == "Most leads: A (2); B (1). Agencies that lead: 2; statements they lead: 2."


def test_the_only_agency_between_two_fields_is_the_broker():
    plan = plan_of(
        (["health"], ["x/a leads"]),
        (["education"], ["x/a leads"]),
        (["health"], ["x/b leads"]),
        (["education"], ["x/c leads"]),
    )
    brokers = found(plan)["brokers"]
    assert values(brokers) == {"agency/x/a": 1.0}
    assert brokers.text["vi"] == "1 cơ quan nối 2 lĩnh vực; mạnh nhất: A (100,0%)."


def test_brokers_of_the_same_fields_share_the_paths():
    plan = plan_of((["health", "education"], ["x/a shares", "x/b shares"]))
    assert values(found(plan)["brokers"]) == {"agency/x/a": 0.5, "agency/x/b": 0.5}
    row = networks.measures(networks.coordination_network([plan]))[0]
    assert (row.fields, row.bridging) == (2, 0.5)


def test_narrower_topics_are_in_the_field_of_their_broadest():
    from kgplan.parsing.topics import load_thesaurus

    narrow = next(slug for slug, c in load_thesaurus().concepts.items() if c.broader == ("health",))
    graph = networks.coordination_network([plan_of(([narrow, "health"], ["x/a leads"]))])
    assert graph.nodes["agency/x/a"]["fields"] == ["health"]


def test_who_works_with_no_named_agency_is_isolated():
    plan = plan_of(((), ["x/a leads", "x/all coordinates"]), ((), ["x/b leads", "x/c coordinates"]))
    assert set(values(found(plan)["isolated"])) == {"agency/x/a"}
    together = plan_of(((), ["x/b leads", "x/c coordinates"]))
    assert found(together)["isolated"].text["en"] == "Every agency holds some statement with another."


def test_topics_without_a_lead_are_told_by_how_much_is_said_of_them():
    from kgplan.parsing.topics import load_thesaurus

    narrow = next(slug for slug, c in load_thesaurus().concepts.items() if c.broader == ("health",))
    plan = plan_of(
        ((["health"]), ["x/a shares"]),
        (([narrow]), ["x/a leads"]),
        ((["education", "defence"]), ["x/all leads"]),
        ((["defence"]), ["x/b shares"]),
    )
    unled = found(plan)["no_lead"]
    assert values(unled) == {"topic/defence": 2, "topic/education": 1}, "a lead on a narrower topic is one"
    assert unled.text["en"].startswith("2 of 4 topics")


def test_clusters_name_their_members_and_leave_out_the_lonely():
    plan = plan_of(
        *[((), ["x/a shares", "x/b shares", "x/c shares"])] * 2,
        ((), ["x/d shares", "x/e shares"]),
        ((), ["x/f leads"]),
    )
    clusters = found(plan)["clusters"]
    assert [set(item.members) for item in clusters.items] == [
        {"agency/x/a", "agency/x/b", "agency/x/c"},
        {"agency/x/d", "agency/x/e"},
    ]
    assert clusters.text["en"] == "Clusters: 2, with 5 agencies in all: A, B, C (3); D, E (2)."


def test_a_long_list_says_how_many_more():
    plan = plan_of(*(((), [f"x/{letter} leads"]) for letter in "abcdefgh"))
    assert found(plan)["leads"].text["vi"].endswith("và 3 mục nữa.")
    assert len(found(plan)["leads"].items) == 8


def test_the_documentation_explains_the_same():
    page = (Path(__file__).resolve().parents[2] / "docs" / "networks.md").read_text("utf-8")
    for language in ("vi", "en"):
        assert all(sentence in page for sentence in networks.explanations(language).values())
        assert all(finding.explanation[language] in page for finding in networks.findings([]))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_measure_is_explained(language):
    shown = set(networks.measures(networks.coordination_network([small_plan()]))[0].to_dict())
    assert shown - {"agency", "label", "label_en", "kind", "collective"} == set(networks.explanations(language))
