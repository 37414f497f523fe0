"""Parts of many files at once, each worker a process of its own.

A file on which the parser dies takes one process with it and is reported like any other bad file. The processes are
started by command and not by :mod:`multiprocessing`, so that a caller's script needs no guard around its main part and
nothing is forked beside the threads of a progress bar.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kgplan.building.parts import Make, make_part
from kgplan.building.report import Failure
from kgplan.errors import KgplanError

_FILES_A_WORKER = 4
"""Starting a process takes as long as reading a few files."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The stem of the part that a file gave, or why it gave none."""

    stem: str | None
    failure: Failure | None = None


def attempt(path: Path, folder: Path, make: Make) -> Outcome:
    """Make the part of ``path``; whatever the file does to the parser is its outcome.

    Raises OSError when the part cannot be written.
    """
    try:
        return Outcome(make_part(path, folder, make).stem)
    except KgplanError as error:
        return Outcome(None, Failure.of(path, error))
    except OSError:
        raise
    except Exception as error:
        reason = f"internal error: {type(error).__name__}: {error}; please report it"
        return Outcome(None, Failure(str(path), reason, type(error).__name__))


def attempt_all(
    paths: Sequence[Path], folder: Path, make: Make, *, workers: int, report: Callable[[int], None]
) -> list[Outcome]:
    """The outcomes of ``paths``, in their order, by up to ``workers`` processes; ``report`` is told how many there are.

    Raises OSError when a part cannot be written.
    """
    workers = min(workers, len(paths) // _FILES_A_WORKER)
    if workers < 2:
        outcomes = []
        for path in paths:
            outcomes.append(attempt(path, folder, make))
            report(len(outcomes))
        return outcomes
    with contextlib.closing(_Processes(folder, make)) as processes, ThreadPoolExecutor(workers) as threads:
        futures = [threads.submit(processes.run, path) for path in paths]
        try:
            for done, future in enumerate(as_completed(futures), start=1):
                future.result()
                report(done)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            processes.kill()
            raise
        return [future.result() for future in futures]


class _Processes:
    """Worker processes, as many as there are threads that ask for one."""

    def __init__(self, folder: Path, make: Make) -> None:
        self._settings = {
            "base": make.base,
            "digest": make.digest,
            "changes": make.changes,
            "folder": str(folder),
        }
        self._idle: queue.LifoQueue[subprocess.Popen[str]] = queue.LifoQueue()
        self._all: list[subprocess.Popen[str]] = []
        self._lock = threading.Lock()
        self._killed = False

    def run(self, path: Path) -> Outcome:
        """The outcome of ``path``, from a free process. Raises OSError when the part cannot be written."""
        try:
            process = self._idle.get_nowait()
        except queue.Empty:
            process = self._start()
        _tell(process, str(path))
        assert process.stdout is not None
        answer = process.stdout.readline()
        if not answer:
            reason = f"the parser ended on it (exit code {process.wait()}); please report it"
            return Outcome(None, Failure(str(path), reason, "Crash"))
        self._idle.put(process)
        return _outcome(json.loads(answer))

    def kill(self) -> None:
        """End all processes at once; whoever waits for one is told that it ended."""
        with self._lock:
            self._killed = True
            for process in self._all:
                process.kill()

    def close(self) -> None:
        """Let all processes end."""
        for process in self._all:
            with contextlib.suppress(BrokenPipeError), process:
                pass

    def _start(self) -> subprocess.Popen[str]:
        with self._lock:
            if self._killed:
                raise OSError(None, "the build was stopped")
            command = [sys.executable, "-m", "kgplan.building.worker"]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="ascii")
            self._all.append(process)
        _tell(process, self._settings)
        return process


def _tell(process: subprocess.Popen[str], what: object) -> None:
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):  # it has ended, which its silence will show
        process.stdin.write(json.dumps(what) + "\n")
        process.stdin.flush()


def answer(path: Path, folder: Path, make: Make) -> dict[str, Any]:
    """What a process says of ``path``, JSON-ready."""
    try:
        return asdict(attempt(path, folder, make))
    except OSError as error:
        return {"cannot_write": error.strerror or str(error)}


def _outcome(said: dict[str, Any]) -> Outcome:
    if "cannot_write" in said:
        raise OSError(None, said["cannot_write"])
    return Outcome(said["stem"], said["failure"] and Failure(**said["failure"]))
