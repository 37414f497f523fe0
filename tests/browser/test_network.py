"""The networks on the page, in a real browser: filters, choosing, the keyboard, names that can be read, pictures."""

from __future__ import annotations

import pytest
from driving import choose, go, links_of, one, shows, texts, until
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By

BOXES = """
const cy = document.querySelector(".stage")._cyreg.cy;
return cy.nodes(".named").map((node) => {
  const { x1, x2, y1, y2 } = node.boundingBox({ includeNodes: false, includeOverlays: false });
  return [x1 + 3, x2 - 3, y1 + 3, y2 - 3].map((at) => at * cy.zoom());
});
"""
"""Where the names stand, in the stage's pixels, without their halo."""
PLACE = """
const stage = document.querySelector(".stage");
const node = stage._cyreg.cy.nodes()[0];
const [{ x, y }, box] = [node.renderedPosition(), stage.getBoundingClientRect()];
return [box.x + x, box.y + y, node.id()];
"""
"""Where the first node is seen, and its id."""


def test_the_network_is_filtered_and_the_filters_are_shared(page, url):
    go(page, f"{url}/#/network?collectives=1")
    every = int(links_of(page))
    assert page.find_elements(By.CSS_SELECTOR, ".stage canvas")
    one(page, "input[type=range]").send_keys(Keys.ARROW_RIGHT)
    until(page, lambda p: 0 < int(links_of(p)) < every, "fewer links")
    heavy = links_of(page)
    assert "weight=2" in page.current_url
    page.refresh()
    until(page, lambda p: links_of(p) == heavy, "the filter is kept")
    one(page, "input[name=collectives]").click()
    until(page, lambda p: "collectives" not in p.current_url, "the collective actors are gone")
    go(page, f"{url}/#/network")
    choose(page, "topic", "public finance")
    shows(page, ".tools .count", ["4 agencies, 4 links"])
    choose(page, "role", "One of the two leads")
    shows(page, ".tools .count", ["4 agencies, 3 links"])
    choose(page, "kind", "Provincial department")
    shows(page, ".stage .empty", "No link passes")


def test_an_agency_of_the_network_shows_whom_it_works_with_and_where(page, url):
    go(page, f"{url}/#/network")
    links_of(page)
    choose(page, "agency", "Department of Finance")
    shows(page, "#chosen", ["Department of Finance"])
    assert "agency=thanh-hoa%2Fso-tai-chinh" in page.current_url
    assert len(texts(page, ".partners li")) == 3
    page.refresh()
    shows(page, "#chosen", ["Department of Finance"])
    one(page, ".links summary").click()
    assert len(texts(page, ".links tbody tr")) == int(links_of(page))
    one(page, ".partners .address").click()
    one(page, ".statement.here")


def saved(page, *buttons):
    """What the buttons save, by media type."""
    page.execute_script(
        "window.saved = []; const decode = (bytes) => new TextDecoder('latin1').decode(bytes);"
        "URL.createObjectURL = (blob) => {"
        " blob.arrayBuffer().then((bytes) => saved.push([blob.type, decode(bytes)])); return 'data:,' }"
    )
    for words in buttons:
        page.find_element(By.XPATH, f"//button[text()='{words}']").click()
    done = "return saved.length === arguments[0] && saved"
    return dict(until(page, lambda p: p.execute_script(done, len(buttons)), "the files"))


def test_the_figure_is_saved_as_svg_and_as_png(page, url):
    go(page, f"{url}/#/network")
    links = int(links_of(page))
    files = saved(page, "Save SVG", "Save PNG")
    assert files["image/png"][1:4] == "PNG"
    svg = files["image/svg+xml;charset=utf-8"]
    assert svg.count("<line") == links
    assert "Department of Finance" in svg


def test_a_saved_figure_tells_what_its_colours_mean(page, url):
    go(page, f"{url}/#/network?network=responsibility")
    links_of(page)
    svg = saved(page, "Save SVG")["image/svg+xml;charset=utf-8"]
    assert [words for words in ("leads", "shares", "coordinates") if f">{words}<" in svg] == [
        "leads",
        "shares",
        "coordinates",
    ]
    assert svg.count('class="key"') == 3


@pytest.mark.parametrize(
    ("network", "count"),
    [
        ("responsibility", "50 nodes, 38 links"),
        ("topic", " nodes, "),
        ("citation", "40 nodes, 25 links"),
    ],
)
def test_every_network_has_its_figure_its_table_and_its_files(page, url, network, count):
    go(page, f"{url}/#/network?network={network}")
    links = int(links_of(page))
    shows(page, ".tools .count", count)
    one(page, ".links summary").click()
    assert len(texts(page, ".links tbody tr")) == links
    names = [link.get_attribute("download") for link in page.find_elements(By.CSS_SELECTOR, ".tools a[download]")]
    assert names == [f"{network}.graphml", f"{network}.gexf"]
    one(page, ".panel li a").click()
    one(page, "#chosen")


def test_names_in_a_figure_cover_none_of_each_other(page, url):
    go(page, f"{url}/#/network?collectives=1")
    links_of(page)
    boxes = page.execute_script(BOXES)
    assert len(boxes) == 26
    for at, (left, right, top, bottom) in enumerate(boxes):
        for other_left, other_right, other_top, other_bottom in boxes[at + 1 :]:
            apart = right <= other_left or other_right <= left or bottom <= other_top or other_bottom <= top
            assert apart, (boxes[at], (other_left, other_right, other_top, other_bottom))


def test_a_press_chooses_a_node_and_another_opens_it(page, url):
    go(page, f"{url}/#/network")
    links_of(page)
    x, y, node = page.execute_script(PLACE)
    press = ActionChains(page).move_by_offset(int(x), int(y)).click()
    press.perform()
    one(page, "#chosen")
    assert node.removeprefix("agency/thanh-hoa/") in page.current_url
    name = one(page, "#chosen").text
    ActionChains(page).click().perform()
    shows(page, "h1", [name])


def test_the_figure_is_walked_through_by_keyboard(page, url):
    go(page, f"{url}/#/network")
    links_of(page)
    page.execute_script("document.querySelector('.stage').focus()")
    keys = ActionChains(page)
    keys.send_keys(Keys.ARROW_DOWN).perform()
    first = one(page, "#chosen").text
    keys.send_keys(Keys.ARROW_DOWN).perform()
    second = until(page, lambda p: next((text for text in texts(p, "#chosen") if text != first), None), "another node")
    assert second in one(page, "#status").get_attribute("textContent")
    keys.send_keys(Keys.ENTER).perform()
    shows(page, "h1", [second])


def test_the_whole_network_fits_a_phone(page_of_several, several):
    page = page_of_several
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    )
    go(page, f"{several}/#/network?network=topic")
    links_of(page)
    outside = (
        "const cy = document.querySelector('.stage')._cyreg.cy;"
        "const { x1, x2, y1, y2 } = cy.nodes().renderedBoundingBox({ includeLabels: false });"
        "return [x1 < 0, y1 < 0, x2 > cy.width(), y2 > cy.height()]"
    )
    assert page.execute_script(outside) == [False] * 4
