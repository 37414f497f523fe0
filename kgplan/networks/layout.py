"""Where a network's nodes, lines and labels stand on a figure: the same drawing for the same network.

Nodes stand by the force-directed layout of Fruchterman and Reingold (1991), started from one fixed state; those with
no line stand in rows below. Labels are given to the largest nodes first, where they cover no other label,
no larger node, and as few others as can be.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final, Literal

from kgplan.networks.wording import Language, wording

if TYPE_CHECKING:
    import networkx as nx

WIDTH: Final = 1200.0
HEIGHT: Final = 860.0
FONT: Final = 13.0
_TOP, _SIDE, _BOTTOM = 84.0, 110.0, 52.0
_ROW, _COLUMN = 32.0, 280.0
_CROWD: Final = 300
"""Nodes above which the layout is rougher, and nodes that cover each other are left so."""
_WRAP: Final = 26
_LONGEST: Final = 3 * _WRAP
_GREY: Final = "#8b949e"
_LINE: Final = 1.15 * FONT

# Okabe and Ito (2008): told apart with any colour vision.
_COLOURS: Final = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b8ae1c")
_TYPE_COLOURS: Final = {"agency": _COLOURS[0], "document": _COLOURS[1], "statement": _GREY, "topic": _COLOURS[1]}

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two nodes."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A node: ``r`` is a circle's radius, half a square's side; ``title`` its name in full."""

    form: Literal["circle", "square"]
    x: float
    y: float
    r: float
    colour: str
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text whose baseline begins, is centred or ends at a point."""

    text: str
    x: float
    y: float
    anchor: Literal["start", "middle", "end"] = "start"
    size: float = FONT
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything on the figure, in pixels from the upper left corner of :data:`WIDTH` by :data:`HEIGHT`."""

    title: str
    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]

    @property
    def opacity(self) -> float:
        """How opaque the lines are: fainter where there are many."""
        return round(0.28 * min(1.0, math.sqrt(300 / max(len(self.lines), 1))), 2)


def draw(graph: nx.Graph[str], language: Language, labels: int) -> Drawing:
    """The drawing of a network, with the names of its ``labels`` largest nodes where they find room."""
    texts = wording()["figure"][graph.graph["kind"]]
    counts = Counter(data["type"] for _, data in graph.nodes(data=True))
    title = texts["title"][language]
    radii = _radii(graph)
    names = {node: _name(data, language) for node, data in graph.nodes(data=True)}
    places = _places(graph, radii, names)
    colours = _colours(graph)
    shapes = {
        node: Shape(
            "square" if graph.nodes[node]["type"] in ("statement", "topic") else "circle",
            *places[node],
            radii[node],
            colours[node],
            _title(graph.nodes[node], language),
        )
        for node in sorted(graph, key=lambda node: (-radii[node], node))
    }
    lines = tuple(
        Line(*places[one], *places[other], round(0.8 + 1.2 * math.log2(data.get("weight", 1)), 2))
        for one, other, data in sorted(graph.edges(data=True), key=lambda edge: edge[:2])
    )
    counted = dict.fromkeys(_TYPE_COLOURS, 0) | counts | {"edges": len(lines)}
    around = (
        Label(title, 24, 36, size=20, bold=True),
        Label(texts["counts"][language].format(**counted), 24, 60),
        Label(texts["legend"][language], 24, HEIGHT - 18),
    )
    named = sorted(shapes, key=lambda node: graph.nodes[node]["type"] in ("statement", "topic"))[:labels]
    wanted = [(shapes[node], names[node]) for node in named]
    beside = _labels(wanted, list(shapes.values()))
    return Drawing(title, lines, tuple(shapes.values()), (*around, *beside))


def _name(data: dict[str, Any], language: Language) -> str:
    """An agency's or document's name, a statement's address."""
    return str((data.get("label_en") if language == "en" else None) or data["label"])


def _title(data: dict[str, Any], language: Language) -> str:
    """The name, and of a statement the text too."""
    return " ".join(filter(None, (_name(data, language), data.get("text"))))


def _radii(graph: nx.Graph[str]) -> dict[str, float]:
    """An area that grows with the links, counted with their weights; smaller where there are very many nodes."""
    scale = max(0.3, min(1.0, math.sqrt(60 / max(len(graph), 1))))
    by_type = {"agency": scale, "document": scale, "statement": 0.5 * scale, "topic": 0.7 * scale}
    return {
        node: round((5 + 3 * math.sqrt(degree)) * by_type[graph.nodes[node]["type"]], 1)
        for node, degree in graph.degree(weight="weight")
    }


def _colours(graph: nx.Graph[str]) -> dict[str, str]:
    """By cluster for the coordination network, by type for the others."""
    if graph.graph["kind"] != "coordination":
        return {node: _TYPE_COLOURS[data["type"]] for node, data in graph.nodes(data=True)}
    from kgplan.networks.measures import clusters

    return {
        node: _COLOURS[number - 1] if graph[node] and number <= len(_COLOURS) else _GREY
        for node, number in clusters(graph).items()
    }


def _places(graph: nx.Graph[str], radii: dict[str, float], names: dict[str, str]) -> dict[str, Point]:
    """The middle of each node; those alone stand in rows as high as their longest name, in half the height at most."""
    import networkx as nx

    alone = sorted(node for node in graph if not graph.degree(node))
    joined: nx.Graph[str] = nx.Graph()
    joined.add_nodes_from(sorted(set(graph) - set(alone)))
    joined.add_edges_from(sorted((min(edge), max(edge)) for edge in graph.edges()))
    columns = int((WIDTH - 48) // _COLUMN)
    rows = max(1, math.ceil(len(alone) / columns))
    lines = max((len(_wrapped(names[node])) for node in alone), default=0)
    high = min(max(_ROW, _LINE * lines + 4), HEIGHT / 2 / rows)
    floor = HEIGHT - _BOTTOM - (rows * high if alone else 0)
    places = {
        node: (36 + number % columns * _COLUMN, floor + (number // columns + 0.5) * high)
        for number, node in enumerate(alone)
    }
    parts = sorted(map(sorted, nx.connected_components(joined)), key=lambda part: (-len(part), part))
    for part, cell in zip(parts, _cells([len(part) for part in parts], (24, _TOP, WIDTH - 24, floor)), strict=True):
        spread = 2.4 / math.sqrt(len(part))
        piece: nx.Graph[str] = nx.Graph()
        piece.add_nodes_from(part)
        piece.add_edges_from(joined.subgraph(part).edges())
        raw = nx.spring_layout(piece, k=spread, iterations=300 if len(part) <= _CROWD else 60, seed=1)
        fitted = _fitted({node: (float(x), float(y)) for node, (x, y) in raw.items()}, cell)
        places |= _apart(fitted, radii, cell)
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in places.items()}


def _cells(sizes: list[int], room: Box) -> list[Box]:
    """``room`` cut into one box a size, by halves of about equal weight, across the longer side."""
    if len(sizes) < 2:
        return [room] * len(sizes)
    left, upper, right, lower = room
    total, half = sum(sizes) + len(sizes), 1
    while half < len(sizes) - 1 and sum(sizes[:half]) + half < total / 2:
        half += 1
    share = min(max((sum(sizes[:half]) + half) / total, 0.15), 0.85)
    if right - left >= lower - upper:
        cut = left + share * (right - left)
        boxes = (left, upper, cut, lower), (cut, upper, right, lower)
    else:
        cut = upper + share * (lower - upper)
        boxes = (left, upper, right, cut), (left, cut, right, lower)
    return _cells(sizes[:half], boxes[0]) + _cells(sizes[half:], boxes[1])


def _fitted(raw: dict[str, Point], cell: Box) -> dict[str, Point]:
    """``raw`` stretched over the cell, with room for labels at the sides."""
    columns = []
    for axis, margin in ((0, _SIDE), (1, 2 * _ROW)):
        edge = min(margin, 0.2 * (cell[axis + 2] - cell[axis]))
        low, high = cell[axis] + edge, cell[axis + 2] - edge
        values = [place[axis] for place in raw.values()]
        least, span = min(values), max(values) - min(values)
        columns.append([low + (high - low) * ((value - least) / span if span > 1e-9 else 0.5) for value in values])
    return {node: (x, y) for node, x, y in zip(raw, *columns, strict=True)}


def _apart(places: dict[str, Point], radii: dict[str, float], cell: Box) -> dict[str, Point]:
    """``places`` with the nodes that cover each other pushed apart, within the cell."""
    if len(places) > _CROWD:
        return places
    moved = {node: [x, y] for node, (x, y) in places.items()}
    for _ in range(60):
        for one, other in combinations(moved, 2):
            (x1, y1), (x2, y2) = moved[one], moved[other]
            wanted = 1.15 * (radii[one] + radii[other]) + 3
            away = math.dist((x1, y1), (x2, y2))
            if away < wanted:
                dx, dy = ((x2 - x1) / away, (y2 - y1) / away) if away > 1e-6 else (1.0, 0.0)
                push = (wanted - away) / 2
                moved[one] = [x1 - dx * push, y1 - dy * push]
                moved[other] = [x2 + dx * push, y2 + dy * push]
    left, upper, right, lower = cell
    return {
        node: (
            min(max(x, left + radii[node]), right - radii[node]),
            min(max(y, upper + radii[node]), lower - radii[node]),
        )
        for node, (x, y) in moved.items()
    }


def _labels(wanted: list[tuple[Shape, str]], shapes: list[Shape]) -> Iterator[Label]:
    """Nodes' names beside them: clear of other nodes where there is room, else over smaller ones."""
    nodes: list[Box] = [(s.x - s.r, s.y - s.r, s.x + s.r, s.y + s.r) for s in shapes]
    names: list[Box] = []
    for shape, name in wanted:
        lines = _wrapped(name)
        width = max(_width(line) for line in lines)
        height = _LINE * len(lines)
        kept_clear = [*names, *(box for box, other in zip(nodes, shapes, strict=True) if other.r >= shape.r)]
        free = [
            candidate
            for candidate in _candidates(shape, width, height)
            if candidate[3][0] >= 4
            and candidate[3][2] <= WIDTH - 4
            and not any(_overlap(candidate[3], other) for other in kept_clear)
        ]
        if free:
            x, y, anchor, box = min(free, key=lambda place: sum(_overlap(place[3], node) for node in nodes))
            names.append(box)
            for number, line in enumerate(lines):
                yield Label(line, round(x, 1), round(y + (number + 0.8) * _LINE, 1), anchor)


def _candidates(
    shape: Shape, width: float, height: float
) -> Iterator[tuple[float, float, Literal["start", "middle", "end"], Box]]:
    """Where a label may stand: x, its upper edge, its anchor, and what it covers."""
    gap = shape.r + 4
    middle, left = shape.y - height / 2, shape.x - width / 2
    yield shape.x + gap, middle, "start", (shape.x + gap, middle, shape.x + gap + width, middle + height)
    yield shape.x - gap, middle, "end", (shape.x - gap - width, middle, shape.x - gap, middle + height)
    below, above = shape.y + shape.r + 1, shape.y - shape.r - height - 1
    yield shape.x, below, "middle", (left, below, left + width, below + height)
    yield shape.x, above, "middle", (left, above, left + width, above + height)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _width(text: str) -> float:
    """About how wide ``text`` is: capitals are wider than other letters."""
    return FONT * sum(0.72 if character.isupper() else 0.56 for character in text)


def _wrapped(text: str) -> list[str]:
    """``text`` in lines of about :data:`_WRAP` characters, cut after :data:`_LONGEST`."""
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    lines = [""]
    for word in cut.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _WRAP:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
