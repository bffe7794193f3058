"""Dose flags: the user's own choice of what is done, and how often.

What they change is written into the routine, so that the welcome can say it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import is_
from typing import Final, Literal

from audiocoach.errors import RoutineError
from audiocoach.routine.levels import Level
from audiocoach.routine.model import Change, Exercise, Group, Routine, Sides, Step, Task
from audiocoach.routine.unfold import round_count
from audiocoach.routine.values import Side
from audiocoach.wording import either, nearest

_Steps = tuple[Step, ...]
_MOST_MEANT: Final = 3
"""Exercises that a message names as perhaps meant."""


def select(  # noqa: PLR0913 - each setting of the dose by its name
    routine: Routine,
    *,
    level: str | None = None,
    affected: Side | None = None,
    sides: Literal["right", "left", "both"] | None = None,
    sets: int | None = None,
    reps: int | None = None,
    rounds: int | None = None,
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
) -> Routine:
    """The routine with another dose: what the user wants done, None leaving it as prescribed.

    `affected` is the side that a routine means where it says so; it changes no dose. `sides` is for
    exercises that have sides (`both` adds the other one to those that have one), `reps` for those
    that have reps, and `rounds` of the whole routine. `only` and `skip` name exercises as in the
    routine or in a translation of it (case does not matter), or by number, counting from 1.
    Raises RoutineError for an exercise or a level it does not hold, or when nothing would be left.
    """
    leveled = routine if level is None else routine.at_level(Level(level))
    known = _knowing(leveled, affected)
    steps, left_out, unneeded = _steps_left(known, only, skip)
    sided = _each(steps, lambda exercise: _on_sides(exercise, sides))
    in_sets = _each(sided, lambda exercise: _with_sets(exercise, sets))
    counted = _each(in_sets, lambda exercise: _with_reps(exercise, reps))
    repeated = rounds if rounds and rounds > 1 else None
    change = Change(
        left_out=left_out,
        unneeded=unneeded,
        rounds=repeated,
        level=level if leveled != routine else None,
        sides=sides if sided is not steps else None,
        sets=sets if in_sets is not sided else None,
        reps=reps if counted is not in_sets else None,
    )
    if change == Change():
        return known
    whole: _Steps = (_in_rounds(counted, repeated),) if repeated else counted
    return known.changed(whole, change)


def _knowing(routine: Routine, affected: Side | None) -> Routine:
    """The routine with real sides in place of the affected one; as it is where none is meant."""
    if affected is None:
        return routine
    steps = _each(
        routine.exercises,
        lambda each: (
            each.model_copy(update={"sides": each.sides.where(affected)})
            if each.sides.depends
            else each
        ),
    )
    same = steps is routine.exercises
    return routine if same else routine.changed(steps, routine.change)


def _in_rounds(steps: _Steps, rounds: int) -> Group:
    """All of it in rounds; a list that had a value for each set must not become one of rounds."""
    # Not validated again: what is left of a changed dose need not be one to be written.
    return Group.model_construct(rounds=rounds, exercises=tuple(map(_settled, steps)))


def _settled(step: Step) -> Step:
    if isinstance(step, Task):
        return step
    if isinstance(step, Exercise):
        return step.model_copy(update={"sets": step.set_count})
    if round_count(step) > 1:
        return step
    return step.model_copy(update={"exercises": tuple(map(_settled, step.exercises))})


def _steps_left(
    routine: Routine, only: Sequence[str], skip: Sequence[str]
) -> tuple[_Steps, tuple[str, ...], tuple[str, ...]]:
    """The steps that are left, the names of the other exercises, and what only these need."""
    exercises = tuple(routine.all_exercises())
    names = [exercise.name for exercise in exercises]
    known = [routine.names_of(exercise) for exercise in exercises]
    chosen = {index for name in only for index in _named(name, known)} or set(range(len(names)))
    dropped = {index for name in skip for index in _named(name, known)}
    kept = chosen - dropped
    if not kept:
        raise RoutineError("no exercise is left; --only and --skip leave nothing to do")
    left_out = tuple(name for index, name in enumerate(names) if index not in kept)
    wanted = {id(exercises[index]) for index in kept}
    used = {thing for index in kept for thing in exercises[index].equipment}
    things = (thing for each in exercises for thing in each.equipment if thing not in used)
    steps = _each(routine.exercises, lambda each: each if id(each) in wanted else None)
    return steps, left_out, tuple(dict.fromkeys(things))


def _named(name: str, known: Sequence[tuple[str, ...]]) -> list[int]:
    """The exercises that a flag names: by a name, which may have a comma in it, or by several."""
    if found := _named_so(name, known):
        return found
    parts = [part for part in name.split(",") if part.strip()]
    if len(parts) > 1:
        return [index for part in parts for index in _named(part, known)]
    raise RoutineError(f"there is no exercise {name!r}{_meant(name, known)}")


def _named_so(name: str, known: Sequence[tuple[str, ...]]) -> list[int]:
    """Every exercise of that name, or the one of that number; each is known by some names."""
    wanted = name.strip().lower()
    lowered = [[each.lower() for each in names] for names in known]
    written = lowered, [[each.replace(" ", "-") for each in names] for names in lowered]
    for spelt in written:  # as one word too, which no shell takes for several
        found = [index for index, names in enumerate(spelt) if wanted in names]
        if found:
            return found
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(known):
        return [int(wanted) - 1]
    return []


def _meant(name: str, known: Sequence[tuple[str, ...]]) -> str:
    """The exercises that were perhaps meant, and all there are, as the end of a message."""
    wanted = name.strip().lower()
    lowered = list(dict.fromkeys(each.lower() for names in known for each in names))
    meant = [each for each in lowered if wanted and wanted in each][:_MOST_MEANT]
    if not meant and (close := nearest(wanted, lowered)):
        meant = [close]
    hint = f"; did you mean {either([repr(each) for each in meant])}?" if meant else ""
    listing = ", ".join(f"{number} {own}" for number, (own, *_) in enumerate(known, start=1))
    return f"{hint} (there are: {listing})"


def _each(steps: _Steps, change: Callable[[Exercise], Exercise | None]) -> _Steps:
    """Every exercise changed, or left out for None; the very same steps when none was.

    With an exercise or a group go the tasks that lead to it.
    """
    left: list[Step] = []
    tasks: list[Step] = []
    for step in steps:
        if isinstance(step, Task):
            tasks.append(step)
            continue
        if (now := _changed(step, change)) is not None:
            left += [*tasks, now]
        tasks = []
    changed = (*left, *tasks) if left else ()
    same = len(changed) == len(steps) and all(map(is_, changed, steps))
    return steps if same else changed


def _changed(step: Exercise | Group, change: Callable[[Exercise], Exercise | None]) -> Step | None:
    if isinstance(step, Exercise):
        return change(step)
    inner = _each(step.exercises, change)
    if inner is step.exercises:
        return step
    return step.model_copy(update={"exercises": inner}) if inner else None


_OTHER_TOO: Final = {Sides.RIGHT: Sides.RIGHT_THEN_LEFT, Sides.LEFT: Sides.LEFT_THEN_RIGHT}


def _on_sides(exercise: Exercise, wanted: Literal["right", "left", "both"] | None) -> Exercise:
    if wanted is None or exercise.sides is Sides.BOTH:
        return exercise
    sides = _OTHER_TOO.get(exercise.sides, exercise.sides) if wanted == "both" else Sides(wanted)
    return exercise if sides is exercise.sides else exercise.model_copy(update={"sides": sides})


def _with_sets(exercise: Exercise, wanted: int | None) -> Exercise:
    """Lists with a value for each set lose their last ones, or go on with the last one."""
    if wanted in (None, exercise.set_count):
        return exercise
    changed: dict[str, object] = {
        field: (*values, *[values[-1]] * wanted)[:wanted]
        for field, values in exercise.lists.items()
    }
    rests = wanted if exercise.rest_after_last else wanted - 1
    if isinstance(exercise.rest, tuple):
        changed["rest"] = (*exercise.rest, *[exercise.rest[-1]] * rests)[:rests]
    if not rests:
        changed["rest"] = None
    return exercise.model_copy(update={"sets": wanted, **changed})


def _with_reps(exercise: Exercise, wanted: int | None) -> Exercise:
    """A list keeps its length, which says how many sets there are, or is that of the rounds."""
    reps = exercise.reps
    if wanted is None or not (reps or exercise.until):
        return exercise
    changed = (wanted,) * len(reps) if isinstance(reps, tuple) else wanted
    if changed == reps:
        return exercise
    return exercise.model_copy(update={"reps": changed, "until": None})
