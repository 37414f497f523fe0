"""``kgplan serve`` as a process of its own, for tests that stop or kill it."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

GUARD = 30.0
"""Seconds after which a test gives up."""


@contextmanager
def served(*arguments: str, **options: Any) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``kgplan serve`` with its URL, once it listens."""
    with started([sys.executable, "-m", "kgplan.cli", "serve", "--port", "0", *arguments], **options) as (
        process,
        said,
    ):
        yield process, json.loads(said)["url"]


@contextmanager
def started(command: list[str], **options: Any) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process with the JSON object that it prints first; it is killed at the end, if it still runs."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True, **options) as process:
        try:
            assert process.stdout is not None
            said = ""
            while not said.rstrip().endswith("}"):
                line = process.stdout.readline()
                assert line, said
                said += line
            yield process, said
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def get(url: str) -> tuple[int, bytes]:
    """The status and the body."""
    with urllib.request.urlopen(url, timeout=GUARD) as response:
        return response.status, response.read()


def children(pid: int, *, deep: bool = True) -> list[int]:
    """The processes that the process has started and, if ``deep``, theirs."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    direct = [int(line) for line in found.stdout.split()]
    return direct + [deeper for child in direct if deep for deeper in children(child)]


def ended(pid: int) -> bool:
    """Whether the process ends before the test gives up."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], GUARD)[0])
    finally:
        os.close(descriptor)
