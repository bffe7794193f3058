"""Programs of the user's own: how they are named, run and believed."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile

from audiocoach import Options, pipeline
from audiocoach.errors import VoiceError
from audiocoach.settings.surroundings import Surroundings
from audiocoach.store import Cache
from audiocoach.timeline.script import Utterance
from audiocoach.voice.base import open_voice
from audiocoach.voice.command import engine as command
from audiocoach.voice.command import runner
from audiocoach.voice.command.engine import CommandEngine, CommandVoice
from audiocoach.voice.segment import AudioSegment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts with #!")

Make = Callable[..., Path]
CACHE = Cache(Path("nowhere"))
HANG = 60
"""Seconds after which something hangs."""


# For the shell the second line runs Python; for Python it is a text. A path with a
# space can't stand behind "#!".
BEEPER = f"""#!/bin/sh
"exec" "{sys.executable}" "-IS" "$0" "$@"
import math, struct, sys
words = len(sys.stdin.buffer.read().split())
rate = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
period = [round(9000 * math.sin(2 * math.pi * n / 40)) for n in range(40)]
samples = struct.pack("<40h", *period) * round(110 * words / rate)
header = struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", 36 + len(samples), b"WAVEfmt ",
                     16, 1, 1, 16000, 32000, 2, 16, b"data", len(samples))
out = open(sys.argv[1], "wb") if len(sys.argv) > 1 else sys.stdout.buffer
out.write(header + samples)
"""
"""A tone of 0.275 s a word, to stdout or to the file named first; the rate may follow."""


@pytest.fixture(autouse=True)
def _no_config_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AUDIOCOACH_CONFIG", str(tmp_path / "config.toml"))


@pytest.fixture
def program(tmp_path: Path) -> Make:
    """Makes an executable script."""

    def make(text: str, name: str = "speak me") -> Path:
        path = tmp_path / name
        path.write_text(text if text.startswith("#!") else f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        return path

    return make


@pytest.fixture
def beeper(program: Make) -> Path:
    return program(BEEPER)


@pytest.fixture
def config(tmp_path: Path) -> Make:
    """Writes the user's config."""

    def write(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def voice(name: str | Path, *, language: str = "en", rate: float = 1.0) -> CommandVoice:
    return CommandEngine(Surroundings.here()).open(
        str(name), language=language, rate=rate, cache=CACHE
    )


def say(by: CommandVoice, text: str = "Hold.") -> AudioSegment:
    [(_, segment)] = by.speak([Utterance(text, "en")])
    return segment


def quick(by: CommandVoice, timeout: float = 60.0, at_once: int | None = None) -> CommandVoice:
    return replace(by, program=replace(by.program, timeout=timeout, at_once=at_once))


def mine(*arguments: str, more: str = "") -> str:
    return f"[voices.mine]\ncommand = {list(arguments)!r}\n{more}\n"


# Sessions


def test_a_program_speaks_a_whole_session_of_exactly_20_minutes(
    beeper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = Options(voice=f"command:{beeper}")
    cache = Cache(tmp_path / "cache")
    session = pipeline.build("foot-relief", tmp_path / "one.mp3", options, cache=cache)
    assert soundfile.info(session.path).frames == 20 * 60 * 48_000
    assert session.voice == f"command:{beeper}"

    beeper.touch()  # a new date, the same program: nothing is spoken again
    monkeypatch.setattr(CommandVoice, "speak", lambda *_: pytest.fail("it spoke"))
    pipeline.build("foot-relief", tmp_path / "two.mp3", options, cache=cache)
    assert (tmp_path / "two.mp3").read_bytes() == session.path.read_bytes()


def test_a_build_that_fails_writes_no_session_and_keeps_what_was_spoken(
    beeper: Path, program: Make, tmp_path: Path
) -> None:
    # Utterances may be spoken in any order, so the program counts and does not look at words.
    stops = f"cd {shlex.quote(str(tmp_path))}; echo >> said; [ $(wc -l < said) -gt 20 ] && exit 3; "
    path = program(f"{stops}exec {shlex.quote(str(beeper))}", "stops")
    options = Options(voice=f"command:{path}", duration="natural")
    cache = Cache(tmp_path / "cache")
    with pytest.raises(VoiceError, match=r"exit code 3 at ['\"]"):
        pipeline.build("foot-relief", tmp_path / "one.mp3", options, cache=cache)
    assert not (tmp_path / "one.mp3").exists()
    kept = [path for path in (tmp_path / "cache/v1/clip").rglob("*") if path.is_file()]
    assert 0 < len(kept) <= 20


# What stands in the place of the WAV

IN_ITS_PLACE = {
    "a pipe": ('mkfifo "$1"', "something that is not a file"),
    "a link to a pipe": ('mkfifo "$1.p"; ln -s "$1.p" "$1"', "something that is not a file"),
    "a link to a device": ('ln -s /dev/zero "$1"', "something that is not a file"),
    "a link to a terminal": ('ln -s /dev/tty "$1"', "not a file|can be read"),
    "a folder": ('mkdir "$1"', "something that is not a file"),
    "a socket": (
        f'cd "$(dirname "$1")"; {shlex.quote(sys.executable)} -c '
        "'import socket; socket.socket(socket.AF_UNIX).bind(\"speech.wav\")'",
        "left no sound that can be read",
    ),
    "a ring of links": ('ln -s "$1.b" "$1"; ln -s "$1" "$1.b"', "left no sound that can be read"),
    "a link to nothing": ('ln -s nowhere "$1"', "wrote no sound: nothing"),
    "nothing": ("", "wrote no sound: nothing"),
    "more than memory holds": ('truncate -s 9T "$1"', "wrote more than 64 MB"),
    "a pipe for its complaints": ('rm "${1%.wav}.err"; mkfifo "${1%.wav}.err"; exit 3', "code 3"),
    "endless complaints": (
        'rm "${1%.wav}.err"; ln -s /dev/zero "${1%.wav}.err"; exit 3', "code 3"),
}  # fmt: skip


@pytest.mark.parametrize("what", IN_ITS_PLACE)
@pytest.mark.parametrize("to_stdout", [False, True])
def test_what_a_program_puts_in_place_of_its_sound_is_looked_at(
    program: Make, config: Make, what: str, to_stdout: bool
) -> None:
    script, fault = IN_ITS_PLACE[what]
    path = program(f'rm -f "$1"; {script}')
    if to_stdout and not Path("/proc/self/fd").exists():
        pytest.skip("where stdout goes is looked up in /proc")
    finder = program(f'exec {shlex.quote(str(path))} "$(readlink /proc/$$/fd/1)"', "finder")
    arguments = [str(finder)] if to_stdout else [str(path), "{wav}"]
    config(mine(*arguments, more="timeout = 20"))
    got: list[VoiceError] = []

    def speak() -> None:
        with pytest.raises(VoiceError, match=fault) as error:
            say(voice("mine"))
        got.append(error.value)

    thread = threading.Thread(target=speak, daemon=True)
    thread.start()
    thread.join(HANG)
    assert got, "it hangs, or speaks"
    assert "\n" not in str(got[0])


def test_a_link_to_a_wav_is_a_wav(program: Make, beeper: Path, config: Make) -> None:
    path = program(
        f'rm -f "$1"; {shlex.quote(str(beeper))} "$1.else"; ln -s "$1.else" "$1"', "linker"
    )
    config(mine(str(path), "{wav}"))
    assert len(say(voice("mine"))) == 275


# Names


def test_a_program_is_named_by_its_path_or_by_the_config(beeper: Path, config: Make) -> None:
    config(mine(str(beeper), "{wav}"))
    for name in (str(beeper), "mine"):
        opened = open_voice(
            f"command:{name}",
            language="en",
            rate=1.0,
            cache=CACHE,
            surroundings=Surroundings.here(),
        )
        assert opened.name == f"command:{name}"
    assert voice("").name == "command:mine"


def test_relative_paths_begin_where_the_user_is_or_at_the_config(
    beeper: Path, config: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config(mine("./speak me", "here.wav", more="online = false"))
    assert voice("mine").path == str(beeper)
    monkeypatch.chdir(tmp_path)
    assert voice("./speak me").path == str(beeper)


def test_a_name_on_the_path_is_looked_up(
    beeper: Path, config: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(beeper.parent))
    config(mine("speak me", "{wav}"))
    assert voice("mine").path == str(beeper)
    with pytest.raises(VoiceError, match=r"or write --voice command:.*/speak me$"):
        voice("speak me")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("/no/such/program", "there is no program /no/such/program"),
        ("mien", "did you mean mine"),
        ("gone", "no program 'no-such-program' on your PATH"),
        ("german", "speaks 'de', and the routine is in 'en-GB'"),
        ("plain", r"plain is not executable; chmod \+x"),
    ],
)
def test_a_program_that_cannot_run_is_told_before_anything_is_spoken(
    config: Make, tmp_path: Path, name: str, says: str
) -> None:
    (tmp_path / "plain").touch(mode=0o644)
    config(
        mine("sh", more='language = "en"')
        + '[voices.gone]\ncommand = ["no-such-program"]\n'
        + '[voices.plain]\ncommand = ["./plain"]\n'
        + '[voices.german]\ncommand = ["sh"]\nlanguage = "de"\n'
    )
    with pytest.raises(VoiceError, match=says) as error:
        voice(name, language="en-GB")
    assert "\n" not in str(error.value)


def test_without_a_program_the_error_says_how_to_name_one() -> None:
    with pytest.raises(VoiceError, match=r"command:/path/to/program, or command:NAME"):
        voice("")


def test_the_offers_are_the_programs_of_the_config_for_the_language(config: Make) -> None:
    config(
        mine("sh")
        + '[voices.gone]\ncommand = ["no-such-program"]\n'
        + '[voices.german]\ncommand = ["sh"]\nlanguage = "de"\n'
    )
    offers = {
        offer.spec: offer.step for offer in CommandEngine(Surroundings.here()).offers("en-US")
    }
    assert offers == {
        "command:mine": "",
        "command:gone": "there is no program 'no-such-program' on your PATH; install it",
    }


# What is handed over, and what comes back


def test_the_program_gets_the_text_as_one_line_and_nothing_in_its_arguments(
    program: Make, beeper: Path, config: Make, tmp_path: Path
) -> None:
    program('cat > heard; echo "$@" > told; ./"speak me" "$1" < heard', "listener")
    config(mine("./listener", "{wav}", "--rate={rate}", "-l{language}", "$HOME; `id`"))
    by = voice("mine", language="en-GB", rate=1.25)
    say(by, "-x One,\n\x01two\x00 \u201cthree\u201d \ud800 $(id)")
    assert (tmp_path / "heard").read_text() == "-x One, two \u201cthree\u201d $(id)\n"
    wav, told = (tmp_path / "told").read_text().split(maxsplit=1)
    assert Path(wav).name == "speech.wav"
    assert told == "--rate=1.25 -len-GB $HOME; `id`\n"
    assert not Path(wav).parent.exists()


def test_the_tempo_is_left_to_others_unless_the_program_is_told_the_rate(
    beeper: Path, config: Make
) -> None:
    config(
        mine(str(beeper), "{wav}", "{rate}") + f'[voices.plain]\ncommand = ["{beeper}", "{{wav}}"]'
    )
    able, plain = voice("mine", rate=2.0), voice("plain", rate=2.0)
    assert (able.tempo, plain.tempo) == (1.0, 2.0)
    assert len(say(plain)) == 2 * len(say(able)) - 1  # 275 ms, and 137.5


def test_utterances_come_back_in_order(beeper: Path) -> None:
    utterances = [Utterance("word " * (1 + n % 5), "en") for n in range(12)]
    spoken = list(quick(voice(beeper), at_once=3).speak(utterances))
    assert [utterance for utterance, _ in spoken] == utterances
    assert [len(segment) // 275 for _, segment in spoken] == [1 + n % 5 for n in range(12)]
    assert list(voice(beeper).speak([])) == []


def test_no_more_is_begun_than_may_run_at_once(program: Make, beeper: Path, tmp_path: Path) -> None:
    path = program(f"echo >> {shlex.quote(str(tmp_path / 'log'))}; exit 1", "fails")
    with pytest.raises(VoiceError):
        list(quick(voice(path), at_once=2).speak([Utterance(str(n), "en") for n in range(20)]))
    assert len((tmp_path / "log").read_text()) <= 2


def test_the_fingerprint_tells_apart_all_that_changes_the_sound(
    beeper: Path, config: Make, tmp_path: Path
) -> None:
    model = tmp_path / "model"
    model.write_text("a")
    config(mine(str(beeper), "{wav}", "model") + f'[voices.bare]\ncommand = ["{beeper}"]')
    prints = [
        voice("mine").fingerprint,
        voice("bare").fingerprint,
        voice("mine", rate=1.5).fingerprint,
        voice("mine", language="en-GB").fingerprint,
    ]
    model.write_text("b")
    prints.append(voice("mine").fingerprint)
    model.write_bytes(bytes(command.SMALL + 1))
    prints.append(voice("mine").fingerprint)
    beeper.write_text(beeper.read_text() + "# new\n")
    prints.append(voice("bare").fingerprint)
    assert len(set(prints)) == len(prints)
    assert voice("bare").fingerprint == voice("bare").fingerprint


@pytest.mark.parametrize(("said", "online"), [("", True), ("online = false", False)])
def test_a_program_may_send_texts_unless_the_user_says_it_does_not(
    config: Make, said: str, online: bool
) -> None:
    config(mine("sh", more=said))
    assert voice("mine").online is online


# Faults


FAULTS = {
    "exits with a complaint": (
        "echo >&2; echo 'no voice \033[31m here' >&2; echo second >&2; exit 3",
        r"ended with exit code 3 \(no voice  \[31m here\) at 'Hold\.'; try it by hand: echo",
    ),
    "exits with a long complaint": ("printf 'y%01000d' 0 >&2; exit 3", r"3 \(y0{158}…\) at"),
    "writes garbage": ("echo ID3 is no WAV", r"exit code 0, but .* not a WAV \(it begins b'ID3 is"),
    "writes nothing": ("cat > /dev/null", "exit code 0, but wrote no sound"),
    "writes a header alone": ("printf 'RIFF\\0\\0\\0\\0WAVE'", "a WAV without samples"),
    "hangs": ("sleep 60", r"took longer than 0\.3 s .*timeout"),
    "hangs with its output closed": ("exec > /dev/null; sleep 60", "took longer"),
    "writes without end": ("exec cat /dev/zero", "wrote more than 1 MB"),
    "complains without end": ("exec cat /dev/zero >&2", "wrote more than 1 MB"),
    "writes too much at once": ("head -c 1100000 /dev/zero", "wrote more than 1 MB"),
    "is killed": ("kill -SEGV $$", "was killed by SIGSEGV at"),
    "has no first line": ("#!\n", "cannot be started"),
    "names no interpreter": ("#!/no/such/sh\n", r"first line \(#!\) names does not exist"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_program_that_fails_is_named_with_the_text_the_reason_and_a_remedy(
    program: Make, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    text, says = FAULTS[fault]
    monkeypatch.setattr(runner, "MOST_BYTES", 1 << 20)
    patience = 0.3 if "hangs" in fault else 60
    by = quick(voice(program(text)), patience)
    with pytest.raises(VoiceError, match=says) as error:
        say(by)
    assert (error.value.voice, error.value.utterance) == (by.name, "Hold.")
    message = str(error.value)
    assert message.isprintable()
    assert message.startswith("command:")
    assert "try it by hand: echo Hello | " in message


def test_a_long_text_is_shown_shortened(program: Make) -> None:
    with pytest.raises(VoiceError) as error:
        say(voice(program("exit 1")), "word " * 1000)
    assert len(str(error.value)) < 600


def test_a_program_that_ignores_the_text_may_speak(beeper: Path, program: Make) -> None:
    path = program(f"exec < /dev/null; echo one two | {shlex.quote(str(beeper))}", "deaf")
    assert len(say(voice(path), "word " * 50_000)) == 550


def test_a_file_that_is_not_written_is_no_sound(program: Make, config: Make) -> None:
    program('rm -- "$1"', "removes")
    config(mine("./removes", "{wav}"))
    with pytest.raises(VoiceError, match=r"wrote no sound.*echo Hello \| .*removes out\.wav$"):
        say(voice("mine"))


def test_without_a_temporary_folder_the_error_names_the_remedy(
    beeper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/no/such/folder")
    with pytest.raises(VoiceError, match=r"stored temporarily.*TMPDIR="):
        say(voice(beeper))


# Nothing is left behind


class Family:
    """A program with a child; a fifo tells when both are gone, and whether they came to an end."""

    def __init__(self, folder: Path, program: Make, last: str) -> None:
        self.fifo = folder / "fifo"
        os.mkfifo(self.fifo)
        quoted = shlex.quote(str(self.fifo))
        path = program(f"exec 3> {quoted}; (sleep 9; echo ended >&3) & echo begun >&3; {last}")
        self.voice = quick(voice(path), timeout=60.0)
        self._heard = os.open(self.fifo, os.O_RDONLY | os.O_NONBLOCK)
        os.set_blocking(self._heard, True)

    def said(self) -> str:
        """All that was said until the last of them was gone."""
        with os.fdopen(self._heard) as file:
            return file.read()


@pytest.mark.parametrize("last", ["exit 3", "exit 0", "sleep 9"])
def test_no_child_outlives_an_utterance(tmp_path: Path, program: Make, last: str) -> None:
    family = Family(tmp_path, program, last)
    with pytest.raises(VoiceError):
        say(quick(family.voice, timeout=0.5))
    assert "ended" not in family.said()


def test_no_process_outlives_ctrl_c(tmp_path: Path, program: Make) -> None:
    family = Family(tmp_path, program, "wait")

    def press() -> None:
        with family.fifo.open("rb", buffering=0) as fifo:  # waits until it runs
            fifo.read(len("begun\n"))
        os.kill(os.getpid(), signal.SIGINT)

    presser = threading.Thread(target=press)
    presser.start()
    with pytest.raises(KeyboardInterrupt):
        say(family.voice)
    presser.join()
    assert family.said() == ""


def test_no_process_outlives_a_caller_that_stops_early(
    tmp_path: Path, program: Make, beeper: Path
) -> None:
    quoted = shlex.quote(str(beeper))
    says_one = program(f"read -r t; [ $t = one ] || exec sleep 60; echo one | {quoted}", "slow")
    utterances = [Utterance(text, "en") for text in ("one", "two", "three")]
    before = set(threading.enumerate())  # other tests' services among them
    with closing(quick(voice(says_one), at_once=3).speak(utterances)) as spoken:
        assert next(spoken)[0].text == "one"
    assert set(threading.enumerate()) <= before


# Cost


def test_a_rebuild_from_the_cache_imports_nothing_heavy(beeper: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from audiocoach.store import Cache
from audiocoach.settings.surroundings import Surroundings
from audiocoach.voice.command.engine import CommandEngine
import audiocoach.voice.choice
engine, cache = CommandEngine(Surroundings.here()), Cache(Path("nowhere"))
engine.open({str(beeper)!r}, language="en", rate=1.0, cache=cache).fingerprint
heavy = ["pydub", "numpy", "subprocess", "tempfile", "concurrent.futures", "platformdirs"]
print([name for name in [*heavy, "tomllib", "importlib.metadata"] if name in sys.modules])
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
