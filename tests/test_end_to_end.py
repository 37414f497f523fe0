"""From a file to an answer with the real engines, on a small plan written for this test; and what bad input does."""

from __future__ import annotations

import json
import os
import shutil
import sys

import pytest

from kgplan.cli import main

PLAN = """\
KẾ HOẠCH
Phát triển kinh tế biển tỉnh Quảng Ninh năm 2031

I. MỤC TIÊU

1. Tốc độ tăng trưởng kinh tế biển đạt 9% trở lên.

II. NHIỆM VỤ

1. Sở Du lịch chủ trì, phối hợp với Sở Tài chính xây dựng đề án du lịch biển đảo, hoàn thành trước ngày 30/6/2031.

2. Sở Xây dựng, UBND các huyện, thị xã, thành phố nâng cấp các bến cảng và kho lạnh.

3. Giao Sở Y tế tổ chức khám sức khỏe định kỳ cho ngư dân theo Nghị quyết số 15/NQ-HĐND ngày 10/12/2030 của HĐND tỉnh.
"""


@pytest.fixture(scope="module")
def plan_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("plan") / "bien-2031.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def built(plan_file, tmp_path_factory):
    import kgplan

    folder = tmp_path_factory.mktemp("corpora") / "bien"
    kgplan.build_corpus([plan_file], folder)
    return folder


@pytest.fixture
def command(capsys):
    """Run the command in this process: exit code, output, errors."""

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def answer(command, built):
    """The JSON that a command prints over the small corpus."""

    def run(*arguments):
        code, out, err = command(*arguments, "--corpus", built)
        assert (code, err) == (0, "")
        return json.loads(out)

    return run


@pytest.mark.parametrize("question", ["Ai chủ trì đề án du lịch biển đảo?", "ai chu tri de an du lich bien dao"])
def test_who_leads(answer, question):
    body = answer("ask", question)
    assert body["status"] == "answered"
    assert [result["label_vi"] for result in body["results"]] == ["Sở Du lịch"]
    assert body["evidence"][0]["address"] == "II.1"
    assert PLAN.find(body["evidence"][0]["text"]) >= 0


def test_everyone_who_works_together(answer):
    body = answer("ask", "Những đơn vị nào cùng nâng cấp các bến cảng?")
    assert {result["label_vi"] for result in body["results"]} == {"Sở Xây dựng", "UBND các huyện, thị xã, thành phố"}
    assert {result["role"] for result in body["results"]} == {"shares"}


def test_what_the_plan_does_not_say_is_declined(answer):
    body = answer("ask", "Ai chủ trì phóng vệ tinh lên mặt trăng?")
    assert (body["status"], body["results"]) == ("abstained", [])
    assert body["reason"]


def test_the_query_of_an_answer_gives_the_same_agencies(answer):
    body = answer("ask", "Ai chủ trì đề án du lịch biển đảo?")
    rows = answer("sparql", body["sparql"])["results"]["bindings"]
    assert {row["agency"]["value"] for row in rows} == {result["iri"] for result in body["results"]}


def test_search_finds_by_meaning(answer):
    assert answer("search", "fishermen's health check", "-k", "1")["hits"][0]["address"] == "II.3"


def test_parse_keeps_the_words(command, plan_file):
    _, out, _ = command("parse", plan_file)
    body = json.loads(out)
    by_address = {statement["address"]: statement for statement in body["statements"]}
    assert by_address["II.1"]["leads"] == ["Sở Du lịch"]
    assert by_address["II.1"]["coordinates"] == ["Sở Tài chính"]
    assert by_address["II.1"]["deadlines"] == ["2031-06-30"]
    assert by_address["II.3"]["documents"][0]["number"] == "15/NQ-HĐND"
    assert all(statement["text"] in PLAN for statement in body["statements"])


def test_the_other_commands_work_on_it(answer):
    assert answer("info")["plans"][0]["id"] == "bien-2031"
    assert answer("validate")["conforms"]
    names = {node["label"] for node in answer("network")["nodes"]}
    assert {"Sở Du lịch", "Sở Tài chính", "Sở Xây dựng", "Sở Y tế"} <= names


def test_two_builds_give_the_same_graph(command, plan_file, built, tmp_path):
    code, _, _ = command("build", plan_file, "-o", tmp_path / "again")
    assert code == 0
    assert (tmp_path / "again" / "graph.nq").read_bytes() == (built / "graph.nq").read_bytes()


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t\n",
    "binary.txt": bytes(range(256)) * 20,
    "picture.docx": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "broken.docx": b"PK\x03\x04" + bytes(200),
    "broken.pdf": b"%PDF-1.7\n" + b"x" * 200,
    "latin.txt": "Café naïve résumé Müller\n".encode("latin-1") * 40,
    "shopping.txt": b"Things to buy on the way home\n\nmilk, eggs, a loaf of bread\n",
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("verb", ["parse", "build"])
def test_a_file_that_is_no_plan(command, tmp_path, name, verb):
    path = tmp_path / name
    path.write_bytes(BAD[name])
    more = ("-o", tmp_path / "out") if verb == "build" else ()
    _fails_in_one_line(command(verb, path, *more), name)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_a_missing_file_and_a_folder(command, tmp_path):
    _fails_in_one_line(command("parse", tmp_path / "nowhere.txt"), "nowhere.txt")
    _fails_in_one_line(command("parse", tmp_path), tmp_path.name)
    _fails_in_one_line(command("build", tmp_path / "nowhere.txt", "-o", tmp_path / "out"), "nowhere.txt")
    assert not any(tmp_path.iterdir())


def test_one_bad_file_among_good_ones_is_left_out_with_a_warning(command, plan_file, built, tmp_path):
    bad = tmp_path / "empty.txt"
    bad.touch()
    code, out, err = command("build", plan_file, bad, "-o", tmp_path / "out")
    assert code == 0
    assert json.loads(out)["build"]["failed"][0]["source"] == str(bad)
    assert [line.startswith("kgplan: warning: ") for line in err.splitlines()] == [True, True]
    assert "empty.txt" in err
    assert (tmp_path / "out" / "graph.nq").read_bytes() == (built / "graph.nq").read_bytes()


def test_with_strict_one_bad_file_among_good_ones_builds_nothing(command, plan_file, tmp_path):
    bad = tmp_path / "empty.txt"
    bad.touch()
    _fails_in_one_line(command("build", plan_file, bad, "-o", tmp_path / "out", "--strict"), "empty.txt")
    assert not (tmp_path / "out").exists()


def test_plans_are_added_and_removed(command, plan_file, built, tmp_path):
    other = tmp_path / "nui-2032.txt"
    other.write_text(PLAN.replace("biển", "núi"), encoding="utf-8")
    corpus = tmp_path / "corpus"
    shutil.copytree(built, corpus)
    _, out, _ = command("build", other, "-o", corpus, "--add")
    assert json.loads(out)["build"] | {"failed": []} == {
        "added": ["nui-2032"],
        "replaced": [],
        "unchanged": ["bien-2031"],
        "removed": [],
        "failed": [],
    }
    _, out, _ = command("ask", "Ai chủ trì đề án du lịch núi đảo?", "--corpus", corpus)
    assert "nui-2032" in {evidence["plan"] for evidence in json.loads(out)["evidence"]}
    code, out, _ = command("remove", "nui-2032", "--corpus", corpus)
    assert (code, json.loads(out)["build"]["removed"]) == (0, ["nui-2032"])
    assert {p.relative_to(corpus): p.read_bytes() for p in corpus.rglob("*") if p.is_file()} == {
        p.relative_to(built): p.read_bytes() for p in built.rglob("*") if p.is_file()
    }
    _fails_in_one_line(command("remove", "nui-2032", "--corpus", corpus), "bien-2031")
    _fails_in_one_line(command("remove", "bien-2031", "--corpus", corpus), "corpus")


def test_a_folder_with_other_files_is_not_overwritten(command, plan_file, tmp_path):
    (tmp_path / "thesis.txt").write_text("precious", encoding="utf-8")
    _fails_in_one_line(command("build", plan_file, "-o", tmp_path), tmp_path.name)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_folder(command, plan_file, tmp_path):
    tmp_path.chmod(0o555)
    try:
        _fails_in_one_line(command("build", plan_file, "-o", tmp_path / "out"), "out")
    finally:
        tmp_path.chmod(0o755)
    assert not any(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made(command, plan_file, tmp_path):
    (tmp_path / "file").touch()
    _fails_in_one_line(command("build", plan_file, "-o", tmp_path / "file" / "out"), "out")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_missing_or_foreign_corpus(command, tmp_path):
    _fails_in_one_line(command("ask", "ai chủ trì?", "--corpus", tmp_path / "nowhere"), "nowhere")
    _fails_in_one_line(command("ask", "ai chủ trì?", "--corpus", tmp_path), tmp_path.name)


def _remove(path):
    path.unlink()


def _overwrite(path):
    path.write_bytes(b"junk")


@pytest.mark.parametrize("damage", [_remove, _overwrite])
@pytest.mark.parametrize("name", ["manifest.json", "graph.nq", "retrieval/dense.faiss", "retrieval/lexical.npz"])
def test_a_broken_corpus(command, built, tmp_path, damage, name):
    corpus = tmp_path / "corpus"
    shutil.copytree(built, corpus)
    damage(corpus / name)
    _fails_in_one_line(command("ask", "Ai chủ trì đề án du lịch?", "--corpus", corpus), "")


def test_a_stale_corpus_says_how_to_rebuild(command, built, tmp_path):
    corpus = tmp_path / "corpus"
    shutil.copytree(built, corpus)
    manifest = json.loads((corpus / "manifest.json").read_text(encoding="utf-8"))
    manifest["inputs"] = dict.fromkeys(manifest["inputs"], "0" * 64)
    (corpus / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    _fails_in_one_line(command("ask", "Ai chủ trì đề án du lịch?", "--corpus", corpus), "kgplan build")


def test_an_unknown_plan_and_bad_queries(command, built):
    _fails_in_one_line(command("ask", "ai chủ trì?", "--plan", "nowhere", "--corpus", built), "nowhere")
    for query in ("SELECT", "SELECT * WHERE { ?s ?p }", "DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <urn:x> {} }"):
        _fails_in_one_line(command("sparql", query, "--corpus", built), "")


def test_a_question_of_100000_characters(command, built):
    _fails_in_one_line(command("ask", "ai chủ trì " * 9091, "--corpus", built), "2,000")
    _fails_in_one_line(command("search", "đầu tư " * 15000, "--corpus", built), "2,000")


def _fails_in_one_line(result, named):
    code, out, err = result
    assert code in (1, 2)
    assert out == ""
    assert err.startswith("kgplan: ")
    assert err.count("\n") == 1
    assert "internal error" not in err
    assert named in err


@pytest.mark.parametrize(("name", "field"), [("ask", "question"), ("search", "query")])
def test_a_line_with_half_a_character_stops_nothing(built, command, tmp_path, name, field):
    lines = tmp_path / "lines.jsonl"
    lines.write_text(
        f'{{"id": 1, "{field}": "du lịch \\ud800"}}\n{{"id": 2, "{field}": "du lịch"}}\n', encoding="utf-8"
    )
    _, out, _ = command(name, "--batch", lines, "--corpus", built)
    first, second = map(json.loads, out.splitlines())
    assert "half a character" in first["error"]
    assert "error" not in second
