"""Any SPARQL 1.1 endpoint as a store: ``sparql+http://host/path`` or ``sparql+https://…``.

Queries go out by GET, or as a form by POST when they are long; never as ``application/sparql-query``, on which
some servers hang. The project's prefixes are written into the query, as a server does not know them.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final, Self
from urllib.parse import urlencode, urlsplit

from kgplan.errors import CorpusError, QueryError, QueryLimitError
from kgplan.rdf import query_guard
from kgplan.rdf.limits import QueryLimits
from kgplan.rdf.query_guard import Checked
from kgplan.rdf.results import QueryResult, check_rows, parse_results
from kgplan.rdf.turns import GONE
from kgplan.rdf.vocabulary import DEFAULT_BASE, PREFIXES

SCHEMES: Final = ("sparql+http", "sparql+https")
MAX_URL: Final = 2000
"""Characters of the longest URL sent by GET; servers and proxies refuse much longer ones."""

DEFAULT_LIMITS: Final = QueryLimits(seconds=60.0, rows=10_000_000, bytes=256 * 1024 * 1024)
"""How long an answer is waited for and how much of it is read, when nothing else is said."""

_TRIPLES: Final = "application/n-triples, text/turtle;q=0.9"


class RemoteStore:
    """The graph behind an endpoint. Read-only, like every store."""

    def __init__(self, address: str, *, limits: QueryLimits | None = None) -> None:
        """``address`` is ``sparql+http://…``. Of ``limits``, seconds, rows and bytes are kept on this side.

        Nothing is asked before the first query. Raises CorpusError when ``address`` is no such address.
        """
        parts = urlsplit(address)
        if parts.scheme not in SCHEMES or not parts.hostname or parts.fragment or parts.query:
            raise CorpusError(f"{address!r} is no endpoint; write sparql+http://host/path or sparql+https://host/path")
        self.endpoint = address.removeprefix("sparql+")
        self.limits = limits or DEFAULT_LIMITS

    def query(
        self,
        sparql: str,
        *,
        base_iri: str = DEFAULT_BASE,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        max_rows: int | None = None,
    ) -> QueryResult:
        """The endpoint's result; parameters and errors as of :meth:`kgplan.rdf.store.Store.query`.

        An endpoint whose own default graph is empty is asked over all graphs that hold a plan. Raises
        CorpusError when the endpoint cannot be reached or answers with something else than a result.
        """
        checked = query_guard.check(sparql, base_iri=base_iri)
        if default_graphs is None and named_graphs is None and checked.default_graphs is checked.named_graphs is None:
            default_graphs = named_graphs = self._plan_graphs or None
        result = self._ask(checked, base_iri, default_graphs or (), named_graphs or ())
        check_rows(len(result), self.limits.rows if max_rows is None else min(max_rows, self.limits.rows))
        return result

    def run(
        self,
        sparql: str,
        form: str | None = None,
        *,
        base_iri: str = DEFAULT_BASE,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        max_rows: int | None = None,
        abandoned: Callable[[], bool] = lambda: False,
    ) -> bytes:
        """The result serialised in the format of that name; see :meth:`kgplan.rdf.pool.QueryPool.run`.

        A query abandoned while it runs goes on at the endpoint, within the endpoint's limits.
        """
        if abandoned():
            raise QueryLimitError(GONE)
        result = self.query(
            sparql,
            base_iri=base_iri,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            max_rows=max_rows,
        )
        return result.serialize(form)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self) -> None:
        """Nothing: there is nothing to start here."""

    def close(self) -> None:
        """Nothing: each request opens a connection of its own."""

    def graphs(self) -> list[str]:
        """The IRIs of the graphs that hold a plan, sorted."""
        rows = self._ask(query_guard.check("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?p a kgp:Plan } }")).rows
        return sorted(row["g"].value for row in rows)

    def __len__(self) -> int:
        """How many triples the graphs that hold a plan have together."""
        count = "SELECT (COUNT(*) AS ?n) WHERE { { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } } }"
        return int(self.query(count, default_graphs=self.graphs()).rows[0]["n"].value)

    @cached_property
    def _plan_graphs(self) -> tuple[str, ...]:
        """The graphs to name in each request; none when the endpoint's default graph shows the plans by itself."""
        if self._ask(query_guard.check("ASK { ?p a kgp:Plan }")).boolean:
            return ()
        return tuple(self.graphs())

    def _ask(
        self, checked: Checked, base: str = DEFAULT_BASE, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> QueryResult:
        parameters = [("query", _prologue(checked, base) + checked.text)]
        parameters += [("default-graph-uri", iri) for iri in default] + [("named-graph-uri", iri) for iri in named]
        table = checked.form in ("SELECT", "ASK")
        body, content_type = self._fetch(
            urlencode(parameters), "application/sparql-results+json" if table else _TRIPLES
        )
        if not table:
            return parse_results(body, "ttl" if "turtle" in content_type else "nt")
        try:
            return parse_results(_ask_result(body) if checked.form == "ASK" else body, "json")
        except QueryError as error:
            raise CorpusError(f"{self.endpoint} answered with no SPARQL result: {error}") from error

    def _fetch(self, parameters: str, accept: str) -> tuple[bytes, str]:
        by_get = len(self.endpoint) + len(parameters) < MAX_URL
        request = urllib.request.Request(
            f"{self.endpoint}?{parameters}" if by_get else self.endpoint,
            data=None if by_get else parameters.encode("ascii"),
            headers={"Accept": accept, "User-Agent": "kgplan"},
        )
        try:
            with urllib.request.urlopen(request, timeout=self.limits.seconds) as response:
                body = response.read(self.limits.bytes + 1)
                content_type = response.headers.get("Content-Type", "")
        except urllib.error.HTTPError as error:
            with error:
                said = _first_line(error.read(4096))
            if error.code == 503:
                raise QueryLimitError(f"{self.endpoint} stopped the query: {said}") from error
            if error.code in (401, 403, 404) or error.code >= 500:
                raise CorpusError(f"{self.endpoint} answered {error.code}: {said}") from error
            raise QueryError(f"{self.endpoint} refused the query: {said}") from error
        except TimeoutError as error:
            raise QueryLimitError(f"{self.endpoint} did not answer within {self.limits.seconds:g} seconds") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise CorpusError(f"{self.endpoint} cannot be reached: {reason}") from error
        if len(body) > self.limits.bytes:
            raise QueryLimitError(f"the result is larger than {self.limits.bytes} bytes; ask for less with LIMIT")
        return body, content_type


def _prologue(checked: Checked, base: str) -> str:
    """BASE and the project's prefixes that the query does not declare itself, on one line so that lines still count."""
    names = "".join(
        f"PREFIX {p}: <{n}> " for p, n in PREFIXES.items() if p not in checked.prefixes and f"{p}:" in checked.text
    )
    return f"BASE <{base}> {names}"


def _ask_result(body: bytes) -> bytes:
    """An ASK result as the standard has it.

    Virtuoso adds a "link"; and when a prologue stands first, it answers with one row for true and none for false.
    """
    try:
        answer = json.loads(body)
        if "boolean" not in answer:
            answer = {"boolean": answer["head"]["vars"] == ["__ASK_RETVAL"] and bool(answer["results"]["bindings"])}
        return json.dumps({"head": {}, "boolean": answer["boolean"]}).encode()
    except (ValueError, KeyError, TypeError):
        return body


def _first_line(body: bytes) -> str:
    """What an error page says, shortened: the detail of a problem document, else its first line."""
    text = body.decode("utf-8", "replace").strip()
    try:
        text = str(json.loads(text)["detail"])
    except (ValueError, KeyError, TypeError):
        text = text.partition("\n")[0]
    return text[:300] or "no reason given"
