"""The reference pages say of the program what the program says of itself."""

from __future__ import annotations

import re
import runpy

from kgplan.api.problems import status_of
from pages import ROOT

import kgplan
from kgplan import errors

ERRORS = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")


def tree(kind: type[Exception], indent: str = "") -> list[str]:
    """The lines of the tree of exceptions below ``kind``, in the order in which they are defined."""
    below = [child for child in kind.__subclasses__() if child.__module__ == errors.__name__]
    lines = []
    for number, child in enumerate(below, start=1):
        last = number == len(below)
        lines.append(f"{indent}{'└──' if last else '├──'} {child.__name__}")
        lines += tree(child, indent + ("    " if last else "│   "))
    return lines


def test_the_reference_of_the_command_is_up_to_date():
    """Written again with: python docs/cli_reference.py"""
    page = runpy.run_path(str(ROOT / "docs" / "cli_reference.py"))
    assert page["PAGE"].read_text(encoding="utf-8") == page["reference"]()


def test_the_tree_of_errors_is_drawn_whole():
    drawn = re.search(r"```text\n(KgplanError\n.*?)```", ERRORS, re.DOTALL)
    assert drawn
    assert drawn[1].splitlines() == ["KgplanError", *tree(errors.KgplanError)]


def test_the_tree_in_the_code_is_the_same():
    drawn = re.findall(r"^[ │]*[├└]── \w+", errors.__doc__ or "", re.MULTILINE)
    assert [line.removeprefix("    ") for line in drawn] == tree(errors.KgplanError)


def test_each_error_is_explained_with_its_status():
    rows = dict(re.findall(r"^\| `(\w+)` \|.*\| (\d+) \|$", ERRORS, re.MULTILINE))
    kinds = [value for value in vars(errors).values() if isinstance(value, type)]
    assert rows == {kind.__name__: str(status_of(kind("x"))) for kind in kinds}


def test_each_public_name_is_in_the_reference_of_python():
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^::: kgplan\.(\w+)$", page, re.MULTILINE))
    assert shown == {name for name in kgplan.__all__ if not name.startswith("_")}
