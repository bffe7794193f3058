"""`audiocoach doctor`: one screen that says what works here, and mends the rest."""

from __future__ import annotations

import math
import socket
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from fake_translate import fake_translate, way
from running import call

from audiocoach import doctor
from audiocoach.voice import choice

Audiocoach = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def examined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audiocoach:
    """Runs doctor where there is no player, no config, no voice and no network, but every extra."""
    monkeypatch.setattr(doctor, "find_spec", lambda _: True)
    monkeypatch.setattr(doctor, "probe_online", lambda *_: "there is no internet connection")
    return partial(
        call,
        "doctor",
        cwd=tmp_path,
        cache=tmp_path / "cache",
        PATH=str(tmp_path),
        AUDIOCOACH_CONFIG=str(tmp_path / "config.toml"),
        AUDIOCOACH_VOICES=str(tmp_path / "voices"),
    )


def findings(done: CompletedProcess[str]) -> dict[str, tuple[bool, str]]:
    """What was found, whether it is good, and its lines as one."""
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, tuple[bool, str]] = {}
    what = ""
    for line in done.stdout.splitlines():
        if line.startswith(("ok  ", "--  ")):
            what = line.split()[1]
            found[what] = (line.startswith("ok"), line)
        else:
            found[what] = (found[what][0], f"{found[what][1]}\n{line.strip()}")
    return found


def test_it_is_one_screen_of_all_a_build_needs(examined: Audiocoach) -> None:
    done = examined()
    found = findings(done)
    names = "audiocoach config espeak gtts kokoro piper command network voice cache player extras"
    assert list(found) == names.split()
    assert sum(math.ceil(len(line) / 80) for line in done.stdout.splitlines()) <= 24
    good = {what for what, (well, _) in found.items() if well}
    assert good == {"audiocoach", "config", "espeak", "voice", "cache", "extras"}


def test_each_finding_has_its_remedy(examined: Audiocoach) -> None:
    found = findings(examined())
    for what, says in {
        "config": "no such file: the defaults apply",
        "espeak": "ready for en: espeak:en-us and ",
        "gtts": "none of which can speak now: see network",
        "piper": "\naudiocoach voices add en_US-ljspeech-medium",
        "network": "does not answer: there is no internet connection\nother voices need no network",
        "voice": "espeak:en-us speaks: no neural voice for en",
        "cache": "0.0 MB of 1000 MB",
        "player": "none found\ninstall mpv or ffmpeg",
    }.items():
        assert says in found[what][1], what


def test_all_is_well(examined: Audiocoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "probe_online", lambda *_: None)
    (tmp_path / "config.toml").write_text('[voices.mine]\ncommand = ["/bin/sh"]\n')
    (tmp_path / "mpv").write_text("#!/bin/sh\n")
    (tmp_path / "mpv").chmod(0o755)
    found = findings(examined())
    assert not [
        what for what, (well, _) in found.items() if not well and what not in {"kokoro", "piper"}
    ]
    assert "gTTS's service answers" in found["network"][1]
    assert "gtts:en speaks" in found["voice"][1]
    assert "ready for en: command:mine" in found["command"][1]
    assert "mpv" in found["player"][1]


def test_extras_that_are_not_here_are_told(
    examined: Audiocoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert findings(examined())["extras"] == (True, "ok  extras      serve, m4b, play, alexa")
    monkeypatch.setattr(doctor, "find_spec", {"segno": 1, "uvicorn": 1}.get)
    well, said = findings(examined())["extras"]
    assert not well
    assert "serve; not here: m4b, play, alexa\n" in said
    assert "-m pip install 'av>=17' 'miniaudio>=1.60' 'cryptography>=45'" in said


@pytest.mark.parametrize(
    ("config", "what", "says"),
    [
        ("voice = 3", "config", "voice must be a text"),
        ("voice = 3", "voice", "voice must be a text"),
        ('voice = "gtss"', "voice", "did you mean gtts?"),
        ('voice = "piper:en_US-ljspeech-medium"', "voice", "run: audiocoach voices add en_US-ljsp"),
        ('[voices.a]\ncommand = ["gone"]', "command", "no program 'gone' on your PATH; install it"),
    ],
)
def test_a_config_that_stops_builds_is_told(
    examined: Audiocoach, tmp_path: Path, config: str, what: str, says: str
) -> None:
    (tmp_path / "config.toml").write_text(config)
    well, said = findings(examined())[what]
    assert not well
    assert says in said


def test_a_cache_that_can_not_be_used_is_told(examined: Audiocoach, tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    well, said = findings(examined())["cache"]
    assert not well
    assert "cannot be read" in said
    assert "name another folder with AUDIOCOACH_CACHE=" in said
    (tmp_path / "cache").unlink()
    well, said = findings(examined(AUDIOCOACH_CACHE_LIMIT="much"))["cache"]
    assert not well
    assert "is not a size; write it as 500MB" in said


def test_its_size_is_told(examined: Audiocoach, tmp_path: Path) -> None:
    (tmp_path / "cache/v1/clip/00").mkdir(parents=True)
    (tmp_path / "cache/v1/clip/00/entry").write_bytes(bytes(2_500_000))
    assert (
        f"{tmp_path / 'cache'}: 2.5 MB of 2000 MB"
        in findings(examined(AUDIOCOACH_CACHE_LIMIT="2GB"))["cache"][1]
    )


@pytest.mark.parametrize("where", ["flag", "config"])
def test_offline_asks_nobody(
    examined: Audiocoach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(doctor, "probe_online", lambda *_: pytest.fail("it asked"))
    (tmp_path / "config.toml").write_text("offline = true" if where == "config" else "")
    found = findings(examined(*["--offline"] * (where == "flag")))
    assert "not asked, as no text may leave this computer" in found["network"][1]
    assert not found["network"][0]
    assert not found["gtts"][0]
    assert "espeak:en-us speaks" in found["voice"][1]


def test_a_network_that_swallows_everything_holds_nobody_up(
    examined: Audiocoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "probe_online", choice.probe_online)
    monkeypatch.setattr(choice, "PROBE_SECONDS", 0.3)
    began = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as mute, way(mute.getsockname()[1]):
        found = findings(examined())
    assert "did not answer within 0.3 s" in found["network"][1]
    assert time.monotonic() - began < 10


def test_it_sends_no_text(examined: Audiocoach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "probe_online", choice.probe_online)
    monkeypatch.setattr(choice, "PROBE_SECONDS", 10.0)
    with fake_translate() as service:
        found = findings(examined())
    assert "answers" in found["network"][1]
    assert (service.knocks, service.asked) == (1, [])
