"""The page for everyone: errors in words, narrow screens, axe in every view, dark and light, nothing from elsewhere."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from axe_core_python.base import AXE_FILE_PATH  # type: ignore[import-untyped]
from driving import ABSTAINED, ENGLISH, VIETNAMESE, go, one, settled, shows, texts, until
from selenium.webdriver.common.by import By

VIEWS = [
    "/",
    f"/#/ask?q={quote(ENGLISH)}",
    f"/#/ask?q={quote(ABSTAINED)}",
    "/#/plan",
    "/#/plan/thanh-hoa-2023/E.III.2?view=text",
    "/#/search?q=chuy%E1%BB%83n%20%C4%91%E1%BB%95i%20s%E1%BB%91",
    "/#/statements?topic=digital-transformation",
    f"/#/ask?q={quote('Who leads digital transformation now and under which documents?')}",
    "/#/agencies",
    "/#/agency/thanh-hoa/so-tai-chinh",
    "/#/agency/thanh-hoa/so-giac-mo",
    "/#/documents",
    "/#/document/06-nq-tu",
    "/#/matrix",
    "/#/network?agency=thanh-hoa/so-tai-chinh",
    "/#/network?network=responsibility&collectives=1",
    "/#/search",
    "/#/sparql?query=SELECT%20*%20WHERE%20%7B%20%3Fa%20kgp%3Aleads%20%3Fs%20%7D%20LIMIT%203",
]

ANSWERS = """
const [real, status] = [window.fetch, arguments[0]];
const body = JSON.stringify({ detail: "said by the server" });
const refused = () => Promise.resolve(new Response(body, { status, headers: { "retry-after": "7" } }));
window.fetch = (path, options) => path === "/ask" ? refused() : real(path, options);
"""
"""What makes every question be answered with a status."""


def submit(page, question):
    box = one(page, "#q")
    box.clear()
    box.send_keys(question)
    box.submit()


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (413, "large", "Shorten the question"),
        (422, "wrong", "said by the server"),
        (429, "many", "Wait 7 s"),
        (500, "server", "try again"),
        (503, "busy", "Wait 7 s"),
    ],
)
def test_what_the_server_refuses_is_said_with_what_to_do(page, url, status, kind, said):
    go(page, url)
    page.execute_script(ANSWERS, status)
    submit(page, VIETNAMESE)
    problem = one(page, "[role=alert]")
    assert problem.get_attribute("data-kind") == kind
    assert said.lower() in problem.text.lower()
    assert one(page, "#q").get_attribute("value") == VIETNAMESE


def test_a_server_that_is_gone_is_said_and_asked_again(page, url):
    go(page, url)
    page.execute_script("window.kept = fetch; window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))")
    submit(page, VIETNAMESE)
    assert "cannot be reached" in one(page, "[role=alert]").text
    page.execute_script("window.fetch = window.kept")
    one(page, "[role=alert] button").click()
    shows(page, "#answer-text", "Chuyển đổi số")


def test_what_is_not_there_and_what_cannot_be_read_is_said(page, url):
    go(page, f"{url}/#/agency/thanh-hoa/so-giac-mo")
    assert one(page, "[role=alert]").get_attribute("data-kind") == "missing"
    go(page, f"{url}/#/plan/thanh-hoa-2023/Z.9")
    assert "no statement or heading Z.9" in one(page, "[role=alert]").text
    go(page, f"{url}/#/plan/thanh-hoa-1999")
    assert "it holds: thanh-hoa-2023" in one(page, "[role=alert]").text
    wrong = urlencode({"q": "Ai?", "as": '{"role": "boss"}'})
    go(page, f"{url}/#/ask?{wrong}")
    assert "use one of" in one(page, "[role=alert]").text


def test_a_screen_of_360_pixels_needs_no_sideways_scrolling(page, url):
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    )
    page.execute_script("localStorage.setItem('language', 'vi')")  # its words are the longer ones
    for link in VIEWS:
        go(page, url + link)
        width, shown = page.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
        assert (width, shown) == (360, 360), link


def test_the_question_is_put_and_answered_on_a_phone(page, url):
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    )
    go(page, url)
    submit(page, VIETNAMESE)
    shows(page, "#answer-text", "Chuyển đổi số")


def test_the_theme_is_switched_and_kept(page, url):
    go(page, url)
    page.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    )
    ground = "return getComputedStyle(document.body).backgroundColor"
    dark = page.execute_script(ground)
    one(page, "#theme").click()
    light = page.execute_script(ground)
    assert dark != light
    page.refresh()
    settled(page)
    assert page.execute_script(ground) == light
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def violations(page, options):
    """What axe finds, as [rule, impact, element]."""
    if not page.execute_script("return 'axe' in window"):
        page.execute_script(AXE_FILE_PATH.read_text("utf-8"))
    # the flash of the sentence that is led to ends on the colours that stay
    page.execute_script("document.getAnimations().forEach((animation) => animation.finish())")
    return page.execute_async_script(
        "const done = arguments[1];"
        "axe.run(document, arguments[0])"
        ".then((found) => done(found.violations.map((v) => [v.id, v.impact, v.nodes[0].html])))",
        options,
    )


@pytest.mark.parametrize("link", [*VIEWS, "/docs"])
def test_nothing_serious_stands_in_the_way_of_anyone(page, url, link):
    page.execute_script("localStorage.setItem('theme', 'light')")
    go(page, url + link)
    if "sparql" in link:
        until(page, lambda p: texts(p, ".output tbody tr"), "rows")
    page.execute_script("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    assert [found for found in violations(page, {}) if found[1] in ("serious", "critical")] == []
    page.execute_script("document.documentElement.dataset.theme = 'dark'")
    assert violations(page, {"runOnly": ["color-contrast"]}) == []


def test_the_description_of_the_api_asks_it(page, url):
    go(page, f"{url}/docs")
    page.find_element(By.XPATH, "//summary[.//code[text()='/health']]").click()
    one(page, "details[open] button").click()
    shows(page, "details[open] pre", '"status":"ok"')


def test_a_comparison_stands_in_the_way_of_no_one(page_of_two, two_plans):
    page = page_of_two
    go(page, f"{two_plans}/#/compare")
    assert [found for found in violations(page, {}) if found[1] in ("serious", "critical")] == []
    page.execute_script("document.documentElement.dataset.theme = 'dark'")
    assert violations(page, {"runOnly": ["color-contrast"]}) == []
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    )
    go(page, f"{two_plans}/#/compare")
    assert page.execute_script("return [document.documentElement.scrollWidth, innerWidth]") == [360, 360]
    right = "return document.querySelector('.tabs [aria-current]')?.getBoundingClientRect().right"
    until(page, lambda p: 0 < (p.execute_script(right) or 0) <= 360, "the tab of the view is in sight")


def test_the_language_stands_in_the_url_and_only_a_choice_is_kept(page, url):
    go(page, f"{url}/?lang=vi#/agencies")
    assert texts(page, "h1") == ["Cơ quan"]
    go(page, f"{url}/#/agencies")
    assert texts(page, "h1") == ["Agencies"]
    assert "lang=en" in page.current_url
    one(page, "#language").click()
    shows(page, "h1", ["Cơ quan"])
    assert "lang=vi" in page.current_url
    go(page, f"{url}/#/documents")
    assert texts(page, "h1") == ["Văn bản"]


def test_a_view_loads_no_code_of_others(page, url):
    go(page, url)
    names = page.execute_script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert not [name for name in names if "vendor" in name or "network" in name or "sparql.js" in name]


def test_nothing_is_loaded_from_elsewhere(page, url):
    for link in ("/", "/#/network", "/#/sparql"):
        go(page, url + link)
        names = page.execute_script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
        assert names
        assert [name for name in names if not name.startswith((url, "data:"))] == []


def test_going_back_leads_to_where_one_was(page, url):
    go(page, f"{url}/#/plan")
    link = page.find_element(By.CSS_SELECTOR, "[data-address='E.V.2'] .who a")
    page.execute_script("arguments[0].scrollIntoView({ block: 'center' })", link)
    height = page.execute_script("return scrollY")
    assert height > 1000
    link.click()
    shows(page, "h1", ["Department of Information and Communications"])
    settled(page)
    assert page.execute_script("return scrollY") == 0
    page.back()
    until(page, lambda p: p.execute_script("return scrollY") == height, "the same place")


def test_a_choice_keeps_the_focus_when_the_view_is_drawn_anew(page, url):
    go(page, f"{url}/#/network")
    box = one(page, "input[name=collectives]")
    box.send_keys(" ")
    until(page, lambda p: "collectives=1" in p.current_url, "another state")
    settled(page)
    assert page.execute_script("return document.activeElement.name") == "collectives"


def test_where_the_focus_is_can_be_seen_in_the_editor(page, url):
    go(page, f"{url}/#/sparql")
    one(page, ".editor .CodeMirror")
    page.execute_script("document.querySelector('.CodeMirror').CodeMirror.focus()")
    style = "return getComputedStyle(document.querySelector('.CodeMirror')).outlineStyle"
    until(page, lambda p: p.execute_script(style) == "solid", "an outline")
