"""A build that is killed, at whatever moment, leaves a corpus that opens: the earlier one or the new one, whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from plan_files import contents

from kgplan import manifest
from kgplan.building import build
from kgplan.building.exchange import exchanged

PROGRAM = """
import os, signal, sys
from pathlib import Path
from fake_encoder import FakeEncoder
import kgplan.building.steps as steps, kgplan.building.workplace as workplace
from kgplan.building import build

def die():
    os.kill(os.getpid(), signal.SIGKILL)

plans, out, moment, done = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
steps.get_encoder = lambda spec=None: FakeEncoder("fake")
exchange = workplace.exchanged

def dying_exchange(one, other):
    if moment == "before the exchange":
        die()
    exchange(one, other)
    die()

def progress(stage, now, total):
    if (stage, now) == (moment, done):
        die()

workplace.exchanged = dying_exchange
build([plans], out, progress=progress)
"""

MOMENTS = [
    ("parse", 1),
    ("index", 1),
    ("index", 3),
    ("graph", 0),
    ("graph", 1),
    ("before the exchange", 0),
    ("after the exchange", 0),
]


def killed(plans, out, moment, done):
    command = [sys.executable, "-c", PROGRAM, str(plans), str(out), moment, str(done)]
    ended = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.parametrize(("moment", "done"), MOMENTS)
def test_a_build_that_is_killed_leaves_a_corpus_that_opens(plans, out, scratch, encoder, moment, done):
    build([plans / "rung.txt"], out)
    before = contents(out)
    killed(plans, out, moment, done)
    after = contents(out)
    manifest.check(out, manifest.read(out), model=None)
    whole = scratch("benh", "duong", "rung", "truong")
    assert after == (whole if moment == "after the exchange" else before)
    build([plans], out)
    assert contents(out) == whole


def test_two_folders_are_exchanged_or_left_as_they_are(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    names = {path.name for path in tmp_path.rglob("*/*")}
    done = exchanged(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / ("other" if done else "one")).exists()
    assert {path.name for path in tmp_path.rglob("*/*")} == names
    assert not exchanged(tmp_path / "one", tmp_path / "nowhere")
    assert (tmp_path / "one").is_dir()
