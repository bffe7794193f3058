"""The command play, with a sound device that is none, and keys as a terminal sends them."""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

import pytest
from programs import program
from running import call, command, environment, run, tiny

from audiocoach.cli.watching import Consumed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no terminals to test with")


def player(folder: Path, *flags: str) -> str:
    """A PATH on which `mpv` is the real one with these flags."""
    wrapper = folder / "bin" / "mpv"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\nexec {program("mpv", package="mpv")} {" ".join(flags)} "$@"\n')
    wrapper.chmod(0o755)
    return f"{wrapper.parent}:{os.environ['PATH']}"


def test_a_session_that_was_made_is_played_to_its_end(tmp_path: Path, cache: Path) -> None:
    tiny(tmp_path)
    flags = ("--voice", "espeak", "--coaching", "minimal", "--only", "1")
    assert (
        call("build", "tiny.yaml", *flags, "-o", "x.mp3", cwd=tmp_path, cache=cache).returncode == 0
    )
    path = player(tmp_path, "--ao=null", "--start=-5")
    done = run("play", "x.mp3", "-q", cwd=tmp_path, cache=cache, PATH=path)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_a_player_that_lets_no_sound_pass_is_an_error(tmp_path: Path, cache: Path) -> None:
    tiny(tmp_path)
    path = player(tmp_path, "--ao=null", "--ao-null-untimed=yes")
    done = run("play", "tiny.yaml", "--voice", "espeak", cwd=tmp_path, cache=cache, PATH=path)
    assert done.returncode == 8
    assert "no sound came out" in done.stderr


@pytest.mark.parametrize(
    ("looks", "heard"),
    [
        ([(0.0, 0.0), (0.1, 0.2), (5.0, 5.3)], True),
        ([(0.1, 0.0), (5.0, 30.0)], True),  # the computer was busy, or the player paused
        ([(0.0, 0.0), (37.0, 0.1), (37.5, 0.7)], True),  # it did not begin at the start
        ([(0.1, 0.0), (30.0, 4.0)], False),  # it takes more than there is time for
        ([(0.0, 0.0), (9.0, 0.1), (30.0, 0.2)], False),
        ([(0.0, 0.0), (30.0, 0.6), (30.0, 0.7)], False),  # it was through before the first look
        ([], False),
    ],
)
def test_sound_came_out_where_the_player_took_it_no_faster_than_it_lasts(
    looks: list[tuple[float, float]], heard: bool
) -> None:
    consumed = Consumed()
    for at, now in looks:
        consumed.look(at, now)
    assert consumed.heard is heard


def test_what_was_jumped_over_does_not_count_however_late_the_player_arrives() -> None:
    consumed = Consumed()
    consumed.look(0.1, 0.1)
    consumed.look(1.0, 1.0)
    consumed.sent(200.0)
    for at, now in [(1.1, 1.1), (1.2, 1.2), (200.1, 1.4), (201.0, 2.4)]:
        consumed.look(at, now)
    assert consumed.heard


def test_flags_are_not_for_a_session_that_was_made(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "x.mp3").write_bytes(b"")
    done = call("play", "x.mp3", "--pace", "slow", cwd=tmp_path, cache=cache)
    assert done.returncode == 2
    assert "these flags are for making a session" in done.stderr
    done = call("play", "x.mp3", cwd=tmp_path, cache=cache)
    assert done.returncode == 7
    assert "x.mp3" in done.stderr


def test_keys_lead_through_the_session_and_its_screen_follows(tmp_path: Path, cache: Path) -> None:
    import pty

    tiny(tmp_path)
    path = player(tmp_path, "--ao=null")
    around = environment(cache, PATH=path, TERM="xterm", COLUMNS="80", LINES="24")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(tmp_path)
        arguments = command("play", "tiny.yaml", "--voice", "espeak")
        os.execvpe(arguments[0], arguments, around)  # noqa: S606 - a terminal needs a fork
    seen = ""

    def until(pattern: str) -> None:
        nonlocal seen
        end = time.monotonic() + 60
        while not re.search(pattern, seen):
            assert time.monotonic() < end, seen[-2000:]
            seen += os.read(terminal, 65_536).decode(errors="replace")

    until("This is: Welcome")
    seen = ""
    os.write(terminal, b"n")
    until(r"Exercise one of two: Wall sit")
    os.write(terminal, b"t")
    until(r"Wall sit: [\w-]+ seconds to go")
    seen = ""
    os.write(terminal, b"n")
    until(r"Exercise two of two: Heel raise")
    os.write(terminal, b"q")
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
