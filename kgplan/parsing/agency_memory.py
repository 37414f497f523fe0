"""What a reader of agencies keeps: the agencies found, unknown names, short names, what a bare head stands for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kgplan.model import Agency
from kgplan.parsing.agency_words import ACRONYM, heads
from kgplan.parsing.collectives import display
from kgplan.parsing.level import level
from kgplan.parsing.registry import Names, Registry
from kgplan.text import slugify

_REMEMBERED = 200
"""How many unknown names with one head are kept to recognise them again."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency named at ``start:end`` (its office included), by way of ``office`` when a person's is named.

    ``bare`` marks a head alone ("Sở", "Bộ") that stands for an agency named before.
    """

    agency: Agency
    start: int
    end: int
    office: str | None = None
    bare: bool = False


class Memory:
    """The agencies of one plan, as far as it has been read."""

    def __init__(self, jurisdiction: str, registry: Registry) -> None:
        self.jurisdiction = jurisdiction
        self.registry = registry
        self.names: Names = registry.names(jurisdiction)
        self.agencies: dict[str, Agency] = {}
        self.last: dict[str, Agency] = {}
        """What a bare head stands for: the agency with that head named most."""
        self._unknown: dict[str, Agency] = {}
        self._said: dict[str, list[str]] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._acronyms: dict[str, Agency] = {}

    def forget_acronyms(self) -> None:
        """Short names in brackets hold for one span only."""
        self._acronyms = {}

    def define(self, short: str, agency: Agency) -> None:
        """``short`` stands for ``agency`` from here on."""
        self._acronyms.setdefault(level(short), agency)

    def remember(self, mention: Mention) -> None:
        """Count the mention, for what a bare head stands for."""
        agency = mention.agency
        self.agencies.setdefault(agency.id, agency)
        head = heads().match(level(agency.name))
        if head and not agency.collective:
            counts = self._counts.setdefault(head.group(), Counter())
            counts[agency.id] += 1
            most = self.last.get(head.group())
            if most is None or counts[agency.id] > counts[most.id]:
                self.last[head.group()] = self.agencies[agency.id]

    def acronym(self, text: str, start: int) -> Mention | None:
        """A short name that the text gave an agency in brackets: "Cục Quản lý chất lượng (NAFIQAVED)"."""
        word = ACRONYM.match(text, start)
        known = self._acronyms.get(level(word.group())) if word else None
        return Mention(known, start, word.end()) if word and known else None

    def as_collective(self, name: str, vague: bool) -> Agency:
        """The registry's collective of this name, or a new one."""
        known = self.names.by_key.get(self.names.key(name))
        if known is not None:
            return known
        shown = display(name, vague)
        return self.new(shown, "collective", collective=True, unspecified=vague)

    def new(self, name: str, kind: str, *, collective: bool = False, unspecified: bool = False) -> Agency:
        """The agency of this name that the registry does not hold."""
        key = self.names.key(name)
        key = key if collective else key.removesuffix("tỉnh").removesuffix("thànhphố") or key
        if key not in self._unknown:
            self._unknown[key] = Agency(
                id=f"{self.jurisdiction}/{slugify(name)}",
                name=name,
                kind=kind,
                jurisdiction=self.jurisdiction,
                collective=collective,
                unspecified=unspecified,
                in_registry=False,
            )
        return self._unknown[key]

    def said_before(self, low: str, start: int, head: str, end: int) -> int | None:
        """The end of an unknown name that the text has used before, the longest that stands here."""
        for name in self._said.get(head, ()):
            stop = start + len(name)
            if low.startswith(name, start) and not low[stop : min(stop + 1, end)].isalnum():
                return stop
        return None

    def say(self, head: str, words: str) -> None:
        """Keep a name's words for :meth:`said_before`, the longest first."""
        said = self._said.setdefault(head, [])
        low = level(words)
        if low not in said and len(said) < _REMEMBERED:
            said.append(low)
            said.sort(key=len, reverse=True)
