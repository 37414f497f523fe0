"""A small plan, an encoder without a model, and the index that comes with kgplan."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest

from kgplan.model import Agency, Deadline, Plan, Responsibility, Statement, TopicLink
from kgplan.parsing.words import words
from kgplan.resources import INDEXES
from kgplan.retrieval.hybrid import HybridIndex

LINES = {
    "I.1": "Sở Xây dựng chủ trì, tập trung phát triển đô thị xanh, thông minh.",
    "I.2": "Sở Tài chính chủ trì thu ngân sách nhà nước theo Kế hoạch số 22-KH/TU ngày 23/7/2021; chống thất thu thuế.",
    "II.1": "Sở Y tế mua thuốc, vật tư cho các bệnh viện trước ngày 30/6/2024.",
    "II.2": "Các trường học nâng cao chất lượng dạy và học.",
    "II.3": "Trồng rừng gỗ lớn, bảo vệ rừng đầu nguồn.",
}
AGENCIES = {"I.1": "Sở Xây dựng", "I.2": "Sở Tài chính", "II.1": "Sở Y tế"}
TOPICS = {
    "I.1": "urban-development",
    "I.2": "budget-revenue",
    "II.1": "medical-supplies",
    "II.2": "education",
    "II.3": "forestry",
}


class ToyEncoder:
    """Words hashed into 64 dimensions: deterministic, without a model."""

    name = "toy"
    dimension = 64
    fingerprint = "toy-1"

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words(text):
                digest = hashlib.sha256(word.plain.encode()).digest()
                vectors[row, digest[0] % self.dimension] += 1.0
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def make_plan(plan_id: str = "mau-2024", lines: dict[str, str] = LINES) -> Plan:
    headings = {"I": "PHÁT TRIỂN KINH TẾ", "II": "VĂN HÓA - XÃ HỘI"}
    text = "\n".join((*headings.values(), *lines.values()))
    statements = []
    for address, line in lines.items():
        start = text.index(line)
        agency = AGENCIES.get(address)
        roles = (Responsibility(f"mau/{agency}", "leads", "chủ trì", start, start + len(agency)),) if agency else ()
        due = line.find("trước ngày 30/6/2024")
        deadlines = (
            (Deadline("2024-06-30", False, line[due:-1], start + due, start + len(line) - 1),) if due >= 0 else ()
        )
        statements.append(
            Statement(
                address,
                "task",
                line,
                start,
                start + len(line),
                (headings[address.split(".")[0]],),
                responsibilities=roles,
                deadlines=deadlines,
                topics=(TopicLink(TOPICS[address], line, start, start + len(line)),) if address in TOPICS else (),
            )
        )
    agencies = tuple(
        Agency(f"mau/{name}", name, "department", "mau", name_en=english, aliases=aliases)
        for name, english, aliases in (
            ("Sở Xây dựng", "Department of Construction", ("SXD",)),
            ("Sở Tài chính", "Department of Finance", ()),
            ("Sở Y tế", "Department of Health", ()),
        )
    )
    return Plan(plan_id, "Kế hoạch mẫu", text, 2024, "mau", statements=tuple(statements), agencies=agencies)


@pytest.fixture(scope="session")
def plan() -> Plan:
    return make_plan()


@pytest.fixture(scope="session")
def index(plan: Plan) -> HybridIndex:
    return HybridIndex.build([plan], ToyEncoder())


@pytest.fixture(scope="session")
def built_in() -> HybridIndex:
    """The built-in plan's index, with the real model."""
    return HybridIndex.load(INDEXES / "thanh-hoa-2023" / "retrieval")
