"""How the time of parsing grows with the length of the text: ten times the text, at most twelve times the time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from benchmarks.timing import table

GOAL = 12.0
"""Ten times the text may take so many times the time."""

_HEAD = "KẾ HOẠCH\nPhát triển kinh tế - xã hội tỉnh Hà Nam năm 2023\n\nI. NHIỆM VỤ\n"
_TASK = "Sở Y tế chủ trì, phối hợp với Sở Tài chính thực hiện xúc tiến đầu tư trước ngày 30/6/2023"
_ACT = "Nghị quyết số {0}/2021/QH15 ngày 12/6/2021 của Quốc hội về phát triển"


def _lines(form: str) -> Callable[[int], str]:
    return lambda count: _HEAD + "".join(f"{number}. {form.format(number)}.\n" for number in range(1, count + 1))


def _one(begin: str, form: str, joint: str) -> Callable[[int], str]:
    return lambda count: f"{_HEAD}1. {begin} {joint.join(form.format(n) for n in range(1, count + 1))}.\n"


def _nested(count: int) -> str:
    item = "{0}. Lĩnh vực\n1. Việc\n1.1. Phần\na) {1}.\n- Sở Xây dựng báo cáo.\n+ Việc khác.\n"
    return _HEAD + "".join(item.format(["II", "III", "IV", "V"][number % 4], _TASK) for number in range(count))


def _table(count: int) -> str:
    head = "| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn |\n|---|---|---|---|---|\n"
    row = "| {0} | Xúc tiến đầu tư {0} | Sở Y tế | Sở Tài chính, Sở Xây dựng | Quý I/2023 |\n"
    return _HEAD + head + "".join(row.format(number) for number in range(1, count + 1))


TEXTS: Mapping[str, Callable[[int], str]] = {
    "short statements": _lines(_TASK),
    "one statement of clauses": _one("Sở Y tế", _TASK, "; "),
    "one statement without a stop": _one("Sở Y tế chủ trì", "đẩy mạnh xúc tiến đầu tư", " "),
    "one list of agencies": _one("Sở Y tế phối hợp với", "Sở Tài chính, Ban Quản lý Rừng {0}", ", "),
    "acts, one a statement": _lines(f"Sở Y tế thực hiện {_ACT} {{0}}"),
    "acts in one statement": _one("Sở Y tế thực hiện", _ACT, ", "),
    "short names of documents": _lines("Thực hiện Đề án trồng rừng {0} (sau đây gọi là Đề án); báo cáo Đề án nêu trên"),
    "nested items": _nested,
    "a table": _table,
}


def length(count: int = 100) -> dict[str, dict[str, float]]:
    """Texts of ``count`` and of ten times ``count`` pieces, each parsed twice, the better time taken."""
    found: dict[str, dict[str, float]] = {}
    for name, make in TEXTS.items():
        short, long = (_seconds(make(size)) for size in (count, 10 * count))
        ratio = (long / short) / (len(make(10 * count)) / (10 * len(make(count))))
        found[name] = {"short": short, "long": long, "ratio": ratio}
    rows = [
        (name, f"{1000 * f['short']:.0f} ms, {1000 * f['long']:.0f} ms", f"{f['ratio']:.1f} ×")
        for name, f in found.items()
    ]
    table("Length: ten times the text", rows, ("", "the text, ten times it", "ratio"))
    most = max(f["ratio"] for f in found.values())
    verdict = "within" if most <= GOAL else "OVER"
    print(f"\n  ten times the text takes at most {most:.1f} times the time: {verdict} the goal of {GOAL:.0f}")
    return found


def _seconds(text: str) -> float:
    from kgplan.parsing import parse

    def once() -> float:
        start = time.process_time()
        parse(text, plan_id="benchmark")
        return time.process_time() - start

    return min(once() for _ in range(2))
