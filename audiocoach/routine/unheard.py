"""What a routine says that nobody will hear, or that nobody says: no mistake, but likely one."""

from __future__ import annotations

from collections.abc import Iterator

from audiocoach.errors import Problem
from audiocoach.routine.exercise import Exercise, Sides
from audiocoach.routine.model import Routine
from audiocoach.routine.phases import SHORT_MS, Phase, PhaseKind
from audiocoach.routine.times import format_ms


def unheard(routine: Routine) -> Iterator[Problem]:
    """What is never heard, and positions that nobody leads out of, at this level."""
    for exercise in routine.all_exercises():
        yield from _ends_of_no_hold(exercise)
        yield from _way_out(exercise)
        for phase in exercise.rep_phases():
            yield from _wordless(exercise, phase)


def _ends_of_no_hold(exercise: Exercise) -> Iterator[Problem]:
    for field in ("act", "release"):
        if field in exercise.model_fields_set and field not in exercise.way.parts:
            message = f"is never heard: it goes with hold, and the dose is {exercise.way.field}"
            yield exercise.problem(field, message, field)


def _way_out(exercise: Exercise) -> Iterator[Problem]:
    for field in ("start", "finish"):
        by_side = "one side of it" if exercise.sides is Sides.ALTERNATING else ""
        if by_side and hasattr(getattr(exercise, field), "left"):
            message = f"{by_side} is never heard: where sides alternate, a set has one {field}"
            yield exercise.problem(field, message, field)
    if exercise.start and not exercise.finish and not exercise.after:
        message = "nobody says how to leave what it leads into; write finish"
        yield exercise.problem("start", message, "start")


def _wordless(exercise: Exercise, phase: Phase) -> Iterator[Problem]:
    """A long phase with neither a word nor a name; a hold has a word of ours."""
    length = phase.time.natural
    if phase.kind is PhaseKind.OWN and length > SHORT_MS and not (phase.say or phase.name):
        message = f"a phase of {format_ms(length)} begins without a word; write its say"
        yield exercise.problem("phases", message, "phases")
