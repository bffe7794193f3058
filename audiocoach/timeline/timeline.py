"""The Timeline: every cue and marker at a sample position, total length known."""

from __future__ import annotations

from dataclasses import dataclass

from audiocoach.timeline.script import Cue, Gap, Interval, Marker, Sound


@dataclass(frozen=True, slots=True)
class PlacedCue:
    """A cue whose sound begins at sample `start` and lasts `length` samples (48 kHz)."""

    start: int
    length: int
    sound: Sound
    cue: Cue

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


@dataclass(frozen=True, slots=True)
class Fit:
    """How the target was met. Lengths in ms."""

    shortest: int
    natural: int
    longest: int
    total: int

    @property
    def used(self) -> int:
        """Percent of the stretch (or, negative, of the shrink) there is that was used."""
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
    notes: tuple[str, ...] = ()
    """What was dropped or shortened to keep cues from overlapping, and why."""
