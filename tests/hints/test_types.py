"""The types that an editor and mypy see are those that are meant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import kgplan

USES = Path(__file__).with_name("uses.py")


def test_the_types_of_the_public_names():
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(USES)],
        cwd=USES.parents[2],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_package_says_that_it_is_typed():
    assert (Path(kgplan.__file__).parent / "py.typed").is_file()
