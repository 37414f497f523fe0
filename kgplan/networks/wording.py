"""What the measures, findings and figures say, in Vietnamese and English, from ``data/networks.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, Literal, get_args

from kgplan.resources import DATA

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def wording() -> dict[str, Any]:
    """The file's tables: ``measures``, ``findings``, ``figure``."""
    return tomllib.loads((DATA / "networks.toml").read_text("utf-8"))


def explanations(language: Language = "en") -> dict[str, str]:
    """What each measure of :class:`kgplan.networks.AgencyMeasures` means, in a sentence."""
    return {name: texts[language] for name, texts in wording()["measures"].items()}
