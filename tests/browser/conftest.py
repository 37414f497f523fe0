"""Running services and headless Chromium, each once a process; without Chromium the tests are skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from served import served

import kgplan

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
HOSTILE = """KẾ HOẠCH
Phát triển du lịch năm 2031 <script>document.title = 'run'</script>

II. NHIỆM VỤ "><svg onload="document.title = 'run'">
1. 🌿🌿🌿 Tăng cường quảng bá 📈: Sở Du lịch <img src=x onerror="document.title = 'run'"> chủ trì.
2. Sở Tài chính chủ trì bố trí kinh phí quảng bá du lịch trước ngày 30/6/2031.
"""
"""A plan whose text holds markup, and characters that JavaScript counts as two."""
PLANS = Path(__file__).resolve().parents[1] / "gold" / "plans"


@pytest.fixture(scope="session")
def url(chromium: webdriver.Chrome) -> Iterator[str]:
    """Where the service answers from the built-in plan."""
    with served() as (_, found):
        yield found


@pytest.fixture(scope="session")
def several(chromium: webdriver.Chrome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a service answers from three plans: of a ministry, of a province, and a hostile one."""
    folder = tmp_path_factory.mktemp("several")
    hostile = folder / "hostile.txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    files = [PLANS / "an-toan-thuc-pham-2025.txt", PLANS / "lam-giang-2024.txt", hostile]
    corpus = folder / "corpus"
    command = [sys.executable, "-m", "kgplan.cli", "build", *map(str, files), "-o", str(corpus)]
    subprocess.run(command, check=True, capture_output=True)
    with served("--corpus", str(corpus)) as (_, found):
        yield found


PLAN = """KẾ HOẠCH
Phát triển kinh tế biển tỉnh Quảng Ninh năm {year}

I. MỤC TIÊU
1. Tốc độ tăng trưởng kinh tế biển đạt {growth}%.

II. NHIỆM VỤ
1. {agency} chủ trì, phối hợp với Sở Tài chính xây dựng đề án du lịch biển đảo trước ngày 30/6/2031.
"""
MORE = "2. Giao Sở Y tế khám sức khỏe cho ngư dân theo Nghị quyết số 15/NQ-HĐND ngày 10/12/2030.\n"


@pytest.fixture(scope="session")
def two_plans(chromium: webdriver.Chrome, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a service answers from two plans of a province: the second has another lead and one task more."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "a.txt").write_text(PLAN.format(year=2030, growth=9, agency="Sở Du lịch"), "utf-8")
    (folder / "b.txt").write_text(PLAN.format(year=2031, growth=10, agency="Sở Công Thương") + MORE, "utf-8")
    kgplan.build_corpus([folder / "a.txt", folder / "b.txt"], folder / "corpus")
    with served("--corpus", str(folder / "corpus")) as (_, found):
        yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    """The browser."""
    if not (CHROMIUM and DRIVER):
        if os.environ.get("KGPLAN_BROWSER") == "required":
            pytest.fail("KGPLAN_BROWSER=required, and chromium or chromedriver is not installed")
        pytest.skip("chromium and chromedriver are not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_page_load_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture
def page(chromium: webdriver.Chrome, url: str) -> Iterator[webdriver.Chrome]:
    """The browser with nothing kept, on a wide screen; what the page logs as severe fails the test."""
    yield from _fresh(chromium, url)


@pytest.fixture
def page_of_several(chromium: webdriver.Chrome, several: str) -> Iterator[webdriver.Chrome]:
    """The same on the service of several plans."""
    yield from _fresh(chromium, several)


@pytest.fixture
def page_of_two(chromium: webdriver.Chrome, two_plans: str) -> Iterator[webdriver.Chrome]:
    """The same on the service of two plans of one province."""
    yield from _fresh(chromium, two_plans)


def _fresh(chromium: webdriver.Chrome, url: str) -> Iterator[webdriver.Chrome]:
    chromium.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chromium.set_window_size(1300, 1000)
    chromium.get(f"{url}/health")
    chromium.execute_script("localStorage.clear(); localStorage.setItem('language', 'en')")
    chromium.get_log("browser")
    yield chromium
    severe = [entry["message"] for entry in chromium.get_log("browser") if entry["level"] == "SEVERE"]
    assert [m for m in severe if "the server responded with a status of" not in m] == []
