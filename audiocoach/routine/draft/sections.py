"""Reads a part of the text that may be an exercise."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import Final

from audiocoach.routine.draft.adding import add, add_variant
from audiocoach.routine.draft.aimed import about, stems
from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.figures import number
from audiocoach.routine.draft.lines import Line
from audiocoach.routine.draft.model import DraftExercise, Figure
from audiocoach.routine.draft.naming import count_in_front, name_below, named_exercise, phase_of
from audiocoach.routine.draft.notes import is_of_exercise, own_sentences, take_note
from audiocoach.routine.draft.parts import Section
from audiocoach.routine.draft.pieces import add_sequence, pieces_of
from audiocoach.routine.draft.prose import Piece, exercises_in
from audiocoach.routine.draft.sentences import SHORTEST_SESSION, Clause
from audiocoach.routine.draft.warm import is_warm


def read_section(
    book: Book, section: Section, notes: list[Line], *, circuit: bool, forbidden: bool
) -> bool:
    """Read a part of the text; gives whether what follows is forbidden."""
    name = book.view[slice(*section.name)]
    pattern = book.grammar.pattern
    if section.style != "lines" and pattern("scope", "forbidden_heading").match(name):
        _forbid(book, section)
        return True
    dosed = book.has_dose(section.told) or rests_only(book, section) or _is_counted(book, section)
    dosed = dosed or _only_lasts(book, section, name)
    listed = section.style in ("number", "letter", "small", "bullet", "restart", "names")
    isnote = bool(pattern("scope", "notes_heading").match(name)) and len(name.split()) < _MOST_HEAD
    levels = book.grammar.section("levels")
    isnote = isnote or any(level.fullmatch(name.strip()) for _, level in levels)
    isnote = isnote or _is_under_table(book, section, name)
    isnote = isnote or bool(pattern("equipment", "need").fullmatch(name.strip()))
    isnote = isnote or _is_of_stations(book, section)
    isnote = isnote or (section.heading is not None and book.rests_between(section.heading))
    short = section.style == "bullet" and len(name.split()) < _FEW  # "• Ice: 15 min"
    aside = (section.style == "runin" or short) and pattern("scope", "ignored").search(name)
    isnote = isnote or bool(aside)
    if forbidden and not dosed:
        return True
    dosed = dosed or section.style == "shared"  # its dose stands above it
    alone = not dosed and not (circuit and (listed or section.style.startswith(("hash", "short"))))
    named = section.style in ("number", "letter") or _is_endless(book, section, name)
    named = named or _is_among(book, section, name)
    if alone and named and section.lines and not isnote and not is_refused(book, section):
        add_exercises(book, section, notes)
        book.draft.exercises[-1].doubts["name"] = "no dose"
        return forbidden
    if isnote or alone or is_told_of_session(book, section, name):
        head = section.heading
        notes += [head] if head and head not in section.lines else []
        notes += [
            replace(each, part=-1) if head and not book.view[: head.start].strip() else each
            for each in section.lines
            if head is None or each.end != head.end or each is head
        ]
        return forbidden
    if is_refused(book, section):
        book.draft.forbidden.append(section.name)
        book.sentences(section.lines)
        return forbidden
    add_exercises(book, section, notes)
    return forbidden


def _forbid(book: Book, section: Section) -> None:
    """List all lines of a part under a heading such as "Stop", that of the heading first."""
    head = section.heading
    whole = (head.start, head.end) if head else section.name
    told = [(each.start, each.end) for each in section.lines]
    book.draft.forbidden += [whole, *(each for each in told if each[1] > whole[1])]


def is_rest(book: Book, section: Section) -> bool:
    """Whether a part is no more than a rest by turns: "Min 4: rest"."""
    whole = book.view[section.name[0] : section.told[-1].end] if section.told else ""
    return bool(book.grammar.pattern("table", "rest").fullmatch(whole.strip(" .")))


def _is_counted(book: Book, section: Section) -> bool:
    """Whether a line of a list begins with a count: "20 step-ups on a stair, slowly"."""
    counted = _COUNTED.match(section.heading.text) if section.heading else None
    listed = section.style == "lines" and section.part >= 0
    return listed and counted is not None and book.is_name(counted["name"])


def _is_under_table(book: Book, section: Section, name: str) -> bool:
    """Whether a paragraph under a table is about its rows: "Rests.", "The squat."."""
    if section.name[0] < book.table_end or section.style not in (
        "short",
        "runin",
        "lines",
        "loose",
        "number",
        "bullet",
        "letter",
    ):
        return False
    short = section.style == "runin" or len(name.split()) < _FEW
    rows = sum(bool(about(book, line.text.partition(":")[0])) for line in section.lines)
    if rows > 1 and section.style.startswith("short"):
        return True
    column = short and any(book.grammar.pattern("table", each).search(name) for each in _COLUMNS)
    return column or bool(about(book, name))


def _is_of_stations(book: Book, section: Section) -> bool:
    """Whether a paragraph begins with the work and the rest of all: "40 s work, 20 s to change"."""
    titled = section.style == "part" and not book.view[: section.part].strip()
    told = section.told[:1] if titled else [section.heading] if section.heading else []
    first = book.said(told)[:1] if titled or section.style in ("lines", "runin", "loose") else []
    fields = {each.field for clause in first for each in clause.findings}
    return {"work", "between"} <= fields and first[0].tagged.text[:1] in first[0].tagged.items


def _is_endless(book: Book, section: Section, name: str) -> bool:
    """Whether a heading is over an exercise that is done as long as one is able to."""
    if not section.style.startswith(("hash", "short")) or not book.is_name(name):
        return False
    able = book.grammar.pattern("bounds", "beside")
    sides = book.grammar.pattern("sides", "each")
    words = " ".join(line.text for line in section.lines)
    return bool(able.search(words) and sides.search(words))


def _is_among(book: Book, section: Section, name: str) -> bool:
    """Whether a part is named as the exercises before and behind it, and holds a number."""
    first, last = book.dosed_styles.get(section.style, (-1, -1))
    first = -1 if section.style == "runin" else first
    inside = first < section.name[0] < last and section.style != "lines"
    if not inside or not book.is_name(name, _FEW + 1):
        return False
    said = [each for each in book.said(section.lines) if each.tagged.present()]
    return any(not each.has("scope", "ignored") for each in said)


_COUNTED: Final = re.compile(r"\d{1,3} (?P<name>[^\W\d_][^,.;:(]{2,40})(?=[,;(]|$)")
"""A count, and the name behind it."""
_COLUMNS: Final = ("rest", "sets", "reps", "hold", "schedule", "equipment", "sides")
"""The columns of which a note under a table may tell more."""
_FEW: Final = 3
"""Words of a footnote's head."""
_MOST_COUNTED: Final = 3
"""Words behind a count in which stands what is counted."""
_MOST_OVER: Final = 9
"""Words of a heading over some exercises."""
_MOST_HEAD: Final = 6
"""Words of a heading over notes."""
_LEAST_WALK: Final = 60
"""Seconds of a walk at least."""
_LONG_SESSION: Final = 480
"""Seconds that hardly an exercise takes in which nobody moves."""
_LENGTHS: Final = frozenset(("for", "lasting", "duration", "title_duration", "while"))
"""The findings that a sentence on the session may have."""


def is_told_of_session(book: Book, section: Section, name: str) -> bool:
    """Whether a part is no exercise, but tells how long or how often all is done."""
    listed = section.heading is not None and section.heading.kind in ("bullet", "label")
    if section.style not in ("lines", "runin", "short") or listed or not section.told:
        return False
    if section.style == "lines" and book.names_itself(section.told[0]):
        return False
    pattern = book.grammar.pattern
    if section.style == "runin" and pattern("table", "rest").fullmatch(name.strip()):
        return False  # a pose to rest in
    clauses = book.said(section.told)
    sentence = pattern("words", "telling").search(name) or not book.is_name(name)
    needed = pattern("equipment", "need").search(name)
    return bool(sentence or needed) and _lasts(book, clauses, SHORTEST_SESSION)


def _lasts(book: Book, clauses: list[Clause], least: float) -> bool:
    """Whether sentences tell how long something takes, at least so many seconds, and no dose."""
    moving = book.grammar.pattern("macros_of", "moving")
    if any(is_warm(clause) or moving.search(clause.raw) for clause in clauses):
        return False
    found = [each for clause in clauses for each in clause.findings]
    if any(clause.findings and _is_often(clause) for clause in clauses):
        return False  # "20 minutes in every hour"
    return bool(found) and all(each.field in _LENGTHS and each.item.low >= least for each in found)


def _is_often(clause: Clause) -> bool:
    return any(item.kind == "frequency" for item in clause.tagged.present())


def rests_only(book: Book, section: Section) -> bool:
    """Whether a heading has a rest as its only time, such as a pose to rest in."""
    if section.style in ("lines", "bullet", "restart"):
        return False
    found = [f.field for clause in book.said(section.lines) for f in clause.findings]
    return bool(found) and set(found) <= {"rest"}


def _only_lasts(book: Book, section: Section, name: str) -> bool:
    """Whether a part among exercises gives no more than its length: "allow yourself 4 minutes"."""
    first, last = book.dosed_styles.get(section.style, (-1, -1))
    if section.style == "lines" or not first < section.name[0] <= last or not book.is_name(name):
        return False
    told = [clause for clause in book.said(section.lines) if clause.findings]
    if any(clause.has("scope", each) for clause in told for each in ("session", "ignored")):
        return False
    found = [each for clause in told for each in clause.findings]
    return bool(found) and all(
        each.field in ("rest", "duration", "lasting") and each.item.low < _LONG_SESSION
        for each in found
    )


def is_refused(book: Book, section: Section) -> bool:
    """Whether a part of the text is about an exercise not to be done."""
    head = book.view[slice(*section.name)]
    refused = ("refused", "mistake")
    if len(head.split()) < 11 and any(
        book.grammar.pattern("scope", name).search(head) for name in refused
    ):
        return True
    ahead = takewhile(lambda clause: not book.dosed(clause), book.said(section.lines[:3]))
    return any(
        clause.has("scope", "refused") and clause.has("words", "refused_it") for clause in ahead
    )


def add_exercises(book: Book, section: Section, notes: list[Line]) -> None:
    clauses = book.sentences(section.lines)
    parts = pieces_of(book, section, clauses, notes)
    if parts:
        add_sequence(book, parts, clauses, section)
        return
    book.leading = None
    exercise = named_exercise(book, section)
    unnamed = section.style in ("lines", "runin") and not book.is_name(exercise.name)
    below = name_below(book, section) if unnamed else None
    if below:
        exercise.name, exercise.name_span = book.view[slice(*below)].strip(), below
        unnamed = False
    if section.style == "loose" or unnamed:
        exercise.doubts["name"] = "name"
    own = own_sentences(book, clauses, exercise.name, section.part)
    begin = (exercise.name_span or section.name)[1]
    if begin < section.name[1] and not clauses:
        own = [Clause(book.view[begin : section.name[1]], begin, book.grammar)]
    add(book, exercise, own)
    count_in_front(book, exercise)
    _count_named(exercise, own)
    for clause in own:
        if is_of_exercise(book, clause):
            _ask_of_whole(exercise, clause)
    add_variant(book, exercise, own)


def _count_named(exercise: DraftExercise, own: list[Clause]) -> None:
    """ "Huffs: 2 huffs, like steaming up a mirror": what is counted is called as the exercise."""
    if not own:
        return
    text = own[0].tagged.text
    item = own[0].tagged.items.get(text[:1])
    counted = exercise.figures.keys() & {"sets", "reps", "hold_breaths"}
    if item is None or item.kind != "number" or counted:
        return
    if stems(" ".join(text[1:].split()[:_MOST_COUNTED])) & stems(exercise.name):
        span = own[0].tagged.source(0, 1)
        exercise.put("reps", Figure(number(item), (span,), item.doubt))


def _ask_of_whole(exercise: DraftExercise, clause: Clause) -> None:
    """Ask whether "the whole thing twice" is about one exercise."""
    for name in ("sets", "reps"):
        made = exercise.figures.get(name)
        inside = made and any(clause.span[0] <= at < clause.span[1] for at, _ in made.spans)
        if made and inside and not made.doubt:
            exercise.figures[name] = replace(made, doubt="whole")


def is_led(book: Book, clauses: list[Clause]) -> bool:
    """Whether a word of order leads a paragraph: "after that, heel raises, 20"."""
    lead = book.grammar.pattern("prose", "next").match(clauses[0].raw) if clauses else None
    return lead is not None and not is_warm(clauses[0]) and bool(exercises_in(book, clauses)[0])


def is_walk(book: Book, clauses: list[Clause]) -> bool:
    """Whether a paragraph is no more than a time of moving about: "plus a half hour walk"."""
    first = clauses[0]
    timed = [item for item in first.tagged.present() if item.kind == "duration"]
    moving = book.grammar.pattern("macros_of", "moving").search(first.raw)
    aside = any(first.has("scope", name) for name in ("ignored", "refused", "session"))
    told = {each.field for each in first.findings} <= {"for", "work", "title_duration"}
    short = told and len(first.raw.split()) <= _MOST_OVER
    return bool(short and len(timed) == 1 and timed[0].low >= _LEAST_WALK and moving and not aside)


def read_loose(book: Book, clauses: list[Clause]) -> bool:
    """An exercise without a heading: a text that is one paragraph."""
    dosed = [each for each in clauses if book.dosed(each) and not is_warm(each)]
    if all(clause.has("scope", "whole") and _only_repeats(clause) for clause in dosed):
        return False
    if clauses[0].raw[:1] == "(" and clauses[-1].raw[-1:] == ")":
        return False  # an aside: "(edited 3 times)"
    if book.draft.exercises and _lasts(book, clauses, _LONG_SESSION):
        return False
    head = clauses[0].raw.partition(":")[0]
    if any(level.fullmatch(head) for _, level in book.grammar.section("levels")):
        return False
    if any(finding.field == "rounds" for clause in clauses for finding in clause.findings):
        return False
    told, rest = exercises_in(book, clauses)
    if not told:
        told, rest = [_whole(book, clauses)], []
    for name, span, own in told:
        exercise = DraftExercise(name[:80], span, phase=phase_of(book, own[0].raw))
        exercise.doubts["name"] = "name"
        add(book, exercise, own_sentences(book, own, name))
    take_note(book, rest)
    return True


def _only_repeats(clause: Clause) -> bool:
    """Whether a sentence says how often, and nothing else: "and the whole block once more"."""
    return {each.field for each in clause.findings} <= {
        "again",
        "second",
        "repeat",
        "more",
        "rounds",
    }


def _whole(book: Book, clauses: list[Clause]) -> Piece:
    """A paragraph as one exercise, which its first words name, or those for moving about."""
    moving = book.grammar.pattern("macros_of", "moving").search(clauses[0].raw)
    if moving and is_walk(book, clauses):
        begin, end = (clauses[0].span[0] + at for at in moving.span())
        return book.draft.text[begin:end], (begin, end), clauses
    words = re.split(r"[,.;:!?\n]", clauses[0].raw)[0].split()[:8]
    name = " ".join(words)
    return name or "?", (clauses[0].span[0], clauses[0].span[0] + len(name)), clauses


def pop_heading(book: Book, section: Section, sections: list[Section]) -> list[Clause]:
    """The last line of a part, if it is a heading over those that follow; taken out of it."""
    line = section.lines[-1] if len(section.lines) > 1 else None
    if line is None or section is sections[-1] or not line.gap or not heads(book, line):
        return []
    section.lines.pop()
    return book.sentences([line])


def heads(book: Book, line: Line) -> bool:
    """Whether a line may be a heading over some exercises."""
    short = not line.kind and len(line.text.split()) <= _MOST_OVER
    return short and line.text[-1] not in ".!?,;" and not book.has_dose([line])
