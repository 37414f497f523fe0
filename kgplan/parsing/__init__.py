"""Clean text to a Plan."""

from kgplan.parsing.plan import parse

__all__ = ["parse"]
