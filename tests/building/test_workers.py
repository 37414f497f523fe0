"""Files read by several processes: the same corpus, and what a process that ends or is ended leaves."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from plan_files import PLANS, contents, text_of

from kgplan.building import build, workers
from kgplan.errors import CorpusError

CUSTOM = """\
import os
from kgplan.building import parts

parse = parts.parse_source


def fragile(path):
    if path.name.startswith("deadly"):
        os._exit(7)
    if path.name.startswith("odd"):
        raise ZeroDivisionError("odd")
    if path.name.startswith("full"):
        parts.write_whole = no_space
    print("a library prints on", path)
    return parse(path)


def no_space(*_):
    raise OSError(28, "No space left on device")


parts.parse_source = fragile
"""


@pytest.fixture
def processes(monkeypatch):
    """The worker processes started from now on."""
    started = []
    popen = subprocess.Popen

    def recorded(*arguments, **options):
        started.append(popen(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(workers.subprocess, "Popen", recorded)
    return started


@pytest.fixture
def many(plans, encoder):
    for number in range(8):
        (plans / f"rung-{number}.txt").write_text(text_of("rung", f"{number + 3}. Mở {number} lớp học.\n"), "utf-8")
    return plans


@pytest.fixture
def custom(tmp_path, monkeypatch):
    """Processes to come do to a file what its name says."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(CUSTOM)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(Path.cwd())]))


def test_two_processes_build_what_one_builds(many, tmp_path, processes):
    alone, together = tmp_path / "alone", tmp_path / "together"
    build([many], alone, workers=1)
    assert processes == []
    build([many], together, workers=2)
    assert [process.returncode for process in processes] == [0, 0]
    assert contents(alone) == contents(together)


def test_a_few_files_are_read_in_this_process(plans, tmp_path, encoder, processes):
    build([plans], tmp_path / "out", workers=2)
    assert processes == []


def test_a_file_on_which_the_parser_dies_is_reported_and_the_others_are_built(many, tmp_path, custom):
    for name in ("deadly-1", "deadly-2", "odd"):
        (many / f"{name}.txt").write_text(text_of("rung"), encoding="utf-8")
    (many / "empty.txt").touch()
    report = build([many], tmp_path / "out", workers=2)
    assert {Path(failure.source).stem: failure.kind for failure in report.failed} == {
        "deadly-1": "Crash",
        "deadly-2": "Crash",
        "empty": "ReadError",
        "odd": "ZeroDivisionError",
    }
    assert "exit code 7" in report.failed[0].reason
    assert len(report.added) == len(PLANS) + 8


def test_a_full_disk_ends_the_build(many, tmp_path, custom):
    (many / "full.txt").write_text(text_of("rung"), encoding="utf-8")
    with pytest.raises(CorpusError, match="out cannot be written: No space left"):
        build([many], tmp_path / "out", workers=2)
    assert not (tmp_path / "out").exists()


def test_stopping_a_build_ends_its_processes(many, tmp_path, processes):
    def stop(stage, done, total):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([many], tmp_path / "out", workers=2, progress=stop)
    assert processes
    assert all(process.poll() is not None for process in processes)
