"""What ``kgplan parse --report`` tells of a file: what was not read, not understood or does not add up, and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from kgplan.model import Note, Plan

if TYPE_CHECKING:
    from kgplan.reading.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """A note with the words it stands at, ``text[start:end]`` of the plan, and their place in the source file.

    ``code`` is stable (:mod:`kgplan.parsing.notes` and :mod:`kgplan.parsing.checks` list the codes). ``place`` is for
    people ("page 3, line 12"), None where the source tells none.
    """

    code: str
    message: str
    address: str | None
    words: str
    start: int
    end: int
    place: str | None


@dataclass(frozen=True, slots=True)
class PlanReport:
    """A plan and what is wanting.

    ``not_read`` says in words what the file holds and its text does not (a scanned page). ``not_understood`` is what
    the parser could make nothing of, ``does_not_add_up`` what contradicts itself in the plan; neither was corrected.
    """

    plan: Plan
    not_read: tuple[str, ...]
    not_understood: tuple[Finding, ...]
    does_not_add_up: tuple[Finding, ...]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dictionary, with how many of the statements name an agency, a document, a target, a deadline."""
        plan = self.plan
        return {
            "plan": {
                "id": plan.id,
                "title": plan.title,
                "year": plan.year,
                "jurisdiction": plan.jurisdiction,
                "date": plan.date,
                "source": plan.source_name,
            },
            "statements": {
                "all": len(plan.statements),
                "with_agency": sum(bool(s.responsibilities) for s in plan.statements),
                "with_document": sum(bool(s.citations) for s in plan.statements),
                "with_target": sum(bool(s.indicators) for s in plan.statements),
                "with_deadline": sum(bool(s.deadlines) for s in plan.statements),
            },
            "counts": dict(sorted(Counter(f.code for f in (*self.not_understood, *self.does_not_add_up)).items())),
            "not_read": list(self.not_read),
            "not_understood": [asdict(finding) for finding in self.not_understood],
            "does_not_add_up": [asdict(finding) for finding in self.does_not_add_up],
        }


def report_on(plan: Plan, text: Text) -> PlanReport:
    """The report on ``plan``, which was parsed from ``text``."""
    from kgplan.parsing.checks import CODES

    return PlanReport(
        plan=plan,
        not_read=text.warnings,
        not_understood=_findings((note for note in plan.notes if note.code not in CODES), text),
        does_not_add_up=_findings((note for note in plan.notes if note.code in CODES), text),
    )


def _findings(notes: Iterable[Note], text: Text) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            note.code,
            note.message.removeprefix(f"{note.address}: "),
            note.address,
            text.text[note.start : note.end],
            note.start,
            note.end,
            str(text.locate(note.start)) or None,
        )
        for note in notes
    )
