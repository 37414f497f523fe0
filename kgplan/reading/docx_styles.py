"""Styles of a DOCX file, resolved along their basedOn chains (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of WordprocessingML, as lxml writes it before a name."""

_OFF = frozenset(["0", "false", "off"])


def value(element: Any | None) -> str | None:
    """The ``w:val`` of an element; None when there is no element or no value."""
    return None if element is None else element.get(f"{W}val")


def whole(text: str | None, default: int) -> int:
    """``text`` as a whole number of at most nine digits; ``default`` when it is none."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else default


def is_on(element: Any) -> bool:
    """What an on/off property says: on, unless its value is 0, false or off."""
    return (value(element) or "1").lower() not in _OFF


class Styles:
    """The styles part; every question works without one too."""

    def __init__(self, root: Any | None) -> None:
        elements = [] if root is None else root.findall(f"{W}style")
        self._by_id = {element.get(f"{W}styleId"): element for element in elements}
        self._default = next(
            (
                element.get(f"{W}styleId")
                for element in elements
                if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on")
            ),
            None,
        )

    def of_paragraph(self, properties: Any | None) -> str | None:
        """The id of the paragraph's style: its own, else the default one."""
        named = value(properties.find(f"{W}pStyle")) if properties is not None else None
        return named if named in self._by_id else self._default

    def chain(self, style: str | None) -> Iterator[Any]:
        """The style's element and those it is based on, nearest first."""
        seen: set[str] = set()
        while style is not None and style in self._by_id and style not in seen:
            seen.add(style)
            element = self._by_id[style]
            yield element
            style = value(element.find(f"{W}basedOn"))

    def paragraph_property(self, style: str | None, name: str) -> Any | None:
        """The nearest ``w:pPr/w:{name}`` along the chain."""
        for element in self.chain(style):
            found = element.find(f"{W}pPr/{W}{name}")
            if found is not None:
                return found
        return None

    def run_flag(self, properties: Any | None, paragraph_style: str | None, name: str) -> bool:
        """An on/off property of a run: its own, else its character style's, else its paragraph style's."""
        own = properties.find(f"{W}{name}") if properties is not None else None
        if own is not None:
            return is_on(own)
        character_style = value(properties.find(f"{W}rStyle")) if properties is not None else None
        for style in (character_style, paragraph_style):
            for element in self.chain(style):
                found = element.find(f"{W}rPr/{W}{name}")
                if found is not None:
                    return is_on(found)
        return False

    def is_heading(self, properties: Any | None, style: str | None) -> bool:
        """Whether the paragraph has an outline level of a heading (levels 0 to 8; 9 is body text)."""
        level = value(properties.find(f"{W}outlineLvl")) if properties is not None else None
        level = level or value(self.paragraph_property(style, "outlineLvl"))
        return whole(level, 9) < 9

    def is_table_of_contents(self, style: str | None) -> bool:
        """Whether the paragraph style is one of Word's "toc 1" to "toc 9"."""
        element = self._by_id.get(style)
        name = value(element.find(f"{W}name")) if element is not None else None
        return name is not None and name.lower().startswith("toc ")
