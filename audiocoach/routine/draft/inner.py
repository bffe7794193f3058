"""Finds the exercises inside of a part: under one heading, behind each other, a paragraph each."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.dividing import run_in, sections_at
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.parts import Eye, Section

_FEWEST_PARAGRAPHS: Final = 3
_NAMED: Final = re.compile(r"[^,.;:(!?]{3,50}?(?=[,.;:(!?]|\s\d)|\S+(?:\s\S+){0,4}")
"""The first words of a paragraph, as its name."""
_MOST_NAMED: Final = 0.6
"""Share of the lines under a heading that name themselves, if they are exercises."""


def inside(section: Section, eye: Eye, *, loud: bool) -> list[Section]:
    """The exercises that stand under one heading, a line each.

    `loud`: all headings are in capitals, so that these say nothing.
    """
    head = section.heading
    if head is None or not section.style.startswith(("hash", "short", "letter", "number")):
        return []
    lines = [line for line in section.lines if line.start > head.end]
    listed = _listed(section, head, eye)
    if listed:
        return listed
    placed = eye.is_position(head)
    over = placed or any(map(eye.is_shared, lines[:1]))
    shared = named_paragraphs(lines, eye, placed=placed) if over else []
    if shared:
        for each in shared:
            each.part = head.start
        for line in [head, *lines]:
            line.part = head.start
        return shared
    named = [line for line in lines if eye.names_itself(line)]
    marked = not section.style.startswith(("hash", "short"))
    plain = replace(head, text=head.text.capitalize()) if loud else head
    if marked and not eye.heads_others(plain):
        return []
    if len(named) < (1 if marked else 2) or len(named) < _MOST_NAMED * len(lines):
        return []
    section.lines = lines
    inner = sections_at(section.lines, [section.lines.index(line) for line in named], "lines")
    for each in inner:
        each.part = head.start
    for line in [head, *section.lines]:
        line.part = head.start
    return inner


def _listed(section: Section, head: Line, eye: Eye) -> list[Section]:
    """The items of a list under a heading, where they have names and doses of their own."""
    marked = {"bullet", "small", "number", "letter"} - {section.style}
    items = [n for n, line in enumerate(section.lines) if line.kind in marked]
    named = [n for n in items if _is_named(section.lines[n], eye)]
    if len(named) < 2 or len(named) < _MOST_NAMED * len(items):
        return []
    found = sections_at(section.lines, items, "bullet")
    for each in found:
        each.part = head.start
    for line in [head, *section.lines]:
        line.part = head.start
    return found


def _is_named(line: Line, eye: Eye) -> bool:
    """Whether an item of a list has a name and a dose: "Plank: 30 s", "lat raise x15"."""
    return begins_with_name(line, eye) or eye.names_itself(replace(line, kind=""))


def paragraphs(section: Section, eye: Eye) -> list[Section]:
    """The paragraphs under a heading, where several have a dose of their own each.

    Their names are their first words, which is a question for whoever reads the draft.
    """
    if not section.style.startswith(("hash", "short")):
        return []
    begins = [n for n, line in enumerate(section.lines) if line.gap and not line.kind]
    parts = [section.lines[a:b] for a, b in pairwise([*begins, len(section.lines)])]
    dosed = [part for part in parts if any(map(eye.has_own_dose, part))]
    if len(dosed) < _FEWEST_PARAGRAPHS:
        return []
    found = []
    for part in dosed:
        head = part[0]
        end = _NAMED.match(head.text)
        found.append(Section((head.start, head.start + (end.end() if end else 0)), part, "loose"))
        found[-1].heading = head
    return found


def named_paragraphs(lines: list[Line], eye: Eye, *, placed: bool = False) -> list[Section]:
    """The paragraphs under a heading that begin with a name, where their dose stands over them.

    "Do each of these ten times" over "Heel slide - lie flat." and "Knee press - push down."
    `placed`: the heading tells a position, and the dose may be told of all exercises elsewhere.
    """
    begins = [n for n, line in enumerate(lines) if line.gap and not line.kind]
    named = [n for n in begins if _name_ends(lines[n], eye)]
    ahead = lines[: begins[0]] if begins else []
    dosed = (placed and not ahead) or any(
        eye.has_own_dose(line) or eye.is_shared(line) for line in ahead
    )
    if len(named) < 2 or named != begins[: len(named)] or not dosed:
        return []
    signs = {_name_ends(lines[n], eye) for n in named}
    if ahead and _name_ends(ahead[0], eye) in signs:
        return []
    return [replace(each, style="shared") for each in sections_at(lines, named, "runin")]


def _name_ends(line: Line, eye: Eye) -> str:
    """The sign between a name and the rest of a paragraph that begins with it; "" in others."""
    match = run_in(line)
    name = replace(line, text=match["name"], end=line.start + match.end("name")) if match else None
    return match["end"].strip() if match and name and eye.may_be_name(name) else ""


def split_off(section: Section, eye: Eye, *, single: bool) -> list[Section]:
    """Exercises of one line behind the text of another.

    An empty line stands in between, unless that other is a line of a list or begins with its name.
    `single`: all others are one line.
    """
    if section.style == "lines":
        return []
    short = single or section.style in ("runin", "bullet", "letter")
    more = [
        line for line in section.lines[1:] if eye.names_itself(line, strictly=True, apart=not short)
    ]
    begin = section.lines.index(more[0]) if more else 0
    if eye.paces(section.lines):
        return []
    if not more or not (short or eye.has_dose(section.lines[:begin])):
        return []
    behind = section.lines[begin:]
    del section.lines[begin:]
    return sections_at(behind, [behind.index(line) for line in more], "lines")


def begins_with_name(line: Line, eye: Eye) -> bool:
    """Whether a paragraph begins with a name, and holds a dose: "Neck. Hold for 20 seconds."."""
    match = run_in(replace(line, kind=""))
    name = replace(line, text=match["name"], end=line.start + match.end("name")) if match else None
    return name is not None and eye.may_be_name(name) and eye.has_own_dose(line)
