"""Dose flags: the user's own choice of which exercises are done, and how often.

What they change is written into the routine, so that the welcome can say it.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from itertools import chain

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

    Exercises are named as in the routine or a translation of it (case does not matter),
    or by number, counting from 1. Raises RoutineError for a name it does not hold, or when
    nothing would be left.
    """
    exercises = tuple(routine.all_exercises())
    names = [exercise.name for exercise in exercises]
    known = [routine.names_of(exercise) for exercise in exercises]
    chosen = {index for name in only for index in _find(name, known)} or set(range(len(names)))
    dropped = {index for name in skip for index in _find(name, known)}
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


def _find(name: str, known: Sequence[tuple[str, ...]]) -> list[int]:
    """Every exercise of that name, or the one of that number; each is known by some names."""
    wanted = name.strip().lower()
    lowered = [[each.lower() for each in names] for names in known]
    found = [index for index, names in enumerate(lowered) if wanted in names]
    if found:
        return found
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(known):
        return [int(wanted) - 1]
    near = difflib.get_close_matches(wanted, chain(*lowered), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    listing = ", ".join(f"{number} {own}" for number, (own, *_) in enumerate(known, start=1))
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
