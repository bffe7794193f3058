"""The limiter: keeps true peaks under a ceiling, where the gain of a voice raises them too far."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import soxr
from numpy.typing import NDArray

from audiocoach.sound.loudness import Samples, to_gain
from audiocoach.timeline.script import SAMPLE_RATE

CEILING_DBTP: Final = -1.5
"""True peak of what is encoded. Decoded MP3 overshoots it; -1 dBTP is what may come out."""

_OVERSAMPLING = 4
"""BS.1770-4, annex 2: enough to find a peak between samples within 0.6 dB, as a rule 0.1."""
_LOOK_AHEAD = 256
"""Samples (5.3 ms) over which the limiter's gain moves: a power of two."""
_RELEASE_DB_PER_SAMPLE = 100.0 / SAMPLE_RATE
"""The gain comes back at 100 dB a second: between syllables, not inside a pitch period."""
_BLOCK = 256
"""Samples of which the limiter asks at once whether a true peak can be there.

No fewer than `_LOOK_AHEAD`, nor than the resampler looks to either side (93).
"""
SILENCE: Final = 4 * _BLOCK
"""Samples of silence around a sound, so that no stretch begins or ends in it or before it.

A hard edge bends the first block beside it and may be suspected in the second; a
stretch has two more.
"""
_TINY = 1e-6
"""Magnitude that nobody looks for."""
_BEND = 0.65
"""How far the resampler bulges between two samples, for a bend of 1 (a test measures 0.61)."""
_SHARPEST: Final = 4.01
"""No bend is more than four times as high as the highest of its three samples, and a rounding."""


def limit(samples: Samples, ceiling: float = CEILING_DBTP) -> Samples:
    """Keep the true peak under `ceiling` (dBTP) by lowering the gain ahead of each peak.

    Most of speech is far below any ceiling, and finding true peaks is costly: only the stretches
    that could contain one are examined. The rest stays as it is.
    """
    padded = _padded(samples)
    hold(padded, ceiling)
    return padded[SILENCE:][: len(samples)]


def room(length: int) -> int:
    """How many samples it takes to `hold` a sound of that length: whole blocks."""
    return 2 * SILENCE + length + -length % _BLOCK


def _padded(samples: Samples) -> Samples:
    return np.pad(samples, (SILENCE, room(len(samples)) - SILENCE - len(samples)))


def hold(padded: Samples, ceiling: float = CEILING_DBTP) -> None:
    """Limit in place a sound that comes after `SILENCE`, and has at least as much after it."""
    top = to_gain(ceiling)
    for stretch in _stretches(padded.reshape(-1, _BLOCK), top):
        part = padded[stretch]
        over = _peaks(part) / np.float32(top)
        # Where a stretch is cut out of the sound, the resampler sees an edge that is not there.
        over[:_BLOCK] = over[-_BLOCK:] = 0
        if over.max() > 1:
            part *= _gain(over)


def true_peak(samples: Samples, inner: slice, known: float = 0.0) -> float:
    """The highest true magnitude (1.0 is full scale) in part of a sound, or `known` if higher.

    The sound around `inner` is only context: the resampler rings where a sound is cut off. Only the
    stretches that could exceed `known` are examined.
    """
    padded = _padded(samples)
    highest = max(known, float(np.abs(samples[inner]).max(initial=0.0)))
    first, last, _ = inner.indices(len(samples))
    for stretch in _stretches(padded.reshape(-1, _BLOCK), max(highest, _TINY)):
        peaks = _peaks(padded[stretch])
        start = max(first + SILENCE - stretch.start, _BLOCK)
        end = min(last + SILENCE - stretch.start, len(peaks) - _BLOCK)
        highest = max(highest, float(peaks[start : max(end, start)].max(initial=0.0)))
    return highest


def _peaks(samples: Samples) -> Samples:
    """The highest true magnitude from each sample's neighbour before it to the one after."""
    fine = np.zeros(len(samples) * _OVERSAMPLING, np.float32)
    resampled = soxr.resample(samples, SAMPLE_RATE, SAMPLE_RATE * _OVERSAMPLING, "HQ")
    np.abs(resampled, out=fine[: len(resampled)])
    fine[::_OVERSAMPLING] = np.abs(samples)  # known exactly
    # From each sample to the next. Halving twice is ten times as fast as a row maximum.
    halves = np.maximum(fine[0::2], fine[1::2])
    peaks = np.maximum(halves[0::2], halves[1::2])
    peaks[1:] = np.maximum(peaks[1:], peaks[:-1])
    return peaks


def _stretches(blocks: Samples, top: float) -> list[slice]:
    """The samples around every block in which a true peak may be over `top`.

    Each has room for the gain to move: a block ahead (`_LOOK_AHEAD`), then the release and
    a block for the averages; and one block more at either end.
    """
    highest = _highest(blocks, top)
    decibels = 20 * math.log10(max(float(highest.max()), top) / top)
    release = math.ceil(decibels / (_RELEASE_DB_PER_SAMPLE * _BLOCK))
    before, after = 2, 1 + release + 2  # `after` counts the block itself
    suspects = np.flatnonzero(highest > top)
    apart = np.flatnonzero(np.diff(suspects) > before + after) + 1
    runs = [run for run in np.split(suspects, apart) if len(run)]
    return [slice((run[0] - before) * _BLOCK, (run[-1] + after) * _BLOCK) for run in runs]


def _highest(blocks: Samples, top: float) -> Samples:
    """What no true peak in a block exceeds; only its level where none can be over `top`.

    Between two samples a band-limited sound leaves the straight line through them by no
    more than `_BEND` times its sharpest bend (second difference) in reach of the resampler.
    """
    level: Samples = np.maximum(blocks.max(axis=1), -blocks.min(axis=1))
    most = _BEND * _SHARPEST * _with_neighbours(_with_neighbours(level))
    loud = level + most > top
    if loud.any():
        bend = np.zeros_like(level)
        # Around these it is silent.
        reached = np.flatnonzero(_with_neighbours(loud.astype(np.float32))[1:-1]) + 1
        bend[reached] = _bends(blocks, reached)
        level[loud] += np.float32(_BEND) * _with_neighbours(bend)[loud]
    return level


def _with_neighbours(values: Samples) -> Samples:
    """The highest of each value and the two beside it; the first and the last alone."""
    highest = values.copy()
    np.maximum(np.maximum(values[:-2], values[2:]), values[1:-1], out=highest[1:-1])
    return highest


def _bends(blocks: Samples, chosen: NDArray[np.intp]) -> Samples:
    """The sharpest second difference at the samples of each chosen block, none at either end."""
    wider = np.lib.stride_tricks.sliding_window_view(blocks.reshape(-1), _BLOCK + 2)
    around = wider[chosen * _BLOCK - 1]
    middle = around[:, 1:-1]
    bends = around[:, :-2] + around[:, 2:]
    bends -= middle
    bends -= middle
    return np.asarray(np.maximum(bends.max(axis=1), -bends.min(axis=1)))


def _gain(over: Samples) -> Samples:
    """The factor for each sample, given how many times over the ceiling its peak is.

    The gain a peak needs is held from `_LOOK_AHEAD` before it, comes back at the
    release rate, and is averaged over `_LOOK_AHEAD` samples. Every value averaged at
    a peak is low enough for it, so the average is too.
    """
    needed = -20 * np.log10(np.maximum(over, 1.0), dtype=np.float64)
    ramp = _RELEASE_DB_PER_SAMPLE * np.arange(len(needed))
    held = np.minimum(np.minimum.accumulate(_lowest_ahead(needed) - ramp) + ramp, 0.0)
    gain = _average(_average(held, _LOOK_AHEAD // 2), _LOOK_AHEAD // 2)
    return np.asarray(10 ** (gain / 20), np.float32)


def _lowest_ahead(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The minimum of each value and the `_LOOK_AHEAD` - 1 after it, by doubling the reach."""
    lowest = values.copy()
    reach = 1
    while reach < _LOOK_AHEAD:
        lowest[:-reach] = np.minimum(lowest[:-reach], lowest[reach:])
        reach *= 2
    return lowest


def _average(values: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """The mean of each value and the `length` - 1 before it (the first value's before all)."""
    sums = np.cumsum(np.concatenate([np.full(length, values[0]), values]))
    return np.asarray((sums[length:] - sums[:-length]) / length)
