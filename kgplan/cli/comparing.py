"""``kgplan compare``."""

from __future__ import annotations

import argparse

from kgplan.cli.commands import open_selected
from kgplan.cli.output import for_people, write_json
from kgplan.cli.progress import progress


def compare(arguments: argparse.Namespace) -> int:
    """Show the second plan as seen from the first."""
    corpus = open_selected(arguments)
    with progress() as report:
        comparison = corpus.compare(arguments.a, arguments.b, threshold=arguments.threshold, progress=report)
    if for_people(arguments):
        from kgplan.cli.comparison import render_comparison

        render_comparison(comparison)
    else:
        write_json(comparison.to_dict())
    return 0
