from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from audiocoach.sound import chime
from audiocoach.sound.limiter import CEILING_DBTP
from audiocoach.sound.loudness import to_float
from audiocoach.timeline.script import FRAME_SAMPLES, Chime

Meter = Callable[[NDArray[np.float32]], tuple[float, float]]

every = pytest.mark.parametrize("which", Chime)


def pitches(which: Chime) -> list[float]:
    """The loudest pitch (Hz) in each 200 ms."""
    sound = to_float(chime.render(which))
    pieces = [sound[at : at + 9600] for at in range(0, len(sound) - 9600, 9600)]
    spectra = [np.abs(np.fft.rfft(piece * np.hanning(9600), 48_000)) for piece in pieces]
    return [float(np.argmax(spectrum)) for spectrum in spectra]


@every
def test_length_is_known_before_it_is_made(which: Chime) -> None:
    sound = chime.render(which)
    assert sound.dtype == np.int16
    assert len(sound) == chime.length(which)
    assert len(sound) % FRAME_SAMPLES == 0
    assert 0.5 <= len(sound) / 48_000 <= 1.5


@every
def test_level(which: Chime, ebur128: Meter) -> None:
    loudness, peak = ebur128(to_float(chime.render(which)))
    assert -22 <= loudness <= -19
    assert peak <= CEILING_DBTP


@every
def test_it_sounds_at_once_and_ends_in_silence(which: Chime) -> None:
    sound = np.abs(to_float(chime.render(which)))
    onset = np.argmax(sound > sound.max() * 10 ** (-45 / 20))
    assert onset <= 0.005 * 48_000
    assert sound[-48:].max() < 0.001


@every
def test_it_does_not_click(which: Chime) -> None:
    steps = np.abs(np.diff(to_float(chime.render(which)), prepend=0))
    assert steps.max() < 0.15


@every
def test_it_is_the_same_each_time(which: Chime) -> None:
    assert np.array_equal(chime.render(which), chime.render(which))


def test_start_rises_and_end_falls() -> None:
    start, end = pitches(Chime.START), pitches(Chime.END)
    assert start == sorted(start)
    assert start[0] < start[-1]
    assert end == sorted(end, reverse=True)
    assert end[0] > end[-1]


def test_each_is_unlike_the_others() -> None:
    assert len({chime.identity(which) for which in Chime}) == len(Chime)
    for one, other in combinations(Chime, 2):
        assert pitches(one) != pitches(other)
