"""The values of a routine: how each is written, and what the model makes of it.

A message names what it found, or begins with "must", "has" or "is": then the loader
puts the value as it was written before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
from pydantic_core import CoreSchema, core_schema

from audiocoach.routine.base import Model
from audiocoach.routine.levels import Reading
from audiocoach.routine.times import Source, Time, breaths, in_breaths, parse_ms, parse_time
from audiocoach.routine.written import (
    ANY_TEXT,
    BREATHS,
    EXACT,
    FREE,
    RANGE,
    SPOKEN,
    TO,
    Schema,
    Written,
    written_count,
    written_text,
    written_time,
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
        raise ValueError("is not a language code such as en, de or pt-BR")
    return value


_OPEN_ENDED: Final = re.compile(
    r"amrap|max(imum)?|as (many|long) as .*|(un)?til .*|to (failure|fatigue|exhaustion)"
    r"|failure|fatigue|exhaustion",
    re.IGNORECASE,
)
_COUNTS: Final = re.compile(rf"([0-9]{{1,12}}){TO}([0-9]{{1,12}})")
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


def _read_time(value: object, info: ValidationInfo) -> Time:
    if isinstance(value, str):
        _closed(value, "a time such as 30s")
        return breaths(value, _reading(info).breath) or parse_time(value)
    if not isinstance(value, Time):  # pydantic would build one from a dict, unchecked
        raise ValueError("must be a time such as 3s")  # noqa: TRY004
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


def _read_instant(value: object) -> int:
    """A time such as 10s, or -10s for as long before the end; both in ms."""
    if not isinstance(value, str):
        raise ValueError("must be a time such as 10s, or -10s from the end")  # noqa: TRY004
    text = value.strip()
    return -parse_ms(text[1:]) if text.startswith("-") else parse_ms(text)


def _session_length(value: object) -> int:
    length = parse_time(value) if isinstance(value, str) else None
    if length is None or length.source is not Source.PRESCRIBED:
        raise ValueError("must be one length such as 20min or 20:00")
    return _not_zero(length).natural


def _yes_or_no(value: object) -> object:
    if isinstance(value, str) and value not in ("true", "false"):
        raise ValueError("must be true or false")
    return value


_FORMS: Final = {Source.PRESCRIBED: EXACT, Source.RANGE: RANGE, Source.EDITORIAL: FREE}


@dataclass(frozen=True, eq=False)
class _TimeType:
    """A time of some sources: how it is written, described and read."""

    name: str
    description: str
    examples: list[str]
    sources: tuple[Source, ...]
    zero: bool = False
    """Whether it, or its shortest, may be that."""
    breaths: bool = True
    """Whether it may be written in breaths."""
    able: bool = False
    """Whether a range is one of ability, of which the level takes one time."""

    def __get_pydantic_core_schema__(self, *_: Any) -> CoreSchema:
        time = core_schema.is_instance_schema(Time)
        return core_schema.with_info_before_validator_function(self.read, time)

    def __get_pydantic_json_schema__(self, *_: Any) -> Schema:
        forms = [form for source, form in _FORMS.items() if source in self.sources]
        forms += [BREATHS] if self.breaths else []
        return written_time(
            self.name, self.description, self.examples, *forms, zero=self.zero
        ).whole

    def read(self, value: object, info: ValidationInfo) -> Time:
        """The time. Raises ValueError for one that is not allowed."""
        if not self.breaths and isinstance(value, str) and in_breaths(value):
            raise ValueError("must be a time such as 4s; breaths are made of it")
        time = _read_time(value, info)
        if time.source not in self.sources:
            raise ValueError(_refusal(time.source, value, self.sources))
        if not self.zero:
            _not_zero(time)
        return _by_ability(time, info) if self.able else time


_ONE: Final = (Source.PRESCRIBED, Source.EDITORIAL)
_SPAN: Final = (Source.PRESCRIBED, Source.RANGE)
_FREE_SUCH: Final = "A prescribed time such as 3s, or an editorial time such as ~3s or ~3s (2-5s); "

# fmt: off
AnyTime = Annotated[Time, _TimeType(
    "AnyTime",
    "A time: prescribed such as 3s or 1:30, a range such as 10-15s, editorial such as "
    "~3s or ~3s (2-5s), or in breaths.",
    ["3s", "1:30", "10-15s", "~3s (2-5s)", "inhale", "5 breaths"], tuple(Source), zero=True,
)]
Prescribed = Annotated[Time, _TimeType(
    "Prescribed", "A prescribed time with its unit, such as 3s, 500ms, 2min or 1:30.",
    ["3s", "500ms", "2min", "1:30"], (Source.PRESCRIBED,),
)]
AbleTime = Annotated[Time, _TimeType(
    "AbleTime",
    "A prescribed time with its unit, such as 3s or 1:30; or a range of ability, such as 3-10s.",
    ["3s", "1:30", "3-10s"], _SPAN, able=True,
)]
RestTime = Annotated[Time, _TimeType(
    "RestTime", "A prescribed time or range with its unit, such as 30s, 1:30 or 10-15s.",
    ["30s", "1:30", "10-15s"], _SPAN,
)]
Editorial = Annotated[Time, _TimeType(
    "Editorial",
    "A time that is yours to choose, with '~': such as ~3s or, with its limits, ~3s (2-5s).",
    ["~3s", "~3s (2-5s)"], (Source.EDITORIAL,), zero=True,
)]
FreeTime = Annotated[Time, _TimeType(
    "FreeTime", _FREE_SUCH + "not a range.", ["3s", "~3s", "~3s (2-5s)"], _ONE, zero=True,
)]
OneTime = Annotated[Time, _TimeType(
    "OneTime", _FREE_SUCH + "longer than zero, and not a range.",
    ["3s", "~3s", "~3s (2-5s)"], _ONE,
)]
BreathTime = Annotated[Time, _TimeType(
    "BreathTime", "A prescribed time such as 4s, or an editorial time such as ~4s (3-6s).",
    ["4s", "~4s (3-6s)"], _ONE, breaths=False,
)]
# fmt: on
Instant = Annotated[
    int,
    BeforeValidator(_read_instant),
    written_time(
        "Instant",
        "A time from the beginning such as 10s, or from the end such as -10s.",
        ["10s", "-10s"],
        rf"-?\s*{EXACT}",
    ),
]
"""In ms from a beginning; below zero, from the end."""
Length = Annotated[
    int,
    BeforeValidator(_session_length),
    Field(ge=1),
    written_time(
        "Length", "A length, such as 20:00 or 20min.", ["20:00", "20min"], EXACT, zero=False
    ),
]
"""The length of a session in ms."""
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
Rests = Annotated[
    Annotated[RestTime, Tag(ONE)]
    | Annotated[tuple[RestTime, ...], _list_of("One after each set but the last."), Tag(_LIST)],
    Discriminator(_one_or_list),
    Written("Rests", "A prescribed time or range; or a list, one after each set but the last."),
]
Names = Annotated[
    Annotated[Name, Tag(ONE)] | Annotated[SideNames, Tag(SIDES)],
    Discriminator(_one_or_sides),
    Written("Names", "A few words, at most 80 characters; or {right, left}."),
]
