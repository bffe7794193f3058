"""A routine on standard input: `-`, for build, preview and check."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from running import PATIENCE, TINY, call, command, environment, files


def piped(text: str, *arguments: str, cwd: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(cache, AUDIOCOACH_VOICE="espeak"),
        input=text,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def test_it_is_checked_shown_and_built(tmp_path: Path, cache: Path) -> None:
    checked = piped(TINY, "check", "-", cwd=tmp_path, cache=cache)
    assert (checked.returncode, checked.stdout.splitlines()[0]) == (0, "Tiny")
    shown = piped(TINY, "preview", "-", cwd=tmp_path, cache=cache)
    assert "Today: Tiny." in shown.stdout
    built = piped(TINY, "build", "-", cwd=tmp_path, cache=cache)
    assert built.returncode == 0, built.stderr
    assert files(tmp_path) == {"output/session.mp3"}


def test_a_mistake_names_where_it_came_from(tmp_path: Path, cache: Path) -> None:
    done = piped("title: x\nlanguage: en\n", "preview", "-", cwd=tmp_path, cache=cache)
    assert done.returncode == 3
    assert done.stderr == "audiocoach: standard input:1:1: 'exercises' is missing\n"


@pytest.mark.parametrize("more", [["--dry-run"], ["foot-care"], ["--processes", "2"]])
def test_it_is_for_one_session_made_here(tmp_path: Path, cache: Path, more: list[str]) -> None:
    done = call("build", "-", *more, cwd=tmp_path, cache=cache)
    assert done.returncode == 2
    assert "standard input is one routine, for one session" in done.stderr
