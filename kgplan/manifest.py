"""The manifest of a corpus directory: what it was built from, and whether that still holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kgplan.errors import CorpusError, StaleCorpusError
from kgplan.resources import DATA, INDEXES, ONTOLOGY, PACKAGE

FORMAT = 1
MANIFEST = "manifest.json"
GRAPH = "graph.nq"
PLANS = "plans"
RETRIEVAL = "retrieval"
CHANGES = "agency-changes.json"
"""The file of agencies' changes of one's own, when the corpus was built with one."""
PASSAGES = "passages.txt"
"""The keys of the statements whose vectors the index holds, in its order."""

_BUILDING_CODE = ("model.py", "text.py", "manifest.py", "building", "reading", "parsing", "rdf", "retrieval")
"""What in the package decides what a build writes."""

_CONCEPTS = ("concepts.ttl", "topics.ttl")
"""Files of the ontology whose labels stand in the graph."""

_ASKING_ONLY = ("comparison.json", "networks.toml", "questions.toml", "topic_filter.json", "wording.toml")
"""Data files that are read when a corpus is used, not when it is built."""


def describe(
    directory: Path, *, version: str, base: str, make: str, encoder: dict[str, Any], plans: list[dict[str, Any]]
) -> dict[str, Any]:
    """The manifest of the files now in ``directory``; ``make`` is a hash of all that made plans of their sources."""
    return {
        "format": FORMAT,
        "kgplan": version,
        "base": base,
        "encoder": encoder,
        "plans": plans,
        "make": make,
        "inputs": inputs(),
        "files": {str(p.relative_to(directory).as_posix()): file_hash(p) for p in _files(directory)},
    }


def read(directory: Path) -> dict[str, Any]:
    """The manifest in ``directory``. Raises CorpusError when there is none or it cannot be used."""
    path = directory / MANIFEST
    if not directory.is_dir():
        raise CorpusError(
            f"no corpus at {directory}: no such directory; make one with: kgplan build FILES -o {directory}"
        )
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise CorpusError(
            f"{directory} is no corpus: it has no {MANIFEST}; make one with: kgplan build FILES -o DIR"
        ) from None
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path} cannot be read ({error}); build the corpus again with: kgplan build") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else None
        raise CorpusError(
            f"{path} has format {found!r}, this kgplan reads {FORMAT}; build the corpus again with: kgplan build"
        )
    return data


def check(directory: Path, manifest: dict[str, Any], *, model: str | None) -> None:
    """Raise CorpusError when files are missing, StaleCorpusError when the inputs or the model changed."""
    for name in manifest["files"]:
        if not (directory / name).is_file():
            raise CorpusError(f"{directory} is broken: {name} is missing; build the corpus again with: kgplan build")
    changed = [name for name, value in manifest["inputs"].items() if value != inputs()[name]]
    if changed:
        raise StaleCorpusError(
            f"{directory} was built with another version of kgplan's {' and '.join(changed)}; "
            + (
                "build it again with: make index"
                if directory.parent == INDEXES
                else "build it again with: kgplan build"
            )
        )
    if model is not None:
        from kgplan.retrieval.encoders import get_encoder

        fingerprint = get_encoder(model).fingerprint
        if fingerprint != manifest["encoder"]["fingerprint"]:
            raise StaleCorpusError(
                f"{directory} was built with the model {manifest['encoder']['name']}, not {model}; "
                f"build it again with: kgplan build --model {model}"
            )


def check_together(directories: Sequence[Path], manifests: Sequence[dict[str, Any]]) -> None:
    """Raise CorpusError when corpora cannot be opened as one: other encoder, other base, or one plan twice."""
    first = manifests[0]
    seen: dict[str, Path] = {}
    for directory, manifest in zip(directories, manifests, strict=True):
        for what, one, other in (
            ("base", first["base"], manifest["base"]),
            ("model", first["encoder"]["fingerprint"], manifest["encoder"]["fingerprint"]),
        ):
            if one != other:
                raise CorpusError(
                    f"{directories[0]} and {directory} cannot be opened together: "
                    f"they differ in {what}; build them alike"
                )
        for entry in manifest["plans"]:
            if entry["id"] in seen:
                raise CorpusError(f"plan {entry['id']} is in both {seen[entry['id']]} and {directory}; open only one")
            seen[entry["id"]] = directory


def read_bytes(path: Path) -> bytes:
    """The bytes of a corpus file. Raises CorpusError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CorpusError(
            f"{path} cannot be read: {error.strerror}; build the corpus again with: kgplan build"
        ) from error


def check_files(directory: Path, manifest: dict[str, Any]) -> None:
    """Raise CorpusError naming the first file whose bytes are not those that were built."""
    for name, value in manifest["files"].items():
        if file_hash(directory / name) != value:
            raise CorpusError(f"{directory} is broken: {name} was changed; build the corpus again with: kgplan build")


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror}") from error


@cache
def code_hash() -> str:
    """One hash over the modules that decide what a build writes."""
    roots = [PACKAGE / name for name in _BUILDING_CODE]
    return _hash_all([p for root in roots for p in (sorted(root.rglob("*.py")) if root.is_dir() else [root])])


@cache
def inputs() -> dict[str, str]:
    """The hashes of the data files and of the ontology that building reads."""
    data = [p for p in _files(DATA) if p.suffix != ".py" and p.parent.name != "plans" and p.name not in _ASKING_ONLY]
    return {"data": _hash_all(data), "ontology": _hash_all([ONTOLOGY / name for name in _CONCEPTS])}


def _hash_all(paths: Sequence[Path]) -> str:
    """One hash over text files, by name and content; line ends do not count."""
    total = hashlib.sha256()
    for path in paths:
        content = hashlib.sha256(read_bytes(path).replace(b"\r\n", b"\n")).hexdigest()
        total.update(f"{path.name}\0{content}\n".encode())
    return total.hexdigest()


def _files(root: Path) -> list[Path]:
    return sorted(p for p in root.rglob("*") if p.is_file() and p.name != MANIFEST and "__pycache__" not in p.parts)
