from __future__ import annotations

import pytest
from fake_corpus import FakeCorpus

import kgplan
from kgplan.errors import CorpusError


@pytest.fixture(autouse=True)
def corpus(monkeypatch):
    """Every command opens the small corpus; ``opened`` records with what."""
    held = FakeCorpus()
    held.opened = []

    def open_corpus(source=None, *, model=None):
        held.opened.append((source, model))
        if source == "broken":
            raise CorpusError("broken has no manifest;\n build it again with kgplan build")
        return held

    monkeypatch.setattr(kgplan, "open_corpus", open_corpus, raising=False)
    return held
