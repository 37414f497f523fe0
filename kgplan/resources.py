"""Where the files that travel with kgplan lie: the same in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The ``kgplan`` package's own folder."""


def _beside(name: str) -> Path:
    """``name`` inside the package (a wheel) or beside it (a checkout)."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


DATA = PACKAGE / "data"
"""Registry and word lists that the parsers read, and the built-in plan's text."""

ONTOLOGY = _beside("ontology")
"""kgplan.ttl, shapes.ttl, topics.ttl, context.jsonld and queries/."""

INDEXES = _beside("indexes")
"""Ready-built corpora, one folder each."""

GOLD = PACKAGE / "gold" if (PACKAGE / "gold").is_dir() else PACKAGE.parent / "tests" / "gold"
"""Hand-checked annotations and questions of the built-in plan."""
