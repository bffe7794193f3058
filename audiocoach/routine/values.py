"""The values of a routine: how each is written, and what the model makes of it.

A message names what it found, or begins with "must", "has" or "is": then the loader
puts the value as it was written before it.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal

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
from audiocoach.routine.times import Source, Time, breaths, in_breaths, parse_ms, parse_time

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
    r"amrap|max(imum)?|as (many|long) as .*|(un)?til .*|to (failure|fatigue|exhaustion)"
    r"|failure|fatigue|exhaustion",
    re.IGNORECASE,
)
_COUNTS: Final = re.compile(r"([0-9]{1,12}) ?[-\N{EN DASH}] ?([0-9]{1,12})")
MOST: Final = 1000
"""Reps, sets or rounds at most."""


def _closed(text: str, example: str) -> None:
    """Raises ValueError for what only the listener could end."""
    if _OPEN_ENDED.fullmatch(text.strip()):
        raise ValueError(f"is open-ended, and a recording can't wait for it; write {example}")


def _whole_number(value: object, info: ValidationInfo) -> object:
    """Read a count, or a range of ability, from the text it is written as.

    Anything else is left for pydantic to refuse.
    """
    if isinstance(value, str) and (found := _COUNTS.fullmatch(value.strip())):
        low, high = int(found[1]), int(found[2])
        if low >= high:
            raise ValueError("must go from a smaller to a larger number, such as 8-12")
        if low < 1 or high > MOST:
            raise ValueError(f"must lie between 1 and {MOST}")
        return _reading(info).able(low, high)
    return _one_number(value)


def _one_number(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isdigit():
        return int(value[:12])
    if _COUNTS.fullmatch(value.strip()):
        raise ValueError("must be one number, not a range")
    _closed(value, "a number such as 10")
    raise ValueError("is not a whole number such as 10")


def _reading(info: ValidationInfo) -> Reading:
    """What the loader told us; a routine made without it is a beginner's."""
    return info.context if isinstance(info.context, Reading) else Reading()


def _time(*allowed: Source) -> BeforeValidator:
    """Reads a time. Raises ValueError for one of a source that is not allowed."""

    def read(value: object, info: ValidationInfo) -> Time:
        time = _read_time(value, info)
        if time.source not in allowed:
            raise ValueError(_refusal(time.source, value, allowed))
        return time

    return BeforeValidator(read)


def _read_time(value: object, info: ValidationInfo) -> Time:
    if isinstance(value, bool | int | float):
        value = str(value)
    if isinstance(value, str):
        _closed(value, "a time such as 30s")
        return breaths(value, _reading(info).breath) or parse_time(value)
    if not isinstance(value, Time):  # pydantic would build one from a dict, unchecked
        raise ValueError("must be a time such as 3s")  # noqa: TRY004
    return value


def _no_breath(value: object) -> object:
    if isinstance(value, str) and in_breaths(value):
        raise ValueError("must be a time such as 4s; breaths are made of it")
    return value


def _refusal(source: Source, value: object, allowed: tuple[Source, ...]) -> str:
    match source:
        case Source.EDITORIAL if isinstance(value, str) and "~" not in value:
            return "must be prescribed, so the breath of the routine must be, without '~'"
        case Source.EDITORIAL:
            return "must be prescribed: write it without '~'"
        case Source.RANGE if Source.EDITORIAL in allowed:
            return "must be one time, not a range; write ~3s (2-5s) if it is free"
        case Source.RANGE:
            return "must be one time, not a range: the listener can't choose midway"
        case Source.PRESCRIBED:
            return "must be editorial: write it with '~', such as ~3s or ~3s (2-5s)"


def _not_zero(time: Time) -> Time:
    """The time. Raises ValueError if it, or its shortest, is zero."""
    if time.minimum == 0:
        raise ValueError("must be longer than zero")
    return time


def _by_ability(time: Time, info: ValidationInfo) -> Time:
    """One time out of a range of ability, in whole seconds where the range is in such."""
    if time.source is not Source.RANGE:
        return time
    step = 1 if time.minimum % 1000 or time.maximum % 1000 else 1000
    return Time.prescribed(_reading(info).able(time.minimum, time.maximum, step))


def _read_instant(value: object) -> object:
    """A time such as 10s, or -10s for as long before the end; both in ms."""
    if not isinstance(value, str | int):
        raise ValueError("must be a time such as 10s, or -10s from the end")  # noqa: TRY004
    if isinstance(value, int):
        return value
    text = value.strip()
    return -parse_ms(text[1:]) if text.startswith("-") else parse_ms(text)


def _read_length(value: object) -> object:
    if not isinstance(value, str | int):
        raise ValueError("must be one length such as 20min or 20:00")  # noqa: TRY004
    if isinstance(value, int):
        return value
    length = parse_time(value)
    if length.source is not Source.PRESCRIBED:
        raise ValueError("must be one length such as 20min or 20:00")
    return _not_zero(length).natural


def _yes_or_no(value: object) -> object:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("must be true or false")
        return value == "true"
    return value


AnyTime = Annotated[Time, _time(*Source)]
"""Prescribed, a prescribed range, or editorial."""
Prescribed = Annotated[Time, _time(Source.PRESCRIBED), AfterValidator(_not_zero)]
"""One prescribed time, longer than zero."""
AbleTime = Annotated[
    Time,
    _time(Source.PRESCRIBED, Source.RANGE),
    AfterValidator(_not_zero),
    AfterValidator(_by_ability),
]
"""A prescribed time, or a range of ability of which the level takes one."""
RestTime = Annotated[Time, _time(Source.PRESCRIBED, Source.RANGE), AfterValidator(_not_zero)]
"""A prescribed time or a prescribed range, longer than zero."""
Editorial = Annotated[Time, _time(Source.EDITORIAL)]
"""A time that is ours to choose."""
FreeTime = Annotated[Time, _time(Source.PRESCRIBED, Source.EDITORIAL)]
"""A prescribed or an editorial time; it may be zero."""
OneTime = Annotated[FreeTime, AfterValidator(_not_zero)]
"""A prescribed or an editorial time, longer than zero."""
BreathTime = Annotated[OneTime, BeforeValidator(_no_breath)]
"""The same, but not in breaths."""
Instant = Annotated[int, BeforeValidator(_read_instant)]
"""In ms from a beginning; below zero, from the end."""
Length = Annotated[int, BeforeValidator(_read_length), Field(ge=1)]
"""The length of a session in ms."""
Count = Annotated[int, BeforeValidator(_whole_number), Field(ge=1, le=MOST)]
"""Reps, sets or rounds: 1 to 1000, or a range of ability of which the level takes one."""
OneCount = Annotated[int, BeforeValidator(_one_number), Field(ge=1, le=MOST)]
"""1 to 1000."""
Flag = Annotated[bool, BeforeValidator(_yes_or_no)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000), BeforeValidator(_one_line)]
"""A text to be spoken or shown, on one line, 2000 characters at most."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=80), BeforeValidator(_one_line)]
"""A name or a few words, on one line, 80 characters at most."""
Language = Annotated[str, AfterValidator(_language)]
"""A language code: en, de, pt-BR."""
Translation = Annotated[str, StringConstraints(max_length=2000), BeforeValidator(_one_line)]
"""A text in another language; blank while it is still to come."""


Side = Literal["right", "left"]


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
    return _LIST if isinstance(value, list | tuple) else _one_or_sides(value)


def _one_or_list(value: Any) -> str:
    return _LIST if isinstance(value, list | tuple) else ONE


def _one_or_sides(value: Any) -> str:
    sides = isinstance(value, dict) and not value.keys().isdisjoint(("right", "left"))
    return SIDES if sides or isinstance(value, Model) else ONE


_Listed = Field(min_length=1, max_length=MOST)
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
    Discriminator(_one_or_list),
]
"""A rest, or a list of one after each set but the last."""
Names = Annotated[
    Annotated[Name, Tag(ONE)] | Annotated[SideNames, Tag(SIDES)], Discriminator(_one_or_sides)
]
"""A few words, or some for each side."""
