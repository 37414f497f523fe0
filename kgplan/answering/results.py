"""Rows of the composed query → results: one a thing, with the addresses that say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kgplan.answering.answer import Answer, Evidence, Result
from kgplan.answering.combining import intersection, union
from kgplan.answering.interpretation import Interpretation
from kgplan.model import ROLES
from kgplan.rdf.results import QueryResult

Row = dict[str, Any]


def results_of(interpretation: Interpretation, result: QueryResult, unspecified: set[str]) -> tuple[Result, ...]:
    """The results in the order of the text; agencies by role, the ``unspecified`` ones (IRIs) last."""
    if interpretation.ranked and interpretation.intent != "count":
        return tuple(_ranked(row) for row in result.values())
    if interpretation.yes_no:
        return (Result("value", None, (), value=bool(result.boolean)),)
    rows = result.values()
    if interpretation.intent == "count":
        return (Result("value", None, (), value=int(rows[0]["count"])),)
    make = {
        "agencies": _agency,
        "network": _agency,
        "tasks": _statement,
        "statements": _statement,
        "documents": _document,
        "indicators": _target,
        "deadlines": _deadline,
        "places": _place,
        "people": _person,
    }[interpretation.returned]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row[result.variables[0]]), []).append(row)
    if interpretation.asks_issuer:
        return tuple(_issuer(name, group) for name, group in groups.items())
    found = [make(iri, group) for iri, group in groups.items()]
    if interpretation.returned in ("agencies", "network"):
        found.sort(key=lambda r: (r.iri in unspecified, ROLES.index(r.roles[0])))
    return tuple(found)


def joined(answers: Sequence[Answer], interpretation: Interpretation) -> Answer:
    """One answer out of those to the parts of a question; declined when every one is."""
    given = [a for a in answers if a.status == "answered"] or answers
    return Answer(
        given[0].question,
        given[0].status,
        interpretation,
        _merged(given),
        _evidence(given),
        union([answer.sparql for answer in answers]),
        " ".join(answer.text for answer in answers),
        given[0].reason,
        parts=tuple(answers),
    )


def common(answers: Sequence[Answer], interpretation: Interpretation) -> Answer:
    """What the answers to all parts of a question have in common, without what those to its barred parts have.

    Not answered when one that is not barred is not, or nothing is left.
    """
    barred = [a for a in answers if a.interpretation.barred]
    answers = [a for a in answers if not a.interpretation.barred]
    declined = next((a for a in answers if a.status != "answered"), None)
    if declined is not None:
        return replace(declined, interpretation=interpretation)
    kept = set.intersection(*({r.iri for r in answer.results} for answer in answers))
    kept -= {r.iri for answer in barred for r in answer.results}
    results = tuple(r for r in _merged(answers) if r.iri in kept)
    held = {address for result in results for address in result.addresses}
    marks = {result.iri for result in results}
    evidence = tuple(
        replace(item, marks=tuple(m for m in item.marks if m.iri in marks))
        for item in _evidence(answers)
        if item.address in held
    )
    query = intersection([a.sparql for a in answers], [a.sparql for a in barred if a.sparql])
    return Answer(
        answers[0].question, "answered" if results else "abstained", interpretation, results, evidence, query, "", None
    )


def _merged(answers: Sequence[Answer]) -> tuple[Result, ...]:
    """The results of several answers, each thing once with all its roles and addresses."""
    results: dict[object, Result] = {}
    for answer in answers:
        for result in answer.results:
            name = (result.type, result.iri or result.label_vi, result.value)
            before = results.get(name)
            if before is not None:
                roles = tuple(r for r in ROLES if r in {*before.roles, *result.roles})
                addresses = tuple(dict.fromkeys((*before.addresses, *result.addresses)))
                result = replace(before, roles=roles, addresses=addresses)
            results[name] = result
    return tuple(results.values())


def _evidence(answers: Sequence[Answer]) -> tuple[Evidence, ...]:
    """The evidence of several answers, each statement once with all its marks."""
    evidence: dict[str, Evidence] = {}
    for item in (item for answer in answers for item in answer.evidence):
        marks = evidence[item.iri].marks if item.iri in evidence else ()
        evidence[item.iri] = replace(item, marks=tuple(dict.fromkeys((*marks, *item.marks))))
    return tuple(evidence.values())


def proved(results: Sequence[Result], evidence: Sequence[Evidence]) -> tuple[tuple[Result, ...], tuple[Evidence, ...]]:
    """The results with their addresses in the order of the texts, and of the evidence what stands at these.

    Where several plans have such an address, those count in which a result is named.
    """
    order = {item.address: number for number, item in enumerate(evidence)}
    ordered = tuple(
        replace(result, addresses=tuple(sorted(result.addresses, key=lambda address: order.get(address, len(order)))))
        for result in results
    )
    wanted = {address for result in results for address in result.addresses}
    found = [item for item in evidence if item.address in wanted]
    named = {item.address for item in found if item.marks}
    return ordered, tuple(item for item in found if item.marks or item.address not in named) or tuple(evidence)


def in_text_order(results: Sequence[Result], evidence: Sequence[Evidence], unspecified: set[str]) -> tuple[Result, ...]:
    """Agencies by role, within it as the text names them, the ``unspecified`` ones last; other results as they are."""
    if not results or results[0].type != "agency" or not results[0].roles:
        return tuple(results)
    seen: dict[str, tuple[int, int]] = {}
    for number, item in enumerate(evidence):
        for mark in item.marks:
            seen.setdefault(mark.iri, (number, mark.start))
    last = (len(evidence), 0)

    def rank(result: Result) -> tuple[bool, int, tuple[int, int]]:
        weightiest = min(i for i, role in enumerate(ROLES) if role in result.roles)
        return result.iri in unspecified, weightiest, seen.get(result.iri or "", last)

    return tuple(sorted(results, key=rank))


def _ranked(row: Row) -> Result:
    """A thing with ``value`` of what the things asked for are counted by."""
    name, iri = next(iter(row.items()))
    label, kind = row.get("label_vi"), name
    if name == "document":
        label = _document_label(row)
    if name == "statement":
        label, kind = row["text"], "task"
    addresses = tuple(str(row.get("addresses") or "").split())
    details = {"number": row.get("number"), "title": row.get("title")} if name == "document" else {}
    return Result(kind, label, addresses, str(iri), row.get("label_en"), value=int(row["n"]), details=details)


def _document_label(row: Row) -> str | None:
    number, kind = row.get("number"), row.get("type")
    return " ".join(filter(None, [kind, "số", number])) if number else row.get("title")


def _addresses(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["address"] for row in rows))


def _agency(iri: str, rows: Sequence[Row]) -> Result:
    roles = tuple(role for role in ROLES if any(row["role"] == role for row in rows))
    formers = {str(row["former"]): row["former_vi"] for row in rows if str(row.get("former", iri)) != iri}
    details = {"formerly": [{"iri": f, "label_vi": name} for f, name in formers.items()]} if formers else {}
    return Result(
        "agency", rows[0].get("label_vi"), _addresses(rows), iri, rows[0].get("label_en"), roles, details=details
    )


def _issuer(name: str, rows: Sequence[Row]) -> Result:
    iri = next((str(row["agency"]) for row in rows if row.get("agency")), None)
    return Result("agency", name, _addresses(rows), iri, rows[0].get("label_en"))


def _statement(iri: str, rows: Sequence[Row]) -> Result:
    return Result("task" if rows[0].get("duty") else "statement", rows[0]["text"], _addresses(rows), iri)


def _document(iri: str, rows: Sequence[Row]) -> Result:
    row = rows[0]
    number, title, kind = row.get("number"), row.get("title"), row.get("type")
    date = row.get("date")
    details = {"number": number, "title": title, "document_type": kind, "issuer": row.get("issuer")}
    return Result(
        "document", _document_label(row), _addresses(rows), iri, details={**details, "date": date and str(date)}
    )


def _target(iri: str, rows: Sequence[Row]) -> Result:
    row = rows[0]
    value, most = _number(row["value"]), row.get("value_max")
    details = {"comparator": row["comparator"], "value_max": None if most is None else _number(most)}
    return Result("indicator", row["label_vi"], _addresses(rows), iri, value=value, unit=row["unit"], details=details)


def _number(value: Any) -> float:
    """A decimal of the graph; a whole one is an int, which JSON shows without a fraction."""
    number = float(value)
    return int(number) if number.is_integer() else number


def _deadline(iri: str, rows: Sequence[Row]) -> Result:
    row = rows[0]
    date = row.get("date")
    details = {"inclusive": row.get("inclusive"), "words": row["words"]}
    return Result("deadline", row["words"], _addresses(rows), iri, value=date and str(date), details=details)


def _place(iri: str, rows: Sequence[Row]) -> Result:
    return Result("place", rows[0].get("label_vi"), _addresses(rows), iri)


def _person(iri: str, rows: Sequence[Row]) -> Result:
    return Result("person", rows[0]["label_vi"], _addresses(rows), iri, details={"office": rows[0].get("office")})
