"""The labels Word prints before numbered paragraphs (ECMA-376 part 1, 17.9).

A paragraph names a list (``numId``) and a level (``ilvl``), itself or through its style. A list points to an
abstract list, which defines for each level its start, number format and text ("%1.%2)"). Lists of the same
abstract list count on together, unless a list overrides a level's start: then it starts anew where it first stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from kgplan.reading.docx_styles import Styles, W, is_on, value, whole
from kgplan.reading.labels import formatted

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_NO_LIST = "0"
_PRIVATE_ASCII = {"\uf02d": "-", "\uf02b": "+", "\uf02a": "*"}
_PLAIN_BULLETS = frozenset("-–+*•")
_SYMBOL_FONTS = ("Symbol", "Wingdings", "Webdings")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart_after: int | None = None  # the level (1-based) whose use restarts this one; 0 never; None any higher
    legal: bool = False  # show every number in decimals
    suffix: str = "tab"
    style: str | None = None
    font: str = ""

    @property
    def bullet(self) -> str:
        """The bullet as plain text. A letter stands for a picture of a symbol font: ``o`` is a hollow bullet."""
        mark = _PRIVATE_ASCII.get(self.text, self.text)
        if mark == "o":
            return "◦"
        if mark in _PLAIN_BULLETS:
            return mark
        return "•" if mark.isalnum() or self.font.startswith(_SYMBOL_FONTS) else mark


class Numbering:
    """Resolves labels in the order of the text; every call to :meth:`label` counts."""

    def __init__(self, root: Any | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Any] = {}
        self._lists: dict[str, Any] = {}
        if root is not None:
            self._abstract = {e.get(f"{W}abstractNumId"): e for e in root.findall(f"{W}abstractNum")}
            self._lists = {e.get(f"{W}numId"): e for e in root.findall(f"{W}num")}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._started: set[str] = set()

    def label(self, properties: Any | None, style: str | None) -> str:
        """The label of the next paragraph, with the blank behind it; empty for a paragraph without one."""
        number, level = self._list_of(properties, style)
        if number is None or number == _NO_LIST or number not in self._lists:
            return ""
        abstract = self._abstract_of(number)
        if abstract is None:
            return ""
        levels = self._levels_of(number)
        if level is None:
            level = self._level_of_style(levels, style)
        level = max(0, min(level, _LEVELS - 1))
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        if number not in self._started:
            self._started.add(number)
            for overridden in self._overridden_starts(number):
                counters[overridden] = None
        self._count(counters, levels, level)
        return self._printed(counters, levels, level)

    def _level_of_style(self, levels: dict[int, _Level], style: str | None) -> int:
        """The level linked to the paragraph's style or the nearest style it is based on; else the first."""
        by_style = {defined.style: index for index, defined in levels.items() if defined.style is not None}
        names = [element.get(f"{W}styleId") for element in self._styles.chain(style)]
        return next((by_style[name] for name in names if name in by_style), 0)

    def _list_of(self, properties: Any | None, style: str | None) -> tuple[str | None, int | None]:
        """The list and level of a paragraph: its own properties before its style's."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        inherited = self._styles.paragraph_property(style, "numPr")
        number: str | None = None
        level: str | None = None
        for source in (own, inherited):
            if source is None:
                continue
            number = number or value(source.find(f"{W}numId"))
            level = level or value(source.find(f"{W}ilvl"))
        return number, None if level is None else whole(level, 0)

    def _abstract_of(self, number: str) -> str | None:
        """The abstract list's id, through the style that it may be linked to (numStyleLink)."""
        abstract = value(self._lists[number].find(f"{W}abstractNumId"))
        seen: set[str] = set()
        while abstract in self._abstract and abstract not in seen:
            seen.add(abstract)
            link = value(self._abstract[abstract].find(f"{W}numStyleLink"))
            if link is None:
                return abstract
            linked = value(self._styles.paragraph_property(link, "numPr/" + f"{W}numId"))
            target = self._lists.get(linked) if linked is not None else None
            abstract = value(target.find(f"{W}abstractNumId")) if target is not None else None
        return None

    def _levels_of(self, number: str) -> dict[int, _Level]:
        if number in self._levels:
            return self._levels[number]
        levels: dict[int, _Level] = {}
        abstract = self._abstract_of(number)
        if abstract is not None:
            for element in self._abstract[abstract].findall(f"{W}lvl"):
                levels[_index(element)] = _level(element)
        for override in self._lists[number].findall(f"{W}lvlOverride"):
            index = _index(override)
            replaced = override.find(f"{W}lvl")
            if replaced is not None:
                levels[index] = _level(replaced)
            start = value(override.find(f"{W}startOverride"))
            if start is not None:
                levels[index] = replace(levels.get(index, _Level()), start=whole(start, 1))
        self._levels[number] = levels
        return levels

    def _overridden_starts(self, number: str) -> list[int]:
        overrides = self._lists[number].findall(f"{W}lvlOverride")
        return [_index(o) for o in overrides if o.find(f"{W}startOverride") is not None]

    @staticmethod
    def _count(counters: list[int | None], levels: dict[int, _Level], level: int) -> None:
        current = counters[level]
        counters[level] = levels.get(level, _Level()).start if current is None else current + 1
        for higher in range(level):
            if counters[higher] is None:
                counters[higher] = levels.get(higher, _Level()).start
        for lower in range(level + 1, _LEVELS):
            restart = levels.get(lower, _Level()).restart_after
            if restart is None or 0 < level + 1 <= restart:
                counters[lower] = None

    @staticmethod
    def _printed(counters: list[int | None], levels: dict[int, _Level], level: int) -> str:
        defined = levels.get(level)
        if defined is None or defined.format == "none":
            return ""
        if defined.format == "bullet":
            printed = defined.bullet
        else:

            def number(match: re.Match[str]) -> str:
                shown = int(match.group(1)) - 1
                shown_level = levels.get(shown, _Level())
                if shown_level.format in ("none", "bullet"):
                    return ""
                return formatted(counters[shown] or 0, "decimal" if defined.legal else shown_level.format)

            printed = _PLACEHOLDER.sub(number, defined.text)
        if not printed.strip():
            return ""
        return printed if defined.suffix == "nothing" else printed + " "


def _index(element: Any) -> int:
    return whole(element.get(f"{W}ilvl"), 0)


def _level(element: Any) -> _Level:
    restart = value(element.find(f"{W}lvlRestart"))
    legal = element.find(f"{W}isLgl")
    fonts = element.find(f"{W}rPr/{W}rFonts")
    return _Level(
        start=whole(value(element.find(f"{W}start")), 0),
        format=value(element.find(f"{W}numFmt")) or "decimal",
        text=value(element.find(f"{W}lvlText")) or "",
        restart_after=None if restart is None else whole(restart, _LEVELS),
        legal=legal is not None and is_on(legal),
        suffix=value(element.find(f"{W}suff")) or "tab",
        style=value(element.find(f"{W}pStyle")),
        font=fonts.get(f"{W}ascii") or "" if fonts is not None else "",
    )
