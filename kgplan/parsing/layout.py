"""From the outline's tree to addressed sections and items: what is a heading, what is a statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from kgplan.model import ANNEX
from kgplan.parsing.collectives import alternation
from kgplan.parsing.labels import Label, heading_words, is_bullet
from kgplan.parsing.level import level
from kgplan.parsing.outline import Node, Row, Tree, is_sentence

Span = tuple[int, int]
Test = Callable[[int, int], bool]
"""A question about a span of the text."""

_LONG_TITLE = 160
_SHOUT = 12
"""A line of more characters in capitals is a title and no abbreviation."""
_INLINE_LIMIT = 400
_SENTENCE_END = re.compile(r"[.!?]\s")


@dataclass(slots=True)
class Heading:
    """A heading. ``start:end`` is its title; ``leads_in`` are further spans that introduce what stands under it
    (text behind an inline colon, sentences that end in a colon), all of which may name agencies."""

    address: str
    label: str
    start: int
    end: int
    parent: Heading | None
    leads_in: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """A statement's span, the heading it stands under, and for a table row its cells."""

    address: str
    start: int
    end: int
    heading: Heading | None
    row: Row | None = None
    table: int = -1
    lone: bool = False
    """An unlabelled paragraph."""


@dataclass(slots=True)
class Layout:
    """Headings and items in text order; ``preamble`` are the unlabelled paragraphs of no heading."""

    headings: list[Heading] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    preamble: list[Span] = field(default_factory=list)
    closings: list[Span] = field(default_factory=list)
    """Unlabelled paragraphs behind the last item that close the document."""
    tables: int = 0


def lay_out(text: str, tree: Tree, *, is_actor: Test, acts: Test, is_caption: Test) -> Layout:
    """The sections and items of the outline, addressed by the printed labels joined by dots.

    ``is_actor`` tells whether a span is a list of agencies and nothing else, ``acts`` whether it tells an agency to
    do something, ``is_caption`` whether it is a caption or byline.
    """
    layout = Layout()
    builder = _Builder(text, layout, is_actor, acts, is_caption)
    builder.last = tree.last
    builder.root(tree.root)
    layout.items.sort(key=lambda item: item.start)
    return layout


class _Builder:
    def __init__(self, text: str, layout: Layout, is_actor: Test, acts: Test, is_caption: Test) -> None:
        self.text = text
        self.layout = layout
        self.is_actor = is_actor
        self.acts = acts
        self.is_caption = is_caption
        self.taken: set[str] = set()
        self.repeated: dict[str, int] = {}
        self.last: frozenset[int] = frozenset()

    def root(self, root: Node) -> None:
        self.layout.preamble += root.paragraphs
        top: Heading | None = None
        leading = root.paragraphs[-1] if root.paragraphs else None
        if leading and self.text[leading[1] - 1] == ":":
            top = Heading("", "", leading[0], leading[0], None, [leading])
        self._children(root, "", top)

    # -- addresses --------------------------------------------------------------------------------------------

    def _unique(self, address: str) -> str:
        """``address``, or with "_2", "_3" … when a numbering starts anew under the same parent."""
        candidate = address
        while candidate in self.taken:
            self.repeated[address] = self.repeated.get(address, 1) + 1
            candidate = f"{address}_{self.repeated[address]}"
        self.taken.add(candidate)
        return candidate

    def _address(self, parent: str, label: Label, ordinal: int) -> str:
        token = str(ordinal) if is_bullet(label) else token_of(label)
        if label.style.startswith("decimal"):
            prefix = token.rpartition(".")[0]
            if parent == prefix or parent.endswith("." + prefix):
                return f"{parent}.{token.rpartition('.')[2]}"
        return f"{parent}.{token}" if parent else token

    # -- nodes ------------------------------------------------------------------------------------------------

    def _children(self, node: Node, address: str, heading: Heading | None) -> None:
        bullets = 0
        mixed = not address and any(
            not isinstance(c, Row) and c.label and not is_bullet(c.label) for c in node.children
        )
        rows: list[Row] = []
        for child in node.children:
            if isinstance(child, Row):
                rows.append(child)
                continue
            self._table(rows, address, heading)
            rows = []
            assert child.label is not None
            bullets += is_bullet(child.label)
            own = f"b{bullets}" if mixed and is_bullet(child.label) else self._address(address, child.label, bullets)
            child_address = self._unique(own)
            self._node(child, child_address, heading)
        self._table(rows, address, heading)

    def _node(self, node: Node, address: str, parent: Heading | None) -> None:
        body, captions = self._body(node)
        self.layout.preamble += captions
        if node.start == node.end:
            heading = self._heading(node, address, parent, node.start, node.end)
            self._children(node, address, heading)
            return
        if node.children and all(map(self._is_attribute, node.children)):
            last = node.children[-1]
            self._item(address, node.start, last.stop() if isinstance(last, Node) else last.end, parent)
            return
        split = self._inline(node)
        if split is None and not node.children and self._attributed(body):
            self._item(address, node.start, body[-1][1], parent)
            return
        if not node.children and not body:
            if split is None:
                self._item(address, node.start, node.end, parent)
            else:
                heading = self._heading(node, address, parent, *split[0])
                self._item(address, *split[1], heading)
            return
        if not node.children and split is None and not self._is_title(node):
            self._told_apart(address, (node.start, node.end), body, parent)
            return
        if split is not None and not self._introduces(node.end):
            heading = self._heading(node, address, parent, *split[0])
            if node.children and not body and not is_sentence(self.text, *split[1]):
                heading.leads_in.append(split[1])
                self._children(node, address, heading)
                return
            self._told_apart(address, split[1], body, heading)
            self._children(node, address, heading)
            return
        title_end = self._title_end(node)
        heading = self._heading(node, address, parent, node.start, title_end)
        if split is not None:
            heading.end = split[0][1]
            heading.leads_in.append(split[1])
        elif title_end < node.end - 1:
            lead, told = self._lead(node.start, node.end)
            heading.leads_in.append((lead, node.end))
            if told > node.start:
                self._item(address, node.start, told, parent)
                self._paragraphs(body, address, heading, bool(node.children))
                self._children(node, address, heading)
                return
        if node.children and self._tells(node.start, node.end, self._says_more(node)):
            self._item(address, node.start, node.end, parent)
        self._paragraphs(body, address, heading, bool(node.children))
        self._children(node, address, heading)

    def _tells(self, start: int, end: int, more: bool) -> bool:
        """Whether the words above items are a statement too: ``more`` than a title, or an agency's whole duty."""
        if self._introduces(end):
            return _COMPLETE.search(level(self.text[max(start, end - 60) : end])) is not None and self.acts(start, end)
        return more or (is_sentence(self.text, start, end) and self.acts(start, end))

    def _lead(self, start: int, end: int) -> tuple[int, int]:
        """Where the words begin that lead in what follows, and where the sentences before them end that tell an agency
        to do something; ``start`` for none. What these say holds for what follows unless the last sentence tells."""
        stops = [*_SENTENCE_END.finditer(self.text, start, end)][-1:]
        if not stops or not self._introduces(end) or not self.acts(start, stops[0].start() + 1):
            return start, start
        behind = stops[0].end()
        return behind if self.acts(behind, end) else start, stops[0].start() + 1

    def _attributed(self, body: list[Span]) -> bool:
        """Whether unlabelled paragraphs end in one that only says who does the task above, by when or with what."""
        told = [_attributes().match(level(self.text[a : min(b, a + 80)])) is not None for a, b in body]
        return any(told) and all(t or not self.acts(*p) for t, p in zip(told, body, strict=True))

    def _closes(self, start: int, end: int) -> bool:
        """Whether a paragraph behind the last item closes the document ("Trong quá trình thực hiện, nếu có …")."""
        return level(self.text[start : min(end, start + 60)]).startswith(tuple(heading_words()["closings"]))

    def _is_attribute(self, child: Node | Row) -> bool:
        """Whether an item only says who does its parent's task, by when or with what ("Đơn vị chủ trì: …")."""
        if isinstance(child, Row) or child.children:
            return False
        return _attributes().match(level(self.text[child.start : min(child.end, child.start + 80)])) is not None

    def _body(self, node: Node) -> tuple[list[Span], list[Span]]:
        """The node's unlabelled paragraphs, and those of them that are captions or bylines at its end."""
        body = list(node.paragraphs)
        captions: list[Span] = []
        if is_sentence(self.text, node.start, node.end):
            captions = [span for span in body if self._shouts(*span)]
            body = [span for span in body if span not in captions]
            while body and self.is_caption(*body[-1]):
                captions.insert(0, body.pop())
            low_rank = node.label is not None and (
                is_bullet(node.label) or (node.label.rank < 0 and node.label.style[:1] in "aA")
            )
            while body and node.start in self.last and (self._closes(*body[-1]) or (low_rank and self.acts(*body[-1]))):
                self.layout.closings.insert(0, body.pop())
        return body, captions

    def _shouts(self, start: int, end: int) -> bool:
        """Whether a paragraph behind a sentence is a title in capitals, as above a table."""
        return self.text[start:end].isupper() and not is_sentence(self.text, start, end) and end - start > _SHOUT

    def _paragraphs(self, body: list[Span], address: str, heading: Heading, has_children: bool) -> None:
        """Unlabelled paragraphs under a heading: one has the heading's address, several are numbered."""
        statements = []
        for start, end in body:
            introduces = self._introduces(end) and (has_children or (start, end) != body[-1])
            lead, told = self._lead(start, end) if introduces else (start, start)
            if introduces:
                heading.leads_in.append((lead, end))
            if told > start:
                statements.append((start, told))
            elif not introduces or self._tells(start, end, False):
                statements.append((start, end))
        for number, (start, end) in enumerate(statements, 1):
            own = f"{address}.p{number}" if has_children else f"{address}.{number}"
            self._item(address if len(statements) == 1 else own, start, end, heading, lone=True)

    def _told_apart(self, address: str, span: Span, body: list[Span], heading: Heading | None) -> None:
        """An item with its further paragraphs; one that tells an agency to do something is a statement of its own."""
        spans = [span]
        for start, end in body:
            if is_sentence(self.text, spans[-1][0], spans[-1][1]) and self.acts(start, end):
                spans.append((start, end))
            else:
                spans[-1] = (spans[-1][0], end)
        self._item(address, *spans[0], heading)
        for number, (start, end) in enumerate(spans[1:], 1):
            self._item(f"{address}.p{number}", start, end, heading)

    def _heading(self, node: Node, address: str, parent: Heading | None, start: int, end: int) -> Heading:
        assert node.label is not None
        heading = Heading(address, node.label.printed, start, end, parent)
        self.layout.headings.append(heading)
        return heading

    def _item(self, address: str, start: int, end: int, heading: Heading | None, *, lone: bool = False) -> None:
        if address not in self.taken:
            self.taken.add(address)
        elif any(item.address == address for item in self.layout.items[-1:]):
            address = self._unique(address)
        self.layout.items.append(Item(address, start, end, heading, lone=lone))

    def _table(self, rows: list[Row], address: str, heading: Heading | None) -> None:
        if not rows:
            return
        table = self.layout.tables
        self.layout.tables += 1
        base = address or f"T{table + 1}"
        for number, row in enumerate(rows, 1):
            own = self._unique(f"{base}.{number}")
            self.layout.items.append(Item(own, row.start, row.end, heading, row=row, table=table))

    # -- titles -----------------------------------------------------------------------------------------------

    def _introduces(self, end: int) -> bool:
        return self.text[end - 1 : end] == ":"

    def _title_end(self, node: Node) -> int:
        """Where the title ends: before a final colon or stop, at the first sentence of a longer text."""
        sentence = _SENTENCE_END.search(self.text, node.start, node.end)
        end = sentence.start() if sentence and sentence.start() > node.start + 3 else node.end
        while end > node.start and self.text[end - 1] in ":.; ":
            end -= 1
        return end

    def _is_title(self, node: Node) -> bool:
        """Whether text behind a label, followed by unlabelled paragraphs, is a title rather than a sentence."""
        assert node.label is not None
        if self._introduces(node.end) or not is_sentence(self.text, node.start, node.end):
            return True
        if _SELF.match(level(self.text[node.start : min(node.end, node.start + 40)])):
            return False
        return node.label.rank >= 0 and node.end - node.start < 80

    def _says_more(self, node: Node) -> bool:
        """Whether text above labelled items is more than their title: several sentences, or a long one."""
        if not is_sentence(self.text, node.start, node.end):
            return False
        if node.label is not None and is_bullet(node.label):
            return True
        return _SENTENCE_END.search(self.text, node.start, node.end) is not None or (
            node.end - node.start > _LONG_TITLE and self.text[node.end - 1] != ";"
        )

    def _inline(self, node: Node) -> tuple[Span, Span] | None:
        """Title and text of "title: text"; None when the colon is part of a sentence or there is none."""
        text = self.text
        colon = text.find(":", node.start, min(node.end, node.start + _INLINE_LIMIT))
        if colon < 0 or colon >= node.end - 1:
            return None
        title = text[node.start : colon].rstrip()
        rest = colon + 1
        while rest < node.end and text[rest].isspace():
            rest += 1
        if rest >= node.end or rest == colon + 1 or not (text[rest].isupper() or text[rest] in "\"'“"):
            return None
        if self.is_actor(node.start, node.start + len(title)):
            return (node.start, node.start + len(title)), (rest, node.end)
        assert node.label is not None
        low = level(title)
        refused = tuple(heading_words()["inline_refused"])
        if is_bullet(node.label) or _SENTENCE_END.search(title) or low.endswith(refused) or _predicate(low):
            return None
        if _shared_list(low) or self.acts(node.start, node.start + len(title)):
            return None
        return (node.start, node.start + len(title)), (rest, node.end)


_SELF = re.compile(
    r"(?:quyết định|thông tư(?: liên tịch)?|nghị quyết|chỉ thị|kế hoạch|đề án|quy định|quy chế) này(?!\w)"
)
_COMPLETE = re.compile(
    r"(?:,\s*cụ\s+thể(?:\s+(?:như\s+sau|là))?|(?:trường\s+hợp|điều\s+kiện|nguyên\s+tắc|hồ\s+sơ|tài\s+liệu|thông\s+tin|đối\s+tượng|cơ\s+quan)"
    r"(?:\s+sau(?:\s+đây)?)?)\s*:$"
)
"""The end of a sentence that says all of a duty, before its cases or its details are listed."""
_PREDICATE = re.compile(r"(?<!\w)(?:chủ trì|có trách nhiệm|chịu trách nhiệm|phối hợp với)(?!\w)")
_UNITS = "sở|bộ|phòng|vụ|cục|ban|hội|huyện|quận|xã|phường|đơn vị|cơ quan|ngành|tỉnh|công ty|tổng công ty|tập đoàn"
_SHARED = re.compile(
    rf"(?:^|\s)(?:(?:các|những|giám đốc|thủ trưởng|trưởng)\s+(?:{_UNITS})|sở|tổng công ty)(?:,\s*(?:ban|ngành))*$"
)


def _predicate(low: str) -> bool:
    return _PREDICATE.search(low) is not None


def _shared_list(low: str) -> bool:
    """Whether the words before a colon are the shared head of a list of agencies ("các sở:")."""
    return _SHARED.search(low) is not None


@cache
def _attributes() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(heading_words()['attributes'])})[^:;.]{{0,30}}:")


def token_of(label: Label) -> str:
    """The part of an address that a label gives: the printed label, without the word of "Điều 5", "Phần I"."""
    if label.rank < 0:
        return label.printed
    count = label.printed.split()[-1]
    if label.printed == "PHỤ LỤC":
        return ANNEX
    short = count if re.fullmatch(r"\d+[a-zđ]?|[IVXLC]+|[A-ZĐ]", count) else str(label.value)
    return f"{ANNEX}{short}" if label.rank == 0 else short
