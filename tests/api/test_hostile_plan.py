"""A plan whose text holds markup: it is shown as text, and no response lets it run."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient
from kgplan.api.app import create_app

import kgplan
from kgplan.rdf.export import export_tables

SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://evil.example","Sở Tài chính")'
PLAN = f"""KẾ HOẠCH
Phát triển du lịch năm 2031 {SCRIPT}

I. MỤC TIÊU {SCRIPT}
1. Đón 100 nghìn lượt khách {SCRIPT}<img src=x onerror=alert(2)>.

II. NHIỆM VỤ "><svg onload=alert(3)>
1. Sở Du lịch {SCRIPT} chủ trì, phối hợp với Sở Tài chính quảng bá du lịch theo Quyết định số 12/QĐ-UBND{SCRIPT}.
2. {FORMULA} báo cáo UBND tỉnh.
"""
MARKUP = ("<script>alert", "<img src=x", "<svg onload")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    return kgplan.build_corpus([folder / "plan.txt"], folder / "corpus")


@pytest.fixture(scope="module")
def client(corpus):
    with TestClient(create_app(corpus)) as client:
        yield client


def paths(client):
    plan = client.get("/plans").json()["items"][0]
    yield from (
        "/",
        "/docs",
        "/plans",
        f"/plans/{plan['id']}",
        f"/plans/{plan['id']}/text",
        "/search?q=du%20l%E1%BB%8Bch",
    )
    yield from ("/statements", "/statements?format=csv", "/matrix", "/network", "/agencies", "/documents", "/ns")
    yield f"/plans/{SCRIPT}"
    yield f"/search?q={SCRIPT}"
    subjects = client.get("/sparql", params={"query": "SELECT DISTINCT ?s WHERE { ?s ?p ?o }"}).json()
    for row in subjects["results"]["bindings"]:
        iri = row["s"]["value"]
        if "/id/" in iri and "#" not in iri:
            yield "/id/" + iri.partition("/id/")[2]


def test_markup_of_a_plan_never_reaches_a_browser_as_markup(client):
    seen = shown = 0
    for path in paths(client):
        response = client.get(path, headers={"accept": "text/html,*/*;q=0.1"})
        assert response.status_code in (200, 404), path
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        if response.headers["content-type"].startswith(("text/html", "image/svg", "application/xhtml")):
            seen += 1
            shown += "&lt;script&gt;" in response.text
            assert not any(mark in response.text for mark in MARKUP), path
    assert seen > 3
    assert shown  # a page that shows the text, so that the test would see it unescaped


def test_the_text_is_given_as_it_is_where_nothing_runs(client):
    plan = client.get("/plans").json()["items"][0]["id"]
    assert SCRIPT in client.get(f"/plans/{plan}/text").text
    assert any(SCRIPT in item["text"] for item in client.get("/statements").json()["items"])


def test_no_cell_of_a_table_runs_in_a_spreadsheet(client, corpus):
    shown = client.get("/statements", params={"format": "csv"}).text
    exported = "".join(export_tables(corpus.plans).values())
    for table in (shown, exported):
        cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
        assert any(cell.startswith("'=HYPERLINK") for cell in cells)
        assert not any(len(cell) > 1 and cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert any(item["text"].startswith(FORMULA) for item in client.get("/statements").json()["items"])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
def test_nothing_can_be_written(client, method):
    for path in ("/plans", "/plans/x", "/statements", "/agencies", "/matrix", "/network", "/static/app.js", "/"):
        response = client.request(method, path, json={"a": 1})
        assert response.status_code == 405
        assert response.headers["content-type"] == "application/problem+json"
        assert "GET" in response.headers["allow"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/static//etc/passwd",
        "/plans/..%2f..%2fetc%2fpasswd",
        "/plans/%2e%2e/text",
    ],
)
def test_no_path_leads_out(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "root:" not in response.text
    assert "FastAPI" not in response.text
