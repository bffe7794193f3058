"""The routine as a therapist or coach prescribes it: exercises, sets, reps, holds, sides, rests.

Everything is frozen. Three ideas carry it (docs/routine-format.md): a rep is a
list of phases; a group is exercises and one repeater; a time is prescribed, a
prescribed range, or editorial. A value that differs from set to set or from side to
side is a list or has sides of its own; `dosage.py` tells what holds in one block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PrivateAttr,
    Tag,
    field_validator,
    model_validator,
)

from audiocoach.errors import RoutineError
from audiocoach.routine.base import Model
from audiocoach.routine.levels import Level
from audiocoach.routine.times import Source, Time
from audiocoach.routine.values import (
    ONE,
    SIDES,
    AnyTime,
    BreathTime,
    Count,
    Counts,
    Editorial,
    Flag,
    Instant,
    Language,
    Length,
    Name,
    Names,
    Prescribed,
    Rests,
    RestTime,
    SideNames,
    Text,
    Times,
    not_zero,
)
from audiocoach.routine.wording import nearest, quoted


class Position(StrEnum):
    """Start positions; how long it takes to get from one to another is in `coaching/moving.py`."""

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

    @property
    def blocks(self) -> tuple[Literal["right", "left"] | None, ...]:
        """The blocks of reps in order; None is a block that names no side."""
        match self:
            case Sides.RIGHT_THEN_LEFT:
                return ("right", "left")
            case Sides.LEFT_THEN_RIGHT:
                return ("left", "right")
            case Sides.RIGHT:
                return ("right",)
            case Sides.LEFT:
                return ("left",)
            case _:
                return (None,)


class Instruction(Model):
    """Something to say, and the time the listener needs to do it."""

    say: Text
    time: Editorial | None = None
    orient: tuple[Text, ...] = ()
    """Lines to say inside a long `time`, so that the listener knows all is well."""

    @field_validator("orient", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


def _instructions(value: Any) -> Any:
    """`setup: text`, `setup: [text, {say: ..., time: ...}]`: both are lists of instructions."""
    items = value if isinstance(value, list | tuple) else (value,)
    return tuple({"say": item} if isinstance(item, str) else item for item in items)


Instructions = Annotated[tuple[Instruction, ...], BeforeValidator(_instructions)]


class SideInstructions(Model):
    """What to say for each side."""

    right: Instructions = ()
    left: Instructions = ()


def _for_sides(value: Any) -> str:
    by_side = isinstance(value, dict) and value and value.keys() <= {"right", "left"}
    return SIDES if by_side or isinstance(value, SideInstructions) else ONE


SidedInstructions = Annotated[
    Annotated[Instructions, Tag(ONE)] | Annotated[SideInstructions, Tag(SIDES)],
    Discriminator(_for_sides),
]
"""Instructions, or some for each side."""


class Phase(Model):
    """One part of a rep: a movement, a hold, a pause."""

    say: Names | None = None
    time: AnyTime
    name: Name | None = None
    brief: Names | None = None
    """The word in later reps; without it, `say` again."""
    chime: Flag = False
    """Whether a chime sounds on its first beat, before the word."""


def _free_or_fixed(phase: Phase) -> Phase:
    if phase.time.source is Source.RANGE:
        raise ValueError("must be one time, not a range; write ~3s (2-5s) if it is free")
    return phase


def _moves(phase: Phase) -> Phase:
    not_zero(phase.time)
    return phase


def _just_a_time(value: Any) -> Any:
    return {"time": value} if isinstance(value, str | Time) else value


Pause = Annotated[Phase, BeforeValidator(_just_a_time), AfterValidator(_free_or_fixed)]
"""A phase of a tempo: a time, which may be zero, or `{say, time}`."""
Moving = Annotated[Pause, AfterValidator(_moves)]
"""The same, longer than zero."""


class Tempo(Model):
    """The four phases of a rep in the standard order.

    The digits `3-1-2-0` are the shorthand, in seconds: eccentric, pause, concentric,
    pause (strengthandconditioning.com/glossary/tempo-notation).
    """

    eccentric: Moving
    bottom_pause: Pause = Phase(time=Time.prescribed(0))
    concentric: Moving
    top_pause: Pause = Phase(time=Time.prescribed(0))

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        digits = value.split("-")
        names = ("eccentric", "bottom_pause", "concentric", "top_pause")
        if len(digits) != len(names) or not all(
            digit.isascii() and digit.isdigit() for digit in digits
        ):
            raise ValueError(
                "is not a tempo; write four numbers of seconds such as 3-1-2-0 "
                "(eccentric, pause, concentric, pause), or name the phases"
            )
        return {name: f"{digit}s" for name, digit in zip(names, digits, strict=True)}

    @property
    def phases(self) -> tuple[Phase, ...]:
        """All four, in order; a pause may be zero."""
        return (self.eccentric, self.bottom_pause, self.concentric, self.top_pause)

    def __str__(self) -> str:
        return " - ".join(str(phase.time) for phase in self.phases)


class TimedCue(Model):
    """Words at an instant of a held or worked time."""

    at: Instant
    say: Name


class Variant(Model):
    """One of the ways `each` block of reps is done: a direction, a knee straight or bent."""

    name: Name
    say: Instructions = ()
    go: Name | None = None

    @model_validator(mode="before")
    @classmethod
    def _just_a_name(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value


class Schedule(Model):
    """How often, outside this session: `{times: 3, per: day}` or `{every: 2-3 days}`."""

    times: Count | None = None
    per: Literal["day", "week"] | None = None
    every: Name | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.times is None) != (self.per is None):
            raise ValueError("times and per go together: {times: 3, per: day}")
        if (self.times is None) == (self.every is None):
            raise ValueError("write either {times: 3, per: day} or {every: 2-3 days}")
        return self


_WAYS: Final = "reps with hold, tempo, rep_duration, phases or every; or work; or hold alone"
_FILLING: Final = ("hold", "work", "tempo", "rep_duration", "phases", "every")
_NEED_REPS: Final = ("tempo", "rep_duration", "phases", "every")


class Exercise(Model):
    """One exercise: how it is told, and its dose."""

    name: Name
    phase: Literal["warmup", "main", "cooldown"] = "main"
    position: Position = Position.STANDING
    equipment: tuple[Name, ...] = ()
    schedule: Schedule | None = None
    limb: Names = "side"
    """What "right" and "left" belong to: foot, leg, arm; or the whole name of each side."""

    purpose: Instructions = ()
    place: Instructions = ()
    """Where to go and what to take along, before the position is asked for."""
    setup: Instructions = ()
    movement: Instructions = ()
    feel: Instructions = ()
    breath: Instructions = ()
    support: Instructions = ()
    mistake: Instructions = ()
    easier: Instructions = ()
    harder: Instructions = ()
    start: SidedInstructions = ()
    """What is tiring to wait in: said last, right before the first count-in."""
    eyes_free: Instructions = ()
    """Start position, contact points and direction for those who can't look, after `setup`."""
    brief: Instructions = ()
    """A few words in place of all of the above, for later rounds."""
    after: Instructions = ()
    """What to do when it is over: put the band away, get up."""

    sets: Count | None = None
    """Left out: as many as a list has values, else one."""
    reps: Counts | None = None
    until: Prescribed | None = None
    """In place of reps: as many whole ones as fit into this time."""
    hold: Times | None = None
    work: Times | None = None
    every: Prescribed | None = None
    """A set begins so often (EMOM); what the reps leave of it is rest."""
    tempo: Tempo | None = None
    rep_duration: AnyTime | None = None
    phases: tuple[Phase, ...] = ()
    act: Phase = Phase(time=Time.editorial(800, 1500, 3000))
    release: Phase = Phase(time=Time.editorial(2000, 3000, 5000))
    go: Name | None = None
    stop: Name | None = None
    sides: Sides = Sides.BOTH
    side_change: SidedInstructions = ()
    """What to do when the side changes; for each side, what to do when it changes to that."""
    each: tuple[Variant, ...] = ()
    rest: Rests | None = None
    rest_after_last: Flag = False
    cues: tuple[TimedCue, ...] = ()
    """Words inside a held or worked time."""

    quotes: dict[str, Text] = Field(default_factory=dict)
    """For each prescribed field, the words of the source it comes from."""

    @model_validator(mode="after")
    def _one_dose(self) -> Self:
        ways = [name for name in _FILLING if getattr(self, name)]
        if len(ways) > 1:
            raise ValueError(f"{' and '.join(ways)} can't be combined; a dose is {_WAYS}")
        if not ways:
            given = "reps alone don't say how long a rep takes" if self.reps else "no dose is given"
            raise ValueError(f"{given}; a dose is {_WAYS}")
        if self.reps and self.until:
            raise ValueError("reps and until both say how many; leave one out")
        if self.work and (self.reps or self.until):
            raise ValueError("work is timed, so it has no reps; repeat it with sets")
        if not self.reps and not self.until and ways[0] in _NEED_REPS:
            raise ValueError(f"{ways[0]} describes a rep, so reps is needed as well")
        if self.sides is Sides.ALTERNATING and not (self.reps or self.until):
            raise ValueError("alternating sides need reps; use right-then-left for timed work")
        return self

    @model_validator(mode="after")
    def _reps_until(self) -> Self:
        if not self.until:
            return self
        if self.every:
            raise ValueError("every says when a set begins, so how many there are is for sets")
        if self.rep_ms is None:
            raise ValueError(
                "until counts whole reps, so each time in a rep must be prescribed, without '~'"
            )
        if self.until.natural < self.rep_ms:
            raise ValueError(
                f"until is too short: a rep takes {Time.prescribed(self.rep_ms)}, "
                f"and {self.until} is less"
            )
        return self

    @model_validator(mode="after")
    def _every_set(self) -> Self:
        if not self.every:
            return self
        for field in ("rest", "each"):
            if getattr(self, field):
                raise ValueError(f"every leaves no room for {field}; leave it out")
        if self.sides not in (Sides.BOTH, Sides.RIGHT, Sides.LEFT):
            raise ValueError("every goes with both sides, or one; write an exercise for each side")
        return self

    @model_validator(mode="after")
    def _one_for_each_set(self) -> Self:
        lists = {
            field: len(value)
            for field in ("reps", "hold", "work")
            if isinstance(value := getattr(self, field), tuple)
        }
        if len(set(lists.values())) > 1:
            told = " and ".join(f"{length} of {field}" for field, length in lists.items())
            raise ValueError(f"lists need a value for each set, and there are {told}")
        if self.sets is not None and any(length != self.sets for length in lists.values()):
            field, length = next(iter(lists.items()))
            raise ValueError(f"{field} has {length} values, and there are {self.sets} sets")
        return self

    @model_validator(mode="after")
    def _rest_has_sets(self) -> Self:
        sets = self.set_count
        if self.rest and sets == 1 and not self.rest_after_last:
            raise ValueError(
                "rest is between sets, and there is one set; add sets or rest_after_last: true"
            )
        needed = sets if self.rest_after_last else sets - 1
        if isinstance(self.rest, tuple) and len(self.rest) != needed:
            raise ValueError(
                f"rest has {len(self.rest)} values, and {sets} sets have {needed} rests"
            )
        return self

    @model_validator(mode="after")
    def _sides_there(self) -> Self:
        two = len(self.sides.blocks) > 1
        for field in ("reps", "hold", "work"):
            if isinstance(getattr(self, field), Model) and not two:
                raise ValueError(
                    f"{field} for each side needs sides: right-then-left or left-then-right"
                )
        by_side = any(isinstance(phase.say, SideNames) for phase in self.phases)
        if by_side and self.sides is Sides.BOTH:
            raise ValueError("words for each side need sides, such as sides: alternating")
        return self

    @model_validator(mode="after")
    def _cues_inside(self) -> Self:
        if self.cues and not (self.work or self.hold or self.every):
            raise ValueError("cues stand in a worked or held time; give work, hold or every")
        return self

    def start_with(self, side: Literal["right", "left"] | None) -> tuple[Instruction, ...]:
        """The `start` of the side it begins with."""
        return _of_side(self.start, side)

    def change_to(self, side: Literal["right", "left"]) -> tuple[Instruction, ...]:
        """The `side_change` to a side."""
        return _of_side(self.side_change, side)

    @property
    def set_count(self) -> int:
        """How many sets: as written, or as many as a list has values."""
        if self.sets is not None:
            return self.sets
        listed = (self.reps, self.hold, self.work)
        return next((len(value) for value in listed if isinstance(value, tuple)), 1)

    @property
    def rep_ms(self) -> int | None:
        """The length (ms) of a rep all of whose times are prescribed; None for any other."""
        if self.tempo:
            times = [phase.time for phase in self.tempo.phases]
        elif self.phases:
            times = [phase.time for phase in self.phases]
        else:
            times = [self.rep_duration] if self.rep_duration else []
        if not times or any(time.source is not Source.PRESCRIBED for time in times):
            return None
        return sum(time.natural for time in times)

    @field_validator("rep_duration")
    @classmethod
    def _one_length(cls, time: Time | None) -> Time | None:
        if time and time.source is Source.RANGE:
            raise ValueError("must be one time, not a range; write ~3s (2-4s) if it is free")
        return not_zero(time) if time else None

    @field_validator("quotes")
    @classmethod
    def _quotes_name_fields(cls, quotes: dict[str, Text]) -> dict[str, Text]:
        for name in quotes:
            if name not in cls.model_fields:
                meant = nearest(name, cls.model_fields)
                hint = f"; did you mean {meant!r}?" if meant else ""
                raise ValueError(f"{quoted(name)} is not a field of an exercise{hint}")
        return quotes


def _of_side(
    told: tuple[Instruction, ...] | SideInstructions, side: Literal["right", "left"] | None
) -> tuple[Instruction, ...]:
    if not isinstance(told, SideInstructions):
        return told
    return told.left if side == "left" else told.right


class Group(Model):
    """Exercises done one after the other, the whole repeated in rounds (a circuit)."""

    name: Name | None = None
    rounds: Count | None = None
    """Left out: one, or as many as `until` has room for."""
    until: Prescribed | None = None
    """In place of rounds: as many whole ones as fit into this time."""
    rest: RestTime | None = None
    """Between rounds."""
    rest_between: RestTime | None = None
    """Between the exercises of a round: a circuit by the clock."""
    exercises: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_repeater(self) -> Self:
        if self.rounds and self.until:
            raise ValueError("rounds and until both say how many; leave one out")
        if self.rest and not self.until and (self.rounds or 1) == 1:
            raise ValueError("rest is between rounds, and there is one round; add rounds")
        return self

    @model_validator(mode="after")
    def _by_the_clock(self) -> Self:
        if not self.rest_between:
            return self
        if any(isinstance(step, Group) for step in self.exercises):
            raise ValueError("rest_between is between exercises, so no group may stand inside")
        return self


def _kind(value: Any) -> str:
    """A group is what has exercises of its own, or rounds and nothing that an exercise has."""
    if isinstance(value, dict):
        if "rounds" in value and value.keys() <= Group.model_fields.keys():
            return "group"
        return "group" if "exercises" in value else "exercise"
    return "group" if isinstance(value, Group) else "exercise"


Step = Annotated[
    Annotated[Exercise, Tag("exercise")] | Annotated[Group, Tag("group")], Discriminator(_kind)
]


class Breath(Model):
    """How long a breath lasts, in and out: prescribed, or editorial."""

    inhale: BreathTime
    exhale: BreathTime


class Citation(Model):
    """Where the figures come from."""

    title: Text
    file: Name | None = None
    url: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What the user changed about the dose of a routine."""

    left_out: tuple[str, ...] = ()
    rounds: int = 1
    level: str | None = None
    sides: Literal["right", "left", "both"] | None = None
    sets: int | None = None
    reps: int | None = None


class Routine(Model):
    """A routine: what a session of it must hold, whatever its length."""

    title: Name
    language: Language
    duration: Length | None = None
    """The length a session is fitted to unless another is asked for."""
    about: Instructions = ()
    source: Citation | None = None
    schedule: Schedule | None = None
    level: Level = Level.BEGINNER
    """The level of those who do not choose one."""
    breath: Breath | None = None
    """How long a breath lasts, for times that are written in breaths."""
    equipment: tuple[Name, ...] = ()
    prepare: Instructions = ()
    """What to fetch or do before the first exercise."""
    safety: Instructions = ()
    closing: Instructions = ()
    coaching: dict[str, str] = Field(default_factory=dict)
    """Settings of its own, unless the user says otherwise."""  # read in coaching/settings.py
    quotes: dict[str, Text] = Field(default_factory=dict)
    exercises: Annotated[tuple[Step, ...], Field(min_length=1)]
    _change: Change = PrivateAttr(default=Change())
    _at: dict[Level, Routine] = PrivateAttr(default_factory=dict)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels it is written for; none if it is the same for everybody."""
        return tuple(self._at)

    def at_level(self, level: Level) -> Routine:
        """The routine for those of that level.

        Raises RoutineError if it is the same for everybody.
        """
        if not self._at:
            raise RoutineError(
                f"{self._file}: this routine is the same at every level; leave --level out"
            )
        return self._at[level]

    @property
    def change(self) -> Change:
        """What the user changed about the dose; the welcome says it."""
        return self._change

    def changed(self, exercises: tuple[Exercise | Group, ...], change: Change) -> Routine:
        """This routine with other exercises, remembering what the user changed."""
        routine = self.model_copy(update={"exercises": exercises})
        routine._change = change
        return routine

    @property
    def needs(self) -> tuple[str, ...]:
        """The equipment to have at hand: the routine's, or what is left of it after a change."""
        used = tuple(
            dict.fromkeys(thing for each in self.all_exercises() for thing in each.equipment)
        )
        if not self.equipment:
            return used
        return tuple(
            thing for thing in self.equipment if thing in used or not self._change.left_out
        )

    def all_exercises(self) -> Iterator[Exercise]:
        """Every exercise in order, each once, groups opened."""
        yield from _flatten(self.exercises)


def _flatten(steps: tuple[Exercise | Group, ...]) -> Iterator[Exercise]:
    for step in steps:
        if isinstance(step, Group):
            yield from _flatten(step.exercises)
        else:
            yield step


Group.model_rebuild()
