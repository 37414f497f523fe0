"""Roles attached to whom they belong: an agency the question names, or the agencies it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from kgplan.answering.interpretation import RoleAsked
from kgplan.answering.lexicon import Token
from kgplan.answering.spans import EMPTY_CUES, Span

_ROLE_CUES: tuple[tuple[str, RoleAsked], ...] = (
    ("only_coordinates", "coordinates"),
    ("has_lead", "leads"),
    ("leads", "leads"),
    ("shares", "shares"),
    ("coordinates", "any"),
    ("involved", "any"),
    ("responsible", "responsible"),
    ("assigned", "any"),
    ("carries_out", "any"),
)
_EITHER: tuple[set[RoleAsked], ...] = ({"leads", "shares"}, {"leads", "coordinates"}, {"shares", "coordinates"})
"""Roles that, both said of one agency, mean whatever it does: "cả chủ trì lẫn phối hợp"."""

_NO = ("none", "no", "nothing")
_JOINT = frozenset(["coordinates", "involved", "shares"])
_WITH = ("with", "voi", "cung", "alongside")


@dataclass(slots=True)
class Held:
    """A role that the agency of span ``agency`` holds, or does not; ``whatever``: any, because several were named."""

    agency: int
    role: RoleAsked
    negated: bool = False
    partner: bool = False
    whatever: bool = False


@dataclass(slots=True)
class Roles:
    """``asked`` is the role of the agencies asked for, ``beyond`` that those who lead are left out; ``held`` are the
    roles of the agencies named."""

    asked: RoleAsked | None = None
    asked_by: int = 0
    asked_negated: bool = False
    beyond: bool = False
    held: list[Held] = field(default_factory=list)
    excluded: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Atom:
    kind: Literal["agency", "seat", "role", "by", "with", "not", "none", "except"]
    span: int
    role: RoleAsked | None = None
    cue: str = ""


def attach_roles(spans: Sequence[Span], tokens: Sequence[Token], seats: Sequence[int]) -> Roles:
    """Attach every role cue and mark it as used.

    A cue belongs to the agency behind "by", else to the nearest agency or interrogative before it, else to
    the first behind it; "with" makes the one behind it a partner in any role.
    """
    atoms = _past_joint_work(_past_topics(list(_atoms(spans, tokens, seats)), spans, tokens), spans)
    roles = Roles()
    for position, atom in enumerate(atoms):
        if atom.kind == "role":
            spans[atom.span].used = _attach(atoms, position, roles) or spans[atom.span].used
    if roles.beyond and roles.asked == "any":
        roles.asked = "coordinates"
    named = [a.span for a in atoms if a.kind == "agency"]
    for position, atom in enumerate(atoms):
        if atom.kind == "agency" and not any(h.agency == atom.span for h in roles.held):
            before = atoms[position - 1].kind if position else None
            if before == "except":
                roles.excluded.append(atom.span)
            elif before == "not":
                roles.held.append(Held(atom.span, "any", negated=True))
            else:
                roles.held.append(Held(atom.span, "any"))
    roles.held.sort(key=lambda h: (h.negated, named.index(h.agency)))
    return roles


def _past_topics(atoms: list[_Atom], spans: Sequence[Span], tokens: Sequence[Token]) -> list[_Atom]:
    """The atoms without exceptions of a topic that is closed before the next atom: "ngoài du lịch, Sở A làm gì"."""
    return [
        atom
        for position, atom in enumerate(atoms)
        if atom.kind != "except"
        or position + 1 == len(atoms)
        or not _closed(spans[atom.span + 1 : atoms[position + 1].span + 1], tokens)
    ]


def _closed(run: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """Whether a topic stands in ``run`` before a mark of punctuation or an interrogative, and its last span behind."""
    said = False
    for span, following in pairwise(run):
        said = said or not span.has(*EMPTY_CUES)
        punctuated = tokens[following.first].start > tokens[span.last - 1].end + 1
        if said and (punctuated or following.has("who", "which", "count", "when", "ask_statement")):
            return True
    return False


def _past_joint_work(atoms: list[_Atom], spans: Sequence[Span]) -> list[_Atom]:
    """The atoms with an exception right before the agency it is of: "trừ những việc làm chung với Sở A"."""
    kept: list[_Atom] = []
    for position, atom in enumerate(atoms):
        joint = atom.kind == "with" or (atom.kind == "role" and atom.cue in _JOINT)
        behind = kept and kept[-1].kind == "except"
        following = next((a for a in atoms[position:] if a.kind not in ("with", "role")), None)
        if joint and behind and following is not None and following.kind == "agency" and _partner_said(atoms, position):
            spans[atom.span].used = True
            continue
        kept.append(atom)
    return kept


def _partner_said(atoms: Sequence[_Atom], position: int) -> bool:
    """Whether a word such as "with" leads from the role at ``position`` to the agency."""
    run = []
    for atom in atoms[position:]:
        if atom.kind not in ("with", "role"):
            break
        run.append(atom)
    return any(a.kind == "with" for a in run)


def role_of(span: Span) -> RoleAsked | None:
    """The role that the span's cue gives; None when it gives none."""
    return next((role for name, role in _ROLE_CUES if span.has(name)), None)


def _atoms(spans: Sequence[Span], tokens: Sequence[Token], seats: Sequence[int]) -> list[_Atom]:
    atoms: list[_Atom] = []
    for index, span in enumerate(spans):
        if span.agency is not None:
            atoms.append(_Atom("agency", index))
            continue
        if index in seats:
            atoms.append(_Atom("seat", index))
        cue = next(((name, role) for name, role in _ROLE_CUES if span.has(name)), None)
        if _joins(spans, index, tokens):
            atoms.append(_Atom("with", index))
            continue
        interrogative = span.used and span.has("who", "which", "count", "list")
        if cue is not None and not (interrogative and index not in seats):
            atoms.append(_Atom("role", index, cue[1], cue[0]))
            if tokens[span.last - 1].fold in _WITH and span.last - span.first > 1:
                atoms.append(_Atom("with", index))
        elif span.has("except"):
            atoms.append(_Atom("except", index))
        elif span.has("with") and tokens[span.first].fold not in ("va", "and"):
            atoms.append(_Atom("with", index))
        elif span.has("by"):
            atoms.append(_Atom("by", index))
        elif span.has("not"):
            none = index > 0 and role_of(spans[index - 1]) is not None and tokens[span.first].fold in _NO
            atoms.append(_Atom("none" if none else "not", index))
    return atoms


def _joins(spans: Sequence[Span], index: int, tokens: Sequence[Token]) -> bool:
    """Whether one word between two agencies only joins them: "Sở A cùng Sở B thực hiện"."""
    span = spans[index]
    alone = span.last - span.first == 1 and tokens[span.first].fold in _WITH
    return (
        alone
        and 0 < index < len(spans) - 1
        and spans[index - 1].agency is not None
        and spans[index + 1].agency is not None
    )


def _attach(atoms: list[_Atom], position: int, roles: Roles) -> bool:
    """Attach one cue; False when it is no role cue here, but a verb of the topic."""
    atom = atoms[position]
    assert atom.role is not None
    negated = position > 0 and atoms[position - 1].kind in ("not", "except")
    negated = negated or (position + 1 < len(atoms) and atoms[position + 1].kind == "none")
    after = atoms[position + 1] if position + 1 < len(atoms) else None
    before = _subject(atoms, position)
    twice = after is not None and _JOINT.issuperset((atom.cue, after.cue))
    if twice and any(a.kind == "with" for a in atoms[position + 2 : position + 3]):
        return True  # "cùng thực hiện (shared) với"
    if after is not None and after.kind == "with" and atom.cue in _JOINT:
        objects = _group(atoms, position + 2)
        for partner in objects:
            _hold(roles, partner, "any", partner=True)
        if before is not None and before.kind == "agency":
            for subject in _group_back(atoms, before):
                _hold(roles, subject, "any", partner=True)
        roles.asked = roles.asked or "any"
        return True
    if after is not None and after.kind == "by" and position + 2 < len(atoms):
        agent = atoms[position + 2]
        if agent.kind == "agency":
            for holder in _group(atoms, position + 2):
                _hold(roles, holder, atom.role, negated=negated)
            return True
        if agent.kind == "seat":
            _ask(roles, atom)
            return True
    if position and atoms[position - 1].kind == "except" and (before is None or before.kind == "seat"):
        roles.beyond = roles.beyond or atom.role == "leads"
        return True  # "ngoài cơ quan chủ trì, còn ai …"
    if before is None:
        if atom.cue == "carries_out" and not (after is not None and after.kind in ("agency", "seat", "by")):
            return False
        before = next((a for a in atoms[position + 1 :] if a.kind in ("agency", "seat")), None)
    if before is None or before.kind == "seat":
        _ask(roles, atom)
        roles.asked_negated = roles.asked_negated or negated
        return True
    if position >= 2 and atoms[position - 1] is before and atoms[position - 2].kind == "by":
        negated = negated or (position >= 3 and atoms[position - 3].kind == "not")
    holders = _group_back(atoms, before)
    alone = len(holders) == 1 and atom.cue == "coordinates" and not negated
    role: RoleAsked = "coordinates" if alone else atom.role
    for holder in holders:
        _hold(roles, holder, role, negated=negated)
    return True


def _ask(roles: Roles, atom: _Atom) -> None:
    """Two cues for the agencies asked for ("ai chủ trì, ai phối hợp") mean everyone, but a weak one yields."""
    assert atom.role is not None
    strength = {"carries_out": 1, "involved": 1, "assigned": 2, "responsible": 2}.get(atom.cue, 3)
    if roles.asked is None or strength > roles.asked_by:
        roles.asked, roles.asked_by = atom.role, strength
    elif strength == roles.asked_by and roles.asked != atom.role:
        roles.asked = "any"


def _subject(atoms: Sequence[_Atom], position: int) -> _Atom | None:
    found: _Atom | None = None
    for index in range(position - 1, -1, -1):
        atom = atoms[index]
        if atom.kind == "agency":
            return atom
        behind = next((a for a in reversed(atoms[:index]) if a.kind != "seat"), None)
        partner = behind is not None and behind.kind == "with"
        if atom.kind == "seat":
            if not partner:
                return atom
            found = found or atom  # "Sở A cùng các đơn vị khác …": the others are partners
    return found


def _group(atoms: Sequence[_Atom], start: int) -> list[int]:
    """The agencies that stand together from ``start`` on."""
    group: list[int] = []
    for atom in atoms[start:]:
        if atom.kind != "agency":
            break
        group.append(atom.span)
    return group


def _group_back(atoms: Sequence[_Atom], last: _Atom) -> list[int]:
    """``last`` and the agencies right before it."""
    group: list[int] = []
    for atom in reversed(atoms[: atoms.index(last) + 1]):
        if atom.kind != "agency":
            break
        group.append(atom.span)
    return group


def _hold(roles: Roles, span: int, role: RoleAsked, *, negated: bool = False, partner: bool = False) -> None:
    for held in roles.held:
        if held.agency == span and held.negated == negated:
            if (held.role == "any" and not held.whatever) or (held.role == "responsible" and role == "leads"):
                held.role = role
            elif not negated and {held.role, role} in _EITHER:
                held.role, held.whatever = "any", True
            return
    roles.held.append(Held(span, role, negated, partner))
