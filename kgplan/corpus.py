"""The façade: one or many plans, built or opened, to ask, search, query and look at.

Everything a surface does goes through :class:`Corpus`. Parts load when first used, so that opening is cheap.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgplan import manifest as manifests
from kgplan.errors import CorpusError, QuestionError, UnknownPlanError
from kgplan.model import Plan
from kgplan.resources import INDEXES

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kgplan.answering.answer import Answer
    from kgplan.answering.asker import Asker
    from kgplan.building.report import BuildReport
    from kgplan.building.steps import Progress
    from kgplan.comparing import Comparison
    from kgplan.plan_report import PlanReport
    from kgplan.rdf.limits import QueryLimits
    from kgplan.rdf.results import QueryResult
    from kgplan.rdf.shapes import Report
    from kgplan.rdf.store import QueryRunner, QueryStore
    from kgplan.retrieval.hits import Hits
    from kgplan.retrieval.hybrid import HybridIndex

MAX_QUESTION = 2_000
"""Characters of the longest question or search text taken."""


class Corpus:
    """Plans in one or more corpus directories. Make one with :func:`open_corpus` or :func:`build_corpus`."""

    build_report: BuildReport | None = None
    """What became of each plan and file, when this corpus was built or changed just now."""

    def __init__(self, directories: Sequence[Path], *, model: str | None = None) -> None:
        """``directories`` were written by :func:`build_corpus`.

        Raises CorpusError when one is broken or stale, when two hold plans of one id, or when they were built
        with different encoders or bases.
        """
        if not directories:
            raise CorpusError("no corpus directory given; give at least one")
        self.directories = tuple(directories)
        self.manifests = tuple(manifests.read(d) for d in directories)
        for directory, manifest in zip(self.directories, self.manifests, strict=True):
            manifests.check(directory, manifest, model=model)
        manifests.check_together(self.directories, self.manifests)
        self._askers: dict[str | None, Asker] = {}
        self._where = {
            entry["id"]: directory
            for directory, manifest in zip(self.directories, self.manifests, strict=True)
            for entry in manifest["plans"]
        }

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The plans, in the order of their ids."""
        return tuple(self._load_plan(plan_id) for plan_id in sorted(self._where))

    def plan(self, plan_id: str) -> Plan:
        """The plan of that id. Raises UnknownPlanError, naming those there are."""
        self._check_plan(plan_id)
        return next(p for p in self.plans if p.id == plan_id)

    def ask(self, question: str, *, plan: str | None = None, interpretation: Mapping[str, Any] | None = None) -> Answer:
        """The answer to a question in Vietnamese (with or without diacritics) or English.

        ``plan`` restricts it to one plan. ``interpretation`` corrects what the question is understood to ask, by the
        fields that an answer's ``interpretation`` shows: ``{"role": "coordinates"}``. A question that the corpus does
        not answer is declined: the answer's ``status`` is "abstained" and its ``reason`` says why. Raises
        QuestionError on a text that is too long or an interpretation that cannot be used, UnknownPlanError on an
        unknown plan.
        """
        if plan is not None:
            self._check_plan(plan)
        return self._asker(plan).ask(_checked(question, "question"), interpretation)

    def search(self, query: str, k: int = 5) -> Hits:
        """The ``k`` statements closest to ``query``, best first. Raises QuestionError on an empty or too long text."""
        from kgplan.retrieval.hits import Hits

        if k < 1:
            raise QuestionError(f"k is {k}; ask for at least one statement")
        if not _checked(query, "search text").strip():
            raise QuestionError("the search text is empty; give some words to search for")
        return Hits(self._index.search(query, k))

    def sparql(self, query: str) -> QueryResult:
        """Evaluate a read-only SPARQL query, with ``kgp:search`` patterns (:mod:`kgplan.rdf.search_pattern`).

        Raises QueryError when it is malformed, QueryRefusedError on an update.
        """
        return self._store.query(self.expand_search(query))

    def expand_search(self, query: str) -> str:
        """``query`` with its search patterns replaced by the statements found; unchanged when it has none."""
        from kgplan.rdf.search_pattern import expand
        from kgplan.rdf.vocabulary import statement_iri

        def search(words: str, k: int) -> list[tuple[str, float]]:
            return [(statement_iri(hit.plan, hit.address, self.base), hit.score) for hit in self.search(words, k)]

        return expand(query, search)

    @property
    def base(self) -> str:
        """What the IRIs of the graph's plans, agencies and documents begin with."""
        base: str = self.manifests[0]["base"]
        return base

    @property
    def graph_files(self) -> tuple[Path, ...]:
        """The N-Quads files of the graph, one a directory."""
        return tuple(directory / manifests.GRAPH for directory in self.directories)

    def nquads(self) -> bytes:
        """The graph as N-Quads, one named graph a plan. Raises CorpusError when a file cannot be read."""
        return b"".join(map(manifests.read_bytes, self.graph_files))

    def query_pool(self, limits: QueryLimits | None = None) -> QueryRunner:
        """Workers that evaluate queries from outside within limits of time, memory, rows and bytes.

        Close it, or use it as a context manager; nothing is started before the first query.
        """
        from kgplan.rdf.pool import QueryPool

        return QueryPool(self._graph_place, limits)

    @cached_property
    def graph(self) -> rdflib.Dataset:
        """The graph as an rdflib Dataset, one named graph a plan, the default graph their union."""
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        for directory in self.directories:
            dataset.parse(directory / manifests.GRAPH, format="nquads")
        return dataset

    def network(self, kind: str = "coordination") -> networkx.Graph[Any]:
        """A networkx view of the plans; the kinds are in :mod:`kgplan.networks`."""
        from kgplan.networks import network

        return network(self.plans, kind)

    def compare(
        self,
        a: str | Path | Plan,
        b: str | Path | Plan,
        *,
        threshold: float | None = None,
        progress: Progress | None = None,
    ) -> Comparison:
        """Plan ``b`` as seen from plan ``a``: tasks, agencies, targets and citations lost, gained and changed.

        Each is the id of a plan in this corpus, a plan file, a corpus directory that holds one plan, or a plan. Tasks
        are matched across the plans by meaning; what the plans say differently of one thing is shown among the
        contradictions. ``threshold`` (0 to 1) is the lowest score of a match.

        Raises UnknownPlanError when there is no such plan or file, ReadError or NotAPlanError when a file cannot be
        used, CorpusError on a directory that is no corpus of one plan.
        """
        from kgplan.comparing import compare_plans
        from kgplan.comparing.matching import THRESHOLD
        from kgplan.comparing.sources import find_plan, known_vectors
        from kgplan.retrieval.encoders import get_encoder
        from kgplan.retrieval.vectors import PassageVectors

        plans = find_plan(a, self), find_plan(b, self)
        others = [Path(named) for named in (a, b) if not isinstance(named, Plan)]
        vectors = known_vectors(PassageVectors(get_encoder(self._encoder_name)), *self.directories, *others)
        report = progress or (lambda _stage, _done, _total: None)
        return compare_plans(
            *plans,
            vectors,
            threshold=THRESHOLD if threshold is None else threshold,
            progress=lambda done, total: report("compare", done, total),
        )

    def validate(self) -> Report:
        """Check the files against the manifest and the graph against the shapes."""
        from kgplan.rdf.shapes import validate

        for directory, manifest in zip(self.directories, self.manifests, strict=True):
            manifests.check_files(directory, manifest)
        return validate(self.graph)

    def info(self) -> dict[str, Any]:
        """What the corpus holds, as JSON-ready figures."""
        statements = [s for p in self.plans for s in p.statements]
        return {
            "directories": [str(d) for d in self.directories],
            "encoder": self.manifests[0]["encoder"],
            "triples": len(self._store),
            "plans": [
                {
                    "id": p.id,
                    "title": p.title,
                    "year": p.year,
                    "jurisdiction": p.jurisdiction,
                    "statements": len(p.statements),
                    "agencies": len({r.agency for s in p.statements for r in s.responsibilities}),
                    "documents": len(p.documents),
                    "indicators": sum(len(s.indicators) for s in p.statements),
                    "deadlines": sum(len(s.deadlines) for s in p.statements),
                    "notes": len(p.notes),
                }
                for p in self.plans
            ],
            "statements": len(statements),
        }

    def __repr__(self) -> str:
        ids = self._plan_ids
        shown = ", ".join(ids[:5]) + (", …" if len(ids) > 5 else "")
        return f"<Corpus of {len(ids)} plan{'' if len(ids) == 1 else 's'}: {shown}>"

    @property
    def _plan_ids(self) -> list[str]:
        return sorted(self._where)

    def _check_plan(self, plan_id: str) -> None:
        if plan_id not in self._where:
            raise UnknownPlanError(f"no plan {plan_id!r} in this corpus; it holds: {', '.join(sorted(self._where))}")

    def _load_plan(self, plan_id: str) -> Plan:
        path = self._where[plan_id] / manifests.PLANS / f"{plan_id}.json"
        try:
            return Plan.from_dict(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise CorpusError(f"{path} is broken ({error}); build the corpus again with: kgplan build") from error

    @cached_property
    def _store(self) -> QueryStore:
        from kgplan.rdf.store import Store

        return Store.open(*self._graph_place)

    @cached_property
    def _graph_place(self) -> tuple[Path, ...]:
        """The graph in the form in which queries read it: its files, or a store on disk when they are large."""
        from kgplan.rdf.disk import place

        return place(self.graph_files, [manifest["files"][manifests.GRAPH] for manifest in self.manifests])

    @cached_property
    def _index(self) -> HybridIndex:
        from kgplan.retrieval.encoders import get_encoder
        from kgplan.retrieval.hybrid import HybridIndex

        return HybridIndex.load([d / manifests.RETRIEVAL for d in self.directories], get_encoder(self._encoder_name))

    @property
    def _encoder_name(self) -> str | None:
        """What :func:`kgplan.retrieval.encoders.get_encoder` makes the corpus's encoder from."""
        name: str = self.manifests[0]["encoder"]["name"]
        return name

    def _asker(self, plan: str | None) -> Asker:
        if plan not in self._askers:
            from kgplan.answering.asker import Asker

            self._askers[plan] = Asker(self._store, self._index, plan=plan, base=self.base)
        return self._askers[plan]


def open_corpus(source: str | Path | Sequence[str | Path] | None = None, *, model: str | None = None) -> Corpus:
    """Open a corpus: the built-in plan, a directory, several directories as one, or an endpoint.

    An endpoint is ``sparql+http://host/path``: any SPARQL 1.1 server that holds the graphs of plans.

    ``model`` names the encoder when it is not the one the corpus was built with by default; it must be the
    same model, or CorpusError tells how to rebuild. Raises CorpusError when the directory is missing, broken
    or stale.
    """
    if source is None:
        source = _built_in()
    sources = [source] if isinstance(source, str | Path) else source
    if any(str(s).startswith("sparql+") for s in sources):
        if len(sources) > 1:
            raise CorpusError("an endpoint is a corpus of its own; give it alone")
        from kgplan.remote_corpus import RemoteCorpus

        return RemoteCorpus(str(sources[0]), model=model)
    return Corpus([Path(s) for s in sources], model=model)


def _built_in() -> Path:
    """The ready-built corpus that travels with kgplan. Raises CorpusError when there is none."""
    for manifest in sorted(INDEXES.glob(f"*/{manifests.MANIFEST}")):
        return manifest.parent
    raise CorpusError(f"no ready-built corpus in {INDEXES}; install kgplan again, or name a corpus of your own")


def build_corpus(
    sources: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    model: str | None = None,
    add: bool = False,
    strict: bool = False,
    workers: int = 2,
    changes: str | Path | None = None,
    progress: Progress | None = None,
) -> Corpus:
    """Read, parse and index plans (files, and folders of files) into the directory ``out``, and open it.

    The directory appears whole or not at all; what is unchanged in a corpus that is there is not made again. With
    ``add``, the other plans of that corpus stay. Files are read by so many ``workers`` at once. A file that cannot be
    used is left out with a warning, or, when ``strict``, ends the build; ``build_report`` of the corpus says what
    became of each plan and file. ``changes`` is a file that tells what became of agencies (docs/agencies.md).

    Raises ReadError or NotAPlanError naming the file at fault when no file can be used or when ``strict``,
    CorpusError when two files give plans of one id or when ``out`` cannot be written, holds something else or, with
    ``add``, is no corpus that plans can be added to.
    """
    from kgplan.building import build

    named = [sources] if isinstance(sources, str | Path) else sources
    report = build(
        [Path(s) for s in named],
        Path(out),
        model=model,
        add=add,
        strict=strict,
        workers=workers,
        changes=Path(changes) if changes else None,
        progress=progress,
    )
    if report.failed:
        warnings.warn(f"{len(report.failed)} files were left out: {'; '.join(map(str, report.failed))}", stacklevel=2)
    corpus = Corpus([Path(out)], model=model)
    corpus.build_report = report
    return corpus


def remove_plans(plan_ids: str | Iterable[str], directory: str | Path) -> Corpus:
    """Take plans out of the corpus ``directory``, which is then as if built without them, and open it.

    Raises UnknownPlanError on an id that it does not hold, CorpusError when no plan would be left or when the corpus
    is broken, stale or cannot be written.
    """
    from kgplan.building import remove

    report = remove([plan_ids] if isinstance(plan_ids, str) else list(plan_ids), Path(directory))
    corpus = Corpus([Path(directory)])
    corpus.build_report = report
    return corpus


def parse_file(path: str | Path) -> Plan:
    """Read and parse one plan file. Raises ReadError or NotAPlanError."""
    from kgplan.building import parse_source

    return parse_source(Path(path))


def report_file(path: str | Path) -> PlanReport:
    """What of one plan file was not read, was not understood or does not add up. Raises ReadError or NotAPlanError."""
    from kgplan.building import read_source
    from kgplan.plan_report import report_on

    text, plan = read_source(Path(path))
    return report_on(plan, text)


def _checked(text: str, what: str) -> str:
    if len(text) > MAX_QUESTION:
        raise QuestionError(f"the {what} has {len(text):,} characters; at most {MAX_QUESTION:,} are taken")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise QuestionError(f"the {what} holds half a character (a lone surrogate); send whole ones, as UTF-8")
    return text
