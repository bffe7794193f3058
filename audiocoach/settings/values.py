"""The values of settings that are no mere number, switch or text."""

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
    """How much is told (`--coaching`); the counts are a matter of their own."""

    FULL = "full"
    BRIEF = "brief"
    MINIMAL = "minimal"
    FADE = "fade"
    """In full at first, then brief, then minimal, as sets and rounds go on."""


class Count(StrEnum):
    """Which seconds of a held or worked time are counted aloud."""

    AUTO = "auto"
    """Every one up to 5 s, the last ones of longer times."""
    EVERY = "every"
    EVERY_5 = "every-5"
    ENDS = "ends"
    OFF = "off"


class Direction(StrEnum):
    """Which way seconds are counted."""

    AUTO = "auto"
    """Up when every one is counted, else down."""
    UP = "up"
    DOWN = "down"


class Ambience(StrEnum):
    """A sound to lie under the voice (`--bed`) that is made here."""

    RAIN = "rain"
    BROOK = "brook"
    DRONE = "drone"


@dataclass(frozen=True, slots=True)
class Amount:
    """A length of its own for a class of pauses, or a factor for their own lengths."""

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
    """When the time left is told: so long before the end, or at so much of the time left."""

    ms: int | None = None
    percent: int = 0

    def left(self, length: int) -> int:
        """The time left (ms) at which it is told in a time of `length` ms."""
        return self.ms if self.ms is not None else length * self.percent // 100
