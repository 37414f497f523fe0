"""The service against its own description: no input makes it fail, and what it answers is what it says."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from kgplan.api.app import create_app
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import kgplan

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CONFIG = SchemathesisConfig.from_dict({"generation": {"mode": "all", "deterministic": True}})
schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(kgplan.open_corpus()), config=CONFIG)


@schemathesis.serializer("application/sparql-query")
def query_text(_context: Any, value: Any) -> bytes:
    """A generated query as the bytes of a request's body."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schema.parametrize()
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_answered_as_described(case):
    response = case.call()
    case.validate_response(response, checks=CHECKS)
