"""Puts an exercise that was found into the draft, with all that its sentences say."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from audiocoach.routine.draft.book import Book
from audiocoach.routine.draft.exercise import read_exercise
from audiocoach.routine.draft.figures import Reading, figure
from audiocoach.routine.draft.manner import find_sides
from audiocoach.routine.draft.model import DraftExercise, Figure, Sentence, Span
from audiocoach.routine.draft.postures import find_position
from audiocoach.routine.draft.schedules import put_schedule
from audiocoach.routine.draft.sentences import Clause, first
from audiocoach.routine.draft.things import equip, weigh

_DOSE: Final = ("sets", "reps", "hold_s", "hold_breaths", "work_s", "phases_s", "tempo", "each")
"""What "the same" means: how much, and how fast."""
_BOTH: Final = 2
"""Counts of an exercise and of the same in another way."""


def add(book: Book, exercise: DraftExercise, clauses: list[Clause]) -> None:
    kept = [
        clause
        for clause in clauses
        if not clause.has("scope", "ignored") and not clause.has("scope", "refused")
    ]
    read_exercise(Reading(exercise, kept, book.grammar))
    begun = [each for each in clauses if each.has("scope", "setup") and each not in kept]
    find_position(Reading(exercise, begun, book.grammar))
    if exercise.name_span:
        head = Clause(book.view[slice(*exercise.name_span)], exercise.name_span[0], book.grammar)
        named = Reading(DraftExercise(""), [head], book.grammar)
        find_position(named)
        find_sides(named)
        for field in ("position", "sides"):
            if field in named.exercise.figures:
                exercise.put(field, named.exercise.figures[field])
    take_above(book, exercise, kept)
    take_same(book, exercise, kept)
    if book.context:
        exercise.over = book.context[0].span[0]
        over = Reading(DraftExercise(""), book.context, book.grammar)
        find_position(over)
        for name, made in over.exercise.figures.items():
            exercise.put(name, made)
    equip(book, exercise, clauses)
    weigh(book, exercise, kept)
    tell(exercise, clauses)
    put_schedule(book, exercise, kept)
    book.own[len(book.draft.exercises)] = clauses
    book.draft.exercises.append(exercise)


def take_above(book: Book, exercise: DraftExercise, clauses: list[Clause]) -> None:
    before = book.draft.exercises[-1] if book.draft.exercises else None
    span = first(clauses, "words", "as_above")
    if before is None or span is None:
        return
    position = before.figures.get("position")
    left = first(clauses, "words", "moves_off")  # "from there, sink back to your heels"
    if position and not (left and left[0] == span[0]):
        begun = any(clause.span[0] <= span[0] < clause.span[1] for clause in clauses[:1])
        doubt = position.doubt or ("" if begun else "posture")
        own = exercise.figures.get("position")
        seated = own and {own.value, position.value} == {"sitting on chair", "sitting on floor"}
        if own and seated and span[0] <= own.spans[0][0] < span[1]:  # "sitting as before"
            del exercise.figures["position"]
        exercise.put("position", Figure(position.value, (span,), doubt))
    timing = {"hold_s", "work_s", "phases_s", "tempo", "hold_breaths"}
    if first(clauses, "words", "as_above_all") and not exercise.figures.keys() & timing:
        for field in ("phases_s", "tempo", "hold_s", "hold_breaths"):
            told = before.figures.get(field)
            if told:
                exercise.put(field, Figure(told.value, (span,), "as above", "as above"))
                exercise.phase_words = before.phase_words


def take_same(book: Book, exercise: DraftExercise, clauses: list[Clause]) -> None:
    """The dose of the exercise before, of one that has no other: "quads, the same"."""
    span = first(clauses, "words", "same_dose")
    twin = _told_by_number(book, clauses)
    how = book.grammar.pattern("words", "same_but").match(exercise.name)
    span = span or (exercise.name_span if how else None)
    if twin:
        _like(exercise, *twin)
        return
    if not book.draft.exercises or span is None or exercise.figures.keys() & set(_DOSE):
        return
    before = book.draft.exercises[-1]
    if how:
        exercise.name = f"{before.name}, {exercise.name[how.end() :]}"[:80]
    for field in (*_DOSE, "sides", "rest_s"):
        told = before.figures.get(field)
        if told:
            exercise.put(field, replace(told, spans=(span,), derived="as before"))
    exercise.phase_words = before.phase_words


def add_twin(book: Book, clauses: list[Clause]) -> bool:
    """ "Same thing again with the knee bent", in a paragraph of its own; gives whether it is that.

    The exercise it speaks of is the last one before it.
    """
    first_one = clauses[0]
    match = first_one.search(book.grammar.pattern("words", "same_again"))
    begin = first_one.span[0]
    before = [x for x in book.draft.exercises if x.name_span and x.name_span[0] < begin]
    if match is None or match.start() or first_one.findings or not before:
        return False
    nearest = max(before, key=lambda each: each.name_span or (0, 0))
    _twin(book, nearest, first_one, match)
    return True


def _told_by_number(book: Book, clauses: list[Clause]) -> tuple[DraftExercise, Span] | None:
    """The exercise that a sentence compares this one with, by its number: "as for no. 4"."""
    pattern = book.grammar.pattern("words", "same_as")
    for clause in clauses:
        match = pattern.search(clause.raw)
        for other in book.draft.exercises if match else ():
            if match and other.label.casefold() == match["mark"].casefold():
                return other, clause.spot(match)
    return None


def _like(exercise: DraftExercise, other: DraftExercise, span: Span) -> None:
    """Give an exercise what it has not of another: its dose, sides, position, and how often."""
    dosed = exercise.figures.keys() & set(_DOSE)
    for field, told in list(other.figures.items()):
        if field == "each" or (dosed and field in (*_DOSE, "rest_s", "rep_rest_s")):
            continue
        exercise.put(field, replace(told, spans=(span,), derived="as before"))
    exercise.phase_words = exercise.phase_words or other.phase_words


def add_variant(book: Book, exercise: DraftExercise, clauses: list[Clause]) -> None:
    """ "Then do the same again with the knee bent" is an exercise of its own."""
    pattern = book.grammar.pattern("words", "same_again")
    for clause in clauses:
        match = clause.search(pattern)
        above = match and clause is clauses[0] and not match.start()  # what stands before is meant
        above = above or (match and _is_way(exercise, clause))
        if match and not above:
            _twin(book, exercise, clause, match)
            _count_apart(exercise, book.draft.exercises[-1], clauses, clause.spot(match)[0])
            return


def _is_way(exercise: DraftExercise, clause: Clause) -> bool:
    """Whether "the same nodding up and down" is a way of the exercise that is told already."""
    ways = exercise.figures.get("each")
    if ways is None:
        return False
    return any(clause.span[0] <= at < clause.span[1] for at, _ in ways.spans)


def _count_apart(
    exercise: DraftExercise, twin: DraftExercise, clauses: list[Clause], place: int
) -> None:
    """Give each its own count: "the same with the leg straight, only this time ten is enough"."""
    found = [each for clause in clauses for each in clause.findings if each.field == "reps"]
    known = exercise.figures.get("reps")
    if len(found) != _BOTH or known is None or known.doubt != "several":
        return
    first, second = found
    if first.span[0] < place <= second.span[0]:
        exercise.figures["reps"] = figure(first)
        twin.figures["reps"] = figure(second)


def _twin(book: Book, exercise: DraftExercise, clause: Clause, match: re.Match[str]) -> None:
    span = clause.spot(match)
    how = next(filter(None, match.groups()))
    twin = DraftExercise(f"{exercise.name}, {how}"[:80], span, label=exercise.label)
    twin.equipment = dict(exercise.equipment)
    twin.phase_words, twin.limb = exercise.phase_words, exercise.limb
    sets = exercise.figures.get("sets")
    if sets and sets.spans[0][0] >= span[0]:
        del exercise.figures["sets"]  # "once more" is the twin
    for field, told in exercise.figures.items():
        twin.figures[field] = Figure(told.value, (span,), told.doubt, "as before")
    book.own[len(book.draft.exercises)] = []
    book.draft.exercises.append(twin)


def tell(exercise: DraftExercise, clauses: list[Clause]) -> None:
    for clause in clauses:
        exercise.sentences.append(Sentence(clause.span, role_of(clause)))


def role_of(clause: Clause) -> str:
    if clause.has("scope", "promise"):
        return "left out"
    for role in ("mistake", "feel", "easier", "harder", "purpose", "setup"):
        if clause.has("scope", role):
            return role
    return "breath" if clause.has("scope", "breath") and not clause.findings else "movement"
