"""The site is built without a warning, and loads nothing from other hosts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pages import ELSEWHERE, ROOT

LOADING = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}


class Loaded(HTMLParser):
    """The addresses from which a page loads something."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get(LOADING.get(tag, ""))
        if address and not (tag == "link" and ("rel", "canonical") in attrs):
            self.addresses.append(address)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(place)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert built.returncode == 0, built.stderr
    return place


def test_every_page_is_built_and_loads_only_what_the_site_holds(site):
    pages = [page for page in site.rglob("*.html") if page.name != "404.html"]
    assert len(pages) > 15
    for page in pages:
        loaded = Loaded()
        loaded.feed(page.read_text(encoding="utf-8"))
        for address in loaded.addresses:
            assert (page.parent / address.split("#")[0].split("?")[0]).exists(), f"{page.name} loads {address}"


def test_styles_load_nothing_from_other_hosts(site):
    for style in site.rglob("*.css"):
        assert not re.findall(r"(?:url\(|@import )[\"']?(?:https?:)?//", style.read_text(encoding="utf-8")), style.name


def test_the_reference_of_python_shows_no_raw_markup(site):
    shown = (site / "api.html").read_text(encoding="utf-8")
    assert "open_corpus" in shown
    assert not re.search(r":(class|func|meth|mod|data):", shown)


@pytest.mark.parametrize("page", [ROOT / "README.md", *ELSEWHERE], ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_beside_the_site_leads_somewhere(page):
    """Those of the site's own pages are checked when it is built."""
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text(encoding="utf-8")):
        place, _, anchor = target.partition("#")
        aim = page.parent / place if place else page
        assert aim.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", aim.read_text(encoding="utf-8").lower(), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}, target
