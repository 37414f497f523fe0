"""The ``kgplan`` command: it calls the library and shows what comes back."""

from kgplan.cli.entry import main

__all__ = ["main"]
