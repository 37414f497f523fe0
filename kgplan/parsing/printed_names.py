"""Agencies under the names that a plan prints, where the registry's form differs from them by a qualifier."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kgplan.model import Agency
from kgplan.parsing.agency_words import with_short_committees
from kgplan.parsing.collectives import alternation
from kgplan.parsing.level import level
from kgplan.parsing.registry import Jurisdiction, Names

_SHORTENED = re.compile(r"(?<!\w)(?!UBND|HĐND)[A-ZĐ&]{2,}(?!\w)")
_CONCERNED = re.compile("cóliênquan|hữuquan")
_WORD = re.compile(r"[^\W_]+")
_IDLE = frozenset(("các", "và", "có", "liên", "quan", "hữu", "trực", "thuộc", "trung", "ương"))
_QUALIFIERS = ("cấp", "của", "tỉnh", "thành phố")


def as_printed(agency: Agency, forms: Sequence[str], names: Names, home: Jurisdiction | None) -> Agency:
    """``agency`` under the name among ``forms`` that the plan uses most, its own name an alias.

    ``forms`` are the words of its mentions without those of an office. The registry's name stays when the plan prints
    it as often, when it only shortens it, or when it names the agency by other words than the registry knows.
    """
    if not agency.in_registry:
        return agency
    own = _key(agency.name, names)
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for form in forms:
        key = _key(form, names)
        if own in key:
            counts[own] += 1
        elif not _SHORTENED.search(form) and (_differs_fitly(agency, form, home) or _known_as(agency, form, names)):
            counts[key] += 1
            first.setdefault(key, form)
    most = max(first, key=lambda key: counts[key], default=None)
    if most is None or counts[most] <= counts[own]:
        return agency
    shown = _shown(first[most], agency)
    if shown == agency.name:
        return agency
    return replace(agency, name=shown, aliases=(agency.name, *(a for a in agency.aliases if a != shown)))


def _differs_fitly(agency: Agency, form: str, home: Jurisdiction | None) -> bool:
    """Whether a form differs from the agency's name in level or province alone; a collective's, in what it lists."""
    if agency.collective:
        return _listed(form) != _listed(agency.name)
    return _plain(form, home) == _plain(agency.name, home)


def _known_as(agency: Agency, form: str, names: Names) -> bool:
    """Whether a form of several words is one of the agency's other names in full."""
    known = names.by_key.get(names.key(form))
    return not agency.collective and " " in form and known is not None and known.id == agency.id


def _listed(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(level(with_short_committees(name)))) - _IDLE


def _key(name: str, names: Names) -> str:
    return _CONCERNED.sub("liênquan", names.key(name).removeprefix("các"))


def _plain(name: str, home: Jurisdiction | None) -> str:
    """The levelled letters of a name without level and province."""
    low = level(name)
    places = () if home is None else tuple(map(level, (home.name, *home.aliases)))
    return re.sub(rf"(?<!\w)(?:{alternation((*_QUALIFIERS, *places))})(?!\w)|[\W_]|(?<!\w)và(?!\w)", "", low)


def _shown(form: str, agency: Agency) -> str:
    name = with_short_committees(" ".join(form.split()))
    if agency.name.lower().startswith("các ") and not name.lower().startswith(("các ", "ubnd", "hđnd")):
        name = f"các {name}"
    return name if agency.unspecified else name[:1].upper() + name[1:]
