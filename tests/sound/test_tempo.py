"""`--rate` for every engine: as much faster as asked for, at the same pitch."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from fake_translate import Service, fake_translate
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from piper_tiny import NAME, description, tiny_model
from strategies import examples

from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.studio import Studio
from audiocoach.store import Cache
from audiocoach.tempo import change_tempo
from audiocoach.timeline.script import SAMPLE_RATE, Utterance
from audiocoach.voice.base import open_voice

Sound = NDArray[np.float32]
LINES = [
    Utterance(text, "en")
    for text in (
        "Stand tall, with your feet hip-width apart.",
        "Grip the floor with your toes, and hold it there.",
        "Let go, and rest until I tell you to go on.",
    )
]
# For the shell the second line runs Python; a path with a space can't stand behind "#!".
HUMMER = f"""#!/bin/sh
"exec" "{sys.executable}" "-IS" "$0" "$@"
import array, math, sys, wave
words = len(sys.stdin.buffer.read().split())
with wave.open(sys.stdout.buffer, "wb") as out:
    out.setparams((1, 2, 16000, 0, "NONE", ""))
    out.writeframes(array.array("h", (round(9000 * math.sin(math.tau * 140 * n / 16000)
        * (0.6 + 0.4 * math.sin(math.tau * 5 * n / 16000)))
        for n in range(5600 * words))).tobytes())
"""
"""A program without a rate: a hum at 140 Hz, 0.35 s a word."""


def pitch_of(sound: Sound, rate: int = SAMPLE_RATE) -> float:
    """The pitch (Hz) in the middle of a sound, by autocorrelation."""
    middle = np.asarray(sound[len(sound) // 4 : len(sound) * 3 // 4][: rate // 2], np.float64)
    middle -= middle.mean()
    spectrum = np.fft.rfft(middle, 2 * len(middle))
    alike = np.fft.irfft(np.abs(spectrum) ** 2)[: rate // 60]
    alike /= np.arange(len(middle), len(middle) - len(alike), -1)  # less overlaps at longer lags
    shortest = rate // 400
    peak = float(alike[shortest:].max())
    rising = np.flatnonzero(alike[shortest:-1] >= 0.95 * peak) + shortest
    first = int(rising[0])
    lag = first + int(np.argmax(alike[first : first + rate // 800]))
    return rate / lag


def syllables(seconds: float, pitch: float) -> Sound:
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tone = sum(np.sin(2 * np.pi * pitch * n * time) / n for n in range(1, 6))
    return np.asarray(tone * (0.55 + 0.45 * np.sin(2 * np.pi * 4 * time)) * 0.2, np.float32)


# The stretcher alone


@settings(max_examples=examples(12))
@given(factor=st.floats(0.5, 2.0), pitch=st.floats(90, 280), seconds=st.floats(0.6, 3.0))
def test_length_changes_by_the_factor_and_pitch_does_not(
    factor: float, pitch: float, seconds: float
) -> None:
    sound = syllables(seconds, pitch)
    faster = change_tempo(sound, factor, SAMPLE_RATE)
    margins = SAMPLE_RATE / 5 / factor
    assert len(faster) - margins == pytest.approx(len(sound) / factor, rel=0.05)
    assert pitch_of(faster) == pytest.approx(pitch, rel=0.03)


def test_the_same_sound_gives_the_same_samples() -> None:
    sound = syllables(1.0, 150)
    before = sound.copy()
    first, again = (change_tempo(sound, 1.3, SAMPLE_RATE) for _ in range(2))
    assert first.tobytes() == again.tobytes()
    assert np.array_equal(sound, before)


def test_a_very_short_sound_is_stretched_too() -> None:
    for length in (1, 100, 2000):
        sound = syllables(length / SAMPLE_RATE, 150)
        assert np.isfinite(change_tempo(sound, 1.5, SAMPLE_RATE)).all()


# Every engine


def spoken(spec: str, rate: float, cache: Path) -> list[Sound]:
    voice = open_voice(
        spec, language="en", rate=rate, cache=Cache(cache), surroundings=Surroundings.here()
    )
    studio = Studio(voice, "en", Cache(cache))
    takes = studio.record(LINES)
    lengths = takes.lengths
    sounds = [takes.samples(line) for line in LINES]
    assert [lengths[line] for line in LINES] == [len(sound) for sound in sounds]
    return [sound.astype(np.float32) for sound in sounds]


def assert_faster(
    say: Callable[[float], list[Sound]], rate: float, *, length: float, pitch: float
) -> None:
    natural, changed = say(1.0), say(rate)
    for before, after in zip(natural, changed, strict=True):
        assert len(before) / len(after) == pytest.approx(rate, rel=length)
    pitches = [np.median([pitch_of(sound) for sound in sounds]) for sounds in (natural, changed)]
    assert pitches[1] == pytest.approx(pitches[0], rel=pitch)


RATES = pytest.mark.parametrize("rate", [0.7, 1.25, 1.6])


@pytest.fixture
def service() -> Iterator[Service]:
    with fake_translate() as service:
        yield service


@RATES
def test_gtts(service: Service, tmp_path: Path, rate: float) -> None:
    assert_faster(partial(spoken, "gtts", cache=tmp_path / "cache"), rate, length=0.05, pitch=0.03)
    assert len(service.asked) == len(set(service.texts))  # each rate from the same answers


@pytest.mark.skipif(sys.platform == "win32", reason="a script with #!")
@RATES
def test_a_program_that_knows_no_rate(tmp_path: Path, rate: float) -> None:
    program = tmp_path / "hum"
    program.write_text(HUMMER)
    program.chmod(0o755)
    say = partial(spoken, f"command:{program}", cache=tmp_path / "cache")
    assert_faster(say, rate, length=0.05, pitch=0.03)


@RATES
def test_espeak_by_its_own_rate(tmp_path: Path, rate: float) -> None:
    say = partial(spoken, "espeak", cache=tmp_path / "cache")
    assert_faster(say, rate, length=0.15, pitch=0.15)


@RATES
def test_piper_by_its_own_rate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rate: float
) -> None:
    pytest.importorskip("piper.voice", reason="piper-tts is not installed")
    folder = tmp_path / "voices/piper" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.onnx").write_bytes(tiny_model())
    (folder / f"{NAME}.onnx.json").write_text(json.dumps(description()))
    monkeypatch.setenv("AUDIOCOACH_VOICES", str(tmp_path / "voices"))
    natural, changed = (spoken("piper", each, tmp_path / "cache") for each in (1.0, rate))
    for before, after in zip(natural, changed, strict=True):
        assert len(before) / len(after) == pytest.approx(rate, rel=0.15)
