"""The files that describe the project agree with each other and with what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from kgplan.version import __version__

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
MAPPED = {"kgplan": "kgplan", **PROJECT["tool"]["setuptools"]["package-dir"]}


def folder_of(package):
    """Where a package's files lie, by the longest mapped name."""
    for name in sorted(MAPPED, key=len, reverse=True):
        if package == name or package.startswith(f"{name}."):
            return ROOT / MAPPED[name] / package.removeprefix(name).strip(".").replace(".", "/")
    raise AssertionError(package)


def test_every_package_is_shipped_and_every_shipped_package_exists():
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    found = set()
    for name, folder in MAPPED.items():
        for init in (ROOT / folder).rglob("__init__.py"):
            parts = init.parent.relative_to(ROOT / folder).parts
            found.add(".".join((name, *parts)))
    assert found <= listed
    for package in listed:
        assert folder_of(package).is_dir(), package


def test_wheel_holds_only_kgplan():
    assert {package.split(".")[0] for package in PROJECT["tool"]["setuptools"]["packages"]} == {"kgplan"}


def test_every_dependency_is_pinned_in_the_constraints_within_its_range():
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    pinned = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines() if line and line[0] != "#"
    )
    asked = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    for extra in PROJECT["project"].get("optional-dependencies", {}).values():
        asked += extra
    for text in asked:
        requirement = Requirement(text)
        version = pinned[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, f"{text} against {version}"


def test_no_requirement_forbids_newer_releases():
    for text in PROJECT["project"]["dependencies"]:
        assert "<" not in text, f"{text}: a cap breaks other people's environments"
        assert "==" not in text, f"{text}: pins belong into constraints.txt"


def test_citation_and_changelog_give_the_version():
    assert PROJECT["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "kgplan.version.__version__"}
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(rf"^version: {re.escape(__version__)}$", citation, re.MULTILINE)
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## \[?(Unreleased|\d[^\s\]]*)", changelog, re.MULTILINE)
    assert first
    assert first.group(1) in (__version__, "Unreleased")


def test_every_dependency_has_its_reason():
    from packaging.requirements import Requirement

    reasons = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for text in PROJECT["project"]["dependencies"]:
        name = Requirement(text).name
        assert re.search(rf"^\| {re.escape(name)} \|", reasons, re.MULTILINE), f"{name} has no row"


@pytest.mark.parametrize("target", ["ask", "test", "bench", "lint", "types", "wheel-check"])
def test_make_has_the_targets(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_readme_starts_with_the_two_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```(?:sh|console|bash)?\n(.*?)```", readme, re.DOTALL)
    assert block
    assert "make ask" in block.group(1)
    assert "make test" in block.group(1)


def test_every_setting_of_the_service_is_documented_with_its_default():
    from dataclasses import fields

    from kgplan.api.limits import Limits

    documented = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    for field in fields(Limits):
        row = rf"^\| `KGPLAN_{field.name.upper()}` \| .+ \| {field.default} \|$"
        assert re.search(row, documented, re.MULTILINE), field.name
