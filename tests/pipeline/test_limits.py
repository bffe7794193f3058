"""The limits that an error names hold: a session of each of these lengths is made."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Session, clip_beats, clip_lengths, examples, sessions

from audiocoach import checking, pipeline
from audiocoach.casting import Casting, Role
from audiocoach.coaching.compiler import compile_script
from audiocoach.coaching.phrases import phrases_for
from audiocoach.errors import FitError, RoutineError, VoiceError
from audiocoach.listener import SILENT
from audiocoach.pipeline import Prepared
from audiocoach.routine.load import load
from audiocoach.routine.model import Routine
from audiocoach.routine.select import select
from audiocoach.settings.resolve import Chosen, Options, Resolved, resolve, settled
from audiocoach.settings.surroundings import Surroundings
from audiocoach.settings.table import SETTINGS, Settings
from audiocoach.sound.studio import Studio, Take, Takes
from audiocoach.store import Cache
from audiocoach.timeline.script import SAMPLES_PER_MS, Sound, Utterance
from audiocoach.voice.choice import Choice
from audiocoach.voice.segment import AudioSegment, mono
from audiocoach.wording import clock

_T = TypeVar("_T")
HOUR = 3_600_000
RATE = 8000


class Hummer:
    """Hums each text, longer ones longer; notes what it said."""

    name = "hummer:1"
    fingerprint = "hummer 1"
    online = False
    tempo = 1.0

    def __init__(self) -> None:
        self.said: list[str] = []
        self.stops_after = 10**9

    def speak(self, utterances: Sequence[Utterance]) -> Iterator[tuple[Utterance, AudioSegment]]:
        for utterance in utterances:
            if len(self.said) >= self.stops_after:
                raise VoiceError("the hummer is hoarse", utterance=utterance.text)
            self.said.append(utterance.text)
            time = np.arange(RATE * (60 + 9 * len(utterance.text)) // 1000)
            wave = np.sin(2 * np.pi * 300 / RATE * time) * 16_000
            yield utterance, mono(wave.astype("<i2").tobytes(), RATE)


class Told(Takes):
    """Takes whose beats are made up as well."""

    def beats(self, sounds: Iterable[Sound]) -> dict[Sound, int]:
        return clip_beats(sounds, Timed.seed)


class Timed(Studio):
    """A studio that knows how long each text takes, and makes no sound: a hundred times faster."""

    seed = 0
    slowness = 1

    def known(self, sounds: Iterable[Sound], **_: object) -> Takes:
        return self.record(sounds)

    def record(self, sounds: Iterable[Sound], *_: object) -> Takes:
        lengths = clip_lengths(sounds, self.seed, self.slowness)
        return Told(self, {sound: Take("", length) for sound, length in lengths.items()})

    def hurried(self, takes: Takes, _: Mapping[Sound, int]) -> Takes:
        return takes


class Stage:
    """One routine, told in one way, that is tried at many lengths with one cache."""

    def __init__(self, routine: Routine, coaching: Settings, folder: Path) -> None:
        around = Surroundings(dict(os.environ))
        self._routine, self._coaching = routine, coaching
        self._role = Role("en", settled(Options()), Cache(folder), around)
        self.voice = Hummer()

    def total(self, duration: int | None) -> int:
        """The length (ms) of the session for that `--duration`. Raises FitError."""
        wanted = replace(self._coaching, duration=duration)
        chosen = Resolved({name: Chosen(getattr(wanted, name)) for name in SETTINGS})
        prepared = Prepared.of(
            self._routine,
            compile_script(self._routine, wanted),
            replace(self._role, chosen=chosen),
        )
        casting = Casting(Choice(self.voice.name, ""), self.voice)
        timeline = pipeline.spoken(prepared, casting, SILENT).timeline
        return timeline.total // SAMPLES_PER_MS


def assert_limits_hold(stage: Stage, asked: int) -> None:
    try:
        assert stage.total(asked) == asked
    except FitError as refusal:
        error = refusal
    else:
        return
    assert error.asked == asked
    assert error.shortest <= error.natural <= error.longest
    assert not error.shortest <= asked <= error.longest
    # By itself it is told as one of no certain length, which may be a little outside of them.
    assert error.natural == min(max(stage.total(None), error.shortest), error.longest)
    for length in (error.shortest, error.natural, error.longest):
        assert stage.total(length) == length
    # What is read in the message is what was tried.
    shown = clock if error.shortest % 1000 == error.longest % 1000 == 0 else "{}ms".format
    told = f"can last from {shown(error.shortest)} to {shown(error.longest)} "
    assert told in str(error)


@settings(max_examples=examples(40))
@given(
    session=sessions(),
    slowness=st.integers(1, 8),
    asked=st.lists(st.integers(1, 3 * HOUR), max_size=2),
)
def test_both_limits_of_every_error_build(
    session: Session, slowness: int, asked: list[int]
) -> None:
    stage = Stage(session.routine, session.coaching, Path(os.devnull))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "Studio", Timed)
        patch.setattr(Timed, "seed", session.seed)
        patch.setattr(Timed, "slowness", slowness)
        with pytest.raises(FitError) as error:
            stage.total(1)
        # Seconds inside and outside of them, where words and pauses meet.
        limits = (error.value.shortest, error.value.longest)
        near = [max(1, limit + 1000 * step) for limit in limits for step in (-1, 0, 1)]
        for length in (70_000, *asked, *near):
            assert_limits_hold(stage, length)


def out_of_reach(of: Callable[[_T], object], given: _T) -> bool:
    try:
        of(given)
    except (FitError, RoutineError):
        return True
    return False


def _minutes(ms: int) -> int:
    return (ms + 30_000) // 60_000


@settings(max_examples=examples(15))
@given(session=sessions(), length=st.integers(30, 3600))
def test_check_names_limits_that_hold(session: Session, length: int) -> None:
    """And a `duration` is in reach for it just where it is for a build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "Studio", Timed)
        patch.setattr(checking, "Studio", Timed)
        patch.setattr(checking, "open_voice", lambda *_, **__: Hummer())
        patch.setattr(Timed, "seed", session.seed)
        check = partial(checking.check, cache=Cache(Path(os.devnull)))
        own, *_ = check(session.routine)
        routine = select(own.routine, affected="right")
        stage = Stage(routine, resolve({}, {}, routine).settings, Path(os.devnull))
        shortest, natural, longest = own.limits
        assert shortest <= natural <= longest
        for limit, beyond in ((shortest, -1000), (longest, 1000)):
            assert stage.total(limit) == limit
            # Or else the length that the welcome tells has changed, and takes less time.
            assert out_of_reach(stage.total, limit + beyond) or _minutes(limit) != _minutes(
                limit + beyond
            )
        if session.routine.levels:
            return  # each of which is tried
        asked = session.routine.model_copy(update={"duration": length * 1000})
        assert out_of_reach(check, asked) == out_of_reach(stage.total, length * 1000)


@pytest.mark.parametrize("name", ["desk-break", "tabata", "foot-care", "four-seven-eight"])
@pytest.mark.parametrize("asked", ["70s", "3h"])
def test_a_length_that_an_error_names_is_made(name: str, asked: str, cache: Path) -> None:
    own = Cache(cache)

    def total(duration: str | int) -> int:
        options = Options(duration=duration, voice="espeak", pace="brisk")
        return pipeline.rehearse(name, options, cache=own).timeline.total // SAMPLES_PER_MS

    with pytest.raises(FitError) as error:
        total(asked)
    for limit in (error.value.shortest, error.value.longest):
        assert total(limit) == limit


def test_only_an_error_has_other_words_spoken(tmp_path: Path) -> None:
    stage = Stage(load("desk-break"), Settings(), tmp_path)
    stage.total(300_000)
    fits = list(stage.voice.said)
    with pytest.raises(FitError):
        stage.total(70_000)
    more = stage.voice.said[len(fits) :]
    assert 1 <= len(more) <= 6
    # What is only said in the longest: how long it is, and a line in its last pause.
    longest = phrases_for("en").variants("close.orient")
    assert all("exercises" in text or text in longest for text in more)


def test_a_voice_that_fails_meanwhile_hides_no_error(tmp_path: Path) -> None:
    stage = Stage(load("desk-break"), Settings(), tmp_path)
    stage.total(300_000)
    stage.voice.stops_after = len(stage.voice.said) + 1  # the words for 1:10, and no others
    with pytest.raises(FitError) as error:
        stage.total(70_000)
    assert error.value.asked == 70_000
