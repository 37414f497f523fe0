"""The plan, agencies, documents, the matrix, the network and SPARQL on the page, in a real browser."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from driving import choose, go, links_of, one, settled, shows, texts, until
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By

ADDRESSES = ".plan-body .statement header .address"


def test_the_plan_is_filtered_and_the_filters_are_shared(page, url):
    go(page, f"{url}/#/plan")
    choose(page, "due", "With a deadline")
    shows(page, ADDRESSES, ["G"])
    page.find_element(By.LINK_TEXT, "Clear filters").click()
    until(page, lambda p: len(texts(p, ADDRESSES)) == 56, "all statements")
    choose(page, "agency", "Department of Finance")
    shows(page, ADDRESSES, ["E.I.2", "E.III.4.a"])
    choose(page, "document", "Nghị quyết 37/2021/QH15")
    shows(page, ADDRESSES, ["E.I.2"])
    page.refresh()
    shows(page, ADDRESSES, ["E.I.2"])
    choose(page, "role", "coordinates")
    shows(page, ".plan-body", "No statement passes")
    go(page, f"{url}/#/plan/thanh-hoa-2023?{urlencode({'topic': 'digital-transformation'})}")
    assert "E.V.2" in texts(page, ADDRESSES)
    one(page, "input[name=text]").send_keys("thong tin va truyen thong")
    shows(page, ADDRESSES, ["E.V.2"])


def test_what_is_measured_and_due_is_said_in_words(page, url):
    go(page, f"{url}/#/plan/thanh-hoa-2023/C")
    assert "≥ 11%" in one(page, ".statement.here .facts").text
    go(page, f"{url}/#/statements?{urlencode({'before': '2023-01-31', 'section': 'G'})}")
    assert texts(page, ".pill") == ["section G", "Due by 31 January 2023"]


def test_the_outline_leads_to_a_heading(page, url):
    go(page, f"{url}/#/plan")
    page.find_element(By.CSS_SELECTOR, ".outline a[href$='E.III']").click()
    here = one(page, ".plan-heading.here")
    assert here.get_attribute("id") == "h-E.III"


def test_an_agency_shows_its_work_its_partners_and_its_documents(page, url):
    go(page, f"{url}/#/agencies?sort=leads")
    assert texts(page, "th[aria-sort=descending]")[0].startswith("leads")
    page.find_element(By.LINK_TEXT, "Department of Finance").click()
    shows(page, "h1", ["Department of Finance"])
    assert texts(page, ".refs .address") == ["E.I.2", "E.III.4.a"]
    partners = {row.split("\t")[0]: row.split("\t")[1:] for row in texts(page, "tbody tr")}
    assert partners["Ministry of Finance"] == ["1", "E.I.2"]
    assert "Provincial Tax Department" in partners
    assert any("Sở Kế hoạch và Đầu tư merged" in text for text in texts(page, ".changes li"))
    page.find_element(By.LINK_TEXT, "Nghị quyết 37/2021/QH15").click()
    shows(page, "h1", ["Nghị quyết 37/2021/QH15"])
    assert next(row.split("\t")[:3] for row in texts(page, "tbody tr")) == ["leads", "Department of Finance", "E.I.2"]
    assert texts(page, ".statement header .address") == ["E.I.2"]
    page.back()
    shows(page, "h1", ["Department of Finance"])


def test_an_agency_shows_what_is_due_and_one_that_came_later_whom_it_replaced(page, url):
    go(page, f"{url}/#/agency/thanh-hoa/cac-so-ban-nganh-don-vi-cap-tinh")
    assert any("15 January 2023" in text for text in texts(page, ".deadlines li"))
    go(page, f"{url}/#/agency/thanh-hoa/so-nong-nghiep-va-moi-truong")
    assert "gives this agency a role" in one(page, ".empty").text
    assert any("Sở Tài nguyên và Môi trường merged" in text for text in texts(page, ".changes li"))


def test_words_are_searched_for_in_the_statements(page, url):
    go(page, f"{url}/#/search")
    box = one(page, "#search-words")
    box.send_keys("du an chuyen doi so")
    box.submit()
    until(page, lambda p: texts(p, ".statement header .address")[:1] == ["E.V.2"], "the closest statement first")
    closest = one(page, ".statement")
    assert "Department of Information and Communications" in closest.text
    assert "Closeness 0." in closest.text
    one(page, ".statement header .address").click()
    one(page, ".statement.here")


def test_without_words_a_search_offers_the_policy_fields(page, url):
    go(page, f"{url}/#/search")
    page.find_element(By.LINK_TEXT, "digital transformation").click()
    shows(page, ".statement header .address", ["D.7", "E.V.2"])
    shows(page, ".pill", ["digital transformation"])


def test_the_statements_that_filters_choose_have_a_url(page, url):
    go(page, f"{url}/#/statements?{urlencode({'agency': 'thanh-hoa/so-tai-chinh', 'role': 'leads'})}")
    assert texts(page, ".statement header .address") == ["E.I.2", "E.III.4.a"]
    assert texts(page, ".pill") == ["Department of Finance", "leads"]
    shows(page, ".count", ["2 statements"])


def test_two_plans_are_compared(page_of_two, two_plans):
    page = page_of_two
    go(page, two_plans)
    one(page, ".tabs a[data-view=compare]").click()
    shows(page, "h1", ["Compare"])
    settled(page)
    figures = dict(zip(texts(page, ".sums dt"), texts(page, ".sums dd"), strict=True))
    assert figures["Only in the second plan"] == "1"
    assert figures["Another agency leads"] == "1"
    said = one(page, "main").text
    assert "− Sở Du lịch; + Sở Công Thương" in said
    assert "khám sức khỏe cho ngư dân" in said
    choose(page, "a", page.execute_script("return document.querySelector('select[name=b]').selectedOptions[0].text"))
    until(page, lambda p: "a=b" in p.current_url, "the URL names the plan")
    go(page, f"{two_plans}/#/compare?a=b&b=a")
    assert "− Sở Công Thương; + Sở Du lịch" in one(page, "main").text


def test_one_plan_alone_is_not_compared(page, url):
    go(page, f"{url}/#/compare")
    assert "needs two" in one(page, ".empty").text
    assert not page.find_element(By.CSS_SELECTOR, ".tabs a[data-view=compare]").is_displayed()


def test_the_matrix_leads_to_the_statements(page, url):
    go(page, f"{url}/#/matrix")
    cell = one(page, ".matrix .cell a")
    count = int(cell.text.rstrip("★"))
    cell.click()
    shows(page, ".tools .count", f"{count} statement")
    assert len(texts(page, ADDRESSES)) == count


def test_a_query_is_run_in_the_sparql_tab(page, url):
    go(page, f"{url}/#/sparql")
    one(page, ".editor .CodeMirror")
    page.execute_script(
        "const s = document.querySelector('select[name=example]'); s.selectedIndex = 1;"
        "s.dispatchEvent(new Event('change'))"
    )
    until(page, lambda p: texts(p, ".output tbody tr"), "rows")
    assert "role" in texts(page, ".output th")
    write = "document.querySelector('.CodeMirror').CodeMirror.setValue(arguments[0])"
    page.execute_script(write, "CONSTRUCT { ?a kgp:leads ?s } WHERE { ?a kgp:leads ?s }")
    one(page, ".run").click()
    shows(page, ".output pre", "kgp:leads")
    page.execute_script(write, "SELECT WHERE")
    one(page, ".run").click()
    shows(page, ".output .problem", "malformed")
    page.execute_script(write, "SELECT * WHERE { ?s kgp:nothing ?o }")
    one(page, ".run").click()
    shows(page, ".output .empty", "no row")


def test_the_editor_completes_from_the_graph_and_lets_the_keyboard_out(page, url):
    go(page, f"{url}/#/sparql")
    one(page, ".editor .CodeMirror")
    page.execute_script(
        "const editor = document.querySelector('.CodeMirror').CodeMirror;"
        "editor.setValue('PREFIX kgp: <https://w3id.org/kgplan/ns#>\\nSELECT * WHERE { ?a kgp:le');"
        "editor.focus(); editor.setCursor({ line: 1, ch: 99 })"
    )
    keys = ActionChains(page)
    keys.key_down(Keys.CONTROL).send_keys(Keys.SPACE).key_up(Keys.CONTROL).perform()
    value = "return document.querySelector('.CodeMirror').CodeMirror.getValue()"
    until(page, lambda p: "kgp:leads" in p.execute_script(value) or texts(p, ".CodeMirror-hints li"), "a completion")
    keys.send_keys(Keys.ESCAPE, Keys.TAB).perform()
    until(page, lambda p: p.execute_script("return document.activeElement.className") == "run", "the focus moves on")
    names = page.execute_script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert [name for name in names if not name.startswith((url, "data:"))] == []


@pytest.mark.parametrize(
    ("link", "selector", "said"),
    [
        ("/#/plan/thanh-hoa-2023/E.V.2", ".statement.here", "chuyển đổi số"),
        ("/#/plan/thanh-hoa-2023/E.V.2?view=text", ".fulltext .sentence", "chuyển đổi số"),
        ("/#/agency/thanh-hoa/so-tai-chinh", "h1", "Department of Finance"),
        ("/#/document/06-nq-tu", ".statement header .address", "E.V.2"),
        (f"/#/sparql?{urlencode({'query': 'ASK { ?a kgp:leads ?s }'})}", ".verdict", "Yes"),
        ("/#/nowhere", "h1", "Who does what"),
    ],
)
def test_a_shared_link_opens_what_was_seen(page, url, link, selector, said):
    page.get("about:blank")
    page.get(url + link)
    shows(page, selector, said)


def test_the_page_of_an_iri_leads_to_its_view(page, url):
    page.get(f"{url}/id/plan/thanh-hoa-2023/E.V.2")
    family = "return getComputedStyle(document.body).fontFamily"
    styled = page.execute_script(family)
    page.get(f"{url}/id/plan/thanh-hoa-2023/E.V.2")  # of which the browser has kept a copy
    assert page.execute_script(family) == styled != "Times New Roman"
    page.find_element(By.PARTIAL_LINK_TEXT, "Show in the plan").click()
    shows(page, ".statement.here", "chuyển đổi số")


def test_what_several_plans_say_is_kept_apart(page_of_several, several):
    page = page_of_several
    go(page, f"{several}/#/plan")
    assert len(texts(page, ".plans li")) == 3
    page.find_element(By.PARTIAL_LINK_TEXT, "148/KH-UBND").click()
    one(page, ".plan-body .statement")
    plans = page.execute_script(
        "return [...new Set([...document.querySelectorAll('.statement')].map((s) => s.dataset.plan))]"
    )
    assert plans == ["lam-giang-2024"]
    go(page, f"{several}/#/ask?{urlencode({'q': 'Which agencies lead?'})}")
    assert len(texts(page, ".of-plan .plan-name")) == 3
    chosen = page.execute_script("return document.querySelector('select[name=plan]').options[1].text")
    choose(page, "plan", chosen)
    until(page, lambda p: "plan=" in p.current_url and len(texts(p, ".of-plan")) == 1, "the answer of one plan")
    settled(page)
    go(page, f"{several}/#/agencies?plan=lam-giang-2024")
    of_one = len(texts(page, "tbody tr"))
    go(page, f"{several}/#/agencies")
    assert 0 < of_one < len(texts(page, "tbody tr"))
    go(page, f"{several}/#/network?plan=an-toan-thuc-pham-2025&collectives=1")
    of_one = int(links_of(page))
    go(page, f"{several}/#/network?collectives=1")
    assert 0 < of_one < int(links_of(page))
    go(page, f"{several}/#/matrix?plan=lam-giang-2024")
    assert texts(page, ".matrix .cell a")


def test_markup_in_a_plan_is_text_and_offsets_count_code_points(page_of_several, several):
    page = page_of_several
    for view in ("", "?view=text&mark=II.1,II.2"):
        go(page, f"{several}/#/plan/hostile{view}")
        words = page.execute_script("return document.querySelector('main').innerText")
        assert "<script>document.title = 'run'</script>" in words
        assert "<img src=x onerror=" in words
        assert texts(page, "main mark.role-leads")[-2:] == ["Sở Du lịch", "Sở Tài chính"]
        assert texts(page, "main mark.due")[-1].endswith("30/6/2031")
        assert page.execute_script("return document.querySelectorAll('main img, main script').length") == 0
        assert "run" not in page.title.split("<")[0]


def test_a_passage_that_is_no_statement_is_found_and_read_in_the_text(page_of_several, several):
    page = page_of_several
    go(page, f"{several}/#/search?{urlencode({'q': 'một số vụ ngộ độc tại bếp ăn đông người'})}")
    shows(page, ".statement header .address", "ctx.7")
    page.find_element(By.CSS_SELECTOR, ".statement[data-address='ctx.7'] header .address").click()
    shows(page, ".fulltext .sentence", "một số vụ ngộ độc")


def test_results_of_several_plans_name_the_plan_before_the_addresses(page_of_several, several):
    page = page_of_several
    go(page, f"{several}/#/ask?{urlencode({'q': 'Which agencies lead?'})}")
    assert "an-toan-thuc-pham-2025" in texts(page, ".results .where .faint")
    assert {"1.a", "1.b"} <= set(texts(page, ".results .address"))
    over = (
        "return [...document.querySelectorAll('.results > li')].some((row) => {"
        "const boxes = [...row.querySelectorAll('.what > *, .address')].map((one) => one.getBoundingClientRect());"
        "const [name, ...where] = boxes;"
        "return where.some((box) => box.left < name.right && box.right > name.left && box.top < name.bottom"
        " && box.bottom > name.top) })"
    )
    assert not page.execute_script(over)
