"""Finds the exercises of a text by how it is laid out: headings, lists, run-in names, tables.

Nothing here knows what a figure is, but for `Doses`, which says whether some lines hold a dose:
of all ways to divide a text, the one is taken that gives the most parts with a dose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

MARKER: Final = re.compile(
    r"(?P<hash>#{1,6})\s+"
    r"|(?:(?:exercise|übung|ejercicio|exercice|station|move|stretch)\s+)?"
    r"(?P<number>\d{1,2})\s?(?:[.)]|:(?=\s)|\s[-–—](?=\s))(?=\s|[A-ZÄÖÜÉÀÈÊ])\s*"
    r"|(?P<letter>[A-Z]\d?)[.):]\s+|(?P<small>[a-z])\)\s+"
    r"|(?P<bullet>[•*·▪◦‣–—-])\s+"
    r"|(?P<label>WU|CD|Warm[- ]?up|Cool[- ]?down|Finisher|Mobility|Min(?:ute)?\s?\d\d?"
    r"|Aufwärmen|Échauffement|Calentamiento|Abwärmen|Retour au calme|Vuelta a la calma)\s?:\s*",
    re.IGNORECASE,
)
NAME_WORDS: Final = 8
"""Words that a heading has at most."""
RUN_IN_WORDS: Final = 7
_RUN_IN: Final = re.compile(
    r"(?P<name>[^\s.:!?;|–—][^.:!?;|–—\n]{1,58}?)(?P<end>\.|:|\s\(|\s[-–—]|!)\s+\S"
)
_WRAPPED: Final = 55
"""A line that is longer may go on in the next one."""
CELLS: Final = re.compile(r"\s*\|\s*|\s*\t\s*|\s{3,}")


@dataclass
class Line:
    """A line, or what of it stands after its marker; `start` and `end` are places in the text."""

    start: int
    end: int
    text: str
    gap: bool
    """Whether an empty line stands before it."""
    kind: str = ""
    """How it is marked: `hash`, `number`, `letter`, `small`, `bullet`, `label`, or not at all."""
    mark: str = ""


@dataclass
class Section:
    """A part of the text with a name: an exercise, as far as the layout says."""

    name: tuple[int, int]
    lines: list[Line] = field(default_factory=list)
    """Its text, that of the heading's line after the name included."""
    style: str = ""
    label: str = ""
    heading: Line | None = None


@dataclass
class Layout:
    """The parts of a text."""

    title: Line | None
    sections: list[Section]
    notes: list[Line]
    """What stands outside of them, in order."""
    tables: list[list[list[Cell]]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    start: int
    end: int


Doses = Callable[[Sequence[Line]], bool]


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not empty; those that only wrap are joined."""
    found: list[Line] = []
    at = 0
    gap = True
    for raw in text.split("\n"):
        start, at = at, at + len(raw) + 1
        if not raw.strip() or not any(map(str.isalnum, raw)):
            gap = True
            continue
        begin = start + len(raw) - len(raw.lstrip())
        end = start + len(raw.rstrip())
        line = _marked(Line(begin, end, text[begin:end], gap))
        if found and not gap and _goes_on(found[-1], line):
            found[-1].end = end
            found[-1].text = text[found[-1].start : end].replace("\n", " ")
        else:
            found.append(line)
        gap = False
    return found


def _goes_on(before: Line, line: Line) -> bool:
    last = before.text.rsplit("\n", 1)[-1]
    if (
        line.kind
        or CELLS.search(line.text)
        or CELLS.search(last)
        or len(last) < _WRAPPED
        or last[-1] in ".!?:"
    ):
        return False
    return len(last.split()) > NAME_WORDS and (line.text[0].islower() or last[-1].isalnum())


def _marked(line: Line) -> Line:
    match = MARKER.match(line.text)
    if match and match.lastgroup and match.end() < len(line.text):
        line.kind, line.mark = match.lastgroup, match[match.lastgroup]
        line.start += match.end()
        line.text = line.text[match.end() :]
    return line


def lay_out(lines: list[Line], doses: Doses, *, circuit: bool) -> Layout:
    """Divide a text. `circuit`: the dose of all stands elsewhere, and names alone are enough."""
    tables, lines = _tables(lines)
    title = lines[0] if lines and not lines[0].kind.startswith(("number", "bullet")) else None
    body = lines[1:] if title else lines
    best = _divided(body, doses, circuit=circuit)
    more = _divided(_outside(body, best), doses, circuit=False, listed=True) if best else []
    best = sorted([*best, *more], key=lambda section: section.name)
    return Layout(title, best, _outside(body, best), tables)


def _outside(body: list[Line], sections: list[Section]) -> list[Line]:
    """The lines that are in none of the sections."""
    used = {id(section.heading) for section in sections}
    used |= {id(line) for section in sections for line in section.lines}
    return [line for line in body if id(line) not in used]


def _divided(
    body: list[Line], doses: Doses, *, circuit: bool, listed: bool = False
) -> list[Section]:
    """The parts, in the first way of dividing that takes in nearly as many doses as any.

    `listed`: only by marks in front of lines.
    """
    found: list[tuple[int, float, list[Section]]] = []
    for style, heads in _styles(body).items():
        if listed and style not in ("number", "letter", "small", "bullet"):
            continue
        sections = _sections(body, heads, style)
        dosed = [section for section in sections if doses(section.lines)]
        lines = float(sum(doses([line]) for section in sections for line in section.lines))
        if circuit and style not in ("runin", "lines", "restart") and len(sections) > 1:
            lines = max(lines, len(sections) - 0.5)
            dosed = sections
        if dosed and len(dosed) >= 0.4 * len(sections):
            found.append((len(dosed), lines, sections))
    most = max((lines for _, lines, _ in found), default=0)
    several = [each for each in found if each[0] > 1] or found
    return next((each for _, lines, each in several if lines >= 0.7 * most), [])


def _styles(body: list[Line]) -> dict[str, list[int]]:
    """Which lines are headings, in each way a text may be divided; the likelier ones first."""
    number = [n for n, line in enumerate(body) if line.kind == "number"]
    marks = [int(body[n].mark) for n in number]
    found = {}
    hashes = Counter(len(line.mark) for line in body if line.kind == "hash")
    for level in sorted(hashes, reverse=True):
        found[f"hash{level}"] = [
            n for n, line in enumerate(body) if line.kind == "hash" and len(line.mark) == level
        ]
    if marks and all(after > before for before, after in pairwise(marks)):
        found["number"] = number
    found["short"] = [n for n in range(len(body)) if _is_short(body, n)]
    found["letter"] = [n for n, x in enumerate(body) if x.kind in ("letter", "label")]
    found["small"] = [n for n, line in enumerate(body) if line.kind == "small"]
    found["runin"] = [n for n, line in enumerate(body) if _run_in(line)]
    found["bullet"] = [n for n, line in enumerate(body) if line.kind == "bullet"]
    found["restart"] = number if "number" not in found else []
    plain = (n for n, line in enumerate(body) if not line.kind and line.text[-1] != ":")
    found["lines"] = list(plain)
    return {style: heads for style, heads in found.items() if heads}


def _is_short(body: list[Line], at: int) -> bool:
    line = body[at]
    if line.kind or at + 1 >= len(body) or "|" in line.text:
        return False
    words = line.text.split()
    after = body[at + 1]
    longer = len(after.text) > len(line.text) or after.kind in ("number", "bullet", "small")
    return (
        len(words) <= NAME_WORDS
        and line.text[-1] not in ".,;!?"
        and (line.gap or bool(at and not body[at - 1].kind and len(body[at - 1].text) > 60))
        and (not after.gap or len(after.text) > len(line.text) + 15)
        and longer
        and not line.text[0].islower()
    )


def _run_in(line: Line) -> re.Match[str] | None:
    """The name that a paragraph begins with."""
    match = _RUN_IN.match(line.text) if not line.kind or line.kind == "bullet" else None
    if match is None or len(match["name"].split()) > RUN_IN_WORDS:
        return None
    if match["name"][0].islower() and match["end"] != " -":
        return None
    return match


def _sections(body: list[Line], heads: list[int], style: str) -> list[Section]:
    found = []
    for at, until in zip(heads, [*heads[1:], len(body)], strict=True):
        head = body[at]
        section = Section((head.start, head.end), style=style, heading=head)
        section.label = head.mark
        rest = _after_name(head, section, style)
        section.lines = [*rest, *_own(body[at + 1 : until], style)]
        found.append(section)
    _shorten(found)
    _whole_names(found)
    return found


def _whole_names(sections: list[Section]) -> None:
    """Where all names begin alike ("For the back: bridge"), what follows belongs to them."""
    named = {each.heading.text[: each.name[1] - each.name[0]] for each in sections if each.heading}
    if len(sections) < 2 or len(named) > 1:
        return
    for section in sections:
        head = section.heading
        if head and section.lines and section.lines[0].end == head.end:
            section.name = (section.lines[0].start, head.end)
            if len(head.text.split()) <= NAME_WORDS:
                del section.lines[0]


def _own(lines: list[Line], style: str) -> list[Line]:
    """The lines that belong to a heading."""
    if style not in ("runin", "bullet", "lines", "letter"):
        return lines
    own = []
    for line in lines:
        if style == "lines" or (line.gap and (not line.kind or style == "runin")):
            break
        if style in ("bullet", "letter") and not line.kind and line.gap:
            break
        own.append(line)
    return own


def _after_name(head: Line, section: Section, style: str) -> list[Line]:
    """What stands in the heading's line after the name, which it finds."""
    if style == "lines":
        return [head]
    match = _RUN_IN.match(head.text)
    if match and len(match["name"].split()) <= NAME_WORDS:
        section.name = (head.start, head.start + len(match["name"].rstrip()))
        begin = match.end("end") if match["end"].strip() != "(" else match.start("end") + 1
        text = head.text[begin:].lstrip()
        start = head.end - len(text)
        return [Line(start, head.end, text, gap=False)]
    if (
        style in ("runin",)
        or len(head.text.split()) > NAME_WORDS
        or any(map(str.isdigit, head.text))
    ):
        return [Line(head.start, head.end, head.text, gap=False)]
    return []


def _shorten(sections: list[Section]) -> None:
    """Leave out of the last section the paragraphs that the others have not either."""
    counts = [sum(line.gap for line in each.lines) for each in sections[:-1]]
    if not counts or not sections[-1].lines:
        return
    usual = Counter(counts).most_common(1)[0][0]
    most = usual
    seen = 0
    for n, line in enumerate(sections[-1].lines):
        seen += line.gap
        if seen > most:
            del sections[-1].lines[n:]
            return


def _tables(lines: list[Line]) -> tuple[list[list[list[Cell]]], list[Line]]:
    """The tables, as rows of cells, and the lines outside of them."""
    tables: list[list[list[Cell]]] = []
    others: list[Line] = []
    run: list[Line] = []
    for line in [*lines, Line(0, 0, "", gap=True)]:
        cells = len(cells_of(line)) if line.text else 0
        if cells >= 3 and (not run or not line.gap):
            run.append(line)
            continue
        if len(run) >= 3:
            tables.append([cells_of(row) for row in run])
        else:
            others += run
        run = [line] if cells >= 3 else []
        if cells < 3 and line.text:
            others.append(line)
    return tables, others


def cells_of(line: Line) -> list[Cell]:
    """The cells of a row."""
    found = []
    at = 0
    for match in [*CELLS.finditer(line.text), None]:
        begin, end = (match.span()) if match else (len(line.text), len(line.text))
        if end > at or match is None:
            text = line.text[at:begin]
            if text or at:
                found.append(Cell(text, line.start + at, line.start + begin))
        at = end
    if found and not found[-1].text:
        found.pop()
    if found and not found[0].text:
        found.pop(0)
    return found
