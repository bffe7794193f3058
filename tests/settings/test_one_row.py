"""A setting is one row: whatever else there is of it follows from the table."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from running import PATIENCE, TINY, environment, tiny

from audiocoach import Options
from audiocoach.settings.surroundings import PREFIX, VARIABLES, Surroundings
from audiocoach.settings.table import SETTINGS, Settings

PACKAGE = Path(__file__).resolve().parents[2] / "audiocoach"
A_ROW_MORE = """
from dataclasses import dataclass

from audiocoach.settings import resolve, table

@dataclass(frozen=True, slots=True)
class More(table.Settings):
    hum: bool = table.setting(
        table.Family.COACHING, table.SWITCH, "Hum a little.", default=False
    )

resolve.Settings = More  # as if the row stood in the table itself
table.SETTINGS["hum"] = table.rows(More)["hum"]

import audiocoach
from audiocoach.cli import main
from audiocoach.routine.load import loads

assert audiocoach.Options(hum="on").hum == "on"
assert resolve.resolve({"hum": True}, {}).settings.hum is True
assert resolve.resolve({}, {}).settings.hum is False
main()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tiny(tmp_path, TINY)
    own = TINY.replace("exercises:", "coaching: {hum: yes}\nexercises:")
    (tmp_path / "own.yaml").write_text(own)
    (tmp_path / "config.toml").write_text("hum = true\n")
    (tmp_path / "none.toml").write_text("")
    return tmp_path


def told(folder: Path, *arguments: str, **more: str) -> str:
    """What audiocoach prints with one row more in the table."""
    variables = environment(folder / "cache", **{"AUDIOCOACH_CONFIG": "none.toml", **more})
    done = subprocess.run(
        [sys.executable, "-c", A_ROW_MORE, *arguments],
        cwd=folder,
        env=variables | {"COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("arguments", "variables", "value", "origin"),
    [
        ((), {}, "off", "default"),
        (("--hum",), {}, "on", "--hum"),
        (("--no-hum", "own.yaml"), {}, "off", "--no-hum"),
        ((), {"AUDIOCOACH_HUM": "on"}, "on", "AUDIOCOACH_HUM"),
        (("own.yaml",), {}, "on", "the routine, line 3"),
        ((), {"AUDIOCOACH_CONFIG": "config.toml"}, "on", "the config"),
    ],
)
def test_a_new_row_is_taken_from_each_place(
    folder: Path, arguments: tuple[str, ...], variables: dict[str, str], value: str, origin: str
) -> None:
    rows = [
        re.split(r" {2,}", line)
        for line in told(folder, "config", *arguments, **variables).splitlines()
    ]
    assert ["hum", value, origin] in rows


def test_a_new_row_is_in_the_help_and_in_what_an_editor_is_told(folder: Path) -> None:
    (line,) = [each for each in told(folder, "build", "--help-all").splitlines() if "hum " in each]
    assert re.search(r"--\[no-\]hum +Hum a little\. Default: off\.", line)
    schema = told(folder, "routines", "schema")
    assert "Hum a little. Default: off." in schema


def test_the_fields_of_settings_and_options_are_the_rows() -> None:
    assert [field.name for field in fields(Settings)] == [*SETTINGS, "firm"]
    for name, row in SETTINGS.items():
        assert getattr(Settings(), name) == row.default
        assert getattr(Options(), name) == (() if row.kind.is_list else None)


# -- what is asked -------------------------------------------------------------------


def test_options_are_what_was_given() -> None:
    options = Options(pace="slow", only=("squat",), duration=None, skip=())
    assert options == Options(only=("squat",), pace="slow") != Options(pace="slow")
    assert hash(options) == hash(Options(only=("squat",), pace="slow"))
    assert repr(options) == "Options(pace='slow', only=('squat',))"
    assert (options.pace, options.only, options.duration) == ("slow", ("squat",), None)
    assert options.but(pace="brisk", sets=2) == Options(pace="brisk", only=("squat",), sets=2)
    assert options.but(pace=None) == Options(only=("squat",))
    assert options.pace == "slow", "the first is as it was"


def test_an_option_that_is_no_setting_is_refused_with_the_nearest() -> None:
    wrong: dict[str, Any] = {"paece": "slow"}
    with pytest.raises(TypeError, match="no setting 'paece'; did you mean 'pace'"):
        Options(**wrong)
    with pytest.raises(TypeError, match="no setting 'paece'"):
        Options().but(**wrong)
    with pytest.raises(AttributeError, match="no setting 'paece'"):
        _ = Options().paece
    with pytest.raises(AttributeError):
        setattr(Options(), "pace", "slow")  # noqa: B010 - mypy knows that it can't be


# -- the environment -----------------------------------------------------------------


def test_every_variable_has_a_row() -> None:
    known = {row.variable for row in SETTINGS.values()} | {PREFIX + name for name in VARIABLES}
    texts = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    named = {word for text in texts for word in re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]", text)}
    assert named - {f"{PREFIX}NAME"} <= known
    assert {f"{PREFIX}CONFIG", f"{PREFIX}CACHE"} <= named


def test_surroundings_are_those_that_were_handed_in(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('pace = "slow"')
    own = Surroundings({"AUDIOCOACH_CONFIG": f" {tmp_path}/own.toml ", "AUDIOCOACH_VOICES": "~/v"})
    assert own.config.settings == {"pace": "slow"}
    assert own.folder("VOICES") == Path.home() / "v"
    assert (own.variable("CACHE_LIMIT"), own.folder("CACHE")) == ("", None)
    with pytest.raises(KeyError):
        own.variable("PACE")
