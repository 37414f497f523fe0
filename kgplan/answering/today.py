"""What became of the agencies a plan names: the events, with their days and acts, by which others stand for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgplan.answering.answer import Result
from kgplan.answering.compose import BECAME
from kgplan.answering.interpretation import Interpretation
from kgplan.answering.wording import ended_sentence
from kgplan.rdf.store import QueryStore

_EVENTS = """SELECT DISTINCT ?former ?event ?kind ?date ?act ?type WHERE {{
  VALUES ?former {{ {iris} }}
  ?former {became}* ?some .
  ?event org:originalOrganization ?some ; kgp:changeKind ?kind ; dcterms:date ?date ; dcterms:references ?basis .
  ?basis kgp:number ?act ; kgp:typeLabel ?type .
}} ORDER BY ?date ?event"""


def with_changes(store: QueryStore, results: Sequence[Result], base: str) -> tuple[Result, ...]:
    """The results with ``changes``, the events by which each agency took over from those it stands for."""
    iris = {f["iri"] for r in results for f in r.details.get("formerly", ())}
    events = changes_of(store, sorted(iris), base)
    told = []
    for result in results:
        formers = [f["iri"] for f in result.details.get("formerly", ())]
        changes = list({e["iri"]: e for f in formers for e in events.get(f, ())}.values())
        told.append(replace(result, details=result.details | {"changes": changes}) if changes else result)
    return tuple(told)


def ended(store: QueryStore, interpretation: Interpretation, base: str) -> str | None:
    """The sentence that says by which act the agencies asked about came to an end; None when they did not."""
    events = [
        e for found in changes_of(store, interpretation.formers, base).values() for e in found if e["kind"] == "end"
    ]
    if not events:
        return None
    return ended_sentence(interpretation, events)


def changes_of(store: QueryStore, agencies: Sequence[str], base: str) -> dict[str, list[dict[str, str]]]:
    """The events that changed each of the agencies (IRIs) and those after them, by agency, by day."""
    found: dict[str, list[dict[str, str]]] = {}
    if not agencies:
        return found
    query = _EVENTS.format(iris=" ".join(f"<{iri}>" for iri in agencies), became=BECAME)
    for row in store.query(query, base_iri=base).values():
        event = {
            "iri": str(row["event"]),
            "kind": row["kind"],
            "date": str(row["date"]),
            "act": f"{row['type']} {row['act']}",
        }
        found.setdefault(str(row["former"]), []).append(event)
    return found
