"""The true peak of a sound, measured plainly: what the limiter is held to."""

from __future__ import annotations

import math

import numpy as np
import soxr
from numpy.typing import NDArray


def true_peak(samples: NDArray[np.float32]) -> float:
    """The highest true peak in dBTP (BS.1770-4, annex 2) of a sound at 48 kHz."""
    fine = np.abs(soxr.resample(samples, 48_000, 4 * 48_000, "HQ"))
    fine[::4] = np.abs(samples)[: len(fine[::4])]  # known exactly
    highest = max(fine.max(initial=0.0), np.abs(samples).max(initial=0.0))
    return 20 * math.log10(max(float(highest), 1e-10))
