"""How well documents are parsed: precision, recall and F1 of roles, citations and deadlines.

    python -m benchmarks.parsing [FOLDER …]   (default: the sets of ``benchmarks/documents``)

A folder holds ``NAME.txt`` and, in ``NAME.json``, what it says: of each line the agencies that lead, coordinate and
share, the acts cited (by number, or else title) and the deadlines (by their words). Entries marked ``arguable`` are
right either way, and so is all on a line that has no others. Agencies are the same when their names agree but for
"các", "thuộc" and the like, or mean the same body of the registry.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from kgplan.parsing import parse
from kgplan.parsing.registry import Registry
from kgplan.reading import read
from kgplan.text import fold, slugify

SETS = Path(__file__).parent / "documents"
ROLES = ("leads", "coordinates", "shares")
_SAME = (
    ("uy ban nhan dan", "ubnd"),
    ("hoi dong nhan dan", "hdnd"),
    ("co lien quan", "lien quan"),
    ("huu quan", "lien quan"),
)
_EMPTY = re.compile(r"\b(?:cac|thuoc|va|nhung|truc|nay|\d+)\b")

Found = tuple[int, int, str]
"""First and last line, and what stands there."""


def name_key(name: str) -> str:
    """The words of an agency's name that tell it from others, sorted."""
    text = fold(name)
    for long, short in _SAME:
        text = text.replace(long, short)
    return " ".join(sorted(_EMPTY.sub(" ", text).split()))


def letters(text: str | None) -> str:
    """The letters and digits of ``text``, folded."""
    return slugify(text or "").replace("-", "")


def compare(wanted: list[tuple[int, set[str]]], spared: list[tuple[int, str]], found: list[Found]) -> Counter[str]:
    """How many of ``found`` are wanted (any name of a set will do), extra or missed; ``spared`` ones are neither."""
    left = list(found)
    score: Counter[str] = Counter()
    for line, names in wanted:
        hit = next((f for f in left if f[0] <= line <= f[1] and any(_alike(f[2], name) for name in names)), None)
        score["right" if hit else "missed"] += 1
        if hit:
            left.remove(hit)
    score["extra"] = sum(not any(f[0] <= line <= f[1] and _alike(f[2], name) for line, name in spared) for f in left)
    return score


def _alike(found: str, name: str) -> bool:
    role, _, text = found.rpartition("|")
    other, _, wanted = name.rpartition("|")
    return role == other and (
        text == wanted or (not role and len(min(text, wanted, key=len)) > 3 and (text in wanted or wanted in text))
    )


def score_document(text: Path, truth: dict[str, Any]) -> dict[str, Counter[str]]:
    """The scores of one document: of its ``roles``, ``citations`` and ``deadlines``."""
    plan = parse(read(text))
    registry = Registry.load()
    agencies = {a.id: a.name for a in plan.agencies}
    acts = {d.id: letters(d.number or d.title) for d in plan.documents}
    everything = (*plan.statements, *plan.context)

    def line_at(offset: int) -> int:
        return plan.text.count("\n", 0, offset) + 1

    def same(name: str) -> str:
        known = registry.resolve(name, plan.jurisdiction)
        return known.id if known else name_key(name)

    alternatives = truth.get("alt", {})
    hard = {entry["line"] for entry in truth["statements"] if not entry.get("arguable")}
    roles = sorted(
        {
            (line_at(s.start), line_at(s.end - 1), f"{r.role}|{same(agencies[r.agency])}")
            for s in plan.statements
            for r in s.responsibilities
        }
    )
    wanted, spared = [], []
    for entry in truth["statements"]:
        for role in ROLES:
            for name in entry.get(role, ()):
                forms = [[name], *alternatives.get(name, ())]
                keys = [f"{role}|{same(n)}" for form in forms for n in form]
                if entry.get("arguable"):
                    spared += [(entry["line"], f"{r}|{key.rpartition('|')[2]}") for key in keys for r in ROLES]
                elif len(split := next((f for f in forms[1:] if len(f) > 1), [])) and not any(
                    f[2] == keys[0] and f[0] <= entry["line"] <= f[1] for f in roles
                ):
                    wanted += [(entry["line"], {f"{role}|{same(n)}"}) for n in split]
                else:
                    wanted.append((entry["line"], set(keys)))
    wanted = [(line, names) for n, (line, names) in enumerate(wanted) if (line, names) not in wanted[:n]]
    open_lines = {entry["line"] for entry in truth["statements"]} - hard
    roles = [f for f in roles if hard & {*range(f[0], f[1] + 1)} or not open_lines & {*range(f[0], f[1] + 1)}]
    cited = sorted({(line_at(c.start), line_at(c.start), acts[c.document]) for s in everything for c in s.citations})
    due = [
        (line_at(s.start), line_at(s.end - 1), letters(plan.text[d.start : d.end]))
        for s in everything
        for d in s.deadlines
    ]
    citations = [(e["line"], letters(e.get("number") or e.get("title")), e.get("arguable")) for e in truth["citations"]]
    deadlines = [(e["line"], letters(e["words"]), e.get("arguable")) for e in truth["deadlines"]]
    return {
        "roles": compare(wanted, spared, roles),
        "citations": compare(*_split(citations), cited),
        "deadlines": compare(*_split(deadlines), due),
    }


def _split(entries: list[tuple[int, str, Any]]) -> tuple[list[tuple[int, set[str]]], list[tuple[int, str]]]:
    hard = sorted({(line, key) for line, key, arguable in entries if not arguable})
    return [(line, {key}) for line, key in hard], [(line, key) for line, key, _ in entries]


def main(folders: list[Path]) -> None:
    """Print a line a document and the totals of each folder."""
    print(f"{'':40}{'roles':>24}{'citations':>24}{'deadlines':>24}\n{'':40}" + f"{'P':>8}{'R':>8}{'F1':>8}" * 3)
    for folder in folders:
        total: dict[str, Counter[str]] = {}
        for path in sorted(folder.glob("*.json")):
            scores = score_document(path.with_suffix(".txt"), json.loads(path.read_text("utf-8")))
            for name, score in scores.items():
                total.setdefault(name, Counter()).update(score)
            print(_line(f"{folder.name}/{path.stem}", scores))
        print(_line(f"{folder.name}: all", total))


def _line(title: str, scores: dict[str, Counter[str]]) -> str:
    cells = []
    for score in scores.values():
        right, missed, extra = score["right"], score["missed"], score["extra"]
        cells += [
            right / max(1, right + extra),
            right / max(1, right + missed),
            2 * right / max(1, 2 * right + missed + extra),
        ]
    return f"{title:40}" + "".join(f"{cell:8.3f}" for cell in cells)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or sorted(path for path in SETS.iterdir() if path.is_dir()))
