"""What a value shows of itself at a prompt: in a line, and without walls of text."""

from __future__ import annotations

import pytest
from fake_corpus import small_plan

import kgplan


@pytest.fixture(scope="module")
def corpus():
    return kgplan.open_corpus()


def test_a_corpus_names_its_plans(corpus):
    assert repr(corpus) == "<Corpus of 1 plan: thanh-hoa-2023>"


def test_a_plan_says_what_it_holds():
    assert repr(small_plan()) == "<Plan bien-xanh-2031: 2 statements, 3 agencies, 1 documents>"


def test_an_answer_shows_its_sentence_and_where_it_is_said(corpus):
    answer = corpus.ask("Ai chủ trì chuyển đổi số?")
    shown = repr(answer)
    assert shown == f"<Answer answered: {answer.text} (1 results; evidence: E.V.2)>"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("SELECT ?agency ?s WHERE { ?agency kgp:leads ?s } LIMIT 2", "<QueryResult: 2 rows of ?agency ?s>"),
        ("ASK { ?agency kgp:leads ?s }", "<QueryResult: true>"),
        ("CONSTRUCT WHERE { ?plan a kgp:Plan }", "<QueryResult: 1 triples>"),
    ],
)
def test_a_result_says_how_much_it_holds(corpus, query, shown):
    assert repr(corpus.sparql(query)) == shown
