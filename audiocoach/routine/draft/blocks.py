"""Finds the exercises of a text by how it is laid out: headings, lists, run-in names, tables.

Nothing here knows what a figure is, but for an `Eye`, which sees doses. A text is divided at its
headings over several exercises; and of all ways to divide what stands under one, that is taken
that gives the most parts with a dose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Protocol

from audiocoach.routine.draft.cells import Cell, Header, tables_in
from audiocoach.routine.draft.lines import NAME_WORDS, Line

RUN_IN_WORDS: Final = 7
_FEWEST_NAMES: Final = 3
"""Lines of a list of bare names."""
_MOST_NAMED: Final = 0.6
"""Share of the lines under a heading that name themselves, if they are exercises."""
_RUN_IN: Final = re.compile(
    r"(?!\d+(?:[-–]\d+)?\s?(?:[^\W\d_]{1,3}\.|x\b))(?P<name>[^\s.:!?;|–—][^.:!?;|–—\n]{1,58}?)(?P<end>\.|:|\s\(|\s[-–—]|!)\s+\S"
)


@dataclass
class Section:
    """A part of the text with a name: an exercise, as far as the layout says."""

    name: tuple[int, int]
    lines: list[Line] = field(default_factory=list)
    """Its text, that of the heading's line after the name included."""
    style: str = ""
    label: str = ""
    heading: Line | None = None
    part: int = -1
    """Where the heading over this and other exercises stands; -1 if there is none."""


class Eye(Header, Protocol):
    """What sees figures in lines."""

    def has_dose(self, lines: Sequence[Line]) -> bool:
        """Whether some lines hold a dose."""

    def has_own_dose(self, line: Line) -> bool:
        """Whether a line has the dose of an exercise, and not that of a group alone."""

    def may_be_name(self, line: Line) -> bool:
        """Whether a line may be the name of an exercise, and nothing else."""

    def may_head(self, line: Line) -> bool:
        """Whether a line may be a heading, and is no mere dose."""

    def names_itself(self, line: Line, *, strictly: bool = False) -> bool:
        """Whether a line names an exercise and gives its dose: "Calf raise: 20".

        `strictly`: it stands among others that do not.
        """

    def heads_part(self, line: Line) -> int:
        """How many letters of a line are a heading over exercises: "Tuesday: "; 0 if none."""

    def ends_part(self, line: Line) -> bool:
        """Whether a line is beside the exercises under a heading: "Cool-down: 5 min walk"."""


@dataclass
class Layout:
    """The parts of a text."""

    title: Line | None
    sections: list[Section]
    notes: list[Line]
    """What stands outside of them, in order."""
    tables: list[list[list[Cell]]]


def lay_out(lines: list[Line], eye: Eye, *, circuit: bool) -> Layout:
    """Divide a text. `circuit`: the dose of all stands elsewhere, and names alone are enough."""
    tables, lines = tables_in(lines, eye)
    title = _title(lines, eye)
    mail = [line for line in lines if line.kind in ("subject", "mail")]
    body = [line for line in lines if line is not title and line not in mail]
    heads = [line for line in body if eye.heads_part(line)]
    begins = [body.index(line) for line in heads]
    at = [rows[0][0].start for rows in tables]
    begins = sorted([*begins, *_ends(body, begins, at, eye)])
    front = body[: begins[0]] if begins else body
    sections, notes = _laid(front, eye, circuit=circuit)
    for begin, end in pairwise([*begins, len(body)]):
        chunk = body[begin:end]
        divide = _part if eye.heads_part(chunk[0]) else _behind
        more, rest = divide(chunk, eye, circuit=circuit)
        sections += more
        notes += rest
    for rows in tables:
        above = [head.start for head in heads if head.start < rows[0][0].start]
        for row in rows:
            row[0].part = above[-1] if above else -1
    notes += [line for line in mail if line is not title]
    return Layout(title, sections, notes, tables)


def _ends(body: list[Line], begins: list[int], tables: list[int], eye: Eye) -> list[int]:
    """Where the part before is over: at "Cool-down: 5 min walk" behind other exercises."""
    found = []
    for n, line in enumerate(body):
        begin = max((each for each in begins if each < n), default=n)
        behind = begin < n - 1 or any(body[begin].start < at < line.start for at in tables)
        if behind and n not in begins and eye.ends_part(line):
            found.append(n)
    return found


def _title(lines: list[Line], eye: Eye) -> Line | None:
    """The subject of a mail, or the first line, if it is no item of a list and no exercise."""
    subject = next((line for line in lines if line.kind == "subject"), None)
    if subject:
        return subject
    if not lines or lines[0].kind.startswith(("number", "bullet")) or eye.heads_part(lines[0]):
        return None
    return None if all(map(eye.names_itself, lines[:2])) else lines[0]


def _laid(body: list[Line], eye: Eye, *, circuit: bool) -> tuple[list[Section], list[Line]]:
    """The exercises of some lines, and the lines outside of them."""
    best = _divided(body, eye, circuit=circuit)
    more = _divided(_outside(body, best), eye, circuit=False, listed=True) if best else []
    best = sorted([*best, *more], key=lambda section: section.name)
    notes = _outside(body, best)
    sections: list[Section] = []
    for section in best:
        sections += _split_off(section, eye)
        inner = _inside(section, eye)
        if inner and section.heading:
            notes.append(section.heading)
        sections += inner or [section]
    named = [line for line in notes if eye.names_itself(line, strictly=True)]
    if named:
        sections += _sections(notes, [notes.index(line) for line in named], "lines")
        notes = [line for line in notes if line not in named]
    return sorted(sections, key=lambda section: section.name), notes


def _split_off(section: Section, eye: Eye) -> list[Section]:
    """Exercises of one line behind the text of another, an empty line in between."""
    if section.style in ("lines", "runin", "bullet", "letter"):
        return []
    more = [line for line in section.lines[1:] if eye.names_itself(line, strictly=True)]
    begin = section.lines.index(more[0]) if more else 0
    if not more or not eye.has_dose(section.lines[:begin]):
        return []
    behind = section.lines[begin:]
    del section.lines[begin:]
    return _sections(behind, [behind.index(line) for line in more], "lines")


def _part(lines: list[Line], eye: Eye, *, circuit: bool) -> tuple[list[Section], list[Line]]:
    """The exercises under a heading over several, and the lines outside of them."""
    head = lines[0]
    for line in lines:
        line.part = head.start
    own = head.after(eye.heads_part(head))
    told = bool(own.text) and eye.has_own_dose(own)
    body = [own, *lines[1:]] if told else lines[1:]
    notes = [] if told else [head]
    named = [line for line in body if eye.names_itself(line)]
    if len(named) > 1:
        sections = _sections(body, [body.index(line) for line in named], "lines")
        rest = _outside(body, sections)
    else:
        sections, rest = _laid(body, eye, circuit=circuit)
        styles = {section.style for section in sections}
        if styles <= {"lines", "runin"} or (len(sections) == 1 and styles == {"letter"}):
            sections, rest = _paragraph(head, own, body, eye)
    for section in sections:
        section.part = head.start
    return sections, notes + rest


def _behind(lines: list[Line], eye: Eye, *, circuit: bool) -> tuple[list[Section], list[Line]]:
    """What follows the exercises under a heading, and is not one of them."""
    sections, notes = _laid(lines, eye, circuit=circuit)
    if lines[0] in notes and eye.names_itself(lines[0]):
        notes.remove(lines[0])
        sections = [*_sections(lines[:1], [0], "lines"), *sections]
    return sections, notes


def _paragraph(
    head: Line, own: Line, body: list[Line], eye: Eye
) -> tuple[list[Section], list[Line]]:
    """The first paragraph under a heading, as one exercise of that name."""
    last = next((n for n, line in enumerate(body) if n and line.gap), len(body))
    if not eye.has_dose(body[:last]):
        return [], body
    name = own if own.text and own not in body else head
    section = Section((name.start, name.end), body[:last], "part", heading=head)
    return [section], body[last:]


def _inside(section: Section, eye: Eye) -> list[Section]:
    """The exercises that stand under one heading, a line each."""
    if not section.style.startswith(("hash", "short")) or section.heading is None:
        return []
    named = [line for line in section.lines if eye.names_itself(line)]
    if len(named) < 2 or len(named) < _MOST_NAMED * len(section.lines):
        return []
    inner = _sections(section.lines, [section.lines.index(line) for line in named], "lines")
    for each in inner:
        each.part = section.heading.start
    for line in [section.heading, *section.lines]:
        line.part = section.heading.start
    return inner


def _outside(body: list[Line], sections: list[Section]) -> list[Line]:
    """The lines that are in none of the sections."""
    used = {id(section.heading) for section in sections}
    used |= {id(line) for section in sections for line in section.lines}
    return [line for line in body if id(line) not in used]


def _divided(body: list[Line], eye: Eye, *, circuit: bool, listed: bool = False) -> list[Section]:
    """The parts, in the first way of dividing that takes in nearly as many doses as any.

    `listed`: only by marks in front of lines.
    """
    found: list[tuple[int, float, list[Section]]] = []
    styles = _styles(body, eye)
    named = _names_in_a_row(body, eye) if circuit else []
    styles |= {"names": named} if named else {}
    for style, heads in styles.items():
        if listed and style not in ("number", "letter", "small", "bullet"):
            continue
        sections = _sections(body, heads, style)
        dosed = [section for section in sections if eye.has_dose(section.lines)]
        lines = float(sum(eye.has_dose([line]) for section in sections for line in section.lines))
        if circuit and style not in ("runin", "lines", "restart") and len(sections) > 1:
            lines = max(lines, len(sections) - 0.5)
            dosed = sections
        if dosed and len(dosed) >= 0.4 * len(sections):
            found.append((len(dosed), lines, sections))
    several = [each for each in found if each[0] > 1] or found
    most = max((lines for _, lines, _ in several), default=0)
    return next((each for _, lines, each in several if lines >= 0.7 * most), [])


def _styles(body: list[Line], eye: Eye) -> dict[str, list[int]]:
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
    found["short"] = [n for n in range(len(body)) if _is_short(body, n) and eye.may_head(body[n])]
    found["letter"] = [n for n, x in enumerate(body) if x.kind in ("letter", "label")]
    found["small"] = [n for n, line in enumerate(body) if line.kind == "small"]
    found["runin"] = [n for n, line in enumerate(body) if _run_in(line)]
    found["bullet"] = [n for n, line in enumerate(body) if line.kind == "bullet"]
    found["restart"] = number if "number" not in found else []
    single = ("", "label")
    plain = (n for n, line in enumerate(body) if line.kind in single and line.text[-1] != ":")
    found["lines"] = list(plain)
    return {style: heads for style, heads in found.items() if heads}


def _names_in_a_row(body: list[Line], eye: Eye) -> list[int]:
    """The lines of a bare list of names, as circuits have them."""
    bare = [
        n
        for n, line in enumerate(body)
        if not line.kind and len(line.text.split()) <= NAME_WORDS and eye.may_be_name(line)
    ]
    runs: list[list[int]] = []
    for n in bare:
        if runs and n == runs[-1][-1] + 1 and not body[n].gap:
            runs[-1].append(n)
        else:
            runs.append([n])
    longest = max(runs, key=len, default=[])
    inside = longest if body and longest and body[longest[0]].text[-1] != ":" else longest[1:]
    return inside if len(inside) >= _FEWEST_NAMES else []


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
    if style not in ("runin", "bullet", "lines", "letter", "names"):
        return lines
    own = []
    for line in lines:
        if style in ("lines", "names") or (line.gap and (not line.kind or style == "runin")):
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
