"""Many sessions made in one go: the same as one by one, with nothing spoken twice."""

from __future__ import annotations

import threading
import wave
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fake_translate import Service, fake_translate
from running import files, tiny

from audiocoach import pipeline
from audiocoach.batch.build import Outcome, build_all
from audiocoach.batch.survey import survey
from audiocoach.batch.variants import spread
from audiocoach.errors import AudiocoachError, FitError, RoutineError, UsageError, VoiceError
from audiocoach.listener import Listener, Stage
from audiocoach.pipeline import Session
from audiocoach.settings.resolve import Options
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.store.entry import HEADER_SIZE

OTHER = """\
title: Other
language: en
exercises:
  - name: heel raise
    hold: 2s
"""
RESTING = """\
title: Resting
language: en
exercises:
  - {name: toe walk, position: standing, sets: 3, work: 20s, rest: 10-15s}
"""
VOICES = "espeak:en-us,espeak:en-gb-x-rp+f3"


class Recorder(Listener):
    """Keeps all it hears."""

    def __init__(self) -> None:
        self.told: list[tuple[Stage, int, int]] = []
        self.notices: list[str] = []

    def progress(self, stage: Stage, done: int, total: int) -> None:
        self.told.append((stage, done, total))

    def notice(self, line: str) -> bool:
        self.notices.append(line)
        return True


@pytest.fixture
def routines(tmp_path: Path) -> list[str]:
    """Two small routines, with some texts in common."""
    other = tmp_path / "other.yaml"
    other.write_text(OTHER, encoding="utf-8")
    return [str(tiny(tmp_path)), str(other)]


@pytest.fixture
def service() -> Iterator[Service]:
    with fake_translate() as service:
        yield service


def program(folder: Path, name: str, first: str = "") -> str:
    """A voice that hums half a second for each text, and notes the text in the file NAME.log."""
    with wave.open(str(folder / "hum.wav"), "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        hum = 9000 * np.sin(2 * np.pi * 140 * np.arange(8000) / 16_000)
        out.writeframes(np.asarray(hum, "<i2").tobytes())
    path = folder / name
    path.write_text(
        f"#!/bin/sh\nPATH=/bin:/usr/bin\ncd '{folder}'\n{first}\n"
        f'read -r text\necho "$text" >> {name}.log\nexec cat hum.wav\n'
    )
    path.chmod(0o755)
    return f"command:{path}"


def spoken(folder: Path, name: str) -> list[str]:
    return (folder / f"{name}.log").read_text().splitlines()


def made(outcomes: tuple[Outcome, ...]) -> list[Session]:
    for outcome in outcomes:
        if isinstance(outcome, AudiocoachError):
            raise outcome
    return [outcome for outcome in outcomes if isinstance(outcome, Session)]


# -- what is made ------------------------------------------------------------------


def test_every_session_is_the_one_a_build_of_its_own_makes(
    routines: list[str], tmp_path: Path
) -> None:
    variants = spread(routines, Options(pace="slow,normal", voice=VOICES), tmp_path / "all")
    assert len(variants) == 8
    sessions = made(build_all(variants, cache=Cache(tmp_path / "cache")))
    assert [each.path for each in sessions] == [each.output for each in variants]
    assert files(tmp_path / "all") == {f"{each.name}.mp3" for each in variants}

    alone = Cache(tmp_path / "alone")
    for variant, session in zip(variants, sessions, strict=True):
        single = tmp_path / "single.mp3"
        told = pipeline.build(variant.source, single, variant.options, cache=alone)
        assert variant.output.read_bytes() == single.read_bytes()
        assert (session.size, session.voice) == (told.size, told.voice)
        assert session.timeline == told.timeline
    assert len({each.output.read_bytes() for each in variants}) == 8


@pytest.mark.parametrize("limit", ["1GB", "1kB"])
def test_each_text_is_spoken_once_by_each_voice(
    routines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """Also with a limit on the cache that not even one session keeps."""
    monkeypatch.setenv("AUDIOCOACH_CACHE_LIMIT", limit)
    voices = ",".join(program(tmp_path, name) for name in ("one", "two"))
    options = Options(pace="slow,brisk", voice=voices, offline=False)
    variants = spread(routines, options, tmp_path / "all")
    assert len(variants) == 8
    cache = Cache(tmp_path / "cache")
    sessions = made(build_all(variants, cache=cache))
    said = {
        cue.sound.text
        for session in sessions
        for cue in session.timeline.cues
        if hasattr(cue.sound, "text")
    }
    for name in ("one", "two"):
        assert Counter(spoken(tmp_path, name)).most_common(1)[0][1] == 1
        assert said <= set(spoken(tmp_path, name))
    kept = sum(size for _, size in cache.usage().values())
    assert kept > 1_000_000 if limit == "1GB" else kept <= 1000


def test_what_a_session_turned_out_not_to_need_is_not_spoken_for_it_later(tmp_path: Path) -> None:
    routine, cache = tmp_path / "resting.yaml", Cache(tmp_path / "cache")
    routine.write_text(RESTING, encoding="utf-8")
    options = Options(voice=program(tmp_path, "one"), offline=False)
    pipeline.build(routine, tmp_path / "alone.mp3", options, cache=cache)
    said = spoken(tmp_path, "one")
    (again,) = spread([str(routine)], options, tmp_path / "all")
    assert not survey([again], cache, Surroundings.here()).to_speak.total()
    made(build_all([again], cache=cache))
    assert spoken(tmp_path, "one") == said
    assert again.output.read_bytes() == (tmp_path / "alone.mp3").read_bytes()
    (other,) = spread([str(routine)], options.but(pace="slow"), tmp_path / "slow")
    assert survey([other], cache, Surroundings.here()).to_speak.total() <= 20
    made(build_all([other], cache=cache))
    assert len(set(spoken(tmp_path, "one"))) == len(spoken(tmp_path, "one"))


def test_a_service_is_asked_once_for_each_text(
    routines: list[str], tmp_path: Path, service: Service
) -> None:
    options = Options(pace="slow,brisk", voice="gtts:en,gtts:en-uk", offline=False)
    recorder = Recorder()
    variants = spread(routines, options, tmp_path / "all")
    made(build_all(variants, cache=Cache(tmp_path / "cache"), listener=recorder))
    assert len(variants) == 8
    asked = Counter((asked.host, asked.text) for asked in service.asked)
    assert len({host for host, _ in asked}) == 2
    assert set(asked.values()) == {1}
    assert service.at_once["most"] <= 3  # as many as in a single build
    (notice,) = recorder.notices
    assert notice.startswith("gtts sends the texts to be spoken to")


def test_one_session_is_linked_while_another_is_spoken(tmp_path: Path) -> None:
    """The second voice says nothing until the session of the first is there."""
    first = program(tmp_path, "first")
    there = f"'{tmp_path}'/all/tiny-command-*-first.mp3"
    wait = f"for _ in $(seq 1000); do [ ! -e {there} ] || break; sleep 0.02; done\n[ -e {there} ]"
    second = program(tmp_path, "second", f"{wait} || exit 9")
    options = Options(voice=f"{first},{second}", offline=False)
    variants = spread([str(tiny(tmp_path))], options, tmp_path / "all")
    assert len(made(build_all(variants, cache=Cache(tmp_path / "cache")))) == 2


def test_no_region_is_encoded_twice(routines: list[str], tmp_path: Path) -> None:
    """But for chimes alone, which belong to no voice."""
    put: list[tuple[str, str]] = []

    class Noting(Cache):
        def put(self, kind: str, key: str, payload: bytes, *, samples: int = 0) -> None:
            put.append((kind, key))
            super().put(kind, key, payload, samples=samples)

    options = Options(pace="slow,normal", voice=VOICES, chimes=False)
    variants = spread(routines, options, tmp_path / "all")
    made(build_all(variants, cache=Noting(tmp_path / "cache")))
    assert {kind for kind, _ in put} == {"beats", "clip", "cover", "gain", "prints", "region"}
    assert set(Counter(put).values()) == {1}


# -- what is told ------------------------------------------------------------------


def test_the_listener_hears_of_all_sessions_together(routines: list[str], tmp_path: Path) -> None:
    recorder = Recorder()
    variants = spread(routines, Options(pace="slow,brisk", voice=VOICES), tmp_path / "all")
    made(build_all(variants, cache=Cache(tmp_path / "cache"), listener=recorder))
    sessions = [(done, total) for stage, done, total in recorder.told if stage is Stage.BUILD]
    assert sessions == [(done, 8) for done in range(9)]
    for stage in (Stage.SPEAK, Stage.LINK):
        told = [(done, total) for each, done, total in recorder.told if each is stage]
        assert [done for done, _ in told] == list(range(1, len(told) + 1))
        assert all(done <= total for done, total in told)
        assert told[-1] == (len(told), len(told))


def test_a_notice_is_heard_once(tmp_path: Path) -> None:
    voice = program(tmp_path, "dying", "exit 9")
    options = Options(pace="slow,normal,brisk", voice=voice, offline=False, fallback=True)
    recorder = Recorder()
    variants = spread([str(tiny(tmp_path))], options, tmp_path / "all")
    sessions = made(build_all(variants, cache=Cache(tmp_path / "cache"), listener=recorder))
    assert {each.voice for each in sessions} == {"espeak:en-us"}
    (notice,) = recorder.notices
    assert notice.startswith("espeak speaks the whole session instead: command:")


# -- what fails --------------------------------------------------------------------


def test_one_failure_stops_no_other(routines: list[str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("title: Broken\n")
    (tmp_path / "all").mkdir()
    (tmp_path / "all/tiny-natural-espeak-en-us.mp3").mkdir()
    sources = [routines[0], str(broken), str(tmp_path / "none.yaml"), routines[1]]
    options = Options(duration="natural,9h", voice="espeak:en-us,espeak:xx")
    recorder = Recorder()
    variants = spread(sources, options, tmp_path / "all")
    outcomes = build_all(variants, cache=Cache(tmp_path / "cache"), listener=recorder)
    codes = [
        outcome.exit_code if isinstance(outcome, AudiocoachError) else 0 for outcome in outcomes
    ]
    assert codes == [6, 5, 4, 5, 3, 3, 3, 3, 3, 3, 3, 3, 0, 5, 4, 5]
    assert isinstance(outcomes[2], FitError)
    assert isinstance(outcomes[4], RoutineError)
    assert files(tmp_path / "all") == {"other-natural-espeak-en-us.mp3"}
    assert recorder.told[-1] == (Stage.BUILD, 16, 16)


def test_what_no_variant_can_do_without_is_told_before_anything_is_made(
    routines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache")
    wrong = spread(routines, Options(pace="slow,brisk", rate="9"), tmp_path / "all")
    with pytest.raises(UsageError, match="--rate: '9' is not a number"):
        build_all(wrong, cache=cache)
    variants = spread(routines, Options(pace="slow,brisk"), tmp_path / "all")
    for variable in ("AUDIOCOACH_COUNT", "AUDIOCOACH_CACHE_LIMIT"):
        monkeypatch.setenv(variable, "little")
        with pytest.raises(UsageError, match=variable):
            build_all(variants, cache=cache)
        monkeypatch.delenv(variable)
    assert not (tmp_path / "all").exists()


def test_the_environment_is_taken_as_one_value(
    routines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOCOACH_PACE", "slow,brisk")
    (variant,) = spread(routines[:1], Options(), tmp_path)
    with pytest.raises(UsageError, match="AUDIOCOACH_PACE: 'slow,brisk' is not possible here"):
        build_all([variant], cache=Cache(tmp_path / "cache"))


@pytest.mark.parametrize("fallback", [True, False])
def test_a_clip_damaged_in_the_cache_is_met_as_in_a_single_build(
    routines: list[str], tmp_path: Path, fallback: bool
) -> None:
    """The voice that would have to say it again has left; another one may speak, or none."""
    cache = Cache(tmp_path / "cache")
    voice = program(tmp_path, "leaving", "[ ! -e gone ] || exit 9")
    alone = Options(pace="slow", voice=voice, offline=False)
    pipeline.build(routines[0], tmp_path / "x.mp3", alone, cache=cache)
    for clip in tmp_path.glob("cache/v1/clip/*/*"):
        content = clip.read_bytes()
        clip.write_bytes(content[:HEADER_SIZE] + bytes(len(content) - HEADER_SIZE))
    for region in tmp_path.glob("cache/v1/region/*/*"):
        region.unlink()
    (tmp_path / "gone").touch()
    variants = spread(
        routines[:1],
        Options(pace="slow,brisk", voice=voice, offline=False, fallback=fallback),
        tmp_path / "all",
    )
    outcomes = build_all(variants, cache=cache)
    if fallback:
        assert {each.voice for each in made(outcomes)} == {"espeak:en-us"}
    else:
        assert all(isinstance(each, VoiceError) for each in outcomes)
        assert not (tmp_path / "all").exists()


# -- what is stopped ---------------------------------------------------------------


@pytest.mark.parametrize("stage", [Stage.SPEAK, Stage.LINK])
def test_a_listener_that_fails_ends_all_at_once(
    routines: list[str], tmp_path: Path, stage: Stage
) -> None:
    """As Ctrl-C does: no thread goes on, and what is there is whole."""

    class Failing(Listener):
        def progress(self, at: Stage, done: int, _total: int) -> None:
            if (at, done) == (stage, 30):
                raise ZeroDivisionError

    variants = spread(routines, Options(pace="slow,normal", voice=VOICES), tmp_path / "all")
    cache = Cache(tmp_path / "cache")
    with pytest.raises(ZeroDivisionError):
        build_all(variants, cache=cache, listener=Failing())
    assert not [each for each in threading.enumerate() if each.name.startswith("link")]
    left = [variant.output for variant in variants if variant.output.exists()]
    assert len(left) < len(variants)
    was = {path: path.read_bytes() for path in left}
    made(build_all(variants, cache=cache))
    assert all(path.read_bytes() == content for path, content in was.items())
