"""Times as people write them: `3s`, `1:30`, `10-15s`, `~3s (2-5s)`.

A time is prescribed, a prescribed range, or editorial (written with `~`: chosen
by whoever tells the routine, so pacing may move it). A unit is always written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from audiocoach.wording import clock, quoted

LONGEST_MS: Final = 24 * 60 * 60 * 1000
"""No single time is longer than a day; more is surely a slip of the pen."""

_EXAMPLES: Final = "write it with its unit, such as 3s, 1:30, 2min or 500ms"
UNITS: Final = {
    "h": (3_600_000, r"h|hrs?|hours?"),
    "min": (60_000, r"min|m|mins|minutes?"),
    "s": (1000, r"s|secs?|seconds?"),
    "ms": (1, r"ms|milliseconds?"),
}
"""How long each unit is (ms), and how it may be written, the longest first."""
_LONGEST_TEXT: Final = 60
_LAST: Final = 59  # the last second of a minute, the last minute of an hour
NUMBER: Final = r"[0-9]{1,12}(?:\.[0-9]{1,6})?"
_AMOUNT: Final = re.compile(
    " ?".join(rf"(?:(?P<{unit}>{NUMBER}) ?(?:{words}))?" for unit, (_, words) in UNITS.items())
)
_BARE: Final = re.compile(NUMBER)
_CLOCK: Final = re.compile(r"(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-9]{2})")
_EDITORIAL: Final = re.compile(r"~ ?(?P<natural>[^()]+?) ?(?:\((?P<limits>[^()]+)\))?")
_BREATHS: Final = re.compile(r"(?P<half>inhale|exhale)|(?P<count>[1-9][0-9]{0,2}) breaths?")
_BREATH: Final = re.compile(r"breath|inhale|exhale", re.IGNORECASE)
_TO: Final = re.compile(r" ?[-\N{EN DASH}] ?|(?<=[0-9a-z]) to (?=[0-9])")
_LAST_UNIT: Final = re.compile(r"[0-9.]+ ?([a-z]+)")
_OTHER_UNIT: Final = re.compile(r"[0-9.]+ ?([^\W\d_]+)")
_DECIMAL_COMMA: Final = re.compile(r"[0-9]+,[0-9]+ ?[a-z]*")


class Source(StrEnum):
    """Who fixed a time, and so what may change it."""

    PRESCRIBED = "prescribed"
    RANGE = "range"
    EDITORIAL = "editorial"


@dataclass(frozen=True, slots=True)
class Time:
    """A time in whole milliseconds: rigid when prescribed, else between its ends."""

    minimum: int
    natural: int
    maximum: int
    source: Source
    breath: tuple[int, int] = field(default=(0, 0), compare=False)
    """Of one written in breaths: the natural length of an inhale and an exhale (ms)."""

    @property
    def breaths(self) -> int:
        """How many whole breaths it is, if it was written in breaths; else 0."""
        return self.natural // sum(self.breath) if any(self.breath) else 0

    @classmethod
    def prescribed(cls, ms: int) -> Time:
        return cls(ms, ms, ms, Source.PRESCRIBED)

    @classmethod
    def editorial(cls, minimum: int, natural: int, maximum: int) -> Time:
        return cls(minimum, natural, maximum, Source.EDITORIAL)

    def __str__(self) -> str:
        natural = format_ms(self.natural)
        limits = f"{format_ms(self.minimum)}-{format_ms(self.maximum)}"
        match self.source:
            case Source.PRESCRIBED:
                return natural
            case Source.RANGE:
                return limits
            case Source.EDITORIAL:
                return f"~{natural} ({limits})"


def format_ms(ms: int) -> str:
    """The shortest way to write a time: `500ms`, `3s`, `1.5s`, `1:30`."""
    if 0 < ms < 1000:
        return f"{ms}ms"
    seconds, rest = divmod(ms, 1000)
    if rest:
        return f"{seconds}.{rest:03d}".rstrip("0") + "s"
    if ms < 60_000:
        return f"{seconds}s"
    return clock(ms)


def parse_time(text: str) -> Time:
    """Read a time, a range or an editorial time.

    Raises ValueError with what is allowed.
    """
    text = _tidy(text)
    if text.startswith("~"):
        return _parse_editorial(text)
    if _is_range(text):
        low, high = _parse_range(text)
        return Time(low, high, high, Source.RANGE)
    return Time.prescribed(parse_ms(text))


def in_breaths(text: str) -> bool:
    """Whether a text means to be a time in breaths."""
    return _BREATH.search(text) is not None


def breaths(text: str, breath: tuple[Time, Time] | None) -> Time | None:
    """Read `inhale`, `exhale` or `5 breaths`, given how long inhale and exhale last.

    None if the text names no breath. Raises ValueError if it can't be read, or
    when nobody said how long a breath is.
    """
    text = _tidy(text)
    found = _BREATHS.fullmatch(text)
    if found is None:
        if in_breaths(text):
            raise ValueError("is not a time in breaths; write inhale, exhale or 5 breaths")
        return None
    if breath is None:
        raise ValueError(
            "is a time in breaths, so the routine must say how long one is: "
            "breath: {inhale: 4s, exhale: 4s}"
        )
    inhale, exhale = breath
    one = (inhale.natural, exhale.natural)
    if found["count"] is None:
        return replace(exhale if found["half"] == "exhale" else inhale, breath=one)
    count = int(found["count"])
    parts = (inhale, exhale)
    minimum, natural, maximum = (
        _within_a_day(count * sum(getattr(part, limit) for part in parts))
        for limit in ("minimum", "natural", "maximum")
    )
    free = any(part.source is Source.EDITORIAL for part in parts)
    return Time(minimum, natural, maximum, Source.EDITORIAL if free else Source.PRESCRIBED, one)


def parse_ms(text: str) -> int:
    """Read one length of time in milliseconds. Raises ValueError with what is allowed."""
    text = _tidy(text)
    if match := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        if seconds > _LAST or (match[1] and minutes > _LAST):
            raise ValueError(f"{quoted(text)} has more than 59 after a colon")
        return _within_a_day((hours * 3600 + minutes * 60 + seconds) * 1000)
    if _BARE.fullmatch(text):
        raise ValueError(f"{quoted(text)} has no unit; {_EXAMPLES}")
    match = _AMOUNT.fullmatch(text)
    if not text or match is None:
        raise ValueError(_no_time(text))
    parts = {unit: number for unit, number in match.groupdict().items() if number}
    whole, rest = divmod(
        sum(_millionths(number) * UNITS[unit][0] for unit, number in parts.items()), 1_000_000
    )
    if rest:
        raise ValueError(f"{quoted(text)} is finer than a millisecond")
    return _within_a_day(whole)


def is_length(text: str) -> bool:
    """Whether a text looks like a length, or the unit of one: `20`, `20m`, `minutes`."""
    if not text:
        return False
    unit = any(re.fullmatch(words, text) for _, words in UNITS.values())
    return unit or _BARE.fullmatch(text) is not None or _AMOUNT.fullmatch(text) is not None


def _millionths(number: str) -> int:
    whole, _, rest = number.partition(".")
    return int(whole) * 1_000_000 + int(rest.ljust(6, "0"))


def _tidy(text: str) -> str:
    """Single spaces, a plain dash for `to`; and short, before a regular expression sees it."""
    if len(text) > _LONGEST_TEXT:
        raise ValueError(f"{quoted(text)} is not a time; {_EXAMPLES}")
    return _TO.sub("-", " ".join(text.split()))


def _no_time(text: str) -> str:
    if not text:
        return f"is not a time; {_EXAMPLES}"
    if text[0] == "-" and text[1:].strip()[:1].isdigit():
        return f"{quoted(text)} is below zero; {_EXAMPLES}"
    if _DECIMAL_COMMA.fullmatch(text):
        return f"{quoted(text)} has a decimal comma; write a point, as in 1.5s"
    other = _OTHER_UNIT.fullmatch(text)
    if other:
        return f"{quoted(text)}: {quoted(other[1])} is not a unit; the units are ms, s, min and h"
    return f"{quoted(text)} is not a time; {_EXAMPLES}"


def _is_range(text: str) -> bool:
    return "-" in text.removeprefix("-")


def _parse_range(text: str) -> tuple[int, int]:
    first, _, last = (part.strip() for part in text.partition("-"))
    if not first or not last or "-" in last:
        raise ValueError(f"{quoted(text)} is not a range; write two times, such as 10-15s")
    unit = _LAST_UNIT.fullmatch(last)
    bare = re.fullmatch(r"[0-9.]+", first)
    if bare and not unit and ":" not in last:
        raise ValueError(f"{quoted(text)} has no unit; write it with its unit, such as 10-15s")
    if bare and unit:
        first += unit[1]
    low, high = parse_ms(first), parse_ms(last)
    if low >= high:
        raise ValueError(f"the range {quoted(text)} must go from a shorter to a longer time")
    return low, high


def _parse_editorial(text: str) -> Time:
    match = _EDITORIAL.fullmatch(text)
    if match is None or _is_range(match["natural"]):
        raise ValueError(f"{quoted(text)} is not an editorial time; write it as ~3s or ~3s (2-5s)")
    natural = parse_ms(match["natural"])
    if match["limits"] is None:
        return _around(natural)
    low, high = _parse_range(match["limits"])
    if not low <= natural <= high:
        raise ValueError(f"{quoted(text)}: the natural time must lie inside its limits")
    return Time.editorial(low, natural, high)


def _around(natural: int) -> Time:
    """Unless the writer says otherwise, a free time may shrink by a third or grow by a half."""
    if natural == 0:
        raise ValueError("'~0s' must be longer than zero, or have limits: ~0s (0-5s)")
    return Time.editorial(natural * 2 // 3, natural, min(natural * 3 // 2, LONGEST_MS))


def _within_a_day(ms: int) -> int:
    if ms > LONGEST_MS:
        raise ValueError("a time can be 24 hours at most")
    return ms
