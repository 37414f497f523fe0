"""An interpretation given back: whole it changes nothing, in part it changes what it says, and nonsense is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

import kgplan
from kgplan.answering.interpretation import INTENTS
from kgplan.errors import QuestionError

QUESTIONS = [
    "which units coordinate on investment promotion",
    "Ai chủ trì chuyển đổi số?",
    "Sở Công Thương có những nhiệm vụ nào?",
    "Nghị quyết nào nói về chuyển đổi số?",
    "Bao nhiêu nhiệm vụ do Sở Công Thương chủ trì?",
    "Hạn chót ban hành kế hoạch hành động?",
    "Sân bay nào được nhắc đến?",
    "Tăng trưởng GRDP bao nhiêu phần trăm?",
    "Sở nào chủ trì nhiều nhiệm vụ nhất?",
    "Ai công bố kế hoạch?",
    "Does the Department of Transport lead digital transformation?",
    "Sở Xây dựng phối hợp với ai?",
    "Nhiệm vụ nào không có đơn vị chủ trì?",
    "Sở Kế hoạch và Đầu tư nay là cơ quan nào?",
    "What documents do the tasks of the Department of Transport cite?",
]


@pytest.fixture(scope="module")
def corpus() -> kgplan.Corpus:
    return kgplan.open_corpus()


def labels(answer: kgplan.Answer) -> list[Any]:
    return [r.label_vi if r.value is None else r.value for r in answer.results]


@pytest.mark.parametrize("question", QUESTIONS)
def test_given_back_whole_it_gives_the_same_answer(corpus: kgplan.Corpus, question: str) -> None:
    answer = corpus.ask(question)
    shown = json.loads(json.dumps(answer.to_dict()["interpretation"]))
    again = corpus.ask(question, interpretation=shown)
    assert (again.status, again.reason, labels(again)) == (answer.status, answer.reason, labels(answer))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_alternative_can_be_given_back(corpus: kgplan.Corpus, question: str) -> None:
    for other in corpus.ask(question).to_dict()["alternatives"]:
        again = corpus.ask(question, interpretation=other["interpretation"])
        for name, value in other["interpretation"].items():
            assert again.to_dict()["interpretation"][name] == value


def test_a_role_an_agency_and_a_topic_can_be_put_right(corpus: kgplan.Corpus) -> None:
    question = "Sở Xây dựng chủ trì việc gì?"
    tasks = {"agency": "Sở Y tế", "role": "any"}
    assert labels(corpus.ask(question, interpretation=tasks)) == labels(corpus.ask("Sở Y tế có nhiệm vụ gì?"))
    topic = corpus.ask("who leads bananas", interpretation={"topic": "digital transformation"})
    assert labels(topic) == ["Sở Thông tin và Truyền thông"]
    count = corpus.ask("Ai chủ trì chuyển đổi số?", interpretation={"intent": "count", "counted": "agencies"})
    assert labels(count) == [1]


def test_an_unknown_agency_has_those_of_close_names_as_alternatives(corpus: kgplan.Corpus) -> None:
    question = "Sở Công Thươn chủ trì việc gì?"
    unknown = corpus.ask("Sở Giao thông công cộng chủ trì việc gì?")
    assert unknown.reason == "unknown_agency"
    named = [a.label_vi for a in unknown.alternatives]
    assert "Sở Giao thông vận tải" in named
    chosen = next(a.change for a in unknown.alternatives if a.label_vi == "Sở Giao thông vận tải")
    assert corpus.ask(question, interpretation=chosen).status == "answered"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"colour": "red"}, "no 'colour'; it has: agencies"),
        ({"role": "boss"}, "use one of: leads, coordinates"),
        ({"intent": 5}, "use one of: agencies, tasks"),
        ({"agency": "Sở Yte"}, "did you mean Sở Y tế"),
        ({"document": "Nghị quyết số 99/2099"}, "cites no one document"),
        ({"agencies": [{"agencies": ["> } DROP ALL #"]}]}, "no one agency"),
        ({"agencies": "x"}, "give a list"),
        ({"excluded": ["http://x> ."]}, "no one agency"),
        ({"plan": "http://x"}, "the corpus holds no"),
        ({"people": ["x"]}, "the corpus holds no"),
        ({"kinds": ["x> ."]}, "use one of: theme"),
        ({"agency_kind": "x ; DROP"}, "a kind such as"),
        ({"date": "soon"}, "a date such as"),
        ({"topic": 5}, "a text or null"),
        ({"yes_no": "yes"}, "true or false"),
        ({"having": {"test": "about", "number": 3}}, "use one of: exactly"),
        ({"having": {}}, "wrong form"),
        ({"inner": 3}, "wrong form"),
        ({"intent": "count", "counted": "count"}, "use one of"),
        ({"number": True}, "a number or null"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(corpus: kgplan.Corpus, given: dict[str, Any], said: str) -> None:
    with pytest.raises(QuestionError, match=said):
        corpus.ask("Ai chủ trì chuyển đổi số?", interpretation=given)


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("question", ["Which agency leads the most tasks?", "Which agencies lead more than two tasks?"])
def test_a_ranking_can_be_asked_of_anything(corpus: kgplan.Corpus, question: str, intent: str) -> None:
    assert corpus.ask(question, interpretation={"intent": intent}).status in ("answered", "abstained")
