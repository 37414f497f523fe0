"""What a query from outside may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """What one query may use, and how many run at once."""

    seconds: float = 10.0
    """Wall clock from the start of the evaluation to the last byte of the result."""

    quick_seconds: float = 1.0
    """Beyond this a query is a long one: while others wait, a quarter of the workers is not for long ones."""

    memory: int = 512 * 1024 * 1024
    """Bytes of address space on top of the loaded graph."""

    rows: int = 100_000
    """Rows of a table, triples of a graph."""

    bytes: int = 64 * 1024 * 1024
    """Bytes of the serialised result."""

    workers: int = 8
    """Queries evaluated at once; the graph's memory is shared."""

    wait_seconds: float = 10.0
    """How long a query waits for a free worker before it is turned away."""
