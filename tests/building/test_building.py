"""Building a corpus: what is written, what is taken over, and what a bad file or an interruption leaves."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_files import PLANS, contents, text_of

import kgplan
from kgplan.building import build, parts, remove, steps
from kgplan.building.workplace import Workplace
from kgplan.corpus import remove_plans
from kgplan.errors import CorpusError, KgplanError, NotAPlanError, ReadError, StaleCorpusError, UnknownPlanError


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def scratch(plans, tmp_path, encoder):
    """What a build from scratch of some of the plans writes."""

    def built(*names):
        folder = Path(tempfile.mkdtemp(dir=tmp_path)) / "scratch"
        build([plans / f"{name}.txt" for name in names], folder)
        return contents(folder)

    return built


def parsed(monkeypatch):
    """The names of the files parsed from now on."""
    names = []
    parse = parts.parse_source

    def recorded(path):
        names.append(path.name)
        return parse(path)

    monkeypatch.setattr(parts, "parse_source", recorded)
    return names


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


def test_a_folder_without_plans_is_told(tmp_path, out, encoder):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match="empty holds no plan file"):
        build([tmp_path / "empty"], out)


def test_the_order_of_the_files_does_not_matter(plans, scratch, encoder):
    assert scratch("rung", "benh", "duong") == scratch("duong", "rung", "benh")


def test_nothing_but_the_corpus_is_left(plans, out, encoder):
    build([plans], out)
    assert {path.name for path in out.parent.iterdir()} == {"plans", "out"}


def test_unchanged_files_are_neither_parsed_nor_encoded_again(plans, out, scratch, encoder, monkeypatch):
    build([plans / "rung.txt", plans / "benh.txt"], out)
    names, before = parsed(monkeypatch), len(encoder.encoded)
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


def test_adding_keeps_the_other_plans(plans, out, scratch, encoder, monkeypatch):
    build([plans / "rung.txt"], out)
    names = parsed(monkeypatch)
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


def test_a_bad_file_does_not_stop_the_others(plans, out, scratch, encoder):
    (plans / "a-empty.txt").touch()
    (plans / "z-shopping.txt").write_text("milk, eggs\n")
    report = build([plans], out)
    assert [Path(failure.source).name for failure in report.failed] == ["a-empty.txt", "z-shopping.txt"]
    assert [failure.kind for failure in report.failed] == ["ReadError", "NotAPlanError"]
    assert "empty" in report.failed[0].reason
    assert str(plans) not in report.failed[0].reason
    assert contents(out) == scratch(*PLANS)


def test_a_file_that_breaks_the_parser_does_not_stop_the_others(plans, out, encoder, monkeypatch):
    parse = parts.parse_source

    def fragile(path):
        if path.name == "rung.txt":
            raise RecursionError("too deep")
        return parse(path)

    monkeypatch.setattr(parts, "parse_source", fragile)
    report = build([plans], out)
    assert [failure.kind for failure in report.failed] == ["RecursionError"]
    assert "internal error" in report.failed[0].reason
    assert len(report.added) == len(PLANS) - 1


def test_strict_builds_nothing_when_a_file_is_bad(plans, out, encoder):
    (plans / "bad.txt").touch()
    with pytest.raises(ReadError, match=r"bad\.txt"):
        build([plans], out, strict=True)
    assert not out.exists()


@pytest.mark.parametrize(("names", "error"), [(["a"], ReadError), (["a", "b"], ReadError), (["c"], NotAPlanError)])
def test_when_no_file_can_be_used_nothing_is_built(plans, out, encoder, tmp_path, names, error):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").touch()
    (tmp_path / "c.txt").write_text("milk, eggs\n")
    build([plans / "rung.txt"], out)
    before = contents(out)
    with pytest.raises(error, match=f"{names[0]}.txt"):
        build([tmp_path / f"{name}.txt" for name in names], out)
    assert contents(out) == before
    assert not Workplace(out).folder.exists()


def test_a_file_that_turned_bad_leaves_no_stale_plan(plans, out, scratch, encoder):
    build([plans / "rung.txt", plans / "benh.txt"], out)
    (plans / "rung.txt").write_text("")
    report = build([plans / "rung.txt", plans / "benh.txt"], out)
    assert report.removed == ("rung",)
    assert len(report.failed) == 1
    assert contents(out) == scratch("benh")


def test_two_files_of_one_id_are_both_named(plans, out, encoder):
    (plans / "sub").mkdir()
    shutil.copy(plans / "rung.txt", plans / "sub" / "Rừng.txt")
    with pytest.raises(CorpusError, match=r"rung\.txt and .*Rừng\.txt give one plan id, rung"):
        build([plans], out)
    assert not out.exists()


def test_a_file_given_later_replaces_the_plan_of_its_id(plans, out, scratch, encoder, tmp_path):
    build([plans], out)
    newer = tmp_path / "rung.txt"
    newer.write_text(text_of("rung", "3. Mở lớp học.\n"), encoding="utf-8")
    assert build([newer], out, add=True).replaced == ("rung",)
    shutil.copy(newer, plans / "rung.txt")
    assert contents(out) == scratch(*PLANS)


class Stopped(BaseException):
    """What Ctrl-C or the end of the process is to a build."""


def test_a_build_stopped_while_parsing_goes_on_where_it_was(plans, out, scratch, encoder, monkeypatch):
    parse, names = parts.parse_source, []

    def stopping(path):
        if len(names) == 2:
            raise Stopped
        names.append(path.name)
        return parse(path)

    with monkeypatch.context() as patch:
        patch.setattr(parts, "parse_source", stopping)
        with pytest.raises(Stopped):
            build([plans], out)
    assert not out.exists()
    again = parsed(monkeypatch)
    build([plans], out)
    assert set(names) | set(again) == {f"{name}.txt" for name in PLANS}
    assert not set(names) & set(again)
    assert contents(out) == scratch(*PLANS)
    assert not Workplace(out).folder.exists()


def test_a_build_stopped_while_encoding_goes_on_where_it_was(plans, out, scratch, encoder, monkeypatch):
    def stop_at_the_third(stage, done, total):
        if stage == "index" and done >= 3:
            raise Stopped

    with pytest.raises(Stopped):
        build([plans], out, progress=stop_at_the_third)
    first = list(encoder.encoded)
    names = parsed(monkeypatch)
    build([plans], out)
    assert names == []
    again = encoder.encoded[len(first) :]
    assert len(first) > 0
    assert len(set(first) & set(again)) <= 2  # one statement at hand, in context and alone
    assert contents(out) == scratch(*PLANS)


@pytest.mark.parametrize("stage", ["parse", "index", "graph"])
def test_a_build_that_is_stopped_leaves_the_corpus_as_it_was(plans, out, encoder, stage):
    build([plans / "rung.txt"], out)
    before = contents(out)

    def stop(now, done, total):
        if now == stage:
            raise Stopped

    with pytest.raises(Stopped):
        build([plans], out, progress=stop)
    assert contents(out) == before


def test_a_build_killed_between_the_last_two_steps_is_mended(plans, out, scratch, encoder):
    build([plans / "rung.txt"], out)
    folder = Workplace(out).folder
    folder.mkdir()
    out.rename(folder / "old")
    (folder / "new").mkdir()
    (folder / "new" / "half").touch()
    assert build([plans / "benh.txt", plans / "rung.txt"], out).unchanged == ("rung",)
    assert contents(out) == scratch("rung", "benh")


def test_parts_that_are_broken_are_made_again(plans, out, scratch, encoder):
    def stop(stage, done, total):
        if stage == "index":
            raise Stopped

    with pytest.raises(Stopped):
        build([plans], out, progress=stop)
    for path in Workplace(out).folder.iterdir():
        path.write_bytes(path.read_bytes()[:20] if path.suffix == ".json" else b"")
    build([plans], out)
    assert contents(out) == scratch(*PLANS)


def test_another_model_encodes_anew_and_parses_nothing(plans, out, encoder, monkeypatch):
    build([plans], out)
    names = parsed(monkeypatch)
    report = build([plans], out, model="other")
    assert names == []
    assert report.unchanged == tuple(sorted(PLANS))
    assert json.loads((out / "manifest.json").read_text())["encoder"]["name"] == "other"


def test_adding_with_another_model_is_refused(plans, out, encoder):
    build([plans / "rung.txt"], out)
    with pytest.raises(CorpusError, match="model fake, not other"):
        build([plans / "benh.txt"], out, add=True, model="other")


def test_adding_takes_the_model_of_the_corpus(plans, out, encoder):
    build([plans / "rung.txt"], out, model="other")
    build([plans / "benh.txt"], out, add=True)
    assert json.loads((out / "manifest.json").read_text())["encoder"]["name"] == "other"


def test_what_another_kgplan_built_is_not_mixed_with_but_its_vectors_serve(plans, out, scratch, encoder):
    build([plans / "rung.txt", plans / "benh.txt"], out)
    manifest = json.loads((out / "manifest.json").read_text())
    (out / "manifest.json").write_text(json.dumps({**manifest, "make": "0" * 64}))
    for change in (lambda: build([plans / "duong.txt"], out, add=True), lambda: remove(["rung"], out)):
        with pytest.raises(StaleCorpusError, match="kgplan build"):
            change()
    before = len(encoder.encoded)
    assert build([plans / "rung.txt", plans / "benh.txt"], out).replaced == ("benh", "rung")
    assert len(encoder.encoded) == before
    assert contents(out) == scratch("rung", "benh")


@pytest.mark.parametrize("name", ["graph.nq", "plans/rung.json", "retrieval/dense.faiss", "passages.txt"])
def test_a_broken_corpus_is_built_anew_and_not_added_to(plans, out, scratch, encoder, name):
    build([plans / "rung.txt"], out)
    (out / name).write_bytes(b"junk")
    with pytest.raises(CorpusError, match="broken"):
        build([plans / "benh.txt"], out, add=True)
    build([plans / "rung.txt"], out)
    assert contents(out) == scratch("rung")


def test_adding_to_nothing_is_refused(plans, out, encoder):
    with pytest.raises(CorpusError, match="no such directory"):
        build([plans], out, add=True)


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 1}', '{"format": 99}'])
def test_a_manifest_that_cannot_be_read_is_replaced(plans, out, scratch, encoder, content):
    out.mkdir()
    (out / "manifest.json").write_text(content)
    with pytest.raises(CorpusError):
        build([plans / "rung.txt"], out, add=True)
    build([plans / "rung.txt"], out)
    assert contents(out) == scratch("rung")


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


def test_every_error_is_kgplans_own(plans, tmp_path, encoder):
    (tmp_path / "file").touch()
    for sources, out in (([], tmp_path / "o"), ([plans], tmp_path / "file"), ([plans], tmp_path / "file" / "out")):
        with pytest.raises(KgplanError):
            build(sources, out)
