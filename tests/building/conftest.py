"""Small plans, and an encoder that costs nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from fake_encoder import FakeEncoder
from plan_files import PLANS, contents, text_of

import kgplan.building.steps
import kgplan.retrieval.encoders
import kgplan.retrieval.hybrid
from kgplan.building import build, parts


@pytest.fixture
def encoder(monkeypatch):
    """The encoder that building and opening get, whatever model they ask for by another name than ``other``."""
    made = {"fake": FakeEncoder("fake"), "other": FakeEncoder("other")}

    def get_encoder(spec=None):
        return made["other" if spec == "other" else "fake"]

    for module in (kgplan.building.steps, kgplan.retrieval.encoders, kgplan.retrieval.hybrid):
        monkeypatch.setattr(module, "get_encoder", get_encoder)
    return made["fake"]


@pytest.fixture
def plans(tmp_path):
    """A folder with the plan files."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in PLANS:
        (folder / f"{name}.txt").write_text(text_of(name), encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def scratch(plans, tmp_path, encoder):
    """What a build from scratch of some of the plans writes."""

    def built(*names):
        folder = Path(tempfile.mkdtemp(dir=tmp_path)) / "scratch"
        build([plans / f"{name}.txt" for name in names], folder)
        return contents(folder)

    return built


@pytest.fixture
def parsed(monkeypatch):
    """Called: the names of the files parsed from now on."""

    def recording():
        names = []
        parse = parts.parse_source

        def recorded(path):
            names.append(path.name)
            return parse(path)

        monkeypatch.setattr(parts, "parse_source", recorded)
        return names

    return recording
