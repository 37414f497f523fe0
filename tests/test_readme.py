"""README.md names every command. Its examples and links are tested with the other pages (tests/docs)."""

from __future__ import annotations

import re
from pathlib import Path

from kgplan.cli.arguments import build_parser

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_table():
    commands = next(action.choices for action in build_parser()._actions if action.choices)
    listed = set(re.findall(r"^\| `kgplan (\w+)", README, re.MULTILINE))
    assert listed == set(commands)
