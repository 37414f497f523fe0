"""One statement or agency by what a client calls it; what is not there is refused with what is close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kgplan.errors import UnknownPlanError
from kgplan.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kgplan.corpus import Corpus
    from kgplan.model import Agency, Plan

CLOSE = 5
"""Names or addresses that an error offers."""

ALIKE = 60
"""Names less alike, of 100, are not offered."""


def statement(corpus: Corpus, plan_id: str, address: str) -> dict[str, Any]:
    """The statement of the plan at the address, as the HTTP service gives it. Raises UnknownPlanError."""
    from kgplan.api.views import statement_out

    plan = corpus.plan(plan_id)
    found = next((s for s in (*plan.statements, *plan.context) if s.address == address), None)
    if found is None:
        raise UnknownPlanError(
            f"plan {plan.id} has no statement {address!r}{_close_addresses(plan, address)}; "
            f"kgplan://plans/{plan.id}/outline lists them"
        )
    out: dict[str, Any] = statement_out(plan, found).model_dump(mode="json")
    return out


def agency(corpus: Corpus, name: str) -> dict[str, Any]:
    """The one agency that bears the name, alias, id or IRI, as the HTTP service gives it.

    Raises UnknownPlanError when none does, when several do, and when no plan gives it a role.
    """
    from kgplan.api.views import agency_out

    wanted = fold(name.strip().rpartition("/id/agency/")[2])
    known = {a.id: a for plan in corpus.plans for a in plan.agencies}
    names = {i: {fold(n) for n in (a.id, a.name, a.name_en or "", *a.aliases)} - {""} for i, a in known.items()}
    ids = [i for i, spoken in names.items() if wanted in spoken]
    if not ids:
        raise UnknownPlanError(
            f"no plan names an agency {name!r}{_close_names(known, names, wanted)}; kgplan://agencies lists them"
        )
    if len(ids) > 1:
        raise UnknownPlanError(f"{len(ids)} agencies are called {name!r}; give the id of one: {', '.join(sorted(ids))}")
    out = agency_out(corpus.plans, ids[0])
    if out is None:
        raise UnknownPlanError(f"{known[ids[0]].name} is named, but no plan gives it a role")
    found: dict[str, Any] = out.model_dump(mode="json")
    return found


def _close_addresses(plan: Plan, address: str) -> str:
    from rapidfuzz import fuzz, process

    held = [s.address for s in plan.statements]
    wanted = address.strip().upper()
    within = [one for one in held if one.upper().startswith(f"{wanted}.")]
    if wanted and within:
        more = ", …" if len(within) > CLOSE else ""
        return f", but it has some under it: {', '.join(within[:CLOSE])}{more}"
    found = process.extract(wanted, held, scorer=fuzz.ratio, processor=str.upper, limit=CLOSE, score_cutoff=ALIKE)
    return f"; close: {', '.join(one for one, _, _ in found)}" if found else ""


def _close_names(known: Mapping[str, Agency], names: Mapping[str, set[str]], wanted: str) -> str:
    from rapidfuzz import fuzz

    if not wanted:
        return ""

    def likeness(key: str) -> float:
        return max(100.0 if wanted in one else fuzz.ratio(wanted, one) for one in names[key])

    found = sorted((-score, known[key].name) for key in known if (score := likeness(key)) >= ALIKE)
    return f"; close: {', '.join(dict.fromkeys(name for _, name in found[:CLOSE]))}" if found else ""
