"""Tables of tasks: which column names the task, who leads, who coordinates, by when, with what product."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from kgplan.parsing.labels import heading_words, read_label
from kgplan.parsing.layout import Heading, Item, Span
from kgplan.parsing.level import level

_LONGEST_HEAD = 40
_LABEL_ONLY = re.compile(r"(?:[IVXLC]+|\d{1,3}(?:\.\d{1,3})*|[A-ZĐ]|[a-zđ])[.)]?")


@dataclass(slots=True)
class TableRow:
    """A row that states a task: the columns' spans by meaning ("task", "leads", …), the heading of its section."""

    address: str
    start: int
    end: int
    heading: Heading | None
    columns: dict[str, Span] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """The rows of a table, its section headings, and the spans that are neither (the head of the table)."""

    rows: list[TableRow] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    heads: list[Span] = field(default_factory=list)


@cache
def _meanings() -> dict[str, str]:
    return {word: meaning for meaning, words in heading_words()["table"].items() for word in words}


def _meaning(words: str) -> str | None:
    plain = re.sub(r"\s+", " ", re.sub(r"\([^)]*\)", "", level(words))).strip(" .:*")
    known = _meanings()
    if plain in known:
        return known[plain]
    if len(plain) < _LONGEST_HEAD:
        whole = level(words)
        roles = [role for role, word in (("leads", "chủ trì"), ("coordinates", "phối hợp")) if word in whole]
        if roles:
            return roles[0] if len(roles) == 1 else "both"
    return next((known[k] for k in sorted(known, key=len, reverse=True) if len(k) > 5 and plain.startswith(k)), None)


def read_table(text: str, items: list[Item]) -> Table:
    """The table that ``items`` (rows one after another) make."""
    table = Table()
    columns: dict[int, str] = {}
    section: Heading | None = None
    for item in items:
        assert item.row is not None
        cells = item.row.cells
        filled = [i for i, (a, b) in enumerate(cells) if b > a]
        meanings = {i: m for i in filled if (m := _meaning(text[cells[i][0] : cells[i][1]]))}
        if len(meanings) > 1 and len(meanings) * 2 >= len(filled):
            columns = meanings
            table.heads.append((item.start, item.end))
            continue
        numbers = [i for i in filled if _LABEL_ONLY.fullmatch(text[cells[i][0] : cells[i][1]])]
        if filled and filled == numbers and len(filled) > 1:
            table.heads.append((item.start, item.end))
            continue
        if _continues(text, cells, filled, columns) and table.rows:
            _join(table.rows[-1], cells, columns)
            continue
        if _is_section(text, cells, filled, numbers, len(columns)):
            start, end = cells[filled[-1]]
            label = text[cells[filled[0]][0] : cells[filled[0]][1]].strip(".)") if len(filled) > 1 else ""
            if not label:
                readings, behind = read_label(text, start, end)
                label, start = (readings[0].printed, behind) if readings else ("", start)
            base = item.address.rpartition(".")[0]
            section = Heading(f"{base}.{label}" if label else item.address, label, start, end, item.heading)
            table.headings.append(section)
            continue
        task = next((i for i, m in columns.items() if m == "task" and i in filled), None)
        if task is None:
            task = max(filled, key=lambda i: cells[i][1] - cells[i][0], default=None)
        if task is None:
            continue
        row = TableRow(
            _row_address(text, item, cells, filled, numbers, section),
            cells[task][0],
            cells[filled[-1]][1],
            section or item.heading,
        )
        row.columns = {columns[i]: cells[i] for i in filled if i in columns and columns[i] != "number"}
        row.columns["task"] = cells[task]
        table.rows.append(row)
    return table


def _is_section(text: str, cells: tuple[Span, ...], filled: list[int], numbers: list[int], columns: int) -> bool:
    """Whether the row only holds a title: one cell, or a number and one cell, or the same words in every cell."""
    worded = [i for i in filled if i not in numbers]
    if len({text[cells[i][0] : cells[i][1]] for i in worded}) != 1 or max(len(cells), columns) < 3:
        return False
    return len(worded) == 1 or len(worded) == len(cells) - len(numbers)


def _continues(text: str, cells: tuple[Span, ...], filled: list[int], columns: dict[int, str]) -> bool:
    """Whether the row goes on with the one before: no number where the others have one, lower case where it begins."""
    number = next((i for i, m in columns.items() if m == "number"), None)
    if not filled or number is None or number in filled:
        return False
    first = text[cells[filled[0]][0]]
    if len(filled) == 1 and not first.islower():
        return False
    return first.islower() or not any(columns.get(i) == "task" for i in filled)


def _join(row: TableRow, cells: tuple[Span, ...], columns: dict[int, str]) -> None:
    for i, (start, end) in enumerate(cells):
        meaning = columns.get(i)
        if end > start and meaning is not None and meaning not in row.columns:
            row.columns[meaning] = (start, end)
    row.end = max(row.end, max(b for a, b in cells if b > a))


def _row_address(
    text: str, item: Item, cells: tuple[Span, ...], filled: list[int], numbers: list[int], section: Heading | None
) -> str:
    """The printed number below the table's address, else the row's place."""
    base = item.address.rpartition(".")[0]
    if numbers and filled and numbers[0] == filled[0]:
        printed = text[cells[numbers[0]][0] : cells[numbers[0]][1]].strip(".)")
        inner = f"{section.label}." if section is not None and section.label else ""
        return f"{base}.{inner}{printed}"
    return item.address
