from __future__ import annotations

import pytest
from sample_plans import full_plan

from kgplan.rdf.build import build_dataset, to_nquads
from kgplan.rdf.store import Store


@pytest.fixture(scope="session")
def nquads() -> bytes:
    return to_nquads(build_dataset([full_plan(), full_plan("nam-sau", lead="mui-xanh/so-y-te")]))


@pytest.fixture(scope="session")
def store(nquads: bytes) -> Store:
    return Store.load(nquads)
