"""Docstrings as the site shows them: Sphinx's roles (``:class:`Corpus```) become plain code."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

_ROLE = re.compile(r":(?:py:)?(?:class|func|meth|mod|data|attr|exc):`[~.]?([^`]+)`")


class PlainRoles(Extension):
    """Rewrites the docstring of every object that griffe has loaded."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Called for each object of the package."""
        if obj.docstring is not None:
            obj.docstring.value = _ROLE.sub(r"`\1`", obj.docstring.value)
