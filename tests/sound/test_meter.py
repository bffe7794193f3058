"""The meter: a sound that comes in pieces measures as one that is heard at once."""

from __future__ import annotations

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import examples

from audiocoach.sound.fingerprint import SIZE, decibels, fingerprint, levels, nearest, read
from audiocoach.sound.loudness import Samples, loudness
from audiocoach.sound.meter import CHUNK, measure

RATE = 48_000


def speech(seconds: float, seed: int = 0) -> Samples:
    """Noise in syllables, some of them close to full scale."""
    chance = np.random.default_rng(seed)
    length = int(seconds * RATE)
    steps = np.repeat(chance.random(length // 4800 + 1), 4800)[:length]
    return np.asarray(chance.normal(size=length) * 0.12 * steps, np.float32)


@pytest.mark.parametrize("samples", [0, 1, 47, 4800, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 9600])
def test_loudness_and_levels_are_those_of_the_whole(samples: int) -> None:
    sound = speech(samples / RATE + 1)[:samples]
    measured = measure([sound])
    assert measured.samples == samples
    assert measured.loudness == pytest.approx(loudness(sound), abs=1e-6)
    assert measured.levels == pytest.approx(decibels(levels(sound)), abs=0.05)


@settings(max_examples=examples(20))
@given(st.lists(st.integers(0, 700_000), min_size=1, max_size=6))
def test_the_pieces_make_no_difference(lengths: list[int]) -> None:
    sound = speech(sum(lengths) / RATE + 1)[: sum(lengths)]
    pieces = np.split(sound, np.cumsum(lengths)[:-1])
    apart, whole = measure(pieces), measure([sound])
    assert (apart.samples, apart.loudness, apart.true_peak) == (
        *(whole.samples, whole.loudness),
        whole.true_peak,
    )


@pytest.mark.parametrize("at", [100, CHUNK - 1, CHUNK, CHUNK + 5000, 2 * CHUNK + 20_000])
def test_a_true_peak_is_found_wherever_it_is(at: int) -> None:
    sound = speech(25) * np.float32(0.3)
    # A tone between the samples of which the highest point lies.
    tone = 0.8 * np.sin(np.pi / 2 * np.arange(200) + np.pi / 4) * np.hanning(200)
    sound[at : at + 200] += tone.astype(np.float32)
    fine = soxr.resample(sound, RATE, 4 * RATE, "HQ")
    highest = 20 * np.log10(max(np.abs(fine).max(), np.abs(sound).max()))
    assert measure([sound]).true_peak == pytest.approx(highest, abs=0.05)


def test_silence_has_no_peak_and_no_loudness() -> None:
    measured = measure([np.zeros(3 * CHUNK, np.float32)])
    assert measured.true_peak == measured.loudness == -np.inf


@pytest.mark.parametrize("shift", [-140, -12, -1, 0, 3, 90])
def test_a_clip_is_found_by_its_fingerprint(shift: int) -> None:
    pcm = np.asarray(speech(0.96, seed=4) * 32767, np.int16)
    known = fingerprint(pcm)
    assert len(known) == SIZE
    around = np.zeros(3 * RATE, np.int16)
    start = RATE + shift * 48
    around[start : start + len(pcm)] = pcm // 2
    place, apart = nearest(levels(around), np.arange(850, 1151), 960, read(known))
    assert abs(place - 1000 - shift) <= 2
    assert apart < 0.1
    other = np.asarray(speech(0.96, seed=5) * 32767, np.int16)
    assert nearest(levels(around), np.arange(850, 1151), 960, read(fingerprint(other)))[1] > 0.5
