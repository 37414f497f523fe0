"""What kind of thing answers the question: from what it asks for, the roles and the entities it names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kgplan.answering.asked import Asked
from kgplan.answering.interpretation import Intent
from kgplan.answering.lexicon import Token
from kgplan.answering.roles import Roles
from kgplan.answering.spans import EMPTY_CUES, Span
from kgplan.answering.state import State

_INTERROGATIVES = ("who", "which", "when", "where", "count", "howmuch", "which_number", "ask_statement")

_ENGLISH = ("is", "are", "was", "were", "does", "did")
"""Words that open a yes/no question in English and are no Vietnamese ones."""

_MODALS = ("phai", "can", "se", "must", "should", "shall", "will", "has", "have", "needs", "need", "to")
"""Words by which "who must issue" asks for a duty."""


def wants_yes_or_no(state: State, polite: Callable[[Token], bool]) -> bool:
    """Whether the question wants a yes or a no: it has no interrogative, and begins or ends as such do."""
    if state.any(*_INTERROGATIVES) or not state.spans:
        return False
    opening = next((s for s in state.spans if not s.has("filler") or s.has("yes_no_start")), state.spans[0])
    if state.spans[0].last == 1 and state.folded(state.spans[0]) in _ENGLISH and state.spans[1:2]:
        state.spans[0].used = True  # in a question that is otherwise Vietnamese
        return True
    if opening.has("yes_no_start") and ("en" in state.variants or len(opening.cues) == 1):
        opening.used = True
        if not state.english:
            state.use("yes_no_end")
        return True
    closing = [s for s in state.spans if not all(polite(t) for t in state.tokens[s.first : s.last])]
    if not state.english and closing and closing[-1].has("yes_no_end"):
        closing[-1].used = True
        return True
    return False


def choose_intent(
    state: State, asked: Asked, roles: Roles, *, yes_no: bool, no_lead: bool
) -> tuple[Intent, Intent | None]:
    """The intent, and what is counted or claimed."""
    intent = _asked_for(state, asked, roles, yes_no=yes_no, no_lead=no_lead)
    if yes_no:
        things = ("documents", "deadlines", "indicators", "places")
        return "statements", (intent if intent in things and not state.named else "statements")
    if intent == "indicators" and asked.strength < 1 and state.named:
        return "count", "tasks"
    if asked.count:
        return ("indicators", "indicators") if intent == "indicators" else ("count", intent)
    return intent, None


def _asked_for(state: State, asked: Asked, roles: Roles, *, yes_no: bool, no_lead: bool) -> Intent:
    if asked.intent is not None and asked.strength >= 0.8:
        if asked.intent != "agencies":
            return asked.intent
        return "people" if asked.seats and about_people(state, roles) else "agencies"
    if no_lead:
        return "tasks"
    if roles.asked is not None and not yes_no:
        return "agencies"
    if state.cited and asked.intent in (None, "tasks", "statements"):
        return "documents"
    if asked.intent in ("documents", "deadlines", "indicators", "people", "places"):
        return asked.intent
    if state.named and not state.cited:
        return "agencies" if asked.intent == "agencies" else "tasks"
    return asked.intent or "statements"


def about_people(state: State, roles: Roles) -> bool:
    """Whether "who" means a person: it asks who did something about the plan itself."""
    only_who = all(not s.has("noun_agency") for s in state.spans if s.used)
    if not only_who or roles.asked is not None or state.named or state.any("person_act") is None:
        return False
    empty = ("person_act", "plan_itself", "noun_person", *EMPTY_CUES)
    return all(s.used or s.has(*empty) for s in state.spans)


def asks_issuer(state: State, asked: Asked) -> bool:
    """Whether "who" stands by a word of issuing ("do ai ban hành", "who issued"), and no duty to issue is meant."""
    if asked.intent != "agencies" or not (state.cited or state.any("noun_document", "document_type", "plan_itself")):
        return False
    for index in asked.seats:
        near = state.spans[index + 1 : index + 3]
        told = {t.fold for s in near for t in state.tokens[s.first : s.last]} & set(_MODALS)
        if (
            near
            and not told
            and (near[0].has("issuing") or (near[0].has("which", "filler") and near[-1].has("issuing")))
        ):
            for span in near:
                span.used = True
            return True
    return False


def types_named(state: State) -> list[str]:
    """The types of document that the question names, without those of documents it cites; marked as used."""
    found = []
    for span in state.spans:
        code = span.cues.get("document_type")
        if code is not None and not span.entity:
            span.used = True
            found.append(code)
    return found


def kind_of_agency(state: State, asked: Asked) -> str | None:
    """The one kind of agency that the interrogatives ask for ("sở nào")."""
    seats = [i for i in asked.seats if not _says_number(state, i)]
    kinds = [k for i in seats if (k := state.spans[i].cues.get("agency_kind")) is not None]
    return kinds[0] if len(set(kinds)) == 1 else None


def _says_number(state: State, index: int) -> bool:
    """Whether "so" without diacritics means a number, not a department: "dem giup so don vi …"."""
    following = state.spans[index + 1 : index + 2]
    return state.spans[index].has("count_weak") and bool(following) and following[0].has("noun_agency")


def group_asked(spans: Sequence[Span]) -> str | None:
    """The group of agencies asked for: "bộ, ngành trung ương nào", "which central bodies"."""
    for index, span in enumerate(spans):
        if span.has("group"):
            near = [*spans[max(0, index - 2) : index], *spans[index + 1 : index + 2]]
            if any(s.has("which", "count") for s in near):
                span.used = True
                for s in near:
                    s.used = s.used or s.has("which")
                return span.cues["group"]
    return None
