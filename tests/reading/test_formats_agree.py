"""One plan, the built-in one, says the same whatever file it comes in."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest
from docx_maker import make_docx, paragraph
from legacy_text import legacy_bytes
from pdf_maker import Line, make_pdf, page, wrap

from kgplan.model import Plan
from kgplan.parsing import parse
from kgplan.reading import read
from kgplan.resources import DATA

PLAN = (DATA / "plans" / "thanh-hoa-2023.vi.txt").read_text(encoding="utf-8")
PARAGRAPHS = [line for line in PLAN.split("\n") if line.strip()]
# The fonts of TCVN3 and VNI have neither curly quotes nor no-break spaces.
TYPED = PLAN.replace("“", '"').replace("”", '"').replace("\u00a0", " ")


def as_html() -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in PARAGRAPHS)
    return f"<html><body><nav><a>Trang chủ</a></nav><div>{body}</div><footer>Địa chỉ</footer></body></html>".encode()


def as_docx() -> bytes:
    return make_docx("".join(paragraph(line) for line in PARAGRAPHS))


def as_pdf() -> bytes:
    lines = [line for text in PARAGRAPHS for line in wrap(text)]
    pages = [page(lines[i : i + 36]) for i in range(0, len(lines), 36)]
    return make_pdf([[*body, Line(str(number), 297, 805)] for number, body in enumerate(pages, start=1)])


FILES: dict[str, Callable[[], bytes]] = {
    "html": as_html,
    "docx": as_docx,
    "pdf": as_pdf,
    "utf-16": lambda: PLAN.encode("utf-16"),
    "tcvn3": lambda: legacy_bytes(TYPED, "tcvn3"),
    "vni-windows": lambda: legacy_bytes(TYPED, "vni-windows"),
    "windows-1258": lambda: legacy_bytes(PLAN, "windows-1258"),
}


def facts(data: bytes) -> dict[str, tuple[object, ...]]:
    """Every statement's kind, agencies by role, documents, deadlines and target values, by its address."""
    plan: Plan = parse(read(data), plan_id="one", jurisdiction="thanh-hoa")
    return {
        statement.address: (
            statement.kind,
            [(r.role, plan.agency(r.agency).name) for r in statement.responsibilities],
            [citation.document for citation in statement.citations],
            [(deadline.date, deadline.inclusive) for deadline in statement.deadlines],
            [(indicator.value, indicator.unit) for indicator in statement.indicators],
        )
        for statement in plan.statements
    }


@pytest.fixture(scope="module")
def expected() -> dict[str, tuple[object, ...]]:
    return facts(PLAN.encode("utf-8"))


@pytest.mark.parametrize("form", FILES)
def test_the_same_facts_in_every_format(form: str, expected: dict[str, tuple[object, ...]]) -> None:
    assert facts(FILES[form]()) == expected
