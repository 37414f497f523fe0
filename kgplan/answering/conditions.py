"""The conditions a question puts on statements, read from the spans that neither ask nor give a role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kgplan.answering.asked import Asked
from kgplan.answering.catalogue import Catalogue
from kgplan.answering.citing import YEAR_WORDS, is_year
from kgplan.answering.interpretation import AgencyCondition, Due, Intent, RoleAsked, Unknown
from kgplan.answering.lexicon import Lexicon
from kgplan.answering.roles import Held, Roles
from kgplan.answering.state import State
from kgplan.text import fold, key

_KINDS = ("theme", "motto", "goal", "directive", "arrangement")
_NEAR_VERB = 3
"""How many spans may stand between an agency and the verb of giving tasks."""

_FIELD = ("nganh", "linh", "vuc", "sector", "field")
"""Words for the field that an agency is in charge of: "ngành nông nghiệp"."""

_WHEN = ("khi", "sau", "once", "after", "when")
_THAN = ("than", "hon")
_APPROVE = ("phe", "thong", "ban", "ky")
_OR = ("hay", "hoac", "or")
_BETWEEN = ("giua", "between", "trong", "among", "of")
_UNTIL_WORDS = ("den", "toi", "truoc", "sau", "tu", "by", "until", "till", "before", "after", "since", "from", "to")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body that issued the documents, or, ``negated``, did not."""

    name: str
    negated: bool = False


def formers(roles: Roles, conditions: Sequence[AgencyCondition]) -> tuple[str, ...]:
    """The agencies (IRIs) that a question about today names, when none is a partner and nothing else is asked."""
    if roles.asked == "coordinates" or any(held.partner or held.negated for held in roles.held):
        return ()
    return tuple(iri for condition in conditions for iri in condition.agencies)


def issuer(state: State, roles: Roles, catalogue: Catalogue, returned: Intent) -> Issuer | None:
    """The body whose documents are asked for or named: it issues documents, and stands as no actor."""
    known = {key(d.issuer): d.issuer for d in catalogue.documents.values() if d.issuer}
    for held in list(roles.held):
        mention = state.spans[held.agency].agency
        if mention is None or mention.agency is None or held.role != "any" or held.partner:
            continue
        name = next((known[key(n)] for n in mention.agency.names if key(n) in known), None)
        behind = _behind_document(state, held.agency)
        if name is None or (returned != "documents" and not behind):
            continue
        if mention.agency.holds_role and not behind:
            continue
        roles.held.remove(held)
        state.spans[held.agency].used = True
        if returned != "documents":
            _use_back_to_type(state, held.agency)
        before = state.spans[max(0, held.agency - 3) : held.agency]
        return Issuer(name, any(s.has("not") for s in before))
    return None


def assigner(state: State, roles: Roles, catalogue: Catalogue) -> str | None:
    """The agency (IRI) that gave the tasks: "UBND tỉnh giao …", "assigned by the provincial People's Committee"."""
    for held in list(roles.held):
        mention = state.spans[held.agency].agency
        given = mention.agency.iris if mention is not None and mention.agency is not None else ()
        near = state.spans[max(0, held.agency - _NEAR_VERB) : held.agency + 1 + _NEAR_VERB]
        verb = next((s for s in near if s.has("assigns")), None)
        if verb is None or len(given) != 1 or given[0] not in catalogue.assigners:
            continue
        roles.held.remove(held)
        state.spans[held.agency].used = verb.used = True
        return given[0]
    return None


def _behind_document(state: State, index: int) -> bool:
    """Whether the agency stands right behind a document noun and a word such as "của"."""
    before = [s for s in state.spans[max(0, index - 4) : index] if s.has("issued_by") or not s.has("filler")][-2:]
    return len(before) == 2 and before[1].has("issued_by") and before[0].has("noun_document", "document_type")


def _use_back_to_type(state: State, index: int) -> None:
    for span in state.spans[max(0, index - 3) : index]:
        span.used = span.used or span.has("issued_by", "noun_document", "document_type", "filler")


def agencies(
    state: State, roles: Roles, catalogue: Catalogue, returned: Intent
) -> tuple[tuple[AgencyCondition, ...], list[Unknown]]:
    """Conditions on the agencies named, and those named that the corpus does not hold."""
    conditions: list[AgencyCondition] = []
    missing: list[Unknown] = []
    for held in roles.held:
        span = state.spans[held.agency]
        agency = span.agency.agency if span.agency else None
        if returned == "deadlines" and _receives(state, held.agency):
            span.agency = None
            continue
        if _approves(state, held.agency) and (agency is None or not agency.holds_role):
            span.agency = None
            continue
        if (agency is None or not agency.holds_role) and _is_topic(held, roles):
            span.agency = None
            continue
        span.used = True
        if (agency is None or not agency.iris) and returned == "indicators":
            continue
        if agency is None or not agency.iris:
            missing.append(Unknown("unknown_agency", state.words(span)))
            continue
        if returned == "indicators" and not agency.holds_role:
            continue
        role: RoleAsked = "any" if returned == "agencies" and held.role == "coordinates" else held.role
        conditions.append(AgencyCondition(agency.iris, role, held.negated))
    if returned in ("tasks", "documents") and conditions and all(c.negated and c.role != "any" for c in conditions):
        conditions[:0] = [AgencyCondition(c.agencies) for c in conditions]  # its tasks, but not those it leads
    group = next((s for s in state.spans if s.has("group") and not s.used), None)
    if group is not None:
        group.used = True
        iris = group_members(catalogue, group.cues["group"])
        conditions += [AgencyCondition(iris)] if iris else []
    return tuple(conditions), missing


def _receives(state: State, index: int) -> bool:
    """Whether something is sent or told to the agency: "báo cáo UBND tỉnh", "report to …"."""
    return any(s.has("reports") for s in state.spans[max(0, index - 2) : index])


def _approves(state: State, index: int) -> bool:
    """Whether a clause of time says that the agency issues something: "ngay sau khi Thủ tướng phê duyệt"."""
    before, after = state.spans[max(0, index - 2) : index], state.spans[index + 1 : index + 3]
    return any(state.folded(s) in _WHEN or {"khi"} & set(state.words(s).lower().split()) for s in before) and any(
        s.has("issuing") or state.folded(s) in _APPROVE for s in after
    )


def _is_topic(held: Held, roles: Roles) -> bool:
    """Whether an agency that the corpus does not hold is only part of what the question is about."""
    return roles.asked is not None and held.role == "any" and not held.partner


def group_members(catalogue: Catalogue, group: str | None) -> tuple[str, ...]:
    """The IRIs of the agencies of a group that hold a role."""
    if group != "central":
        return ()
    return tuple(a.iri for a in catalogue.agencies.values() if "/agency/vn/" in a.iri and a.holds_role)


def kinds(state: State, asked: Asked, returned: Intent) -> tuple[str, ...]:
    """The kinds of statement asked for ("chủ đề", "phương châm")."""
    found = tuple(k for k in _KINDS if state.any(f"kind_{k}"))
    if found and (returned in ("statements", "tasks") or asked.strength < 1):
        state.use("part", *(f"kind_{k}" for k in found))
        return found
    return ()


def people(state: State, catalogue: Catalogue) -> tuple[str, ...]:
    """The people of the corpus that the question names."""
    folded = [t.fold for t in state.tokens]
    found = []
    for person in catalogue.people.values():
        name = fold(person.name).split()
        for i in range(len(folded) - len(name) + 1):
            if folded[i : i + len(name)] == name:
                found.append(person.iri)
                state.use_tokens(i, i + len(name))
    return tuple(found)


def due(state: State, returned: Intent) -> Due | None:
    """When the statements must be done: a word such as "trước" or "due by" right before a date."""
    if returned not in ("tasks", "agencies", "statements", "network"):
        return None
    year = next((t.text for t in state.tokens if is_year(t.text)), None)
    if state.date is None and year is not None and returned == "tasks" and state.use("noun_deadline"):
        return Due("on", year)
    if state.date is None:
        return None
    tests: tuple[tuple[str, Literal["before", "after", "on"]], ...] = (
        ("due_before", "before"),
        ("due_after", "after"),
        ("due_on", "on"),
    )
    if state.use("noun_deadline"):
        return Due("on", state.date)
    for index, span in enumerate(state.spans):
        behind = state.spans[index + 1 : index + 6]
        dated = any(not state.free[s.first] and not s.entity for s in behind)
        for cue, test in tests:
            if span.has(cue) and dated:
                span.used = True
                return Due(test, state.date)
    return None


def either(state: State, roles: Roles, found: Sequence[AgencyCondition]) -> tuple[str, ...]:
    """The agencies of "A or B", one of which is asked for."""
    plain = [c for c in found if not c.negated]
    if _more_than(state, roles, plain):
        return tuple(dict.fromkeys(iri for condition in plain for iri in condition.agencies))
    if len({c.agencies for c in plain}) < 2 or len(plain) != len(found):
        return ()
    seats = sorted(held.agency for held in roles.held)
    between = [s for a, b in pairwise(seats) for s in state.spans[a + 1 : b]]
    words = {state.folded(s) for s in between}
    if _topic_first(state, seats[0], seats[-1]) and all(s.has("or", "filler") for s in between):
        words.add("or")
        between += state.spans[: seats[0]]
    if not words.intersection(_OR) or not all(
        s.has("or", "filler", "which", "issued_by") or state.folded(s) in _BETWEEN for s in between
    ):
        return ()
    for span in between:
        span.used = True
    return tuple(dict.fromkeys(iri for condition in plain for iri in condition.agencies))


def _more_than(state: State, roles: Roles, plain: Sequence[AgencyCondition]) -> bool:
    """Whether one of two agencies is said to have more or less than the other: "does A lead more tasks than B"."""
    seats = sorted(held.agency for held in roles.held)
    if len({c.agencies for c in plain}) != 2 or len(seats) != 2:
        return False
    between = state.spans[seats[0] + 1 : seats[1]]
    than = [s for s in between if state.folded(s) in _THAN or s.has("most_of_two", "least_of_two")]
    if not than or not any(s.has("noun_task", "noun_document") for s in between):
        return False
    for span in than:
        span.used = span.used or state.folded(span) in _THAN
    return True


def _topic_first(state: State, first: int, last: int) -> bool:
    """Whether the agencies open the question and are asked about: "giữa A và B, bên nào …", "of A and B, which …"."""
    before = [s for s in state.spans[:first] if not s.has("filler", "issued_by")]
    after = [s for s in state.spans[last + 1 :] if not s.has("filler") or s.has("which")][:2]
    if any(state.folded(s) not in _BETWEEN for s in before) or len(after) < 2 or state.folded(after[0]) == "what":
        return False
    comma = "," in state.question[state.tokens[state.spans[last].last - 1].end : state.tokens[after[0].first].start]
    seat = after[0].has("which", "who") or (after[0].has("noun_agency") and after[1].has("which"))
    return seat and (comma or bool(before) or state.spans[0].has("issued_by"))


def plan_of_year(state: State, catalogue: Catalogue) -> str | None:
    """The plan of the year that the question names ("năm 2023", "in 2023", "the 2023 plan"), where one alone is of it.

    The year is no topic; "đến năm 2030" tells until when, not of which year the plan is.
    """
    years = set()
    around = [None, *state.spans, None]
    for before, span, after in zip(around, state.spans, around[2:], strict=False):
        year = state.tokens[span.first].text
        if not is_year(year):
            continue
        words = [before] if before is not None and state.tokens[before.last - 1].fold in YEAR_WORDS else []
        words += [after] if after is not None and after.has("plan_itself") else []
        if not words:
            continue
        until = before is not None and before.first and state.tokens[before.first - 1].fold in _UNTIL_WORDS
        if not until and not span.used:
            years.add(year)
        for used in (span, *words):
            used.used = True
    of_year = [plan.iri for plan in catalogue.plans.values() if str(plan.detail) in years]
    return of_year[0] if len(of_year) == 1 < len(catalogue.plans) else None


def names_agency(topic: str, conditions: Sequence[AgencyCondition], catalogue: Catalogue) -> bool:
    """Whether ``topic`` is the field of an agency that the question names, too: "ngành nông nghiệp (Sở NN&PTNT)"."""
    if fold(topic).split()[:1] not in [[word] for word in _FIELD]:
        return False
    entries = [catalogue.agencies[iri] for c in conditions for iri in c.agencies if iri in catalogue.agencies]
    words = {word for entry in entries for name in entry.names for word in fold(name).split()}
    return bool(words) and all(word in words or word in _FIELD for word in fold(topic).split())


def unit(state: State) -> str | None:
    """The unit the question asks in: per cent, where it says so."""
    folded = f" {' '.join(t.fold for t in state.tokens)} "
    return "%" if any(f" {w} " in folded for w in Lexicon.load().table("indicators")["percent"]) else None


def number(state: State) -> float | None:
    """The number that a yes/no question claims."""
    for span in state.spans:
        word = state.tokens[span.first].text
        if not span.entity and word.isdigit() and not is_year(word):
            span.used = True
            return float(word)
    return None
