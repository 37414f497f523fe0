"""The examples of the service's description: real requests, and what the service answers to them today.

``python tests/api/test_recorded_examples.py`` records them anew from the built-in plan.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from kgplan.api import examples
from kgplan.api.app import create_app

import kgplan

ITEMS = 2
"""A longer list is cut to these."""
CHARACTERS = 600
"""A longer text that is no JSON is cut to whole lines within these, but not to less than two."""
CUT = "…"
AGAIN = "if that is right, record the examples anew: python tests/api/test_recorded_examples.py"


def asked(client, example):
    """The real answer to an example's request."""
    method, path = example["route"].split(" ")
    for name, value in example.get("path", {}).items():
        path = path.replace(f"{{{name}}}", value)
    media_type = example.get("type")
    body = example.get("body")
    return client.request(
        method,
        path,
        params=example.get("query"),
        headers={"content-type": media_type} if media_type else None,
        json=body if media_type == "application/json" else None,
        data=body if media_type == "application/x-www-form-urlencoded" else None,
        content=body if media_type == "application/sparql-query" else None,
    )


def short(value):
    if isinstance(value, list):
        return [short(item) for item in value[:ITEMS]]
    if isinstance(value, dict):
        return {key: short(item) for key, item in value.items()}
    return value


def answer(client, example):
    """What is recorded of the real answer."""
    response = asked(client, example)
    media_type = response.headers["content-type"].split(";")[0]
    if media_type.endswith("json"):
        body = short(response.json())
    else:
        body = response.text
        if len(body) > CHARACTERS:
            second = body.find("\n", body.find("\n") + 1)
            body = body[: max(body.rfind("\n", 0, CHARACTERS), second) + 1] + CUT
    return {"status": response.status_code, "type": media_type, "body": body}


def alike(one, other):
    """Equal, but for what is small in a score, which processors and calibrations round differently."""
    if isinstance(one, float) or isinstance(other, float):
        return math.isclose(one, other, rel_tol=0.05)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app(kgplan.open_corpus())) as client:
        yield client


@pytest.fixture(scope="module")
def description(client):
    return client.get("/openapi.json").json()


@pytest.mark.parametrize("number", range(len(examples.recorded())))
def test_an_example_is_what_the_service_answers(client, number):
    example = examples.recorded()[number]
    found = answer(client, example)
    if example["route"] == "GET /metrics":  # what it counts is never the same
        lines = [line for line in example["answer"]["body"].splitlines() if line.startswith("#")]
        assert lines
        assert set(lines) <= set(asked(client, example).text.splitlines())
        return
    assert alike(found, example["answer"]), f"{example['route']}: {AGAIN}"


def operations(description):
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_every_route_has_examples_of_all_it_takes_and_gives(description):
    for name, operation in operations(description):
        for parameter in operation.get("parameters", ()):
            assert "example" in parameter, (name, parameter["name"])
        for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
            assert "example" in content, (name, media_type)
        given = operation["responses"]["200"]["content"]
        assert any("example" in content for content in given.values()), name
        if "application/json" in given:
            assert all("example" in content for content in given.values()), name
        for content in operation["responses"].get("default", {}).get("content", {}).values():
            assert content["example"]["status"] >= 400


def test_the_description_is_the_same_when_asked_again(client, description):
    assert client.get("/openapi.json").json() == description


def record():
    """Write the answers of the service at hand into the file."""
    held = json.loads(examples.FILE.read_text("utf-8"))["examples"]
    with TestClient(create_app(kgplan.open_corpus())) as client:
        for example in held:
            example["answer"] = answer(client, example)
    examples.FILE.write_text(json.dumps({"examples": held}, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[1]))
    record()
