"""Lists that run on in one line: "1) squats 10 reps 2) plank 30 seconds 3) bridge 12 reps"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.lines import Line

_MARK: Final = re.compile(r"(?:(?<=^)|(?<=[\s,;:(]))\(?(?P<count>\d{1,2})[.)]\s+(?=[^\W\d_])")
_FEWEST: Final = 2
"""Items of such a list; of one with points three, which sentences may hold by chance."""


def in_items(lines: list[Line]) -> list[Line]:
    """The lines, with each item of a list that runs on in one of them as a line of its own."""
    return [item for line in lines for item in _items(line)]


def marks_in(lines: list[Line]) -> frozenset[int]:
    """The places of the digits that mark the items of such lists."""
    return frozenset(
        line.start + at for line in lines for match in _marks(line) for at in range(*match.span())
    )


def _items(line: Line) -> Iterator[Line]:
    marks = _marks(line)
    if not marks:
        yield line
        return
    begins = [(match.start(), match.end(), match["count"]) for match in marks]
    if line.kind == "number":
        begins.insert(0, (0, 0, line.mark))
    elif line.text[: begins[0][0]].strip():
        yield _part(line, 0, begins[0][0], gap=line.gap)
    for n, ((_, begin, count), (end, _, _)) in enumerate(
        pairwise([*begins, (len(line.text), 0, "")])
    ):
        item = _part(line, begin, end, gap=line.gap and n == 0)
        item.kind, item.mark = "number", count
        yield item


def _marks(line: Line) -> list[re.Match[str]]:
    """What marks the items of a list in a line: 1, 2, 3 and so on; none if it has no such list."""
    marked = line.kind == "number" and line.mark == "1"
    if line.kind not in ("", "number", "label") or (line.kind == "number" and not marked):
        return []
    found = list(_MARK.finditer(line.text))
    first = 2 if marked else 1
    counts = [int(match["count"]) for match in found]
    pointed = any(match[0].rstrip().endswith(".") for match in found)
    least = _FEWEST + pointed - marked
    return found if len(found) >= least and counts == list(range(first, first + len(found))) else []


def _part(line: Line, begin: int, end: int, *, gap: bool) -> Line:
    text = line.text[begin:end].rstrip(" ,;")
    start = line.start + begin
    return Line(start, start + len(text), text, gap, part=line.part)
