"""Content negotiation: which format an Accept header asks for (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kgplan.rdf.formats import Format

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"({_TOKEN})/({_TOKEN})")
_QUALITY = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_NAMED = 3
"""The least specificity of a range that names the media type."""


@dataclass(frozen=True, slots=True)
class _Range:
    type: str
    subtype: str
    quality: float
    has_parameters: bool

    def specificity(self, media_type: str) -> int:
        """How closely the range fits: 0 not at all, 1 ``*/*``, 2 ``type/*``, 3 the type with parameters, 4 exactly."""
        kind, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (kind, subtype):
            return 3 if self.has_parameters else 4
        if self.type == kind and self.subtype == "*":
            return 2
        return 1 if self.type == self.subtype == "*" else 0


def choose(accept: str | None, formats: Sequence[Format]) -> tuple[Format, str] | None:
    """The best format for an Accept header, with the media type to send; None when nothing is acceptable.

    Higher q-values win; the more specific range decides about a type; of equals, the earlier format and the
    earlier media type. A range such as ``text/*`` asks for the first media type of a format only: its other names are
    sent to who names them. A header that is missing, or in which nothing is a media range, accepts everything. As old
    clients write it, ``*`` is ``*/*`` and ``q=.2`` is ``q=0.2``; a q-value that is no number counts as 1.

    >>> from kgplan.rdf.formats import RESULT_FORMATS
    >>> choose("text/csv;q=0.5, application/*;q=0.4, text/csv;q=0", RESULT_FORMATS)[1]
    'application/sparql-results+json'
    """
    ranges = _parse(accept or "*/*") or _parse("*/*")
    best: tuple[float, Format, str] | None = None
    for candidate in formats:
        for media_type in candidate.media_types:
            quality = _quality(media_type, ranges, named=media_type != candidate.media_type)
            if quality > 0 and (best is None or quality > best[0]):
                best = (quality, candidate, media_type)
    return None if best is None else best[1:]


def _quality(media_type: str, ranges: Sequence[_Range], *, named: bool) -> float:
    """The q-value of the most specific range that fits; of several as specific, the lowest. 0 when none does, or none
    that gives the type its name, if that is asked for.
    """
    fitting = [(r.specificity(media_type), -r.quality) for r in ranges if r.specificity(media_type)]
    if not fitting or (named and max(fitting)[0] < _NAMED):
        return 0.0
    return -max(fitting)[1]


def _parse(accept: str) -> list[_Range]:
    """The media ranges of an Accept header; parts that are none are ignored. Takes time linear in its length."""
    ranges = []
    for part in accept.split(","):
        media_range, *parameters = (piece.strip() for piece in part.split(";"))
        match = _RANGE.fullmatch("*/*" if media_range == "*" else media_range)
        if match is None:
            continue
        quality, has_parameters = 1.0, False
        for parameter in filter(None, parameters):
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                quality = _number(value.strip())
            else:
                has_parameters = True
        ranges.append(_Range(match[1].lower(), match[2].lower(), quality, has_parameters))
    return ranges


def _number(text: str) -> float:
    """A q-value, at most 1; 1 when the text is no number."""
    return min(1.0, float(text)) if _QUALITY.fullmatch(text) else 1.0
