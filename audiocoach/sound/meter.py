"""The meter: measures a session as it passes, a chunk at a time, whatever its length.

It keeps a number for each millisecond (120 kB a minute), and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from audiocoach.sound.fingerprint import decibels, levels
from audiocoach.sound.limiter import true_peak
from audiocoach.sound.loudness import HOP, Samples, hop_energies, integrated
from audiocoach.timeline.script import SAMPLE_RATE

_Scalar = TypeVar("_Scalar", bound=np.generic)

CHUNK: Final = 10 * SAMPLE_RATE
"""Samples measured at a time: whole hops of loudness, and whole milliseconds."""
_BEFORE: Final = 2 * HOP
"""Samples of the chunk before, for filters to have forgotten what was still earlier."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A sound (48 kHz mono) in figures."""

    samples: int
    levels: NDArray[np.float16]
    """The mean square of each whole millisecond in dB, silence -120."""
    loudness: float
    """LUFS, integrated (BS.1770-4); -inf for silence."""
    true_peak: float
    """dBTP; -inf for silence."""


def measure(sound: Iterable[Samples]) -> Measured:
    """Measure a sound that arrives in pieces of any length."""
    energies, told = [np.zeros(0)], [np.zeros(0, np.float16)]
    before = np.zeros(0, np.float32)
    highest, samples = 0.0, 0
    for chunk in of_equal_length(sound):
        joined = np.concatenate([before, chunk])
        energies.append(hop_energies(joined)[len(before) // HOP :])
        highest = true_peak(joined, slice(_BEFORE // 2 if samples else 0, -_BEFORE // 2), highest)
        told.append(decibels(levels(chunk)).astype(np.float16))
        before = chunk[-_BEFORE:]
        samples += len(chunk)
    highest = true_peak(before, slice(_BEFORE // 2 if samples > _BEFORE else 0, None), highest)
    loudness = integrated(np.concatenate(energies), samples)
    peak = 20 * math.log10(highest) if highest else -math.inf
    return Measured(samples, np.concatenate(told), loudness, peak)


def of_equal_length(
    sound: Iterable[NDArray[_Scalar]], length: int = CHUNK
) -> Iterator[NDArray[_Scalar]]:
    """The same sound, `length` samples at a time, the last with what is left."""
    held: list[NDArray[_Scalar]] = []
    count = 0
    for piece in sound:
        held.append(piece)
        count += len(piece)
        while count >= length:
            joined = np.concatenate(held)
            yield joined[:length]
            held, count = [joined[length:]], count - length
    if count:
        yield np.concatenate(held)
