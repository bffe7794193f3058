"""The beat of a word by two published measures, written apart from the program's own estimate.

Other filters, at 8 kHz, where the program divides spectra at 48 kHz.
Times are ms from the first sample.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

RATE = 8000
_MS = RATE // 1000
_STEP = 6
"""Samples at 48 kHz that become one."""
_QUIET = 0.25
"""Seconds around the word."""
_MARCUS_MS = 20

Measure = Callable[[NDArray[np.int16]], float]


def cummins_and_port(clip: NDArray[np.int16]) -> float:
    """The middle of the rise of what is between 700 and 1300 Hz (1998, appendix A)."""
    envelope = _low_pass(np.abs(_band(_at_8_khz(clip), 700, 1300)), 10.0)[::_MS]
    early = envelope[: round(_QUIET * 1000) + 280]
    peaks = [
        n
        for n in range(1, len(early) - 1)
        if early[n - 1] <= early[n] > early[n + 1] and early[n] >= 0.7 * early.max()
    ]
    peak = peaks[0] if peaks else int(np.argmax(early))
    foot = peak
    while foot and early[foot - 1] < early[foot]:
        foot -= 1
    low = early[foot] + 0.1 * (early[peak] - early[foot])
    high = early[foot] + 0.9 * (early[peak] - early[foot])
    crossings = [next(n for n in range(foot, peak + 1) if early[n] >= each) for each in (low, high)]
    return sum(crossings) / 2 - _QUIET * 1000


def marcus(clip: NDArray[np.int16], longest: float = 500.0) -> float:
    """0.65 of the time to the vowel and 0.25 of the rest (1981); of so much of a word at most.

    The vowel begins with the largest increase, within 20 ms, of what is between 300 and 1500 Hz,
    before half of the most is reached: later ones are the flutter of a deep voice, or another
    syllable. Marcus left out what is below 500 Hz, and so missed the first formant of i, u and ü
    ("uno", "fünf"): their second syllable was taken for the first.
    """
    sound = _at_8_khz(clip)
    power = _between(sound, 300, 1500) ** 2
    by_ms = power[: len(power) // _MS * _MS].reshape(-1, _MS).sum(axis=1)
    energy = np.convolve(by_ms, np.ones(_MARCUS_MS), "same")
    rise = energy[_MARCUS_MS:] - energy[:-_MARCUS_MS]
    start = round(_QUIET * 1000)
    early = energy[: start + 300]
    reached = max(1, int(np.argmax(early >= early.max() / 2)))
    vowel = float(np.argmax(rise[:reached])) + _MARCUS_MS / 2 - start
    loud = np.flatnonzero(np.abs(sound) > np.abs(sound).max() * 10 ** (-30 / 20))
    end = min(loud[-1] / _MS - start, longest)
    return float(0.65 * vowel + 0.25 * (end - vowel))


MEASURES: dict[str, Measure] = {"Cummins and Port": cummins_and_port, "Marcus": marcus}


def spread(beats: list[float]) -> float:
    """From the 5th to the 95th percentile."""
    low, high = np.percentile(beats, [5, 95])
    return float(high - low)


def largest_step(beats: list[float]) -> float:
    """By how much two neighbours are apart at most."""
    return max(abs(after - before) for before, after in pairwise(beats))


def _at_8_khz(clip: NDArray[np.int16]) -> NDArray[np.float64]:
    quiet = np.zeros(round(_QUIET * 48_000))
    padded = np.concatenate([quiet, clip.astype(np.float64), quiet])
    whole = padded[: len(padded) // _STEP * _STEP].reshape(-1, _STEP)
    return np.asarray(whole.mean(axis=1))


def _band(sound: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """A Butterworth band-pass of the first order, by the bilinear transform."""
    edges = np.tan(np.pi * np.array([low, high]) / RATE)
    width, square = float(edges[1] - edges[0]), float(edges[0] * edges[1])
    norm = 1 + width + square
    gain, first, second = width / norm, 2 * (square - 1) / norm, (1 - width + square) / norm
    before = earlier = out = previous = 0.0
    found = []
    for sample in sound.tolist():
        now = gain * (sample - earlier) - first * out - second * previous
        earlier, before = before, sample
        previous, out = out, now
        found.append(now)
    return np.array(found)


def _between(sound: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """What is between two frequencies, and nothing else."""
    spectrum = np.fft.rfft(sound)
    frequency = np.fft.rfftfreq(len(sound), 1 / RATE)
    spectrum[(frequency < low) | (frequency > high)] = 0
    return np.asarray(np.fft.irfft(spectrum, len(sound)))


def _low_pass(sound: NDArray[np.float64], cutoff: float) -> NDArray[np.float64]:
    """The first order, forwards alone: what it delays, it delays in every word."""
    share = 1 - float(np.exp(-2 * np.pi * cutoff / RATE))
    state, found = 0.0, []
    for sample in sound.tolist():
        state += share * (sample - state)
        found.append(state)
    return np.array(found)
