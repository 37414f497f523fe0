"""Topics by meaning: the vectors of the thesaurus's labels, and which topics a query is about.

The English labels suffice for every language, since encoders that serve Vietnamese are cross-lingual. This finds the
topic of words that neither the thesaurus nor the glossary has ("who hunts tax cheats" is taxation). Everyday matters
that no plan is about (``data/everyday_matters.json``) stand beside the topics, so that what is about a recipe is not
taken for what is about food safety.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kgplan.errors import CorpusError
from kgplan.parsing.topics import load_thesaurus
from kgplan.resources import DATA, INDEXES
from kgplan.retrieval.arrays import encoded, save_arrays
from kgplan.retrieval.encoders import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float16]

_TEMPERATURE = 0.015
_UNSURE, _SURE = 2.0, 5.0  # deviations of the best topic from the mean: not at all, fully
_MOST = 6


@cache
def everyday_matters() -> dict[str, list[str]]:
    """The English labels of matters that no plan is about, by what they are called among the topics."""
    matters = json.loads((DATA / "everyday_matters.json").read_text("utf-8"))["matters"]
    return {f"everyday/{name}": labels for name, labels in matters.items()}


class TopicVectors:
    """Labels, the topic of each, and their vectors."""

    def __init__(self, labels: Sequence[str], topics: Sequence[str], vectors: Vectors, fingerprint: str) -> None:
        """``vectors`` are float16 ``[labels, dimension]`` of the model with that ``fingerprint``."""
        self._labels, self._topics, self._vectors, self._fingerprint = labels, topics, vectors, fingerprint

    @classmethod
    def build(
        cls, encoder: Encoder, progress: Callable[[int, int], None] | None = None, earlier: Path | None = None
    ) -> TopicVectors:
        """The vectors of the labels of the thesaurus's topics and of the everyday matters.

        Those that a ready-built index, or the file ``earlier``, has of the same model are reused. The others are
        encoded a topic at a time, so that a vector depends on its topic alone.
        """
        import numpy as np

        labels = {
            slug: concept.labels("en") for slug, concept in load_thesaurus().concepts.items()
        } | everyday_matters()
        known = _ready_built(encoder.fingerprint, earlier)
        vectors: list[Vectors] = []
        for done, (slug, texts) in enumerate(labels.items(), start=1):
            if (slug, *texts) in known:
                vectors.append(known[slug, *texts])
                continue
            vectors.append(encoder.encode_queries(texts).astype(np.float16))
            if progress is not None:
                progress(done, len(labels))
        return cls(
            [text for texts in labels.values() for text in texts],
            [slug for slug, texts in labels.items() for _ in texts],
            np.concatenate(vectors),
            encoder.fingerprint,
        )

    @classmethod
    def load(cls, path: Path) -> TopicVectors:
        """What :meth:`save` wrote.

        Raises:
            CorpusError: the file is missing or broken.
        """
        import numpy as np

        try:
            with np.load(path, allow_pickle=False) as stored:
                labels, topics, fingerprint = (
                    stored[name].tobytes().decode() for name in ("labels", "topics", "fingerprint")
                )
                return cls(labels.split("\n"), topics.split("\n"), stored["vectors"], fingerprint)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise CorpusError(
                f"{path} holds no topic vectors that can be read ({error}): rebuild the corpus"
            ) from error

    def save(self, path: Path) -> None:
        """Write the vectors to ``path``."""
        texts = {
            "labels": "\n".join(self._labels),
            "topics": "\n".join(self._topics),
            "fingerprint": self._fingerprint,
        }
        save_arrays(path, {name: encoded(text) for name, text in texts.items()} | {"vectors": self._vectors})

    def match(self, query: NDArray[np.float32]) -> dict[str, float]:
        """The topics that the query of that vector ``[dimension]`` is about, best first, each with how surely (0 to 1).

        The best topic is the surer the further its cosine stands out of all topics'; the others follow by how far
        they are behind it.
        """
        import numpy as np

        names, owners = self._index
        cosines = np.full(len(names), -1.0, dtype=np.float32)
        np.maximum.at(cosines, owners, self.vectors @ query)
        best = cosines.max()
        deviation = (best - cosines.mean()) / np.float32(cosines.std() or 1.0)
        sure = min(1.0, max(0.0, float(deviation - _UNSURE) / (_SURE - _UNSURE)))
        order = np.argsort(-cosines, kind="stable")[:_MOST]
        return {names[row]: sure * float(np.exp((cosines[row] - best) / _TEMPERATURE)) for row in order}

    @cached_property
    def vectors(self) -> NDArray[np.float32]:
        """The vectors of all labels: float32 ``[labels, dimension]``."""
        return self._vectors.astype("float32")

    @cached_property
    def _index(self) -> tuple[list[str], NDArray[np.int64]]:
        import numpy as np

        names = list(dict.fromkeys(self._topics))
        numbers = {name: number for number, name in enumerate(names)}
        owners = np.array([numbers[topic] for topic in self._topics], dtype=np.int64)
        return names, owners

    def by_topic(self, fingerprint: str) -> dict[tuple[str, ...], Vectors]:
        """The vectors of each topic's labels, by the topic and its labels; nothing when they are another model's."""
        if fingerprint != self._fingerprint:
            return {}
        rows: dict[str, list[int]] = {}
        for row, topic in enumerate(self._topics):
            rows.setdefault(topic, []).append(row)
        return {
            (topic, *(self._labels[row] for row in numbers)): self._vectors[numbers] for topic, numbers in rows.items()
        }


def _ready_built(fingerprint: str, earlier: Path | None) -> dict[tuple[str, ...], Vectors]:
    """The vectors of topics' labels that the indexes coming with kgplan, and the file ``earlier``, hold."""
    known: dict[tuple[str, ...], Vectors] = {}
    for path in (*([earlier] if earlier else []), *sorted(INDEXES.glob("*/retrieval/topics.npz"))):
        try:
            known.update(TopicVectors.load(path).by_topic(fingerprint))
        except CorpusError:
            continue  # that index is broken: whoever opens it is told; the vectors are made anew
    return known
