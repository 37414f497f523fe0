"""Agencies named in a question: by any of their names, in part, abbreviated, in English, or misspelt.

A wrong agency is worse than none: a shortened or misspelt name counts only when one agency alone fits it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from kgplan.answering.agency_forms import acronyms, letters, may_stand_alone, spelled_out, word_by_word
from kgplan.answering.lexicon import Token
from kgplan.text import fold

_MISSPELT = 88.0
"""Least similarity (rapidfuzz ratio, 0 to 100) of a misspelt name to the name meant."""

_BEFORE_HEAD = ("management", "provincial")
"""Words that stand before the head of an English name and tell nothing apart: "the management board of …"."""

_SHORTEST_MISSPELT = 10
"""Letters of the shortest name in which a typing error is forgiven."""

_LONGEST_ABBREVIATION = 6
"""Words of the longest abbreviated name, with its head ("Sở NN và PTNT")."""

_LONGEST = 18
"""Words of the longest agency name looked for."""


@dataclass(frozen=True, slots=True)
class Nameable:
    """An agency that can be named. ``iris`` is empty for one that the corpus does not hold.

    It holds several for agencies of one name in several jurisdictions. ``issues`` tells that the corpus cites
    documents it issued; ``within`` are the IRIs of the collectives it is part of.
    """

    iris: tuple[str, ...]
    name: str
    names: tuple[str, ...]
    holds_role: bool = False
    issues: bool = False
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """Agencies named by tokens ``first:last``; ``agency`` is None when no known name fits."""

    first: int
    last: int
    agency: Nameable | None
    exact: bool = True


@dataclass(frozen=True, slots=True)
class _Words:
    """The question's words with abbreviations written out; ``origin[i]`` is the token word ``i`` came from."""

    words: tuple[str, ...]
    origin: tuple[int, ...]


class AgencyLinker:
    """Links against the agencies of the corpus, and those of the registry it does not hold."""

    def __init__(
        self,
        agencies: Iterable[Nameable],
        *,
        expansions: dict[str, str],
        heads: Sequence[str],
        light: Sequence[str],
        vietnamese_heads: Sequence[str],
        unnamed: Sequence[str],
    ) -> None:
        """The word lists come from the data file of question wording.

        ``heads`` begin or end an English name ("department"), ``light`` words in it tell nothing apart,
        ``vietnamese_heads`` begin a Vietnamese one, ``unnamed`` words behind a head make no name.
        """
        self._starts = tuple(tuple(h.split()) for h in vietnamese_heads)
        self._unnamed = frozenset(unnamed)
        self._expansions = {word: tuple(text.split()) for word, text in expansions.items()}
        self._heads_en = frozenset(heads) | {h + "s" for h in heads}
        self._light = frozenset(light)
        self._by_name: dict[tuple[str, ...], list[Nameable]] = {}
        self._english: list[tuple[frozenset[str], str, Nameable]] = []
        self._all: list[Nameable] = list(agencies)
        for agency in self._all:
            for name in agency.names:
                for form in self._forms(name):
                    holders = self._by_name.setdefault(form, [])
                    if agency not in holders:
                        holders.append(agency)
                self._add_english(name, agency)
        self._by_letters = self._lettered()
        self._longest = max(map(len, self._by_name), default=0)
        self._prefixes: dict[tuple[str, ...], list[tuple[tuple[str, ...], Nameable]]] = {}
        for form, holders in self._by_name.items():
            if len(form) >= 2 and self._begins(form):
                for holder in (h for h in holders if h.iris):
                    self._prefixes.setdefault(form[:2], []).append((form, holder))
        self._by_head: dict[str, list[tuple[tuple[str, ...], list[Nameable]]]] = {}
        for form, holders in self._by_name.items():
            if len(form) > 2 and self._begins(form):
                self._by_head.setdefault(form[0], []).append((form, holders))
        self._spelled: dict[str, dict[str, list[Nameable]]] = {}
        for form, holders in self._by_name.items():
            text = " ".join(form)
            if len(text) >= _SHORTEST_MISSPELT:
                self._spelled.setdefault(form[0], {})[text] = holders

    def _lettered(self) -> dict[tuple[str, str], list[Nameable]]:
        """Abbreviated names by their head and all their letters, however they are divided ("LĐ-TB&XH", "LĐTB-XH")."""
        found: dict[tuple[str, str], list[Nameable]] = {}
        for agency in self._all:
            for name in agency.names:
                head, *rest = re.findall(r"\w+", name) or [""]
                if rest and all(word.isupper() for word in rest):
                    holders = found.setdefault((fold(head), letters(fold(" ".join(rest)).split())), [])
                    if agency not in holders:
                        holders.append(agency)
        return found

    def _begins(self, words: Sequence[str]) -> bool:
        """Whether ``words`` begin as a Vietnamese agency's name does."""
        return any(tuple(words[: len(start)]) == start for start in self._starts)

    def _forms(self, name: str) -> set[tuple[str, ...]]:
        words = self._expand(fold(name).split())[0]
        forms = {tuple(words)} if words else set()
        if "cac" in words[1:]:
            forms.add(tuple(w for w in words if w != "cac"))
        if words[:1] == ["cac"] and len(words) > 3:
            forms.add(tuple(words[1:]))
        if words[:1] == ["cuc"] and len(words) > 3:
            forms.add(tuple(words[1:]))
        forms |= {(acronym,) for acronym in acronyms(words)}
        match = re.fullmatch(
            r"(?:the )?(department|ministry|board|office|bureau) (?:of|for) (?:the )?(.+)", " ".join(words)
        )
        if match:
            forms.add((*match[2].split(), match[1]))
        return forms

    def _add_english(self, name: str, agency: Nameable) -> None:
        words = self._expand(fold(name).split())[0]
        for head in words:
            if head in self._heads_en:
                content = frozenset(w for w in words if w not in self._light and w not in self._heads_en)
                self._english.append((content, head, agency))

    def _expand(self, words: Sequence[str]) -> tuple[list[str], list[int]]:
        expanded: list[str] = []
        origin: list[int] = []
        for index, word in enumerate(words):
            for part in self._expansions.get(word, (word,)):
                expanded.append(part)
                origin.append(index)
        return expanded, origin

    def link(self, tokens: Sequence[Token], *, english: bool, vietnamese: bool) -> list[AgencyMention]:
        """The agencies named, left to right, not overlapping; the longest name wins."""
        expanded, origin = self._expand([t.fold for t in tokens])
        words = _Words(tuple(expanded), tuple(origin))
        mentions: list[AgencyMention] = []
        position = 0
        while position < len(words.words):
            found = self._at(words, position, tokens, english=english, vietnamese=vietnamese)
            if found is None and len(words.words) == len(tokens):
                end = self._nameless(words.words, position, tokens)
                if end is not None:
                    mentions.append(AgencyMention(position, end, None, exact=False))
                    position = end
                    continue
            if found is None:
                position += 1
                continue
            last, agency, exact = found
            first_token, last_token = words.origin[position], words.origin[last - 1] + 1
            taken = mentions[-1].last if mentions else 0
            while not exact and first_token > taken and tokens[first_token - 1].fold in _BEFORE_HEAD:
                first_token -= 1
            mentions.append(AgencyMention(first_token, last_token, agency, exact))
            position = last
        return mentions

    def _at(
        self, words: _Words, position: int, tokens: Sequence[Token], *, english: bool, vietnamese: bool
    ) -> tuple[int, Nameable, bool] | None:
        exact = self._exact(words, position, tokens)
        partial = self._partial(words.words, position) if vietnamese else None
        least = 0 if exact is None else exact[0] + bool(exact[1].iris)  # an agency of the corpus, or its whole name
        if partial is not None and partial[0] >= max(least, 1):
            misspelt = None if exact is not None else self._misspelt(words.words, position)
            longer = misspelt if misspelt is not None and misspelt[0] > partial[0] else partial
            return longer[0], longer[1], False
        headed = self._headed(words.words, position) if english else None
        if exact is not None and (exact[1].iris or headed is None or not headed[1].iris):
            return exact[0], exact[1], True
        article = position > 0 and words.words[position - 1] in ("a", "an")
        if headed is not None and not article:  # "a tourism centre" is no centre's name
            return headed[0], headed[1], False
        misspelt = self._misspelt(words.words, position)
        if misspelt is not None:
            return misspelt[0], misspelt[1], False
        return None

    def _exact(self, words: _Words, position: int, tokens: Sequence[Token]) -> tuple[int, Nameable] | None:
        for last in range(min(len(words.words), position + self._longest), position, -1):
            holders = self._by_name.get(words.words[position:last])
            if not holders:
                continue
            if last - position == 1 and not may_stand_alone(tokens[words.origin[position]].text):
                continue
            agency = _only(holders)
            if agency is not None and (
                last - position > 1 or agency.iris or tokens[words.origin[position]].text.isupper()
            ):
                return last, agency
        for last in range(min(len(words.words), position + _LONGEST_ABBREVIATION), position + 1, -1):
            holders = self._by_letters.get((words.words[position], letters(words.words[position + 1 : last])))
            agency = _only(holders) if holders else None
            if agency is not None and words.words[last - 1] != "va":
                return last, agency
        return self._partly_abbreviated(words.words, position)

    def _partly_abbreviated(self, words: tuple[str, ...], position: int) -> tuple[int, Nameable] | None:
        """A whole Vietnamese name of which some words are abbreviated: "Sở Nông nghiệp và PTNT"."""
        found: dict[int, list[Nameable]] = {}
        for form, holders in self._by_head.get(words[position], ()):
            last = spelled_out(form, words, position)
            if last is not None:
                found.setdefault(last, []).extend(h for h in holders if h not in found.get(last, ()))
        if not found:
            return None
        last = max(found)
        agency = _only(found[last])
        return None if agency is None else (last, agency)

    def _partial(self, words: tuple[str, ...], position: int) -> tuple[int, Nameable] | None:
        """A name cut short or with words left out ("sở kế hoạch"): its words in order, from its first two on."""
        best: tuple[int, list[Nameable]] | None = None
        for form, holder in self._prefixes.get(words[position : position + 2], ()):
            last = position + 2
            place = 2
            while last < len(words) and words[last] in form[place:]:
                place = form.index(words[last], place) + 1
                last += 1
            if best is None or last > best[0]:
                best = (last, [holder])
            elif last == best[0] and holder not in best[1]:
                best[1].append(holder)
        if best is None:
            return None
        while best[0] > position + 2 and words[best[0] - 1] in ("va", "and", "of", "tinh", "the"):
            best = (best[0] - 1, best[1])
        agency = _only(best[1])
        head = max(len(start) for start in self._starts if words[position : position + len(start)] == start)
        if agency is None or best[0] - position <= head:
            return None
        return best[0], agency

    def _headed(self, words: tuple[str, ...], position: int) -> tuple[int, Nameable] | None:
        """ "Department of X", "X department": every content word of it in one agency's English name."""
        limit = min(len(words), position + _LONGEST)
        if words[position] in self._heads_en and position + 1 < limit and words[position + 1] in ("of", "for"):
            head, start, step = words[position].rstrip("s"), position + 2, 1
            content: list[str] = []
            best: tuple[int, Nameable] | None = None
            for last in range(start, limit, step):
                word = words[last]
                if word in self._light:
                    continue
                agency = self._fits([*content, word], head)
                if not agency:
                    break
                content.append(word)
                single = _only(agency)
                best = (last + 1, single) if single else None
            return best
        content = []
        for last in range(position, limit):
            word = words[last]
            if word in self._heads_en and content:
                agency = self._fits(content, word.rstrip("s"))
                single = _only(agency)
                return (last + 1, single) if single else None
            if word not in self._light:
                content.append(word)
            elif not content:
                return None
            if word not in self._light and (len(content) > 6 or not any(word in c for c, _, _ in self._english)):
                return None
        return None

    def _fits(self, content: Sequence[str], head: str) -> list[Nameable]:
        wanted = set(content)
        fitting: list[Nameable] = []
        for words, its_head, agency in self._english:
            if its_head.rstrip("s") == head and wanted <= words and agency not in fitting:
                fitting.append(agency)
        return fitting

    def _misspelt(self, words: tuple[str, ...], position: int) -> tuple[int, Nameable] | None:
        """A name with typing errors. A Vietnamese head must be right; an English one may be misspelt too."""
        head = words[position]
        known = self._spelled.get(head, {}) if self._begins(words[position:]) else {}
        if not known and len(head) > 5:
            known = {
                text: holders
                for first, group in self._spelled.items()
                if len(first) > 5 and fuzz.ratio(head, first) >= _MISSPELT
                for text, holders in group.items()
            }
        best: tuple[float, int, list[Nameable]] | None = None
        for last in range(min(len(words), position + _LONGEST), position + 1, -1):
            window = " ".join(words[position:last])
            if not known or len(window) < _SHORTEST_MISSPELT:
                break
            alike = [text for text in known if text.count(" ") == last - position - 1]
            close = process.extractOne(window, alike, scorer=fuzz.ratio, score_cutoff=_MISSPELT)
            if close is not None and any(a.iris for a in known[close[0]]) and not word_by_word(window, close[0]):
                continue
            if close is not None and (best is None or close[1] > best[0]):
                best = (close[1], last, known[close[0]])
        if best is None:
            return None
        agency = _only(best[2])
        return (best[1], agency) if agency else None

    def _headed_last(self, words: tuple[str, ...], position: int, tokens: Sequence[Token]) -> int | None:
        """The end of an English name with its head behind it: "Pollution Control Department"; None when it is none."""
        last = position
        while last < min(len(words), position + _LONGEST) and tokens[last].text[:1].isupper():
            last += 1
            if last > position + 1 and words[last - 1] in self._heads_en:
                return last
        return None

    def _nameless(self, words: tuple[str, ...], position: int, tokens: Sequence[Token]) -> int | None:
        """The end of a name that nothing known fits: "Sở Ngoại vụ", "Department of Space"; None when it is no name."""
        raw = tokens[position].text
        if words[position] in ("department", "ministry") and words[position + 1 : position + 2] == ("of",):
            last = position + 2
            while last < len(words) and (tokens[last].text[:1].isupper() or words[last] in self._light):
                last += 1
            while words[last - 1] in self._light:
                last -= 1
            if last > position + 1:
                return last
            return position + 3 if position + 2 < len(words) and words[position + 2] not in self._unnamed else None
        if raw[:1].isupper() and position and (end := self._headed_last(words, position, tokens)) is not None:
            return end
        if words[position] in ("so", "cuc", "bo") and fold(raw) == words[position] and position + 1 < len(words):
            capital = raw[:1].isupper() and tokens[position + 1].text[:1].isupper()
            if words[position + 1] in self._unnamed or not capital:
                return None
            last = position + 2
            while last < len(words) and (tokens[last].text[:1].isupper() or (last == position + 2)):
                last += 1
            return last
        return None


def _only(holders: Sequence[Nameable]) -> Nameable | None:
    """The one agency meant: a single one, or the single one that holds a role, or is in the corpus."""
    if len(holders) == 1:
        return holders[0]
    named = {iri for holder in holders for iri in holder.iris}
    widest = [h for h in holders if not named & set(h.within)]
    if len(widest) == 1 and all(h.iris for h in holders):
        return widest[0]  # "UBND huyện" is every district, not only those of the mountains
    for test in (lambda a: a.holds_role, lambda a: bool(a.iris), lambda a: a.issues):
        fitting = [a for a in holders if test(a)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return None
    return None
