"""The mix: a timeline as samples, a chunk at a time, so that a session of any length fits in
memory.

Over a bed, the sum of voice and bed is kept under the ceiling of the limiter.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from audiocoach.timeline.script import FRAME_SAMPLES, SAMPLE_RATE, Sound
from audiocoach.timeline.timeline import PlacedCue, Timeline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audiocoach.sound.bed import Laid

    _Scalar = TypeVar("_Scalar", np.int16, np.float32)

SamplesOf = Callable[[Sound], "NDArray[np.int16]"]
"""The samples of a sound (48 kHz mono)."""
CHUNK: Final = 10 * SAMPLE_RATE
_AROUND: Final = 8192
"""Samples that the limiter hears on either side of a chunk; it looks 5 ms ahead, and has let go of
a peak of 12 dB after 130 ms."""
HUM_PEAK: Final = 64
"""Of 32768: -54 dBFS."""


def chunks(
    timeline: Timeline, samples_of: SamplesOf, bed: Laid | None = None, *, awake: bool = False
) -> Iterator[NDArray[np.int16]]:
    """The whole session (48 kHz mono), `CHUNK` samples at a time, the last with what is left.

    Under it is a `bed` or, to keep equipment `awake`, an inaudible hum.
    """
    starts = [cue.start for cue in timeline.cues]
    ends = [cue.end for cue in timeline.cues]

    def heard(start: int, end: int) -> Sequence[PlacedCue]:
        return timeline.cues[bisect_right(ends, start) : bisect_left(starts, end)]

    if bed:
        yield from _over(bed, heard, samples_of)
        return
    for start in range(0, timeline.total, CHUNK):
        end = min(start + CHUNK, timeline.total)
        mixed = mix(heard(start, end), start, end, samples_of)
        yield mixed + hum(start, end) if awake else mixed


def _over(
    bed: Laid, heard: Callable[[int, int], Sequence[PlacedCue]], samples_of: SamplesOf
) -> Iterator[NDArray[np.int16]]:
    """A session over its bed; what is mixed has one place in memory, for all chunks.

    The limiter hears what comes before and after, and so does the same to either side of a cut.
    """
    import numpy as np

    from audiocoach.sound.limiter import SILENCE, hold, room
    from audiocoach.sound.loudness import FULL_SCALE, rounded, to_float

    place = np.zeros(room(CHUNK + 2 * _AROUND), np.float32)
    for start in range(0, bed.total, CHUNK):
        end = min(start + CHUNK, bed.total)
        first, last = max(start - _AROUND, 0), min(end + _AROUND, bed.total)
        sound = place[SILENCE:][: last - first]
        bed.put(sound, first)
        _add(sound, first, heard(first, last), lambda each: to_float(samples_of(each)))
        place[SILENCE + len(sound) :] = 0
        hold(place[: room(len(sound))])
        part = sound[start - first : end - first]
        part *= FULL_SCALE
        yield rounded(part)


def hum(start: int, end: int) -> NDArray[np.int16]:
    """The sine in the gaps of an MP3 that keeps equipment awake (`mp3.Coding.hum_frame`)."""
    import numpy as np

    at = np.arange(start, end) % FRAME_SAMPLES
    sine = HUM_PEAK * np.sin(2 * np.pi * np.arange(FRAME_SAMPLES) / FRAME_SAMPLES)
    return np.asarray(np.rint(sine).astype(np.int16)[at])


def mix(
    cues: Iterable[PlacedCue], start: int, end: int, samples_of: SamplesOf
) -> NDArray[np.int16]:
    """The samples from `start` to `end` (exclusive) of a session, in which only `cues` sound."""
    import numpy as np

    mixed = np.zeros(end - start, np.int16)
    _add(mixed, start, cues, samples_of)
    return mixed


def _add(
    sound: NDArray[_Scalar],
    start: int,
    cues: Iterable[PlacedCue],
    samples_of: Callable[[Sound], NDArray[_Scalar]],
) -> None:
    """Add cues to what sounds from `start` of a session on, as far as they reach into it."""
    end = start + len(sound)
    for cue in cues:
        samples = samples_of(cue.sound)
        if len(samples) != cue.length:
            raise ValueError(f"{cue.sound} has {len(samples)} samples, not {cue.length}")
        first, last = max(cue.start, start), min(cue.end, end)
        sound[first - start : last - start] += samples[first - cue.start : last - cue.start]
