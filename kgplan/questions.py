"""Gold questions: reading and checking a file of questions with the answers one expects.

One JSON object a line (`JSON Lines <https://jsonlines.org>`_), in UTF-8::

    {"id": "q-1", "question": "Who leads digital transformation?", "language": "en", "kind": "leads",
     "split": "dev", "plan": "thanh-hoa-2023",
     "expected": {"status": "answered", "reason": null, "answers": ["Sở Thông tin và Truyền thông"]},
     "relevant": ["E.V.2"]}

Only ``question`` and ``expected`` with its ``status`` are needed. ``plan`` asks the question of that plan alone.
``relevant`` holds the addresses of the statements that a search for the question should rank first. ``reason`` is one
code, or a list of codes any of which will do.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from kgplan.errors import QuestionError, ReadError

REASONS = (
    "unknown_agency",
    "unknown_document",
    "topic_not_in_plan",
    "nothing_matches",
    "unsupported_question",
    "empty_question",
)
"""Why an answer may decline, as in the ``reason`` of an answer."""

SPLITS = ("dev", "test")

Value = str | int | float | bool

_KEYS = frozenset({"id", "question", "language", "kind", "split", "plan", "expected", "relevant", "note"})
_EXPECTED_KEYS = frozenset({"status", "reason", "answers"})


@dataclass(frozen=True, slots=True)
class Question:
    """One gold question.

    ``answers`` are what the results must be, as a set: agencies by canonical name, statements by address, documents by
    number or title, indicators and counts by number, deadlines by ISO date, people and places by name, true or
    false for yes or no. ``answerable`` is False when the plan does not answer the question and the system
    should decline; ``reasons`` then are the codes accepted, none when any will do.
    """

    id: str
    question: str
    answerable: bool
    answers: tuple[Value, ...] = ()
    reasons: tuple[str, ...] = ()
    relevant: tuple[str, ...] = ()
    language: str = "und"
    kind: str = "other"
    split: str | None = None
    plan: str | None = None


def read_questions(path: str | Path) -> list[Question]:
    """The questions of a file, in its order; blank lines are skipped.

    Raises ReadError when the file cannot be read as UTF-8 text, QuestionError when a line is not a question or an id
    occurs twice; the message names file and line.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: not UTF-8 text (byte {error.start})") from None
    questions: list[Question] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        question = _question(line, f"{path}, line {number}", default_id=str(number))
        if question.id in seen:
            _refuse(f"{path}, line {number}", f"id {question.id!r} is that of line {seen[question.id]} too")
        seen[question.id] = number
        questions.append(question)
    if not questions:
        raise QuestionError(f"{path}: holds no question; give one JSON object a line")
    return questions


def select(
    questions: Iterable[Question], *, split: str | None = None, plans: Iterable[str] | None = None
) -> list[Question]:
    """The questions of ``split`` and of the ``plans`` (those that name no plan belong to every corpus)."""
    held = None if plans is None else set(plans)
    return [
        question
        for question in questions
        if (split is None or question.split == split)
        and (held is None or question.plan is None or question.plan in held)
    ]


def _refuse(where: str, what: str) -> NoReturn:
    raise QuestionError(f"{where}: {what}")


def _question(line: str, where: str, default_id: str) -> Question:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        _refuse(where, f"not JSON: {error.msg} (column {error.colno})")
    except (RecursionError, ValueError):
        _refuse(where, "nested too deeply, or a number too long to read")
    if not isinstance(record, dict):
        _refuse(where, "not a JSON object")
    _no_others(record, _KEYS, "", where)
    text = record.get("question")
    if not isinstance(text, str):
        _refuse(where, 'no text under "question"')
    answerable, answers, reasons = _expected(record.get("expected"), where)
    split = _text(record, "split", where)
    if split is not None and split not in SPLITS:
        _refuse(where, f'"split" is {split!r}; it is one of {", ".join(SPLITS)}')
    return Question(
        id=_text(record, "id", where) or default_id,
        question=text,
        answerable=answerable,
        answers=answers,
        reasons=reasons,
        relevant=_texts(record.get("relevant", []), '"relevant"', where),
        language=_text(record, "language", where) or "und",
        kind=_text(record, "kind", where) or "other",
        split=split,
        plan=_text(record, "plan", where),
    )


def _expected(expected: Any, where: str) -> tuple[bool, tuple[Value, ...], tuple[str, ...]]:
    if not isinstance(expected, dict):
        _refuse(where, 'no object under "expected"')
    _no_others(expected, _EXPECTED_KEYS, "expected.", where)
    status = expected.get("status")
    if status not in ("answered", "abstained"):
        _refuse(where, f'"expected.status" is {status!r}; it is "answered" or "abstained"')
    reason = expected.get("reason")
    reasons = (
        () if reason is None else _texts([reason] if isinstance(reason, str) else reason, '"expected.reason"', where)
    )
    for code in reasons:
        if code not in REASONS:
            _refuse(where, f'"expected.reason" {code!r} is none of {", ".join(REASONS)}')
    answers = expected.get("answers", [])
    if not isinstance(answers, list) or not all(_is_value(answer) for answer in answers):
        _refuse(where, '"expected.answers" is not a list of texts, numbers, true or false')
    if status == "answered" and (reasons or not answers):
        _refuse(where, "a question expected to be answered has answers and no reason")
    if status == "abstained" and answers:
        _refuse(where, "a question expected to be declined has no answers")
    return status == "answered", tuple(answers), reasons


def _is_value(answer: Any) -> bool:
    if isinstance(answer, float):
        return math.isfinite(answer)
    return isinstance(answer, str | int) and answer != ""


def _no_others(record: dict[str, Any], known: frozenset[str], prefix: str, where: str) -> None:
    others = sorted(set(record) - known)
    if others:
        _refuse(where, f'unknown key "{prefix}{others[0]}"; known are {", ".join(sorted(known))}')


def _text(record: dict[str, Any], key: str, where: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        _refuse(where, f'"{key}" is not text')
    return value


def _texts(value: Any, name: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str) or not all(isinstance(item, str) for item in value):
        _refuse(where, f"{name} is not a list of texts")
    return tuple(value)
