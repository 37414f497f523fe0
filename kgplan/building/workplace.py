"""The folder beside a corpus in which it is built: parts already made, and the new corpus before it takes its place.

It is named ``.NAME.building``. A build that was stopped leaves its parts there, and the next one into the same corpus
goes on from them; a build that ends well removes it.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path


class Workplace:
    """The folder in which the corpus ``out`` is built."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.parent / f".{out.name}.building"
        self.ready = self.folder / "new"
        self._old = self.folder / "old"

    def mend(self) -> None:
        """Put the corpus back that a build took away and, ended between two steps of :meth:`swap`, did not replace."""
        if self._old.exists() and not self.out.exists():
            self._old.rename(self.out)

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """Make the folder, and remove it at the end unless it holds parts of a build that did not end well.

        Raises OSError when it cannot be made.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._clear()
        try:
            yield
        except BaseException:
            self._clear()
            with contextlib.suppress(OSError):
                self.folder.rmdir()
            raise
        shutil.rmtree(self.folder, ignore_errors=True)

    def swap(self) -> None:
        """Put the new corpus in the place of what is there."""
        if self.out.exists():
            self.out.rename(self._old)
        try:
            self.ready.rename(self.out)
        except BaseException:
            if self._old.exists():
                self._old.rename(self.out)
            raise

    def _clear(self) -> None:
        for folder in (self.ready, self._old):
            shutil.rmtree(folder, ignore_errors=True)
