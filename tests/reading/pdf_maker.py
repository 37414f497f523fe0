"""PDF files for the tests, written by hand: text at given places, with a Unicode map and no embedded font."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
LEFT, INDENT, WIDTH = 57.0, 85.0, 80  # left margin and first-line indent in points; characters on a full line
ADVANCE = 0.5  # of the font size: every character is equally wide


@dataclass(frozen=True)
class Line:
    """One line of text with its left edge, its baseline above the page's lower edge, and its size in points."""

    text: str
    x: float
    y: float
    size: float = 12.0
    bold: bool = False

    @property
    def end(self) -> float:
        return self.x + len(self.text) * self.size * ADVANCE


def page(texts: Iterable[tuple[str, float]], *, top: float = 770.0, leading: float = 18.0) -> list[Line]:
    """Lines below each other, each with its left edge."""
    return [Line(text, x, top - i * leading) for i, (text, x) in enumerate(texts)]


def wrap(text: str, first: float = INDENT, rest: float = LEFT) -> list[tuple[str, float]]:
    """``text`` set in lines up to the right margin, as a word processor breaks it."""
    lines: list[tuple[str, float]] = []
    words = text.split(" ")
    current, left = words[0], first
    for word in words[1:]:
        room = int(WIDTH - (left - LEFT) / 6)
        if len(current) + 1 + len(word) <= room:
            current += " " + word
        else:
            lines.append((current, left))
            current, left = word, rest
    return [*lines, (current, left)]


def grid(xs: Sequence[float], ys: Sequence[float], *, boxes: bool = False) -> str:
    """Rules of a table with column edges ``xs`` and row edges ``ys``: strokes, or thin filled ``boxes``."""
    rules = [(x, min(ys), x, max(ys)) for x in xs] + [(min(xs), y, max(xs), y) for y in ys]
    if boxes:
        return "".join(f"{a} {b} {c - a + 0.5} {d - b + 0.5} re f\n" for a, b, c, d in rules)
    return "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in rules)


# For each rotation of a page, the matrix that lays content out for the page as it is shown.
TURNS = {
    0: "1 0 0 1 0 0",
    90: f"0 1 -1 0 {PAGE_HEIGHT} 0",
    180: f"-1 0 0 -1 {PAGE_WIDTH} {PAGE_HEIGHT}",
    270: f"0 -1 1 0 0 {PAGE_WIDTH}",
}


def make_pdf(
    pages: Sequence[Sequence[Line]], *, rules: Sequence[str] = (), encrypt: bool = False, turned: int = 0
) -> bytes:
    """A PDF of these pages, each with its ``rules`` (see :func:`grid`).

    ``encrypt`` adds an encryption dictionary, as a password-protected file has. ``turned`` is the pages' rotation.
    """
    characters = sorted({c for lines in pages for line in lines for c in line.text})
    codes = {c: i + 1 for i, c in enumerate(characters)}
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body.encode("ascii") if isinstance(body, str) else body)
        return len(objects)

    def stream(data: bytes) -> bytes:
        return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)

    mappings = [f"<{code:04X}> <{c.encode('utf-16-be').hex().upper()}>" for c, code in codes.items()]
    groups = [mappings[i : i + 100] for i in range(0, len(mappings), 100)]
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + "\n".join(f"{len(group)} beginbfchar\n" + "\n".join(group) + "\nendbfchar" for group in groups)
        + "\nendcmap end end"
    )
    to_unicode = add(stream(cmap.encode("ascii")))
    fonts: list[int] = []
    for name in ("Plain", "Plain-Bold"):
        flags = 4 if name == "Plain" else 4 | 1 << 18
        weight = 400 if name == "Plain" else 700
        descriptor = add(
            f"<< /Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [0 -200 500 800] /ItalicAngle 0 "
            f"/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontWeight {weight} >>"
        )
        descendant = add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) "
            f"/Ordering (Identity) /Supplement 0 >> /FontDescriptor {descriptor} 0 R /DW {int(ADVANCE * 1000)} >>"
        )
        fonts.append(
            add(
                f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
                f"/DescendantFonts [{descendant} 0 R] /ToUnicode {to_unicode} 0 R >>"
            )
        )
    root = len(objects) + 2 * len(pages) + 1  # the page tree's number
    kids: list[int] = []
    box = f"[0 0 {PAGE_HEIGHT} {PAGE_WIDTH}]" if turned % 180 else f"[0 0 {PAGE_WIDTH} {PAGE_HEIGHT}]"
    for number, lines in enumerate(pages):
        content = f"{TURNS[turned]} cm\n" + (rules[number] if number < len(rules) else "")
        content += "".join(
            f"BT /F{int(line.bold)} {line.size} Tf 1 0 0 1 {line.x} {line.y} Tm "
            f"<{''.join(f'{codes[c]:04X}' for c in line.text)}> Tj ET\n"
            for line in lines
        )
        contents = add(stream(content.encode("ascii")))
        kids.append(
            add(
                f"<< /Type /Page /Parent {root} 0 R /MediaBox {box} /Rotate {turned} "
                f"/Contents {contents} 0 R "
                f"/Resources << /Font << /F0 {fonts[0]} 0 R /F1 {fonts[1]} 0 R >> >> >>"
            )
        )
    references = " ".join(f"{kid} 0 R" for kid in kids)
    add(f"<< /Type /Pages /Kids [{references}] /Count {len(kids)} >>")
    catalog = add(f"<< /Type /Catalog /Pages {root} 0 R >>")
    extra = ""
    if encrypt:
        zeros = "00" * 32
        guard = add(f"<< /Filter /Standard /V 1 /R 2 /O <{zeros}> /U <{zeros}> /P -4 >>")
        extra = f" /Encrypt {guard} 0 R /ID [<{zeros}> <{zeros}>]"
    output = bytearray(b"%PDF-1.7\n")
    offsets: list[int] = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(output))
        output += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(output)
    output += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    output += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    output += (
        f"trailer\n<< /Size {len(objects) + 1} /Root {catalog} 0 R{extra} >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return bytes(output)
