"""The routine as a therapist or coach prescribes it: exercises, sets, reps, holds, sides, rests.

Everything is frozen. Three ideas carry it (docs/routine-format.md): a rep is a
list of phases; a group is exercises and one repeater; a time is prescribed, a
prescribed range, or editorial.
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
    field_validator,
    model_validator,
)

from audiocoach.errors import RoutineError
from audiocoach.routine.times import Source, Time, parse_time
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


def _whole_number(value: object) -> object:
    """Read a count from the text it is written as; anything else is left for pydantic to refuse."""
    if isinstance(value, str):
        if not (value.isascii() and value.isdigit()):
            raise ValueError("is not a whole number such as 10")
        return int(value[:12])
    return value


def _read_time(value: object) -> object:
    if isinstance(value, bool | int | float):
        value = str(value)
    if isinstance(value, str):
        return parse_time(value)
    if not isinstance(value, Time):  # pydantic would build one from a dict, unchecked
        raise ValueError("must be a time such as 3s")  # noqa: TRY004
    return value


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
"""Reps, sets or rounds: 1 to 1000."""
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

    say: Name | None = None
    time: AnyTime
    name: Name | None = None

    @field_validator("time")
    @classmethod
    def _no_range(cls, time: Time) -> Time:
        if time.source is Source.RANGE:
            raise ValueError("must be one time, not a range; write ~3s (2-5s) if it is free")
        return time


class Tempo(Model):
    """The four phases of a rep in the standard order, seconds each.

    The digits `3-1-2-0` are the shorthand: eccentric, pause, concentric, pause
    (strengthandconditioning.com/glossary/tempo-notation).
    """

    eccentric: Prescribed
    bottom_pause: AnyTime = Time.prescribed(0)
    concentric: Prescribed
    top_pause: AnyTime = Time.prescribed(0)

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

    @field_validator("bottom_pause", "top_pause")
    @classmethod
    def _prescribed(cls, time: Time) -> Time:
        if time.source is not Source.PRESCRIBED:
            raise ValueError("must be one prescribed time, such as 1s or 0s")
        return time

    def __str__(self) -> str:
        phases = (self.eccentric, self.bottom_pause, self.concentric, self.top_pause)
        return " - ".join(str(time) for time in phases)


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


_WAYS: Final = "reps with hold, tempo, rep_duration or phases; or work; or hold alone"


class Exercise(Model):
    """One exercise: how it is told, and its dose."""

    name: Name
    phase: Literal["warmup", "main", "cooldown"] = "main"
    position: Position = Position.STANDING
    equipment: tuple[Name, ...] = ()
    schedule: Schedule | None = None
    limb: Name = "side"
    """What "right" and "left" belong to: foot, leg, arm."""

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
    brief: Instructions = ()
    """A few words in place of all of the above, for later rounds."""
    after: Instructions = ()
    """What to do when it is over: put the band away, get up."""

    sets: Count = 1
    reps: Count | None = None
    hold: Prescribed | None = None
    work: Prescribed | None = None
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
    rest: RestTime | None = None
    rest_after_last: Flag = False

    quotes: dict[str, Text] = {}
    """For each prescribed field, the words of the source it comes from."""

    @model_validator(mode="after")
    def _one_dose(self) -> Self:
        ways = [
            name
            for name in ("hold", "work", "tempo", "rep_duration", "phases")
            if getattr(self, name)
        ]
        if len(ways) > 1:
            raise ValueError(f"{' and '.join(ways)} can't be combined; a dose is {_WAYS}")
        if not ways:
            given = "reps alone don't say how long a rep takes" if self.reps else "no dose is given"
            raise ValueError(f"{given}; a dose is {_WAYS}")
        if self.reps and self.work:
            raise ValueError("work is timed, so it has no reps; repeat it with sets")
        if not self.reps and ways[0] in ("tempo", "rep_duration", "phases"):
            raise ValueError(f"{ways[0]} describes a rep, so reps is needed as well")
        if self.sides is Sides.ALTERNATING and not self.reps:
            raise ValueError("alternating sides need reps; use right-then-left for timed work")
        return self

    @model_validator(mode="after")
    def _rest_has_sets(self) -> Self:
        if self.rest and self.sets == 1 and not self.rest_after_last:
            raise ValueError(
                "rest is between sets, and there is one set; add sets or rest_after_last: true"
            )
        return self

    @field_validator("rep_duration")
    @classmethod
    def _free_or_fixed(cls, time: Time | None) -> Time | None:
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
    rounds: Count = 1
    rest: RestTime | None = None
    """Between rounds."""
    exercises: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _rest_has_rounds(self) -> Self:
        if self.rest and self.rounds == 1:
            raise ValueError("rest is between rounds, and there is one round; add rounds")
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
    equipment: tuple[Name, ...] = ()
    prepare: Instructions = ()
    """What to fetch or do before the first exercise."""
    safety: Instructions = ()
    closing: Instructions = ()
    coaching: dict[str, str] = {}
    """Settings of its own, unless the user says otherwise."""  # read in coaching/settings.py
    quotes: dict[str, Text] = {}
    exercises: Annotated[tuple[Step, ...], Field(min_length=1)]
    _change: Change = PrivateAttr(default=Change())

    @property
    def change(self) -> Change:
        """What the user changed about the dose; the welcome says it."""
        return self._change

    def changed(self, exercises: tuple[Exercise | Group, ...], change: Change) -> Routine:
        """This routine with other exercises, remembering what the user changed."""
        routine = self.model_copy(update={"exercises": exercises})
        routine._change = change
        return routine

    def at_level(self, level: str) -> Routine:
        """This routine as it is for a level. Raises RoutineError if it has none."""
        if level != "beginner":
            raise RoutineError(f"{self.where()}: the routine has no levels; leave out --level")
        return self

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
