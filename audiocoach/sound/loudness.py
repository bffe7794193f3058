"""Loudness: samples as floats or 16-bit, their level, and the one gain of a voice.

Loudness is that of ITU-R BS.1770-4 with its two gates, as EBU R 128 asks; the target
is the one podcast players expect of mono speech.
Samples are floats at 48 kHz, 1.0 being full scale; loudness takes 16-bit ones as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from audiocoach.errors import VoiceError
from audiocoach.timeline.script import SAMPLE_RATE

Samples = NDArray[np.float32]
Sound = Samples | NDArray[np.int16]
FULL_SCALE: Final = 32768
"""The full scale of 16-bit samples."""

TARGET_LUFS: Final = -19.0
"""Mono speech as loud as stereo at -16 LUFS (Apple Podcasts; AES TD1004 allows -16 to -20)."""

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
VERSION: Final = "1"
"""Raise it if loudness is measured differently: those in the cache are then measured again."""
HOP = SAMPLE_RATE // 10
_BLOCK_HOPS = 4
"""Gating blocks last 400 ms and overlap by 75 % (BS.1770-4, annex 1)."""
_LEAD = 8192
"""Samples after which both filters' impulse responses are below -350 dB."""
_FFT = 1 << 15
_STRIDE = (_FFT - _LEAD) // HOP * HOP
_SHORT_TERM_HOPS = 30
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0


def to_gain(db: float) -> float:
    """The factor that changes a level by `db` decibels."""
    return float(10 ** (db / 20))


def to_float(pcm: NDArray[np.int16]) -> Samples:
    """16-bit samples as floats."""
    return pcm.astype(np.float32) / np.float32(FULL_SCALE)


def to_pcm(samples: Samples) -> NDArray[np.int16]:
    """Floats rounded to 16-bit samples, plainly: the same floats, the same bytes."""
    return rounded(samples * np.float32(FULL_SCALE))


def rounded(scaled: Samples) -> NDArray[np.int16]:
    """Do so with floats of which `FULL_SCALE` is full scale, and which are used up."""
    np.rint(scaled, out=scaled)
    np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1, out=scaled)
    return scaled.astype(np.int16)


@cache
def _k_response() -> NDArray[np.complex128]:
    """The K-weighting's transfer function at the bins of the FFT."""
    z1 = np.exp(-2j * np.pi * np.arange(_FFT // 2 + 1) / _FFT)
    response = np.ones_like(z1)
    for (b0, b1, b2), (a0, a1, a2) in _STAGES:
        response *= (b0 + b1 * z1 + b2 * z1**2) / (a0 + a1 * z1 + a2 * z1**2)
    return np.asarray(response)


def hop_energies(samples: Sound) -> NDArray[np.float64]:
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
        energies.append(np.square(weighted).reshape(-1, HOP).sum(axis=1))
    hops = -(-len(samples) // HOP)
    full_scale = FULL_SCALE if samples.dtype == np.int16 else 1
    return np.concatenate(energies)[:hops] / full_scale**2


def _lufs(mean_square: float) -> float:
    return -0.691 + 10 * math.log10(mean_square) if mean_square > 0 else -math.inf


def loudness(samples: Sound) -> float:
    """Integrated loudness in LUFS (BS.1770-4, annex 1); -inf when nothing passes the gates.

    Sound shorter than one gating block is measured as one block of its own length.
    """
    return integrated(hop_energies(samples), len(samples))


def integrated(energies: NDArray[np.float64], length: int) -> float:
    """Integrated loudness in LUFS from the energy of each hop of a sound of `length` samples."""
    whole = length // HOP
    if whole < _BLOCK_HOPS:
        return _lufs(float(energies.sum()) / max(length, 1))
    blocks = np.convolve(energies[:whole], np.ones(_BLOCK_HOPS), "valid") / (_BLOCK_HOPS * HOP)
    loud = blocks[blocks > 10 ** ((_ABSOLUTE_GATE_LUFS + 0.691) / 10)]
    if not len(loud):
        return -math.inf
    louder = loud[loud > loud.mean() * 10 ** (_RELATIVE_GATE_LU / 10)]
    return _lufs(float(louder.mean()))


def short_term(energies: NDArray[np.float64]) -> float:
    """The loudness (LUFS) of the loudest 3 s (EBU Tech 3341) of a sound, by its hops."""
    hops = min(_SHORT_TERM_HOPS, len(energies))
    means = np.convolve(energies, np.ones(hops), "valid") / (hops * HOP)
    return _lufs(float(means.max(initial=0.0)))


def gated(parts: Iterable[tuple[float, int]]) -> float:
    """The gated loudness (LUFS) of sounds, each with its own loudness and weight.

    `TARGET_LUFS` if none is audible.
    """
    heard = [(10 ** (lufs / 10), weight) for lufs, weight in parts if lufs > _ABSOLUTE_GATE_LUFS]
    if not heard:
        return TARGET_LUFS
    gate = _mean(heard) * 10 ** (_RELATIVE_GATE_LU / 10)
    return 10 * math.log10(_mean([part for part in heard if part[0] > gate]))


def _mean(parts: list[tuple[float, int]]) -> float:
    return sum(value * weight for value, weight in parts) / sum(weight for _, weight in parts)


def in_two_bytes(samples: NDArray[np.int16]) -> bytes:
    """The loudness of a sound as a whole, without gates, in hundredths of a LUFS under 0."""
    lufs = _lufs(float(hop_energies(samples).sum()) / max(len(samples), 1))
    return min(max(round(-100 * max(lufs, -600.0)), 0), 0xFFFF).to_bytes(2, "big")


def gain_for(clips: Iterable[NDArray[np.int16]]) -> float:
    """The one gain (dB) that brings a voice to `TARGET_LUFS`, from some speech of it (48 kHz).

    The clips are measured joined, so that short ones count for their length.
    """
    speech = np.concatenate([np.zeros(0, np.int16), *clips])
    measured = loudness(speech)
    if math.isinf(measured):
        raise VoiceError("the voice is silent: its loudness cannot be measured; try another voice")
    return TARGET_LUFS - measured
