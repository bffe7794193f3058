"""How a session is told: the pace flags. None of them changes what is prescribed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from audiocoach.routine.times import Source, Time
from audiocoach.timeline.script import Span


class Pace(StrEnum):
    """How much time there is between things; not how fast the voice speaks (`--rate`)."""

    SLOW = "slow"
    NORMAL = "normal"
    BRISK = "brisk"


@dataclass(frozen=True, slots=True)
class _Factors:
    """Percent of the natural time, and the pause between sentences (ms)."""

    gap: int
    tempo: int
    sentence_pause: int


# Pauses between clauses help older listeners remember (Holland and Fletcher 2000,
# doi 10.1080/00049530008255382); their length and the factors are our judgement.
_FACTORS = {
    Pace.SLOW: _Factors(gap=135, tempo=120, sentence_pause=720),
    Pace.NORMAL: _Factors(gap=100, tempo=100, sentence_pause=504),
    Pace.BRISK: _Factors(gap=75, tempo=85, sentence_pause=408),
}


@dataclass(frozen=True, slots=True)
class Coaching:
    """The options of the compiler.

    `duration` is the length (ms) the session will be fitted to, None when it
    takes its natural length: the welcome says it.
    """

    pace: Pace = Pace.NORMAL
    duration: int | None = None

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
