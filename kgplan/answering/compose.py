"""Interpretation → SPARQL. The query is the answer's proof: run alone, it returns the same results."""

from __future__ import annotations

from collections.abc import Sequence

from kgplan.answering.interpretation import ANY_TYPE, ROLES_MEANT, AgencyCondition, Due, Interpretation, RoleAsked
from kgplan.answering.lexicon import Lexicon
from kgplan.rdf.vocabulary import KGP, PREFIXES, STATEMENT_CLASSES
from kgplan.text import decimal

DUTY_KINDS = ("task", "assignment", "arrangement", "directive")
"""The kinds of statement that give somebody something to do; a directive does where it names an agency."""

BECAME = "(^org:originalOrganization/org:resultingOrganization)"
"""The path from an agency to the one that took over from it."""

_USED_PREFIXES = ("dcterms", "eli", "foaf", "kgp", "org", "prov", "qudt", "skos", "xsd")


def compose(
    interpretation: Interpretation,
    *,
    on_topic: Sequence[str] | None = None,
    without: Sequence[str] = (),
    targets: Sequence[str] | None = None,
    documents: Sequence[str] | None = None,
) -> str:
    """The SPARQL query of ``interpretation``.

    ``on_topic`` are the IRIs of the statements that are on its topic (None: no topic was asked for);
    ``without`` those to leave out;
    ``targets`` and ``documents`` narrow to chosen targets and cited documents. The first variable of the
    result is what was asked for: ``?agency ?statement ?document ?target ?deadline ?place ?person`` or
    ``?count``; a yes/no question is an ASK.
    """
    scope = _scope(interpretation, on_topic)
    body = {
        "agencies": _agencies,
        "network": _agencies,
        "tasks": _statements,
        "statements": _statements,
        "documents": _documents,
        "indicators": _targets,
        "deadlines": _deadlines,
        "places": _places,
        "people": _people,
    }[interpretation.returned]
    variables, where, order = (_issuers if interpretation.asks_issuer else body)(interpretation, scope)
    where = [*where, *_chosen("target", targets), *_chosen("document", documents)]
    if without:
        where.append(f"FILTER(?statement NOT IN ({', '.join(f'<{iri}>' for iri in without)}))")
    text = "\n".join("  " + line for line in where)
    if interpretation.ranked:
        query = _ranked(interpretation, variables[0], text)
    elif interpretation.yes_no:
        query = f"ASK {{\n{text}\n}}"
    elif interpretation.intent == "count":
        query = f"SELECT (COUNT(DISTINCT {variables[0]}) AS ?count) WHERE {{\n{text}\n}}"
    else:
        query = f"SELECT DISTINCT {' '.join(variables)} WHERE {{\n{text}\n}}\nORDER BY {order}"
    used = [p for p in _USED_PREFIXES if f"{p}:" in query]
    return "".join(f"PREFIX {p}: <{PREFIXES[p]}>\n" for p in used) + query


def scope_query(
    interpretation: Interpretation, *, on_topic: Sequence[str] | None = None, returned: bool = False
) -> str:
    """A SELECT of the statements that meet the conditions: the evidence behind a count, a rank, a yes or no.

    With ``returned``, of those only that have what is asked for: an agency, a citation, a target.
    """
    where = _scope(interpretation, on_topic)
    if returned and interpretation.returned in _HAVE:
        where.append(f"FILTER EXISTS {{ {_HAVE[interpretation.returned]} }}")
    text = "\n".join("  " + line for line in where)
    return (
        f"PREFIX eli: <{PREFIXES['eli']}>\nPREFIX kgp: <{KGP}>\nPREFIX prov: <{PREFIXES['prov']}>\n"
        f"PREFIX skos: <{PREFIXES['skos']}>\n"
        f"SELECT DISTINCT ?statement ?plan ?order WHERE {{\n{text}\n}}\nORDER BY ?plan ?order"
    )


_HAVE: dict[str, str] = {
    "agencies": "?some kgp:involvedIn ?statement",
    "network": "?some kgp:involvedIn ?statement",
    "documents": "?statement kgp:cites ?some",
    "indicators": "?statement kgp:hasTarget ?some",
    "deadlines": "?statement kgp:hasDeadline ?some",
    "places": "?statement kgp:mentionsPlace ?some",
    "people": "?statement kgp:mentionsPerson ?some",
}


def _chosen(name: str, iris: Sequence[str] | None) -> list[str]:
    return [] if iris is None else [f"VALUES ?{name} {{ {' '.join(f'<{i}>' for i in iris)} }}"]


def _scope(interpretation: Interpretation, on_topic: Sequence[str] | None) -> list[str]:
    """The conditions on ``?statement``."""
    lines: list[str] = []
    if on_topic is not None:
        lines.append(f"# the statements on the topic {_quoted(interpretation.topic or '')}")
        lines.append(f"VALUES ?statement {{ {' '.join(f'<{iri}>' for iri in on_topic)} }}")
    lines.append("?statement kgp:address ?address ; kgp:order ?order ; kgp:inPlan ?plan .")
    if interpretation.plan:
        lines.append(f"FILTER(?plan = <{interpretation.plan}>)")
    kinds = interpretation.kinds
    if not kinds and interpretation.returned == "tasks":
        kinds = DUTY_KINDS
    if kinds:
        lines.append(f"VALUES ?class {{ {' '.join('kgp:' + STATEMENT_CLASSES[k] for k in kinds)} }}")
        lines.append("?statement a ?class .")
        if "directive" in kinds and interpretation.returned == "tasks":
            lines.append("FILTER(?class != kgp:Directive || EXISTS { ?somebody kgp:involvedIn ?statement })")
    for condition in interpretation.agencies:
        pattern = _holds(condition)
        lines.append(f"FILTER NOT EXISTS {{ {pattern} }}" if condition.negated else pattern)
    if (
        interpretation.returned in ("tasks", "documents")
        and interpretation.role
        and not (interpretation.agencies or interpretation.ranked)
    ):
        lines.append(f"?holder {_path(interpretation.role)} ?statement .")
    for document in () if interpretation.returned == "documents" else interpretation.documents:
        lines.append(f"?statement kgp:cites <{document}> .")
    if interpretation.cited_types == (ANY_TYPE,):
        lines.append("?statement kgp:cites ?cited .")
    elif interpretation.cited_types:
        codes = " ".join(map(_quoted, interpretation.cited_types))
        lines.append(f"VALUES ?cited_type {{ {codes} }} ?statement kgp:cites ?cited .")
        lines.append("?cited (kgp:typeCode|kgp:typeLabel) ?its_type FILTER(STR(?its_type) = ?cited_type)")
    if interpretation.issuer and interpretation.returned != "documents":
        lines.append("?statement kgp:cites ?issued . ?issued kgp:issuer ?issuing .")
        lines.append(f"FILTER(STR(?issuing) = {_quoted(interpretation.issuer)})")
    if interpretation.document_date and interpretation.returned != "documents":
        lines.append("?statement kgp:cites ?of_date . ?of_date eli:date_document ?cited_date .")
        lines.append(f"FILTER(STRSTARTS(STR(?cited_date), {_quoted(interpretation.document_date)}))")
    if interpretation.assigner:
        lines.append(f"?statement prov:qualifiedAttribution/kgp:assignedBy <{interpretation.assigner}> .")
    if interpretation.section:
        section = _quoted(interpretation.section)
        lines.append(f"FILTER(?address = {section} || STRSTARTS(?address, CONCAT({section}, '.')))")
    if interpretation.cites_nothing:
        lines.append("FILTER NOT EXISTS { ?statement kgp:cites ?none }")
    if interpretation.due:
        lines.append(f"?statement kgp:deadline ?due FILTER({_due(interpretation.due)})")
    if interpretation.alone:
        lines.append("?sole kgp:involvedIn ?statement .")
        lines.append("FILTER NOT EXISTS { ?partner kgp:involvedIn ?statement FILTER(?partner != ?sole) }")
    if interpretation.no_lead:
        lines.append("?anybody kgp:involvedIn ?statement .")
        lines.append("FILTER NOT EXISTS { ?leader kgp:leads ?statement }")
    return lines


def _due(due: Due) -> str:
    if due.test == "on":
        return f"STRSTARTS(STR(?due), {_quoted(due.date)})"
    first = due.date + "-01-01"[len(due.date) - 10 :] if len(due.date) < 10 else due.date
    # the deadline "before 15 January" is met before the 15th, and so is a question for what is due by that day
    return f'?due <= "{first}"^^xsd:date' if due.test == "before" else f'?due >= "{first}"^^xsd:date'


def _issued(issued: Due) -> str:
    date = _quoted(issued.date)
    within = f"STRSTARTS(STR(?issued), {date})"
    if issued.test == "on":
        return within
    if issued.test == "before":
        return f"STR(?issued) < {date}"
    since = f"STR(?issued) >= {date}"
    return since if issued.test == "since" else f"{since} && !{within}"


def _path(role: RoleAsked) -> str:
    if role == "any":
        return "kgp:involvedIn"
    return "|".join(f"kgp:{r}" for r in ROLES_MEANT[role])


def _holds(condition: AgencyCondition) -> str:
    """One of the agencies holds the role for ``?statement``."""
    path = f"({_path(condition.role)})"
    if len(condition.agencies) == 1:
        return f"<{condition.agencies[0]}> {path} ?statement ."
    return f"VALUES ?one {{ {' '.join(f'<{a}>' for a in condition.agencies)} }} ?one {path} ?statement ."


def _labels(variable: str, *, english: bool = True) -> list[str]:
    lines = [f'OPTIONAL {{ {variable} skos:prefLabel ?label_vi FILTER(LANG(?label_vi) = "vi") }}']
    if english:
        lines.append(f'OPTIONAL {{ {variable} skos:prefLabel ?label_en FILTER(LANG(?label_en) = "en") }}')
    return lines


_Body = tuple[list[str], list[str], str]


def _agencies(interpretation: Interpretation, scope: list[str]) -> _Body:
    role = interpretation.role or "any"
    if interpretation.asked_negated:
        return _without_role(interpretation, scope)
    pairs = " ".join(f'(kgp:{r} "{r}")' for r in ROLES_MEANT[role])
    holder = "?former" if interpretation.today else "?agency"
    where = [*scope, f"VALUES (?property ?role) {{ {pairs} }}", f"{holder} ?property ?statement ."]
    if interpretation.only:
        others = "|".join(f"kgp:{r}" for r in ROLES_MEANT["any"] if r not in ROLES_MEANT[role])
        where.append(f"FILTER NOT EXISTS {{ {holder} ({others}) ?elsewhere }}" if others else "")
        where.append(f"FILTER NOT EXISTS {{ {holder} kgp:unspecified true }}")
    if interpretation.agency_kind and not interpretation.ranked:
        where += _of_kind(holder, interpretation.agency_kind)
    named = () if interpretation.yes_no else interpretation.agencies
    asked = [f"<{iri}>" for condition in named for iri in condition.agencies]
    asked += [f"<{iri}>" for iri in interpretation.excluded]
    where += _chosen("agency", interpretation.agencies_among or None)
    if asked:
        where.append(f"FILTER({holder} NOT IN ({', '.join(asked)}))")
    variables = ["?agency", "?label_vi", "?label_en", "?role", "?statement", "?address"]
    if interpretation.today:
        where += _chosen("former", interpretation.formers or None)
        where += [f"?former {BECAME}* ?agency .", "FILTER NOT EXISTS { ?later org:originalOrganization ?agency }"]
        where.append('?former skos:prefLabel ?former_vi FILTER(LANG(?former_vi) = "vi")')
        variables += ["?former", "?former_vi"]
    where += _labels("?agency")
    return variables, where, "?plan ?order ?role ?agency"


def _issuers(interpretation: Interpretation, scope: list[str]) -> _Body:
    """The bodies that issued the documents cited in the scope; as agencies where the graph knows them as such."""
    where = [*scope, "?statement kgp:cites ?document .", *_chosen("document", interpretation.documents or None)]
    if interpretation.document_types:
        where.append(f"VALUES ?code {{ {' '.join(map(_quoted, interpretation.document_types))} }}")
        where.append("?document (kgp:typeCode|kgp:typeLabel) ?its_code FILTER(STR(?its_code) = ?code)")
    where += [
        "?document kgp:issuer ?issuer .",
        "OPTIONAL { ?agency skos:prefLabel ?issuer ; a org:Organization .",
        '  OPTIONAL { ?agency skos:prefLabel ?label_en FILTER(LANG(?label_en) = "en") } }',
    ]
    return ["?issuer", "?agency", "?label_en", "?statement", "?address"], where, "?plan ?order ?issuer"


def _without_role(interpretation: Interpretation, scope: list[str]) -> _Body:
    """The agencies with a role in the scope, but never the one asked for."""
    pairs = " ".join(f'(kgp:{r} "{r}")' for r in ROLES_MEANT["any"])
    where = [*scope, f"VALUES (?property ?role) {{ {pairs} }}", "?agency ?property ?statement ."]
    where.append(f"FILTER NOT EXISTS {{ ?agency ({_path(interpretation.role or 'any')}) ?other }}")
    where.append("FILTER NOT EXISTS { ?agency kgp:unspecified true }")
    if interpretation.agency_kind:
        where += _of_kind("?agency", interpretation.agency_kind)
    where += _labels("?agency")
    variables = ["?agency", "?label_vi", "?label_en", "?role", "?statement", "?address"]
    return variables, where, "?plan ?order ?role ?agency"


def _of_kind(thing: str, kind: str) -> list[str]:
    """Agencies of a kind, which in a question is a word: "sở" is no "ban", though both are departments."""
    lines = [f"{thing} org:classification kgp:kind-{kind} ."]
    head = Lexicon.load().table("agency_heads").get(kind)
    if head:
        named = f'STRSTARTS(LCASE(STR(?called)), "{head} ")'
        lines.append(f"FILTER EXISTS {{ {thing} skos:prefLabel ?called FILTER({named}) }}")
    return lines


def _statements(_: Interpretation, scope: list[str]) -> _Body:
    where = [*scope, "?statement kgp:text ?text ."]
    return ["?statement", "?address", "?text", "?plan"], where, "?plan ?order"


def _documents(interpretation: Interpretation, scope: list[str]) -> _Body:
    where = [*scope, "?statement kgp:cites ?document ."]
    if interpretation.documents:
        where.append(f"VALUES ?document {{ {' '.join(f'<{d}>' for d in interpretation.documents)} }}")
    if interpretation.document_types:
        where.append(f"VALUES ?code {{ {' '.join(map(_quoted, interpretation.document_types))} }}")
        where.append("?document (kgp:typeCode|kgp:typeLabel) ?its_code FILTER(STR(?its_code) = ?code)")
    if interpretation.issuer:
        issued = f"?document kgp:issuer ?by FILTER(STR(?by) = {_quoted(interpretation.issuer)})"
        where.append(f"FILTER NOT EXISTS {{ {issued} }}" if interpretation.issuer_negated else issued)
    if interpretation.document_date:
        date = _quoted(interpretation.document_date)
        where.append(f"?document eli:date_document ?dated FILTER(STRSTARTS(STR(?dated), {date}))")
    if interpretation.issued:
        where.append(f"?document eli:date_document ?issued FILTER({_issued(interpretation.issued)})")
    if interpretation.excluded_documents:
        where.append(f"FILTER(?document NOT IN ({', '.join(f'<{d}>' for d in interpretation.excluded_documents)}))")
    if interpretation.dated:
        best = "MAX" if interpretation.dated == "latest" else "MIN"
        among = "\n    ".join([*where, "?document eli:date_document ?day ."])
        where.append(f"{{ SELECT ({best}(?day) AS ?date) WHERE {{\n    {among}\n  }} }}")
        where.append("?document eli:date_document ?date .")
    where += [
        "OPTIONAL { ?document kgp:number ?number }",
        "OPTIONAL { ?document dcterms:title ?title }",
        "OPTIONAL { ?document kgp:typeLabel ?type }",
        "OPTIONAL { ?document kgp:issuer ?issuer }",
        "OPTIONAL { ?document eli:date_document ?date }",
    ]
    variables = ["?document", "?type", "?number", "?title", "?issuer", "?date", "?statement", "?address"]
    return variables, where, "?plan ?order ?document"


def _targets(interpretation: Interpretation, scope: list[str]) -> _Body:
    where = [
        *scope,
        "?statement kgp:hasTarget ?target .",
        "?target skos:prefLabel ?label_vi ; qudt:numericValue ?value ; kgp:unit ?unit ; kgp:comparator ?comparator .",
        "OPTIONAL { ?target kgp:maximumValue ?value_max }",
    ]
    if interpretation.number is not None:
        where.append(f"FILTER(?value = {decimal(interpretation.number)})")
    variables = ["?target", "?label_vi", "?value", "?value_max", "?unit", "?comparator", "?statement", "?address"]
    return variables, where, "?plan ?order ?target"


def _deadlines(interpretation: Interpretation, scope: list[str]) -> _Body:
    where = [
        *scope,
        "?statement kgp:hasDeadline ?deadline .",
        "?deadline kgp:words ?words .",
        "OPTIONAL { ?deadline kgp:date ?date }",
        "OPTIONAL { ?deadline kgp:inclusive ?inclusive }",
    ]
    if interpretation.date:
        where.append(f"FILTER(STR(?date) = {_quoted(interpretation.date)})")
    variables = ["?deadline", "?date", "?inclusive", "?words", "?statement", "?address"]
    return variables, where, "?plan ?order ?deadline"


def _places(interpretation: Interpretation, scope: list[str]) -> _Body:
    where = [*scope, "?statement kgp:mentionsPlace ?place .", *_labels("?place", english=False)]
    if interpretation.place_kinds:
        where.append(f"VALUES ?kind {{ {' '.join(map(_quoted, interpretation.place_kinds))} }}")
        where.append("?place kgp:placeKind ?kind .")
    return ["?place", "?label_vi", "?statement", "?address"], where, "?plan ?order ?place"


def _people(interpretation: Interpretation, scope: list[str]) -> _Body:
    named = " ".join(f"<{iri}>" for iri in interpretation.people)
    where = [
        *scope,
        *([f"VALUES ?person {{ {named} }}"] if named else []),
        "?statement kgp:mentionsPerson ?person .",
        "?person foaf:name ?label_vi .",
        "?person kgp:office ?office ." if interpretation.in_office else "OPTIONAL { ?person kgp:office ?office }",
    ]
    return ["?person", "?label_vi", "?office", "?statement", "?address"], where, "?plan ?order ?person"


_TESTS = {"exactly": "=", "at_least": ">=", "more_than": ">", "at_most": "<=", "fewer_than": "<"}
_MEASURED = {
    "agencies": "?measured ({path}) ?statement .",
    "documents": "?statement kgp:cites ?measured .",
    "indicators": "?statement kgp:hasTarget ?measured .",
}


def _ranked(interpretation: Interpretation, thing: str, where: str) -> str:
    """The things asked for with the most, fewest, or a given number of statements; ties are all returned."""
    named = f"\n    FILTER NOT EXISTS {{ {thing} kgp:unspecified true }}" if thing == "?agency" else ""
    if interpretation.agency_kind:
        named += "".join(f"\n    {line}" for line in _of_kind(thing, interpretation.agency_kind))
    counted = "?statement"
    if interpretation.measured and interpretation.measured != "statements":
        counted = "?measured"
        named += "\n    " + _MEASURED[interpretation.measured].format(path=_path(interpretation.role or "any"))
    inner = "\n".join("  " + line for line in where.splitlines()) + named
    addresses = 'GROUP_CONCAT(DISTINCT ?address; separator=" ") AS ?addresses'
    counts = f"SELECT {thing} (COUNT(DISTINCT {counted}) AS ?n) ({addresses}) WHERE {{\n{inner}\n  }} GROUP BY {thing}"
    labels, shown = _shown(thing)
    if interpretation.having:
        test = f"FILTER(?n {_TESTS[interpretation.having.test]} {interpretation.having.number})"
    else:
        best = "MAX" if interpretation.superlative == "most" else "MIN"
        bare = counts.replace("AS ?n", "AS ?m").replace(f" ({addresses})", "")
        test = f"{{ SELECT ({best}(?m) AS ?n) WHERE {{ {{ {bare} }} }} }}"
    if interpretation.intent == "count":
        return f"SELECT (COUNT({thing}) AS ?count) WHERE {{\n  {{ {counts} }}\n  {test}\n}}"
    lines = "".join(f"  {line}\n" for line in labels)
    return f"SELECT {thing} {shown} ?n ?addresses WHERE {{\n  {{ {counts} }}\n  {test}\n{lines}}}\nORDER BY {thing}"


def _shown(thing: str) -> tuple[list[str], str]:
    """Patterns and variables that show a thing that was counted."""
    if thing == "?statement":
        return ["?statement kgp:address ?address ; kgp:text ?text ."], "?address ?text"
    if thing == "?document":
        names = (("kgp:number", "number"), ("dcterms:title", "title"), ("kgp:typeLabel", "type"))
        return [f"OPTIONAL {{ ?document {path} ?{name} }}" for path, name in names], "?type ?number ?title"
    return _labels(thing, english=thing == "?agency"), "?label_vi ?label_en" if thing == "?agency" else "?label_vi"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + " ".join(escaped.split()) + '"'
