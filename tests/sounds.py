"""Sounds made for a test: a gong that is struck and rings, in any file that can be decoded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile


def gong(  # noqa: PLR0913 - what a recording can be like
    folder: Path,
    name: str = "gong.wav",
    *,
    seconds: float = 0.5,
    silence: float = 0.0,
    peak: float = 0.1,
    rate: int = 44_100,
) -> Path:
    """Write one that lasts so long, in stereo, with `silence` (s) before and behind it."""
    time = np.arange(round(seconds * rate)) / rate
    # It falls by 40 dB: less than what counts as the end of a sound.
    struck = peak * np.exp(-4.6 * time / seconds) * np.cos(2 * np.pi * 220 * time)
    quiet = np.zeros(round(silence * rate))
    wave = np.concatenate([quiet, struck, quiet])
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    soundfile.write(path, np.stack([wave, wave / 2], axis=1), rate)
    return path
