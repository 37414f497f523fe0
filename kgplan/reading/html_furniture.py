"""What a web page holds besides its document: scripts, menus, forms, lists of links, the opening and closing lines.

The measure of a document's text is letters and digits outside links. A name (``class="menu"``) alone never removes
an element that holds most of the page.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kgplan.reading.tables import page_layout
from kgplan.text import key

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NAME_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CONTAINERS = (
    "div",
    "section",
    "aside",
    "footer",
    "header",
    "ul",
    "ol",
    "table",
    "tr",
    "td",
    "dl",
    "center",
    "p",
    "form",
)
_MOST = 0.5
_LINK_LIST = 0.8
_PURE_LINK = 0.95
_PARAGRAPH = 100  # letters and digits of a block that only running text has
_CLOSING = 600  # the closing lines of a site are no longer than this


def remove_furniture(root: Any) -> None:
    """Take page furniture out of the lxml tree ``root``, in place; text behind a removed element stays."""
    for element in list(root.iter(*page_layout()["removed_tags"])):
        _drop(element)
    for element in [e for e in root.iter() if _is_hidden(e)]:
        _drop(element)
    total = _letters(root)
    if not total:
        return
    for element in [e for e in root.iter() if e is not root and _is_named_furniture(e)]:
        if _letters(element) < _MOST * total:
            _drop(element)
    _drop_link_lists(root)
    _drop_opening_lines(root)
    _drop_closing_lines(root)


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
    parent.remove(element)


def _letters(element: Any) -> int:
    return sum(_count(text) for text in element.itertext())


def _count(text: str | None) -> int:
    return sum(map(str.isalnum, text)) if text else 0


def _is_hidden(element: Any) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def _is_named_furniture(element: Any) -> bool:
    if element.tag in ("body", "html", "main", "article", "form"):
        return False
    if element.get("role") in page_layout()["furniture_roles"] or element.tag in ("aside", "footer"):
        return True
    if element.tag == "header":
        return element.find(".//h1") is None and not any(True for _ in element.iterancestors("article", "main"))
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    parts = {part.lower() for part in _NAME_PART.findall(names)}
    whole = {re.sub("[^a-z]", "", name.lower()) for name in names.split()}
    return not (parts | whole).isdisjoint(page_layout()["boilerplate_names"])


def _drop_link_lists(root: Any) -> None:
    """Remove containers of three or more blocks or items that are nothing but links.

    A paragraph with links inside running text is no such block: the legal bases of an act are often linked.
    """
    text: dict[Any, int] = {}
    linked: dict[Any, int] = {}
    links: dict[Any, int] = {}
    for element in root.iter():
        text[element] = linked[element] = links[element] = 0
    for element in reversed(list(root.iter())):  # children before their parents
        own = _count(element.text) + sum(_count(child.tail) for child in element)
        text[element] = own + sum(text[child] for child in element)
        if element.tag == "a":
            linked[element], links[element] = text[element], 1
        else:
            linked[element] = sum(linked[child] for child in element)
            links[element] = sum(links[child] for child in element)
            is_leaf = not any(child.tag in _CONTAINERS or child.tag == "li" for child in element)
            if is_leaf and element.tag in ("p", "li", "td", "div") and linked[element] < _PURE_LINK * text[element]:
                linked[element] = links[element] = 0  # running text
    doomed = [
        element
        for element in root.iter(*_CONTAINERS)
        if links[element] >= 3 and linked[element] >= _LINK_LIST * text[element] > 0
    ]
    for element in doomed:
        _drop(element)


def _drop_opening_lines(root: Any) -> None:
    """Remove the short lines before the first running text that speak of the page (its date, its readers)."""
    passed = 0
    for element in [e for e in root.iter("div", "section", "td", "p", "center", "ul", "li") if _is_leaf(e)]:
        letters = _letters(element)
        passed += letters
        if letters > _PARAGRAPH or passed > _CLOSING:
            return
        if _speaks_of_the_site(element, "page_start"):
            _drop(element)


def _drop_closing_lines(root: Any) -> None:
    """Remove the short containers behind the last running text that speak of the site (its rights, its counter)."""
    passed = 0
    for element in reversed(list(root.iter("div", "section", "table", "td", "p", "center", "ul", "li"))):
        letters = _letters(element)
        if _is_leaf(element):
            passed += letters
            if letters > _PARAGRAPH or passed > _CLOSING:
                return
        if letters <= _CLOSING and _speaks_of_the_site(element, "page_end"):
            _drop(element)


def _speaks_of_the_site(element: Any, where: str) -> bool:
    text = " ".join(element.itertext())
    words = key(text)
    label = key(text.partition(":")[0]) if ":" in text else None
    return label in _phrases("page_labels") or any(phrase in words for phrase in _phrases(where))


@cache
def _phrases(name: str) -> tuple[str, ...]:
    return tuple(map(key, page_layout()[name]))


def _is_leaf(element: Any) -> bool:
    return not any(True for _ in element.iterdescendants(*_CONTAINERS))
