"""What a build makes of one file: the parsed plan and its quads, on disk, under a name that says what they come from.

A part's name is a hash of the file's bytes and name and of all that makes plans of files. A part found under that name
need not be made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kgplan import manifest as manifests
from kgplan.errors import NotAPlanError, ReadError
from kgplan.model import Plan
from kgplan.version import __version__

if TYPE_CHECKING:
    from kgplan.reading.text import Text

PLAN, QUADS, VECTORS = ".json", ".nq", ".npz"


@dataclass(frozen=True, slots=True)
class Make:
    """All that decides, beside the file, what becomes of it: the base of the IRIs, a hash of kgplan itself, and the
    text of a file of agencies' changes of one's own."""

    base: str
    digest: str
    changes: str | None = None

    @classmethod
    def here(cls, base: str, changes: str | None = None) -> Make:
        """As this kgplan does it."""
        all_of_it = [base, __version__, manifests.code_hash(), manifests.inputs(), *([changes] if changes else [])]
        return cls(base, _hash(json.dumps(all_of_it)), changes)

    def stem(self, sha256: str, name: str) -> str:
        """The name, without suffix, of the part that the file of that hash and name gives."""
        return _hash("\0".join((self.digest, sha256, name)))


@dataclass(frozen=True)
class Part:
    """A part in a folder."""

    folder: Path
    stem: str

    @property
    def quads(self) -> Path:
        """The file of sorted N-Quads."""
        return self.folder / (self.stem + QUADS)

    @cached_property
    def plan(self) -> Plan | None:
        """The plan; None when the part is not there, or is broken."""
        try:
            return Plan.from_dict(json.loads((self.folder / (self.stem + PLAN)).read_text("utf-8")))
        except (OSError, ValueError, TypeError, KeyError):
            return None


def read_source(path: Path) -> tuple[Text, Plan]:
    """The text of one plan file, and the plan. Raises ReadError or NotAPlanError."""
    from kgplan.parsing import parse
    from kgplan.reading import read

    try:
        path.name.encode()
    except UnicodeEncodeError:
        raise ReadError(f"{path}: its name is not valid text in this system's encoding; rename the file") from None
    text = read(path)
    try:
        return text, parse(text, source_name=path.name)
    except NotAPlanError as error:
        raise NotAPlanError(f"{path}: {error}") from error


def parse_source(path: Path) -> Plan:
    """Read and parse one plan file. Raises ReadError or NotAPlanError."""
    return read_source(path)[1]


def make_part(path: Path, folder: Path, make: Make) -> Part:
    """Read and parse the file at ``path`` and leave its part in ``folder``, whole or not at all.

    Raises ReadError or NotAPlanError on the file, OSError when the part cannot be written.
    """
    plan = parse_source(path)
    return write_part(plan, Part(folder, make.stem(plan.source_sha256 or "", path.name)), make)


def write_part(plan: Plan, part: Part, make: Make) -> Part:
    """Leave ``part``, with the plan and its quads, whole or not at all. Raises OSError when it cannot be written."""
    from kgplan.parsing.changes import Changes
    from kgplan.rdf.build import build_dataset, to_nquads

    quads = to_nquads(build_dataset([plan], base=make.base, changes=Changes.load(make.changes)))
    write_whole(part.quads, lambda file: file.write(quads))
    write_whole(part.folder / (part.stem + PLAN), lambda file: file.write(plan_bytes(plan)))
    return part


def plan_bytes(plan: Plan) -> bytes:
    """The plan as a corpus stores it."""
    return (json.dumps(plan.to_dict(), ensure_ascii=False, indent=1) + "\n").encode()


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Make the file at ``path`` with what ``write`` writes, so that it is never seen half-written."""
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
