"""``kgplan parse --report``: what of a file was not read, not understood, or does not add up, and where it stands."""

from __future__ import annotations

import json
import re
import sys

import pytest

import kgplan
from kgplan.cli import main
from kgplan.errors import ReadError
from kgplan.parsing import parse
from kgplan.plan_report import report_on
from kgplan.reading.text import Text

PLAN = """\
UBND TỈNH NGHỆ AN
Nghệ An, ngày 12 tháng 02 năm 2024

KẾ HOẠCH
Phát triển chợ năm 2024

I. NHIỆM VỤ
1. Sở Y tế, Sở Nội vụ chủ trì kiểm tra 25 chợ, gồm 12 chợ xã, 9 chợ huyện trước ngày 15/01/2024.
2. Phối hợp kiểm tra hàng hóa.
3. Trung tâm Sáng tạo Xanh tổ chức hội chợ.
4. Sở Công Thương chủ trì báo cáo trước ngày 30/6/2024 theo Quyết định số 9/QĐ-UBND ngày 02/01/2024.
"""


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "cho-2024.txt"
    file.write_text(PLAN, encoding="utf-8")
    return file


def test_each_finding_names_its_words_address_and_place(path):
    report = kgplan.report_file(path)
    assert [(f.code, f.address, f.words, f.place) for f in report.not_understood] == [
        ("no_agency", "I.2", "Phối hợp", "line 9"),
        ("unknown_agency", "I.3", "Trung tâm Sáng tạo Xanh", "line 10"),
    ]
    assert [(f.code, f.address, f.words, f.place) for f in report.does_not_add_up] == [
        ("two_leads", "I.1", "Sở Nội vụ", "line 8"),
        ("sum_mismatch", "I.1", "25 chợ", "line 8"),
        ("deadline_before_plan", "I.1", "trước ngày 15/01/2024", "line 8"),
    ]
    assert "12 + 9" in report.does_not_add_up[1].message


def test_what_was_read_is_not_corrected(path):
    plan = kgplan.report_file(path).plan
    assert plan == kgplan.parse_file(path)
    assert len(plan.statement("I.1").agencies("leads")) == 2
    assert plan.statement("I.1").deadlines[0].date == "2024-01-15"


def test_the_json_counts(path, capsys):
    assert main(["parse", str(path), "--report"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["statements"] == {"all": 4, "with_agency": 3, "with_document": 1, "with_target": 1, "with_deadline": 2}
    assert body["counts"]["no_agency"] == 1
    assert sum(body["counts"].values()) == len(body["not_understood"]) + len(body["does_not_add_up"]) == 5
    for finding in (*body["not_understood"], *body["does_not_add_up"]):
        assert PLAN[finding["start"] : finding["end"]] == finding["words"]


def test_people_see_the_words_in_their_line(path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert main(["parse", str(path), "--report"]) == 0
    out = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out)
    for part in ("Not understood: 2", "Does not add up: 3", "I.2 · line 9", "Phối hợp kiểm tra hàng hóa", "12 + 9"):
        assert part in out


def test_what_reading_left_out_is_told():
    text = Text(PLAN, "cho.pdf", "0", "pdf", warnings=("page 3 has no text",))
    report = report_on(parse(text), text)
    assert report.not_read == ("page 3 has no text",)
    assert {finding.place for finding in report.not_understood} == {None}


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(ReadError, match=r"nowhere\.txt"):
        kgplan.report_file(tmp_path / "nowhere.txt")
