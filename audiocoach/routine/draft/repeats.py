"""How often an exercise is done again: as reps, as sets, or on the other side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from audiocoach.routine.draft.figures import Reading, by_time, clause_words, figure, number
from audiocoach.routine.draft.model import DraftExercise, Figure
from audiocoach.routine.draft.sentences import Clause, Finding, first


def count_in_all(reading: Reading) -> None:
    """Keep the sum alone of "repeat four times, so five in all": the first time is in it."""
    total = reading.one("total")
    if total is None:
        return
    once_less = total[0].item.low - 1
    if once_less < 1 or total[0].item.low != total[0].item.high:
        return
    repeated = [
        each
        for each, clause in reading.found
        if clause is total[1]
        and each.field in ("reps", "repeat", "more", "another", "sets")
        and each.item.value == once_less
    ]
    if repeated:
        spans = (*(each.span for each in repeated), total[0].span)
        reading.exercise.put(
            "reps", Figure(number(total[0].item), spans, derived="the first is in it")
        )
        left = [total[0], *repeated]
        reading.found = [each for each in reading.found if each[0] not in left]


def find_repeats(reading: Reading) -> None:
    """How often the whole is done: as sets or as reps, by what else is known."""
    again = next((each for each in reading.of("again") if not each[1].has("sides", "each")), None)
    again = reading.one("again_each", "second") or again
    exercise = reading.exercise
    _another(reading)
    whole = reading.one("whole_again")
    if whole:
        made = figure(whole[0])
        repeated(reading, Figure(made.value, made.spans, "once more"))
    told = reading.of("reps", "listed", "sets", "repeat", "more")
    rounds = ["rounds"] if not told and reading.of("hold", "for", "work") else []
    counted = reading.of(
        "more", "repeat", "total", *rounds, *(["reps"] if by_time(reading) else [])
    )
    for found in counted:
        once = found[0].field == "repeat" and found[0].item.value == 1  # "repeat once"
        more = found[0].field == "more" or once
        made = figure(found[0], 1 if more else 0, "once, and so many more" if more else "")
        as_many = more and number(found[0].item) == exercise.value("reps")
        once_more = found[0].item.value == 1
        if more and (as_many or once_more) and _is_of_other_side(found[1]):
            continue
        if as_many:  # "ten, then ten more"
            made = Figure(2, (found[0].span,), derived="once, and another time")
        sets = reading.grammar.pattern("words", "set_words")
        if more and sets.search(clause_words(reading, found[0])):  # "do one more set"
            exercise.put("sets", made)
        repeated(reading, made)
    if told and not reading.of("sets", "more") and reading.of("rounds"):
        repeated(reading, figure(reading.of("rounds")[0][0]))
    alone = not counted or (len(counted) == 1 and counted[0][0].field == "repeat")
    if again and alone and exercise.figures.keys() & {"reps", "hold_s", "hold_breaths", "work_s"}:
        exercise.put("sets", Figure(2, (again[0].span,), derived="once, and again"))


def _another(reading: Reading) -> None:
    """As many again: "thirty seconds, flip the hands, thirty more", or "ten, then another ten"."""
    exercise = reading.exercise
    others = (each for each in reading.of("another") if not _is_variant(each[1]))
    another = next((each[0] for each in others if not _is_of_other_side(each[1])), None)
    if another is None:
        return
    if number(another.item) in _held_for(exercise):
        _held_again(reading, another)
    elif exercise.value("reps") in (None, number(another.item)):
        if exercise.value("reps") is None:
            exercise.put("reps", figure(another))
        exercise.put("sets", Figure(2, (another.span,), derived="once, and another time"))


def _is_of_other_side(clause: Clause) -> bool:
    """Whether a sentence tells of the other side: "turn over, and another six"."""
    return clause.has("words", "other_side")


def _is_variant(clause: Clause) -> bool:
    """Whether a sentence tells of two variants: "ten circles, then backwards for another ten"."""
    return any(pattern.search(clause.tagged.text) for pattern in clause.grammar.each_pairs)


def _held_again(reading: Reading, another: Finding) -> None:
    """A time told a second time: that of the other side, or a question: another rep, or way?"""
    if not first(reading.clauses, "sides", "each"):  # "8 breaths, swap sides, 8 more"
        made = Figure(2, (another.span,), "times again", "once, and another time")
        reading.exercise.put("reps", made)


def _held_for(exercise: DraftExercise) -> list[Any]:
    """How long a rep is held, or takes, if there are no reps: "for 15 seconds, then another 15"."""
    times = ("hold_breaths", "hold_s", "work_s")
    return [] if "reps" in exercise.figures else list(map(exercise.value, times))


def repeated(reading: Reading, made: Figure) -> None:
    figures = reading.exercise.figures
    if "reps" in figures and "sets" not in figures:
        reps = figures["reps"]
        if made.value == reps.value:
            return
        if _is_of_sets(reading, reps, made):
            figures["reps"], made = made, reps
        unsure = made.doubt or ("counts" if reps.doubt == "counts" else "")
        figures["sets"] = replace(made, doubt=unsure)
    elif "reps" not in figures and ("hold_s" in figures or "work_s" not in figures):
        figures["reps"] = made
    elif "sets" not in figures:
        figures["sets"] = made


def _is_of_sets(reading: Reading, reps: Figure, repeat: Figure) -> bool:
    """Whether times that follow a repeat count sets: "Repeat 12 times. Do the lot twice."."""
    times = [each.span for each, _ in reading.of("reps") if each.item.kind == "times"]
    return reps.spans[0] in times and repeat.spans[0][1] <= reps.spans[0][0]
