"""The mix is the session, sample for sample, however it is cut into chunks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from strategies import examples

from audiocoach.sound import mix
from audiocoach.sound.mp3 import Coding
from audiocoach.timeline.script import Cue, CueKind, Sound, Utterance
from audiocoach.timeline.timeline import Fit, PlacedCue, Timeline

Decoder = Callable[[bytes], NDArray[np.float32]]
CHUNK = 100
SIZES = st.sampled_from([1, 99, 100, 101, 200, 350]) | st.integers(1, 400)


def samples_of(sound: Sound) -> NDArray[np.int16]:
    assert isinstance(sound, Utterance)
    length, seed = map(int, sound.text.split())
    return np.random.default_rng(seed).integers(1, 9000, length).astype(np.int16)


def placed(start: int, length: int, seed: int = 0) -> PlacedCue:
    sound = Utterance(f"{length} {seed}", "en")
    return PlacedCue(start, length, sound, Cue(sound, CueKind.COUNT))


def session(cues: list[PlacedCue], total: int) -> Timeline:
    return Timeline("Test", "en", tuple(cues), (), (), total, Fit(0, 0, 0, 0))


@st.composite
def sessions(draw: st.DrawFn) -> Timeline:
    at, cues = 0, []
    for seed in range(draw(st.integers(0, 8))):
        cues.append(placed(at + draw(st.just(0) | SIZES), draw(SIZES), seed))
        at = cues[-1].end
    return session(cues, at + draw(SIZES))


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mix, "CHUNK", CHUNK)


@pytest.mark.usefixtures("small_chunks")
@settings(max_examples=examples(200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(timeline=sessions())
def test_every_sample_is_at_its_place(timeline: Timeline) -> None:
    wanted = np.zeros(timeline.total, np.int16)
    for cue in timeline.cues:
        wanted[cue.start : cue.end] = samples_of(cue.sound)
    chunks = list(mix.chunks(timeline, samples_of))
    assert [len(chunk) for chunk in chunks[:-1]] == [CHUNK] * (len(chunks) - 1)
    assert all(chunk.dtype == np.int16 for chunk in chunks)
    assert np.array_equal(np.concatenate(chunks), wanted)


@pytest.mark.usefixtures("small_chunks")
def test_samples_are_asked_for_when_their_chunk_is_made() -> None:
    asked: list[Sound] = []

    def noted(sound: Sound) -> NDArray[np.int16]:
        asked.append(sound)
        return samples_of(sound)

    cues = [placed(10, 20, 1), placed(150, 100, 2), placed(300, 10, 3)]
    chunks = mix.chunks(session(cues, 400), noted)
    assert not asked
    assert [len(asked) for _ in chunks] == [1, 2, 3, 4]  # the second sounds in two chunks
    assert [asked.count(cue.sound) for cue in cues] == [1, 2, 1]


def test_a_clip_of_another_length_is_an_error() -> None:
    cue = placed(10, 20)
    with pytest.raises(ValueError, match="has 19 samples, not 20"):
        list(mix.chunks(session([cue], 400), lambda sound: samples_of(sound)[1:]))


def test_the_hum_of_the_mix_is_that_of_an_mp3(any_decoder: Decoder) -> None:
    decoded = any_decoder(Coding(awake=True).gap_frame * 40)
    lines = np.abs(np.fft.rfft(decoded[20 * 1152 : 30 * 1152]))
    total = mix.CHUNK + 999
    chunks = list(mix.chunks(session([], total), samples_of, awake=True))
    mixed = np.concatenate(chunks)[20 * 1152 : 30 * 1152] / 32768
    assert np.argmax(lines) == np.argmax(np.abs(np.fft.rfft(mixed))) == 10
    assert np.ptp(mixed) == pytest.approx(np.ptp(decoded[20 * 1152 : 30 * 1152]), rel=0.02)
    assert np.abs(np.diff(np.concatenate(chunks).astype(int))).max() <= 1
