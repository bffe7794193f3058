"""Settings on the command line: the flags made from the table, `config`, and what a build tells."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import typer.main
from mutagen.id3 import ID3
from running import PATIENCE, TINY, call, environment, tiny

from audiocoach.cli import app
from audiocoach.settings.table import PRESETS, SETTINGS, Family

Audiocoach = Callable[..., "CompletedProcess[str]"]

OWN = TINY.replace("exercises:", "coaching:\n  pace: slow\n  chimes: off\nexercises:")
"""Its settings stand on lines 4 and 5."""
SIDED = """\
title: Sided
language: en
exercises:
  - {name: lunge, sides: right-then-left, limb: leg, sets: 2, reps: 3, hold: 1s}
  - {name: plank, hold: 2s}
"""


@pytest.fixture
def audiocoach(tmp_path: Path, cache: Path) -> Audiocoach:
    """Runs audiocoach in a folder with a small routine and a config of its own."""
    tiny(tmp_path, OWN)
    (tmp_path / "sided.yaml").write_text(SIDED)
    (tmp_path / "config.toml").write_text("offline = true\n")
    return partial(call, cwd=tmp_path, cache=cache, AUDIOCOACH_CONFIG="config.toml", COLUMNS="200")


def good(done: CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(audiocoach: Audiocoach, *arguments: str, **more: str) -> dict[str, tuple[str, str]]:
    """The table of `audiocoach config`: the value of each setting, and where it comes from."""
    lines = good(audiocoach("config", *arguments, **more)).splitlines()
    cells = [re.split(r" {2,}", line) for line in lines]
    return {name: (value, origin) for name, value, origin in cells}


def sheet(audiocoach: Audiocoach, file: str, *flags: str, **more: str) -> dict[str, Any]:
    found = json.loads(good(audiocoach("preview", file, "--json", *flags, **more)))
    assert isinstance(found, dict)
    return found


def said(timeline: dict[str, Any]) -> list[str]:
    return [cue["say"] for cue in timeline["cues"] if "say" in cue]


# config


def test_config_shows_every_setting_and_where_it_comes_from(audiocoach: Audiocoach) -> None:
    shown = rows(audiocoach, "tiny.yaml", "--rate", "0.9", AUDIOCOACH_WARN_AT="30s, 10s")
    assert list(shown) == list(SETTINGS)
    assert {name: row for name, row in shown.items() if row[1] != "default"} == {
        "rate": ("0.9", "--rate"),
        "warn_at": ("30s,10s", "AUDIOCOACH_WARN_AT"),
        "pace": ("slow", "the routine, line 4"),
        "chimes": ("off", "the routine, line 5"),
        "offline": ("on", "the config"),
    }
    silence = "20s; within a time of over a minute 40s, of over five minutes 60s"
    assert shown["max_silence"] == (silence, "default")
    assert shown["voice"] == ("the best available", "default")


@pytest.mark.parametrize("preset", PRESETS)
def test_config_shows_what_a_preset_is(audiocoach: Audiocoach, preset: str) -> None:
    shown = rows(audiocoach, "--preset", preset)
    by_preset = {
        name: value
        for name, (value, origin) in shown.items()
        if origin == f"preset {preset} (--preset)"
    }
    assert by_preset == {
        name: SETTINGS[name].kind.write(value) for name, value in PRESETS[preset].items()
    }


def test_config_as_json(audiocoach: Audiocoach) -> None:
    told = json.loads(good(audiocoach("config", "tiny.yaml", "--json", "--skip", "a, b")))
    assert list(told) == list(SETTINGS)
    assert told["pace"] == {"value": "slow", "from": "the routine, line 4"}
    assert told["chimes"] == {"value": False, "from": "the routine, line 5"}
    assert told["skip"] == {"value": ["a, b"], "from": "--skip"}
    assert told["voice"] == {"value": None, "from": "default"}


def test_config_tells_a_mistake_as_build_does(audiocoach: Audiocoach, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("pase = 'slow'\n")
    for command in ("config", "build"):
        done = audiocoach(command, "tiny.yaml")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(
            "audiocoach: the config config.toml: pase is unknown; did you mean pace? keys: "
        )
        assert done.stderr.count("\n") == 1


# flags


def options(command: str) -> dict[str, Any]:
    group: Any = typer.main.get_command(app)
    return {option.name: option for option in group.commands[command].params}


@pytest.mark.parametrize("command", ["build", "preview", "config"])
def test_each_setting_is_a_flag_of_each_command(command: str) -> None:
    there = options(command)
    for name, row in SETTINGS.items():
        assert row.flag in there[name].opts
        assert there[name].rich_help_panel == row.family.value
        holds = row.words or row.written(row.default)
        assert there[name].help == f"{row.help} Default: {holds}."
        assert there[name].secondary_opts == (
            [f"--no-{row.flag[2:]}"] if row.kind.is_switch else []
        )
        assert there[name].multiple == row.kind.is_list
    assert "-d" in there["duration"].opts


def test_the_help_shows_flags_choices_and_defaults(audiocoach: Audiocoach) -> None:
    shown = " ".join(good(audiocoach("build", "--help-all")).split())
    for family in Family:
        assert f" {family.value}: " in shown
    for row in SETTINGS.values():
        assert (
            f" --[no-]{row.flag[2:]} " in shown if row.kind.is_switch else f" {row.flag} " in shown
        )
        for choice in row.kind.choices:
            assert choice in shown
    assert "full|brief|minimal|fade" in shown
    assert "Default: slow." not in shown
    assert "never of what is prescribed. Default: normal." in shown
    assert "--[no-]halfway" in shown


def test_choices_are_completed_by_the_shell(tmp_path: Path, cache: Path) -> None:
    code = "import sys; sys.argv = ['audiocoach']; from audiocoach.cli import main; main()"
    asked = {"COMP_WORDS": "audiocoach build --coaching m", "COMP_CWORD": "3"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(cache, _AUDIOCOACH_COMPLETE="complete_bash", **asked),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stdout.split() == ["minimal"]


@pytest.mark.parametrize(
    ("arguments", "variables", "says"),
    [
        (["--pace", "fast"], {}, "--pace: 'fast' is not possible here; did you mean brisk? write"),
        (["--max-silence", "1s"], {}, "--max-silence: '1s' is too short; write 5s or more"),
        (["--transition", "x"], {}, "--transition: 'x' is not a time"),
        (["--preset", "soft"], {}, "--preset: 'soft' is not possible here; write gentle, stan"),
        (["--sides", "none"], {}, "--sides: 'none' is not possible here; write right, left or b"),
        ([], {"AUDIOCOACH_COUNTDOWN": "4"}, "AUDIOCOACH_COUNTDOWN: '4' is not possible here; wr"),
        ([], {"AUDIOCOACH_OFFLINE": "1"}, "AUDIOCOACH_OFFLINE: '1' is not possible here; write on"),
    ],
)
def test_a_wrong_flag_or_variable_is_one_line(
    audiocoach: Audiocoach, arguments: list[str], variables: dict[str, str], says: str
) -> None:
    done = audiocoach("build", "tiny.yaml", *arguments, **variables)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"audiocoach: {says}")
    assert done.stderr.count("\n") == 1


def test_check_tells_what_is_wrong_with_the_settings_of_a_routine(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    assert "wall sit" in good(audiocoach("check", "tiny.yaml"))
    tiny(tmp_path, OWN.replace("slow", "slov").replace("chimes", "chime"))
    done = audiocoach("check", "tiny.yaml")
    assert (done.returncode, done.stdout) == (3, "")
    first, second = done.stderr.splitlines()
    assert first.startswith("tiny.yaml:4:3: coaching: pace: 'slov' is not possible here; did you")
    assert second.startswith("tiny.yaml:5:3: coaching: 'chime' is unknown; did you mean chimes?")


# what they do


def test_a_variable_and_a_routine_change_a_session_as_a_flag_does(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    by_routine = sheet(audiocoach, "tiny.yaml")
    assert by_routine["settings"] == {
        "pace": {"value": "slow", "from": "the routine, line 4"},
        "chimes": {"value": False, "from": "the routine, line 5"},
        "offline": {"value": True, "from": "the config"},
    }
    plain = tiny(tmp_path).name
    by_flag = sheet(audiocoach, plain, "--pace", "slow", "--no-chimes")
    by_variable = sheet(audiocoach, plain, AUDIOCOACH_PACE="slow", AUDIOCOACH_CHIMES="off")
    (tmp_path / "config.toml").write_text('offline = true\npace = "slow"\nchimes = false\n')
    by_config = sheet(audiocoach, plain)
    assert len({each["duration"] for each in (by_routine, by_flag, by_variable, by_config)}) == 1
    assert by_flag["duration"] > sheet(audiocoach, plain, "--pace", "normal")["duration"]


def test_a_routines_own_length_is_not_for_few_words(audiocoach: Audiocoach, tmp_path: Path) -> None:
    file = tiny(tmp_path, f"duration: 1:30\n{TINY}").name
    assert sheet(audiocoach, file)["duration"] == 90
    brief = sheet(audiocoach, file, "--coaching", "brief")
    assert brief["fit"]["used_percent"] == 0
    assert brief["settings"]["duration"] == {
        "value": "natural",
        "from": "coaching is brief (--coaching)",
    }
    both = sheet(audiocoach, file, "--coaching", "brief", "-d", "1:30")
    assert both["duration"] == 90


def test_a_build_tells_the_settings_and_what_was_changed(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    flags = ("--sets", "1", "--sides", "left", "--no-halfway", "-o", "x.mp3")
    done = audiocoach("build", "sided.yaml", *flags, "--json")
    told = json.loads(good(done))
    changes = ["Your choice: only the left side.", "Your choice: one set of each exercise."]
    assert told["changed_by_you"] == changes
    assert told["settings"]["halfway"] == {"value": False, "from": "--no-halfway"}
    assert all(change in done.stderr.splitlines() for change in changes)
    (comment,) = ID3(tmp_path / "x.mp3").getall("COMM")
    (text,) = comment.text
    assert text.startswith(" ".join(changes))
    assert "Voice: espeak:en-us. Licence of the voice: GPL-3.0-or-later." in text
    assert text.endswith("Settings: --no-halfway.")


@pytest.mark.parametrize(
    ("flags", "line"),
    [
        (["--sides", "right"], "Your choice: only the right side."),
        (["--sets", "3"], "Your choice: three sets of each exercise."),
        (["--reps", "1"], "Your choice: one rep in each set."),
        (["--reps", "5"], "Your choice: five reps in each set."),
        (["--rounds", "2"], "Your choice: two rounds."),
        (["--skip", "2"], "Your choice: without plank."),
    ],
)
def test_a_changed_dose_is_said_in_the_welcome(
    audiocoach: Audiocoach, flags: list[str], line: str
) -> None:
    assert line in said(sheet(audiocoach, "sided.yaml", *flags))


def test_a_dose_may_come_from_a_variable(audiocoach: Audiocoach) -> None:
    lines = said(sheet(audiocoach, "sided.yaml", AUDIOCOACH_SKIP="lunge", AUDIOCOACH_ROUNDS="2"))
    assert "Your choice: without lunge." in lines
    assert "Your choice: two rounds." in lines


def test_a_level_in_the_config_is_for_routines_that_have_levels(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text("offline = true\nlevel = 'advanced'\n")
    assert "Your choice" not in str(said(sheet(audiocoach, "sided.yaml")))
    done = audiocoach("preview", "sided.yaml", "--only", "none")
    assert done.returncode == 3
    assert "there is no exercise 'none'" in done.stderr


def test_a_level_the_routine_does_not_have_is_refused(audiocoach: Audiocoach) -> None:
    assert "Your choice" not in str(said(sheet(audiocoach, "sided.yaml", "--level", "beginner")))
    done = audiocoach("preview", "sided.yaml", "--level", "advanced")
    assert done.returncode == 3
    assert done.stderr == (
        "audiocoach: sided.yaml: this routine is the same at every level; leave --level out\n"
    )


def test_a_language_the_routine_does_not_have_is_refused(audiocoach: Audiocoach) -> None:
    assert sheet(audiocoach, "sided.yaml", "--language", "en-GB")["language"] == "en-GB"
    done = audiocoach("preview", "sided.yaml", "--language", "de")
    assert done.returncode == 3
    assert "sided.yaml: there is no translation of this routine to 'de'; it is in en" in done.stderr


def test_offline_by_variable_keeps_every_text_at_home(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text("")
    for command in (("build", "tiny.yaml", "--voice", "gtts"), ("voices", "try", "gtts")):
        done = audiocoach(*command, AUDIOCOACH_OFFLINE="on")
        assert done.returncode == 5
        assert "gtts is an online voice, and --offline keeps every text" in done.stderr
    assert "no text may leave this computer" in good(audiocoach("doctor", AUDIOCOACH_OFFLINE="yes"))


def test_a_mistake_in_the_config_stops_whatever_could_send_a_text(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text("ofline = true\n")
    for command in (("build", "tiny.yaml"), ("voices", "try", "gtts"), ("config",)):
        done = audiocoach(*command)
        assert done.returncode == 2
        assert "ofline is unknown; did you mean offline?" in done.stderr
    assert "ofline is unknown" in good(audiocoach("doctor"))


def test_the_users_own_variables_are_kept_out_of_tests() -> None:
    assert not {row.variable for row in SETTINGS.values()} & set(os.environ)


@pytest.mark.parametrize(
    ("variable", "says"),
    [
        ("AUDIOCOACH_PASE", "AUDIOCOACH_PASE has no effect; did you mean AUDIOCOACH_PACE?"),
        ("AUDIOCOACH_CASHE", "AUDIOCOACH_CASHE has no effect; did you mean AUDIOCOACH_CACHE?"),
        ("AUDIOCOACH_XYZZY", "AUDIOCOACH_XYZZY has no effect; see docs/settings.md"),
        ("AUDIOCOACH_PACE", ""),
    ],
)
def test_a_misspelt_variable_is_told(tmp_path: Path, cache: Path, variable: str, says: str) -> None:
    done = call("routines", "--json", cwd=tmp_path, cache=cache, **{variable: "slow"})
    assert done.returncode == 0
    assert done.stderr == (f"audiocoach: {says}\n" if says else "")
