"""Many sessions from the command line: what is printed, the exit code, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from running import PATIENCE, call, command, environment, files, in_session, run, tiny

OTHER = "title: Other\nlanguage: en\nexercises: [{name: heel raise, hold: 2s}]\n"
BROKEN = "title: Broken\nlanguage: en\nexercises: [{name: squat, reps: many}, {name: 3, hold: x}]\n"
OLD = b"the old audiocoach session"


@pytest.fixture
def build(tmp_path: Path, cache: Path) -> partial[subprocess.CompletedProcess[str]]:
    """Runs `audiocoach build` in `tmp_path`, where there are some small routines."""
    tiny(tmp_path)
    (tmp_path / "other.yaml").write_text(OTHER)
    (tmp_path / "broken.yaml").write_text(BROKEN)
    return partial(call, "build", cwd=tmp_path, cache=cache)


Build = partial[subprocess.CompletedProcess[str]]


# -- what is printed ---------------------------------------------------------------


def test_the_summary_has_a_row_for_each_session_and_counts_them(
    build: Build, tmp_path: Path
) -> None:
    done = build("tiny.yaml", "other.yaml", "--pace", "slow,normal", "--voice", "espeak")
    assert (done.returncode, done.stdout) == (0, "")
    *rows, counts = done.stderr.splitlines()
    assert counts == "4 sessions"
    names = ["tiny-slow", "tiny-normal", "other-slow", "other-normal"]
    assert [row.split()[0] for row in rows] == [f"output/{name}.mp3" for name in names]
    for row in rows:
        path, _, size, unit, voice = row.split()
        assert float(size) == pytest.approx((tmp_path / path).stat().st_size / 1e6, abs=0.05)
        assert (unit, voice) == ("MB", "espeak:en-us")
        assert row.index("MB") == rows[0].index("MB")
    assert files(tmp_path / "output") == {f"{name}.mp3" for name in names}


def test_a_failure_is_a_row_and_the_code_is_that_of_the_first(build: Build) -> None:
    sources = ("tiny.yaml", "broken.yaml", "other.yaml")
    done = build(*sources, "--duration", "natural,9h", "-o", "made", "--voice", "espeak")
    assert done.returncode == 4
    *rows, counts = done.stderr.splitlines()
    assert counts == "2 sessions, 4 failed"
    told = [row.split(maxsplit=1) for row in rows]
    assert told[1][0] == "made/tiny-9h.mp3"
    assert told[1][1].startswith("failed: the session can last from")
    assert told[2][0] == "made/broken-natural.mp3"
    assert told[2][1].startswith("failed: broken.yaml:3:")
    assert told[2][1].endswith("(and 1 more)")
    assert build("other.yaml", "broken.yaml", "--pace", "slow,brisk").returncode == 3
    nothing = build("broken.yaml", "--pace", "slow,brisk")
    assert nothing.stderr.splitlines()[-1] == "0 sessions, 2 failed"


def test_one_session_of_processes_goes_where_it_is_to_go(build: Build, tmp_path: Path) -> None:
    done = build("tiny.yaml", "--processes", "1", "-o", "x.mp3", "--voice", "espeak")
    assert done.returncode == 0
    assert (tmp_path / "x.mp3").is_file()
    for more in (["-o", "-"], ["--open"]):
        done = build("tiny.yaml", "--processes", "1", *more)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        ("--cluster tcp://x:1 --processes 2", "both say where the work is done; leave one out"),
        ("--cluster host:8786", "'host:8786' is not an address; write it as tcp://host:8786"),
        ("--processes 2 --time-limit 5", "--time-limit: '5' has no unit"),
        ("--processes 2 --time-limit 10ms", "--time-limit: give a task at least 1s"),
    ],
)
def test_what_is_wrong_with_who_does_it_is_one_line(build: Build, flags: str, says: str) -> None:
    done = build("tiny.yaml", "other.yaml", *flags.split())
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert says in done.stderr


def test_why_a_voice_speaks_is_told_once(build: Build) -> None:
    told = build("tiny.yaml", "other.yaml", "-v").stderr
    assert told.count("choose another with --voice") == 1
    assert "2 sessions\nvoice: espeak:en-us\n  " in told
    told = build("tiny.yaml", "other.yaml").stderr
    assert "choose another" not in told
    assert told.endswith(
        "this voice is built in; for a natural one: audiocoach voices add natural\n"
    )


def test_quiet_tells_only_of_failures(build: Build) -> None:
    done = build("tiny.yaml", "none.yaml", "-q")
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert line.startswith("audiocoach: output/none.mp3: ")
    assert "no such file" in line
    assert build("tiny.yaml", "other.yaml", "-q").stderr == ""


def test_json_is_a_list_of_what_single_builds_print(build: Build) -> None:
    flags = ("--voice", "espeak", "--json", "-q")
    done = build("tiny.yaml", "broken.yaml", "other.yaml", *flags)
    first, failed, last = json.loads(done.stdout)
    for told, name in ((first, "tiny.yaml"), (last, "other.yaml")):
        assert told == json.loads(build(name, *flags).stdout)
    assert failed.keys() == {"file", "error", "exit_code"}
    assert (failed["file"], failed["exit_code"]) == ("output/broken.mp3", 3)
    assert failed["error"].count("\n") == 1
    single = build("broken.yaml", *flags)
    assert (single.returncode, single.stdout) == (3, "")
    assert single.stderr == f"audiocoach: {failed['error']}\n" or failed["error"] in single.stderr


def test_one_variant_is_reported_as_ever(build: Build, tmp_path: Path) -> None:
    done = build("tiny.yaml", "--pace", "slow", "-o", "x.mp3", "-v")
    assert done.stderr.startswith("x.mp3  ")
    assert "at its natural length" in done.stderr
    assert "session" not in done.stderr.splitlines()[0]
    assert (tmp_path / "x.mp3").exists()


# -- where they go -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "more", "folder"),
    [
        ([], {}, "output"),
        ([], {"AUDIOCOACH_OUTPUT": "there/too"}, "there/too"),
        (["-o", "new folder/"], {"AUDIOCOACH_OUTPUT": "there"}, "new folder"),
        (["-o", "."], {}, "."),
        (["-o", "v1.2"], {}, "v1.2"),
    ],
)
def test_the_folder(
    build: Build, tmp_path: Path, arguments: list[str], more: dict[str, str], folder: str
) -> None:
    before = files(tmp_path)
    assert build("tiny.yaml", "other.yaml", "-q", *arguments, **more).returncode == 0
    made = {str(Path(folder, name)) for name in ("tiny.mp3", "other.mp3")}
    assert files(tmp_path) - before == made


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("tiny.yaml other.yaml -o x.mp3", "x.mp3 is one file, and there are 2 sessions; name a"),
        ("tiny.yaml --pace slow,brisk -o x.MP3", "x.MP3 is one file, and there are 2 sessions"),
        ("tiny.yaml --pace slow,brisk -o other.yaml", "other.yaml is one file"),
        ("tiny.yaml --pace slow,", "--pace: a value is missing beside a comma"),
        ("tiny.yaml --pace slow,slow", "--pace: 'slow' would be built twice"),
        ("tiny.yaml tiny.yaml", "tiny.yaml is given twice; leave one out"),
        ("tiny.yaml other.yaml --count all", "--count: 'all' is not possible here"),
    ],
)
def test_what_is_wrong_with_all_is_one_line_and_nothing_is_made(
    build: Build, tmp_path: Path, line: str, says: str
) -> None:
    before = files(tmp_path)
    done = build(*line.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("audiocoach: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert files(tmp_path) == before


def test_a_routine_is_never_overwritten(build: Build, tmp_path: Path, cache: Path) -> None:
    """Neither by its session nor by its sheet."""
    (tmp_path / "own.mp3.yaml").symlink_to("other.yaml")
    (tmp_path / "tiny.mp3").symlink_to("tiny.yaml")
    before = (tmp_path / "tiny.yaml").read_bytes()
    done = build("tiny.yaml", "other.yaml", "-o", ".", "--voice", "espeak")
    assert done.returncode == 6
    assert "failed: tiny.mp3 is the routine itself; name another file" in done.stderr
    for line in ("build tiny.yaml -o tiny.yaml", "preview tiny.yaml -o tiny.yaml"):
        done = call(*line.split(), cwd=tmp_path, cache=cache)
        assert done.returncode == 6
        assert done.stderr == (
            "audiocoach: tiny.yaml is the routine itself; name another file with --output\n"
        )
    assert (tmp_path / "tiny.yaml").read_bytes() == before
    assert call("preview", "other.yaml", "-o", "x", cwd=tmp_path, cache=cache).returncode == 0


# -- the program as a process ------------------------------------------------------


def test_as_a_process_in_a_pipe(build: Build, tmp_path: Path, cache: Path) -> None:
    line = "build tiny.yaml none.yaml --pace slow,brisk --json"
    done = run(*line.split(), cwd=tmp_path, cache=cache)
    assert done.returncode == 3
    assert [each.get("exit_code", 0) for each in json.loads(done.stdout)] == [0, 0, 3, 3]
    assert "\x1b" not in done.stderr
    assert "2 sessions, 2 failed\n" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="POSIX terminals")
def test_on_a_terminal_one_display_shows_all_and_is_cleared(build: Build, tmp_path: Path) -> None:
    master, slave = os.openpty()
    text = b""
    with os.fdopen(master, "rb", buffering=0) as screen:
        process = subprocess.Popen(
            command("build", "tiny.yaml", "other.yaml", "--pace", "slow,brisk"),
            cwd=tmp_path,
            env=environment(tmp_path / "cold", TERM="xterm"),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        with suppress(OSError):  # how Linux says that the other end was closed
            while chunk := screen.read(65536):
                text += chunk
    assert process.wait(PATIENCE) == 0
    shown = text.decode()
    for word in ("building", "speaking", "linking", "4/4"):
        assert word in shown
    *_, summary = shown.rpartition("\x1b[2K")
    assert "building" not in summary
    assert summary.count(".mp3") == 4


@pytest.mark.skipif(sys.platform != "linux", reason="signals to a group; /proc")
@pytest.mark.parametrize("when", ["while a program speaks", "while eSpeak speaks", "in linking"])
def test_ctrl_c_ends_all_at_once(tmp_path: Path, when: str) -> None:
    tiny(tmp_path)
    (tmp_path / "other.yaml").write_text(OTHER)
    program = tmp_path / "sleeper"
    program.write_text(f"#!/bin/sh\n/usr/bin/touch {tmp_path}/begun\nexec /bin/sleep 60\n")
    program.chmod(0o755)
    begun = {
        "while a program speaks": (tmp_path / "begun").exists,
        "while eSpeak speaks": (tmp_path / "cache/v1/gain").exists,
        "in linking": (tmp_path / "cache/v1/region").exists,
    }[when]
    voice, ends = "espeak:en-us,espeak:en-gb", ["-espeak-en-us", "-espeak-en-gb"]
    if when == "while a program speaks":
        voice, ends = f"command:{program}", [""]
    names = [routine + end for routine in ("tiny", "other") for end in ends]
    (tmp_path / "out").mkdir()
    for name in names:
        (tmp_path / f"out/{name}.mp3").write_bytes(OLD)
    flags = ("--rounds", "20", "--voice", voice, "--no-offline", "-o", "out")
    process = subprocess.Popen(
        command("build", "tiny.yaml", "other.yaml", *flags),
        cwd=tmp_path,
        env=environment(tmp_path / "cache"),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not begun():
        assert process.poll() is None
        time.sleep(0.005)
    at = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=PATIENCE)
    assert time.monotonic() - at < 20, "a program that sleeps for a minute was waited for"
    assert (process.returncode, stderr) == (130, "audiocoach: stopped\n")
    assert files(tmp_path / "out") == {f"{name}.mp3" for name in names}
    contents = [(tmp_path / f"out/{name}.mp3").read_bytes() for name in names]
    assert all(content == OLD or content.startswith(b"ID3") for content in contents)
    assert contents[-1] == OLD
    assert in_session(process.pid) == []
