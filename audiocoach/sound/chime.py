"""The chimes: struck bells, soft enough not to startle anyone, each distinct from the others.

A chime is a row of the table: its notes and its length. Key and length are known
without synthesising it, so that a session whose objects are cached needs no numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiocoach.timeline.script import FRAME_SAMPLES, SAMPLE_RATE, Chime

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = 1
"""Raise it if a chime should sound different: part of the cache key."""
LEVEL_LUFS = -20.0


@dataclass(frozen=True, slots=True)
class Note:
    """A struck note."""

    at: int
    """Milliseconds into the chime."""
    hertz: float
    decay: int
    """Milliseconds in which the fundamental falls to 1/e."""


@dataclass(frozen=True, slots=True)
class Strike:
    """A chime: its notes, and its length in frames of 24 ms."""

    frames: int
    notes: tuple[Note, ...]


CHIMES = {
    # A rising fifth: here we go.
    Chime.START: Strike(50, (Note(0, 523.25, 260), Note(240, 783.99, 300))),
    # One note twice: over to the other side.
    Chime.SIDE: Strike(25, (Note(0, 659.26, 90), Note(200, 659.26, 120))),
    # A low bowl that rings on: nothing is asked, time has passed.
    Chime.BELL: Strike(62, (Note(0, 392.0, 520),)),
    # A falling triad that comes home: that was it.
    Chime.END: Strike(62, (Note(0, 783.99, 240), Note(240, 659.26, 260), Note(480, 523.25, 340))),
}

_PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.35, 0.6), (3.01, 0.12, 0.35), (4.18, 0.06, 0.2))
"""A bell's partials: frequency, amplitude and decay time, relative to the fundamental."""
_ATTACK = 0.004
"""Seconds until a note is at full height: soft, yet at once on its beat."""
_FADE = 0.08
"""Seconds at the end in which all that still rings is faded out."""


def identity(chime: Chime) -> str:
    """A name for the samples of a chime."""
    return f"chime {chime} {VERSION}"


def length(chime: Chime) -> int:
    """Length in samples (48 kHz): a whole number of frames."""
    return CHIMES[chime].frames * FRAME_SAMPLES


def render(chime: Chime) -> NDArray[np.int16]:
    """The samples of a chime (48 kHz mono), at `LEVEL_LUFS` and under the ceiling."""
    import numpy as np

    from audiocoach.sound.limiter import limit
    from audiocoach.sound.loudness import loudness, to_gain, to_pcm

    time = np.arange(length(chime)) / SAMPLE_RATE
    sound = sum(_struck(time, note) for note in CHIMES[chime].notes)
    sound = (sound * np.clip((time[-1] - time) / _FADE, 0, 1)).astype(np.float32)
    return to_pcm(limit(sound * np.float32(to_gain(LEVEL_LUFS - loudness(sound)))))


def _struck(time: NDArray[np.float64], note: Note) -> NDArray[np.float64]:
    """One struck note, silent before it is struck."""
    import numpy as np

    since = np.maximum(time - note.at / 1000, 0)
    attack = np.sin(np.pi / 2 * np.clip(since / _ATTACK, 0, 1))
    # One partial after the other: all at once would be the largest thing a build holds.
    ringing = np.zeros_like(since)
    for ratio, amplitude, decay in _PARTIALS:
        envelope = amplitude * np.exp(-since / (note.decay / 1000 * decay))
        ringing += envelope * np.sin(2 * np.pi * note.hertz * ratio * since)
    return np.asarray(attack * ringing)
