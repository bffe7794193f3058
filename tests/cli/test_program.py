"""What the user is told to type is what works where they are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from audiocoach.cli.program import program


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in an environment below this folder, run by its path."""
    place = tmp_path / "my venv" / "bin" / "audiocoach"
    place.parent.mkdir(parents=True)
    place.write_text("#!/bin/sh\n")
    place.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(place)])
    return place


@pytest.mark.skipif(sys.platform == "win32", reason="programs end in .exe there")
def test_what_scripts_build_installs_is_named_as_it_was_typed(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It runs `python -m audiocoach`, in the environment it stands in."""
    monkeypatch.setattr(sys, "argv", ["audiocoach/__main__.py"])
    monkeypatch.setattr(sys, "executable", str(installed.with_name("python")))
    monkeypatch.setenv("PATH", str(installed.parent))
    assert program() == "audiocoach"
    monkeypatch.setenv("PATH", str(installed.parents[1]))
    assert program() == "'my venv/bin/audiocoach'"


@pytest.mark.parametrize(
    ("on_the_path", "told"), [(True, "audiocoach"), (False, "'my venv/bin/audiocoach'")]
)
@pytest.mark.skipif(sys.platform == "win32", reason="programs end in .exe there")
def test_a_program_that_no_shell_finds_is_named_by_its_path(
    installed: Path, monkeypatch: pytest.MonkeyPatch, told: str, *, on_the_path: bool
) -> None:
    monkeypatch.setenv("PATH", str(installed.parent if on_the_path else installed.parents[1]))
    assert program() == told
