"""The dose in words, as it is told before an exercise: how many, how long, which sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audiocoach.coaching.phrases import Phrases
from audiocoach.routine.model import Exercise, Sides
from audiocoach.routine.times import Source, Time
from audiocoach.routine.unfold import Block, blocks
from audiocoach.routine.values import SideCounts, SideNames, SideTimes
from audiocoach.settings.values import Side

_MINUTE: Final = 60_000


def side_name(phrases: Phrases, exercise: Exercise, side: Side) -> str:
    """`right foot`."""
    if isinstance(exercise.limb, SideNames):
        return exercise.limb.left if side == "left" else exercise.limb.right
    return phrases.inline("side-name", side=side, limb=exercise.limb)


def spoken_seconds(phrases: Phrases, length: int) -> str:
    """A length (ms) in words: `three seconds`, `two minutes`, `1.5 seconds`."""
    seconds, rest = divmod(length, 1000)
    if rest:
        return phrases.inline("dose.seconds", number=length / 1000)
    if seconds % 60 == 0 and seconds:
        return phrases.inline("dose.minutes", number=seconds // 60)
    return phrases.inline("dose.seconds", number=seconds)


def dose_lines(phrases: Phrases, exercise: Exercise, first_side: Side | None) -> Iterator[str]:
    """The dose in words: how many, how long, which sides."""
    found = tuple(blocks(exercise, first_side))
    if len(found) == 1 or exercise.reps != 1 or not exercise.each:
        yield _amount(phrases, exercise, found)
    if exercise.set_count > 1 and not exercise.work:
        yield phrases("dose.sets", sets=exercise.set_count)
    match tuple(dict.fromkeys(block.side for block in found)):
        case (first, second) if first and second:
            once = exercise.work or not (exercise.reps or exercise.until) or _by_side(exercise)
            key = "dose.bouts-side-then-side" if once else "dose.side-then-side"
            yield phrases(
                key,
                first=side_name(phrases, exercise, first),
                second=side_name(phrases, exercise, second),
            )
        case (only,) if only:
            yield phrases("dose.side-only", side=side_name(phrases, exercise, only))
    if exercise.sides is Sides.ALTERNATING:
        side = side_name(phrases, exercise, first_side or "right")
        yield phrases("dose.alternating", side=side)


def _amount(phrases: Phrases, exercise: Exercise, found: tuple[Block, ...]) -> str:
    """How many and how long; where that differs from block to block, one after the other."""
    if isinstance(exercise.work or exercise.hold or exercise.reps, tuple):  # one a set
        found = tuple({block.set_number: block for block in reversed(found)}.values())[::-1]
    elif _by_side(exercise):
        found = tuple({block.side: block for block in reversed(found)}.values())[::-1]
    times = [block.work or block.hold for block in found]
    lengths = times if len(set(times)) > 1 else times[:1]
    counts = [block.reps for block in found if block.variant in (None, found[0].variant)]
    seconds = phrases.listing([spoken_seconds(phrases, each.natural) for each in lengths if each])
    if exercise.every:
        if exercise.every.natural == _MINUTE:  # "every sixty seconds", not "every one minute"
            seconds = phrases.inline("dose.seconds", number=60)
        return phrases("dose.every", seconds=seconds, reps=_counts(phrases, counts))
    sets = exercise.set_count
    if exercise.work:
        if len(lengths) > 1:
            return phrases("dose.works", seconds=seconds)
        key = "dose.work" if sets == 1 else "dose.bouts-rest" if exercise.rest else "dose.bouts"
        return phrases(key, sets=sets, seconds=seconds)
    held = _held_phase(exercise)
    if held:
        seconds = spoken_seconds(phrases, held.natural)
    if exercise.hold or held:
        many = exercise.reps or exercise.until
        key = "dose.reps-hold" if many and counts != [1] else "dose.hold"
        return phrases(key, reps=_counts(phrases, counts), seconds=seconds)
    if len(exercise.each) == 2:
        first, second = (variant.name for variant in exercise.each)
        return phrases("dose.reps-each", reps=_counts(phrases, counts), first=first, second=second)
    return phrases("dose.reps", reps=_counts(phrases, counts))


def _by_side(exercise: Exercise) -> bool:
    """Whether one side has another dose than the other."""
    values = (exercise.work, exercise.hold, exercise.reps)
    return any(isinstance(value, SideCounts | SideTimes) for value in values)


def _counts(phrases: Phrases, counts: list[int]) -> int | str:
    """`ten` where all are the same, else `eight, ten and twelve`."""
    if len(set(counts)) == 1:
        return counts[0]
    return phrases.listing([phrases.number(count) for count in counts])


def _held_phase(exercise: Exercise) -> Time | None:
    """The one prescribed time among the phases of a rep, if there is just one."""
    times = [each.time for each in exercise.phases if each.time.source is not Source.EDITORIAL]
    return times[0] if len(times) == 1 and times[0].source is Source.PRESCRIBED else None
