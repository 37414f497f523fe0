"""The index that search and answers use: meaning and words together, over the statements of a corpus."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgplan.errors import CorpusError, EncoderError, QuestionError
from kgplan.model import Plan
from kgplan.parsing.topics import load_thesaurus
from kgplan.parsing.word_lists import load as load_data
from kgplan.parsing.words import words
from kgplan.retrieval.dense import DenseIndex
from kgplan.retrieval.diacritics import DiacriticRestorer
from kgplan.retrieval.encoders import Encoder, get_encoder
from kgplan.retrieval.language import Language, detect_language, question_phrases
from kgplan.retrieval.lexical import LexicalIndex
from kgplan.retrieval.passages import Passage, passages
from kgplan.retrieval.thesaurus import Expander, Segment, related_topics, topics_of
from kgplan.text import nfc

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Progress = Callable[[int, int], None]

FORMAT = 1
LONGEST_QUERY = 5000
_FILES = ("statements.json", "dense.faiss", "lexical.npz", "syllables.json")
_MANIFEST = "manifest.json"
_CORPUS_TIMES, _DATA_TIMES = 5, 1


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement found: its text at ``start:end`` of the plan, and its sentence that fits best."""

    plan: str
    address: str
    kind: str
    text: str
    start: int
    end: int
    score: float
    best_start: int
    best_end: int


@dataclass(frozen=True, slots=True)
class StatementScore:
    """What the parts of retrieval say of one statement.

    ``dense`` is the highest cosine of its sentences, ``dense_z`` the same in standard deviations from the mean of
    the corpus, ``lexical`` BM25 over an ideal passage's, ``coverage`` the share of the query's words (by importance,
    in Vietnamese or translated) that its best sentence holds, ``topic`` how well its topics are those the query
    names, ``fused`` all of them together, 0 to 1.
    """

    plan: str
    address: str
    dense: float
    dense_z: float
    lexical: float
    coverage: float
    topic: float
    fused: float


@dataclass(frozen=True, slots=True)
class Query:
    """A query as retrieval reads it."""

    text: str
    language: Language
    restored: str
    segments: tuple[Segment, ...]
    topics: tuple[tuple[str, float], ...]

    @property
    def content(self) -> str:
        """What the query is about, English phrases in Vietnamese where they are known."""
        return " ".join(
            " ".join(self.restored[word.start : word.end] for word in segment.words)
            if not (segment.english and segment.alternatives)
            else max(segment.alternatives, key=lambda alternative: alternative.weight).text
            for segment in self.segments
        )


@dataclass(frozen=True, slots=True)
class _Stored:
    plan: str
    address: str
    kind: str
    text: str
    start: int
    end: int
    topics: tuple[str, ...]


class HybridIndex:
    """Dense and lexical indexes over the sentences of one or several plans; results are statements."""

    def __init__(
        self,
        statements: Sequence[_Stored],
        sentences: Sequence[tuple[int, int, int]],
        names: dict[str, str],
        dense: DenseIndex,
        lexical: LexicalIndex,
        restorers: Sequence[DiacriticRestorer | Path],
        encoder: Encoder,
        fingerprint: str,
    ) -> None:
        """``sentences`` are (number of the statement, start, end), in the indexes' order."""
        self._statements = statements
        self._sentences = sentences
        self._names = names
        self._dense, self._lexical = dense, lexical
        self._restorers = restorers
        self.encoder = encoder
        self._fingerprint = fingerprint
        self._checked = False

    @classmethod
    def build(
        cls, plans: Sequence[Plan], encoder: Encoder | None = None, *, progress: Progress | None = None
    ) -> HybridIndex:
        """An index of every statement and context block of ``plans``.

        ``progress`` is told (done, all) sentences as they are encoded. Raises EncoderError from the encoder.
        """
        import numpy as np

        encoder = encoder or get_encoder()
        statements: list[_Stored] = []
        texts: list[Passage] = []
        sentences: list[tuple[int, int, int]] = []
        for plan in plans:
            numbers: dict[str, int] = {}
            for statement in (*plan.statements, *plan.context):
                numbers[statement.address] = len(statements)
                topics = tuple(link.topic for link in statement.topics)
                statements.append(
                    _Stored(
                        plan.id,
                        statement.address,
                        statement.kind,
                        statement.text,
                        statement.start,
                        statement.end,
                        topics,
                    )
                )
            for passage in passages(plan):
                texts.append(passage)
                sentences.append((numbers[passage.address], passage.start, passage.end))
        if not texts:
            raise CorpusError("There is nothing to index: the plans hold no statements")
        vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
        step = 16
        for first in range(0, len(texts), step):
            part = texts[first : first + step]
            vectors[first : first + len(part)] = encoder.encode_passages([passage.in_context for passage in part])
            if progress is not None:
                progress(first + len(part), len(texts))
        return cls(
            statements,
            sentences,
            _names(plans),
            DenseIndex.build(vectors),
            LexicalIndex.build(texts),
            [DiacriticRestorer.build([*((plan.text, _CORPUS_TIMES) for plan in plans), *_known_phrases()])],
            encoder,
            encoder.fingerprint,
        )

    def save(self, directory: str | Path) -> None:
        """Write the index to ``directory``, replacing what is there; nothing is half-written.

        Raises:
            CorpusError: the folder cannot be written.
        """
        target = Path(directory)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as name:
                fresh = Path(name) / "new"
                fresh.mkdir()
                self._write(fresh)
                if target.exists():
                    target.rename(Path(name) / "old")
                fresh.rename(target)
        except OSError as error:
            raise CorpusError(
                f"The index cannot be written to {target}: {error}; choose a folder you may write"
            ) from error

    def _write(self, directory: Path) -> None:
        stored = {
            "names": self._names,
            "statements": [list(asdict(statement).values()) for statement in self._statements],
            "sentences": [list(sentence) for sentence in self._sentences],
        }
        (directory / "statements.json").write_text(_json(stored), encoding="utf-8")
        self._dense.save(directory / "dense.faiss")
        self._lexical.save(directory / "lexical.npz")
        self._restorer.save(directory / "syllables.json")
        manifest = {
            "format": FORMAT,
            "encoder": self.encoder.name,
            "dimension": self._dense.dimension,
            "fingerprint": self._fingerprint,
            "files": {name: _sha256(directory / name) for name in _FILES},
        }
        (directory / _MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, source: str | Path | Sequence[str | Path], encoder: Encoder | None = None) -> HybridIndex:
        """The index in the folder ``source``, or those of several folders as one; the model is loaded when first used.

        ``encoder`` stands for the one that the index names and must be the same model.

        Raises:
            CorpusError: a file is missing, broken or of another format, or the folders' models differ.
        """
        folders = [Path(source)] if isinstance(source, str | Path) else [Path(folder) for folder in source]
        parts = [cls._load(folder, encoder) for folder in folders]
        return parts[0] if len(parts) == 1 else cls._merge(parts, folders)

    @classmethod
    def _load(cls, folder: Path, encoder: Encoder | None) -> HybridIndex:
        manifest = _manifest(folder)
        stored = json.loads((folder / "statements.json").read_text(encoding="utf-8"))
        index = cls(
            [_stored(row) for row in stored["statements"]],
            [(number, start, end) for number, start, end in stored["sentences"]],
            stored["names"],
            DenseIndex.load(folder / "dense.faiss"),
            LexicalIndex.load(folder / "lexical.npz"),
            (folder / "syllables.json",),
            encoder or get_encoder(manifest["encoder"]),
            manifest["fingerprint"],
        )
        if not len(index._dense) == len(index._lexical) == len(index._sentences):
            raise CorpusError(f"The index in {folder} does not fit together: rebuild the corpus")
        return index

    @classmethod
    def _merge(cls, parts: Sequence[HybridIndex], folders: Sequence[Path]) -> HybridIndex:
        for part, folder in zip(parts, folders, strict=True):
            if part._fingerprint != parts[0]._fingerprint:
                raise CorpusError(f"The indexes in {folders[0]} and {folder} were built with different models")
        statements: list[_Stored] = []
        sentences: list[tuple[int, int, int]] = []
        names: dict[str, str] = {}
        for part in parts:
            sentences.extend((number + len(statements), start, end) for number, start, end in part._sentences)
            statements.extend(part._statements)
            names.update(part._names)
        return cls(
            statements,
            sentences,
            names,
            DenseIndex.merge([part._dense for part in parts]),
            LexicalIndex.merge([part._lexical for part in parts]),
            [source for part in parts for source in part._restorers],
            parts[0].encoder,
            parts[0]._fingerprint,
        )

    @cached_property
    def _restorer(self) -> DiacriticRestorer:
        loaded = [
            source if isinstance(source, DiacriticRestorer) else DiacriticRestorer.load(source)
            for source in self._restorers
        ]
        return loaded[0] if len(loaded) == 1 else DiacriticRestorer.merge(loaded)

    @cached_property
    def _expander(self) -> Expander:
        return Expander(self._names)

    def restore_diacritics(self, text: str) -> str:
        """``text`` with diacritics when it is Vietnamese without any; else unchanged."""
        return self._restorer.restore(text) if detect_language(text) == "vi" else nfc(text)

    def read(self, query: str) -> Query:
        """How retrieval reads ``query``.

        Raises:
            QuestionError: it is empty or longer than :data:`LONGEST_QUERY` characters.
        """
        text = " ".join(nfc(query).split())
        if not text:
            raise QuestionError("The query is empty: give words to search for")
        if len(text) > LONGEST_QUERY:
            raise QuestionError(f"The query has {len(text)} characters: give at most {LONGEST_QUERY}")
        language = detect_language(text)
        restored = self._restorer.restore(text) if language == "vi" else text
        segments = tuple(self._expander.segments(words(restored), language, self._lexical.joined))
        return Query(text, language, restored, segments, tuple(topics_of(segments)))

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The ``k`` statements that fit ``query`` best, best first; equals in the order of the text.

        Raises:
            QuestionError: the query is empty or too long.
        """
        features = self._features(self.read(query))
        hits = []
        for number in _ranked(features.fused, k):
            statement = self._statements[number]
            _, start, end = self._sentences[features.best[number]]
            hits.append(
                Hit(
                    statement.plan,
                    statement.address,
                    statement.kind,
                    statement.text,
                    statement.start,
                    statement.end,
                    float(features.fused[number]),
                    start,
                    end,
                )
            )
        return hits

    def scores(self, query: str) -> list[StatementScore]:
        """Every statement with its scores, in the order of the plans and their texts.

        Raises:
            QuestionError: the query is empty or too long.
        """
        features = self._features(self.read(query))
        return [
            StatementScore(statement.plan, statement.address, *map(float, row))
            for statement, row in zip(self._statements, zip(*features.columns, strict=True), strict=True)
        ]

    def _features(self, query: Query) -> _Features:
        import numpy as np

        cosines = self._cosines(query)
        lexical, coverage = self._word_scores(query)
        owners = self._owners
        best_dense = _highest(cosines, owners, len(self._statements))
        spread = float(best_dense.std()) or 1.0
        z = (best_dense - best_dense.mean()) / np.float32(spread)
        best_lexical = _highest(lexical, owners, len(self._statements))
        best_coverage = _highest(coverage, owners, len(self._statements))
        topic = self._topic_scores(query)
        fused = fuse(z, best_lexical, topic)
        sentence = (cosines - best_dense.mean()) / np.float32(spread) + LEXICAL_WEIGHT * lexical
        best = np.zeros(len(self._statements), dtype=np.int64)
        order = np.argsort(sentence, kind="stable")
        best[owners[order]] = order
        return _Features((best_dense, z, best_lexical, best_coverage, topic, fused), best)

    def _cosines(self, query: Query) -> Floats:
        """Cosine of each sentence with the query: the mean of it whole and of its content in Vietnamese."""
        self._check_encoder()
        texts = list(dict.fromkeys((query.restored, query.content)))
        cosines: Floats = self._dense.cosines(self.encoder.encode_queries(texts)).mean(axis=0)
        return cosines

    def _check_encoder(self) -> None:
        if self._checked:
            return
        if self.encoder.fingerprint != self._fingerprint or self.encoder.dimension != self._dense.dimension:
            raise EncoderError(
                f"The index was built with another model than {self.encoder.name!r} now is: rebuild the corpus, "
                "or open it with the model it was built with"
            )
        self._checked = True

    def _word_scores(self, query: Query) -> tuple[Floats, Floats]:
        import numpy as np

        score = np.zeros(len(self._sentences), dtype=np.float32)
        coverage = np.zeros(len(self._sentences), dtype=np.float32)
        total = 0.0
        for segment in query.segments:
            typos = query.language == "vi" and not segment.english
            best_score = self._lexical.score(segment.words, typos=typos)
            best_coverage = self._lexical.coverage(segment.words, typos=typos)
            importance = self._lexical.importance(segment.words)
            for alternative in segment.alternatives:
                weight, tokens = np.float32(alternative.weight), alternative.words
                np.maximum(best_score, weight * self._lexical.score(tokens, typos=False), out=best_score)
                np.maximum(
                    best_coverage,
                    weight * self._lexical.coverage(tokens, typos=False),
                    out=best_coverage,
                )
            score += np.float32(importance) * best_score
            coverage += np.float32(importance) * best_coverage
            total += importance
        total = total or 1.0
        return score / np.float32(total), coverage / np.float32(total)

    def _topic_scores(self, query: Query) -> Floats:
        import numpy as np

        scores = np.zeros(len(self._statements), dtype=np.float32)
        thesaurus = load_thesaurus()
        for topic, share in query.topics:
            near = related_topics(thesaurus, topic)
            for number, statement in enumerate(self._statements):
                worth = max((near.get(own, 0.0) for own in statement.topics), default=0.0)
                scores[number] = max(scores[number], share * worth)
        return scores

    @cached_property
    def _owners(self) -> NDArray[np.int64]:
        import numpy as np

        return np.array([number for number, _, _ in self._sentences], dtype=np.int64)


LEXICAL_WEIGHT = 3.0
TOPIC_WEIGHT = 1.0


def fuse(z: Floats, lexical: Floats, topic: Floats) -> Floats:
    """One score between 0 and 1."""
    import numpy as np

    total = z + LEXICAL_WEIGHT * lexical + TOPIC_WEIGHT * topic
    fused: Floats = (1 / (1 + np.exp(-(total - 4.0) / 1.5))).astype(np.float32)
    return fused


@dataclass(frozen=True, slots=True)
class _Features:
    columns: tuple[Floats, ...]
    best: NDArray[np.int64]

    @property
    def fused(self) -> Floats:
        return self.columns[-1]


def _highest(values: Floats, owners: NDArray[np.int64], size: int) -> Floats:
    import numpy as np

    highest = np.full(size, -np.inf, dtype=np.float32)
    np.maximum.at(highest, owners, values)
    return highest


def _ranked(scores: Floats, k: int) -> list[int]:
    import numpy as np

    return [int(number) for number in np.argsort(-scores, kind="stable")[: max(0, k)]]


def _names(plans: Iterable[Plan]) -> dict[str, str]:
    names: dict[str, str] = {}
    for plan in plans:
        for agency in plan.agencies:
            for other in (agency.name, agency.name_en, *agency.aliases):
                if other:
                    names.setdefault(other, agency.name)
    return names


def _known_phrases() -> Iterable[tuple[str, int]]:
    """Vietnamese that questions use and plans may not: the thesaurus, the glossary, the wording of questions."""
    for concept in load_thesaurus().concepts.values():
        for label in (*concept.labels("vi"), *concept.hidden):
            yield label, _DATA_TIMES
    glossary = load_data("glossary")
    for translations in glossary["en"].values():
        for translation in translations:
            yield translation, _DATA_TIMES
    for phrase in glossary["vi"]:
        yield phrase, _DATA_TIMES
    for phrase in question_phrases():
        yield phrase, _DATA_TIMES


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / _MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise CorpusError(
                f"The index in {folder} has format {manifest['format']}, not {FORMAT}: rebuild the corpus"
            )
        broken = [name for name, digest in manifest["files"].items() if _sha256(folder / name) != digest]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"There is no whole index in {folder} ({error}): rebuild the corpus") from error
    if broken:
        raise CorpusError(
            f"The index in {folder} is broken ({', '.join(broken)} changed since it was built): rebuild the corpus"
        )
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _stored(row: Sequence[Any]) -> _Stored:
    plan, address, kind, text, start, end, topics = row
    return _Stored(plan, address, kind, text, start, end, tuple(topics))
