"""The page's files: words in both languages, nothing that could run a plan's text, code of others with its licence."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest
from kgplan.api.app import PAGE

from kgplan.answering.interpretation import Interpretation

SCRIPTS = sorted(PAGE.glob("*.js"))
PAGES = sorted(PAGE.glob("*.html"))
WORDS = {language: json.loads((PAGE / "words" / f"{language}.json").read_text("utf-8")) for language in ("vi", "en")}


def shape(value: object) -> object:
    """Keys, lengths and the places to fill, without the words."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    if isinstance(value, list):
        return [shape(part) for part in value]
    return sorted(re.findall(r"\{\w+\}", str(value)))


def test_both_languages_have_the_same_words_and_places_to_fill():
    assert shape(WORDS["vi"]) == shape(WORDS["en"])


def test_every_word_that_is_asked_for_is_there_and_every_one_there_is_asked_for():
    source = "\n".join(path.read_text("utf-8") for path in (*SCRIPTS, PAGE / "index.html"))
    asked = set(re.findall(r'\bt\(\s*"(\w+)"', source) + re.findall(r'data-i18n(?:-label)?="(\w+)"', source))
    assert asked <= WORDS["en"].keys()
    named = set(re.findall(r'"(\w+)"', source)) | set(re.findall(r"words\.(\w+)", source))
    assert WORDS["en"].keys() - named == set()


def test_every_field_of_a_reading_has_its_words():
    said_elsewhere = {"intent", "role", "topic", "agency", "agencies", "document", "documents"}
    shown = {f.name for f in fields(Interpretation)} - {"language", "topic_marked", "document_words", "unknown"}
    assert WORDS["en"]["fields"].keys() == shown - said_elsewhere


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_and_makes_no_markup_or_code_of_text(path: Path):
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400
    assert max(map(len, text.splitlines())) <= 140
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc", text)
    assert not re.search(r"https?://(?!w3id\.org/kgplan|www\.w3\.org/)[a-z]", text)
    for name in re.findall(r'from "\./(.+)"', text):
        assert (PAGE / name).is_file()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_has_no_script_style_or_handler_within(path: Path):
    text = path.read_text("utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", text)
    for name in re.findall(r'(?:src|href)="/static/([^"]+)"', text):
        assert (PAGE / name).is_file()


def test_every_script_of_the_page_is_asked_for_at_once():
    reached: set[str] = set()
    waiting = ["app.js"]
    while waiting:
        found = set(re.findall(r'from "\./(.+)"', (PAGE / waiting.pop()).read_text("utf-8"))) - reached
        reached |= found
        waiting += found
    text = (PAGE / "index.html").read_text("utf-8")
    assert re.findall(r'rel="modulepreload" href="/static/(.+?)"', text) == sorted(reached)


def test_code_of_others_is_named_with_its_version_and_has_its_licence():
    told = (PAGE / "vendor" / "README.md").read_text("utf-8")
    folders = [path for path in (PAGE / "vendor").iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert re.search(rf"\| `{folder.name}/` \|.*\| \d+\.\d+\.\d+ \| MIT \|", told)
        assert "Permission is hereby granted" in (folder / "LICENSE").read_text("utf-8")


def test_a_script_is_sent_compressed_to_those_that_take_it(client):
    plain = client.get("/static/app.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for accepted in ("gzip", "br, GZIP;q=0.5", "gzip, deflate"):
        packed = client.get("/static/app.js", headers={"accept-encoding": accepted})
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.text == plain.text
        assert int(packed.headers["content-length"]) < len(plain.content) / 2
        assert packed.headers["content-type"] == plain.headers["content-type"]
    for refused in ("gzip;q=0", "gzip; q=0.000", "br"):
        assert "content-encoding" not in client.get("/static/app.js", headers={"accept-encoding": refused}).headers
    assert all("accept-encoding" in response.headers["vary"].lower() for response in (plain, packed))


def test_each_coding_of_a_script_has_its_own_entity_tag(client):
    tags = {}
    for coding in ("identity", "gzip"):
        response = client.get("/static/app.js", headers={"accept-encoding": coding})
        tags[coding] = response.headers["etag"]
        again = {"accept-encoding": coding, "if-none-match": tags[coding]}
        unchanged = client.get("/static/app.js", headers=again)
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged.headers["etag"] == tags[coding]
    assert len(set(tags.values())) == 2
    crossed = client.get("/static/app.js", headers={"accept-encoding": "gzip", "if-none-match": tags["identity"]})
    assert crossed.status_code == 200


def test_the_first_view_is_small():
    first = ["index.html", "style.css", "views.css", "app.js", "icon.svg", "words/vi.json", "words/en.json"]
    first += re.findall(r'rel="modulepreload" href="/static/(.+?)"', (PAGE / "index.html").read_text("utf-8"))
    assert sum(len(gzip.compress((PAGE / name).read_bytes())) for name in first) < 50_000
