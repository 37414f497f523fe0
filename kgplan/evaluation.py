"""Measuring a corpus against gold questions: exact sets, search ranks, and declining.

Answers are right when their results are, as a set, what the question expects: nothing missing, nothing more.
Search is measured by the reciprocal rank of the first relevant statement among the first ten (MRR@10; Voorhees, The
TREC-8 Question Answering Track Report, 1999) and by recall among the first five, where a question with more than five
relevant statements counts five (the capped recall of Thakur et al., BEIR, 2021). Declining is measured both ways:
answerable questions declined, and unanswerable ones answered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol
from urllib.parse import unquote

from kgplan.errors import QuestionError
from kgplan.questions import Question, Value
from kgplan.text import key

RANKS = 10
"""How many hits a search is asked for: the 10 of MRR@10."""

RECALL_AT = 5

By = Literal["kind", "language", "plan"]


class Answer(Protocol):
    """What ``ask`` returns: something that :meth:`to_dict` turns into the JSON contract of an answer."""

    def to_dict(self) -> dict[str, Any]: ...  # noqa: D102


class Hit(Protocol):
    """What ``search`` returns, best first."""

    @property
    def plan(self) -> str: ...  # noqa: D102
    @property
    def address(self) -> str: ...  # noqa: D102


class Answerer(Protocol):
    """The part of a corpus that is measured."""

    def ask(self, question: str, /, *, plan: str | None = None) -> Answer: ...  # noqa: D102
    def search(self, query: str, /, *, k: int = RANKS) -> Sequence[Hit]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    ``got`` shows the results, ``missing`` the expected answers no result gave, ``extra`` the results not expected.
    ``right`` is True for the exact set, or for declining what cannot be answered. ``reason_right`` is None unless
    it declined rightly and a reason was expected. ``reciprocal_rank`` (0 to 1) and ``recall`` (0 to 1) are None for a
    question with no relevant statements. ``error`` is the message when the corpus refused the question.
    """

    question: Question
    status: str
    reason: str | None
    got: tuple[Value, ...]
    missing: tuple[Value, ...]
    extra: tuple[Value, ...]
    right: bool
    reason_right: bool | None
    reciprocal_rank: float | None
    recall: float | None
    hits: tuple[str, ...]
    error: str | None = None

    @property
    def failed(self) -> bool:
        """Whether anything about the answer or the search is not as expected."""
        ranks = (self.reciprocal_rank, self.recall)
        return not self.right or self.reason_right is False or any(rank is not None and rank < 1 for rank in ranks)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary: what was asked, what was expected, what came."""
        question = self.question
        return {
            "id": question.id,
            "question": question.question,
            "language": question.language,
            "kind": question.kind,
            "plan": question.plan,
            "expected": {
                "status": "answered" if question.answerable else "abstained",
                "reasons": list(question.reasons),
                "answers": list(question.answers),
                "relevant": list(question.relevant),
            },
            "status": self.status,
            "reason": self.reason,
            "got": list(self.got),
            "missing": list(self.missing),
            "extra": list(self.extra),
            "right": self.right,
            "reason_right": self.reason_right,
            "reciprocal_rank": self.reciprocal_rank,
            "recall": self.recall,
            "hits": list(self.hits),
            "error": self.error,
        }


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures over some questions; each rate is in 0 … 1, and None when there is nothing to rate.

    ``accuracy``: right among all. ``exact``: exact sets among the answerable. ``wrong_declining``: declined
    among the answerable. ``missed_declining``: answered among the unanswerable. ``reason``: right reasons among the
    rightly declined. ``mrr`` (at 10) and ``recall`` (at 5): means over the questions with relevant statements.
    """

    questions: int
    answerable: int
    accuracy: float | None
    exact: float | None
    wrong_declining: float | None
    missed_declining: float | None
    reason: float | None
    mrr: float | None
    recall: float | None

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Scores:
        """The figures over ``outcomes``."""
        answerable = [outcome for outcome in outcomes if outcome.question.answerable]
        unanswerable = [outcome for outcome in outcomes if not outcome.question.answerable]
        return cls(
            questions=len(outcomes),
            answerable=len(answerable),
            accuracy=_mean(outcome.right for outcome in outcomes),
            exact=_mean(outcome.right for outcome in answerable),
            wrong_declining=_mean(outcome.status == "abstained" for outcome in answerable),
            missed_declining=_mean(not outcome.right for outcome in unanswerable),
            reason=_mean(outcome.reason_right for outcome in outcomes),
            mrr=_mean(outcome.reciprocal_rank for outcome in outcomes),
            recall=_mean(outcome.recall for outcome in outcomes),
        )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All outcomes, in the order asked."""

    outcomes: tuple[Outcome, ...]

    @property
    def scores(self) -> Scores:
        """The figures over all questions."""
        return Scores.of(self.outcomes)

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The outcomes in which something is not as expected."""
        return tuple(outcome for outcome in self.outcomes if outcome.failed)

    def by(self, what: By) -> dict[str, Scores]:
        """The figures for each kind, language or plan, in alphabetical order ("" for no plan)."""
        groups: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            groups.setdefault(getattr(outcome.question, what) or "", []).append(outcome)
        return {name: Scores.of(groups[name]) for name in sorted(groups)}

    def rows(self, what: By) -> list[dict[str, Any]]:
        """The figures of :meth:`by` as rows of a table, the total last; the first column is named ``what``."""
        groups = {**self.by(what), "total": self.scores}
        return [{what: name, **asdict(scores)} for name, scores in groups.items()]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary, for tracking: total, by kind, language and plan, and the failures."""
        return {
            "scores": asdict(self.scores),
            "by_kind": {name: asdict(scores) for name, scores in self.by("kind").items()},
            "by_language": {name: asdict(scores) for name, scores in self.by("language").items()},
            "by_plan": {name: asdict(scores) for name, scores in self.by("plan").items()},
            "failures": [outcome.to_dict() for outcome in self.failures],
        }


def evaluate(
    corpus: Answerer, questions: Sequence[Question], *, report: Callable[[str, int, int], None] | None = None
) -> Evaluation:
    """Ask the corpus every question, search for those with relevant statements, and compare.

    A question that names a plan is asked of that plan. ``report(stage, done, total)`` is called after each question.
    A question that the corpus refuses (QuestionError) counts as wrong and its outcome keeps the message; every other
    error, such as that of a stale corpus, ends the evaluation.
    """
    outcomes: list[Outcome] = []
    for question in questions:
        outcomes.append(_outcome(corpus, question))
        if report is not None:
            report("questions", len(outcomes), len(questions))
    return Evaluation(tuple(outcomes))


def _outcome(corpus: Answerer, question: Question) -> Outcome:
    answer: Mapping[str, Any] = {"status": "error", "results": []}
    hits: Sequence[Hit] = ()
    error: str | None = None
    try:
        answer = corpus.ask(question.question, plan=question.plan).to_dict()
        if question.relevant:
            hits = corpus.search(question.question, k=RANKS)[:RANKS]
    except QuestionError as raised:
        error = str(raised)
    status, reason = str(answer["status"]), answer.get("reason")
    got, missing, extra = _compare(answer["results"], question.answers)
    exact = status == "answered" and not missing and not extra
    right = error is None and (exact if question.answerable else status == "abstained")
    ranked = [question.plan in (None, hit.plan) and hit.address in question.relevant for hit in hits]
    return Outcome(
        question=question,
        status=status,
        reason=reason,
        got=got,
        missing=missing,
        extra=extra,
        right=right,
        reason_right=reason in question.reasons if right and question.reasons else None,
        reciprocal_rank=_reciprocal_rank(ranked) if question.relevant else None,
        recall=_recall(question, hits) if question.relevant else None,
        hits=tuple(hit.address for hit in hits),
        error=error,
    )


def _reciprocal_rank(ranked: Sequence[bool]) -> float:
    return 1 / (ranked.index(True) + 1) if True in ranked else 0.0


def _recall(question: Question, hits: Sequence[Hit]) -> float:
    found = {hit.address for hit in hits[:RECALL_AT] if question.plan in (None, hit.plan)}
    return len(found & set(question.relevant)) / min(len(set(question.relevant)), RECALL_AT)


def _compare(
    results: Sequence[Mapping[str, Any]], expected: Sequence[Value]
) -> tuple[tuple[Value, ...], tuple[Value, ...], tuple[Value, ...]]:
    """Results shown as values, the expected that no result gives, and the results that nothing expects."""
    got: list[Value] = []
    extra: list[Value] = []
    given: set[int] = set()
    for result in results:
        values = _values(result)
        matches = [i for i, value in enumerate(expected) if any(_same(value, v) for v in values)]
        if not matches and _is_document(result):
            matches = [i for i, value in enumerate(expected) if any(_names_document(value, v) for v in values)][:1]
        shown = expected[matches[0]] if matches else next(iter(values), "")
        if shown not in got:
            got.append(shown)
        if not matches and shown not in extra:
            extra.append(shown)
        given.update(matches)
    missing = tuple(value for i, value in enumerate(expected) if i not in given)
    return tuple(got), missing, tuple(extra)


def _values(result: Mapping[str, Any]) -> list[Value]:
    """What a result says it is: its address if it is a statement, its its label, number, title and value."""
    statement = re.search(r"/plan/[^/#]+/([^/#]+)$", str(result.get("iri") or ""))
    values = [unquote(statement.group(1)) if statement else None]
    values += [result.get(name) for name in ("label_vi", "number", "title", "value")]
    return [value for value in values if isinstance(value, str | int | float) and value != ""]


def _same(expected: Value, value: Value) -> bool:
    """Whether two values are equal: truth values only with truth values, texts by their words."""
    if isinstance(expected, str) or isinstance(value, str):
        return isinstance(expected, str) and isinstance(value, str) and _words(expected) == _words(value)
    return isinstance(expected, bool) == isinstance(value, bool) and abs(expected - value) < 1e-9


def _words(text: str) -> str:
    """A key for names and titles; an address or a number, which holds no space, keeps its punctuation."""
    return key(text) if " " in text.strip() else text.strip().casefold()


def _is_document(result: Mapping[str, Any]) -> bool:
    return result.get("type") == "document" or "/document/" in str(result.get("iri") or "")


def _names_document(expected: Value, label: Value) -> bool:
    """Whether a document's label holds the expected number ("Nghị quyết số 12 …" holds "12") or title."""
    if not isinstance(expected, str) or not isinstance(label, str):
        return False
    if expected.isdigit():
        return re.search(rf"(?<!\w)số {expected}(?![\w/]|-\w)", label, re.IGNORECASE) is not None
    if " " not in expected:
        return re.search(rf"(?<![\w/-]){re.escape(expected)}(?![\w/-])", label, re.IGNORECASE) is not None
    return f" {key(expected)} " in f" {key(label)} "


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
