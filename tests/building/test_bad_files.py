"""Files that cannot be used: the others are built, and the report names them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from plan_files import PLANS, contents

from kgplan.building import build, parts
from kgplan.building.workplace import Workplace
from kgplan.errors import CorpusError, KgplanError, NotAPlanError, ReadError


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


def test_a_folder_without_plans_is_told(tmp_path, out, encoder):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CorpusError, match="empty holds no plan file"):
        build([tmp_path / "empty"], out)


def test_every_error_is_kgplans_own(plans, tmp_path, encoder):
    (tmp_path / "file").touch()
    for sources, out in (([], tmp_path / "o"), ([plans], tmp_path / "file"), ([plans], tmp_path / "file" / "out")):
        with pytest.raises(KgplanError):
            build(sources, out)
