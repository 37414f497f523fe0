"""A corpus behind a SPARQL 1.1 endpoint: ``open_corpus("sparql+http://host/path")``.

Queries and answers are evaluated by the endpoint. The plans are read out of their graphs when first needed, and
the search index over them is built in memory with the default encoder or the one that ``model`` names.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgplan.corpus import Corpus
from kgplan.errors import CorpusError, UnknownPlanError
from kgplan.rdf.remote import RemoteStore

if TYPE_CHECKING:
    import rdflib

    from kgplan.model import Plan
    from kgplan.rdf.limits import QueryLimits
    from kgplan.rdf.results import QueryResult
    from kgplan.rdf.shapes import Report
    from kgplan.retrieval.hybrid import HybridIndex


class RemoteCorpus(Corpus):
    """Plans whose graphs an endpoint holds, each in a named graph that bears the plan's IRI."""

    def __init__(self, address: str, *, model: str | None = None) -> None:
        """Ask the endpoint which plans it holds.

        Raises CorpusError when ``address`` is none, when the endpoint cannot be reached, or when it holds no plan.
        """
        self._remote = RemoteStore(address)
        self._model = model
        self._graphs = self._remote.graphs()
        if not self._graphs:
            raise CorpusError(f"{self._remote.endpoint} holds no graph with a plan; load a corpus's graph.nq there")
        bases = sorted({iri.rpartition("plan/")[0] for iri in self._graphs})
        if len(bases) > 1:
            raise CorpusError(f"the plans of {self._remote.endpoint} have different bases: {', '.join(bases)}")
        self.directories = ()
        encoder = {"name": model or "default"}
        self.manifests = ({"base": bases[0], "plans": self._graphs, "encoder": encoder},)
        self._askers = {}

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """The plans, read out of their graphs, in the order of their ids."""
        from kgplan.rdf.read import read_plan

        plans = (read_plan(self._fetch(iri).triples) for iri in self._graphs)
        return tuple(sorted(plans, key=lambda plan: plan.id))

    @property
    def graph_files(self) -> tuple[Path, ...]:
        """None: the graph lies at the endpoint. Raises CorpusError."""
        raise CorpusError(f"the graph lies at {self._remote.endpoint}, not in a file; ask for it with a query")

    def nquads(self) -> bytes:
        """The graph, fetched whole, as N-Quads."""
        return b"".join(self._fetch(iri).to_nquads(iri) for iri in self._graphs)

    def query_pool(self, limits: QueryLimits | None = None) -> RemoteStore:
        """The endpoint itself, which evaluates queries in its own process, asked within ``limits``."""
        return RemoteStore(f"sparql+{self._remote.endpoint}", limits=limits)

    @cached_property
    def graph(self) -> rdflib.Dataset:
        """The graph, fetched whole, as an rdflib Dataset."""
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        for iri in self._graphs:
            dataset.graph(rdflib.URIRef(iri)).parse(data=self._fetch(iri).serialize("nt"), format="nt")
        return dataset

    def validate(self) -> Report:
        """Check the graph, as the endpoint gives it, against the shapes."""
        from kgplan.rdf.shapes import validate

        return validate(self.graph)

    def info(self) -> dict[str, Any]:
        """What the corpus holds, as JSON-ready figures."""
        return super().info() | {"directories": [], "endpoint": self._remote.endpoint}

    @property
    def _plan_ids(self) -> list[str]:
        return sorted(iri.removeprefix(f"{self.base}plan/") for iri in self._graphs)

    def _fetch(self, graph: str) -> QueryResult:
        """All triples of one graph. Raises CorpusError when the endpoint gives only some of them, as servers may."""
        result = self._remote.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", default_graphs=[graph])
        counted = self._remote.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", default_graphs=[graph])
        held = int(counted.rows[0]["n"].value)
        if len(result) != held:
            raise CorpusError(
                f"{self._remote.endpoint} gave {len(result)} of the {held} triples of {graph}; "
                "raise its limit of result rows"
            )
        return result

    def _check_plan(self, plan_id: str) -> None:
        held = [plan.id for plan in self.plans]
        if plan_id not in held:
            raise UnknownPlanError(f"no plan {plan_id!r} at {self._remote.endpoint}; it holds: {', '.join(held)}")

    @property
    def _store(self) -> RemoteStore:
        return self._remote

    @property
    def _encoder_name(self) -> str | None:
        return self._model

    @cached_property
    def _index(self) -> HybridIndex:
        from kgplan.retrieval.encoders import get_encoder
        from kgplan.retrieval.hybrid import HybridIndex

        return HybridIndex.build(self.plans, get_encoder(self._model))
