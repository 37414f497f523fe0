"""A plan as StratML: Part 1 (ISO 17469-1, strategic plans) or Part 2 (ISO 17469-2, performance plans).

A section that groups statements becomes a Goal, a statement an Objective, an agency a Stakeholder with its role; the
theme becomes the Vision, the motto a Value. What StratML cannot say (cited documents, addresses, and in Part 1 the
targets) stands in OtherInformation. Part 2 has Roles and PerformanceIndicators as well. The elements follow the
published descriptions of the formats; the output was not validated against ISO's schemas, which are sold.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Final, Literal

from kgplan.model import Indicator, Plan, Statement
from kgplan.rdf import vocabulary as v
from kgplan.text import decimal

Part = Literal[1, 2]
NAMESPACES: Final[dict[Part, str]] = {
    1: "urn:ISO:std:iso:17469:tech:xsd:stratml_core",
    2: "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport",
}
_ROLE_NAMES: Final = {"leads": "chủ trì", "coordinates": "phối hợp", "shares": "cùng thực hiện"}


def to_stratml(plan: Plan, *, part: Part = 1, base: str = v.DEFAULT_BASE) -> bytes:
    """The plan as a StratML document in UTF-8; the same bytes for the same plan."""
    root = ET.Element("StrategicPlan") if part == 1 else ET.Element("PerformancePlanOrReport", Type="Performance_Plan")
    root.set("xmlns", NAMESPACES[part])
    _add(root, "Name", plan.title)
    _add(root, "Description", plan.type)
    _add(root, "OtherInformation", v.plan_iri(plan.id, base))
    core = ET.SubElement(root, "StrategicPlanCore")
    organisation = ET.SubElement(core, "Organization")
    _add(organisation, "Name", plan.issuer or plan.jurisdiction)
    _add(organisation, "Identifier", _identifier(v.plan_iri(plan.id, base) + "#issuer"))
    _described(core, "Vision", (s for s in plan.statements if s.kind == "theme"), plan, base)
    _described(core, "Mission", (), plan, base)
    for motto in (s for s in plan.statements if s.kind == "motto"):
        value = ET.SubElement(core, "Value")
        _add(value, "Name", motto.text)
    for number, (heading, statements) in enumerate(_goals(plan).items(), start=1):
        goal = ET.SubElement(core, "Goal")
        _add(goal, "Name", heading[-1] if heading else plan.title)
        _add(goal, "Description", " › ".join(heading))
        _add(goal, "Identifier", _identifier(v.plan_iri(plan.id, base) + "#goal-" + statements[0].address))
        _add(goal, "SequenceIndicator", str(number))
        for statement in statements:
            _objective(goal, statement, plan, part, base)
    administrative = ET.SubElement(root, "AdministrativeInformation")
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


def _objective(goal: ET.Element, statement: Statement, plan: Plan, part: Part, base: str) -> None:
    iri = v.statement_iri(plan.id, statement.address, base)
    objective = ET.SubElement(goal, "Objective")
    _add(objective, "Name", statement.address)
    _add(objective, "Description", statement.text)
    _add(objective, "Identifier", _identifier(iri))
    _add(objective, "SequenceIndicator", statement.address)
    for responsibility in statement.responsibilities:
        name, role = plan.agency(responsibility.agency).name, _ROLE_NAMES[responsibility.role]
        if part == 1:
            stakeholder = ET.SubElement(objective, "Stakeholder")
            _add(stakeholder, "Name", name)
            _add(stakeholder, "Description", role)
        else:
            stakeholder = ET.SubElement(objective, "Stakeholder", StakeholderTypeType="Organization")
            _add(stakeholder, "Name", name)
            element = ET.SubElement(stakeholder, "Role")
            _add(element, "Name", role)
            _add(element, "Description", responsibility.words)
            _add(element, "RoleType", "Performer")
    cited = [plan.document(c.document) for c in statement.citations]
    others = [iri, *(" ".join(piece for piece in (d.type, d.number, d.title) if piece) for d in cited)]
    if part == 1:
        others += [f"{i.name}: {_bound(i, plan)}" for i in statement.indicators]
    _add(objective, "OtherInformation", "; ".join(dict.fromkeys(others)))
    if part == 2:
        for number, indicator in enumerate(statement.indicators, start=1):
            _indicator(objective, indicator, v.part_iri(iri, "i", number), number, plan)


def _bound(indicator: Indicator, plan: Plan) -> str:
    """What the indicator is to be, in the words of the plan behind the comparator."""
    return f"{indicator.comparator} {plan.text[indicator.start : indicator.end]}"


def _indicator(objective: ET.Element, indicator: Indicator, iri: str, number: int, plan: Plan) -> None:
    element = ET.SubElement(objective, "PerformanceIndicator", ValueChainStage="Outcome")
    _add(element, "SequenceIndicator", str(number))
    _add(element, "MeasurementDimension", indicator.name)
    _add(element, "UnitOfMeasurement", indicator.unit)
    _add(element, "Identifier", _identifier(iri))
    target = ET.SubElement(ET.SubElement(element, "MeasurementInstance"), "TargetResult")
    if plan.year is not None:
        _add(target, "StartDate", f"{plan.year}-01-01")
        _add(target, "EndDate", f"{plan.year}-12-31")
    _add(target, "NumberOfUnits", decimal(indicator.value))
    _add(target, "Description", _bound(indicator, plan))


def _described(core: ET.Element, name: str, statements: Iterable[Statement], plan: Plan, base: str) -> None:
    """A Vision or Mission, which StratML wants even when the plan says nothing of the kind."""
    element = ET.SubElement(core, name)
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
        ET.SubElement(parent, name).text = "".join(c if c >= " " or c in "\t\n" else " " for c in text)
