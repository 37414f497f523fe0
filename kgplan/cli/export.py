"""``kgplan export``: the corpus in the formats that other programs read."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from kgplan.cli.commands import open_selected
from kgplan.cli.output import UsageError, write_text

if TYPE_CHECKING:
    from kgplan.corpus import Corpus

GRAPHS: Final = ("ttl", "trig", "nq", "nt", "jsonld", "rdfxml")
NETWORKS: Final = ("graphml", "gexf")
STRATML: Final[dict[str, Literal[1, 2]]] = {"stratml": 1, "stratml2": 2}
FORMATS: Final = (*GRAPHS, *NETWORKS, "csv", *STRATML)


def export(arguments: argparse.Namespace) -> int:
    """Write the corpus in one format, to standard output or whole to a file (CSV tables to a folder)."""
    corpus = open_selected(arguments)
    if arguments.format == "csv":
        if arguments.out is None:
            raise UsageError("CSV tables are several files; name a folder with -o")
        _write_tables(corpus, arguments.out)
    else:
        write_text(_text(corpus, arguments.format, arguments.plan), arguments.out)
    return 0


def _text(corpus: Corpus, form: str, plan_id: str | None) -> str:
    if form in NETWORKS:
        from kgplan import networks

        return networks.export(corpus.network(), form)
    if form in STRATML:
        from kgplan.rdf.stratml import to_stratml

        if plan_id is None and len(corpus.plans) > 1:
            raise UsageError(f"StratML holds one plan; name it with --plan: {', '.join(p.id for p in corpus.plans)}")
        plan = corpus.plan(plan_id) if plan_id else corpus.plans[0]
        return to_stratml(plan, part=STRATML[form], base=corpus.base).decode("utf-8")
    from kgplan.rdf.export import export_graph

    return export_graph(corpus.nquads(), form).decode("utf-8")


def _write_tables(corpus: Corpus, folder: Path) -> None:
    """The tables in a new folder, which appears whole or not at all."""
    from kgplan.rdf.export import export_tables

    if folder.exists():
        raise UsageError(f"{folder} exists; name a new folder with -o")
    partial = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        for name, text in export_tables(corpus.plans, base=corpus.base).items():
            (partial / name).write_text(text, encoding="utf-8", newline="")
        partial.chmod(0o755)
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
