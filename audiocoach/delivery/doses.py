"""What a routine prescribes, as a table: the figures, and the words they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

from audiocoach.coaching.compiler import change_lines
from audiocoach.routine.model import Exercise, Group, Routine, Sides

_FIGURES: Final = ("sets", "reps", "hold", "work", "tempo", "rep_duration", "rest")


def dose_table(routine: Routine) -> str:
    """One block an exercise: each prescribed figure, with the quote behind it if there is one.

    What the user changed stands at the top.
    """
    head = [routine.title, *change_lines(routine), *_schedule(routine, "   ")]
    lines = [*head, *_steps(routine.exercises, count(1), "")]
    return "\n".join(lines) + "\n"


def _steps(steps: Iterable[Exercise | Group], numbers: Iterator[int], indent: str) -> Iterator[str]:
    for step in steps:
        if isinstance(step, Group):
            rest = f", rest {step.rest} between" if step.rest else ""
            yield f"{indent}{step.rounds} rounds{rest}:"
            yield from _steps(step.exercises, numbers, indent + "  ")
            continue
        yield f"{indent}{next(numbers)}. {step.name} ({step.position.value})"
        yield from (f"{indent}     {line}" for line in _dose(step))
        yield from _schedule(step, f"{indent}     ")


def _schedule(prescribed: Exercise | Routine, indent: str) -> Iterator[str]:
    schedule = prescribed.schedule
    if schedule:
        often = f"every {schedule.every}" if schedule.every else ""
        times = often or f"{schedule.times} times a {schedule.per}"
        yield indent + _row(prescribed, "schedule", times)


def _dose(exercise: Exercise) -> Iterator[str]:
    for field in _FIGURES:
        value = getattr(exercise, field)
        if value is None or (field == "sets" and value == 1):
            continue
        yield _row(exercise, field, str(value))
    if exercise.phases:
        parts = (f"{phase.name or phase.say or 'phase'} {phase.time}" for phase in exercise.phases)
        yield _row(exercise, "phases", " · ".join(parts))
    if exercise.sides is not Sides.BOTH or "sides" in exercise.quotes:
        yield _row(exercise, "sides", exercise.sides.value)
    if exercise.each:
        yield _row(exercise, "each", ", ".join(variant.name for variant in exercise.each))


def _row(prescribed: Exercise | Routine, field: str, value: str) -> str:
    quote = prescribed.quotes.get(field)
    source = f'   "{quote}"' if quote else ""
    return f"{field} {value}{source}"
