"""The dose in words, as it is announced before an exercise: how many, how long, which sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import pairwise, zip_longest
from typing import Final, NamedTuple, Self

from audiocoach.coaching.pacing import SHORTENED_UP_TO, TIGHT_UP_TO
from audiocoach.coaching.phrases import Phrases
from audiocoach.routine.model import Exercise, Position, Sides
from audiocoach.routine.phases import PhaseKind
from audiocoach.routine.times import Source, Time
from audiocoach.routine.unfold import Block, blocks
from audiocoach.routine.values import SideCounts, SideNames, SideTimes
from audiocoach.routine.ways import FIGURES
from audiocoach.settings.values import Side

_MINUTE: Final = 60_000
_HALVES: Final = (90_000, 150_000)
"""Lengths (ms) that have a name of their own: "a minute and a half"."""
_MOST_WAYS: Final = 4
"""So many variants can be kept in mind: of more, each is named as its turn comes."""
_NONE: Final = "none"
"""What the format calls no load."""
_FEW: Final = 2
"""So many times are "once" or "twice", which no "times" may follow."""


def side_name(phrases: Phrases, exercise: Exercise, side: Side) -> str:
    """`right foot`."""
    if isinstance(exercise.limb, SideNames):
        return exercise.limb.left if side == "left" else exercise.limb.right
    unnamed = exercise.limb.casefold() == phrases.inline("words.side").casefold()
    return phrases.inline("side-name", side=side, limb="side" if unnamed else exercise.limb)


def side_behind_name(phrases: Phrases, exercise: Exercise, side: Side) -> str:
    """The same behind the name of the exercise, which may end in the limb: then it is said once.

    Not for who lies on one: "left side" would be the side to lie on.
    """
    named, limb = side_name(phrases, exercise, side), exercise.limb
    lies = exercise.position is Position.LYING_ON_SIDE
    if lies or isinstance(limb, SideNames):
        return named
    if not exercise.name.casefold().endswith(limb.casefold()):
        return named
    again = named.casefold().startswith(limb.casefold())
    return phrases.inline("side-name", side=side, limb="side") if again else named


def spoken_seconds(phrases: Phrases, length: int, *, halves: bool = True) -> str:
    """A length (ms) in words: `three seconds`, `two minutes and ten seconds`.

    With `halves`, as people say it: `a minute and a half`, `one minute and forty seconds`. Neither
    can follow "every".
    """
    if not length % _MINUTE or (halves and length in _HALVES):
        number = length / _MINUTE if length % _MINUTE else length // _MINUTE
        return phrases.inline("dose.minutes", number=number)
    if length > (_HALVES[0] if halves else 2 * _MINUTE):
        return _minutes_and_seconds(phrases, length)
    number = length / 1000 if length % 1000 else length // 1000
    return phrases.inline("dose.seconds", number=number)


def spoken_rest(phrases: Phrases, length: int) -> str:
    """A rest (ms) in words: `one minute and twelve seconds`, but `a minute and a half`.

    Where the fit decides how long a rest is, it is any number of seconds. In "84 seconds" by eSpeak
    a recogniser hears "a before seconds", and 23 % of the words of such rests wrong (152 of 667);
    in one minute and so many seconds, 10 % (124 of 1189).
    """
    if length in _HALVES or length < _MINUTE or not length % _MINUTE:
        return spoken_seconds(phrases, length)
    return _minutes_and_seconds(phrases, length)


def _minutes_and_seconds(phrases: Phrases, length: int) -> str:
    rest = length % _MINUTE
    return phrases.listing([spoken_seconds(phrases, each) for each in (length - rest, rest)])


def spoken_time(phrases: Phrases, time: Time, *, halves: bool = True) -> str:
    """A time as it was written: in breaths, or in seconds and minutes."""
    if time.breaths:
        return phrases.inline("dose.breaths", number=time.breaths)
    return spoken_seconds(phrases, time.natural, halves=halves)


def dose_lines(
    phrases: Phrases,
    exercise: Exercise,
    first_side: Side | None,
    *,
    by_round: bool = False,
    round_name: str | None = None,
) -> Iterator[str]:
    """The dose in words: how many, how long, in which order of sides.

    The only side of an exercise is named before, with its position (`only_side`).

    With `by_round`, its lists have a value for each round and are announced round by round, using
    the `round_name` of their group if it has one.
    """
    found = tuple(blocks(exercise, first_side))
    sides = tuple(dict.fromkeys(block.side for block in found))
    apart = _by_side(exercise, found)
    one_set = exercise.model_copy(update={"sets": 1}) if by_round else exercise  # in each round
    amounts = tuple((_of_sides if apart else _amounts)(phrases, one_set, found))
    told = [_sentence(amount) for amount in amounts]
    rounds = _Rounds.of(phrases, round_name, found) if by_round else None
    if rounds and rounds.varied:
        told[0] = phrases("dose.by-each", each=rounds.each, dose=amounts[0])
    once = exercise.sides is Sides.ALTERNATING and told == [_reps_of(phrases, 1)]
    if once or _one_of_many(exercise, found):
        told = []
    yield from told
    yield from _variants(phrases, exercise, told)
    yield from _loads(phrases, exercise, found, rounds)
    if exercise.set_count > 1 and not bout_a_set(exercise) and not by_round:
        yield phrases("dose.sets", sets=exercise.set_count)
    match sides:
        case (first, second) if first and second and not apart:
            key = "dose.side-then-side" if exercise.in_reps else "dose.bouts-side-then-side"
            yield phrases(
                key,
                first=side_name(phrases, exercise, first),
                second=side_name(phrases, exercise, second),
            )
    if exercise.sides is Sides.ALTERNATING:
        side = side_name(phrases, exercise, first_side or "right")
        yield phrases("dose.alternating-once" if once else "dose.alternating", side=side)


def only_side(phrases: Phrases, exercise: Exercise) -> str:
    """Which side it is for, where it is for one only; else empty."""
    match exercise.sides.blocks:
        case (only,) if only:
            return phrases("dose.side-only", side=side_name(phrases, exercise, only))
    return ""


def dose_of(
    phrases: Phrases,
    exercise: Exercise,
    found: tuple[Block, ...],
    block: Block,
    *,
    behind_rest: int,
) -> tuple[str, ...]:
    """What distinguishes a block from the others `found`: in words, then in fewer words.

    A time alone is said only where a side comes before it. Where it may stand right `behind_rest`
    of so many ms, it is told as what follows, or the rest would be thought to last so. In one with
    hardly time for a count, so is a hold: "hold" would be the order to begin.
    """
    reps = len({each.reps for each in found}) > 1
    times = len({each.named for each in found}) > 1 and block.named
    if exercise.way.paced and (reps or times):
        return (_sentence(_amount(phrases, exercise, (block,))),)
    if not times:
        return (_reps_of(phrases, block.reps),) if reps else ()
    seconds = spoken_time(phrases, times)
    if reps:
        often = phrases.inline("count-reps", reps=block.reps)
        brief = phrases("dose.brief", often=often, seconds=seconds)
        return (_sentence(_amount(phrases, exercise, (block,))), brief)
    held = _held(phrases, block) and not in_bouts(exercise)
    alone = () if behind_rest or not block.side else (phrases("dose.brief-time", seconds=seconds),)
    follows = 0 < behind_rest <= (TIGHT_UP_TO if held else SHORTENED_UP_TO)
    key = "cue.then" if follows else "dose.hold" if held else "dose.work"
    return (phrases(key, seconds=seconds, what=seconds), *alone)


def load_forms(phrases: Phrases, load: str) -> tuple[str, ...]:
    """With how much: in words, then without the word for it, where that is still clear."""
    load = _load_named(phrases, load)
    whole, alone = phrases("dose.load", load=load), _sentence(f"{load}.")
    return (whole, alone) if _clear_alone(load) and alone != whole else (whole,)


def _load_named(phrases: Phrases, load: str) -> str:
    """A load in words of the routine; none in those of its language."""
    return phrases.inline("dose.load-none") if load.casefold() == _NONE else load


def _clear_alone(load: str) -> bool:
    """Whether nobody asks what it is: "2 kg" and "the red band", but not "none"."""
    return any(each.isdigit() or each.isspace() for each in load)


def next_amount(phrases: Phrases, block: Block, after: Block) -> str:
    """What is another in the block that follows, as part of a phrase; empty if nothing is."""
    told, often = [], phrases.inline("count-reps", reps=after.reps)
    if after.named and after.named != block.named:
        seconds = spoken_time(phrases, after.named)
        told.append(phrases.inline("dose.within", often=often, seconds=seconds).rstrip("."))
    elif after.reps != block.reps:
        told.append(often)
    if after.load and after.load != block.load:
        load = _load_named(phrases, after.load)
        whole = phrases.inline("dose.load", load=load).rstrip(".")
        told.append(after.load if _clear_alone(after.load) else whole)
    return ", ".join(told)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _reps_of(phrases: Phrases, count: int) -> str:
    return phrases("dose.reps", often=phrases.inline("count-reps", reps=count))


def _of_sides(phrases: Phrases, exercise: Exercise, found: tuple[Block, ...]) -> Iterator[str]:
    """The amounts of each side, in the order in which they are done."""
    for side in dict.fromkeys(block.side for block in found):
        own = tuple(block for block in found if block.side == side)
        first, *others = _amounts(phrases, exercise, own)
        if side:
            name = side_name(phrases, exercise, side)
            first = phrases.inline("dose.of-side", side=name, dose=first)
        yield from (first, *others)


def _amounts(phrases: Phrases, exercise: Exercise, found: tuple[Block, ...]) -> Iterator[str]:
    """How many and how long; of reps that take another time in each set, set by set."""
    if exercise.lists.keys() & set(FIGURES):
        found = tuple({block.set_number: block for block in reversed(found)}.values())[::-1]
    if not exercise.in_reps or exercise.way.paced or len({block.named for block in found}) == 1:
        yield _amount(phrases, exercise, found)
        return
    for index, block in enumerate(found):
        amount = _amount(phrases, exercise, (block,))
        yield phrases.inline("dose.then", dose=amount) if index else amount


def _one_of_many(exercise: Exercise, found: tuple[Block, ...]) -> bool:
    """Whether it is a rep of each of so many variants that nobody wants to hear them in a row."""
    return exercise.reps == 1 and len(exercise.each) > _MOST_WAYS and not found[0].named


def _variants(phrases: Phrases, exercise: Exercise, told: Iterable[str]) -> Iterator[str]:
    """In which ways it is done, where there are several and no line that is `told` names them."""
    names, heard = [each.name for each in exercise.each], " ".join(told).casefold()
    unheard = not all(name.casefold() in heard for name in names)
    if 1 < len(names) <= _MOST_WAYS and unheard:
        yield phrases("dose.variants", variants=_in_order(phrases, names))


class _Rounds(NamedTuple):
    """How what differs from round to round is told."""

    each: str
    """`round by round`."""
    name: str | None
    """What its group calls a round."""
    varied: bool
    """Whether how many and how long is another in some, and told so."""

    @classmethod
    def of(cls, phrases: Phrases, name: str | None, found: tuple[Block, ...]) -> Self:
        """As its group calls them."""
        key, named = ("dose.each-named", {"name": name}) if name else ("dose.each-round", {})
        amounts = {(block.side, block.reps, block.named) for block in found}
        varied = len(amounts) > len({block.side for block in found})
        return cls(phrases.inline(key, **named), name, varied)


def _loads(
    phrases: Phrases, exercise: Exercise, found: tuple[Block, ...], rounds: _Rounds | None
) -> Iterator[str]:
    """With how much: for all, for each side, or for one set or round after the other."""
    loads = [block.load for block in {each.set_number: each for each in found}.values()]
    if isinstance(exercise.load, SideNames) and len({each.load for each in found}) > 1:
        for side, load in dict.fromkeys((block.side, block.load) for block in found):
            if side and load:
                name, named = side_name(phrases, exercise, side), _load_named(phrases, load)
                yield phrases("dose.load-side", side=name, load=named)
        return
    told = [_load_named(phrases, load) for load in loads if load]
    if len(set(told)) > 1 and all(before != load for before, load in pairwise(told)):
        listed = _in_order(phrases, told)
        if rounds and rounds.varied:  # that it goes by rounds has just been told
            yield phrases("dose.load", load=listed)
        else:
            each = rounds.each if rounds else phrases.inline("dose.each-set")
            yield phrases("dose.loads", each=each, loads=listed)
    elif told:
        yield phrases("dose.load", load=told[0])
        yield from _new_loads(phrases, exercise, rounds, told)


def _new_loads(
    phrases: Phrases, exercise: Exercise, rounds: _Rounds | None, told: list[str]
) -> Iterator[str]:
    """From which set or round on there is another load, or in which one only."""
    kind = "round" if rounds else "bout" if bout_a_set(exercise) else "set"
    named = {"name": rounds.name} if rounds and rounds.name else {}
    for number, (before, load, after) in enumerate(zip_longest(told, told[1:], told[2:]), 2):
        if load and load != before:
            key = f"dose.load-{'from' if load == after else 'in'}-{'named' if named else kind}"
            yield phrases(key, number=number, load=load, **named)


def _amount(phrases: Phrases, exercise: Exercise, found: tuple[Block, ...]) -> str:
    """How many and how long; where that differs from block to block, one after the other."""
    times = [block.named for block in found]
    lengths = [each for each in (times if len(set(times)) > 1 else times[:1]) if each]
    counts = [block.reps for block in found if block.variant in (None, found[0].variant)]
    often = _how_often(phrases, counts)
    if exercise.way.paced:
        return _in_time(phrases, exercise, often, lengths)
    told = [spoken_time(phrases, each) for each in lengths]
    if in_bouts(exercise):
        sets, several = exercise.set_count, "dose.bouts-rest" if exercise.rest else "dose.bouts"
        once = sets == 1 or len(told) > 1 or not bout_a_set(exercise)
        key = "dose.work" if once else several
        return phrases.inline(key, sets=sets, seconds=_in_order(phrases, told))
    if not lengths:
        return _reps(phrases, exercise, counts, often)
    varied = len(set(counts)) > 1 or isinstance(exercise.reps, tuple | SideCounts)
    if _held(phrases, found[0]) or varied:
        key = "dose.reps-hold" if exercise.in_reps and (varied or counts != [1]) else "dose.hold"
    else:
        key = "dose.work" if counts == [1] else "dose.bouts"
    seconds = _in_order(phrases, told)
    return phrases.inline(key, reps=max(counts), often=often, sets=counts[0], seconds=seconds)


def _in_time(phrases: Phrases, exercise: Exercise, often: str, lengths: list[Time]) -> str:
    """So many reps every so many seconds, or every minute."""
    told = [spoken_time(phrases, each, halves=False) for each in lengths]
    minute = [each.natural for each in lengths] == [_MINUTE]
    if exercise.set_count == 1:
        seconds = phrases.inline("dose.seconds", number=60) if minute else told[0]
        return phrases.inline("dose.within", seconds=seconds, often=often)
    if minute:
        return phrases.inline("dose.every-minute", often=often)
    return phrases.inline("dose.every", seconds=_in_order(phrases, told), often=often)


def _held(phrases: Phrases, block: Block) -> bool:
    """Whether the one length that fills a rep is a hold, and not a hum, or a row of circles."""
    own = [each for each in block.phases if each.kind is PhaseKind.OWN]
    fixed = [each for each in own if each.time.source is Source.PRESCRIBED]
    words = {str(word).lower() for each in fixed for word in (each.name, each.say) if word}
    return not words or not words.isdisjoint({"hold", phrases.inline("cue.hold").lower()})


def _reps(phrases: Phrases, exercise: Exercise, counts: list[int], often: str) -> str:
    """How many, where no one length fills them."""
    if len(exercise.each) == 2:
        first, second = (variant.name for variant in exercise.each)
        key = "dose.reps-each" if len(set(counts)) == 1 else "dose.reps-both"
        return phrases.inline(key, often=often, first=first, second=second)
    if exercise.each:
        variants = phrases.listing([variant.name for variant in exercise.each])
        return phrases.inline("dose.reps-each-of", often=often, variants=variants)
    if exercise.until:
        time = spoken_seconds(phrases, exercise.until.natural)
        return phrases.inline("dose.reps-until", often=often, seconds=time)
    return phrases.inline("dose.reps", often=often)


def in_bouts(exercise: Exercise) -> bool:
    """Whether its sets are bouts by the clock."""
    return exercise.way.whole_set and not exercise.in_reps


def bout_a_set(exercise: Exercise) -> bool:
    """Whether each of its sets is a single bout: no side or variant has one of its own."""
    alone = len(exercise.sides.blocks) == 1 and len(exercise.each) < 2
    return in_bouts(exercise) and alone


def _by_side(exercise: Exercise, found: tuple[Block, ...]) -> bool:
    """Whether one side has another dose than the other."""
    fields = (getattr(exercise, field) for field in FIGURES)
    if not any(isinstance(each, SideCounts | SideTimes) for each in fields):
        return False
    doses: dict[Side | None, list[object]] = {}
    for each in found:
        doses.setdefault(each.side, []).append((each.set_number, each.reps, each.named))
    first, *others = doses.values()
    return any(each != first for each in others)


def _how_often(phrases: Phrases, counts: list[int]) -> str:
    """`ten times`; `eight times, then ten, then once, then five times`: no sum of them."""
    if len(set(counts)) == 1:
        return phrases.inline("count-reps", reps=counts[0])
    behind = (before > _FEW for before in (0, *counts))  # "four times, then three", never "once"
    keys = ("count-next" if short else "count-reps" for short in behind)
    told = (phrases.inline(key, reps=count) for key, count in zip(keys, counts, strict=False))
    return _in_order(phrases, told)


def _in_order(phrases: Phrases, things: Iterable[str]) -> str:
    """`once, then twice, then once`."""
    return reduce(lambda first, last: phrases.inline("then", first=first, last=last), things)
