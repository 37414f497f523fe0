"""The files that people deploy with: what they name exists, and nothing runs as root."""

from __future__ import annotations

import configparser
import re
from dataclasses import fields
from pathlib import Path

import pytest
from kgplan.api.access import Access
from kgplan.api.limits import PREFIX, Limits

from kgplan.cli.arguments import build_parser

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not (ROOT / "Dockerfile").is_file(), reason="not in a checkout")


def _serves(words: list[str]) -> None:
    """Raise SystemExit unless the words are a command of kgplan."""
    assert build_parser().parse_args(words).run.__name__ == "serve"


def test_the_image_is_pinned_built_in_stages_and_not_run_as_root():
    text = (ROOT / "Dockerfile").read_text("utf-8")
    stages = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert len(stages) == 2
    assert all(":" in stage and not stage.endswith(":latest") for stage in stages)
    last = text.rsplit("FROM", 1)[1]
    users = re.findall(r"^USER (\S+)", last, re.MULTILINE)
    assert users == ["10001"]
    assert "HEALTHCHECK" in last
    assert text.count("-c constraints.txt") == text.count("pip install") == 3
    for name in re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE):
        assert (ROOT / name).exists()
    command = re.findall(r'"([^"]+)"', last.rsplit("CMD", 1)[1])
    _serves(command)


def test_who_is_believed_to_ask_for_others_comes_from_this_machine_alone():
    text = (ROOT / "compose.yaml").read_text("utf-8")
    ports = re.findall(r'^ +- "([\d.:]+)"$', text, re.MULTILINE)
    assert 'FORWARDED_ALLOW_IPS: "*"' in text
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_unit_starts_what_there_is():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "docs" / "deployment" / "kgplan.service", encoding="utf-8")
    program, *words = unit["Service"]["ExecStart"].split()
    assert program.endswith("/bin/kgplan")
    _serves(words)
    assert unit["Service"]["DynamicUser"] == "yes"
    assert unit["Service"]["ProtectSystem"] == "strict"


def test_every_setting_is_documented_with_its_default():
    text = (ROOT / "docs" / "deployment.md").read_text("utf-8")
    for kind in (Limits, Access):
        for field in fields(kind):
            assert f"`{PREFIX}{field.name.upper()}`" in text
    assert "262144" in text
    assert Limits().max_body_bytes == 262144
