"""Building a corpus: what is written, what is taken over, and that no fact of what went stays."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_files import PLANS, contents, text_of

import kgplan
from kgplan.building import build, remove, steps
from kgplan.corpus import remove_plans
from kgplan.errors import CorpusError, UnknownPlanError


def test_a_folder_is_searched_for_plans(plans, out, encoder):
    (plans / "sub").mkdir()
    (plans / "benh.txt").rename(plans / "sub" / "benh.HTM")
    (plans / ".hidden.txt").write_text(text_of("rung"))
    (plans / "table.xlsx").write_bytes(b"x")
    report = build([plans], out)
    assert report.added == ("benh", "duong", "rung", "truong")
    assert report.failed == ()
    assert [plan.id for plan in kgplan.open_corpus(out).plans] == list(report.added)


def test_a_file_named_twice_is_one(plans, out, encoder):
    assert build([plans / "rung.txt", plans, plans / "rung.txt"], out).added == tuple(sorted(PLANS))


def test_the_order_of_the_files_does_not_matter(plans, scratch, encoder):
    assert scratch("rung", "benh", "duong") == scratch("duong", "rung", "benh")


def test_nothing_but_the_corpus_is_left(plans, out, encoder):
    build([plans], out)
    assert {path.name for path in out.parent.iterdir()} == {"plans", "out"}


def test_unchanged_files_are_neither_parsed_nor_encoded_again(plans, out, scratch, encoder, parsed):
    build([plans / "rung.txt", plans / "benh.txt"], out)
    names, before = parsed(), len(encoder.encoded)
    (plans / "benh.txt").write_text(text_of("benh", "2. Sở Y tế mua thêm thuốc."), encoding="utf-8")
    report = build([plans], out)
    assert (report.unchanged, report.replaced, report.added) == (("rung",), ("benh",), ("duong", "truong"))
    assert sorted(names) == ["benh.txt", "duong.txt", "truong.txt"]
    new = encoder.encoded[before:]
    assert "2. Sở Y tế mua thêm thuốc." not in new  # the label is no part of the statement
    assert any("mua thêm thuốc" in text for text in new)
    assert not any("khám bệnh" in text or "trồng 120 ha" in text for text in new)
    assert contents(out) == scratch(*PLANS)


def test_a_build_that_changes_nothing_writes_nothing(plans, out, encoder, monkeypatch):
    build([plans], out)
    monkeypatch.setattr(steps, "write_corpus", None)
    report = build([plans], out)
    assert report.unchanged == tuple(sorted(PLANS))


def test_a_plan_that_is_no_longer_named_is_removed(plans, out, scratch, encoder):
    build([plans], out)
    (plans / "rung.txt").unlink()
    assert build([plans], out).removed == ("rung",)
    assert contents(out) == scratch("benh", "duong", "truong")


def test_adding_keeps_the_other_plans(plans, out, scratch, encoder, parsed):
    build([plans / "rung.txt"], out)
    names = parsed()
    report = build([plans / "benh.txt"], out, add=True)
    assert (report.added, report.unchanged) == (("benh",), ("rung",))
    assert names == ["benh.txt"]
    assert contents(out) == scratch("rung", "benh")


def test_removing_leaves_no_trace(plans, out, scratch, encoder):
    build([plans], out)
    before = len(encoder.encoded)
    report = remove(["rung", "truong"], out)
    assert (report.removed, report.unchanged) == (("rung", "truong"), ("benh", "duong"))
    assert len(encoder.encoded) == before
    held = contents(out)
    assert held == scratch("benh", "duong")
    assert not any(b"rung" in name.encode() or "trồng 120 ha".encode() in data for name, data in held.items())


def test_what_cannot_be_removed(plans, out, encoder):
    build([plans / "rung.txt"], out)
    before = contents(out)
    with pytest.raises(UnknownPlanError, match=r"benh.*rung"):
        remove(["benh"], out)
    with pytest.raises(CorpusError, match="delete the folder"):
        remove(["rung"], out)
    with pytest.raises(CorpusError, match="nowhere"):
        remove(["rung"], out.parent / "nowhere")
    assert contents(out) == before


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_path_to_a_set_of_plans_gives_the_bytes_of_a_build_from_scratch(plans, encoder, tmp_path, scratch, data):
    """Adding, replacing, removing and rebuilding in any order, twice over, and then building from scratch."""
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    out = folder / "corpus"
    held: dict[str, str] = {}

    def write(name):
        more = data.draw(st.sampled_from(["", "3. Sở Tài chính bố trí kinh phí trồng rừng.\n", "3. Mở lớp học.\n"]))
        (folder / f"{name}.txt").write_text(text_of(name, more), encoding="utf-8")
        held[name] = more
        return folder / f"{name}.txt"

    names = st.sampled_from(sorted(PLANS))
    build([write(name) for name in data.draw(st.sets(names, min_size=1, max_size=2))], out)
    for _ in range(3):
        action = data.draw(st.sampled_from(["add", "remove", "rebuild"]))
        if action == "add":
            build([write(name) for name in data.draw(st.sets(names, min_size=1, max_size=2))], out, add=True)
        elif action == "remove" and len(held) > 1:
            name = data.draw(st.sampled_from(sorted(held)))
            remove([name], out)
            del held[name]
        elif action == "rebuild":
            for name in data.draw(st.sets(names, max_size=2)):
                write(name)
            build([folder / f"{name}.txt" for name in data.draw(st.permutations(sorted(held)))], out)
    build([folder / f"{name}.txt" for name in sorted(held)], folder / "again")
    assert contents(out) == contents(folder / "again")


def test_a_file_given_later_replaces_the_plan_of_its_id(plans, out, scratch, encoder, tmp_path):
    build([plans], out)
    newer = tmp_path / "rung.txt"
    newer.write_text(text_of("rung", "3. Mở lớp học.\n"), encoding="utf-8")
    assert build([newer], out, add=True).replaced == ("rung",)
    shutil.copy(newer, plans / "rung.txt")
    assert contents(out) == scratch(*PLANS)


def test_the_facade_warns_and_reports(plans, out, encoder):
    (plans / "bad.txt").touch()
    with pytest.warns(UserWarning, match=r"1 files were left out: .*bad\.txt: .*empty"):
        corpus = kgplan.build_corpus(plans, out)
    assert corpus.build_report.added == tuple(sorted(PLANS))
    assert corpus.build_report.to_dict()["failed"][0]["kind"] == "ReadError"
    assert kgplan.open_corpus(out).build_report is None
    assert len(kgplan.build_corpus(str(plans / "rung.txt"), out, add=True).plans) == len(PLANS)
    assert [plan.id for plan in remove_plans("rung", out).plans] == ["benh", "duong", "truong"]


def test_progress_counts_files_and_passages(plans, out, encoder):
    told = []
    build([plans], out, progress=lambda *step: told.append(step))
    parse = [done for stage, done, _ in told if stage == "parse"]
    index = [(done, total) for stage, done, total in told if stage == "index"]
    assert parse == [0, 1, 2, 3, 4]
    assert index == sorted(index)
    assert index[-1][0] == index[-1][1]
