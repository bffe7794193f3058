"""Counting is even as it is heard: by two published measures that the program does not use."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from beats import MEASURES, largest_step, spread
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from audiocoach.coaching.phrases import phrases_for
from audiocoach.sound.beat import beat
from audiocoach.sound.clip import prepare, samples
from audiocoach.store import Cache
from audiocoach.timeline.placing import BEAT_MS
from audiocoach.timeline.script import SAMPLE_RATE, SAMPLES_PER_MS, Utterance
from audiocoach.voice.espeak.engine import ENGINE

Clip = NDArray[np.int16]

MOST_SPREAD_MS = 35
MOST_OF_ONSETS = 0.55
MOST_STEP_MS = 60


def said(*texts: str, language: str = "en") -> list[Clip]:
    """What eSpeak makes of each text, as clips."""
    voice = ENGINE.open("", language=language, rate=1.0, cache=Cache(Path("nowhere")))
    spoken = voice.speak([Utterance(text, language) for text in texts])
    return [samples(prepare(segment, 0.0)) for _, segment in spoken]


def numbers(language: str) -> list[Clip]:
    """One to twenty."""
    number = phrases_for(language).number
    return said(*(f"{number(n).capitalize()}." for n in range(1, 21)), language=language)


@pytest.fixture(scope="module")
def counts() -> list[Clip]:
    return numbers("en")


@pytest.mark.parametrize(
    ("language", "measure"),
    [
        *((language, "Cummins and Port") for language in ("de", "es", "fr")),
        # Not in French: what swells in "huit" and "dix-sept" is half a vowel before the vowel, and
        # the two measures are 100 ms apart there. Placed as well, Marcus' sees 0.9 of the spread.
        *((language, "Marcus") for language in ("de", "es")),
    ],
)
def test_counts_are_nearly_as_even_in_other_languages(language: str, measure: str) -> None:
    counts = numbers(language)[:10]
    by_onset = [MEASURES[measure](clip) for clip in counts]
    by_beat = [at - beat(clip) / SAMPLES_PER_MS for at, clip in zip(by_onset, counts, strict=True)]
    assert spread(by_beat) <= MOST_SPREAD_MS + 15
    assert spread(by_beat) <= MOST_OF_ONSETS * spread(by_onset)


@pytest.mark.parametrize("measure", MEASURES)
def test_counts_that_are_placed_by_their_beats_are_even(measure: str, counts: list[Clip]) -> None:
    by_onset = [MEASURES[measure](clip) for clip in counts]
    by_beat = [at - beat(clip) / SAMPLES_PER_MS for at, clip in zip(by_onset, counts, strict=True)]
    assert spread(by_beat[:10]) <= MOST_SPREAD_MS
    assert spread(by_beat[:10]) <= MOST_OF_ONSETS * spread(by_onset[:10])
    assert largest_step(by_beat) <= MOST_STEP_MS


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_few_words_have_more_before_their_beat_than_there_is_room(language: str) -> None:
    beats = [beat(clip) / SAMPLES_PER_MS for clip in numbers(language)]
    assert sorted(beats)[-3] <= BEAT_MS
    assert max(beats) <= BEAT_MS + 40


def test_the_beat_does_not_depend_on_the_level_nor_on_silence_at_the_end(
    counts: list[Clip],
) -> None:
    for clip in counts[:10]:
        quieter = np.asarray(clip // 4, np.int16)
        assert beat(np.pad(clip, (0, SAMPLE_RATE))) == beat(clip)
        assert abs(beat(quieter) - beat(clip)) <= SAMPLES_PER_MS


def test_only_the_first_word_matters() -> None:
    two, more = (beat(clip) / SAMPLES_PER_MS for clip in said("Two.", "Two to go."))
    assert abs(two - more) <= 20


def test_a_vowel_of_another_syllable_moves_the_beat_by_little_and_one_nearby_by_its_share() -> None:
    """A syllable in the band of vowels, and one before it of which that band has nothing."""
    time = np.arange(SAMPLE_RATE * 2 // 5) / SAMPLE_RATE

    def swelling(pitch: float, begin: float, end: float) -> NDArray[np.float64]:
        rise, fall = np.clip((time - begin) / 0.02, 0, 1), np.clip((end - time) / 0.02, 0, 1)
        return np.asarray(np.sin(2 * np.pi * pitch * time) * rise * fall)

    def placed(before: float) -> float:
        sound = swelling(1000, 0.2, 0.4) + 0.8 * swelling(330, before, 0.4)
        return beat(np.asarray(9000 * sound, np.int16)) / SAMPLES_PER_MS

    together = placed(0.2)
    assert abs(placed(0.05) - together) <= 6  # a mean without a bound moves it by 30
    assert abs(placed(0.05) - placed(0.1)) <= 1
    assert placed(0.19) < together


@given(
    st.lists(st.integers(-32768, 32767), max_size=40).map(lambda few: np.array(few, np.int16)),
    st.integers(0, 30_000),
)
def test_whatever_it_hears_it_gives_a_beat_inside(few: Clip, repeated: int) -> None:
    clip = np.resize(few, repeated) if len(few) else few
    found = beat(clip)
    assert 0 <= found <= len(clip) + SAMPLE_RATE // 2
    assert found % SAMPLES_PER_MS == 0


def test_silence_has_none() -> None:
    assert beat(np.zeros(SAMPLE_RATE, np.int16)) == 0
    assert beat(np.zeros(0, np.int16)) == 0
