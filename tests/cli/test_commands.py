"""Every command and flag, run as a process of its own."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from mutagen.mp3 import MP3
from running import call, files, run, tiny

from audiocoach import __version__
from audiocoach.routine.load import bundled, bundled_text, load

Audiocoach = Callable[..., "CompletedProcess[str]"]
COMMANDS = ("build", "preview", "check", "routines list", "routines show", "routines copy")


@pytest.fixture
def audiocoach(tmp_path: Path, cache: Path) -> Audiocoach:
    """Runs audiocoach as a process in `tmp_path`, where there is a small routine, `tiny.yaml`."""
    tiny(tmp_path)
    return partial(run, cwd=tmp_path, cache=cache)


@pytest.fixture
def quickly(tmp_path: Path, cache: Path) -> Audiocoach:
    """The same without a process."""
    tiny(tmp_path)
    return partial(call, cwd=tmp_path, cache=cache)


def good(done: CompletedProcess[str]) -> CompletedProcess[str]:
    assert done.returncode == 0, done.stderr
    return done


def seconds(path: Path) -> float:
    """The length as an independent reader has it."""
    info: Any = MP3(path).info
    return float(info.length)


def sheet(audiocoach: Audiocoach, *flags: str) -> dict[str, Any]:
    found = json.loads(good(audiocoach("preview", "tiny.yaml", "--json", *flags)).stdout)
    assert isinstance(found, dict)
    return found


def said(audiocoach: Audiocoach, *flags: str) -> list[str]:
    return [cue["say"] for cue in sheet(audiocoach, *flags)["cues"] if "say" in cue]


# build


def test_build_makes_the_foot_session_and_reports_it(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    done = good(audiocoach("build"))
    assert seconds(tmp_path / "output/foot-relief.mp3") == pytest.approx(20 * 60, abs=0.05)
    assert done.stdout == ""
    for name in (exercise.name for exercise in load("foot-relief").all_exercises()):
        assert name in done.stderr.lower()
    assert "output/foot-relief.mp3  20:00" in done.stderr
    assert files(tmp_path) == {"tiny.yaml", "output/foot-relief.mp3"}


def test_the_environment_names_the_output_folder(quickly: Audiocoach, tmp_path: Path) -> None:
    good(quickly("build", "tiny.yaml", AUDIOCOACH_OUTPUT="there/too"))
    assert files(tmp_path) == {"tiny.yaml", "there/too/tiny.mp3"}


def test_output_names_the_file_and_its_folders_are_made(
    quickly: Audiocoach, tmp_path: Path
) -> None:
    good(quickly("build", "tiny.yaml", "-o", "a/b/Füße 足.mp3"))
    assert files(tmp_path) == {"tiny.yaml", "a/b/Füße 足.mp3"}


@pytest.mark.parametrize(("text", "length"), [("1:00", 60), ("0.9min", 54), ("56500ms", 56.5)])
def test_duration_is_met(quickly: Audiocoach, tmp_path: Path, text: str, length: float) -> None:
    done = good(quickly("build", "tiny.yaml", "--only", "1", "-o", "x.mp3", "-d", text, "--json"))
    assert json.loads(done.stdout)["length_ms"] == length * 1000
    assert seconds(tmp_path / "x.mp3") == pytest.approx(length, abs=0.05)


def test_natural_is_stronger_than_the_routines_own_duration(
    quickly: Audiocoach, tmp_path: Path
) -> None:
    own = "duration: 1:30\n" + (tmp_path / "tiny.yaml").read_text()
    (tmp_path / "tiny.yaml").write_text(own)
    assert sheet(quickly)["duration"] == 90
    natural = sheet(quickly, "--duration", "natural")
    assert natural["duration"] != 90
    assert natural["fit"]["total"] == natural["fit"]["natural"]
    assert natural["fit"]["used_percent"] == 0


def test_pace_moves_pauses_and_nothing_prescribed(quickly: Audiocoach) -> None:
    sheets = [sheet(quickly, "--pace", pace) for pace in ("brisk", "normal", "slow")]
    totals = [each["duration"] for each in sheets]
    assert totals == sorted(set(totals))
    holds = [
        [span["duration"] for span in each["spans"] if span.get("source") == "prescribed"]
        for each in sheets
    ]
    assert holds == [[3, 1, 1]] * 3


def test_rate_moves_the_voice_and_nothing_prescribed(quickly: Audiocoach) -> None:
    slow, fast = sheet(quickly, "--rate", "0.7"), sheet(quickly, "--rate", "1.5")
    assert [cue.get("say") for cue in slow["cues"]] == [cue.get("say") for cue in fast["cues"]]
    spoken = [sum(cue["duration"] for cue in each["cues"] if "say" in cue) for each in (slow, fast)]
    assert spoken[0] > spoken[1]
    counts = [
        [cue["beat"] for cue in each["cues"] if cue["kind"] == "count"] for each in (slow, fast)
    ]
    for starts in counts:
        hold = starts[:3]
        assert [start - hold[0] for start in hold] == pytest.approx([0, 1, 2])


@pytest.mark.parametrize("flags", [["--only", "Wall SIT"], ["--only", "1"], ["--skip", "2"]])
def test_exercises_are_chosen_by_name_or_number_and_the_welcome_says_so(
    quickly: Audiocoach, flags: list[str]
) -> None:
    lines = said(quickly, *flags)
    assert "Your choice: without heel raise." in lines
    assert not [line for line in lines if "heel raise" in line and "without" not in line]
    assert "Wall sit." in lines


def test_rounds_are_done_and_said(quickly: Audiocoach) -> None:
    lines = said(quickly, "--rounds", "3")
    assert "Your choice: three rounds." in lines
    assert "Next round: two of three." in lines
    assert "Round three of three is next." in lines
    assert lines.count("Wall sit again.") == 2


def test_quiet_prints_nothing(audiocoach: Audiocoach, tmp_path: Path) -> None:
    done = good(audiocoach("build", "tiny.yaml", "--quiet"))
    assert (done.stdout, done.stderr) == ("", "")
    assert (tmp_path / "output/tiny.mp3").exists()


def test_json_is_the_whole_of_stdout(quickly: Audiocoach, tmp_path: Path) -> None:
    done = good(quickly("build", "tiny.yaml", "--json"))
    told = json.loads(done.stdout)
    file = tmp_path / told["file"]
    assert told["size"] == file.stat().st_size
    assert told["samples"] == told["length_ms"] * 48
    assert seconds(file) == pytest.approx(told["length_ms"] / 1000, abs=0.05)
    titles = [chapter["title"] for chapter in told["chapters"]]
    assert titles == ["Welcome", "Wall sit", "Heel raise", "Close"]
    assert "Wall sit" in done.stderr
    assert good(quickly("build", "tiny.yaml", "--json", "-q")).stderr == ""


# preview


def test_preview_shows_what_build_makes(quickly: Audiocoach, tmp_path: Path) -> None:
    shown = good(quickly("preview", "tiny.yaml"))
    built = json.loads(good(quickly("build", "tiny.yaml", "--json")).stdout)
    assert sheet(quickly)["samples"] == built["samples"]
    assert "WALL SIT" in shown.stdout
    assert "  Today: Tiny." in shown.stdout
    assert "[hold 3 s, prescribed, line 5]" in shown.stdout
    assert shown.stderr == ""


def test_preview_writes_text_and_json_to_a_file(quickly: Audiocoach, tmp_path: Path) -> None:
    for flags in ([], ["--json"]):
        shown = good(quickly("preview", "tiny.yaml", *flags))
        written = good(quickly("preview", "tiny.yaml", *flags, "-o", "a/sheet"))
        assert (written.stdout, written.stderr) == ("", "")
        assert (tmp_path / "a/sheet").read_text("utf-8") == shown.stdout
    assert files(tmp_path) == {"tiny.yaml", "a/sheet"}


# check


def test_check_shows_the_doses_and_where_they_come_from(quickly: Audiocoach) -> None:
    done = good(quickly("check", "foot-care"))
    assert done.stderr == ""
    for exercise in load("foot-care").all_exercises():
        assert exercise.name in done.stdout
        for field in ("reps", "hold", "work", "rest", "sets"):
            if field in exercise.quotes:
                figure = f'{field} {getattr(exercise, field)}   "{exercise.quotes[field]}"'
                assert figure in done.stdout


def test_check_tells_every_mistake_with_its_place(quickly: Audiocoach, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(
        "title: Bad\nlanguage: en\nexercises:\n  - name: squat\n    reps: many\n    hold: 3\n"
    )
    done = quickly("check", "bad.yaml")
    assert done.returncode == 3
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert first.startswith("bad.yaml:5:11: ")
    assert second.startswith("bad.yaml:6:11: ")


# routines


def test_every_bundled_routine_is_listed_shown_and_copied(
    quickly: Audiocoach, tmp_path: Path
) -> None:
    names = [name for name, _ in bundled()]
    listed = good(quickly("routines", "list")).stdout.splitlines()
    assert [line.split()[0] for line in listed] == names
    for name in names:
        shown = good(quickly("routines", "show", name))
        assert (shown.stdout, shown.stderr) == (bundled_text(name), "")
        good(quickly("routines", "copy", name, f"copy of {name}.yaml"))
        assert (tmp_path / f"copy of {name}.yaml").read_text("utf-8") == shown.stdout


def test_copy_never_overwrites(quickly: Audiocoach, tmp_path: Path) -> None:
    before = (tmp_path / "tiny.yaml").read_bytes()
    (tmp_path / "dangling").symlink_to("nowhere")
    for file in ("tiny.yaml", "dangling", "."):
        done = quickly("routines", "copy", "foot-care", file)
        assert done.returncode == 6
        assert len(done.stderr.splitlines()) == 1
    assert (tmp_path / "tiny.yaml").read_bytes() == before
    assert (tmp_path / "dangling").is_symlink()


@pytest.mark.parametrize("where", ["mine.yaml", "my own/mine.yaml", "/mine.yaml"])
def test_copy_says_how_to_build_the_copy(quickly: Audiocoach, tmp_path: Path, where: str) -> None:
    file = f"{tmp_path}{where}" if where.startswith("/") else where
    done = good(quickly("routines", "copy", "foot-care", file))
    told = shlex.split(done.stderr.partition("build it with: ")[2])
    assert told[:2] == ["audiocoach", "build"]
    checked = good(quickly("check", *told[2:]))
    assert checked.stdout.startswith("Foot care\n")


# help


def test_version(quickly: Audiocoach) -> None:
    assert good(quickly("--version")).stdout == f"audiocoach {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(quickly: Audiocoach, name: str) -> None:
    done = good(quickly(*name.split(), "--help", COLUMNS="200"))
    assert f"audiocoach {name}" in done.stdout.partition("Example")[2], done.stdout


def test_help_names_every_command(quickly: Audiocoach) -> None:
    done = good(quickly("--help"))
    for name in ("build", "preview", "check", "routines"):
        assert name in done.stdout
    assert "audiocoach build" in done.stdout
