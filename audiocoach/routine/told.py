"""What a routine says beside its figures: instructions, words at instants, variants, how often."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Tag, model_validator

from audiocoach.routine.base import Model
from audiocoach.routine.time_values import Editorial, Instant
from audiocoach.routine.values import ONE, SIDES, TEXT, Name, OneCount, Text
from audiocoach.routine.written import OneOrMany, Written


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
    """Words at an instant of a held or worked time."""

    at: Instant
    say: Name


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
