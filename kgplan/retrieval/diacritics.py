"""Diacritics restored to Vietnamese written without them, from the syllables that a corpus itself uses.

A bigram model over syllables, decoded by Viterbi's algorithm. A syllable that the model has never seen is left as it
is, or, when it is one edit away from a known one, taken for a typing error. The result is for searching: it can be
wrong as spelling and still find the right text.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from kgplan.errors import CorpusError
from kgplan.text import has_diacritics, nfc, strip_diacritics

_SYLLABLE = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d[\w/&.-]*")  # of a document, whose letters are an abbreviation
_VOWEL = re.compile(r"[aeiouy]")  # without one a word is no syllable misspelt but an abbreviation
_BREAK = re.compile(r"[.;:!?\n]")
_BIGRAM_SHARE = 0.85
_ENOUGH_KNOWN = 0.6


class DiacriticRestorer:
    """Counts of syllables and of adjacent pairs, and the best reading of a text by them."""

    def __init__(self, single: Counter[str], double: Counter[tuple[str, str]]) -> None:
        self._single, self._double = single, double
        self._total = sum(single.values())

    @classmethod
    def build(cls, texts: Iterable[tuple[str, int]]) -> DiacriticRestorer:
        """A model of Vietnamese ``texts``, each counted so many times."""
        single: Counter[str] = Counter()
        double: Counter[tuple[str, str]] = Counter()
        for text, times in texts:
            for part in _BREAK.split(nfc(text)):
                syllables = [match.group().lower() for match in _SYLLABLE.finditer(part)]
                for syllable in syllables:
                    single[syllable] += times
                for pair in pairwise(syllables):
                    double[pair] += times
        return cls(single, double)

    @classmethod
    def merge(cls, parts: Sequence[DiacriticRestorer]) -> DiacriticRestorer:
        """The counts of ``parts`` together."""
        single: Counter[str] = Counter()
        double: Counter[tuple[str, str]] = Counter()
        for part in parts:
            single.update(part._single)
            double.update(part._double)
        return cls(single, double)

    @classmethod
    def load(cls, path: Path) -> DiacriticRestorer:
        """The model that :meth:`save` wrote.

        Raises:
            CorpusError: the file is missing or broken.
        """
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            syllables: list[str] = stored["syllables"]
            single = Counter(dict(zip(syllables, stored["counts"], strict=True)))
            double = Counter({(syllables[left], syllables[right]): times for left, right, times in stored["pairs"]})
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise CorpusError(
                f"{path} is not a syllable model that can be read ({error}): rebuild the corpus"
            ) from error
        return cls(single, double)

    def save(self, path: Path) -> None:
        """Write the model to ``path``."""
        syllables = sorted(self._single)
        numbers = {syllable: number for number, syllable in enumerate(syllables)}
        stored = {
            "syllables": syllables,
            "counts": [self._single[syllable] for syllable in syllables],
            "pairs": sorted([numbers[left], numbers[right], times] for (left, right), times in self._double.items()),
        }
        path.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")

    def restore(self, text: str) -> str:
        """``text`` with diacritics; unchanged when it has any, or when too few of its syllables are known.

        >>> model = DiacriticRestorer.build([("Xúc tiến đầu tư.", 1)])
        >>> model.restore("Xuc tien dau tu?")
        'Xúc tiến đầu tư?'
        """
        text = nfc(text)
        if has_diacritics(text):
            return text
        numbers = [match.span() for match in _NUMBER.finditer(text)]
        matches = [
            match
            for match in _SYLLABLE.finditer(text)
            if not any(start <= match.start() < end for start, end in numbers)
        ]
        if not matches:
            return text
        known = sum(1 for match in matches if match.group().lower() in self._readings)
        if known < _ENOUGH_KNOWN * len(matches):
            return text
        pieces: list[str] = []
        position = 0
        for match, reading in zip(matches, self._best([match.group().lower() for match in matches]), strict=True):
            pieces += [text[position : match.start()], _cased(reading, match.group())]
            position = match.end()
        return "".join([*pieces, text[position:]])

    @cached_property
    def _readings(self) -> dict[str, list[str]]:
        readings: defaultdict[str, list[str]] = defaultdict(list)
        for syllable in sorted(self._single):
            readings[strip_diacritics(syllable)].append(syllable)
        return dict(readings)

    def _candidates(self, syllable: str) -> list[str]:
        known = self._readings.get(syllable)
        if known:
            return known
        if len(syllable) < 3 or not _VOWEL.search(syllable):
            return [syllable]
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        near = extract(syllable, self._readings.keys(), scorer=OSA.distance, score_cutoff=1, limit=5)
        return [reading for match in near for reading in self._readings[match[0]]] or [syllable]

    def _best(self, syllables: Sequence[str]) -> list[str]:
        """The most probable reading of the row of ``syllables``."""
        layers = [self._candidates(syllable) for syllable in syllables]
        scores = {reading: math.log(self._share(reading)) for reading in layers[0]}
        origins: list[dict[str, str]] = []
        for layer in layers[1:]:
            step: dict[str, str] = {}
            following: dict[str, float] = {}
            for reading in layer:
                best = max(scores, key=lambda previous: (scores[previous] + self._link(previous, reading), previous))
                step[reading] = best
                following[reading] = scores[best] + self._link(best, reading)
            origins.append(step)
            scores = following
        reading = max(scores, key=lambda last: (scores[last], last))
        row = [reading]
        for step in reversed(origins):
            row.append(step[row[-1]])
        return row[::-1]

    def _share(self, syllable: str) -> float:
        return (self._single[syllable] + 0.1) / (self._total + 1)

    def _link(self, left: str, right: str) -> float:
        seen = self._single[left]
        conditional = self._double[left, right] / seen if seen else 0.0
        return math.log(_BIGRAM_SHARE * conditional + (1 - _BIGRAM_SHARE) * self._share(right))


def _cased(reading: str, surface: str) -> str:
    if surface.isupper() and len(surface) > 1:
        return reading.upper()
    return reading[:1].upper() + reading[1:] if surface[0].isupper() else reading
