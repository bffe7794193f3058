"""An exercise as a therapist or coach prescribes it: how it is told, and its dose.

A value that differs from set to set or from side to side is a list or has sides of its
own; `unfold.py` tells what holds in one block.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from audiocoach.routine.base import Model, slip
from audiocoach.routine.phases import Act, Phase, Release, Tempo, whole_ms
from audiocoach.routine.recordings import check_room
from audiocoach.routine.time_values import OneTime, Prescribed, RestTime
from audiocoach.routine.times import Time, format_ms
from audiocoach.routine.told import (
    Bell,
    Schedule,
    SidedInstructions,
    TimedCue,
    TurnInstruction,
    TurnInstructions,
    Variant,
    own_sounds,
)
from audiocoach.routine.values import (
    MOST,
    Count,
    Counts,
    Flag,
    Loads,
    Name,
    Names,
    Rests,
    Side,
    SideTimes,
    Text,
    Times,
    of_side,
)
from audiocoach.routine.ways import ALL_WAYS, BY_SET, WAYS, Reps, Way
from audiocoach.wording import counted, nearest, quoted


class Position(StrEnum):
    """The start position.

    How long it takes to get from one to another is in `coaching/moving.py`.
    """

    STANDING = "standing"
    SITTING_ON_CHAIR = "sitting on chair"
    SITTING_ON_FLOOR = "sitting on floor"
    KNEELING = "kneeling"
    HANDS_AND_KNEES = "on hands and knees"
    LYING_ON_BACK = "lying on back"
    LYING_ON_FRONT = "lying on front"
    LYING_ON_SIDE = "lying on side"


class Sides(StrEnum):
    """Which side works, and in which order."""

    BOTH = "both"
    RIGHT_THEN_LEFT = "right-then-left"
    LEFT_THEN_RIGHT = "left-then-right"
    ALTERNATING = "alternating"
    RIGHT = "right"
    LEFT = "left"
    AFFECTED = "affected"
    UNAFFECTED = "unaffected"
    AFFECTED_THEN_UNAFFECTED = "affected-then-unaffected"
    UNAFFECTED_THEN_AFFECTED = "unaffected-then-affected"

    @property
    def blocks(self) -> tuple[Side | None, ...]:
        """The blocks of reps in order; None is a block that names no side.

        Those of the affected side are as if that were the right one, until somebody says.
        """
        return _BLOCKS.get(_IF_RIGHT.get(self, self), (None,))

    @property
    def depends(self) -> bool:
        """Whether its side depends on which one is affected."""
        return self in _IF_RIGHT

    def where(self, affected: Side) -> Sides:
        """The real sides, where that one is the affected one."""
        if affected == "right" or not self.depends:
            return _IF_RIGHT.get(self, self)
        blocks = tuple("left" if side == "right" else "right" for side in self.blocks)
        return next(sides for sides, those in _BLOCKS.items() if those == blocks)

    @property
    def in_turn(self) -> int:
        """How many sides take turns within a block, each with reps of its own."""
        return 2 if self is Sides.ALTERNATING else 1


_BLOCKS: Final[dict[Sides, tuple[Side, ...]]] = {
    Sides.RIGHT_THEN_LEFT: ("right", "left"),
    Sides.LEFT_THEN_RIGHT: ("left", "right"),
    Sides.RIGHT: ("right",),
    Sides.LEFT: ("left",),
}
_IF_RIGHT: Final = {
    Sides.AFFECTED: Sides.RIGHT,
    Sides.UNAFFECTED: Sides.LEFT,
    Sides.AFFECTED_THEN_UNAFFECTED: Sides.RIGHT_THEN_LEFT,
    Sides.UNAFFECTED_THEN_AFFECTED: Sides.LEFT_THEN_RIGHT,
}
"""The real sides where the right one is the affected one."""


class Exercise(Model):
    """One exercise: how it is told, and its dose."""

    name: Name
    phase: Literal["warmup", "main", "cooldown"] = "main"
    position: Position = Position.STANDING
    equipment: tuple[Name, ...] = ()
    schedule: Schedule | None = None
    limb: Names = "side"
    """What "right" and "left" belong to: foot, leg, arm; or the whole name of each side."""

    purpose: TurnInstructions = ()
    place: TurnInstructions = ()
    """Where to go and what to take along, before the position is asked for."""
    setup: TurnInstructions = ()
    movement: TurnInstructions = ()
    feel: TurnInstructions = ()
    breath: TurnInstructions = ()
    support: TurnInstructions = ()
    mistake: TurnInstructions = ()
    easier: TurnInstructions = ()
    harder: TurnInstructions = ()
    start: SidedInstructions = ()
    """A position that is tiring or unsafe to wait in: said last, right before each count-in."""
    finish: SidedInstructions = ()
    """How to leave it: said when a set, or a side of it, ends."""
    eyes_free: TurnInstructions = ()
    """Start position, contact points and direction for those who can't look, after `setup`."""
    brief: TurnInstructions = ()
    """A few words in place of all of the above, for later rounds."""
    after: TurnInstructions = ()
    """What to do when it is over: put the band away, get up."""

    sets: Count | None = None
    """Left out: as many as a list has values, else one."""
    reps: Counts | None = None
    until: Prescribed | None = None
    """Instead of reps: as many whole ones as fit into this time."""
    hold: Times | None = None
    work: Times | None = None
    every: Prescribed | None = None
    """A set begins so often (EMOM); what the reps leave of it is rest."""
    tempo: Tempo | None = None
    rep_duration: OneTime | None = None
    phases: tuple[Phase, ...] = ()
    act: Act = Act()
    release: Release = Release()
    load: Loads | None = None
    """What is lifted, pulled or pressed, in a few words: `20 kg`, `the green band`."""
    go: Name | None = None
    stop: Name | None = None
    sides: Sides = Sides.BOTH
    side_rest: RestTime | None = None
    """A prescribed time to change sides; without one it is free, and what it takes."""
    side_change: SidedInstructions = ()
    """What to do when the side changes; for each side, what to do when it changes to that."""
    each: tuple[Variant, ...] = ()
    rest: Rests | None = None
    rest_after_last: Flag = False
    cues: Annotated[tuple[TimedCue, ...], Field(max_length=100)] = ()
    """Words inside a held or worked time."""
    bell: Bell | None = None
    """A bell inside a held or worked time."""

    coaching: dict[str, str] = Field(default_factory=dict)
    """Settings of its own, unless the user says otherwise."""  # read in settings/resolve.py
    quotes: dict[str, Text] = Field(default_factory=dict)
    """For each prescribed field, the words of the source it comes from."""

    @model_validator(mode="after")
    def _one_dose(self) -> Self:
        filled = [way.field for way in WAYS if getattr(self, way.field)]
        if len(filled) > 1:
            raise ValueError(f"{' and '.join(filled)} can't be combined; a dose is {ALL_WAYS}")
        if not filled:
            given = "reps alone don't say how long a rep takes" if self.reps else "no dose is given"
            raise ValueError(f"{given}; a dose is {ALL_WAYS}")
        if self.reps and self.until:
            raise ValueError("reps and until both say how many; leave one out")
        if self.way.reps is Reps.NONE and self.in_reps:
            raise ValueError(f"{self.way.field} is timed, so it has no reps; repeat it with sets")
        if self.way.reps is Reps.NEEDED and not self.in_reps:
            raise ValueError(f"{self.way.purpose}, so reps is needed as well")
        if self.sides is Sides.ALTERNATING and not self.in_reps:
            raise ValueError("alternating sides need reps; use right-then-left for timed work")
        if not any(phase.time.maximum for phase in self.rep_phases()):
            raise ValueError("the phases of a rep must be longer than zero together")
        return self

    @model_validator(mode="after")
    def _reps_until(self) -> Self:
        if not self.until:
            return self
        way = self.way
        if not way.until:
            raise ValueError(f"{way.purpose}, and sets how many there are; leave until out")
        if way.by_set and not isinstance(getattr(self, way.field), Time):
            raise ValueError(f"until goes with one {way.field}, not with one for each set or side")
        if self.rep_ms is None:
            ends = [part for part in way.parts if part != way.field]
            also = f", in {' and '.join(ends)} as well" if ends else ""
            raise ValueError(
                f"until counts whole reps, so each time in a rep must be one prescribed time{also}"
            )
        if not self.reps_until:
            pair = " on each side" if self.sides is Sides.ALTERNATING else ""
            raise ValueError(
                f"until is too short: {self.until}, and a rep takes {format_ms(self.rep_ms)}{pair}"
            )
        if self.reps_until > MOST:
            raise ValueError(f"until has room for {self.reps_until:,} reps, and {MOST} are allowed")
        return self

    @model_validator(mode="after")
    def _sets_paced(self) -> Self:
        if not self.way.paced:
            return self
        for field in ("rest", "each"):
            if getattr(self, field):
                raise ValueError(f"{self.way.field} leaves no room for {field}; leave it out")
        if self.sides is Sides.ALTERNATING or len(self.sides.blocks) > 1:
            raise ValueError(
                f"{self.way.field} goes with both sides, or one; write an exercise for each side"
            )
        return self

    @model_validator(mode="after")
    def _one_for_each_set(self) -> Self:
        lists = {field: len(values) for field, values in self.lists.items()}
        if len(set(lists.values())) > 1:
            told = " and ".join(f"{length} of {field}" for field, length in lists.items())
            raise ValueError(f"lists need a value for each set, and there are {told}")
        if self.sets is not None and any(length != self.sets for length in lists.values()):
            field, length = next(iter(lists.items()))
            raise ValueError(f"{field} has {counted(length, 'value')}, and sets is {self.sets}")
        return self

    @model_validator(mode="after")
    def _rest_has_sets(self, info: ValidationInfo) -> Self:
        needed = self.set_count - (not self.rest_after_last)
        if self.rest and not needed:
            slip(
                "rest is between sets, and there is one set; add sets or rest_after_last: true",
                info,
            )
        elif isinstance(self.rest, tuple) and len(self.rest) != needed:
            those = "set" if self.rest_after_last else "set but the last"
            raise ValueError(
                f"rest has {counted(len(self.rest), 'value')}, and needs {needed}: "
                f"one after each {those}"
            )
        return self

    @model_validator(mode="after")
    def _sides_there(self) -> Self:
        two = len(self.sides.blocks) > 1
        for field in BY_SET:
            if isinstance(getattr(self, field), Model) and not two:
                raise ValueError(
                    f"{field} for each side needs sides: right-then-left or left-then-right"
                )
        if self.side_rest and not two:
            raise ValueError("side_rest is between the sides; write sides: right-then-left")
        phases = (*self.rep_phases(), self.act, self.release)
        words = [word for phase in phases for word in (phase.say, phase.brief, phase.last)]
        told = (*words, self.start, self.finish, self.side_change)
        if self.sides is Sides.BOTH and any(isinstance(each, Model) for each in told):
            raise ValueError("words for each side need sides, such as sides: alternating")
        return self

    @field_validator("cues", "bell")
    @classmethod
    def _inside_a_time(cls, value: Any, info: ValidationInfo) -> Any:
        """Each instant inside the shortest time it will be heard in."""
        given = {way.field: info.data.get(way.field) for way in WAYS if way.cues}
        shortest = [(_shortest(time), field) for field, time in given.items() if time]
        if not shortest and value and given.keys() <= info.data.keys():
            them = "a bell rings" if info.field_name == "bell" else "cues stand"
            raise ValueError(f"{them} in a worked or held time; give work, hold or every")
        bell = value if isinstance(value, Bell) else Bell.model_construct(every=None, at=())
        instants = bell.at if isinstance(value, Bell) else [cue.at for cue in value or ()]
        for length, field in shortest:
            for at in instants:
                if not -length <= at < length:
                    told = f"{'-' if at < 0 else ''}{format_ms(abs(at))}"
                    raise ValueError(
                        f"{told} lies outside {field}, which is {format_ms(length)} long"
                    )
            if bell.every and bell.every.natural >= length:
                raise ValueError(
                    f"every {bell.every} never comes in {field}, which is {format_ms(length)} long"
                )
            check_room(own_sounds(value or (), length), length, field)
        return value

    @model_validator(mode="after")
    def _said_in_a_set(self) -> Self:
        told = [(field, each.set) for field, each in self.instructions() if each.set]
        for field, late in [*(("cues", cue.set or 0) for cue in self.cues), *told]:
            if late > self.set_count:
                there = counted(self.set_count, "set")
                verb = "are" if field == "cues" else "is"
                raise ValueError(
                    f"{field} {verb} for set {late}, and there is no more than {there}"
                )
        if self.way.paced and any(late > 1 for _, late in told):
            raise ValueError(f"{self.way.field} leaves no time to say anything before a later set")
        return self

    def instructions(self) -> Iterator[tuple[str, TurnInstruction]]:
        """Each of those that may be for one set or round, with its field."""
        for field, told in self._told():
            yield from ((field, each) for each in told)

    def _told(self) -> Iterator[tuple[str, tuple[TurnInstruction, ...]]]:
        for field, value in self:
            if isinstance(value, tuple) and value and isinstance(value[0], TurnInstruction):
                yield field, value

    @property
    def told_by_round(self) -> bool:
        """Whether anything is told in one round only."""
        return any(each.round for _, each in self.instructions())

    def in_round(self, number: int) -> Self:
        """The same with only what is told in that round; itself if that is everything."""
        told = {
            field: tuple(each for each in texts if each.round in (None, number))
            for field, texts in self._told()
            if any(each.round and each.round != number for each in texts)
        }
        return self.model_copy(update=told) if told else self

    @property
    def set_count(self) -> int:
        """How many sets: as written, or as many as a list has values."""
        if self.sets is not None:
            return self.sets
        return next((len(values) for values in self.lists.values()), 1)

    @property
    def lists(self) -> dict[str, tuple[Any, ...]]:
        """The fields that have a value for each set (or round), and those values."""
        found = {field: getattr(self, field) for field in BY_SET}
        return {field: values for field, values in found.items() if isinstance(values, tuple)}

    @property
    def way(self) -> Way:
        """How its reps are filled."""
        return next(way for way in WAYS if getattr(self, way.field))

    @property
    def in_reps(self) -> bool:
        """Whether it has reps, and not just a time."""
        return bool(self.reps or self.until)

    def value(self, field: str, set_number: int = 1, side: Side | None = None) -> Any:
        """What a field that may have a value for each set or side says for one of them."""
        found = getattr(self, field)
        by_set = field in BY_SET and isinstance(found, tuple)
        return found[set_number - 1] if by_set else of_side(found, side)

    def rep_phases(self, set_number: int = 1, side: Side | None = None) -> tuple[Phase, ...]:
        """What a rep of that set, with that side, is made of; for timed work, the whole set."""
        return self.way.phases(self.value(self.way.field, set_number, side), self)

    @property
    def rep_ms(self) -> int | None:
        """The length (ms) of a rep all of whose times are prescribed; None for any other."""
        return whole_ms(self.rep_phases())

    @property
    def reps_until(self) -> int:
        """How many whole reps fit into `until`, on each side if they alternate; 0 without it."""
        if not self.until or not self.rep_ms:
            return 0
        return self.until.natural // (self.rep_ms * self.sides.in_turn)

    @field_validator("quotes")
    @classmethod
    def _quotes_name_fields(cls, quotes: dict[str, Text]) -> dict[str, Text]:
        for name in quotes:
            if name not in cls.model_fields:
                meant = nearest(name, cls.model_fields)
                hint = f"; did you mean {meant!r}?" if meant else ""
                raise ValueError(f"{quoted(name)} is not a field of an exercise{hint}")
        return quotes


def _shortest(value: Time | tuple[Time, ...] | SideTimes) -> int:
    """The shortest length (ms) of a value for each set or side."""
    times = value if isinstance(value, tuple) else (of_side(value, "right"), of_side(value, "left"))
    return min(time.natural for time in times)
