"""``kgplan build`` and ``kgplan remove``: a corpus of one's own, and what became of each plan and file."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

import kgplan
from kgplan.cli.output import for_people, one_line, write_json
from kgplan.cli.progress import progress

if TYPE_CHECKING:
    from kgplan.corpus import Corpus


def build(arguments: argparse.Namespace) -> int:
    """Build a corpus, or add to one; files that were left out are named on standard error."""
    with progress() as report:
        corpus = kgplan.build_corpus(
            arguments.files,
            arguments.out,
            model=arguments.model,
            add=arguments.add,
            strict=arguments.strict,
            workers=arguments.workers,
            changes=arguments.changes,
            progress=report,
        )
    return _told(corpus, arguments)


def remove(arguments: argparse.Namespace) -> int:
    """Take plans out of a corpus."""
    return _told(kgplan.remove_plans(arguments.plans, arguments.corpus), arguments)


def _told(corpus: Corpus, arguments: argparse.Namespace) -> int:
    report = corpus.build_report
    assert report is not None
    if for_people(arguments):
        from kgplan.cli.render import render_build

        render_build(corpus.info(), report)
    else:
        write_json({**corpus.info(), "build": report.to_dict()})
    for failure in report.failed:
        print(f"kgplan: warning: left out {one_line(failure)}", file=sys.stderr)
    if report.failed:
        held = len(corpus.plans)
        print(f"kgplan: warning: {len(report.failed)} files left out, {held} plans in the corpus", file=sys.stderr)
    return 0
