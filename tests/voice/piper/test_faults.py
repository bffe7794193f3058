"""What goes wrong with a Piper voice: one line, nothing lost, no damaged clip.

Whole builds by the command line, with the tiny voice.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
from pathlib import Path

import pytest
from building import Place, stopped_keeps_what_was_spoken, two_at_once_make_what_one_makes
from piper_tiny import NAME, description, tiny_model
from running import no_file_larger_than

from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.piper.engine import PiperEngine

pytest.importorskip("piper.voice", reason="piper-tts is not installed")
pytest.importorskip("onnx", reason="the tiny voice is made with onnx")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("place"), f"piper:{NAME}")


@pytest.fixture(scope="module")
def model(place: Place) -> Path:
    """The file of the tiny voice, which is added."""
    file = place.voices / "piper" / NAME / f"{NAME}.onnx"
    file.parent.mkdir(parents=True)
    file.write_bytes(tiny_model())
    file.with_name(f"{NAME}.onnx.json").write_text(json.dumps(description()))
    return file


@pytest.fixture(scope="module")
def whole(place: Place, model: Path) -> bytes:
    """The session as it is when nothing goes wrong."""
    return place.built("whole")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_stopped_keeps_what_was_spoken(
    place: Place, whole: bytes, number: signal.Signals
) -> None:
    stopped_keeps_what_was_spoken(place, whole, number)


def test_two_builds_at_once_make_what_one_makes(place: Place, whole: bytes) -> None:
    two_at_once_make_what_one_makes(place, whole)


def test_a_model_that_is_cut_is_one_line_and_no_file(place: Place, model: Path) -> None:
    content = model.read_bytes()
    model.write_bytes(content[: len(content) // 2])
    said = place.refused("cut")
    model.write_bytes(content)
    assert f"audiocoach voices remove {NAME}, then add" in said


def test_clips_of_another_model_under_the_name_are_not_taken_for_its_own(
    place: Place, model: Path, whole: bytes
) -> None:
    shutil.copytree(place.folder / "whole", place.folder / "swapped")
    content, config = model.read_bytes(), model.with_name(f"{NAME}.onnx.json")
    model.write_bytes(tiny_model(speakers=3))
    slower = {"noise_scale": 0.667, "length_scale": 1.5, "noise_w": 0.8}
    config.write_text(json.dumps(description(speakers=3, inference=slower)))
    other = place.built("swapped")
    model.write_bytes(content)
    config.write_text(json.dumps(description()))
    assert other != whole
    assert place.built("swapped") == whole


@pytest.mark.skipif(sys.platform == "win32", reason="it has no limit of a file's size")
def test_a_full_disk_is_one_line_and_the_next_addition_is_whole(
    model: Path, tmp_path: Path
) -> None:
    here = Surroundings({"AUDIOCOACH_VOICES": str(tmp_path), "AUDIOCOACH_PIPER_PACKAGES": "0"})
    content = model.read_bytes()
    with (
        no_file_larger_than(len(content) - 1),
        pytest.raises(VoiceError, match=r"cannot be (written|changed) .*AUDIOCOACH_VOICES") as told,
    ):
        PiperEngine(here).add(NAME, str(model.parent), None)
    assert "\n" not in str(told.value)
    assert not [offer for offer in PiperEngine(here).offers("en") if not offer.step]
    PiperEngine(here).add(NAME, str(model.parent), None)
    assert (tmp_path / "piper" / NAME / model.name).read_bytes() == content
