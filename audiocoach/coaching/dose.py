"""The dose in words, as it is told before an exercise: how many, how long, which sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audiocoach.coaching.phrases import Phrases
from audiocoach.routine.model import Exercise, Sides
from audiocoach.routine.times import Time
from audiocoach.routine.unfold import Block, blocks
from audiocoach.routine.values import SideCounts, SideNames, SideTimes
from audiocoach.routine.ways import FIGURES
from audiocoach.settings.values import Side

_MINUTE: Final = 60_000


def side_name(phrases: Phrases, exercise: Exercise, side: Side) -> str:
    """`right foot`."""
    if isinstance(exercise.limb, SideNames):
        return exercise.limb.left if side == "left" else exercise.limb.right
    return phrases.inline("side-name", side=side, limb=exercise.limb)


def spoken_seconds(phrases: Phrases, length: int) -> str:
    """A length (ms) in words: `three seconds`, `ninety seconds`, `two minutes and ten seconds`."""
    minutes, rest = divmod(length, _MINUTE)
    if minutes and not rest:
        return phrases.inline("dose.minutes", number=minutes)
    if length >= 2 * _MINUTE:
        return phrases.listing([spoken_seconds(phrases, each) for each in (length - rest, rest)])
    number = length / 1000 if length % 1000 else length // 1000
    return phrases.inline("dose.seconds", number=number)


def spoken_time(phrases: Phrases, time: Time) -> str:
    """A time as it was written: in breaths, or in seconds and minutes."""
    if time.breaths:
        return phrases.inline("dose.breaths", number=time.breaths)
    return spoken_seconds(phrases, time.natural)


def dose_lines(
    phrases: Phrases, exercise: Exercise, first_side: Side | None, *, by_round: bool = False
) -> Iterator[str]:
    """The dose in words: how many, how long, which sides.

    With `by_round` its lists have a value for each round, and are told round by round.
    """
    found = tuple(blocks(exercise, first_side))
    if by_round:
        yield phrases("dose.by-round")
    amount = _amount(phrases, exercise, found)
    once = exercise.sides is Sides.ALTERNATING and amount == phrases("dose.reps", reps=1)
    if not once and (len(found) == 1 or exercise.reps != 1 or not exercise.each):
        yield amount
    yield from _loads(phrases, exercise, found, "dose.load" if by_round else "dose.loads")
    if exercise.set_count > 1 and not in_bouts(exercise) and not by_round:
        yield phrases("dose.sets", sets=exercise.set_count)
    match tuple(dict.fromkeys(block.side for block in found)):
        case (first, second) if first and second:
            as_many = exercise.in_reps and not _by_side(exercise)
            key = "dose.side-then-side" if as_many else "dose.bouts-side-then-side"
            yield phrases(
                key,
                first=side_name(phrases, exercise, first),
                second=side_name(phrases, exercise, second),
            )
        case (only,) if only:
            yield phrases("dose.side-only", side=side_name(phrases, exercise, only))
    if exercise.sides is Sides.ALTERNATING:
        side = side_name(phrases, exercise, first_side or "right")
        yield phrases("dose.alternating-once" if once else "dose.alternating", side=side)


def _loads(
    phrases: Phrases, exercise: Exercise, found: tuple[Block, ...], several: str
) -> Iterator[str]:
    """With how much: for all, for each side, or for one set after the other by `several`."""
    if isinstance(exercise.load, SideNames):
        for side, load in dict.fromkeys((block.side, block.load) for block in found):
            if side and load:
                name = side_name(phrases, exercise, side)
                yield phrases("dose.load-side", side=name, load=load)
        return
    loads = [block.load for block in {each.set_number: each for each in found}.values()]
    told = [load for load in loads if load]
    if len(set(told)) > 1:
        listed = phrases.listing(told)
        yield phrases(several, loads=listed, load=listed)
    elif told:
        yield phrases("dose.load", load=told[0])


def _amount(phrases: Phrases, exercise: Exercise, found: tuple[Block, ...]) -> str:
    """How many and how long; where that differs from block to block, one after the other."""
    if exercise.lists.keys() & set(FIGURES):
        found = tuple({block.set_number: block for block in reversed(found)}.values())[::-1]
    elif _by_side(exercise):
        found = tuple({block.side: block for block in reversed(found)}.values())[::-1]
    times = [block.named for block in found]
    lengths = [each for each in (times if len(set(times)) > 1 else times[:1]) if each]
    counts = [block.reps for block in found if block.variant in (None, found[0].variant)]
    reps = _counts(phrases, counts)
    seconds = phrases.listing([spoken_time(phrases, each) for each in lengths])
    if exercise.way.paced:
        minute = [each.natural for each in lengths] == [_MINUTE]
        if minute and exercise.set_count > 1:
            return phrases("dose.every-minute", reps=reps)
        if minute:
            seconds = phrases.inline("dose.seconds", number=60)
        key = "dose.every" if exercise.set_count > 1 else "dose.within"
        return phrases(key, seconds=seconds, reps=reps)
    if in_bouts(exercise):
        if len(lengths) > 1:
            return phrases("dose.works", seconds=seconds)
        sets = exercise.set_count
        key = "dose.work" if sets == 1 else "dose.bouts-rest" if exercise.rest else "dose.bouts"
        return phrases(key, sets=sets, seconds=seconds)
    if lengths:
        key = "dose.reps-hold" if exercise.in_reps and counts != [1] else "dose.hold"
        return phrases(key, reps=reps, seconds=seconds)
    return _reps(phrases, exercise, reps)


def _reps(phrases: Phrases, exercise: Exercise, reps: int | str) -> str:
    """How many, where no one length fills them."""
    if len(exercise.each) == 2:
        first, second = (variant.name for variant in exercise.each)
        return phrases("dose.reps-each", reps=reps, first=first, second=second)
    if exercise.until:
        time = spoken_seconds(phrases, exercise.until.natural)
        return phrases("dose.reps-until", reps=reps, seconds=time)
    return phrases("dose.reps", reps=reps)


def in_bouts(exercise: Exercise) -> bool:
    """Whether its sets are bouts by the clock."""
    return exercise.way.whole_set and not exercise.in_reps


def _by_side(exercise: Exercise) -> bool:
    """Whether one side has another dose than the other."""
    return any(isinstance(getattr(exercise, field), SideCounts | SideTimes) for field in FIGURES)


def _counts(phrases: Phrases, counts: list[int]) -> int | str:
    """`ten` where all are the same, else `eight, ten and twelve`."""
    if len(set(counts)) == 1:
        return counts[0]
    return phrases.listing([phrases.number(count) for count in counts])
