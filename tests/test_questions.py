"""Reading a file of gold questions: what is taken, and what is refused in one clear line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgplan.errors import KgplanError, QuestionError, ReadError
from kgplan.questions import REASONS, Question, read_questions, select

GOLD = Path(__file__).parent / "gold" / "questions.jsonl"


def line(**changes: Any) -> str:
    record = {"question": "Ai làm?", "expected": {"status": "answered", "answers": ["Sở Y tế"]}, **changes}
    return json.dumps(record, ensure_ascii=False)


def read(tmp_path: Path, *lines: str) -> list[Question]:
    path = tmp_path / "q.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_questions(path)


def test_the_gold_questions_are_read_whole() -> None:
    questions = read_questions(GOLD)
    assert len(questions) == len(GOLD.read_text(encoding="utf-8").splitlines())
    assert {question.split for question in questions} == {"dev", "test"}
    assert all(question.answers for question in questions if question.answerable)


def test_the_least_a_line_needs(tmp_path: Path) -> None:
    questions = read(tmp_path, "", line(), line(expected={"status": "abstained"}))
    assert questions[0] == Question("2", "Ai làm?", answerable=True, answers=("Sở Y tế",))
    assert questions[1] == Question("3", "Ai làm?", answerable=False)


def test_one_reason_or_several(tmp_path: Path) -> None:
    one, several = read(
        tmp_path,
        line(expected={"status": "abstained", "reason": "unknown_agency"}),
        line(expected={"status": "abstained", "reason": list(REASONS[:2])}),
    )
    assert one.reasons == ("unknown_agency",)
    assert several.reasons == REASONS[:2]


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("1" * 5000, "a number too long"),
        ("[1]", "not a JSON object"),
        ('{"expected": {"status": "abstained"}}', 'no text under "question"'),
        ('{"question": "q"}', 'no object under "expected"'),
        (line(relevent=["A"]), 'unknown key "relevent"'),
        (line(relevant="A"), '"relevant" is not a list of texts'),
        (line(relevant=[1]), '"relevant" is not a list of texts'),
        (line(split="train"), "\"split\" is 'train'"),
        (line(language=5), '"language" is not text'),
        (line(expected={"status": "maybe"}), "\"expected.status\" is 'maybe'"),
        (line(expected={"status": "answered", "answers": []}), "has answers and no reason"),
        (line(expected={"status": "answered", "answers": [""]}), "not a list of texts, numbers"),
        (line(expected={"status": "answered", "answers": [None]}), "not a list of texts, numbers"),
        (line(expected={"status": "answered", "answers": "x"}), "not a list of texts, numbers"),
        ('{"question": "q", "expected": {"status": "answered", "answers": [NaN]}}', "not a list of texts, numbers"),
        (line(expected={"status": "abstained", "answers": ["x"]}), "has no answers"),
        (line(expected={"status": "abstained", "reason": "because"}), "'because' is none of unknown_agency"),
        (line(expected={"status": "abstained", "reason": 4}), '"expected.reason" is not a list of texts'),
        (line(expected={"status": "abstained", "why": "x"}), 'unknown key "expected.why"'),
    ],
)
def test_a_malformed_line_is_named_with_file_line_and_fault(tmp_path: Path, bad: str, what: str) -> None:
    with pytest.raises(QuestionError) as caught:
        read(tmp_path, line(), bad)
    assert "q.jsonl, line 2: " in str(caught.value)
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="line 2: id 'a' is that of line 1 too"):
        read(tmp_path, line(id="a"), line(id="a"))


def test_a_file_with_no_question_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="holds no question"):
        read(tmp_path, "", "  ")


def test_a_missing_or_undecodable_file_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        read_questions(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"question": "caf\xe9"}')
    with pytest.raises(ReadError, match="not UTF-8 text"):
        read_questions(tmp_path / "latin.jsonl")


def test_select_by_split_and_plan() -> None:
    questions = [
        Question("1", "a", answerable=False, split="dev", plan="p"),
        Question("2", "b", answerable=False, split="test", plan="p"),
        Question("3", "c", answerable=False, split="dev", plan="other"),
        Question("4", "d", answerable=False, split="dev"),
    ]
    assert [question.id for question in select(questions, split="dev")] == ["1", "3", "4"]
    assert [question.id for question in select(questions, plans=["p"])] == ["1", "2", "4"]
    assert select(questions) == questions


JSON_LIKE = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["question", "expected", "status", "answers", "reason"]), inner)
    ),
).map(json.dumps)


@given(st.text() | JSON_LIKE)
def test_any_line_gives_questions_or_one_clear_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "q.jsonl"
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        outcome = str(len(read_questions(path)))
    except KgplanError as error:
        outcome = str(error)
    assert outcome.isdigit() or "q.jsonl" in outcome
