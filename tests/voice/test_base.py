"""Choosing a voice: the spelling, the engines, and what it costs to import."""

from __future__ import annotations

import copy
import importlib.metadata
import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from audiocoach.coaching.phrases import languages
from audiocoach.errors import VoiceError
from audiocoach.language import same
from audiocoach.settings.config import Config
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice import base, choice
from audiocoach.voice.base import (
    BuiltIn,
    Offer,
    Unasked,
    Voice,
    find_engine,
    open_voice,
    recommended,
)
from audiocoach.voice.piper.voice import checked

CACHE = Cache(Path("nowhere"))
NONE = Surroundings({})


def test_the_modules_a_warm_rebuild_needs_import_nothing_heavy() -> None:
    script = """
import sys
import audiocoach.voice.base
from pathlib import Path
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.voice.base import open_voice
none = Surroundings({})
heavy = ["pydub", "numpy", "tempfile", "importlib.metadata", "platformdirs"]
print([name for name in [*heavy, "espeakng_loader"] if name in sys.modules])
cache = Cache(Path("nowhere"))
open_voice("espeak", language="en", rate=1.0, cache=cache, surroundings=none).fingerprint
print([name for name in [*heavy, "subprocess", "ctypes"] if name in sys.modules])
"""
    # espeakng_loader itself imports platform, ctypes and with it subprocess: nothing heavier.
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    first, second = ran.stdout.splitlines()
    assert first == "[]"
    assert set(eval(second)) <= {"subprocess", "ctypes"}  # noqa: S307 - our own list
    assert ran.stderr == ""


def test_pydub_is_imported_without_warnings() -> None:
    without_programs = {**os.environ, "PATH": "/nowhere"}
    command = [sys.executable, "-W", "error", "-B", "-c", "import audiocoach.voice.segment"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=without_programs)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_an_unknown_engine_is_named_with_the_nearest_one() -> None:
    with pytest.raises(VoiceError) as error:
        open_voice("espaek:en-us", language="en", rate=1.0, cache=CACHE, surroundings=NONE)
    assert "espaek" in str(error.value)
    assert "did you mean espeak?" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("rate", [0.49, 2.01, 0.0, -1.0, float("nan"), float("inf")])
def test_a_rate_out_of_range_is_refused(rate: float) -> None:
    with pytest.raises(VoiceError, match=r"between 0\.5 and 2"):
        open_voice("espeak", language="en", rate=rate, cache=CACHE, surroundings=NONE)


def test_another_package_adds_an_engine_by_an_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("loud", "audiocoach.voice.espeak.engine:ENGINE", "audiocoach.voices")
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: [point])
    assert (
        open_voice("loud:de", language="de", rate=1.0, cache=CACHE, surroundings=NONE).name
        == "espeak:de"
    )


def test_an_engine_that_cannot_be_imported_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("gone", "no.such.module:open", "audiocoach.voices")
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: [point])
    with pytest.raises(VoiceError, match=r"gone.*no\.such\.module:open.*reinstall"):
        open_voice("gone", language="en", rate=1.0, cache=CACHE, surroundings=NONE)


# A voice that somebody adds to ours: a row


class Hum:
    """An engine of one's own, made of the surroundings."""

    name = "hum"
    online = False

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings

    def offers(self, language: str) -> list[Offer]:
        return [Offer("hum:low", language)]

    def open(self, voice: str, **_: object) -> Voice:
        raise VoiceError(f"hum has no {voice}", voice="" if voice == "low" else "hum:itself")


@pytest.fixture
def _hum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiocoach.voice.segment.Hum", Hum, raising=False)
    row = BuiltIn("audiocoach.voice.segment:Hum", "Hum", Unasked.ADDED)
    monkeypatch.setitem(base.BUILT_IN, "hum", row)


@pytest.mark.usefixtures("_hum")
def test_an_engine_is_made_of_the_surroundings_it_is_given() -> None:
    engine = find_engine("hum", NONE)
    assert isinstance(engine, Hum)
    assert engine.surroundings is NONE
    assert "hum" in base.engine_names()


@pytest.mark.usefixtures("_hum")
@pytest.mark.parametrize(("spec", "voice"), [("hum:low", "hum:low"), ("hum:high", "hum:itself")])
def test_the_error_of_a_voice_knows_which(spec: str, voice: str) -> None:
    with pytest.raises(VoiceError, match="hum has no") as error:
        open_voice(spec, language="en", rate=1.0, cache=CACHE, surroundings=NONE)
    assert error.value.voice == voice
    assert error.value.utterance is None


@pytest.mark.usefixtures("_hum")
def test_an_added_voice_of_a_new_engine_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "ADDED", ("hum",))
    chosen = choice.Choosing("en", choice.Wish(Config(Path("c"))), CACHE, NONE).choice()
    assert (chosen.spec, chosen.why) == ("hum:low", "you added this Hum voice for en")
    assert choice.fallback_order("en", "espeak", NONE) == ["hum:low"]


@pytest.mark.parametrize(
    ("spec", "text"), [("espeak:en-us+f3", "..."), ("espeak:en-us", "x" * 10_001)]
)
def test_a_text_that_cannot_be_spoken_is_known_with_its_voice(spec: str, text: str) -> None:
    speaker = open_voice(spec, language="en", rate=1.0, cache=CACHE, surroundings=NONE)
    with pytest.raises(VoiceError) as error:
        list(speaker.speak([Utterance(text, "en")]))
    assert (error.value.voice, error.value.utterance) == (spec, text)
    again = copy.copy(error.value)  # as it goes to another process
    assert (str(again), again.voice, again.utterance) == (str(error.value), spec, text)


# Languages


def test_a_language_recommends_its_own_voices() -> None:
    assert recommended("en-AU", "voice.espeak") == "en-us"
    assert recommended("DE_at", "voice.lead") == "Das nächste Wort ist"
    assert recommended("eu", "voice.espeak") == ""


@pytest.mark.parametrize("language", languages())
def test_the_recommended_voices_are_of_their_language(language: str) -> None:
    label = recommended(language, "voice.espeak")
    speaker = open_voice(
        f"espeak:{label}", language=language, rate=1.0, cache=CACHE, surroundings=NONE
    )
    assert speaker.name == f"espeak:{label}"
    for line in recommended(language, "voice.piper").splitlines():
        name, _, who = line.partition(": ")
        assert same(checked(name).partition("-")[0], language)
        assert who
