"""Two plans compared: what is the same in other words, what was lost, gained and changed, and what contradicts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from fake_encoder import FakeEncoder
from hypothesis import given
from hypothesis import strategies as st

from kgplan.comparing import compare_plans
from kgplan.comparing.matching import mutual_best, word_overlap
from kgplan.parsing import parse
from kgplan.retrieval.vectors import PassageVectors

HEAD = """\
KẾ HOẠCH
Phát triển kinh tế biển tỉnh {province} năm {year}

I. MỤC TIÊU
{goals}

II. NHIỆM VỤ
{tasks}
"""
GOALS = ["Tốc độ tăng trưởng kinh tế biển đạt 9%.", "Tỷ lệ giải ngân vốn đầu tư công đạt 95%."]
TASKS = [
    "Sở Du lịch chủ trì, phối hợp với Sở Tài chính xây dựng đề án du lịch biển đảo trước ngày 30/6/2031.",
    "Sở Xây dựng, UBND các huyện, thị xã, thành phố nâng cấp các bến cảng và kho lạnh.",
    "Giao Sở Y tế khám sức khỏe định kỳ cho ngư dân theo Nghị quyết số 15/NQ-HĐND ngày 10/12/2030.",
]


def plan(tasks=TASKS, goals=GOALS, *, year=2031, province="Quảng Ninh", jurisdiction="quang-ninh", name="a"):
    text = HEAD.format(
        year=year,
        province=province,
        goals="\n".join(f"{n}. {goal}" for n, goal in enumerate(goals, start=1)),
        tasks="\n".join(f"{n}. {task}" for n, task in enumerate(tasks, start=1)),
    )
    return parse(text, plan_id=name, jurisdiction=jurisdiction)


def compare(a, b, **options):
    return compare_plans(a, b, PassageVectors(FakeEncoder()), **options)


def changed(*edits):
    """The tasks with words replaced: (number from 1, old words, new words)."""
    tasks = list(TASKS)
    for number, old, new in edits:
        assert old in tasks[number - 1]
        tasks[number - 1] = tasks[number - 1].replace(old, new)
    return tasks


def test_a_plan_is_the_same_as_itself():
    found = compare(plan(), plan(name="b"))
    assert [(m.a.address, m.b.address, m.changes) for m in found.tasks] == [
        (f"II.{n}", f"II.{n}", ()) for n in (1, 2, 3)
    ]
    assert all(match.score == pytest.approx(1, abs=1e-3) for match in found.tasks)
    body = found.to_dict()
    for what in ("tasks", "agencies", "targets", "citations"):
        for how in ("lost", "gained"):
            assert list(body[what][how]) == [], (what, how)
    assert body["contradictions"] == ()


def test_tasks_are_matched_wherever_they_stand_and_in_other_words():
    moved = [
        "Sở Y tế, Sở Tài chính tổ chức khám sức khỏe định kỳ cho ngư dân và người lao động.",
        "Sở Xây dựng tiếp tục nâng cấp bến cảng, kho lạnh.",
        "Công an tỉnh chủ trì phòng, chống buôn lậu qua biên giới.",
    ]
    found = compare(plan(), plan(moved, name="b"))
    assert {(m.a.address, m.b.address) for m in found.tasks} == {("II.2", "II.2"), ("II.3", "II.1")}
    assert [place.address for place in found.tasks_lost] == ["II.1"]
    assert [place.address for place in found.tasks_gained] == ["II.3"]


def test_another_lead_is_a_change_and_a_contradiction():
    found = compare(plan(), plan(changed((1, "Sở Du lịch chủ trì", "Sở Công Thương chủ trì")), name="b"))
    (match,) = found.leads_changed
    assert [(c.aspect, c.lost, c.gained) for c in match.changes] == [("leads", ("Sở Du lịch",), ("Sở Công Thương",))]
    (one,) = found.contradictions
    assert (one.kind, one.a.address, one.a_says, one.b_says) == ("lead", "II.1", ("Sở Du lịch",), ("Sở Công Thương",))
    assert one.same_period
    assert [share.name for share in found.agencies_lost] == ["Sở Du lịch"]
    assert [(share.name, share.leads) for share in found.agencies_gained] == [("Sở Công Thương", (0, 1))]


def test_one_more_partner_is_a_change_and_no_contradiction():
    found = compare(plan(), plan(changed((1, "với Sở Tài chính", "với Sở Tài chính, Sở Nội vụ")), name="b"))
    (match,) = [match for match in found.tasks if match.changes]
    assert [(c.aspect, c.lost, c.gained) for c in match.changes] == [("coordinates", (), ("Sở Nội vụ",))]
    assert found.contradictions == ()


def test_an_agency_that_does_something_else_has_changed():
    found = compare(
        plan(), plan([*changed((1, ", phối hợp với Sở Tài chính", "")), "Sở Tài chính bố trí vốn."], name="b")
    )
    (share,) = found.agencies_changed
    assert (share.name, share.leads, share.coordinates, share.shares) == ("Sở Tài chính", (0, 1), (1, 0), (0, 0))


def test_another_deadline():
    found = compare(plan(), plan(changed((1, "30/6/2031", "30/9/2031")), name="b"))
    (one,) = found.contradictions
    assert (one.kind, one.a_says, one.b_says, one.same_period) == (
        "deadline",
        ("trước ngày 30/6/2031",),
        ("trước ngày 30/9/2031",),
        True,
    )


def test_a_time_limit_in_other_words_is_the_same():
    task = "Sở Du lịch chủ trì xây dựng đề án du lịch biển đảo {} kể từ ngày được giao."
    ours, theirs = (
        plan([task.format(limit)]) for limit in ("trong thời hạn 05 ngày làm việc", "trong vòng 5 ngày làm việc")
    )
    found = compare(ours, theirs)
    assert [d for p in (ours, theirs) for d in p.statements[-1].deadlines if d.duration != "P5D"] == []
    assert found.contradictions == ()
    assert [match.changes for match in found.tasks] == [()]


def test_another_value_of_an_indicator():
    goals = ["Tỷ lệ giải ngân vốn đầu tư công đạt 98%.", "Tốc độ tăng trưởng kinh tế biển đạt 9%."]
    found = compare(plan(), plan(goals=goals, name="b"))
    (change,) = found.targets_changed
    assert (change.a.words, change.b.words, change.a.place.address, change.b.place.address) == (
        "95%",
        "98%",
        "I.2",
        "I.1",
    )
    assert [(one.kind, one.a_says, one.b_says) for one in found.contradictions] == [("target", ("95%",), ("98%",))]
    assert (found.targets_lost, found.targets_gained) == ((), ())


def test_targets_lost_and_gained_and_of_another_unit():
    goals = ["Tốc độ tăng trưởng kinh tế biển đạt 900 tỷ đồng.", "Sản lượng hải sản đạt 70 nghìn tấn."]
    found = compare(plan(), plan(goals=goals, name="b"))
    assert [target.words for target in found.targets_lost] == ["9%", "95%"]
    assert [target.words for target in found.targets_gained] == ["900 tỷ đồng", "70 nghìn tấn"]
    assert found.targets_changed == ()


def test_plans_of_different_years_may_both_hold():
    found = compare(
        plan(),
        plan(
            changed((1, "Sở Du lịch", "Sở Công Thương"), (1, "2031", "2032")),
            ["Tốc độ tăng trưởng kinh tế biển đạt 10%."],
            year=2032,
            name="b",
        ),
    )
    assert sorted(one.kind for one in found.contradictions) == ["deadline", "lead", "target"]
    assert not any(one.same_period for one in found.contradictions)


def test_citations_lost_gained_and_changed():
    base = plan(changed((3, "theo Nghị quyết", "thực hiện Nghị quyết")))
    other = plan(
        [
            *changed((3, "theo Nghị quyết", "thay thế Nghị quyết")),
            "Sở Nội vụ thực hiện Quyết định số 20/QĐ-UBND ngày 05/01/2031.",
        ],
        name="b",
    )
    found = compare(base, other)
    assert [act.label for act in found.citations_gained] == ["Quyết định 20/QĐ-UBND"]
    assert found.citations_gained[0].addresses == ("II.4",)
    assert found.citations_lost == ()
    (change,) = found.citations_changed
    assert change.a.relations != change.b.relations
    assert [act.label for act in compare(other, base).citations_lost] == ["Quyết định 20/QĐ-UBND"]


def test_agencies_of_two_provinces_are_compared_by_what_they_are():
    other = plan(province="Nghệ An", jurisdiction="nghe-an", name="b")
    found = compare(plan(), other)
    assert all(match.changes == () for match in found.tasks)
    assert (found.agencies_lost, found.agencies_gained, found.contradictions) == ((), (), ())


def test_a_central_body_is_the_same_in_any_plan():
    tasks = ["Bộ Y tế chủ trì khám sức khỏe định kỳ cho ngư dân."]
    found = compare(plan(tasks), plan(tasks, province="Nghệ An", jurisdiction="nghe-an", name="b"))
    assert found.tasks[0].changes == ()
    found = compare(plan(tasks), plan(tasks, jurisdiction="vn", name="c"))
    assert found.tasks[0].changes == ()


def test_the_threshold_decides():
    other = plan(["Sở Xây dựng nâng cấp đường."], name="b")
    assert not compare(plan(), other, threshold=0.9).tasks
    assert compare(plan(), other, threshold=0.05).tasks


def test_plans_without_tasks():
    empty = replace(plan(name="b"), statements=())
    assert len(compare(plan(), empty).tasks_lost) == 3
    assert len(compare(empty, plan()).tasks_gained) == 3
    assert compare(empty, empty).tasks == ()


@given(st.lists(st.integers(0, 2), max_size=5), st.lists(st.integers(0, 2), max_size=5))
def test_the_other_way_round_swaps_lost_and_gained(first, second):
    one, other = plan([TASKS[i] for i in first]), plan([TASKS[i] for i in second], name="b")
    there, back = compare(one, other), compare(other, one)
    assert {(m.a.address, m.b.address) for m in there.tasks} == {(m.b.address, m.a.address) for m in back.tasks}
    assert there.tasks_lost == back.tasks_gained
    assert there.targets_gained == back.targets_lost
    assert compare(one, other) == there


def test_what_is_known_is_not_encoded_again():
    from kgplan.retrieval.passages import passages

    encoder = FakeEncoder()
    vectors = PassageVectors(encoder)
    vectors.encode(passages(plan()))
    told: list[tuple[int, int]] = []
    before = len(encoder.encoded)
    compare_plans(plan(), plan(["Trồng rừng ven biển."], name="b"), vectors, progress=lambda *step: told.append(step))
    assert told == [(4, 4)]
    new = encoder.encoded[before:]
    assert "Trồng rừng ven biển." in new
    assert not any("kho lạnh" in text for text in new)


def test_words_weigh_by_rarity_and_numbers_do_not_count():
    overlap = word_overlap(["thực hiện chợ 2023", "thực hiện rừng"], ["thực hiện chợ 2024", "thực hiện cảng", ""])
    assert overlap[0, 0] == pytest.approx(1)
    assert overlap[0, 0] > overlap[0, 1] > overlap[0, 2] == 0
    assert word_overlap(["12", ""], ["13"]).tolist() == [[1.0], [1.0]]


@given(st.integers(0, 5), st.integers(0, 5), st.data())
def test_mutual_best_pairs_each_at_most_once_and_leaves_no_better_pair(rows, columns, data):
    value = st.sampled_from([0.0, 0.2, 0.5, 0.5001, 0.8, 1.0])
    scores = np.array([[data.draw(value) for _ in range(columns)] for _ in range(rows)], dtype=np.float32).reshape(
        rows, columns
    )
    pairs = mutual_best(scores, 0.5)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    partner, owner = dict(pairs), {j: i for i, j in pairs}
    for i in range(rows):
        for j in range(columns):
            if scores[i, j] >= 0.5 and partner.get(i) != j:
                better_for_row = i in partner and scores[i, partner[i]] >= scores[i, j] - 1e-4
                better_for_column = j in owner and scores[owner[j], j] >= scores[i, j] - 1e-4
                assert better_for_row or better_for_column
