"""The pages of the documentation and the blocks of code that they show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
ELSEWHERE = tuple(
    page for folder in ("benchmarks", "ontology", "tests/gold") for page in sorted((ROOT / folder).glob("*.md"))
)

_BLOCK = re.compile(r"^```([a-z]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path, *languages: str) -> list[Block]:
    """The page's blocks in these languages; in all when none is given."""
    text = page.read_text(encoding="utf-8")
    found = [Block(page, text.count("\n", 0, m.start()) + 1, m[1], m[2]) for m in _BLOCK.finditer(text)]
    return [block for block in found if not languages or block.language in languages]


def pages_with(*languages: str) -> list[Path]:
    """The pages that have such a block."""
    return [page for page in PAGES if blocks(page, *languages)]


def all_blocks(*languages: str) -> list[Block]:
    """The blocks in these languages of every page."""
    return [block for page in PAGES for block in blocks(page, *languages)]
