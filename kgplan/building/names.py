"""One name an agency in a corpus, though its plans print several."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

_SUBJECT = b"/agency/"
_PREFERRED = b"<http://www.w3.org/2004/02/skos/core#prefLabel>"
_OWN = b"<http://www.w3.org/2000/01/rdf-schema#label>"
_NAME = re.compile(rb'(\S+) (\S+) ("(?:[^"\\]|\\.)*"@vi) (<\S+>) \.\n')


def one_name(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The sorted N-Quads ``lines`` with one Vietnamese ``skos:prefLabel`` for each agency.

    Where plans name an agency differently, the name that most of them print counts for all, the first in order when
    several are printed as often; a plan's own name stands in its graph as ``rdfs:label``. That name is read again when
    the corpus is merged anew, so a plan added or taken out leaves no trace.
    """
    for subject, group in itertools.groupby(lines, key=lambda line: line.partition(b" ")[0]):
        told = list(group)
        yield from _agreed(told) if _SUBJECT in subject else told


def _agreed(lines: Sequence[bytes]) -> Sequence[bytes]:
    preferred: dict[bytes, bytes] = {}
    own: dict[bytes, bytes] = {}
    others: list[bytes] = []
    for line in lines:
        named = _NAME.fullmatch(line)
        if named is not None and named[2] in (_PREFERRED, _OWN):
            (preferred if named[2] == _PREFERRED else own)[named[4]] = named[3]
        else:
            others.append(line)
    names = preferred | own
    if len(set(names.values())) < 2 and not own:
        return lines
    counts = Counter(names.values())
    chosen = min(counts, key=lambda name: (-counts[name], name))
    subject = lines[0].partition(b" ")[0]
    others += [b" ".join((subject, _PREFERRED, chosen, graph, b".\n")) for graph in names]
    others += [b" ".join((subject, _OWN, name, graph, b".\n")) for graph, name in names.items() if name != chosen]
    return sorted(others)
