"""Lists: pages with links, CSV, statements chosen by what they say, counts of them, and plans compared."""

from __future__ import annotations

import csv
import io

import pytest
from fake_corpus import SHARED, TASK
from fastapi.testclient import TestClient
from kgplan.api.app import create_app

import kgplan

PLAN = "bien-xanh-2031"
AGENCY = "bien-xanh/so-thuy-san"


def rows(response):
    assert response.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


def addresses(client, **filters):
    response = client.get("/statements", params=filters)
    assert response.status_code == 200, response.text
    return [item["text"] for item in response.json()["items"]]


@pytest.mark.parametrize("path", ["/plans", "/agencies", "/documents", "/statements"])
def test_following_the_links_gives_every_item_once_and_leads_back(client, path):
    found, at = [], f"{path}?limit=1"
    while at:
        page = client.get(at).json()
        found += page["items"]
        last, at = at, page["next"]
    assert len(found) == page["total"] > 0
    assert found == client.get(path, params={"limit": 100}).json()["items"] + found[2:]
    while page["previous"]:
        page = client.get(page["previous"]).json()
    assert page["items"] == found[:1]
    assert last.startswith(path)


@pytest.mark.parametrize("path", ["/plans", "/agencies", "/documents", "/statements"])
def test_a_list_as_csv_by_parameter_and_by_header(client, path):
    by_parameter = client.get(path, params={"format": "csv", "limit": 1})
    by_header = client.get(path, params={"limit": 1}, headers={"accept": "text/csv"})
    assert rows(by_parameter) == rows(by_header)
    total = client.get(path).json()["total"]
    assert by_header.headers["x-total-count"] == str(total)
    assert ('rel="next"' in by_header.headers.get("link", "")) == (total > 1)


def test_an_empty_table_has_its_header(client):
    full = client.get("/statements", params={"format": "csv"}).text.splitlines()[0]
    assert client.get("/statements", params={"format": "csv", "section": "none"}).text.splitlines() == [full]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [TASK, SHARED]),
        ({"plan": PLAN, "agency": AGENCY, "role": "leads"}, [TASK]),
        ({"agency": AGENCY, "role": "coordinates"}, []),
        ({"role": "coordinates"}, [TASK]),
        ({"before": "2031-06-01"}, [TASK]),
        ({"before": "2031-05-31"}, []),
        ({"after": "2031-06-02"}, []),
        ({"section": "I"}, [TASK, SHARED]),
        ({"section": "II"}, []),
        ({"document": "no-such"}, []),
        ({"topic": "no-such"}, []),
    ],
)
def test_statements_are_chosen_by_what_they_say(client, filters, expected):
    assert addresses(client, **filters) == expected


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statements?role=chairs", 422),
        ("/statements?before=tomorrow", 422),
        ("/statements?before=0", 422),
        ("/statements?after=20310601", 422),
        ("/statements?kind=poem", 422),
        ("/statements?format=xls", 422),
        ("/statements?plan=no-such", 404),
        ("/matrix?rows=moon", 422),
        ("/compare?a=bien-xanh-2031", 422),
    ],
)
def test_nonsense_is_told(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("role", ["leads", "coordinates", "shares"])
def test_the_matrix_counts_statements(client, role):
    body = client.get("/matrix", params={"rows": "agency", "columns": "plan", "role": role}).json()
    counts = {cell["row"]: cell["statements"] for cell in body["cells"]}
    summaries, at = [], "/agencies"
    while at:
        page = client.get(at).json()
        summaries, at = summaries + page["items"], page["next"]
    assert counts == {one["id"]: one[role] for one in summaries if one[role]}
    table = rows(client.get("/matrix", params={"rows": "agency", "columns": "plan", "role": role, "format": "csv"}))
    assert [int(row[PLAN]) for row in table] == [counts[label["id"]] for label in body["rows"]]


@pytest.fixture(scope="module")
def built_in():
    with TestClient(create_app(kgplan.open_corpus())) as client:
        yield client


def test_a_plan_beside_itself_differs_in_nothing(built_in):
    plan = built_in.get("/plans").json()["items"][0]["id"]
    body = built_in.get("/compare", params={"a": plan, "b": plan}).json()
    assert body["a"]["id"] == body["b"]["id"] == plan
    assert built_in.get("/compare", params={"a": plan, "b": "/etc/passwd"}).status_code == 404
