"""The lexical index: BM25 over syllables without diacritics, syllables with them, and adjacent pairs.

The weight of a term in a passage is computed when the index is built ("eager" scoring: Lù, "BM25S", 2024), by the
Lucene variant of BM25 (Robertson & Zaragoza 2009; Kamphuis et al. 2020), so that a query is a sum of postings. The
arrays are plain numpy: scipy, which bm25s needs, would double the time to the first answer.
"""

from __future__ import annotations

import math
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgplan.errors import CorpusError
from kgplan.parsing.words import Word, is_compound, words
from kgplan.retrieval.arrays import encoded, save_arrays
from kgplan.retrieval.passages import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

K1 = 1.2
B = 0.75
AROUND_WEIGHT = 0.5
FULL_WEIGHT = 0.5
PAIR_WEIGHT = 2.0
NEAR_WEIGHT = 0.6
COMPOUND_WEIGHT = 3.0
_PAIR = "_"
_SPACES = ("plain", "full", "pair")


def pairs(tokens: Sequence[Word]) -> list[str]:
    """Adjacent pairs of plain syllables, which hold most Vietnamese words."""
    singles = [word.plain for word in tokens if not is_compound(word)]
    return [f"{left}{_PAIR}{right}" for left, right in pairwise(singles)]


class Postings:
    """One space of terms: the passages that hold each term, and the term's BM25 weight there."""

    def __init__(
        self, terms: Sequence[str], starts: NDArray[np.int64], rows: NDArray[np.int32], counts: Floats, lengths: Floats
    ) -> None:
        """Term ``i`` stands in passages ``rows[starts[i]:starts[i+1]]``, ``counts`` times; ``lengths`` are theirs."""
        import numpy as np

        self.terms, self.starts, self.rows, self.counts, self.lengths = terms, starts, rows, counts, lengths
        self.size = len(lengths)
        frequencies = np.diff(starts)
        self._idfs = np.log(1 + (self.size - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
        norms = K1 * (1 - B + B * lengths / np.float32(lengths.mean() or 1.0))
        saturated = counts * np.float32(K1 + 1) / (counts + norms[rows])
        self._weights = (np.repeat(self._idfs, frequencies) * saturated).astype(np.float32)

    @classmethod
    def build(cls, documents: Sequence[Mapping[str, float]]) -> Postings:
        """Postings of ``documents``, each a weighted count of its terms."""
        postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, document in enumerate(documents):
            for term, count in document.items():
                postings[term].append((row, count))
        return cls._from(postings, [sum(document.values()) for document in documents])

    @classmethod
    def merge(cls, parts: Sequence[Postings]) -> Postings:
        """The postings of all ``parts`` as one, their passages in the parts' order."""
        postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        lengths: list[float] = []
        for part in parts:
            for number, term in enumerate(part.terms):
                span = slice(part.starts[number], part.starts[number + 1])
                rows = (part.rows[span] + len(lengths)).tolist()
                postings[term].extend(zip(rows, part.counts[span].tolist(), strict=True))
            lengths.extend(part.lengths.tolist())
        return cls._from(postings, lengths)

    @classmethod
    def _from(cls, postings: Mapping[str, Sequence[tuple[int, float]]], lengths: Sequence[float]) -> Postings:
        import numpy as np

        terms = sorted(postings)
        starts = np.zeros(len(terms) + 1, dtype=np.int64)
        np.cumsum([len(postings[term]) for term in terms], out=starts[1:])
        pairs = [pair for term in terms for pair in postings[term]]
        rows = np.array([row for row, _ in pairs], dtype=np.int32)
        counts = np.array([count for _, count in pairs], dtype=np.float32)
        return cls(terms, starts, rows, counts, np.array(lengths, dtype=np.float32))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {term: number for number, term in enumerate(self.terms)}

    def __contains__(self, term: str) -> bool:
        return term in self._numbers

    def idf(self, term: str) -> float:
        """Inverse document frequency; a term of no passage has the highest."""
        number = self._numbers.get(term)
        return math.log(1 + (self.size + 0.5) / 0.5) if number is None else float(self._idfs[number])

    def weight(self, term: str) -> Floats:
        """The term's weight in every passage, ``[size]``."""
        import numpy as np

        scores = np.zeros(self.size, dtype=np.float32)
        number = self._numbers.get(term)
        if number is not None:
            part = slice(self.starts[number], self.starts[number + 1])
            scores[self.rows[part]] = self._weights[part]
        return scores


class LexicalIndex:
    """Passages by their words."""

    def __init__(self, spaces: Mapping[str, Postings]) -> None:
        self._spaces = spaces
        self._plain, self._full, self._pair = (spaces[name] for name in _SPACES)

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> LexicalIndex:
        """An index of ``passages`` in their order; words of headings and of the agencies named first count less."""
        documents: dict[str, list[dict[str, float]]] = {name: [] for name in _SPACES}
        for passage in passages:
            counts: dict[str, defaultdict[str, float]] = {name: defaultdict(float) for name in _SPACES}
            around = (*passage.headings, passage.text[: passage.core])
            for text, weight in ((passage.text[passage.core :], 1.0), *((text, AROUND_WEIGHT) for text in around)):
                tokens = words(text)
                for word in tokens:
                    counts["plain"][word.plain] += weight
                    counts["full"][word.full] += weight
                for pair in pairs(tokens):
                    counts["pair"][pair] += weight
            for name in _SPACES:
                documents[name].append(counts[name])
        return cls({name: Postings.build(documents[name]) for name in _SPACES})

    @classmethod
    def merge(cls, parts: Sequence[LexicalIndex]) -> LexicalIndex:
        """The indexes ``parts`` as one, weighted over all their passages."""
        return cls({name: Postings.merge([part._spaces[name] for part in parts]) for name in _SPACES})

    @classmethod
    def load(cls, path: Path) -> LexicalIndex:
        """The index that :meth:`save` wrote.

        Raises:
            CorpusError: the file is missing or broken.
        """
        import numpy as np

        try:
            with np.load(path, allow_pickle=False) as stored:
                spaces = {
                    name: Postings(
                        stored[f"{name}.terms"].tobytes().decode().split("\n"),
                        stored[f"{name}.starts"],
                        stored[f"{name}.rows"],
                        stored[f"{name}.counts"],
                        stored[f"{name}.lengths"],
                    )
                    for name in _SPACES
                }
        except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise CorpusError(
                f"{path} is not a lexical index that can be read ({error}): rebuild the corpus"
            ) from error
        return cls(spaces)

    def save(self, path: Path) -> None:
        """Write the index to ``path``."""
        arrays: dict[str, NDArray[Any]] = {}
        for name, space in self._spaces.items():
            arrays[f"{name}.terms"] = encoded("\n".join(space.terms))
            arrays[f"{name}.starts"] = space.starts
            arrays[f"{name}.rows"] = space.rows
            arrays[f"{name}.counts"] = space.counts
            arrays[f"{name}.lengths"] = space.lengths
        save_arrays(path, arrays)

    def __len__(self) -> int:
        return self._plain.size

    def knows(self, word: Word) -> bool:
        """Whether any passage holds ``word``, diacritics aside."""
        return word.plain in self._plain

    def joined(self, left: Word, right: Word) -> bool:
        """Whether any passage holds ``left`` and ``right`` side by side, diacritics aside."""
        return f"{left.plain}{_PAIR}{right.plain}" in self._pair

    def holds(self, tokens: Sequence[Word], passages: NDArray[np.int64]) -> bool:
        """Whether ``passages`` (their numbers) hold every pair of neighbours in ``tokens``, diacritics aside.

        A single word must itself be held.
        """
        found = pairs(tokens)
        if not found:
            return any(self._plain.weight(word.plain)[passages].any() for word in tokens)
        return all(pair in self._pair and self._pair.weight(pair)[passages].any() for pair in found)

    def holding(self, tokens: Sequence[Word]) -> NDArray[np.bool_]:
        """Whether each passage holds every pair of neighbours in ``tokens``, or a single word; diacritics aside."""
        import numpy as np

        space, terms = (self._pair, pairs(tokens)) if len(tokens) > 1 else (self._plain, [w.plain for w in tokens])
        if not terms or not all(term in space for term in terms):
            return np.zeros(len(self), dtype=np.bool_)
        held: NDArray[np.bool_] = np.all([space.weight(term) > 0 for term in terms], axis=0)
        return held

    def importance(self, tokens: Iterable[Word]) -> float:
        """Summed inverse document frequency: how much ``tokens`` tell passages apart."""
        return sum(self._plain.idf(word.plain) for word in tokens)

    def score(self, tokens: Sequence[Word], *, typos: bool = True) -> Floats:
        """BM25 of ``tokens`` in every passage, over what a passage of average length holding each once would have.

        Words with the right diacritics, and in the right neighbourhood, count for more. With ``typos``, a word of
        no passage counts, for less, as the words one edit away from it.
        """
        import numpy as np

        total = np.zeros(len(self), dtype=np.float32)
        ideal = 0.0
        for word in tokens:
            factor = COMPOUND_WEIGHT if is_compound(word) else 1.0
            total += np.float32(factor) * (self._weight(word, typos=typos) + FULL_WEIGHT * self._full.weight(word.full))
            ideal += factor * (1 + FULL_WEIGHT) * self._plain.idf(word.plain)
        for pair in pairs(tokens):
            total += PAIR_WEIGHT * self._pair.weight(pair)
            ideal += PAIR_WEIGHT * self._pair.idf(pair)
        return total / np.float32(ideal or 1.0)

    def coverage(self, tokens: Sequence[Word], *, typos: bool = True) -> Floats:
        """Share of ``tokens``, and of their pairs that the index knows, by importance, in each passage: 0 to 1."""
        import numpy as np

        total = np.zeros(len(self), dtype=np.float32)
        ideal = 0.0
        for word in tokens:
            idf = self._plain.idf(word.plain)
            factor = idf if word.plain in self._plain else idf * NEAR_WEIGHT
            total += np.float32(factor) * (self._weight(word, typos=typos) > 0)
            ideal += idf
        for pair in pairs(tokens):
            if pair in self._pair:
                total += np.float32(self._pair.idf(pair)) * (self._pair.weight(pair) > 0)
                ideal += self._pair.idf(pair)
        return total / np.float32(ideal or 1.0)

    def _weight(self, word: Word, *, typos: bool) -> Floats:
        import numpy as np

        if word.plain in self._plain or not typos:
            return self._plain.weight(word.plain)
        best = np.zeros(len(self), dtype=np.float32)
        for term in self.near(word.plain):
            np.maximum(best, NEAR_WEIGHT * self._plain.weight(term), out=best)
        return best

    def near(self, term: str) -> list[str]:
        """Terms of the index one edit (or swap of neighbours) away from ``term``; none for short or numeric ones."""
        if len(term) < 3 or not term.isalpha():
            return []
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found = extract(term, self._words, scorer=OSA.distance, score_cutoff=1, limit=8)
        return [match[0] for match in found]

    @cached_property
    def _words(self) -> list[str]:
        return [term for term in self._plain.terms if term.isalpha() and len(term) > 1]
