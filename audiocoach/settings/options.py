"""How a session is told: the pace flags. None of them changes what is prescribed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from audiocoach.routine.times import Source, Time
from audiocoach.timeline.script import Span

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


@dataclass(frozen=True, slots=True)
class _Factors:
    """Percent of the natural time, and the pause between sentences (ms)."""

    gap: int
    tempo: int
    sentence_pause: int


# Pauses between clauses help older listeners remember (Holland and Fletcher 2000,
# doi 10.1080/00049530008255382); their length and the factors are our judgement.
_FACTORS: Final = {
    Pace.SLOW: _Factors(gap=135, tempo=120, sentence_pause=720),
    Pace.NORMAL: _Factors(gap=100, tempo=100, sentence_pause=504),
    Pace.BRISK: _Factors(gap=75, tempo=85, sentence_pause=408),
}


@dataclass(frozen=True, slots=True)
class Coaching:
    """The options of the compiler. Not one of them changes what is prescribed."""

    duration: int | None = None
    """The length (ms) the session will be fitted to, None for its natural one: the welcome
    says it."""
    pace: Pace = Pace.NORMAL
    transition: Amount = Amount()
    """Pauses between exercises, sets and sides."""
    get_ready: Amount = Amount()
    """The pause between "Ready" and the count-in."""
    telling: Telling = Telling.FULL
    eyes_free: bool = False
    """Whether the `eyes_free` texts are told: position and direction by touch."""
    count: Count = Count.AUTO
    direction: Direction = Direction.AUTO
    countdown: int = 3
    """Seconds of the count-in before an effort, 0 for none."""
    warn_at: tuple[Mark, ...] = (Mark(10_000),)
    """When the time left is told in long times."""
    halfway: bool = True
    last_one: bool = True
    encouragement: bool = True
    seed: int = 0
    """Which of the encouraging lines come when."""
    chimes: bool = True
    breath: bool = True
    """Whether lines on breathing are told."""
    first_side: Side | None = None
    """The side to begin with, where both are done; None as the routine is written."""
    max_silence: int = 20_000
    """The longest stretch (ms) in which nothing is heard; 0 for no limit."""

    @property
    def sentence_pause(self) -> int:
        """Silence between two sentences (ms)."""
        return _FACTORS[self.pace].sentence_pause

    def gap(self, minimum: int, natural: int, maximum: int) -> Span:
        """A pause at this pace, inside its own limits (ms)."""
        return _scaled(minimum, natural, maximum, _FACTORS[self.pace].gap)

    def span(self, time: Time) -> Span:
        """A time of the routine at this pace: only what is not prescribed moves."""
        match time.source:
            case Source.PRESCRIBED:
                return Span.exactly(time.natural)
            case Source.RANGE:
                brisk = self.pace is Pace.BRISK
                return Span(time.minimum, time.minimum if brisk else time.maximum, time.maximum)
            case Source.EDITORIAL:
                percent = _FACTORS[self.pace].tempo
                return _scaled(time.minimum, time.natural, time.maximum, percent)


def _scaled(minimum: int, natural: int, maximum: int, percent: int) -> Span:
    return Span(minimum, min(max(natural * percent // 100, minimum), maximum), maximum)
