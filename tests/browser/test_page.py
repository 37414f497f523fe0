"""The page as people use it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from axe_core_python.base import AXE_FILE_PATH  # type: ignore[import-untyped]
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

GUARD = 30
ENGLISH = "which units coordinate on investment promotion"
VIETNAMESE = "Ai chủ trì chuyển đổi số?"
BOARD = "Management Board of Nghi Son Economic Zone and Industrial Parks"


def until(page: WebDriver, found: Callable[[WebDriver], Any], what: str) -> Any:
    return WebDriverWait(page, GUARD).until(found, what)


def one(page: WebDriver, selector: str) -> WebElement:
    element: WebElement = until(
        page,
        lambda p: next((e for e in p.find_elements(By.CSS_SELECTOR, selector) if e.is_displayed()), None),
        selector,
    )
    return element


def texts(page: WebDriver, selector: str) -> list[str]:
    return [element.text for element in page.find_elements(By.CSS_SELECTOR, selector)]


def ask(page: WebDriver, url: str, question: str) -> None:
    page.get(url)
    box = one(page, "#q")
    box.send_keys(question)
    box.submit()
    one(page, ".answer")


def settled(page: WebDriver) -> None:
    until(page, lambda p: not p.find_elements(By.CSS_SELECTOR, ".loading"), "the view is drawn")


def test_a_question_in_english_shows_roles_and_the_sentence(page, url):
    ask(page, url, ENGLISH)
    assert "Investment promotion" in one(page, "#answer-text").text
    names = texts(page, ".results .what a")
    assert BOARD in names
    assert set(texts(page, ".results .chip")) == {"shares"}
    assert "E.III.2" in texts(page, ".evidence .address")
    assert "Sở Kế hoạch và Đầu tư" in texts(page, ".evidence mark.role-shares")


def test_a_question_in_vietnamese_under_the_vietnamese_interface(page, url):
    page.get(url)
    one(page, "#language").click()
    until(page, lambda p: one(p, ".tabs a[data-view=ask]").text == "Hỏi", "the interface is Vietnamese")
    box = one(page, "#q")
    box.send_keys(VIETNAMESE)
    box.submit()
    assert "Sở Thông tin và Truyền thông chủ trì" in one(page, "#answer-text").text
    assert page.find_element(By.TAG_NAME, "html").get_attribute("lang") == "vi"
    assert texts(page, ".results .chip") == ["chủ trì"]


def test_an_evidence_link_leads_to_the_highlighted_sentence_in_the_plan(page, url):
    ask(page, url, ENGLISH)
    one(page, ".evidence header .address").click()
    here = one(page, ".plan-body .statement.here")
    assert here.get_attribute("id") == "s-E.III.2"
    assert "Trung tâm Xúc tiến đầu tư" in here.text
    top = page.execute_script("return arguments[0].getBoundingClientRect().top", here)
    assert 0 <= top < page.execute_script("return innerHeight")
    assert page.execute_script("return document.activeElement.id") == "s-E.III.2"


def test_an_interpretation_is_put_right(page, url):
    ask(page, url, "Sở Xây dựng chủ trì việc gì?")
    before = texts(page, ".results .address")
    one(page, ".correction summary").click()
    Select(one(page, ".correct select[name=agency]")).select_by_visible_text("Department of Health")
    Select(one(page, ".correct select[name=role]")).select_by_visible_text("any role")
    one(page, ".correct button").click()
    until(page, lambda p: texts(p, ".results .address") == ["E.V.5"], "the tasks of the other agency")
    assert before != ["E.V.5"]
    assert "as=" in page.current_url
    page.back()
    until(page, lambda p: texts(p, ".results .address") == before, "the first answer is back")


def test_an_alternative_is_a_link(page, url):
    ask(page, url, ENGLISH)
    one(page, ".correction summary").click()
    page.find_element(By.LINK_TEXT, "the documents").click()
    until(page, lambda p: "Documents on" in one(p, "#answer-text").text, "the documents")


def test_the_network_is_filtered(page, url):
    page.get(f"{url}/#/network?collectives=1")
    one(page, "svg.graph")
    lines = len(page.find_elements(By.CSS_SELECTOR, "svg.graph .edge"))
    one(page, "input[type=range]").send_keys(Keys.ARROW_RIGHT)
    until(page, lambda p: 0 < len(p.find_elements(By.CSS_SELECTOR, "svg.graph .edge")) < lines, "fewer lines")
    assert "weight=2" in page.current_url
    page.refresh()
    until(page, lambda p: one(p, ".filters output").text == "2", "the filter is kept")


def test_the_matrix_leads_to_the_statements(page, url):
    page.get(f"{url}/#/matrix")
    cell = one(page, ".matrix .cell a")
    count = int(cell.text.rstrip("*"))
    cell.click()
    until(page, lambda p: texts(p, ".filters .faint") == [f"{count} statements"], "as many statements as the cell says")


def test_the_plan_is_filtered_by_document_and_topic(page, url):
    page.get(f"{url}/#/plan")
    one(page, ".plan-body .statement")
    Select(one(page, "select[name=due]")).select_by_visible_text("With a deadline")
    until(page, lambda p: texts(p, ".plan-body .statement header .address") == ["G"], "what has a deadline")
    Select(one(page, "select[name=due]")).select_by_index(0)
    Select(one(page, "select[name=topic]")).select_by_visible_text("digital transformation")
    until(page, lambda p: "E.V.2" in texts(p, ".plan-body .statement header .address"), "the topic's statements")
    assert "topic=" in page.current_url


def test_a_query_is_run_in_the_sparql_tab(page, url):
    page.get(f"{url}/#/sparql")
    one(page, ".editor .CodeMirror")
    Select(one(page, "select[name=example]")).select_by_index(1)
    until(page, lambda p: p.find_elements(By.CSS_SELECTOR, ".output tbody tr"), "rows")
    assert "role" in texts(page, ".output th")
    page.execute_script("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT WHERE')")
    page.find_element(By.XPATH, "//button[text()='Run']").click()
    assert "malformed" in one(page, ".output .problem").text


@pytest.mark.parametrize(
    ("link", "selector", "said"),
    [
        (f"/?{urlencode({'q': ENGLISH})}", "#answer-text", "Investment promotion"),
        (f"/#/ask?{urlencode({'q': VIETNAMESE})}", "#answer-text", "Chuyển đổi số"),
        ("/#/plan/thanh-hoa-2023/E.V.2", ".statement.here", "chuyển đổi số"),
        ("/#/agency/thanh-hoa/so-tai-chinh", "h1", "Department of Finance"),
        ("/#/agencies?sort=leads", "th[aria-sort=descending]", "leads"),
        (f"/#/sparql?{urlencode({'query': 'ASK { ?a kgp:leads ?s }'})}", ".verdict", "Yes"),
    ],
)
def test_a_shared_link_opens_what_was_seen(page, url, link, selector, said):
    page.get(url + link)
    until(page, lambda p: said in " ".join(texts(p, selector)), said)


def test_what_the_plan_does_not_answer_and_what_is_not_there_are_said(page, url):
    ask(page, url, "Ai chủ trì phóng vệ tinh?")
    assert "abstained" in one(page, ".answer").get_attribute("class")
    assert texts(page, ".panel .statement .address")
    page.get(f"{url}/#/agency/thanh-hoa/so-giac-mo")
    assert one(page, "[role=alert]").text
    wrong = urlencode({"q": "Ai?", "as": '{"role": "boss"}'})
    page.get(f"{url}/#/ask?{wrong}")
    assert "use one of" in one(page, "[role=alert]").text


def test_a_server_that_is_gone_is_said(page, url):
    page.get(url)
    one(page, "#q")
    page.execute_script("window.fetch = () => Promise.reject(new TypeError('Failed to fetch'))")
    box = one(page, "#q")
    box.send_keys("Ai?")
    box.submit()
    assert one(page, "[role=alert]").text


def test_a_narrow_screen_needs_no_sideways_scrolling(page, url):
    page.set_window_size(500, 900)
    for link in (
        "/",
        f"/#/ask?{urlencode({'q': ENGLISH})}",
        "/#/plan",
        "/#/agencies",
        "/#/matrix",
        "/#/network",
        "/#/sparql",
    ):
        page.get(url + link)
        page.refresh()
        one(page, "main h1")
        settled(page)
        assert page.execute_script("return document.documentElement.scrollWidth <= innerWidth"), link


def test_the_keyboard_is_enough(page, url):
    page.get(f"{url}/#/agencies")
    one(page, "table.data")
    keys = ActionChains(page)
    keys.send_keys(Keys.TAB).perform()
    assert page.execute_script("return document.activeElement.className") == "skip"
    page.get(url)
    page.refresh()
    one(page, "#q")
    until(page, lambda p: p.execute_script("return document.activeElement.id") == "q", "the box has the focus")
    keys.send_keys(VIETNAMESE, Keys.ENTER).perform()
    one(page, ".answer")
    for _ in range(30):
        keys.send_keys(Keys.TAB).perform()
        if page.execute_script("return document.activeElement.closest('.evidence') !== null"):
            break
    keys.send_keys(Keys.ENTER).perform()
    one(page, ".statement.here")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "link",
    [
        "/",
        f"/#/ask?q={quote(ENGLISH)}",
        f"/#/ask?q={quote('Ai chủ trì phóng vệ tinh?')}",
        "/#/plan",
        "/#/agencies",
        "/#/agency/thanh-hoa/so-tai-chinh",
        "/#/matrix",
        "/#/network",
        "/#/sparql?query=SELECT%20*%20WHERE%20%7B%20%3Fa%20kgp%3Aleads%20%3Fs%20%7D%20LIMIT%203",
    ],
)
def test_nothing_serious_stands_in_the_way_of_anyone(page, url, link, theme):
    page.execute_script(f"localStorage.setItem('theme', '{theme}')")
    page.get(url + link)
    page.refresh()
    one(page, "main h1")
    settled(page)
    if "ask?" in link:
        one(page, ".answer")
    if "sparql" in link:
        one(page, ".output tbody tr")
    page.execute_script(AXE_FILE_PATH.read_text("utf-8"))
    found = page.execute_async_script(
        "const done = arguments[0];"
        "axe.run().then((found) => done(found.violations.map((v) => [v.id, v.impact, v.nodes[0].html])))"
    )
    assert [f for f in found if f[1] in ("serious", "critical")] == []


def test_nothing_is_loaded_from_elsewhere(page, url):
    for link in ("/", "/#/network", "/#/sparql"):
        page.get(url + link)
        page.refresh()
        one(page, "main h1")
        settled(page)
        names = page.execute_script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
        assert names
        assert [name for name in names if not name.startswith((url, "data:"))] == []
