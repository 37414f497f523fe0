"""Question → Interpretation, by composition: what is asked for, of which statements, in which role.

The question is cut into spans: agencies and documents it names, cues of its wording, other words. What is
asked for is read from interrogatives and the nouns beside them; roles are attached to the agency or the
interrogative they belong to; the words that none of this used are the topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kgplan.answering.agency_links import AgencyLinker, Nameable
from kgplan.answering.asked import Asked, find_asked
from kgplan.answering.catalogue import AgencyEntry, Catalogue
from kgplan.answering.document_links import find_address, find_date, link_numbers, link_titles
from kgplan.answering.interpretation import AgencyCondition, Having, Intent, Interpretation, RoleAsked, Unknown
from kgplan.answering.lexicon import Cue, Lexicon, Token, tokenise, variants
from kgplan.answering.roles import Roles, attach_roles
from kgplan.answering.spans import Span, cut, topic_of, type_cues
from kgplan.text import fold, key

_KINDS = ("theme", "motto", "goal", "directive", "arrangement")
_EMPTY_CUES = ("filler", "with", "by", "issued_by", "under", "list", "which", "or", "on_what", "except", "yes_no_end")


@dataclass(slots=True)
class _State:
    """A question on its way to being understood."""

    question: str
    tokens: Sequence[Token]
    variants: tuple[str, ...]
    spans: list[Span]
    free: list[bool]
    date: str | None

    def any(self, *cues: str) -> Span | None:
        """The first span with one of the cues."""
        return next((s for s in self.spans if s.has(*cues)), None)

    def use(self, *cues: str) -> bool:
        """Mark every span with one of the cues as used; whether there was one."""
        found = [s for s in self.spans if s.has(*cues)]
        for span in found:
            span.used = True
        return bool(found)


class Reader:
    """Understands questions about one corpus."""

    def __init__(
        self, catalogue: Catalogue, others: Sequence[Nameable], own_names: Sequence[str], foreign_names: Sequence[str]
    ) -> None:
        """``others`` are agencies the corpus may not hold.

        ``own_names`` are the names of its jurisdictions, ``foreign_names`` those of the others.
        """
        self._catalogue = catalogue
        self._lexicon = Lexicon.load()
        held = _nameable(a for a in catalogue.agencies.values() if not a.unspecified)
        names = {key(a.name) for a in held}
        english = self._lexicon.table("english_heads")
        self._linker = AgencyLinker(
            [*held, *(o for o in others if key(o.name) not in names)],
            expansions=self._lexicon.table("expansions"),
            heads=english["words"],
            light=english["light"],
            vietnamese_heads=self._lexicon.table("vietnamese_heads")["words"],
            unnamed=self._lexicon.table("unnamed")["words"],
        )
        self._particles = {key(w) for w in self._lexicon.table("vi")["polite"]} | {"a", "nhe", "nhi"}
        self._plain_filler = frozenset(self._lexicon.table("plain_filler")["words"])
        self._own_names = [tuple(fold(n).split()) for n in own_names]
        named = {fold(p.name) for p in catalogue.places.values()}
        self._foreign = [tuple(f.split()) for n in foreign_names if (f := fold(n)) not in named and " " in f]
        self._issuers = {key(d.issuer): d.issuer for d in catalogue.documents.values() if d.issuer}

    def understand(self, question: str) -> Interpretation:
        """What ``question`` asks. What could not be read is part of the topic, or ``unknown``."""
        state = self._cut(question)
        unknown = [
            Unknown("unknown_document", _words(state, s))
            for s in state.spans
            if s.document is not None and s.document.document is None
        ]
        unknown += [Unknown("topic_not_in_plan", words) for words in self._elsewhere(state)]
        yes_no = self._yes_no(state)
        no_lead = state.use("no_lead")
        asked = find_asked(state.spans, state.tokens)
        roles = attach_roles(state.spans, state.tokens, asked.seats)
        intent, counted = _intent(state, asked, roles, yes_no=yes_no, no_lead=no_lead)
        returned = counted or intent
        people = self._people(state)
        if people and returned not in ("tasks", "documents"):
            intent, counted, returned = "people", None, "people"
        if returned == "people":
            roles.held.clear()
        issuer, issuer_negated = self._issuer(state, roles, returned)
        conditions, missing = self._conditions(state, roles, returned)
        kinds = self._kinds(state, asked, returned)
        if kinds and returned in ("indicators", "agencies") and not conditions and not roles.asked:
            intent = returned = "statements"
        superlative, having = self._quantity(state, returned)
        if superlative or having:
            intent, counted = (returned, None)
        address = self._address(state)
        if state.date and returned == "documents":
            state.use("issuing")
        issued = (self._year(state) or state.date) if returned == "documents" else None
        asked_negated = roles.asked_negated and returned == "agencies" and not roles.held
        role = self._role(roles, returned, conditions)
        number = self._number(state) if yes_no else None
        topic = None if set(kinds) & {"theme", "motto"} else self._topic(state)
        return Interpretation(
            language="en" if state.variants[0] == "en" else "vi",
            intent="network" if asked.on_what and returned == "agencies" and conditions and not counted else intent,
            role=role,
            counted=counted,
            agencies=conditions,
            documents=tuple(s.document.document for s in state.spans if s.document and s.document.document),
            agency_kind=_kind_asked(state, asked) if superlative or having or asked_negated else None,
            document_types=tuple(dict.fromkeys(asked.document_types)) if returned == "documents" else (),
            document_words=_type_words(state) if returned == "documents" and asked.document_types else None,
            document_date=issued,
            issuer=issuer,
            issuer_negated=issuer_negated,
            people=people,
            topic=topic,
            section=address,
            unit=self._unit(state) if returned == "indicators" else None,
            excluded=self._excluded(state, roles),
            kinds=kinds if not no_lead else ("task", "directive"),
            place_kinds=tuple(asked.place_kinds),
            no_lead=no_lead,
            superlative=superlative,
            having=having,
            asked_negated=asked_negated,
            yes_no=yes_no,
            number=number,
            date=state.date if returned == "deadlines" else None,
            unknown=(*unknown, *missing),
        )

    def _cut(self, question: str) -> _State:
        tokens = tokenise(question)
        kinds = variants(question, tokens)
        cues = self._lexicon.find(tokens, [True] * len(tokens), kinds)
        types = type_cues(cues)
        documents = link_numbers(question, tokens, types, self._catalogue.documents.values())
        taken = {i for m in documents for i in range(m.first, m.last)}
        agencies = [
            m
            for m in self._linker.link(tokens, english="en" in kinds, vietnamese=kinds != ("en",))
            if not taken & set(range(m.first, m.last)) and (m.exact or not _inside(cues, m.first))
        ]
        taken |= {i for m in agencies for i in range(m.first, m.last)}
        date = find_date(question)
        if date:
            taken |= {i for i, t in enumerate(tokens) if t.start >= date[1] and t.end <= date[2]}
        free = [i not in taken for i in range(len(tokens))]
        stops = [free[i] and not _ends_title(cues[i]) for i in range(len(tokens))]
        titles = [
            m
            for m in link_titles(tokens, stops, types, self._catalogue.documents.values())
            if all(free[m.first : m.last])
        ]
        for m in titles:
            free[m.first : m.last] = [False] * (m.last - m.first)
        cues = self._lexicon.find(tokens, free, kinds)
        end = max((i + 1 for i, t in enumerate(tokens) if not self._polite(t)), default=len(tokens))
        cues = [[c for c in group if _placed(c, end, types)] for group in cues]
        spans = cut(tokens, agencies, [*documents, *titles], cues)
        return _State(question, tokens, kinds, spans, free, date[0] if date else None)

    def _elsewhere(self, state: _State) -> list[str]:
        """Provinces the question is about that the corpus is not."""
        words = [t.fold for t in state.tokens]
        found = []
        for name in self._foreign:
            for i in range(len(words) - len(name) + 1):
                if tuple(words[i : i + len(name)]) == name and all(state.free[i : i + len(name)]):
                    found.append(state.question[state.tokens[i].start : state.tokens[i + len(name) - 1].end])
        return found

    def _yes_no(self, state: _State) -> bool:
        """Whether the question wants a yes or a no: it has no interrogative, and begins or ends as such do."""
        if state.any("who", "which", "when", "where", "count", "howmuch", "which_number") or not state.spans:
            return False
        opening = next((s for s in state.spans if not s.has("filler") or s.has("yes_no_start")), state.spans[0])
        if opening.has("yes_no_start") and (state.variants[0] == "en" or len(opening.cues) == 1):
            opening.used = True
            state.use("yes_no_end") if state.variants[0] != "en" else None
            return True
        closing = [s for s in state.spans if not all(self._polite(t) for t in state.tokens[s.first : s.last])]
        if state.variants[0] != "en" and closing and closing[-1].has("yes_no_end"):
            closing[-1].used = True
            return True
        return False

    def _polite(self, token: Token) -> bool:
        """Whether the word is a particle of politeness ("ạ", "nhé")."""
        return token.key in self._particles or token.fold in self._particles

    def _issuer(self, state: _State, roles: Roles, returned: Intent) -> tuple[str | None, bool]:
        """The body whose documents are asked for (or, True, are not): named, issuing one, and holding no role."""
        if returned != "documents":
            return None, False
        for held in list(roles.held):
            mention = state.spans[held.agency].agency
            if mention is None or mention.agency is None:
                continue
            issuer = next((self._issuers[key(n)] for n in mention.agency.names if key(n) in self._issuers), None)
            if issuer is not None and held.role == "any":
                if mention.agency.holds_role and not _issues(state, held.agency):
                    continue
                roles.held.remove(held)
                state.spans[held.agency].used = True
                before = state.spans[max(0, held.agency - 3) : held.agency]
                return issuer, any(s.has("not") for s in before)
        return None, False

    def _conditions(
        self, state: _State, roles: Roles, returned: Intent
    ) -> tuple[tuple[AgencyCondition, ...], list[Unknown]]:
        conditions: list[AgencyCondition] = []
        missing: list[Unknown] = []
        for held in roles.held:
            span = state.spans[held.agency]
            span.used = True
            agency = span.agency.agency if span.agency else None
            if (agency is None or not agency.iris) and roles.asked and held.role == "any" and not held.partner:
                span.agency, span.used = None, False
                continue
            if agency is None or not agency.iris:
                missing.append(Unknown("unknown_agency", _words(state, span)))
                continue
            role: RoleAsked = held.role
            if returned == "agencies" and role == "coordinates":
                role = "any"
            conditions.append(AgencyCondition(agency.iris, role, held.negated))
        group = state.any("group")
        if group is not None:
            group.used = True
            conditions += self._group(group.cues["group"])
        return tuple(conditions), missing

    def _excluded(self, state: _State, roles: Roles) -> tuple[str, ...]:
        """The agencies that the question leaves out ("ngoài Sở Tài chính")."""
        found: list[str] = []
        for index in roles.excluded:
            state.spans[index].used = True
            mention = state.spans[index].agency
            if mention is not None and mention.agency is not None:
                found += mention.agency.iris
        return tuple(found)

    def _group(self, name: str | None) -> list[AgencyCondition]:
        if name != "central":
            return []
        iris = tuple(a.iri for a in self._catalogue.agencies.values() if "/agency/vn/" in a.iri and a.holds_role)
        return [AgencyCondition(iris)] if iris else []

    def _kinds(self, state: _State, asked: Asked, returned: Intent) -> tuple[str, ...]:
        kinds = tuple(k for k in _KINDS if state.any(f"kind_{k}"))
        if kinds and (returned in ("statements", "tasks") or asked.strength < 1):
            state.use(*(f"kind_{k}" for k in kinds))
            return kinds
        return ()

    def _quantity(self, state: _State, returned: Intent) -> tuple[Literal["most", "least"] | None, Having | None]:
        if returned not in ("agencies", "documents", "places"):
            return None, None
        names: tuple[Literal["most", "least"], ...] = ("most", "least")
        words = [t.fold for t in state.tokens]
        for name, vietnamese in zip(names, ("nhieu", "it"), strict=True):
            if state.use(name) or _around(state, words, vietnamese, "nhat"):
                for span in state.spans:
                    if span.has("noun_task") and not span.used:
                        span.used = True
                return name, None
        numbers = self._lexicon.table("numbers")
        for index, span in enumerate(state.spans):
            word = state.tokens[span.first].fold
            value = int(word) if word.isdigit() and len(word) < 3 else numbers.get(word)
            after = state.spans[index + 1] if index + 1 < len(state.spans) else None
            if value is None or after is None or not after.has("noun_task"):
                continue
            before = state.spans[index - 1] if index else None
            test = next((t for t in ("exactly", "at_least", "more_than") if before and before.has(t)), None)
            if test and before:
                before.used = span.used = after.used = True
                return None, Having(test, value)
        return None, None

    def _people(self, state: _State) -> tuple[str, ...]:
        """The people of the corpus that the question names."""
        words = [t.fold for t in state.tokens]
        found = []
        for person in self._catalogue.people.values():
            name = fold(person.name).split()
            for i in range(len(words) - len(name) + 1):
                if words[i : i + len(name)] == name:
                    found.append(person.iri)
                    for span in state.spans:
                        span.used = span.used or i <= span.first < i + len(name)
        return tuple(found)

    def _year(self, state: _State) -> str | None:
        """The year of issue asked for: behind a word of issuing."""
        if not state.use("issuing"):
            return None
        for index, span in enumerate(state.spans):
            word = state.tokens[span.first].text
            if len(word) == 4 and word.isdigit() and word.startswith(("19", "20")):
                span.used = True
                if index and state.tokens[state.spans[index - 1].first].fold in ("nam", "year", "in"):
                    state.spans[index - 1].used = True
                return word
        return None

    def _address(self, state: _State) -> str | None:
        named = state.any("noun_statement", "part") is not None
        found = find_address(state.question, self._catalogue.addresses, named=named)
        if found is None:
            return None
        for span in state.spans:
            if state.tokens[span.first].start >= found[1] and state.tokens[span.last - 1].end <= found[2]:
                span.used = True
        state.use("noun_statement", "part")
        return found[0]

    def _role(self, roles: Roles, returned: Intent, conditions: Sequence[AgencyCondition]) -> RoleAsked | None:
        if returned == "agencies":
            return roles.asked or "any"
        return conditions[0].role if conditions else None

    def _unit(self, state: _State) -> str | None:
        """The unit the question asks in: per cent, where it says so."""
        words = self._lexicon.table("indicators")["percent"]
        folded = f" {' '.join(t.fold for t in state.tokens)} "
        return "%" if any(f" {w} " in folded for w in words) else None

    def _number(self, state: _State) -> float | None:
        for span in state.spans:
            word = state.tokens[span.first].text
            if not span.entity and word.isdigit() and not (len(word) == 4 and word.startswith(("19", "20"))):
                span.used = True
                return float(word)
        return None

    def _topic(self, state: _State) -> str | None:
        for span in state.spans:
            if span.entity or span.has("not", "most", "least"):
                span.used = True
        filler = [False] * len(state.tokens)
        plain = "nd" in state.variants
        doubtful = [False] * len(state.tokens)
        for span in state.spans:
            word = state.tokens[span.first].fold
            if plain and span.last - span.first == 1 and word not in self._plain_filler and not span.has("which"):
                doubtful[span.first] = span.has(*_EMPTY_CUES)
                continue
            if span.has(*_EMPTY_CUES):
                filler[span.first : span.last] = [True] * (span.last - span.first)
        words = [t.fold for t in state.tokens]
        for name in self._own_names:
            for span in state.spans:
                if tuple(words[span.first : span.first + len(name)]) == name:
                    for own in state.spans:
                        own.used = own.used or span.first <= own.first < span.first + len(name)
        for i, token in enumerate(state.tokens):
            if not state.free[i] or (
                token.text.isdigit() and len(token.text) == 4 and i and words[i - 1] in ("nam", "in", "year", "for")
            ):
                filler[i] = True
        used = {i for span in state.spans if span.used or span.has("plan_itself") for i in range(span.first, span.last)}
        if all(filler[i] or doubtful[i] or i in used for i in range(len(state.tokens))):
            return None
        return topic_of(state.question, state.tokens, state.spans, filler)


def _nameable(entries: Iterable[AgencyEntry]) -> list[Nameable]:
    """The agencies by name: those of one name are named together."""
    groups: dict[str, list[AgencyEntry]] = {}
    for entry in entries:
        groups.setdefault(key(entry.name), []).append(entry)
    return [
        Nameable(
            tuple(e.iri for e in group),
            group[0].name,
            tuple(dict.fromkeys(name for e in group for name in e.names)),
            any(e.holds_role for e in group),
        )
        for group in groups.values()
    ]


def _intent(state: _State, asked: Asked, roles: Roles, *, yes_no: bool, no_lead: bool) -> tuple[Intent, Intent | None]:
    """The intent, and what is counted or claimed."""
    intent: Intent
    documents = [s for s in state.spans if s.document is not None]
    agencies = [s for s in state.spans if s.agency is not None]
    if asked.intent is not None and asked.strength >= 0.8:
        intent = asked.intent
        if intent == "agencies" and documents and not agencies and not roles.asked and state.any("issuing"):
            intent = "documents"
        if intent == "agencies" and asked.seats and _about_people(state, roles, agencies):
            intent = "people"
    elif no_lead:
        intent = "tasks"
    elif roles.asked is not None and not yes_no:
        intent = "agencies"
    elif documents and asked.intent in (None, "tasks", "statements"):
        intent = "documents"
    elif asked.intent is not None and asked.intent in ("documents", "deadlines", "indicators", "people", "places"):
        intent = asked.intent
    elif agencies and not documents:
        intent = "tasks"
    elif asked.intent is not None:
        intent = asked.intent
    else:
        intent = "statements"
    if yes_no:
        claimed = (
            intent if intent in ("documents", "deadlines", "indicators", "places") and not agencies else "statements"
        )
        return "statements", claimed
    if asked.count:
        return ("indicators", "indicators") if intent == "indicators" else ("count", intent)
    return intent, None


def _kind_asked(state: _State, asked: Asked) -> str | None:
    kinds = [k for i in asked.seats if (k := state.spans[i].cues.get("agency_kind")) is not None]
    return kinds[0] if len(kinds) == 1 else None


def _about_people(state: _State, roles: Roles, agencies: Sequence[Span]) -> bool:
    """Whether "who" means a person: it asks who did something about the plan itself."""
    only_who = all(not s.has("noun_agency") for s in state.spans if s.used)
    if not only_who or roles.asked is not None or agencies or state.any("person_act") is None:
        return False
    empty = ("person_act", "plan_itself", "noun_person", *_EMPTY_CUES)
    left = [s for s in state.spans if not s.used and not s.has(*empty)]
    return not left


def _around(state: _State, words: Sequence[str], opening: str, closing: str) -> bool:
    """ "nhiều … nhất" with up to three words between; they and all between are used."""
    for first, word in enumerate(words):
        if word == opening and closing in words[first + 1 : first + 5]:
            last = words.index(closing, first + 1)
            for span in state.spans:
                if first <= span.first <= last:
                    span.used = True
            return True
    return False


def _issues(state: _State, index: int) -> bool:
    """Whether the agency stands right behind a document noun and a word such as "của"."""
    if index < 2:
        return False
    return state.spans[index - 1].has("issued_by") and state.spans[index - 2].has("noun_document", "document_type")


def _inside(cues: Sequence[Sequence[Cue]], token: int) -> bool:
    """Whether a phrase of the lexicon runs from before ``token`` over it ("công bố kế hoạch" holds no "bộ")."""
    return any(c.first < token < c.last for group in cues[:token] for c in group)


def _placed(cue: Cue, end: int, types: Sequence[Cue]) -> bool:
    """Whether the cue stands where it means what it says.

    A yes/no opening opens, an ending ends (politeness apart), and "số nào" follows a type of document.
    """
    if cue.name == "yes_no_start":
        return cue.first == 0
    if cue.name == "which_number":
        return any(0 <= cue.first - t.last <= 3 for t in types)
    return cue.name != "yes_no_end" or cue.last >= end


def _ends_title(cues: Sequence[object]) -> bool:
    names = {getattr(c, "name", "") for c in cues}
    return bool(names & {"who", "which", "leads", "coordinates", "by", "count", "when"})


def _type_words(state: _State) -> str:
    """The question's words for the types of document it asks for."""
    return " ".join(_words(state, s) for s in state.spans if s.used and s.has("document_type"))


def _words(state: _State, span: Span) -> str:
    return state.question[state.tokens[span.first].start : state.tokens[span.last - 1].end]


def _empty(token: Token) -> bool:
    return not any(c.isalnum() for c in token.text)
