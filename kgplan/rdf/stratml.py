"""A plan as StratML Part 2, the ISO 17469 format of performance plans.

The elements and their order are those of the schema ``urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport``.
A section that groups statements becomes a Goal, a statement an Objective, an agency a Stakeholder with its role,
a target a PerformanceIndicator; the theme becomes the Vision, the motto a Value. What StratML cannot say (cited
documents, offsets) stands in OtherInformation.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Final

from kgplan.model import Indicator, Plan, Statement
from kgplan.rdf import vocabulary as v

NAMESPACE: Final = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
_ROLE_NAMES: Final = {"leads": "chủ trì", "coordinates": "phối hợp", "shares": "cùng thực hiện"}


def to_stratml(plan: Plan, *, base: str = v.DEFAULT_BASE) -> bytes:
    """The plan as a StratML document in UTF-8; the same bytes for the same plan."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("PerformancePlanOrReport"), {"Type": "Performance_Plan"})
    _add(root, "Name", plan.title)
    _add(root, "Description", plan.type)
    _add(root, "OtherInformation", v.plan_iri(plan.id, base))
    core = ET.SubElement(root, _tag("StrategicPlanCore"))
    organisation = ET.SubElement(core, _tag("Organization"))
    _add(organisation, "Name", plan.issuer or plan.jurisdiction)
    _add(organisation, "Identifier", _identifier(v.plan_iri(plan.id, base) + "#issuer"))
    _described(core, "Vision", (s for s in plan.statements if s.kind == "theme"), plan, base)
    _described(core, "Mission", (), plan, base)
    for motto in (s for s in plan.statements if s.kind == "motto"):
        value = ET.SubElement(core, _tag("Value"))
        _add(value, "Name", motto.text)
    for number, (heading, statements) in enumerate(_goals(plan).items(), start=1):
        goal = ET.SubElement(core, _tag("Goal"))
        _add(goal, "Name", heading[-1] if heading else plan.title)
        _add(goal, "Description", " › ".join(heading))
        _add(goal, "Identifier", _identifier(v.plan_iri(plan.id, base) + "#goal-" + statements[0].address))
        _add(goal, "SequenceIndicator", str(number))
        for statement in statements:
            _objective(goal, statement, plan, base)
    administrative = ET.SubElement(root, _tag("AdministrativeInformation"))
    if plan.year is not None:
        _add(administrative, "StartDate", f"{plan.year}-01-01")
        _add(administrative, "EndDate", f"{plan.year}-12-31")
    _add(administrative, "PublicationDate", plan.date)
    _add(administrative, "Source", v.plan_iri(plan.id, base))
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _goals(plan: Plan) -> dict[tuple[str, ...], list[Statement]]:
    """The statements that ask for something, by the headings they stand under."""
    goals: dict[tuple[str, ...], list[Statement]] = {}
    for statement in plan.statements:
        if statement.kind not in ("theme", "motto"):
            goals.setdefault(statement.heading_path, []).append(statement)
    return goals


def _objective(goal: ET.Element, statement: Statement, plan: Plan, base: str) -> None:
    iri = v.statement_iri(plan.id, statement.address, base)
    objective = ET.SubElement(goal, _tag("Objective"))
    _add(objective, "Name", statement.address)
    _add(objective, "Description", statement.text)
    _add(objective, "Identifier", _identifier(iri))
    _add(objective, "SequenceIndicator", statement.address)
    for responsibility in statement.responsibilities:
        stakeholder = ET.SubElement(objective, _tag("Stakeholder"), {"StakeholderTypeType": "Organization"})
        _add(stakeholder, "Name", plan.agency(responsibility.agency).name)
        role = ET.SubElement(stakeholder, _tag("Role"))
        _add(role, "Name", _ROLE_NAMES[responsibility.role])
        _add(role, "Description", responsibility.words)
        _add(role, "RoleType", "Performer")
    cited = [plan.document(c.document) for c in statement.citations]
    others = [iri, *(" ".join(part for part in (d.type, d.number, d.title) if part) for d in cited)]
    _add(objective, "OtherInformation", "; ".join(dict.fromkeys(others)))
    for number, indicator in enumerate(statement.indicators, start=1):
        _indicator(objective, indicator, v.part_iri(iri, "i", number), number, plan)


def _indicator(objective: ET.Element, indicator: Indicator, iri: str, number: int, plan: Plan) -> None:
    element = ET.SubElement(objective, _tag("PerformanceIndicator"), {"ValueChainStage": "Outcome"})
    _add(element, "SequenceIndicator", str(number))
    _add(element, "MeasurementDimension", indicator.name)
    _add(element, "UnitOfMeasurement", indicator.unit)
    _add(element, "Identifier", _identifier(iri))
    target = ET.SubElement(ET.SubElement(element, _tag("MeasurementInstance")), _tag("TargetResult"))
    if plan.year is not None:
        _add(target, "StartDate", f"{plan.year}-01-01")
        _add(target, "EndDate", f"{plan.year}-12-31")
    _add(target, "NumberOfUnits", f"{indicator.value:g}")
    _add(target, "Description", f"{indicator.comparator} {plan.text[indicator.start : indicator.end]}")


def _described(core: ET.Element, name: str, statements: Iterable[Statement], plan: Plan, base: str) -> None:
    """A Vision or Mission, which StratML wants even when the plan says nothing of the kind."""
    element = ET.SubElement(core, _tag(name))
    said = list(statements)
    _add(element, "Description", " ".join(s.text for s in said))
    _add(element, "Identifier", _identifier(f"{v.plan_iri(plan.id, base)}#{name.lower()}"))


def _identifier(iri: str) -> str:
    """A GUID made from the IRI, so that it never changes (RFC 9562, version 5)."""
    return f"_{uuid.uuid5(uuid.NAMESPACE_URL, iri)}"


def _add(parent: ET.Element, name: str, text: str | None) -> None:
    """A child with a text; none for None, an empty one for ""."""
    if text is not None:
        # XML cannot hold most control characters
        ET.SubElement(parent, _tag(name)).text = "".join(c if c >= " " or c in "\t\n" else " " for c in text)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
