"""The body of an exercise: what the code for its sets, reps and rests has to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final, NamedTuple, Self

from audiocoach.coaching.counting import Counter
from audiocoach.coaching.dose import in_bouts, side_behind_name, side_name
from audiocoach.coaching.entering import can_stay, tires
from audiocoach.coaching.lasting import Remarks
from audiocoach.coaching.pacing import QUICK, TIGHT_PAUSE, speaking_ms
from audiocoach.coaching.rules import AMOUNTS
from audiocoach.coaching.turning import with_turns
from audiocoach.coaching.writer import Writer
from audiocoach.readings.text import sentences
from audiocoach.routine.model import Exercise, Instruction, Sides
from audiocoach.routine.phases import Phase, PhaseKind
from audiocoach.routine.times import Source, Time
from audiocoach.routine.told import SideInstructions
from audiocoach.routine.unfold import Block, blocks, rest_after
from audiocoach.routine.values import Side, SideNames, of_side
from audiocoach.timeline.script import Address, Origin

_HASTY: Final = 3_000
"""In a rest by the clock as short as this (ms) not all that is new can be told."""
_STEM: Final = 4
"""Letters by which "left", "linke" or "izquierdo" is told, whatever its ending."""


class Line(NamedTuple):
    """What may be said in a rest."""

    rule: str
    text: str
    shorter: tuple[str, ...] = ()
    """What is said if there is no room for all of it."""
    after: int | None = None
    """The silence (ms) after it, in which the listener acts; None for the usual pause."""
    field: str = ""
    """The field of the exercise that it comes from."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """What is done of an exercise in one turn."""

    writer: Writer
    exercise: Exercise
    blocks: tuple[Block, ...]
    address: Address
    """Of the exercise, in this round."""
    straight_in: bool = False
    """Whether it begins at once, because the rest by the clock before it has explained it."""
    straight_out: bool = False
    """Whether such a rest follows, which opens with this exercise's stop word."""
    hands_over: tuple[Line, ...] = ()
    """What is said at its end about the next exercise, which follows at once."""
    enters: tuple[Instruction, ...] = ()
    """What leads into the position of that, if it begins by the clock behind a count."""
    led_late: tuple[str, ...] = ()
    """What leads out of what was done before and into this, as no rest is there to say it."""
    last_round: bool = True
    """Whether this is the last round in which it is done."""
    at_work: tuple[Line, ...] = ()
    """The explanation that is given as its first bout begins."""
    whole: Exercise | None = None
    """The exercise with what it has in all rounds, where that is another in each."""
    named: bool = False
    """Whether its work begins with its name, because the rest before it is too short to be sure."""
    untold: tuple[Line, ...] = ()
    """What is another in its dose, for which the end of what came before it had no room."""
    rest_in: Time | None = None
    """The rest by the clock that leads into it."""

    @classmethod
    def of(
        cls,
        writer: Writer,
        exercise: Exercise,
        *,
        straight_in: bool = False,
        straight_out: bool = False,
        hands_over: tuple[Line, ...] = (),
    ) -> Self:
        """The body of an exercise, at the address where the pen is."""
        found = tuple(blocks(exercise, writer.settings.first_side))
        here = writer.address
        body = cls(writer, exercise, found, here, straight_in, straight_out, hands_over)
        return replace(body, blocks=tuple(body._kept_short())) if exercise.each else body

    @property
    def identity(self) -> str:
        """The key shared by its intervals of the same length."""
        return f"exercise-{self.address.exercise}"

    @property
    def alternating(self) -> bool:
        """Whether the sides take turns, rep by rep."""
        return self.exercise.sides is Sides.ALTERNATING

    def origin(self, field: str) -> Origin:
        """The line of a field of the exercise."""
        return Origin(self.exercise.line(field), field)

    def counter(self, field: str, rep: tuple[int, ...] = ()) -> Counter:
        """Counts what that field prescribes; `rep` is as for a Counter."""
        remarks = Remarks(self.writer, self.exercise, effort=self._strains)
        return Counter(self.writer, self.origin(field), rep, remarks)

    @property
    def _strains(self) -> bool:
        """Whether one lifts, holds oneself up, or works at one's own pace, and is not to let go."""
        exercise = self.exercise
        series = len(self.blocks) > 1 or self.straight_in or self.straight_out
        own_pace = exercise.way.paced or (in_bouts(exercise) and series)
        return bool(exercise.load) or own_pace or tires(exercise)

    def side_name(self, side: Side) -> str:
        """`right foot`."""
        return side_name(self.writer.phrases, self.exercise, side)

    def address_of(self, block: Block) -> Address:
        """Where a block stands."""
        variant = self.exercise.each.index(block.variant) + 1 if block.variant else 0
        return replace(self.address, set=block.set_number, side=block.side, variant=variant)

    def total_reps(self, block: Block) -> int:
        """Reps in a block; when sides alternate, each side has its own."""
        return block.reps * self.exercise.sides.in_turn

    @property
    def in_all_rounds(self) -> tuple[Block, ...]:
        """Its blocks, those of the other rounds among them."""
        first = self.writer.settings.first_side
        return tuple(blocks(self.whole, first)) if self.whole else self.blocks

    def side_of(self, block: Block, rep: int = 1) -> Side | None:
        """Which side a rep of the block is for; None if both work."""
        if not self.alternating:
            return block.side
        first: Side = self.writer.settings.first_side or "right"
        second: Side = "left" if first == "right" else "right"
        return first if rep % 2 else second

    def called(self, block: Block) -> str:
        """The name of the exercise with the side and the variant of a block, as a sentence."""
        name, variant = self.with_side(self.side_of(block)), block.variant
        named = f"{name}, {variant.name}" if variant else name
        return self.writer.phrases("exercise.only", name=named)

    def way_of(self, block: Block) -> str:
        """The side, if there are two, and the variant of a block, as sentences."""
        phrases, side = self.writer.phrases, self.side_of(block)
        two = side if self.alternating or len(self.exercise.sides.blocks) > 1 else None
        told = [phrases("cue.rep-side", side=self.side_name(two))] if two else []
        named = block.variant
        return " ".join([*told, *([phrases("cue.variant", variant=named.name)] if named else [])])

    def announced(self, block: Block) -> str:
        """The same while something else is still done, when a name alone would be an order."""
        return self.writer.phrases("cue.then", what=self.called(block).rstrip("."))

    def with_side(self, side: Side | None) -> str:
        """The name of the exercise and that of a side, if there is one: "row, left arm"."""
        name = self.exercise.name
        return f"{name}, {self.side_behind_name(side)}" if side else name

    def side_behind_name(self, side: Side) -> str:
        """The name of a side where that of the exercise was just said."""
        return side_behind_name(self.writer.phrases, self.exercise, side)

    def side_in_a_word(self, side: Side) -> str:
        """A side whose name has no room: "Left."; "Other side." if that would say another thing."""
        phrases, limb = self.writer.phrases, self.exercise.limb
        word = phrases("cue.side-only", side=side)
        if not isinstance(limb, SideNames):
            return word
        stem = word[:_STEM].casefold()
        own, other = (limb.left, limb.right) if side == "left" else (limb.right, limb.left)
        clear = stem in own.casefold() and stem not in other.casefold()
        return word if clear else phrases("cue.rep-other-side")

    def last_of_side(self, side: Side) -> str:
        """The last one of a side in the fewest words that say both: "Last right."."""
        phrases, short = self.writer.phrases, self.side_in_a_word(side)
        if short == phrases("cue.side-only", side=side):
            return phrases("cue.last-of-side", side=side)
        return f"{self.writer.shortest('cue.last-pair')} {short}"

    def start(self, block: Block) -> tuple[Instruction, ...]:
        """What leads into the position of a block; said last of all."""
        exercise = self.exercise
        told: tuple[Instruction, ...] = of_side(exercise.start, self.side_of(block))
        return tuple(with_turns(told, exercise.position, self.writer.language))

    def finish(self, block: Block) -> tuple[Instruction, ...]:
        """What leads out of it again."""
        side = self.side_of(block, self.total_reps(block))
        told: tuple[Instruction, ...] = of_side(self.exercise.finish, side)
        return told

    def last_word(self, block: Block, after: Block | None) -> str | None:
        """What ends a single hold in place of "release"; None where that is right.

        Someone on one leg who hears "release" would let go of the support. So `finish` has the
        word, or where the next block is done in the same position, one is told to stay.
        """
        if not self._released_once(block):
            return None
        if self.stays(block, after):
            return self.writer.vary("cue.stay")
        if told := self.finish(block):
            return sentences(told[0].say, self.writer.language)[0]
        return self.writer.phrases("cue.leave") if self.start(block) else None

    def stays_at_work(self, block: Block, after: Block | None) -> bool:
        """Whether it is a bout behind which one has to be told to stay: no word of a hold does."""
        worked = block.phases[0].kind is PhaseKind.WORK
        return worked and not self.exercise.stop and self.stays(block, after)

    def _released_once(self, block: Block) -> bool:
        """Whether a block is a single hold that ends without a word of its own."""
        *_, last = block.phases
        ends = last.kind is PhaseKind.RELEASE and last.time.maximum and not last.say
        return bool(ends and self.total_reps(block) == 1 and not self.exercise.stop)

    def leaving(self, block: Block) -> tuple[Instruction, ...]:
        """What leads out of the position after a block: the parts of `finish` not said yet."""
        told = self.finish(block)
        if not (told and self._released_once(block)):
            return told
        first, *others = told
        _, *left = sentences(first.say, self.writer.language)
        rest = first.model_copy(update={"say": " ".join(left)})
        return (rest, *others) if left or first.time else tuple(others)

    def told_late(self, block: Block) -> tuple[str, ...]:
        """The side and the variant of a block that the rest before it has no time to tell.

        Or what is another in the dose of the first. They take the place of the word on which it
        begins, unless that has no room for them either.
        """
        place = self.blocks.index(block)
        if not place:
            return self._dosed_late(block)
        done = self.blocks[place - 1]
        same_set = done.set_number == block.set_number
        rest = self.exercise.side_rest if same_set else rest_after(self.exercise, done.set_number)
        if rest is None or (same_set and done.side == block.side):
            return ()
        told, start = [each.say for each in self.leaving(done)], self.start(block)
        entered = self._lasting(*told, *(each.say for each in start)) <= rest.minimum
        for line in start:  # also one that only a quick voice has time for, and without the others
            quick = self._lasting(*told, line.say) * QUICK // 100
            told += [line.say] if quick <= rest.minimum else []
        late: list[str] = []
        for named in self._begins_with(done, block, entered=entered):
            fits = self._lasting(*told, named) <= rest.minimum
            (told if fits else late).append(named)
        return self._in_opening(block, late)

    def new_length(self, block: Block) -> Time | None:
        """How long a block is held, where it is another time than before, and told nowhere else.

        So it is where what lies between has hardly time for a word.
        """
        place = self.blocks.index(block)
        if not place:
            before = self._in_round_before(block)
            hasty = any(line.rule in AMOUNTS for line in self.untold) or _is_hasty(self.rest_in)
        else:
            before = self.blocks[place - 1]
            same_set = before.set_number == block.set_number
            rest = rest_after(self.exercise, before.set_number)
            hasty = _is_hasty(self.exercise.side_rest if same_set else rest)
        held = any(phase.kind is PhaseKind.HOLD for phase in block.phases)
        return block.named if held and hasty and before and before.named != block.named else None

    def _in_round_before(self, block: Block) -> Block | None:
        """The same block of the round before, where that has a dose of its own."""
        first = self.writer.settings.first_side
        found = blocks(self.whole, first) if self.whole else ()
        number = self.address.round - 1
        return next((b for b in found if (b.set_number, b.side) == (number, block.side)), None)

    def _dosed_late(self, block: Block) -> tuple[str, ...]:
        """What is another in the dose, in the fewest words: it is done already."""
        before = self._in_round_before(block)
        as_often = before is not None and before.reps == block.reps
        told = AMOUNTS if as_often and self.new_length(block) else ()
        untold = (line for line in self.untold if line.rule not in told)
        brief = [(line.text, *line.shorter)[-1] for line in untold]
        if self.exercise.in_reps and self.named and not self.led_late:
            return tuple(brief)  # the first word of a rep is said without it where that has no room
        turn, most = [*filter(None, [self.turn_of(block)])], self._room_in_opening(block)
        led = list(self.led_late)
        while led and self._lasting(*turn, *led) > most:
            led.pop(0)  # who is led into the next position leaves the one before
        return self._in_opening(block, [*led, *brief], behind=turn)

    def turn_of(self, block: Block) -> str:
        """The side of a block, where its name has no room: "Right leg."."""
        if not (self.named and block.side):
            return ""
        return self.writer.phrases("cue.rep-side", side=self.side_name(block.side))

    def _in_opening(
        self, block: Block, told: Iterable[str], *, behind: Iterable[str] = ()
    ) -> tuple[str, ...]:
        """As much of what is told as the first time of a block has room for `behind` others."""
        before, late = list(behind), list(told)
        while late and self._lasting(*before, *late) > self._room_in_opening(block):
            late.pop()
        return tuple(late)

    @staticmethod
    def _room_in_opening(block: Block) -> int:
        """How long (ms) the words may take on which a block begins."""
        opening = next(phase.time for phase in block.phases if phase.time.maximum)
        fixed = opening.source is not Source.EDITORIAL  # else it lasts as long as its words
        return opening.minimum if fixed else opening.maximum

    def _begins_with(self, done: Block, block: Block, *, entered: bool) -> Iterator[str]:
        """The side and the variant to name before a block, unless its `start` names the side."""
        phrases = self.writer.phrases
        known = entered and isinstance(self.exercise.start, SideInstructions)
        if block.side and block.side != done.side and not known:
            yield phrases("cue.rep-side", side=self.side_name(block.side))
        if block.variant and len(self.exercise.each) > 1:
            yield phrases("cue.variant", variant=block.variant.name)

    def _lasting(self, *texts: str) -> int:
        """About how long (ms) it takes to say them in a very short rest."""
        rate = self.writer.settings.rate
        return sum(speaking_ms(text, rate) + TIGHT_PAUSE for text in texts)

    def runs_on(self, block: Block, after: Block | None) -> bool:
        """Whether a rest or the next set begins as a block ends, and says what has ended."""
        if after is None and self.straight_out:
            return True
        if after is not None and after.set_number == block.set_number:
            return after.side != block.side and self.exercise.side_rest is not None
        paced = after is not None and self.exercise.way.paced
        return paced or rest_after(self.exercise, block.set_number) is not None

    def _kept_short(self) -> Iterator[Block]:
        """Its blocks; where a hold goes on in the position of the one before, nobody lets go.

        So what lies between them takes no more time than its words need.
        """
        stayed = False
        for block, after in zip_longest(self.blocks, self.blocks[1:]):
            stays = self._released_once(block) and self.stays(block, after)
            kept = (PhaseKind.ACT,) if stayed else ()
            kept = (*kept, PhaseKind.RELEASE) if stays else kept
            phases = (_kept_short(each) if each.kind in kept else each for each in block.phases)
            yield replace(block, phases=tuple(phases)) if kept else block
            stayed = stays

    def passing(self, block: Block, after: Block) -> int:
        """How long (ms) a position is held between two holds, beside what is told meanwhile."""
        if not self._released_once(block):
            return 0
        between = (*block.phases[-1:], *after.phases[:1])
        kinds = (PhaseKind.ACT, PhaseKind.RELEASE)
        return sum(_kept_short(each).time.natural for each in between if each.kind in kinds)

    def stays(self, block: Block, after: Block | None) -> bool:
        """Whether the next block is done in the position of this one, which is not left.

        So it is where only the variant changes, nobody needs time to make that change, and it takes
        no more words than one can wait for.
        """
        if after is None or (block.set_number, block.side) != (after.set_number, after.side):
            return False
        if not self.start(block) or self.straight_in or not self.told_ahead:
            return False
        worked = block.phases[0].kind is PhaseKind.WORK
        apart = self.writer.phrases("cue.stay") if worked else ""
        told = (self.exercise.stop or apart, self.told_in_place(after))
        return can_stay(self.writer, self.passing(block, after), *filter(None, told))

    def told_in_place(self, block: Block) -> str:
        """What is said of a block that is done in the position of the one before it."""
        return self.writer.phrases("cue.other", variant=block.variant.name) if block.variant else ""

    @property
    def told_ahead(self) -> bool:
        """Whether all variants can be explained before the first: none needs time to prepare."""
        told = (each for variant in self.exercise.each for each in variant.say)
        return not any(instruction.time for instruction in told)


def _is_hasty(rest: Time | None) -> bool:
    """Whether a rest by the clock has hardly time for a word."""
    return rest is not None and rest.minimum <= _HASTY


def _kept_short(phase: Phase) -> Phase:
    """A phase that is no movement now, as short as it may be; one with its own word is one."""
    if phase.say or phase.time.source is not Source.EDITORIAL:
        return phase
    least = phase.time.minimum
    kept = phase.model_copy(update={"time": Time.editorial(least, least, least)})
    return kept.of(phase.kind)
