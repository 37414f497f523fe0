"""Which language a question is in, and which of its words only ask."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product
from typing import Any, Literal

from kgplan.parsing.topics import Language as Language
from kgplan.parsing.word_lists import load
from kgplan.parsing.words import Word, full, plain, words
from kgplan.resources import DATA
from kgplan.text import has_diacritics, nfc, strip_diacritics

Holding = Literal["agency", "indicator", "deadline", "person", "document", "place"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")

# Groups of data/questions.toml whose phrases ask, and do not say what about.
_INTERROGATIVES = ("who", "which", "count", "when", "where", "howmuch", "list", "yes_no_start")
_ASKING = (
    *_INTERROGATIVES,
    *("noun_agency", "noun_task", "noun_document", "noun_statement"),
    *("leads", "responsible", "coordinates", "involved", "shares", "only_coordinates", "most", "least", "no_lead"),
    *("with", "by", "on_what", "issuing", "issued_by", "except", "under", "not", "yes_no_end", "filler"),
)
# Groups of which one phrase makes a text a question or an order to list, and not just words to search for.
_DECISIVE = (
    "who",
    "which",
    "count",
    "when",
    "where",
    "howmuch",
    "noun_agency",
    "noun_task",
    "noun_document",
    "leads",
    "coordinates",
)
# What the words of a group ask a statement for.
_WANTED: dict[Holding, tuple[str, ...]] = {
    "agency": ("who", "noun_agency", "noun_task", "leads", "coordinates", "shares", "only_coordinates"),
    "indicator": ("howmuch", "noun_indicator"),
    "deadline": ("when", "noun_deadline"),
    "person": ("person_act",),
    "document": ("noun_document",),
    "place": ("where", "noun_place"),
}
_INTERROGATIVE, _ASKED, _WORD, _SHAPE = 6.0, 2.0, 1.0, 0.5


def detect_language(text: str) -> Language:
    """The language of ``text``: that of its interrogatives, else of most of its words.

    Vietnamese without diacritics is Vietnamese; a mixed question is in the language of its question words.
    """
    tokens = [word for word in words(nfc(text)) if word.full.isalpha()]
    balance = 0.0
    matched = {language: _spans(tokens, _asking_phrases(language, _INTERROGATIVES), language) for language in LANGUAGES}
    for number, word in enumerate(tokens):
        marks = has_diacritics(word.full)
        vietnamese = number in matched["vi"] or word.plain in _common("vi") or word.plain in _abbreviations()
        asks = number in matched["en"] and word.plain not in _syllables()  # "do" and "can" are syllables as well
        english = not marks and (asks or word.plain in _common("en"))
        if vietnamese != english:
            asked = number in matched["vi" if vietnamese else "en"]
            weight = _INTERROGATIVE if asked else _ASKED
        else:
            vietnamese = marks or word.plain in _syllables()
            weight = _WORD if marks else _SHAPE
        balance += weight if vietnamese else -weight
    return "en" if balance < 0 else "vi"


def asking(tokens: Sequence[Word], language: Language) -> list[int]:
    """For each of ``tokens``, how many words the phrase that begins there has if it only asks; else 0.

    Such phrases ("cơ quan nào", "who is in charge of") say nothing of what the question is about. Phrases of the
    other language count too, unless they could be Vietnamese syllables: a mixed question asks in either. In
    Vietnamese words that ask nothing no phrase counts, since syllables of such phrases are parts of other words.
    """
    lengths = [0] * len(tokens)
    if language == "vi" and not any(_spans(tokens, _asking_phrases(own, _DECISIVE), own) for own in LANGUAGES):
        return lengths
    for own in (language, "en" if language == "vi" else "vi"):
        for first, length in _found(tokens, _asking_phrases(own, _ASKING), own):
            part = tokens[first : first + length]
            foreign = own != language and all(word.plain in _syllables() and word.full.isascii() for word in part)
            if not foreign:
                lengths[first] = max(lengths[first], length)
    _add_plan_itself(tokens, language, lengths)
    return lengths


def _add_plan_itself(tokens: Sequence[Word], language: Language, lengths: list[int]) -> None:
    """Count the words for the plan itself that open a question ("Kế hoạch nói gì về …") as only asking.

    They do so before other words that ask, but not where these ask which plan, or whose it is.
    """
    length = next(
        (size for first, size in _found(tokens, _asking_phrases(language, ("plan_itself",)), language) if not first), 0
    )
    following = tokens[length:]
    if length and following and lengths[length]:
        which = _found(following, _asking_phrases(language, ("which", "by", "issuing", "issued_by")), language)
        if all(first for first, _ in which):
            lengths[0] = max(lengths[0], length)


def is_asking(word: str) -> bool:
    """Whether the English ``word`` is one that questions are worded with."""
    phrases = _asking_phrases("en", _ASKING)
    stems = (phrase[0] for phrase in phrases.get(word[:1] + "~", ()))
    return word in _common("en") or any(word.startswith(form.removesuffix("~")) for form in stems)


def wanted(tokens: Sequence[Word]) -> frozenset[Holding]:
    """What a statement must hold to answer a question of ``tokens``, by its words in either language."""
    return frozenset(
        holding
        for holding, groups in _WANTED.items()
        if any(_spans(tokens, _asking_phrases(language, groups), language) for language in LANGUAGES)
    )


def question_phrases() -> list[str]:
    """The Vietnamese phrases that questions are worded with."""
    return [phrase for group in _ASKING for phrase in _lexicon().get("vi", {}).get(group, ())]


@cache
def _lexicon() -> dict[str, Any]:
    with (DATA / "questions.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _asking_phrases(language: Language, groups: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases of ``groups`` in full forms, longest first, by the first word's plain form (a stem: by its letter)."""
    by_first: dict[str, set[tuple[str, ...]]] = {}
    for group in groups:
        for phrase in _lexicon().get(language, {}).get(group, ()):
            forms = tuple(full(word) for word in phrase.replace(",", " ").split() if word != "…")
            if forms:
                first = forms[0]
                by_first.setdefault(first[0] + "~" if first.endswith("~") else plain(first), set()).add(forms)
    return {first: tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase))) for first, found in by_first.items()}


def _spans(tokens: Sequence[Word], phrases: dict[str, tuple[tuple[str, ...], ...]], language: Language) -> set[int]:
    """Numbers of the ``tokens`` that belong to a phrase, found longest first."""
    found: set[int] = set()
    reached = 0
    for first, length in _found(tokens, phrases, language):
        if first >= reached:
            reached = first + length
            found.update(range(first, reached))
    return found


def _found(
    tokens: Sequence[Word], phrases: dict[str, tuple[tuple[str, ...], ...]], language: Language
) -> Iterable[tuple[int, int]]:
    """Where a phrase begins and how many words the longest one there has."""
    marked = language == "vi" and any(has_diacritics(word.full) for word in tokens)
    for first, word in enumerate(tokens):
        length = max(
            (
                len(phrase)
                for phrase in (*phrases.get(word.plain, ()), *phrases.get(word.plain[0] + "~", ()))
                if _agrees(tokens[first : first + len(phrase)], phrase, marked=marked)
            ),
            default=0,
        )
        if length:
            yield first, length


def _agrees(tokens: Sequence[Word], phrase: Sequence[str], *, marked: bool) -> bool:
    return len(tokens) == len(phrase) and all(
        word.plain.startswith(form[:-1])
        if form.endswith("~")
        else word.full == form or (not marked and word.plain == plain(form))
        for word, form in zip(tokens, phrase, strict=True)
    )


@cache
def _common(language: Language) -> frozenset[str]:
    """Plain forms of the words that ask in ``language`` and do not in the other."""
    other: Language = "en" if language == "vi" else "vi"
    return frozenset(_asking_words(language)) - frozenset(_asking_words(other))


def _asking_words(language: Language) -> Iterable[str]:
    phrases = (phrase for found in _asking_phrases(language, _ASKING).values() for phrase in found)
    return (plain(word.removesuffix("~")) for phrase in phrases for word in phrase)


@cache
def _abbreviations() -> frozenset[str]:
    """Vietnamese abbreviations without diacritics."""
    return frozenset(plain(text) for text in load("glossary")["abbreviations"])


@cache
def _syllables() -> frozenset[str]:
    """Every Vietnamese syllable without its diacritics."""
    data = load("syllables")
    onsets = {strip_diacritics(onset) for onset in data["onsets"]}
    rhymes = {strip_diacritics(rhyme) for rhyme in data["rhymes"]}
    return frozenset(plain(onset + rhyme) for onset, rhyme in product(onsets, rhymes))
