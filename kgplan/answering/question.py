"""Question → Interpretation, by composition: what is asked for, of which statements, in which role.

The question is cut into spans: agencies and documents it names, cues of its wording, other words. What is
asked for is read from interrogatives and the nouns beside them; roles are attached to the agency or the
interrogative they belong to; the words that none of this used are the topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kgplan.answering import citing, conditions, exceptions, intent, measures, parts, sections
from kgplan.answering.agency_links import Nameable
from kgplan.answering.asked import find_asked
from kgplan.answering.catalogue import Catalogue
from kgplan.answering.cutting import Alike, Cutter, Restore
from kgplan.answering.interpretation import Inner, Intent, Interpretation, RoleAsked, Unknown
from kgplan.answering.lexicon import Lexicon
from kgplan.answering.roles import Roles, attach_roles, role_of
from kgplan.answering.spans import EMPTY_CUES, Span, topic_of
from kgplan.answering.state import State
from kgplan.text import fold

_PARTNERS = ("voi", "with", "partner", "partners", "doi")
"""Words before an agency described by what it does, whose partners are asked for."""

_COORDINATING = ("phoi", "helper", "helpers", "supporting")
_JUST = ("chi", "only", "merely")


class Reader:
    """Understands questions about one corpus."""

    def __init__(
        self,
        catalogue: Catalogue,
        others: Sequence[Nameable],
        own_names: Sequence[str],
        foreign_names: Sequence[str],
        alike: Alike | None = None,
        restore: Restore | None = None,
    ) -> None:
        """``others`` are agencies the corpus may not hold.

        ``own_names`` are the names of its jurisdictions, ``foreign_names`` those of the others. ``alike`` compares
        an English name with Vietnamese ones, ``restore`` gives Vietnamese without diacritics its diacritics.
        """
        self._catalogue = catalogue
        self._cutter = Cutter(catalogue, others, alike, restore)
        self._plain_filler = frozenset(Lexicon.load().table("plain_filler")["words"])
        self._own_names = [tuple(fold(n).split()) for n in own_names]
        named = {fold(p.name) for p in catalogue.places.values()}
        self._foreign = [tuple(f.split()) for n in foreign_names if (f := fold(n)) not in named and " " in f]

    def understand(self, question: str) -> Interpretation:
        """What ``question`` asks. What could not be read is part of the topic, or ``unknown``."""
        state = self._cutter.cut(question)
        parted = sections.several(state, self._catalogue.addresses)
        if parted is not None:
            within, beyond = [*map(self._clause, parted.questions)], [*map(self._clause, parted.not_in)]
            if (each := parts.in_each(within, beyond, every=parted.every, no_role=parted.no_role)) is not None:
                return each
        joint = parts.joint_clauses(state)
        if joint is not None and (both := parts.all_of(*map(self._clause, joint))) is not None:
            return both
        clauses = parts.second_clause(state)
        whole = parts.shared_partners(parts.two_roles(state, self._one(state)))
        if clauses is None:
            return whole
        end, start = clauses
        return parts.join(whole, self._clause(question[:end]), self._clause(question[start:]))

    def _clause(self, question: str) -> Interpretation:
        """What a clause that is a question of its own asks."""
        return self._one(self._cutter.cut(question))

    def _one(self, state: State) -> Interpretation:
        """What a question in one clause asks."""
        unknown = [
            Unknown("unknown_document", state.words(s))
            for s in state.cited
            if s.document is not None and s.document.document is None
        ]
        unknown += [Unknown("topic_not_in_plan", words) for words in self._elsewhere(state)]
        yes_no = intent.wants_yes_or_no(state, self._cutter.polite)
        no_lead = state.use("no_lead")
        alone = state.use("no_partner")
        now, became = state.use("now"), state.any("became") is not None
        group = intent.group_asked(state.spans)
        asked = find_asked(state.spans, state.tokens)
        roles = attach_roles(state.spans, state.tokens, asked.seats)
        if yes_no:
            _widen(state, roles)
        wanted, counted = intent.choose_intent(state, asked, roles, yes_no=yes_no, no_lead=no_lead)
        people = conditions.people(state, self._catalogue)
        if group is not None:
            wanted, counted = "agencies", None
        if people and (counted or wanted) not in ("tasks", "documents"):
            wanted, counted = "people", None
        returned = counted or wanted
        if returned == "people":
            roles.held.clear()
            for span in state.spans:
                span.used = span.used or (span.has("person_act") and span.has("issuing"))
        assigner = conditions.assigner(state, roles, self._catalogue)
        issuer = conditions.issuer(state, roles, self._catalogue, returned)
        agencies, missing = conditions.agencies(state, roles, self._catalogue, returned)
        among = conditions.either(state, roles, agencies)
        if among and (yes_no or returned in ("tasks", "statements", "agencies")):
            held: RoleAsked = next((r.role for r in roles.held if r.role != "any"), "any")
            yes_no, wanted, counted, returned, agencies = False, "agencies", None, "agencies", ()
            roles.asked = roles.asked or held
        cites_nothing = state.use("cites_nothing")
        due = conditions.due(state, returned)
        asks_issuer = not yes_no and counted is None and intent.asks_issuer(state, asked)
        if asks_issuer:
            wanted = returned = "agencies"
            roles.asked = None
            state.use("noun_document", "carries_out")
            asked.document_types = asked.document_types or intent.types_named(state)
        kinds = conditions.kinds(state, asked, returned)
        if kinds and returned in ("indicators", "agencies") and not agencies and not roles.asked:
            wanted, counted = ("count", "statements") if asked.count or state.any("count") else ("statements", None)
            returned = "statements"
        dated = citing.dated(state, returned)
        measure = measures.quantity(state, returned, max(len(agencies), len(among)))
        if measure:
            wanted, counted = ("count", returned) if wanted == "count" and measure.having else (returned, None)
        only = returned == "agencies" and not measure and _only(state, roles)
        formers = conditions.formers(roles, agencies) if became or (now and returned == "agencies") else ()
        if formers:
            state.use("became")
            return Interpretation(
                "en" if state.english else "vi", "agencies", "any", today=True, formers=formers, unknown=tuple(missing)
            )
        address = sections.address(state, self._catalogue)
        cited = citing.cited(state, self._catalogue, returned)
        since = citing.issued(state, returned)
        issued = None if since else citing.issue_date(state, self._catalogue, returned)
        excluded = exceptions.excluded(state, roles)
        agencies = exceptions.of_statements(returned, agencies, excluded)
        cited_types = citing.cited_types(state, returned)
        number = conditions.number(state) if yes_no else None
        if returned == "deadlines":
            state.use("noun_deadline")
        elif returned == "indicators":
            state.use("issuing")
            if counted:
                state.use("noun_document", "document_type")
        plan = conditions.plan_of_year(state, self._catalogue)
        if yes_no and roles.asked and not (agencies or missing or state.any("who", "noun_agency") or no_lead):
            missing = [Unknown("unknown_agency", self._topic(state) or state.question)]
        never = roles.asked_negated and returned == "agencies" and not roles.held
        inner_role = None if agencies else _inner_role(state, returned, asked.seats)
        not_topic = self._not_topic(state, returned if agencies or inner_role else "agencies")
        topic = None if set(kinds) & {"theme", "motto"} else self._topic(state)
        if address and topic and sections.names_section(topic, address, self._catalogue.addresses):
            topic = None
        if topic and agencies and _is_only(state, topic, "noun_agency"):
            topic = None  # "cùng các đơn vị khác"
        if topic and not _marked(state) and conditions.names_agency(topic, agencies, self._catalogue):
            topic = None
        inner = Inner(inner_role, topic) if inner_role and topic else None
        if inner_role and topic and cited.documents and _is_only(state, topic, "carries_out", "assigned", "involved"):
            topic = None
        named = next((s for s in state.cited if s.used or s.entity), None)
        if inner_role and topic is None and not_topic is None and len(cited.documents) == 1 and named is not None:
            inner, cited = Inner(inner_role, state.words(named)), replace(cited, documents=())
        beyond = (
            inner_role is not None
            and not_topic is not None
            and (
                topic is None
                or _is_only(state, topic, "noun_document", "document_type")  # "the agency leading that scheme"
            )
        )
        if beyond:  # "besides T, what else does the agency that leads it do"
            inner, not_topic = Inner(inner_role, not_topic or ""), None
        only = only and not topic and not state.cited
        role = roles.asked or "any" if returned == "agencies" else (agencies[0].role if agencies else None)
        if measure.measured == "agencies" and returned != "agencies":
            role = roles.asked or "any"
        elif returned in ("tasks", "documents") and not agencies:
            said = state.any("has_lead") is not None or (alone and roles.asked == "leads")
            role = "leads" if said else None
        return Interpretation(
            language="en" if state.english else "vi",
            intent="network" if asked.on_what and returned == "agencies" and agencies and not counted else wanted,
            role=_outer_role(state, returned) if inner else role,
            counted=counted,
            agencies=agencies,
            agencies_among=among or conditions.group_members(self._catalogue, group),
            excluded=excluded,
            documents=cited.documents,
            excluded_documents=cited.excluded,
            dated=dated,
            agency_kind=intent.kind_of_agency(state, asked) if measure or never or only or wanted == "count" else None,
            document_types=tuple(dict.fromkeys(asked.document_types)) if returned == "documents" or asks_issuer else (),
            document_words=_type_words(state) if returned == "documents" and asked.document_types else None,
            document_date=cited.date or issued,
            cited_types=cited_types,
            issuer=issuer.name if issuer else None,
            assigner=assigner,
            issuer_negated=issuer.negated if issuer else False,
            people=people,
            in_office=returned == "people" and state.any("noun_office") is not None,
            topic=None if inner else topic,
            topic_marked=_marked(state),
            inner=inner,
            others=inner is not None and (beyond or state.any("else") is not None),
            section=address,
            unit=conditions.unit(state) if returned == "indicators" else None,
            kinds=kinds if not no_lead else ("task", "directive"),
            place_kinds=tuple(asked.place_kinds),
            no_lead=no_lead,
            alone=alone,
            superlative=measure.superlative,
            having=measure.having,
            measured=measure.measured,
            only=only,
            asked_negated=never,
            yes_no=yes_no,
            number=number,
            date=state.date if returned == "deadlines" else None,
            today=now and wanted == "agencies" and not asks_issuer,
            asks_issuer=asks_issuer,
            not_topic=not_topic,
            cites_nothing=cites_nothing,
            due=due,
            plan=plan,
            issued=since,
            unknown=(*unknown, *missing),
        )

    def _elsewhere(self, state: State) -> list[str]:
        """Provinces the question is about that the corpus is not."""
        folded = [t.fold for t in state.tokens]
        found = []
        for name in self._foreign:
            for i in range(len(folded) - len(name) + 1):
                if tuple(folded[i : i + len(name)]) == name and all(state.free[i : i + len(name)]):
                    found.append(state.question[state.tokens[i].start : state.tokens[i + len(name) - 1].end])
        return found

    def _not_topic(self, state: State, returned: Intent) -> str | None:
        """The topic that the question leaves out: behind "not about" or "apart from", the words nothing else used."""
        cue = state.any("not_about")
        within = (cue.first, len(state.tokens)) if cue is not None else exceptions.topic_words(state, returned)
        if within is None:
            return None
        first, last = within
        filler, _ = self._filler(state)
        outside = [f or not first < i < last for i, f in enumerate(filler)]
        if cue is not None:
            cue.used = True
        words = topic_of(state.question, state.tokens, state.spans, outside)
        for span in state.spans:
            span.used = span.used or first <= span.first < last
        return words

    def _topic(self, state: State) -> str | None:
        """The topic: the words that nothing used; None when only filler is left."""
        for span in state.spans:
            span.used = span.used or span.entity or span.has("not", "most", "least")
        for number, noun in pairwise(state.spans[:2]):  # "hai đề án nào"
            counted = noun.has("document_type") and state.folded(number) in Lexicon.load().table("numbers")
            number.used = number.used or counted
        filler, doubtful = self._filler(state)
        folded = [t.fold for t in state.tokens]
        for name in self._own_names:
            for i in range(len(folded) - len(name) + 1):
                if tuple(folded[i : i + len(name)]) == name:
                    state.use_tokens(i, i + len(name))
        empty = {i for s in state.spans if s.used or s.has("plan_itself") for i in range(s.first, s.last)}
        if all(filler[i] or doubtful[i] or i in empty for i in range(len(state.tokens))):
            return None
        return topic_of(state.question, state.tokens, state.spans, filler)

    def _filler(self, state: State) -> tuple[list[bool], list[bool]]:
        """Tokens that carry no topic, and those that perhaps carry none (single words without diacritics)."""
        filler = [not free for free in state.free]
        doubtful = [False] * len(state.tokens)
        plain = "nd" in state.variants
        for span in state.spans:
            empty = span.has(*EMPTY_CUES)
            word = state.folded(span)
            if plain and span.last - span.first == 1 and word not in self._plain_filler and not span.has("which"):
                doubtful[span.first] = empty
            elif empty:
                filler[span.first : span.last] = [True] * (span.last - span.first)
        return filler, doubtful


def _is_only(state: State, topic: str, *cues: str) -> bool:
    """Whether the topic is nothing but a word of the lexicon with one of ``cues``."""
    return any(s.has(*cues) and fold(state.words(s)) == fold(topic) for s in state.spans)


def _coordinating(state: State, span: Span) -> bool:
    """Whether the words say that one coordinates, not only that one works with others ("cùng thực hiện")."""
    words = [token.fold for token in state.tokens[span.first : span.last]]
    return span.has("coordinates", "only_coordinates") and any(
        word in _COORDINATING or word.startswith("coordinat") for word in words
    )


def _widen(state: State, roles: Roles) -> None:
    """Whether an agency does something together with others is no question of its role: "có cùng thực hiện … không"."""
    if not any(_coordinating(state, span) for span in state.spans):
        for held in roles.held:
            held.role = "any" if held.role == "coordinates" else held.role


def _only(state: State, roles: Roles) -> bool:
    """Whether the agencies asked for hold one role and no other: "chỉ phối hợp mà không chủ trì"."""
    for index, span in enumerate(state.spans):
        if roles.held or not (span.has("just") or state.folded(span) in _JUST):
            continue
        near = [span, *state.spans[index + 1 : index + 3]]
        said = next(((s, r) for s in near if (r := role_of(s)) is not None), None)
        never = [role_of(b) for a, b in pairwise(state.spans[:index]) if a.has("not") and role_of(b) is not None]
        if said is not None and never and not _coordinating(state, said[0]):
            roles.asked = never[-1]  # "không chủ trì mà chỉ cùng thực hiện": never the lead
            return False
        if said is not None:
            roles.asked = "coordinates" if said[0].has("coordinates", "only_coordinates") else said[1]
            roles.asked_negated = False
            span.used = True
            state.use("not")
            for denied in state.spans[index + 1 :]:
                denied.used = denied.used or role_of(denied) is not None
            return True
    return False


def _inner_role(state: State, returned: Intent, seats: Sequence[int]) -> RoleAsked | None:
    """The role of the agencies that a relative clause describes: "đơn vị chủ trì X còn chủ trì nhiệm vụ nào"."""
    if returned not in ("tasks", "documents", "deadlines", "agencies"):
        return None
    for index, span in enumerate(state.spans):
        if returned == "agencies" and (index in seats or not _related(state, index)):
            continue
        if span.has("lead_noun") and not any(s.has("noun_agency") and s.used for s in state.spans):
            return "leads"
        if span.has("noun_agency") and not span.used:
            following = next((s for s in state.spans[index + 1 :] if not s.has("filler")), None)
            role = None if following is None else role_of(following)
            if role is not None:
                span.used = True
                return role
    return None


def _related(state: State, index: int) -> bool:
    """Whether the noun at ``index`` is a partner described by what it does: "with the agency that leads X"."""
    before, after = state.spans[max(0, index - 3) : index], state.spans[index + 1 : index + 3]
    partner = any(s.has("with") or state.folded(s) in _PARTNERS for s in before)
    told = any(state.folded(s) in ("that", "which", "ma") or role_of(s) is not None for s in after)
    return partner and told


def _outer_role(state: State, returned: Intent) -> RoleAsked | None:
    """The role in which the agencies of the relative clause are then looked at: the last one named; for agencies that
    work with those, the first."""
    found = [role for s in state.spans if (role := role_of(s)) is not None]
    if returned == "agencies":
        return "any" if not found or found[0] == "coordinates" else found[0]
    return found[-1] if len(found) > 1 else "any"


def _marked(state: State) -> bool:
    """Whether a word such as "về" or "about" announces the topic."""
    return any(
        before.has("about") and not after.used and not after.has(*EMPTY_CUES) for before, after in pairwise(state.spans)
    )


def _type_words(state: State) -> str:
    """The question's words for the types of document it asks for."""
    return " ".join(state.words(s) for s in state.spans if s.used and s.has("document_type"))
