"""An interpretation passed back corrected, and the close alternatives to one.

What ``interpretation`` shows in an answer can be given back, whole or in part: each field that is given replaces what
the question was understood to say, the others stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final, get_args

from rapidfuzz import fuzz, process

from kgplan.answering.catalogue import Catalogue
from kgplan.answering.interpretation import (
    INTENTS,
    AgencyCondition,
    Alternative,
    DateTest,
    Due,
    Having,
    HavingTest,
    Inner,
    Intent,
    Interpretation,
    Measured,
    RoleAsked,
)
from kgplan.errors import QuestionError
from kgplan.rdf.vocabulary import STATEMENT_CLASSES
from kgplan.text import fold

_ROLES: Final = get_args(RoleAsked)
_COUNTABLE: Final = ("agencies", "tasks", "documents", "indicators", "deadlines", "places", "people", "statements")
_LISTS: Final = ("document_types", "cited_types", "place_kinds")
_NAMED: Final = ("agencies_among", "excluded", "formers")
"""Lists of agencies."""
_FLAGS: Final = (
    "others",
    "no_lead",
    "alone",
    "in_office",
    "asked_negated",
    "only",
    "yes_no",
    "issuer_negated",
    "today",
)
_FLAGS_TOO: Final = ("asks_issuer", "cites_nothing", "barred")
_TEXTS: Final = ("not_topic", "agency_kind", "document_date", "issuer", "unit", "section", "date")
_CLOSE: Final = 3
_ALIKE: Final = 60.0
"""Names this alike, of 100, are offered in place of one that is not known."""


def correct(understood: Interpretation, given: Mapping[str, Any], catalogue: Catalogue) -> Interpretation:
    """``understood`` with the fields of ``given`` (keys of ``Interpretation.to_dict``) in their place.

    An agency or a document may be given by its IRI or by a name that it alone bears. Raises QuestionError on a field
    that there is not, a value that it cannot have, or a name that the corpus does not hold.
    """
    if "parts" in given:
        return _in_parts(understood, given, catalogue)
    if understood.parts:
        return _parts_of([correct(part, given, catalogue) for part in understood.parts], all_of=understood.all_of)
    known = {f.name for f in fields(Interpretation)} - {
        "language",
        "unknown",
        "topic_marked",
        "document_words",
        "all_of",
    }
    unknown = sorted(given.keys() - known - {"agency", "document"})
    if unknown:
        allowed = ", ".join(sorted(known | {"agency", "document"}))
        raise QuestionError(f"an interpretation has no {', '.join(map(repr, unknown))}; it has: {allowed}")
    changed: dict[str, Any] = {name: _value(name, value) for name, value in given.items() if name not in _LINKED}
    if "intent" in changed:
        changed["counted"] = changed.get("counted", understood.returned if changed["intent"] == "count" else None)
    conditions = _conditions(understood, given, catalogue)
    if conditions is not None:
        changed["agencies"] = conditions
    documents = _documents(given, catalogue)
    if documents is not None:
        changed["documents"] = documents
    if "excluded_documents" in given:
        without = _texts("excluded_documents", given["excluded_documents"])
        changed["excluded_documents"] = tuple(_document(name, catalogue) for name in without)
    for name in _NAMED:
        if name in given:
            changed[name] = tuple(_agency(one, catalogue) for one in _texts(name, given[name]))
    if "assigner" in given:
        changed["assigner"] = _agency(given["assigner"], catalogue) if given["assigner"] else None
    for name, held in (("people", catalogue.people), ("plan", catalogue.plans)):
        if given.get(name):
            changed[name] = _held(name, given[name], held)
        elif name in given:
            changed[name] = () if name == "people" else None
    settled = {"unknown_agency"} if conditions is not None else set()
    settled |= {"unknown_document"} if documents is not None else set()
    settled |= {"topic_not_in_plan"} if "topic" in given else set()
    result = replace(understood, **changed, unknown=tuple(u for u in understood.unknown if u.reason not in settled))
    if result.returned == "count":
        raise QuestionError("'counted' says what is counted; it cannot be 'count'")
    return result


def _in_parts(understood: Interpretation, whole: Mapping[str, Any], catalogue: Catalogue) -> Interpretation:
    """The reading in the parts given, each of which replaces what that part was understood to say."""
    given = whole["parts"]
    if not isinstance(given, list | tuple) or not all(isinstance(part, Mapping) for part in given) or not given:
        raise QuestionError(f"'parts' is {given!r}; give a list of interpretations as an answer shows it")
    plain = replace(understood, parts=(), all_of=False, unknown=())
    bases = [*understood.parts, *[plain] * len(given)][: len(given)]
    together = bool(whole.get("all_of", understood.all_of))
    return _parts_of([correct(base, part, catalogue) for base, part in zip(bases, given, strict=True)], all_of=together)


def _parts_of(parts: Sequence[Interpretation], *, all_of: bool) -> Interpretation:
    if len(parts) == 1:
        return parts[0]
    if all_of and any(part.returned != "agencies" for part in parts):
        raise QuestionError("with 'all_of' every part must ask for agencies ('intent': 'agencies')")
    if parts[0].barred or (not all_of and any(part.barred for part in parts)):
        raise QuestionError("only with 'all_of', and behind the first part, can a part be 'barred'")
    return replace(parts[0], parts=tuple(parts), all_of=all_of)


_LINKED: Final = (
    "agency",
    "agencies",
    "document",
    "documents",
    "excluded_documents",
    "people",
    "plan",
    "assigner",
    *_NAMED,
)
"""Fields that name something of the corpus."""
_CODE: Final = re.compile(r"[a-z_]+")
_DATE: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")


def _value(name: str, value: Any) -> Any:
    """The value of a field that names nothing of the corpus, checked."""
    if name in ("intent", "counted"):
        return _one_of(name, value, INTENTS if name == "intent" else _COUNTABLE, optional=name == "counted")
    if name == "role":
        return _one_of(name, value, _ROLES, optional=True)
    if name == "measured":
        return _one_of(name, value, get_args(Measured), optional=True)
    if name == "superlative":
        return _one_of(name, value, ("most", "least"), optional=True)
    if name == "dated":
        return _one_of(name, value, ("latest", "earliest"), optional=True)
    if name in (*_FLAGS, *_FLAGS_TOO):
        return _typed(name, value, bool, "true or false")
    if name == "topic" or name in _TEXTS:
        text = None if value is None else (_typed(name, value, str, "a text or null").strip() or None)
        form = {"agency_kind": _CODE, "date": _DATE, "document_date": _DATE}.get(name)
        if text and form and not form.fullmatch(text):
            wanted = "a date such as 2023-01-15" if form is _DATE else "a kind such as department"
            raise QuestionError(f"{name!r} is {value!r}; give {wanted}")
        return text
    if name == "number":
        return None if value is None else float(_typed(name, value, (int, float), "a number or null"))
    if name == "kinds":
        return tuple(_one_of(name, kind, tuple(STATEMENT_CLASSES)) for kind in _texts(name, value))
    if name in _LISTS:
        return _texts(name, value)
    if name == "inner":
        return None if value is None else _part(name, value, lambda v: Inner(_role(v.get("role")), _topic(v["topic"])))
    if name in ("due", "issued"):
        return None if value is None else _part(name, value, lambda v: _due(name, v))
    if name == "having":
        tests = get_args(HavingTest)
        return (
            None
            if value is None
            else _part(name, value, lambda v: Having(_one_of("test", v["test"], tests), int(v["number"])))
        )
    raise QuestionError(f"{name!r} cannot be given")


def _due(name: str, value: Mapping[str, Any]) -> Due:
    test = _one_of("test", value["test"], get_args(DateTest))
    if not _DATE.fullmatch(value["date"]):
        raise QuestionError(f"{name!r} has the date {value['date']!r}; give one such as 2023-01-15")
    return Due(test, value["date"])


def _role(value: Any) -> RoleAsked | None:
    role: RoleAsked | None = _one_of("role", value, _ROLES, optional=True)
    return role


def _topic(value: Any) -> str:
    text: str = _typed("topic", value, str, "a text")
    return text


def _part(name: str, value: Any, make: Callable[[Mapping[str, Any]], Any]) -> Any:
    try:
        return make(value)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise QuestionError(f"{name!r} has the wrong form; give it as an answer shows it") from None


def _one_of(name: str, value: Any, allowed: tuple[str, ...], *, optional: bool = False) -> Any:
    if (value is None and optional) or (isinstance(value, str) and value in allowed):
        return value
    raise QuestionError(f"{name!r} is {value!r}; use one of: {', '.join(allowed)}{' or null' if optional else ''}")


def _typed(name: str, value: Any, kind: type | tuple[type, ...], said: str) -> Any:
    if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
        return value
    raise QuestionError(f"{name!r} is {value!r}; give {said}")


def _texts(name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return tuple(value)
    raise QuestionError(f"{name!r} is {value!r}; give a list of texts")


def _conditions(
    understood: Interpretation, given: Mapping[str, Any], catalogue: Catalogue
) -> tuple[AgencyCondition, ...] | None:
    """The conditions on agencies, when ``given`` says anything of them."""
    if "agencies" in given:
        value = given["agencies"]
        if not isinstance(value, list | tuple):
            raise QuestionError(f"'agencies' is {value!r}; give a list of conditions as an answer shows it")
        return tuple(_part("agencies", v, lambda v: _condition(v, catalogue)) for v in value)
    asks_for_agencies = given.get("intent", understood.returned) in ("agencies", "network")
    if "agency" in given:
        if given["agency"] is None:
            return ()
        role = None if asks_for_agencies else _role(given.get("role"))
        return (AgencyCondition((_agency(given["agency"], catalogue),), role or "any"),)
    if "role" in given and understood.agencies and not asks_for_agencies:
        return tuple(replace(c, role=_role(given["role"]) or "any") for c in understood.agencies)
    return None


def _condition(value: Mapping[str, Any], catalogue: Catalogue) -> AgencyCondition:
    iris = tuple(_agency(name, catalogue) for name in _texts("agencies", value["agencies"]))
    return AgencyCondition(iris, _role(value.get("role")) or "any", bool(value.get("negated", False)))


def _agency(name: Any, catalogue: Catalogue) -> str:
    """The IRI of the agency of that IRI or name."""
    text = _typed("agency", name, str, "an IRI, a name or null")
    if text in catalogue.agencies:
        return str(text)
    wanted = fold(text)
    found = [iri for iri, entry in catalogue.agencies.items() if wanted in map(fold, entry.names)]
    if len(found) == 1:
        return found[0]
    raise QuestionError(f"no one agency of the corpus is called {text!r}{_did_you_mean(text, _names(catalogue))}")


def _documents(given: Mapping[str, Any], catalogue: Catalogue) -> tuple[str, ...] | None:
    if "documents" in given:
        return tuple(_document(name, catalogue) for name in _texts("documents", given["documents"]))
    if "document" in given:
        return () if given["document"] is None else (_document(given["document"], catalogue),)
    return None


def _document(name: Any, catalogue: Catalogue) -> str:
    """The IRI of the document of that IRI, number or title."""
    text = _typed("document", name, str, "an IRI, a number, a title or null")
    if text in catalogue.documents:
        return str(text)
    wanted = fold(text)
    found = [
        i
        for i, d in catalogue.documents.items()
        if wanted in {fold(d.number or ""), fold(d.title or ""), fold(d.label)}
    ]
    if len(found) == 1:
        return found[0]
    labels = {d.label: i for i, d in catalogue.documents.items()}
    raise QuestionError(f"the corpus cites no one document {text!r}{_did_you_mean(text, labels)}")


def _held(name: str, value: Any, held: Mapping[str, Any]) -> Any:
    """The IRI, or the IRIs, of ``value``, which must be ones that the corpus holds."""
    iris = _texts(name, value) if name == "people" else (_typed(name, value, str, "an IRI or null"),)
    for iri in iris:
        if iri not in held:
            raise QuestionError(f"{name!r}: the corpus holds no {iri!r}; it holds: {', '.join(held)}")
    return iris if name == "people" else iris[0]


def _names(catalogue: Catalogue) -> dict[str, str]:
    return {name: iri for iri, entry in catalogue.agencies.items() for name in entry.names}


def _closest(words: str, names: Mapping[str, str]) -> list[str]:
    """The IRIs of the names closest to ``words``."""
    found = process.extract(fold(words), {n: fold(n) for n in names}, scorer=fuzz.ratio, limit=3 * _CLOSE)
    return list(dict.fromkeys(names[name] for _, score, name in found if score >= _ALIKE))[:_CLOSE]


def _did_you_mean(words: str, names: Mapping[str, str]) -> str:
    close = set(_closest(words, names))
    shown = list({iri: name for name, iri in reversed(list(names.items())) if iri in close}.values())
    return f"; did you mean {' or '.join(shown)}?" if shown else "; give its IRI"


def alternatives(interpretation: Interpretation, catalogue: Catalogue) -> tuple[Alternative, ...]:
    """Other readings close to ``interpretation``: known names for unknown ones, else other roles and intents."""
    found: list[Alternative] = []
    for unknown in interpretation.unknown:
        if unknown.reason == "unknown_agency":
            for iri in _closest(unknown.words, _names(catalogue)):
                entry = catalogue.agencies[iri]
                found.append(Alternative({"agency": iri}, entry.name, entry.name_en or entry.name))
        if unknown.reason == "unknown_document":
            labels = {d.label: i for i, d in catalogue.documents.items()}
            for iri in _closest(unknown.words, labels):
                label = catalogue.documents[iri].label
                found.append(Alternative({"document": iri}, label, label))
    if interpretation.unknown:
        return tuple(found)
    if interpretation.returned in ("agencies", "network") or interpretation.agencies:
        role = "leads" if interpretation.role == "responsible" else interpretation.role
        found += [Alternative({"role": r}, vi, en) for r, vi, en in _ROLE_READINGS if r != role]
    found += [Alternative({"intent": i}, vi, en) for i, vi, en in _INTENT_READINGS if i != interpretation.intent]
    return tuple(found)


_ROLE_READINGS: Final[tuple[tuple[RoleAsked, str, str], ...]] = (
    ("leads", "chủ trì", "who leads"),
    ("coordinates", "phối hợp", "who coordinates"),
    ("any", "mọi vai trò", "in any role"),
)
_INTENT_READINGS: Final[tuple[tuple[Intent, str, str], ...]] = (
    ("agencies", "hỏi cơ quan", "the agencies"),
    ("tasks", "hỏi nhiệm vụ", "the tasks"),
    ("documents", "hỏi văn bản", "the documents"),
)
