from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from peaks import true_peak

from audiocoach.errors import VoiceError
from audiocoach.sound.clip import from_samples, prepare, samples
from audiocoach.sound.limiter import CEILING_DBTP
from audiocoach.sound.loudness import to_float, to_gain
from audiocoach.timeline.script import FRAME_SAMPLES
from audiocoach.voice.segment import AudioSegment

RATES = [8000, 16_000, 22_050, 24_000, 44_100, 48_000]


def segment(sound: NDArray[np.floating], rate: int, width: int = 2) -> AudioSegment:
    """Speech as an engine gives it; sound is (samples,) or (samples, channels)."""
    scale = 2 ** (8 * width - 1) - 1
    dtype = {1: "<i1", 2: "<i2", 4: "<i4"}[width]
    channels = 1 if sound.ndim == 1 else sound.shape[1]
    data = np.rint(sound * scale).astype(dtype).tobytes()
    return AudioSegment(data=data, sample_width=width, frame_rate=rate, channels=channels)


def tone(
    rate: int, seconds: float, hertz: float = 440.0, level: float = 0.5
) -> NDArray[np.floating]:
    return np.asarray(level * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate))


def with_silence(
    sound: NDArray[np.floating], rate: int, before: float, after: float
) -> NDArray[np.floating]:
    return np.concatenate([np.zeros(round(before * rate)), sound, np.zeros(round(after * rate))])


def decibels(sound: NDArray[np.floating]) -> NDArray[np.floating]:
    level = np.abs(sound)
    return np.asarray(20 * np.log10(np.maximum(level, 1e-9) / level.max()))


@pytest.mark.parametrize("rate", RATES)
def test_any_rate_becomes_48_khz_mono_16_bit(rate: int) -> None:
    clip = prepare(segment(tone(rate, 0.5), rate), 0)
    assert (clip.frame_rate, clip.channels, clip.sample_width) == (48_000, 1, 2)
    pcm = samples(clip)
    assert len(pcm) % FRAME_SAMPLES == 0
    assert len(pcm) / 48_000 == pytest.approx(0.5, abs=0.024)
    spectrum = np.abs(np.fft.rfft(pcm[:24_000] * np.hanning(24_000)))
    assert np.argmax(spectrum) * 2 == pytest.approx(440, abs=2)


@pytest.mark.parametrize("rate", RATES)
def test_the_first_sample_is_the_onset(rate: int) -> None:
    swell = tone(rate, 0.5) * np.minimum(np.arange(rate // 2) / (0.2 * rate), 1) ** 2
    clip = samples(prepare(segment(with_silence(swell, rate, 0.3, 0.2), rate), 0))
    level = decibels(clip.astype(float))
    assert level[0] > -45.1
    # Nothing that could be heard was cut: the swell passes -45 dB after 15 ms (of 200).
    passes = 0.2 * to_gain(-45) ** 0.5
    loudest = np.argmax(np.abs(clip) > 0.9 * np.abs(clip).max())
    assert loudest / 48_000 == pytest.approx(0.2 * 0.9**0.5 - passes, abs=0.005)


def test_a_hard_onset_is_kept_to_the_sample() -> None:
    clip = samples(prepare(segment(with_silence(np.full(9600, 0.5), 48_000, 0.1, 0.1), 48_000), 0))
    assert clip[0] == clip[4800] == pytest.approx(16384, abs=1)


def test_the_tail_fades_out_and_ends() -> None:
    rate = 48_000
    dying = tone(rate, 3) * np.exp(-np.arange(3 * rate) / (0.1 * rate))
    clip = samples(prepare(segment(dying, rate), 0))
    # e^-t/0.1 falls by 60 dB in 0.69 s; then there is a fade of 10 to 20 ms and padding.
    last = np.flatnonzero(clip)[-1] / rate
    assert 0.68 < last < 0.69 + 0.025
    assert len(clip) / rate < 0.69 + 0.020 + 0.024


def test_a_cut_off_end_is_faded() -> None:
    """An engine that stops in full sound makes no click."""
    rate = 48_000
    clip = samples(prepare(segment(tone(rate, 0.5, 200), rate), 0)).astype(float)
    end = np.flatnonzero(clip)[-1] + 1
    assert np.abs(np.diff(clip[end - 20 :])).max() < 0.01 * np.abs(clip).max()
    assert np.abs(clip[: end - 48 * 20]).max() == pytest.approx(0.5 * 32768, rel=0.01)


def test_resampling_adds_no_images() -> None:
    clip = samples(prepare(segment(tone(22_050, 1, 9500), 22_050), 0))[2000:42_000].astype(float)
    spectrum = np.abs(np.fft.rfft(clip * np.blackman(len(clip)))) + 1e-9
    hertz = np.fft.rfftfreq(len(clip), 1 / 48_000)
    images = spectrum[hertz > 11_500].max()
    assert 20 * np.log10(images / spectrum.max()) < -85


def test_gain_is_decibels() -> None:
    quiet = segment(tone(24_000, 0.5, level=0.05), 24_000)
    plain, louder = samples(prepare(quiet, 0)), samples(prepare(quiet, 12))
    assert len(plain) == len(louder)
    assert np.abs(louder).max() / np.abs(plain).max() == pytest.approx(to_gain(12), rel=0.01)


def test_the_peak_stays_under_the_ceiling() -> None:
    clip = prepare(segment(tone(22_050, 1, 300), 22_050), 20)
    assert true_peak(to_float(samples(clip))) <= CEILING_DBTP + 0.1


def test_stereo_is_mixed_to_its_mean() -> None:
    left, right = tone(48_000, 0.5, level=0.6), tone(48_000, 0.5, level=0.2)
    both = prepare(segment(np.stack([left, right], axis=1), 48_000), 0)
    mono = prepare(segment((left + right) / 2, 48_000), 0)
    assert np.abs(samples(both).astype(int) - samples(mono)).max() <= 1


@pytest.mark.parametrize("width", [1, 2, 4])
def test_any_sample_width(width: int) -> None:
    clip = samples(prepare(segment(tone(16_000, 0.5), 16_000, width), 0))
    assert np.abs(clip).max() == pytest.approx(0.5 * 32768, rel=0.02)


@pytest.mark.parametrize("rate", RATES)
def test_the_same_speech_gives_the_same_bytes(rate: int) -> None:
    speech = segment(tone(rate, 0.3), rate)
    assert prepare(speech, 1.5).raw_data == prepare(speech, 1.5).raw_data


@pytest.mark.parametrize(
    "speech",
    [
        AudioSegment.empty(),
        AudioSegment.silent(500, 22_050),
        segment(tone(22_050, 0.5, level=0.0003), 22_050),
    ],
    ids=["empty", "silent", "noise of the last bits"],
)
def test_no_sound_is_an_error(speech: AudioSegment) -> None:
    with pytest.raises(VoiceError, match="no sound"):
        prepare(speech, 20)


def test_a_click_of_one_sample_is_a_clip() -> None:
    clip = samples(prepare(segment(with_silence(np.array([0.9]), 48_000, 0.1, 0.1), 48_000), 0))
    assert len(clip) == FRAME_SAMPLES
    assert clip[0] > 20_000


def test_samples_there_and_back() -> None:
    pcm = np.arange(-1152, 1152).astype(np.int16)
    assert np.array_equal(samples(from_samples(pcm)), pcm)
