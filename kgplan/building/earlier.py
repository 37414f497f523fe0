"""The corpus that stands where a build is to write: what of it can be taken over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgplan import manifest as manifests
from kgplan.building.parts import Make
from kgplan.errors import CorpusError
from kgplan.model import Plan

if TYPE_CHECKING:
    from kgplan.retrieval.vectors import PassageVectors


class Earlier:
    """A corpus directory with a manifest that can be read."""

    def __init__(self, directory: Path) -> None:
        """Raises CorpusError when there is no corpus, or none that this kgplan reads."""
        self.directory = directory
        self.manifest = manifests.read(directory)
        try:
            self.base: str = self.manifest["base"]
            self.encoder: str = self.manifest["encoder"]["name"]
            self.fingerprint: str = self.manifest["encoder"]["fingerprint"]
            self.entries: dict[str, dict[str, Any]] = {entry["id"]: entry for entry in self.manifest["plans"]}
        except (KeyError, TypeError) as error:
            raise CorpusError(
                f"{directory / manifests.MANIFEST} is broken ({error!r}); build the corpus again with: kgplan build"
            ) from error

    @classmethod
    def find(cls, directory: Path) -> Earlier | None:
        """The corpus in ``directory``; None when there is none, or none that this kgplan reads."""
        try:
            return cls(directory)
        except CorpusError:
            return None

    @cached_property
    def intact(self) -> bool:
        """Whether all files are as they were written."""
        try:
            manifests.check_files(self.directory, self.manifest)
        except (CorpusError, KeyError):
            return False
        return True

    @property
    def changes(self) -> str | None:
        """The text of the file of agencies' changes that it was built with, if there was one."""
        path = self.directory / manifests.CHANGES
        return path.read_text("utf-8") if path.is_file() else None

    def made_by(self, make: Make) -> bool:
        """Whether ``make`` would make the same of its files again."""
        return bool(self.manifest.get("make") == make.digest)

    def of_file(self, sha256: str, name: str) -> str | None:
        """The id of the plan that the file of that hash and name gave."""
        wanted = (sha256, name)
        return next(
            (
                i
                for i, e in self.entries.items()
                if (e.get("sha256"), e.get("source")) == wanted and not self.imported(i)
            ),
            None,
        )

    def imported(self, plan_id: str) -> bool:
        """Whether it holds a plan of that id that was read out of RDF, not by this kgplan from its document."""
        return bool(self.entries.get(plan_id, {}).get("imported"))

    def plan(self, plan_id: str) -> Plan:
        """The plan of that id."""
        return Plan.from_dict(json.loads(self.plan_file(plan_id).read_text("utf-8")))

    def plan_file(self, plan_id: str) -> Path:
        """The file that holds the plan of that id."""
        return self.directory / manifests.PLANS / f"{plan_id}.json"

    def quads(self, plan_ids: Iterable[str]) -> Iterator[bytes]:
        """The lines of the graph that belong to those plans, in their order."""
        from kgplan.rdf.vocabulary import plan_iri

        graphs = {f"<{plan_iri(plan_id, self.base)}>".encode() for plan_id in plan_ids}
        with (self.directory / manifests.GRAPH).open("rb") as file:
            yield from (line for line in file if line.rsplit(b" ", 2)[-2] in graphs)

    def give_vectors(self, vectors: PassageVectors) -> None:
        """Let ``vectors`` know those of the index, if they are of the same model."""
        keys = self.directory / manifests.PASSAGES
        if self.intact and self.fingerprint == vectors.encoder.fingerprint and keys.is_file():
            from kgplan.retrieval.storage import DENSE

            vectors.load_index(self.directory / manifests.RETRIEVAL / DENSE, keys.read_bytes())
