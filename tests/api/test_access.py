"""How often a client may ask, and from which pages a browser may."""

from __future__ import annotations

import pytest
from fake_corpus import FakeCorpus
from fastapi.testclient import TestClient
from kgplan.api.access import Access, RateLimit
from kgplan.api.app import create_app


def client(access: Access) -> TestClient:
    return TestClient(create_app(FakeCorpus(), access=access))  # type: ignore[arg-type]


def test_more_requests_than_allowed_are_told_when_to_come_again():
    asked = client(Access(requests_per_minute=3))
    assert [asked.get("/plans").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    refused = asked.get("/plans")
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["retry-after"]) <= 20
    assert "x-request-id" in refused.headers
    assert asked.get("/health").status_code == 200


@pytest.mark.anyio
async def test_each_client_has_its_own_bucket_which_fills_again():
    now = 0.0
    answered: list[int] = []

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        if message["type"] == "http.response.start":
            answered.append(message["status"])

    limit = RateLimit(app, 2, clock=lambda: now)
    for address, second in [("a", 0), ("a", 0), ("a", 0), ("b", 0), ("a", 29), ("a", 31), ("a", 31)]:
        now = second
        await limit({"type": "http", "path": "/ask", "client": (address, 1)}, None, send)
    assert answered == [200, 200, 429, 200, 429, 200, 429]


def test_only_pages_of_the_origins_named_may_call():
    asked = client(Access(cors_origins=("https://example.org",)))
    allowed = asked.get("/plans?format=csv", headers={"origin": "https://example.org"}).headers
    assert allowed["access-control-allow-origin"] == "https://example.org"
    assert {"x-total-count", "etag"} <= set(allowed["access-control-expose-headers"].split(", "))
    assert "access-control-allow-origin" not in asked.get("/plans", headers={"origin": "https://other.org"}).headers
    assert (
        "access-control-allow-origin" not in client(Access()).get("/plans", headers={"origin": "https://x.org"}).headers
    )


def test_asking_whether_one_may_ask_is_free():
    asked = client(Access(requests_per_minute=1, cors_origins=("https://example.org",)))
    wanted = {"origin": "https://example.org", "access-control-request-method": "POST"}
    assert [asked.options("/ask", headers=wanted).status_code for _ in range(3)] == [200, 200, 200]
    origin = {"origin": "https://example.org"}
    assert [asked.get("/plans", headers=origin).status_code for _ in range(2)] == [200, 429]
    refused = asked.get("/plans", headers=origin)
    assert refused.headers["access-control-allow-origin"] == "https://example.org"
    assert "retry-after" in refused.headers


def test_settings_come_from_the_environment():
    given = {"KGPLAN_REQUESTS_PER_MINUTE": "60", "KGPLAN_CORS_ORIGINS": "https://a.vn, http://b.vn:8080"}
    assert Access.from_environment(given) == Access(60, ("https://a.vn", "http://b.vn:8080"))
    assert Access.from_environment({}) == Access()


@pytest.mark.parametrize(
    "given",
    [
        {"KGPLAN_REQUESTS_PER_MINUTE": "-1"},
        {"KGPLAN_REQUESTS_PER_MINUTE": "many"},
        {"KGPLAN_CORS_ORIGINS": "example.org"},
        {"KGPLAN_CORS_ORIGINS": "https://a.vn/path"},
    ],
)
def test_a_bad_setting_is_named(given):
    (value,) = given.values()
    with pytest.raises(ValueError, match=value):
        Access.from_environment(given)
