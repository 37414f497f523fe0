"""A language model at the side: it may rephrase an answer or propose how to understand a question. None is needed.

Any endpoint that speaks OpenAI's chat completions (``POST {url}/chat/completions``) will do. What the model writes is
checked: a sentence that names an agency, a number, a date or a document that is not in the answer's evidence is
refused, and our own sentence stays; a proposal is an interpretation like any other, whose fields are checked and whose
answer comes from the graph alone.
"""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kgplan.errors import LanguageModelError
from kgplan.text import fold

if TYPE_CHECKING:
    from kgplan.answering.answer import Answer
    from kgplan.corpus import Corpus

ANSWER_BYTES = 1024 * 1024
SENTENCE = 1500
"""Characters of a rephrased answer; a longer one is refused."""

_NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*(?:/[\w&-]+)*|\d+(?:-[A-ZĐ][\w/&-]*)?")
_ENGLISH_BODY = re.compile(
    r"\b(?:Department|Ministry|Office|Board|Committee|Centre|Center|Council|Agency|Bank|Union|Authority|Inspectorate)s?"
    r"\s+(?:of|for)\s+(?:the\s+)?[A-Z]\w+(?:(?:,|\s+and|\s+of)?\s+[A-Z]\w+)*|(?:(?!The\b)[A-Z]\w+\s+)+(?:Department|Committee|Board|Council)\b"
)

_REPHRASE = """\
You rewrite one answer about a Vietnamese government plan as one or two plain sentences in {language}. Use only what \
the ANSWER and the EVIDENCE say. Keep every agency name, number, date and document exactly as written there. Add \
nothing. Return only the sentences."""

_PROPOSE = """\
You turn a question about a Vietnamese government action plan into JSON that a program reads. Return one JSON object \
and nothing else, with any of these keys: "intent" (agencies, tasks, documents, indicators, deadlines, statements, \
people, places), "role" (leads, coordinates, shares, any), "agency" (one of the names below, or null), "topic" \
(the subject matter in the question's own words, or null). AGENCIES: {agencies}"""


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A chat model. ``url`` ends before ``/chat/completions``; ``seconds`` is the time-out of one request."""

    url: str
    model: str
    key: str | None = None
    seconds: float = 30.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> LanguageModel | None:
        """The model that ``KGPLAN_LLM_URL``, ``KGPLAN_LLM_MODEL`` and ``KGPLAN_LLM_KEY`` name; None without an URL."""
        url = environment.get("KGPLAN_LLM_URL")
        if not url:
            return None
        return cls(url, environment.get("KGPLAN_LLM_MODEL", "default"), environment.get("KGPLAN_LLM_KEY"))

    def complete(self, system: str, user: str) -> str:
        """The model's answer. Raises LanguageModelError when there is none that can be read."""
        if not self.url.startswith(("http://", "https://")):
            raise LanguageModelError(f"{self.url!r} is no address of a language model; give one that begins with http")
        body = json.dumps(
            {
                "model": self.model,
                "temperature": 0,
                "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            }
        ).encode()
        headers = {"content-type": "application/json", "accept": "application/json"}
        if self.key:
            headers["authorization"] = f"Bearer {self.key}"
        place = f"{self.url.rstrip('/')}/chat/completions"
        request = urllib.request.Request(place, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=self.seconds) as response:
                data = json.loads(response.read(ANSWER_BYTES))
            content = data["choices"][0]["message"]["content"]
        except urllib.error.HTTPError as error:
            raise LanguageModelError(f"{place} answers {error.code} {error.reason}") from error
        except (OSError, TimeoutError) as error:
            raise LanguageModelError(f"{place} does not answer: {error}") from error
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise LanguageModelError(f"{place} answers something that is no chat completion") from error
        if not isinstance(content, str) or not content.strip():
            raise LanguageModelError(f"{place} answers nothing")
        return content.strip()


def rephrase(answer: Answer, model: LanguageModel) -> Answer:
    """The answer with its sentence in the model's words, when these say nothing but what the evidence says.

    ``text_by`` of the answer is then "model"; otherwise its own sentence stays and ``model_refused`` says why.
    """
    said = "\n".join(f"[{item.address}] {item.text}" for item in answer.evidence[:8])
    language = "Vietnamese" if answer.language == "vi" else "English"
    try:
        written = model.complete(
            _REPHRASE.format(language=language),
            f"QUESTION: {answer.question}\nANSWER: {answer.text}\nEVIDENCE:\n{said}",
        )
    except LanguageModelError as error:
        return replace(answer, model_refused=str(error))
    foreign = not_in_evidence(written, answer)
    if foreign:
        return replace(answer, model_refused=f"the model names what the evidence does not: {', '.join(foreign)}")
    return replace(answer, text=" ".join(written.split()), text_by="model")


def not_in_evidence(written: str, answer: Answer) -> list[str]:
    """The agencies, numbers, dates and documents of ``written`` that neither the answer nor its evidence holds."""
    from kgplan.parsing.agencies import AgencyReader
    from kgplan.parsing.citations import CitationReader
    from kgplan.parsing.level import level

    if len(written) > SENTENCE:
        return [f"{len(written)} characters"]
    labels = [name for r in answer.results for name in (r.label_vi, r.label_en) if name]
    known = " \n".join([answer.text, answer.question, *labels, *(f"{e.address} {e.text}" for e in answer.evidence)])
    folded = fold(known)
    numbers = set(_NUMBER.findall(known))
    foreign = [n for n in _NUMBER.findall(written) if n not in numbers]
    foreign += [body for body in _ENGLISH_BODY.findall(written) if fold(body) not in folded]
    where = _jurisdiction(answer)
    reader = AgencyReader(where)
    here = {m.agency.id for m in reader.find(known, level(known), 0, len(known))}
    for mention in reader.find(written, level(written), 0, len(written)):
        words = written[mention.start : mention.end]
        if mention.agency.id not in here and fold(words) not in folded:
            foreign.append(words)
    documents = CitationReader(where)
    documents.read(known, 0, len(known))
    held = {d.id for d in documents.documents}
    for found in documents.read(written, 0, len(written)):
        words = written[found.citation.start : found.citation.end]
        if found.citation.document not in held and fold(words) not in folded:
            foreign.append(words)
    return list(dict.fromkeys(foreign))


def propose(corpus: Corpus, question: str, model: LanguageModel, *, plan: str | None = None) -> Answer:
    """The answer under the interpretation that the model proposes; ``interpretation_by`` is then "model".

    A proposal that cannot be used leaves the answer as it is without a model, with ``model_refused`` saying why.
    """
    from kgplan.errors import QuestionError

    own = corpus.ask(question, plan=plan)
    names = sorted({a.name for p in corpus.plans for a in p.agencies})
    try:
        written = model.complete(_PROPOSE.format(agencies="; ".join(names)), question)
        found = re.search(r"\{.*\}", written, re.DOTALL)
        given = json.loads(found.group()) if found else None
        if not isinstance(given, dict):
            raise QuestionError("the model proposes no JSON object")
        answer = corpus.ask(question, plan=plan, interpretation=given)
    except ValueError as error:
        return replace(own, model_refused=f"the model proposes no JSON: {error}")
    except (LanguageModelError, QuestionError) as error:
        return replace(own, model_refused=str(error))
    return replace(answer, interpretation_by="model")


def _jurisdiction(answer: Answer) -> str:
    """The province of the agencies that the answer names, for reading names as the plan does."""
    found: list[Any] = [re.search(r"/agency/([^/]+)/", r.iri or "") for r in answer.results]
    places = [match.group(1) for match in found if match and match.group(1) != "vn"]
    return places[0] if places else "vn"
