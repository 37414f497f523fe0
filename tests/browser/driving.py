"""What the tests of the page do again and again. Every wait is for something that is seen, up to a guard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select, WebDriverWait

GUARD = 30
"""Seconds after which a test gives up; nothing is as slow as that."""

ENGLISH = "which units coordinate on investment promotion"
VIETNAMESE = "Ai chủ trì chuyển đổi số?"
ABSTAINED = "Bộ Giấc mơ chủ trì việc gì?"


def until(page: WebDriver, found: Callable[[WebDriver], Any], what: str) -> Any:
    wait = WebDriverWait(page, GUARD, poll_frequency=0.1, ignored_exceptions=[StaleElementReferenceException])
    return wait.until(found, what)


def one(page: WebDriver, selector: str) -> WebElement:
    """The first element that is seen."""
    element: WebElement = until(
        page,
        lambda p: next((e for e in p.find_elements(By.CSS_SELECTOR, selector) if e.is_displayed()), None),
        selector,
    )
    return element


def texts(page: WebDriver, selector: str) -> list[str]:
    """The texts of all that fit, read at one moment."""
    script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.trim())"
    found: list[str] = page.execute_script(script, selector)
    return found


def go(page: WebDriver, address: str) -> None:
    """Open an address anew, even when only what stands behind # differs, and wait for the view."""
    page.get("about:blank")
    page.get(address)
    settled(page)


def settled(page: WebDriver) -> None:
    """The view is drawn, whole."""
    script = "const m = document.querySelector('main'); return m && m.children.length && !m.hasAttribute('aria-busy')"
    until(page, lambda p: p.execute_script(script), "the view is drawn")


def ask(page: WebDriver, url: str, question: str) -> None:
    page.get(url)
    box = one(page, "#q")
    box.send_keys(question)
    box.submit()
    one(page, ".answer")
    settled(page)


def choose(page: WebDriver, name: str, text: str) -> None:
    Select(one(page, f"select[name={name}]")).select_by_visible_text(text)


def shows(page: WebDriver, selector: str, expected: object) -> None:
    """Wait until the texts are those expected, or one of them holds the text expected."""
    if isinstance(expected, str):
        until(page, lambda p: any(expected in text for text in texts(p, selector)), f"{selector} shows {expected}")
    else:
        until(page, lambda p: texts(p, selector) == expected, f"{selector} shows {expected}")


def links_of(page: WebDriver) -> str:
    """How many links the figure of a network shows, when it is drawn."""
    script = "return document.querySelector('.stage')?.dataset.links"
    found: str = until(page, lambda p: p.execute_script(script), "a figure")
    return found
