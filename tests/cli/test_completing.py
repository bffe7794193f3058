"""What a shell completes, as the shell asks; nobody is asked by the network."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from running import PATIENCE, call, environment, tiny

from audiocoach.routine.load import bundled


@pytest.fixture
def completed(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """The words that bash is given for a line that ends where the cursor is."""
    tiny(tmp_path)
    monkeypatch.setattr("socket.socket", None)

    def complete(line: str) -> list[str]:
        asked = {"_AUDIOCOACH_COMPLETE": "complete_bash", "COMP_WORDS": line}
        count = str(len(line.split(" ")) - 1)
        with patch.object(sys, "argv", ["audiocoach"]):
            done = call(cwd=tmp_path, cache=cache, COMP_CWORD=count, **asked)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    return complete


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("audiocoach b", ["build"]),
        ("audiocoach build foot", ["foot-care", "foot-relief"]),
        ("audiocoach preview ti", ["tiny.yaml"]),
        ("audiocoach routines show tab", ["tabata"]),
        ("audiocoach new x.yaml --from desk", ["desk-break"]),
        ("audiocoach build --language ", ["de", "en", "es", "fr"]),
        ("audiocoach voices --language f", ["fr"]),
        ("audiocoach check tiny.yaml -l d", ["de"]),
        ("audiocoach build --pace s", ["slow"]),
        ("audiocoach build tiny.yaml --only ", ["wall-sit", "heel-raise"]),
        ("audiocoach build tiny.yaml foot-relief --skip toe", ["toe-press", "toe-walk"]),
        ("audiocoach build none.yaml --skip ", []),
        ("audiocoach preview --format l", ["lrc"]),
        ("audiocoach build --voice kokoro:am", ["kokoro:am_michael"]),
        ("audiocoach build --language de --voice gtts:", ["gtts:de"]),
        ("audiocoach build --pace slow,", ["slow,normal", "slow,brisk"]),
        ("audiocoach build --pace slow,brisk,n", ["slow,brisk,normal"]),
        ("audiocoach preview --pace slow,", []),
        ("audiocoach build --language en,", ["en,de", "en,es", "en,fr"]),
        ("audiocoach build --voice espeak:en-us,gtts:", ["espeak:en-us,gtts:en"]),
        ("audiocoach preview tiny.yaml --only wall-sit,", ["wall-sit,heel-raise"]),
        ("audiocoach build --also h", ["html"]),
        ("audiocoach build --also html,sr", ["html,srt"]),
        ("audiocoach voices remove ", []),
    ],
)
def test_words_are_completed(completed: object, line: str, words: list[str]) -> None:
    assert callable(completed)
    found = completed(line)
    assert found[: len(words)] == words
    assert bool(found) is bool(words)


def test_all_routines_are_offered_and_the_files_here(completed: object) -> None:
    assert callable(completed)
    names = [name for name, _ in bundled()]
    assert completed("audiocoach build ") == [*names, "tiny.yaml"]
    assert completed("audiocoach routines copy ") == names


IN_BASH = {
    "build --voice espeak:en-gb-x-r": "build --voice espeak:en-gb-x-rp ",
    "voices try gtts:": "voices try gtts:en",
    "build --voice=kokoro:am": "build --voice=kokoro:am_michael ",
    "build --pace=sl": "build --pace=slow ",
}


@pytest.mark.skipif(os.name != "posix", reason="bash in a terminal of POSIX")
def test_bash_keeps_what_is_before_a_colon(tmp_path: Path, cache: Path) -> None:
    """In a real bash, which begins another word at each colon."""
    import pexpect

    program = tmp_path / "audiocoach"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m audiocoach "$@"\n')
    program.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    env = environment(cache, TERM="dumb", HOME=str(tmp_path), PATH=path)
    child = pexpect.spawn("bash", ["--norc", "-i"], env=env, timeout=PATIENCE, encoding="utf-8")
    child.sendline("source <(audiocoach --show-completion bash); echo rea''dy")
    child.expect("ready")
    for begun, whole in IN_BASH.items():
        # Tab; then the line is put between two marks, and printed instead of run.
        child.send(f"audiocoach {begun}\t\x01echo '<\x05>'\r")
        child.expect("\r\n<([^\r\n]*)>\r\n")
        assert isinstance(child.match, re.Match)
        assert child.match[1] == f"audiocoach {whole}"
    child.close(force=True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_shell_that_is_named_is_shown(tmp_path: Path, cache: Path, shell: str) -> None:
    shown = call("--show-completion", shell, cwd=tmp_path, cache=cache)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert f"complete_{shell}" in shown.stdout


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        ("complete_bash", {}),
        ("complete_bash", {"COMP_WORDS": "audiocoach", "COMP_CWORD": "x"}),
        ("complete_tcsh", {}),
        ("rubbish", {}),
        ("", {}),
    ],
)
def test_what_no_shell_sets_is_told(
    tmp_path: Path, cache: Path, asked: str, more: dict[str, str]
) -> None:
    done = call(cwd=tmp_path, cache=cache, _AUDIOCOACH_COMPLETE=asked, **more)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "is for shells to set; see: audiocoach --show-completion" in done.stderr
