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
    BeforeValidator,
    Discriminator,
    Field,
    PrivateAttr,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from audiocoach.errors import RoutineError
from audiocoach.routine.base import Model, slip
from audiocoach.routine.levels import Level
from audiocoach.routine.times import Source, Time, format_ms
from audiocoach.routine.values import (
    MOST,
    ONE,
    SIDES,
    AnyTime,
    BreathTime,
    Count,
    Counts,
    Editorial,
    Flag,
    FreeTime,
    Instant,
    Language,
    Length,
    Name,
    Names,
    OneCount,
    OneTime,
    Prescribed,
    Rests,
    RestTime,
    SideNames,
    SideTimes,
    Text,
    Times,
    Translation,
)
from audiocoach.wording import nearest, quoted


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


class Pause(Phase):
    """A pause of a tempo, which may be zero: a time, or a phase."""

    time: FreeTime

    @model_validator(mode="before")
    @classmethod
    def _just_a_time(cls, value: Any) -> Any:
        return {"time": value} if isinstance(value, str | Time) else value


class Movement(Pause):
    """A movement of a tempo: the same, longer than zero."""

    time: OneTime


class Tempo(Model):
    """The four phases of a rep in the standard order.

    The digits `3-1-2-0` are the shorthand, in seconds: eccentric, pause, concentric,
    pause (strengthandconditioning.com/glossary/tempo-notation).
    """

    eccentric: Movement
    bottom_pause: Pause = Pause(time=Time.prescribed(0))
    concentric: Movement
    top_pause: Pause = Pause(time=Time.prescribed(0))

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

    @property
    def instant(self) -> str:
        """`at` as it is written."""
        return f"-{format_ms(-self.at)}" if self.at < 0 else format_ms(self.at)


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

    times: OneCount | None = None
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
_NEED_REPS: Final = {
    "tempo": "tempo describes a rep",
    "rep_duration": "rep_duration describes a rep",
    "phases": "phases describes a rep",
    "every": "every says when a set begins",
}
_BY_SET: Final = ("reps", "hold", "work")
"""Fields that may have a value for each set or for each side."""


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
    rep_duration: OneTime | None = None
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
    cues: Annotated[tuple[TimedCue, ...], Field(max_length=100)] = ()
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
            raise ValueError(f"{_NEED_REPS[ways[0]]}, so reps is needed as well")
        if self.sides is Sides.ALTERNATING and not (self.reps or self.until):
            raise ValueError("alternating sides need reps; use right-then-left for timed work")
        return self

    @model_validator(mode="after")
    def _phases_last(self) -> Self:
        if self.phases and not any(phase.time.maximum for phase in self.phases):
            raise ValueError("the phases of a rep must be longer than zero together")
        return self

    @model_validator(mode="after")
    def _reps_until(self) -> Self:
        if not self.until:
            return self
        if self.every:
            raise ValueError(
                "every says when a set begins, and sets how many there are; leave until out"
            )
        if self.hold and not isinstance(self.hold, Time):
            raise ValueError("until goes with one hold, not with one for each set or side")
        if self.rep_ms is None:
            also = ", in act and release as well" if self.hold else ""
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
            for field in _BY_SET
            if isinstance(value := getattr(self, field), tuple)
        }
        if len(set(lists.values())) > 1:
            told = " and ".join(f"{length} of {field}" for field, length in lists.items())
            raise ValueError(f"lists need a value for each set, and there are {told}")
        if self.sets is not None and any(length != self.sets for length in lists.values()):
            field, length = next(iter(lists.items()))
            raise ValueError(f"{field} has {_many(length, 'value')}, and sets is {self.sets}")
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
                f"rest has {_many(len(self.rest), 'value')}, and needs {needed}: "
                f"one after each {those}"
            )
        return self

    @model_validator(mode="after")
    def _sides_there(self) -> Self:
        two = len(self.sides.blocks) > 1
        for field in _BY_SET:
            if isinstance(getattr(self, field), Model) and not two:
                raise ValueError(
                    f"{field} for each side needs sides: right-then-left or left-then-right"
                )
        words = [word for phase in self.all_phases for word in (phase.say, phase.brief)]
        by_side = (SideNames, SideInstructions)
        told = (*words, self.start, self.side_change)
        if self.sides is Sides.BOTH and any(isinstance(each, by_side) for each in told):
            raise ValueError("words for each side need sides, such as sides: alternating")
        return self

    @field_validator("cues")
    @classmethod
    def _cues_inside(cls, cues: tuple[TimedCue, ...], info: ValidationInfo) -> Any:
        """Each inside the shortest time it will be heard in."""
        given = {field: info.data.get(field) for field in ("hold", "work", "every")}
        shortest = [(min(_lengths(value)), field) for field, value in given.items() if value]
        if not shortest and cues and given.keys() <= info.data.keys():
            raise ValueError("cues stand in a worked or held time; give work, hold or every")
        for length, field in shortest:
            for cue in cues:
                if not -length <= cue.at < length:
                    raise ValueError(
                        f"{cue.instant} lies outside {field}, which is {format_ms(length)} long"
                    )
        return cues

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
        listed = (getattr(self, field) for field in _BY_SET)
        return next((len(value) for value in listed if isinstance(value, tuple)), 1)

    @property
    def all_phases(self) -> tuple[Phase, ...]:
        """The phases that are written in any way, whatever a rep is made of."""
        tempo = self.tempo.phases if self.tempo else ()
        return (*self.phases, *tempo, self.act, self.release)

    @property
    def rep_ms(self) -> int | None:
        """The length (ms) of a rep all of whose times are prescribed; None for any other."""
        if self.tempo:
            times = [phase.time for phase in self.tempo.phases]
        elif self.phases:
            times = [phase.time for phase in self.phases]
        elif isinstance(self.hold, Time):
            times = [self.act.time, self.hold, self.release.time]
        else:
            times = [self.rep_duration] if self.rep_duration else []
        if not times or any(time.source is not Source.PRESCRIBED for time in times):
            return None
        return sum(time.natural for time in times)

    @property
    def reps_until(self) -> int:
        """How many whole reps fit into `until`, on each side if they alternate; 0 without it."""
        if not self.until or not self.rep_ms:
            return 0
        sides = 2 if self.sides is Sides.ALTERNATING else 1
        return self.until.natural // (self.rep_ms * sides)

    @field_validator("quotes")
    @classmethod
    def _quotes_name_fields(cls, quotes: dict[str, Text]) -> dict[str, Text]:
        for name in quotes:
            if name not in cls.model_fields:
                meant = nearest(name, cls.model_fields)
                hint = f"; did you mean {meant!r}?" if meant else ""
                raise ValueError(f"{quoted(name)} is not a field of an exercise{hint}")
        return quotes


def _lengths(value: Time | tuple[Time, ...] | SideTimes) -> list[int]:
    """Each length (ms) of a value for each set or side."""
    match value:
        case tuple():
            return [time.natural for time in value]
        case SideTimes():
            return [value.right.natural, value.left.natural]
        case Time():
            return [value.natural]


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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
    """Between exercises, and between rounds without a rest of their own: a circuit by the clock."""
    exercises: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_repeater(self, info: ValidationInfo) -> Self:
        if self.rounds and self.until:
            raise ValueError("rounds and until both say how many; leave one out")
        if self.rest and not self.until and (self.rounds or 1) == 1:
            slip("rest is between rounds, and there is one round; add rounds", info)
        return self

    @model_validator(mode="after")
    def _by_the_clock(self, info: ValidationInfo) -> Self:
        if not self.rest_between:
            return self
        if any(isinstance(step, Group) for step in self.exercises):
            raise ValueError("rest_between is between exercises, so no group may stand inside")
        if len(self.exercises) == 1 and (self.rounds or 1) == 1 and not self.until:
            slip("rest_between is between exercises, and there is one", info)
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
    translations: dict[Language, dict[Text, Translation]] = Field(default_factory=dict)
    """For each other language, what is said in place of each text."""
    exercises: Annotated[tuple[Step, ...], Field(min_length=1)]
    _change: Change = PrivateAttr(default=Change())
    _at: dict[Level, Routine] = PrivateAttr(default_factory=dict)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels it is written for; none if it is the same for everybody."""
        return tuple(self._at)

    def at_level(self, level: Level) -> Routine:
        """The routine for those of that level.

        Raises RoutineError if it is the same for everybody, and its own level is another.
        """
        if not self._at and level is self.level:
            return self
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

    def names_of(self, exercise: Exercise) -> tuple[str, ...]:
        """What an exercise is called: in the file, and in each translation."""
        own = exercise.name
        return (own, *(table[own] for table in self.translations.values() if table.get(own)))

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
