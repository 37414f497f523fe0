"""The registry of the Vietnamese state apparatus: data/agencies.json, instantiated for a jurisdiction."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from kgplan.model import Agency
from kgplan.parsing.level import level
from kgplan.parsing.tokens import tokens
from kgplan.resources import DATA
from kgplan.text import slugify

CENTRAL = "vn"
"""The jurisdiction of central bodies, and of plans of no province."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A province or centrally run city. ``level`` is "tỉnh" or "thành phố"; ``merged_into`` an id or None."""

    id: str
    name: str
    level: str
    aliases: tuple[str, ...] = ()
    merged_into: str | None = None


class Names:
    """Agencies of one jurisdiction by name. Keys are token strings without spaces, "và" and punctuation."""

    def __init__(self, agencies: Iterable[tuple[Agency, Iterable[str]]], abbreviations: dict[str, str]) -> None:
        self._abbreviations = abbreviations
        self.by_key: dict[str, Agency] = {}
        for agency, names in agencies:
            for name in names:
                self.by_key.setdefault(self.key(name), agency)
        self._sorted = sorted(self.by_key)

    def token(self, token: str) -> str:
        """The part of a key that one levelled token gives: nothing for "và", a word for its abbreviation."""
        return "" if token == "và" else self._abbreviations.get(token, token)

    def key(self, name: str) -> str:
        """The key of ``name``."""
        return "".join(self.token(token.word) for token in tokens(name, 0, len(name)))

    def is_prefix(self, key: str) -> bool:
        """Whether some key begins with ``key``."""
        at = bisect_left(self._sorted, key)
        return at < len(self._sorted) and self._sorted[at].startswith(key)


class Registry:
    """The registry. Use :meth:`load`; instances are shared and read-only."""

    def __init__(self, data: dict[str, Any], provinces: list[dict[str, Any]], merged_on: str | None = None) -> None:
        """``merged_on`` is the day (ISO 8601) on which provinces were merged into others."""
        self._data = data
        self.merged_on = merged_on
        self.abbreviations: dict[str, str] = {k: v.replace(" ", "") for k, v in data["abbreviations"].items()}
        self.jurisdictions: dict[str, Jurisdiction] = {
            p["id"]: Jurisdiction(p["id"], p["name"], p["level"], tuple(p.get("aliases", ())), p.get("merged_into"))
            for p in provinces
        }

    @staticmethod
    @cache
    def load() -> Registry:
        """The registry that travels with kgplan."""
        data = json.loads((DATA / "agencies.json").read_text(encoding="utf-8"))
        places = json.loads((DATA / "agencies_jurisdictions.json").read_text(encoding="utf-8"))
        return Registry(data, places["provinces"], places["merged_on"])

    def agencies(self, jurisdiction: str) -> tuple[Agency, ...]:
        """Every agency of the registry as it stands in ``jurisdiction``, with English name and aliases."""
        return tuple(dict.fromkeys(self.names(jurisdiction).by_key.values()))

    def resolve(self, name: str, jurisdiction: str) -> Agency | None:
        """The agency that ``name`` (full, abbreviated or English) names in ``jurisdiction``; None when unknown.

        A name that ends in another province's name gives that province's agency.

        >>> Registry.load().resolve("Sở KH&ĐT", "thanh-hoa").name
        'Sở Kế hoạch và Đầu tư'
        >>> Registry.load().resolve("Sở Giấc mơ", "thanh-hoa") is None
        True
        """
        names = self.names(jurisdiction)
        found = names.by_key.get(names.key(name))
        if found is not None:
            return found
        key = names.key(name)
        for suffix, province in self._suffixes:
            if key.endswith(suffix) and len(key) > len(suffix):
                other = self.names(jurisdiction if province is None else province)
                found = other.by_key.get(key.removesuffix(suffix)) or other.by_key.get(
                    key.removesuffix(suffix) + (self.jurisdictions[province].level.replace(" ", "") if province else "")
                )
                if found is not None:
                    return found
        return None

    @cached_property
    def _suffixes(self) -> list[tuple[str, str | None]]:
        """Name endings that say where an agency belongs, longest first, with the province they name."""
        endings: list[tuple[str, str | None]] = [("tỉnh", None), ("thànhphố", None)]
        for place in self.jurisdictions.values():
            for name in (place.name, *place.aliases):
                plain = "".join(_WORD.findall(level(name)))
                endings += [(place.level.replace(" ", "") + plain, place.id), ("tỉnh" + plain, place.id)]
                endings.append((plain, place.id))
        return sorted(endings, key=lambda pair: -len(pair[0]))

    def places(self) -> dict[str, Jurisdiction]:
        """Levelled names of the provinces and centrally run cities."""
        return {level(name): place for place in self.jurisdictions.values() for name in (place.name, *place.aliases)}

    @cache  # noqa: B019 - the registry lives as long as the process
    def names(self, jurisdiction: str) -> Names:
        """The names in use in ``jurisdiction`` (an id of a province, or "vn")."""
        return Names(self._instances(jurisdiction), self.abbreviations)

    def _instances(self, jurisdiction: str) -> Iterator[tuple[Agency, list[str]]]:
        data = self._data
        place = self.jurisdictions.get(jurisdiction)
        rank = place.level if place else "tỉnh"
        fill = {
            "level": rank,
            "province": place.name if place else "",
            "party": "Thành ủy" if rank == "thành phố" else "Tỉnh ủy",
        }

        def make(
            name: str, english: str, kind: str, aliases: Iterable[str], parent: str | None, at: str, **more: Any
        ) -> tuple[Agency, list[str]]:
            aliases = [alias for alias in aliases if place is not None or "{province}" not in alias]
            shown = name.format(**fill).strip()
            others = _spellings(alias.format(**fill).strip() for alias in aliases)
            agency = Agency(
                id=f"{at}/{slugify(shown)}",
                name=shown,
                kind=kind,
                jurisdiction=at,
                name_en=english.format(**fill).strip(),
                aliases=tuple(dict.fromkeys(a for a in others if a != shown)),
                parent=None if parent is None else f"{at}/{slugify(parent.format(**fill))}",
                **more,
            )
            spoken = [shown, agency.name_en or shown, *agency.aliases]
            if place is not None and "{level}" in name and name not in data["needs_level"]:
                spoken += [s.removesuffix(rank).strip() for s in spoken if s.endswith(" " + rank)]
            if place is not None and "{level}" in "".join((name, *aliases)):
                spoken += [a.replace("{level}", place.name).format(**fill) for a in (name, *aliases)]
            if place is not None and at == jurisdiction and english.startswith("Provincial "):
                spoken.append(english.removeprefix("Provincial "))
            return agency, spoken

        central = (
            make(name, english, kind, aliases, None, CENTRAL) for name, english, kind, aliases in data["central"]
        )
        if place is None:
            yield from central
        for name, english, abbreviations, bodies in data["sectors"]:
            for body in bodies:
                shape = data["bodies"][body]
                at = CENTRAL if shape["scope"] == "central" else jurisdiction
                short = [shape["name"].format(sector=a, level=rank) for a in abbreviations]
                yield make(
                    shape["name"].replace("{sector}", name),
                    shape["en"].replace("{sector}", english),
                    shape["kind"],
                    short,
                    shape["parent"],
                    at,
                )
        for name, english, kind, aliases, parent in (*data["local"].get(jurisdiction, ()), *data["provincial"]):
            if place is not None or "{province}" not in name:
                yield make(name, english, kind, aliases, parent, jurisdiction)
            if place is None and "{level}" in name and name not in data["needs_level"]:
                bare = [a.replace(" {level}", "") for a in aliases]
                yield make(name.replace(" {level}", ""), english, kind, bare, None, jurisdiction)
        yield from central  # a province's body goes before a central one of the same short name
        for name, english, aliases, unspecified, broader in data["collectives"]:
            yield make(
                name,
                english,
                "collective",
                aliases,
                None,
                jurisdiction,
                collective=True,
                unspecified=unspecified,
                broader=None if broader is None else f"{jurisdiction}/{slugify(broader)}",
            )


def _spellings(names: Iterable[str]) -> Iterator[str]:
    """Each name, and for an abbreviation with "&" the one without."""
    for name in names:
        yield name
        if "&" in name:
            yield " ".join(name.replace("&", "").split())
