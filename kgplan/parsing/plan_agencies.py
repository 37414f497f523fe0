"""The agencies of a plan: those with a role in it and those these belong to, under the names that it prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kgplan.model import Agency
from kgplan.parsing.agencies import AgencyReader
from kgplan.parsing.agency_memory import Mention
from kgplan.parsing.printed_names import as_printed


def agencies_of(used: Iterable[str], reader: AgencyReader, mentions: Sequence[Mention], text: str) -> list[Agency]:
    """The agencies whose ids are ``used``, with their parents and broader collectives, in the order of their ids."""
    known = {agency.id: agency for agency in reader.memory.agencies.values()}
    found: dict[str, Agency] = {}
    for name in sorted(set(used)):
        agency = known.get(name) or _registered(reader, name)
        if agency is not None:
            found[name] = agency
    for agency in list(found.values()):
        for other in (agency.parent, agency.broader):
            more = _registered(reader, other) if other and other not in found else None
            if more is not None:
                found[more.id] = more
    printed: dict[str, list[str]] = {}
    by_office: dict[str, list[str]] = {}
    for mention in mentions:
        if mention.agency.id not in found or mention.bare:
            continue
        words = text[mention.start : mention.end]
        if mention.office is None:
            printed.setdefault(mention.agency.id, []).append(words)
        elif words.startswith(f"{mention.office} "):
            by_office.setdefault(mention.agency.id, []).append(words[len(mention.office) + 1 :])
    home = reader.registry.jurisdictions.get(reader.jurisdiction)
    return [
        as_printed(found[key], printed.get(key) or by_office.get(key, []), reader.names, home) for key in sorted(found)
    ]


def _registered(reader: AgencyReader, agency_id: str) -> Agency | None:
    where = agency_id.split("/")[0]
    return next((agency for agency in reader.registry.agencies(where) if agency.id == agency_id), None)
