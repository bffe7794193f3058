"""The times of a routine: of which sources each may be, how it is written, and how it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from audiocoach.routine.levels import Reading
from audiocoach.routine.times import Source, Time, breaths, in_breaths, parse_ms, parse_time
from audiocoach.routine.written import BREATHS, EXACT, FREE, RANGE, Schema, written_time

_OPEN_ENDED: Final = re.compile(
    r"amrap|max(imum)?|as (many|long) as .*|(un)?til .*|to (failure|fatigue|exhaustion)"
    r"|failure|fatigue|exhaustion",
    re.IGNORECASE,
)

_IN_SETS: Final = re.compile(
    r"(?P<sets>[1-9][0-9]{0,2}) ?(?:x|×|\*|sets? (?:of|x)) ?(?P<each>[1-9][^x×*]{0,20}?)(?: reps)?"
    r"|(?P<first>[1-9][^x×*]{0,20}?) ?(?:x|×|\*) ?(?P<times>[1-9][0-9]{0,2})",
    re.IGNORECASE,
)
"""As therapists write it: "3 x 10", "3 sets of 10", "30s x 4"."""


def one_figure(text: str, example: str, own: str = "{} here") -> None:
    """What stands where one figure does; `own` says where it belongs.

    Raises ValueError for what only the listener could end, and for sets that stand beside it.
    """
    tidy = " ".join(text.split())
    if _OPEN_ENDED.fullmatch(tidy):
        raise ValueError(f"is open-ended, and a recording can't wait for it; write {example}")
    if found := _IN_SETS.fullmatch(tidy):
        sets, each = found["sets"] or found["times"], found["each"] or found["first"]
        raise ValueError(f"is two figures; write sets: {sets}, and {own.format(each)}")


def reading_of(info: ValidationInfo) -> Reading:
    """What the loader told us; a routine made without it is a beginner's."""
    return info.context if isinstance(info.context, Reading) else Reading()


def _read_time(value: object, info: ValidationInfo) -> Time:
    if isinstance(value, str):
        one_figure(value, "a time such as 30s")
        return breaths(value, reading_of(info).breath) or parse_time(value)
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
    return Time.prescribed(reading_of(info).able(time.minimum, time.maximum, step))


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
        """The time. Raises ValueError if it is not allowed."""
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
ClockTime = Annotated[Time, _TimeType(
    "ClockTime", "A prescribed time or range with its unit, such as 30s or 10-15s; 0s for none.",
    ["30s", "10-15s", "0s"], _SPAN, zero=True,
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
INSTANT: Final = written_time(
    "Instant",
    "A time from the beginning such as 10s, or from the end such as -10s.",
    ["10s", "-10s"],
    rf"-?\s*{EXACT}",
)
Instant = Annotated[int, BeforeValidator(_read_instant), INSTANT]
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
