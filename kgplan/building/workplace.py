"""The folder beside a corpus in which it is built: parts already made, and the new corpus before it takes its place.

It is named ``.NAME.building``. A build that was stopped leaves its parts there, and the next one into the same corpus
goes on from them; a build that ends well removes it.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from kgplan.building.exchange import exchanged
from kgplan.building.lock import LockedError, held
from kgplan.errors import CorpusError

LOCK = "lock"


class Workplace:
    """The folder in which the corpus ``out`` is built."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.parent / f".{out.name}.building"
        self.ready = self.folder / "new"
        self._old = self.folder / "old"

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """Make the folder, for one build at a time, and remove it at the end unless it holds parts of a build that did
        not end well.

        A corpus that an earlier build took away and, ended between two steps of :meth:`swap`, did not replace, is put
        back first. Raises CorpusError when another build is at work on the corpus, OSError when the folder cannot be
        made.
        """
        new = [folder for folder in (self.folder, *self.folder.parents) if not folder.exists()]
        try:
            with held(self.folder / LOCK):
                if self._old.exists() and not self.out.exists():
                    self._old.rename(self.out)
                self._clear("new", "old")
                try:
                    yield
                except BaseException:
                    self._clear("new", "old")
                    raise
                self._clear(*(path.name for path in self.folder.iterdir() if path.name != LOCK))
        except LockedError as error:
            raise CorpusError(
                f"{self.out} is being built by {error}; wait until it has ended, or build into another folder with -o"
            ) from error
        finally:
            with contextlib.suppress(OSError):  # it holds parts, or another build has begun
                self.folder.rmdir()
                for folder in new[1:]:
                    folder.rmdir()

    def swap(self) -> None:
        """Put the new corpus in the place of what is there: in one step where the system can, else in two renames."""
        if self.out.exists():
            if exchanged(self.ready, self.out):
                return
            self.out.rename(self._old)
        try:
            self.ready.rename(self.out)
        except BaseException:
            if self._old.exists():
                self._old.rename(self.out)
            raise

    def _clear(self, *names: str) -> None:
        for path in (self.folder / name for name in names):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
