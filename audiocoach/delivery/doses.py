"""What a routine prescribes, as a table: the figures, and the words they come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audiocoach.routine.model import Exercise, Routine, Sides

_FIGURES: Final = ("sets", "reps", "hold", "work", "tempo", "rep_duration", "rest")


def dose_table(routine: Routine) -> str:
    """One block an exercise: each prescribed figure, with the quote behind it if there is one."""
    lines = [routine.title]
    for number, exercise in enumerate(routine.all_exercises(), start=1):
        lines.append(f"{number}. {exercise.name} ({exercise.position.value})")
        lines.extend(f"     {line}" for line in _dose(exercise))
    return "\n".join(lines) + "\n"


def _dose(exercise: Exercise) -> Iterator[str]:
    for field in _FIGURES:
        value = getattr(exercise, field)
        if value is None or (field == "sets" and value == 1):
            continue
        yield _row(exercise, field, str(value))
    if exercise.phases:
        parts = " · ".join(
            f"{phase.name or phase.say or ''} {phase.time}" for phase in exercise.phases
        )
        yield _row(exercise, "phases", parts)
    if exercise.sides is not Sides.BOTH or "sides" in exercise.quotes:
        yield _row(exercise, "sides", exercise.sides.value)
    if exercise.each:
        yield _row(exercise, "each", ", ".join(variant.name for variant in exercise.each))


def _row(exercise: Exercise, field: str, value: str) -> str:
    quote = exercise.quotes.get(field)
    source = f'   "{quote}"' if quote else ""
    return f"{field} {value}{source}"
