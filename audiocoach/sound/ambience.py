"""The beds made here: rain, a brook, a drone. Each is a seamless loop.

All of it is periodic: noise and tones are generated in the spectrum of the whole loop, and whatever
happens near its end continues at its start. The same name gives the same samples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from audiocoach.sound.loudness import Samples, loudness, to_gain, to_pcm
from audiocoach.timeline.script import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION: Final = "1"
"""Raise it if a bed is made differently: those in the cache are then made again."""
SECONDS: Final = 32
"""The length of a loop: long enough not to be noticed, and quick to make."""
LENGTH: Final = SECONDS * SAMPLE_RATE
_LUFS: Final = -26.0
"""Of a loop as it is kept: low enough that its peaks are not cut."""
_HERTZ: Final = np.fft.rfftfreq(LENGTH, 1 / SAMPLE_RATE).astype(np.float32)


def made(name: str) -> NDArray[np.int16]:
    """The loop of that name (48 kHz mono). Raises KeyError if there is none."""
    sound = _MADE[name](np.random.Generator(np.random.PCG64(0)))
    sound /= np.abs(sound).max()
    return to_pcm(sound * np.float32(to_gain(_LUFS - loudness(to_pcm(sound)))))


def _noise(random: np.random.Generator, shape: Samples) -> Samples:
    """Noise of one loop, whose amplitude at each frequency is `shape`; its mean square is 1."""
    spectrum = random.standard_normal((2, len(shape)), np.float32)
    drawn = np.fft.irfft((spectrum[0] + 1j * spectrum[1]) * shape, LENGTH)
    return np.asarray(drawn / np.sqrt(np.mean(np.square(drawn))), np.float32)


def _between(low: float, high: float, tilt: float) -> Samples:
    """Amplitudes between two frequencies (Hz) that fall by 6 dB an octave for a `tilt` of 1."""
    hertz = np.maximum(_HERTZ, 1.0)
    band = 1 / np.sqrt(1 + (low / hertz) ** 6) / np.sqrt(1 + (hertz / high) ** 6)
    return np.asarray(band * (hertz / 1000) ** -tilt, np.float32)


def _swell(random: np.random.Generator, fastest: int, db: float) -> Samples:
    """A gain that comes and goes by about `db`, at most `fastest` times in a loop."""
    waves = np.zeros(LENGTH // 2 + 1, np.complex64)
    waves[1 : fastest + 1] = random.standard_normal(fastest) + 1j * random.standard_normal(fastest)
    drawn = np.fft.irfft(waves, LENGTH)
    return np.asarray(10 ** (drawn * (db / 20 / np.std(drawn))), np.float32)


def _scatter(sound: Samples, pieces: list[Samples], random: np.random.Generator) -> None:
    """Add pieces to a loop at places by chance; what comes after its end goes to its start."""
    for piece, at in zip(pieces, random.integers(0, LENGTH, len(pieces)), strict=True):
        fits = min(len(piece), LENGTH - at)
        sound[at : at + fits] += piece[:fits]
        sound[: len(piece) - fits] += piece[fits:]


def _ringing(hertz: float, seconds: float, rise: float = 0.0) -> Samples:
    """A tone that dies away by 60 dB in that time, and rises by that share of its pitch."""
    at = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    pitch = hertz * (at + rise * at * at / (2 * seconds))
    start = np.minimum(at / 0.0005, 1.0)
    return np.asarray(start * np.exp(-6.9 * at / seconds) * np.sin(2 * np.pi * pitch), np.float32)


def _rain(random: np.random.Generator) -> Samples:
    """A steady shower on leaves: a wash of noise, and drops near by."""
    wash = _noise(random, _between(250, 9000, 0.55)) * _swell(random, 12, 0.8)
    drops = [
        _ringing(hertz, seconds) * np.float32(loud)
        for hertz, seconds, loud in zip(
            random.uniform(1200, 6500, 45 * SECONDS),
            random.uniform(0.004, 0.02, 45 * SECONDS),
            random.lognormal(0.6, 0.5, 45 * SECONDS),
            strict=True,
        )
    ]
    _scatter(wash, drops, random)
    return wash


def _brook(random: np.random.Generator) -> Samples:
    """Water over stones: a rush of noise, and bubbles, each a tone that rises (Minnaert 1933)."""
    rush = _noise(random, _between(180, 2600, 0.7)) * _swell(random, 60, 1.2) * np.float32(0.6)
    bubbles = [
        _ringing(hertz, seconds, 0.25) * np.float32(loud)
        for hertz, seconds, loud in zip(
            np.exp(random.uniform(np.log(420), np.log(2400), 40 * SECONDS)),
            random.uniform(0.03, 0.11, 40 * SECONDS),
            random.lognormal(-0.3, 0.6, 40 * SECONDS),
            strict=True,
        )
    ]
    _scatter(rush, bubbles, random)
    return rush


_CHORD: Final = ((110, 1.0), (165, 0.7), (220, 0.6), (330, 0.35), (440, 0.22), (660, 0.1))
"""An open fifth over A: the frequency (Hz) of each tone, and its amplitude."""


def _drone(random: np.random.Generator) -> Samples:
    """A calm chord whose tones come and go slowly, each by itself."""
    sound = np.zeros(LENGTH, np.float32)
    for hertz, loud in _CHORD:
        tone = np.zeros(LENGTH // 2 + 1, np.complex64)
        tone[hertz * SECONDS] = np.exp(2j * np.pi * random.random())
        sound += np.fft.irfft(tone, LENGTH) * _swell(random, 3, 2.0) * np.float32(loud * LENGTH)
    return sound


_MADE: Final[dict[str, Callable[[np.random.Generator], Samples]]] = {
    "rain": _rain,
    "brook": _brook,
    "drone": _drone,
}
