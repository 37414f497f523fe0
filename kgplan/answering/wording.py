"""Answers in a sentence, in the question's language, from the templates of ``data/wording.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache

from kgplan.answering.answer import Evidence, Result
from kgplan.answering.interpretation import Interpretation, Reason
from kgplan.model import ROLES
from kgplan.resources import DATA
from kgplan.text import quantity

_SHOWN = 12
"""Names of a list that a sentence spells out; the rest is counted."""


@cache
def _templates() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "wording.toml").read_text("utf-8"))


def sentence(interpretation: Interpretation, results: Sequence[Result], evidence: Sequence[Evidence]) -> str:
    """The answered question's sentence."""
    words = _templates()[interpretation.language]
    about = words["about"].format(topic=interpretation.topic) if interpretation.topic else ""
    addresses = _addresses(dict.fromkeys(a for r in results for a in r.addresses) or [e.address for e in evidence])
    returned = interpretation.returned
    first = results[0]
    if interpretation.ranked and interpretation.intent != "count":
        how = interpretation.superlative or "having"
        return words[f"agencies_ranked_{how}"].format(n=first.value, list=_list(words, _names(interpretation, results)))
    if interpretation.yes_no:
        return words["yes" if first.value else "no"].format(about=about, addresses=addresses)
    if interpretation.intent == "count":
        template = words.get(f"count_{returned}", words["count_other"])
        return template.format(n=first.value, about=about)
    if interpretation.asks_issuer:
        named = _list(words, _names(interpretation, results))
        return _capital(words["issuers"].format(list=named, addresses=addresses))
    if interpretation.formers:
        named = _list(words, _names(interpretation, results))
        return _capital(words["today"].format(list=named, addresses=addresses))
    if returned in ("agencies", "network"):
        roles = "; ".join(
            words[f"role_{role}"].format(list=_list(words, names))
            for role in ROLES
            if (names := _names(interpretation, [r for r in results if r.roles[:1] == (role,)]))
        )
        template = words["agencies" if interpretation.topic else "agencies_topicless"]
        topic_first = words["quote"].format(text=_capital(interpretation.topic or ""))
        return _capital(template.format(topic_first=topic_first, roles=roles, addresses=addresses))
    named = _list(words, _names(interpretation, results))
    return _capital(words[returned].format(n=len(results), about=about, addresses=addresses, list=named))


def refusal(interpretation: Interpretation, reason: Reason, words: str, evidence: Sequence[Evidence]) -> str:
    """The sentence of a question that is declined: what was not found."""
    template = _templates()[interpretation.language]
    about = template["about"].format(topic=interpretation.topic) if interpretation.topic else ""
    nearest = _addresses([e.address for e in evidence]) or "-"
    # other statements may be on the topic of a target that is not set
    of_target = reason == "topic_not_in_plan" and interpretation.returned == "indicators"
    return template["no_target" if of_target else reason].format(words=words, about=about, addresses=nearest)


def ended_sentence(interpretation: Interpretation, events: Sequence[dict[str, str]]) -> str:
    """That the agencies asked about came to an end by ``events``, with none in their place."""
    return _templates()[interpretation.language]["ended"].format(acts=_acts(interpretation, events))


def _names(interpretation: Interpretation, results: Sequence[Result]) -> list[str]:
    return [_name(interpretation, result) for result in results]


def _name(interpretation: Interpretation, result: Result) -> str:
    words = _templates()[interpretation.language]
    label = result.label_vi or ""
    if result.type == "agency":
        english = interpretation.language == "en" and result.label_en
        return (f"{result.label_en} ({label})" if english else label) + _formerly(interpretation, result)
    if result.type == "indicator":
        value, most, sign = float(result.value or 0), result.details["value_max"], result.details["comparator"]
        return f"{label}: {quantity(value, most, result.unit or '', sign, interpretation.language)}"
    if result.type == "deadline":
        if result.value is None:
            return label
        key = "deadline_by" if result.details.get("inclusive") else "deadline_before"
        return words[key].format(date=_day(interpretation.language, str(result.value)))
    if result.type == "person" and result.details.get("office"):
        return f"{label} ({result.details['office']})"
    return label


def _formerly(interpretation: Interpretation, result: Result) -> str:
    """Whom the agency stands for now, and by which acts."""
    formers = result.details.get("formerly")
    if not formers:
        return ""
    words = _templates()[interpretation.language]
    names = _list(words, [f["label_vi"] for f in formers])
    return words["formerly"].format(list=names, acts=_acts(interpretation, result.details.get("changes", ())))


def _acts(interpretation: Interpretation, events: Sequence[dict[str, str]]) -> str:
    return "; ".join(dict.fromkeys(f"{e['act']}, {_day(interpretation.language, e['date'])}" for e in events))


def _day(language: str, date: str) -> str:
    """A day (ISO 8601) as the language writes it."""
    return "/".join(reversed(date.split("-"))) if language == "vi" else date


def _list(words: dict[str, str], names: Sequence[str]) -> str:
    shown = list(names[:_SHOWN])
    if len(names) > _SHOWN:
        return ", ".join(shown) + f" … (+{len(names) - _SHOWN})"
    return words["and"].join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def _addresses(addresses: Sequence[str] | dict[str, None]) -> str:
    listed = list(addresses)
    return ", ".join(listed[:_SHOWN]) + (f" … (+{len(listed) - _SHOWN})" if len(listed) > _SHOWN else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
