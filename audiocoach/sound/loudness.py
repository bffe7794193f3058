"""Loudness and peaks: one gain for a voice, and a limiter for what it lifts too high.

Loudness is that of ITU-R BS.1770-4 with its two gates, as EBU R 128 asks; the target
and the ceiling are those podcast players expect of mono speech.
Samples are floats at 48 kHz, 1.0 being full scale; loudness takes 16-bit ones as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import numpy as np
import soxr
from numpy.typing import NDArray

from audiocoach.errors import VoiceError
from audiocoach.timeline.script import SAMPLE_RATE

Samples = NDArray[np.float32]
Sound = Samples | NDArray[np.int16]
_FULL_SCALE = 32768

TARGET_LUFS: Final = -19.0
"""Mono speech as loud as stereo at -16 LUFS (Apple Podcasts; AES TD1004 allows -16 to -20)."""
CEILING_DBTP: Final = -1.5
"""True peak of what is encoded. Decoded MP3 overshoots it; -1 dBTP is what may come out."""

_STAGES = (
    (  # BS.1770-4, table 1: the head, as a high shelf
        (1.53512485958697, -2.69169618940638, 1.19839281085285),
        (1.0, -1.69065929318241, 0.73248077421585),
    ),
    (  # BS.1770-4, table 2: RLB, a high-pass
        (1.0, -2.0, 1.0),
        (1.0, -1.99004745483398, 0.99007225036621),
    ),
)
"""The K-weighting at 48 kHz: numerator and denominator of two biquads."""
_HOP = SAMPLE_RATE // 10
_BLOCK_HOPS = 4
"""Gating blocks last 400 ms and overlap by 75 % (BS.1770-4, annex 1)."""
_LEAD = 8192
"""Samples after which both filters' impulse responses are below -350 dB."""
_FFT = 1 << 15
_STRIDE = (_FFT - _LEAD) // _HOP * _HOP
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0

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
_MARGIN = 4
"""Blocks of silence around a sound, so that no stretch begins or ends in it or before it.

A hard edge bends the first block beside it and may be suspected in the second; a
stretch has two more.
"""
_BEND = 0.65
"""How far the resampler bulges between two samples, for a bend of 1 (a test measures 0.61)."""
_SMALLEST = 1e-10
"""-200 dBFS: stands for silence where a logarithm is taken."""


def to_gain(db: float) -> float:
    """The factor that changes a level by `db` decibels."""
    return float(10 ** (db / 20))


def to_float(pcm: NDArray[np.int16]) -> Samples:
    """16-bit samples as floats."""
    return pcm.astype(np.float32) / np.float32(_FULL_SCALE)


def to_pcm(samples: Samples) -> NDArray[np.int16]:
    """Floats rounded to 16-bit samples, plainly: the same floats, the same bytes."""
    scaled = samples * np.float32(_FULL_SCALE)
    np.rint(scaled, out=scaled)
    np.clip(scaled, -_FULL_SCALE, _FULL_SCALE - 1, out=scaled)
    return scaled.astype(np.int16)


def _k_response() -> NDArray[np.complex128]:
    """The K-weighting's transfer function at the bins of the FFT."""
    z1 = np.exp(-2j * np.pi * np.arange(_FFT // 2 + 1) / _FFT)
    response = np.ones_like(z1)
    for (b0, b1, b2), (a0, a1, a2) in _STAGES:
        response *= (b0 + b1 * z1 + b2 * z1**2) / (a0 + a1 * z1 + a2 * z1**2)
    return np.asarray(response)


def _hop_energies(samples: Sound) -> NDArray[np.float64]:
    """The K-weighted energy (sum of squares) of each 100 ms; the last may be short.

    The biquads are applied by overlap-save: each FFT starts early enough for the
    filters to have forgotten what came before it. Only one FFT's samples at a time
    are made wide.
    """
    response = _k_response()
    block = np.zeros(_FFT)
    energies = [np.zeros(0)]
    for start in range(0, len(samples), _STRIDE):
        before = samples[max(start - _LEAD, 0) : start]
        block[_LEAD - len(before) : _LEAD] = before
        part = samples[start : start + _STRIDE]
        block[_LEAD : _LEAD + len(part)] = part
        block[_LEAD + len(part) :] = 0
        weighted = np.fft.irfft(np.fft.rfft(block) * response)[_LEAD : _LEAD + _STRIDE]
        energies.append(np.square(weighted).reshape(-1, _HOP).sum(axis=1))
    hops = -(-len(samples) // _HOP)
    return np.concatenate(energies)[:hops] / _full_scale(samples) ** 2


def _full_scale(samples: Sound) -> float:
    return _FULL_SCALE if samples.dtype == np.int16 else 1.0


def _lufs(mean_square: float) -> float:
    return -0.691 + 10 * math.log10(mean_square) if mean_square > 0 else -math.inf


def loudness(samples: Sound) -> float:
    """Integrated loudness in LUFS (BS.1770-4, annex 1); -inf when nothing passes the gates.

    Sound shorter than one gating block is measured as one block of its own length.
    """
    energies = _hop_energies(samples)
    whole = len(samples) // _HOP
    if whole < _BLOCK_HOPS:
        return _lufs(float(energies.sum()) / max(len(samples), 1))
    blocks = np.convolve(energies[:whole], np.ones(_BLOCK_HOPS), "valid") / (_BLOCK_HOPS * _HOP)
    loud = blocks[blocks > 10 ** ((_ABSOLUTE_GATE_LUFS + 0.691) / 10)]
    if not len(loud):
        return -math.inf
    louder = loud[loud > loud.mean() * 10 ** (_RELATIVE_GATE_LU / 10)]
    return _lufs(float(louder.mean()))


def gain_for(clips: Iterable[NDArray[np.int16]]) -> float:
    """The one gain (dB) that brings a voice to `TARGET_LUFS`, from some speech of it (48 kHz).

    The clips are measured joined, so that short ones count for their length.
    """
    speech = np.concatenate([np.zeros(0, np.int16), *clips])
    measured = loudness(speech)
    if math.isinf(measured):
        raise VoiceError("the voice is silent: its loudness cannot be measured; try another voice")
    return TARGET_LUFS - measured


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


def true_peak(samples: Samples) -> float:
    """The highest true peak in dBTP (BS.1770-4, annex 2)."""
    highest = float(_peaks(samples).max(initial=0.0))
    return 20 * math.log10(max(highest, _SMALLEST))


def limit(samples: Samples, ceiling: float = CEILING_DBTP) -> Samples:
    """Hold the true peak under `ceiling` (dBTP) by a gain that is lowered ahead of each peak.

    Most of speech is far below any ceiling, and finding true peaks is dear: only the
    stretches where one can be are looked at. The rest is left as it is.
    """
    top = to_gain(ceiling)
    silence = _MARGIN * _BLOCK
    limited = np.pad(samples, (silence, silence + -len(samples) % _BLOCK))
    for stretch in _stretches(limited.reshape(-1, _BLOCK), top):
        part = limited[stretch]
        over = _peaks(part) / np.float32(top)
        # Where a stretch is cut out of the sound, the resampler sees an edge that is not there.
        over[:_BLOCK] = over[-_BLOCK:] = 0
        if over.max() > 1:
            part *= _gain(over)
    return limited[silence : silence + len(samples)]


def _stretches(blocks: Samples, top: float) -> list[slice]:
    """The samples around every block in which a true peak may be over `top`.

    Each has room for the gain to move: a block ahead (`_LOOK_AHEAD`), then the release and
    a block for the averages; and one block more at either end.
    """
    highest = _highest(blocks)
    decibels = 20 * math.log10(max(float(highest.max()), top) / top)
    release = math.ceil(decibels / (_RELEASE_DB_PER_SAMPLE * _BLOCK))
    before, after = 2, 1 + release + 2  # `after` counts the block itself
    suspects = np.flatnonzero(highest > top)
    apart = np.flatnonzero(np.diff(suspects) > before + after) + 1
    runs = [run for run in np.split(suspects, apart) if len(run)]
    return [slice((run[0] - before) * _BLOCK, (run[-1] + after) * _BLOCK) for run in runs]


def _highest(blocks: Samples) -> Samples:
    """What no true peak in a block exceeds.

    Between two samples a band-limited sound leaves the straight line through them by no
    more than `_BEND` times its sharpest bend (second difference) in reach of the resampler.
    """
    level = np.maximum(blocks.max(axis=1), -blocks.min(axis=1))
    bends = _bends(blocks.reshape(-1)).reshape(blocks.shape)
    bend = np.maximum(bends.max(axis=1), -bends.min(axis=1))
    bend[1:-1] = np.maximum(np.maximum(bend[:-2], bend[2:]), bend[1:-1])
    return np.asarray(level + np.float32(_BEND) * bend)


def _bends(samples: Samples) -> Samples:
    """The second difference at each sample; at the first and the last, 0."""
    bends = np.zeros_like(samples)
    inner = bends[1:-1]
    np.add(samples[:-2], samples[2:], out=inner)
    inner -= samples[1:-1]
    inner -= samples[1:-1]
    return bends


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
