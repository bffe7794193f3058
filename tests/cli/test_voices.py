"""Who speaks, as a user meets it: list, try, add, remove, --voice, --offline, --fallback."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import numpy as np
import pytest
import soundfile
from fake_translate import Service, fake_translate, way
from piper_tiny import NAME, description, tiny_model
from running import ROOT, call, command, environment, files, run, tiny

from audiocoach import player

Audiocoach = Callable[..., "CompletedProcess[str]"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts with #!")
GUARD = """
import os, sys

def guard(event, arguments):
    if event.startswith("socket."):
        open(os.environ["GUARD_LOG"], "a").write(event + "\\n")
        raise RuntimeError("a socket was used: " + event)

sys.addaudithook(guard)
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all, so that each word is spoken once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def audiocoach(tmp_path: Path, cache: Path) -> Audiocoach:
    """Runs audiocoach in `tmp_path`, with a small routine, no player and no voices of ours."""
    tiny(tmp_path)
    (tmp_path / "bin").mkdir()
    return partial(
        call,
        cwd=tmp_path,
        cache=cache,
        PATH=str(tmp_path / "bin"),
        AUDIOCOACH_CONFIG=str(tmp_path / "config.toml"),
        AUDIOCOACH_VOICES=str(tmp_path / "voices"),
    )


@pytest.fixture
def service() -> Iterator[Service]:
    with fake_translate() as service:
        yield service


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A voice that says half a second of hum, and notes that; it dies where `dies` says."""
    with wave.open(str(tmp_path / "hum.wav"), "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        hum = 9000 * np.sin(2 * np.pi * 140 * np.arange(8000) / 16_000)
        out.writeframes(np.asarray(hum, "<i2").tobytes())
    path = tmp_path / "hum"
    path.write_text(
        "#!/bin/sh\nPATH=/bin:/usr/bin\ncd " + str(tmp_path) + "\ncat > /dev/null\necho >> log\n"
        '[ ! -e dies ] || [ $(wc -l < log) -lt $(cat dies) ] || { echo "no more" >&2; exit 9; }\n'
        "exec cat hum.wav\n"
    )
    path.chmod(0o755)
    return path


@pytest.fixture
def piper(tmp_path: Path) -> Path:
    """A folder with the files of a Piper voice, as a user may have downloaded them."""
    pytest.importorskip("piper.voice", reason="piper-tts is not installed")
    folder = tmp_path / "downloads"
    folder.mkdir()
    (folder / f"{NAME}.onnx").write_bytes(tiny_model())
    (folder / f"{NAME}.onnx.json").write_text(json.dumps(description()))
    return folder


def good(done: CompletedProcess[str]) -> CompletedProcess[str]:
    assert done.returncode == 0, done.stderr
    return done


def refused(done: CompletedProcess[str], code: int, *says: str) -> None:
    """One line of error that says this, and nothing on stdout."""
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    *_, error = done.stderr.splitlines()
    assert error.startswith("audiocoach: ")
    for each in says:
        assert each in error


# list


@pytest.mark.parametrize("flags", [[], ["--language", "de"], ["list"], ["list", "-l", "de"]])
def test_voices_are_listed_for_a_language(audiocoach: Audiocoach, flags: list[str]) -> None:
    done = good(audiocoach("voices", *flags))
    german = "de" in flags
    listed = {line.split()[0]: line for line in done.stdout.splitlines() if line[:1] == " "}
    assert "ready" in listed["espeak:de" if german else "espeak:en-us"]
    assert "online" in listed["gtts:de" if german else "gtts:en-uk"]
    name = "de_DE-thorsten-medium" if german else "en_US-ljspeech-medium"
    assert f"needs: audiocoach voices add {name}" in listed[f"piper:{name}"]
    told = {spec: line for spec, line in listed.items() if spec != "nothing"}
    licences = {spec: line.partition("licence: ")[2] for spec, line in told.items()}
    assert licences.pop("command:NAME") == "not stated"
    assert all(licences.values())
    assert "not stated" not in licences.values()
    assert licences["espeak:de" if german else "espeak:en-us"] == "GPL-3.0-or-later"
    assert licences[f"piper:{name}"].startswith("CC0" if german else "public domain")
    assert [spec for spec in listed if spec.startswith("espeak:en")] == [] or not german
    assert "gtts (online: texts leave this computer)" in done.stdout
    assert done.stderr == ""


def test_an_online_voice_is_not_ready_offline(audiocoach: Audiocoach, tmp_path: Path) -> None:
    assert re.search(r"gtts:en +ready", audiocoach("voices").stdout)
    listed = audiocoach("voices", AUDIOCOACH_OFFLINE="yes").stdout
    assert re.search(r"gtts:en +needs: --no-offline", listed)
    assert re.search(r"espeak:en-us +ready", listed)


def test_the_list_tells_what_is_added_and_what_can_not_run(
    audiocoach: Audiocoach, tmp_path: Path, piper: Path
) -> None:
    (tmp_path / "config.toml").write_text(
        '[voices.mine]\ncommand = ["/bin/cat"]\nlicence = "CC BY 4.0"\n'
        '[voices.gone]\ncommand = ["no-such-program"]\n'
    )
    good(audiocoach("voices", "add", NAME, "--from", piper))
    listed = good(audiocoach("voices")).stdout.splitlines()
    rows = {line.split()[0]: line for line in listed}
    assert "ready" in rows[f"piper:{NAME}"]
    assert "ready" in rows["command:mine"]
    assert rows["command:mine"].endswith("licence: CC BY 4.0")
    assert "needs: there is no program 'no-such-program'" in rows["command:gone"]


def test_a_broken_config_hides_no_other_voice(audiocoach: Audiocoach, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("voice = 3\n")
    listed = good(audiocoach("voices")).stdout
    assert "espeak:en-us" in listed
    assert "config.toml: voice must be a text" in listed


def test_a_language_nobody_speaks_and_one_in_the_wrong_place(audiocoach: Audiocoach) -> None:
    listed = good(audiocoach("voices", "-l", "tlh")).stdout
    assert listed.count("nothing for tlh") == 4  # a program of your own may speak anything
    done = audiocoach("voices", "-l", "de", "list")
    assert done.returncode == 2
    assert "write it after 'list'" in done.stderr


# try


def sample(path: Path) -> float:
    """The seconds of a sample that decodes, and is no silence."""
    sound, rate = soundfile.read(path)
    assert rate == 48_000
    assert np.abs(sound).max() > 0.05
    return float(len(sound) / rate)


def test_every_engine_gives_a_sample(
    audiocoach: Audiocoach, service: Service, program: Path, piper: Path, tmp_path: Path
) -> None:
    good(audiocoach("voices", "add", NAME, "--from", piper))
    for number, voice in enumerate(
        ["espeak", "espeak:en-gb-x-rp+f3", "gtts:en-uk+slow", "piper", f"command:{program}"]
    ):
        path = tmp_path / f"{number}.mp3"
        with way(service.port):
            done = good(audiocoach("voices", "try", voice, "-o", path))
        assert 5 < sample(path) < 25, voice
        assert f"the sample is saved as {path}" in done.stderr
    assert service.asked


def test_a_text_of_ones_own_is_all_that_is_said(audiocoach: Audiocoach, tmp_path: Path) -> None:
    good(audiocoach("voices", "try", "espeak", "Grip the floor.", "-o", "s.mp3"))
    assert 0.5 < sample(tmp_path / "s.mp3") < 3
    good(audiocoach("voices", "try", "espeak", "  ", "-o", "blank.mp3"))  # as if none were given
    assert sample(tmp_path / "blank.mp3") > 5


def test_a_sample_nobody_could_hear_or_keep_is_an_error(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    refused(
        audiocoach("voices", "try", "espeak"),
        8,
        "espeak has spoken, but there is no player here: install mpv or ffmpeg",
        "--output sample.mp3",
    )
    done = good(audiocoach("voices", "try", "espeak", "-o", "s.mp3"))
    assert "there is no player here" in done.stderr
    assert files(tmp_path) == {"tiny.yaml", "s.mp3"}


def test_a_player_that_plays_nothing_is_not_the_fault_of_the_voice(
    audiocoach: Audiocoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player, "find_player", lambda: ("/bin/false",))
    done = audiocoach("voices", "try", "espeak")
    refused(done, 8, "espeak has spoken, but false could not play it: is there a speaker?")


def test_it_is_played_and_then_gone(
    audiocoach: Audiocoach, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[tuple[Path, float]] = []

    def play(path: Path, seconds: float) -> bool:
        played.append((path, seconds))
        return sample(path) == seconds

    monkeypatch.setattr(player, "play", play)
    done = good(audiocoach("voices", "try", "espeak"))
    assert (done.stdout, done.stderr) == ("", "")
    assert not played[0][0].exists()


@pytest.mark.parametrize(
    ("script", "well"),
    [("sleep 0.3; echo heard", True), ("exit 0", False), ("sleep 0.3; exit 1", False)],
)
def test_a_player_is_believed_if_it_took_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any, script: str, well: bool
) -> None:
    """Some end at once, with exit code 0, where there is no sound device."""
    (tmp_path / "mpv").write_text(f"#!/bin/sh\nPATH=/bin:/usr/bin\n{script}\n")
    (tmp_path / "mpv").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    if player.find_player() != (str(tmp_path / "mpv"), "--no-video", "--really-quiet"):
        pytest.skip("another player comes first here")
    assert player.play(tmp_path / "sample.mp3", 0.5) is well
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["espek"], 5, "no voice engine 'espek'; did you mean espeak?"),
        (["espeak:en-uss"], 5, "did you mean en-us"),
        (["gtts", "--offline"], 5, "gtts is an online voice, and --offline keeps"),
        (["espeak", "..."], 5, "gives no sound; reword it"),
        (["espeak", "-l", "tlh"], 3, "no phrases for 'tlh' yet"),
        (["espeak", "-o", "tiny.yaml/s.mp3"], 6, "cannot write"),
        (["piper:en_US-norman-medium"], 5, "run: audiocoach voices add en_US-norman-medium"),
        (["command:/nope"], 5, "there is no program /nope"),
    ],
)
def test_what_can_not_be_tried_is_one_line_with_the_remedy(
    audiocoach: Audiocoach, tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    refused(audiocoach("voices", "try", *arguments), code, says)
    assert files(tmp_path) == {"tiny.yaml"}


@pytest.mark.skipif(sys.platform != "linux", reason="signals to a group")
def test_ctrl_c_ends_the_player_and_leaves_nothing(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "bin").mkdir()
    mpv = tmp_path / "bin/mpv"
    mpv.write_text(f"#!/bin/sh\n/usr/bin/touch {tmp_path}/playing\nexec /bin/sleep 60\n")
    mpv.chmod(0o755)
    (tmp_path / "tmp").mkdir()
    started = subprocess.Popen(
        command("voices", "try", "espeak"),
        cwd=tmp_path,
        env=environment(cache, PATH=str(tmp_path / "bin"), TMPDIR=str(tmp_path / "tmp")),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (tmp_path / "playing").exists():
        assert started.poll() is None
        time.sleep(0.01)
    os.killpg(started.pid, signal.SIGINT)
    _, stderr = started.communicate(timeout=20)
    assert (started.returncode, stderr) == (130, "audiocoach: stopped\n")
    assert list((tmp_path / "tmp").iterdir()) == []


# add, remove


@pytest.mark.parametrize("spelling", [NAME, f"piper:{NAME}"])
def test_a_voice_is_added_from_a_folder_speaks_first_and_is_removed(
    audiocoach: Audiocoach, tmp_path: Path, piper: Path, spelling: str
) -> None:
    done = good(audiocoach("voices", "add", spelling, "--from", piper))
    terms = f"piper:{NAME}: from {piper}\n"
    assert (
        done.stderr
        == f"{terms}piper:{NAME} is ready (0 MB, licence: not stated): --voice piper:{NAME}\n"
    )
    good(audiocoach("voices", "add", spelling, "--from", piper))  # once more changes nothing
    own = tmp_path / "own"
    built = good(audiocoach("build", "tiny.yaml", "-d", "natural", "-v", cache=own))
    assert re.search(rf"piper:{NAME} has 29 texts to speak: about \d+:\d\d, once;", built.stderr)
    assert f"voice: piper:{NAME}\n  you added this Piper voice for en\n" in built.stderr
    assert good(audiocoach("voices", "remove", spelling)).stderr == f"{spelling} is removed\n"
    refused(audiocoach("voices", "remove", spelling), 5, f"no voice '{NAME}' to remove")
    refused(audiocoach("build", "tiny.yaml", "--voice", f"piper:{NAME}"), 5, "is not added")


def test_who_asks_for_the_best_is_told_of_a_natural_voice_that_is_here(
    audiocoach: Audiocoach, piper: Path
) -> None:
    offline = ("voices", "add", "natural", "--offline")
    assert "already installed" not in audiocoach(*offline).stderr
    good(audiocoach("voices", "add", NAME, "--from", piper))
    says = (
        f"piper:{NAME} is also natural, and already installed: it speaks until this one is added\n"
    )
    assert says in audiocoach(*offline).stderr


def test_one_that_can_not_speak_yet_is_not_called_ready(
    audiocoach: Audiocoach, piper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiocoach.voice.piper.speech.package", lambda: None)
    done = good(audiocoach("voices", "add", NAME, "--from", piper))
    assert (
        "is added (0 MB, licence: not stated), but can't speak yet: Piper is not installed; run: "
        in done.stderr
    )
    assert "-m pip install 'piper-tts" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add", "foo"], "'foo' is not the name of a Piper voice; names look like en_US-ljspee"),
        (["add", "../../x"], "is not the name"),
        (["add", NAME, "--from", "nowhere"], "there is no folder"),
        (["add", NAME, "--offline"], "downloaded; name a folder that holds it with --from"),
        (["add", "kokoro:af_heart", "--offline"], "kokoro:af_heart would be downloaded"),
        (["add", "kokoro:af_hart"], "no Kokoro voice 'af_hart'; did you mean af_heart or"),
        (["add", "kokoro:af_heart", "--from", "nowhere"], "there is no nowhere to take a"),
        (["add", "kokoro:af_heart", "--from", "."], "has no kokoro-v1.0"),
        (["add", "natural", "--offline"], "kokoro:af_heart would be downloaded"),
        (["add", "natural", "-l", "eu"], "audiocoach voices --language eu lists what there is"),
        (["add", "espeak:en-us"], "espeak has nothing to add or remove"),
        (["remove", "kokoro:af_heart"], "no voice kokoro:af_heart to remove; added: none"),
        (["add", NAME, "--from", "."], f"has no voice '{NAME}'"),
        (["remove", "../.."], "there is no voice '../..' to remove; added: none"),
        (["remove", NAME], "added: none"),
    ],
)  # fmt: skip
def test_what_can_not_be_added_or_removed_is_one_line(
    audiocoach: Audiocoach, tmp_path: Path, arguments: list[str], says: str
) -> None:
    refused(audiocoach("voices", *arguments), 5, says)
    assert not [each for each in files(tmp_path) if each.endswith(".onnx")]


# Who speaks


def test_gtts_speaks_by_itself_when_it_answers_and_is_asked_once(
    audiocoach: Audiocoach, service: Service, tmp_path: Path
) -> None:
    own = {"cwd": tmp_path, "cache": tmp_path / "own"}
    with way(service.port):
        first = good(audiocoach("build", "tiny.yaml", "-v", **own))
        asked, connections = len(service.asked), service.connections
        again = good(audiocoach("build", "tiny.yaml", "-v", **own))
    sent = "Google Translate's speech service, and nothing else; --offline prevents this"
    assert sent in first.stderr
    assert sent not in again.stderr
    expected = r"^gtts:en has 2\d texts to speak in 2\d requests: about 0:\d\d, once; the MP3 will"
    assert re.search(expected, first.stderr, re.MULTILINE)
    assert "texts to speak" not in again.stderr
    assert (
        "voice: gtts:en\n  no neural voice for en has been added\n  gTTS answers\n" in first.stderr
    )
    assert f'choose another with --voice, or with voice = "…" in {tmp_path}' in first.stderr
    assert "gTTS said all of this before" in again.stderr
    assert (len(service.asked), service.connections) == (asked, connections)
    assert all(len(line) < 140 for line in first.stderr.replace(str(tmp_path), "").splitlines())


def test_the_config_chooses_and_a_slip_in_it_is_told(
    audiocoach: Audiocoach, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('voice = "espeak:en-us+f3"\n')
    done = good(audiocoach("build", "tiny.yaml", "--only", "1", "--json"))
    told = json.loads(done.stdout)
    assert told["voice"] == "espeak:en-us+f3"
    assert told["voice_reason"] == f"{config} names it"
    config.write_text('voice = "espek"\nfallback = true\n')
    refused(audiocoach("build", "tiny.yaml"), 5, "did you mean espeak?")
    config.write_text('voise = "espeak"\n')
    refused(audiocoach("build", "tiny.yaml"), 2, "did you mean voice?")


# --offline


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "tiny.yaml", "--offline"],
        ["preview", "tiny.yaml", "--offline", "--json"],
        ["voices"],
        ["voices", "try", "espeak", "--offline", "-o", "s.mp3"],
        ["doctor", "--offline"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_offline_makes_no_socket(tmp_path: Path, cache: Path, arguments: list[str]) -> None:
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard/sitecustomize.py").write_text(GUARD)
    tiny(tmp_path)
    good(
        run(
            *arguments,
            cwd=tmp_path,
            cache=cache,
            PYTHONPATH=f"{tmp_path / 'guard'}{os.pathsep}{ROOT}",
            GUARD_LOG=str(tmp_path / "sockets"),
            AUDIOCOACH_CONFIG="none.toml",
            PATH=str(tmp_path),
        )
    )
    assert not (tmp_path / "sockets").exists()


def test_offline_refuses_what_may_send_texts(
    audiocoach: Audiocoach, program: Path, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text(
        f'[voices.cloud]\ncommand = ["{program}"]\n'
        f'[voices.here]\ncommand = ["{program}"]\nonline = false\n'
    )
    build = partial(audiocoach, "build", "tiny.yaml", "--offline", "--fallback", "--voice")
    refused(build("gtts:en-uk"), 5, "gtts:en-uk is an online voice", "--voice espeak")
    refused(build("command:cloud"), 5, "write online = false")
    assert not (tmp_path / "log").exists()
    good(build("command:here"))


# --fallback


def test_without_fallback_a_dying_voice_stops_the_build(
    audiocoach: Audiocoach, program: Path, tmp_path: Path
) -> None:
    (tmp_path / "dies").write_text("20")
    (tmp_path / "x.mp3").write_text("the old session")
    build = partial(audiocoach, "build", "tiny.yaml", "--overwrite", "-o", "x.mp3", "--voice")
    before = files(tmp_path)
    refused(build(f"command:{program}"), 5, "exit code 9", "no more")
    assert (tmp_path / "x.mp3").read_text() == "the old session"
    assert files(tmp_path) - before == {"log"}

    said = len((tmp_path / "log").read_text())
    (tmp_path / "dies").unlink()
    good(build(f"command:{program}"))
    rest = len((tmp_path / "log").read_text()) - said
    whole = partial(build, f"command:{program}", cwd=tmp_path, cache=tmp_path / "own")
    good(whole())
    assert rest < len((tmp_path / "log").read_text()) - said - rest <= rest + 19


@pytest.mark.parametrize("where", ["flag", "config"])
def test_with_fallback_the_whole_session_is_spoken_by_the_next(
    audiocoach: Audiocoach, program: Path, tmp_path: Path, where: str
) -> None:
    (tmp_path / "dies").write_text("20")
    flags = ["--fallback"] if where == "flag" else []
    (tmp_path / "config.toml").write_text("fallback = true\n" if where == "config" else "")
    own = tmp_path / "own"
    build = partial(audiocoach, "build", "tiny.yaml", "--json", "-v", cwd=tmp_path, cache=own)
    done = good(build("-o", "x.mp3", "--voice", f"command:{program}", *flags))
    assert len((tmp_path / "log").read_text()) >= 20
    told = json.loads(done.stdout)
    assert told["voice"] == "espeak:en-us"
    assert told["voice_reason"] == f"command:{program} failed"
    first, *_ = done.stderr.splitlines()
    assert first.startswith(f"espeak speaks the whole session instead: command:{program}")
    assert "exit code 9" in first
    assert f"voice: espeak:en-us\n  command:{program} failed\n" in done.stderr
    good(audiocoach("build", "tiny.yaml", "-o", "pure.mp3", "--voice", "espeak"))
    assert (tmp_path / "x.mp3").read_bytes() == (tmp_path / "pure.mp3").read_bytes()


@pytest.mark.parametrize(
    ("voice", "says"),
    [
        ("gtss", "did you mean gtts?"),
        ("espeak:en-uss", "did you mean en-us"),
        ("gtts:xx", "gTTS has no voice 'xx'"),
        (f"piper:{NAME}", "is not added"),
        ("command:nope", "defines no voice 'nope'"),
        ("gtts:de", "the texts are in 'en'"),
    ],
)
def test_a_misspelt_voice_is_never_replaced(
    audiocoach: Audiocoach, tmp_path: Path, voice: str, says: str
) -> None:
    refused(audiocoach("build", "tiny.yaml", "--fallback", "--voice", voice), 5, says)
    assert files(tmp_path) == {"tiny.yaml"}


# Requests


def counts(done: CompletedProcess[str]) -> tuple[int, int]:
    told = json.loads(good(done).stdout)
    return told["requests"], told["gtts_requests_cold"]


def test_preview_tells_the_requests_before_they_are_made(
    audiocoach: Audiocoach, service: Service, tmp_path: Path
) -> None:
    own = {"cwd": tmp_path, "cache": tmp_path / "own"}
    with way(service.port):
        preview = partial(audiocoach, "preview", "tiny.yaml", "--json", "--voice", **own)
        needed, cold = counts(preview("espeak"))
        assert (needed, service.connections) == (0, 0)
        assert counts(preview("gtts")) == (cold, cold)
        assert len(service.asked) == len(set(service.texts)) == cold
        assert counts(preview("gtts")) == (0, cold)
        assert counts(preview("gtts:en-uk")) == (cold, cold)
        assert len(service.asked) == 2 * cold


@pytest.mark.parametrize("routine", ["foot-relief", "foot-care"])
def test_the_foot_sessions_need_one_request_for_each_text(
    audiocoach: Audiocoach, routine: str
) -> None:
    """The texts of the session, and the few the level is measured on."""
    told = json.loads(good(audiocoach("preview", routine, "--json", "--voice", "espeak")).stdout)
    said = {cue["say"] for cue in told["cues"] if "say" in cue}
    assert told["requests"] == 0
    # Wordings that differ cost a request each: about 30 of them, for a coach who varies.
    assert len(said) <= told["gtts_requests_cold"] <= 190
