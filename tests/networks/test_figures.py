"""Networks drawn: the same bytes for the same network, whole and harmless SVG, PNG with an extra."""

from __future__ import annotations

import sys
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from fake_corpus import small_plan
from hypothesis import given, settings
from hypothesis import strategies as st

from kgplan import networks
from kgplan.errors import KgplanError
from kgplan.model import Agency, Plan, Responsibility, Statement

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('x')</script>&\x01"


def plan_of(groups, names=None):
    """A plan of one statement a group, shared by the agencies with those numbers."""
    text = "x" * max(len(groups), 1)
    everyone = sorted({number for group in groups for number in group})
    return Plan(
        id="p",
        title="P",
        text=text,
        year=2030,
        jurisdiction="x",
        statements=tuple(
            Statement(
                address=str(number),
                kind="task",
                text="x",
                start=number,
                end=number + 1,
                responsibilities=tuple(Responsibility(f"x/{agency}", "shares", "", 0, 1) for agency in group),
            )
            for number, group in enumerate(groups)
        ),
        agencies=tuple(Agency(f"x/{n}", (names or {}).get(n, f"Cơ quan {n}"), "department", "x") for n in everyone),
    )


def texts(svg):
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", networks.KINDS)
def test_every_node_and_line_is_drawn(kind):
    graph = networks.network([small_plan()], kind)
    root = ElementTree.fromstring(networks.figure(graph))
    titles = [node.text for node in root.iter(f"{SVG}title")][1:]
    assert len(titles) == len(graph)
    assert len(list(root.iter(f"{SVG}line"))) == graph.number_of_edges()
    assert all(any(title.startswith(data["label"]) for title in titles) for _, data in graph.nodes(data=True))


def test_names_and_words_are_in_the_language_asked_for():
    graph = networks.coordination_network([small_plan()])
    vietnamese, english = (texts(networks.figure(graph, language=language)) for language in ("vi", "en"))
    assert {"Ai làm việc với ai", "Sở Thủy sản"} <= set(vietnamese)
    assert {"Who works with whom", "Department of", "Tourism"} & set(english) >= {"Who works with whom"}
    assert "Sở Thủy sản" not in english


def test_only_the_largest_nodes_are_named_when_few_labels_are_asked_for():
    graph = networks.coordination_network([plan_of([(0, 1), (0, 2), (0, 3)])])
    named = {text for text in texts(networks.figure(graph, labels=1)) if text.startswith("Cơ quan")}
    assert named == {"Cơ quan 0"}


def test_those_alone_are_all_named_whatever_the_length_of_their_names():
    names = {number: f"Sở số{number} " + "Lao động Thương binh và Xã hội và các việc khác nữa" for number in range(12)}
    figure = networks.figure(networks.coordination_network([plan_of([(number,) for number in range(12)], names)]))
    starts = [text for text in texts(figure) if text.startswith("Sở số")]
    assert {text.split()[1] for text in starts} == {f"số{number}" for number in range(12)}


def test_many_that_are_alone_stay_on_the_figure():
    graph = networks.coordination_network([plan_of([(0, 1), *((number,) for number in range(2, 300))])])
    root = ElementTree.fromstring(networks.figure(graph))
    places = [(float(node.get("cx", -1)), float(node.get("cy", -1))) for node in root.iter(f"{SVG}circle")]
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    assert len(places) == 300
    assert all(0 < x < width and 0 < y < height for x, y in places)


def test_a_network_tells_what_it_is():
    assert repr(networks.network([small_plan()], "coordination")) == "<Network coordination: 3 nodes, 2 edges>"
    assert repr(networks.network([small_plan()], "citation")).startswith("<DirectedNetwork citation: ")


def test_the_largest_nodes_are_named_in_a_crowd_too():
    crowd = [(0, one, other) for one in range(1, 60) for other in range(one + 1, 60, 3)]
    named = texts(networks.figure(networks.coordination_network([plan_of(crowd)])))
    assert "Cơ quan 0" in named
    assert sum(text.startswith("Cơ quan") for text in named) > 5


def test_the_same_network_gives_the_same_bytes():
    for kind in networks.KINDS:
        one, other = (networks.network([small_plan()], kind) for _ in range(2))
        assert networks.figure(one) == networks.figure(other)
    assert networks.figure(one, "png") == networks.figure(other, "png")


def test_nothing_of_a_plan_runs_in_a_figure():
    plan = plan_of([(0, 1)], {0: HOSTILE})
    for kind in ("coordination", "responsibility"):
        graph = networks.network([plan], kind)
        root = ElementTree.fromstring(networks.figure(graph))
        assert not list(root.iter(f"{SVG}script"))
        html = graph._repr_html_()
        assert "<script" not in html
        assert "&lt;script" in html


groups = st.lists(st.sets(st.integers(0, 12), min_size=1, max_size=4).map(sorted), max_size=8)


@settings(max_examples=25, deadline=None)
@given(groups)
def test_every_node_stands_inside_the_figure_and_covers_no_other_exactly(found):
    graph = networks.coordination_network([plan_of(found)])
    root = ElementTree.fromstring(networks.figure(graph))
    _, _, width, height = map(float, root.get("viewBox").split())
    places = [(float(c.get("cx")), float(c.get("cy"))) for c in root.iter(f"{SVG}circle")]
    assert len(set(places)) == len(graph)
    assert all(0 <= x <= width and 0 <= y <= height for x, y in places)


def test_png_is_an_image_of_the_drawings_shape():
    data = networks.figure(networks.coordination_network([small_plan()]), "png")
    assert data.startswith(b"\x89PNG")
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (2400, 1720)


def test_without_matplotlib_png_says_what_to_install_and_svg_works(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    graph = networks.coordination_network([small_plan()])
    with pytest.raises(KgplanError, match=r"pip install 'kgplan\[figures\]'"):
        networks.figure(graph, "png")
    assert networks.figure(graph)


def test_another_format_is_refused_with_the_choices():
    with pytest.raises(ValueError, match="svg, png"):
        networks.figure(networks.coordination_network([small_plan()]), "bmp")


def test_a_network_shows_itself_in_a_notebook_and_so_do_its_parts():
    graph = networks.coordination_network([small_plan()])
    for shown in (graph, networks.without_collectives(graph), networks.citation_network([small_plan()])):
        html = shown._repr_html_()
        assert ElementTree.fromstring(html).find(f"{SVG}svg") is not None
        assert 'fill="#fff"' not in html, "a page may be dark"
    assert "<svg" not in networks.coordination_network([])._repr_html_()


def test_an_empty_network_is_a_figure_too():
    empty = replace(small_plan(), statements=())
    assert "0 agencies" in "".join(texts(networks.figure(networks.coordination_network([empty]), language="en")))
