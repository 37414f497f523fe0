"""The question cut up: documents by number, agencies, dates, documents by title, then the cues of its wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from kgplan.answering.agency_links import AgencyLinker, AgencyMention, Nameable
from kgplan.answering.catalogue import AgencyEntry, Catalogue
from kgplan.answering.document_links import find_date, link_numbers, link_titles
from kgplan.answering.lexicon import Cue, Lexicon, Token, tokenise, variants
from kgplan.answering.phrases import merge
from kgplan.answering.spans import cut, type_cues
from kgplan.answering.state import State
from kgplan.text import fold, key

_TITLE_ENDS = frozenset(
    ("who", "which", "leads", "coordinates", "by", "count", "when", "list", "noun_agency", "noun_task", "carries_out")
)
_DEPUTY = ("pho", "vice", "deputy")
_AND = ("and", "va", "of")
_LONG, _MISSPELT = 6, 80.0
"""Letters of the shortest word of a name that is known misspelt behind the rest of it, and how close it must come."""
_SHORT_HEADS = ("so", "bo", "cuc", "vu")
_WHERE = ("trong", "tai", "o", "within", "inside", "at")


Alike = Callable[[str, Sequence[str]], int | None]
Restore = Callable[[str], str]

_COMPOUNDS = frozenset([("xa", "hoi")])
"""Words of which the second, alone, would begin an interrogative."""

_DOUBTFUL = ("responsible", "carries_out", "involved", "assigned")
"""Roles given by single words that, without diacritics, are others too: "lo" of "sạt lở", "làm" of "lâm nghiệp"."""


class Cutter:
    """Cuts questions about one corpus."""

    def __init__(
        self,
        catalogue: Catalogue,
        others: Sequence[Nameable],
        alike: Alike | None = None,
        restore: Restore | None = None,
    ) -> None:
        """``others`` are agencies of the registry; those that the corpus holds are left out of them.

        ``alike`` tells which of some Vietnamese names means what an English one does, for agencies that have none;
        ``restore`` gives Vietnamese without diacritics its diacritics.
        """
        self._alike = alike
        self._restore = restore
        self._catalogue = catalogue
        self._lexicon = Lexicon.load()
        held = _nameable(a for a in catalogue.agencies.values() if not a.unspecified)
        self._vague = _nameable(a for a in catalogue.agencies.values() if a.unspecified)
        issuers = {key(d.issuer) for d in catalogue.documents.values() if d.issuer}
        known = {key(o.name): replace(o, issues=key(o.name) in issuers) for o in others}
        held = [replace(a, names=(*a.names, *known[key(a.name)].names)) if key(a.name) in known else a for a in held]
        names = {key(a.name) for a in held}
        self._untranslated = [a for a in held if not any(name.isascii() for name in a.names)]
        english = self._lexicon.table("english_heads")
        self._linker = AgencyLinker(
            [*held, *(o for name, o in known.items() if name not in names)],
            expansions=self._lexicon.table("expansions"),
            heads=english["words"],
            light=english["light"],
            vietnamese_heads=self._lexicon.table("vietnamese_heads")["words"],
            unnamed=self._lexicon.table("unnamed")["words"],
        )
        self._particles = {key(w) for w in self._lexicon.table("vi")["polite"]} | {"a", "nhe", "nhi"}

    def cut(self, question: str) -> State:
        """The question's tokens and spans."""
        tokens = tokenise(question)
        kinds = variants(question, tokens)
        cues = self._lexicon.find(tokens, [True] * len(tokens), kinds)
        types = type_cues(cues)
        documents = link_numbers(question, tokens, types, self._catalogue.documents.values())
        taken = {i for m in documents for i in range(m.first, m.last)}
        agencies = self._agencies(question, tokens, kinds, cues, taken)
        taken |= {i for m in agencies for i in range(m.first, m.last)}
        date = find_date(question)
        if date:
            taken |= {i for i, t in enumerate(tokens) if t.start >= date[1] and t.end <= date[2]}
        free = [i not in taken for i in range(len(tokens))]
        stops = [free[i] and not _TITLE_ENDS & {c.name for c in cues[i]} for i in range(len(tokens))]
        titles = [
            m
            for m in link_titles(tokens, stops, types, self._catalogue.documents.values())
            if all(free[m.first : m.last])
        ]
        for m in titles:
            free[m.first : m.last] = [False] * (m.last - m.first)
        cues = self._meant(question, tokens, kinds, self._lexicon.find(tokens, free, kinds))
        end = max((i + 1 for i, t in enumerate(tokens) if not self.polite(t)), default=len(tokens))
        types = [t for t in types if all(free[t.first : t.last])]
        numbered = types or [c for group in cues for c in group if c.name == "noun_document"]
        cues = [
            [c for c in group if _placed(c, tokens, end, numbered, wide="en" in kinds or _plainly_a_number(tokens, c))]
            for group in cues
        ]
        spans = merge(cut(tokens, agencies, [*documents, *titles], cues), tokens, question)
        return State(question, tokens, kinds, spans, free, date[0] if date else None)

    def _meant(
        self, question: str, tokens: Sequence[Token], kinds: Sequence[str], cues: Sequence[Sequence[Cue]]
    ) -> list[list[Cue]]:
        """The cues that words without diacritics give as they are meant, as far as restoring the diacritics tells.

        Of two phrases that are alike without diacritics ("công tác", "cộng tác") the one restored counts.
        """
        if self._restore is None or kinds[0] != "nd":
            return [list(group) for group in cues]
        restored = [token.text for token in tokenise(self._restore(question))]
        if len(restored) != len(tokens):
            return [list(group) for group in cues]
        sure = [[c for c in group if self._lexicon.says(restored[c.first : c.last], c.name)] for group in cues]
        phrases = [{c.last for c in told if c.last - c.first > 1} for told in sure]
        return [
            [c for c in group if c in told or not (_doubtful(c) or c.last in others or self._filling(c, tokens))]
            for told, others, group in zip(sure, phrases, cues, strict=True)
        ]

    def _filling(self, cue: Cue, tokens: Sequence[Token]) -> bool:
        """Whether the cue is a single word that is filler only as it is meant: "tu" of "đầu tư", "từ"."""
        alone = cue.name == "filler" and cue.last - cue.first == 1
        return alone and tokens[cue.first].fold not in self._lexicon.table("plain_filler")["words"]

    def polite(self, token: Token) -> bool:
        """Whether the word is a particle of politeness ("ạ", "nhé")."""
        return token.key in self._particles or token.fold in self._particles

    def _agencies(
        self,
        question: str,
        tokens: Sequence[Token],
        kinds: Sequence[str],
        cues: Sequence[Sequence[Cue]],
        taken: set[int],
    ) -> list[AgencyMention]:
        found = [
            m
            for m in self._linker.link(tokens, english="en" in kinds, vietnamese=tuple(kinds) != ("en",))
            if not taken & set(range(m.first, m.last))
            and (m.exact or not _inside(cues, m.first))
            and not (m.first and tokens[m.first - 1].fold in _DEPUTY)
            and not _is_place(m, tokens)
            and (kinds[0] != "vi" or self._same_head(m, tokens))
            and not _broken_head(question, m, tokens)
        ]
        whole = [self._whole(m, tokens) for m in _glossed(question, found, tokens)]
        return [*whole, *self._excepted(tokens, cues)]

    def _translated(self, mention: AgencyMention, tokens: Sequence[Token]) -> AgencyMention:
        """An English name that nothing known bears, as the one agency without an English name that means the same."""
        words = [t.fold for t in tokens[mention.first : mention.last]]
        heads: dict[str, list[str]] = self._lexicon.table("english_kinds")
        head = next((h for h in heads if h in words), None)
        if self._alike is None or head is None:
            return mention
        rest = [w for w in words if w != head and w not in self._lexicon.table("english_heads")["light"]]
        fitting = [(a, k) for a in self._untranslated for k in heads[head] if fold(a.name).startswith(f"{fold(k)} ")]
        best = self._alike(" ".join(rest), [a.name[len(k) :].strip() for a, k in fitting]) if rest and fitting else None
        return mention if best is None else replace(mention, agency=fitting[best][0])

    def _whole(self, mention: AgencyMention, tokens: Sequence[Token]) -> AgencyMention:
        """The mention with the misspelt words of the name behind it: "Planning and Investmnet"."""
        if mention.agency is None:
            return self._translated(mention, tokens)
        said = {t.fold for t in tokens[mention.first : mention.last]}
        names = [set(fold(name).split()) for name in mention.agency.names]
        left = {w for name in names if len(said & name) >= 2 for w in name - said if len(w) >= _LONG}
        last = mention.last
        if last < len(tokens) and tokens[last].fold in _AND:
            last += 1
        if last < len(tokens) and any(fuzz.ratio(tokens[last].fold, word) >= _MISSPELT for word in left):
            return replace(mention, last=last + 1)
        return mention

    def _same_head(self, mention: AgencyMention, tokens: Sequence[Token]) -> bool:
        """Whether the mention begins with the name's own first word, diacritics and all: "bổ" is no "Bộ"."""
        head = tokens[mention.first]
        if mention.agency is None or head.plain or head.fold in self._lexicon.table("expansions"):
            return True
        return any(head.key in key(name).split()[:2] for name in mention.agency.names)

    def _excepted(self, tokens: Sequence[Token], cues: Sequence[Sequence[Cue]]) -> list[AgencyMention]:
        """Vague collectives ("các đơn vị liên quan") named behind a word of exception; elsewhere they name nobody."""
        words = [t.fold for t in tokens]
        found = []
        for group in cues:
            for cue in (c for c in group if c.name == "except"):
                for agency in self._vague:
                    name = fold(agency.name).split()
                    if words[cue.last : cue.last + len(name)] == name:
                        found.append(AgencyMention(cue.last, cue.last + len(name), agency))
        return found


def _glossed(question: str, mentions: Sequence[AgencyMention], tokens: Sequence[Token]) -> list[AgencyMention]:
    """The mentions without the unknown ones that a known one beside them, in brackets or out of them, explains."""
    kept: list[AgencyMention] = []
    for mention in mentions:
        before = kept[-1] if kept else None
        gap = "" if before is None else question[tokens[before.last - 1].end : tokens[mention.first].start]
        if before is None or gap.strip() != "(":
            kept.append(mention)
        elif before.agency is None or not before.agency.iris:
            kept[-1] = replace(mention, first=before.first)
        elif mention.agency is not None and mention.agency.iris:
            kept.append(mention)
        else:
            kept[-1] = replace(before, last=mention.last)
    return kept


def _broken_head(question: str, mention: AgencyMention, tokens: Sequence[Token]) -> bool:
    """Whether a comma stands right behind the first word: "dân số, kế hoạch hóa" holds no "sở kế hoạch"."""
    if mention.exact or mention.last - mention.first < 2 or tokens[mention.first].fold not in _SHORT_HEADS:
        return False
    head = tokens[mention.first].text.lower()
    listed = mention.agency is not None and any(f"{head}," in name.lower() for name in mention.agency.names)
    return not listed and "," in question[tokens[mention.first].end : tokens[mention.first + 1].start]


def _is_place(mention: AgencyMention, tokens: Sequence[Token]) -> bool:
    """Whether a shortened name stands where a place does: "trong khu kinh tế …" is in the zone, not by its board."""
    return (
        mention.first > 0
        and tokens[mention.first - 1].fold in _WHERE
        and tokens[mention.first].fold in ("khu", "kkt", "kcn")
    )


def _nameable(entries: Iterable[AgencyEntry]) -> list[Nameable]:
    """The agencies by name: those of one name are named together."""
    groups: dict[str, list[AgencyEntry]] = {}
    for entry in entries:
        groups.setdefault(key(entry.name), []).append(entry)
    return [
        Nameable(
            tuple(e.iri for e in group),
            group[0].name,
            tuple(dict.fromkeys(name for e in group for name in (*e.names, *_in_english(e.name)))),
            any(e.holds_role for e in group),
            within=tuple(iri for e in group for iri in e.broader),
        )
        for group in groups.values()
    ]


def _in_english(name: str) -> list[str]:
    """What the committee of a province, district or commune is called in English: by its place, which is no word."""
    for opening, forms in Lexicon.load().table("english_committees").items():
        if name.startswith(opening) and name[len(opening) :].strip()[:1].isupper():
            return [form.format(name[len(opening) :].strip()) for form in forms]
    return []


def _doubtful(cue: Cue) -> bool:
    return cue.name in _DOUBTFUL and cue.last - cue.first == 1


def _inside(cues: Sequence[Sequence[Cue]], token: int) -> bool:
    """Whether a phrase of the lexicon runs from before ``token`` over it ("công bố kế hoạch" holds no "bộ")."""
    return any(c.first < token < c.last for group in cues[:token] for c in group)


def _plainly_a_number(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether words that ask for a number ask for nothing else: "số nào" is read, and mistyped, as "sở nào", too."""
    return cue.last - cue.first > 1 and tokens[cue.last - 1].fold != "nao"


def _placed(cue: Cue, tokens: Sequence[Token], end: int, types: Sequence[Cue], *, wide: bool) -> bool:
    """Whether the cue stands where it means what it says.

    A yes/no opening opens, an ending ends (politeness apart), "số nào" follows a type of document, and
    "xã hội nào" asks for no society ("hội nào").
    """
    if cue.name == "yes_no_start":
        return cue.first == 0
    if cue.name == "who" and cue.first and (tokens[cue.first - 1].fold, tokens[cue.first].fold) in _COMPOUNDS:
        return False
    if cue.name == "which_number":
        reach = 12 if wide else 3
        return any(0 <= cue.first - t.last <= reach for t in types)
    return cue.name != "yes_no_end" or cue.last >= end
