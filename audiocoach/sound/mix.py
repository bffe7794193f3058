"""The mix: a timeline as samples, a chunk at a time, so that no session is too long for memory."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from audiocoach.timeline.script import SAMPLE_RATE, Sound
from audiocoach.timeline.timeline import PlacedCue, Timeline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SamplesOf = Callable[[Sound], "NDArray[np.int16]"]
"""The samples of a sound (48 kHz mono)."""
CHUNK: Final = 10 * SAMPLE_RATE


def chunks(timeline: Timeline, samples_of: SamplesOf) -> Iterator[NDArray[np.int16]]:
    """The whole session (48 kHz mono), `CHUNK` samples at a time, the last with what is left."""
    starts = [cue.start for cue in timeline.cues]
    ends = [cue.end for cue in timeline.cues]
    for start in range(0, timeline.total, CHUNK):
        end = min(start + CHUNK, timeline.total)
        heard = timeline.cues[bisect_right(ends, start) : bisect_left(starts, end)]
        yield mix(heard, start, end, samples_of)


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
