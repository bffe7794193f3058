"""Groups that go on until a time is over: they last exactly that long, or are refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audiocoach.coaching.pacing import speaking_ms
from audiocoach.errors import RoutineError
from audiocoach.routine.model import Exercise, Group, Routine, Step
from audiocoach.routine.times import Time, format_ms
from audiocoach.routine.unfold import clock_ms, round_count
from audiocoach.timeline.script import Cue, Gap, Interval, IntervalKind, Item, Utterance


def refuse_unmet(routine: Routine, items: Sequence[Item]) -> None:
    """Raise RoutineError if a group, told by a script's `items`, lasts another time than `until`.

    Where the user has changed the dose, as many whole rounds as fit are enough.
    """
    change = routine.change
    if change.left_out or change.rounds or change.sets or change.reps or change.sides:
        return
    for group, exercises in _groups(routine.exercises, 0):
        problem = _unmet(group, group.until, items, exercises) if group.until else ""
        if problem:
            raise RoutineError(group.problem("until", problem))


def _groups(steps: Sequence[Step], before: int) -> Iterator[tuple[Group, range]]:
    """Each group with the numbers of its exercises, `before` of which there are others."""
    for step in steps:
        inside = _exercises(step)
        if isinstance(step, Group):
            yield from _groups(step.exercises, before)
            yield step, range(before + 1, before + inside + 1)
        before += inside


def _exercises(step: Step) -> int:
    if isinstance(step, Group):
        return sum(map(_exercises, step.exercises))
    return int(isinstance(step, Exercise))


def _unmet(group: Group, until: Time, items: Sequence[Item], exercises: range) -> str:
    """Why it lasts another time, and how to write it; "" if it lasts what it says."""
    rounds = round_count(group)
    length = clock_ms(group, rounds)
    if length is None:
        about = format_ms(_told_ms(items, exercises) // 1000 * 1000)
        return (
            f"until: {until} can't be met: with what is not prescribed in them, {rounds} rounds "
            f"last about {about}; write rounds: {rounds} in its place, or prescribe all times: "
            "rest_between in the group (0s for none), rest between sets, side_rest between sides, "
            "act and release beside hold"
        )
    if length == until.natural:
        return ""
    more = clock_ms(group, rounds + 1) or 0
    return (
        f"until: {until} can't be met by whole rounds: {rounds} last {format_ms(length)}, "
        f"{rounds + 1} last {format_ms(more)}; write one of the two"
    )


def _told_ms(items: Sequence[Item], exercises: range) -> int:
    """About how long (ms) it is from the first that is done of some exercises to their end."""
    inside = [
        index
        for index, item in enumerate(items)
        if isinstance(item, Interval)
        and item.address.exercise in exercises
        and item.kind is not IntervalKind.COUNT_IN
    ]
    return sum(map(_ms, items[inside[0] : inside[-1] + 1])) if inside else 0


def _ms(item: Item) -> int:
    if isinstance(item, Gap | Interval):
        return item.span.natural
    if isinstance(item, Cue) and isinstance(item.sound, Utterance):
        return speaking_ms(item.sound.text, 1.0)
    return 0
