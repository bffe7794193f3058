"""The bed: a sound under a session, which is lowered while the coach speaks.

Its level follows from what is heard over it. While anything is said, or a chime sounds, it is as
far below the voice as was asked, by the gated loudness (BS.1770-4) of both over exactly those
times; in pauses it rises. So it depends neither on how loud a file is, nor on how much is said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from audiocoach.sound.loudness import (
    FULL_SCALE,
    HOP,
    TARGET_LUFS,
    Samples,
    gated,
    hop_energies,
    integrated,
    short_term,
    to_gain,
)
from audiocoach.timeline.script import SAMPLES_PER_MS
from audiocoach.timeline.timeline import PlacedCue, Timeline

if TYPE_CHECKING:
    from audiocoach.sound.studio import Takes

_RISE_DB: Final = 8.0
"""How much louder it is in a pause: 12 dB under the voice, where it is 20 under it in speech."""
_DOWN: Final = 500 * SAMPLES_PER_MS
"""It goes down so long before a word, and draws the ear to it."""
_HELD: Final = 500 * SAMPLES_PER_MS
"""It stays down so long after one."""
_UP: Final = 2000 * SAMPLES_PER_MS
"""And takes so long to come up again."""
_PAUSE: Final = 6000 * SAMPLES_PER_MS
"""In a shorter pause it stays down: else it would breathe with every count."""
_FADE_IN: Final = 2000 * SAMPLES_PER_MS
_FADE_OUT: Final = 4000 * SAMPLES_PER_MS


class Loop(Protocol):
    """A sound (48 kHz mono) whose end continues at its start."""

    @property
    def length(self) -> int:
        """Samples."""

    @property
    def energies(self) -> NDArray[np.float64]:
        """How loud each 100 ms of it is (`hop_energies`)."""

    def read(self, at: int, count: int) -> NDArray[np.int16]:
        """That many samples of the endless loop, from `at` on."""


@dataclass(frozen=True, slots=True)
class Held:
    """A loop in memory."""

    samples: NDArray[np.int16]

    @property
    def length(self) -> int:
        return len(self.samples)

    @property
    def energies(self) -> NDArray[np.float64]:
        return hop_energies(self.samples)

    def read(self, at: int, count: int) -> NDArray[np.int16]:
        first = at % self.length
        part = self.samples[first : first + count]
        if len(part) == count:
            return part
        return np.concatenate([part, np.resize(self.samples, count - len(part))])


@dataclass(frozen=True, slots=True)
class Bed:
    """A sound under a session, and how far below the voice it is."""

    open: Callable[[int], Loop]
    """Returns its loop, for a session of that many samples."""
    level: int
    """dB under the voice while anything is said."""
    least: int
    """How many dB below the voice even its loudest 3 s are."""

    key: Callable[[], str]
    """Gives a name for the samples of its loop: equal keys, equal samples. Raises UsageError."""

    def under(self, timeline: Timeline, takes: Takes) -> Laid:
        """The bed, fitted to a session. Raises UsageError or VoiceError."""
        loop = self.open(timeline.total)
        energies = loop.energies
        heard = [energies[hop] for cue in timeline.cues for hop in _hops(cue, loop.length)]
        beneath = integrated(np.array(heard), HOP * len(heard)) if heard else TARGET_LUFS
        spoken = _spoken(timeline, takes)
        low = min(spoken - self.level - beneath, spoken - self.least - short_term(energies))
        gain = to_gain(low) / FULL_SCALE
        high = gain * to_gain(_RISE_DB)
        slopes = _slope(high, gain, _DOWN), _slope(gain, high, _UP)
        return Laid(loop, gain, high, *slopes, tuple(_ducked(timeline)), timeline.total)


def _hops(cue: PlacedCue, length: int) -> Iterator[int]:
    """The hops of a loop of that length that lie under a cue."""
    for at in range(cue.start, cue.end, HOP):
        yield at % length // HOP


def _spoken(timeline: Timeline, takes: Takes) -> float:
    """The loudness (LUFS) of all that is heard, each sound weighed as often as it comes."""
    times = Counter(cue.sound for cue in timeline.cues)
    loud, lengths = takes.loudness(times), takes.lengths
    return gated((loud[sound], times[sound] * lengths[sound]) for sound in times)


def _ducked(timeline: Timeline) -> Iterator[tuple[int, int]]:
    """From when to when (samples) the bed is down."""
    down, up = -_PAUSE, -_PAUSE
    for cue in timeline.cues:
        if cue.start - up >= _PAUSE:
            if up > 0:
                yield down, up
            down = cue.start
        up = cue.end + _HELD
    if up > 0:
        yield down, up


@dataclass(frozen=True, slots=True)
class Laid:
    """A bed fitted to one session."""

    loop: Loop
    low: float
    """Its gain under speech, from 16 bit to floats."""
    high: float
    """Its gain in pauses."""
    falling: Samples
    rising: Samples
    ducked: tuple[tuple[int, int], ...]
    total: int

    def put(self, sound: Samples, start: int) -> None:
        """Fill `sound` with the bed from `start` of the session on, 1.0 being full scale."""
        self._put_gains(sound, start)
        sound *= self.loop.read(start, len(sound))

    def _put_gains(self, gains: Samples, start: int) -> None:
        """The gain of each sample."""
        gains[:] = self.high
        end = start + len(gains)
        first = bisect_left(self.ducked, start - _UP, key=lambda span: span[1])
        for down, up in self.ducked[first:]:
            if down - _DOWN >= end:
                break
            gains[max(down - start, 0) : max(up - start, 0)] = self.low
            _put(gains, down - _DOWN - start, self.falling)
            _put(gains, up - start, self.rising)
        _fade(gains, -start, min(_FADE_IN, self.total // 4))
        _fade(gains[::-1], end - self.total, min(_FADE_OUT, self.total // 4))


def _slope(first: float, last: float, length: int) -> Samples:
    """From one gain to another, by as many decibels each moment."""
    return np.geomspace(first, last, length, endpoint=False, dtype=np.float32)


def _put(gains: Samples, at: int, part: Samples) -> None:
    """Put a part into gains, as far as it reaches into them."""
    start, end = max(at, 0), min(at + len(part), len(gains))
    if start < end:
        gains[start:end] = part[start - at : end - at]


def _fade(gains: Samples, at: int, length: int) -> None:
    """Let gains come up from 0 at the place `at`, which may be before their first."""
    end = min(at + length, len(gains))
    if end > 0 and at <= 0:
        gains[:end] *= (np.arange(-at, end - at, dtype=np.float32) / np.float32(length)) ** 2
