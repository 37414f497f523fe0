"""A plan as the JSON that ``kgplan parse --json`` prints: names in place of ids, one entry a statement."""

from __future__ import annotations

from typing import Any

from kgplan.model import Plan, Role, Statement


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """``plan`` in the shape of the parse contract.

    Agencies stand by their canonical Vietnamese name; ``deadlines`` are ISO dates, one without a date is
    left out there and kept under ``schedule`` with its words. ``context`` holds what is no statement.
    """
    return {
        "plan": {
            "id": plan.id,
            "title": plan.title,
            "year": plan.year,
            "jurisdiction": plan.jurisdiction,
            "type": plan.type,
            "number": plan.number,
            "issuer": plan.issuer,
            "date": plan.date,
            "language": plan.language,
            "source": plan.source_name,
            "sha256": plan.source_sha256,
            "characters": len(plan.text),
        },
        "statements": [_statement(plan, s) for s in plan.statements],
        "context": [_statement(plan, s) for s in plan.context],
        "notes": [
            {
                "code": n.code,
                "message": n.message,
                "address": n.address,
                "words": plan.text[n.start : n.end],
                "start": n.start,
                "end": n.end,
            }
            for n in plan.notes
        ],
    }


def _statement(plan: Plan, statement: Statement) -> dict[str, Any]:
    def names(role: Role) -> list[str]:
        return [plan.agency(a).name for a in statement.agencies(role)]

    documents = [plan.document(d) for d in dict.fromkeys(c.document for c in statement.citations)]
    places = [p.place for p in statement.places]
    return {
        "address": statement.address,
        "kind": statement.kind,
        "text": statement.text,
        "start": statement.start,
        "end": statement.end,
        "heading_path": list(statement.heading_path),
        "leads": names("leads"),
        "coordinates": names("coordinates"),
        "shares": names("shares"),
        "assigned_by": [
            plan.agency(a).name
            for a in dict.fromkeys(r.assigned_by for r in statement.responsibilities if r.assigned_by)
        ],
        "documents": [
            {"number": d.number, "title": d.title, "type": d.type, "issuer": d.issuer, "date": d.date}
            for d in documents
        ],
        "indicators": [
            {
                "name": i.name,
                "value": i.value,
                "unit": i.unit,
                "comparator": i.comparator,
                **({"value_max": i.value_max} if i.value_max is not None else {}),
            }
            for i in statement.indicators
        ],
        "deadlines": list(dict.fromkeys(d.date for d in statement.deadlines if d.date)),
        "schedule": [
            {
                "date": d.date,
                "begin": d.begin,
                "inclusive": d.inclusive,
                "recurrence": d.recurrence,
                "duration": d.duration,
                "working_days": d.working_days,
                "event": d.event,
                "words": d.text,
            }
            for d in statement.deadlines
        ],
        "periods": [[p.begin, p.end_year] for p in statement.periods],
        "places": [p.name for p in plan.places if p.id in places],
        "persons": [{"name": p.name, "office": p.office, "agency": _name(plan, p.agency)} for p in statement.persons],
        "topics": [t.topic for t in statement.topics],
        **({"product": statement.product} if statement.product else {}),
    }


def _name(plan: Plan, agency_id: str | None) -> str | None:
    return next((a.name for a in plan.agencies if a.id == agency_id), agency_id)
