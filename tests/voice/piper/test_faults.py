"""What goes wrong with a Piper voice: one line, nothing lost, no damaged clip.

Whole builds by the command line, with the tiny voice.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from piper_tiny import NAME, description, tiny_model
from running import PATIENCE, clips, environment, in_session, no_file_larger_than, tiny

from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.piper.engine import PiperEngine

pytest.importorskip("piper.voice", reason="piper-tts is not installed")
pytest.importorskip("onnx", reason="the tiny voice is made with onnx")


@dataclass(frozen=True)
class Place:
    """A folder with a routine, and the tiny voice, added."""

    folder: Path

    @property
    def model(self) -> Path:
        return self.folder / "voices/piper" / NAME / f"{NAME}.onnx"

    def start(self, cache: str, output: str = "x.mp3") -> subprocess.Popen[str]:
        """Begin to build into the folder of a cache, in a process group of its own."""
        build = ["build", "tiny.yaml", "-q", "--voice", f"piper:{NAME}", "-o", f"{cache}/{output}"]
        voices = str(self.folder / "voices")
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "audiocoach", *build],
            cwd=self.folder,
            env=environment(self.folder / cache, AUDIOCOACH_VOICES=voices),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def built(self, cache: str) -> bytes:
        """A whole session."""
        assert finished(self.start(cache)) == (0, "")
        return self.session(cache)

    def session(self, cache: str, output: str = "x.mp3") -> bytes:
        """What was built."""
        return (self.folder / cache / output).read_bytes()

    def clips(self, cache: str) -> dict[str, bytes]:
        """What is kept of what was spoken."""
        return clips(self.folder / cache)


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    """How a build ended, and what it said."""
    _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, said


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Place(tmp_path_factory.mktemp("place"))
    made.model.parent.mkdir(parents=True)
    made.model.write_bytes(tiny_model())
    made.model.with_name(f"{NAME}.onnx.json").write_text(json.dumps(description()))
    tiny(made.folder, "title: Tiny\nlanguage: en\nexercises: [{name: wall sit, hold: 3s}]\n")
    return made


@pytest.fixture(scope="module")
def whole(place: Place) -> bytes:
    """The session as it is when nothing goes wrong."""
    return place.built("whole")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_stopped_keeps_what_was_spoken(
    place: Place, whole: bytes, number: signal.Signals
) -> None:
    cache = number.name
    process = place.start(cache)
    while process.poll() is None and not place.clips(cache):
        time.sleep(0.002)
    process.send_signal(number)
    code, said = finished(process)
    if code:
        assert code == {signal.SIGINT: 130, signal.SIGKILL: -signal.SIGKILL}[number]
        assert said == ("audiocoach: stopped\n" if number is signal.SIGINT else "")
        assert not (place.folder / cache / "x.mp3").exists()
    assert not in_session(process.pid)
    kept = place.clips(cache)
    assert kept
    assert place.built(cache) == whole
    assert place.clips(cache).items() >= kept.items()


def test_two_builds_at_once_make_what_one_makes(place: Place, whole: bytes) -> None:
    names = ("one.mp3", "two.mp3")
    both = [place.start("shared", name) for name in names]
    assert [finished(each) for each in both] == [(0, "")] * 2
    assert {place.session("shared", name) for name in names} == {whole}


def test_a_model_that_is_cut_is_one_line_and_no_file(place: Place) -> None:
    model = place.model.read_bytes()
    place.model.write_bytes(model[: len(model) // 2])
    code, said = finished(place.start("cut"))
    place.model.write_bytes(model)
    assert code
    assert said.count("\n") == 1
    assert f"audiocoach voices remove {NAME}, then add" in said
    assert not place.clips("cut")
    assert not (place.folder / "cut/x.mp3").exists()


def test_clips_of_another_model_under_the_name_are_not_taken_for_its_own(
    place: Place, whole: bytes
) -> None:
    shutil.copytree(place.folder / "whole", place.folder / "swapped")
    model, config = place.model.read_bytes(), place.model.with_name(f"{NAME}.onnx.json")
    place.model.write_bytes(tiny_model(speakers=3))
    slower = {"noise_scale": 0.667, "length_scale": 1.5, "noise_w": 0.8}
    config.write_text(json.dumps(description(speakers=3, inference=slower)))
    other = place.built("swapped")
    place.model.write_bytes(model)
    config.write_text(json.dumps(description()))
    assert other != whole
    assert place.built("swapped") == whole


@pytest.mark.skipif(sys.platform == "win32", reason="it has no limit of a file's size")
def test_a_full_disk_is_one_line_and_the_next_addition_is_whole(
    place: Place, tmp_path: Path
) -> None:
    here = Surroundings({"AUDIOCOACH_VOICES": str(tmp_path), "AUDIOCOACH_PIPER_PACKAGES": "0"})
    model = place.model.read_bytes()
    with (
        no_file_larger_than(len(model) - 1),
        pytest.raises(VoiceError, match=r"cannot be (written|changed) .*AUDIOCOACH_VOICES") as told,
    ):
        PiperEngine(here).add(NAME, str(place.model.parent), None)
    assert "\n" not in str(told.value)
    assert not [offer for offer in PiperEngine(here).offers("en") if not offer.step]
    PiperEngine(here).add(NAME, str(place.model.parent), None)
    assert (tmp_path / "piper" / NAME / place.model.name).read_bytes() == model
