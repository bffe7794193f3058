"""A routine unfolded: which exercise comes when, and what holds in each block of it.

Here lists, sides, `until` and rounds end; whoever tells a routine meets plain numbers
and times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from audiocoach.errors import RoutineError
from audiocoach.routine.model import Exercise, Group, Routine, Sides, Variant
from audiocoach.routine.times import Time, format_ms
from audiocoach.routine.values import SideCounts, SideTimes

Side = Literal["right", "left"]


@dataclass(frozen=True, slots=True)
class Block:
    """The reps (or the one timed bout) done on one side, in one variant, in one set."""

    set_number: int
    side: Side | None
    variant: Variant | None
    reps: int
    """For each side where sides alternate; 1 for timed work and a single hold."""
    hold: Time | None = None
    work: Time | None = None
    """The whole interval of a set that begins `every` so often, too."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One telling of an exercise: where it stands in the routine, and what opens with it."""

    exercise: Exercise
    path: tuple[int, ...]
    again: bool = False
    """Whether it was done before, in an earlier round."""
    round: tuple[int, int, Group] | None = None
    """The round that begins with it, from the second on: number, how many there are, its group."""
    rest: Time | None = None
    """The rest by the clock that leads straight into it, from the exercise before."""
    ahead: tuple[Exercise, ...] = ()
    """Exercises of a group by the clock that are told before this one, the first, begins."""


def turns(routine: Routine) -> Iterator[Turn]:
    """Every exercise in the order in which it is done, each round of a group in turn."""
    return _turns(routine.exercises, ())


def blocks(exercise: Exercise, first_side: Side | None = None) -> Iterator[Block]:
    """Every block in order: variants inside sides, sides inside sets.

    Of two sides `first_side` comes first, or the one that is written first.
    """
    sides = sorted(exercise.sides.blocks, key=lambda side: bool(first_side) and side != first_side)
    for set_number in range(1, exercise.set_count + 1):
        for side in sides:
            for variant in exercise.each or (None,):
                yield _block(exercise, set_number, side, variant)


def rest_after(exercise: Exercise, set_number: int) -> Time | None:
    """The prescribed rest after a set, None where there is none."""
    if not exercise.rest or (set_number == exercise.set_count and not exercise.rest_after_last):
        return None
    return exercise.rest[set_number - 1] if isinstance(exercise.rest, tuple) else exercise.rest


def unfolded_reps(step: Exercise | Group) -> int:
    """How many reps (or bouts) a step comes to when all is unfolded."""
    if isinstance(step, Group):
        return round_count(step) * sum(map(unfolded_reps, step.exercises))
    both = 2 if step.sides is Sides.ALTERNATING else 1
    sides = [both] if len(step.sides.blocks) == 1 else [1, 1]
    most = step.reps if isinstance(step.reps, int) else _most(step)
    return step.set_count * sum(sides) * max(1, len(step.each)) * most


def round_count(group: Group) -> int:
    """How many rounds: as written, or as many whole ones as fit into `until`.

    Raises RoutineError where a round has no prescribed length, or not one fits.
    """
    if group.until is None:
        return group.rounds or 1
    rest = _between_rounds(group)
    whole = _round_ms(group, group)
    count = (group.until.natural + rest) // (whole + rest)
    if not count:
        raise RoutineError(
            f"{group.where('until')}: until: a round takes {format_ms(whole)}, "
            f"and {group.until} is less"
        )
    return count


def _between_rounds(group: Group) -> int:
    """The rest (ms) between two rounds; by the clock it is the one between two exercises."""
    rest = group.rest or group.rest_between
    return rest.natural if rest else 0


def _round_ms(step: Group, group: Group) -> int:
    between = step.rest_between.natural * (len(step.exercises) - 1) if step.rest_between else 0
    return between + sum(_prescribed_ms(each, group) for each in step.exercises)


def _prescribed_ms(step: Exercise | Group, group: Group) -> int:
    """How long a step takes by what is prescribed alone (ms); `group` is the one with `until`."""
    if isinstance(step, Group):
        rounds = round_count(step)
        return rounds * _round_ms(step, group) + (rounds - 1) * _between_rounds(step)
    rests = sum(
        rest.natural
        for number in range(1, step.set_count + 1)
        if (rest := rest_after(step, number))
    )
    return rests + sum(_block_ms(step, block, group) for block in blocks(step))


def _block_ms(exercise: Exercise, block: Block, group: Group) -> int:
    if block.work:
        return block.work.natural
    rep = exercise.rep_ms
    alone = exercise.hold and not exercise.reps
    if rep is None and not alone:
        raise RoutineError(
            f"{group.where('until')}: until counts whole rounds, so every time in them must be "
            f"prescribed, and a rep of {exercise.name!r} has no prescribed length"
        )
    if block.hold and alone:
        return block.hold.natural
    turns = 2 if exercise.sides is Sides.ALTERNATING else 1
    return (rep or 0) * block.reps * turns


def _most(exercise: Exercise) -> int:
    return max((block.reps for block in blocks(exercise)), default=1)


def _block(
    exercise: Exercise, set_number: int, side: Side | None, variant: Variant | None
) -> Block:
    return Block(
        set_number,
        side,
        variant,
        _reps(exercise, set_number, side),
        _time(exercise.hold, set_number, side),
        exercise.every or _time(exercise.work, set_number, side),
    )


def _reps(exercise: Exercise, set_number: int, side: Side | None) -> int:
    if exercise.until and exercise.rep_ms:
        both = 2 if exercise.sides is Sides.ALTERNATING else 1
        return max(exercise.until.natural // (exercise.rep_ms * both), 1)
    match exercise.reps:
        case tuple():
            return exercise.reps[set_number - 1]
        case SideCounts():
            return exercise.reps.left if side == "left" else exercise.reps.right
        case int():
            return exercise.reps
        case None:
            return 1


def _time(
    value: Time | tuple[Time, ...] | SideTimes | None, set_number: int, side: Side | None
) -> Time | None:
    match value:
        case tuple():
            return value[set_number - 1]
        case SideTimes():
            return value.left if side == "left" else value.right
        case _:
            return value


# -- rounds ---------------------------------------------------------------------


def _turns(
    steps: tuple[Exercise | Group, ...],
    path: tuple[int, ...],
    *,
    again: bool = False,
    lap: tuple[int, int] = (1, 1),
) -> Iterator[Turn]:
    """`lap` is the round of the group they stand in, and how many it has."""
    for index, step in enumerate(steps):
        here = (*path, index)
        if isinstance(step, Exercise):
            yield Turn(_in_round(step, *lap), here, again)
        else:
            yield from _rounds(step, here, again=again, lap=lap)


def _rounds(
    group: Group, path: tuple[int, ...], *, again: bool, lap: tuple[int, int]
) -> Iterator[Turn]:
    rounds = round_count(group)
    for number in range(1, rounds + 1):
        inner = (number, rounds) if rounds > 1 else lap
        found = _turns(group.exercises, path, again=again or number > 1, lap=inner)
        first = next(found)
        if number > 1:
            rest = (group.rest or group.rest_between) if group.rest_between else None
            first = replace(first, round=(number, rounds, group), rest=rest)
        elif group.rest_between and not again:
            ahead = tuple(each for each in group.exercises[1:] if isinstance(each, Exercise))
            first = replace(first, ahead=ahead)
        yield first
        for turn in found:
            yield replace(turn, rest=group.rest_between) if group.rest_between else turn


def _in_round(exercise: Exercise, number: int, rounds: int) -> Exercise:
    """The exercise of one round: lists with a value for each round give theirs.

    With sets or rests of its own a list is one of sets.
    """
    if rounds == 1 or exercise.sets is not None or exercise.rest:
        return exercise
    chosen = {
        field: value[number - 1]
        for field in ("reps", "hold", "work")
        if isinstance(value := getattr(exercise, field), tuple) and len(value) == rounds
    }
    return exercise.model_copy(update=chosen) if chosen else exercise
