"""A language model at the side, played by a small server on the loopback that speaks chat completions."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

import kgplan
from kgplan.cli import main
from kgplan.errors import LanguageModelError
from kgplan.language_model import LanguageModel, not_in_evidence, propose, rephrase

QUESTION = "Ai chủ trì chuyển đổi số?"
GOOD = "Sở Thông tin và Truyền thông là đơn vị chủ trì chuyển đổi số (E.V.2)."


class Played(ThreadingHTTPServer):
    """Answers every request with ``body`` and ``status`` once ``go`` is set, and keeps what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.body = 200, b""
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.go = threading.Event()
        self.go.set()

    def say(self, content: Any) -> None:
        self.body = json.dumps(
            {
                "id": "x",
                "object": "chat.completion",
                "choices": [{"index": 0, "message": {"role": "assistant", "content": content}}],
            }
        ).encode()

    @property
    def model(self) -> LanguageModel:
        return LanguageModel(f"http://127.0.0.1:{self.server_address[1]}/v1", "small", "secret", seconds=5)


class _Handler(BaseHTTPRequestHandler):
    server: Played

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        self.server.asked.append((self.path, dict(self.headers), json.loads(self.rfile.read(length))))
        self.server.go.wait(20)
        self.send_response(self.server.status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Played]:
    played = Played()
    thread = threading.Thread(target=played.serve_forever)
    thread.start()
    yield played
    played.go.set()
    played.shutdown()
    thread.join()
    played.server_close()


@pytest.fixture(scope="module")
def corpus() -> kgplan.Corpus:
    return kgplan.open_corpus()


def test_a_sentence_that_keeps_to_the_evidence_is_taken(server: Played, corpus: kgplan.Corpus) -> None:
    server.say(GOOD)
    answer = rephrase(corpus.ask(QUESTION), server.model)
    assert (answer.text, answer.text_by, answer.model_refused) == (GOOD, "model", None)
    assert answer.to_dict()["text_by"] == "model"
    assert answer.results == corpus.ask(QUESTION).results
    ((path, headers, body),) = server.asked
    assert (path, headers["Authorization"], body["model"]) == ("/v1/chat/completions", "Bearer secret", "small")
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert corpus.ask(QUESTION).evidence[0].text in body["messages"][1]["content"]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("Sở Y tế chủ trì chuyển đổi số.", "Sở Y tế"),
        ("Sở Thông tin và Truyền thông và Bộ Công an chủ trì.", "Bộ Công an"),
        ("The Department of Health leads digital transformation.", "Department of Health"),
        ("Sở Thông tin và Truyền thông chủ trì, hạn 30/6/2023.", "30/6/2023"),
        ("Sở Thông tin và Truyền thông chủ trì 17 nhiệm vụ.", "17"),
        ("Sở Thông tin và Truyền thông chủ trì theo Nghị quyết số 99-NQ/TU.", "99-NQ/TU"),
        ("Sở Thông tin và Truyền thông chủ trì theo Luật Đất đai.", "Luật Đất đai"),
        ("a" * 5000, "5000 characters"),
    ],
)
def test_what_is_not_in_the_evidence_is_refused_and_our_sentence_stays(
    server: Played, corpus: kgplan.Corpus, written: str, named: str
) -> None:
    server.say(written)
    own = corpus.ask(QUESTION)
    answer = rephrase(own, server.model)
    assert (answer.text, answer.text_by) == (own.text, "kgplan")
    assert answer.model_refused is not None
    assert named in answer.model_refused


def test_an_english_answer_may_name_agencies_in_both_languages(corpus: kgplan.Corpus) -> None:
    answer = corpus.ask("which units coordinate on investment promotion")
    assert (
        not_in_evidence(
            "The Department of Planning and Investment (Sở Kế hoạch và Đầu tư) works on it, see E.III.2.", answer
        )
        == []
    )
    assert not_in_evidence(answer.text, answer) == []


@pytest.mark.parametrize(
    "question",
    [
        "Tăng trưởng GRDP bao nhiêu phần trăm?",
        "Hạn chót ban hành kế hoạch hành động?",
        "Nghị quyết nào nói về chuyển đổi số?",
    ],
)
def test_our_own_sentences_hold_nothing_foreign(corpus: kgplan.Corpus, question: str) -> None:
    answer = corpus.ask(question)
    assert not_in_evidence(answer.text, answer) == []


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, b"{}", "answers 500"),
        (401, b"{}", "answers 401"),
        (200, b"not json", "no chat completion"),
        (200, b'{"choices": []}', "no chat completion"),
        (200, b'{"choices": [{"message": {"content": null}}]}', "answers nothing"),
        (200, b'{"choices": [{"message": {"content": "  "}}]}', "answers nothing"),
    ],
)
def test_a_model_that_fails_costs_the_answer_nothing(
    server: Played, corpus: kgplan.Corpus, status: int, body: bytes, said: str
) -> None:
    server.status, server.body = status, body
    answer = rephrase(corpus.ask(QUESTION), server.model)
    assert answer.text == corpus.ask(QUESTION).text
    assert said in (answer.model_refused or "")
    with pytest.raises(LanguageModelError, match=said):
        server.model.complete("a", "b")


def test_a_model_that_does_not_answer_is_waited_for_so_long_and_no_longer(
    server: Played, corpus: kgplan.Corpus
) -> None:
    server.go.clear()
    patient = server.model
    answer = rephrase(corpus.ask(QUESTION), LanguageModel(patient.url, "small", seconds=0.2))
    assert "does not answer" in (answer.model_refused or "")


def test_a_proposal_is_an_interpretation_like_any_other(server: Played, corpus: kgplan.Corpus) -> None:
    server.say('Here it is: {"intent": "agencies", "role": "leads", "topic": "chuyển đổi số", "agency": null}')
    answer = propose(corpus, "cái vụ số hóa mọi thứ ấy thì ai cầm cái", server.model)
    assert [r.label_vi for r in answer.results] == ["Sở Thông tin và Truyền thông"]
    assert answer.to_dict()["interpretation_by"] == "model"


@pytest.mark.parametrize("written", ["no json", '{"agency": "Sở Giấc mơ"}', '{"role": "boss"}', "{broken}", "[1]"])
def test_a_proposal_that_cannot_be_used_changes_nothing(server: Played, corpus: kgplan.Corpus, written: str) -> None:
    server.say(written)
    answer = propose(corpus, QUESTION, server.model)
    assert answer.results == corpus.ask(QUESTION).results
    assert answer.interpretation_by == "kgplan"
    assert answer.model_refused


def test_the_command_line_takes_the_model_from_the_environment(
    server: Played, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.say(GOOD)
    monkeypatch.delenv("KGPLAN_LLM_URL", raising=False)
    assert main(["ask", QUESTION, "--llm", "rephrase"]) == 2
    assert "KGPLAN_LLM_URL" in capsys.readouterr().err
    monkeypatch.setenv("KGPLAN_LLM_URL", server.model.url)
    assert main(["ask", QUESTION, "--llm", "rephrase", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == GOOD
    with pytest.raises(LanguageModelError, match="no address"):
        LanguageModel("file:///etc/passwd", "x").complete("a", "b")
