"""The dose in words, as it is told before an exercise: how many, how long, which sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from audiocoach.coaching.phrases import Phrases
from audiocoach.routine.model import Exercise, Sides
from audiocoach.routine.phases import PhaseKind
from audiocoach.routine.times import Source, Time
from audiocoach.routine.unfold import Block, blocks
from audiocoach.routine.values import SideCounts, SideNames, SideTimes
from audiocoach.routine.ways import FIGURES
from audiocoach.settings.values import Side

_MINUTE: Final = 60_000
_NINETY: Final = 90_000


def side_name(phrases: Phrases, exercise: Exercise, side: Side) -> str:
    """`right foot`."""
    if isinstance(exercise.limb, SideNames):
        return exercise.limb.left if side == "left" else exercise.limb.right
    unnamed = exercise.limb.casefold() == phrases.inline("words.side").casefold()
    return phrases.inline("side-name", side=side, limb="side" if unnamed else exercise.limb)


def spoken_seconds(phrases: Phrases, length: int) -> str:
    """A length (ms) in words: `three seconds`, `ninety seconds`, `two minutes and ten seconds`."""
    minutes, rest = divmod(length, _MINUTE)
    if minutes and not rest:
        return phrases.inline("dose.minutes", number=minutes)
    if length >= 2 * _MINUTE:
        return _minutes_and_seconds(phrases, length)
    number = length / 1000 if length % 1000 else length // 1000
    return phrases.inline("dose.seconds", number=number)


def spoken_rest(phrases: Phrases, length: int) -> str:
    """A rest (ms) in words: `one minute and twelve seconds`, but `ninety seconds`.

    Where the fit decides how long a rest is, it is any number of seconds. In "84 seconds" by eSpeak
    a recogniser hears "a before seconds", and every third word of such rests wrong (138 of 420); in
    one minute and so many seconds, of the sixteen that were worst, 3 of 112.
    """
    if length == _NINETY or length < _MINUTE or not length % _MINUTE:
        return spoken_seconds(phrases, length)
    return _minutes_and_seconds(phrases, length)


def _minutes_and_seconds(phrases: Phrases, length: int) -> str:
    rest = length % _MINUTE
    return phrases.listing([spoken_seconds(phrases, each) for each in (length - rest, rest)])


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
        return _in_time(phrases, exercise, reps, "" if minute else seconds)
    if in_bouts(exercise):
        if len(lengths) > 1:
            return phrases("dose.works", seconds=seconds)
        sets = exercise.set_count
        key = "dose.work" if sets == 1 else "dose.bouts-rest" if exercise.rest else "dose.bouts"
        return phrases(key, sets=sets, seconds=seconds)
    if not lengths:
        return _reps(phrases, exercise, reps)
    if _held(phrases, found[0]) or len(set(counts)) > 1:
        key = "dose.reps-hold" if exercise.in_reps and counts != [1] else "dose.hold"
    else:
        key = "dose.work" if counts == [1] else "dose.bouts"
    return phrases(key, reps=reps, sets=counts[0], seconds=seconds)


def _in_time(phrases: Phrases, exercise: Exercise, reps: int | str, seconds: str) -> str:
    """So many reps every so many seconds; without these it's a minute."""
    if exercise.set_count == 1:
        seconds = seconds or phrases.inline("dose.seconds", number=60)
        return phrases("dose.within", seconds=seconds, reps=reps)
    if not seconds:
        return phrases("dose.every-minute", reps=reps)
    return phrases("dose.every", seconds=seconds, reps=reps)


def _held(phrases: Phrases, block: Block) -> bool:
    """Whether the one length that fills a rep is a hold, and not a hum, or a row of circles."""
    own = [each for each in block.phases if each.kind is PhaseKind.OWN]
    fixed = [each for each in own if each.time.source is Source.PRESCRIBED]
    words = {str(word).lower() for each in fixed for word in (each.name, each.say) if word}
    return not words or not words.isdisjoint({"hold", phrases.inline("cue.hold").lower()})


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
