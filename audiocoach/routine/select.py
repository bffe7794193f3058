"""Dose flags: the user's own choice of which exercises are done, and how often.

What they change is written into the routine, so that the welcome can say it.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from audiocoach.errors import RoutineError
from audiocoach.routine.model import Change, Exercise, Group, Routine


def select(
    routine: Routine,
    *,
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
    rounds: int | None = None,
) -> Routine:
    """The routine with only some of its exercises, or done in `rounds` rounds.

    Exercises are named as in the routine (case does not matter) or by number,
    counting from 1. Raises RoutineError for a name it does not hold, or when
    nothing would be left.
    """
    exercises = tuple(routine.all_exercises())
    names = [exercise.name for exercise in exercises]
    chosen = {index for name in only for index in _find(name, names)} or set(range(len(names)))
    dropped = {index for name in skip for index in _find(name, names)}
    kept = chosen - dropped
    if not kept:
        raise RoutineError("no exercise is left; --only and --skip leave nothing to do")
    steps: tuple[Exercise | Group, ...] = routine.exercises
    if len(kept) < len(names):
        steps = _keep(steps, {id(exercises[index]) for index in kept})
    if rounds is not None and rounds > 1:
        steps = (Group(rounds=rounds, exercises=steps),)
    if steps is routine.exercises:
        return routine
    left_out = tuple(name for index, name in enumerate(names) if index not in kept)
    return routine.changed(steps, Change(left_out, rounds or 1))


def _find(name: str, names: Sequence[str]) -> list[int]:
    """Every exercise of that name, or the one of that number."""
    wanted = name.strip().lower()
    lowered = [each.lower() for each in names]
    if wanted in lowered:
        return [index for index, each in enumerate(lowered) if each == wanted]
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return [int(wanted) - 1]
    near = difflib.get_close_matches(wanted, lowered, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    listing = ", ".join(f"{number} {each}" for number, each in enumerate(names, start=1))
    raise RoutineError(f"there is no exercise {name!r}{hint} (there are: {listing})")


def _keep(steps: tuple[Exercise | Group, ...], wanted: set[int]) -> tuple[Exercise | Group, ...]:
    kept: list[Exercise | Group] = []
    for step in steps:
        if isinstance(step, Exercise):
            if id(step) in wanted:
                kept.append(step)
            continue
        inner = _keep(step.exercises, wanted)
        if inner:
            kept.append(step.model_copy(update={"exercises": inner}))
    return tuple(kept)
