"""A routine unfolded: which exercise comes when, and what holds in each block of it.

Here lists, sides, `until` and rounds end; whoever tells a routine meets plain numbers
and times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from audiocoach.errors import RoutineError
from audiocoach.routine.model import (
    Exercise,
    Group,
    Phase,
    PhaseKind,
    Position,
    Routine,
    Step,
    Task,
    Variant,
)
from audiocoach.routine.phases import whole_ms
from audiocoach.routine.times import Source, Time, format_ms
from audiocoach.routine.values import MOST, Side
from audiocoach.wording import quoted


@dataclass(frozen=True, slots=True)
class Block:
    """The reps (or the one timed bout) done on one side, in one variant, in one set."""

    set_number: int
    side: Side | None
    variant: Variant | None
    reps: int
    """For each side where sides alternate; 1 for timed work and a single hold."""
    phases: tuple[Phase, ...]
    """What one rep (or the bout) is made of."""
    load: str | None = None

    @property
    def named(self) -> Time | None:
        """The one prescribed time that stands for the rep: it is worked, or held."""
        kinds = (PhaseKind.HOLD, PhaseKind.WORK, PhaseKind.OWN)
        fixed = [each.time for each in self.phases if each.kind in kinds]
        if len(self.phases) == 1 and self.phases[0].kind is PhaseKind.OWN and self.phases[0].say:
            return None  # a movement in one piece
        fixed = [time for time in fixed if time.source is not Source.EDITORIAL]
        return fixed[0] if len(fixed) == 1 and fixed[0].source is Source.PRESCRIBED else None


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
    """The rest that leads straight into it, from the exercise before: by the clock, or of a round.
    """
    opens: tuple[Group, ...] = ()
    """The groups that begin with it, the outer one first."""
    ahead: tuple[Exercise, ...] = ()
    """Exercises of a group by the clock that are told before this one, the first, begins."""
    tasks: tuple[Task, ...] = ()
    """What is done before it, and has no dose."""
    whole: Exercise | None = None
    """The exercise with what it has in all rounds, where that is another in each."""

    def stands(self, before: Exercise | None) -> Position:
        """Where the listener is when it begins, after another exercise and its own tasks."""
        first = before.position if before else Position.STANDING
        return next((task.position for task in reversed(self.tasks) if task.position), first)


def turns(routine: Routine) -> Iterator[Turn]:
    """Every exercise in the order in which it is done, each round of a group in turn."""
    tasks: tuple[Task, ...] = ()
    for step in _turns(routine.exercises, ()):
        if isinstance(step, Task):
            tasks = (*tasks, step)
            continue
        yield replace(step, tasks=tasks)
        tasks = ()


def closing_tasks(routine: Routine) -> tuple[Task, ...]:
    """What is done after the last exercise, and has no dose."""
    last = takewhile(
        lambda step: isinstance(step, Task), reversed(tuple(_turns(routine.exercises, ())))
    )
    return tuple(step for step in reversed(tuple(last)) if isinstance(step, Task))


def blocks(exercise: Exercise, first_side: Side | None = None) -> Iterator[Block]:
    """Every block in order: variants inside sides, sides inside sets.

    Of two sides, `first_side` comes first, or else the one written first.
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


def rest_between_rounds(group: Group) -> Time | None:
    """The prescribed rest from one round to the next, None where there is none."""
    return group.rest or rest_between(group, len(group.exercises) - 1)


def rest_between(group: Group, index: int) -> Time | None:
    """The prescribed rest after the exercise with that index, None where there is none."""
    rests = group.rest_between
    if isinstance(rests, tuple):
        return rests[index] if index < len(rests) else None
    return rests or (_AT_ONCE if _runs_through(group) else None)


_AT_ONCE: Final = Time.prescribed(0)


def by_the_clock(group: Group) -> bool:
    """Whether each of its exercises begins on its time, with the rests that are prescribed."""
    return bool(group.rest_between) or _runs_through(group)


def _runs_through(group: Group) -> bool:
    """Whether one exercise follows the other at once, though no rest between them says so.

    Each has its own minute or so (EMOM); or all of it lasts until a time is over, and nothing
    in it needs a time that nobody prescribed.
    """
    steps = [step for step in group.exercises if isinstance(step, Exercise)]
    if group.rest_between or len(steps) < len(group.exercises):
        return False
    if group.until:
        return len({step.position for step in steps}) == 1 and all(
            map(_prescribed_throughout, steps)
        )
    rounds = group.rounds or 1
    return len(steps) > 1 and all(
        step.way.paced and (step.set_count == 1 or _by_round(step, rounds)) for step in steps
    )


class _UnfitError(ValueError):
    """No whole rounds fit into a time."""


def round_count(group: Group) -> int:
    """How many rounds: as written, or as many whole ones as fit into `until`.

    Raises RoutineError where a round has no prescribed length, or none fits, or too many.
    The loader lets no such group through; changes of the dose may make one.
    """
    try:
        return _round_count(group)
    except _UnfitError as error:
        raise RoutineError(group.problem("until", str(error))) from None


def until_mistake(group: Group) -> str | None:
    """Why the rounds of a group can't be counted, None if they can."""
    try:
        _round_count(group)
    except _UnfitError as error:
        return str(error)
    return None


def clock_ms(group: Group, rounds: int) -> int | None:
    """How long (ms) so many rounds last by the clock; None where a time in them is not prescribed.

    Of a range its natural length counts.
    """
    steps = [step for step in group.exercises if isinstance(step, Exercise)]
    if not by_the_clock(group) or not all(map(_prescribed_throughout, steps)):
        return None
    rest = _natural(rest_between_rounds(group))
    return rounds * (_rounds_ms(group, 1) + rest) - rest


def _prescribed_throughout(exercise: Exercise) -> bool:
    """Whether nothing in it needs a time that nobody prescribed."""
    rested = exercise.set_count == 1 or exercise.way.paced or exercise.rest is not None
    sided = len(exercise.sides.blocks) == 1 or exercise.side_rest is not None
    return rested and sided and len(exercise.each) < 2 and exercise.rep_ms is not None


def _round_count(group: Group) -> int:
    if group.until is None:
        return group.rounds or 1
    return _fitting(group, group.until, _rounds_ms(group, 1))


def _fitting(group: Group, until: Time, whole: int) -> int:
    """How many rounds of `whole` ms fit into `until`, with the rests between them."""
    rest = _natural(rest_between_rounds(group))
    count = (until.natural + rest) // (whole + rest)
    if not count:
        raise _UnfitError(
            f"until is too short: {until}, and a round takes {format_ms(whole)} "
            "by what is prescribed"
        )
    if count > MOST:
        raise _UnfitError(f"until has room for {count:,} rounds, and {MOST} are allowed")
    return count


# -- sums: without a loop over sets, rounds or variants, of which there may be millions --


def unfolded_reps(step: Step, lap: int = 1) -> int:
    """How many reps (or bouts) a step amounts to in all `lap` rounds of its group."""
    if isinstance(step, Task):
        return 0
    if isinstance(step, Exercise):
        reps = sum(block.reps * times for block, times in _kinds(step)) * step.sides.in_turn
        return reps if _by_round(step, lap) else lap * reps
    rounds, inner = round_count(step), _inner_rounds(step, lap)
    return lap * rounds // inner * sum(unfolded_reps(each, inner) for each in step.exercises)


def _prescribed_ms(step: Step, lap: int) -> int:
    """How long a step takes by what is prescribed alone (ms), in all `lap` rounds."""
    if isinstance(step, Task):
        return 0
    if isinstance(step, Exercise):
        once = _rests_ms(step) + sum(
            _block_ms(step, block) * times for block, times in _kinds(step)
        )
        return once if _by_round(step, lap) else lap * once
    inner = _inner_rounds(step, lap)
    whole = _rounds_ms(step, inner)
    rounds = _fitting(step, step.until, whole) if step.until else step.rounds or 1
    rests = (rounds - 1) * _natural(rest_between_rounds(step))
    return lap * rounds // inner * whole + lap * rests


def _inner_rounds(group: Group, lap: int) -> int:
    """How many rounds lists inside a group go by; it is itself in a group of `lap` rounds."""
    if group.until:
        return 1
    return group.rounds if group.rounds and group.rounds > 1 else lap


def _rounds_ms(group: Group, lap: int) -> int:
    """How long `lap` rounds of a group take, without the rests between them."""
    between = sum(_natural(rest_between(group, each)) for each in range(len(group.exercises) - 1))
    return lap * between + sum(_prescribed_ms(each, lap) for each in group.exercises)


def _kinds(exercise: Exercise) -> Iterator[tuple[Block, int]]:
    """The blocks that may differ, each with how many there are like it."""
    sets, alike = (exercise.set_count, 1) if exercise.lists else (1, exercise.set_count)
    for set_number in range(1, sets + 1):
        for side in exercise.sides.blocks:
            yield _block(exercise, set_number, side, None), alike * (len(exercise.each) or 1)


def _block_ms(exercise: Exercise, block: Block) -> int:
    if exercise.way.whole_set or not exercise.in_reps:
        times = [phase.time for phase in block.phases]
        return sum(time.natural for time in times if time.source is not Source.EDITORIAL)
    rep = whole_ms(block.phases)
    if rep is None:
        raise _UnfitError(
            "until counts whole rounds, so every time in them must be prescribed, "
            f"and a rep of {quoted(exercise.name)} has no prescribed length"
        )
    return rep * block.reps * exercise.sides.in_turn


def _rests_ms(exercise: Exercise) -> int:
    changes = exercise.set_count * (len(exercise.sides.blocks) - 1)
    switching = changes * _natural(exercise.side_rest)
    if isinstance(exercise.rest, tuple):
        return switching + sum(rest.natural for rest in exercise.rest)
    count = exercise.set_count if exercise.rest_after_last else exercise.set_count - 1
    return switching + count * _natural(exercise.rest)


def _natural(time: Time | None) -> int:
    return time.natural if time else 0


def _block(
    exercise: Exercise, set_number: int, side: Side | None, variant: Variant | None
) -> Block:
    reps = exercise.reps_until or exercise.value("reps", set_number, side) or 1
    phases = exercise.rep_phases(set_number, side)
    return Block(set_number, side, variant, reps, phases, exercise.value("load", set_number, side))


# -- rounds ---------------------------------------------------------------------


def _turns(
    steps: tuple[Step, ...],
    path: tuple[int, ...],
    *,
    again: bool = False,
    lap: tuple[int, int] = (1, 1),
) -> Iterator[Turn | Task]:
    """`lap` is the current round of their group, and how many it has."""
    for index, step in enumerate(steps):
        here = (*path, index)
        if isinstance(step, Exercise):
            whole = step if _by_round(step, lap[1]) else None
            yield Turn(_in_round(step, *lap), here, again, whole=whole)
        elif isinstance(step, Task):
            yield step
        else:
            yield from _each_round(step, here, again=again, lap=lap)


def _each_round(
    group: Group, path: tuple[int, ...], *, again: bool, lap: tuple[int, int]
) -> Iterator[Turn | Task]:
    rounds = round_count(group)
    for number in range(1, rounds + 1):
        found = _turns(
            group.exercises,
            path,
            again=again or number > 1,
            lap=_inner_lap(group, (number, rounds), lap),
        )
        step = next(found)
        while isinstance(step, Task):
            yield step
            step = next(found)
        first = step
        if number > 1:
            rest = rest_between_rounds(group)
            first = replace(first, round=(number, rounds, group), rest=rest)
        else:
            first = replace(first, opens=(group, *first.opens))
            if by_the_clock(group) and not again:
                ahead = tuple(each for each in group.exercises[1:] if isinstance(each, Exercise))
                first = replace(first, ahead=ahead)
        yield first
        for index, step in enumerate(found):
            if isinstance(step, Turn) and by_the_clock(group):
                yield replace(step, rest=rest_between(group, index))
            else:
                yield step


def _inner_lap(group: Group, own: tuple[int, int], outer: tuple[int, int]) -> tuple[int, int]:
    """The round that lists inside a group go by: only `rounds` that are written have any."""
    if group.until:
        return (1, 1)
    return own if own[1] > 1 else outer


def _in_round(exercise: Exercise, number: int, rounds: int) -> Exercise:
    """The exercise of one round: lists with a value for each round give theirs."""
    if not _by_round(exercise, rounds):
        return exercise
    chosen = {field: values[number - 1] for field, values in exercise.lists.items()}
    return exercise.model_copy(update=chosen)


def _by_round(exercise: Exercise, rounds: int) -> bool:
    """Whether its lists have a value for each round; with sets or rests they are of sets."""
    if rounds == 1 or exercise.sets is not None or exercise.rest:
        return False
    return bool(exercise.lists) and exercise.set_count == rounds
