"""Two builds into one corpus: one works, the other is told of it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from plan_files import contents

from kgplan.building import build, remove
from kgplan.building.workplace import Workplace
from kgplan.cli import main
from kgplan.errors import CorpusError

HOLDER = """
import sys
from pathlib import Path
from kgplan.building.lock import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def out(plans, tmp_path, encoder):
    """A corpus of one plan."""
    build([plans / "rung.txt"], tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def holder(out):
    """Another process that builds into ``out``."""
    command = [sys.executable, "-c", HOLDER, str(Workplace(out).folder / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        if process.poll() is None:
            process.kill()


def test_a_second_build_is_told_of_the_first_and_changes_nothing(plans, out, holder, capsys):
    before = contents(out)
    named = rf"{out} is being built by process {holder.pid} on .*; wait until it has ended"
    with pytest.raises(CorpusError, match=named):
        build([plans], out)
    with pytest.raises(CorpusError, match=named):
        remove(["rung"], out)
    assert main(["build", str(plans), "-o", str(out), "--add"]) == 1
    assert str(holder.pid) in capsys.readouterr().err
    assert contents(out) == before
    build([plans / "benh.txt"], out.parent / "other")


def test_the_lock_of_a_process_that_died_is_none(plans, out, holder):
    holder.kill()
    holder.wait()
    assert (Workplace(out).folder / "lock").exists()
    assert len(build([plans], out).added) == 3
    assert not Workplace(out).folder.exists()


def test_a_build_that_ended_badly_gives_the_lock_back(plans, out):
    class Stopped(BaseException):
        pass

    def stop(stage, done, total):
        if stage == "index":
            with pytest.raises(CorpusError, match=f"process {os.getpid()}"):
                build([plans], out)
            raise Stopped

    with pytest.raises(Stopped):
        build([plans], out, progress=stop)
    assert len(build([plans], out).added) == 3


def test_a_build_that_fails_leaves_no_folders(plans, tmp_path, encoder):
    (tmp_path / "bad.txt").touch()
    with pytest.raises(CorpusError, match="no corpus"):
        build([plans], tmp_path / "new" / "deep" / "out", add=True)
    assert not (tmp_path / "new").exists()
