"""The values of settings that are more than a number, a switch or a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Side = Literal["right", "left"]


class Pace(StrEnum):
    """How much time there is between things; not how fast the voice speaks (`--rate`)."""

    SLOW = "slow"
    NORMAL = "normal"
    BRISK = "brisk"


class Telling(StrEnum):
    """How much is explained (`--coaching`); counts have settings of their own."""

    FULL = "full"
    BRIEF = "brief"
    MINIMAL = "minimal"
    FADE = "fade"
    """In full at first, then brief, then minimal, as sets and rounds go on."""


class Count(StrEnum):
    """Which seconds of a hold or of timed work are counted aloud."""

    AUTO = "auto"
    """All of them up to 5 s, the last few of longer times."""
    EVERY = "every"
    EVERY_5 = "every-5"
    ENDS = "ends"
    OFF = "off"


class Direction(StrEnum):
    """Which way seconds are counted."""

    AUTO = "auto"
    """Up if all of them are counted, otherwise down."""
    UP = "up"
    DOWN = "down"


class Ambience(StrEnum):
    """A background sound (`--bed`) that is made here."""

    RAIN = "rain"
    BROOK = "brook"
    DRONE = "drone"


@dataclass(frozen=True, slots=True)
class Amount:
    """A length for a class of pauses, or a factor for their own lengths."""

    ms: int | None = None
    percent: int = 100

    def of(self, times: tuple[int, int, int]) -> tuple[int, int, int]:
        """The minimum, natural and maximum (ms) of such a pause."""
        if self.ms is not None:
            return self.ms, self.ms, self.ms
        minimum, natural, maximum = (time * self.percent // 100 for time in times)
        return minimum, natural, maximum


@dataclass(frozen=True, slots=True)
class Mark:
    """When the time left is announced: that long before the end, or at that percentage of it."""

    ms: int | None = None
    percent: int = 0

    def left(self, length: int) -> int:
        """The time left (ms) at which it is announced in a time of `length` ms."""
        return self.ms if self.ms is not None else length * self.percent // 100
