"""The beat of a clip: the instant at which its word is heard to fall.

Words whose sounds begin at even intervals are not heard as even: what is heard as the beat, the
perceptual centre (Morton, Marcus and Frankish 1976, Psychological Review 83, p. 405), lies
about where the vowel of the stressed syllable begins. Two ways to estimate it are well tried:

- Cummins and Port (1998, Journal of Phonetics 26, p. 145): from 700 to 1300 Hz, where vowels have
  their energy, the middle of the rise to the first syllable that is loud;
- Marcus (1981, Perception & Psychophysics 30, p. 247): 0.65 of the time from the onset to the
  vowel, and 0.25 of the time from there to the end.

On counts they agree on what is wrong ("eight" comes too early, "one", "six" and "nine" late), and
differ by 14 to 18 ms (SD). So this is the mean of both: 0.5 of the former, 0.2 of the time to the
vowel and 0.125 of the length. The length counts up to half a second, as Marcus measured
monosyllables. The vowel counts as far as it is no more than 15 ms from the former (an influence
that is bounded, as Huber's, 1964): what is further off is that of another syllable, and which of
the two is right nobody knows. In "eleven" it is the first and in "dix-sept" the second: with no
such bound the step to its neighbour is 94 ms in the one, with no vowel 62 in the other.

What it can't know: whether the first syllable of several is stressed (one with seven tenths of the
peak is taken for it), and to 20 or 30 ms where a word begins that swells (w, n, m). Where nothing
rises, as in noise, the beat is a share of the length alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION: Final = "2"
"""Part of the key under which beats are kept."""
_CENTRE, _WIDTH = 954.0, 600.0
"""Hz: a band from 700 to 1300."""
_SMOOTH: Final = 10.0
"""Hz: what is slower than that is the envelope."""
_ROOM: Final = SAMPLE_RATE // 4
"""Silence around the word, so that smoothing does not reach from its end to its start."""
_REACH_MS: Final = _ROOM // SAMPLES_PER_MS + 280
"""No word of a count rises later: what does is its second syllable, and the first is an "ee", of
which the band has little ("cinco", "vierzehn", "heels down")."""
_LOUD: Final = 0.7
"""Of the highest peak: what is as loud is a stressed syllable."""
_RISE, _VOWEL, _LENGTH = 0.5, 0.2, 0.125
_APART_MS: Final = 15
"""How far the vowel may be from the rise, at most, to count: as far as the two usually are."""
_VOWELS: Final = 300.0, 1500.0
"""Hz: Marcus began at 500, and so missed the first formant of i and u."""
_WINDOW_MS: Final = 20
"""Over which energy grows most where a vowel begins."""
_LONGEST_MS: Final = 500
_END_DB: Final = -30.0


def beat(clip: NDArray[np.int16]) -> int:
    """How many samples (48 kHz, whole milliseconds) after the start of a clip its beat is.

    A clip begins at the onset of its sound. Silence has its beat at 0.
    """
    import numpy as np

    sound = clip.astype(np.float64)
    level = np.abs(sound)
    loud = np.flatnonzero(level > level.max(initial=0.0) * 10 ** (_END_DB / 20))
    if not len(loud):
        return 0
    length = int(loud[-1]) // SAMPLES_PER_MS
    heard = _Heard.of(sound)
    rise = _rise(heard)
    vowel = min(max(_vowel(heard), rise - _APART_MS), rise + _APART_MS)
    share = _RISE * rise + _VOWEL * vowel + _LENGTH * min(length, _LONGEST_MS)
    return max(0, round(share)) * SAMPLES_PER_MS


def in_two_bytes(clip: NDArray[np.int16]) -> bytes:
    """The beat in ms, as it is kept."""
    return (beat(clip) // SAMPLES_PER_MS).to_bytes(2, "big")


@dataclass(frozen=True, slots=True)
class _Heard:
    """The spectrum of a sound, silence of `_ROOM` before and behind it."""

    spectrum: NDArray[np.complex128]
    frequency: NDArray[np.floating]
    length: int

    @classmethod
    def of(cls, sound: NDArray[np.float64]) -> _Heard:
        import numpy as np

        length = len(sound) + 2 * _ROOM
        size = 1 << (length - 1).bit_length()
        padded = np.zeros(size)
        padded[_ROOM : _ROOM + len(sound)] = sound
        return cls(np.fft.rfft(padded), np.fft.rfftfreq(size, 1 / SAMPLE_RATE), length)

    def through(self, band: NDArray[np.floating | np.bool_]) -> NDArray[np.float64]:
        """What passes a filter without phase: how much of each frequency."""
        import numpy as np

        return np.fft.irfft(self.spectrum * band)


def _rise(heard: _Heard) -> float:
    """When (ms) the first loud syllable is half-way up, by its envelope from 700 to 1300 Hz."""
    import numpy as np

    envelope = _envelope(heard)[:_REACH_MS]
    inner = envelope[1:-1]
    peaks = 1 + np.flatnonzero((inner >= envelope[:-2]) & (inner > envelope[2:]))
    loud = peaks[envelope[peaks] >= _LOUD * envelope.max()]
    if not len(loud):
        return 0.0
    peak = int(loud[0])
    falling = np.flatnonzero(np.diff(envelope[: peak + 1]) < 0)
    foot = int(falling[-1]) + 1 if len(falling) else 0
    rise = envelope[foot : peak + 1]
    height = (rise - rise[0]) / (rise[-1] - rise[0])
    middle = (np.argmax(height >= 0.1) + np.argmax(height >= 0.9)) / 2
    return float(foot + middle) - _ROOM / SAMPLES_PER_MS


def _vowel(heard: _Heard) -> float:
    """When (ms) what is from 300 to 1500 Hz grows most, before half of its most is reached."""
    import numpy as np

    lowest, highest = _VOWELS
    power = heard.through((heard.frequency >= lowest) & (heard.frequency <= highest)) ** 2
    whole = power[: heard.length // SAMPLES_PER_MS * SAMPLES_PER_MS].reshape(-1, SAMPLES_PER_MS)
    energy = np.convolve(whole.sum(axis=1), np.ones(_WINDOW_MS), "valid")[:_REACH_MS]
    reached = int(np.argmax(energy >= energy.max() / 2))
    growth = (energy[_WINDOW_MS:] - energy[:-_WINDOW_MS])[: max(1, reached)]
    return float(np.argmax(growth)) + _WINDOW_MS - _ROOM / SAMPLES_PER_MS


def _envelope(heard: _Heard) -> NDArray[np.float64]:
    """The envelope of the band, a value a millisecond, `_ROOM` before the sound on; no phase."""
    import numpy as np

    frequency = heard.frequency
    with np.errstate(divide="ignore"):
        apart = frequency / _CENTRE - _CENTRE / frequency
    rectified = np.abs(heard.through(1 / np.sqrt(1 + (_CENTRE / _WIDTH * apart) ** 2)))
    slow = 1 / np.sqrt(1 + (frequency / _SMOOTH) ** 2)
    smooth = np.fft.irfft(np.fft.rfft(rectified) * slow, len(rectified))
    return smooth[: heard.length : SAMPLES_PER_MS]
