"""Networks as figures: SVG written here, PNG by matplotlib, which is an extra."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING, Final, Literal, get_args

from kgplan.errors import KgplanError
from kgplan.networks.layout import FONT, HEIGHT, WIDTH, Drawing, Label, Shape, draw
from kgplan.networks.wording import Language

if TYPE_CHECKING:
    import networkx as nx

FigureFormat = Literal["svg", "png"]
FIGURES: tuple[FigureFormat, ...] = get_args(FigureFormat)

LABELS: Final = 30
"""Nodes named on a figure, unless more or fewer are asked for."""

_FONTS: Final = "'Noto Sans','DejaVu Sans',Arial,sans-serif"
_NOT_XML: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "\ufffd")


def figure(graph: nx.Graph[str], format: str = "svg", *, language: Language = "vi", labels: int = LABELS) -> bytes:
    """The network as a figure of that format: the largest ``labels`` nodes named in ``language``.

    SVG is UTF-8 text, the same bytes for the same network; PNG is twice as many pixels as the drawing has. Raises
    ValueError, naming the formats, for another word, and KgplanError when PNG is asked for without matplotlib.
    """
    if format not in FIGURES:
        raise ValueError(f"no figure format {format!r}; choose one of {', '.join(FIGURES)}")
    drawing = draw(graph, language, labels)
    return _png(drawing) if format == "png" else f"{_svg(drawing, page=True)}\n".encode()


def to_html(graph: nx.Graph[str]) -> str:
    """The figure for a notebook, in the colours of the page it stands on."""
    if graph.graph.get("kind") is None or not graph:
        return f"<p>{escape(str(graph))}</p>"
    return f"<div class='kgplan-network'>{_svg(draw(graph, 'vi', LABELS), page=False)}</div>"


def _svg(drawing: Drawing, *, page: bool) -> str:
    """SVG; as a ``page`` of its own on white, with the labels set off from the lines below them."""
    size = f'width="{WIDTH:g}" height="{HEIGHT:g}"' if page else 'style="max-width:100%;height:auto"'
    halo = ' paint-order="stroke" stroke="#fff" stroke-width="3" stroke-linejoin="round"' if page else ""
    lines = "\n".join(
        f'<line x1="{n.x1:g}" y1="{n.y1:g}" x2="{n.x2:g}" y2="{n.y2:g}" stroke-width="{n.width:g}"/>'
        for n in drawing.lines
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" {size} role="img" '
        f'aria-label="{_text(drawing.title)}" color="{"#1f2328" if page else "inherit"}">',
        f"<title>{_text(drawing.title)}</title>",
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fff"/>' if page else "",
        f'<g stroke="currentColor" stroke-opacity="{drawing.opacity:g}">\n{lines}\n</g>',
        '<g stroke="currentColor" stroke-opacity="0.5" stroke-width="0.8">',
        *map(_shape, drawing.shapes),
        "</g>",
        f'<g fill="currentColor" font-family="{_FONTS}" font-size="{FONT:g}"{halo}>',
        *map(_label, drawing.labels),
        "</g>",
        "</svg>",
    ]
    return "\n".join(part for part in parts if part)


def _shape(shape: Shape) -> str:
    title = f"<title>{_text(shape.title)}</title>"
    if shape.form == "circle":
        return f'<circle cx="{shape.x:g}" cy="{shape.y:g}" r="{shape.r:g}" fill="{shape.colour}">{title}</circle>'
    corner = f'x="{shape.x - shape.r:g}" y="{shape.y - shape.r:g}"'
    side = f'width="{2 * shape.r:g}" height="{2 * shape.r:g}"'
    return f'<rect {corner} {side} fill="{shape.colour}">{title}</rect>'


def _label(label: Label) -> str:
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    size = "" if label.size == FONT else f' font-size="{label.size:g}"'
    weight = ' font-weight="bold"' if label.bold else ""
    return f'<text x="{label.x:g}" y="{label.y:g}"{anchor}{size}{weight}>{_text(label.text)}</text>'


def _text(text: str) -> str:
    """``text`` as XML holds it; characters that no XML 1.0 document can hold are replaced."""
    return escape(text.translate(_NOT_XML))


def _png(drawing: Drawing) -> bytes:
    try:
        from matplotlib import patheffects
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.patches import Circle, Rectangle
    except ImportError as error:
        raise KgplanError(
            "a figure in PNG needs matplotlib; run: pip install 'kgplan[figures]', or ask for SVG"
        ) from error
    points = 72 / 100  # the drawing is laid out at 100 pixels an inch
    page = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=200, facecolor="white")
    FigureCanvasAgg(page)
    axes = page.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(HEIGHT, 0)
    axes.set_axis_off()
    for line in drawing.lines:
        axes.plot(
            [line.x1, line.x2],
            [line.y1, line.y2],
            color="#1f2328",
            alpha=drawing.opacity,
            lw=line.width * points,
            zorder=1,
        )
    for shape in drawing.shapes:
        corner = (shape.x - shape.r, shape.y - shape.r)
        patch = (
            Circle((shape.x, shape.y), shape.r)
            if shape.form == "circle"
            else Rectangle(corner, 2 * shape.r, 2 * shape.r)
        )
        patch.set(facecolor=shape.colour, edgecolor="#57606a", linewidth=0.8 * points, zorder=2)
        axes.add_patch(patch)
    for label in drawing.labels:
        axes.text(
            label.x,
            label.y,
            label.text,
            fontsize=label.size * points,
            fontweight="bold" if label.bold else "normal",
            horizontalalignment={"start": "left", "middle": "center", "end": "right"}[label.anchor],
            verticalalignment="baseline",
            color="#1f2328",
            parse_math=False,
            path_effects=[patheffects.withStroke(linewidth=3 * points, foreground="white")],
            zorder=3,
        )
    out = io.BytesIO()
    page.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
