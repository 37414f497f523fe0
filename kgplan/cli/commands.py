"""What each subcommand does: open a corpus, call it, show what comes back. Nothing is decided here."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import kgplan
from kgplan.cli.batch import correction, file_text, run_batch, single_text
from kgplan.cli.output import UsageError, for_people, write_bytes, write_json, write_text
from kgplan.cli.progress import progress

if TYPE_CHECKING:
    from kgplan.answering.answer import Answer
    from kgplan.corpus import Corpus

Command = Callable[[argparse.Namespace], int]


def ask(arguments: argparse.Namespace) -> int:
    """Answer one question, or each of a batch."""
    if arguments.batch is not None:
        _not_both(arguments.question, "a question")
        corpus = open_selected(arguments)
        return run_batch(arguments, lambda text: _answered(corpus, text, arguments).to_dict())
    question = single_text(arguments.question, what="question")
    with _uncollected():
        corpus = open_selected(arguments)
        answer = _answered(corpus, question, arguments)
    if for_people(arguments):
        from kgplan.cli.render import render_answer

        render_answer(answer.to_dict(), corpus)
    else:
        write_json(answer.to_dict())
    return 0


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collection of cycles: it would look through all that is loaded for one answer, and find nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _answered(corpus: Corpus, question: str, arguments: argparse.Namespace) -> Answer:
    """The answer, with the help of a language model when one is asked for. Raises UsageError when none is named."""
    given = correction(arguments.given)
    if arguments.llm is None:
        return corpus.ask(question, plan=arguments.plan, interpretation=given)
    from kgplan.language_model import LanguageModel, propose, rephrase

    model = LanguageModel.from_environment()
    if model is None:
        raise UsageError(
            "--llm needs a model: set KGPLAN_LLM_URL, and KGPLAN_LLM_MODEL and KGPLAN_LLM_KEY if it has them"
        )
    if arguments.llm == "interpret":
        return propose(corpus, question, model, plan=arguments.plan)
    return rephrase(corpus.ask(question, plan=arguments.plan, interpretation=given), model)


def search(arguments: argparse.Namespace) -> int:
    """Find the statements closest to some words, once or for each of a batch."""
    if arguments.batch is not None:
        _not_both(arguments.question, "a query")
        corpus = open_selected(arguments)
        return run_batch(
            arguments,
            lambda text: {"query": text, "hits": [hit.to_dict() for hit in corpus.search(text, k=arguments.k)]},
        )
    query = single_text(arguments.question, what="query")
    with _uncollected():
        corpus = open_selected(arguments)
        hits = [hit.to_dict() for hit in corpus.search(query, k=arguments.k)]
    if for_people(arguments):
        from kgplan.cli.render import render_hits

        render_hits(hits, corpus)
    else:
        write_json({"query": query, "hits": hits})
    return 0


def sparql(arguments: argparse.Namespace) -> int:
    """Run a query; SELECT and ASK give rows, CONSTRUCT and DESCRIBE a graph."""
    from kgplan.rdf.examples import example
    from kgplan.rdf.limits import QueryLimits

    if arguments.file is not None:
        _not_both(arguments.query, "a query")
        query = file_text(arguments.file)
    elif arguments.example is not None:
        _not_both(arguments.query, "a query")
        query = example(arguments.example).query
    else:
        query = single_text(arguments.query, what="query")
    corpus = open_selected(arguments)
    with corpus.query_pool(QueryLimits(seconds=arguments.seconds)) as pool:
        result = pool.query(corpus.expand_search(query))
    graph = result.kind == "construct"
    form = "json" if arguments.json else arguments.format
    if form is None:
        form = "ttl" if graph else "table" if for_people(arguments) else "json"
    if form == "table":
        from kgplan.cli.render import render_rows

        render_rows(*result.to_table())
    else:
        write_text(result.serialize("jsonld" if graph and form == "json" else form).decode("utf-8"), None)
    return 0


def parse(arguments: argparse.Namespace) -> int:
    """Parse one plan file, or report what of it was not understood or does not add up."""
    if arguments.report:
        report = kgplan.report_file(arguments.file)
        if for_people(arguments):
            from kgplan.cli.findings import render_plan_report

            render_plan_report(report)
        else:
            write_json(report.to_dict())
        return 0
    plan = kgplan.parse_file(arguments.file)
    if for_people(arguments):
        from kgplan.cli.render import render_plan

        render_plan(plan)
    else:
        write_json(kgplan.plan_to_json(plan))
    return 0


def info(arguments: argparse.Namespace) -> int:
    """Say what a corpus holds."""
    held = open_selected(arguments).info()
    if for_people(arguments):
        from kgplan.cli.render import render_info

        render_info(held)
    else:
        write_json(held)
    return 0


def validate(arguments: argparse.Namespace) -> int:
    """Check the corpus and show the parser's notes; 1 when the graph breaks a shape."""
    corpus = open_selected(arguments)
    report = corpus.validate()
    if for_people(arguments):
        from kgplan.cli.render import render_report

        render_report(report, corpus.plans)
    else:
        notes = [{"plan": plan.id, **asdict(note)} for plan in corpus.plans for note in plan.notes]
        write_json({**asdict(report), "notes": notes})
    return 0 if report.conforms else 1


def evaluate(arguments: argparse.Namespace) -> int:
    """Measure the answers against gold questions."""
    from kgplan.evaluation import evaluate as measure
    from kgplan.questions import read_questions, select
    from kgplan.resources import GOLD

    corpus = open_selected(arguments)
    questions = read_questions(arguments.questions or GOLD / "questions.jsonl")
    chosen = select(questions, split=arguments.split, plans=[plan.id for plan in corpus.plans])
    if not chosen:
        raise UsageError("no question of that file is about this corpus and that split")
    with progress() as report:
        evaluation = measure(corpus, chosen, report=report)
    if for_people(arguments):
        from kgplan.cli.render import render_evaluation

        render_evaluation(evaluation)
    else:
        write_json(evaluation.to_dict())
    return 0


def network(arguments: argparse.Namespace) -> int:
    """Show a network's measures and what they find, draw it, or write it out."""
    from kgplan import networks

    form = arguments.figure.suffix.lower().removeprefix(".") if arguments.figure else None
    if form is not None and form not in networks.FIGURES:
        raise UsageError(f"{arguments.figure}: a figure's name ends in .svg or .png")
    if form and (arguments.format or arguments.out):
        raise UsageError("give --figure, or --format with -o, not both")
    corpus = open_selected(arguments)
    graph = corpus.network(arguments.kind)
    if arguments.no_collectives:
        graph = networks.without_collectives(graph)
    if form:
        write_bytes(networks.figure(graph, form, language=arguments.language), arguments.figure)
    elif arguments.format or arguments.out:
        write_text(networks.export(graph, arguments.format or "json"), arguments.out)
    elif for_people(arguments):
        from kgplan.cli.render import render_network

        found = networks.findings(corpus) if arguments.kind == "coordination" else ()
        render_network(graph, found, arguments.top, arguments.language)
    elif arguments.kind == "coordination":
        write_json(
            networks.to_dict(graph)
            | {"measures": [row.to_dict() for row in networks.measures(graph)]}
            | {"findings": [finding.to_dict() for finding in networks.findings(corpus)]}
        )
    else:
        write_json(networks.to_dict(graph))
    return 0


def open_selected(arguments: argparse.Namespace) -> Corpus:
    """The corpus that ``--corpus`` and ``--model`` name."""
    sources: list[str] | None = arguments.corpus
    source = sources[0] if sources and len(sources) == 1 else sources
    return kgplan.open_corpus(source, model=arguments.model)


def _not_both(given: str | None, what: str) -> None:
    if given is not None:
        raise UsageError(f"give either {what} or a file, not both")
