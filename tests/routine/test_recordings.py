"""The user's own sounds: what a routine may name, what is heard of it, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import soundfile
from sounds import gong

from audiocoach.errors import RoutineError
from audiocoach.routine import recordings
from audiocoach.routine.load import load, loads
from audiocoach.routine.model import Exercise, Routine
from audiocoach.routine.recordings import LONGEST, MOST, Recording
from audiocoach.timeline.script import SAMPLE_RATE

HEAD = "title: T\nlanguage: en\nexercises:\n"


def written(folder: Path, *doses: str) -> Path:
    path = folder / "mine.yaml"
    items = (f"  - {{name: a, {dose}}}\n" for dose in doses)
    path.write_text(HEAD + "".join(items), encoding="utf-8")
    return path


def of_bell(routine: Routine) -> Recording:
    exercise = routine.exercises[0]
    assert isinstance(exercise, Exercise)
    assert exercise.bell
    assert exercise.bell.sound
    return exercise.bell.sound


def rung(folder: Path, name: str) -> Recording:
    return of_bell(load(written(folder, f"hold: 1min, bell: {{at: 20s, sound: {name}}}")))


def refused(path: Path) -> str:
    with pytest.raises(RoutineError) as told:
        load(path)
    return str(told.value)


def test_its_rate_is_that_of_all_samples() -> None:
    assert recordings.RATE == SAMPLE_RATE


@pytest.mark.parametrize("name", ["gong.wav", "gong.mp3", "gong.flac", "gong.ogg", "bells/g.wav"])
def test_any_file_of_sound_is_heard_from_its_onset_to_its_end(name: str, tmp_path: Path) -> None:
    gong(tmp_path, name, seconds=2, silence=0.7)
    sound = rung(tmp_path, name)
    assert sound.name == name
    assert sound.ms == pytest.approx(2000, abs=60)  # a lossy file rings on a little
    pcm = np.frombuffer(sound.samples, "<i2")
    assert np.abs(pcm).max() == 32_767
    assert np.abs(pcm[:480]).max() > 30_000  # it is struck at once


def test_a_name_is_a_path_from_the_routine_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gong(tmp_path)
    monkeypatch.chdir(tmp_path.parent)
    path = written(tmp_path, "hold: 1min, cues: [{at: 20s, sound: gong.wav}]")
    assert load(path.relative_to(tmp_path.parent)) == load(path)


def test_the_same_sound_is_the_same_whatever_file_it_is_in(tmp_path: Path) -> None:
    gong(tmp_path)
    shutil.copy(tmp_path / "gong.wav", tmp_path / "other.wav")
    assert rung(tmp_path, "gong.wav").digest == rung(tmp_path, "other.wav").digest
    gong(tmp_path, "other.wav", seconds=0.6)
    assert rung(tmp_path, "gong.wav").digest != rung(tmp_path, "other.wav").digest


def test_it_is_decoded_once_for_all_levels_and_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[str] = []
    decode = recordings._decoded

    def counted(name: str, path: Path) -> Recording:
        decoded.append(name)
        return decode(name, path)

    monkeypatch.setattr(recordings, "_decoded", counted)
    gong(tmp_path)
    dose = "hold: 30-60s, bell: {at: 20s, sound: gong.wav}, cues: [{at: 9s, sound: gong.wav}]"
    load(written(tmp_path, dose, dose))
    assert decoded == ["gong.wav"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("zzzzzzz.aiff", "'zzzzzzz.aiff': there is no such file; put the file next to the routine"),
        ("gogn.wav", "'gogn.wav': there is no such file; did you mean 'gong.wav'? Or put the file"),
        ("folder", "'folder': it is not a file; put the file next to the routine"),
        ("mine.yaml", "'mine.yaml': it can't be decoded (Format not recognised); name an MP3, WAV"),
        ("long.wav", "'long.wav': it lasts 20.5s, and a sound 20s at most; cut it"),
        ("silent.wav", "'silent.wav': it is silent; name another file"),
        ("cut.ogg", "'cut.ogg': it"),
        ("/etc/passwd", "'/etc/passwd' must lie in the folder of the routine"),
        ("../outside.wav", "'../outside.wav' must lie in the folder of the routine"),
        ("bells/../../outside.wav", "must lie in the folder of the routine"),
        ("'C:gong.wav'", "'C:gong.wav' must lie in the folder of the routine"),
        ("'bells\\gong.wav'", "must lie in the folder of the routine"),
        (".", "'.' must lie in the folder of the routine"),
        ("link.wav", "'link.wav' is a link that leads out of the folder of the routine; copy the"),
        ("loop.wav", "'loop.wav': "),
        ('"gong\\0.wav"', "must be the name of a file, such as gong.wav"),
        ("x" * 300, "must be the name of a file, such as gong.wav"),
        ("{a: b}", "sound: must be"),
        ("''", "must lie in the folder of the routine"),
    ],
)
def test_what_is_no_sound_is_refused_at_its_place(name: str, message: str, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    gong(folder)
    gong(tmp_path, "outside.wav")
    gong(folder, "long.wav", seconds=20.5)
    gong(folder, "cut.ogg", seconds=2)
    whole = (folder / "cut.ogg").read_bytes()
    (folder / "cut.ogg").write_bytes(whole[: len(whole) // 3])
    soundfile.write(folder / "silent.wav", np.zeros(4800), 48_000)
    (folder / "folder").mkdir()
    (folder / "link.wav").symlink_to(tmp_path / "outside.wav")
    (folder / "loop.wav").symlink_to(folder / "loop.wav")
    path = written(folder, f"hold: 1min, bell: {{every: 25s, sound: {name}}}")
    told = refused(path)
    assert told.startswith(f"{path}:4:"), told
    assert ": exercise 1 (a): bell: sound: " in told
    assert message in told
    assert "\n" not in told


def test_one_of_the_longest_is_taken(tmp_path: Path) -> None:
    gong(tmp_path, seconds=LONGEST / 1000)
    assert rung(tmp_path, "gong.wav").ms == LONGEST


def test_more_files_than_there_may_be_are_refused(tmp_path: Path) -> None:
    for number in range(MOST + 1):
        gong(tmp_path, f"{number}.wav", seconds=0.05)
    cues = [f"{{at: {number}s, sound: {number}.wav}}" for number in range(MOST + 1)]
    load(written(tmp_path, f"hold: 1min, cues: [{', '.join(cues[:-1])}]"))
    told = refused(written(tmp_path, f"hold: 1min, cues: [{', '.join(cues)}]"))
    assert "is one sound too many; a routine has 20 at most" in told


@pytest.mark.parametrize(
    ("dose", "message"),
    [
        (
            "hold: 10s, bell: {at: 9s, sound: gong.wav}",
            "bell: 'gong.wav' lasts 2s, and hold is over 1s after it begins; let it begin sooner",
        ),
        (
            "work: [30s, 10s], rest: 9s, cues: [{at: 9s, sound: gong.wav}]",
            "cues: 'gong.wav' lasts 2s, and work is over 1s after it begins",
        ),
        (
            "hold: 21s, bell: {every: 5s, sound: gong.wav}",
            "bell: 'gong.wav' lasts 2s, and hold is over 1s after it begins",
        ),
        ("hold: 9s, cues: [{at: 1s}]", "cues 1: a cue has words or a sound: say: Soften, or sound"),
        ("hold: 9s, cues: [{at: 1s, say: x, sound: gong.wav}]", "a cue has words or a sound"),
        (
            "reps: 3, tempo: 3-1-2-0, bell: {at: 1s, sound: gong.wav}",
            "a bell rings in a worked or held time",
        ),
        (
            "reps: 3, tempo: 3-1-2-0, cues: [{at: 1s, sound: gong.wav}]",
            "cues stand in a worked or held time",
        ),
        ("hold: 9s, bell: {sound: gong.wav}", "a bell rings every so often, or at instants"),
        ("hold: 9s, setup: {say: Sit., sound: gong.wav}", "'sound' is not a field here"),
    ],
)
def test_what_could_not_be_heard_is_refused(dose: str, message: str, tmp_path: Path) -> None:
    gong(tmp_path, seconds=2)
    assert message in refused(written(tmp_path, dose))


def test_a_text_and_a_routine_that_is_served_name_no_file(tmp_path: Path) -> None:
    gong(tmp_path)
    path = written(tmp_path, "hold: 1min, bell: {at: 20s, sound: gong.wav}")
    with pytest.raises(RoutineError, match=r"'gong\.wav' is a file, and this routine is not read"):
        loads(path.read_text("utf-8"))
    with pytest.raises(RoutineError, match=r"'gong\.wav' is a file, and this routine is not read"):
        load(path, sounds=False)
    assert of_bell(loads(path.read_text("utf-8"), folder=tmp_path)).name == "gong.wav"
