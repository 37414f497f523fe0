"""A plan out of its graph is the plan that went in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import generated_plans
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_plans import full_plan, plans

from kgplan import resources
from kgplan.errors import CorpusError
from kgplan.model import Plan
from kgplan.parsing import parse
from kgplan.rdf import vocabulary as v
from kgplan.rdf.build import build_dataset, to_nquads
from kgplan.rdf.read import read_plan
from kgplan.rdf.store import Store
from kgplan.reading import read

GOLD_PLANS = sorted((Path(__file__).parents[1] / "gold" / "plans").glob("*.txt"))


def there_and_back(plan: Plan, base: str = v.DEFAULT_BASE) -> Plan:
    store = Store.load(to_nquads(build_dataset([plan], base=base)))
    return read_plan(store.query("CONSTRUCT WHERE { ?s ?p ?o }").triples)


def ordered(plan: Plan) -> Plan:
    """The plan with the parts that a graph does not order in the order of their ids."""
    agencies = (replace(a, aliases=tuple(sorted(set(a.aliases)))) for a in plan.agencies)
    return replace(
        plan,
        agencies=tuple(sorted(agencies, key=lambda a: v.agency_iri(a.id))),
        documents=tuple(sorted(plan.documents, key=lambda d: v.document_iri(d.id))),
        places=tuple(sorted(plan.places, key=lambda p: v.place_iri(p.id))),
        sections=tuple(sorted(plan.sections, key=lambda s: (s.start, s.address))),
    )


@pytest.mark.parametrize("base", [v.DEFAULT_BASE, "https://example.org/kg/"])
def test_a_plan_with_every_part(base):
    assert there_and_back(full_plan(), base) == ordered(full_plan())


@pytest.mark.parametrize(
    "path", [resources.DATA / "plans" / "thanh-hoa-2023.vi.txt", *GOLD_PLANS], ids=lambda p: p.stem
)
def test_a_parsed_plan(path):
    plan = parse(read(path), plan_id=path.name.split(".")[0])
    assert there_and_back(plan) == ordered(plan)


@pytest.mark.parametrize(
    "text",
    [
        "1. Sở Y tế chủ trì kiểm tra.\n2. Sở Nội vụ phối hợp.\n",
        "UBND tỉnh yêu cầu các sở, ngành thực hiện:\n1. Kiểm tra bếp ăn.\n2. Tập huấn.\n",
        "KẾ HOẠCH\nNăm 2031\n\nI. VỀ QUẢN LÝ\nCHỢ  VÀ SIÊU THỊ\n1. Sở Y tế kiểm tra.\n2. Sở Nội vụ tập huấn.\n",
        "KẾ HOẠCH\nNăm 2031\n\nI. NHIỆM VỤ\n1. Ông Lê Văn An kiểm tra.\n2. Ông Lê Văn An, Giám đốc Sở Y tế báo cáo.\n",
    ],
    ids=["no title", "a sentence leads in", "a heading with blanks", "an office told later"],
)
def test_a_plan_as_people_write_it(text):
    plan = parse(text, plan_id="written", jurisdiction="nghe-an")
    assert there_and_back(plan) == ordered(plan)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(generated_plans.plans())
def test_any_text_of_a_plan(generated):
    plan = parse(generated.text, plan_id="generated")
    assert there_and_back(plan) == ordered(plan)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 400),
    st.sampled_from(["phút", "giờ làm việc", "ngày", "ngày làm việc", "tuần", "tháng", "quý", "năm"]),
)
def test_any_time_limit(number, unit):
    answer, sending = f"trong thời hạn {number} {unit} kể từ ngày nhận", f"{number} {unit} trước khi họp"
    item = f"1. Sở Y tế trả lời {answer}, gửi tài liệu {sending}."
    plan = parse(f"KẾ HOẠCH\nKiểm tra năm 2031\n\nI. NHIỆM VỤ\n{item}\n", plan_id="generated")
    assert any(d.duration for s in plan.statements for d in s.deadlines)
    assert there_and_back(plan) == ordered(plan)


@settings(max_examples=40, deadline=None)
@given(plans())
def test_any_plan(plan):
    assert there_and_back(plan) == ordered(plan)


def test_what_is_no_whole_plan_is_said():
    store = Store.load(to_nquads(build_dataset([full_plan()])))
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }").triples
    with pytest.raises(CorpusError, match="0 plans"):
        read_plan([])
    with pytest.raises(CorpusError, match=r"no whole plan: .*kgp:text"):
        read_plan([t for t in triples if t[1].value != v.kgp("text")])
    with pytest.raises(CorpusError, match="no whole plan"):
        read_plan([t for t in triples if not t[1].value.endswith("hadRole")])
