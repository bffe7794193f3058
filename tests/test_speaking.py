"""What a session turns out to need is spoken, and nothing else; and that changes no session."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Session, clip_beats, clip_lengths, examples, sessions

from audiocoach.coaching.compiler import compile_script
from audiocoach.errors import FitError
from audiocoach.routine.load import load, loads
from audiocoach.sound.studio import Studio
from audiocoach.speaking import likely, needs_nobody, requests, speak
from audiocoach.store import Cache
from audiocoach.timeline import Script, Sound, Timeline, UnspokenError, Utterance, fit
from audiocoach.timeline.placing import on_beats
from audiocoach.voice.segment import AudioSegment

RESTING = """
title: Walk
language: en
exercises:
  - {name: toe walk, position: standing, sets: 3, work: 20s, rest: 10-15s, stop: heels down}
"""
MINUTE = 60_000


def tone(seconds: float) -> AudioSegment:
    """A tone that swells like syllables."""
    time = np.arange(round(seconds * 16_000)) / 16_000
    wave = np.sin(2 * np.pi * 180 * time) * (0.6 + 0.4 * np.sin(2 * np.pi * 5 * time))
    data = np.asarray(wave * 9000, "<i2").tobytes()
    return AudioSegment(data=data, sample_width=2, frame_rate=16_000, channels=1)


class Clerk:
    """A voice that keeps a list of what it was asked, a request for each."""

    name = "clerk"
    online = False
    tempo = 1.0
    licence = ""
    fingerprint = "clerk 1"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.times = 0

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        self.times += 1
        for utterance in utterances:
            self.asked.append(utterance.text)
            yield utterance, tone(0.3 + len(utterance.text) / 14)

    def requests_needed(self, utterances: Sequence[Utterance]) -> int:
        return len(utterances)


def texts(sounds: Iterable[Sound]) -> set[str]:
    return {sound.text for sound in sounds if isinstance(sound, Utterance)}


def studio_in(folder: Path) -> tuple[Studio, Clerk]:
    clerk = Clerk()
    return Studio(clerk, "en", Cache(folder)), clerk


def by_and_by(
    script: Script, lengths: dict[Sound, int], known: dict[Sound, int], target: int | None
) -> tuple[Timeline, set[Sound]]:
    """The fit given only what it asks for, besides what is known; and what that is."""
    given = dict(known)
    while True:
        beats = clip_beats([each for each in on_beats(script) if each in given], 1)
        try:
            return fit(script, given, target, beats), given.keys() - known.keys()
        except UnspokenError as lacking:
            more = {sound: lengths[sound] for sound in lacking.sounds}
        assert more.keys() - given.keys() == more.keys() != set(), "it has those"
        given |= more


@settings(max_examples=examples(100))
@given(session=sessions(), where=st.integers(0, 1000), there=st.integers(2, 9))
def test_a_session_is_the_same_whatever_was_known_before_it_was_asked_for(
    session: Session, where: int, there: int
) -> None:
    script, lengths = session.compiled()
    limits = fit(script, lengths, None, clip_beats(on_beats(script), 1)).fit
    target = limits.shortest + (limits.longest - limits.shortest) * where // 1000
    whole = fit(script, lengths, target, clip_beats(on_beats(script), 1))
    some = dict(list(lengths.items())[::there])
    for known in ({}, some, lengths):
        timeline, asked = by_and_by(script, lengths, known, target)
        assert timeline == whole
        assert {cue.sound for cue in timeline.cues} <= asked | known.keys()


def test_a_length_that_no_session_has_is_found_before_all_is_spoken() -> None:
    script = compile_script(loads(RESTING))
    lengths = clip_lengths(script.sounds(), 1)
    with pytest.raises(FitError) as whole:
        fit(script, lengths, 1)
    with pytest.raises(FitError) as partly:
        by_and_by(script, lengths, {}, 1)
    assert partly.value.args == whole.value.args


def test_of_a_rest_of_a_range_only_the_length_that_was_chosen_is_spoken(tmp_path: Path) -> None:
    script = compile_script(loads(RESTING))
    choices = {text for text in texts(script.sounds()) if "seconds." in text}
    assert len(choices) > 5
    studio, clerk = studio_in(tmp_path)
    told = speak(studio, script, None)
    heard = texts(cue.sound for cue in told.timeline.cues)
    rests = {text for text in clerk.asked if re.search(r"\bseconds\.$", text)}
    assert rests == heard & choices
    assert len(rests) < len(choices) / 2


@pytest.mark.parametrize("routine", ["foot-relief", "foot-care"])
def test_hardly_a_text_is_spoken_that_is_not_heard(tmp_path: Path, routine: str) -> None:
    script = compile_script(load(routine))
    studio, clerk = studio_in(tmp_path)
    expected = likely(studio, script, 20 * MINUTE)
    counted = requests(studio, expected)
    seen: list[tuple[int, int]] = []
    told = speak(studio, script, 20 * MINUTE, lambda *done: seen.append(done))
    assert told.timeline.total == 57_600_000
    assert len(clerk.asked) == len(set(clerk.asked)) == told.requests
    level = told.requests - seen[-1][0]
    heard = texts(cue.sound for cue in told.timeline.cues)
    assert heard <= set(clerk.asked)
    assert len(clerk.asked) - level - len(heard) <= 5
    assert clerk.times <= 4, "a voice is not started for each text"
    assert abs(counted - told.requests) <= 5
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert {of for _, of in seen} <= set(range(len(expected), seen[-1][0] + 1))


def test_what_the_cache_has_changes_no_session(tmp_path: Path) -> None:
    script = compile_script(loads(RESTING))
    cold, _ = studio_in(tmp_path / "cold")
    first = speak(cold, script, None)
    full, _ = studio_in(tmp_path / "full")
    full.record(script.sounds())
    assert speak(full, script, None).timeline == first.timeline
    again, silent = studio_in(tmp_path / "cold")
    assert needs_nobody(again, script, None)
    assert speak(again, script, None).timeline == first.timeline
    assert not silent.asked


def test_another_length_needs_what_it_has_not_said_yet(tmp_path: Path) -> None:
    script = compile_script(loads(RESTING))
    studio, clerk = studio_in(tmp_path)
    assert not needs_nobody(studio, script, None)
    limits = speak(studio, script, None).timeline.fit
    said = set(clerk.asked)
    assert not needs_nobody(studio, script, limits.shortest)
    assert needs_nobody(studio, script, limits.longest + 1), "which no voice can mend"
    speak(studio, script, limits.shortest)
    rests = {text for text in clerk.asked if "seconds." in text} - said
    assert rests
    assert all(" ten seconds." in text for text in rests), "as short as they may be"
