"""The outline of a plan: paragraphs, their labels, and the nesting that the labels imply.

The nesting is inferred, not assumed: a label of a style that is open is a sibling of the last of its style (the
one whose sequence it continues), a label of another style opens a level below. Only the words Phần, Chương, Mục,
Điều have a rank of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kgplan.parsing.formal import Formal, addresses, formal_part
from kgplan.parsing.labels import Label, follows, is_bullet, is_first, read_label

_SHOUTED = 60
"""How long a line in capitals may be to be a title by itself ("KẾ HOẠCH")."""
_NESTED = 2
"""How often a numbering may stand within the same numbering, opened anew behind a colon."""
_LONG_NUMBER = 1000
"""A number of an item from which on it counts only where it continues a sequence."""
_SECTION_ROW = 2
"""The cells of a table row that only holds a number and a title."""
_LINE_STYLE = "line"
_LINE = re.compile(r"[^\n]+")
_TERMINAL = re.compile(r"[.;:!?…]['\")\]]*$|\./\.?$|\.-$")


@dataclass(slots=True)
class Node:
    """A labelled paragraph with what stands under it. ``start:end`` is the text behind the label (may be empty);
    ``paragraphs`` are unlabelled paragraphs before its first child; the root has no label."""

    label: Label | None
    start: int
    end: int
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    children: list[Node | Row] = field(default_factory=list)
    last: Label | None = None

    def stop(self) -> int:
        """Where the node's own text ends, its paragraphs included."""
        return self.paragraphs[-1][1] if self.paragraphs else self.end


@dataclass(slots=True)
class Row:
    """A row of a table written with "|" between cells: the spans of the cells."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """The outline: a root node, and the formal parts (letterhead, legal bases, addressees, signature).

    ``last`` are the starts of the nodes that stand last before addressees, signature or an annex, or in the text.
    """

    root: Node
    formal: tuple[tuple[int, int], ...]
    last: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    labels: tuple[Label, ...]
    behind: int
    """Where the text behind the label begins."""


def read_outline(
    text: str,
    strong: Sequence[tuple[int, int]] = (),
    is_actor: Callable[[int, int], bool] = lambda _start, _end: False,
) -> Tree:
    """The outline of ``text``, in time linear in its length.

    ``strong`` are whole lines that the source prints bold: unlabelled ones between statements are headings. So is
    an unlabelled line that only lists agencies (``is_actor``) and ends in a colon.
    """
    root = Node(None, 0, 0)
    stack = [root]
    formal: list[tuple[int, int]] = []
    paragraphs = list(_paragraphs(text))
    closing = addressed = False
    last: set[int] = set()
    bold = {start for start, _ in strong}
    width = 0
    for index, paragraph in enumerate(paragraphs):
        paragraph = _numbered(paragraph, stack)
        part = formal_part(text, paragraph.start, paragraph.end, opened=len(stack) > 1)
        cells = _cells(text, paragraph.start, paragraph.end, width)
        width = len(cells) if len(cells) != _SECTION_ROW else width
        if part is Formal.CLOSING:
            if not closing:
                last.add(stack[-1].start)
            closing = True
        if closing and paragraph.labels and not _only_bullets(paragraph.labels) and part is None:
            closing = False
            del stack[1:]
        if closing and cells:
            closing = False
            del stack[1:]
        addressed = (addressed and _only_bullets(paragraph.labels)) or (
            len(stack) == 1 and addresses(text, paragraph.start, paragraph.end)
        )
        if closing or addressed or part is not None:
            formal.append((paragraph.start, paragraph.end))
        elif cells:
            stack[-1].children.append(Row(paragraph.start, paragraph.end, cells))
        elif paragraph.labels:
            label = _choose(paragraph.labels, stack, paragraphs[index + 1 : index + 400])
            if label.rank == 0 and len(stack) > 1:
                last.add(stack[-1].start)
            node = Node(label, paragraph.behind, paragraph.end)
            _place(text, node, label, stack)
        elif len(stack) > 1 and _heads(text, paragraph, bold, is_actor):
            parent = _line_parent(stack, within=paragraph.start not in bold)
            number = sum(isinstance(c, Node) and _style(c) == _LINE_STYLE for c in parent.children) + 1
            label = Label(_LINE_STYLE, number, f"h{number}")
            _put(Node(label, paragraph.start, paragraph.end), label, stack, stack.index(parent) + 1)
        else:
            _continue(stack[-1], paragraph.start, paragraph.end)
    last.add(stack[-1].start)
    return Tree(root, tuple(formal), frozenset(last))


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """The paragraphs: a line that ends inside a sentence is joined with the next that goes on in lower case."""
    start = end = -1
    for line in _LINE.finditer(text):
        stripped = line.group().strip()
        if not stripped:
            continue
        begin = line.start() + line.group().index(stripped[0])
        stop = begin + len(stripped)
        if start >= 0 and stripped[0].islower() and "|" not in stripped and _goes_on(text, start, end):
            labels, _ = read_label(text, begin, stop)
            if not labels:
                end = stop
                continue
        if start >= 0:
            yield _labelled(text, start, end)
        start, end = begin, stop
    if start >= 0:
        yield _labelled(text, start, end)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the paragraph may go on in lower case: it does not end in a colon or semicolon."""
    line = text[start:end]
    return line[-1] not in ":;" and "|" not in line and not (line.isupper() and len(line) < _SHOUTED)


def _labelled(text: str, start: int, end: int) -> _Paragraph:
    labels, behind = read_label(text, start, end)
    return _Paragraph(start, end, labels, behind)


def _numbered(paragraph: _Paragraph, stack: list[Node]) -> _Paragraph:
    """The paragraph, without a label of four digits that continues no open sequence: a year or an amount."""
    long = any(label.style[0] == "1" and label.value >= _LONG_NUMBER for label in paragraph.labels)
    if not long or any(n.last and follows(label, n.last) for n in stack for label in paragraph.labels):
        return paragraph
    return _Paragraph(paragraph.start, paragraph.end, (), paragraph.start)


def _heads(text: str, paragraph: _Paragraph, bold: set[int], is_actor: Callable[[int, int], bool]) -> bool:
    """Whether an unlabelled paragraph is a heading."""
    start, end = paragraph.start, paragraph.end
    if end - start > 250:
        return False
    if start in bold and not is_sentence(text, start, end - (text[end - 1] == ":")):
        return True
    return text[end - 1] == ":" and is_actor(start, end - 1)


def _line_parent(stack: list[Node], *, within: bool) -> Node:
    """The node that an unlabelled heading stands under: the parent of one that is open, else the nearest section, or
    with ``within`` the nearest item with a number or letter, which goes on behind it."""
    for i in range(len(stack) - 1, 0, -1):
        if _style(stack[i]) == _LINE_STYLE:
            return stack[i - 1]
    if within:
        return next(n for n in reversed(stack) if not _is_bullet_node(n))
    return next(n for n in reversed(stack) if n.label is None or n.label.rank >= 0 or n.label.style[0] in "AI")


def _cells(text: str, start: int, end: int, expected: int) -> tuple[tuple[int, int], ...]:
    """The cells of a table row, none for anything else.

    Bars may stand between cells only, or at both ends too; ``expected`` is the row before's number of cells. Two
    cells are a row (a number and the title of a section) only behind a longer one.
    """
    line = text[start:end]
    if "|" not in line or (line.count("|") < 2 and expected <= _SECTION_ROW):
        return ()
    bars = [m.start() for m in re.finditer(r"\|", line)]
    edges = [-1, *bars, len(line)]
    framed = line.startswith("|") and line.endswith("|") and len(bars) + 1 != expected
    if framed:
        edges = edges[1:-1]
    cells = []
    for left, right in pairwise(edges):
        inner = line[left + 1 : right]
        lead = len(inner) - len(inner.lstrip())
        cells.append((start + left + 1 + lead, start + left + 1 + lead + len(inner.strip())))
    return tuple(cells) if len(cells) > _SECTION_ROW or expected > _SECTION_ROW else ()


def _only_bullets(labels: tuple[Label, ...]) -> bool:
    return bool(labels) and all(map(is_bullet, labels))


def _choose(readings: tuple[Label, ...], stack: list[Node], ahead: list[_Paragraph]) -> Label:
    """The reading of an ambiguous label that continues an open sequence, else the one the next labels continue."""
    if len(readings) == 1:
        return readings[0]
    fitting = [
        reading
        for node in reversed(stack)
        for reading in readings
        if node.last is not None and follows(reading, node.last)
    ]
    roman = next((r for r in readings if r.style.startswith("I")), None)
    if roman is not None and is_first(roman) and roman not in fitting:
        siblings = (r for p in ahead for r in p.labels if r.printed in ("II", "J", "K"))
        following = next(siblings, None)
        if not fitting or (following is not None and following.printed == "II"):
            return roman
    if fitting:
        return fitting[0]
    if roman is not None and readings[0].printed in ("V", "X"):
        return roman
    return readings[0]


def _place(text: str, node: Node, label: Label, stack: list[Node]) -> None:
    _put(node, label, stack, _depth(text, label, stack))


def _put(node: Node, label: Label, stack: list[Node], depth: int) -> None:
    del stack[depth:]
    parent = stack[-1]
    parent.children.append(node)
    parent.last = label
    stack.append(node)


def _depth(text: str, label: Label, stack: list[Node]) -> int:
    """How many nodes of the stack stay open above the labelled paragraph."""
    if label.rank >= 0:
        return _word_depth(label, stack)
    same = [i for i in range(len(stack) - 1, 0, -1) if _style(stack[i]) == label.style]
    if label.style.startswith("decimal"):
        parent = label.printed.rpartition(".")[0]
        for i in range(len(stack) - 1, 0, -1):
            own = stack[i].label
            if own is not None and own.printed == parent and own.style[:1] in "1d":
                return i + 1
    if is_bullet(label):
        return same[0] if same else len(stack)
    for i in same:
        own = stack[i].label
        if own is not None and follows(label, own):
            return i
    nested = is_first(label) and _introduces(text, stack[-1]) and len(same) < _NESTED
    if same and not nested:
        return same[0]
    depth = len(stack)
    while depth > 1 and _is_bullet_node(stack[depth - 1]) and not _introduces(text, stack[depth - 1]):
        depth -= 1
        _hand_up(text, stack[depth], stack[depth - 1])
    return depth


def _hand_up(text: str, bullet: Node, parent: Node) -> None:
    """A paragraph behind a bullet that leads in what follows ("… như sau:") belongs to the bullet's parent."""
    if bullet.paragraphs and text[bullet.paragraphs[-1][1] - 1] == ":":
        parent.paragraphs.append(bullet.paragraphs.pop())


def _word_depth(label: Label, stack: list[Node]) -> int:
    if label.rank == 0:  # an annex stands beside the plan's parts
        return 1
    for i in range(1, len(stack)):
        own = stack[i].label
        if own is not None and own.style == label.style:
            return i
    depth = len(stack)
    while depth > 1:
        own = stack[depth - 1].label
        if own is not None and (own.style[0] in "AI" or -1 < own.rank < label.rank):
            break
        depth -= 1
    return depth


def _style(node: Node) -> str:
    return node.label.style if node.label else ""


def _is_bullet_node(node: Node) -> bool:
    return node.label is not None and is_bullet(node.label)


def _introduces(text: str, node: Node) -> bool:
    """Whether the node's text ends in a colon, so that what follows stands under it.

    Behind a bullet only its own paragraph counts: what leads in a numbered list stands above the bullets.
    """
    end = node.end if _is_bullet_node(node) else node.stop()
    return text[end - 1 : end] == ":"


def _continue(node: Node, start: int, end: int) -> None:
    """An unlabelled paragraph: the text of a label that stands alone, or a further paragraph of the node."""
    if node.label is not None and node.start == node.end and not node.paragraphs:
        node.start, node.end = start, end
    else:
        node.paragraphs.append((start, end))


def is_sentence(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` ends like a sentence, not like a title."""
    return _TERMINAL.search(text, max(start, end - 4), end) is not None
