"""Clean text to a Plan.

``parse`` loads on first use: questions need this room's words and topics, not its grammar, and a cold start should
not pay for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgplan.parsing.plan import parse

__all__ = ["parse"]


def __getattr__(name: str) -> Any:
    if name == "parse":
        from kgplan.parsing.plan import parse

        return parse
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
