"""What a routine says that nobody will hear, or that nobody says: no mistake, but likely one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audiocoach.errors import Problem
from audiocoach.routine.exercise import Exercise, Sides
from audiocoach.routine.model import Routine
from audiocoach.routine.phases import SHORT_MS, Phase, PhaseKind
from audiocoach.routine.times import Source, format_ms

_NOTICED: Final = 2_000
"""A shorter time (ms) without a word is a pause between two others."""


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
    """A phase with neither a word nor a name, whose seconds aren't all counted either.

    A hold has a word of ours.
    """
    time, length = phase.time, phase.time.natural
    counted = time.source is Source.PRESCRIBED and length <= SHORT_MS
    known = phase.say or phase.name or counted or time.breaths or length < _NOTICED
    if phase.kind is PhaseKind.OWN and not known:
        message = f"a phase of {format_ms(length)} begins without a word; write its say"
        yield exercise.problem("phases", message, "phases")
