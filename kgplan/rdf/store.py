"""The graph for queries: pyoxigraph in memory, or on disk beyond what fits; read-only once loaded.

The default graph holds the union of the named graphs as a real graph. Oxigraph's own union view is not
used: it shows a triple once for every graph that holds it, which spoils counts over several plans, and it
overrules FROM.
"""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol, Self

import pyoxigraph as ox

from kgplan.errors import CorpusError, QueryError
from kgplan.rdf import query_guard, syntax_errors
from kgplan.rdf.limits import QueryLimits
from kgplan.rdf.results import QueryResult, collect
from kgplan.rdf.vocabulary import DEFAULT_BASE, PREFIXES


class QueryStore(Protocol):
    """What every store can do: memory, disk and remote."""

    def query(
        self,
        sparql: str,
        *,
        base_iri: str = DEFAULT_BASE,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        max_rows: int | None = None,
    ) -> QueryResult:
        """The result of a query. See :meth:`Store.query`."""

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""

    def __len__(self) -> int:
        """How many triples the default graph holds."""


class QueryRunner(QueryStore, Protocol):
    """What evaluates queries from outside within limits: a pool of workers, or an endpoint. A context manager."""

    limits: QueryLimits

    def run(
        self,
        sparql: str,
        form: str | None = None,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        abandoned: Callable[[], bool] = ...,
    ) -> bytes:
        """The whole result in the format of that name. See :meth:`kgplan.rdf.pool.QueryPool.run`."""

    def warm(self) -> None:
        """Start what the first query would have to wait for."""

    def close(self) -> None:
        """End what was started for queries."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *details: object) -> None: ...


class Store:
    """A read-only graph, in memory or on disk.

    >>> store = Store.load(b'<urn:a> <urn:b> "c" <urn:graph> .')
    >>> [row["o"].value for row in store.query("SELECT ?o WHERE { <urn:a> <urn:b> ?o }")]
    ['c']
    """

    def __init__(self, store: ox.Store, folder: Path | None = None) -> None:
        """``store`` is pyoxigraph's; ``folder`` is where it lies, None when it is in memory."""
        self._store = store
        self.folder = folder

    @classmethod
    def open(cls, *sources: bytes | Path) -> Self:
        """The store of ``sources``: one folder that :meth:`write_disk` wrote, or N-Quads as of :meth:`load`."""
        if len(sources) == 1 and isinstance(sources[0], Path) and sources[0].is_dir():
            return cls.open_disk(sources[0])
        return cls.load(*sources)

    @classmethod
    def load(cls, *sources: bytes | Path) -> Self:
        """The store with the quads of N-Quads files or texts, in memory.

        The default graph is the union of all graphs. Raises CorpusError when a file cannot be read or is no
        N-Quads, with the line.
        """
        store = ox.Store()
        for source in sources:
            store.extend(_with_union(_parse(source)))
        return cls(store)

    @classmethod
    def write_disk(cls, sources: Sequence[bytes | Path], folder: Path) -> None:
        """Write the store that :meth:`open_disk` opens; ``folder`` is whole or not there, and one there is kept.

        Raises CorpusError when it cannot be written or one of ``sources`` is no N-Quads.
        """
        partial: Path | None = None
        try:
            partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
            store = ox.Store(str(partial))
            for source in sources:
                for batch in _batches(_parse(source), _BATCH):
                    store.bulk_extend(_with_union(batch))
            store.optimize()
            del store
            partial.chmod(0o755)
            partial.rename(folder)
        except OSError as error:
            if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):  # else another process has written it meanwhile
                raise CorpusError(f"{folder} cannot be written: {error.strerror or _first_line(error)}") from error
        finally:
            if partial is not None:
                shutil.rmtree(partial, ignore_errors=True)

    @classmethod
    def open_disk(cls, folder: Path) -> Self:
        """The store in ``folder``, read-only; several processes may hold it open. Raises CorpusError."""
        if not folder.is_dir():
            raise CorpusError(f"{folder.name} is no store on disk; write it with Store.write_disk")
        try:
            return cls(ox.Store.read_only(str(folder)), folder)
        except OSError as error:
            raise CorpusError(f"{folder.name} cannot be opened as a store: {_first_line(error)}") from error

    def query(
        self,
        sparql: str,
        *,
        base_iri: str = DEFAULT_BASE,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        max_rows: int | None = None,
    ) -> QueryResult:
        """Evaluate ``sparql``; the project's prefixes need no declaration.

        ``default_graphs`` and ``named_graphs`` (IRIs) restrict the dataset and overrule FROM, as the SPARQL
        Protocol says: when either is given, a missing other one is empty. A graph that the store does not
        hold is empty; nothing is ever fetched.

        Raises QueryError on a malformed query (with line and column), QueryRefusedError on an update or a
        SERVICE clause, QueryLimitError when there are more than ``max_rows`` rows or triples. Time and
        memory are not limited here: queries from outside go through :class:`kgplan.rdf.pool.QueryPool`.
        """
        checked = query_guard.check(sparql, base_iri=base_iri)
        if default_graphs is None and named_graphs is None:
            default_graphs, named_graphs = checked.default_graphs, checked.named_graphs
        try:
            answer = self._evaluate(checked.text, base_iri, default_graphs, named_graphs)
            return collect(answer, max_rows, checked.variables)
        except SyntaxError as error:
            raise QueryError(f"the query is malformed: {syntax_errors.explain(error, checked.text)}") from error
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the query cannot be evaluated: {_first_line(error)}") from error

    @property
    def files_to_open(self) -> int:
        """How many files the engine may still open while it answers; none in memory.

        RocksDB opens the first 16 files of each index at once and the others when a query needs them.
        """
        files = sum(1 for _ in self.folder.glob("*.sst")) if self.folder else 0
        return files if files > _OPENED_AT_ONCE else 0

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self._store.named_graphs())

    def __len__(self) -> int:
        """How many triples the default graph (the union of all) holds."""
        return sum(1 for _ in self._store.quads_for_pattern(None, None, None, ox.DefaultGraph()))

    def quads(self) -> list[ox.Quad]:
        """The quads of the named graphs."""
        return [quad for quad in self._store if not isinstance(quad.graph_name, ox.DefaultGraph)]

    def dump(self) -> bytes:
        """The named graphs as N-Quads; :meth:`load` is the inverse."""
        return ox.serialize(self.quads(), format=ox.RdfFormat.N_QUADS) or b""

    def _evaluate(
        self, sparql: str, base_iri: str, default: Sequence[str] | None, named: Sequence[str] | None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        if default is None and named is None:
            return self._store.query(sparql, base_iri=base_iri, prefixes=PREFIXES)
        store = self._store
        default_graphs = [ox.NamedNode(iri) for iri in dict.fromkeys(default or ())]
        named_graphs: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in named or ()]
        if len(default_graphs) > 1:
            # oxigraph would show a triple once for each graph that holds it; the standard wants their merge
            store = ox.Store()
            for graph in named_graphs:
                store.extend(self._store.quads_for_pattern(None, None, None, graph))
            for graph in default_graphs:
                quads = self._store.quads_for_pattern(None, None, None, graph)
                store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
            return store.query(
                sparql,
                base_iri=base_iri,
                prefixes=PREFIXES,
                default_graph=ox.DefaultGraph(),
                named_graphs=named_graphs,
            )
        return store.query(
            sparql,
            base_iri=base_iri,
            prefixes=PREFIXES,
            default_graph=[*default_graphs],
            named_graphs=named_graphs,
        )


_BATCH = 100_000
"""Quads that are held in memory while a store is written to disk: some 300 MB."""


_OPENED_AT_ONCE = 16


def _parse(source: bytes | Path) -> Iterator[ox.Quad]:
    name = source.name if isinstance(source, Path) else "the N-Quads"
    try:
        if isinstance(source, Path):
            yield from ox.parse(path=str(source), format=ox.RdfFormat.N_QUADS)
        else:
            yield from ox.parse(source, format=ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise CorpusError(f"{name} is no N-Quads: {error}; build the corpus again") from error
    except OSError as error:
        raise CorpusError(f"{name} cannot be read: {error.strerror or error}") from error


def _with_union(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Each quad, and its triple in the default graph."""
    for quad in quads:
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _batches(quads: Iterable[ox.Quad], size: int) -> Iterator[list[ox.Quad]]:
    source = iter(quads)
    while batch := list(islice(source, size)):
        yield batch


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
