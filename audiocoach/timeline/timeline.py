"""The Timeline: every cue and marker at a sample position, total length known."""

from __future__ import annotations

from dataclasses import dataclass

from audiocoach.timeline.script import (
    Cue,
    Gap,
    Interval,
    IntervalKind,
    Marker,
    Sound,
    Utterance,
    Wait,
)


@dataclass(frozen=True, slots=True)
class PlacedCue:
    """A cue whose sound begins at sample `start` and lasts `length` samples (48 kHz)."""

    start: int
    length: int
    sound: Sound
    cue: Cue
    beat: int | None = None
    """The sample at which its beat is heard, if it is placed by that."""

    @property
    def end(self) -> int:
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class PlacedMarker:
    """A marker at sample `at`."""

    at: int
    marker: Marker


@dataclass(frozen=True, slots=True)
class PlacedSpan:
    """A gap or interval with the length (samples) the fit gave it."""

    start: int
    length: int
    item: Gap | Interval

    @property
    def end(self) -> int:
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A note on a cue that is not heard because its gap or interval has no room for it."""

    sound: Sound
    line: int
    """The line of the routine; 0 for a cue that was added by audiocoach."""
    kind: IntervalKind | Wait
    """What kind of thing has no room."""
    label: str
    """The routine's name for it; empty if it has none."""
    length: int
    """Its length in ms."""
    beside: Sound | None = None
    """What takes the room, if not the other end of the interval."""
    matters_less: bool = False
    """Whether it matters less than what takes the room."""


@dataclass(frozen=True, slots=True)
class Hurried:
    """A note on a word that is spoken faster to fit its beat; lengths in samples."""

    sound: Utterance
    natural: int
    length: int


Note = LeftOut | Hurried


@dataclass(frozen=True, slots=True)
class Fit:
    """How the target was met. Lengths in ms."""

    shortest: int
    natural: int
    longest: int
    total: int

    @property
    def used(self) -> int:
        """The percentage of the possible stretch (or, if negative, shrink) that was used."""
        if self.total >= self.natural:
            room = self.longest - self.natural
        else:
            room = self.natural - self.shortest
        return round(100 * (self.total - self.natural) / room) if room else 0


@dataclass(frozen=True, slots=True)
class Timeline:
    """The session in time: cues in order of start, never overlapping."""

    title: str
    language: str
    cues: tuple[PlacedCue, ...]
    markers: tuple[PlacedMarker, ...]
    spans: tuple[PlacedSpan, ...]
    total: int
    """Length in samples at 48 kHz."""
    fit: Fit
    notes: tuple[Note, ...] = ()
    """What was left out or shortened to keep cues from overlapping, and why."""
