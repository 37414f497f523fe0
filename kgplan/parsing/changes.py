"""What became of agencies: mergers, renamings and ends, from data/agency_changes.json and from a file of one's own.

A file of one's own has the same form: ``bases`` (acts by number: type, issuer, date, title) and ``events`` (id, level,
kind, date, basis, from, to; optionally new). ``level`` is "vn", "province" for
the body of that name in every province, or the id of one province.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from kgplan.errors import ReadError
from kgplan.model import Agency, ChangeEvent, ChangeKind, Document
from kgplan.parsing.registry import Registry
from kgplan.resources import DATA
from kgplan.text import slugify

_EVERY_PROVINCE = "province"
_FIELDS = ("id", "level", "kind", "date", "basis", "from", "to")


class Changes:
    """All known changes; :meth:`of` gives those of some agencies."""

    def __init__(self, data: Iterable[Mapping[str, Any]], registry: Registry) -> None:
        self._registry = registry
        self.bases: dict[str, Document] = {}
        """The acts that changes rest on, by number."""
        self._rules: list[Mapping[str, Any]] = []
        self._merged_by: str | None = None
        for part in data:
            self.bases |= {number: _basis(number, act) for number, act in part.get("bases", {}).items()}
            self._rules += part["events"]
            self._merged_by = part.get("provinces_merged_by", self._merged_by)

    @staticmethod
    @cache
    def load(more: str | None = None) -> Changes:
        """The changes that travel with kgplan, and those of ``more``, the text of a file that :func:`read_changes`
        took."""
        data = [json.loads((DATA / "agency_changes.json").read_text(encoding="utf-8"))]
        return Changes([*data, json.loads(more)] if more else data, Registry.load())

    def of(self, agencies: Iterable[Agency]) -> tuple[tuple[ChangeEvent, ...], tuple[Agency, ...]]:
        """The events through which the agencies became what they are now, in the order of their dates, and the agencies
        that these events brought about."""
        events: dict[str, ChangeEvent] = {}
        known = {agency.id: agency for agency in agencies}
        named = set(known)
        todo = [(agency, "") for agency in known.values()]
        while todo:
            agency, since = todo.pop()
            for event, resulting in self._next(agency, since):
                events[event.id] = event
                for later in resulting:
                    known.setdefault(later.id, later)
                    todo.append((later, event.date))
        told = (replace(e, originals=tuple(i for i in e.originals if i in known)) for e in events.values())
        ordered = sorted(told, key=lambda e: (e.date, e.id))
        return tuple(ordered), tuple(known[i] for i in sorted(known.keys() - named))

    def _next(self, agency: Agency, since: str) -> list[tuple[ChangeEvent, list[Agency]]]:
        """The first change of the agency after the day ``since``."""
        found = [c for c in self._all(agency) if c[0].date > since]
        return [min(found, key=lambda c: (c[0].date, c[0].id))] if found else []

    def _all(self, agency: Agency) -> Iterable[tuple[ChangeEvent, list[Agency]]]:
        where = agency.id.split("/")[0]
        provinces = self._registry.jurisdictions
        for rule in self._rules:
            if rule["level"] not in ((where, _EVERY_PROVINCE) if where in provinces else (where,)):
                continue
            originals = [self._agency(name, where) for name in rule["from"]]
            if agency.id not in {a.id for a in originals}:
                continue
            resulting = [self._agency(name, where) for name in rule["to"]]
            yield self._event(f"{where}/{rule['id']}", rule, originals, resulting), resulting
        moved = self._moved(agency, where)
        if moved is not None:
            yield moved

    def _moved(self, agency: Agency, where: str) -> tuple[ChangeEvent, list[Agency]] | None:
        """The merger of the agency's province with another, by which the body of that name there took over."""
        place = self._registry.jurisdictions.get(where)
        if place is None or place.merged_into is None or agency.collective or not agency.in_registry:
            return None
        if self._merged_by is None or self._registry.merged_on is None:
            return None
        there = self._registry.jurisdictions[place.merged_into]
        name = re.sub(rf"\s{place.level}$", f" {there.level}", agency.name.removesuffix(f" {place.name}"))
        found = self._registry.resolve(name, there.id)
        if found is None or found.jurisdiction != there.id:
            return None
        later = replace(found, name=f"{found.name} {there.name}", aliases=())
        tail = agency.id.split("/", 1)[1]
        rule = {"kind": "merger", "date": self._registry.merged_on, "basis": self._merged_by}
        return self._event(f"{where}/{tail}-merged", rule, [agency], [later]), [later]

    def _event(
        self, event_id: str, rule: Mapping[str, Any], originals: Iterable[Agency], resulting: Iterable[Agency]
    ) -> ChangeEvent:
        return ChangeEvent(
            id=event_id,
            kind=rule["kind"],
            date=rule["date"],
            originals=tuple(dict.fromkeys(a.id for a in originals)),
            resulting=tuple(dict.fromkeys(a.id for a in resulting)),
            basis=self.bases[rule["basis"]],
            founding=bool(rule.get("new")),
        )

    def _agency(self, name: str, where: str) -> Agency:
        place = self._registry.jurisdictions.get(where)
        name = name.replace("{level}", place.level if place else "")
        found = self._registry.resolve(name, where)
        if found is not None and found.jurisdiction == where:
            return found
        return Agency(f"{where}/{slugify(name)}", name, "agency", where, in_registry=False)


def _basis(number: str, act: Mapping[str, Any]) -> Document:
    return Document(
        id=slugify(number), type=act["type"], number=number, title=act["title"], issuer=act["issuer"], date=act["date"]
    )


def read_changes(path: Path) -> str:
    """The text of a file of changes of one's own. Raises ReadError when it cannot be read or says something else."""
    try:
        text = path.read_text(encoding="utf-8")
        data: dict[str, Any] = json.loads(text)
        bases = {number: _basis(number, act) for number, act in data.get("bases", {}).items()}
        bases |= Changes.load().bases
        for event in data["events"]:
            missing = [name for name in _FIELDS if name not in event]
            if missing:
                raise ReadError(f"{path}: event {event.get('id', '?')!r} has no {', '.join(missing)}")
            date.fromisoformat(event["date"])
            if event["kind"] not in get_args(ChangeKind):
                raise ReadError(
                    f"{path}: event {event['id']!r} is of kind {event['kind']!r}; "
                    f"use one of {', '.join(get_args(ChangeKind))}"
                )
            if event["basis"] not in bases:
                raise ReadError(
                    f"{path}: event {event['id']!r} rests on {event['basis']!r}, which is not among the bases"
                )
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(
            f"{path} is no file of agencies' changes ({error}); see docs/agencies.md for its form"
        ) from error
    return text
