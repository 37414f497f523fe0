"""Answers questions over one corpus: understand, find the topic, compose, run, prove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from kgplan.answering.agency_links import Nameable
from kgplan.answering.answer import Answer, Evidence, Mark, Result
from kgplan.answering.catalogue import Catalogue
from kgplan.answering.compose import compose, scope_query
from kgplan.answering.correction import alternatives, correct
from kgplan.answering.interpretation import AgencyCondition, Interpretation, Reason, RoleAsked
from kgplan.answering.labels import choose
from kgplan.answering.lexicon import Lexicon, tokenise
from kgplan.answering.question import Reader
from kgplan.answering.results import common, in_text_order, joined, proved, results_of
from kgplan.answering.today import ended, with_changes
from kgplan.answering.topic import Match, TopicFinder
from kgplan.answering.wording import refusal, sentence
from kgplan.parsing.registry import CENTRAL, Registry
from kgplan.rdf.results import QueryResult
from kgplan.rdf.store import QueryStore
from kgplan.rdf.vocabulary import DEFAULT_BASE, plan_iri
from kgplan.retrieval.hybrid import HybridIndex

_SAYS = 3
"""So many content words of which one stands nowhere in the corpus are a topic it has nothing on."""

_SURELY = 0.7
"""So sure must it be that a statement is on words beside other conditions that they are the question's topic."""

_SAME_NAME, _CLEARLY = 0.87, 0.02
"""Least cosine of an English name of an agency to the Vietnamese one it means, and how far any other must be behind."""

_NEAREST = 3
"""Statements shown as nearest when a question is declined."""

_MANY = 200
"""Statements looked through for the nearest ones of one plan."""

_DETAILS = """SELECT ?statement ?address ?text ?start ?end ?plan ?heading WHERE {{
  VALUES ?statement {{ {iris} }}
  ?statement kgp:address ?address ; kgp:text ?text ; kgp:start ?start ; kgp:end ?end ; kgp:inPlan ?plan .
  OPTIONAL {{ ?statement kgp:inSection ?section . ?section dcterms:title ?heading }}
}}"""
_MARKS = """SELECT ?statement ?thing ?start ?end WHERE {{
  VALUES ?statement {{ {iris} }}
  {{ ?statement prov:qualifiedAttribution ?node . ?node prov:agent ?thing }}
  UNION {{ ?statement kgp:hasCitation ?node . ?node kgp:document ?thing }}
  UNION {{ ?statement kgp:hasTarget|kgp:hasDeadline ?node . BIND(?node AS ?thing) }}
  UNION {{ ?statement kgp:hasMention ?node . ?node kgp:mentions ?thing }}
  ?node kgp:start ?start ; kgp:end ?end .
}} ORDER BY ?start"""


class Asker:
    """Ask questions of a graph and its search index, over all plans or one."""

    def __init__(
        self, store: QueryStore, index: HybridIndex, *, plan: str | None = None, base: str = DEFAULT_BASE
    ) -> None:
        """``store`` answers SPARQL, ``index`` finds statements by meaning.

        ``plan`` is the id of the one plan to answer from; ``base`` begins the data IRIs.
        """
        self._store = store
        self._index = index
        self._base = base
        self._plan = plan
        self._catalogue = Catalogue(store, plan and plan_iri(plan, base))
        self._name_vectors: dict[str, Any] = {}
        self._finder = TopicFinder(index, self._catalogue, plan=plan, base=base)

    @cached_property
    def _reader(self) -> Reader:
        registry = Registry.load()
        jurisdictions = sorted({iri.split("/agency/")[1].split("/")[0] for iri in self._catalogue.agencies})
        others = [
            Nameable((), agency.name, tuple(n for n in (agency.name, agency.name_en, *agency.aliases) if n))
            for jurisdiction in dict.fromkeys((*jurisdictions, CENTRAL))
            for agency in registry.agencies(jurisdiction)
            if not agency.collective
        ]
        provinces = registry.jurisdictions
        own = [n for j in jurisdictions if j in provinces for n in (provinces[j].name, *provinces[j].aliases)]
        foreign = [p.name for p in provinces.values() if p.name not in own]
        return Reader(self._catalogue, others, own, foreign, self._alike, self._index.restore_diacritics)

    def _alike(self, english: str, names: Sequence[str]) -> int | None:
        """Which of ``names`` means ``english``: its vector is close, and clearly closer than any other's."""
        import numpy as np

        encode = self._index.encoder.encode_queries
        for name in names:
            if name not in self._name_vectors:
                self._name_vectors[name] = encode([name])[0]
        near = np.array([self._name_vectors[name] for name in names]) @ encode([english])[0]
        best, *rest = sorted(near, reverse=True)
        same = best >= _SAME_NAME and all(best - other >= _CLEARLY for other in rest)
        return int(near.argmax()) if same else None

    def ask(self, question: str, given: Mapping[str, Any] | None = None) -> Answer:
        """The answer to ``question``; what ``given`` says of its interpretation is taken for what the question asks.

        Raises QuestionError when ``given`` cannot be used (:func:`kgplan.answering.correction.correct`).
        """
        if not any(any(c.isalnum() for c in token.text) for token in tokenise(question)):
            interpretation = Interpretation("vi", "statements")
            if given:
                return self._told(self.answer(question, correct(interpretation, given, self._catalogue)))
            return self._decline(question, interpretation, "empty_question")
        interpretation = self._reader.understand(question)
        if self._plan is not None:
            plan = plan_iri(self._plan, self._base)
            parts = tuple(replace(part, plan=plan) for part in interpretation.parts)
            interpretation = replace(interpretation, plan=plan, parts=parts)
        if given:
            interpretation = correct(interpretation, given, self._catalogue)
        return self._told(self.answer(question, interpretation))

    def _told(self, answer: Answer) -> Answer:
        """The answer with the readings that are close to the one it was given under."""
        return replace(answer, alternatives=alternatives(answer.interpretation, self._catalogue))

    def answer(self, question: str, interpretation: Interpretation) -> Answer:
        """The answer under a given interpretation, for example a corrected one."""
        if interpretation.all_of:
            both = common([self.answer(question, part) for part in interpretation.parts], interpretation)
            if both.status == "answered":
                return replace(both, text=sentence(interpretation, both.results, both.evidence))
            return (
                both
                if both.reason
                else self._decline(question, both.interpretation, "nothing_matches", sparql=both.sparql)
            )
        if interpretation.parts:
            return joined([self.answer(question, part) for part in interpretation.parts], interpretation)
        if interpretation.unknown:
            unknown = interpretation.unknown[0]
            return self._decline(question, interpretation, unknown.reason, unknown.words)
        without: list[str] = []
        if interpretation.inner is not None:
            resolved = self._resolve(interpretation)
            if resolved is None:
                return self._decline(question, interpretation, "topic_not_in_plan")
            interpretation, without = resolved
        if interpretation.not_topic:
            without += [
                m.statement for m in self._finder.find(interpretation.not_topic, self._candidates(interpretation))
            ]
        matches: list[Match] | None = None
        targets: list[str] | None = None
        if interpretation.returned == "indicators":
            targets = self._targets(interpretation)
            if not targets:
                reason: Reason = "topic_not_in_plan" if interpretation.topic else "nothing_matches"
                return self._decline(question, interpretation, reason)
        elif interpretation.topic:
            matches = self._matches(interpretation) or self._typed(interpretation)
            if not matches and (wider := self._without_collectives(interpretation)) is not None:
                return self.answer(question, wider)
            if not matches and self._meaningless(interpretation):
                return self.answer(question, replace(interpretation, topic=None))
            if not matches:
                known = self._finder.find(interpretation.topic)
                reason = "nothing_matches" if known else "topic_not_in_plan"
                return self._decline(question, interpretation, reason)
        return self._run(question, interpretation, matches, targets, without)

    def _resolve(self, interpretation: Interpretation) -> tuple[Interpretation, list[str]] | None:
        """The interpretation with the agencies of its inner question found, and the statements those come from."""
        inner = interpretation.inner
        assert inner is not None
        asked = Interpretation(
            interpretation.language, "agencies", inner.role, topic=inner.topic, plan=interpretation.plan
        )
        matches = self._matches(asked)
        statements = [m.statement for m in matches]
        found, _ = self._agencies(asked, statements) if matches else (None, "")
        vague = {a.iri for a in self._catalogue.agencies.values() if a.unspecified}
        iris = dict.fromkeys(str(row["agency"]) for row in found.values()) if found else {}
        named = tuple(iri for iri in iris if iri not in vague)
        if not named:
            return None
        own = interpretation.returned in ("agencies", "network")  # the role is then that of the agencies asked for
        condition = AgencyCondition(named, "any" if own else interpretation.role or "any")
        outer = replace(interpretation, inner=None, agencies=(*interpretation.agencies, condition))
        return outer, statements if interpretation.others else []

    def _without_collectives(self, interpretation: Interpretation) -> Interpretation | None:
        """A question for a deadline without the groups it names in passing: "hạn … của các ngành, địa phương"."""
        named = interpretation.agencies
        passing = [c for c in named if c.role == "any" and all(self._collective(iri) for iri in c.agencies)]
        if interpretation.returned != "deadlines" or not passing:
            return None
        return replace(interpretation, agencies=tuple(c for c in named if c not in passing))

    def _collective(self, iri: str) -> bool:
        entry = self._catalogue.agencies.get(iri)
        return entry is not None and (entry.kind or "").endswith("kind-collective")

    def _meaningless(self, interpretation: Interpretation) -> bool:
        """Whether the topic's words may be ignored: unannounced, naming no topic, beside other conditions."""
        assert interpretation.topic is not None
        given = (interpretation.agencies, interpretation.documents, interpretation.issuer, interpretation.people)
        others = (
            any(given)
            or interpretation.section is not None
            or bool(interpretation.document_date)
            or interpretation.no_lead
        )
        claimed = interpretation.yes_no and not interpretation.documents
        if not others or interpretation.topic_marked or claimed:
            return False
        read = self._index.read(interpretation.topic)
        words = [word for segment in read.segments for word in segment.words]
        told = len(words) >= _SAYS and not interpretation.documents  # so many words say something, known here or not
        if read.topics or (told and not all(self._index.holds([word]) for word in words)):
            return False
        if len(words) == 1 or interpretation.documents:
            return True
        return not any(match.score >= _SURELY for match in self._finder.find(interpretation.topic))

    def _agencies(self, interpretation: Interpretation, on_topic: Sequence[str] | None) -> tuple[QueryResult, str]:
        """The rows of a question for agencies: those who lead, and when nobody leads, those who share."""
        roles: tuple[RoleAsked, ...] = (interpretation.role or "any",)
        if interpretation.role in ("leads", "responsible") and not interpretation.asked_negated:
            roles = ("leads", "shares")
        for role in roles:
            query = compose(replace(interpretation, role=role), on_topic=on_topic)
            found = self._store.query(query, base_iri=self._base)
            if found:
                break
        return found, query

    def _matches(self, interpretation: Interpretation) -> list[Match]:
        """The statements on the topic among those that meet the other conditions.

        A yes/no question's agencies are its claim and no condition: what is on the topic shows whether it holds.
        """
        assert interpretation.topic is not None
        scope = replace(interpretation, agencies=()) if interpretation.yes_no else interpretation
        candidates = self._candidates(scope)
        if interpretation.returned == "people" or interpretation.place_kinds:
            return self._finder.nearest(interpretation.topic, candidates)
        rivals = self._candidates(Interpretation(interpretation.language, interpretation.returned))
        return self._finder.find(interpretation.topic, candidates, rivals)

    def _typed(self, interpretation: Interpretation) -> list[Match]:
        """Documents whose type is part of what they are called ("master plans"): the topic with the type's name."""
        if interpretation.returned != "documents" or not interpretation.document_words:
            return []
        named = f"{interpretation.topic} {interpretation.document_words}"
        return self._finder.find(named, self._candidates(interpretation))

    def _targets(self, interpretation: Interpretation) -> list[str]:
        """The targets that are asked for: those whose names, or else whose statements, are on the topic.

        A number of targets is itself a target ("25 chỉ tiêu"); of several on no topic the largest is the total.
        """
        plain = replace(interpretation, topic=None, number=None, yes_no=False, intent="indicators", counted=None)
        plain = replace(plain, superlative=None, having=None, measured=None)
        rows = self._store.query(compose(plain), base_iri=self._base).values()
        preferred = rows
        counts = Lexicon.load().table("indicators")["count_units"]
        if interpretation.unit:
            preferred = rows = [r for r in rows if r["unit"] == interpretation.unit]
        elif not interpretation.yes_no:
            counted = interpretation.counted == "indicators"
            rows.sort(key=lambda r: (r["unit"] in counts) != counted)
            preferred = [r for r in rows if (r["unit"] in counts) == counted]
            if counted or interpretation.topic is None:
                rows = preferred
        if interpretation.topic is None:
            if interpretation.counted != "indicators" or not rows:
                return [str(r["target"]) for r in rows]
            largest = max(rows, key=lambda r: float(r["value"]))
            return [str(largest["target"])]
        sizes = {str(r["target"]): float(r["value"]) for r in rows}
        labels = {str(r["target"]): f"{r['label_vi']} {r['unit']}" for r in rows}
        above = {e.iri: e.heading or "" for e in self._evidence([str(r["statement"]) for r in rows], {})}
        headings = {str(r["target"]): above.get(str(r["statement"]), "") for r in rows}
        for some in (preferred, rows):
            within = {str(r["target"]): str(r["statement"]) for r in some}
            chosen = choose(self._index, interpretation.topic, {t: labels[t] for t in within}, headings)
            if not chosen:
                matches = {m.statement for m in self._finder.find(interpretation.topic, within.values())}
                chosen = [t for t, statement in within.items() if statement in matches]
                if interpretation.counted == "indicators" and chosen:
                    chosen = [max(chosen, key=lambda t: sizes[t])]  # the total, of which the others are parts
            if chosen:
                return chosen
        return []

    def _run(
        self,
        question: str,
        interpretation: Interpretation,
        matches: list[Match] | None,
        targets: list[str] | None,
        without: list[str],
    ) -> Answer:
        on_topic = None if matches is None else [m.statement for m in matches]
        if interpretation.returned == "agencies" and not interpretation.yes_no:
            found, query = self._agencies(interpretation, on_topic)
        else:
            query = compose(interpretation, on_topic=on_topic, targets=targets, without=without)
            found = self._store.query(query, base_iri=self._base)
        if not found and interpretation.returned == "tasks" and interpretation.role == "responsible":
            # only a part in others' tasks: still what it has to do
            wider = tuple(replace(c, role="any") for c in interpretation.agencies)
            return self.answer(question, replace(interpretation, agencies=wider, role="any"))
        if not found and (wider_scope := self._without_collectives(interpretation)) is not None:
            return self.answer(question, wider_scope)
        unspecified = {a.iri for a in self._catalogue.agencies.values() if a.unspecified}
        results = results_of(interpretation, found, unspecified)
        if interpretation.today:
            results = with_changes(self._store, results, self._base)
        if not results and (gone := ended(self._store, interpretation, self._base)):
            return self._decline(question, interpretation, "nothing_matches", sparql=query, text=gone)
        if not results or (interpretation.intent == "count" and results[0].value == 0):
            return self._decline(question, interpretation, "nothing_matches", sparql=query)
        scores = {m.statement: m.score for m in matches or ()}
        statements = [str(row["statement"]) for row in found.values() if "statement" in row]
        if not statements:
            behind = self._store.query(scope_query(interpretation, on_topic=on_topic), base_iri=self._base)
            statements = [str(row["statement"]) for row in behind.values()] or list(scores)
        evidence = self._evidence(list(dict.fromkeys(statements)), scores, results)
        if interpretation.ranked and interpretation.intent != "count":
            results, evidence = proved(results, evidence)
        results = in_text_order(results, evidence, unspecified)
        text = sentence(interpretation, results, evidence)
        return Answer(question, "answered", interpretation, results, evidence, query, text)

    def _candidates(self, interpretation: Interpretation) -> list[str]:
        """The statements that meet every condition but the topic."""
        found = self._store.query(scope_query(interpretation, returned=True), base_iri=self._base)
        return [str(row["statement"]) for row in found.values()]

    def _evidence(
        self, statements: Sequence[str], scores: dict[str, float], results: Sequence[Result] = ()
    ) -> tuple[Evidence, ...]:
        if not statements:
            return ()
        iris = " ".join(f"<{iri}>" for iri in statements)
        rows = self._store.query(_DETAILS.format(iris=iris), base_iri=self._base).values()
        details: dict[str, dict[str, Any]] = {str(row["statement"]): row for row in rows}
        wanted = {r.iri: r.iri for r in results}
        wanted |= {f["iri"]: r.iri for r in results for f in r.details.get("formerly", ())}
        marks: dict[str, list[Mark]] = {}
        if any(wanted):
            for row in self._store.query(_MARKS.format(iris=iris), base_iri=self._base).values():
                if row["thing"] in wanted:
                    mark = Mark(int(row["start"]), int(row["end"]), str(wanted[row["thing"]]))
                    marks.setdefault(str(row["statement"]), []).append(mark)
        return tuple(
            Evidence(
                plan=details[iri]["plan"].rsplit("/", 1)[1],
                address=details[iri]["address"],
                iri=iri,
                text=details[iri]["text"],
                start=int(details[iri]["start"]),
                end=int(details[iri]["end"]),
                score=round(scores.get(iri, 1.0), 4),
                heading=details[iri].get("heading"),
                marks=tuple(marks.get(iri, ())),
            )
            for iri in statements
            if iri in details
        )

    def _decline(
        self,
        question: str,
        interpretation: Interpretation,
        reason: Reason,
        words: str = "",
        *,
        sparql: str | None = None,
        text: str | None = None,
    ) -> Answer:
        evidence: tuple[Evidence, ...] = ()
        if reason != "empty_question":
            hits = self._index.search(interpretation.topic or question, _NEAREST if self._plan is None else _MANY)
            own = [hit for hit in hits if self._plan in (None, hit.plan)][:_NEAREST]
            scores = {self._finder.iri(hit.plan, hit.address): hit.score for hit in own}
            evidence = self._evidence(list(scores), scores)
        query = sparql or compose(replace(interpretation, unknown=()), on_topic=() if interpretation.topic else None)
        text = text or refusal(interpretation, reason, words, evidence)
        return Answer(question, "abstained", interpretation, (), evidence, query, text, reason)
