"""Finds the exercises of a text by how it is laid out: headings, lists, run-in names, tables.

Nothing here knows what a figure is, but for an `Eye`, which sees doses. A text is divided at its
headings over several exercises, and what stands under one as `dividing.py` does it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from audiocoach.routine.draft.cells import Cell, tables_in
from audiocoach.routine.draft.dividing import divided, is_form, sections_at
from audiocoach.routine.draft.inner import (
    begins_with_name,
    inside,
    named_paragraphs,
    paragraphs,
    split_off,
)
from audiocoach.routine.draft.lines import NAME_WORDS, Line
from audiocoach.routine.draft.parts import Eye, Section
from audiocoach.routine.draft.steps import steps_in

_MARKED: Final = frozenset(("bullet", "letter", "number", "small", "label"))
"""The kinds of lines that are items of a list."""
_FEWEST_ITEMS: Final = 2
_MOST_WHOLE: Final = 0.7
"""Share of the items of a list that are a line each, if all may be."""
_LONGEST_TITLE: Final = 120
"""Letters of a first line that holds a dose; a longer one is a paragraph."""


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
    first = lines[0] if lines else None
    lines = _names_first(lines, eye)
    tables, lines = tables_in(lines, eye)
    title = _title(lines, eye) if first in lines else None
    mail = [line for line in lines if line.kind in ("subject", "mail")]
    body = [line for line in lines if line is not title and line not in mail]
    heads = [line for line in body if eye.heads_part(line)]
    begins = [body.index(line) for line in heads]
    at = [rows[0][0].start for rows in tables]
    begins = sorted([*begins, *_ends(body, begins, at, eye)])
    front = body[: begins[0]] if begins else body
    steps = None if begins else steps_in(front, title, eye)
    if steps:
        title = None if steps.heading is title else title
        front = _outside(front, [steps])
    sections, notes = _laid(front, eye, circuit=circuit)
    sections += [steps] if steps else []
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


def _names_first(lines: list[Line], eye: Eye) -> list[Line]:
    """The lines, with each name before its dose where all doses stand over names."""
    over = [n for n in range(len(lines) - 1) if _is_dose_over(lines, n, eye)]
    alone = [n for n, line in enumerate(lines) if line.gap and eye.is_only_dose(line)]
    if len(over) < _FEWEST_ITEMS or len(over) < _MOST_WHOLE * len(alone):
        return lines
    found = list(lines)
    for n in over:
        found[n] = replace(lines[n + 1], gap=True)
        found[n + 1] = replace(lines[n], gap=False)
    return found


def _is_dose_over(lines: list[Line], at: int, eye: Eye) -> bool:
    """Whether a line is a dose, and the one right below it a name: "3 x 12" over "Plank"."""
    line, after = lines[at], lines[at + 1]
    plain = not (line.kind or after.kind or after.gap) and (line.gap or at == 0)
    return plain and eye.is_only_dose(line) and eye.may_be_name(after)


def _ends(body: list[Line], begins: list[int], tables: list[int], eye: Eye) -> list[int]:
    """Where the part before is over: at "Cool-down: 5 min walk" behind other exercises."""
    found = []
    for n, line in enumerate(body):
        begin = max((each for each in begins if each < n), default=n)
        whole = begin < n and 0 < eye.heads_part(body[begin]) < len(body[begin].text)
        behind = begin < n - 1 or whole or any(body[begin].start < at < line.start for at in tables)
        marked = line.gap and (line.kind in ("letter", "number", "hash") or _is_over_list(body, n))
        warm = begin in begins and eye.is_warm(body[begin])
        if behind and n not in begins and (eye.ends_part(line) or (marked and warm)):
            found.append(n)
    return found


def _is_over_list(body: list[Line], at: int) -> bool:
    """Whether a bare line stands over the first item of a counted list: "The stations"."""
    line, after = body[at], body[at + 1] if at + 1 < len(body) else None
    bare = not line.kind and len(line.text.split()) <= NAME_WORDS and line.text[-1] not in ".!?"
    return bare and after is not None and after.kind == "number" and after.mark == "1"


def _title(lines: list[Line], eye: Eye) -> Line | None:
    """The subject of a mail, or the first line, if it is no item of a list and no exercise."""
    subject = next((line for line in lines if line.kind == "subject"), None)
    if subject:
        return subject
    if not lines or lines[0].kind.startswith(("number", "bullet")) or eye.heads_part(lines[0]):
        return None
    long = len(lines[0].text) > _LONGEST_TITLE and eye.has_own_dose(lines[0])
    if long or (len(lines) > 1 and not lines[1].gap and is_form(lines, 1, eye)):
        return None
    told = eye.is_far(lines[0]) or eye.takes_long(lines[0])
    named = all(map(eye.names_itself, lines[:2])) and not told
    return None if named else lines[0]


def _laid(body: list[Line], eye: Eye, *, circuit: bool) -> tuple[list[Section], list[Line]]:
    """The exercises of some lines, and the lines outside of them."""
    best = divided(body, eye, circuit=circuit)
    more = divided(_outside(body, best), eye, circuit=False, listed=True) if best else []
    best = sorted([*best, *more], key=lambda section: section.name)
    notes = _outside(body, best)
    sections: list[Section] = []
    last = best[-1] if len(best) > _FEWEST_ITEMS and not any(map(_below, best[:-1])) else None
    loud = all(each.heading is not None and each.heading.text.isupper() for each in best)
    whole = [section for section in best if _is_whole(section, eye)]
    single = len(best) > 1 and len(whole) >= _MOST_WHOLE * len(best)
    for section in best:
        apart = paragraphs(section, eye)
        if apart:
            notes += [section.heading] if section.heading else []
            sections += apart
            continue
        sections += split_off(section, eye, single=single)
        if section is last:
            notes += _cut_loose(section)
        inner = inside(section, eye, loud=loud)
        if inner and section.heading:
            notes += _behind_list(section, inner)
            led = section.heading.kind == "label" and eye.has_own_dose(section.heading)
            if led:  # "Cool-down: 5 min walk, then" over a list
                sections.append(replace(section, lines=[section.heading]))
            else:
                notes.append(section.heading)
        sections += inner or [section]
    named = [line for line in notes if eye.names_itself(line, strictly=True)]
    if named:
        sections += sections_at(notes, [notes.index(line) for line in named], "lines")
        notes = [line for line in notes if line not in named]
    notes.sort(key=lambda line: line.start)
    headed = _headed(body, notes, eye) if sections else []
    sections += headed
    notes = _outside(notes, headed)
    begun = [line for line in notes if sections and begins_with_name(line, eye)]
    if begun:
        loose = sections_at(notes, [notes.index(line) for line in begun], "runin")
        sections += [replace(section, style="loose") for section in loose]
        used = {id(line) for section in sections for line in [*section.lines, section.heading]}
        notes = [line for line in notes if id(line) not in used]
    return sorted(sections, key=lambda section: section.name), notes


def _behind_list(section: Section, inner: list[Section]) -> list[Line]:
    """What stands under a heading behind the exercises in it, and is none of them."""
    own = {id(line) for each in inner for line in [*each.lines, each.heading]}
    begin = inner[0 if inner[0].style == "shared" else -1].name[0]
    ahead = [line for line in section.lines if line.end < begin and inner[0].style == "shared"]
    behind = [line for line in section.lines if line.start > begin and id(line) not in own]
    single = len(inner) > 1 and not any(map(_below, inner[:-1]))
    return ahead + (_cut_loose(inner[-1]) if single else []) + behind


def _headed(body: list[Line], notes: list[Line], eye: Eye) -> list[Section]:
    """The paragraphs of the notes that are each named by the line right over it."""
    noted = {id(line) for line in notes}
    over = [n for n in range(len(body) - 1) if _is_over(body, n, noted, eye)]
    found = sections_at(body, over, "short") if over else []
    for section in found:
        del section.lines[1:]
    return found


def _is_over(body: list[Line], at: int, noted: set[int], eye: Eye) -> bool:
    """Whether a line of the notes names the exercise in the paragraph right below it."""
    line, after = body[at], body[at + 1]
    apart = line.gap and not (line.kind or after.kind or after.gap)
    outside = id(line) in noted and id(after) in noted and line.text[-1] != ":"
    return apart and outside and eye.may_be_name(line) and begins_with_name(after, eye)


def _is_whole(section: Section, eye: Eye) -> bool:
    """Whether a part has nothing below its heading's line, or its dose there already."""
    head = section.heading
    marked = head is not None and head.kind in _MARKED and eye.has_own_dose(head)
    return len(section.lines) < 2 or marked


def _below(section: Section) -> int:
    """How many lines a part has below that of its heading."""
    head = section.heading
    return sum(head is not None and line.start > head.end for line in section.lines)


def _cut_loose(section: Section) -> list[Line]:
    """What stands below the last line of a list, whose items are a line each; taken out of it."""
    marked = section.heading is not None and section.heading.kind in _MARKED
    behind = section.lines[len(section.lines) - _below(section) :] if marked else []
    if not behind or behind[0].kind or behind[0].text[0].islower():
        return []
    del section.lines[len(section.lines) - len(behind) :]
    return behind


def _part(lines: list[Line], eye: Eye, *, circuit: bool) -> tuple[list[Section], list[Line]]:
    """The exercises under a heading over several, and the lines outside of them."""
    head = lines[0]
    for line in lines:
        line.part = head.start
    own = head.after(eye.heads_part(head))
    told = bool(own.text) and eye.has_own_dose(own) and not (eye.by_clock(own) and lines[1:])
    body = [own, *lines[1:]] if told else lines[1:]
    notes = [] if told else [head]
    below = {id(after) for over, after in pairwise(body) if _is_headed(over, after, eye)}
    below |= _under_names(body, eye)
    named = [line for line in body if id(line) not in below and eye.names_itself(line)]
    named = _with_alike(body, named, eye)
    shared = named_paragraphs(body, eye)
    if shared:
        sections, rest = shared, _outside(body, shared)
    elif len(named) > (0 if _is_by_clock(own, body, named, eye) else 1):
        sections = sections_at(body, [body.index(line) for line in named], "lines")
        rest = _outside(body, sections)
        marked = [
            line for line in rest if line.kind in ("number", "letter") and eye.has_dose([line])
        ]
        if marked:
            more, rest = _laid(rest, eye, circuit=circuit)
            sections = sorted([*sections, *more], key=lambda section: section.name)
    else:
        sections, rest = _laid(body, eye, circuit=circuit)
        styles = {section.style for section in sections}
        listed = [part for part in sections if part.heading and part.heading.kind == "bullet"]
        single = len(sections) == 1 and styles == {"letter"}
        lined = styles <= {"lines", "runin"} and len(listed) < len(sections)
        if lined and _is_named(sections, body, eye):
            sections = sections[:1]
            rest = _outside(body, sections)
        elif single or lined:
            sections, rest = _paragraph(head, own, body, eye)
    rest += _rests_behind(sections, eye)
    for section in sections:
        section.part = head.start
    return sections, notes + rest


def _is_named(sections: list[Section], body: list[Line], eye: Eye) -> bool:
    """Whether a part is a paragraph that begins with its name: "Wall sit - slide down"."""
    head = sections[0].heading if sections else None
    alone = head is not None and head is body[0] and sections[0].name[1] < head.end
    alone = alone and all(each.heading and each.heading.gap for each in sections[1:2])
    return head is not None and alone and begins_with_name(head, eye)


def _is_by_clock(own: Line, body: list[Line], named: list[Line], eye: Eye) -> bool:
    """Whether work by the clock leads to what is named: "EMOM, 10 minutes:" over "12 swings"."""
    ahead = body[: body.index(named[0])] if named else []
    return any(line.text and eye.by_clock(line) for line in [own, *ahead])


def _is_headed(over: Line, after: Line, eye: Eye) -> bool:
    """Whether a line stands right below a marked name: under "(a) Circulation"."""
    marked = over.kind in ("number", "letter", "small") and not eye.has_dose([over])
    return marked and not (after.kind or after.gap) and len(over.text.split()) <= NAME_WORDS


def _under_names(body: list[Line], eye: Eye) -> set[int]:
    """The sentences that each stand alone under a name, by their ids."""
    return {
        id(line)
        for over, line, after in zip(body, body[1:], [*body[2:], None], strict=False)
        if (over.gap and not over.kind and eye.may_be_name(over))
        and not (line.gap or line.kind or line.text[-1].isalnum())
        and (after is None or after.gap or not eye.names_itself(after))
    }


def _with_alike(body: list[Line], named: list[Line], eye: Eye) -> list[Line]:
    """The lines that name themselves, and those among them that begin with a count, as all do."""
    if sum(line.kind == "bullet" for line in named) > 1:  # of a list, all that have a dose
        known = {id(line) for line in named}
        own = (x.kind == "bullet" and eye.has_own_dose(x) and not eye.is_only_dose(x) for x in body)
        return [x for x, more in zip(body, own, strict=True) if more or id(x) in known]
    if len(named) < 2 or not all(line.text[0].isdigit() for line in named):
        return named
    first = body.index(named[0])
    until = next((n for n in range(first + 1, len(body)) if body[n].gap), len(body))
    kinds = {line.kind for line in named}
    alike = [x for x in body[first:until] if x.text[0].isdigit() and x.kind in kinds]
    wanted = {id(line) for line in [*named, *alike]}
    return [line for line in body if id(line) in wanted]


def _behind(lines: list[Line], eye: Eye, *, circuit: bool) -> tuple[list[Section], list[Line]]:
    """What follows the exercises under a heading, and is not one of them."""
    sections, notes = _laid(lines, eye, circuit=circuit)
    for section in sections[-1:]:
        if section.style == "short":
            notes += _cut_off(section)
    if lines[0] in notes and eye.names_itself(lines[0]):
        notes.remove(lines[0])
        sections = [*sections_at(lines[:1], [0], "lines"), *sections]
    return sections, notes


def _cut_off(section: Section) -> list[Line]:
    """The paragraphs behind the first of a part, taken out of it."""
    begin = next((n for n, line in enumerate(section.lines) if n and line.gap), None)
    behind = section.lines[begin:] if begin else []
    del section.lines[len(section.lines) - len(behind) :]
    return behind


def _rests_behind(sections: list[Section], eye: Eye) -> list[Line]:
    """The lines right below a list that only say how long to rest, taken out of it."""
    found = []
    for section in sections:
        bullet = section.heading is not None and section.heading.kind == "bullet"
        last = section.lines[-1] if bullet and section.lines else None
        if last and last is not section.heading and not last.kind and eye.only_rests(last):
            found.append(section.lines.pop())
    return found


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


def _outside(body: list[Line], sections: list[Section]) -> list[Line]:
    """The lines that are in none of the sections."""
    used = {id(section.heading) for section in sections}
    used |= {id(line) for section in sections for line in section.lines}
    return [line for line in body if id(line) not in used]
