"""What a routine says beside its figures: instructions, words at instants, variants, how often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from audiocoach.routine.base import Model
from audiocoach.routine.recordings import Recording
from audiocoach.routine.time_values import INSTANT, Editorial, Instant, Prescribed
from audiocoach.routine.values import ONE, SIDES, TEXT, Name, OneCount, OwnSound, Text
from audiocoach.routine.written import EXACT, OneOrMany, Written, written_text


class Instruction(Model):
    """Something to say, and the time the listener needs to do it."""

    say: Text
    time: Editorial | None = None
    orient: Annotated[
        tuple[Text, ...],
        BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
        OneOrMany("Texts", "A text, or a list of texts.", TEXT),
    ] = ()
    """Lines to say inside a long `time`, so that the listener knows all is well."""


def _instructions(value: Any) -> Any:
    """`setup: text`, `setup: [text, {say: ..., time: ...}]`: both are lists of instructions."""
    items = value if isinstance(value, list | tuple) else (value,)
    return tuple({"say": item} if isinstance(item, str) else item for item in items)


Instructions = Annotated[
    tuple[Instruction, ...],
    BeforeValidator(_instructions),
    OneOrMany("Instructions", "A text, or {say, time, orient}, or a list of both.", TEXT),
]


class Preparation(Instruction):
    """Something to do before the first exercise, perhaps with a thing that is needed."""

    equipment: tuple[Name, ...] = ()
    """What it gets ready, named as in the routine: it is told where any of that is needed; left
    out, always.
    """


Preparations = Annotated[
    tuple[Preparation, ...],
    BeforeValidator(_instructions),
    OneOrMany(
        "Preparations", "A text, or {say, time, orient, equipment}, or a list of both.", TEXT
    ),
]


class TurnInstruction(Instruction):
    """An instruction that may be for one set or one round."""

    set: OneCount | None = None
    """The only set before which it is told; left out, before the first."""
    round: OneCount | None = None
    """The only round in which it is told; left out, as its field is."""


TurnInstructions = Annotated[
    tuple[TurnInstruction, ...],
    BeforeValidator(_instructions),
    OneOrMany(
        "TurnInstructions", "A text, or {say, time, orient, set, round}, or a list of both.", TEXT
    ),
]


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
    Written("SidedInstructions", "Instructions, or {right, left} with some for each side."),
]


class TimedCue(Model):
    """Words, or a sound of your own, at an instant of a held or worked time."""

    at: Instant
    say: Name | None = None
    sound: OwnSound | None = None
    """What is heard in place of words."""
    set: OneCount | None = None
    """The only set in which it is heard."""
    round: OneCount | None = None
    """The only round in which it is heard."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.say is None) == (self.sound is None):
            raise ValueError("a cue has words or a sound: say: Soften, or sound: gong.wav")
        return self

    def instant(self, length: int) -> int:
        """When it is heard in a time of `length` ms, in ms from its beginning."""
        return self.at if self.at >= 0 else length + self.at


class Bell(Model):
    """When a bell rings in a held or worked time: every so often, or at instants."""

    shorthand = Annotated[
        str,
        written_text(
            "BellText",
            "every and a time, such as every 60s; or an instant, such as 1min or -10s.",
            rf"^\s*(?:every\s+{EXACT}|-?\s*{EXACT})\s*$",
            ["every 60s", "-10s"],
        ),
    ]
    every: Prescribed | None = None
    at: Annotated[
        tuple[Instant, ...],
        BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
        Field(max_length=100),
        OneOrMany("Instants", "An instant, such as 1min or -10s, or a list of them.", INSTANT),
    ] = ()
    sound: OwnSound | None = None
    """What rings in place of the bell."""

    @model_validator(mode="before")
    @classmethod
    def _just_when(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        word, _, time = value.strip().partition(" ")
        return {"every": time} if word == "every" else {"at": value}

    @model_validator(mode="after")
    def _rings(self) -> Self:
        if not self.every and not self.at:
            raise ValueError("a bell rings every so often, or at instants: every: 60s, or at: 30s")
        return self

    def instants(self, length: int) -> tuple[int, ...]:
        """When it rings in a time of `length` ms, in ms from its beginning; never at its end."""
        step = self.every.natural if self.every else length
        fixed = (at if at >= 0 else length + at for at in self.at)
        return tuple(sorted({*range(step, length, step), *fixed}))


def own_sounds(cues: Bell | Sequence[TimedCue], length: int) -> Iterator[tuple[int, Recording]]:
    """The user's own sounds in a time of `length` ms, each with its instant (ms)."""
    if isinstance(cues, Bell):
        yield from ((at, cues.sound) for at in cues.instants(length) if cues.sound)
    else:
        yield from ((cue.instant(length), cue.sound) for cue in cues if cue.sound)


class Variant(Model):
    """One of the ways `each` block of reps is done: a direction, a knee straight or bent."""

    shorthand = Name
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
