"""Asking on the page, in a real browser: the answer, its evidence, and readings put right."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from driving import ABSTAINED, ENGLISH, VIETNAMESE, ask, choose, go, one, settled, shows, texts, until
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By

BOARD = "Management Board of Nghi Son Economic Zone and Industrial Parks"


def test_a_question_in_english_shows_roles_and_the_sentence(page, url):
    ask(page, url, ENGLISH)
    assert "Investment promotion" in one(page, "#answer-text").text
    assert BOARD in texts(page, ".results .what a")
    assert set(texts(page, ".results .chip")) == {"shares"}
    assert "E.III.2" in texts(page, ".evidence .address")
    assert "Sở Kế hoạch và Đầu tư" in texts(page, ".evidence mark.role-shares")


def test_a_question_in_vietnamese_under_the_vietnamese_interface(page, url):
    page.get(url)
    one(page, "#language").click()
    shows(page, ".tabs a[data-view=ask]", ["Hỏi"])
    box = one(page, "#q")
    box.send_keys(VIETNAMESE)
    box.submit()
    shows(page, "#answer-text", "Sở Thông tin và Truyền thông chủ trì")
    assert page.find_element(By.TAG_NAME, "html").get_attribute("lang") == "vi"
    assert texts(page, ".results .chip") == ["chủ trì"]


def test_the_examples_are_of_the_corpus_and_are_answered(page, url):
    go(page, url)
    examples = page.find_elements(By.CSS_SELECTOR, ".hero .example")
    assert {example.get_attribute("lang") for example in examples} == {"en", "vi"}
    links = [example.get_attribute("href") for example in examples]
    for link in links:
        go(page, link)
        assert "answered" in one(page, ".answer").get_attribute("class"), link


def test_an_evidence_link_leads_to_the_highlighted_sentence_in_the_plan(page, url):
    ask(page, url, ENGLISH)
    one(page, ".evidence header .address").click()
    here = one(page, ".plan-body .statement.here")
    assert here.get_attribute("id") == "s-E.III.2"
    assert "Trung tâm Xúc tiến đầu tư" in here.text
    top = page.execute_script("return arguments[0].getBoundingClientRect().top", here)
    assert 0 <= top < page.execute_script("return innerHeight")
    assert page.execute_script("return document.activeElement.id") == "s-E.III.2"


def test_the_sentence_is_highlighted_where_it_stands_in_the_full_text(page, url):
    ask(page, url, ENGLISH)
    quoted = texts(page, ".evidence blockquote")
    page.find_element(By.LINK_TEXT, "Read in the full text").click()
    one(page, ".fulltext .sentence")
    assert texts(page, ".fulltext .sentence") == quoted
    script = "return fetch('/plans/thanh-hoa-2023/text').then((r) => r.text())"
    squeezed = "".join(page.execute_script(script).split())
    shown = page.execute_script(
        "const copy = document.querySelector('.fulltext').cloneNode(true);"
        "copy.querySelectorAll('a.address').forEach((a) => a.remove()); return copy.textContent"
    )
    assert "".join(shown.split()) == squeezed


def test_a_reading_is_put_right_in_the_form(page, url):
    ask(page, url, "Sở Xây dựng chủ trì việc gì?")
    before = texts(page, ".results .address")
    one(page, ".correction summary").click()
    choose(page, "agency", "Department of Health")
    choose(page, "role", "any role")
    one(page, ".correct button").click()
    shows(page, ".results .address", ["E.V.5"])
    assert before != ["E.V.5"]
    assert "as=" in page.current_url
    page.refresh()
    shows(page, ".results .address", ["E.V.5"])
    page.back()
    shows(page, ".results .address", before)


def test_a_chip_of_the_reading_is_taken_away(page, url):
    ask(page, url, "Sở Công Thương chủ trì việc gì về công nghiệp?")
    before = texts(page, ".results .address")
    assert texts(page, ".pill[data-field=agency]")[0].startswith("Agency: Department of Industry and Trade")
    one(page, ".pill[data-field=topic] a").click()
    until(page, lambda p: not texts(p, ".pill[data-field=topic]") and texts(p, ".results .address"), "no topic")
    assert set(texts(page, ".results .address")) > set(before)
    page.find_element(By.LINK_TEXT, "Back to the question as asked").click()
    shows(page, ".results .address", before)


def test_a_document_and_an_alternative_are_chosen(page, url):
    ask(page, url, ENGLISH)
    page.find_element(By.LINK_TEXT, "the documents").click()
    shows(page, "#answer-text", "Documents on")
    one(page, ".correction summary").click()
    choose(page, "intent", "tasks")
    choose(page, "document", "Nghị quyết 06-NQ/TU")
    topic = one(page, ".correct input[name=topic]")
    topic.clear()
    one(page, ".correct button").click()
    shows(page, ".results .address", ["E.V.2"])


def test_what_the_plan_does_not_answer_is_said_with_what_is_nearest(page, url):
    ask(page, url, ABSTAINED)
    assert "abstained" in one(page, ".answer").get_attribute("class")
    assert texts(page, ".panel .statement .address")
    assert texts(page, ".results") == []


def test_the_network_around_an_answer_is_drawn_when_it_is_opened(page, url):
    ask(page, url, ENGLISH)
    assert "cytoscape" not in page.execute_script("return Object.keys(window)")
    one(page, ".around summary").click()
    until(
        page, lambda p: p.execute_script("return document.querySelector('.stage')?.dataset.links") == "6", "the figure"
    )
    page.find_element(By.LINK_TEXT, "See the coordination network").click()
    shows(page, "#chosen", ["Provincial Centre for Investment, Trade and Tourism Promotion"])


def test_a_citation_and_the_link_are_copied(page, url):
    ask(page, url, ENGLISH)
    page.execute_script(
        "window.copied = []; navigator.clipboard.writeText = async (text) => { window.copied.push(text); }"
    )
    one(page, ".evidence header button").click()
    page.find_element(By.XPATH, "//button[text()='Copy link']").click()
    citation, link = until(page, lambda p: len(c := p.execute_script("return copied")) == 2 and c, "two texts")
    assert texts(page, ".evidence blockquote")[0] in citation
    assert "năm 2023, E.III.2." in citation
    assert f"{url}/?lang=en#/plan/thanh-hoa-2023/E.III.2" in citation
    assert link == page.current_url


def test_a_question_in_two_clauses_is_answered_part_by_part(page, url):
    go(page, f"{url}/#/ask?{urlencode({'q': 'Who leads digital transformation and under which documents?'})}")
    assert [text.removeprefix("✓ ") for text in texts(page, ".part > .state")] == [
        "Part 1: agencies",
        "Part 2: documents",
    ]
    agencies, documents = page.find_elements(By.CSS_SELECTOR, ".part")
    assert agencies.find_element(By.CSS_SELECTOR, ".what a").text == "Department of Information and Communications"
    link = documents.find_element(By.CSS_SELECTOR, ".what a")
    assert link.text == "Nghị quyết số 06-NQ/TU"
    link.click()
    shows(page, "h1", ["Nghị quyết 06-NQ/TU"])


def test_a_part_without_an_answer_is_said_to_have_none(page, url):
    go(page, f"{url}/#/ask?{urlencode({'q': 'Who leads digital transformation and who leads the metro?'})}")
    answered, declined = texts(page, ".part > .state")
    assert "does not answer" in declined
    assert "does not answer" not in answered


def test_who_does_it_now_is_told_from_the_plan_to_today(page, url):
    go(page, f"{url}/#/ask?{urlencode({'q': 'Who leads digital transformation now?'})}")
    named, event, now = texts(page, ".chain li")
    assert named.startswith("Sở Thông tin và Truyền thông in the plan")
    assert event.startswith("merged Nghị định 45/2025/NĐ-CP, 1 March 2025")
    assert now.startswith("Department of Science and Technology today")


def test_where_copying_is_refused_the_text_is_shown(page, url):
    ask(page, url, ENGLISH)
    page.execute_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    one(page, ".evidence header button").click()
    assert "E.III.2" in one(page, ".copy textarea").get_attribute("value")


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_results_are_saved(page, url, kind):
    ask(page, url, ENGLISH)
    page.execute_script(
        "window.saved = []; URL.createObjectURL = (blob) => { blob.text().then((t) => saved.push(t)); return 'data:,' }"
    )
    page.find_element(By.XPATH, f"//*[@class='tools']//button[text()='Save {kind.upper()}']").click()
    (text,) = until(page, lambda p: p.execute_script("return saved"), "the file")
    if kind == "json":
        assert json.loads(text)["status"] == "answered"
    else:
        head, first, *_ = text.lstrip("\ufeff").split("\r\n")
        assert head.startswith("iri,type,label_vi,label_en,role")
        assert "E.III.2" in first


def test_the_keyboard_is_enough_to_ask_and_to_read(page, url):
    go(page, f"{url}/#/agencies")
    keys = ActionChains(page)
    keys.send_keys(Keys.TAB).perform()
    assert page.execute_script("return document.activeElement.className") == "skip"
    keys.send_keys(Keys.ENTER).perform()
    assert page.execute_script("return document.activeElement.id") == "main"
    assert page.current_url.endswith("#/agencies")
    go(page, url)
    until(page, lambda p: p.execute_script("return document.activeElement.id") == "q", "the box has the focus")
    keys.send_keys(VIETNAMESE, Keys.ENTER).perform()
    one(page, ".answer")
    settled(page)
    for _ in range(60):
        keys.send_keys(Keys.TAB).perform()
        if page.execute_script("return document.activeElement.closest('.evidence') !== null"):
            break
    keys.send_keys(Keys.ENTER).perform()
    one(page, ".statement.here")


def test_a_link_from_elsewhere_asks_at_once(page, url):
    page.get(f"{url}/?{urlencode({'q': ENGLISH})}")
    shows(page, "#answer-text", "Investment promotion")
    page.get(f"{url}/#/ask?{urlencode({'q': VIETNAMESE})}")
    shows(page, "#answer-text", "Chuyển đổi số")
    page.back()
    shows(page, "#answer-text", "Investment promotion")
    assert page.title.startswith(ENGLISH)
