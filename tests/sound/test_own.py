"""The user's own sounds are as loud as speech and under the ceiling, whatever they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from sounds import gong

from audiocoach.routine.recordings import Recording, Sounds
from audiocoach.sound import own
from audiocoach.sound.limiter import CEILING_DBTP
from audiocoach.sound.loudness import TARGET_LUFS, to_float
from audiocoach.timeline.script import FRAME_SAMPLES

Meter = Callable[[NDArray[np.float32]], tuple[float, float]]


def heard(folder: Path, name: str = "gong.wav") -> Recording:
    return Sounds(folder).recording(name)


@pytest.mark.parametrize("peak", [0.003, 0.1, 0.99])
def test_it_is_brought_to_the_level_of_a_voice(peak: float, tmp_path: Path, ebur128: Meter) -> None:
    gong(tmp_path, seconds=4, peak=peak)
    pcm = own.render(heard(tmp_path))
    loudness, true_peak = ebur128(to_float(pcm))
    assert loudness == pytest.approx(TARGET_LUFS, abs=0.15)
    assert true_peak <= CEILING_DBTP + 0.2


def test_one_strike_is_not_bent_to_be_as_loud_as_speech(tmp_path: Path, ebur128: Meter) -> None:
    click = np.zeros(48_000)
    click[:40] = np.sin(np.arange(40) / 3)
    click[-1] = 0.01  # or the end would be cut
    soundfile.write(tmp_path / "gong.wav", click, 48_000)
    pcm = to_float(own.render(heard(tmp_path)))
    loudness, true_peak = ebur128(pcm)
    assert loudness < TARGET_LUFS - 6
    assert true_peak <= CEILING_DBTP + 0.2


def test_its_length_is_known_before_and_whole_frames(tmp_path: Path) -> None:
    gong(tmp_path, seconds=0.777)
    recording = heard(tmp_path)
    assert len(own.render(recording)) == own.length(recording)
    assert own.length(recording) % FRAME_SAMPLES == 0
    assert 0 <= own.length(recording) - recording.count < FRAME_SAMPLES


def test_its_name_in_the_cache_is_that_of_its_sound(tmp_path: Path) -> None:
    gong(tmp_path)
    before = own.identity(heard(tmp_path))
    assert before == own.identity(heard(tmp_path))
    gong(tmp_path, seconds=0.6)
    assert before != own.identity(heard(tmp_path))
