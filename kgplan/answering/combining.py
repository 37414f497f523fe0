"""One SPARQL query out of those to the parts of a question: what any of them returns, or what all do."""

from __future__ import annotations

import re
from collections.abc import Sequence

_VARIABLE = re.compile(r"\?(?!agency\b)(\w+)")


def union(queries: Sequence[str]) -> str:
    """One query with the rows of several SELECT queries."""
    prefixes, bodies = _bodies(queries)
    return "\n".join([*prefixes, "SELECT * WHERE {", " UNION ".join(f"{{ {body} }}" for body in bodies), "}"])


def intersection(queries: Sequence[str], barred: Sequence[str] = ()) -> str:
    """One query with the agencies that every one of several queries for agencies returns, and none of ``barred``.

    What else the second and later ones return stands in variables with their number at the end.
    """
    prefixes, bodies = _bodies([*queries, *barred])
    bodies = [body if n == 1 else _VARIABLE.sub(rf"?\1_{n}", body) for n, body in enumerate(bodies, start=1)]
    groups = [f"{{ {body} }}" if n < len(queries) else f"MINUS {{ {body} }}" for n, body in enumerate(bodies)]
    return "\n".join([*prefixes, "SELECT * WHERE {", *groups, "}"])


def _bodies(queries: Sequence[str]) -> tuple[list[str], list[str]]:
    """The prefixes of several queries and what follows them in each."""
    lines = [query.splitlines() for query in queries]
    prefixes = dict.fromkeys(line for query in lines for line in query if line.startswith("PREFIX "))
    return list(prefixes), ["\n".join(line for line in query if not line.startswith("PREFIX ")) for query in lines]
