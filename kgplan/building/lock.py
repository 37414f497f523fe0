"""One build at a time: a file that the operating system locks (``flock``) for as long as its process lives.

The lock goes with its process, however that ends, so that none is ever stale. What the file says, whose lock it is, is
for people.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import platform
from collections.abc import Iterator
from pathlib import Path


class LockedError(Exception):
    """Another holds the lock; the text names it."""


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock that the file at ``path`` stands for; the file, and its folder, are made if need be.

    The file is removed at the end; nobody else may remove it. Raises LockedError when another process, or another
    thread of this one, holds the lock; OSError when the file cannot be made.
    """
    handle = _open_locked(path)
    try:
        os.truncate(handle, 0)
        os.write(handle, f"process {os.getpid()} on {platform.node()}".encode())
        yield
    finally:
        path.unlink()  # before the lock is given back: then it may be the next holder's
        os.close(handle)


def _open_locked(path: Path) -> int:
    """The file, open and locked; opened again as long as its last holder removed it before it was locked."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:  # the last holder removed the folder
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except BlockingIOError:
            said = os.read(handle, 200).decode("utf-8", "replace")
            os.close(handle)
            raise LockedError(said or "another process") from None
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
