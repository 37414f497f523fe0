"""Examples for the service's description: real requests with the answers that the service gave to them.

They stand in ``examples.json``, recorded from the built-in plan; long lists and texts are cut short there.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent / "examples.json"


@cache
def recorded() -> list[dict[str, Any]]:
    """Each with ``route`` ("GET /plans/{plan_id}"), what is sent (``path``, ``query``, ``type`` and ``body``) and the
    ``answer`` (``status``, ``type`` and ``body``; a text that was cut ends in "…").
    """
    found: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))["examples"]
    return found


def add(description: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI description with the examples in their places; the same object, changed."""
    problems: dict[str, Any] = {}
    for example in recorded():
        method, path = example["route"].split(" ")
        operation = description["paths"][path][method.lower()]
        answer = example["answer"]
        if answer["status"] != 200:
            problems[answer["type"]] = answer["body"]
            continue
        for parameter in operation.get("parameters", ()):
            given = example.get(parameter["in"], {})
            if parameter["name"] in given:
                parameter.setdefault("example", given[parameter["name"]])
        if "body" in example:
            operation["requestBody"]["content"][example["type"]].setdefault("example", example["body"])
        operation["responses"]["200"]["content"][answer["type"]].setdefault("example", answer["body"])
    for methods in description["paths"].values():
        for operation in methods.values():
            for media_type, content in operation["responses"].get("default", {}).get("content", {}).items():
                content["example"] = problems[media_type]
    return description
