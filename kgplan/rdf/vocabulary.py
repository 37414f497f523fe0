"""The IRIs of the graph: namespaces, the terms of the ``kgp:`` vocabulary, and the minting of data IRIs.

Plain strings only, so that composing a query does not load rdflib. ``ontology/kgplan.ttl`` defines every
term listed here; a test compares the two.

Data IRIs are percent-encoded where an id or an address holds anything but unreserved characters, so that
they are valid URIs: the address ``Điều 5.1`` becomes ``%C4%90i%E1%BB%81u%205.1``.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, unquote

from kgplan.text import slugify

KGP: Final = "https://w3id.org/kgplan/ns#"
"""The namespace of kgplan's own terms."""

DEFAULT_BASE: Final = "https://w3id.org/kgplan/id/"
"""The base of data IRIs when none is set; it ends in a slash."""

PREFIXES: Final[dict[str, str]] = {
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "kgp": KGP,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "p-plan": "http://purl.org/net/p-plan#",
    "prov": "http://www.w3.org/ns/prov#",
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "unit": "http://qudt.org/vocab/unit/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes that every query may use without declaring them."""

STATEMENT_CLASSES: Final[dict[str, str]] = {
    "theme": "Theme",
    "motto": "Motto",
    "goal": "Goal",
    "directive": "Directive",
    "task": "Task",
    "assignment": "Assignment",
    "arrangement": "Arrangement",
    "context": "Context",
}
"""The class (local name) of each kind of statement of the model."""

ROLE_INDIVIDUALS: Final[dict[str, str]] = {
    "leads": "leads-role",
    "coordinates": "coordinates-role",
    "shares": "shares-role",
}
"""The role concept (local name) of each role; the shortcut property has the role's own name."""

CITATION_PROPERTIES: Final[dict[str, str]] = {
    "cites": "cites",
    "basedOn": "basedOn",
    "implements": "implements",
    "amends": "amends",
    "replaces": "replaces",
    "repeals": "repeals",
    "promulgates": "promulgates",
}
"""The property (local name) of each relation of a citation; all are below ``kgp:cites``."""

CLASSES: Final[tuple[str, ...]] = (
    "Plan",
    "SourceText",
    "Section",
    "Statement",
    *STATEMENT_CLASSES.values(),
    "CollectiveAgency",
    "LaterAgency",
    "Mention",
    "Responsibility",
    "Document",
    "Citation",
    "Target",
    "Deadline",
    "Period",
    "TopicLink",
    "Note",
    "Unparsed",
)
"""Local names of all classes of the vocabulary."""

OBJECT_PROPERTIES: Final[tuple[str, ...]] = (
    "inPlan",
    "inSection",
    "underSection",
    "involvedIn",
    "leads",
    "coordinates",
    "shares",
    "assignedBy",
    "inheritedFrom",
    *CITATION_PROPERTIES.values(),
    "hasCitation",
    "document",
    "hasTarget",
    "hasDeadline",
    "hasPeriod",
    "hasTopicLink",
    "topic",
    "hasMention",
    "mentions",
    "mentionsPlace",
    "mentionsPerson",
    "noteOn",
)
"""Local names of all object properties of the vocabulary."""

DATATYPE_PROPERTIES: Final[tuple[str, ...]] = (
    "year",
    "address",
    "order",
    "text",
    "start",
    "end",
    "product",
    "unspecified",
    "words",
    "office",
    "number",
    "typeLabel",
    "typeCode",
    "issuer",
    "validFrom",
    "validTo",
    "provision",
    "maximumValue",
    "unit",
    "comparator",
    "field",
    "periodLabel",
    "date",
    "beginDate",
    "inclusive",
    "recurrence",
    "duration",
    "workingDays",
    "event",
    "deadline",
    "beginYear",
    "endYear",
    "placeKind",
    "code",
    "message",
    "jurisdiction",
    "inRegistry",
    "relation",
    "sequence",
    "numberYear",
    "symbol",
    "issuerCode",
    "existsFrom",
    "existsUntil",
    "changeKind",
    "sourceName",
    "sourceSha256",
)
"""Local names of all datatype properties of the vocabulary."""

PATTERNS: Final[tuple[str, ...]] = ("search",)
"""Local names of properties that stand in queries only; :mod:`kgplan.rdf.search_pattern` gives them their meaning."""

UNITS: Final[dict[str, str]] = {"%": "PERCENT"}
"""Units of the plan's text that have an exact QUDT unit (local name in ``unit:``)."""


def kgp(name: str) -> str:
    """The IRI of the vocabulary's term ``name``."""
    return KGP + name


def expand(curie: str) -> str:
    """The IRI of a prefixed name such as ``skos:prefLabel``. Raises KeyError on an unknown prefix."""
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name


def plan_iri(plan_id: str, base: str = DEFAULT_BASE) -> str:
    """The plan's IRI, which also names its graph."""
    return f"{base}plan/{_encode(plan_id)}"


def text_iri(plan_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of the plan's clean text, in which all offsets count."""
    return f"{plan_iri(plan_id, base)}#text"


def statement_iri(plan_id: str, address: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of the statement at ``address``."""
    return f"{plan_iri(plan_id, base)}/{_encode(address)}"


def section_iri(plan_id: str, address: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of the section (heading) at ``address``."""
    return f"{plan_iri(plan_id, base)}/section/{_encode(address)}"


def part_iri(statement: str, letter: str, number: int) -> str:
    """The IRI of the ``number``-th part of a statement, for example ``…/E.III.2#r1``."""
    return f"{statement}#{letter}{number}"


def note_iri(plan_id: str, number: int, base: str = DEFAULT_BASE) -> str:
    """The IRI of the plan's ``number``-th note of the parser."""
    return f"{plan_iri(plan_id, base)}#n{number}"


def person_iri(plan_id: str, name: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a person named in the plan."""
    return f"{plan_iri(plan_id, base)}/person/{slugify(name)}"


def agency_iri(agency_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of the agency with the model's id ``{jurisdiction}/{slug}``."""
    return f"{base}agency/{_encode(agency_id, safe='/')}"


def document_iri(document_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a cited document."""
    return f"{base}document/{_encode(document_id)}"


def place_iri(place_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a place."""
    return f"{base}place/{_encode(place_id)}"


def change_iri(change_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of an event that changed agencies."""
    return f"{base}change/{_encode(change_id, safe='/')}"


def kind_iri(kind: str) -> str:
    """The IRI of a kind of agency, a concept of the vocabulary."""
    return kgp(f"kind-{_encode(kind)}")


def kind_of(iri: str) -> str:
    """The kind that :func:`kind_iri` made the IRI of."""
    return unquote(iri.removeprefix(kgp("kind-")))


def topic_iri(topic_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a topic of the thesaurus."""
    return f"{base}topic/{_encode(topic_id)}"


def local_id(iri: str, base: str = DEFAULT_BASE) -> str | None:
    """What stands behind the family's name in a data IRI, decoded; None when it is not below ``base``.

    >>> local_id(agency_iri("thanh-hoa/so-tai-chinh"))
    'thanh-hoa/so-tai-chinh'
    """
    if not iri.startswith(base):
        return None
    _, found, rest = iri[len(base) :].partition("/")
    return unquote(rest) if found else None


def _encode(value: str, safe: str = "") -> str:
    return quote(value, safe=safe)
