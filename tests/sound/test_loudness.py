from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
import soxr
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from peaks import true_peak
from strategies import examples

from audiocoach.errors import VoiceError
from audiocoach.sound import limiter
from audiocoach.sound import loudness as level
from audiocoach.sound.limiter import CEILING_DBTP, limit
from audiocoach.sound.loudness import TARGET_LUFS, gain_for, loudness, to_float, to_gain, to_pcm
from audiocoach.sound.mp3 import encode_region

Samples = NDArray[np.float32]
Meter = Callable[[Samples], tuple[float, float]]
Decoder = Callable[[bytes], Samples]

RATE = 48_000


def sine(hertz: float, seconds: float, dbfs: float, phase: float = 0.0) -> Samples:
    time = np.arange(round(seconds * RATE)) / RATE
    return (to_gain(dbfs) * np.sin(2 * np.pi * hertz * time + phase)).astype(np.float32)


def voiced(seconds: float, dbfs: float, pitch: float = 110.0) -> Samples:
    """Something like speech: a buzz through three formants, four syllables a second."""
    time = np.arange(round(seconds * RATE)) / RATE
    sound = np.zeros(len(time))
    for harmonic in range(1, 60):
        hertz = pitch * harmonic
        formants = sum(1 / (1 + ((hertz - f) / 90) ** 2) for f in (600, 1400, 2600))
        sound += (0.02 + formants) * np.cos(2 * np.pi * hertz * time)
    sound *= np.maximum(np.sin(2 * np.pi * 2 * time), 0) ** 0.5
    return np.asarray(to_gain(dbfs) * sound / np.abs(sound).max(), np.float32)


def noise(seconds: float, dbfs: float) -> Samples:
    white = np.random.default_rng(0).normal(0, to_gain(dbfs), round(seconds * RATE))
    return white.astype(np.float32)


def faded(sound: Samples) -> Samples:
    """With soft ends: a hard edge holds all frequencies, and meters differ on its peak."""
    ramp = np.minimum(np.arange(len(sound)) / 480, 1).astype(np.float32)
    return sound * ramp * ramp[::-1]


SOUNDS = {
    "sine": faded(sine(997, 5, -23)),
    "low": faded(sine(60, 3, -10)),
    "high": faded(sine(9000, 3, -30)),
    "noise": noise(7.77, -20),
    "voiced": voiced(6, -6),
    "loud then soft": np.concatenate([noise(3, -15), noise(5, -50), noise(4, -30)]),
    "sound then silence": np.concatenate([voiced(2, -3), np.zeros(10 * RATE, np.float32)]),
    "longer than one FFT": noise(30, -25),
}


@pytest.mark.parametrize("sound", SOUNDS.values(), ids=SOUNDS)
def test_levels_are_those_of_ffmpeg(sound: Samples, ebur128: Meter) -> None:
    their_loudness, their_peak = ebur128(sound)
    assert loudness(sound) == pytest.approx(their_loudness, abs=0.1)
    assert true_peak(sound) == pytest.approx(their_peak, abs=0.2)


def test_a_full_scale_sine_is_at_minus_3_lufs() -> None:
    # BS.1770-4, annex 1: 0 dBFS at 997 Hz in one channel reads -3.01 LKFS.
    assert loudness(sine(997, 10, 0)) == pytest.approx(-3.01, abs=0.01)


def test_the_relative_gate() -> None:
    # EBU Tech 3341, test signal 3, in one channel instead of two (3.01 LU less).
    parts = [sine(1000, 10, -36), sine(1000, 60, -23), sine(1000, 10, -36)]
    assert loudness(np.concatenate(parts)) == pytest.approx(-23 - 3.01, abs=0.1)


def test_the_absolute_gate() -> None:
    # A minute under -70 LUFS does not pull the relative gate down to the soft tone.
    parts = [sine(1000, 10, -23), sine(1000, 10, -40), sine(1000, 60, -75)]
    assert loudness(np.concatenate(parts)) == pytest.approx(-23 - 3.01, abs=0.1)


def test_a_short_count_has_the_loudness_of_a_long_one() -> None:
    assert loudness(sine(997, 0.2, -20)) == pytest.approx(loudness(sine(997, 5, -20)), abs=0.3)


@pytest.mark.parametrize("seconds", [0, 0.1, 5])
def test_silence_has_no_loudness(seconds: float) -> None:
    assert loudness(np.zeros(round(seconds * RATE), np.float32)) == -math.inf


@pytest.mark.parametrize("dbfs", [-40, -20, -9])
def test_gain_brings_speech_to_the_target(dbfs: float, ebur128: Meter) -> None:
    speech = voiced(8, dbfs)
    clips = np.split(to_pcm(speech), [RATE, 3 * RATE])
    levelled = speech * to_gain(gain_for(clips))
    assert ebur128(levelled)[0] == pytest.approx(TARGET_LUFS, abs=0.1)


def test_16_bits_are_as_loud_as_floats() -> None:
    for sound in SOUNDS.values():
        pcm = to_pcm(sound)
        assert loudness(pcm) == pytest.approx(loudness(to_float(pcm)), abs=1e-4)


def test_loudness_does_not_depend_on_where_the_blocks_begin() -> None:
    """Each FFT takes up where the one before it ended: against one FFT over all."""
    sound = np.concatenate([voiced(7, -6), noise(3.3, -30)])
    assert loudness(sound) == pytest.approx(loudness_in_one(sound), abs=0.001)


def loudness_in_one(sound: NDArray[np.floating]) -> float:
    z1 = np.exp(-2j * np.pi * np.arange((1 << 19) + 1) / (1 << 20))
    for (b0, b1, b2), (a0, a1, a2) in level._STAGES:
        part = (b0 + b1 * z1 + b2 * z1**2) / (a0 + a1 * z1 + a2 * z1**2)
        sound = np.fft.irfft(np.fft.rfft(sound, 1 << 20) * part)[: len(sound)]
    starts = range(0, len(sound) - 4 * 4800 + 1, 4800)
    blocks = np.array([np.mean(np.square(sound[at : at + 4 * 4800])) for at in starts])
    loud = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    return float(-0.691 + 10 * np.log10(loud[loud > loud.mean() / 10].mean()))


@pytest.mark.parametrize("clips", [[], [np.zeros(RATE, np.int16)]])
def test_a_silent_voice_has_no_gain(clips: list[NDArray[np.int16]]) -> None:
    with pytest.raises(VoiceError, match="silent"):
        gain_for(clips)


def test_a_peak_between_samples_is_seen() -> None:
    # At a quarter of the rate and 45 degrees, every sample is 3 dB under the peak.
    between = sine(12_000, 1, -6, phase=np.pi / 4)
    assert 20 * np.log10(np.abs(between).max()) == pytest.approx(-9.01, abs=0.01)
    middle = between * np.hanning(len(between)).astype(np.float32)
    assert true_peak(middle) == pytest.approx(-6, abs=0.1)


def test_what_is_under_the_ceiling_is_left_alone() -> None:
    sound = voiced(1, CEILING_DBTP - 0.5)
    assert np.array_equal(limit(sound), sound)


QUIET = voiced(1, -20)


@settings(max_examples=examples(60))
@given(
    drive=st.floats(0, 24),
    burst=st.integers(0, 30_000),
    length=st.integers(1, 12_000),
    hertz=st.floats(50, 8000),
)
@example(drive=0.0, burst=7, length=406, hertz=7952.0)  # 0.101 dB over
def test_nothing_gets_over_the_ceiling(drive: float, burst: int, length: int, hertz: float) -> None:
    sound = QUIET.copy()
    sound[burst : burst + length] += sine(hertz, length / RATE, drive)
    limited = limit(sound)
    assert len(limited) == len(sound)
    # A peak between samples is found within 0.1 dB as a rule (BS.1770-4, annex 2).
    assert true_peak(limited) <= CEILING_DBTP + 0.15
    assert np.abs(limited).max() <= to_gain(CEILING_DBTP) + 1e-6


def limited_as_a_whole(sound: Samples) -> Samples:
    """The limiter with nothing left out: every true peak found, the gain drawn for each sample."""
    padded = np.pad(sound, 1024)
    fine = np.abs(soxr.resample(padded, RATE, 4 * RATE, "HQ"))
    fine[::4] = np.abs(padded)
    peaks = sliding_window_view(np.pad(fine, (4, 0)), 8)[::4].max(axis=1)
    needed = np.minimum(CEILING_DBTP - 20 * np.log10(np.maximum(peaks, 1e-9)), 0)
    ramp = 100 / RATE * np.arange(len(needed) - 255)
    held = np.minimum.accumulate(sliding_window_view(needed, 256).min(axis=1) - ramp) + ramp
    mean = np.convolve(np.full(128, 1 / 128), np.full(128, 1 / 128))
    gain = np.convolve(np.minimum(held, 0), mean)[1024 : 1024 + len(sound)]
    return np.asarray(sound * 10 ** (gain / 20), np.float32)


@st.composite
def loud_sounds(draw: st.DrawFn) -> Samples:
    """Speech with bursts of tone, noise, single samples and edges: some too loud, some just not."""
    sound = voiced(draw(st.floats(0.01, 1.5)), draw(st.floats(-30, 0)))
    chance = np.random.default_rng(draw(st.integers(0, 1000)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(sound) - 1))
        length = draw(st.sampled_from([1, 2, 3, 255, 256, 257]) | st.integers(1, 9000))
        burst = draw(st.sampled_from(["tone", "noise", "edge", "alternating"]))
        time = np.arange(len(sound[at : at + length]))
        sound[at : at + length] = (
            to_gain(draw(st.floats(-12, 12)))
            * {
                "tone": np.sin(draw(st.floats(0, 3.1)) * time + 1),
                "noise": chance.uniform(-1, 1, len(time)),
                "edge": np.ones(len(time)),
                "alternating": chance.choice([-1.0, 1.0], len(time)),
            }[burst]
        )
    return sound


@settings(max_examples=examples(150))
@given(sound=loud_sounds())
def test_limiting_only_where_a_peak_can_be_is_limiting_the_whole(sound: Samples) -> None:
    whole = to_pcm(limited_as_a_whole(sound)).astype(int)
    assert np.abs(to_pcm(limit(sound)) - whole).max() <= 1


@settings(max_examples=examples(150))
@given(sound=loud_sounds())
def test_no_true_peak_is_overlooked(sound: Samples) -> None:
    assert true_peak(limit(sound)) <= CEILING_DBTP + 0.1


def test_the_limit_on_what_lies_between_samples() -> None:
    """`_BEND` and `_BLOCK` hold for the resampler: measured on its answer to a single 1."""
    single = np.zeros(4096)
    single[2048] = 1
    answer = soxr.resample(single, RATE, 4 * RATE, "HQ").reshape(-1, 4)
    for step in range(1, 4):
        off_the_line = answer[:, step].copy()
        off_the_line[2048] -= 1 - step / 4
        off_the_line[2047] -= step / 4
        per_bend = np.cumsum(np.cumsum(off_the_line))
        near = slice(2048 - limiter._BLOCK, 2048 + limiter._BLOCK)
        assert np.abs(per_bend[near]).sum() < limiter._BEND
        assert np.abs(np.delete(off_the_line, np.r_[near])).max() < 1e-6


def test_a_limited_sound_is_not_the_callers() -> None:
    sound = voiced(1, 6)
    kept = sound.copy()
    limit(sound)
    assert np.array_equal(sound, kept)


@pytest.mark.parametrize("length", [0, 1, 255, 256, 257])
def test_the_limiter_takes_any_length(length: int) -> None:
    sound = np.full(length, 2.0, np.float32)
    assert len(limit(sound)) == length
    assert np.abs(limit(sound)).max(initial=0) <= to_gain(CEILING_DBTP) + 1e-6


def test_the_limiter_works_only_around_a_peak() -> None:
    sound = voiced(2, -10)
    sound[RATE] = 2.0
    gain = limit(sound) / np.where(sound == 0, 1, sound)
    heard = np.abs(sound) > 1e-3
    before = np.arange(len(sound)) < RATE - 600
    after = np.arange(len(sound)) > RATE + RATE // 5
    np.testing.assert_allclose(gain[heard & (before | after)], 1, atol=1e-5)


def test_the_limiter_moves_smoothly() -> None:
    # A steady tone under a sudden loud one: what is left of it shows the gain itself.
    sound = np.full(RATE, 0.25, np.float32)
    sound[20_000:20_400] = 2.0
    gain = limit(sound) / sound
    steps = 20 * np.abs(np.diff(np.log10(gain)))
    assert gain.min() < to_gain(-6)
    assert steps.max() < 0.3


def test_decoded_mp3_stays_under_minus_1(decode: Decoder, ebur128: Meter) -> None:
    """As podcast players ask (-1 dBTP), on speech driven 6 dB into the limiter."""
    for pitch in (90.0, 110.0, 215.0):
        loud = to_pcm(limit(voiced(3, 6, pitch)))
        assert true_peak(to_float(loud)) == pytest.approx(CEILING_DBTP, abs=0.15)
        assert ebur128(decode(encode_region(loud, 0)))[1] <= -1.0
