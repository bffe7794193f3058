"""The values of a routine: how each is written, and what the model makes of it.

A message names what it found, or begins with "must", "has" or "is": then the loader
puts the value as it was written before it.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationInfo,
)

from audiocoach.routine.base import Model
from audiocoach.routine.levels import Reading
from audiocoach.routine.times import Source, Time, breaths, parse_ms, parse_time

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
    return not_zero(length).natural


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


def not_zero(time: Time) -> Time:
    """The time. Raises ValueError if it, or its shortest, is zero."""
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
    Time, BeforeValidator(_read_time), _only(Source.PRESCRIBED), AfterValidator(not_zero)
]
"""One prescribed time, longer than zero."""
AbleTime = Annotated[
    Time,
    BeforeValidator(_read_time),
    AfterValidator(_by_ability),
    _only(Source.PRESCRIBED),
    AfterValidator(not_zero),
]
"""A prescribed time, or a range of ability of which the level takes one."""
RestTime = Annotated[
    Time,
    BeforeValidator(_read_time),
    _only(Source.PRESCRIBED, Source.RANGE),
    AfterValidator(not_zero),
]
"""A prescribed time or a prescribed range."""
Editorial = Annotated[Time, BeforeValidator(_read_time), _only(Source.EDITORIAL)]
"""A time that is ours to choose."""
BreathTime = Annotated[AnyTime, AfterValidator(_no_range), AfterValidator(not_zero)]
"""One time longer than zero, prescribed or editorial."""
Instant = Annotated[int, BeforeValidator(_read_instant)]
"""In ms from a beginning; below zero, from the end."""
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


ONE, _LIST, SIDES = "one value", "a list", "for each side"
SHAPES: Final = (ONE, _LIST, SIDES)
"""How a value is written: the tags that pydantic puts into the place of an error."""


def _shape(value: Any) -> str:
    if isinstance(value, list | tuple):
        return _LIST
    return SIDES if isinstance(value, dict | Model) else ONE


_Listed = Field(min_length=1, max_length=1000)
Counts = Annotated[
    Annotated[Count, Tag(ONE)]
    | Annotated[tuple[Count, ...], _Listed, Tag(_LIST)]
    | Annotated[SideCounts, Tag(SIDES)],
    Discriminator(_shape),
]
"""A count, a list of one for each set, or one for each side."""
Times = Annotated[
    Annotated[AbleTime, Tag(ONE)]
    | Annotated[tuple[AbleTime, ...], _Listed, Tag(_LIST)]
    | Annotated[SideTimes, Tag(SIDES)],
    Discriminator(_shape),
]
"""A time, a list of one for each set, or one for each side."""
Rests = Annotated[
    Annotated[RestTime, Tag(ONE)] | Annotated[tuple[RestTime, ...], _Listed, Tag(_LIST)],
    Discriminator(_shape),
]
"""A rest, or a list of one after each set but the last."""
Names = Annotated[
    Annotated[Name, Tag(ONE)] | Annotated[SideNames, Tag(SIDES)], Discriminator(_shape)
]
"""A few words, or some for each side."""
