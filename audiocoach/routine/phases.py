"""The phases of a rep: a movement, a hold, a pause, or the one time it is worked in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Final, Self

from pydantic import PrivateAttr, model_validator

from audiocoach.routine.base import Model
from audiocoach.routine.time_values import AnyTime, FreeTime, OneTime
from audiocoach.routine.times import Source, Time
from audiocoach.routine.values import Flag, Name, Names
from audiocoach.routine.written import written_text

SHORT_MS: Final = 5_000
"""Up to this length every second of a phase is counted."""


class PhaseKind(StrEnum):
    """What a phase is to its rep, whatever it is called."""

    ACT = "act"
    HOLD = "hold"
    RELEASE = "release"
    LOWER = "lower"
    PAUSE = "pause"
    LIFT = "lift"
    REP = "rep"
    """A whole rep, with nothing prescribed inside it."""
    WORK = "work"
    """A whole set, by the clock."""
    OWN = "own"
    """What its words say, which the routine gives it."""

    @property
    def cue(self) -> str | None:
        """The phrase for one without words of its own; None where it needs none."""
        silent = (PhaseKind.HOLD, PhaseKind.REP, PhaseKind.WORK, PhaseKind.OWN)
        return None if self in silent else f"cue.{self}"


class Phase(Model):
    """One part of a rep: a movement, a hold, a pause."""

    say: Names | None = None
    time: AnyTime
    name: Name | None = None
    brief: Names | None = None
    """The word in later reps; without it, `say` again."""
    last: Names | None = None
    """The word in the last rep, which nothing follows."""
    chime: Flag = False
    """Whether a chime sounds on its first beat, before the word."""
    _kind: PhaseKind = PrivateAttr(default=PhaseKind.OWN)

    @property
    def heard_name(self) -> str | None:
        """Its name, where that is heard: as the word of a phase that has no other."""
        return None if self.say else self.name

    @property
    def kind(self) -> PhaseKind:
        """What it is to its rep; the way in which the rep is filled says so."""
        return self._kind

    def of(self, kind: PhaseKind) -> Self:
        """The same as a phase of that kind."""
        phase = self.model_copy()
        phase._kind = kind
        return phase


class Act(Phase):
    """What comes before a hold; if only its word is given, it takes the time it needs."""

    time: AnyTime = Time.editorial(800, 1500, 3000)


class Release(Phase):
    """What comes after a hold, in the same way."""

    time: AnyTime = Time.editorial(2000, 3000, 5000)


class Pause(Phase):
    """A pause of a tempo, which may be zero: a time, or a phase."""

    shorthand = FreeTime
    time: FreeTime

    @model_validator(mode="before")
    @classmethod
    def _just_a_time(cls, value: Any) -> Any:
        return {"time": value} if isinstance(value, str | Time) else value


class Movement(Pause):
    """A movement of a tempo: the same, longer than zero."""

    shorthand = OneTime
    time: OneTime


_Digits = Annotated[
    str,
    written_text(
        "Digits",
        "Four prescribed phases in seconds, such as 3-1-2-0: lower, pause, lift, pause.",
        r"^0*[1-9][0-9]*-[0-9]+-0*[1-9][0-9]*-[0-9]+$",
        ["3-1-2-0"],
        patternErrorMessage="Four numbers of seconds, such as 3-1-2-0; lower and lift are "
        "longer than zero.",
    ),
]


class Tempo(Model):
    """The four phases of a rep in the standard order.

    The digits `3-1-2-0` are the shorthand, in seconds: eccentric, pause, concentric,
    pause (strengthandconditioning.com/glossary/tempo-notation).
    """

    shorthand = _Digits
    eccentric: Movement
    bottom_pause: Pause = Pause(time=Time.prescribed(0))
    concentric: Movement
    top_pause: Pause = Pause(time=Time.prescribed(0))

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not re.fullmatch(r"[0-9]+(-[0-9]+){3}", value):
            raise ValueError(
                "is not a tempo; write four numbers of seconds such as 3-1-2-0 "
                "(eccentric, pause, concentric, pause), or name the phases"
            )
        times = (f"{digit}s" for digit in value.split("-"))
        return dict(zip(cls.model_fields, times, strict=True))

    @property
    def phases(self) -> tuple[Phase, ...]:
        """All four, in order; a pause may be zero."""
        return (
            self.eccentric.of(PhaseKind.LOWER),
            self.bottom_pause.of(PhaseKind.PAUSE),
            self.concentric.of(PhaseKind.LIFT),
            self.top_pause.of(PhaseKind.PAUSE),
        )

    def __str__(self) -> str:
        return " - ".join(str(phase.time) for phase in self.phases)


def whole_ms(phases: Iterable[Phase]) -> int | None:
    """How long phases take together (ms); None where one of them is not prescribed exactly."""
    times = [phase.time for phase in phases]
    if any(time.source is not Source.PRESCRIBED for time in times):
        return None
    return sum(time.natural for time in times)
