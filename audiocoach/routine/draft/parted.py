"""A dose that is said once: for all exercises, or right below the heading over some of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.exercise import read_exercise
from audiocoach.routine.draft.figures import Reading
from audiocoach.routine.draft.model import DraftExercise, Figure
from audiocoach.routine.draft.postures import find_position
from audiocoach.routine.draft.schedules import how_often
from audiocoach.routine.draft.sentences import Clause, Finding

_OF_GROUPS: Final = frozenset(
    ("rounds", "work", "every", "emom", "emom_for", "between", "round_rest", "group_until")
)
"""The findings that tell of a circuit, and of no dose that each exercise has."""
_COUNTED: Final = frozenset(("sets", "reps"))
"""The findings of "2 sets of 8", which nobody says of a whole circuit."""


def take_parted(book: Book, clause: Clause, part: int) -> bool:
    """Take a dose that stands right below a heading for the exercises under it; gives whether.

    "STANDING EXERCISES / Do 2 sets of 8 with the operated leg": not of those under other headings.
    """
    told = _is_shared(clause)
    if part < 0 or not (told or _counts(clause)) or not _is_below(book, part, clause):
        return False
    reading = Reading(DraftExercise(""), [clause], book.grammar)
    read_exercise(reading)
    made = _dose_of_all(book, reading, clause)
    often = how_often(book, clause)
    if often:
        made["schedule"] = often
    if not told:
        made = {name: replace(each, doubt=each.doubt or "all") for name, each in made.items()}
    book.parted[part] = {**_position_of(book, part), **book.parted.get(part, {}), **made}
    return True


def _is_shared(clause: Clause) -> bool:
    """Whether a sentence has the dose of each of several exercises."""
    found = {each.field for each in clause.findings}
    told = clause.has("scope", "each_exercise") or found >= _COUNTED
    numbered = clause.has("scope", "numbered")
    return bool(found) and told and not numbered and not found & _OF_GROUPS


def _counts(clause: Clause) -> bool:
    """Whether a sentence has reps and none of it is of a group; those of which exercise it is?"""
    found = {each.field for each in clause.findings}
    return "reps" in found and not found & _OF_GROUPS and not clause.has("scope", "numbered")


def _is_below(book: Book, part: int, clause: Clause) -> bool:
    """Whether a sentence stands below a heading, and before the exercises that are under it."""
    places = [x.name_span[0] for x in book.draft.exercises if x.part == part and x.name_span]
    joined = re.search(r"\n\s*\n", book.view[part : clause.span[0]]) is None
    return joined and bool(places) and clause.span[0] < min(places)


def _position_of(book: Book, part: int) -> dict[str, Figure]:
    """The position that a heading names: "Standing exercises"."""
    line = book.view[part:].partition("\n")[0]
    where = Reading(DraftExercise(""), [Clause(line, part, book.grammar)], book.grammar)
    find_position(where)
    return where.exercise.figures


def take_default(book: Book, clause: Clause) -> None:
    """A dose that is said once for all exercises."""
    which = book.grammar.pattern("scope", "numbered").search(clause.raw)
    limits = (which[1], which[2] or which[1]) if which else None
    reading = Reading(DraftExercise(""), [clause], book.grammar)
    reading.found = [each for each in reading.found if each[0].field != "rounds"]
    read_exercise(reading)
    if limits:
        often = book.draft.figures.get("schedule")
        if often and clause.span[0] <= often.spans[0][0] < clause.span[1]:
            reading.exercise.put("schedule", book.draft.figures.pop("schedule"))
    made = _dose_of_all(book, reading, clause)
    if limits:
        book.numbered.append((limits, made))
    for name, each in () if limits else made.items():
        if name != "position":
            book.defaults.setdefault(name, each)
    again = next((f for f in clause.findings if _is_once_more(f)), None)
    if again:
        book.defaults.setdefault("sets", Figure(2, (again.span,), derived="once, and again"))


def _dose_of_all(book: Book, reading: Reading, clause: Clause) -> dict[str, Figure]:
    """The figures of a shared dose; sides on a condition are a question about each exercise."""
    made = {name: each for name, each in reading.exercise.figures.items() if name != "each"}
    if made.get("sides") and clause.has("sides", "on_condition"):
        del made["sides"]
        book.asks_sides = True
    return made


def _is_once_more(each: Finding) -> bool:
    return each.field in ("again", "second") or (each.field == "more" and each.item.high == 1)
