"""The glossary file itself: well formed, in order, every phrase found by the reader of questions, no two at odds."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections import defaultdict
from itertools import product

import pytest

from kgplan.parsing.words import words
from kgplan.resources import DATA
from kgplan.retrieval.language import Language
from kgplan.retrieval.thesaurus import Expander, singular, stem

GLOSSARY = json.loads((DATA / "glossary.json").read_text(encoding="utf-8"))
PHRASES = ("en", "vi", "abbreviations")
MOST_TRANSLATIONS = 4
LINKING = {"a", "an", "the", "of", "and", "or", "in", "on", "for", "to", "with", "at", "by", "from", "as"}
INTERROGATIVE = ("who", "which", "when", "where", "count", "howmuch", "list", "yes_no_start")


def content(phrase: str) -> list[str]:
    return [word.plain for word in words(phrase) if word.plain not in LINKING]


def test_sections() -> None:
    assert set(GLOSSARY) == {"about", "common", "terms", *PHRASES}
    assert isinstance(GLOSSARY["about"], str)
    assert all(isinstance(phrase, str) and phrase for phrase in (*GLOSSARY["common"], *GLOSSARY["terms"]))
    assert len(GLOSSARY["terms"]) == len(set(GLOSSARY["terms"]))


def test_no_key_is_written_twice() -> None:
    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), sorted({key for key in keys if keys.count(key) > 1})
        return dict(pairs)

    json.loads((DATA / "glossary.json").read_text(encoding="utf-8"), object_pairs_hook=unique)


@pytest.mark.parametrize("section", PHRASES)
def test_phrases_are_in_order(section: str) -> None:
    assert list(GLOSSARY[section]) == sorted(GLOSSARY[section])


@pytest.mark.parametrize("section", PHRASES)
def test_phrases_are_in_canonical_form(section: str) -> None:
    wrong = [
        phrase
        for phrase in GLOSSARY[section]
        if phrase != " ".join(unicodedata.normalize("NFC", phrase).lower().split()) or not words(phrase)
    ]
    assert not wrong


@pytest.mark.parametrize("section", PHRASES)
def test_translations_are_few_distinct_and_not_empty(section: str) -> None:
    wrong = {}
    for phrase, translations in GLOSSARY[section].items():
        clean = [" ".join(unicodedata.normalize("NFC", text).split()) for text in translations]
        distinct = {text.lower() for text in clean}
        if clean != translations or not all(clean) or not 0 < len(distinct) == len(clean) <= MOST_TRANSLATIONS:
            wrong[phrase] = translations
    assert not wrong


def test_english_phrases_of_the_same_stems_agree() -> None:
    """They are looked up together: what one says, the other must say too, in part at least."""
    alike: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for phrase in GLOSSARY["en"]:
        found = content(phrase)
        alike[tuple(sorted(map(stem, found))) if len(found) > 1 else (singular(found[0]),)].append(phrase)
    at_odds = [
        phrases
        for phrases in alike.values()
        if not set.intersection(*(set(GLOSSARY["en"][phrase]) for phrase in phrases))
    ]
    assert not at_odds


def test_english_words_are_no_vietnamese_syllables_as_written_in_plans() -> None:
    """An entry "lao" would make Laos of "lao động": nothing tells the two apart without diacritics."""
    syllables = json.loads((DATA / "syllables.json").read_text(encoding="utf-8"))
    toneless = {onset + rhyme for onset, rhyme in product(syllables["onsets"], syllables["rhymes"])}
    translations = (text for section in PHRASES for found in GLOSSARY[section].values() for text in found)
    printed = {word.full for text in translations for word in words(text) if word.full.isascii()}
    english = {word for phrase in GLOSSARY["en"] if len(content(phrase)) == 1 for word in content(phrase)}
    assert not printed & toneless & (english | {stem(word) for word in english})


@pytest.mark.parametrize(("section", "language"), [("en", "en"), ("vi", "vi"), ("abbreviations", "vi")])
def test_no_phrase_is_an_interrogative(section: str, language: Language) -> None:
    questions = tomllib.loads((DATA / "questions.toml").read_text(encoding="utf-8"))[language]
    asking = {phrase for group in INTERROGATIVE for phrase in questions.get(group, ())}
    assert not asking & set(GLOSSARY[section])


@pytest.mark.parametrize(("section", "language"), [("en", "en"), ("vi", "vi"), ("abbreviations", "vi")])
def test_every_longer_phrase_is_read_as_one_with_its_translations(section: str, language: Language) -> None:
    expander = Expander()
    missed = []
    for phrase, translations in GLOSSARY[section].items():
        segments = expander.segments(words(phrase), language)
        found = {alternative.text for segment in segments for alternative in segment.alternatives}
        if len(content(phrase)) > 1 and (len(segments) > 1 or not found >= set(translations)):
            missed.append((phrase, [segment.words for segment in segments], found))
    assert not missed
