"""What an index is made of, collected from plans: statements, passages, names of agencies, Vietnamese for restoring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kgplan.model import Plan, Statement
from kgplan.parsing.topics import load_thesaurus
from kgplan.parsing.word_lists import load as load_data
from kgplan.retrieval.diacritics import DiacriticRestorer
from kgplan.retrieval.language import Holding, question_phrases
from kgplan.retrieval.passages import Passage, passages
from kgplan.retrieval.storage import Contents, Stored
from kgplan.text import has_diacritics

# How often to count a text for the model of syllables.
_CORPUS_TIMES, _DATA_TIMES, _QUESTION_TIMES = 2, 1, 3


def collect(plans: Sequence[Plan]) -> tuple[Contents, list[Passage]]:
    """The statements and context blocks of ``plans``, and their passages in the order of the contents' sentences."""
    contents = Contents([], [], _names(plans))
    found: list[Passage] = []
    for plan in plans:
        names = {agency.id: agency.name for agency in plan.agencies}
        numbers: dict[str, int] = {}
        for statement in (*plan.statements, *plan.context):
            numbers[statement.address] = len(contents.statements)
            contents.statements.append(_stored(plan.id, statement, names))
        for passage in passages(plan):
            found.append(passage)
            contents.sentences.append((numbers[passage.address], passage.start, passage.end))
    return contents, found


def make_restorer(plans: Sequence[Plan]) -> DiacriticRestorer:
    """The model of syllables of ``plans``, and of the Vietnamese that questions use and plans may not."""
    names = (". ".join(name for name in _names([plan]) if has_diacritics(name)) for plan in plans)
    texts = [*((plan.text, _CORPUS_TIMES) for plan in plans), *((text, _DATA_TIMES) for text in names)]
    return DiacriticRestorer.build([*texts, *_known_phrases()])


def _stored(plan: str, statement: Statement, names: dict[str, str]) -> Stored:
    holdings: dict[Holding, object] = {
        "agency": statement.responsibilities,
        "indicator": statement.indicators,
        "deadline": statement.deadlines,
        "person": statement.persons,
        "document": statement.citations,
        "place": statement.places,
    }
    return Stored(
        plan,
        statement.address,
        statement.kind,
        statement.text,
        statement.start,
        statement.end,
        tuple(name for name, values in holdings.items() if values),
        tuple(dict.fromkeys(names.get(role.agency, role.agency) for role in statement.responsibilities)),
        tuple(link.topic for link in statement.topics),
    )


def _names(plans: Iterable[Plan]) -> dict[str, str]:
    names: dict[str, str] = {}
    for plan in plans:
        for agency in plan.agencies:
            if agency.unspecified:
                continue
            for other in (agency.name, agency.name_en, *agency.aliases):
                if other:
                    names.setdefault(other, agency.name)
    return names


def _known_phrases() -> Iterable[tuple[str, int]]:
    glossary = load_data("glossary")
    for concept in load_thesaurus().concepts.values():
        yield ". ".join((*concept.labels("vi"), *concept.hidden)), _DATA_TIMES
    yield ". ".join(phrase for phrases in glossary["en"].values() for phrase in phrases), _DATA_TIMES
    yield ". ".join((*glossary["vi"], *glossary["terms"])), _DATA_TIMES
    yield ". ".join((*glossary["common"], *question_phrases())), _QUESTION_TIMES
