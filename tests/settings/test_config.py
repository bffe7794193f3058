"""The user's config: read whole, or refused with the file, the key and the remedy."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audiocoach.settings.config import Config, ConfigError, Program, config_path, load_config
from audiocoach.settings.surroundings import Surroundings

WHOLE = """\
voice = "command:flite"
offline = true
fallback = true

[voices.flite]
command = ["flite", "-o", "{wav}"]

[voices.cloud-1]
command = ["./cloud.py", "{language}", "{rate}"]
language = "en"
online = false
timeout = 90
at_once = 2
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "config.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_every_key_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, WHOLE)
    assert load_config(path) == Config(
        path,
        voice="command:flite",
        offline=True,
        fallback=True,
        voices={
            "flite": Program(("flite", "-o", "{wav}"), tmp_path),
            "cloud-1": Program(
                ("./cloud.py", "{language}", "{rate}"),
                tmp_path,
                "en",
                online=False,
                timeout=90.0,
                at_once=2,
            ),
        },
    )


def test_settings_are_kept_as_they_are_written(tmp_path: Path) -> None:
    config = load_config(written(tmp_path, 'pace = "slow"\ncountdown = 5\n' + WHOLE))
    assert config.settings == {"pace": "slow", "countdown": 5}
    assert config.voice == "command:flite"


@pytest.mark.parametrize("text", ["", "\ufeff", "# nothing\r\n"])
def test_an_empty_config_is_the_defaults(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    assert load_config(path) == Config(path)


def test_no_config_is_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "none.toml", tmp_path / "file/config.toml"):
        assert load_config(path) == Config(path)


def test_the_config_in_the_docs_is_one(tmp_path: Path) -> None:
    docs = Path(__file__).resolve().parents[2] / "docs" / "voices.md"
    block = docs.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    config = load_config(written(tmp_path, block))
    assert config.voice == "command:mine"
    assert config.voices["mine"].online is False


def test_the_environment_names_another_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOCOACH_CONFIG", str(written(tmp_path, 'voice = "espeak:de"')))
    assert Surroundings.here().config.voice == "espeak:de"
    assert Surroundings({}).config.path == config_path()
    assert config_path().name == "config.toml"
    assert config_path().parent.name == "audiocoach"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("voice = 3", 'voice must be a text such as "espeak:en-us"'),
        ("voice = ''", "voice must be a text"),
        ("offline = 'yes'", "offline must be true or false"),
        ("fallback = 1", "fallback must be true or false"),
        ("voices = 1", r"voices must be a table: \[voices\]"),
        ("[voices]\nflite = 'flite'", r"voices\.flite must be a table: \[voices\.flite\]"),
        ("[voices.'a b']", r"voices\.'a b' is not a name for a voice"),
        ("[voices.'/bin/sh']", r"voices\.'/bin/sh' is not a name"),
        ("[voices.a]", r"voices\.a\.command is missing"),
        ("[voices.a]\ncommand = 'flite -o x'", r"voices\.a\.command must be a list of texts"),
        ("[voices.a]\ncommand = []", r"voices\.a\.command must be a list"),
        ("[voices.a]\ncommand = ['a', 1]", r"voices\.a\.command must be a list"),
        ("[voices.a]\ncommand = ['']", r"voices\.a\.command must be a list"),
        ('[voices.a]\ncommand = ["a\\u0000"]', r"voices\.a\.command must be a list"),
        ("[voices.a]\ncommand = ['a', '{text}']", r"can't hold \{text\}: the program gets"),
        ("[voices.a]\ncommand = ['a', '-o{wave}']", r"\{wave\}; did you mean \{wav\}\?"),
        (
            "[voices.a]\ncommand = ['a']\ntime_out = 1",
            r"a\.time_out is unknown; .* timeout\?",
        ),
        ("[voices.a]\ncommand = ['a']\ntimeout = 0", r"a\.timeout must be a number of seconds"),
        ("[voices.a]\ncommand = ['a']\ntimeout = nan", r"a\.timeout must be"),
        ("[voices.a]\ncommand = ['a']\ntimeout = true", r"a\.timeout must be"),
        ("[voices.a]\ncommand = ['a']\nat_once = 99", r"a\.at_once must be a whole number"),
        ("[voices.a]\ncommand = ['a']\nat_once = true", r"a\.at_once must be"),
        ("[voices.a]\ncommand = ['a']\nlanguage = []", r"a\.language must be a language tag"),
        ("[voices.a]\ncommand = ['a']\nonline = 'no'", r"a\.online must be true or false"),
        ("voice = x", r"is not TOML: .*line 1"),
        (b"voice = '\xff'", "is not UTF-8"),
    ],
)
def test_a_mistake_is_one_line_with_the_file_and_the_key(
    tmp_path: Path, text: str | bytes, says: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError, match=says) as error:
        load_config(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.exit_code == 2


def test_a_mistake_knows_its_file_and_its_key(tmp_path: Path) -> None:
    path = written(tmp_path, "[voices.a]\ncommand = ['a']\ntimeout = 0")
    with pytest.raises(ConfigError) as error:
        load_config(path)
    assert (error.value.path, error.value.key) == (path, "voices.a.timeout")
    assert (error.value.place, error.value.setting) == ("voices.a.timeout", "")


def test_a_config_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="AUDIOCOACH_CONFIG="):
        load_config(tmp_path)


def test_without_a_config_nothing_is_imported_for_it(tmp_path: Path) -> None:
    script = """
import sys
from audiocoach.settings.surroundings import Surroundings
Surroundings.here().config
heavy = ["platformdirs", "tomllib", "difflib", "audiocoach.routine"]
print([name for name in heavy if name in sys.modules])
"""
    variables = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "AUDIOCOACH_CONFIG": str(tmp_path / "none"),
    }
    command = [sys.executable, "-c", script]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=variables)
    assert ran.stdout == "[]\n"
