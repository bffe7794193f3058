"""The routine as a therapist or coach prescribes it: exercises, sets, reps, holds, sides, rests.

Everything is frozen. Three ideas carry it (docs/routine-format.md): a rep is a
list of phases; a group is exercises and one repeater; a time is prescribed, a
prescribed range, or editorial. A value that differs from set to set or from side to
side is a list or has sides of its own; `dosage.py` tells what holds in one block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PrivateAttr,
    StringConstraints,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from audiocoach.errors import RoutineError
from audiocoach.routine.levels import Level, Reading
from audiocoach.routine.times import Source, Time, breaths, parse_ms, parse_time
from audiocoach.routine.wording import nearest, quoted

# A message names what it found, or begins with "must", "has" or "is": then the loader
# puts the value as it was written before it.

# Control characters (line breaks apart), and marks that override the direction of writing.
_UNSPEAKABLE: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}")


def _one_line(value: object) -> object:
    """A text with its line breaks and runs of spaces made single spaces."""
    if not isinstance(value, str):
        return value
    if found := _UNSPEAKABLE.search(value):
        raise ValueError(f"must not hold a control character (U+{ord(found[0]):04X})")
    text = " ".join(value.split())
    if text and not any(char.isalnum() for char in text):
        raise ValueError("has no letter or digit, so there is nothing to say")
    return text


def _language(value: str) -> str:
    if _LANGUAGE.fullmatch(value) is None:
        raise ValueError("is not a language code such as en, de or pt-BR")
    return value


_OPEN_ENDED: Final = re.compile(
    r"amrap|max(imum)?|as many as possible|(un)?til .*|to (failure|fatigue)|failure|fatigue", re.I
)
_COUNTS: Final = re.compile(r"([0-9]{1,12}) ?[-\N{EN DASH}] ?([0-9]{1,12})")


def _whole_number(value: object, info: ValidationInfo) -> object:
    """Read a count, or a range of ability, from the text it is written as.

    Anything else is left for pydantic to refuse.
    """
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isdigit():
        return int(value[:12])
    if found := _COUNTS.fullmatch(value.strip()):
        low, high = int(found[1]), int(found[2])
        if not 1 <= low < high:
            raise ValueError("must go from a smaller to a larger number, such as 8-12")
        return _reading(info).able(low, high)
    if _OPEN_ENDED.fullmatch(value.strip()):
        raise ValueError(
            "is open-ended, and a recording can't wait for it; write a number such as 10"
        )
    raise ValueError("is not a whole number such as 10")


def _reading(info: ValidationInfo) -> Reading:
    """What the loader told us; a routine made without it is a beginner's."""
    return info.context if isinstance(info.context, Reading) else Reading()


def _read_time(value: object, info: ValidationInfo) -> object:
    if isinstance(value, bool | int | float):
        value = str(value)
    if isinstance(value, str):
        return breaths(value, _reading(info).breath) or parse_time(value)
    if not isinstance(value, Time):  # pydantic would build one from a dict, unchecked
        raise ValueError("must be a time such as 3s")  # noqa: TRY004
    return value


def _by_ability(time: Time, info: ValidationInfo) -> Time:
    """One time out of a range of ability, in whole seconds where the range is in such."""
    if time.source is not Source.RANGE:
        return time
    step = 1 if time.minimum % 1000 else 1000
    return Time.prescribed(_reading(info).able(time.minimum, time.maximum, step))


def _read_instant(value: object) -> object:
    """A time such as 10s, or -10s for as long before the end; both in ms."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    return -parse_ms(text[1:]) if text.startswith("-") else parse_ms(text)


def _read_length(value: object) -> object:
    if not isinstance(value, str):
        return value
    length = parse_time(value)
    if length.source is not Source.PRESCRIBED:
        raise ValueError("must be one length such as 20min or 20:00")
    return _not_zero(length).natural


def _only(*allowed: Source) -> AfterValidator:
    def check(time: Time) -> Time:
        if time.source in allowed:
            return time
        match time.source:
            case Source.EDITORIAL:
                raise ValueError("must be prescribed: write it without '~'")
            case Source.RANGE:
                raise ValueError("must be one time, not a range: the listener can't choose midway")
            case Source.PRESCRIBED:
                raise ValueError("must be editorial: write it with '~', such as ~3s or ~3s (2-5s)")

    return AfterValidator(check)


def _no_range(time: Time) -> Time:
    if time.source is Source.RANGE:
        raise ValueError("must be one time, not a range; write ~4s (3-6s) if it is free")
    return time


def _not_zero(time: Time) -> Time:
    if time.minimum == 0:
        raise ValueError("must be longer than zero")
    return time


def _yes_or_no(value: object) -> object:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("must be true or false")
        return value == "true"
    return value


AnyTime = Annotated[Time, BeforeValidator(_read_time)]
"""Prescribed, a prescribed range, or editorial."""
Prescribed = Annotated[
    Time, BeforeValidator(_read_time), _only(Source.PRESCRIBED), AfterValidator(_not_zero)
]
"""One prescribed time, longer than zero."""
AbleTime = Annotated[
    Time,
    BeforeValidator(_read_time),
    AfterValidator(_by_ability),
    _only(Source.PRESCRIBED),
    AfterValidator(_not_zero),
]
"""A prescribed time, or a range of ability of which the level takes one."""
RestTime = Annotated[
    Time,
    BeforeValidator(_read_time),
    _only(Source.PRESCRIBED, Source.RANGE),
    AfterValidator(_not_zero),
]
"""A prescribed time or a prescribed range."""
Editorial = Annotated[Time, BeforeValidator(_read_time), _only(Source.EDITORIAL)]
"""A time that is ours to choose."""
Length = Annotated[int, BeforeValidator(_read_length), Field(ge=1)]
"""The length of a session in ms."""
Count = Annotated[int, BeforeValidator(_whole_number), Field(ge=1, le=1000)]
"""Reps, sets or rounds: 1 to 1000, or a range of ability of which the level takes one."""
Flag = Annotated[bool, BeforeValidator(_yes_or_no)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000), BeforeValidator(_one_line)]
"""A text to be spoken or shown, on one line, 2000 characters at most."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=80), BeforeValidator(_one_line)]
"""A name or a few words, on one line, 80 characters at most."""
Language = Annotated[str, AfterValidator(_language)]
"""A language code: en, de, pt-BR."""


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


class Model(BaseModel):
    """An unknown key is an error, and nothing changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    _lines: dict[str, int] = PrivateAttr(default_factory=dict)
    _columns: dict[str, int] = PrivateAttr(default_factory=dict)
    _file: str = PrivateAttr(default="the routine")

    def __eq__(self, other: object) -> bool:
        """Equal when they prescribe and tell the same, wherever they were read from."""
        return type(self) is type(other) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]  # it holds a dict of quotes

    def line(self, field: str = "") -> int:
        """The line of `field` in the routine file (of the whole thing for ""), 0 if unknown."""
        return self._lines.get(field, self._lines.get("", 0))

    def where(self, field: str = "") -> str:
        """`file:line:column` of `field` for an error message; what is known of it."""
        line = self.line(field)
        column = self._columns.get(field, 1)
        return f"{self._file}:{line}:{column}" if line else self._file


class SideCounts(Model):
    """A count for each side."""

    right: Count
    left: Count


class SideTimes(Model):
    """A time for each side."""

    right: AbleTime
    left: AbleTime


class SideNames(Model):
    """A few words for each side."""

    right: Name
    left: Name


_ONE, _LIST, _SIDES = "one value", "a list", "for each side"
SHAPES: Final = (_ONE, _LIST, _SIDES)
"""How a value is written: the tags that pydantic puts into the place of an error."""


def _shape(value: Any) -> str:
    if isinstance(value, list | tuple):
        return _LIST
    return _SIDES if isinstance(value, dict | Model) else _ONE


_Listed = Field(min_length=1, max_length=1000)
Counts = Annotated[
    Annotated[Count, Tag(_ONE)]
    | Annotated[tuple[Count, ...], _Listed, Tag(_LIST)]
    | Annotated[SideCounts, Tag(_SIDES)],
    Discriminator(_shape),
]
"""A count, a list of one for each set, or one for each side."""
Times = Annotated[
    Annotated[AbleTime, Tag(_ONE)]
    | Annotated[tuple[AbleTime, ...], _Listed, Tag(_LIST)]
    | Annotated[SideTimes, Tag(_SIDES)],
    Discriminator(_shape),
]
"""A time, a list of one for each set, or one for each side."""
Rests = Annotated[
    Annotated[RestTime, Tag(_ONE)] | Annotated[tuple[RestTime, ...], _Listed, Tag(_LIST)],
    Discriminator(_shape),
]
"""A rest, or a list of one after each set but the last."""
Names = Annotated[
    Annotated[Name, Tag(_ONE)] | Annotated[SideNames, Tag(_SIDES)], Discriminator(_shape)
]
"""A few words, or some for each side."""


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
    _not_zero(phase.time)
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

    at: Annotated[int, BeforeValidator(_read_instant)]
    """In ms from its start; below zero, from its end."""
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
    start: Instructions = ()
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
    side_change: Instructions = ()
    """What to do when the side changes."""
    each: tuple[Variant, ...] = ()
    rest: Rests | None = None
    rest_after_last: Flag = False
    cues: tuple[TimedCue, ...] = ()
    """Words inside a held or worked time."""

    quotes: dict[str, Text] = {}
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
        return _not_zero(time) if time else None

    @field_validator("quotes")
    @classmethod
    def _quotes_name_fields(cls, quotes: dict[str, Text]) -> dict[str, Text]:
        for name in quotes:
            if name not in cls.model_fields:
                meant = nearest(name, cls.model_fields)
                hint = f"; did you mean {meant!r}?" if meant else ""
                raise ValueError(f"{quoted(name)} is not a field of an exercise{hint}")
        return quotes


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

    inhale: Annotated[AnyTime, AfterValidator(_no_range), AfterValidator(_not_zero)]
    exhale: Annotated[AnyTime, AfterValidator(_no_range), AfterValidator(_not_zero)]


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
    quotes: dict[str, Text] = {}
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
