"""A session with a sound of the user's: the same bytes each time, and what its outputs call it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pytest
import soundfile
from running import run, tiny
from sounds import gong

from audiocoach import pipeline
from audiocoach.delivery.captions import captions
from audiocoach.delivery.cuesheet import timeline_sheet
from audiocoach.delivery.json import to_json
from audiocoach.delivery.markdown import markdown_sheet
from audiocoach.routine.recordings import Recording
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.timeline import Timeline
from audiocoach.timeline.script import SAMPLE_RATE
from audiocoach.verify.report import verify_file

ROUTINE: Final = """\
title: Tiny
language: en
exercises:
  - {name: dragon, hold: 20s, bell: {at: 2s, sound: gong.wav}}
"""
OPTIONS: Final = Options(voice="espeak", chimes=True)


@pytest.fixture
def routine(tmp_path: Path) -> Path:
    gong(tmp_path, seconds=6)
    return tiny(tmp_path, ROUTINE)


def built(routine: Path, name: str, cache: Path) -> bytes:
    path = routine.with_name(name)
    pipeline.build(routine, path, OPTIONS, cache=Cache(cache), surroundings=Surroundings({}))
    return path.read_bytes()


def test_cold_warm_and_another_process(routine: Path, cache: Path, tmp_path: Path) -> None:
    cold = built(routine, "cold.mp3", tmp_path / "cache")
    assert built(routine, "warm.mp3", tmp_path / "cache") == cold
    done = run(
        *("build", "tiny.yaml", "-q", "--voice", "espeak", "--chimes", "-o", "x.mp3"),
        cwd=tmp_path,
        cache=cache,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "x.mp3").read_bytes() == cold


def test_another_sound_in_the_file_is_heard_though_all_was_cached(
    routine: Path, cache: Path
) -> None:
    before = built(routine, "x.mp3", cache)
    wave, rate = soundfile.read(routine.with_name("gong.wav"))
    soundfile.write(routine.with_name("gong.wav"), wave[::-1], rate)
    assert built(routine, "x.mp3", cache) != before
    soundfile.write(routine.with_name("gong.wav"), wave, rate)
    assert built(routine, "x.mp3", cache) == before


def test_it_is_heard_where_the_timeline_has_it(routine: Path, cache: Path) -> None:
    built(routine, "x.wav", cache)
    (cue,) = [each for each in timeline(routine, cache).cues if isinstance(each.sound, Recording)]
    heard, rate = soundfile.read(routine.with_name("x.wav"))
    assert rate == SAMPLE_RATE
    assert isinstance(cue.sound, Recording)
    made = np.frombuffer(cue.sound.samples, "<i2").astype(float)
    there = heard[cue.start : cue.start + len(made)]
    assert np.corrcoef(made, there)[0, 1] > 0.999
    assert not heard[cue.start - 4800 : cue.start].any()


def test_a_sound_that_rings_on_is_found_at_its_place(routine: Path, cache: Path) -> None:
    """It is so alike from one moment to the next that its place is vague."""
    built(routine, "x.mp3", cache)
    report = verify_file(
        routine.with_name("x.mp3"), routine, OPTIONS, surroundings=Surroundings({})
    )
    assert [str(each) for each in report.failed] == []


def timeline(routine: Path, cache: Path) -> Timeline:
    made = pipeline.rehearse(routine, OPTIONS, cache=Cache(cache), surroundings=Surroundings({}))
    return made.timeline


def test_every_sheet_calls_it_by_its_name(routine: Path, cache: Path) -> None:
    of = timeline(routine, cache)
    assert "(gong.wav)" in timeline_sheet(of)
    assert "(gong.wav)" in markdown_sheet(of)
    assert "[gong.wav]" in [each.text for each in captions(of)]
    assert "gong.wav" in [cue.get("sound") for cue in to_json(of)["cues"]]
