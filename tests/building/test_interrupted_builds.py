"""What a build that was stopped or killed leaves, and how the next one goes on."""

from __future__ import annotations

import pytest
from plan_files import PLANS, contents

from kgplan.building import build, parts
from kgplan.building.workplace import Workplace


class Stopped(BaseException):
    """What Ctrl-C or the end of the process is to a build."""


def test_a_build_stopped_while_parsing_goes_on_where_it_was(plans, out, scratch, encoder, monkeypatch, parsed):
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
    again = parsed()
    build([plans], out)
    assert set(names) | set(again) == {f"{name}.txt" for name in PLANS}
    assert not set(names) & set(again)
    assert contents(out) == scratch(*PLANS)
    assert not Workplace(out).folder.exists()


def test_a_build_stopped_while_encoding_goes_on_where_it_was(plans, out, scratch, encoder, parsed):
    def stop_at_the_third(stage, done, total):
        if stage == "index" and done >= 3:
            raise Stopped

    with pytest.raises(Stopped):
        build([plans], out, progress=stop_at_the_third)
    first = list(encoder.encoded)
    names = parsed()
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
