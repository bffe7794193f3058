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

from audiocoach.language import no_code
from audiocoach.routine.base import Model
from audiocoach.routine.recordings import Recording
from audiocoach.routine.time_values import AbleTime, ClockTime, RestTime, one_figure, reading_of
from audiocoach.routine.written import (
    ANY_TEXT,
    SPOKEN,
    TO,
    Written,
    written_count,
    written_text,
)

# Control characters (line breaks apart), and marks that override the direction of writing.
_UNSPEAKABLE: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_LANGUAGE: Final = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}"


def _spoken_line(value: object) -> object:
    """A text with its line breaks and runs of spaces made single spaces."""
    if not isinstance(value, str):
        return value
    if found := _UNSPEAKABLE.search(value):
        raise ValueError(f"must not hold a control character (U+{ord(found[0]):04X})")
    text = " ".join(value.split())
    if text and not any(char.isalnum() for char in text):
        raise ValueError("has no letter or digit, so there is nothing to say")
    return text


def _language_code(value: str) -> str:
    if not re.fullmatch(_LANGUAGE, value):
        raise ValueError(no_code(value))
    return value


_COUNTS: Final = re.compile(rf"([0-9]{{1,12}}){TO}([0-9]{{1,12}})")
MOST: Final = 1000
"""Reps, sets or rounds at most."""


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
        return reading_of(info).able(low, high)
    return _one_number(value)


def _one_number(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isdigit():
        return int(value[:12])
    if _COUNTS.fullmatch(value.strip()):
        raise ValueError("must be one number, not a range")
    one_figure(value, "a number such as 10", "reps: {}")
    raise ValueError("is not a whole number such as 10")


def _yes_or_no(value: object) -> object:
    if isinstance(value, str) and value not in ("true", "false"):
        raise ValueError("must be true or false")
    return value


Count = Annotated[
    int,
    BeforeValidator(_whole_number),
    Field(ge=1, le=MOST),
    written_count(
        "Count",
        f"A whole number from 1 to {MOST}, or a range of ability such as 8-12.",
        MOST,
        rf"|^\s*[0-9]{{1,12}}{TO}[0-9]{{1,12}}\s*$",
    ),
]
"""Reps, sets or rounds: of a range of ability the level takes one."""
OneCount = Annotated[
    int,
    BeforeValidator(_one_number),
    Field(ge=1, le=MOST),
    written_count("OneCount", f"A whole number from 1 to {MOST}.", MOST),
]
# Completion offers true and false without quotes; in quotes they may be as well.
Flag = Annotated[
    bool,
    BeforeValidator(_yes_or_no),
    Written(
        "Flag",
        schema={"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": "^(?:true|false)$"}]},
    ),
]
TEXT: Final = Written("Text", "A text of at most 2000 characters.", SPOKEN)
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=2000), BeforeValidator(_spoken_line), TEXT
]
"""A text to be spoken or shown, on one line."""
# Spaces aside: of those that follow one another, one counts.
_FEW: Final = {"pattern": r"^\s*(?:\S\s*){1,80}$", "patternErrorMessage": "At most 80 characters."}
Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=80),
    BeforeValidator(_spoken_line),
    Written("Name", "A name or a few words, at most 80 characters.", {**SPOKEN, "allOf": [_FEW]}),
]
"""A name or a few words, on one line."""
Language = Annotated[
    str,
    AfterValidator(_language_code),
    written_text(
        "Language",
        "A language code, such as en, de or pt-BR.",
        f"^{_LANGUAGE}$",
        ["en", "en-GB", "de", "pt-BR"],
    ),
]
Translation = Annotated[
    str,
    StringConstraints(max_length=2000),
    BeforeValidator(_spoken_line),
    Written("Translation", "What is said instead; blank while it is still to come.", ANY_TEXT),
]


def _read_sound(value: object, info: ValidationInfo) -> Recording:
    if isinstance(value, str):
        return reading_of(info).sounds.recording(value)
    if not isinstance(value, Recording):  # pydantic would build one from a dict, unchecked
        raise ValueError("must be a sound file such as gong.wav")  # noqa: TRY004
    return value


OwnSound = Annotated[
    Recording,
    BeforeValidator(_read_sound),
    written_text(
        "OwnSound",
        "A sound file in the folder of the routine, or in one below, such as gong.wav.",
        r"^[^/\\:][^\\:]{0,199}$",
        ["gong.wav", "bells/gong.mp3"],
    ),
]

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


def of_side(value: Any, side: Side | None) -> Any:
    """What holds for one side of a value that may be one for each; the right one's for None."""
    return getattr(value, side or "right", value)


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


def _list_of(description: str) -> Any:
    return Field(min_length=1, max_length=MOST, description=description)


_EachSet = _list_of("One for each set, or for each round.")
Counts = Annotated[
    Annotated[Count, Tag(ONE)]
    | Annotated[tuple[Count, ...], _EachSet, Tag(_LIST)]
    | Annotated[SideCounts, Tag(SIDES)],
    Discriminator(_shape),
    Written(
        "Counts",
        "A whole number or a range of ability; or a list, one for each set; or {right, left}.",
    ),
]
Times = Annotated[
    Annotated[AbleTime, Tag(ONE)]
    | Annotated[tuple[AbleTime, ...], _EachSet, Tag(_LIST)]
    | Annotated[SideTimes, Tag(SIDES)],
    Discriminator(_shape),
    Written(
        "Times",
        "A prescribed time or a range of ability; or a list, one for each set; or {right, left}.",
    ),
]
Loads = Annotated[
    Annotated[Name, Tag(ONE)]
    | Annotated[tuple[Name, ...], _EachSet, Tag(_LIST)]
    | Annotated[SideNames, Tag(SIDES)],
    Discriminator(_shape),
    Written(
        "Loads",
        "A load in a few words, such as 20 kg; or a list, one for each set; or {right, left}.",
    ),
]
Rests = Annotated[
    Annotated[RestTime, Tag(ONE)]
    | Annotated[tuple[RestTime, ...], _list_of("One after each set but the last."), Tag(_LIST)],
    Discriminator(_one_or_list),
    Written("Rests", "A prescribed time or range; or a list, one after each set but the last."),
]
ClockRests = Annotated[
    Annotated[ClockTime, Tag(ONE)]
    | Annotated[tuple[ClockTime, ...], _list_of("One after each exercise."), Tag(_LIST)],
    Discriminator(_one_or_list),
    Written(
        "ClockRests", "A prescribed time or range, 0s for none; or a list, one after each exercise."
    ),
]
Names = Annotated[
    Annotated[Name, Tag(ONE)] | Annotated[SideNames, Tag(SIDES)],
    Discriminator(_one_or_sides),
    Written("Names", "A few words, at most 80 characters; or {right, left}."),
]
