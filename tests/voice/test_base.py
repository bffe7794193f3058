"""Choosing a voice: the spelling, the engines, and what it costs to import."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.voice.base import open_voice

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
