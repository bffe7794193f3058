"""The mix: a timeline as samples, a chunk at a time, so that a session of any length fits in
memory.

Over a bed, the sum of voice and bed is kept under the ceiling of the limiter.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from audiocoach.timeline.script import FRAME_SAMPLES, SAMPLE_RATE, Sound
from audiocoach.timeline.timeline import PlacedCue, Timeline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audiocoach.sound.bed import Laid

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

    def mixed(start: int, end: int) -> NDArray[np.int16]:
        heard = timeline.cues[bisect_right(ends, start) : bisect_left(starts, end)]
        return mix(heard, start, end, samples_of)

    for start in range(0, timeline.total, CHUNK):
        end = min(start + CHUNK, timeline.total)
        if bed:
            yield _over(bed, mixed, start, end)
        elif awake:
            yield mixed(start, end) + hum(start, end)
        else:
            yield mixed(start, end)


def _over(
    bed: Laid, mixed: Callable[[int, int], NDArray[np.int16]], start: int, end: int
) -> NDArray[np.int16]:
    """The samples from `start` to `end` of the session over its bed.

    The limiter hears what comes before and after, and so does the same to either side of `start`.
    """
    from audiocoach.sound.limiter import limit
    from audiocoach.sound.loudness import to_float, to_pcm

    first, last = max(start - _AROUND, 0), min(end + _AROUND, bed.total)
    sound = bed.samples(first, last)
    sound += to_float(mixed(first, last))
    return to_pcm(limit(sound)[start - first : end - first])


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
    for cue in cues:
        samples = samples_of(cue.sound)
        if len(samples) != cue.length:
            raise ValueError(f"{cue.sound} has {len(samples)} samples, not {cue.length}")
        first, last = max(cue.start, start), min(cue.end, end)
        mixed[first - start : last - start] = samples[first - cue.start : last - cue.start]
    return mixed
