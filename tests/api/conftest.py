from __future__ import annotations

from collections.abc import Iterator

import pytest
from fake_corpus import FakeCorpus
from fastapi.testclient import TestClient
from kgplan.api.app import create_app
from kgplan.api.limits import Limits


@pytest.fixture
def corpus() -> FakeCorpus:
    return FakeCorpus()


@pytest.fixture
def client(corpus: FakeCorpus) -> Iterator[TestClient]:
    app = create_app(corpus, limits=Limits(max_body_bytes=4096, max_question_chars=2000, max_page=2))
    with TestClient(app) as client:
        yield client
