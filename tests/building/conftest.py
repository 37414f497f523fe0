"""Small plans, and an encoder that costs nothing."""

from __future__ import annotations

import pytest
from fake_encoder import FakeEncoder
from plan_files import PLANS, text_of

import kgplan.building.steps
import kgplan.retrieval.encoders


@pytest.fixture
def encoder(monkeypatch):
    """The encoder that building and opening get, whatever model they ask for by another name than ``other``."""
    made = {"fake": FakeEncoder("fake"), "other": FakeEncoder("other")}

    def get_encoder(spec=None):
        return made["other" if spec == "other" else "fake"]

    for module in (kgplan.building.steps, kgplan.retrieval.encoders):
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
