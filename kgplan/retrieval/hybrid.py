"""The index that search and answers use: meaning and words together, over the statements of a corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kgplan.errors import CorpusError, EncoderError
from kgplan.model import Plan
from kgplan.parsing.topics import load_thesaurus
from kgplan.retrieval import storage
from kgplan.retrieval.collect import collect, make_restorer
from kgplan.retrieval.dense import DenseIndex
from kgplan.retrieval.diacritics import DiacriticRestorer
from kgplan.retrieval.encoders import Encoder, get_encoder
from kgplan.retrieval.fusion import Features, Weights, fuse
from kgplan.retrieval.hits import Hit
from kgplan.retrieval.lexical import LexicalIndex
from kgplan.retrieval.query import Query, QueryReader
from kgplan.retrieval.storage import Contents
from kgplan.retrieval.terms import unheard
from kgplan.retrieval.thesaurus import Expander, related_topics
from kgplan.retrieval.topic_vectors import TopicVectors
from kgplan.retrieval.vectors import PassageVectors
from kgplan.retrieval.verbatim import verbatim
from kgplan.retrieval.word_scores import score_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kgplan.parsing.words import Word

    Floats = NDArray[np.float32]

Progress = Callable[[int, int], None]
_SAMPLE = 200
"""Passages that tell what cosines are usual."""


@dataclass(frozen=True, slots=True)
class StatementScore:
    """What the parts of retrieval say of one statement.

    ``dense`` is the highest cosine of its sentences, ``dense_z`` the same in standard deviations from the mean of
    the corpus, ``lexical`` BM25 over an ideal passage's, ``coverage`` the share of the query's words (by importance,
    in Vietnamese or translated) that its best sentence holds, ``last`` the same of the query's last phrase alone,
    ``missed`` the share of the query that is phrases the thesaurus or glossary knows and the statement does not hold,
    ``topic`` how surely its topics are what the query is about, ``fused`` all of them together, 0 to 1.
    """

    plan: str
    address: str
    verbatim: bool
    dense: float
    dense_z: float
    lexical: float
    coverage: float
    last: float
    missed: float
    topic: float
    fused: float


@dataclass(frozen=True, slots=True)
class Examination:
    """All that an index says of a query: how it reads it; the ``scores`` of every statement, in the order of the plans
    and their texts; the topics and everyday matters that it is about by its meaning alone, best first, each with how
    surely (0 to 1); and the share of it that is known terms no statement holds."""

    query: Query
    scores: list[StatementScore]
    meant: dict[str, float]
    unheard: float


class HybridIndex:
    """Dense and lexical indexes over the sentences of one or several plans; results are statements."""

    def __init__(
        self,
        contents: Contents,
        dense: DenseIndex,
        lexical: LexicalIndex,
        topics: TopicVectors | Path,
        restorers: Sequence[DiacriticRestorer | Path],
        encoder: Encoder,
        fingerprint: str,
    ) -> None:
        """Made by :meth:`build` and :meth:`load`; ``topics`` and ``restorers`` may be files, read when needed."""
        self._contents = contents
        self._dense, self._lexical = dense, lexical
        self._topic_source = topics
        self._restorers = restorers
        self.encoder = encoder
        self.weights = Weights()
        self._fingerprint = fingerprint
        self._checked = False

    @classmethod
    def build(
        cls,
        plans: Sequence[Plan],
        encoder: Encoder | None = None,
        *,
        progress: Progress | None = None,
        vectors: PassageVectors | None = None,
        earlier: Path | None = None,
    ) -> HybridIndex:
        """An index of every statement and context block of ``plans``.

        ``progress`` is told (done, all) sentences, then topics, as they are encoded. What ``vectors`` knows is not
        encoded again, nor topics whose labels the index in the folder ``earlier`` has.

        Raises:
            CorpusError: the plans hold no statement.
            EncoderError: the encoder cannot be used.
        """
        encoder = encoder or get_encoder()
        contents, texts = collect(plans)
        if not texts:
            raise CorpusError("There is nothing to index: the plans hold no statements")
        return cls(
            contents,
            DenseIndex.build((vectors or PassageVectors(encoder)).encode(texts, progress)),
            LexicalIndex.build(texts),
            TopicVectors.build(encoder, progress, earlier and earlier / storage.TOPICS),
            [make_restorer(plans)],
            encoder,
            encoder.fingerprint,
        )

    def save(self, directory: str | Path) -> None:
        """Write the index to the folder ``directory``, replacing what is there; nothing is half-written.

        Raises:
            CorpusError: the folder cannot be written.
        """

        def fill(folder: Path) -> None:
            self._dense.save(folder / storage.DENSE)
            self._lexical.save(folder / storage.LEXICAL)
            self._restorer.save(folder / storage.SYLLABLES)
            self._topics.save(folder / storage.TOPICS)

        described = {
            "encoder": self.encoder.name,
            "dimension": self._dense.dimension,
            "fingerprint": self._fingerprint,
        }
        storage.write(Path(directory), fill, self._contents, described)

    @classmethod
    def load(cls, source: str | Path | Sequence[str | Path], encoder: Encoder | None = None) -> HybridIndex:
        """The index in the folder ``source``, or those of several folders as one; the model is loaded when first used.

        ``encoder`` stands for the one that the index names and must be the same model.

        Raises:
            CorpusError: a file is missing, broken or of another format, or the folders' models differ.
        """
        folders = [Path(source)] if isinstance(source, str | Path) else [Path(folder) for folder in source]
        parts = [cls._load(folder, encoder) for folder in folders]
        if len(parts) == 1:
            return parts[0]
        for part, folder in zip(parts, folders, strict=True):
            if part._fingerprint != parts[0]._fingerprint:
                raise CorpusError(f"The indexes in {folders[0]} and {folder} were built with different models")
        return cls(
            Contents.merge(part._contents for part in parts),
            DenseIndex.merge([part._dense for part in parts]),
            LexicalIndex.merge([part._lexical for part in parts]),
            parts[0]._topic_source,
            [restorer for part in parts for restorer in part._restorers],
            parts[0].encoder,
            parts[0]._fingerprint,
        )

    @classmethod
    def _load(cls, folder: Path, encoder: Encoder | None) -> HybridIndex:
        contents, manifest = storage.read(folder)
        dense, lexical = DenseIndex.load(folder / storage.DENSE), LexicalIndex.load(folder / storage.LEXICAL)
        if not len(dense) == len(lexical) == len(contents.sentences):
            raise CorpusError(f"The index in {folder} does not fit together: rebuild the corpus")
        return cls(
            contents,
            dense,
            lexical,
            folder / storage.TOPICS,
            [folder / storage.SYLLABLES],
            encoder or get_encoder(manifest["encoder"]),
            manifest["fingerprint"],
        )

    @cached_property
    def _topics(self) -> TopicVectors:
        source = self._topic_source
        return source if isinstance(source, TopicVectors) else TopicVectors.load(source)

    @cached_property
    def _restorer(self) -> DiacriticRestorer:
        loaded = [
            source if isinstance(source, DiacriticRestorer) else DiacriticRestorer.load(source)
            for source in self._restorers
        ]
        return loaded[0] if len(loaded) == 1 else DiacriticRestorer.merge(loaded)

    @cached_property
    def reader(self) -> QueryReader:
        """Reads queries for this index."""
        return QueryReader(Expander(self._contents.names), self._restorer, self._lexical.joined)

    def restore_diacritics(self, text: str) -> str:
        """``text`` with diacritics when it is Vietnamese without any; else unchanged."""
        return self.reader.restore(text)

    def read(self, query: str) -> Query:
        """How retrieval reads ``query``. Raises QuestionError when it is empty or too long."""
        return self.reader.read(query)

    def holds(self, tokens: Sequence[Word]) -> bool:
        """Whether some passage holds one of the words."""
        return any(self._lexical.knows(word) for word in tokens)

    @cached_property
    def usual_cosine(self) -> tuple[float, float]:
        """Mean and standard deviation of the cosines between matters of all kinds and passages: the encoder's scale."""
        cosines = (self._topics.vectors @ self._dense.sample(_SAMPLE).transpose(1, 2, 0)).max(axis=0)
        return float(cosines.mean()), float(cosines.std() or 1.0)

    def importance(self, tokens: Sequence[Word]) -> float:
        """How much the words tell passages apart: their summed inverse document frequency."""
        return float(self._lexical.importance(tokens))

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The ``k`` statements that fit ``query`` best, best first; equals in the order of the text.

        Raises:
            QuestionError: the query is empty or too long.
            EncoderError: the model cannot be used, or is not the one the index was built with.
        """
        import numpy as np

        read = self.reader.read(query)
        features, best = self._features(read, self._encode(read))
        fused = features.fused
        hits = []
        for number in np.argsort(-fused, kind="stable")[: max(0, k)]:
            statement = self._contents.statements[number]
            _, start, end = self._contents.sentences[best[number]]
            hits.append(
                Hit(
                    statement.plan,
                    statement.address,
                    statement.kind,
                    statement.text,
                    statement.start,
                    statement.end,
                    float(fused[number]),
                    start,
                    end,
                )
            )
        return hits

    def scores(self, query: str) -> list[StatementScore]:
        """Every statement with its scores, in the order of the plans and their texts.

        Raises:
            QuestionError: the query is empty or too long.
            EncoderError: the model cannot be used, or is not the one the index was built with.
        """
        return self.examine(query).scores

    def examine(self, query: str, plan: str | None = None) -> Examination:
        """The scores of every statement, of the whole corpus or of one plan, and what else the index says of ``query``.

        Raises:
            QuestionError: the query is empty or too long.
            EncoderError: the model cannot be used, or is not the one the index was built with.
        """
        import numpy as np

        read = self.reader.read(query)
        vectors = self._encode(read)
        features, _ = self._features(read, vectors)
        columns = zip(
            features.dense,
            features.dense_z,
            features.words.score,
            features.words.coverage,
            features.words.last,
            features.words.missed,
            features.topic,
            features.fused,
            strict=True,
        )
        whole = verbatim(self._lexical, read, self._contents.statements, self._owners)
        scores = [
            StatementScore(statement.plan, statement.address, number in whole, *map(float, row))
            for number, (statement, row) in enumerate(zip(self._contents.statements, columns, strict=True))
            if plan in (None, statement.plan)
        ]
        asked = np.array([plan in (None, statement.plan) for statement in self._contents.statements])
        return Examination(
            read,
            scores,
            self._topics.match(vectors[0]),
            unheard(self._lexical, read, np.flatnonzero(asked[self._owners])),
        )

    def topics(self, query: str) -> list[tuple[str, float]]:
        """The topics that ``query`` is about, by name or by meaning, best first, each with how surely (0 to 1).

        Raises:
            QuestionError: the query is empty or too long.
            EncoderError: the model cannot be used, or is not the one the index was built with.
        """
        read = self.reader.read(query)
        concepts = load_thesaurus().concepts
        asked = self._asked(read, self._encode(read))
        return sorted((item for item in asked.items() if item[0] in concepts), key=lambda item: (-item[1], item[0]))

    def _asked(self, query: Query, vectors: Floats) -> dict[str, float]:
        """How surely the query is about each topic: by its meaning, or by the share of its words that name it."""
        asked = self._topics.match(vectors[0])
        for topic, share in query.topics:
            asked[topic] = max(share, asked.get(topic, 0.0))
        return asked

    def _features(self, query: Query, vectors: Floats) -> tuple[Features, NDArray[np.int64]]:
        """What the parts say of every statement, and the number of each one's best sentence."""
        import numpy as np

        cosines = self._dense.cosines(vectors).mean(axis=0)
        lexical, words = score_words(self._lexical, query, self._highest)
        dense = self._highest(cosines)
        spread = np.float32(dense.std() or 1.0)
        z = (dense - dense.mean()) / spread
        topic = self._topic_scores(self._asked(query, vectors))
        features = fuse(query, self._contents.statements, dense, z, words, topic, self.weights)
        order = np.argsort(cosines / spread + lexical, kind="stable")
        best = np.zeros(len(self._contents.statements), dtype=np.int64)
        best[self._owners[order]] = order
        return features, best

    def _encode(self, query: Query) -> Floats:
        """Vectors of the query as it is and, if that differs, of what it is about, in Vietnamese where known."""
        if not self._checked:
            self._check_encoder()
        texts = dict.fromkeys((query.restored, query.content or query.restored))
        return self.encoder.encode_queries(list(texts))

    def _check_encoder(self) -> None:
        if self.encoder.fingerprint != self._fingerprint or self.encoder.dimension != self._dense.dimension:
            raise EncoderError(
                f"The index was built with another model than {self.encoder.name!r} now is: rebuild the corpus, "
                "or open it with the model it was built with"
            )
        self._checked = True

    def _topic_scores(self, asked: Mapping[str, float]) -> Floats:
        """How well each statement's topics are those ``asked``, with how surely each is."""
        import numpy as np

        near: dict[str, float] = {}
        thesaurus = load_thesaurus()
        for topic, sure in asked.items():
            if topic in thesaurus.concepts:
                for other, worth in related_topics(thesaurus, topic).items():
                    near[other] = max(near.get(other, 0.0), sure * worth)
        statements = self._contents.statements
        worths = (max((near.get(topic, 0.0) for topic in statement.topics), default=0.0) for statement in statements)
        return np.fromiter(worths, dtype=np.float32, count=len(statements))

    def _highest(self, values: Floats) -> Floats:
        """For each statement the highest of its sentences' ``values``."""
        import numpy as np

        highest = np.full(len(self._contents.statements), -np.inf, dtype=np.float32)
        np.maximum.at(highest, self._owners, values)
        return highest

    @cached_property
    def _owners(self) -> NDArray[np.int64]:
        import numpy as np

        return np.array([number for number, _, _ in self._contents.sentences], dtype=np.int64)
