"""How long an exercise rests: between its sets, its reps, its sides."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from audiocoach.routine.draft.figures import TIMED, Reading, figure
from audiocoach.routine.draft.model import DraftExercise, Figure
from audiocoach.routine.draft.sentences import Finding, first

_LONG_REST: Final = 15
"""Seconds of a rest that may be one between sets."""
_FEW_MINUTES: Final = 10
"""A number from which on seconds are meant behind a minute of work."""


def find_rests(reading: Reading) -> None:
    figures = reading.exercise.figures
    change = reading.one("side_rest")
    if change:
        figures["side_rest_s"] = figure(change[0])
    told = reading.one("rep_rest")
    if told:
        figures["rep_rest_s"] = figure(told[0])
    _rest_after(reading)
    _rest_as_long(reading)
    for each, _ in reading.of("rest", "between", "round_rest"):
        if each.item.kind == "number" and not _is_time(reading, each):
            continue
        made = _timed(reading, each)
        if between_reps(reading, each):
            reading.exercise.put("rep_rest_s", made)
        elif "sets" in figures or not ("hold_s" in figures and "reps" in figures):
            reading.exercise.put("rest_s", made)
        else:
            _rep_rest(reading.exercise, made)
        break


def _rep_rest(exercise: DraftExercise, made: Figure) -> None:
    """A rest where no word tells whether it is between reps; a long one is a question."""
    held = exercise.value("hold_s")
    times = [value for value in (made.value, held) if isinstance(value, int | float)]
    long = len(times) > 1 and times[0] > max(times[1], _LONG_REST)
    exercise.put("rep_rest_s", replace(made, doubt=made.doubt or ("rest place" if long else "")))


def _rest_after(reading: Reading) -> None:
    """A second time that follows a hold: "hold for 10 s, then put the feet down for 5 s"."""
    figures = reading.exercise.figures
    if not {"hold_s", "reps"} <= figures.keys() or reading.of("rest", "between", "round_rest"):
        return
    held = figures["hold_s"].spans[0]
    after = [
        each
        for each, clause in reading.of("for")
        if each.item.kind == "duration"
        and held[1] <= each.span[0] < clause.span[1]
        and clause.span[0] <= held[0]
        and reading.grammar.pattern("words", "then").search(
            clause.raw, held[1] - clause.span[0], each.span[1] - clause.span[0]
        )
    ]
    if len(after) == 1:
        made = figure(after[0])
        figures.setdefault("rep_rest_s", replace(made, doubt=made.doubt or "rest place"))


def _rest_as_long(reading: Reading) -> None:
    """ "Rest as long as you held", in a sentence of its own."""
    figures = reading.exercise.figures
    span = first(reading.clauses, "words", "as_long")
    done = next((figures[name] for name in ("hold_s", "work_s") if name in figures), None)
    if span and done:
        name = "rest_s" if "sets" in figures else "rep_rest_s"
        figures.setdefault(name, Figure(done.value, (span,), done.doubt, "as long as before"))


def _is_time(reading: Reading, each: Finding) -> bool:
    """Whether a number without a unit is a time like that before it: "hold 6 s, rest 6"."""
    return each.item.high > 1 and bool(_times_before(reading, each))


def _times_before(reading: Reading, each: Finding) -> list[Finding]:
    """The times that stand before a number."""
    place = (each.span[0], each.at)
    return [a for a, _ in reading.found if a.item.kind in TIMED and (a.span[0], a.at) < place]


def _timed(reading: Reading, each: Finding) -> Figure:
    """A rest; a small number behind minutes counts these: "3 minutes on, 2 off", a question."""
    made = figure(each)
    before = _times_before(reading, each) if each.item.kind == "number" else []
    small = isinstance(made.value, int) and made.value < _FEW_MINUTES
    if before and small and before[-1].item.unit == "min":
        return replace(made, value=made.value * 60, doubt=made.doubt or "elliptic")
    return made


def between_reps(reading: Reading, each: Finding) -> bool:
    """Whether a rest stands after the hold and before the number of reps."""
    figures = reading.exercise.figures
    if each.field != "rest" or not {"hold_s", "reps"} <= figures.keys():
        return False
    return figures["hold_s"].spans[0][0] < each.span[0] < figures["reps"].spans[0][0] and (
        "sets" not in figures or each.span[0] < figures["sets"].spans[0][0]
    )
